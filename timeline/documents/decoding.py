"""Bytes → text. Nothing is guessed: an encoding that the bytes don't tell clearly is refused."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import CharsetMatch, from_bytes

from timeline.errors import InputError
from timeline.messages import N_

# Longest first: the mark of UTF-32 LE begins with that of UTF-16 LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_PICTURE = N_("it is a picture, not a text")
# How files begin that people hand in as texts and that are none.
_SIGNATURES = (
    (b"%PDF-", N_("it is a PDF, not a text")),
    (b"PK\x03\x04", N_("it is a ZIP archive or an office document, not a text")),
    (b"\xd0\xcf\x11\xe0", N_("it is an old office document, not a text")),
    (b"{\\rtf", N_("it is a rich text document, not a text")),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"\x1f\x8b", N_("it is a compressed file, not a text")),
)

# Control characters that are no white space. A scraped text may hold a stray one; a binary file is full of them.
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1f]")
_MOST_CONTROLS = 1 / 200

# The encodings that news texts of the last decades come in; the others of the world only blur the picture.
_LEGACY = (
    *(f"cp125{digit}" for digit in range(9)),
    *("cp874", "iso8859_2", "iso8859_5", "koi8_r", "koi8_u"),
    *("gb18030", "big5", "shift_jis", "euc_jp", "cp949"),
)
_MULTIBYTE = frozenset({"gb18030", "gbk", "gb2312", "big5", "shift_jis", "cp932", "euc_jp", "cp949", "euc_kr"})

# When a legacy encoding counts as told. Tried on Polish, Czech, French, English, Hebrew, Russian, Vietnamese and
# Chinese texts in 400 to 5,000 characters: with these values no text was read wrong, the unclear ones were refused.
_SAMPLE = 50_000
_FEWEST_FOREIGN_BYTES = 20
_MOST_MESS, _LEAST_COHERENCE = 0.02, 0.4
_MOST_MESS_WIDE, _LEAST_COHERENCE_WIDE = 0.1, 0.1
_RIVAL_MESS, _RIVAL_COHERENCE = 0.06, 0.05

_SAVE_AS_UTF8 = N_("open it in an editor with its right encoding and save it as UTF-8")


def decode(data: bytes, where: str) -> str:
    """The text of `data`, its newlines as they stand and without a byte order mark.

    UTF-8, UTF-16 and UTF-32 with a byte order mark, and legacy encodings where the bytes tell them clearly; else
    an `InputError` that names `where`.
    """
    _refuse_other_formats(data, where)
    text = _by_mark(data, where)
    if text is None:
        text = _by_bytes(data, where)
    if "\x00" in text:
        raise InputError(where, N_("it holds NUL bytes: binary, or UTF-16 without its mark"), _SAVE_AS_UTF8)
    if len(_CONTROLS.findall(text)) > len(text) * _MOST_CONTROLS:
        raise InputError(where, N_("it is binary, not text (full of control characters)"), N_("give a text file"))
    if not text.strip():
        raise InputError(where, N_("it is empty"), N_("leave it out, or save the text again"))
    return text


def _refuse_other_formats(data: bytes, where: str) -> None:
    for signature, why in _SIGNATURES:
        if data.startswith(signature):
            raise InputError(where, why, N_("save its words as a text file in UTF-8"))


def _by_mark(data: bytes, where: str) -> str | None:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                why, place = N_("its mark says {encoding}, but byte {byte} breaks that"), len(mark) + error.start
                raise InputError(where, why, N_("save it again as UTF-8"), encoding=encoding, byte=place) from None
    return None


def _by_bytes(data: bytes, where: str) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        byte = error.start
    if b"\x00" in data:
        why = N_("it is not UTF-8 (byte {byte}) and holds NUL bytes: binary, or UTF-16 without its mark")
        raise InputError(where, why, _SAVE_AS_UTF8, byte=byte)
    matches = list(from_bytes(data[:_SAMPLE], cp_isolation=list(_LEGACY)))
    if matches and _told(matches, data):
        try:
            return data.decode(matches[0].encoding)
        except UnicodeDecodeError:  # beyond the sample
            pass
    likely = tuple(dict.fromkeys(match.encoding for match in matches[:3]))
    if not likely:
        raise InputError(where, N_("it is not UTF-8 (byte {byte}) nor any other known encoding"), _SAVE_AS_UTF8, byte=byte)
    why = N_("it is not UTF-8 (byte {byte}) and could be any of {encodings}")
    raise InputError(where, why, _SAVE_AS_UTF8, byte=byte, encodings=likely)


def _told(matches: list[CharsetMatch], data: bytes) -> bool:
    """Is the first match good, and is every other good match the same text?"""
    best = matches[0]
    wide = best.encoding in _MULTIBYTE
    mess, coherence = (_MOST_MESS_WIDE, _LEAST_COHERENCE_WIDE) if wide else (_MOST_MESS, _LEAST_COHERENCE)
    if best.chaos > mess or best.coherence < coherence:
        return False
    if sum(byte > 0x7F for byte in data[:_SAMPLE]) < _FEWEST_FOREIGN_BYTES:
        return False
    return not any(
        match.chaos <= best.chaos + _RIVAL_MESS and match.coherence > best.coherence - _RIVAL_COHERENCE and str(match) != str(best)
        for match in matches[1:]
    )
