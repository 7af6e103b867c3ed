"""A day and a language as a table, a feed or a mail writes them → what a document has. Nothing is guessed: what is not sure is empty."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from functools import lru_cache

MOST_UNREAD = 200  # of one file; each takes a tenth of a second
_LONGEST = 80  # characters of a date, with weekday, time and zone
# `2024-05-06T07:00:00+07:00`, `2024/5/6`, `2024年5月6日`, `20240506`; then `6/5/2024`, `6. 5. 2024`, `ngày 6 tháng 5 năm 2024`.
_YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(\d\d)(\d\d)(?!\d)|\s?[-/.年]\s?(\d{1,2})\s?[-/.月]\s?(\d{1,2})(?!\d))")
_DAY_FIRST = re.compile(r"(?<!\d)(\d{1,2})([-/.]\s?|\s?[^\d\W]{1,8}\s)(\d{1,2})(?!\d)\D{1,6}?((?:19|20)\d\d)(?!\d)")
_MONTH = re.compile(r"((?:19|20)\d\d)-(\d\d)")
_YEAR, _DAY = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)"), re.compile(r"(?<!\d)\d{1,2}(?!\d)")
# Seconds or milliseconds since 1970, of this century.
_STAMP = re.compile(r"(1\d{9})(\d{3})?(?:\.\d+)?")
_CLOCK = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d)?")  # `202405061230`, with seconds or without
_CODE = re.compile(r"[a-z]{2,3}")
_NO_LANGUAGE = frozenset(("und", "mul", "mis", "zxx"))  # ISO 639: undetermined, several, uncoded, none
_KNOWN_AS = {"fil": "tl", "tgl": "tl", "tl": "tl", "nb": "no", "nob": "no", "nn": "no"}  # what the knowledge calls them
# dateparser knows the months of all languages; told so, it takes no word for a day and fills nothing in.
_ABSOLUTE = {"PARSERS": ["absolute-time"], "REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True, "DATE_ORDER": "DMY"}


def day_of(written: str, unread: set[str] | None = None) -> str:
    """The ISO day, or month, that is written, whatever the language, as it was where it was written; "" where it is none.

    Day before month, unless only the other way round is a date. `unread` is kept for the days of one file: it takes in what was
    looked up in all languages for nothing, and with `MOST_UNREAD` in it no more is looked up.
    """
    text = written.strip()
    if not text or len(text) > _LONGEST:
        return ""
    day = _in_figures(text)
    if day is not None or not (_YEAR.search(text) and _DAY.search(text)):
        return day or ""
    if unread is not None and len(unread) >= MOST_UNREAD:
        return ""
    day = _in_words(text)
    if not day and unread is not None:
        unread.add(text)
    return day


def _in_figures(text: str) -> str | None:
    """The day, "" for what is written like one and is none, None where it may be told in words."""
    if match := _MONTH.fullmatch(text):
        return _iso(match[1], match[2], "1")[: len("2024-05")]
    if match := _CLOCK.fullmatch(text):
        return _iso(match[1], match[2], match[3])
    if match := _STAMP.fullmatch(text):
        return datetime.fromtimestamp(int(match[1]), UTC).date().isoformat()
    if match := _YEAR_FIRST.search(text):
        return _iso(match[1], match[2] or match[4], match[3] or match[5])
    if match := _DAY_FIRST.search(text):
        return _iso(match[4], match[3], match[1]) or _iso(match[4], match[1], match[3])
    return None


def _iso(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


@lru_cache(maxsize=4096)
def _in_words(text: str) -> str:
    from dateparser import DateDataParser

    # Not the languages of the texts before first: what is read must not depend on their order.
    found = DateDataParser(try_previous_locales=False, settings=_ABSOLUTE).get_date_data(text).date_obj
    return found.date().isoformat() if found else ""


@lru_cache(maxsize=256)
def language_code(written: str) -> str:
    """The ISO 639-1 code of a language as people write it: `vi`, `vi-VN`, `vie`, `Vietnamese`, `Tiếng Việt`; "" where it is none."""
    from babel import Locale, UnknownLocaleError
    from babel.core import get_global

    text = written.strip().casefold()
    code = re.split(r"[-_,;]", text)[0].strip()
    if not code or code in _NO_LANGUAGE:
        return ""
    if not _CODE.fullmatch(code):
        return _named(text)
    code = str(get_global("language_aliases").get(code, code))
    try:
        return _KNOWN_AS.get(code) or Locale.parse(code).language
    except (UnknownLocaleError, ValueError):
        return ""


def _named(text: str) -> str:
    """The code of a language by its name in English, Vietnamese or Chinese."""
    from babel import Locale

    names = ((code, name.casefold()) for shown in ("en", "vi", "zh") for code, name in Locale(shown).languages.items())
    return next((str(code) for code, name in names if name in (text, text.removeprefix("tiếng ")) and _CODE.fullmatch(code)), "")
