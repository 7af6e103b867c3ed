"""The `[dates]` section of a language file: what its templates stand for, and its faults, as `file:key: fault`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from math import prod
from typing import Any, NamedTuple

ORDERS = ("dmy", "mdy", "ymd")
_SLOT = re.compile(r"\{([^{}]*)\}")
# key → the slots that its templates may have, and those of which they need one
_TEMPLATES: dict[str, tuple[str, str]] = {
    "day": ("d D m M R y yy", "d D"),
    "bare": ("d m", "d"),
    "lunar": ("d m M y", "d m M"),
    "never": ("d m M R y yy q", ""),
    "month": ("m M y yy", "m M"),
    "year": ("y yy", "y yy"),
    "quarter": ("q y yy", "q"),
    "weekday": ("w", "w"),
    "weekday_past": ("w", "w"),
    "weekday_next": ("w", "w"),
    "weekday_this": ("w", "w"),
    "weekday_over": ("w", "w"),
    "weekday_last_week": ("w", "w"),
    "weekday_this_week": ("w", "w"),
    "weekday_next_week": ("w", "w"),
    "past": ("t", "t"),
    "next": ("t", "t"),
    "this": ("t", "t"),
    "last_year": ("t", "t"),
}
_SPAN_CODE = re.compile(r"half[12]|quarter[1-4]|months(?:[1-9]|1[01])|spring|summer|autumn|winter|decade(?:(?:1[3-9]|20)\d0)?")
_RELATIVE_CODE = re.compile(
    r"same_(?:day|month|year)(?:[+-]\d{1,3})?|(?:day|week|weekend|month|year|quarter|half)[+-]\d{1,3}|day[12]|weekend|ahead:(?:spring|summer|autumn|winter)|weekday[1-7][+-]?|(?:half[12]|quarter[1-4])(?:[+-]1)?"
    r"|(?:spring|summer|autumn|winter)[+-][01]"
)
STEP_UNIT = re.compile(r"(?:same_)?(?P<unit>day|week|month|year)[+-]")
_FIRST_STEPS = 8  # the words for 2 to 9, which a language tells at least
_MOST_NUMBERS = 18  # and at most those for 2 to 19
_NUMBERED = {
    "months": 12,
    "weekdays": 7,
    "day_words": 31,
    "persian_months": 12,
    "islamic_months": 12,
    "lunar_months": 12,
}


def date_faults(file: str, dates: Mapping[str, Any]) -> Iterator[str]:
    """What is wrong with a language's date words."""
    if dates.get("order", "dmy") not in ORDERS:
        yield f"{file}:dates.order: {dates['order']!r} is none of {', '.join(ORDERS)}"
    if dates.get("short_years", "") not in ("", "buddhist", "persian"):
        yield f"{file}:dates.short_years: {dates['short_years']!r} is unknown (known: buddhist, persian)"
    for key, (known, needed) in _TEMPLATES.items():
        yield from _template_faults(f"{file}:dates.{key}", dates.get(key, ()), known.split(), needed.split())
    for code, texts in dates.get("spans", {}).items():
        if not _SPAN_CODE.fullmatch(code):
            yield f"{file}:dates.spans.{code}: unknown code"
        yield from _template_faults(f"{file}:dates.spans.{code}", texts, ["y", "yy"], [])
    for code in dates.get("relative", {}):
        if not _RELATIVE_CODE.fullmatch(code):
            yield f"{file}:dates.relative.{code}: unknown code"
    yield from _step_faults(f"{file}:dates.steps", dates.get("steps", {}))
    for key, most in _NUMBERED.items():
        for number in dates.get(key, {}):
            if not number.isdigit() or not 1 <= int(number) <= most:
                yield f"{file}:dates.{key}.{number}: must be a number from 1 to {most}"


def _step_faults(where: str, steps: Mapping[str, Any]) -> Iterator[str]:
    for unit, texts in steps.items():
        if unit == "tens":
            if len(texts) > _FIRST_STEPS:
                yield f"{where}.tens: must tell the words for 20, 30 and so on, up to 90"
        elif unit != "numbers":
            if not STEP_UNIT.fullmatch(unit):
                yield f"{where}.{unit}: unknown code (known: numbers, tens, day-, day+, week-, …, year+, and the same behind same_)"
            yield from _template_faults(f"{where}.{unit}", texts, ["n"], ["n"])
            for text in texts:
                before, _, behind = text.partition("{n}")
                if not behind.strip() or set(before) & set("*…"):
                    yield f"{where}.{unit}: {text!r} must have a word behind {{n}}, and no * or … before it"
        elif not _FIRST_STEPS <= len(texts) <= _MOST_NUMBERS:
            yield f"{where}.numbers: must tell the words for 2 to 9, and may go on to 19"


