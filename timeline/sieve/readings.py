"""Bytes → what they may say, as UTF-8: a page in UTF-8 as it stands, one in another encoding as each that it may be in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice

from timeline.sieve.escapes import plain
from timeline.sieve.legacy import ENCODINGS
from timeline.sieve.plausible import looks_like, sample_of

# What is no text, or none yet.
_SIGNATURES = {
    b"%PDF-": "pdf",
    b"PK\x03\x04": "zip",
    b"\x1f\x8b": "gzip",
    b"\xd0\xcf\x11\xe0": "office",
    b"{\\rtf": "rtf",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
}
_SIGNED = tuple(_SIGNATURES)
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HEAD = 4_000  # bytes in which a page says its encoding, or a mail its own
_CHARSET_WORDS = (b"charset", b"encoding")
_CHARSET = re.compile(rb"""(?:charset|encoding)\s{0,9}=[\s"']{0,9}([\w.:-]{1,40})""")
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
_ESCAPES = (b"\x1b$", b"\x1b(", b"~{")  # of ISO 2022 and HZ, which are ASCII to the eye
_SAMPLE, _FEW = 2_000, 100  # bytes by which encodings are told apart, as a rule by the first few
_MOST_BROKEN = 0.02  # of the bytes beyond ASCII: damage that leaves a text in UTF-8 one
_ASCII = bytes(range(0x80))
_CUT = 3  # bytes that may be left of a letter where a text was cut
_NUL = b"\x00"
# Marks that the encoding of Vietnamese sets behind their letters: so nobody who looks for a name in its bytes finds it.
_MARKS_APART = (b"\xcc", b"\xd2", b"\xde", b"\xec", b"\xf2")
_TOLD_BY_NAMES = frozenset(ENCODINGS) - {"cp1258"}


def why_untold(data: bytes) -> str | None:
    """What the bytes are where they are no text, or one that nothing here can read; None for all others."""
    if data.startswith(_SIGNED):
        return next(kind for signature, kind in _SIGNATURES.items() if data.startswith(signature))
    head = data[:_HEAD].lower()
    if any(field in head for field in _MAIL) and _TRANSFER.search(data):  # what it encodes is read by nobody here
        return "mail"
    return UNTOLD_ENCODING if _charset(head) in _UNREAD else None


def _charset(head: bytes) -> bytes:
    """The encoding that a page names in its head, in small letters; empty if it names none."""
    if b"=" not in head:
        return b""
    head = head.lower()
    told = _CHARSET.search(head) if any(word in head for word in _CHARSET_WORDS) else None
    return told[1] if told else b""


def readings(data: bytes, charset: str = "", named_in: Callable[[bytes], Iterable[str]] = lambda _: ENCODINGS) -> Iterator[bytes | None]:
    """What the bytes may say, each in UTF-8 with nothing escaped; those in UTF-8 without a copy. None: in no encoding they make words.

    `named_in` tells of bytes in which of `ENCODINGS` they may hold a name that no text is let through without; those in which they
    hold none are left out.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            yield plain(data if encoding == "utf-8" else _as_utf8(data[len(mark) :], encoding))
            return
    if data.isascii():
        yield plain(data)
        encodings: tuple[str, ...] = ("iso2022_jp_2", "iso2022_kr", "hz") if any(escape in data for escape in _ESCAPES) else ()
        if _NUL in data[:_SAMPLE]:
            encodings = _by_nuls(data[:_SAMPLE])
    elif is_utf8(data):
        yield plain(data)
        encodings = ()
    elif _NUL in data[:_SAMPLE]:
        encodings = _by_nuls(data[:_SAMPLE])
    else:
        yield from _legacy(data, charset, iter(named_in(data)))
        return
    for encoding in encodings:
        yield plain(_as_utf8(data, encoding))


def is_utf8(data: bytes) -> bool:
    """Whether the bytes are UTF-8, but for a letter that was cut at the end, and a few that were lost."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start >= len(data) - _CUT:
            return True
        around = data[error.start : error.start + _SAMPLE]
        most = _MOST_BROKEN * len(around.translate(None, _ASCII))
        return _broken(around[:_FEW]) <= most and _broken(around) <= most
    return True


def _broken(data: bytes) -> int:
    """How many bytes are no UTF-8; a letter that is cut at the end is not counted."""
    kept, told = codecs.utf_8_decode(data, "ignore", False)
    return told - len(kept.encode("utf-8"))


def _as_utf8(data: bytes, encoding: str) -> bytes:
    return data.decode(encoding, "replace").encode("utf-8", "replace")


def _by_nuls(sample: bytes) -> tuple[str, ...]:
    """UTF-32 has most of its bytes zero, UTF-16 every other one of its ASCII letters: the high one."""
    if sample.count(_NUL) > 0.6 * len(sample):
        return ("utf-32-le", "utf-32-be")
    even, odd = sample[::2].count(_NUL), sample[1::2].count(_NUL)
    return ("utf-16-le",) if odd > 2 * even else ("utf-16-be",) if even > 2 * odd else ("utf-16-le", "utf-16-be")


def _legacy(data: bytes, charset: str, named_in: Iterator[str]) -> Iterator[bytes | None]:
    """First in what a host or a page says, or else in the encoding in which a name was found; then in all that they look like."""
    told = (_encoding(name) for name in (charset, _charset(data[:_HEAD]).decode("ascii")) if name)
    said = [encoding for encoding in told if encoding]
    first = [*islice(named_in, 1)] if _TOLD_BY_NAMES.issuperset(said) else None
    if said and first == []:
        return
    guesses = said or first or []
    yield from (plain(_as_utf8(data, encoding)) for encoding in guesses)
    sample = sample_of(data)
    are_words = any(looks_like(sample, encoding) for encoding in guesses)
    if said and are_words:
        return
    are_apart = any(mark in data for mark in _MARKS_APART)
    for encoding in chain(first or (), named_in, ("cp1258",) if are_apart else ()):
        if encoding not in guesses and looks_like(sample, encoding):
            are_words = True
            yield plain(_as_utf8(data, encoding))
    if not (said or are_words or any(looks_like(sample, encoding) for encoding in ENCODINGS)):
        yield None


def _encoding(name: str) -> str:
    """An encoding of texts by a name that a host or a page gives it; "" for every other name."""
    name = name.strip(" \t\"'").lower()
    try:
        encoding = codecs.lookup(_NAMES.get(name, name)).name
    except (LookupError, ValueError):
        return ""
    encoding = _SUPERSETS.get(encoding, encoding)
    return encoding if _OF_TEXTS.fullmatch(encoding) else ""
