"""The pieces of templates as patterns: what may stand in a slot, between two days of one expression, and behind it all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from timeline.dates.choice import Beginnings
from timeline.dates.grammar import Month
from timeline.dates.numerals import Numerals, no_letter
from timeline.dates.patterns import any_of, characters, factored
from timeline.dates.templates import SLOT, Alternative
from timeline.dates.trees import Body
from timeline.dates.words import calendar_words, wide_months
from timeline.knowledge import Language
from timeline.text import UNSPACED, fold_short, is_unspaced

_PIECE = re.compile(r"(\{\w+\}| +)")
_BLANK = r"[ \n]{0,2}"


class Pieces:
    """Turns templates of a language into patterns, each when it is first wanted."""

    def __init__(
        self, language: Language, months: dict[str, Month], numerals: Numerals, day_suffixes: set[str], year_words: frozenset[str]
    ) -> None:
        """`day_suffixes`: what is glued to the number of a day ("st", "日"); `year_words`: for a year, behind one with its month."""
        words = language.dates
        self.day_suffixes = day_suffixes
        self._known: dict[Alternative, Body] = {}
        self.months = _month_names(months, wide_months(language))
        self.numerals = numerals
        self._day, self._day_in_words = numerals.day_pattern(), numerals.day_word_pattern()
        self.range_words = {fold_short(word) for word in words.get("range", ())} | {"-", "~"}
        self.list_words = {fold_short(word) for word in words.get("list", ())} | {",", "、", "&"}
        self._endings = any_of(language.endings - {""}) if language.script == "Hangul" else ""
        weekdays = calendar_words(language, "weekdays")
        self.weekdays = f"(?:{any_of(weekdays)}){no_letter(weekdays)}" if weekdays and language.script not in UNSPACED else ""
        self.list_pattern = any_of(self.list_words - {","})
        self.connector = self._connectors(",")
        # after the month a comma begins something else ("May 5, 15 delegates"), unless the day's own sign follows
        self.plain_connector = self._connectors("," if words.get("order") == "ymd" else "")
        self.month_connector = f"(?:{_BLANK}(?:{any_of(self.range_words | self.list_words - {','})}){_BLANK})"
        self._slots = self._slot_patterns(year_words)
        joins = frozenset(word[0] for word in self.range_words | self.list_words)
        self.beginnings = Beginnings.of(numerals, months, joins, joins | {",", "."} | {suffix[0] for suffix in day_suffixes})

    def bodies(self, group: Iterable[Alternative]) -> Sequence[Body]:
        """Templates from their first slot on, the fullest first, so that the first to match is the longest."""
        return [self._body(alternative) for alternative in _fullest_first(group)]

    def _body(self, alternative: Alternative) -> Body:
        """Made once: many templates are alike behind the phrase that they want before them."""
        known = self._known.get(alternative)
        if known is None:
            body, code = alternative
            known = self._known[alternative] = Body(body, self._pieces(body, code), code)
        return known

    def day_split(self) -> re.Pattern[str]:
        """What takes several days of one expression apart, into numbers and what stands between them."""
        ranges, lists = any_of(self.range_words), any_of(self.list_words)
        joins = self.range_words | self.list_words
        own = sorted((s for s in self.day_suffixes if not any(word in s for word in joins - {"-"})), key=lambda s: (-len(s), s))
        ending = f"(?:{'|'.join(map(re.escape, own))})?" if own else ""
        skipped = f"(?P<weekday>{self.weekdays})|" if self.weekdays else ""
        return re.compile(f"{skipped}(?P<number>{self._day}){ending}|(?P<range>{ranges})|(?P<list>{lists})")

    def _connectors(self, comma: str) -> str:
        """What may stand between two day numbers of one expression; with `comma` also that alone."""
        suffixes = self.day_suffixes
        suffix = "(?:" + "|".join(re.escape(s) for s in sorted(suffixes | {"."}, key=lambda s: (-len(s), s))) + ")?"
        ranges = any_of(self.range_words)
        lists = any_of(self.list_words if comma else self.list_words - {",", "、"})
        # "from Wednesday 19 to Saturday 22 June", "vom 19., bis Samstag, den 22. Juni"
        weekday = f"(?:{self.weekdays}[.,]?{_BLANK}(?:[^\\W\\d_]{{1,3}} )?)?" if self.weekdays else ""
        both = f"(?:{_BLANK}(?:{lists}),?{_BLANK}|,?{_BLANK}(?:{ranges}){_BLANK}{weekday}|{_BLANK},{_BLANK}(?:{lists}){_BLANK})"
        return suffix + both

    def _pieces(self, body: str, code: str) -> tuple[str, ...]:
        """The patterns of slots, blanks and words. An idiom that is no date has no list of days in it."""
        pieces: list[str] = []
        seen: list[str] = []
        days = "{d}" in body
        for part in _PIECE.split(body):
            if not part:
                continue
            if part.startswith("{"):
                if part in seen:  # "{M} to {M}"
                    pieces.append(f"(?P<{part[1:-1]}2>{self._slots[part[1:-1]]})")
                elif part == "{D}":
                    pieces.append(f"(?P<d>{self._day_in_words})")
                elif code == "never":
                    slot = part[1:-1]
                    pieces.append(f"(?P<{slot}>{self._day if slot == 'd' else self._slots[slot]})")
                elif part == "{d}" and seen and code.startswith("order:"):  # "2/3 and 10/15" are fractions
                    pieces.append(f"(?P<d>{self._day})")
                else:
                    pieces.append(self._slot(part[1:-1], after_month="{m}" in seen, days=days or body.count(part) > 1))
                seen += [part, part.lower()]
            elif part.isspace():
                pieces.append(_BLANK)
            else:
                pieces.append(re.escape(part))
        closes = body.rstrip()[-1:]
        if body.endswith("-{yy}") and self.months:  # "12 sep.-22 okt. 2025": no year, but a day
            pieces.append(rf"(?! ?(?:{self.months}))")
        # a number must not go on in digits or in a document number; a word must not go on in letters
        after_slash = r"\d" if body.rstrip().endswith("{M}") else r"\w"  # "يناير/كانون ثان": a month by both its names
        if days and "{y}" in body and not body.rstrip().endswith("{M}"):
            after_slash = r"[^\W가-힣]"  # "2018.4.20/뉴스1": the agency of a picture, no document's number
        guard = (
            rf"(?![\d])(?![.,]\d)(?!/{after_slash})"
            if closes == "}"
            else (self._closing_guard(closes) if closes.isalpha() and not is_unspaced(closes) else "")
        )
        return (*pieces, guard) if guard else tuple(pieces)

    def _closing_guard(self, letter: str) -> str:
        """What must hold behind a template that ends in a letter: no more letters, but for an ending that its language glues on."""
        return f"(?=(?:{self._endings})?{no_letter(letter)})" if self._endings else no_letter(letter)

    def _slot(self, name: str, after_month: bool, days: bool) -> str:
        if name == "d":
            one = self._day
            if not after_month:
                return f"(?P<d>{one}(?:{self.connector}{one}){{0,5}})"
            # "April 15, 16 and 17": commas too, where an "and" closes the list
            listed = f"(?:,{_BLANK}{one}){{1,4}},?{_BLANK}{self.list_pattern}{_BLANK}{one}"
            return f"(?P<d>{one}(?:{listed}|(?:{self.plain_connector}{one}){{0,5}}))"
        if name in ("m", "M"):
            single = f"(?P<{name}>{self._slots[name]})"
            other = "" if days else f"(?:{self.month_connector}(?P<{name}2>{self._slots[name]}))?"
            return single + other
        return f"(?P<{name}>{self._slots[name]})"

    def _slot_patterns(self, year_words: frozenset[str]) -> dict[str, str]:
        return {
            "d": self._day,
            "m": self.numerals.month_pattern(),
            "M": f"(?:{self.months})" if self.months else "(?!)",
            "y": self.numerals.year_pattern(year_words),
            "yy": r"\d\d(?![\d:])",
            "q": r"(?:[1-4]|iv|i{1,3})(?!\d|(?<=[iv])[^\W\d_])",
            "R": r"(?:x(?:ii|i)?|i[xv]|vi{1,3}|v|i{1,3})(?![^\W\d_])",
        }


def _fullest_first(group: Iterable[Alternative]) -> list[Alternative]:
    """Idioms that are no dates first, then longer templates; of equals, those that are read in the language's own order."""
    return sorted(dict.fromkeys(group), key=lambda item: (item[1] != "never", -len(SLOT.findall(item[0])), -len(item[0].replace(" ", ""))))


def _month_names(words: Iterable[str], full: frozenset[str]) -> str:
    """Month names, the longest first; an abbreviation may have its full stop. No letter goes on where words have borders."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    # those that end alike share what must hold behind them: a pattern holds the months many times over
    border = no_letter(ordered)
    runs = groupby(ordered, key=lambda word: "" if is_unspaced(word[-1]) else border)
    return "|".join(factored((characters(re.escape(word)), "" if word in full else r"\.?") for word in run) + end for end, run in runs)
