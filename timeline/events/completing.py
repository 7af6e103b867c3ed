"""Drafts completed from their document: the day, year, period and place that other sentences tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

from timeline import edtf
from timeline.events.news import News
from timeline.events.placing import OF_DAY, OF_HOME
from timeline.events.reading import Mark, Reading
from timeline.events.sentence import CAPITAL, PLACES, Draft, Sentence, Span
from timeline.events.times import tells_days
from timeline.knowledge import Knowledge
from timeline.model import Document, NameSpan, TimeSpan

_FULL_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_OVER = timedelta(days=2)  # a report of an evening may stand on a page of the day after
_GOING_ON = frozenset(("meeting", "agreement", "ceremony", "exchange", "visit"))
_OPENED = frozenset(("upgrade", "route", "pilot"))  # what one rite at a gate may bring about
_GATHERINGS = frozenset(("conference", "exchange", "ceremony"))  # what is held at some place
_LOOKED_BACK_ON = frozenset(("agreement", "border_gate", "infrastructure", "policy", "visit"))
_GOES_ON = 3  # sentences over which a day that was told goes on
_NEAR_DAYS = 31  # between a day without a year and the one that is told with its year
_SHORT_STORY = 25  # sentences
_AT_HOME = 2  # times that a province's own report names it
_OF_LEADERS = frozenset(("meeting", "agreement", "conference"))  # where nothing else says: a visit may be one to the province
_STATES = frozenset(("national", "foreign", "party"))  # levels of actors
_OF_BODY = 4  # characters from a body to whose it is: " of "
_OF_NAME = 24  # characters between a happening and the year that it is named by
_OPENING = 6  # characters before a time that opens its sentence
_NAMED_BY_YEAR = frozenset(("conference", "exchange"))
_TOUCHING = 2  # characters between the words of a gathering and the year that it is named by


def adopt_times(drafts: list[Draft], sentences: Sequence[Sentence], order: Mapping[Span, int], published: str) -> None:
    """Give drafts without a time the one that the sentences around them tell.

    `order`: by its span, the place of each sentence among all. `published` is the page's own day, where it is known.
    """
    if all(draft.time for draft in drafts):
        return
    news = News(published)
    _adopt_times(drafts, sentences, order, news)
    _adopt_occasions(drafts, sentences, order)
    _adopt_day_of_story(drafts, order, news)
    _adopt_from_next(drafts, order, news)
    _adopt_only_day(drafts, sentences, news)


def _adopt_times(drafts: list[Draft], sentences: Sequence[Sentence], order: Mapping[Span, int], news: News) -> None:
    """An event told without its time takes the day of the next sentence (else the one before), if that tells no event itself."""
    busy = {draft.sentence for draft in drafts}
    for draft in drafts:
        if draft.time is not None or draft.legal is not None or draft.title or draft.main.framed:
            continue
        for sentence in _beside(sentences, order[draft.sentence]):
            if sentence.span in busy or sentence.marked["subordinate"]:
                continue
            days = [t for t in sentence.times if tells_days(t) and news.may_be(t)]
            if len(days) == 1:
                draft.time, draft.time_rule = days[0], "sentence-beside"
                break


def _beside(sentences: Sequence[Sentence], place: int) -> list[Sentence]:
    """The sentence behind one in its passage, and the one before."""
    own = sentences[place]
    behind = [sentence for sentence in sentences[place + 1 : place + 2] if sentence.before is own]
    return [*behind, own.before] if own.before else behind


def _adopt_occasions(drafts: list[Draft], sentences: Sequence[Sentence], order: Mapping[Span, int]) -> None:
    """What was done "at the meeting", "on this occasion" without a time of its own was done when that was."""
    told: dict[object, Draft] = {}  # by type, and of any: the last with a day
    for draft in drafts:
        if draft.time is None and draft.legal is None and not draft.title:
            marks = sentences[order[draft.sentence]].marked["at_event"]
            kinds = {m.key for m in marks if m.end <= draft.main.start}
            occasions = [told[kind] for kind in kinds if kind in told and told[kind].sentence != draft.sentence]
            if occasions:
                occasion = max(occasions, key=lambda d: d.main.start)
                draft.time, draft.time_rule = occasion.time, "time-of-occasion"
                kind = draft.main.event_type
                signed = kind == "agreement" and occasion.main.event_type in _GATHERINGS
                if (kind in _GATHERINGS and not draft.is_placed) or (signed and not _has_place(draft)):
                    draft.names += [replace(n, rule=OF_DAY) for n in occasion.names if n.kind in ("province", "place")]
        elif draft.time and tells_days(draft.time):
            told[draft.main.event_type] = told["any"] = draft


def _has_place(draft: Draft) -> bool:
    """Whether it names a place, and not only one in the name of a body ("the People's Committee of Cao Bằng signed …")."""
    bodies = [n for n in draft.names if n.kind == "body"]
    of_bodies = {id(n) for b in bodies for n in draft.names if b.start <= n.start <= b.end + _OF_BODY and b.name.startswith(n.name)}
    return any(n.kind in PLACES and id(n) not in of_bodies for n in draft.names)


def _adopt_day_of_story(drafts: list[Draft], order: Mapping[Span, int], news: News) -> None:
    """News goes on from the day that it has told: what is told in the next sentences without a time was done then."""
    last: Draft | None = None
    for draft in drafts:
        if _tells_day(draft):
            last = draft
        elif last and news.may_be(last.time) and _tells_change_again(draft, last) and order[draft.sentence] - order[last.sentence] <= 1:
            _take_day(draft, last)
        elif (
            last
            and _goes_on(draft, last, news)
            and order[draft.sentence] - order[last.sentence] <= (_GOES_ON if news.may_be(last.time) else 0)
        ):
            _take_day(draft, last)
            last = draft


def _tells_change_again(draft: Draft, last: Draft) -> bool:
    """Whether a picture's caption or the next sentence tells another change of a gate that was just told with its day."""
    both = draft.main.event_type == last.main.event_type == "border_gate" and draft.time is None and not draft.title
    gates, told = ({n.name for n in d.names if n.kind == "gate"} for d in (draft, last))
    changes = {draft.main.event_subtype, last.main.event_subtype}
    return both and bool(gates) and gates <= told and (len(changes) == 1 or changes <= _OPENED) and draft.status == last.status


