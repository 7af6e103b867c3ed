"""The date templates of a language file → compiled patterns.

A template is written in slots: `{d}. {M}[ {y}]`. `{d}` a day (or days: 15–23, 15. and 16.), `{m}` a month's number,
`{M}` a month's name, `{y}` a year, `{yy}` its last two digits, `{w}` a weekday, `{q}` a quarter. `[…]` may be absent,
`(a|b)` is a choice, a blank stands for any blank or none. No regular expressions are written in the files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import product

from babel import Locale, UnknownLocaleError

from timeline.knowledge import Language, Phrase
from timeline.text import UNSPACED, fold, fold_words, script_of, surface

# Numeric forms that every language shares, by the order in which it writes day, month and year.
_NUMERIC = {
    "dmy": ["{d}/{m}/{y}", "{d}.{m}.{y}", "{d}. {m}. {y}", "{d}-{m}-{y}", "{d}/{m}/{yy}", "{d}.{m}.{yy}"],
    "mdy": ["{m}/{d}/{y}", "{m}-{d}-{y}", "{m}/{d}/{yy}"],
    "ymd": ["{y}/{m}/{d}", "{y}.{m}.{d}", "{y}. {m}. {d}"],
}
_ISO = ["{y}-{m}-{d}", "{y}/{m}/{d}", "{y}.{m}.{d}"]

_SLOT = re.compile(r"\{(\w+)\}")
_YEAR = r"(?P<y>(?:1[89]|2[0-6])\d\d)(?!\d)"
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_MONTH = r"(?P<m>0?[1-9]|1[0-2])(?!\d)"
_BLANK = r"[ \n]{0,2}"
NEAR = 80  # characters: longer than any template with six days in it
_STEM = 4  # letters that the inflected forms of a word share


@dataclass(frozen=True, slots=True)
class Template:
    """Alternatives that want one phrase before their first slot; `surface` is the phrase with its diacritics."""

    prefix: str
    surface: str
    pattern: re.Pattern[str]


class Alternatives:
    """Templates that may begin anywhere, the fullest first; tried are only those whose words stand near.

    A language with inflected quarters has hundreds of templates, of which a bare figure can be none: those that want
    a month's name or the word for a quarter are left out where neither follows. Four patterns at most are compiled.
    """

    def __init__(self, bodies: Sequence[tuple[str, str]]) -> None:
        """`bodies`: each template from its first slot on, with its pattern; in the order in which they are tried."""
        self._bodies = bodies
        self._quarters = sorted({_stem(body) for body, _ in bodies if "{q}" in body})
        self._compiled: dict[tuple[bool, bool], re.Pattern[str]] = {}

    def match(self, text: str, position: int, month_near: bool) -> re.Match[str] | None:
        """The first template that stands at `position`; `month_near` says whether a month's name follows within `NEAR`."""
        quarter_near = any(text.find(word, position, position + NEAR) >= 0 for word in self._quarters)
        near = month_near, quarter_near
        if near not in self._compiled:
            self._compiled[near] = self._compile(*near)
        return self._compiled[near].match(text, position)

    def _compile(self, month_near: bool, quarter_near: bool) -> re.Pattern[str]:
        chosen = [pattern for body, pattern in self._bodies if (month_near or "{M}" not in body) and (quarter_near or "{q}" not in body)]
        return re.compile("|".join(chosen) or "(?!)")


def _stem(body: str) -> str:
    """The beginning of a template's longest word: it must follow for the template to fit."""
    words = re.findall(r"[^\W\d_]+", _SLOT.sub(" ", body))
    return max(words, key=len, default="")[:_STEM]


