"""Halves of surrogate pairs: characters that are none, which a text may hold all the same."""

import re

_HALF = re.compile("[\ud800-\udfff]")


def without_halves(text: str) -> str:
    """The text with a stand-in for each half of a pair, as long as before: for programs that take nothing but characters."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return _HALF.sub("\ufffd", text)
    return text
