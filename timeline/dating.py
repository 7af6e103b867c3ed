"""The document's own day, read from its first lines: a dateline in words, an agency's opening (`HÀ NỘI, 12/9 (VNA) –`).

What the page's form says in figures the reader of documents has found already; here the date finder helps. An agency's
opening is cut off as a passage of its own, so that its day is never taken for an event's.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace

from timeline.dates import Anchor
from timeline.model import Document, Passage, TimeSpan
from timeline.text import UNSPACED, leading_script

# A dateline stands among the first passages, and little else stands in its line.
_FIRST_PASSAGES = 14
_DIGIT = re.compile(r"\d")
_WIDEST_LINE, _WORDS_BESIDE = 90, 40
# Behind the date of an agency's opening: "(VNA) –", "/TTXVN/ -", " – " after a place, 电 ("wire") or 讯 in Chinese. "(local time)" is
# none: its words are small ones, or a comma leads on behind it, as in scripts without capitals ("(שעון מקומי), ").
_WIRE = re.compile(
    r"\.?\s{0,2}(?:[电讯電訊]|(?:[^\W\d]{1,5}\.?\s{0,2})?[(/（](?![a-zα-ωά-ώа-яёєіїґ]\w* )[A-ZĐÀ-Ỹa-z][\w\s./–-]{1,18}[)/）]"
    r"(?!\s?[,،，、])\s{0,2}[-–—:]?|[-–—]{1,2}\s)"
)
# The least of it, looked for before any date is: where none stands, and that is nearly everywhere, no date opens a report.
_WIRE_SIGN = re.compile(
    r"[电讯電訊(/（–—-](?:(?<=[电讯電訊])|(?<=[(/（])[A-ZĐÀ-Ỹa-z][\w\s./–-]{1,18}[)/）]|(?<=[–—-])\s)",
)
# `Lạng Sơn, 20 February 2023. `: a place and a full day that make a sentence of their own.
_PLACE_AND_DAY = re.compile(r"[^\W\d_][\w'’-]*(?: [^\W\d_][\w'’-]*){0,3} ?,\s?")
_MOST_OF_PLACE = 4  # words
_FULL_STOP = re.compile(r"\.\s+(?=\S)")
_BEFORE_WIRE = re.compile(r"[^.!?;:\n]{0,48}")

Times = Callable[[str, str, Anchor], list[TimeSpan]]


def date_document(document: Document, times_in: Times) -> Document:
    """The document with `published` filled where its text tells; `times_in(text, language, anchor)` finds times."""
    document = _agency_dated(document, times_in)
    if len(document.published) == len("2023-12-28"):
        return document
    for passage in document.passages[:_FIRST_PASSAGES]:
        if passage.kind in ("source", "furniture") or passage.end - passage.start > _WIDEST_LINE:
            continue
        piece = document.text[passage.start : passage.end]
        if not _DIGIT.search(piece) or (passage.kind != "dateline" and _ends_sentence(piece)):
            continue
        times = times_in(piece, passage.language, Anchor()) or (times_in(piece, "en", Anchor()) if passage.kind == "dateline" else [])
        whole = [time for time in times if _is_day(time)]
        if len(times) == len(whole) == 1 and (passage.kind == "dateline" or _mostly(whole[0], piece)):
            passages = tuple(replace(p, kind="dateline") if p == passage else p for p in document.passages)
            return _published(replace(document, passages=passages), passage, whole[0])
    return document


def _agency_dated(document: Document, times_in: Times) -> Document:
    """Cut an agency's opening off the first passage that has one, and take its day where the page gives none."""
    for passage in [p for p in document.passages if p.kind in ("body", "title", "heading", "caption")][:4]:
        piece = document.text[passage.start : passage.start + 140][: passage.end - passage.start]
        if not _DIGIT.search(piece) or not (_WIRE_SIGN.search(piece) or _may_begin_with_place(piece)):
            continue
        for time in times_in(piece, passage.language, Anchor.of(document.published))[:1]:
            wire = _WIRE.match(piece, time.end)
            if wire is None and time.date_basis == "stated" and _PLACE_AND_DAY.fullmatch(piece[: time.start]):
                wire = _FULL_STOP.match(piece, time.end)
            if wire is None or time.date_precision != "day" or not _BEFORE_WIRE.fullmatch(piece[: time.start]):
                continue
            cut = passage.start + wire.end()
            pieces = (Passage(passage.start, cut, "dateline", passage.language), replace(passage, start=cut))
            passages = tuple(q for p in document.passages for q in (pieces if p == passage else (p,)) if q.end > q.start)
            document = replace(document, passages=passages)
            known = len(document.published) == len("2023-12-28")
            return document if known or not _is_day(time, completed=True) else _published(document, passage, time)
    return document


def _may_begin_with_place(piece: str) -> bool:
    """Whether a passage may begin with a place, a comma and a day that end a sentence; only figures make sure."""
    comma = piece.find(",")
    return comma > 0 and piece.count(" ", 0, comma) <= _MOST_OF_PLACE and _FULL_STOP.search(piece, comma) is not None


def _is_day(time: TimeSpan, completed: bool = False) -> bool:
    basis = ("stated", "completed") if completed else ("stated",)
    return time.date_precision == "day" and time.date_basis in basis and time.date_edtf[0].isdigit()


def _published(document: Document, passage: Passage, time: TimeSpan) -> Document:
    return replace(document, published=time.date_edtf, published_span=(passage.start + time.start, passage.start + time.end))


def _mostly(time: TimeSpan, line: str) -> bool:
    """Whether a short line is there to say its date, if it is no full sentence: little else stands in it."""
    rest = len(line.strip()) - (time.end - time.start)
    most = _WORDS_BESIDE // 2 if leading_script(line) in UNSPACED else _WORDS_BESIDE
    return rest <= most


def _ends_sentence(line: str) -> bool:
    return line.strip()[-1:] in ".。!?।۔؟។"
