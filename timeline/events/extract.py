"""A read document → its mentions: drafts judged, completed from the document, and written out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from timeline.events.clauses import drafts_of
from timeline.events.completing import adopt_times, fill_home, fill_period, fill_status, fill_year
from timeline.events.judging import LEAST, THRESHOLD
from timeline.events.placing import add_counterparts, place_drafts
from timeline.events.reading import Reader, Reading
from timeline.events.references import (
    Told,
    conference_of,
    is_part,
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

_SHORTEST_LEAD = 60  # characters
_DENSE, _SHORTEST_DENSE = frozenset(("Han", "Kana", "Hangul")), 25  # scripts of syllables say as much in fewer


def extract_mentions(document: Document, reader: Reader) -> list[Mention]:
    """The mentions of one document, in order, each with its evidence."""
    readings, home = reader.read(document)
    drafts: list[Draft] = []
    weak: list[Draft] = []
    faint: list[Draft] = []
    sentences = _sentences(document, readings, reader.knowledge)
    for sentence, reading in sentences:
        told = drafts_of(sentence, reader.tools(reading.passage.language), reader.knowledge)
        for draft in told:
            least = LEAST.get(draft.main.event_type, THRESHOLD)
            sure = draft.score >= THRESHOLD and not points_back(draft, sentence)
            (drafts if sure else weak if draft.score >= least else faint).append(draft)
        faint += pointers(sentence) if all(draft.score < THRESHOLD for draft in told) else []
    pointed: set[tuple[int, int]] = set()
    story = Told(drafts, document.published)
    for draft in weak:
        if names_the_story(draft, story) or draft.told:
            drafts.append(draft)
            story.add(draft)
            pointed.add(draft.sentence)
        else:
            faint.append(draft)
    drafts.sort(key=lambda draft: (draft.main.start, draft.main.end))
    lend_to_told((draft for draft in faint if draft.time), drafts)
    adopt_times(drafts, sentences, document.published)
    conference = conference_of(drafts)
    by_sentence: dict[Span, list[Draft]] = defaultdict(list)
    for draft in faint:
        if draft.sentence not in pointed:
            by_sentence[draft.sentence].append(draft)
    for pointing in by_sentence.values():
        found = nearest(pointing, story) or next((draft for draft in pointing if is_part(draft, conference)), None)
        if found is not None:
            drafts.append(found)
            story.add(found)
    drafts.sort(key=lambda draft: (draft.main.start, draft.main.end))
    point_headlines(drafts)
    fill_year(drafts, document)
    fill_status(drafts, document)
    fill_period(drafts, readings, document)
    place_drafts(drafts, [sentence for sentence, _ in sentences], reader.knowledge, document.published)
    fill_home(drafts, readings, home, document, reader.knowledge)
    add_counterparts(drafts, [sentence for sentence, _ in sentences], reader.knowledge)
    return mentions_of(drafts, readings, document, reader.knowledge)


def kinds_told(document: Document, reader: Reader) -> list[Kind]:
    """What kinds of happening a text names, the surest first, however little it says of them."""
    readings, _ = reader.read(document)
    told = [
        draft
        for sentence, reading in _sentences(document, readings, reader.knowledge)
        for draft in drafts_of(sentence, reader.tools(reading.passage.language), reader.knowledge)
    ]
    return [kind_of(draft) for draft in sorted(told, key=lambda draft: (-draft.score, draft.main.start))]


def _sentences(document: Document, readings: list[Reading], knowledge: Knowledge) -> list[tuple[Sentence, Reading]]:
    """Every sentence; the lead is the first of the running text that is one, not a place or an agency's name."""
    found: list[tuple[Sentence, Reading]] = []
    lead = True
    for reading in readings:
        dense = knowledge.languages[reading.passage.language].script in _DENSE
        shortest = _SHORTEST_DENSE if dense else _SHORTEST_LEAD
        body = reading.passage.kind == "body" and reading.passage.end - reading.passage.start > shortest
        for sentence in sentences_of(reading, document.text):
            first = lead and body and sentence.span[1] - sentence.span[0] > shortest
            found.append((replace(sentence, lead=first) if first else sentence, reading))
            lead = lead and not first
        lead = lead and not body
    return found
