"""A document read: for each passage its scan, its times and names, in offsets of the document's text."""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import NamedTuple

from timeline.dates import Anchor, DateGrammar, Scan, cldr_language, compile_grammar, date_phrases, moved, times_of_text
from timeline.dates.steps import Step
from timeline.events.patience import Patience
from timeline.events.phrases import event_phrases
from timeline.knowledge import Hit, Knowledge, Language, Lexicon, Phrase, collector_paused, lexicon_of
from timeline.model import Document, NameSpan, Passage, TimeSpan
from timeline.names import NameKey, Surnames, find_names, home_of, name_phrases
from timeline.text import UNSPACED, Folded, fold, script_of, sentences

_CAPITAL = "Hà Nội"  # where the ministries are: "the ministry in Hanoi" is the ministry
_MINISTRY = "Ministry of Foreign Affairs of Vietnam"
_WORDS_OF_EVENTS = frozenset(
    ("train", "document", "gate", "delegation", "person", "party_secretary", "embassy", "consulate", "consul", "bordering", "first")
)  # the others served the names
_MARKED = frozenset(("trigger", "cue", "at_event", "future"))
_TELLING = frozenset(("trigger", "at_event"))
_BORDER_REACH, _BORDER_LIST = 24, 6  # characters between "bordering" and a province, and between two of them
_CLAUSE_SIGN = re.compile(r"[.,;:。，；：\n]")
_KEYS = {"NameKey": NameKey, "Step": Step}  # the classes of which keys of phrases are
_OTHER_BORDERS = frozenset(("Laos", "Cambodia"))
_UNREAD = frozenset(("furniture", "source"))


@dataclass(slots=True)
class Mark:
    """A phrase that was found, in offsets of the document."""

    start: int
    end: int
    kind: str
    key: Hashable
    literal: int = 0  # characters that the phrase itself says, without what a `…` stands for
    follows: bool = False  # a cue that stands behind what it speaks of, as in languages with postpositions


class Reading(NamedTuple):
    """One passage with all that stands in it."""

    passage: Passage
    marks: tuple[Mark, ...]
    times: tuple[TimeSpan, ...]
    names: tuple[NameSpan, ...]
    sentences: tuple[tuple[int, int], ...]


@dataclass(frozen=True)
class Tools:
    """What reading one language takes, compiled once."""

    language: Language
    grammar: DateGrammar
    lexicon: Lexicon
    ordinals: tuple[tuple[str, re.Pattern[str]], ...]
    ordinal_dot: bool


@dataclass(frozen=True)
class DateTools:
    """What finding the dates of one language takes, for those who want no events."""

    grammar: DateGrammar
    lexicon: Lexicon


_Scan = tuple[Passage, str, Folded, list[Hit], Tools]


