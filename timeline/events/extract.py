"""A read document → its mentions: drafts judged, completed from the document, and written out with their evidence."""

from __future__ import annotations

import hashlib
from bisect import bisect_left, bisect_right, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from timeline import edtf
from timeline.events.clauses import drafts_of
from timeline.events.fields import QUOTED_REACH
from timeline.events.reading import Reader, Reading
from timeline.events.sentence import Draft, Sentence, Trigger, between, sentences_of, spans_of
from timeline.knowledge import Knowledge
from timeline.model import STARTING, Basis, Document, Evidence, Mention, NameSpan, Precision, TimeSpan
from timeline.text import fold_words

# A draft of at least this weight is an event, whatever else the story tells. Chosen on pages of the development
# sets; see docs/accuracy.md.
_THRESHOLD = 2.1
# Down to these, one of a type that is seldom named in vain is an event too, unless it names one that the story has told.
# Conferences and policies are: reports are full of them.
_THRESHOLDS = {"agreement": 1.0, "meeting": 1.0, "visit": 1.0, "exchange": 1.3, "ceremony": 1.5, "border_gate": 1.5, "infrastructure": 1.5}
_GOING_ON = frozenset(("meeting", "agreement", "ceremony", "exchange", "visit"))
_PLACED = frozenset(("province", "place", "gate"))
_NEAR = 100  # events of one type, before and behind, of which a mention may be one
_GOES_ON = 3  # sentences over which a day that was told goes on
_SHORT_STORY = 25  # sentences
_NAMED_BY_YEAR = frozenset(("conference", "exchange"))
_OF_TABLES = 7.0  # the weight of what stands in somebody's table
# (weight of a draft, share of such mentions that readers of three sets held for an event of that type)
_JUDGED = ((0.0, 0.6), (0.6, 0.8), (1.1, 0.87), (3.3, 0.89), (5.5, 0.93), (7.0, 0.98))
_SHORTEST_LEAD = 60  # characters
_PARTS = frozenset(("session", "seminar"))
_REFUSED = -2.0  # a draft at or below it is a total, a wish: it names nothing that happened


def extract_mentions(document: Document, reader: Reader) -> list[Mention]:
    """The mentions of one document, in order, each with its evidence."""
    readings, home = reader.read(document)
    drafts: list[Draft] = []
    weak: list[Draft] = []
    faint: list[Draft] = []
    sentences = _sentences(document, readings)
    for sentence, reading in sentences:
        told = drafts_of(sentence, reader.tools(reading.passage.language), reader.knowledge)
        for draft in told:
            least = _THRESHOLDS.get(draft.main.event_type, _THRESHOLD)
            (drafts if draft.score >= _THRESHOLD else weak if draft.score >= least else faint).append(draft)
        faint += _pointers(sentence) if all(draft.score < _THRESHOLD for draft in told) else []
    pointed: set[tuple[int, int]] = set()
    story = _Told(drafts)
    for draft in weak:
        if _names_the_story(draft, story) or draft.told:
            drafts.append(draft)
            story.add(draft)
            pointed.add(draft.sentence)
        else:
            faint.append(draft)
    drafts.sort(key=lambda draft: (draft.main.start, draft.main.end))
    _adopt_times(drafts, sentences)
    _adopt_occasions(drafts, sentences)
    _adopt_day_of_story(drafts, sentences)
    _adopt_only_day(drafts, len(sentences))
    conference = _conference_of(drafts)
    for draft in faint:
        if draft.sentence not in pointed and (_names_the_story(draft, story) or _is_part(draft, conference)):
            drafts.append(draft)
            story.add(draft)
            pointed.add(draft.sentence)
    drafts.sort(key=lambda draft: (draft.main.start, draft.main.end))
    _fill_year(drafts, document)
    _fill_period(drafts, readings, document)
    _fill_home(drafts, readings, home, document, reader.knowledge)
    ids = {id(draft): _mention_id(draft, document) for draft in drafts}
    shared = Counter(draft.segment for draft in drafts)
    gates: dict[str, NameSpan] = {}
    for reading in readings:
        for name in reading.names:
            if name.kind == "gate":
                gates.setdefault(name.name, name)
    whole = _Story(document, reader.knowledge, ids, gates)
    return [_mention(draft, shared[draft.segment] == 1, whole) for draft in drafts]


