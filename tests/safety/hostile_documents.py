"""Hostile documents, which are taken apart in a process of their own, and mails."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

from tests.file_samples import STORY, docx, epub, feed, mail, packed, pdf, sheet

Files = dict[str, bytes]
_STORY = STORY[0].encode()
# A word that stands for ten others, nine times over; and one that stands for a file.
_LAUGHS = '<!DOCTYPE x [<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{k} "{f"&a{k - 1};" * 10}">' for k in range(1, 10)) + "]>"
_FILE = '<!DOCTYPE x [<!ENTITY file SYSTEM "file:///etc/passwd"><!ENTITY % more SYSTEM "http://127.0.0.1:9/x.dtd"> %more;]>'


def files(is_small: bool) -> tuple[Files, Files, Files]:
    """What is read, what is refused, and what may be either."""
    return _read(), _refused(is_small), _other(is_small)


def _with_part(data: bytes, part: str, old: str, new: str, before: str = "") -> bytes:
    """A document that is an archive with something else in one part, and something before it."""
    files: dict[str, bytes | str] = {}
    with zipfile.ZipFile(BytesIO(data)) as archive:
        for name in archive.namelist():
            files[name] = archive.read(name)
    text = _text_of(files[part])
    head, _, rest = text.partition("?>") if text.startswith("<?xml") else ("", "", text)
    assert old in rest
    files[part] = (f"{head}?>" if head else "") + before + rest.replace(old, new, 1)
    return packed(files)


def _text_of(part: bytes | str) -> str:
    return part.decode() if isinstance(part, bytes) else part


def _read() -> Files:
    story = STORY[0]
    return {
        "mail/head.eml": b"Subject: "
        + b"=?utf-8?q?a?= " * 50_000
        + b"\nFrom: "
        + b"(" * 50_000
        + b"\n"
        + b"X: y\n" * 50_000
        + b"\n"
        + _STORY,
        "mail/line.eml": mail(story) + b"x" * 3_000_000,
        "mail/attached.eml": mail(story, attached={"../../a.txt": _STORY, "b.zip": packed({"x.txt": b"0" * 9_000_000})}),
        "office/file.epub": epub(f"<p>{story}</p>", more={"OPS/../../../evil.txt": "x", "/evil": "x"}),
    }


def _refused(is_small: bool) -> Files:
    levels = b"".join(b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (k, k) for k in range(300))
    parts = b"--b\n\nx\n" * (30_000 if is_small else 5_000_000)
    whole = pdf(STORY)
    return {
        "mail/levels.eml": b"From: a\nSubject: b\n" + levels + _STORY,
        "mail/parts.eml": b"From: a\nSubject: b\nContent-Type: multipart/mixed; boundary=b\n\n" + parts,
        "mail/forwarded.eml": b"From: a\nSubject: b\n" + b"Content-Type: message/rfc822\n\n" * 2_000,
        "mail/encrypted.eml": b"From: a\nSubject: b\nContent-Type: application/pkcs7-mime\n\nMIAG",
        "office/bomb.docx": packed({"[Content_Types].xml": "", "word/document.xml": b" " * 40_000_000}),
        "office/bomb.xlsx": packed({"[Content_Types].xml": "", "xl/workbook.xml": b" " * 40_000_000}),
        "office/bomb.epub": packed({"mimetype": "application/epub+zip", "a.xhtml": b" " * 40_000_000}),
        "office/cut.docx": docx(*STORY)[:-200],
        "office/old.doc.txt": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2_000,
        "office/old.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"W\0o\0r\0k\0b\0o\0o\0k\0" * 200,
        "pdf/locked.pdf": pdf(STORY, password="secret"),
        "pdf/no_text.pdf": pdf([]),
        "pdf/round.pdf": whole.replace(b"/Kids [3 0 R]", b"/Kids [4 0 R]"),
        "pdf/noise.pdf": b"%PDF-1.7\n" + bytes(range(256)) * 200,
        "pdf/deep.pdf": b"%PDF-1.7\n1 0 obj\n" + b"[" * 100_000 + b"\ntrailer << /Root 1 0 R >>\n%%EOF",
        "pdf/bomb.pdf": _packed_page(b" " * 1_000_000, 200 if is_small else 2_000),
    }


def _other(is_small: bool) -> Files:
    word, story = docx(*STORY), STORY[0]
    laughs, jokes, filed = "&a9;", _LAUGHS.encode() + b"<rss", _FILE.encode() + b"<rss"
    script = b"/Type /Catalog /Outlines 1 0 R /OpenAction << /S /JavaScript /JS (x) >>"
    found: Files = {
        "office/laughs.docx": _with_part(word, "word/document.xml", story, f"{story} {laughs}", _LAUGHS),
        "office/laughs.epub": _with_part(epub(f"<p>{story}</p>"), "OPS/text/c 0.xhtml", story, f"{story} {laughs}", _LAUGHS),
        "office/laughs.xlsx": _with_part(sheet([["text"], [story]]), "xl/worksheets/sheet1.xml", story, f"{story} {laughs}", _LAUGHS),
        "office/laughs.rss": feed(f"<title>{story}</title><description>{laughs}</description>").replace(b"<rss", jokes),
        "office/file.rss": feed(f"<title>{story}</title><description>&file;</description>").replace(b"<rss", filed),
        "office/file.docx": _with_part(word, "word/document.xml", story, f"{story} &file;", _FILE),
        "pdf/cut.pdf": pdf(STORY, STORY)[:-300],
        "pdf/round_outlines.pdf": pdf(STORY).replace(b"/Type /Catalog", script),
    }
    if not is_small:
        found["pdf/pages.pdf"] = pdf(*[STORY] * 1_200)
        found["office/far.xlsx"] = _far()
        found["office/spine.epub"] = epub(f"<p>{story}</p>" * 10, title="x" * 1_000_000)
        found["pdf/slow.pdf"] = _packed_page(b"(a) Tj " * 100_000, 200)
    return found


def _packed_page(content: bytes, times: int) -> bytes:
    """A PDF with one page whose content, so many times over, is packed."""
    deflate = zlib.compressobj(9)
    packed_content = b"".join(deflate.compress(content) for _ in range(times)) + deflate.flush()
    stream = b"<< /Filter /FlateDecode /Length %d >> stream\n%b\nendstream" % (len(packed_content), packed_content)
    page = b"<< /Type /Page /Parent 2 0 R /Contents 4 0 R /Resources << >> >>"
    return (
        b"%PDF-1.4\n1 0 obj << /Type /Catalog /Pages 2 0 R >> endobj\n2 0 obj << /Type /Pages /Count 1 /Kids [3 0 R] >> endobj\n"
        b"3 0 obj "
        + page
        + b" endobj\n4 0 obj << /Filter /FlateDecode /Length %d >> stream\n" % len(stream)
        + stream
        + b"\nendstream endobj\n"
        b"trailer << /Root 1 0 R >>\n%%EOF"
    )


def _far() -> bytes:
    """A sheet with one cell, as far from the first as any."""
    from openpyxl import Workbook

    book, out = Workbook(), BytesIO()
    book.active["XFD1048576"] = STORY[0]
    book.save(out)
    return out.getvalue()
