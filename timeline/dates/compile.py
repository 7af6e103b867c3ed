"""The templates of a language → compiled patterns, and the words that stand around a time."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from timeline.dates.calendars import Calendar
from timeline.dates.numerals import NO_LETTER, Numerals
from timeline.dates.templates import (
    SLOT,
    Alternative,
    alternatives,
    bare_alternatives,
    cldr_words,
    never_phrases,
    numeric_alternatives,
    span_phrases,
)
from timeline.knowledge import Language, Phrase
from timeline.knowledge.date_words import expand
from timeline.text import UNSPACED, fold, fold_words, is_unspaced, script_of, surface

_BLANK = r"[ \n]{0,2}"
NEAR = 80  # characters: longer than any template with six days in it
LONGEST_PREFIX = 40  # characters of the words before a time
_STEM = 4  # letters that the inflected forms of a word share
_PARTS = ("early", "mid", "late")
# key → which of such days: the nearest past one, one strictly before or after, that of the last or next calendar week
_WEEKDAYS = (
    ("weekday", ""),
    ("weekday_past", "-"),
    ("weekday_next", "+"),
    ("weekday_this", "~"),
    ("weekday_last_week", "<"),
    ("weekday_this_week", "="),
    ("weekday_next_week", ">"),
)
_CALENDARS: tuple[Calendar, ...] = ("persian", "islamic", "lunar")
Month = tuple[Calendar, int]


class Body(NamedTuple):
    """A template from its first slot on: the pattern of that slot, of the rest, and what its value is where slots do not say."""

    text: str
    head: str
    rest: str
    code: str


class Found(NamedTuple):
    """A template that stands in a text: where, what its value is where the slots do not say, and the groups of its slots."""

    match: re.Match[str]
    code: str
    groups: tuple[tuple[str, str], ...]  # slot, name of its group

    def weight(self, begin: int) -> tuple[int, bool, int]:
        """How much it says: the slots filled, whether it names a part of the year, then the characters from `begin`.

        An idiom that is no date outweighs all.
        """
        filled = sum(self.match[name] is not None for _, name in self.groups)
        named = bool(self.code) and not self.code.startswith("order:")
        return (99 if self.code == "never" else filled), named, self.match.end() - begin

    def fields(self) -> dict[str, str]:
        """The slots that are filled, with their words."""
        match = self.match
        return {slot: words for slot, name in self.groups if (words := match[name]) is not None}


class Choice:
    """Templates as a few patterns: those that begin with the same slot share it, so that a list of days is read once,
    whatever may follow it; the fullest first, so that the first to match is the longest. An empty group at the end of each
    tells which it was.
    """

    def __init__(self, bodies: Iterable[Body]) -> None:
        # what has no second slot is apart: "2-9" is a day and month before it is a range of days
        heads: dict[tuple[bool, str], list[tuple[int, Body]]] = {}
        for number, body in enumerate(bodies):
            heads.setdefault((body.text.count("{") < 2 and body.code != "never", body.head), []).append((number, body))
        self._found: dict[str, tuple[str, tuple[tuple[str, str], ...]]] = {}
        self._patterns = [re.compile(self._shared(head, f"h{k}", rests)) for k, ((_, head), rests) in enumerate(heads.items())]

    def _shared(self, head: str, name: str, rests: list[tuple[int, Body]]) -> str:
        choices = []
        for number, body in rests:
            groups = [(slot, f"{slot}_{name}") for slot in _GROUP.findall(head)]
            groups += [(slot, f"{slot}_{number}") for slot in _GROUP.findall(body.rest)]
            self._found[f"k_{number}"] = (body.code, tuple(groups))
            choices.append(_numbered(body.rest, str(number)) + f"(?P<k_{number}>)")
        return f"{_numbered(head, name)}(?:{'|'.join(choices)})"

    def match(self, text: str, position: int) -> Found | None:
        """The template that says most of those that stand at `position`."""
        found = [Found(match, *self._found[str(match.lastgroup)]) for p in self._patterns if (match := p.match(text, position))]
        return max(found, key=lambda one: one.weight(position)) if len(found) > 1 else (found[0] if found else None)


_GROUP = re.compile(r"\(\?P<(\w+)>")


def _numbered(pattern: str, number: str) -> str:
    """The pattern with names of groups of its own."""
    return _GROUP.sub(lambda match: f"(?P<{match.group(1)}_{number}>", pattern)


@dataclass
class Template:
    """Alternatives that want one phrase before their first slot; `surface` is the phrase with its diacritics.

    Compiled when a text first has the phrase: a language has hundreds, of which a text uses a few.
    """

    prefix: str
    surface: str
    bodies: tuple[Body, ...]

    @cached_property
    def choice(self) -> Choice:
        """The compiled alternatives."""
        return Choice(self.bodies)


class Prefixed:
    """Templates by the phrase that they want before them, for phrases that end alike ("roku", of which Czech has hundreds)."""

    def __init__(self) -> None:
        self._by_prefix: dict[str, list[Template]] = {}
        self._lengths: list[int] = []

    def add(self, template: Template) -> None:
        """Take in a template; those with longer phrases are given first."""
        self._by_prefix.setdefault(template.prefix, []).append(template)
        self._lengths = sorted({len(prefix) for prefix in self._by_prefix}, reverse=True)

    def before(self, text: str) -> Iterator[Template]:
        """The templates whose phrase `text` ends with."""
        for length in self._lengths:
            yield from self._by_prefix.get(text[-length:], ())


class Alternatives:
    """Templates that may begin anywhere, the fullest first; tried are only those whose words stand near.

    A language with inflected quarters has hundreds of templates, of which a bare figure can be none: those that want
    a month's name or the word for a quarter are left out where neither follows: four choices of templates at most are compiled.
    """

    def __init__(self, bodies: Sequence[Body]) -> None:
        """`bodies`: in the order in which they are tried."""
        self._bodies = bodies
        self._quarters = _shortest({stem(body.text) for body in bodies if "{q}" in body.text})
        self._compiled: dict[tuple[bool, bool], Choice] = {}

    def match(self, text: str, position: int, month_near: bool) -> Found | None:
        """The template that says most at `position`; `month_near` says whether a month's name follows within `NEAR`."""
        quarter_near = any(text.find(word, position, position + NEAR) >= 0 for word in self._quarters)
        near = month_near, quarter_near
        if near not in self._compiled:
            self._compiled[near] = self._compile(*near)
        return self._compiled[near].match(text, position)

    def _compile(self, month_near: bool, quarter_near: bool) -> Choice:
        return Choice(b for b in self._bodies if (month_near or "{M}" not in b.text) and (quarter_near or "{q}" not in b.text))