class _Told:
    """The events that a story tells, by type and in their order, for what speaks of one of them again."""

    def __init__(self, drafts: Iterable[Draft]) -> None:
        self._by_type: dict[str, list[Draft]] = defaultdict(list)
        for draft in drafts:
            self.add(draft)

    def add(self, draft: Draft) -> None:
        """Keep one that is told, not referred to."""
        if draft.refers_to is None and not draft.legal:
            for event_type in {t.event_type for t in draft.triggers}:
                insort(self._by_type[event_type], draft, key=_start_of)

    def near(self, faint: Draft) -> list[Draft]:
        """Those of its type, in a text of any length the nearest before it and behind it."""
        told = self._by_type.get(faint.main.event_type, [])
        place = bisect_left(told, faint.main.start, key=_start_of)
        return told[max(0, place - _NEAR) : place + _NEAR]


def _start_of(draft: Draft) -> int:
    return draft.main.start


@dataclass(frozen=True, slots=True)
class _Story:
    """What writing out a mention needs of its document: the ids of all drafts, the gates that it names anywhere."""

    document: Document
    knowledge: Knowledge
    ids: dict[int, str]
    gates: Mapping[str, NameSpan]  # each with where it is named first


def _sentences(document: Document, readings: list[Reading]) -> list[tuple[Sentence, Reading]]:
    """Every sentence; the lead is the first of the running text that is one, not a place or an agency's name."""
    found: list[tuple[Sentence, Reading]] = []
    lead = True
    for reading in readings:
        body = reading.passage.kind == "body" and reading.passage.end - reading.passage.start > _SHORTEST_LEAD
        for sentence in sentences_of(reading, document.text):
            first = lead and body and sentence.span[1] - sentence.span[0] > _SHORTEST_LEAD
            found.append((replace(sentence, lead=first) if first else sentence, reading))
            lead = lead and not first
        lead = lead and not body
    return found


def _language_at(document: Document, draft: Draft) -> str:
    place = bisect_right(document.passages, draft.main.start, key=lambda p: p.start) - 1
    passage = document.passages[place] if place >= 0 else None
    return passage.language if passage and draft.main.start < passage.end else document.language


def _pointers(sentence: Sentence) -> list[Draft]:
    """`At the conference, X said …` as a faint draft of whatever conference the story tells; X took part in it.

    So does a bare noun that alone tells nothing (`the talks went on`).
    """
    if not any(mark.kind in ("at_event", "trigger") for mark in sentence.marks):
        return []
    people = [n for n in sentence.names if n.kind == "person" and not _quoted(n, sentence)]
    days = [t for t in sentence.times if t.date_precision in ("day", "span") and not t.date_edtf.startswith("..")]
    gates = [n for n in sentence.names if n.kind == "gate"]
    # a bare noun in running text may speak of such things in general ("organising conferences")
    told = sentence.title or sentence.caption or bool(sentence.cue("held")) or bool(days)
    found: list[Draft] = []
    for mark in sentence.marks:
        if mark.key == "any" or (mark.kind != "at_event" and not (mark.kind == "trigger" and told)):
            continue
        if any(n.kind == "series" and n.start <= mark.start and mark.end <= n.end for n in sentence.names):
            continue
        kind, subtype = mark.key if isinstance(mark.key, tuple) else (str(mark.key), "")
        draft = Draft([Trigger(mark.start, mark.end, str(kind), str(subtype))], sentence.span, sentence.span, names=[*people, *gates])
        draft.time, draft.time_rule = (days[0], "sentence") if len(days) == 1 and not sentence.cue("subordinate") else (None, "")
        found.append(draft)
    return found


def _adopt_times(drafts: list[Draft], sentences: list[tuple[Sentence, Reading]]) -> None:
    """An event told without its time takes the day of the next sentence (else the one before), if that tells no event itself."""
    order = {sentence.span: k for k, (sentence, _) in enumerate(sentences)}
    busy = {draft.sentence for draft in drafts}
    for draft in drafts:
        if draft.time is not None or draft.legal is not None or draft.title:
            continue
        place = order[draft.sentence]
        for neighbour in (place + 1, place - 1):
            if not 0 <= neighbour < len(sentences) or sentences[neighbour][1] is not sentences[place][1]:
                continue
            sentence = sentences[neighbour][0]
            days = [t for t in sentence.times if t.date_precision in ("day", "span") and not t.date_edtf.startswith("..")]
            if sentence.span not in busy and len(days) == 1 and not sentence.cue("subordinate"):
                draft.time, draft.time_rule = days[0], "sentence-beside"
                break


