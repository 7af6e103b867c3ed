"""A source's words as HTML, with what was read from them marked. Everything from a text is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from timeline.app.names import direction, naming
from timeline.export import web_address
from timeline.i18n import ENGLISH, N_, Words
from timeline.query import Archive
from timeline.tables import sort_rows

# What the fields of the evidence table are to a reader.
KINDS = {
    "provinces": "place",
    "border_gates": "place",
    "countries": "place",
    "places": "place",
    "actors": "actor",
}
# In the order in which one wins where two stand on the same words.
LABELS = {"trigger": N_("what happened"), "actor": N_("who"), "place": N_("place"), "date": N_("date")}


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


def found_of(archive: Archive, mention_ids: Iterable[str]) -> dict[str, list[Found]]:
    """The evidence of some mentions, by mention_id."""
    found: dict[str, list[Found]] = {mention_id: [] for mention_id in mention_ids}
    rows = archive.evidence.rows(archive.evidence.where("mention_id", found))
    evidence = sort_rows("evidence", rows).to_dict("records")
    named = {row["rule"].rpartition(":")[2] for row in evidence}
    known = set(archive.mentions.rows(archive.mentions.where("mention_id", named), ["mention_id"])["mention_id"])
    for row in evidence:
        # A rule that took a cell from another mention names it (`cross_document:m05652048d229`).
        is_borrowed = row["rule"].rpartition(":")[2] in known
        one = Found(int(row["start"]), int(row["end"]), row["field"], row["value"], row["text"], is_borrowed)
        found[row["mention_id"]].append(one)
    return found


def legend(words: Words = ENGLISH) -> str:
    """What the marks mean, as HTML."""
    marks = " ".join(f'<mark class="tl {kind}">{escape(words.gettext(label))}</mark>' for kind, label in LABELS.items())
    label = words.gettext("Marked:")
    return f'<p class="tl-marks">{escape(label)} {marks}</p>'


def quote(mention: Mapping[Any, Any], found: Iterable[Found], words: Words = ENGLISH) -> str:
    """One passage as a quotation in its own language and direction, with a note on what stands elsewhere."""
    text, start, found = mention["text"], int(mention["start"]), list(found)
    beside: dict[str, dict[str, None]] = {}
    for one in elsewhere(text, start, found):
        beside.setdefault(one.text, {})[words.gettext(LABELS[one.kind])] = None
    more = [words.labelled(escape(words.enumerated(labels)), f"<bdi>“{escape(told)}”</bdi>") for told, labels in beside.items()]
    more += [escape(words.gettext("{what}: from another passage").format(what=label)) for label in borrowed(found, words)]
    note = f"<p>{words.listed(more)}</p>" if more else ""
    language, way = escape(mention["language"], quote=True), direction(mention["language"])
    return f'<blockquote lang="{language}" dir="{way}">{mark(text, start, found, words)}</blockquote>{note}'


def mark(text: str, offset: int, found: Iterable[Found], words: Words = ENGLISH) -> str:
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
            pieces.append(_piece(text[start:at], owner[start], words))
            start = at
    return "".join(pieces).replace("\n", "<br>")


def elsewhere(text: str, offset: int, found: Iterable[Found]) -> list[Found]:
    """The evidence that stands outside the passage: a dateline, a heading."""
    return [one for one in found if one.text and not one.is_borrowed and not _is_inside(one, text, offset)]


def borrowed(found: Iterable[Found], words: Words = ENGLISH) -> list[str]:
    """What is known only from other passages, in words."""
    kinds = {one.kind for one in found if one.is_borrowed and one.field != "event_id"}
    return [words.gettext(label) for kind, label in LABELS.items() if kind in kinds]


def _is_inside(one: Found, text: str, offset: int) -> bool:
    return offset <= one.start < one.end <= offset + len(text)


def safe_link(address: str) -> str:
    """An address on the web as it may stand in an attribute, escaped; empty for any other."""
    return escape(web_address(address), quote=True)


def _piece(text: str, found: list[Found], words: Words) -> str:
    if not found:
        return escape(text)
    # One span may give several cells: a gate and its provinces, or what happened and, by that, the date.
    kinds = [kind for kind in LABELS if any(one.kind == kind for one in found)]
    shown = naming(words)
    values = {kind: words.enumerated(dict.fromkeys(shown.of(one.field, one.value) for one in found if one.kind == kind)) for kind in kinds}
    said = words.listed(words.labelled(words.gettext(LABELS[kind]), values[kind]) for kind in kinds)
    return f'<mark class="tl {kinds[0]}" title="{escape(said, quote=True)}">{escape(text)}</mark>'
