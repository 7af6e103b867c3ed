"""What is known of a language that has no file: by CLDR its name, script, months and weekdays; by dateparser its "yesterday"."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from babel import Locale
from babel.core import get_global

from timeline.dates.templates import cldr_language, cldr_words
from timeline.documents.days import language_code
from timeline.errors import InputError
from timeline.text import SCRIPTS

# ISO 15924 codes of scripts that the tool calls otherwise than CLDR does in English.
_SCRIPTS = {"Beng": "Bengali", "Hans": "Han", "Hant": "Han", "Jpan": "Kana", "Kore": "Hangul"}
_NO_MONTH = re.compile(r"M\d\d")  # what CLDR's root has where a language has no names
# "1 day ago", "in 2 month", and the same with a number to come
_UNIT = re.compile(r"(?:in )?(?P<number>\d+|\\1) (?P<unit>day|week|month|year)(?P<ago> ago)?")
_NUMBER = re.compile(r"\(\\d[^)]*\)")  # how dateparser writes any number
_PLAIN = re.compile(r"[^\\()\[\]|?*+…]+")


@dataclass(frozen=True)
class Known:
    """A language as CLDR and dateparser have it; names of months and weekdays by number, Monday 1, none where CLDR lacks them.

    `relative` and `steps` are what `[dates.relative]` and `[dates.steps]` of a language file hold.
    """

    code: str
    name: str
    script: str
    order: str
    months: dict[int, tuple[str, ...]]
    weekdays: dict[int, tuple[str, ...]]
    relative: dict[str, tuple[str, ...]]
    steps: dict[str, tuple[str, ...]]


def known_language(code: str) -> Known:
    """What is known of the language of an ISO 639 code; raises `InputError` for no language, or none in letters that the tool reads."""
    proper = language_code(code)
    language = cldr_language(code)
    if not re.fullmatch(r"[a-z]{2,3}", code) or not proper or language is None:
        raise InputError(repr(code), "is no language that CLDR knows", f"give its ISO 639-1 code, such as {proper or 'sw'}")
    if proper != code:
        raise InputError(repr(code), f"is called {proper!r} here", f"timeline new-language {proper}")
    script = _script(code)
    if script not in SCRIPTS[1:]:
        raise InputError(repr(code), f"is written in letters that the tool does not read ({script})", f"it reads {', '.join(SCRIPTS[1:])}")
    months, weekdays = _by_number(code, "months"), _by_number(code, "weekdays")
    phrases, templates = _dateparser(code)
    return Known(code, language.name, script, language.dates["order"], months, weekdays, phrases, templates)


def _script(code: str) -> str:
    """The script of the language's likeliest locale, as the tool calls it; CLDR's name of one that it does not know."""
    parts = str(get_global("likely_subtags").get(code, "")).split("_")
    iso = next((part for part in parts if len(part) == len("Latn")), "Latn")
    return _SCRIPTS.get(iso) or str(Locale("en").scripts.get(iso, iso))


def _by_number(code: str, what: str) -> dict[int, tuple[str, ...]]:
    """CLDR's names, each once; none where a language only inherits them from the root, which has "M01" and English weekdays."""
    names: dict[int, dict[str, None]] = {}
    for number, name in cldr_words(code, what):
        names.setdefault(number, {})[name] = None
    listed = {number: tuple(words) for number, words in sorted(names.items())}
    inherited = any(_NO_MONTH.fullmatch(word) for words in listed.values() for word in words) or listed.get(1) == ("Mon",)
    return {} if inherited else listed


def _dateparser(code: str) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """dateparser's phrases for so many days, weeks, months, years from today, by our codes: those told, and templates with `{n}`."""
    from dateparser.languages.loader import default_loader

    try:
        info: Mapping[str, Any] = default_loader.get_locale(code).info
    except ValueError:
        return {}, {}
    coded = _coded(info.get("relative-type-regex", {}))
    steps = {key: fit for key, templates in coded.items() if (fit := tuple(filter(_is_step, templates)))}
    return _coded(info.get("relative-type", {})), steps


def _coded(table: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    """`"1 day ago": ["jana"]` → `"day-1"`, `"in \\1 day": ["siku (\\d+)"]` → `"day+"` with `siku {n}`; other units are left out."""
    coded = {}
    for name, phrases in table.items():
        match = _UNIT.fullmatch(name)
        written = dict.fromkeys(unicodedata.normalize("NFC", _NUMBER.sub("{n}", phrase)).strip() for phrase in phrases)
        words = tuple(filter(_PLAIN.fullmatch, written))
        if match and words:
            number = match["number"] if match["number"].isdigit() else ""
            sign = "-" if match["ago"] and number != "0" else "+"
            coded[f"{match['unit']}{sign}{number}"] = words
    return coded


def _is_step(template: str) -> bool:
    """Whether the loader takes it: a word stands behind the number, and no stray bracket anywhere."""
    _, number, behind = template.partition("{n}")
    return bool(number and behind.strip()) and template.count("}") == 1
