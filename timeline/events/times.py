"""The time of a happening: the clause's own, and not another's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from timeline import edtf
from timeline.events.grouping import changes_in_order, distance, lead_of, times_by_clause, times_lead, times_of_changes
from timeline.events.legal import LegalNumber
from timeline.events.reading import Mark
from timeline.events.sentence import CLAUSE_BREAK, Sentence, Trigger, begin_of_clause, is_list
from timeline.events.triggers import applies
from timeline.knowledge import Knowledge
from timeline.model import DAYS_LONG, STARTING, TimeSpan
from timeline.text import is_unspaced

_LASTING = frozenset(("border_gate", "policy", "infrastructure", "exchange"))  # may be told by when they began
_OF_DAYS = frozenset(("agreement", "policy", "meeting", "visit", "ceremony"))  # what takes days, not years
_MOST_YEARS = 12  # of a time that dates a happening; the plans and terms that reports speak of are shorter
_SPEAKING = 12  # characters between "announced" and the day on which it was
_LONGEST = 3000  # characters of what a reader takes in as one sentence
_TOUCHING = 2  # characters between a happening and a time that is its own
_OF_CLAUSE = 20  # characters before a time that opens its clause ("In the five years of ")
_OPENING, _SPEAKER = 8, 90  # characters before a day that opens a sentence; from it to "said", with who said it
FUTURE_REACH = 3  # characters between a happening and the "will" right beside it
_LEADING = 24  # characters from the words of a happening to a time that is sooner its own
_LONGEST_STAY = {"visit": 14, "exchange": 31}  # days
_GRAINS = {"day": 0, "span": 1, "month": 2, "season": 2, "year": 3, "period": 4, "none": 5}
_GRAINS_OF_DAYS = _GRAINS | {"day": 1, "span": 0}
_GRAINS_OF_CONFERENCE = _GRAINS | {"span": 0}  # the day beside its days may be another's: the nearer
_PART_OF_NUMBER = re.compile(r"/\w")
_COARSE = frozenset(("year", "season", "month"))
_TWO = 2
_KEPT = 1 << 14  # EDTF strings of which is kept what they tell
_LASTS = 60  # characters from the day on which something opened to that until which it lasts
_WHOLES = frozenset(("exchange", "conference"))  # of many days and parts; a visit is told by the day on which something was done
_ADJACENT = 7  # characters between a trigger and the time that is its alone ("talks on 30 March", "visit (18–20 August)")


def time_of(group: list[Trigger], part: Sentence, sentence: Sentence, numbered: bool = False) -> tuple[TimeSpan | None, str]:
    """The time that belongs to the triggers: the finest and nearest of the segment, else of the sentence; of several that a segment
    tells, that by which they were told apart; and where none is told, the deadline of what is to come. With it goes where it stands.

    `numbered`: the segment names a document by its number, whose time a day that stands before it is.
    """
    main = group[0]
    if main.legal is not None:
        return _legal_time(main.legal, part)
    if main.framed and main.event_type in _WHOLES and any(t.start > main.end + _ADJACENT for t in part.happenings):
        return _time_of_frame(main, part)
    if len(part.times) > 1 and (own := _of_its_change(main, part) or _of_its_clause(main, part)):
        return own, "clause"
    around = _around(main, sentence)
    if times := _candidates(group, part, part is around, numbered):
        days = [t for t in times if tells_days(t)] if len(times) > 1 else []
        led = lead_of(main, days) if times_lead(days, part) else None
        return led or _until(_best(times, group, part, part), main, part), "clause"
    if part is not around and (times := _candidates(group, around, True, numbered)):
        return _until(_best(times, group, around, part), main, around), "sentence"
    deadline = _deadline(main, part) if part.times else None
    return (deadline, "deadline") if deadline else (None, "")


def _time_of_frame(main: Trigger, part: Sentence) -> tuple[TimeSpan | None, str]:
    """What dates the whole that something is a part of: a time in its own phrase, or the day before it. "Within the framework of the
    exchange, on 11 November, they met" tells when they met.
    """
    end = CLAUSE_BREAK.search(part.text, main.end, part.span[1])
    behind = [t for t in part.times if main.start <= t.start < (end.start() if end else part.span[1])]
    own = behind[0] if behind and not any(main.end <= t.start < behind[0].start for t in part.triggers) else None
    own = own or next((t for t in reversed(part.free_times) if t.end <= main.start and tells_days(t)), None)
    return (own, "clause") if own else (None, "")


def _candidates(group: list[Trigger], scope: Sentence, is_whole: bool, numbered: bool) -> list[TimeSpan]:
    """The times of a segment, or of the whole sentence, that may be those of a happening."""
    if not scope.times:
        return []
    times = scope.free_times
    if is_whole and scope.triggers and is_list(scope):
        # A time inside another list item belongs there; one before all that happens ("In 2020–2025, …: …; …") to all.
        first = scope.triggers[0].start
        times = [t for t in times if t.start <= first]
    times = [t for t in times if _may_date(t, group, scope, numbered)]
    if times and scope.marked["said"]:
        times = _without_speaking(times, scope)
    if times and (scope.marked["future"] or scope.marked["scheduled"]):
        times = _of_what_will_be(times, group[0], scope)
    return times


def _may_date(time: TimeSpan, group: list[Trigger], scope: Sentence, numbered: bool) -> bool:
    """Whether nothing in a time itself, nor beside it, says that it is none of a happening's."""
    main = group[0]
    kind = main.event_type
    if _in_legal(time, scope) or _is_anniversary(time.date_edtf):
        return False
    if kind not in _LASTING and time.date_edtf.endswith("..") and not _opens_day(time.date_edtf) and not _opens_accord(time, kind):
        return False  # "has had ties since 1996": what has lasted since is no meeting
    if kind in _OF_DAYS and time.date_precision == "period" and time.end > main.start:
        return False  # "signed a plan for 2023–2027", "talked about the plan for 2021–2025": the plan's time
    if kind in _OF_DAYS and time.date_precision == "period" and not _opens_clause(time, scope):
        return False  # "the heads of missions of the term 2024–2027 worked with the province": theirs
    if (kind in _OF_DAYS or kind == "border_gate") and _is_of_aim(time, main, scope):
        return False
    issued = _issues(time, scope) == (kind == "policy") or (not numbered and _opens(time, scope))
    return issued and not _belongs_to_another(time, group, scope)