def stem(body: str) -> str:
    """The beginning of a template's longest word: it must follow for the template to fit."""
    words = re.findall(r"[^\W\d_]+", SLOT.sub(" ", body))
    return max(words, key=len, default="")[:_STEM]


def _shortest(stems: set[str]) -> list[str]:
    """Stems of which none begins another: what finds them all."""
    return sorted(word for word in stems if not any(word != other and word.startswith(other) for other in stems))


class Openers:
    """Words that stand right before a time, or begin it, looked up by their last and first word.

    Where words are glued, the last and first character serve instead.
    """

    def __init__(self, words: Iterable[str], by_word: bool) -> None:
        self._by_last: dict[str, list[tuple[str, str]]] = defaultdict(list)
        self._by_first: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for folded, written in sorted({(fold(word).text.strip(), surface(word)) for word in words}, key=lambda pair: (-len(pair[0]), pair)):
            self._by_last[prefix_key(folded, by_word)].append((folded, written))
            self._by_first[first_key(folded, 0)].append((folded, written))

    def ending(self, key: str) -> Sequence[tuple[str, str]]:
        """Those that a text with this `prefix_key` may end with, folded and written, the longest first."""
        return self._by_last.get(key, ())

    def beginning(self, key: str) -> Sequence[tuple[str, str]]:
        """Those that a text with this `first_key` may begin with."""
        return self._by_first.get(key, ())


