"""Hostile texts, tables and JSON. Each module of the corpus gives three sets of files: what is read, what is refused, and either."""

from __future__ import annotations

import json

from tests.file_samples import STORY, json_lines, page, sheet, table

Files = dict[str, bytes]
_LINE = STORY[0]


def files(is_small: bool) -> tuple[Files, Files, Files]:
    """What is read, what is refused, and what may be either."""
    return _read(is_small), _refused(is_small), _other(is_small)


def _read(is_small: bool) -> Files:
    many, long = (1, 1) if is_small else (9, 40)
    story = _LINE.encode()
    return {
        # no end of a sentence: what belongs to what must not be sought among all of it
        "text/clauses.txt": b"The minister visited Hanoi on 5 May 2024, " * 400 * long,
        "text/names.txt": b"He met Pham Minh Chinh and Wang Yi and " * 400 * long,
        "text/long_line.txt": (_LINE + " ").encode() * 100 * long,
        "text/no_sense.txt": story + b"\n\n" + b"lorem ipsum dolor " * 20_000 * many,
        "text/no_blank.txt": story + b"\n\n" + b"a" * 400_000 * many,
        "text/combining.txt": (_LINE + "\n\n" + "e" + "\u0301\u0323" * 100_000 * many).encode(),
        "text/unfolding.txt": (_LINE + "\n\n" + "\ufdfa " * 20_000 * many).encode(),
        "text/digits.txt": story + b"\n\n" + b"2024-" * 50_000 * many,
        "text/brackets.txt": story + b"\n\n" + b"(" * 100_000 * many + b")" * 100_000 * many,
        "text/newlines.txt": story + b"\n" * 500_000 * many,
        "text/returns.txt": story + b"\r" * 200_000 * many + story,
        "text/bidi.txt": ("\u202e" + _LINE.replace("border", "\u2067border\u2069\u202d") + "\u200f").encode(),
        "text/mark_of_order.txt": b"\xef\xbb\xbf" + story + "\ufeff\ufffe\uffff".encode(),
        "text/markup.txt": f"<script>alert(1)</script> {_LINE} <img src=x onerror=alert(1)>".encode(),
        "json/surrogates.json": b'{"text": "' + story + b' \\ud800\\udfff\\ud800"}',
        "json/lines.jsonl": b'{"text": "' + b"\n" + json_lines({"text": _LINE}) + b"[" * 100_000 + b"\n" + b'{"text": 1e999999}\n',
        "table/rows.csv": table([["id", "text"], ["1", _LINE], *(["2", ""] for _ in range(40))]),
        "table/quotes.csv": table([["id", "text"], ["1", _LINE]]) + b'2,"never closed\n3,words\n',
        "table/formula.csv": table([["id", "text"], ["=1+1", f"=cmd|'/c calc'!A1 {_LINE}"]]),
        "table/far.xlsx": sheet([["id", "text"], ["1", _LINE], *([""] * 50 for _ in range(50))]),
    }


def _refused(is_small: bool) -> Files:
    depth, million = (100_000, 21_000_000) if is_small else (5_000_000, 50_000_000)
    story = _LINE.encode()
    wide = 50_000 if is_small else 1_000_000
    return {
        "text/line_50_mb.txt": b"x" * million,
        "text/nul.txt": story + b"\0" * 1_000,
        "text/no_mark.txt": _LINE.encode("utf-16-le"),
        "text/false_mark.txt": b"\xff\xfe" + story + b".",
        "text/half_mark.txt": b"\xff\xfe\x00",
        "text/surrogates.txt": story + b"\xed\xa0\x80\xed\xbf\xbf" * 50,
        "text/overlong.txt": story + b"\xc0\xaf\xe0\x80\xaf" * 50,
        "text/beyond.txt": b"\xff\xfe\x00\x00" + story.decode().encode("utf-32-le") + b"\x00\x00\x11\x00",
        "text/controls.txt": story + b"\x1b[2J" * 100,
        "text/empty.txt": b"",
        "text/blanks.txt": b" \n\t" * 100_000,
        "text/noise.txt": bytes(range(256)) * 400,
        "json/lists.json": b"[" * depth,
        "json/objects.json": b'{"text":' * depth,
        "json/values.json": b'{"text": [' + b"0," * 3_100_000 + b"0]}",
        "json/number.json": b'{"text": ' + b"9" * 1_000_000 + b"}",
        "json/nul.json": b'{"text": "' + story + b'\\u0000"}',
        "json/cut.json": b'{"text": "' + story,
        "json/nothing.json": b"[[], {}, null, 0, [{}]]",
        "table/columns.csv": b"text" + b",a" * wide + b"\n" + story + b"," * wide + b"\n",
        "table/commas.csv": b"text,url\n" + b"," * 1_500_000 + b"\n",
        "table/chronology.csv": b"what,date" + b",x" * wide + b"\nsigned,2024" + b"," * wide + b"\n",
        "table/no_texts.csv": b"a,b\n" + b"1,2\n" * 50_000,
    }


def _other(is_small: bool) -> Files:
    deep = 20_000 if is_small else 49_000
    return {
        "text/mixed.txt": _LINE.encode() + "Открытие пункта пропуска".encode("koi8-r") * 5 + "开通".encode("gb18030") * 5,
        "text/seven_bits.txt": b"+AGEAYgBj- " * 100,
        "page/mislabelled.html": page(head="<meta charset='utf-16'>").encode(),
        "page/slow_letters.html": page(head="<meta charset='punycode'>").encode(),
        "page/deep.html": ("<div>" * deep + _LINE).encode(),
        "page/tags.html": b"<p>" * 60_000,
        "page/attributes.html": b"<p " + b"a=1 " * 200_000 + b">" + _LINE.encode(),
        "page/entities.html": page(_LINE, "&amp;" * 50_000 + "&#x202e;&#0;&#xd800;").encode(),
        "page/frames.html": page(_LINE, "<iframe src='file:///etc/passwd'></iframe><object data='file:///etc/passwd'></object>").encode(),
        "page/comments.html": b"<!--" * 100_000 + _LINE.encode(),
        "markdown/emphasis.md": _LINE.encode() + b"*a **a " * 20_000,
        "markdown/links.md": b"[" * 50_000 + _LINE.encode() + b"](x" * 50_000,
        "markdown/quotes.md": b"> " * 5_000 + _LINE.encode(),
        "markdown/front.md": b"---\na: &a [x,x]\n"
        + b"".join(b"b%d: &b%d [*a,*a]\n" % (k, k) for k in range(400))
        + b"---\n"
        + _LINE.encode(),
        "json/keys.json": json.dumps({"text": _LINE, **{f"k{k}": "x" for k in range(50_000)}}).encode(),
    }