_SQUARE = re.compile(r"[\[\]]")
_SQUARE_CHOICE = re.compile(r"\[[^\[\]()|]*\|[^\[\]()]*\]")
_SIGN = re.compile(r"([\[\]()|])")
_CLOSED_BY = {"[": "]", "(": ")"}
_LITERAL = dict(zip("()[]", "\x01\x02\x03\x04", strict=True))  # while brackets are read
_AS_WRITTEN = str.maketrans({sign: bracket for bracket, sign in _LITERAL.items()})


class _Choice(NamedTuple):
    """A bracket: its place in the order in which brackets close, and what may stand for it, each as words and brackets."""

    place: int
    options: list[list[str | _Choice]]


@lru_cache(maxsize=1 << 10)
def expand(template: str) -> tuple[str, ...]:
    """All the ways to read a template's `[…]` and `(a|b)`; nested brackets are allowed.

    A round bracket without its other half stands for itself (`{w} {d})`), and so does one that may be absent (`[(]`).
    The order is that of one bracket after the other: the first that closes changes the slowest.
    """
    if "[" not in template and "(" not in template:
        return (template,)
    marked = _with_literal_brackets(template)
    whole, sizes = _parsed(marked)
    readings = [full for _, full in sorted(_readings(whole, [prod(sizes[k + 1 :]) for k in range(len(sizes))]))]
    if marked != template:
        readings = [full.translate(_AS_WRITTEN) for full in readings]
    return tuple(dict.fromkeys(readings))


def _with_literal_brackets(template: str) -> str:
    """The template with another sign for each round bracket that stands for itself."""
    parts = _SIGN.split(template.replace("[(]", "[\x01]").replace("[)]", "[\x02]"))
    open_at: list[int] = []
    for k, part in enumerate(parts):
        if part in _CLOSED_BY:
            open_at.append(k)
        elif part in ("]", ")"):
            if open_at and _CLOSED_BY[parts[open_at[-1]]] == part:
                open_at.pop()
            else:
                parts[k] = _LITERAL[part]
    for k in open_at:
        parts[k] = _LITERAL[parts[k]]
    return "".join(parts)


def _parsed(template: str) -> tuple[list[str | _Choice], list[int]]:
    """The words and brackets of a template, and how many options each bracket has, in the order in which they close."""
    sizes: list[int] = []
    levels: list[list[list[str | _Choice]]] = [[[]]]
    for part in _SIGN.split(template):
        if part in _CLOSED_BY:
            levels.append([[], []] if part == "[" else [[]])
        elif part in ("]", ")"):
            options = levels.pop()
            levels[-1][-1].append(_Choice(len(sizes), options))
            sizes.append(len(options))
        elif part == "|" and len(levels) > 1:
            levels[-1].append([])
        elif part:
            levels[-1][-1].append(part)
    return levels[0][0], sizes


def _readings(sequence: list[str | _Choice], weights: list[int]) -> list[tuple[int, str]]:
    """Each reading behind its rank, which counts the options chosen; a bracket that is not read counts as its first."""
    found = [(0, "")]
    for part in sequence:
        if isinstance(part, str):
            found = [(rank, text + part) for rank, text in found]
            continue
        inner = [
            (number * weights[part.place] + rank, text)
            for number, option in enumerate(part.options)
            for rank, text in _readings(option, weights)
        ]
        found = [(rank + more, text + words) for rank, text in found for more, words in inner]
    return found


def _template_faults(where: str, texts: Iterable[str], known: list[str], needed: list[str]) -> Iterator[str]:
    for text in texts:
        slots = _SLOT.findall(text)
        wrong = [slot for slot in slots if slot not in known]
        if wrong:
            yield f"{where}: {text!r} has the unknown slot {{{wrong[0]}}} (known: {', '.join(known)})"
        elif needed and not any(slot in needed for slot in slots):
            yield f"{where}: {text!r} needs the slot {' or '.join(f'{{{slot}}}' for slot in needed)}"
        if text.count("{d}") > 1 and any(full.count("{d}") > 1 for full in expand(text)):
            yield f"{where}: {text!r} has {{d}} twice; one {{d}} reads several days"
        if _SQUARE_CHOICE.search(text):
            yield f"{where}: {text!r} has a choice in square brackets, write [(a|b)]"
        if not _is_balanced(_SLOT.sub("", text)):
            yield f"{where}: {text!r} has a bracket without its other half"


def _is_balanced(text: str) -> bool:
    """Square brackets in pairs. A round one alone stands for itself."""
    depth = 0
    for bracket in _SQUARE.findall(text):
        depth += 1 if bracket == "[" else -1
        if depth < 0:
            return False
    return depth == 0 and "{" not in text and "}" not in text
