"""The date templates of a language: those of its file, those of CLDR, and the all-number forms that every language shares.

A template is written in slots: `{d}. {M}[ {y}]`. `{d}` a day (or days: 15–23, 15. and 16.), `{D}` one in words, `{m}` a month's number,
`{M}` a month's name, `{R}` its Roman number, `{y}` a year, `{yy}` its last two digits, `{q}` a quarter. `[…]` may be
absent, `(a|b)` is a choice, a blank stands for any blank or none. No regular expressions are written in the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from functools import lru_cache
from itertools import product

from babel import localedata

from timeline.knowledge import Language
from timeline.knowledge.cldr import cldr_locale
from timeline.knowledge.date_words import expand
from timeline.text import leading_script

# All-number forms, by the order in which a language writes day, month and year; the other orders are tried after them.
_NUMERIC = {
    "dmy": ["{d} / {m} / {y}", "{d} . {m} . {y}", "{d} - {m} - {y}", "{d}/{m}/{yy}", "{d}.{m}.{yy}"],
    "mdy": ["{m} / {d} / {y}", "{m}-{d}-{y}", "{m}/{d}/{yy}"],
    "ymd": ["{y} / {m} / {d}", "{y}. {m}. {d}", "{y}-{m}-{d}", "{y}:{m}:{d}"],
}
# What stands in English on pages in other scripts: stamps and datelines.
_ENGLISH = ("{d}[(st|nd|rd|th)] {M}[,] {y}", "{M} {d}[(st|nd|rd|th)], {y}")
_ANYWHERE = (
    "{y} {M} {d}",
    "{M} {d}(st|nd|rd|th), {y}",
    "{d} {M}, {y}",
    "{M} {d}, {y}",
)  # of chronologies, and of pages whose dates a machine wrote
_FALLBACKS = {"dmy": ("ymd", "mdy"), "mdy": ("ymd", "dmy"), "ymd": ("dmy",)}
_BARE = {"dmy": ("{d}/{m}",), "mdy": ("{m}/{d}",), "ymd": ("{m}/{d}",)}
_SKELETONS = ("yMMMMd", "yMMMd", "MMMMd", "MMMd", "yMMMM", "yMMM")
_CLDR_FIELD = re.compile(r"'[^']*'|[yYuUMLdEGcq]+|[^'yYuUMLdEGcq]+")
SLOT = re.compile(r"\{(\w+)\}")

# What a template's value is, where its slots do not say: "" or a part of the year, a decade, a lunar day.
Alternative = tuple[str, str]
RANGE_ONLY = "range"


def alternatives(language: Language) -> Iterator[Alternative]:
    """Every way to write a date in `language`, brackets and choices resolved, with what its value is; best tried first."""
    words = language.dates
    for key in ("day", "month", "year", "quarter"):
        for text in words.get(key, ()):
            yield from ((full, "") for full in expand(text))
    for code, texts in words.get("spans", {}).items():
        for text in texts:
            yield from ((full, code) for full in expand(text) if "{" in full)
    for code in ("lunar", "never"):
        for text in words.get(code, ()):
            yield from ((full, code) for full in expand(text) if "{" in full)
    for text in _cldr_templates(language.code):
        yield text, ""
    yield from ((full, "") for text in _ANYWHERE for full in expand(text))
    if language.script != "Latin":
        yield from ((full, "") for text in _ENGLISH for full in expand(text))


def numeric_alternatives(language: Language) -> Iterator[Alternative]:
    """The all-number forms; `order:dmy` and the like as their value's kind tell in which order each reads them."""
    order = language.dates.get("order", "dmy")
    for one in (order, *_FALLBACKS[order]):
        for text in _NUMERIC[one]:
            yield text, f"order:{one}"


def bare_alternatives(language: Language) -> Iterator[Alternative]:
    """Day and month in figures alone, or month and year: counts only in brackets or beside a weekday."""
    yield "{m}/{y}", ""
    own = [full for text in language.dates.get("bare", _BARE[language.dates.get("order", "dmy")]) for full in expand(text)]
    yield from ((text, "") for text in own)
    if "{d}.{m}" not in own:
        yield "{d}.{m}", RANGE_ONLY  # "27-29.05"; but "2.5" is no day


def never_phrases(language: Language) -> Iterator[str]:
    """Idioms that hold a word for a time and are none ("nowadays" where it is written like "today")."""
    yield from (full for text in language.dates.get("never", ()) for full in expand(text) if "{" not in full)


def span_phrases(language: Language) -> Iterator[tuple[str, str]]:
    """The phrases for a part of the year that name no year, with their code."""
    for code, texts in language.dates.get("spans", {}).items():
        for text in texts:
            yield from ((full.strip(), code) for full in expand(text) if "{" not in full and full.strip())


def cldr_words(code: str, what: str, of_months: tuple[str, ...] = ("wide", "abbreviated")) -> list[tuple[int, str]]:
    """Number and name of months (wide and abbreviated) or weekdays (wide, Monday 1) in CLDR; nothing for a language it lacks."""
    locale = cldr_locale(code)
    if locale is None:
        return []
    data = _own_data(str(locale))
    table, widths = (data["months"], of_months) if what == "months" else (data["days"], ("wide",))
    first = 0 if what == "months" else 1
    return [
        (int(number) + first, name)
        for context, width in product(("format", "stand-alone"), widths)
        for number, name in table.get(context, {}).get(width, {}).items()
    ]


def cldr_language(code: str) -> Language | None:
    """A language without a file, as far as CLDR knows it: its script, month names and order; None for an unknown code."""
    locale = cldr_locale(code)
    if locale is None:
        return None
    fields = re.sub(r"[^yMd]", "", locale.date_formats["short"].pattern).lower()
    order = "".join(dict.fromkeys(fields))
    names = " ".join(name for _, name in cldr_words(code, "months", ("wide",)))
    dates = {"order": order if order in _NUMERIC else "dmy"}
    return Language(code, locale.english_name or code, leading_script(names) or "Latin", dates=dates)


@lru_cache(maxsize=256)
def _own_data(identifier: str) -> localedata.LocaleDataDict:
    """Months and weekdays of a locale in a copy of their own.

    Babel resolves what a locale inherits in place, in tables that locales share: the first to be asked would lend its
    names to the others.
    """
    data = localedata.load(identifier)
    return localedata.LocaleDataDict({key: deepcopy(data[key]) for key in ("months", "days")})


def _cldr_templates(code: str) -> list[str]:
    """CLDR's own patterns with a month's name in them, in slots. A month alone is never one of them."""
    locale = cldr_locale(code)
    if locale is None:
        return []
    patterns = [locale.date_formats[width].pattern for width in ("long", "medium")]
    patterns += [str(locale.datetime_skeletons[name]) for name in _SKELETONS if name in locale.datetime_skeletons]
    return list(dict.fromkeys(slots for pattern in patterns if (slots := _in_slots(pattern)) and "{M}" in slots))


def _in_slots(pattern: str) -> str:
    """`d 'de' MMMM 'de' y` → `{d} de {M} de {y}`; "" for a pattern with an era or a weekday in it."""
    pieces: list[str] = []
    for field in _CLDR_FIELD.findall(pattern):
        if field[0] in "GEcq":
            return ""
        if field[0] == "'":
            pieces.append(field[1:-1])
        elif field[0] in "yYuU":
            pieces.append("{y}")
        elif field[0] in "ML":
            pieces.append("{M}" if len(field) > 2 else "{m}")
        elif field[0] == "d":
            pieces.append("{d}")
        else:
            pieces.append(field)
    text = "".join(pieces).strip()
    return text