def _adopt_occasions(drafts: list[Draft], sentences: list[tuple[Sentence, Reading]]) -> None:
    """What was done "at the meeting", "on this occasion" without a time of its own was done when that was."""
    marked = {sentence.span: [m for m in sentence.marks if m.kind == "at_event"] for sentence, _ in sentences}
    told: dict[object, Draft] = {}  # by type, and of any: the last with a day
    for draft in drafts:
        if draft.time is None and draft.legal is None and not draft.title:
            kinds = {m.key for m in marked[draft.sentence] if m.end <= draft.main.start}
            occasions = [told[kind] for kind in kinds if kind in told and told[kind].sentence != draft.sentence]
            if occasions:
                occasion = max(occasions, key=lambda d: d.main.start)
                draft.time, draft.time_rule = occasion.time, "time-of-occasion"
        elif draft.time and draft.time.date_precision in ("day", "span") and not draft.time.date_edtf.startswith(".."):
            told[draft.main.event_type] = told["any"] = draft


def _adopt_day_of_story(drafts: list[Draft], sentences: list[tuple[Sentence, Reading]]) -> None:
    """News goes on from the day that it has told: what is told in the next sentences without a time was done then."""
    order = {sentence.span: k for k, (sentence, _) in enumerate(sentences)}
    last: Draft | None = None
    for draft in drafts:
        if _tells_day(draft):
            last = draft
        elif last and _goes_on(draft, last) and order[draft.sentence] - order[last.sentence] <= _GOES_ON:
            _take_day(draft, last)
            last = draft


def _adopt_only_day(drafts: list[Draft], sentences: int) -> None:
    """A short story that tells one day or stay alone tells all of it, wherever in it the day stands."""
    told = [draft for draft in drafts if _tells_day(draft)]
    if not told or sentences > _SHORT_STORY:
        return
    times = [draft.time.date_edtf for draft in told if draft.time]
    if all(edtf.overlaps(times[0], time) for time in times[1:]):
        for draft in drafts:
            if _goes_on(draft, told[0]):
                _take_day(draft, told[0])


def _take_day(draft: Draft, last: Draft) -> None:
    """Take over the day, and where nothing says where, the place that is no gate: talks follow an arrival in Hà Nội."""
    draft.time, draft.time_rule = last.time, "day-of-story"
    if draft.sentence != last.sentence and not any(n.kind in _PLACED for n in draft.names):
        draft.names += [n for n in last.names if n.kind in ("province", "place")]


def _tells_day(draft: Draft) -> bool:
    """Whether a draft tells a day, or days, of its own."""
    if draft.time is None or draft.legal or draft.time_rule == "day-of-story":
        return False
    return draft.time.date_precision in ("day", "span") and not draft.time.date_edtf.startswith("..")


def _goes_on(draft: Draft, from_: Draft) -> bool:
    """Whether a draft without a time goes on from one that has it: what was held from what was held, plans from plans."""
    if draft.time or draft.title or draft.refers_to or not draft.told or draft.main.event_type not in _GOING_ON:
        return False
    return draft.status == from_.status or draft.sentence == from_.sentence


def _names_the_story(faint: Draft, story: _Told) -> bool:
    """Whether words too faint to stand alone name an event that the story tells; they then refer to it.

    Of several, the one that shares most names, then the last told before.
    """
    if faint.score <= _REFUSED or faint.legal:
        return False
    same = [d for d in story.near(faint) if _can_be(faint, d)]
    if not same:
        return False
    names = {n.name for n in faint.names}
    same = [d for d in same if d.time or d.score >= _THRESHOLD or names & {n.name for n in d.names}]
    if not same:
        return False
    before = [d for d in same if d.main.start < faint.main.start] or same
    faint.refers_to = max(before, key=lambda d: (len(names & {n.name for n in d.names}), d.score >= 4, d.main.start))
    faint.reasons.append(("names the story's event", 0.0))
    return True


def _of_others(draft: Draft, told: Draft) -> bool:
    """Whether the people named are others: none in common, or, of a meeting, another partner or one where none was named."""
    own, others = ({n.name for n in d.names if n.kind == "person"} for d in (draft, told))
    if draft.main.event_type == "meeting" and own and not others and draft.score >= _THRESHOLDS["meeting"]:
        return True
    if draft.main.event_type == "meeting" and min(len(own), len(others)) > 1:
        return len(own & others) < 2 and bool(own - others) and bool(others - own)
    return bool(own) and bool(others) and not own & others


