"""Small files of each format, made in memory from words of our own."""

from __future__ import annotations

import csv
import gzip
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from email.message import EmailMessage

from docx import Document
from openpyxl import Workbook
from pypdf import PdfReader, PdfWriter

STORY = (
    "On 5 May 2024 the Tra Linh - Longbang border gate was opened to travellers of third countries.",
    "The ceremony was attended by leaders of Cao Bang province and of Guangxi, and lasted for two hours.",
)


def page(*paragraphs: str, head: str = "", title: str = "Gate opened in Cao Bang") -> str:
    """A web page with a menu, a script and a story."""
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or STORY)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{title}</title>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/news'>News</a></nav><script>document.title = 'stolen'</script>"
        f"<article><h1>{title}</h1>{body}</article><footer>All rights reserved</footer></body></html>"
    )


def pdf(*pages: Sequence[str], password: str = "", owner: str = "") -> bytes:
    """A PDF with one line of text for each string, in the PDF's own font (ASCII)."""
    objects: list[bytes] = []

    def add(body: bytes) -> int:
        objects.append(body)
        return len(objects)

    font = add(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
    tree = len(objects) + 2 * len(pages) + 1
    kids = []
    for lines in pages:
        drawn = b"".join(b"(%s) Tj T* " % line.replace("(", r"\(").replace(")", r"\)").encode("ascii") for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td " + drawn + b"ET"
        content = add(b"<< /Length %d >> stream\n%s\nendstream" % (len(stream), stream))
        kids.append(
            add(
                b"<< /Type /Page /Parent %d 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
                % (tree, content, font)
            )
        )
    add(b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(b"%d 0 R" % kid for kid in kids)))
    root = add(b"<< /Type /Catalog /Pages %d 0 R >>" % tree)
    out, offsets = bytearray(b"%PDF-1.4\n"), list[int]()
    for number, body in enumerate(objects, start=1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer << /Size %d /Root %d 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, root, out.rindex(b"xref\n0"))
    return _locked(bytes(out), password, owner) if password or owner else bytes(out)


def _locked(data: bytes, password: str, owner: str) -> bytes:
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(data)))
    writer.encrypt(password, owner or password, algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def docx(*paragraphs: str, table: Sequence[Sequence[str]] = ()) -> bytes:
    """A Word document: paragraphs, then a table, then a last paragraph."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if table:
        cells = document.add_table(rows=len(table), cols=len(table[0]))
        for row, words in zip(cells.rows, table, strict=True):
            for cell, word in zip(row.cells, words, strict=True):
                cell.text = word
        document.add_paragraph("After the table.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def packed(files: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return out.getvalue()


def epub(*chapters: str, title: str = "Border news", more: Mapping[str, bytes | str] | None = None) -> bytes:
    """A book: its chapters stand in the file in the reverse of the order in which they are read."""
    items = "".join(f'<item id="c{n}" href="text/c%20{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(chapters)))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(len(chapters)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{title}</dc:title><dc:publisher>A Press</dc:publisher><dc:date>2024-05-06</dc:date></metadata>"
        f'<manifest><item id="nav" href="nav.xhtml" properties="nav"/>{items}</manifest>'
        f'<spine><itemref idref="nav"/>{spine}</spine></package>'
    )
    container = (
        '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container">'
        '<rootfiles><rootfile full-path="OPS/book.opf"/></rootfiles></container>'
    )
    files: dict[str, bytes | str] = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/book.opf": package}
    for n, chapter in reversed(list(enumerate(chapters))):
        files[f"OPS/text/c {n}.xhtml"] = f'<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>{chapter}</body></html>'
    return packed({**files, **(more or {})})


def mail(text: str = "", html: str = "", attached: Mapping[str, bytes] | None = None, **fields: str) -> bytes:
    """A mail of a newspaper of 6 May 2024, with its words as plain text, as HTML, or both, and files; `List_Id` is `List-Id`."""
    message = EmailMessage()
    own = {"Subject": "Gate opened in Cao Bang", "From": "Border Desk <desk@news.example>", "Date": "Mon, 06 May 2024 23:30:00 +0700"}
    for name, value in {**own, **fields}.items():
        message[name.replace("_", "-")] = value
    if text:
        message.set_content(text)
    if html:
        (message.add_alternative if text else message.set_content)(html, subtype="html")
    for name, data in (attached or {}).items():
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message.as_bytes()


def table(rows: Iterable[Sequence[str]], delimiter: str = ",") -> bytes:
    """A table in CSV."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode()


def sheet(rows: Iterable[Sequence[object]]) -> bytes:
    """A table in Excel."""
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(list(row))
    book.save(out)
    return out.getvalue()


def json_lines(*rows: object) -> bytes:
    """An object a line."""
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def warc(*records: tuple[str, str, bytes], kind: str = "response", status: str = "200 OK", is_packed: bool = True) -> bytes:
    """A crawl: the address, type and body of each record; packed record by record, as crawlers do."""
    out = b""
    for url, media, body in records:
        http = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() if kind == "response" else b""
        head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nContent-Type: {media if not http else 'application/http'}\r\n"
        record = f"{head}Content-Length: {len(http + body)}\r\n\r\n".encode() + http + body + b"\r\n\r\n"
        out += gzip.compress(record) if is_packed else record
    return out


def parquet(rows: Sequence[Mapping[str, object]], rows_of_group: int = 1_000) -> bytes:
    """A table in Parquet; the columns are those of the first row."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([dict(row) for row in rows]), sink, row_group_size=rows_of_group)
    return sink.getvalue()


def feed(*items: str) -> bytes:
    """A feed in RSS 2.0; each item as its elements."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:media="http://search.yahoo.com/mrss/"><channel><title>Border News</title>'
        + "".join(f"<item>{item}</item>" for item in items)
        + "</channel></rss>"
    ).encode()