def _adopt_from_next(drafts: list[Draft], order: Mapping[Span, int], news: News) -> None:
    """Who met is told first, and the day in the next sentence, of "the two": "X was received by Y. The two met on Monday"."""
    for draft, following in pairwise(drafts):
        both = draft.main.event_type == following.main.event_type == "meeting"
        next_one = both and order[following.sentence] - order[draft.sentence] == 1
        nobody = not any(n.kind == "person" for n in following.names)
        one_breath = draft.sentence == following.sentence  # "a celebration and a signing on 7 December"
        if (one_breath or (next_one and nobody)) and _tells_day(following) and _goes_on(draft, following, news):
            _take_day(draft, following)


def _adopt_only_day(drafts: list[Draft], sentences: Sequence[Sentence], news: News) -> None:
    """A short story that tells one day or stay alone tells all of it, wherever in it the day stands.

    Not, where the page's own day is unknown, that of a document, a gate or a bridge behind the news, which is what the news looks back
    on ("under the agreement signed on 12 May 2017").
    """
    told = [draft for draft in drafts if _tells_day(draft)]
    if not told or len(sentences) > _SHORT_STORY or not news.may_be(told[0].time):
        return
    leading = {sentence.span for sentence in sentences if sentence.title or sentence.lead}
    looks_back = not news.is_dated and all(d.main.event_type in _LOOKED_BACK_ON and d.sentence not in leading for d in told)
    times = [draft.time.date_edtf for draft in told if draft.time]
    if all(edtf.overlaps(times[0], time) for time in times[1:]):
        for draft in drafts:
            before = looks_back and draft.main.start < told[0].main.start
            if _goes_on(draft, told[0], news) and not (before and draft.main.event_type not in {d.main.event_type for d in told}):
                _take_day(draft, told[0])


