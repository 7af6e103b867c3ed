"""Pairs of mentions that are held to tell one happening, each by the first of the named rules that says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations

from timeline import edtf
from timeline.fusion.pairs import pairs_of
from timeline.fusion.rules import RULES, excludes
from timeline.model import Mention

# types of which a story seldom tells two: of a meeting or a signature there are many
_SINGLE = frozenset(("visit", "conference", "exchange", "ceremony", "border_gate", "infrastructure"))
_OF_STORY = frozenset(("headline", "same-story", "only-one-told"))
_OLD = timedelta(days=60)  # from what a page reports to the page's own day, at most
_MOST_TOLD = 20  # mentions of one type in a document; with more it tells several

TypeOfDocument = tuple[str, str]  # a doc_id and a type of event


@dataclass(frozen=True, slots=True)
class Link:
    """Two mentions held to tell one happening, and by which rule."""

    weight: float
    rule: str
    left: str
    right: str
    sure: float = 0.0  # of links of one rule, those of the surer mentions join first: an undated headline is of the lead's event


def links_of(
    blocks: Iterable[Sequence[Mention]],
    weights: Mapping[str, float],
    own_days: Mapping[str, str],
    alone: Collection[TypeOfDocument],
    fresh: Set[str] | None = None,
) -> Iterator[Link]:
    """The links between the mentions of each block, a pair that shares several blocks judged once.

    `weights` are those of the rules, `own_days` the documents' own days, where they are known, and `alone` what `told_once` says of
    the documents' mentions. The mentions of a block stand in the order of all. With `fresh` only pairs of which one is named there
    are judged.
    """
    seen: set[tuple[str, str]] = set()
    for block in blocks:
        for a, b in pairs_of(block, fresh):
            pair = (a.mention_id, b.mention_id)
            if pair in seen or excludes(a, b):
                continue
            seen.add(pair)
            rule = next((name for name, test in RULES.items() if test(a, b)), None)
            if rule in _OF_STORY and _looks_back(a, b, own_days.get(a.doc_id, "")):
                continue
            if rule and (rule != "only-one-told" or ((a.doc_id, a.event_type) in alone and (b.doc_id, b.event_type) in alone)):
                yield Link(weights[rule], rule, *pair, sure=a.confidence + b.confidence)


def told_once(mentions: Iterable[Mention]) -> set[TypeOfDocument]:
    """Documents and types of event of which the document tells one: no two mentions exclude each other."""
    told: dict[TypeOfDocument, list[Mention]] = defaultdict(list)
    for mention in mentions:
        if mention.event_type in _SINGLE:
            told[mention.doc_id, mention.event_type].append(mention)
    return {key for key, group in told.items() if len(group) <= _MOST_TOLD and not any(excludes(a, b) for a, b in combinations(group, 2))}


def _looks_back(a: Mention, b: Mention, own_day: str) -> bool:
    """Whether one of two mentions of a page is undated, and the other of a time long over when the page was written: its background."""
    dated = a.date_edtf or b.date_edtf
    if bool(a.date_edtf) == bool(b.date_edtf) or not own_day or "X" in dated:
        return False
    begin, end = edtf.start(own_day), edtf.parse(dated).end
    return begin is not None and end is not None and begin - end > _OLD