@dataclass(frozen=True)
class DateGrammar:
    """All that finding dates in one language needs."""

    months: dict[str, int]
    weekdays: dict[str, int]
    free: Alternatives  # what may begin anywhere with a figure
    free_words: Alternatives  # and with a word: a month, a weekday
    prefixed: dict[str, list[Template]]  # by the prefix's last word; its last character where words are glued
    continued: re.Pattern[str] | None  # days after "28/7 –", where no word before them is needed
    exact: bool  # diacritics count (Vietnamese)
    capital_months: bool  # month names carry a capital letter
    range_words: frozenset[str]
    list_words: frozenset[str]
    since: tuple[tuple[str, str], ...]  # folded and written form
    starts: tuple[tuple[str, str], ...]
    until: tuple[tuple[str, str], ...]
    spaced: bool
    by_word: bool
    short_months: bool  # some month is one letter, for which the scan does not look
    roman_words: frozenset[str]  # a Roman number counts only in a passage that holds one of these ("quarter")
    phrases: tuple[Phrase, ...] = field(default=(), repr=False)
    day_split: re.Pattern[str] = field(default=re.compile(r"-"), repr=False)
    glued_prefixes: frozenset[str] = frozenset()


def compile_grammar(language: Language) -> DateGrammar:
    """Compile the date words and templates of `language`."""
    words = language.dates
    months = _calendar_words(language, "months")
    weekdays = _calendar_words(language, "weekdays")
    order = words.get("order", "dmy")
    templates = [(text, "day") for text in (*words.get("day", ()), *_NUMERIC[order], *_ISO)]
    for kind in ("month", "year", "quarter"):
        templates += [(text, kind) for text in words.get(kind, ())]
    alternatives = [(alternative, kind) for text, kind in templates for alternative in expand(text)]
    by_word = language.script not in UNSPACED and not language.prefixes
    builder = _Builder(months, weekdays, words, alternatives, by_word)
    spaced = language.script not in UNSPACED
    return DateGrammar(
        months=months,
        weekdays=weekdays,
        free=builder.free(words=False),
        free_words=builder.free(words=True),
        prefixed=builder.prefixed(),
        continued=builder.continued(),
        exact=language.code == "vi",
        capital_months=language.script == "Latin" and all(name[:1].isupper() for _, name in _cldr_words(language.code, "months")),
        range_words=frozenset(builder.range_words),
        list_words=frozenset(builder.list_words),
        since=_folded(words.get("since", ())),
        starts=_folded(words.get("from", ())),
        until=_folded(words.get("until", ())),
        spaced=spaced,
        by_word=by_word,
        short_months=any(len(month) == 1 for month in months),
        roman_words=frozenset(_stem(fold(text).text) for text, _ in alternatives if "{q}" in text),
        phrases=tuple(_phrases(language, months)),
        day_split=builder.day_split,
        glued_prefixes=frozenset(fold_words(prefix) for prefix in language.prefixes),
    )


def prefix_key(before: str, by_word: bool) -> str:
    """By what the phrase before an expression is looked up."""
    return before[before.rfind(" ") + 1 :].rpartition("\n")[2] if by_word else before[-1:]


def expand(template: str) -> list[str]:
    """All the ways to read a template's `[…]` and `(a|b)`; nested brackets are allowed."""
    match = re.search(r"\[([^\[\]()]*)\]|\(([^\[\]()]*)\)", template)
    if not match:
        return [template]
    choices = ["", match.group(1)] if match.group(1) is not None else match.group(2).split("|")
    return [full for choice in choices for full in expand(template[: match.start()] + choice + template[match.end() :])]


def _folded(words: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted({(fold(word).text, surface(word)) for word in words}, key=lambda pair: (-len(pair[0]), pair)))


def _calendar_words(language: Language, what: str) -> dict[str, int]:
    """Folded month or weekday word → number, from CLDR and the language file."""
    found: dict[str, int] = {}
    common = {fold(word).text for word in language.stopwords}
    for number, name in _cldr_words(language.code, what):
        key = fold(name).text.strip(" .")
        usable = len(key) > 2 or (key and script_of(key[0]) in UNSPACED)
        # an abbreviation that is a common word ("pro", "się") would be a month on every line
        if usable and key not in common and not any(char.isdigit() for char in key):
            found.setdefault(key, number)
    for number, names in language.dates.get(what, {}).items():
        for name in names:
            found[fold(name).text.strip()] = int(number)
    return {key: value for key, value in found.items() if not key.isdigit()}