@dataclass(frozen=True)
class DateGrammar:
    """All that finding dates in one language needs."""

    months: dict[str, Month]
    numerals: Numerals
    order: str
    persian: bool  # years of the Persian calendar occur
    free: Alternatives  # what may begin anywhere with a figure
    free_words: Alternatives  # and with a word: a month, an era
    prefixed: dict[str, Prefixed]  # by the prefix's last word; its last character where words are glued
    continued: Template | None  # days after "28/7 –", where no word before them is needed
    bare: Template | None  # day and month in figures, which need brackets or a weekday
    exact: bool  # diacritics count (Vietnamese)
    capital_months: bool  # month names carry a capital letter
    small_months: bool  # or never do
    doubtful_months: frozenset[str]  # words that name a month only behind a day
    written_months: frozenset[str]  # month names as they are written, for a language whose diacritics count
    range_words: frozenset[str]
    list_words: frozenset[str]
    since: Openers
    starts: Openers
    until: Openers
    since_after: tuple[str, ...]
    until_after: tuple[str, ...]
    about_after: tuple[str, ...]
    about: Openers
    past: Openers
    past_after: tuple[str, ...]
    coming: Openers
    coming_after: tuple[str, ...]
    this: Openers
    this_after: tuple[str, ...]
    last_year: Openers
    last_year_after: tuple[str, ...]
    between: Openers
    between_after: tuple[str, ...]
    spaced: bool
    by_word: bool
    short_months: bool  # some month is one letter, for which the scan does not look
    roman_words: tuple[str, ...]  # a Roman number counts only beside one of these ("quarter")
    phrases: tuple[Phrase, ...] = field(default=(), repr=False)
    day_split: re.Pattern[str] = field(default=re.compile(r"-"), repr=False)
    glued_prefixes: frozenset[str] = frozenset()


def compile_grammar(language: Language) -> DateGrammar:
    """Compile the date words and templates of `language`."""
    words = language.dates
    months = _months(language)
    numerals = _numerals(language)
    spaced = language.script not in UNSPACED
    by_word = spaced and not language.prefixes
    builder = _Builder(language, months, numerals, by_word)
    return DateGrammar(
        months=months,
        numerals=numerals,
        order=words.get("order", "dmy"),
        persian=bool(words.get("persian_months")),
        free=builder.free(words=False),
        free_words=builder.free(words=True),
        prefixed=builder.prefixed(),
        continued=builder.continued(),
        bare=builder.bare(bare_alternatives(language)),
        exact=language.code == "vi",
        capital_months=_all_months(language, str.isupper) and not words.get("any_case_months", False),
        small_months=_all_months(language, str.islower),
        doubtful_months=frozenset(fold(name).text.strip(" .") for name in words.get("day_months", ())),
        written_months=frozenset(surface(name) for name in _written_months(language)),
        range_words=frozenset(builder.range_words),
        list_words=frozenset(builder.list_words),
        since=Openers(words.get("since", ()), by_word),
        starts=Openers(words.get("from", ()), by_word),
        until=Openers(words.get("until", ()), by_word),
        since_after=_after(f"{{t}} {word}" for word in words.get("since_after", ())),
        until_after=_after(f"{{t}} {word}" for word in words.get("until_after", ())),
        about_after=_after(f"{{t}} {word}" for word in words.get("about_after", ())),
        about=Openers(words.get("about", ()), by_word),
        past=Openers(_before(words.get("past", ())), by_word),
        past_after=_after(words.get("past", ())),
        coming=Openers(_before(words.get("next", ())), by_word),
        coming_after=_after(words.get("next", ())),
        this=Openers(_before(words.get("this", ())), by_word),
        this_after=_after(words.get("this", ())),
        last_year=Openers(_before(words.get("last_year", ())), by_word),
        last_year_after=_after(words.get("last_year", ())),
        between=Openers(words.get("between", ()), by_word),
        between_after=_after(f"{{t}} {word}" for word in words.get("between_after", ())),
        spaced=spaced,
        by_word=by_word,
        short_months=any(len(month) == 1 for month in months),
        roman_words=_roman_words(builder.alternatives),
        phrases=tuple(_phrases(language, months, numerals)),
        day_split=builder.day_split,
        glued_prefixes=frozenset(fold_words(prefix) for prefix in language.prefixes),
    )


