"""What speaks again of an event that the story tells: a faint noun, "at the conference", a session of it."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from operator import attrgetter

from timeline import edtf
from timeline.events.fields import is_quoted
from timeline.events.judging import LEAST, THRESHOLD
from timeline.events.news import News
from timeline.events.placing import OF_DAY, OF_PARTIES
from timeline.events.reading import Mark
from timeline.events.sentence import Draft, Sentence, Trigger
from timeline.events.times import tells_days
from timeline.model import TimeSpan

_start_of: Callable[[Draft], int] = attrgetter("main.start")
_NEAR = 100  # events of one type, before and behind, of which a mention may be one
# "At the ceremony": whatever the story tells that is opened, begun or signed at one
_HELD_AS = {"ceremony": ("ceremony", "border_gate", "infrastructure", "agreement", "exchange")}
_POINTING = ("at_event", "trigger")  # kinds of marks
_CALLED_EVENTS = ("exchange", "conference", "ceremony")  # what is called "the event"
_TALKED_AT = frozenset(("any", "conference", "exchange", "ceremony"))  # what people talk at
_WHO_CAME = 4  # sentences that tell who came, before the first that speaks of the meeting
_SUBJECT = 4  # characters before the subject of a sentence
_KNOWN = ("ceremony", "meeting")  # what is told again by "the ceremony", "the meeting" that opens a sentence
_OPENED = frozenset(("opening", "upgrade", "resumption", "route"))  # what a headline may tell with one another's words
_PARTS = frozenset(("session", "seminar"))
_REFUSED = -2.0  # a draft at or below it is a total, a wish: it names nothing that happened


class Told:
    """The events that a story tells, by type and in their order, for what speaks of one of them again."""

    def __init__(self, drafts: Iterable[Draft], published: str = "") -> None:
        """`published`: the page's own day, where it is known."""
        self._news = News(published)
        self._by_type: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Keep one that is told, not referred to."""
        if draft.refers_to is None and not draft.legal:
            triggers = draft.triggers
            for event_type in {t.event_type for t in triggers} if len(triggers) > 1 else (draft.main.event_type,):
                insort(self._by_type[event_type], draft, key=_start_of)

    def looks_back(self, told: Draft, faint: Draft) -> bool:
        """Whether what stands behind is the background of the page's news."""
        return told.main.start > faint.main.start and not self._news.may_be(told.time)

    def near(self, faint: Draft) -> list[Draft]:
        """Those of its type, in a text of any length the nearest before it and behind it."""
        told = self._by_type.get(faint.main.event_type, [])
        if len(told) <= _NEAR:
            return told
        place = bisect_left(told, faint.main.start, key=_start_of)
        return told[max(0, place - _NEAR) : place + _NEAR]


def pointers(sentence: Sentence) -> list[Draft]:
    """`At the conference, X said …` as a faint draft of whatever conference the story tells; X took part in it.

    So does a bare noun that alone tells nothing (`the talks went on`).
    """
    named, at_event = sentence.marked["trigger"], sentence.marked["at_event"]
    if not named and not at_event:
        return []
    days = [t for t in sentence.times if tells_days(t)]
    done = sentence.is_done
    # a bare noun in running text may speak of such things in general ("organising conferences")
    if named and (days or done or sentence.title or sentence.caption):
        marks: Sequence[Mark] = [m for m in sentence.marks if m.kind in _POINTING] if at_event else named
    else:
        marks = at_event
    found: list[Draft] = []
    series = sentence.named["series"]
    for mark in marks:
        # "The event took place on 16 and 17 April": the one just told, whatever it was
        if mark.key == "any" and not (days and done and mark.start - sentence.span[0] <= _SUBJECT):
            continue
        if series and any(n.start <= mark.start and mark.end <= n.end for n in series):
            continue
        found += [Draft([trigger], sentence.span, sentence.span) for trigger in _named_by(mark)]
    if not found:
        return []
    people = [n for n in sentence.named["person"] if not is_quoted(n, sentence)]
    # "the exchange took place on 16 and 17 April in Lạng Sơn": where as well as when
    places = [n for n in sentence.names if n.kind in ("province", "place")] if days and done else []
    names = [*people, *sentence.named["gate"], *places]
    time, rule = (days[0], "sentence") if len(days) == 1 and not sentence.marked["subordinate"] else (None, "")
    for draft in found:
        draft.time, draft.time_rule, draft.beside, draft.names = time, rule, sentence.times, [*names]
    return found


def _named_by(mark: Mark) -> list[Trigger]:
    """What words may name: "the event" several types, a trigger its own."""
    if isinstance(mark.key, tuple):
        return [Trigger(mark.start, mark.end, *mark.key)]
    held_as = _CALLED_EVENTS if mark.key == "any" else _HELD_AS.get(str(mark.key), (str(mark.key),))
    return [Trigger(mark.start, mark.end, kind, "") for kind in held_as]