@dataclass
class Reader:
    """Reads documents with one `Knowledge`; compiles each language when a text first needs it."""

    knowledge: Knowledge
    _tools: dict[str, Tools] = field(default_factory=dict, repr=False)
    _date_tools: dict[str, DateTools] = field(default_factory=dict, repr=False)

    def date_tools(self, code: str) -> DateTools | None:
        """The dates of language `code`: of its file, else what CLDR knows of it; None for a code that neither has."""
        if code not in self._date_tools:
            language = self.knowledge.languages.get(code) or cldr_language(code)
            if language is None:
                return None
            with collector_paused():
                grammar = self._tools[code].grammar if code in self._tools else compile_grammar(language)
                phrases = partial(date_phrases, language, grammar)
                lexicon = lexicon_of(f"dates-{language.code}", phrases, language, self.knowledge, _KEYS, grammar.exact_words)
            self._date_tools[code] = DateTools(grammar, lexicon)
        return self._date_tools[code]

    def tools(self, code: str) -> Tools:
        """The compiled language `code`."""
        if code not in self._tools:
            language = self.knowledge.languages[code]
            with collector_paused():
                grammar = self._date_tools[code].grammar if code in self._date_tools else compile_grammar(language)
                phrases = partial(_phrases, self.knowledge, language, grammar)
                lexicon = lexicon_of(f"phrases-{code}", phrases, language, self.knowledge, _KEYS, grammar.exact_words)
            self._tools[code] = Tools(language, grammar, lexicon, _ordinal_patterns(language), "{n}." in language.cues.get("ordinal", ()))
        return self._tools[code]

    def forget(self) -> None:
        """Let go of the compiled languages, which take most of a process's memory; one that is read again is compiled again."""
        self._tools.clear()
        self._date_tools.clear()

    def read(self, document: Document, patience: Patience | None = None) -> tuple[list[Reading], str]:
        """Every passage of the story, read; and the province that the document speaks of, if it clearly is one.

        Raises an `InputError` where that takes longer than there is `patience`.
        """
        scans: list[_Scan] = []
        patience = patience or Patience(document)
        whole = fold(document.text)
        for passage in document.passages:
            if passage.kind in _UNREAD:
                continue
            patience.check()
            tools = self.tools(passage.language)
            text = document.text[passage.start : passage.end]
            folded = whole.cut(passage.start, passage.end)
            scans.append((passage, text, folded, tools.lexicon.scan(folded, text), tools))
        home = home_of(
            (hits for passage, _, _, hits, _ in scans if passage.kind != "dateline"),
            self.knowledge,
            self.knowledge.languages.get(document.language),
        )
        pieces = [partial(Scan, folded, text, hits, tools.grammar) for _, text, folded, hits, tools in scans]
        timed = times_of_text(document.text, pieces, Anchor.of(document.published))
        readings: list[Reading] = []
        gates: frozenset[str] = frozenset()
        sought = {_MINISTRY} if document.published else {_MINISTRY, home.province}
        for (passage, text, folded, hits, tools), times in zip(scans, timed, strict=True):
            patience.check()
            if passage.kind == "dateline":  # it tells no event; "on Monday" of the story leans on its day
                continue
            telling = "/" in text or _tell(hits)
            names: list[NameSpan] = []
            found: list[str] = []
            if telling or _name_sought(hits, sought):
                names = find_names(folded, text, hits, self.knowledge, tools.language, home, gates, telling, passage.start)
                if found := [name.name for name in names if name.kind == "gate"]:
                    gates = gates.union(found)
            reading = _shifted(passage, folded, hits if telling or names else [], times, names, text, tools)
            readings.append(_without_namesakes(reading, self.knowledge) if found else reading)
        readings = _with_local_ministry(readings, document.text, home.province)
        return _with_surnames(readings, document.text), home.province


def _phrases(knowledge: Knowledge, language: Language, grammar: DateGrammar) -> list[Phrase]:
    """All that one scan is to find."""
    return [*date_phrases(language, grammar), *event_phrases(language), *name_phrases(knowledge, language)]


def _tell(hits: Iterable[Hit]) -> bool:
    """Whether a passage with these phrases may tell of an event; in one without any, only times and gates are of use."""
    for _, _, phrase in hits:
        kind = phrase.kind
        if kind == "name":
            if isinstance(phrase.key, NameKey) and phrase.key.kind == "series":
                return True
        elif kind in _TELLING or (kind == "cue" and phrase.key == "met"):
            return True
    return False


def _name_sought(hits: Iterable[Hit], sought: set[str]) -> bool:
    """Whether they hold a name that counts for the whole document, whatever its passage tells: a gate, the home province, the
    ministry.
    """
    for _, _, phrase in hits:
        key = phrase.key
        if phrase.kind == "name" and isinstance(key, NameKey) and (key.kind == "gate" or key.name in sought):
            return True
    return False


def _with_surnames(readings: list[Reading], text: str) -> list[Reading]:
    """With the surnames that stand alone for people whom the text has named before."""
    surnames = Surnames()
    completed: list[Reading] = []
    for reading in readings:
        names, passage = reading.names, reading.passage
        if names:
            surnames.add(names)
        if reading.marks and surnames.bearers:
            alone = list(surnames.found(text, passage.start, passage.end, names, reading.times))
            if alone:
                reading = reading._replace(names=tuple(sorted([*names, *alone], key=lambda n: (n.start, -n.end))))
        completed.append(reading)
    return completed


def _without_namesakes(reading: Reading, knowledge: Knowledge) -> Reading:
    """Without gates of other borders that are called alike: "the border with Laos at the Thanh Thủy border gate in Nghệ An"."""
    others: set[int] = set()
    for low, high in reading.sentences:
        named = [n for n in reading.names if low <= n.start < high]
        countries = {n.name for n in named if n.kind == "country"}
        if not countries & _OTHER_BORDERS or "China" in countries:
            continue
        provinces = {n.name for n in named if n.kind == "province"}
        for name in named:
            if name.kind == "gate" and name.rule == "gate-side" and provinces:
                gate = knowledge.tables.gates[name.name]
                if provinces.isdisjoint((gate.vn_province, gate.cn_province, knowledge.province_now(gate.vn_province))):
                    others.add(id(name))
    return reading._replace(names=tuple(n for n in reading.names if id(n) not in others)) if others else reading