def _roman_words(alternatives: Iterable[Alternative]) -> tuple[str, ...]:
    """What words for a quarter begin with; one letter ("T1") says too little to look for."""
    stems = {stem(fold(text).text) for text, _ in alternatives if "{q}" in text}
    return tuple(_shortest({word for word in stems if len(word) > 2 or (word and is_unspaced(word[0]))}))


def prefix_key(before: str, by_word: bool) -> str:
    """By what the phrase before an expression is looked up."""
    return before[before.rfind(" ") + 1 :].rpartition("\n")[2].lstrip("([\"'") if by_word else before[-1:]


def first_key(text: str, start: int) -> str:
    """The word that begins at `start`."""
    end = text.find(" ", start, start + LONGEST_PREFIX)
    return text[start : end if end >= 0 else start + LONGEST_PREFIX]


def _all_months(language: Language, test: Callable[[str], bool]) -> bool:
    """Whether CLDR writes every month's first letter so; of no use in scripts without capitals."""
    names = [name for _, name in cldr_words(language.code, "months")]
    return language.script == "Latin" and bool(names) and all(test(name[:1]) for name in names)


def _before(templates: Iterable[str]) -> list[str]:
    """What stands before `{t}` in `last {t}`."""
    return [head.strip() for text in templates for full in expand(text) if (head := full.partition("{t}")[0]).strip()]


def _after(templates: Iterable[str]) -> tuple[str, ...]:
    """What stands behind `{t}` in `{t} pasado`, the longest first."""
    tails = {fold(tail.strip()).text for text in templates for full in expand(text) if (tail := full.partition("{t}")[2]).strip()}
    return tuple(sorted(tails, key=lambda tail: (-len(tail), tail)))


def _months(language: Language) -> dict[str, Month]:
    """Folded month word → calendar and number: CLDR's, the file's, and those of the calendars that the file names."""
    found: dict[str, Month] = {word: ("", number) for word, number in calendar_words(language, "months").items()}
    for calendar in _CALENDARS:
        for number, names in language.dates.get(f"{calendar}_months", {}).items():
            for name in names:
                found.setdefault(fold(name).text.strip(), (calendar, int(number)))
    return found


def calendar_words(language: Language, what: str) -> dict[str, int]:
    """Folded month or weekday word → number, from CLDR and the language file."""
    found: dict[str, int] = {}
    common = {fold(word).text for word in language.stopwords}
    if what == "months" and language.script != "Latin":  # pages in other scripts carry English stamps
        found.update({fold(name).text.strip(" ."): number for number, name in cldr_words("en", "months")})
    for number, name in cldr_words(language.code, what):
        key = fold(name).text.strip(" .")
        usable = len(key) > 2 or (key and script_of(key[0]) in UNSPACED)
        # an abbreviation that is a common word ("pro", "się") would be a month on every line
        if usable and key not in common and not any(char.isdigit() for char in key):
            found.setdefault(key, number)
    for number, names in language.dates.get(what, {}).items():
        for name in names:
            found[fold(name).text.strip()] = int(number)
    unwanted = {fold(name).text.strip(" .") for name in language.dates.get("no_months", ())} if what == "months" else set()
    return {key: value for key, value in found.items() if not key.isdigit() and key not in unwanted}


def _written_months(language: Language) -> Iterator[str]:
    yield from (name for _, name in cldr_words(language.code, "months"))
    for key in ("months", *(f"{calendar}_months" for calendar in _CALENDARS)):
        yield from (name for names in language.dates.get(key, {}).values() for name in names)


