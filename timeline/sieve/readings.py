"""Bytes → what they may say, as UTF-8: a page in UTF-8 as it stands, one in another encoding as each that it may be in."""

from __future__ import annotations

import codecs
import html
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from timeline.sieve.plausible import looks_like

# What is no text, or none yet.
_SIGNATURES = (
    (b"%PDF-", "pdf"),
    (b"PK\x03\x04", "zip"),
    (b"\x1f\x8b", "gzip"),
    (b"\xd0\xcf\x11\xe0", "office"),
    (b"{\\rtf", "rtf"),
    (b"BZh", "bzip2"),
    (b"\xfd7zXZ", "xz"),
    (b"\x28\xb5\x2f\xfd", "zstd"),
)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4_000  # bytes in which a page says its encoding, or a mail its own
_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,9}=[\s"']{0,9}([\w.:-]{1,40})""", re.IGNORECASE)
_MAIL = (b"mime-version:", b"content-transfer-encoding:")
_TRANSFER = re.compile(rb"transfer-encoding:\s{0,9}(base64|quoted-printable)", re.IGNORECASE)
# What pages call encodings by names that Python does not know; and those that are read as their supersets.
_NAMES = {"x-sjis": "cp932", "windows-31j": "cp932", "x-euc-jp": "euc_jp", "windows-949": "cp949", "x-gbk": "gb18030"}
_NAMES |= {"windows-874": "cp874", "x-mac-cyrillic": "mac_cyrillic", "iso-8859-8-i": "cp1255", "unicode": "utf-16"}
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949"}
_SUPERSETS |= {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "tis-620": "cp874", "iso8859-11": "cp874"}
_OF_TEXTS = re.compile(r"cp\d{3,4}|iso8859-\d+|koi8-\w|mac-\w+|gb18030|big5hkscs|euc_\w+|johab|iso2022_\w+|hz|utf-16(?:-[lb]e)?")
UNTOLD_ENCODING = "encoding"
_UNREAD = frozenset((b"utf-7", b"viscii", b"x-viet-tcvn5712", b"x-viet-vni", b"tcvn"))
# Encodings that a text of bytes beyond ASCII may be in where nobody says in which. One of the first list tells by itself that it is
# not the one: its bytes come in pairs that must fit.
_WIDE = ("gb18030", "big5hkscs", "euc_jp", "cp932", "cp949")
_NARROW = ("cp1251", "koi8_u", "cp874", "cp1255", "cp1256", "cp1253", "cp1252", "cp1250", "cp1254", "cp1258", "iso8859_2", "iso8859_5")
_ESCAPES = (b"\x1b$", b"\x1b(", b"~{")  # of ISO 2022 and HZ, which are ASCII to the eye
_SAMPLE = 2_000  # bytes by which encodings are told apart
_BEYOND_ASCII, _DENSE = re.compile(rb"[\x80-\xff]"), re.compile(rb"(?<![\x80-\xff])(?:[\x80-\xff][^\x80-\xff]{0,30}){20}")
_MOST_BROKEN = 0.02  # of the bytes beyond ASCII: damage that leaves a text in UTF-8 one
_ASCII = bytes(range(0x80))
_CUT = 3  # bytes that may be left of a letter where a text was cut
_NUL = b"\x00"

_ENTITY = re.compile(rb"&(?:#[0-9]{2,7}|#[xX][0-9a-fA-F]{2,6}|[A-Za-z]{3,8});")
_ESCAPED = re.compile(rb"(?:\\u[0-9a-fA-F]{4})+")
_COMBINING = b"\xcc"  # leads U+0300-033F in UTF-8: Vietnamese with its marks apart


def why_untold(data: bytes) -> str | None:
    """What the bytes are where they are no text, or one that nothing here can read; None for all others."""
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    head = data[:_HEAD].lower()
    if any(field in head for field in _MAIL) and _TRANSFER.search(data):  # what it encodes is read by nobody here
        return "mail"
    charset = _CHARSET.search(head) if any(name in head for name in _UNREAD) else None
    return UNTOLD_ENCODING if charset and charset[1] in _UNREAD else None