def _opens_clause(time: TimeSpan, scope: Sentence) -> bool:
    """Whether no more than a few words stand before a time in its clause: "In the period 2020–2025, …"."""
    return time.start - begin_of_clause(time.start, scope) <= _OF_CLAUSE


def _best(times: list[TimeSpan], group: list[Trigger], scope: Sentence, part: Sentence) -> TimeSpan:
    """Of several times the one by which the happening was told apart, or a finer one within; else the finest and nearest."""
    if len(times) == 1:
        return times[0]
    main = group[0]
    own = main.time if main.time in times else _right_beside(times, main, scope) or _of_own_clause(times, main, scope)
    if own:
        times = [t for t in times if edtf.overlaps(t.date_edtf, own.date_edtf)]

    def rank(time: TimeSpan) -> tuple[int, bool, int, int]:
        nearest = min(distance(trigger, time, part.text) for trigger in group)
        return _grain(time, main.event_type), _is_led_by_another(time, group, scope), nearest, time.start

    return min(times, key=rank)


def _around(main: Trigger, sentence: Sentence) -> Sentence:
    """The sentence; of one so long that it is a list, what lies around a happening, so that each item costs the same."""
    low, high = sentence.span
    if high - low <= _LONGEST:
        return sentence
    return sentence.within((max(low, main.start - _LONGEST // 2), min(high, main.end + _LONGEST // 2)))


def time_of_country(main: Trigger, part: Sentence, sentence: Sentence, knowledge: Knowledge) -> TimeSpan | None:
    """The day of the country that an item of a list lies in: "was held in China (16 April) and Vietnam (17 April): a school in
    Pingxiang was visited; …".
    """
    sentence = _around(main, sentence)
    days = {
        n.name: t
        for n in sentence.named["country"]
        for t in sentence.times
        if 0 <= t.start - n.end <= _TOUCHING and sentence.text[t.start - 1] in "(（"
    }
    tables = knowledge.tables
    rows = [tables.provinces.get(n.name) or tables.places.get(n.name) for n in part.names if n.kind in ("province", "place")]
    countries = {knowledge.countries.get(row.country, "") for row in rows if row}
    return days.get(countries.pop()) if len(days) > 1 and len(countries) == 1 else None


def _deadline(main: Trigger, part: Sentence) -> TimeSpan | None:
    """By when a change, a work or a law is to come: "the gate is expected to open by the end of 2025"."""
    times = [t for t in part.times if t.date_edtf.startswith("../")]
    if main.event_type not in _LASTING or len(times) != 1:
        return None
    ahead = _ahead(part)
    if all(CLAUSE_BREAK.search(part.text, min(m.end, main.end), max(m.start, main.start)) for m in ahead):
        return None  # "it was upgraded, and is expected to handle … by 2030"
    return times[0] if max(times[0].start - main.end, main.start - times[0].end) <= _LASTS else None


def _right_beside(times: list[TimeSpan], main: Trigger, scope: Sentence) -> TimeSpan | None:
    """The month or year right beside a happening from which all days are parted by something else that was done: "on the 30th they met
    X, thanking him for the twinning signed in September".
    """
    days = [t for t in times if tells_days(t)]
    beside = [t for t in times if t not in days and max(t.start - main.end, main.start - t.end) <= _TOUCHING]
    if not (days and beside):
        return None
    done = [t.start for t in scope.happenings]
    apart = all(any(min(t.end, main.end) <= start < max(t.start, main.start) for start in done) for t in days)
    return beside[0] if apart else None


def _of_own_clause(times: list[TimeSpan], main: Trigger, scope: Sentence) -> TimeSpan | None:
    """The month or year of a happening's own clause where another clause behind it tells a finer time: "in 2014 they signed an accord,
    and in July 2023 trainees came".
    """
    if main.event_type != "agreement":  # a fair of a plan's year opens on a day
        return None
    end = CLAUSE_BREAK.search(scope.text, main.end, scope.span[1])
    finer = [t for t in times if end and t.start > end.start()]
    before = [t for t in times if t.end <= main.start]
    if not finer or not before or len(finer) + len(before) < len(times):
        return None
    last = max(before, key=lambda t: t.end)
    parted = any(last.end <= t.start < main.start for t in scope.happenings)
    return None if parted or any(edtf.overlaps(last.date_edtf, t.date_edtf) for t in finer) else last


def _until(time: TimeSpan, main: Trigger, scope: Sentence) -> TimeSpan:
    """The days of a fair or a stay of which the first is told, and behind it the last: "opened on the 15th and runs until the 20th"."""
    if time.date_precision != "day" or main.event_type not in DAYS_LONG:
        return time
    for last in scope.times if len(scope.times) > 1 else ():
        day = last.date_edtf.removeprefix("../")
        near = 0 < last.start - time.end <= _LASTS and last.date_precision == "span" and day != last.date_edtf
        near = near and not any(m.kind in ("trigger", "word") and time.end <= m.start < last.start for m in scope.marks)
        near = near and not any(time.end <= n.start < last.start and n.kind in ("person", "body") for n in scope.names)
        stay = f"{time.date_edtf}/{day}"
        if (
            near
            and len(day) == len(time.date_edtf)
            and day > time.date_edtf
            and edtf.width(edtf.with_year(stay, "2000")) <= _LONGEST_STAY[main.event_type]
        ):
            words = scope.text[time.start : last.end]
            return replace(time, end=last.end, text=words, date_edtf=stay, date_precision="span")
    return time


def _is_of_aim(time: TimeSpan, main: Trigger, scope: Sentence) -> bool:
    """Whether a year behind a happening is that of what will come of it: "signed minutes which will serve their tasks in 2018"."""
    if time.date_precision not in _COARSE or time.start < main.end:
        return False
    ahead = [m for m in _ahead(scope) if main.end <= m.start < time.start]
    done = min((m.start for m in scope.marked["held"]), default=time.start)
    # not "the meeting will be held in May": what is ahead is the meeting itself
    return any(done < m.start or CLAUSE_BREAK.search(scope.text, main.end, m.start) for m in ahead)


def _of_its_change(main: Trigger, part: Sentence) -> TimeSpan | None:
    """The time of one of two changes that a clause tells in a row."""
    if main.event_type != "border_gate" or len(times := times_of_changes(part)) < _TWO:
        return None
    told = [(t.start, t.event_type, t.event_subtype) for t in part.triggers if applies(t, part, part)]
    return changes_in_order(told, times).get(main.start)


def _of_its_clause(main: Trigger, part: Sentence) -> TimeSpan | None:
    """The time of a happening whose sentence tells each in a clause with a time of its own."""
    told = {main.start, *(m.start for m in part.marked["met"]), *(t.start for t in part.triggers if applies(t, part, part))}
    return times_by_clause(sorted(told), part).get(main.start)


def tells_days(time: TimeSpan) -> bool:
    """Whether a time tells the day, or the days, of something."""
    return time.date_precision in ("day", "span") and _is_of_days(time.date_edtf)


@lru_cache(maxsize=_KEPT)
def _is_of_days(date_edtf: str) -> bool:
    since = date_edtf.endswith("..") and not _opens_day(date_edtf)  # "since 2017"
    return not date_edtf.startswith("..") and not since and not _is_anniversary(date_edtf)


def _opens_day(date_edtf: str) -> bool:
    """Whether an open time begins with a day: "from 5 May" dates a meeting, "since 1996" does not."""
    return date_edtf.count("-") >= 2


def _opens_accord(time: TimeSpan, event_type: str) -> bool:
    """Whether an open time is the month from which an accord holds: "under the agreement signed from February 2022"."""
    return event_type == "agreement" and time.date_edtf.count("-") == 1


@lru_cache(maxsize=_KEPT)
def _is_anniversary(date_edtf: str) -> bool:
    """Whether a time spans so many years that it is what an anniversary counts, or an age of history: "1981–2011"."""
    first, _, last = date_edtf.partition("/")
    years = int(last[:4]) - int(first[:4]) if first[:4].isdigit() and last[:4].isdigit() else 0
    return years >= _MOST_YEARS or (years > 1 and len(first) > len("2015-10") and first[4:] == last[4:])  # "20 October 2015–2025"


def _grain(time: TimeSpan, event_type: str) -> int:
    """How fine a time is; of a visit or an exchange the days that it took are better than one of them."""
    order = _GRAINS_OF_DAYS if event_type in DAYS_LONG else _GRAINS_OF_CONFERENCE if event_type == "conference" else _GRAINS
    opens = time.date_edtf.endswith("..")
    if opens and event_type in STARTING and _opens_day(time.date_edtf):
        return order["day"]  # "from 10 December the gate pilots …"
    return order[time.date_precision] + (3 if opens else 0)


def _without_speaking(times: list[TimeSpan], scope: Sentence) -> list[TimeSpan]:
    """Without the day on which it was announced, where another time is told or what is announced lies ahead."""
    said = scope.marked["said"]

    def is_of_speaking(time: TimeSpan) -> bool:
        return not time.date_edtf.endswith("..") and any(_beside(time, m.start, m.end, scope) for m in said)

    others = [t for t in times if not is_of_speaking(t)]
    foretold = _foretold_behind(said, scope)
    if foretold is not None and len(others) == len(times):
        others = [t for t in times if t.start >= foretold or not _leads_to(t, foretold, scope)]
        return others
    return others if others or scope.marked["scheduled"] else times


def _of_what_will_be(times: list[TimeSpan], main: Trigger, scope: Sentence) -> list[TimeSpan]:
    """ "On 15 February they met and said that the gate will open in May": of what will be, the time behind it."""
    if not any(not m.follows and m.start <= main.start <= m.end + FUTURE_REACH for m in _ahead(scope)):
        return times
    behind = [t for t in times if t.start >= main.end]
    done = [t.start for t in scope.happenings if t.end <= main.start]
    return behind if behind and any(t.end <= start for t in times for start in done) else times


def _foretold_behind(said: Sequence[Mark], scope: Sentence) -> int | None:
    """Where somebody said what will be: "on 15 February Mr Nam said that the two sides will open …"; None where nobody did."""
    ahead = [m.start for m in _ahead(scope)]
    if any(m.follows for m in said) or not ahead:
        return None
    before = [m.start for m in said if m.end <= max(ahead)]
    return min(before, default=None)


def _ahead(scope: Sentence) -> list[Mark]:
    """The words that tell what is to come."""
    return [*scope.marked["future"], *scope.marked["scheduled"]]


def _leads_to(time: TimeSpan, said: int, scope: Sentence) -> bool:
    """Whether a time opens the sentence in which it was said: nothing happens between the two."""
    opens = time.start - scope.span[0] <= _OPENING
    return opens and time.end <= said <= time.end + _SPEAKER and not any(t.start < said for t in scope.happenings)


def _beside(time: TimeSpan, start: int, end: int, scope: Sentence) -> bool:
    if start < time.start and time.end < end:  # "teilte am 10. Mai mit": between its words
        return True
    gap = (end, time.start) if time.start >= end else (time.end, start)
    if gap[1] - gap[0] > _SPEAKING or (time.start < end and start < time.end) or CLAUSE_BREAK.search(scope.text, *gap):
        return False
    return not any(gap[0] <= t.start < gap[1] for t in scope.triggers)


def _belongs_to_another(time: TimeSpan, group: list[Trigger], scope: Sentence) -> bool:
    """Whether a time stands right behind (or in brackets behind) a trigger of another event of the clause."""
    if scope.triggers == group:
        return False
    if time.date_precision in _COARSE and _nearer_behind_another(time, group, scope):
        return True
    if led := _led_by(time, scope):
        kinds = {t.event_type for t in group}
        return time.start >= group[0].end and all(t.event_type not in kinds for t in led)
    behind = [t for t in scope.triggers if 0 <= time.start - t.end <= _ADJACENT and applies(t, scope, scope)]
    return bool(behind) and not any(_overlaps(t, group) or CLAUSE_BREAK.search(scope.text, t.end, time.start) for t in behind)


def _overlaps(trigger: Trigger, group: list[Trigger]) -> bool:
    return any(t.start < trigger.end and trigger.start < t.end for t in group)


def _led_by(time: TimeSpan, scope: Sentence) -> list[Trigger]:
    """The happenings that a time stands right before, in a language where it is theirs: 参观于去年9月竣工的桥."""
    last = scope.text[time.end - 1]
    if not (is_unspaced(last) or "가" <= last <= "힣"):
        return []
    behind = [t for t in scope.triggers if 0 <= t.start - time.end <= _TOUCHING]
    return behind if any(applies(t, scope, scope) for t in behind) else []


def _last_before(time: TimeSpan, scope: Sentence, reach: int) -> Trigger | None:
    """The last happening told before a time, at most `reach` characters away."""
    before = [t for t in scope.triggers if 0 <= time.start - t.end <= reach]
    return max(before, key=lambda t: t.end) if before else None


def _is_led_by_another(time: TimeSpan, group: list[Trigger], scope: Sentence) -> bool:
    """Whether the words of another happening lead up to a time: "according to the meeting of 17 November, from 10 December …"."""
    last = _last_before(time, scope, _LEADING) if scope.triggers != group else None
    if last is None or not applies(last, scope, scope):  # "the fair opened on the 3rd": no gate did
        return False
    return not _overlaps(last, group) and not CLAUSE_BREAK.search(scope.text, last.end, time.start)


def _nearer_behind_another(time: TimeSpan, group: list[Trigger], scope: Sentence) -> bool:
    """Whether a coarse time follows a trigger of another type: "the exchange puts to use what the visit of December told"."""
    last = _last_before(time, scope, len(scope.text))
    if last is None or _overlaps(last, group) or CLAUSE_BREAK.search(scope.text, last.end, time.start):
        return False
    return last.event_type not in {t.event_type for t in group} and applies(last, scope, scope)


def _issues(time: TimeSpan, scope: Sentence) -> bool:
    """Whether a time is that of a document named before it ("Plan 25 issued on 24 January") or around it, not of what follows."""
    policies = [t for t in scope.triggers if t.event_type == "policy"]
    if not policies:
        return False
    if any(t.start < time.start and time.end < t.end for t in policies):
        return True  # "unterzeichnete am 3. März den Beschluss"
    last = max((t.end for t in scope.triggers if t.end <= time.start), default=0)
    return last > 0 and all(t.event_type == "policy" for t in scope.triggers if t.end == last)


def _opens(time: TimeSpan, scope: Sentence) -> bool:
    """Whether a time stands before all that happens: "On 10 February the Prime Minister issued a directive"."""
    return not any(t.end <= time.start for t in scope.triggers)


def _in_legal(time: TimeSpan, scope: Sentence) -> bool:
    """Whether a time is part of a document's number: the 2022 of "58/2022/NĐ-CP"."""
    if scope.text.startswith("/", time.end):
        return _PART_OF_NUMBER.match(scope.text, time.end) is not None or scope.text[time.start - 1 : time.start] == "/"
    return scope.text[time.start - 1 : time.start] == "/"


def _legal_time(legal: LegalNumber, part: Sentence) -> tuple[TimeSpan | None, str]:
    for time in part.times:
        of_year = not legal.year or time.date_edtf[:4] in (legal.year, "XXXX")
        if 0 <= time.start - legal.end <= 25 and time.date_precision == "day" and of_year:
            return time, "date-of-document"
    days = [t for t in part.times if t.date_precision == "day" and t.date_edtf[:4] == legal.year]
    if len(days) == 1 and part.text[slice(*part.span)].count(f"/{legal.year}/") == 1:
        return days[0], "clause"  # "On 31 August 2022 the Government issued Decree 58/2022/NĐ-CP"
    if not legal.year and len(clear := [t for t in part.times if t.date_precision == "day"]) == 1:
        return clear[0], "clause"  # "On 3 March the Prime Minister issued Decision 1199/QĐ-TTg"
    if legal.year:
        start = legal.start + legal.text.index(legal.year)
        return TimeSpan(start, start + 4, legal.year, legal.year, "year", "stated", "year-in-number"), "year-in-number"
    return None, ""