def lend_to_told(pointing: Iterable[Draft], drafts: Sequence[Draft]) -> None:
    """Give what was told last without a time the day and the place that a later mention tells: "The exchange has ended. It took
    place …".
    """
    by_type: dict[str, list[Draft]] = defaultdict(list)
    for draft in sorted((d for d in drafts if not d.legal and not d.title), key=_start_of):
        by_type[draft.main.event_type].append(draft)
    for faint in pointing:
        if faint.adds_up:
            continue
        told = by_type.get(faint.main.event_type, [])
        place = bisect_left(told, faint.main.start, key=_start_of)
        last = told[place - 1] if place else None
        if last is None or last.time or faint.time is None or ".." in faint.time.date_edtf or not _fitting(faint, [last]):
            continue
        last.time, last.time_rule = faint.time, "told-again"
        if not last.is_placed:
            last.names += [replace(n, rule=OF_DAY) for n in faint.names if n.kind in ("province", "place")]


def points_back(draft: Draft, sentence: Sentence) -> bool:
    """ "Mr An attended the ceremony", "Attending the meeting were …": told as one that the reader knows, and without a time; an event of
    its own only if none was.
    """
    main = draft.main
    if main.event_type not in _KNOWN or draft.time is not None or sentence.title or any(n.kind == "gate" for n in draft.names):
        return False
    marks = (m for m in sentence.marked["at_event"] if m.key == main.event_type and m.start < main.end and main.start < m.end)
    opening = sentence.span[0] + _SUBJECT
    return any(main.event_type == "ceremony" or (m.start <= opening and m.end >= main.end) for m in marks)


def is_spoken_at(draft: Draft, sentence: Sentence) -> bool:
    """ "At the event, the delegates discussed …": what was done at what was told, and no talks of their own."""
    main = draft.main
    if main.event_type != "meeting" or draft.time is not None or sentence.title:
        return False
    spoken = any(m.start < main.end and main.start < m.end for m in sentence.marked["topic"])
    begin = sentence.span[0] + _SUBJECT
    return spoken and any(m.start <= begin and m.key in _TALKED_AT and m.end <= main.start for m in sentence.marked["at_event"])


def nearest(faint: Iterable[Draft], story: Told) -> Draft | None:
    """Of the faint drafts of a sentence the one that names what was told last before it, if any names something told."""
    named = [draft for draft in faint if names_the_story(draft, story)]
    return max(named, key=_closeness) if named else None


def _closeness(draft: Draft) -> tuple[bool, int, float]:
    told = draft.refers_to.main.start if draft.refers_to else 0
    return told < draft.main.start, -abs(draft.segment[0] - told), draft.score


def names_the_story(faint: Draft, story: Told) -> bool:
    """Whether words too faint to stand alone name an event that the story tells; they then refer to it.

    Of several, the one that shares most names, then the last told before.
    """
    near = story.near(faint)
    if not near or faint.score <= _REFUSED or faint.legal or faint.adds_up:
        return False
    same = _fitting(faint, near)
    if faint.time is None:
        same = [d for d in same if not story.looks_back(d, faint)]
    if not same:
        return False
    names = {n.name for n in faint.names}
    same = [d for d in same if d.time or d.score >= THRESHOLD or _shared(names, d)]
    if not same:
        return False
    start = faint.main.start
    before = [d for d in same if d.main.start < start] or same
    faint.refers_to = max(before, key=lambda d: (_shared(names, d), d.score >= 4, d.main.start)) if len(before) > 1 else before[0]
    faint.reasons.append(("names the story's event", 0.0))
    return True


def _shared(names: set[str], told: Draft) -> int:
    """How many of the names a draft has too."""
    return len(names.intersection([n.name for n in told.names])) if names else 0


def point_headlines(drafts: list[Draft]) -> None:
    """ "Vietnam and China open a gate" over "the gate was raised to international class": the headline, which tells no day, names
    the change of that gate that its story tells, with another word.
    """
    told = [d for d in drafts if d.main.event_type == "border_gate" and not d.title and d.refers_to is None]
    for draft in drafts:
        if not draft.title or draft.time or draft.main.event_type != "border_gate" or draft.main.event_subtype not in _OPENED:
            continue
        same = [d for d in told if _gates_of(d) & _gates_of(draft)]
        if same and all(d.main.event_subtype != draft.main.event_subtype for d in same) and same[0].main.event_subtype in _OPENED:
            draft.refers_to = same[0]
            draft.reasons.append(("names the story's event", 0.0))


def _gates_of(draft: Draft) -> set[str]:
    return {n.name for n in draft.names if n.kind == "gate"}