def readings(data: bytes, charset: str = "") -> Iterator[bytes]:
    """What the bytes may say, likeliest first, each in UTF-8 with nothing escaped; those in UTF-8 without a copy."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield _plain(data if encoding == "utf-8" else _as_utf8(data[len(mark) :], encoding))
            return
    if data.isascii():
        yield _plain(data)
        encodings: tuple[str, ...] = ("iso2022_jp_2", "iso2022_kr", "hz") if any(escape in data for escape in _ESCAPES) else ()
        if _NUL in data[:_SAMPLE]:
            encodings = _by_nuls(data[:_SAMPLE])
    elif is_utf8(data):
        yield _plain(data)
        encodings = ()
    else:
        encodings = _by_nuls(data[:_SAMPLE]) if _NUL in data[:_SAMPLE] else _legacy(data, charset)
    for encoding in encodings:
        yield _plain(_as_utf8(data, encoding))


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, but for a letter that was cut at the end, and a few that were lost."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - _CUT:
            return True
        around = data[error.start : error.start + _SAMPLE]
        kept, told = codecs.utf_8_decode(around, "ignore", False)  # a letter that the sample cuts is not counted
        return told - len(kept.encode("utf-8")) <= _MOST_BROKEN * len(around.translate(None, _ASCII))
    return True


def _as_utf8(data: bytes, encoding: str) -> bytes:
    return data.decode(encoding, "replace").encode("utf-8", "replace")


def _by_nuls(sample: bytes) -> tuple[str, ...]:
    """UTF-32 has most of its bytes zero, UTF-16 every other one of its ASCII letters: the high one."""
    if sample.count(_NUL) > 0.6 * len(sample):
        return ("utf-32-le", "utf-32-be")
    even, odd = sample[::2].count(_NUL), sample[1::2].count(_NUL)
    return ("utf-16-le",) if odd > 2 * even else ("utf-16-be",) if even > 2 * odd else ("utf-16-le", "utf-16-be")


def _legacy(data: bytes, charset: str) -> tuple[str, ...]:
    """The encoding that a host or a page names, if the bytes look like it; else all that they look like, or else what was named."""
    sample = _sample(data)
    told = _CHARSET.search(data[:_HEAD])
    named = [encoding for name in (charset, told[1].decode("ascii") if told else "") if (encoding := _encoding(name))]
    fitting = [encoding for encoding in named if looks_like(sample, encoding)][:1]
    return tuple(fitting or [encoding for encoding in (*_WIDE, *_NARROW) if looks_like(sample, encoding)] or named)


def _sample(data: bytes) -> bytes:
    """A piece of the text that begins with a letter beyond ASCII, where there are many of them."""
    place = _DENSE.search(data) or _BEYOND_ASCII.search(data)
    return data[place.start() : place.start() + _SAMPLE] if place else b""


def _encoding(name: str) -> str:
    """An encoding of texts by a name that a host or a page gives it; "" for every other name."""
    name = name.strip(" \t\"'").lower()
    try:
        encoding = codecs.lookup(_NAMES.get(name, name)).name
    except (LookupError, ValueError):
        return ""
    encoding = _SUPERSETS.get(encoding, encoding)
    return encoding if _OF_TEXTS.fullmatch(encoding) else ""


def _plain(data: bytes) -> bytes:
    """UTF-8 with its entities and escapes resolved and its marks on their letters."""
    if b"&" in data:
        data = _ENTITY.sub(lambda match: _character(match[0]), data)
    if b"\\" in data and b"\\u" in data:
        data = _ESCAPED.sub(lambda match: _unescaped(match[0]), data)
    if _COMBINING in data:
        data = unicodedata.normalize("NFC", data.decode("utf-8", "replace")).encode("utf-8")
    return data


@lru_cache(maxsize=4096)
def _character(entity: bytes) -> bytes:
    return html.unescape(entity.decode("ascii")).encode("utf-8", "replace")


def _unescaped(escapes: bytes) -> bytes:
    units = escapes.decode("raw_unicode_escape").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le", "replace").encode("utf-8")