def _numerals(language: Language) -> Numerals:
    words = language.dates
    return Numerals(
        eras={fold(era).text: int(offset) for era, offset in words.get("eras", {}).items()},
        day_words={fold(word).text: int(number) for number, names in words.get("day_words", {}).items() for word in names},
        han=language.script in ("Han", "Kana"),
        eastern_years=bool(words.get("persian_months") or words.get("islamic_months")),
        buddhist=words.get("short_years", "") == "buddhist",
    )


def _phrases(language: Language, months: dict[str, Month], numerals: Numerals) -> list[Phrase]:
    """What the shared scan must find for the dates: month names, weekdays, relative expressions, parts of a period."""
    exact = language.code == "vi"
    words = language.dates
    phrases = [Phrase(month, "month", number, by_figures=True) for month, number in months.items() if len(month) > 1]
    phrases += [Phrase(word, "number", number) for word, number in numerals.day_words.items()]
    phrases += [Phrase(era, "number", offset) for era, offset in numerals.eras.items()]
    for code, spellings in words.get("relative", {}).items():
        phrases += [Phrase(word, "relative", code, exact=exact) for word in spellings]
    phrases += [Phrase(text, "relative", f"part:{code}", exact=exact) for text, code in span_phrases(language)]
    phrases += [Phrase(text, "relative", "never", exact=exact) for text in never_phrases(language)]
    phrases += _weekday_phrases(language, exact)
    for part in _PARTS:
        phrases += [Phrase(word, "part", part, exact=exact) for word in words.get(part, ())]
        phrases += [Phrase(word, "part_after", part, exact=exact) for word in words.get(f"{part}_after", ())]
    phrases += [Phrase(word, "relative", "now", exact=exact) for word in words.get("now", ())]
    phrases += [Phrase(word, "future", "", exact=exact) for word in words.get("future", ())]
    return phrases


def _weekday_phrases(language: Language, exact: bool) -> list[Phrase]:
    """A weekday beside a date says nothing new; with the words of `weekday` and its like it is a day by itself."""
    written: dict[str, int] = {}
    for number, name in cldr_words(language.code, "weekdays"):
        written.setdefault(name, number)
    for text_number, names in language.dates.get("weekdays", {}).items():
        written.update(dict.fromkeys(names, int(text_number)))
    phrases = [Phrase(name, "weekday", f"weekday{number}", exact=exact) for name, number in written.items()]
    for key, sign in _WEEKDAYS:
        for template in language.dates.get(key, ()):
            for full in expand(template):
                phrases += [
                    Phrase(full.replace("{w}", name), "relative", f"weekday{number}{sign}", exact=exact) for name, number in written.items()
                ]
    return phrases


