"""What the library tells people, as templates: marked for the catalogues where they stand, filled when somebody is told.

Below `i18n` and light, so that what raises an error need not load a catalogue.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any, Protocol

Value = str | int | tuple[str, ...]

# What a name of a file may hold and a line must not: ends of lines, controls of terminals, halves of characters, and what turns
# the direction of all that follows.
_NOT_SHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def N_(message: str) -> str:
    """Mark a message for the catalogue where it stands as data; whoever shows it translates it."""
    return message


def one_line(text: str) -> str:
    """A text that may come from anywhere as one line that every terminal shows as it is: `\\n` stands for the end of a line."""
    return _NOT_SHOWN.sub(lambda found: ascii(found[0])[1:-1], text)


class Language(Protocol):
    """What `i18n.Words` says of a language, as far as a template needs it."""

    def gettext(self, message: str) -> str: ...

    def number(self, value: int) -> str: ...

    def enumerated(self, items: Iterable[str]) -> str: ...


def filled(template: str, values: Mapping[str, Value], language: Language | None = None) -> str:
    """A template in a language, in English by default, with its values: `{n:,}` is grouped and a tuple listed as it does.

    What stands in a value stays as it is, braces too. Without values the template is a sentence in full, and its own stay.
    """
    said = language or _ENGLISH
    message = said.gettext(template)
    return _Filler(said).vformat(message, (), values) if values else message


class _Filler(Formatter):
    def __init__(self, language: Language) -> None:
        self._language = language

    def format_field(self, value: Any, format_spec: str) -> str:
        if isinstance(value, tuple):
            return self._language.enumerated(value)
        if format_spec == ",":
            return self._language.number(value)
        return str(super().format_field(value, format_spec))


class _English:
    def gettext(self, message: str) -> str:
        return message

    def number(self, value: int) -> str:
        return f"{value:,}"

    def enumerated(self, items: Iterable[str]) -> str:
        return ", ".join(items)


_ENGLISH = _English()
