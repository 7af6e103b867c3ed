"""A read document → its mentions: drafts judged, completed from the document, and written out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from timeline.events.clauses import drafts_of
from timeline.events.completing import adopt_times, fill_home, fill_period, fill_status, fill_year
from timeline.events.judging import LEAST, THRESHOLD
from timeline.events.patience import Patience
from timeline.events.placing import add_counterparts, place_drafts
from timeline.events.reading import Reader, Reading, Tools
from timeline.events.references import (
    Told,
    conference_of,
    is_between_people,
    is_of_lost_head,
    is_part,
    is_spoken_at,
    lend_to_told,
    names_the_story,
    nearest,
    point_headlines,
    pointers,
    points_back,
)
from timeline.events.sentence import Draft, Sentence, Span, sentences_of
from timeline.events.writing import Kind, kind_of, mentions_of
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention
from timeline.text.breaks import rejoined

_by_place = attrgetter("main.start", "main.end")
_HEAD = 8  # sentences in which a text whose head is lost first speaks of what it tells
_SHORTEST_LEAD = 60  # characters
_DENSE, _SHORTEST_DENSE = frozenset(("Han", "Kana", "Hangul")), 25  # scripts of syllables say as much in fewer


def extract_mentions(document: Document, reader: Reader) -> list[Mention]:
    """The mentions of one document, in order, each with its evidence; raises an `InputError` where finding them takes too long."""
    patience = Patience(document)
    running = rejoined(document.text)
    unbroken = document if running is document.text else replace(document, text=running)
    readings, home = reader.read(unbroken, patience)
    sentences, tools_of = _sentences(unbroken, readings, reader)
    order = {sentence.span: k for k, sentence in enumerate(sentences)}
    drafts, weak, faint = _weighed(sentences, tools_of, reader.knowledge, patience)
    pointed: set[tuple[int, int]] = set()
    story = Told(drafts, document.published)
    for draft in weak:
        if names_the_story(draft, story) or draft.told:
            drafts.append(draft)
            story.add(draft)
            pointed.add(draft.sentence)
        else:
            faint.append(draft)
    drafts.sort(key=_by_place)
    lend_to_told((draft for draft in faint if draft.time), drafts)
    adopt_times(drafts, sentences, order, document.published)
    conference = conference_of(drafts)
    by_sentence: dict[Span, list[Draft]] = defaultdict(list)
    for draft in faint:
        if draft.sentence not in pointed:
            by_sentence[draft.sentence].append(draft)
    for span, pointing in by_sentence.items():
        found = nearest(pointing, story)
        found = found or next((draft for draft in pointing if is_part(draft, conference) or is_between_people(draft)), None)
        if found is None and order[span] <= _HEAD:
            before = sentences[: order[span]]
            found = next((draft for draft in pointing if is_of_lost_head(draft, before, drafts)), None)
        if found is not None:
            drafts.append(found)
            story.add(found)
    drafts.sort(key=_by_place)
    point_headlines(drafts)
    fill_year(drafts, document)
    fill_status(drafts, document)
    fill_period(drafts, readings, document)
    place_drafts(drafts, sentences, order, reader.knowledge, document.published)
    fill_home(drafts, readings, home, document, reader.knowledge)
    add_counterparts(drafts, sentences, order, reader.knowledge)
    return mentions_of(drafts, readings, document, reader.knowledge)


def _weighed(
    sentences: Sequence[Sentence], tools_of: Sequence[Tools], knowledge: Knowledge, patience: Patience
) -> tuple[list[Draft], list[Draft], list[Draft]]:
    """What the sentences tell: what is an event for sure, what is one if its words tell of it, and what may only speak of one."""
    drafts: list[Draft] = []
    weak: list[Draft] = []
    faint: list[Draft] = []
    for sentence, tools in zip(sentences, tools_of, strict=True):
        patience.check()
        told = drafts_of(sentence, tools, knowledge)
        for draft in told:
            if is_spoken_at(draft, sentence):
                faint.append(draft)
            elif draft.score >= THRESHOLD and not points_back(draft, sentence):
                drafts.append(draft)
            else:
                (weak if draft.score >= LEAST.get(draft.main.event_type, THRESHOLD) else faint).append(draft)
        if sentence.marks and not (told and max([draft.score for draft in told]) >= THRESHOLD):
            faint += pointers(sentence)
    return drafts, weak, faint


def kinds_told(document: Document, reader: Reader) -> list[Kind]:
    """What kinds of happening a text names, the surest first, however little it says of them."""
    readings, _ = reader.read(document)
    told = [
        draft
        for sentence, tools in zip(*_sentences(document, readings, reader), strict=True)
        for draft in drafts_of(sentence, tools, reader.knowledge)
    ]
    return [kind_of(draft) for draft in sorted(told, key=lambda draft: (-draft.score, draft.main.start))]


def _sentences(document: Document, readings: list[Reading], reader: Reader) -> tuple[list[Sentence], list[Tools]]:
    """Every sentence, and what reads its language; the lead is the first of the running text that is one, not a place or an
    agency's name.
    """
    found: list[Sentence] = []
    tools_of: list[Tools] = []
    lead = True
    for reading in readings:
        passage = reading.passage
        tools = reader.tools(passage.language)
        own = sentences_of(reading, document.text)
        if lead:
            shortest = _SHORTEST_DENSE if tools.language.script in _DENSE else _SHORTEST_LEAD
            if passage.kind == "body" and passage.end - passage.start > shortest:
                lead = False
                first = next((s for s in own if s.span[1] - s.span[0] > shortest), None)
                if first is not None:
                    first.lead = True
        found += own
        tools_of += [tools] * len(own)
    return found, tools_of
