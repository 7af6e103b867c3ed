"""Hostile archives, packed files and crawls."""

from __future__ import annotations

import gzip
import io
import stat
import struct
import zipfile
import zlib

from tests.file_samples import STORY, packed, page, parquet, warc

Files = dict[str, bytes]
_STORY = STORY[0].encode()
_RECORD = ("https://news.example/1", "text/plain", _STORY)


def files(is_small: bool) -> tuple[Files, Files, Files]:
    """What is read, what is refused, and what may be either."""
    return _read(), _refused(is_small), _other()


def _zip(files: list[tuple[str | zipfile.ZipInfo, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in files:
            archive.writestr(name if isinstance(name, zipfile.ZipInfo) else zipfile.ZipInfo(name), data, method)
    return out.getvalue()


def _link(name: str, target: bytes) -> tuple[zipfile.ZipInfo, bytes]:
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    return info, target


def _marked(data: bytes, flag: int) -> bytes:
    """An archive of one member with a flag set in both of its heads."""
    out = bytearray(data)
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = out.index(mark) + at
        out[place : place + 2] = struct.pack("<H", flag)
    return bytes(out)


def _read() -> Files:
    return {
        "zip/paths.zip": _zip(
            [
                *[(name, _STORY) for name in ("../../evil.txt", "/evil.txt", "C:\\evil.txt", "a/../evil.txt", "good.txt")],
                *[(name, _STORY) for name in ("two\nlines.txt", "\u202etxt.exe.txt", "a//b.txt", "a/b\0.txt", "x/" * 900 + "deep.html")],
                _link("link.txt", b"/etc/passwd"),
                ("bomb.zip", packed({"x.txt": b"0" * 10_000_000})),
            ]
        ),
        "zip/lies.zip": packed({"lies.docx": b"PK\x03\x04", "lies.pdf": b"%PDF-", "lies.html": _STORY, "a.txt": _STORY}),
        "zip/layers.zip": packed({"a.txt": _STORY, "b.zip": packed({"c.zip": packed({"d.zip": packed({"e.txt": _STORY})})})}),
        "crawl/bomb_inside.warc.gz": warc(("https://news.example/0", "text/plain", b"0" * 9_000_000)) + warc(_RECORD),
        "crawl/chunked.warc": _chunked_bomb() + warc(_RECORD, is_packed=False),
        "crawl/endless_head.warc": b"WARC/1.0\r\nA: " + b"x" * 3_000_000 + b"\r\n\r\n" * 2 + warc(_RECORD, is_packed=False),
        "crawl/loop.warc": warc(_RECORD, ("../../etc", "text/plain", _STORY), is_packed=False),
        "crawl/dictionary.parquet": parquet(
            [{"text": "x y " * 2_000, "url": "file:///etc/passwd"}] * 300 + [{"text": STORY[0], "url": ""}]
        ),
    }


def _refused(is_small: bool) -> Files:
    size = 30_000_000 if is_small else 2_000_000_000
    bomb = _gzipped_zeros(size)
    nested = packed({"a.txt": _STORY})
    for _ in range(20):
        nested = packed({"a.zip": nested})
    quine = packed({"a.txt": _STORY})
    for _ in range(8):
        quine = packed({"a.txt.gz": gzip.compress(quine)})
    many = 3_000 if is_small else 200_000
    return {
        "zip/bomb.zip": packed({"x.txt": b"0" * 30_000_000}),
        "zip/many_bombs.zip": packed({f"{k}.txt": b"0" * 1_000_000 for k in range(20 if is_small else 500)}),
        "zip/nested.zip": nested,
        "zip/many.zip": packed({f"{k}.txt": b"x" for k in range(many)}),
        "zip/cut.zip": packed({"a.txt": _STORY * 100})[:-30],
        "zip/comment.zip": packed({"a.txt": _STORY})[:-2] + struct.pack("<H", 60_000) + b"PK\x05\x06" * 15_000,
        "zip/locked.zip": _marked(packed({"a.txt": _STORY}), 0x1),
        "zip/odd_method.zip": packed({"a.txt": _STORY}, zipfile.ZIP_LZMA),
        "zip/empty.zip": packed({}),
        "zip/pictures.zip": packed({"a.png": b"\x89PNG"}),
        "gzip/bomb.txt.gz": bomb,
        "gzip/bomb_of_a_bomb.txt.gz": gzip.compress(gzip.compress(bomb)),
        "gzip/cut.txt.gz": gzip.compress(_STORY * 1_000)[:-20],
        "gzip/layers.gz": gzip.compress(gzip.compress(gzip.compress(gzip.compress(_STORY)))),
        "gzip/quine.zip": quine,
        "gzip/name.txt.gz": b"\x1f\x8b\x08\x08" + b"\0" * 6 + b"x" * 2_000_000,
        "gzip/members.txt.gz": gzip.compress(b"") * (20_000 if is_small else 1_000_000),
        "crawl/bomb.warc.gz": bomb,
        "crawl/empty.warc": b"",
        "crawl/noise.warc.gz": b"\x1f\x8b\x08" + b"\0" * 1_000,
        "crawl/bomb.parquet": _parquet_bomb(1_000_000 if is_small else 30_000_000),
        "crawl/cut.parquet": parquet([{"text": STORY[0]}])[:-20],
        "crawl/no_texts.parquet": parquet([{"a\nb": "c"}]),
    }


def _other() -> Files:
    whole = packed({"a.txt": _STORY, "b.html": page(*STORY)})
    return {
        "zip/twice.zip": whole + whole,
        "zip/overlapping.zip": _overlapping(),
        "gzip/page.html.gz": gzip.compress(page(*STORY).encode()) + b"rubbish",
        "crawl/called.parquet": bytes(range(256)),
        "crawl/damaged.warc.gz": warc(_RECORD) + b"\x1f\x8b\x08rubbish" + warc(_RECORD),
        "crawl/false_length.warc": warc(_RECORD, is_packed=False).replace(b"Length: ", b"Length: 9"),
    }


def _gzipped_zeros(size: int) -> bytes:
    deflate = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = bytes(10_000_000)
    return b"".join(deflate.compress(block) for _ in range(size // len(block))) + deflate.flush()


def _overlapping() -> bytes:
    """An archive of which many names stand for one and the same bytes."""
    data = bytearray(packed({"a.txt": b"0" * 500_000}))
    start, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    entry = bytes(data[start:end])
    entries = b"".join(entry.replace(b"a.txt", b"%05d" % k + b"") for k in range(1_000))
    tail = bytes(data[end:])
    return bytes(data[:start]) + entries + tail[:8] + struct.pack("<HHL", 1_000, 1_000, len(entries)) + tail[16:]


def _chunked_bomb() -> bytes:
    """An answer of one chunk, packed, that unpacks to thousands of times its size."""
    body = gzip.compress(bytes(60_000_000))
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    http += b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body)
    return b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (len(http), http)


def _parquet_bomb(words: int) -> bytes:
    """A table of one text that stands in a thousand rows."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 1_000, pa.int32()), pa.array(["x y " * words]))
    pq.write_table(pa.table({"text": texts}), sink, dictionary_pagesize_limit=1 << 30, compression="zstd", store_schema=False)
    return sink.getvalue()