def _conference_of(drafts: list[Draft]) -> Draft | None:
    """The conference that a story tells first, with its time."""
    told = (d for d in drafts if d.main.event_type == "conference" and d.main.event_subtype not in _PARTS)
    return next((d for d in told if d.time and not d.refers_to), None)


def _is_part(faint: Draft, whole: Draft | None) -> bool:
    """A session or seminar inside the conference that the story tells: a part of it, held when and where it was."""
    if whole is None or faint.time is not None or faint.main.event_subtype not in _PARTS or faint.score <= _REFUSED:
        return False
    faint.whole = whole
    faint.time, faint.time_rule = whole.time, "time-of-the-whole"
    faint.names += [n for n in whole.names if n.kind in ("province", "place", "body") and n not in faint.names]
    faint.reasons.append(("part of the story's conference", 0.0))
    return True


def _can_be(faint: Draft, told: Draft) -> bool:
    """Same type, and neither time, series, number nor gate speaks against it."""
    if all(t.event_type != faint.main.event_type for t in told.triggers):
        return False
    if faint.main.event_subtype in _PARTS and all(t.event_subtype != faint.main.event_subtype for t in told.triggers):
        return False
    subtypes = {faint.main.event_subtype, told.main.event_subtype}
    if "congress" in subtypes and len(subtypes) > 1:  # a congress is never called a conference
        return False
    if not faint.points and _of_others(faint, told):
        return False
    if faint.time and told.time and not edtf.overlaps(faint.time.date_edtf, told.time.date_edtf):
        return False
    if (faint.series and faint.series != told.series) or (faint.ordinal and faint.ordinal != told.ordinal):
        return False
    gates, others = ({n.name for n in d.names if n.kind == "gate"} for d in (faint, told))
    return not gates or not others or bool(gates & others)


def _quoted(name: NameSpan, sentence: Sentence) -> bool:
    return any(m.kind == "cue" and m.key == "quoted" and between(m, name.start, name.end, QUOTED_REACH) for m in sentence.marks)


# ---------------------------------------------------------------- the period a report speaks of


def _fill_period(drafts: list[Draft], readings: list[Reading], document: Document) -> None:
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


def _fill_year(drafts: list[Draft], document: Document) -> None:
    """In an undated page, a day whose year nothing tells is of the year that it names an event by ("the 2023 festival")."""
    named = {d.time.date_edtf for d in drafts if d.time and d.time.date_precision == "year" and d.main.event_type in _NAMED_BY_YEAR}
    if document.published or len(named) != 1:
        return
    year = named.pop()
    for draft in drafts:
        if draft.time and "XXXX" in draft.time.date_edtf and year.isdigit():
            draft.time = replace(draft.time, date_edtf=edtf.with_year(draft.time.date_edtf, year), date_basis="completed")
            draft.time_rule = "year-of-named-event"


def _fill_home(drafts: list[Draft], readings: list[Reading], home: str, document: Document, knowledge: Knowledge) -> None:
    """In a province's own report, what it tells without a place happened there, unless it is an event of the state."""
    if document.published or not home:
        return
    name = next((n for r in readings for n in r.names if n.kind == "province" and n.name == home), None)
    if name is None:
        return
    for draft in drafts:
        organisers = knowledge.tables.series[draft.series].actors if draft.series else ()
        national = any(knowledge.tables.actors[a].level in ("national", "party") for a in organisers)
        placed = any(n.kind in ("province", "gate") or (n.kind == "body" and home in n.name) for n in draft.names)
        if draft.refers_to is None and draft.legal is None and draft.time is not None and not placed and not national:
            draft.names.append(name)


# ---------------------------------------------------------------- writing out


def kinds_told(document: Document, reader: Reader) -> list[tuple[str, str]]:
    """The types and subtypes of the happenings that a text names, the surest first, however little it says of them."""
    readings, _ = reader.read(document)
    told = [
        draft
        for sentence, reading in _sentences(document, readings)
        for draft in drafts_of(sentence, reader.tools(reading.passage.language), reader.knowledge)
    ]
    return [(d.main.event_type, d.main.event_subtype) for d in sorted(told, key=lambda d: (-d.score, d.main.start))]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of somebody's table, read: where it stands in the document, and what it tells."""

    span: tuple[int, int]
    kind: tuple[str, str]
    time: TimeSpan | None
    names: tuple[NameSpan, ...]
    status: str


