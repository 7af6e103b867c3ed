"""A border gate to a reader: its names on both sides, and its class on the day of an event."""

from __future__ import annotations

from datetime import date
from html import escape

from timeline import edtf
from timeline.i18n import N_, Words
from timeline.knowledge import Gate
from timeline.naming import CANONICAL, DASHES, Naming, sides_in_hanzi


def classes_between(gate: Gate, first: date | None, last: date | None) -> list[tuple[str, str]]:
    """The classes, each with its beginning, that a gate can have had from one day to another; None is an open side."""
    starts = [edtf.parse(since).start or date.min for _, since in gate.classes]
    ends = [*starts[1:], date.max]
    spans = zip(gate.classes, starts, ends, strict=False)
    return [step for step, start, end in spans if start <= (last or date.max) and end > (first or date.min)]


def class_in_words(gate: Gate, first: date | None, last: date | None, words: Words) -> str:
    """`international gate since 28 December 2023`; of several that the days allow, each, oldest first."""
    said = [words.gate_class(name, since) for name, since in classes_between(gate, first, last)]
    if len(said) < 2:
        return "".join(said)
    return words.gettext("{earlier}, then {later}").format(earlier=words.enumerated(said[:-1]), later=said[-1])


def names_of(gate: Gate) -> list[tuple[str, str, str]]:
    """The pair in each writing: what the writing is called, the language's code, the two names. Only what is written down."""
    hanzi = [name for name in sides_in_hanzi(gate) if name]
    if len(hanzi) > 1 and DASHES["zh"] in hanzi[1]:
        hanzi = hanzi[1:]
    written = [
        (N_("Vietnamese"), "vi", [gate.vn_name, next(iter(gate.sino_vietnamese), "")]),
        (N_("pinyin"), "zh-Latn", [gate.cn_name]),
        (N_("hanzi"), "zh-Hans", hanzi),
    ]
    return [(label, code, " – ".join(filter(None, names))) for label, code, names in written if any(names)]


def as_html(pair: str, gate: Gate | None, first: date | None, last: date | None, words: Words, naming: Naming = CANONICAL) -> str:
    """The pair's name, its names in each writing, and its class on the days of the event."""
    shown = naming.of("gate", pair)
    if gate is None:
        return f'<div class="tl-gate">{escape(shown)}</div>'
    # Of the writing that the reader's own name is in, nothing more is to be told.
    own = {"vi": "vi", "zh": "zh-Hans"}.get(words.language) if shown != pair else None
    names = " · ".join(
        f'{escape(words.gettext(label))}: <span lang="{code}">{escape(told)}</span>' for label, code, told in names_of(gate) if code != own
    )
    kind = class_in_words(gate, first, last, words)
    told = f"{escape(shown)}<br><small>{names}</small>" + (f"<br><small>{escape(kind)}</small>" if kind else "")
    return f'<div class="tl-gate">{told}</div>'
