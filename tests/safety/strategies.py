"""Texts and files to try a reader with: words of all languages among signs that break things, and valid files with faults in them."""

from __future__ import annotations

import random
import tomllib
import zipfile
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from tests import file_samples as samples
from timeline.knowledge import knowledge_path

ROOT = Path(__file__).parents[2]
LANGUAGES = tuple(sorted(path.stem for path in (knowledge_path() / "languages").glob("*.toml")))
_LONGEST_WORD = 60  # characters of what is taken from a knowledge file as one piece
_MOST_PIECES = 30
_SLOTS = {"d": "5 05 31 32 0 12th", "m": "9 09 13", "M": "", "y": "2024 1979 2567 1445 113", "yy": "24 99", "q": "3 IV", "n": "7 II 100"}
SEPARATORS = (
    " ",
    " ",
    " ",
    " ",
    " ",
    "",
    ", ",
    ". ",
    "\n",
    "\n\n",
    " - ",
    "–",
    "/",
    ".",
    ":",
    "; ",
    "、",
    "。",
    "\t",
    " (",
    ") ",
    "\u3000",
)
# Signs and strings that have broken readers of text: controls, marks without a letter, halves of pairs, changes of direction, numbers
# that are none or too large, letters that grow when their case is changed, markup and what a program might run.
SIGNS = (
    *("\x00", "\x1b", "\x7f", "\x85", "\r", "\r\n", "\x0b", "\x0c", "\u2028", "\u2029", "\ufeff", "\ufffd", "\uffff", "\xa0", "\xad"),
    *("\ud800", "\udfff", "\u0301", "\u0301" * 9, "\u0e48", "\u0323", "\u093c", "\u200b", "\u200d", "\u200e", "\u200f", "\u202e", "\u2066"),
    *("😀", "👨‍👩‍👧", "🇻🇳", "𠀀", "𝟗/𝟏𝟐", "١٢", "१२", "๑๒", "１２", "Ⅻ", "²", "½", "൧", "ﬁ", "İ", "ß", "ŉ", "ΐ", "ſ", "ǅ", "㋿", "㍿", "①"),
    *(
        "0",
        "9",
        "00",
        "99999999999999999999",
        "2024",
        "1/2/",
        "12/9",
        "9/12/2025",
        "2025-09-12",
        "31.02.2025",
        "29/2",
        "0000-00-00",
        "24:00",
    ),
    *(
        "([",
        "))",
        "<b>",
        "</p>",
        "<!--",
        "]]>",
        "&#0;",
        "&amp;",
        "{n}",
        "{d}",
        "*",
        "…",
        '"',
        "'",
        "«",
        "=1+1",
        "|",
        "\\",
        "%s",
        "../",
        "nan",
    ),
)
EDTF_PIECES = (
    "2025",
    "09",
    "12",
    "XX",
    "X",
    "-",
    "/",
    "..",
    "~",
    "?",
    "%",
    "199",
    "0000",
    "9999",
    "13",
    "31",
    "T",
    "Y",
    "[",
    "]",
    ",",
    "٢",
    "",
)