def _take_day(draft: Draft, last: Draft) -> None:
    """Take over the day, and where nothing says where, the place that is no gate: talks follow an arrival in Hà Nội."""
    draft.time, draft.time_rule = last.time, "day-of-story"
    if draft.sentence != last.sentence and not draft.is_placed:
        draft.names += [replace(n, rule=OF_DAY) for n in last.names if n.kind in ("province", "place")]


def _tells_day(draft: Draft) -> bool:
    """Whether a draft tells a day, or days, of its own."""
    if draft.time is None or draft.legal or draft.time_rule == "day-of-story" or draft.time.date_edtf.endswith(".."):
        return False  # "as of the 24th" is no day of a story
    return tells_days(draft.time)


def _goes_on(draft: Draft, from_: Draft, news: News) -> bool:
    """Whether a draft without a time goes on from one that has it: what was held from what was held, plans from plans."""
    if draft.time or draft.title or draft.refers_to or draft.main.framed or not draft.told or draft.main.event_type not in _GOING_ON:
        return False
    if draft.sentence != from_.sentence and draft.status == "held" and news.is_ahead(from_.time):
        return False  # "they met; the visit begins tomorrow"
    return draft.status == from_.status or draft.sentence == from_.sentence


def fill_year(drafts: list[Draft], document: Document) -> None:
    """In an undated page, a day whose year nothing tells is of the year that it names an event by ("the 2023 festival"), else of
    the year of the one day that it tells in full, if that lies near.
    """
    if document.published:
        return
    times = [d.time for d in drafts if d.time and not d.legal]
    years = {d.time.date_edtf for d in drafts if d.time and _is_named_by_year(d, d.time)}
    told = {t.date_edtf for t in times if t.date_precision == "day" and t.date_edtf[:4].isdigit()}
    by_name = year if len(years) == 1 and (year := years.pop()).isdigit() else ""
    by_day = next(iter(told)) if len(told) == 1 else ""
    for draft in drafts:
        if not draft.time or "XXXX" not in draft.time.date_edtf:
            continue
        near = by_day and edtf.overlaps(edtf.with_year(draft.time.date_edtf, by_day[:4]), by_day, _NEAR_DAYS)
        named = _year_in_name(draft) or by_name
        if year := named or (by_day[:4] if near else ""):
            draft.time = replace(draft.time, date_edtf=edtf.with_year(draft.time.date_edtf, year), date_basis="completed")
            draft.time_rule = "year-of-named-event" if named else "year-of-day-told"


def _year_in_name(draft: Draft) -> str:
    """The year right behind the words of a gathering, however far from its day: "opened on 20 November … the Trade Fair 2025"."""
    if draft.main.event_type not in _NAMED_BY_YEAR:
        return ""
    ends = [trigger.end for trigger in draft.triggers]
    named = [t for t in draft.beside if t.date_precision == "year" and any(end < t.end and t.start - end <= _TOUCHING for end in ends)]
    years = {t.date_edtf for t in named}
    return year if len(years) == 1 and (year := years.pop()).isdigit() else ""


def _is_named_by_year(draft: Draft, time: TimeSpan) -> bool:
    """Whether a year is part of an event's name ("the 2023 festival"), and not when it was held ("In 2014, the first …")."""
    if time.date_precision != "year" or draft.main.event_type not in _NAMED_BY_YEAR:
        return False
    return max(time.start - draft.main.end, draft.main.start - time.end) <= _OF_NAME and time.start - draft.sentence[0] > _OPENING


def _last_day(draft: Draft) -> date:
    """The last day of what a draft tells; a far one where its end is open, or told by a month or a year."""
    end = _FULL_DAY.fullmatch(draft.time.date_edtf.rpartition("/")[2]) if draft.time else None
    return date.fromisoformat(end[0]) if end else date.max


def fill_status(drafts: list[Draft], document: Document) -> None:
    """What the text tells of a day, month or year after its own day is still to come, in whatever tense ("the gate closes on 10
    March"); what it tells of a day that is over has been, whatever a present tense may also mean.
    """
    try:
        own = date.fromisoformat(document.published)
    except ValueError:
        return
    for draft in drafts:
        begins = edtf.parse(draft.time.date_edtf).start if draft.time else None
        if draft.time and begins and draft.status in ("held", "ongoing") and begins > own:
            draft.status = "scheduled"
            draft.status_mark = Mark(draft.time.start, draft.time.end, "day-ahead", "scheduled")
        elif begins and draft.status == "scheduled" and own - _last_day(draft) >= _OVER:
            draft.status, draft.status_mark = "held", None


