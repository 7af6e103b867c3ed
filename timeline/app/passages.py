"""A source's words as HTML, with what was read from them marked. Everything from a text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from urllib.parse import urlsplit

# What the fields of the evidence table are to a reader.
KINDS = {
    "provinces": "place",
    "border_gates": "place",
    "countries": "place",
    "places": "place",
    "actors": "actor",
}
# In the order in which one wins where two stand on the same words.
LABELS = {"trigger": "what happened", "actor": "who", "place": "place", "date": "date"}


@dataclass(frozen=True, slots=True)
class Found:
    """Words that gave a field, as a span of the document's text; borrowed, if another passage says it."""

    start: int
    end: int
    field: str
    value: str
    text: str
    is_borrowed: bool = False

    @property
    def kind(self) -> str:
        return "date" if self.field.startswith("date") else KINDS.get(self.field, "trigger")


def mark(text: str, offset: int, found: Iterable[Found]) -> str:
    """The passage `text`, which begins at `offset` of its document, with every piece of evidence in it marked.

    Where two overlap, the shorter is shown, for it says more.
    """
    by_span: dict[tuple[int, int], list[Found]] = {}
    for one in found:
        if _is_inside(one, text, offset) and not one.is_borrowed:
            by_span.setdefault((one.start - offset, one.end - offset), []).append(one)
    owner: list[list[Found]] = [[]] * len(text)
    for start, end in sorted(by_span, key=lambda span: span[0] - span[1]):
        owner[start:end] = [by_span[start, end]] * (end - start)
    pieces: list[str] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or owner[at] is not owner[start]:
            pieces.append(_piece(text[start:at], owner[start]))
            start = at
    return "".join(pieces).replace("\n", "<br>")


def elsewhere(text: str, offset: int, found: Iterable[Found]) -> list[Found]:
    """The evidence that stands outside the passage: a dateline, a heading."""
    return [one for one in found if one.text and not one.is_borrowed and not _is_inside(one, text, offset)]


def borrowed(found: Iterable[Found]) -> list[str]:
    """What is known only from other passages, in words."""
    kinds = {one.kind for one in found if one.is_borrowed and one.field != "event_id"}
    return [label for kind, label in LABELS.items() if kind in kinds]


def _is_inside(one: Found, text: str, offset: int) -> bool:
    return offset <= one.start < one.end <= offset + len(text)


def safe_link(address: str) -> str:
    """An address as it may stand in a link: http or https, escaped; else empty."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return ""
    return escape(address, quote=True) if scheme in ("http", "https") else ""


def _piece(text: str, found: list[Found]) -> str:
    if not found:
        return escape(text)
    # One span may give several cells: a gate and its provinces, or what happened and, by that, the date.
    kinds = [kind for kind in LABELS if any(one.kind == kind for one in found)]
    said = [f"{LABELS[kind]}: {', '.join(dict.fromkeys(one.value for one in found if one.kind == kind))}" for kind in kinds]
    return f'<mark class="tl {kinds[0]}" title="{escape("; ".join(said), quote=True)}">{escape(text)}</mark>'