def _cldr_words(code: str, what: str) -> list[tuple[int, str]]:
    """Number and name of months (wide and abbreviated) or weekdays (wide, Monday 1) in CLDR; nothing for a language it lacks."""
    try:
        locale = Locale.parse(code)
    except (UnknownLocaleError, ValueError):
        return []
    table, widths = (locale.months, ("wide", "abbreviated")) if what == "months" else (locale.days, ("wide",))
    first = 0 if what == "months" else 1
    return [
        (int(number) + first, name)
        for context, width in product(("format", "stand-alone"), widths)
        for number, name in table.get(context, {}).get(width, {}).items()
    ]


def _phrases(language: Language, months: dict[str, int]) -> list[Phrase]:
    """What the shared scan must find for the dates: month names, relative expressions, parts of a period."""
    exact = language.code == "vi"
    phrases = [Phrase(month, "month", number) for month, number in months.items() if len(month) > 1]
    for code, words in language.dates.get("relative", {}).items():
        phrases += [Phrase(word, "relative", code, exact=exact) for word in words]
    for part in ("early", "mid", "late", "about"):
        phrases += [Phrase(word, "part", part, exact=exact) for word in language.dates.get(part, ())]
    phrases += [Phrase(word, "relative", "now", exact=exact) for word in language.dates.get("now", ())]
    return phrases