class _Builder:
    """Turns template alternatives into free patterns and prefixed ones."""

    def __init__(self, language: Language, months: dict[str, Month], numerals: Numerals, by_word: bool) -> None:
        words = language.dates
        self.alternatives = [*alternatives(language), *numeric_alternatives(language)]
        self.by_word = by_word
        self.months = _alternation(months, _wide_months(language))
        self.numerals = numerals
        self.range_words = {fold(word).text for word in words.get("range", ())} | {"-", "~"}
        self.list_words = {fold(word).text for word in words.get("list", ())} | {",", "、", "&"}
        self.closing = _closing_guard(language)
        self.connector, self.day_split = self._connectors(",")
        # after the month a comma begins something else ("May 5, 15 delegates"), unless the day's own sign follows
        self.plain_connector, _ = self._connectors("," if words.get("order") == "ymd" else "")
        self.month_connector = f"(?:{_BLANK}(?:{_word_alternation(self.range_words | self.list_words - {','})}){_BLANK})"
        self._slots = self._slot_patterns()

    def _connectors(self, comma: str) -> tuple[str, re.Pattern[str]]:
        """What may stand between two day numbers of one expression; with `comma` also that alone."""
        suffixes = {match.group(1) for text, _ in self.alternatives if (match := re.search(r"\{d\}([^ {}]{1,3}) ?\{?", fold(text).text))}
        suffixes -= {"/", ".", "-"}
        suffix = "(?:" + "|".join(re.escape(s) for s in sorted(suffixes | {"."}, key=len, reverse=True)) + ")?"
        ranges = _word_alternation(self.range_words)
        lists = _word_alternation(self.list_words if comma else self.list_words - {",", "、"})
        both = f"(?:{_BLANK}(?:{lists}),?{_BLANK}|{_BLANK}(?:{ranges}){_BLANK}|{_BLANK},{_BLANK}(?:{lists}){_BLANK})"
        joins = self.range_words | self.list_words
        own = sorted((s for s in suffixes if not any(word in s for word in joins - {"-"})), key=lambda s: (-len(s), s))
        ending = f"(?:{'|'.join(map(re.escape, own))})?" if own else ""
        split = re.compile(f"(?P<number>{self.numerals.day_pattern()}){ending}|(?P<range>{ranges})|(?P<list>{lists})")
        return suffix + both, split

    def _split(self) -> list[tuple[str, str, str, str]]:
        """Each alternative as folded prefix, written prefix, body from the first slot on, code."""
        pieces = []
        for text, code in self.alternatives:
            folded = _restore_slots(fold(text).text, text)
            first = folded.find("{")
            pieces.append((folded[:first].strip(), surface(text[: text.find("{")]), folded[first:], code))
        return pieces

    def free(self, words: bool) -> Alternatives:
        """What may begin anywhere, with a word or with a figure."""
        starts = ("{M}", "{q}", "{y}", "{d}", "{m}") if words else ("{d}", "{m}", "{y}", "{yy}", "{q}")
        chosen = [(body, code) for prefix, _, body, code in self._split() if not prefix and body.startswith(starts)]
        return Alternatives(self._bodies(chosen))

    def prefixed(self) -> dict[str, Prefixed]:
        """What wants a phrase before it, by `prefix_key`, the longest phrase first."""
        groups: dict[tuple[str, str], list[Alternative]] = defaultdict(list)
        for prefix, written, body, code in self._split():
            if prefix:
                groups[prefix, written].append((body, code))
        found: dict[str, Prefixed] = defaultdict(Prefixed)
        for (prefix, written), group in sorted(groups.items(), key=lambda item: (-len(item[0][0]), item[0])):
            found[prefix_key(prefix, self.by_word)].add(self._template(prefix, written, group))
        return dict(found)

    def continued(self) -> Template | None:
        """Days in all their forms, with or without the phrase that they want when they stand alone."""
        chosen = [
            (body, code) for _, _, body, code in self._split() if "{d}" in body and "{m}" in body.lower() and code not in ("never", "lunar")
        ]
        return self._template("", "", chosen) if chosen else None

    def bare(self, texts: Iterable[Alternative]) -> Template | None:
        """Day and month in figures."""
        chosen = [(_restore_slots(fold(text).text, text), code) for text, code in texts]
        return self._template("", "", chosen) if chosen else None

    def _template(self, prefix: str, written: str, group: list[Alternative]) -> Template:
        """One alternation, the fullest template first, so that the first to match is the longest."""
        return Template(prefix, written, tuple(self._bodies(group)))

    def _bodies(self, group: Iterable[Alternative]) -> list[Body]:
        return [Body(body, *self._patterns(body, code), code) for body, code in _fullest_first(group)]

    def _patterns(self, body: str, code: str) -> tuple[str, str]:
        """Of the first slot, and of all behind it. An idiom that is no date has no list of days in it."""
        pieces: list[str] = []
        seen: list[str] = []
        days = "{d}" in body
        for part in re.split(r"(\{\w+\}| +)", body):
            if not part:
                continue
            if part.startswith("{"):
                if part in seen:  # "{M} to {M}"
                    pieces.append(f"(?P<{part[1:-1]}2>{self._slots[part[1:-1]]})")
                elif code == "never":
                    slot = part[1:-1]
                    pieces.append(f"(?P<{slot}>{self.numerals.day_pattern() if slot == 'd' else self._slots[slot]})")
                elif part == "{d}" and seen and code.startswith("order:"):  # "2/3 and 10/15" are fractions
                    pieces.append(f"(?P<d>{self.numerals.day_pattern()})")
                else:
                    pieces.append(self._slot(part[1:-1], after_month="{m}" in seen, days=days or body.count(part) > 1))
                seen += [part, part.lower()]
            elif part.isspace():
                pieces.append(_BLANK)
            else:
                pieces.append(re.escape(part))
        closes = body.rstrip()[-1:]
        # a number must not go on in digits or in a document number; a word must not go on in letters
        guard = r"(?![\d])(?![.,]\d)(?!/[\w])" if closes == "}" else (self.closing if closes.isalpha() and not is_unspaced(closes) else "")
        return pieces[0], "".join(pieces[1:]) + guard

    def _slot(self, name: str, after_month: bool, days: bool) -> str:
        if name == "d":
            one = self.numerals.day_pattern()
            return f"(?P<d>{one}(?:{self.plain_connector if after_month else self.connector}{one}){{0,5}})"
        if name in ("m", "M"):
            single = f"(?P<{name}>{self._slots[name]})"
            other = "" if days else f"(?:{self.month_connector}(?P<{name}2>{self._slots[name]}))?"
            return single + other
        return f"(?P<{name}>{self._slots[name]})"

    def _slot_patterns(self) -> dict[str, str]:
        return {
            "m": self.numerals.month_pattern(),
            "M": f"(?:{self.months})" if self.months else "(?!)",
            "y": self.numerals.year_pattern(),
            "yy": r"\d\d(?![\d:])",
            "q": r"(?:[1-4]|iv|i{1,3})(?!\d|(?<=[iv])[^\W\d_])",
            "R": r"(?:x(?:ii|i)?|i[xv]|vi{1,3}|v|i{1,3})(?![^\W\d_])",
        }


