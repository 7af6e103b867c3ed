"""Phrases grouped by their heads, as lists, strings and numbers that JSON can hold, and back.

Nothing is taken on trust on the way back: what this module has not written gives None, or phrases that mean nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from timeline.knowledge.phrases import Grouped, Phrase

_MEANING = [field.name for field in fields(Phrase)][1:]  # all but the text
_AS_IT_IS = (str, int)  # values that JSON holds as they are
Classes = Mapping[str, type]  # of which keys of phrases are, by name


class KeptPhrases:
    """Each phrase is made when a text first has its head: a language has tens of thousands, of which a text uses a few."""

    def __init__(self, ends: list[int], members: list[int], texts: list[str], means: list[int], meanings: list[tuple[Any, ...]]) -> None:
        """For each head where its members end, phrases by their number; for each phrase its text and the number of its meaning."""
        self._ends, self._members, self._texts, self._means, self._meanings = ends, members, texts, means, meanings
        self._made: dict[int, Phrase] = {}

    def __getitem__(self, head: int, /) -> list[Phrase]:
        begin = self._ends[head - 1] if head else 0
        return [self._phrase(number) for number in self._members[begin : self._ends[head]]]

    def _phrase(self, number: int) -> Phrase:
        phrase = self._made.get(number)
        if phrase is None:
            phrase = self._made[number] = Phrase(self._texts[number], *self._meanings[self._means[number]])
        return phrase


def to_plain(groups: Grouped, classes: Classes) -> dict[str, Any] | None:
    """Phrases by their head in the form that is kept; None where a key is of a class that could not be found again."""
    numbers: dict[int, int] = {}  # of each phrase; it may have two heads
    texts: list[str] = []
    means: list[int] = []
    meanings: dict[tuple[Any, ...], int] = {}
    members: list[int] = []
    ends: list[int] = []
    for head in range(len(groups.heads)):
        for phrase in groups.phrases[head]:
            number = numbers.setdefault(id(phrase), len(texts))
            if number == len(texts):
                texts.append(phrase.text)
                means.append(meanings.setdefault(tuple([getattr(phrase, name) for name in _MEANING]), len(meanings)))
            members.append(number)
        ends.append(len(members))
    try:
        told = [[_plain(value, classes) for value in meaning] for meaning in meanings]
    except TypeError:
        return None
    return {"heads": groups.heads, "ends": ends, "members": members, "texts": texts, "means": means, "meanings": told}


def from_plain(kept: Any, classes: Classes) -> Grouped | None:
    """The inverse of `to_plain`; None for what is no such form."""
    try:
        heads, ends, members, texts, means = (kept[part] for part in ("heads", "ends", "members", "texts", "means"))
        meanings: list[tuple[Any, ...]] = [
            tuple([value if isinstance(value, _AS_IT_IS) else _value(value, classes) for value in meaning]) for meaning in kept["meanings"]
        ]
        phrases = [Phrase("", *meaning) for meaning in meanings]
    except (TypeError, ValueError, KeyError, RecursionError):
        return None
    fits = _are(str, heads, texts) and _are(int, ends, members, means) and len(heads) == len(ends) and len(texts) == len(means)
    if not fits or not _within(members, texts) or not _within(means, meanings):
        return None
    return Grouped(heads, KeptPhrases(ends, members, texts, means, meanings), any(phrase.exact for phrase in phrases))


def _plain(value: Any, classes: Classes) -> Any:
    """A word or number as it is, anything else as the name of its class and what it holds; `TypeError` for a class not listed."""
    if isinstance(value, _AS_IT_IS):
        return value
    kind = type(value)
    if kind is not tuple and classes.get(kind.__name__) is not kind:
        raise TypeError(kind)
    held = value if isinstance(value, tuple) else [getattr(value, field.name) for field in fields(value)]
    return ["" if kind is tuple else kind.__name__, *(_plain(one, classes) for one in held)]


def _value(plain: Any, classes: Classes) -> Any:
    """The inverse of `_plain`; `TypeError`, `ValueError` or `KeyError` for what that has not made."""
    if isinstance(plain, _AS_IT_IS):
        return plain
    name, *held = plain
    values = [_value(one, classes) for one in held]
    return classes[name](*values) if name else tuple(values)


def _are(kind: type, *lists: Any) -> bool:
    return all(isinstance(values, list) and set(map(type, values)) <= {kind} for values in lists)


def _within(numbers: list[int], of: Sequence[Any]) -> bool:
    return not numbers or (min(numbers) >= 0 and max(numbers) < len(of))