class _Builder:
    """Turns template alternatives into one free pattern and prefixed ones."""

    def __init__(
        self,
        months: dict[str, int],
        weekdays: dict[str, int],
        words: dict[str, tuple[str, ...]],
        alternatives: list[tuple[str, str]],
        by_word: bool,
    ) -> None:
        self.alternatives = alternatives
        self.by_word = by_word
        self.months = _alternation(months)
        self.weekdays = _alternation(weekdays)
        self.range_words = {fold(word).text for word in words.get("range", ())} | {"-", "~"}
        self.list_words = {fold(word).text for word in words.get("list", ())} | {",", "、", "&"}
        self.connector, self.day_split = self._connectors(",")
        self.plain_connector, _ = self._connectors("")  # after the month a comma begins something else: "May 5, 15 delegates"

    def _connectors(self, comma: str) -> tuple[str, re.Pattern[str]]:
        """What may stand between two day numbers of one expression; with `comma` also that alone."""
        suffixes = {match.group(1) for text, _ in self.alternatives if (match := re.search(r"\{d\}([^ {}]{1,3}) ?\{?", fold(text).text))}
        suffixes -= {"/", ".", "-"}
        suffix = "(?:" + "|".join(re.escape(s) for s in sorted(suffixes | {"."}, key=len, reverse=True)) + ")?"
        ranges = _word_alternation(self.range_words)
        lists = _word_alternation(self.list_words if comma else self.list_words - {",", "、"})
        both = f"(?:{_BLANK}(?:{lists}),?{_BLANK}|{_BLANK}(?:{ranges}){_BLANK}|{_BLANK},{_BLANK}(?:{lists}){_BLANK})"
        split = re.compile(f"(?P<number>\\d+)|(?P<range>{ranges})|(?P<list>{lists})")
        return suffix + both, split

    def _split(self) -> list[tuple[str, str, str, str]]:
        """Each alternative as folded prefix, written prefix, body from the first slot on, kind."""
        pieces = []
        for text, kind in self.alternatives:
            folded = _restore_slots(fold(text).text, text)
            first = folded.find("{")
            pieces.append((folded[:first].strip(), surface(text[: text.find("{")]), folded[first:], kind))
        return pieces

    def free(self, words: bool) -> Alternatives:
        """What may begin anywhere, with a word or with a figure."""
        starts = ("{M}", "{w}", "{q}") if words else ("{d}", "{m}", "{y}", "{yy}", "{q}")
        bodies = [body for prefix, _, body, _ in self._split() if not prefix and body.startswith(starts)]
        return Alternatives([(body, self._body(body, k)) for k, body in enumerate(_fullest_first(bodies))])

    def prefixed(self) -> dict[str, list[Template]]:
        """What wants a phrase before it, by `prefix_key`, the longest phrase first."""
        bodies: dict[tuple[str, str], list[str]] = defaultdict(list)
        for prefix, written, body, _ in self._split():
            if prefix:
                bodies[prefix, written].append(body)
        found: dict[str, list[Template]] = defaultdict(list)
        for (prefix, written), group in sorted(bodies.items(), key=lambda item: (-len(item[0][0]), item[0])):
            found[prefix_key(prefix, self.by_word)].append(Template(prefix, written, self._pattern(group)))
        return dict(found)

    def continued(self) -> re.Pattern[str] | None:
        """Days in all their forms, with or without the phrase that they want when they stand alone."""
        bodies = [body for _, _, body, kind in self._split() if kind == "day" and "{d}" in body and "{m}" in body.lower()]
        return self._pattern(bodies) if bodies else None

    def _pattern(self, bodies: list[str]) -> re.Pattern[str]:
        """One alternation, the fullest template first, so that the first to match is the longest."""
        return re.compile("|".join(self._body(body, k) for k, body in enumerate(_fullest_first(bodies))))

    def _body(self, body: str, number: int) -> str:
        pieces: list[str] = []
        seen: list[str] = []
        for part in re.split(r"(\{\w+\}| +)", body):
            if not part:
                continue
            if part.startswith("{"):
                pieces.append(self._slot(part[1:-1], after_month="{m}" in seen))
                seen.append(part.lower())
            elif part.isspace():
                pieces.append(_BLANK)
            else:
                pieces.append(re.escape(part))
        pattern = "".join(pieces)
        pattern = re.sub(r"\(\?P<(\w+)>", lambda match: f"(?P<{match.group(1)}_{number}>", pattern)
        closes = body.rstrip()[-1:]
        # a number must not go on in digits or in a document number; a word must not go on in letters
        guard = (
            r"(?![\d])(?![.,]\d)(?!/[\w])"
            if closes == "}"
            else (r"(?![^\W\d_])" if closes.isalpha() and script_of(closes) not in UNSPACED else "")
        )
        return pattern + guard

    def _slot(self, name: str, after_month: bool) -> str:
        if name == "d":
            return f"(?P<d>{_DAY}(?:{self.plain_connector if after_month else self.connector}{_DAY}){{0,5}})"
        return {
            "m": _MONTH,
            "M": f"(?P<M>{self.months})(?![^\\W\\d_])" if self.months else "(?P<M>(?!))",
            "y": _YEAR,
            "yy": r"(?P<yy>[0-4]\d)(?!\d)",
            "w": f"(?P<w>{self.weekdays})" if self.weekdays else "(?P<w>(?!))",
            "q": r"(?P<q>[1-4]|iv|i{1,3})(?!\d|(?<=[iv])[^\W\d_])",
        }[name]


def _fullest_first(bodies: Iterable[str]) -> list[str]:
    return sorted(dict.fromkeys(bodies), key=lambda body: (-len(_SLOT.findall(body)), -len(body), body))


def _restore_slots(folded: str, original: str) -> str:
    """Folding lowers `{M}` to `{m}`; give each slot its own name back."""
    names = iter(_SLOT.findall(original))
    return _SLOT.sub(lambda _: "{" + next(names) + "}", folded)


def _alternation(words: dict[str, int]) -> str:
    return "|".join(re.escape(word) + r"\.?" for word in sorted(words, key=lambda word: (-len(word), word)))


def _word_alternation(words: set[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))
