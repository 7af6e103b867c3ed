"""Steps from a day: "three days ago", "in 10 days' time", "vingt-cinq ans plus tard".

The scan finds what stands behind the number, and its words are few; the number is read here, in figures, in hanzi or in words, up
to ninety-nine. Written out with every number and every form of it, the phrases of one Slavic language would be a hundred thousand.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from timeline.dates.numerals import HAN_NUMBER, han_number
from timeline.dates.patterns import any_of
from timeline.knowledge import Hit, Phrase
from timeline.knowledge.date_words import STEP_UNIT, expand
from timeline.text import fold, is_unspaced, surface

_MOST = {"day": 31, "week": 12, "month": 24, "year": 100}  # "100 years ago"; more is seldom reckoned so
_FIGURES = re.compile(r"(?<![\d.,/:])(?<!\d-)(?<!\d- )(?P<n>\d{1,3})$")
_HAN = re.compile(rf"(?<!\d)(?<![百千万数數几幾])(?P<n>{HAN_NUMBER}{{1,3}})$")
_REACH = 48  # characters before the phrase
_YEAR = 4  # figures


class Step(NamedTuple):
    """What a phrase behind a number stands for: `unit` (`year-`), and the words that it wants before the number."""

    unit: str
    before: str
    written: str  # the same with its diacritics
    glued: bool  # the last of them to the number ("بثلاثة أيام")


def step_phrases(dates: Mapping[str, Any], exact: bool, glued: bool) -> Iterator[Phrase]:
    """What the shared scan must find for the `[dates.steps]` of a language file; `glued`: figures may stand right before it."""
    told: dict[str, dict[Step, None]] = defaultdict(dict)
    for unit, templates in dates.get("steps", {}).items():
        if STEP_UNIT.fullmatch(unit):
            for full in (full for template in templates for full in expand(template)):
                before, _, behind = full.partition("{n}")
                fused = before[-1:].isalpha() and not is_unspaced(before[-1])
                told[behind.strip()][Step(unit, fold(before).text.strip(), surface(before.strip()), fused)] = None
    for words, steps in told.items():  # one phrase for all that end alike, as most of a language do
        yield Phrase(words, "step", tuple(steps), exact=exact, by_figures=glued)


class StepNumbers:
    """The numbers of a language from two to ninety-nine, before a place."""

    def __init__(self, dates: Mapping[str, Any], joins: Iterable[str], han: bool) -> None:
        """`joins`: what may stand between tens and ones ("treinta y cinco")."""
        steps = dates.get("steps", {})
        self._han = han
        self._values: dict[str, list[tuple[int, str]]] = defaultdict(list)
        tens = [(10 * k, word) for k, words in enumerate(steps.get("tens", ()), 2) for word in words.split("|")]
        ones = [(k, word) for k, words in enumerate(steps.get("numbers", ()), 2) for word in words.split("|")]
        for number, word in (*tens, *ones):
            if folded := fold(word).text.strip():
                self._values[folded].append((number, surface(word.strip())))
        joined = sorted({word for word in joins if word.isalpha()}, key=lambda word: (-len(word), word))
        spaced = not any(is_unspaced(word[-1]) for word in self._values)
        between = rf"(?:[ -]?| (?:{'|'.join(map(re.escape, joined)) or '(?!)'}) )"
        ten = any_of(fold(word).text.strip() for _, word in tens)
        words = rf"(?:(?P<t>{ten}){between})?(?P<w>{any_of(self._values)})$"
        self._pattern, self._spaced = words, spaced
        self._last = {word.rpartition(" ")[2] for word in self._values} if spaced else None
        fused = any(re.search(r"[^\W\d_]\{n\}", text) for unit, texts in steps.items() if STEP_UNIT.fullmatch(unit) for text in texts)
        self._last_glued = tuple(self._last or ()) if fused else ()
        self._last_characters = {word[-1] for word in self._values} | set(HAN_NUMBER[1:-1] if han else "")

    @cached_property
    def _glued(self) -> re.Pattern[str]:
        return re.compile(self._pattern)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return re.compile(rf"(?<![\w-]){self._pattern}") if self._spaced else self._glued

    def may_end(self, text: str, low: int, high: int) -> bool:
        """Whether a number may end at `high`: before most phrases stands none."""
        if high <= low:
            return False
        if text[high - 1].isdigit():
            return high - low < _YEAR or not text[high - _YEAR : high].isdigit()  # nobody reckons by thousands: "2024年"
        if self._last is None or self._han:
            return text[high - 1] in self._last_characters
        token = text[low:high].split()[-1].rpartition("-")[2].lstrip("\"'([")
        return token in self._last or token.endswith(self._last_glued)

    def ending(self, text: str, low: int, high: int, written: Callable[[int, str, str], bool], glued: bool) -> tuple[int, int] | None:
        """The number that ends at `high`, and where it begins; None where none does.

        `glued`: a word of the phrase is glued to it. `written(begin, word, surface)`: whether a word stands there with its own
        diacritics.
        """
        if text[high - 1].isdigit():
            figures = _FIGURES.search(text, low, high)
            return (int(figures["n"]), figures.start()) if figures else None
        if self._han and (han := _HAN.search(text, low, high)):
            return han_number(han["n"]), han.start()
        words = (self._glued if glued else self._words).search(text, low, high) if self._values else None
        if words is None:
            return None
        one = next((n for n, form in self._values[words["w"]] if written(words.start("w"), words["w"], form)), 0)
        if not words["t"]:
            return (one, words.start()) if one else None
        ten = next((n for n, form in self._values[words["t"]] if n >= 20 and written(words.start("t"), words["t"], form)), 0)
        return (ten + one, words.start()) if ten and 0 < one < 10 else None


def read_steps(
    hits: Iterable[Hit],
    text: str,
    numbers: StepNumbers,
    bordered: Callable[[int], bool],
    written: Callable[[int, str, str], bool],
) -> Iterator[Hit]:
    """The finds of `step_phrases` that have their number, as phrases such as `year-25`.

    `bordered(place)` tells whether a word may begin there.
    """
    for hit in hits:
        low = max(0, hit.start - _REACH)
        high = hit.start - (hit.start > 0 and text[hit.start - 1] in " \n")
        steps = hit.phrase.key
        if not isinstance(steps, tuple) or not numbers.may_end(text, low, high):
            continue
        told = {glued: numbers.ending(text, low, high, written, glued) for glued in {step.glued for step in steps}}
        for step in steps:
            found = told[step.glued]
            if found is None or not 2 <= found[0] <= _MOST[step.unit.removeprefix("same_")[:-1]]:
                continue
            number, begin = found
            if step.before:
                before = text[low:begin].rstrip(" \n")
                begin = low + len(before) - len(step.before)
                if not before.endswith(step.before) or not bordered(begin) or not written(begin, step.before, step.written):
                    continue
            yield Hit(begin, hit.end, _phrase(step.unit, number))


@lru_cache(maxsize=1 << 10)
def _phrase(unit: str, number: int) -> Phrase:
    """Weeks from what was told before are days: it is a day that they lead to."""
    if unit.startswith("same_week"):
        unit, number = f"same_day{unit[-1]}", 7 * number
    return Phrase("", "relative", f"{unit}{number}")