def mention_of_row(row: Row, document: Document, knowledge: Knowledge) -> Mention:
    """The mention that a row of a table is; what a person wrote down is as sure as what a document tells in full."""
    trigger = Trigger(*row.span, *row.kind)
    draft = Draft(
        [trigger], row.span, row.span, time=row.time, time_rule="table", names=list(row.names), status=row.status, score=_OF_TABLES
    )
    story = _Story(document, knowledge, {id(draft): _mention_id(draft, document)}, {})
    return _mention(draft, True, story)


def _mention_id(draft: Draft, document: Document) -> str:
    """The same words of the same document keep their id from build to build."""
    main = draft.main
    key = f"{document.doc_id}\0{main.start}\0{main.end}\0{main.event_type}\0{main.event_subtype}"
    return "m" + hashlib.sha256(key.encode()).hexdigest()[:12]


def _mention(draft: Draft, alone: bool, story: _Story) -> Mention:
    document, ids, knowledge = story.document, story.ids, story.knowledge
    start, end = _extent(draft, alone)
    main = draft.main
    mention_id = ids[id(draft)]
    sheet = _Sheet(mention_id, document.text)
    for trigger in draft.triggers:
        sheet.add(
            "event_type",
            f"{trigger.event_type}.{trigger.event_subtype}".rstrip("."),
            trigger.start,
            trigger.end,
            "series" if trigger.series else "trigger",
        )
    if draft.status_mark:
        sheet.add("status", draft.status, draft.status_mark.start, draft.status_mark.end, "cue")
    edtf_value, precision, basis = _date(draft)
    if draft.time:
        sheet.add("date_edtf", edtf_value, draft.time.start, draft.time.end, f"{draft.time_rule}:{draft.time.rule}")
    gates = () if draft.refers_to else _gates(draft, sheet, story)
    form = "ceremony" if main.event_type != "ceremony" and any(t.event_type == "ceremony" for t in draft.triggers) else ""
    return Mention(
        mention_id=mention_id,
        doc_id=document.doc_id,
        language=_language_at(document, draft),
        start=start,
        end=end,
        text=document.text[start:end],
        event_type=main.event_type,
        event_subtype=main.event_subtype,
        form=form,
        status=draft.status,  # type: ignore[arg-type]
        date_edtf=edtf_value,
        date_precision=precision,
        date_basis=basis,
        date_text=draft.time.text if draft.time else "",
        provinces=() if draft.refers_to else _provinces(draft, sheet, story),
        border_gates=gates,
        actors=_actors(draft, sheet, knowledge),
        part_of=ids[id(draft.whole)] if draft.whole else (draft.part_of.name if draft.part_of else ""),
        confidence=_confidence(draft.score),
        recurrence=draft.recurrence,
        series=draft.series,
        ordinal=draft.ordinal,
        number=fold_words(draft.legal.text) if draft.legal else "",
        refers_to=ids[id(draft.refers_to)] if draft.refers_to else "",
        title=draft.title,
        evidence=sheet.rows,
    )


def _confidence(score: float) -> float:
    """How often a mention of this weight was an event of its type on judged pages (docs/accuracy.md), between the points measured."""
    if score >= _JUDGED[-1][0]:
        return _JUDGED[-1][1]
    for (low, share), (high, more) in pairwise(_JUDGED):
        if score < high:
            return round(share + (more - share) * max(0.0, score - low) / (high - low), 2)
    raise AssertionError("the weight lies below the last point")


def _extent(draft: Draft, alone: bool) -> tuple[int, int]:
    """The clause that tells it; where a clause tells several, from the first to the last of the words of this one."""
    low, high = draft.segment
    if alone and draft.refers_to is None:
        return low, high
    items: list[Trigger | TimeSpan | NameSpan] = [draft.main] if draft.refers_to else list(draft.triggers)
    if draft.time and low <= draft.time.start < high:
        items.append(draft.time)
    kinds = ("person",) if draft.refers_to else ("gate", "series")
    items += [n for n in draft.names if low <= n.start < high and n.kind in kinds]
    return spans_of(items)