def fill_period(drafts: list[Draft], readings: list[Reading], document: Document) -> None:
    """In a report on a term ("2020–2025", said again and again), what it tells undated happened in that term.

    Only for documents without a date of their own, and only the one period that clearly leads.
    """
    if document.published:
        return
    periods = Counter(t.date_edtf for r in readings for t in r.times if t.date_precision == "period")
    leading = periods.most_common(2)
    if not leading or leading[0][1] < 2 or (len(leading) > 1 and leading[1][1] == leading[0][1]):
        return
    time = next(t for r in readings for t in r.times if t.date_edtf == leading[0][0])
    for draft in drafts:
        if (
            draft.time is None
            and draft.legal is None
            and draft.refers_to is None
            and draft.main.event_type not in ("policy", "agreement")
            and draft.main.event_subtype != "congress"
        ):
            draft.time, draft.time_rule = time, "period-of-report"


def fill_home(drafts: list[Draft], readings: list[Reading], home: str, document: Document, knowledge: Knowledge) -> None:
    """In a province's own report, what it tells without a place happened there, unless it is an event of the state. A page that names
    the capital is that city's only where it names an organ of it.
    """
    if document.published or not home:
        return
    places = [n for r in readings for n in r.names if n.kind == "province" and n.name == home]
    organs = [n for r in readings for n in r.names if n.kind == "body" and n.name.startswith(f"{home} ")]
    if not places or len({n.start for n in (*places, *organs)}) < _AT_HOME or (home == CAPITAL and not organs):
        return
    for draft in drafts:
        happened = draft.time is not None or (draft.told and draft.main.event_type in _GOING_ON)
        if draft.refers_to is None and draft.legal is None and happened and not _is_elsewhere(draft, home, knowledge):
            draft.names.append(replace(places[0], rule=OF_HOME))


def _is_elsewhere(draft: Draft, home: str, knowledge: Knowledge) -> bool:
    """Whether a draft has a place of its own, or is of the state."""
    actors = knowledge.tables.actors
    organisers = knowledge.tables.series[draft.series].actors if draft.series else ()
    if any(actors[a].level in ("national", "party") for a in organisers) or _is_of_states(draft, knowledge):
        return True
    return any(_is_vietnamese(n, home, knowledge) for n in draft.names) or _is_abroad(draft, knowledge)


def _is_of_states(draft: Draft, knowledge: Knowledge) -> bool:
    """Whether it is of states, and not of the province that reports it: an agreement of two ministries, what a leader of a state did."""
    actors = knowledge.tables.actors
    people = [actors[n.name] for n in draft.names if n.kind == "person" and n.name in actors]
    bodies = [actors.get(n.name) for n in draft.names if n.kind == "body"]
    to_state = draft.main.event_type == "visit" and any(n.kind == "country" and n.start >= draft.main.start for n in draft.names)
    leaders = (draft.main.event_type in _OF_LEADERS or to_state) and any(row.level in _STATES for row in people)
    return leaders or (
        draft.main.event_type == "agreement" and bool(bodies) and all(row is not None and row.level in _STATES for row in bodies)
    )


def _is_abroad(draft: Draft, knowledge: Knowledge) -> bool:
    """Whether somebody went to a place that does not lie in Vietnam."""
    places = [knowledge.tables.places[n.name] for n in draft.names if n.kind == "place" and n.name in knowledge.tables.places]
    return draft.main.event_type == "visit" and any(place.country != "VN" for place in places)


def _is_vietnamese(name: NameSpan, home: str, knowledge: Knowledge) -> bool:
    """Whether a name places an event in Vietnam; a Chinese province beside it is the other party's."""
    if name.kind == "province":
        return knowledge.tables.provinces[name.name].country == "VN"
    return name.kind == "gate" or (name.kind == "body" and home in name.name)
