"""The CLDR's locale of a language code, where Babel has one."""

from __future__ import annotations

from functools import cache

from babel import Locale, UnknownLocaleError


@cache
def cldr_locale(code: str) -> Locale | None:
    """The locale of `code`, older codes ("tl") included; None for a code that CLDR lacks or that is none."""
    try:
        return Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return None
