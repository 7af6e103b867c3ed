"""Markup → the words that a reader sees of it: pieces of pages, books (EPUB), feeds. A part of the child process of `in_child`.

Like `child.py` it loads nothing of this library. Each reader takes the bytes of a file, how many characters it may answer, and a
limit of the format's own.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote

from lxml import etree, html  # type: ignore[import-untyped]

_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "div", "dl", "dt"),
        *("fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "legend"),
        *("li", "main", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "tfoot", "thead", "title", "tr", "ul"),
    )
)
_CELLS = frozenset(("td", "th"))
_UNSEEN = frozenset(("head", "script", "style", "template", "noscript", "svg", "math", "object", "iframe", "select", "button", "textarea"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"\s+")


def fragment(data: bytes, most_characters: int, _own: int) -> dict[str, Any]:
    """The lines of a piece of a page in UTF-8."""
    return _within(most_characters, {"lines": list(lines_of(_html(data)))})


def _within(most_characters: int, answer: dict[str, Any]) -> dict[str, Any]:
    parts = answer.get("lines") or [part for item in answer.get("items", ()) for part in item.values()]
    return answer if sum(map(len, parts)) <= most_characters else {"fault": "long"}


def _html(data: bytes) -> Any:
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)  # any depth: nothing is to be lost
    return html.document_fromstring(data, parser=parser, ensure_head_body=True)


def lines_of(root: Any, links: bool = True) -> Iterator[str]:
    """The lines that are seen of an element: a block is one or more, the cells of a row are parted by ` | `.

    Without `links`, what may be clicked is left out.
    """
    words: list[str] = []
    walk = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, element in walk:
        tag = etree.QName(element).localname.lower() if isinstance(element.tag, str) else ""
        if event == "start":
            if tag in _UNSEEN or (tag == "a" and not links) or _HIDDEN.search(element.get("style") or ""):
                walk.skip_subtree()
                continue
            words.append("\n" if tag in _BLOCKS else "")
            words.append(_BLANKS.sub(" ", element.text or "") if tag != "pre" else element.text or "")
            continue
        words.append("\n" if tag in _BLOCKS else " | " if tag in _CELLS else "")
        words.append(_BLANKS.sub(" ", element.tail or "") if element is not root else "")
    for line in "".join(words).split("\n"):
        seen = " ".join(line.split()).strip("| ")
        if seen:
            yield seen


# Entities that stand in the file itself are read, as far as they do not grow beyond measure; others are not followed.
_XML = {"resolve_entities": "internal", "no_network": True, "huge_tree": False}
_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PASSWORD = 0x1
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
# How fonts are garbled so that they cannot be lifted out of a book; its words are not.
_FONTS = ("http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC")


def epub(data: bytes, most_characters: int, _own: int) -> dict[str, Any]:
    """The chapters of a book in the order in which they are read, a blank line between two, and what it says of itself."""
    with zipfile.ZipFile(io.BytesIO(data)) as book:
        return {"fault": "locked"} if _is_locked(book) else _within(most_characters, _book(book))


def _book(book: zipfile.ZipFile) -> dict[str, Any]:
    path = next(_found(_xml(book.read(_CONTAINER)), "rootfile")).get("full-path")
    package = _xml(book.read(path))
    items = {item.get("id"): item for item in _found(package, "item")}
    lines: list[str] = []
    for reference in _found(package, "itemref"):
        item = items[reference.get("idref")]
        if reference.get("linear") != "no" and "nav" not in (item.get("properties") or "").split():
            href = unquote(item.get("href")).partition("#")[0]
            name = posixpath.normpath(posixpath.join(posixpath.dirname(path), href))
            lines += ["", *lines_of(_chapter(book.read(name)))]
    told = {name: next((_text(one) for one in _found(package, name) if _text(one)), "") for name in ("title", "publisher", "date")}
    day = _DAY.match(told["date"])
    return {"lines": lines, **told, "date": day[0] if day else ""}


def _is_locked(book: zipfile.ZipFile) -> bool:
    if any(info.flag_bits & _PASSWORD for info in book.infolist()):
        return True
    if _ENCRYPTION not in book.namelist():
        return False
    methods = [one.get("Algorithm") for one in _found(_xml(book.read(_ENCRYPTION)), "EncryptionMethod")]
    return any(method not in _FONTS for method in methods)


def _chapter(data: bytes) -> Any:
    """As XML, which it is to be; else as a browser would take it."""
    try:
        return _xml(data)
    except etree.XMLSyntaxError:
        return _html(data)


def _xml(data: bytes) -> Any:
    return etree.fromstring(data, etree.XMLParser(**_XML))


def _found(root: Any, name: str) -> Iterator[Any]:
    return iter(root.iter(f"{{*}}{name}"))


def _text(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def feed(data: bytes, most_characters: int, _own: int) -> dict[str, Any]:
    """The items of a feed, each with the lines of its text. What is damaged is read as far as it goes."""
    import feedparser

    # A stream, for what is no stream may be taken for an address or a file's name.
    found = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    site = _seen(found.feed.get("title", ""))
    return _within(most_characters, {"items": [{**_item(entry), "publisher": site} for entry in found.entries]})


def _item(entry: Any) -> dict[str, str]:
    title = " ".join(_seen(entry.get("title", "")).split())
    contents = [content.get("value", "") for content in entry.get("content", ())]
    text = next(filter(None, map(_seen, (*contents, entry.get("summary", "")))), title)
    day = entry.get("published") or entry.get("updated") or ""
    return {"title": title, "text": text, "date": day, "url": entry.get("link", "")}


def _seen(written: str) -> str:
    """What a reader sees of words that may hold markup."""
    return "\n".join(lines_of(_html(written.encode("utf-8", "replace")))) if "<" in written or "&" in written else written.strip()
