"""Patterns of many words, with what they begin with alike told once: `re` tries alternatives one by one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

_CHARACTER = re.compile(r"\\?.", re.DOTALL)
Branch = tuple[Sequence[str], str]


def characters(word: str) -> list[str]:
    """The characters of a word that is escaped for a pattern, each with its backslash."""
    return _CHARACTER.findall(word)


def factored(branches: Iterable[Branch]) -> str:
    """A pattern of alternatives, each the escaped characters of a word and the pattern of what follows it.

    Their order is kept where two may stand at one place, so that the first of those that fit is still the one that matches.
    """
    done: list[str] = []
    alike: dict[str, list[Branch]] = {}
    for word, rest in (*branches, ((), None)):
        if word:
            alike.setdefault(word[0], []).append((word[1:], rest or ""))
            continue
        done += [first + factored(group) for first, group in alike.items()]
        alike = {}
        if rest is not None:
            done.append(rest)
    return done[0] if len(done) == 1 else f"(?:{'|'.join(done)})"


def any_of(words: Iterable[str]) -> str:
    """A pattern of words, the longest that stands at a place first; of none, one that never matches."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return factored((characters(re.escape(word)), "") for word in ordered) if ordered else "(?!)"
