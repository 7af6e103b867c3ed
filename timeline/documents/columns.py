"""What the columns of a table of texts are called, and the head of a table in CSV or the like."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import lru_cache

from timeline.text import fold_words

# What a column or a key holds ← what it is called, the surest first. Folded: no case, no diacritics, `_` and `-` as blanks.
KEYS: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "content", "body", "full text", "fulltext", "maintext", "article body"),
        *("html", "raw html", "van ban", "toan van", "bai viet", "正文", "全文", "noi dung", "内容"),
    ),
    "title": ("title", "headline", "tieu de", "标题"),
    "date": (
        *("date", "published", "date published", "published at", "publish date", "date publish", "publication date", "pub date", "pubdate"),
        *("ngay", "ngay dang", "thoi gian", "日期", "发布日期", "发布时间", "时间"),
    ),
    "language": ("language", "lang", "in language", "ngon ngu", "语言"),
    "url": ("url", "link", "source url", "permalink", "lien ket", "网址", "链接", "source", "nguon", "来源"),
    "publisher": (
        *("publisher", "site", "site name", "sitename", "newspaper", "source domain", "hostname", "source"),
        *("bao", "nguon", "媒体", "来源"),
    ),
    "id": ("id", "doc id", "document id", "uid", "编号"),
}
# A column of these names makes a table one of texts. "Nội dung" may be what happened just as well, unless a title stands beside it.
TEXTS = frozenset(KEYS["text"][:-2])
_CONTENTS = frozenset(KEYS["text"][-2:])
_TITLES = frozenset(KEYS["title"])
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")  # of a word in two: `datePublished`

_DELIMITERS = (",", ";", "\t", "|")
_LONGEST_NAME = 60  # characters of a column's name; what is longer stands in no head


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """The name of a column as `KEYS` has it."""
    return fold_words(_HUMP.sub(" ", name).replace("_", " ").replace("-", " "))


def holds_texts(names: Iterable[str]) -> bool:
    """Whether a table with columns of these names is one of texts, a row a document."""
    keys = set(map(key_of, names))
    return bool(keys & TEXTS) or bool(keys & _CONTENTS and keys & _TITLES)


def delimiter_of(head: str) -> str:
    """What parts the cells of a table, by its first line."""
    return max(_DELIMITERS, key=head.count)


def names_in_head(text: str) -> list[str]:
    """The names in the first line of a text, if it may be the head of a table; none where it may not."""
    line = text.removeprefix("\ufeff").lstrip().partition("\n")[0].rstrip("\r")
    try:
        names = next(csv.reader([line], delimiter=delimiter_of(line), strict=True), [])
    except csv.Error:
        return []
    fits = len(names) > 1 and all(0 < len(name.strip()) <= _LONGEST_NAME for name in names)
    return names if fits else []
