"""A text → its passages by kind, and what the page says of itself.

A line is a passage; blank lines part blocks. What a passage is, its form and its place tell: the rules below hold
for pages in any language, the few words that matter come in as `PageWords`. Linear in the length of the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass
from itertools import groupby, islice

from timeline.addresses import host_of
from timeline.documents.datelines import Dateline, is_textual, numeric_dateline, source_name, stamp
from timeline.documents.lines import HEADLINE_WIDTH, MENU_WIDTH, Line, split_lines
from timeline.documents.page_words import PageWords
from timeline.model import Passage, PassageKind

# Lines that every page of Vietnam.vn has, in Vietnamese whatever the edition's language, and what its empty parts
# say in English.
SITE_LINES = frozenset({"Vietnam.vn - Nền tảng quảng bá Việt Nam", "Độc lập - Tự do - Hạnh phúc"})
EMPTY_PARTS = frozenset({"No data", "No videos available"})

# `![]() | Another story |`: a row of a table of links as the page savers write it; `Heading | |` stands above it.
# A picture's caption comes out as the other row of a table: `Caption |` or `| Caption |`.
_TABLE_HEADING = re.compile(r"^[^|]{2,80}\|\s*\|$")
_TABLE_CAPTION = re.compile(r"^\|?[^|]+\|$")
_PICTURE_FILE = re.compile(r"^\S+\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)
# `… (Photo: VNA)`, `… Ảnh: TTXVN`: a label and a name behind a caption.
_CREDIT = re.compile(r"[.!?…。)(（]\s?[^\W\d]{2,12}\s?[:：]\s?[^:：()（）]{2,40}[)）]?\s?\.?$")
_BARE_CREDIT = re.compile(r"^[A-Za-z\u0370-\u1fff]{2,12}\s?[:：]\s?\S{2,12}$|^\w{2,4}[:：]\S{2,6}$")
# `Comment (0)`: a few words and how many there are.
_COUNTED = re.compile(r"^[^\d()]{2,30}\s?\(\d{1,5}\)$")
# `Source: https://…`, or the address alone.
_SOURCE = re.compile(r"^(?:(?P<label>[^:：/]{1,40}?)\s?[:：]\s?)?(?P<url>https?://\S+)$", re.IGNORECASE)
_LABELLED = re.compile(r"^(?P<label>[^:：]{1,40}?)\s?[:：]\s?\S")
# `Home > News`, `Trang chủ » Tin tức`: where the page stands on its site.
_CRUMBS = re.compile(r"\s[>›]\s|^[^«]*\s»\s")
# Letters that only Vietnamese has (ă is Romanian too); a name here and there doesn't make a line Vietnamese, running text has a fifth.
_VIETNAMESE = re.compile(r"[đơưĐƠƯ\u1ea0-\u1ef9]")
_VIETNAMESE_SHARE = 0.1
_LANGUAGE_SAMPLE = 150
_LANGUAGE_PARAGRAPHS = 7

# How many lines in a row make a menu.
MENU_LINES = 4
# The head of a page: a dateline may stand under the first paragraph or two.
_HEAD_PARAGRAPHS = 3
_WIDEST_LABEL = 80
_WIDEST_CREDITED = 320
_WIDEST_HEADING = 100
_WIDEST_NAME = 48


@dataclass(frozen=True)
class Layout:
    """What the form of a page tells. The passages' language is left empty.

    `published` is an ISO day; where the page gives only a month it is empty and `published_month` is `YYYY-MM`.
    Passages of kind `dateline` without either hold a date in words. `heading` marks a short line between
    paragraphs: a subheading, a bare caption or one link to another story, which its form alone doesn't tell.
    """

    passages: tuple[Passage, ...]
    title: str = ""
    publisher: str = ""
    published: str = ""
    published_month: str = ""
    published_span: tuple[int, int] | None = None
    source_url: str = ""


def lay_out(text: str, words: PageWords | None = None, published: str = "") -> Layout:
    """Split `text` into passages and read title, publisher, date and source; `published` (ISO) overrules the page."""
    return _Page(text, words or PageWords()).read(published)


class _Page:
    """One reading of one page: every rule marks the lines it knows, none marks a line twice."""

    def __init__(self, text: str, words: PageWords) -> None:
        self.text = text
        self.words = words
        self.stamp: Dateline | None = None
        self.lines = self._without_stamp(split_lines(text))
        self.short = [index for index, line in enumerate(self.lines) if line.width <= _WIDEST_LABEL]
        headed = ((index, words.headed(self.lines[index].text)) for index in self.short)
        self.headed = {index: kinds for index, kinds in headed if kinds}
        self.kinds: dict[int, PassageKind] = {}
        self.title: int | None = None
        self.source_url = ""
        self.source_host = ""
        self.source_name = ""
        self.vietnamese = self._is_vietnamese_page()

    def read(self, published: str) -> Layout:
        end = self._mark_comments()
        self._mark_furniture()
        self._mark_related(end)
        self._mark_source(end)
        self._mark_pictures()
        self._mark_top_menu()
        self._mark_title()
        dateline, publisher = self._mark_datelines(end)
        self._mark_alternatives(end)
        self._mark_tail(end)
        self._mark_headings(end)
        day = dateline.day if dateline else ""
        return Layout(
            passages=self._passages(),
            title=self.lines[self.title].text if self.title is not None else "",
            publisher=publisher or self.source_name or self.source_host,
            published=published or (day if len(day) > len("2023-12") else ""),
            published_month=day if len(day) == len("2023-12") else "",
            published_span=(dateline.start, dateline.end) if dateline else None,
            source_url=self.source_url,
        )

    # marking

    def _mark(self, index: int, kind: PassageKind) -> None:
        self.kinds.setdefault(index, kind)

    def _free(self, index: int) -> bool:
        return index not in self.kinds

    def _next_in_block(self, index: int) -> int | None:
        """The line directly below, if no blank line stands between."""
        below = index + 1
        return below if below < len(self.lines) and self.lines[below].block == self.lines[index].block else None

    def _paragraphs(self, end: int) -> list[int]:
        return [index for index in range(end) if self._free(index) and self.lines[index].is_prose]

    def _without_stamp(self, lines: list[Line]) -> list[Line]:
        """Take the collection's stamp off the first line."""
        self.stamp = stamp(lines[0]) if lines else None
        if self.stamp is None:
            return lines
        first, rest = lines[0], self.text[self.stamp.end : lines[0].end]
        if not rest.strip():
            return lines[1:]
        start = first.end - len(rest.lstrip())
        return [Line(start, first.end, rest.strip(), first.block), *lines[1:]]

    def _heads(self, what: str, index: int) -> bool:
        return index in self.headed and what in self.headed[index]

    def _is_vietnamese_page(self) -> bool:
        prose = list(islice((line for line in self.lines if line.is_prose), _LANGUAGE_PARAGRAPHS))
        return sum(_is_vietnamese(line.text) for line in prose) * 2 > len(prose)

    # rules, in the order in which they are asked

    def _mark_comments(self) -> int:
        """Everything from the comment heading on is none of the story; gives the number of lines before it."""
        paragraphs = self._paragraphs(len(self.lines))
        for index in filter(self._heads_comments, self.short):
            before = bisect_left(paragraphs, index)
            # A counter beside the title heads nothing; comments are rarely longer than the story.
            if before and before >= min(_HEAD_PARAGRAPHS, len(paragraphs) - before):
                for tail in range(index, len(self.lines)):
                    self._mark(tail, "furniture")
                return index
            self._mark(index, "furniture")
        return len(self.lines)

    def _heads_comments(self, index: int) -> bool:
        if self._heads("comments", index):
            return True
        text = self.lines[index].text
        last = index + 1 == len(self.lines)
        return text[-1] == ")" and _COUNTED.match(text) is not None and (last or self.lines[index + 1].text in EMPTY_PARTS)

    def _mark_furniture(self) -> None:
        for index in self.short:
            line = self.lines[index]
            if line.text in SITE_LINES or line.text in EMPTY_PARTS or not (line.has_letters or self._is_date(line)):
                self._mark(index, "furniture")

    def _is_date(self, line: Line) -> bool:
        return numeric_dateline(line, self.words) is not None or is_textual(line, self.words)

    def _mark_related(self, end: int) -> None:
        """A heading of related stories, and the links below it as far as they look like links."""
        for index in range(end):
            if self.lines[index].text.startswith("!["):
                self._mark(index, "furniture")
        for index in self.short:
            if index < end and (self._heads("related", index) or _is_table_heading(self.lines[index].text)):
                self._mark(index, "furniture")
                self._mark_links(index, end)

    def _mark_links(self, heading: int, end: int) -> None:
        below = heading + 1
        if below >= end or self.lines[below].text.startswith("!["):
            return  # a table of links: each row is known by its picture
        block = self.lines[below].block
        while below < end and self.lines[below].block == block and not self._could_be_story(self.lines[below]):
            self._mark(below, "furniture")
            below += 1

    def _could_be_story(self, line: Line) -> bool:
        return line.ends_statement or line.width > _WIDEST_HEADING * 2 or self._is_date(line)

    def _mark_pictures(self) -> None:
        """Captions that their form gives away: a table's row, a credit, what stands under a picture's file name."""
        for index, line in enumerate(self.lines):
            text = line.text
            if not self._free(index):
                if text.startswith("!["):
                    self._mark_caption_below(index)
            elif _is_table_caption(text) or (line.width <= _WIDEST_CREDITED and _has_credit(text)):
                self._mark(index, "caption")
            elif line.width <= _WIDEST_LABEL and _PICTURE_FILE.match(text):
                self._mark(index, "furniture")
                self._mark_caption_below(index)

    def _mark_caption_below(self, index: int) -> None:
        below = self._next_in_block(index)
        if below is not None and not self.lines[below].is_prose and _TABLE_CAPTION.match(self.lines[below].text + "|"):
            self._mark(below, "caption")

    def _mark_top_menu(self) -> None:
        """Runs of labels above the first headline or paragraph."""
        run: list[int] = []
        for index, line in enumerate(self.lines):
            if line.is_prose or (line.width > MENU_WIDTH and line.is_headline):
                break
            if self._free(index) and line.is_label and not self._is_date(line):
                run.append(index)
        else:
            return
        # The line right above the text may be a short title.
        if run and line.is_prose and self.lines[run[-1]].width >= HEADLINE_WIDTH:
            run.pop()
        if len(run) >= MENU_LINES:
            for index in run:
                self._mark(index, "furniture")

    def _mark_title(self) -> None:
        """The first headline above the text that is no date and no path through the site."""
        dated: int | None = None
        for index, line in enumerate(self.lines):
            if not self._free(index):
                continue
            if line.is_headline and not _CRUMBS.search(line.text[:_WIDEST_LABEL]):
                if not self._is_date(line):
                    dated = index
                    break
                if dated is None and numeric_dateline(line, self.words) is None:
                    dated = index
            elif line.is_prose:
                break
        if dated is not None:
            self.title = dated
            self._mark(dated, "title")

    def _mark_datelines(self, end: int) -> tuple[Dateline | None, str]:
        """Mark every line that gives a date of publication; the one nearest the title is the story's."""
        found: list[tuple[int, Dateline]] = []
        paragraphs = self._paragraphs(end)
        head = paragraphs[_HEAD_PARAGRAPHS - 1] if len(paragraphs) >= _HEAD_PARAGRAPHS else end
        tail = paragraphs[-1] if paragraphs else 0
        for index in (*range(min(head, end)), *range(max(head, tail + 1), end)):
            line = self.lines[index]
            dateline = numeric_dateline(line, self.words) if self._free(index) else None
            if dateline is not None:
                found.append((index, dateline))
            elif not line.is_prose and is_textual(line, self.words) and (index < head or self.words.says_published(line.text)):
                self._mark(index, "dateline")
        if self.stamp is not None:
            return self._settle(found, self.stamp)
        found = [(index, dateline) for index, dateline in found if not self._is_clock(index, dateline)]
        best = min(found, key=lambda one: self._distance(*one), default=None)
        return self._settle(found, best[1] if best else None)

    def _settle(self, found: list[tuple[int, Dateline]], best: Dateline | None) -> tuple[Dateline | None, str]:
        publisher = ""
        for index, dateline in found:
            self._mark(index, "dateline")
            publisher = publisher or dateline.publisher or self._publisher_above(index)
        return best, publisher

    def _is_clock(self, index: int, dateline: Dateline) -> bool:
        """The site's clock shows when the page was saved: a time above the title, something else between the two."""
        if self.title is None or index >= self.title or not dateline.timed or dateline.labelled:
            return False
        between = [other for other in range(index + 1, self.title) if not self._is_date(self.lines[other])]
        if between:
            self._mark(index, "furniture")
        return bool(between)

    def _distance(self, index: int, dateline: Dateline) -> tuple[bool, bool, bool, int]:
        title = self.title if self.title is not None else 0
        return not dateline.publisher, not dateline.labelled, index < title, abs(index - title)

    def _publisher_above(self, index: int) -> str:
        """A name on a line of its own, right above a line that is nothing but the date."""
        above = index - 1
        if above < 0 or self._next_in_block(above) != index or not self._free(above):
            return ""
        name, dateline = self.lines[above], self.lines[index]
        if dateline.has_letters or name.ends_sentence or name.width > _WIDEST_NAME or not name.has_letters:
            return ""
        self._mark(above, "dateline")
        return name.text

    def _mark_source(self, end: int) -> None:
        """The line with the source's address: under the text, or anywhere if the word for source stands before it."""
        paragraphs = self._paragraphs(end)
        head, last = (paragraphs[0], paragraphs[-1]) if paragraphs else (0, -1)
        best: str | None = None
        for index in range(end):
            line = self.lines[index]
            if not self._free(index):
                continue
            match = _SOURCE.match(line.text) if "://" in line.text else None
            labelled = (match is not None or line.width <= _WIDEST_LABEL) and self._labels_source(index)
            if match and (labelled or index >= last):
                self._mark(index, "source")
                if best is None or labelled:
                    best = match["url"]
            elif labelled and index > last:
                self._mark(index, "source")
            elif index < head and not self.source_name:
                self.source_name = source_name(line, self.words)
        if best:
            self.source_url = best.rstrip(".,;»”\"'")
            self.source_host = host_of(self.source_url)

    def _labels_source(self, index: int) -> bool:
        text = self.lines[index].text
        if self._heads("source", index):
            return True
        if ":" not in text and "：" not in text:
            return False
        match = _LABELLED.match(text)
        return match is not None and self.words.labels_source(match["label"])

    def _mark_alternatives(self, end: int) -> None:
        """A picture's alternative text (on Vietnam.vn the story's title, before every picture) and the caption below."""
        counts = Counter(line.text for line in self.lines[:end] if line.width >= HEADLINE_WIDTH and not line.ends_sentence)
        for index in range(end):
            line = self.lines[index]
            if not self._free(index) or (line.is_prose and counts[line.text] < 2):
                continue
            below = self._next_in_block(index)
            if counts[line.text] < 2 and not self._is_foreign_label(line, below):
                continue
            self._mark(index, "furniture")
            if below is not None and below < end:
                self._mark(below, "caption")

    def _is_foreign_label(self, line: Line, below: int | None) -> bool:
        """A Vietnamese line on a page in another language, its translation below."""
        if self.vietnamese or below is None or line.ends_sentence or not _is_vietnamese(line.text):
            return False
        return not _is_vietnamese(self.lines[below].text)

    def _mark_tail(self, end: int) -> None:
        """Below the text: menus, and whatever follows the source's address."""
        paragraphs = self._paragraphs(end)
        run: list[int] = []
        sourced = False
        for index in range(paragraphs[-1] + 1 if paragraphs else end, end):
            sourced = sourced or self.kinds.get(index) == "source"
            if not self._free(index):
                continue
            if sourced:
                self._mark(index, "furniture")
            elif self.lines[index].is_label:
                run.append(index)
        if len(run) >= MENU_LINES:
            for index in run:
                self._mark(index, "furniture")

    def _mark_headings(self, end: int) -> None:
        """Short lines between paragraphs that are no sentence. Where a script ends none, nothing can be told."""
        paragraphs = self._paragraphs(end)
        if sum(self.lines[index].ends_sentence for index in paragraphs) * 2 < len(paragraphs):
            return
        found = False
        for index in range(paragraphs[0] if paragraphs else 0, paragraphs[-1] if paragraphs else 0):
            line = self.lines[index]
            if line.width > _WIDEST_HEADING or line.ends_sentence or not self._free(index) or line.is_item or line.goes_on:
                continue
            below = self._next_in_block(index)
            if below is None or not self.lines[below].goes_on:
                self._mark(index, "heading")
                found = True
        if found:
            self._mark_link_blocks()

    def _mark_link_blocks(self) -> None:
        """Headlines one below the other, blank lines around them: links to other stories."""
        for _, group in groupby(range(len(self.lines)), key=lambda index: self.lines[index].block):
            block = list(group)
            if len(block) > 1 and all(self.kinds.get(index) == "heading" and self.lines[index].is_headline for index in block):
                self.kinds.update(dict.fromkeys(block, "furniture"))

    def _passages(self) -> tuple[Passage, ...]:
        passages = [Passage(line.start, line.end, self.kinds.get(index, "body"), "") for index, line in enumerate(self.lines)]
        if self.stamp is not None:
            passages.insert(0, Passage(self.stamp.start, self.stamp.end, "dateline", ""))
        return tuple(passages)


def _is_table_heading(line: str) -> bool:
    return line.endswith("|") and _TABLE_HEADING.match(line) is not None


def _is_table_caption(line: str) -> bool:
    return line.endswith("|") and _TABLE_CAPTION.match(line) is not None


def _has_credit(line: str) -> bool:
    if ":" not in line and "：" not in line:
        return False
    return _CREDIT.search(line) is not None or _BARE_CREDIT.match(line) is not None


def _is_vietnamese(line: str) -> bool:
    """Is it Vietnamese by its letters? Only its beginning is looked at."""
    beginning = line[:_LANGUAGE_SAMPLE]
    return len(_VIETNAMESE.findall(beginning)) >= len(beginning) * _VIETNAMESE_SHARE
