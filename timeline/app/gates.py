"""A border gate to a reader: its names on both sides, and its class on the day of an event."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from html import escape

from timeline import edtf
from timeline.i18n import GATE_CLASSES, N_, Words
from timeline.knowledge import Gate


@dataclass(frozen=True, slots=True)
class Step:
    """A class that a gate has had, and since when: an EDTF string, empty where nobody wrote it down."""

    name: str
    since: str

    @property
    def start(self) -> date:
        """The first day on which it can have held."""
        return edtf.parse(self.since).start or date.min


def steps_of(gate: Gate) -> list[Step]:
    """The classes of a gate, oldest first."""
    return [Step(name, since) for name, since in gate.classes]


def classes_between(gate: Gate, first: date | None, last: date | None) -> list[Step]:
    """The classes that a gate can have had from one day to another; None is an open side."""
    steps = steps_of(gate)
    ends = [*(step.start for step in steps[1:]), date.max][: len(steps)]
    return [step for step, end in zip(steps, ends, strict=True) if step.start <= (last or date.max) and end > (first or date.min)]


def class_in_words(gate: Gate, first: date | None, last: date | None, words: Words) -> str:
    """`international gate since 28 December 2023`; of several that the days allow, each, oldest first."""
    said = []
    for step in classes_between(gate, first, last):
        name = words.gettext(GATE_CLASSES.get(step.name, step.name))
        since = words.gettext("{gate_class} since {date}").format(gate_class=name, date=words.date(step.since))
        said.append(since if step.since else name)
    return words.gettext("{earlier}, then {later}").format(earlier=", ".join(said[:-1]), later=said[-1]) if len(said) > 1 else "".join(said)


def names_of(gate: Gate) -> list[tuple[str, str, str]]:
    """The pair in each writing: what the writing is called, the language's code, the two names. Only what is written down."""
    chinese = next(iter(gate.hanzi), "")
    vietnamese = next((name for name in gate.vn_aliases if _is_hanzi(name)), "").removesuffix("口岸")
    written = [
        (N_("Vietnamese"), "vi", [gate.vn_name, next(iter(gate.sino_vietnamese), "")]),
        (N_("pinyin"), "zh-Latn", [gate.cn_name]),
        (N_("hanzi"), "zh-Hans", [vietnamese, chinese]),
    ]
    return [(label, code, " – ".join(filter(None, names))) for label, code, names in written if any(names)]


def as_html(pair: str, gate: Gate | None, first: date | None, last: date | None, words: Words) -> str:
    """The pair's canonical name, its names in each writing, and its class on the days of the event."""
    if gate is None:
        return f'<div class="tl-gate">{escape(pair)}</div>'
    names = " · ".join(f'{escape(words.gettext(label))}: <span lang="{code}">{escape(told)}</span>' for label, code, told in names_of(gate))
    kind = class_in_words(gate, first, last, words)
    told = f"{escape(pair)}<br><small>{names}</small>" + (f"<br><small>{escape(kind)}</small>" if kind else "")
    return f'<div class="tl-gate">{told}</div>'


def _is_hanzi(name: str) -> bool:
    return any("\u4e00" <= char <= "\u9fff" for char in name)
