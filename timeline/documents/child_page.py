"""A page of news → its story, and what stands about it. A part of the child process of `in_child`.

`trafilatura` finds the story. What it leaves out or takes for the story on the pages of Vietnamese and Chinese newspapers and
portals is put right before and after: boxes of other stories, tables that only lay out the page, the site's clock; the lead, the
line with source and day, and the address of the original.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

# Only what the head of a page, or its own address, says of the day, never a day met in the text; and no limit that moves with the clock.
_DAYS = {"extensive_search": False, "original_date": True, "min_date": "1900-01-01", "max_date": "2100-12-31"}
_HEAD = ("title", "sitename", "hostname", "date", "url")

# How pages call their boxes of other stories and of readers' words, by class or id: the content management systems of Nhân Dân and
# VNA (`article-relate`, `notebox`), Báo Quốc Tế (`__MB_ARTICLE_A`), Xinhua (`bookList`, `relatedNews`), of provincial portals.
_BOX = re.compile(
    r"(?:^|[\s_-])(?:relate[ds]?|related-?(?:news|posts?|articles?|stories)|news-?related?|read-?more|see-?also|other-?(?:news|posts?)|"
    r"tin-?(?:khac|lien-?quan|cung-?(?:chuyen-?)?muc)|(?:box-?)?(?:lien-?quan|cung-?chuyen-?muc)|most-?(?:read|viewed?)|book-?list|"
    r"notebox|comments?|binh-?luan|mb-?_?article[^\W_]*)(?:$|[\s_-])",
    re.IGNORECASE,
)
_MOST_OF_PAGE = 0.4  # of its words: a box that holds as much is called so by mistake
# How a headline is called where it is no heading.
_TITLE = re.compile(
    r"(?:^|[\s_-])(?:b?title|(?:title|detail|news|post|article)-?(?:detail|title|news)|tieu-?de)(?:$|[\s_-])", re.IGNORECASE
)
_LONGEST_TITLE, _SHORTEST_TITLE = 250, 8
_BLOCKS = "descendant::p | descendant::div | descendant::h1 | descendant::h2 | descendant::h3 | descendant::ul | descendant::table"
_FEWEST_BLOCKS = 3  # in a cell: it holds a part of the page; a cell of a table has a paragraph or two
_DATE = re.compile(r"(?<!\d)(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2})(?!\d)")
_LONGEST_CLOCK = 80  # characters
_ADDRESS = re.compile(r"[^/]{0,40}https?://\S+")
_LABELLED = re.compile(r"[^:：]{1,30}[:：]\s*\S")
# Lines between the headline and the text, or under the text, that are looked at; characters that make one a paragraph, and of a label.
_ABOVE, _BELOW, _PARAGRAPH, _LABEL = 15, 4, 40, 80
_START = 40  # characters that tell a paragraph from any other


def story(text: str, lines_of: Callable[..., Iterator[str]]) -> dict[str, Any]:
    """The main text of a page, the lines above it that belong to it, the one with the original's address, and what its head says."""
    from trafilatura import bare_extraction, load_html

    page = load_html(text)
    if page is None:
        return dict.fromkeys(("text", *_HEAD, "source", "named", "above"), "")
    _drop_boxes(page)
    _open_layout_tables(page)
    heading = _heading(page)
    if heading is not None:
        _drop_clocks(page, heading)
    shown, linked = list(lines_of(page, links=False)), list(lines_of(page))
    found = bare_extraction(page, include_comments=False, with_metadata=True, date_extraction_params=dict(_DAYS))
    told = {name: str(getattr(found, name, None) or "") for name in ("text", *_HEAD)}
    if heading is not None:
        _settle_title(page, heading, told)
    paragraphs = [line for line in told["text"].splitlines() if line.strip()]
    above = _above(shown, _words(heading), paragraphs[0]) if paragraphs and heading is not None else []
    if any(map(_DATE.search, above)):  # surer than any day elsewhere on the page, but not than its head
        told["date"] = _day_in_head(page)
    told["text"], source = _with_source(told["text"], linked)
    return {**told, "above": above, "source": source, "named": _named(page)}


def _called(element: Any, pattern: re.Pattern[str]) -> bool:
    return bool(pattern.search(element.get("class") or "") or pattern.search(element.get("id") or ""))


def _size(element: Any) -> int:
    return sum(map(len, element.itertext()))


def _drop_boxes(page: Any) -> None:
    most = _size(page) * _MOST_OF_PAGE
    for element in page.xpath("//body//*[@class or @id]"):
        if element.tag != "h1" and _called(element, _BOX) and _size(element) < most and element.find(".//h1") is None:
            element.drop_tree()


