"""One sentence → drafts of events: which triggers tell one happening, and what belongs to it.

A sentence is cut into segments (list items, clauses after a semicolon); in each, triggers that share a time and do
not name different gates tell one happening. Every choice is kept as a reason, so that a row can be explained.
"""

from __future__ import annotations

import re
from itertools import pairwise

from timeline.events.ellipsis import told_again, told_in_years
from timeline.events.fields import leave_to_recalled, leave_to_signers, names_of, set_status, share_out, share_places, share_time, whole_of
from timeline.events.grouping import grouped
from timeline.events.judging import judge
from timeline.events.ordinals import ordinal_of
from timeline.events.reading import Mark, Tools
from timeline.events.sentence import SEGMENT_END, Draft, Sentence, Span, Trigger, is_list
from timeline.events.times import time_of, time_of_country
from timeline.events.triggers import triggers_of
from timeline.knowledge import Knowledge

_COLON = re.compile("[:：]")
_LIST = 3  # segments that tell something: a list of what was done, and not two clauses of one happening


def drafts_of(sentence: Sentence, tools: Tools, knowledge: Knowledge) -> list[Draft]:
    """Every happening that a sentence may tell, with its own time and names; not yet judged."""
    if not _may_tell(sentence):
        return []
    drafts: list[Draft] = []
    segments = _segments(sentence)
    head = _head_of_list(sentence) if len(segments) > 1 else None
    for segment in segments:
        part = sentence.within(segment)
        if head and segment[0] > head.end:
            part.head = head
        if part is not sentence and not _may_tell(part):
            continue
        triggers = triggers_of(part, sentence, tools, knowledge)
        if triggers:
            drafts += _told_in(part, triggers, sentence, drafts, tools, knowledge)
    if len(drafts) >= _LIST and len({draft.segment for draft in drafts}) >= _LIST:
        for draft in drafts:
            draft.item = draft.segment[0]
    return drafts


def _told_in(
    part: Sentence, triggers: list[Trigger], sentence: Sentence, before: list[Draft], tools: Tools, knowledge: Knowledge
) -> list[Draft]:
    """What a segment tells with the triggers that count in it, beside the drafts of those before it."""
    numbered = any(trigger.legal for trigger in triggers)
    verb_last = tools.grammar.verb_last
    told = [_draft(group, part, sentence, tools, knowledge, numbered) for group in grouped(triggers, part, knowledge, tools)]
    if len(told) > 1:
        told = _with_number(told)
        share_out(told, verb_last)
        share_places(told, verb_last)
        leave_to_signers(told, verb_last)
        leave_to_recalled(told)
        share_time(told)
    if len(part.times) > 1:
        told += [twin for draft in told for twin in (*told_again(draft, part, tools), *told_in_years(draft, part, tools))]
    told = [draft for draft in told if not _tells_more(draft, before)] if before else told
    for draft in told:
        judge(draft, part, sentence, tools, knowledge)
    return told


def _with_number(told: list[Draft]) -> list[Draft]:
    """A document told by its number and by a verb once, by its number: "Decision 15/QĐ-TTg of 6 January … approved the project"."""
    numbered = [d for d in told if d.legal]
    if len(numbered) != 1:
        return told
    own = numbered[0]
    day = own.time.date_edtf if own.time else ""
    policies = [
        d for d in told if not d.legal and d.main.event_type == "policy" and d.main.event_subtype in ("decision", own.main.event_subtype)
    ]
    twins = [d for d in policies if d.time is None or d.time.date_edtf == day]
    named = {(n.kind, n.name) for n in own.names}
    own.names += [n for twin in twins for n in twin.names if (n.kind, n.name) not in named]
    return [d for d in told if d not in twins]


def _tells_more(draft: Draft, before: list[Draft]) -> bool:
    """Whether a later segment only tells who came to what one before told, whose those then are: "…; the ministers led their
    delegations", "…; Lạng Sơn took part in the conference".
    """
    if draft.time_rule == "clause" or draft.series or draft.ordinal or draft.legal:
        return False
    kind = draft.main.event_type
    if kind == "meeting" and (draft.time is not None or draft.main.event_subtype != "working_session"):
        return False
    placed = any(n.kind in ("province", "place", "gate", "country") for n in draft.names)
    for told in before if kind in ("visit", "conference", "exchange", "meeting") else ():
        if kind == "meeting":  # "the meeting was attended by: Mr A, head of the working group; Mr B, …"
            if told.main.event_type == kind:
                told.names += [n for n in draft.names if n not in told.names]
                return True
            continue
        same = told.main.event_type == kind != "visit" and told.main.event_subtype == draft.main.event_subtype
        guests = kind == "visit" and told.main.event_type in ("conference", "exchange") and not placed
        if told.time is not None and (same or guests):
            told.names += [n for n in draft.names if n not in told.names]
            return True
    return False


def _may_tell(sentence: Sentence) -> bool:
    """Whether anything in the sentence can name a happening: a trigger, a series, the number of a document."""
    if sentence.marked["trigger"] or sentence.marked["met"] or sentence.named["series"]:
        return True
    low, high = sentence.span
    return sentence.text.find("/", low, high) >= 0


def _head_of_list(sentence: Sentence) -> Mark | None:
    """What tells that the items of a list were done, where that is told of all before its colon: "the delegation carried out on 1
    April: a meeting with …; a visit to …".
    """
    held = sentence.marked["held"]
    first = SEGMENT_END.search(sentence.text, *sentence.span) if held else None
    colon = _COLON.search(sentence.text, sentence.span[0], first.start()) if first else None
    return next((m for m in held if colon and m.end <= colon.start()), None)


def _segments(sentence: Sentence) -> list[Span]:
    if not is_list(sentence):
        return [sentence.span]
    low, high = sentence.span
    edges = [low, *(match.end() for match in SEGMENT_END.finditer(sentence.text, low, high)), high]
    return [(a, b) for a, b in pairwise(edges) if b > a]


def _draft(group: list[Trigger], part: Sentence, sentence: Sentence, tools: Tools, knowledge: Knowledge, numbered: bool) -> Draft:
    draft = Draft(group, part.span, sentence.span, title=sentence.title, legal=group[0].legal)
    draft.series = next((trigger.series for trigger in group if trigger.series), "") if part.named["series"] else ""
    draft.ordinal = ordinal_of(group, part, tools)
    draft.time, draft.time_rule = time_of(group, part, sentence, numbered)
    draft.beside = part.times
    if draft.time_rule == "sentence" and sentence.named["country"] and (own := time_of_country(group[0], part, sentence, knowledge)):
        draft.time = own
    draft.names = names_of(group, part, sentence, knowledge)
    draft.part_of = whole_of(group, part)
    for mark in part.marked["at_event"]:
        draft.points |= mark.key == draft.main.event_type and mark.start <= draft.main.end
    set_status(draft, part, sentence)
    if part.marked["recurring"] and (draft.series or not draft.time):
        draft.recurrence = "annual"
    return draft