class _Sheet:
    """Collects the evidence of one mention."""

    def __init__(self, mention_id: str, text: str) -> None:
        self.mention_id, self.text = mention_id, text
        self._rows: dict[tuple[str, str, int, int, str], Evidence] = {}

    @property
    def rows(self) -> tuple[Evidence, ...]:
        return tuple(self._rows.values())

    def add(self, field: str, value: str, start: int, end: int, rule: str) -> None:
        key = field, value, start, end, rule
        if key not in self._rows:
            self._rows[key] = Evidence(self.mention_id, field, value, start, end, self.text[start:end], rule)


def _date(draft: Draft) -> tuple[str, Precision, Basis]:
    if draft.time is None:
        return "", "none", "none"
    if draft.time.date_edtf.endswith("/..") and draft.main.event_type in STARTING:
        start = draft.time.date_edtf.removesuffix("/..")
        return start, edtf.parse(start).precision, draft.time.date_basis
    if draft.time_rule == "period-of-report" or draft.time.date_precision == "period":
        return draft.time.date_edtf, draft.time.date_precision, "period"
    return draft.time.date_edtf, draft.time.date_precision, draft.time.date_basis


def _gates(draft: Draft, sheet: _Sheet, story: _Story) -> tuple[str, ...]:
    """The gates named; a clearance route brings along the gate that it is part of, when the document names that too."""
    found: list[str] = []
    for name in draft.names:
        if name.kind != "gate":
            continue
        whole = story.knowledge.gates_of_part.get(name.name, "")
        for pair, rule in ((whole if whole in story.gates else "", "gate-of-route"), (name.name, name.rule)):
            if pair and pair not in found:
                found.append(pair)
                sheet.add("border_gates", pair, name.start, name.end, rule)
    for name in _only_gate(draft, story):
        found.append(name.name)
        sheet.add("border_gates", name.name, name.start, name.end, "only-gate-of-story")
    return tuple(found)


def _only_gate(draft: Draft, story: _Story) -> list[NameSpan]:
    """ "The opening of this gate": of a change of gates that names none, the one gate that the story names."""
    named = any(n.kind == "gate" for n in draft.names)
    return list(story.gates.values()) if draft.main.event_type == "border_gate" and not named and len(story.gates) == 1 else []


def _provinces(draft: Draft, sheet: _Sheet, story: _Story) -> tuple[str, ...]:
    """Units where it happened or that are parties: named, of a named place or gate, or in a body's name."""
    found: list[str] = []

    def add(province: str, name: NameSpan, rule: str) -> None:
        if province and province not in found:
            found.append(province)
        if province:
            sheet.add("provinces", province, name.start, name.end, rule)

    knowledge, tables = story.knowledge, story.knowledge.tables
    for name in [*draft.names, *_only_gate(draft, story)]:
        if name.kind == "province":
            add(name.name, name, "named")
        elif name.kind == "place" and name.name in tables.places:  # a village that no table lists tells no province
            add(tables.places[name.name].province, name, "place-in-province")
        elif name.kind == "gate":
            add(tables.gates[name.name].vn_province, name, "gate-in-province")
            add(tables.gates[name.name].cn_province, name, "gate-in-province")
        elif name.kind == "body":
            add(_province_in(name.name, knowledge), name, "body-of-province")
    order = list(tables.provinces)
    return tuple(sorted(found, key=lambda p: (tables.provinces[p].country != "VN", found.index(p), order.index(p))))


def _province_in(body: str, knowledge: Knowledge) -> str:
    return next((p for p in knowledge.tables.provinces if body.startswith(p + " ")), "")


def _actors(draft: Draft, sheet: _Sheet, knowledge: Knowledge) -> tuple[str, ...]:
    found: list[str] = []
    for name in draft.names:
        if name.kind in ("person", "body") and name.name not in found:
            found.append(name.name)
            sheet.add("actors", name.name, name.start, name.end, name.rule)
    if draft.series:
        trigger = next(t for t in draft.triggers if t.series)
        for actor in knowledge.tables.series[draft.series].actors:
            if actor not in found:
                found.append(actor)
                sheet.add("actors", actor, trigger.start, trigger.end, "organiser-of-series")
    if draft.legal and draft.legal.actor:
        found.append(draft.legal.actor)
        sheet.add("actors", draft.legal.actor, draft.legal.start, draft.legal.end, "issuer-in-number")
    return tuple(found)