def _open_layout_tables(page: Any) -> None:
    """Tables that parts of the page stand in are blocks like others."""
    own = {part: next(part.iterancestors("table"), None) for part in page.iter("tr", "td", "th", "tbody", "thead", "tfoot")}
    laid_out = {table for cell, table in own.items() if cell.tag == "td" and len(cell.xpath(_BLOCKS)) >= _FEWEST_BLOCKS}
    for part in [*laid_out, *(part for part, table in own.items() if table in laid_out)]:
        if part is not None:
            part.tag = "div"


def _heading(page: Any) -> Any:
    """The element of the headline: the heading that the head of the page repeats, else the first, or what is called one, or none."""
    headings = [one for tag in ("h1", "h2", "h3") for one in page.iter(tag) if _fits(_words(one))]
    repeated = [one for one in headings if _is_repeated(page, _words(one))]
    found = next(iter([*repeated, *(one for one in headings if one.tag == "h1")]), None)
    return _called_title(page) if found is None else found


def _is_repeated(page: Any, words: str) -> bool:
    """Whether the head's title is these words, with the name of the site, and not these the name."""
    titles = (*(_words(one) for one in page.iter("title")), *page.xpath("//meta[@property='og:title']/@content"))
    return any(title.startswith(words) or (words in title and len(words) * 2 >= len(title)) for title in titles)


def _called_title(page: Any) -> Any:
    for one in page.xpath("//body//*[@class or @id]"):
        is_linked = one.find(".//a") is not None or next(one.iterancestors("a", "li", "ul"), None) is not None
        if _called(one, _TITLE) and not is_linked and _fits(_words(one)):
            return one
    return None


def _fits(words: str) -> bool:
    return _SHORTEST_TITLE <= len(words) <= _LONGEST_TITLE


def _words(element: Any) -> str:
    return " ".join("".join(element.itertext()).split())


def _settle_title(page: Any, heading: Any, told: dict[str, str]) -> None:
    """The headline without the name of the site, which the head of a page adds to it; a head that names only the site tells that."""
    words, title = _words(heading), told["title"]
    if _is_repeated(page, words):
        told["title"] = words
    elif page.find(".//h1") is None and not page.xpath("//meta[@property='og:title']"):
        told["title"], told["sitename"] = words, told["sitename"] or title


def _drop_clocks(page: Any, heading: Any) -> None:
    """The days above a headline that stand in another part of the page: when it was saved, not when it was written."""
    around = list(heading.iterancestors())[:2]
    for element in page.xpath("//body//*[not(*)]"):
        if element is heading:
            return
        text = _words(element)
        if len(text) <= _LONGEST_CLOCK and _DATE.search(text) and not any(one in around for one in element.iterancestors()):
            element.text = ""


def _above(lines: list[str], title: str, first: str) -> list[str]:
    """What stands between headline and text: the lead, the day, the source; not who wrote it, what may be shared, what else there is."""
    start = lines.index(title) + 1 if title in lines else len(lines)
    stop = next((k for k in range(start, min(start + _ABOVE, len(lines))) if _start(lines[k]) == _start(first)), start)
    return [line for line in lines[start:stop] if _belongs(line)]


def _belongs(line: str) -> bool:
    return len(line) >= _PARAGRAPH or _DATE.search(line) is not None or (_LABELLED.match(line) is not None and len(line) <= _LABEL)


def _start(line: str) -> str:
    return " ".join(line.split()).strip("| ")[:_START]


def _with_source(text: str, lines: list[str]) -> tuple[str, str]:
    """The text with the line that gives the address of the original, if one stands right under a paragraph of it, and that line."""
    ends = {_start(line): line for line in text.splitlines() if line.strip()}
    for number, line in enumerate(lines):
        before = next((ends[_start(one)] for one in reversed(lines[max(0, number - _BELOW) : number]) if _start(one) in ends), "")
        if before and _ADDRESS.fullmatch(line):
            return text if line in text else text.replace(before, f"{before}\n\n{line}", 1), line
    return text, ""


def _day_in_head(page: Any) -> str:
    """The day that the head tells, in its own fields, in the page's address, or in what is there for search engines."""
    from lxml import html  # type: ignore[import-untyped]
    from trafilatura import extract_metadata

    parts = (
        html.tostring(part, encoding="unicode", with_tail=False)
        for part in page.xpath("//head | //body//script[@type='application/ld+json']")
    )
    found = extract_metadata(f"<html>{''.join(parts)}<body><p></p></body></html>", date_config=dict(_DAYS))
    return str(getattr(found, "date", None) or "")


def _named(page: Any) -> str:
    """The newspaper or agency that the head names as the source."""
    names: Iterator[str] = (meta.get("content") or "" for meta in page.iter("meta") if (meta.get("name") or "").lower() == "source")
    return next((name.strip() for name in names if name.strip()), "")
