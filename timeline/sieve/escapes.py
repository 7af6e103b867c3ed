"""Characters that a page writes as entities or escapes, and marks that stand apart from their letters."""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_ENTITY = re.compile(rb"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{3,8});")
_ESCAPED = re.compile(rb"(?:\\u[0-9a-fA-F]{4})+")
_COMBINING = b"\xcc"  # leads U+0300-033F in UTF-8: Vietnamese with its marks apart
_NO_BREAK = "\xa0".encode()


def plain(data: bytes) -> bytes:
    """UTF-8 with its entities and escapes resolved and its marks on their letters."""
    if b"&" in data:
        data = _ENTITY.sub(lambda match: _character(match[0]), data)
    if b"\\" in data and b"\\u" in data:
        data = _ESCAPED.sub(lambda match: _unescaped(match[0]), data)
    if _COMBINING in data:
        data = unicodedata.normalize("NFC", data.decode("utf-8", "replace")).encode("utf-8")
    return data


def plain_ascii(data: bytes) -> bytes | None:
    """Bytes of any encoding with their entities resolved; None where one stands for what is neither ASCII nor a blank, or an escape."""
    if b"\\" in data and b"\\u" in data:
        return None
    if b"&" in data:
        told = {entity: _character(entity).replace(_NO_BREAK, b" ") for entity in set(_ENTITY.findall(data))}
        if not all(char.isascii() for char in told.values()):
            return None
        data = _ENTITY.sub(lambda match: told[match[0]], data)
    return data


@lru_cache(maxsize=4096)
def _character(entity: bytes) -> bytes:
    return html.unescape(entity.decode("ascii")).encode("utf-8", "replace")


def _unescaped(escapes: bytes) -> bytes:
    units = escapes.decode("raw_unicode_escape").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace").encode("utf-8")