def _of_others(own: set[str], faint: Draft, told: Draft) -> bool:
    """Whether the people named, `own`, are others: none in common, or, of a meeting, another partner or one where none was named."""
    others = _people_of(told)
    if faint.main.event_type == "meeting" and not others and faint.score >= LEAST["meeting"]:
        return True
    if faint.main.event_type == "meeting" and min(len(own), len(others)) > 1:
        return len(own & others) < 2 and bool(own - others) and bool(others - own)
    return bool(others) and not own & others


def _people_of(draft: Draft) -> set[str]:
    return {n.name for n in draft.names if n.kind == "person"}


def conference_of(drafts: list[Draft]) -> Draft | None:
    """The conference that a story tells first, with its time."""
    told = (d for d in drafts if d.main.event_type == "conference" and d.main.event_subtype not in _PARTS)
    return next((d for d in told if d.time and not d.refers_to), None)


def is_part(faint: Draft, whole: Draft | None) -> bool:
    """A session or seminar inside the conference that the story tells: a part of it, held when and where it was."""
    if whole is None or faint.time is not None or faint.main.event_subtype not in _PARTS or faint.score <= _REFUSED:
        return False
    faint.whole = whole
    faint.time, faint.time_rule = whole.time, "time-of-the-whole"
    faint.names += [n for n in whole.names if n.kind in ("province", "place", "body") and n not in faint.names]
    faint.reasons.append(("part of the story's conference", 0.0))
    return True


def is_between_people(faint: Draft) -> bool:
    """ "At their meeting, Mr An and Mr Li spoke of trade": a meeting of people whom no other words tell to have met."""
    met = faint.main.event_type == "meeting" and faint.score > _REFUSED and len(_people_of(faint)) > 1
    if met:
        faint.reasons.append(("people at a meeting", 0.0))
    return met


def is_of_lost_head(faint: Draft, before: Sequence[Sentence], drafts: Sequence[Draft]) -> bool:
    """ "At the talks, the two sides …" in a text whose head is lost, and which begins with who came: that the talks were held is all
    that it tells. They are of the provinces named with those who came.
    """
    told = any(d.main.event_type != "agreement" and d.main.start < faint.main.start for d in drafts)  # but what was signed there
    if faint.main.event_type != "meeting" or faint.score <= _REFUSED or told:
        return False
    came = [s for s in before[-_WHO_CAME:] if s.named["person"] or s.named["body"] or s.marked["delegation"]]
    units = {n.name: n for s in came for n in s.names if n.kind in ("province", "place", "country")}
    people = {n.name: n for s in came for n in s.named["person"]}
    bodies = {n.name for s in came for n in s.named["body"]}
    if len(units) < 2 or not (people or len(bodies) > 1):
        return False
    faint.names += [replace(n, rule=OF_PARTIES) for n in (*units.values(), *people.values()) if n.kind != "country"]
    faint.reasons.append(("who came to a meeting", 0.0))
    return True


def _begin(time: TimeSpan) -> str:
    """A time, of one whose end is open its beginning: what has gone on since the 27th is not what began on the 28th."""
    return time.date_edtf.removesuffix("/..")


def _tells_other_time(faint: Draft, told: Draft) -> bool:
    """Whether the times beside a change are all another's: "it had been closed since January 2020"."""
    own = told.time
    return own is not None and bool(faint.beside) and not any(edtf.overlaps(_begin(t), _begin(own)) for t in faint.beside)


def _fitting(faint: Draft, told: Sequence[Draft]) -> list[Draft]:
    """Those of which one may speak again, of happenings that a trigger of its type tells: neither kind, time, series, number, people
    nor gate speak against it.
    """
    own, time, series, ordinal = faint.main.event_subtype, faint.time, faint.series, faint.ordinal
    of_gate = faint.main.event_type == "border_gate"
    people = set() if faint.points else _people_of(faint)
    gates = _gates_of(faint)
    found: list[Draft] = []
    for one in told:
        if (series and series != one.series) or (ordinal and ordinal != one.ordinal):
            continue
        if own != one.main.event_subtype and _is_called_otherwise(own, one):
            continue
        if time:
            if one.time and not edtf.overlaps(_begin(time), _begin(one.time)):
                continue
        elif of_gate and _tells_other_time(faint, one):
            continue
        if people and _of_others(people, faint, one):
            continue
        if gates and (others := _gates_of(one)) and gates.isdisjoint(others):
            continue
        found.append(one)
    return found


def _is_called_otherwise(subtype: str, told: Draft) -> bool:
    """Whether words of this subtype never stand for what was told with those of another."""
    if subtype in _PARTS and all(t.event_subtype != subtype for t in told.triggers):
        return True
    return "congress" in (subtype, told.main.event_subtype)  # a congress is never called a conference