def _with_local_ministry(readings: list[Reading], text: str, home: str) -> list[Reading]:
    """Machine translation turns a province's Department of Foreign Affairs into a ministry.

    A "ministry" that is said to be the home province's is that department, throughout the document.
    """
    if home == _CAPITAL or not any(_has_local_ministry(reading.names, text, home) for reading in readings):
        return readings
    department = f"{home} Department of Foreign Affairs"
    return [
        r._replace(names=tuple(replace(n, name=department, rule="local-ministry") if n.name == _MINISTRY else n for n in r.names))
        for r in readings
    ]


def _has_local_ministry(names: Sequence[NameSpan], text: str, home: str) -> bool:
    for k in range(len(names) - 1):
        if names[k].name == _MINISTRY:
            province = names[k + 1]
            if province.kind == "province" and province.name == home and _of_province(text, names[k], province):
                return True
    return False


def _of_province(text: str, ministry: NameSpan, province: NameSpan) -> bool:
    gap = text[ministry.end : province.start]
    return 0 < len(gap) <= 16 and not re.search(r"[.,;:()\n]", gap) and len(gap.split()) <= 2


def _ordinal_patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """`{n}.`, `lần thứ {n}` as patterns over folded text, the number as group `n`; each behind what stands in all that it finds."""
    patterns = []
    for form in language.cues.get("ordinal", ()):
        before, _, after = fold(form).text.partition("{n}")
        number = r"(?P<n>\d{1,3}|[ivx]{1,6})"
        border = "" if before and script_of(before[0]) in UNSPACED else r"(?<![\w.])"
        pattern = re.compile(rf"{border}{re.escape(before)}{number}{re.escape(after)}" if "{n}" in form else r"(?!)")
        patterns.append((max(before, after, key=len), pattern))
    return tuple(patterns)


def _without_season(time: TimeSpan, series: list[NameSpan]) -> TimeSpan:
    """`the 2025 Spring Meeting` is a meeting of 2025: the season belongs to its name."""
    if time.date_precision != "season" or not any(n.start < time.end and time.start < n.end for n in series):
        return time
    return replace(time, date_edtf=time.date_edtf[:4], date_precision="year", rule=f"{time.rule}-of-name")


def _shifted(
    passage: Passage, folded: Folded, hits: list[Hit], times: list[TimeSpan], names: list[NameSpan], text: str, tools: Tools
) -> Reading:
    base = passage.start
    marks = _marks(base, folded, hits, tools.language.postpositions)
    if bordering := [m for m in marks if m.key == "bordering"]:
        names = _without_neighbours(names, bordering, base, text)
    times = moved(times, base)
    if times and (series := [n for n in names if n.kind == "series"]):
        times = [_without_season(t, series) for t in times]
    spans: list[tuple[int, int]] = []
    if marks or names:
        spans = sentences(text, 0, len(text), tools.language.abbreviations, tools.ordinal_dot)
    if base:
        spans = [(base + a, base + b) for a, b in spans]
    return Reading(passage, tuple(marks), tuple(times), tuple(names), tuple(spans))


def _without_neighbours(names: list[NameSpan], bordering: Iterable[Mark], base: int, text: str) -> list[NameSpan]:
    """Without the provinces that only say where another lies: "Lào Cai, which borders China's Yunnan province"."""
    places = [n for n in names if n.kind in ("province", "place")]
    beside: set[int] = set()
    for mark in bordering:
        inside = {id(n) for n in places if mark.start <= n.start < mark.end}
        beside |= inside
        edge, reach = (mark.start if mark.follows else mark.end), _BORDER_REACH
        for name in (places[::-1] if mark.follows else places) if not inside else ():
            low, high = (name.end, edge) if mark.follows else (edge, name.start)
            if 0 <= high - low <= reach and not _CLAUSE_SIGN.search(text, low - base, high - base):
                beside.add(id(name))
                edge, reach = (name.start if mark.follows else name.end), _BORDER_LIST
    return [n for n in names if id(n) not in beside]


def _marks(base: int, folded: Folded, hits: Iterable[Hit], postpositions: bool) -> list[Mark]:
    """Of the phrases found in a passage that begins at `base`, those that serve to tell events."""
    source, source_end = (None, None) if folded.offsets is None else (folded.source, folded.source_end)
    marks = []
    for start, end, phrase in hits:
        kind, key = phrase.kind, phrase.key
        if kind in _MARKED or (kind == "word" and key in _WORDS_OF_EVENTS):
            literal = len(phrase.text) if "…" in phrase.text else end - start
            if source and source_end:
                start, end = source(start), source_end(end)
            marks.append(Mark(base + start, base + end, kind, key, literal, postpositions))
    return marks