def _closing_guard(language: Language) -> str:
    """What must hold behind a template that ends in a letter: no more letters, but for an ending of a language that glues it on."""
    if language.script != "Hangul":
        return NO_LETTER
    endings = "|".join(sorted(map(re.escape, language.endings - {""}), key=lambda text: (-len(text), text)))
    return f"(?=(?:{endings})?{NO_LETTER})"


def _fullest_first(group: Iterable[Alternative]) -> list[Alternative]:
    """Idioms that are no dates first, then longer templates; of equals, those that are read in the language's own order."""
    return sorted(dict.fromkeys(group), key=lambda item: (item[1] != "never", -len(SLOT.findall(item[0])), -len(item[0].replace(" ", ""))))


def _restore_slots(folded: str, original: str) -> str:
    """Folding lowers `{M}` to `{m}`; give each slot its own name back."""
    names = iter(SLOT.findall(original))
    return SLOT.sub(lambda _: "{" + next(names) + "}", folded)


def _wide_months(language: Language) -> frozenset[str]:
    """Month names in full: a full stop behind one ends the sentence."""
    wide = {fold(name).text for _, name in cldr_words(language.code, "months", ("wide",))}
    listed = calendar_words(language, "months")
    longest = {number: max(len(word) for word, n in listed.items() if n == number) for number in listed.values()}
    return frozenset(wide | {word for word, number in listed.items() if len(word) > 5 and len(word) + 3 >= longest[number]})


def _alternation(words: Iterable[str], full: frozenset[str]) -> str:
    """Month names, the longest first; an abbreviation may have its full stop. No letter goes on where words have borders."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    ends = (("" if word in full else r"\.?") + ("" if is_unspaced(word[-1]) else NO_LETTER) for word in ordered)
    return "|".join(re.escape(word) + end for word, end in zip(ordered, ends, strict=True))


def _word_alternation(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
