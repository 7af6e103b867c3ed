"""A new language file: every key that one may hold, with a line on what goes in, and what is known of the language filled in."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any

from babel import Locale

from timeline.errors import InputError
from timeline.files import write_whole
from timeline.knowledge import EventType, Language, load_entries
from timeline.knowledge.language import EXAMPLE_KEYS, FILL_IN, FREE_SECTIONS, SECTIONS
from timeline.skeletons.folder import own_folder
from timeline.skeletons.hints import ASKED, EXAMPLE_HINTS, HEADS, HINTS, NEEDED
from timeline.skeletons.known import Known, known_language

_PUBLISHED = "2025-08-25"
_TABLES = ("table", "numbers")  # of the kinds of SECTIONS, those that have a head of their own
_SHOWN = {"months": 12, "weekdays": 7}


def new_language(code: str, folder: str | os.PathLike[str] | None = None) -> Path:
    """Write `languages/<code>.toml` into a knowledge folder (by default that of the checkout) and return its path.

    `timeline check` refuses the file until all that begins with `FILL IN` is replaced, and says what each wants. Raises
    `InputError` for a code that CLDR does not know, a language that has its file, or an installed package's own folder.
    """
    target = own_folder(folder) / "languages" / f"{code}.toml"
    known = known_language(code)
    text = _text(known, load_entries(target.parent.parent).event_types.values())
    target.parent.mkdir(exist_ok=True)
    if target.exists():
        raise InputError(str(target), f"{known.name} has its file already", "add to it")
    write_whole(target, text.encode())
    return target


def _text(known: Known, types: Iterable[EventType]) -> str:
    rows = list(types)
    parts = [_intro(known), _top(known)]
    for section in (*filter(None, SECTIONS), *FREE_SECTIONS):
        parts.append(f"# {HEADS[section]}\n[{section}]\n" + "".join(_section(section, known, rows)))
    return "\n".join([*parts, _example(known)])


def _intro(known: Known) -> str:
    return (
        f"# How {known.name} writes dates, events, roles and names. docs/knowledge.md tells each key in full.\n"
        f"# Put words in the place of all that begins with {FILL_IN.strip()} (a line that the language has no use for may go);\n"
        f"# `timeline check` says what is left. Then take the # from what else it needs, with an [[examples]] for each thing\n"
        f"# that the file is to read: `timeline check --examples {known.code}` says which of them it does not.\n"
    )


def _top(known: Known) -> str:
    given = {"code": known.code, "name": known.name, "script": known.script}
    return "".join(_line("", key, kind, given.get(key)) for key, kind in SECTIONS[""].items())


def _section(section: str, known: Known, types: list[EventType]) -> Iterator[str]:
    """The lines of one section; of `[dates]` first what has no head of its own."""
    if section in ("triggers", "at_event"):
        yield from _by_type(section, types)
    for key, kind in SECTIONS.get(section, {}).items():
        if kind not in _TABLES:
            yield _line(section, key, kind, known.order if key == "order" else None)
    for key, kind in SECTIONS.get(section, {}).items():
        if kind in _TABLES:
            yield f"\n# {HINTS[section][key]}\n[{section}.{key}]\n" + "".join(_table(key, known))


def _line(section: str, key: str, kind: str, value: str | None = None) -> str:
    """A key with its value, with what is to be filled in, or behind a # where a language may do without."""
    hint = HINTS[section][key]
    if value is not None:
        return f"{key} = {_toml(value)}  # {hint}\n"
    if key in NEEDED.get(section, ()):
        return f"{key} = {_toml([FILL_IN + ASKED.get(section, '') + hint])}\n"
    return f"# {key} = {_empty(key, kind)}  # {hint}\n"


def _empty(key: str, kind: str) -> str:
    """A value of the kind to begin with; of a flag the one that is not its default."""
    if kind == "flag":
        return _toml(not {field.name: field.default for field in fields(Language)}.get(key, False))
    return '""' if kind == "text" else "[]"


def _by_type(section: str, types: list[EventType]) -> Iterator[str]:
    """A line for each type that the section's words may tell, with what the table of types says of it."""
    if section == "at_event":
        yield '# any = []  # whatever was told last: "on this occasion"\n'
    for row in types:
        if section == "triggers" and row.name in NEEDED[section]:
            yield f"{_toml(row.name)} = {_toml([FILL_IN + ASKED[section] + row.covers])}\n"
        elif section == "triggers" or not row.event_subtype:
            yield f"# {_toml(row.name) if row.event_subtype else row.name} = []  # {row.covers}\n"


def _table(key: str, known: Known) -> Iterator[str]:
    """What is known goes in; of months and weekdays CLDR's are told, and those that it lacks are to be filled in."""
    if key in _SHOWN:
        names: Mapping[int, tuple[str, ...]] = getattr(known, key)
        if names:
            yield f"# CLDR has: {'; '.join(', '.join(words) for words in names.values())}\n"
        else:
            yield from (f'"{number}" = {_toml([FILL_IN + name])}\n' for number, name in _english(key))
    given: Mapping[str, tuple[str, ...]] = {"relative": known.relative, "steps": known.steps}.get(key, {})
    if given:
        yield "# From the tables of dateparser: take out what no text writes.\n"
    yield from (f"{_toml(code)} = {_toml(list(words))}\n" for code, words in given.items())


def _english(what: str) -> Iterator[tuple[int, str]]:
    """The months, or the weekdays from Monday, as English calls them."""
    english = Locale("en")
    names: Mapping[int, str] = english.months["format"]["wide"] if what == "months" else english.days["format"]["wide"]
    first = 0 if what == "months" else 1
    yield from ((number + first, name) for number, name in sorted(names.items()))


def _example(known: Known) -> str:
    wanted: dict[str, Any] = {
        "text": FILL_IN + EXAMPLE_HINTS["text"],
        "published": _PUBLISHED,
        "dates": [[FILL_IN + "a date as the text writes it", FILL_IN + "its EDTF value: a day as 2025-08-25, a month as 2025-08"]],
    }
    lines = [f"# {key}: {EXAMPLE_HINTS[key]}.\n" for key in EXAMPLE_KEYS]
    given = [f"{key} = {_toml(wanted[key])}\n" if key in wanted else f"# {key} = []\n" for key in EXAMPLE_KEYS]
    return f"# What the file must read, in sentences of your own:\n{''.join(lines)}[[examples]]\n{''.join(given)}"


def _toml(value: Any) -> str:
    """A string, a flag or a list of them as TOML: as JSON writes it, but for quotes inside, which need no backslash in single ones."""
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    is_literal = isinstance(value, str) and '"' in value and "'" not in value
    return f"'{value}'" if is_literal else json.dumps(value, ensure_ascii=False)
