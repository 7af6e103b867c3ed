"""Phrases as people write them, and what must be looked at where the literal head of one stands.

A phrase's `*` at the end of a word stands for any ending (`konferenc*`), its `…` for a few words in between (`povýšen* … přechod*`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from timeline.text import UNSPACED, fold_words, script_of, surface, words_of

LONGEST_ENDING = 9  # letters that a `*` may stand for: the longest inflectional endings of the languages here
_OPENING = 4  # letters of a word by which the patterns that want it are found
_PREFIX, _LONGEST_REST = 3, 20  # behind so few letters ("akan me*") a `*` stands for a word with that prefix
_GAP = r"(?: +[^ ]+){0,7}?"  # what a `…` may stand for, in spaced scripts
_GLUED_GAP = r"[^ ]{0,14}? ?[^ ]{0,14}?"  # and in the others: across one mark of punctuation at most
_OPEN = re.compile(r"(\*|…)")
_STAR = ["*", ""]  # what follows the literal head of a phrase that ends in a `*`


@dataclass(frozen=True, slots=True)
class Phrase:
    """A phrase to be found; `kind` and `key` say what it means, `inflected` that it may take the language's endings.

    `exact`: its diacritics count. `cased`: it is written with capitals, which tell it from a word ("US").
    `by_figures`: figures may be glued to it (`15mars`), as pages that lose blanks do.
    """

    text: str
    kind: str
    key: Hashable
    weak: bool = False
    inflected: bool = False
    exact: bool = False
    by_figures: bool = False
    cased: bool = False


class ByHead(Protocol):
    """The phrases of each head, by its number."""

    def __getitem__(self, head: int, /) -> Sequence[Phrase]: ...


class Grouped(NamedTuple):
    """Phrases by the literal head by which they are found; `exact`: the diacritics of some count."""

    heads: list[str]
    phrases: ByHead
    exact: bool


class _Rest:
    """What must follow the literal head of a phrase.

    It is compiled when it is first tried: most phrases of a head want another word, of which a look tells that it is not there.
    """

    __slots__ = ("_glued", "_parts", "_pattern")

    def __init__(self, parts: Sequence[str], glued: bool) -> None:
        self._parts, self._glued = parts, glued
        self._pattern: re.Pattern[str] | None = None

    def end(self, window: str, finish: int) -> int:
        """Where the phrase ends, before a word border, if its head ends at `finish`; -1 where it does not stand there."""
        pattern = self._pattern = self._pattern or self._compiled()
        match = pattern.match(window, finish)
        return match.end() if match else -1

    def _compiled(self) -> re.Pattern[str]:
        pieces: list[str] = []
        for part in self._parts:
            if part == "*":
                pieces.append(f"[^ ]{{0,{LONGEST_ENDING}}}?" if not self._glued else "")
            elif part == "…":
                pieces.append(_GLUED_GAP if self._glued else _GAP)
            elif part.strip():
                lead = "" if self._glued else " +"
                pieces.append(lead + re.escape(fold_words(part)).replace(r"\ ", " +"))
        return re.compile("".join(pieces) + ("" if self._glued else "(?= )"))


@dataclass(frozen=True, slots=True)
class Pattern:
    """A phrase, as it is looked for once its literal head is found."""

    phrase: Phrase
    rest: _Rest | None
    starred: bool  # only a `*` follows the literal head
    gapped: bool  # other words may stand inside
    needs: str  # the next literal part, looked for before the pattern is tried
    opening: str  # how the very next word begins, where the pattern tells
    glued: bool  # script without blanks: no word borders
    surface: str  # the literal head as written, for phrases whose diacritics count
    plain: bool  # nothing but a literal between blanks, whatever ending it may take
    longest: int  # letters that a `*` at its end may stand for
    goes_on: bool  # letters may follow the head, or what stands without a blank behind it
    watched: bool  # where it stands, how it is written or what it reaches across counts as well

    @classmethod
    def of(cls, phrase: Phrase, leading: bool) -> Pattern:
        """`leading`: a word begins behind a blank, as where blanks part words and nothing is glued before them."""
        parts = _parts(phrase)
        head = fold_words(parts[0])
        glued = bool(head) and script_of(head[0]) in UNSPACED
        behind = parts[1:]
        literal = next((k for k, part in enumerate(parts) if k and part not in ("*", "…") and part.strip()), 0)
        between = parts[1:literal]
        following = words_of(parts[literal]).strip().split("  ")[0] if literal else ""
        bordered = leading and not glued and not phrase.by_figures
        return cls(
            phrase,
            _Rest(behind, glued) if behind else None,
            starred=behind == _STAR,
            gapped="…" in parts,
            needs=following if glued or not following else " " + following,
            opening="" if glued or "…" in between else opening_of(following),
            glued=glued,
            surface=surface(parts[0]) if phrase.exact else "",
            plain=bordered and not phrase.exact and (not behind or behind == _STAR),
            longest=_LONGEST_REST if " " in head and len(head) - head.rfind(" ") - 1 <= _PREFIX else LONGEST_ENDING,
            goes_on=glued or ("*" in between if following else bool(behind) or phrase.inflected or phrase.by_figures),
            watched=phrase.exact or "…" in parts,
        )

    def is_sure(self, closed: bool, unspaced: bool) -> bool:
        """Whether it stands wherever its head does, where a word ends behind that or a script without blanks goes on."""
        if self.phrase.exact or self.needs:
            return False
        return (closed and self.starred and not self.glued) or (self.rest is None and (closed or unspaced or self.glued))


def grouped(phrases: Iterable[Phrase], bordered: bool) -> Grouped:
    """Phrases by their heads; `bordered`: a word begins behind a blank, as where blanks part words and nothing is glued before them."""
    groups: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in phrases:
        for head in _heads(phrase, bordered):
            groups[head].append(phrase)
    return Grouped(list(groups), list(groups.values()), any(phrase.exact for group in groups.values() for phrase in group))


def _heads(phrase: Phrase, bordered: bool) -> Sequence[str]:
    """The literal heads by which a phrase is found.

    A phrase with a full stop inside ("ub. roku") leaves two blanks there, where a page does not leave the stop out.
    """
    stopped = words_of(_parts(phrase)[0]).strip()
    if not stopped:
        return ()
    bare = phrase.by_figures or not bordered or script_of(stopped[0]) in UNSPACED
    lead = "" if bare else " "
    return (lead + stopped,) if "  " not in stopped else (lead + " ".join(stopped.split()), lead + stopped)


def _parts(phrase: Phrase) -> list[str]:
    """Its words, and the `*` and `…` between them."""
    text = phrase.text.strip()
    return _OPEN.split(text) if "*" in text or "…" in text else [text]


def opening_of(literal: str) -> str:
    """The first letters of its first word; "" where these are so few that they may begin many."""
    word, *others = literal.split(" ")
    return word[:_OPENING] if len(word) >= _OPENING or others else ""


def opening_at(window: str, start: int) -> str:
    """The first letters of the word that begins there, behind whatever blanks."""
    opening = window[start : start + _OPENING]
    if opening[:1] == " ":
        while window[start : start + 1] == " ":
            start += 1
        opening = window[start : start + _OPENING]
    return opening.partition(" ")[0] if " " in opening else opening