@cache
def words_of(language: str) -> tuple[str, ...]:
    """What the file of a language says, in pieces: months, numbers, triggers, roles, templates with their slots filled, examples."""
    chance = random.Random(language)
    raw = tomllib.loads((knowledge_path() / "languages" / f"{language}.toml").read_text(encoding="utf-8"))
    found = dict.fromkeys(_filled(text, chance) for text in _strings(raw) if 0 < len(text) <= _LONGEST_WORD)
    for example in raw["examples"]:
        text = example["text"]
        found.update(dict.fromkeys(text.split()))
        begin = chance.randrange(len(text))
        found[text[begin : begin + chance.randrange(1, _LONGEST_WORD)]] = None
    return tuple(found)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from (key, *_strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


def _filled(text: str, chance: random.Random) -> str:
    for slot, values in _SLOTS.items():
        while f"{{{slot}}}" in text:
            text = text.replace(f"{{{slot}}}", chance.choice(values.split() or ["5"]), 1)
    return text.replace("*", "").replace("…", " ")


@cache
def _names() -> tuple[str, ...]:
    """Names of the gazetteer, in all scripts."""
    cells: dict[str, None] = {}
    for file in ("provinces", "places", "border_gates", "actors", "series"):
        for line in (knowledge_path() / f"{file}.csv").read_text(encoding="utf-8").splitlines()[1:]:
            cells.update(dict.fromkeys(cell.strip(' "') for part in line.split(",") for cell in part.split(";")))
    return tuple(cell for cell in cells if cell)


@cache
def pieces(language: str) -> tuple[str, ...]:
    """What texts are put together from: words of a language with what may stand behind them, names, and signs."""
    chance = random.Random(f"pieces {language}")
    own = words_of(language)
    names = chance.sample(_names(), 400)
    others = [chance.choice(words_of(chance.choice(LANGUAGES))) for _ in range(100)]
    with_signs = SIGNS * max(1, (len(own) + 500) // len(SIGNS) // 4)
    return tuple(piece + chance.choice(SEPARATORS) for piece in (*own, *names, *others, *with_signs))


@cache
def texts(language: str) -> st.SearchStrategy[str]:
    """Texts in a language, or what might be taken for one."""
    some = st.lists(st.sampled_from(pieces(language)), max_size=_MOST_PIECES).map("".join)
    return st.one_of(some, some, some, st.builds(lambda text, times: text[:200] * times, some, st.integers(2, 12)), st.text(max_size=60))


def told() -> st.SearchStrategy[tuple[str, str]]:
    """A language and a text in it."""
    return st.sampled_from(LANGUAGES).flatmap(lambda language: st.tuples(st.just(language), texts(language)))


days = st.sampled_from(("", "2024-05-06", "2024-02-29", "2023-12", "2024", "0001-01-01", "9999-12-31", "2024-13-01", "x", "XXXX-09-12"))
cells = st.one_of(st.sampled_from(LANGUAGES).flatmap(texts), st.sampled_from((*SIGNS, "", "2025-09-12", "Cao Bằng", "a; b", "e0123456789")))
edtf_texts = st.lists(st.sampled_from(EDTF_PIECES), max_size=9).map("".join)
bounds = st.one_of(edtf_texts, edtf_texts, days, st.sampled_from(SIGNS), st.from_regex(r"\A\d{4}-\d\d(-\d\d)?(/\d{4}-\d\d-\d\d)?\Z"))


# --- files


@cache
def files() -> Mapping[str, bytes]:
    """A small valid file of each format, by its name."""
    story = "\n\n".join(samples.STORY)
    rows = [["title", "text", "date"], ["Gate opened", samples.STORY[0], "2024-05-06"], ["Visit", samples.STORY[1], "2024-05-07"]]
    records = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    page = samples.page().encode()
    mail = samples.mail(story, samples.page(), {"more.txt": story.encode(), "page.html": page}, List_Id='"Border news" <list.example.org>')
    crawl = (("https://news.example/a", "text/html", page), ("https://news.example/b", "text/plain", story.encode()))
    item = "<title>Gate opened</title><link>https://news.example/a</link><pubDate>Mon, 06 May 2024 23:30:00 +0700</pubDate>"
    feed = samples.feed(item + f"<description>{samples.STORY[0]}</description>")
    found = {
        "story.txt": story.encode(),
        "utf16.txt": story.encode("utf-16"),
        "viet.txt": "Cửa khẩu Trà Lĩnh mở cửa ngày 5/5/2024, tỉnh Cao Bằng.".encode("cp1258", "replace"),
        "story.md": f"---\ntitle: Gate\ndate: 2024-05-06\n---\n# Gate\n\n* {story}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n".encode(),
        "page.html": page,
        "story.pdf": samples.pdf(samples.STORY),
        "story.docx": samples.docx(*samples.STORY, table=[["5 May 2024", "Tra Linh"]]),
        "book.epub": samples.epub(*(f"<p>{paragraph}</p>" for paragraph in samples.STORY)),
        "news.eml": mail,
        "news.csv": samples.table(rows),
        "news.tsv": samples.table(rows, "\t"),
        "news.xlsx": samples.sheet(rows),
        "news.jsonl": samples.json_lines(*records),
        "news.json": b"[" + b",".join(samples.json_lines(record).strip() for record in records) + b"]",
        "news.xml": feed,
        "crawl.warc": samples.warc(*crawl, is_packed=False),
        "crawl.warc.gz": samples.warc(*crawl),
        "news.parquet": samples.parquet(records),
        "news.zip": samples.packed({"a/story.txt": story, "page.html": page, "inner.zip": samples.packed({"b.txt": story})}),
        "stored.zip": samples.packed({"story.txt": story, "news.csv": samples.table(rows)}, zipfile.ZIP_STORED),
        "chronology.csv": _chronology(),
    }
    return found


def _chronology() -> bytes:
    return b"\n".join((ROOT / "data" / "reference" / "chronology.csv").read_bytes().splitlines()[:6]) + b"\n"


_TOKENS = (
    *(sign.encode("utf-8", "surrogatepass") for sign in SIGNS),
    *(
        b"\xff",
        b"\xfe\xff",
        b"\xff\xff\xff\xff",
        b"\x00\x00\x00\x00",
        b"\x80",
        b"PK\x03\x04",
        b"%PDF-1.4",
        b"\x1f\x8b\x08",
        b"<!DOCTYPE x [",
        b"<?xml ",
    ),
    *(
        b'"',
        b'""',
        b",",
        b"\n",
        b"\r\n\r\n",
        b"{",
        b"[[[[",
        b"}",
        b"\\u",
        b"\\ud800",
        b"null",
        b"1e999",
        b"NaN",
        b"-1",
        b"<a><a><a>",
        b"=?utf-8?q?=ff?=",
    ),
    *(
        b"Content-Type: multipart/mixed; boundary=b\n",
        b"charset=utf-7",
        b"Content-Length: 99999999999",
        b"/Length 9999999",
        b"boundary=",
        b";",
    ),
)
_Change = tuple[str, int, int, bytes]
_changes: st.SearchStrategy[list[_Change]] = st.lists(
    st.tuples(
        st.sampled_from(("insert", "overwrite", "delete", "repeat", "move", "flip", "cut")),
        st.integers(0, 1 << 16),
        st.integers(0, 1 << 16),
        st.sampled_from(_TOKENS),
    ),
    max_size=8,
)


def changed(data: bytes, changes: list[_Change]) -> bytes:
    """A file with faults in it."""
    for what, one, other, token in changes:
        at, size = one % (len(data) + 1), other % 40
        if what == "insert":
            data = data[:at] + token * (1 + other % 3) + data[at:]
        elif what == "overwrite":
            data = data[:at] + token + data[at + len(token) :]
        elif what == "delete":
            data = data[:at] + data[at + size :]
        elif what == "repeat":
            data = data[:at] + data[at : at + size] * (2 + other % 20) + data[at + size :]
        elif what == "move":
            part = data[at : at + size]
            rest = data[:at] + data[at + size :]
            to = other % (len(rest) + 1)
            data = rest[:to] + part + rest[to:]
        elif what == "flip" and at < len(data):
            data = data[:at] + bytes([data[at] ^ (1 << other % 8)]) + data[at + 1 :]
        elif what == "cut" and other % 4 == 0:
            data = data[:at]
    return data


def with_faults(data: Mapping[str, bytes]) -> st.SearchStrategy[tuple[str, bytes]]:
    """One of some files by its name, or by another's, with faults in it."""
    names = tuple(data)
    given = st.sampled_from(names)
    return st.builds(
        lambda name, other, is_other, changes: (other if is_other == 0 else name, changed(data[name], changes)),
        given,
        given,
        st.integers(0, 9),
        _changes,
    )
