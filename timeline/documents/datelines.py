"""Lines that say when the page was published, as far as figures alone tell it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from timeline.documents.lines import Line
from timeline.documents.page_words import PageWords

# `24/08/2025`, `29-12-2023`, `14.12.2015`, `2024-06-25`, `2016/5/26`: one separator throughout, glued to a word or
# not (`Tế24/08/2025`), and no piece of a longer figure or of a document's number (`09/2025/TT`).
_SEPARATED = re.compile(r"\d[-/.]\d")  # the least of it, which few lines have
_NUMERIC = re.compile(
    r"""(?<![\d./-])(?:
        (?P<year>\d{4}) (?P<iso>[-/.]) (?P<month>\d{1,2}) (?P=iso) (?P<day>\d{1,2})
      | (?P<first>\d{1,2}) (?P<dmy>[-/.]) (?P<second>\d{1,2}) (?P=dmy) (?P<last>\d{4})
    )(?!\d|[-/.]\d|/\w)""",
    re.VERBOSE,
)
_TIME = re.compile(r"(?<!\d)(?:[01]?\d|2[0-3])\s?[:hH]\s?[0-5]\d(?::[0-5]\d)?(?!\d)")
_ZONE = re.compile(r"(?:GMT|UTC)\s?[+-]\s?\d{1,2}(?::?\d\d)?|(?:GMT|UTC)\b", re.IGNORECASE)
_YEAR = re.compile(r"[12](?:(?<=1)[89]|(?<=2)[0-6])\d\d(?!\d)(?<!\d\d{4})")  # (a search for one of two figures is quick)
_ABBREVIATED = re.compile(r"\b[^\W\d]{1,2}\.$")  # `24 sierpnia 2025 r.`
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W\d_]+")
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff]+")  # Thai, Lao, Khmer
_WIDE_WORDS = re.compile(r"[\u3040-\u9fff]+")

# `date 2023-12-29 …`: how saved web pages are headed by some collections; the title or the text follows on the line.
_STAMP = re.compile(r"date (?P<year>\d{4})-(?P<month>\d\d)(?:-(?P<day>\d\d))?(?=\s|$)")
# `Báo Quốc TếBáo Quốc Tế24/08/2025`: Vietnam.vn gives the publisher twice (the logo's text and its name).
_DOUBLED = re.compile(r"^(?P<name>\S.{1,59}?)\s*+(?P=name)\s*+(?=\d)")

# A label without a blank, and the name behind it, up to a bar, a figure or another label.
_SOURCE_NAME = re.compile(
    r"(?:^|[\s|（(])(?P<label>[^\s:：|\d]{1,20})\s?[:：]\s?(?P<name>[^\d:：|/）)]{2,48}?)\s*(?=$|[|\d）)]|\s\S{1,20}[:：])"
)

# A dateline is short: beside the date it may hold an author, a newspaper's full name, a weekday.
_WIDEST = 160
_MOST_WORDS = 10
# With the month in words, figures alone don't make sure: fewer words, unless a time or a label stands beside.
_MOST_WORDS_TEXTUAL = 4


@dataclass(frozen=True)
class Dateline:
    """`text[start:end]` of the page gives its date; `day` is ISO, or `YYYY-MM` where no more is given."""

    start: int
    end: int
    day: str
    publisher: str = ""
    timed: bool = False
    labelled: bool = False
    stamped: bool = False


def stamp(line: Line) -> Dateline | None:
    """The collection's stamp at the beginning of `line`."""
    match = _STAMP.match(line.text)
    if match is None:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    value = _iso(year, month, day or "1")
    if not value:
        return None
    return Dateline(line.start, line.start + match.end(), value if day else value[:7], stamped=True)


def numeric_dateline(line: Line, words: PageWords) -> Dateline | None:
    """The date of a line that holds a date in figures and little else."""
    if line.width > _WIDEST or not _SEPARATED.search(line.text) or line.is_item:
        return None
    match = _NUMERIC.search(line.text)
    if match is None:
        return None
    labelled = words.says_published(line.text)
    if line.ends_sentence and not labelled:
        return None
    day = _iso(match["year"], match["month"], match["day"]) if match["year"] else _day_first(match)
    rest = _TIME.sub(" ", _ZONE.sub(" ", line.text[: match.start()] + " " + line.text[match.end() :]))
    if not day or _NUMBER.search(rest) or _count_words(rest) > _MOST_WORDS:
        return None
    doubled = _DOUBLED.match(line.text)
    return Dateline(
        line.start + match.start(),
        line.start + match.end(),
        day,
        publisher=doubled["name"].strip() if doubled else "",
        timed=_TIME.search(line.text) is not None,
        labelled=labelled,
    )


def is_textual(line: Line, words: PageWords) -> bool:
    """Does the line look like a date of publication in words (`June 25, 2023, 10:46 [GMT+7]`)?

    What it says is for the date finder to read.
    """
    if line.width > _WIDEST or not _YEAR.search(line.text) or len(_NUMBER.findall(line.text)) < 2:
        return False
    if line.is_item or (line.ends_statement and not _ABBREVIATED.search(line.text)):
        return False
    words_beside = _count_words(_ZONE.sub(" ", line.text))
    sure = _TIME.search(line.text) is not None or words.says_published(line.text)
    return words_beside <= (_MOST_WORDS if sure else _MOST_WORDS_TEXTUAL)


def source_name(line: Line, words: PageWords) -> str:
    """Whom a line above the text names as its source: `来源：新华网`, `Source: Xinhua| 2025-08-25`; "" where it names none."""
    if line.width > _WIDEST:
        return ""
    named = (match["name"].strip() for match in _SOURCE_NAME.finditer(line.text) if words.labels_source(match["label"]))
    return next(filter(None, named), "")


def _count_words(text: str) -> int:
    """Words, counting two ideographs as one, and five letters of a script without blanks."""
    if text.isascii():
        return len(_WORD.findall(text))
    wide = sum(map(len, _WIDE_WORDS.findall(text)))
    unspaced = sum(map(len, _UNSPACED.findall(text)))
    return len(_WORD.findall(_UNSPACED.sub(" ", _WIDE_WORDS.sub(" ", text)))) + (wide + 1) // 2 + (unspaced + 4) // 5


def _day_first(match: re.Match[str]) -> str:
    """Day before month, unless only the other way round is a date (`08/24/2025`)."""
    first, second, year = match["first"], match["second"], match["last"]
    return _iso(year, second, first) or _iso(year, first, second)


def _iso(year: str, month: str, day: str) -> str:
    try:
        value = date(int(year), int(month), int(day))
    except ValueError:
        return ""
    return value.isoformat() if 1900 <= value.year <= 2100 else ""
