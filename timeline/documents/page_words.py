"""The words of a page's form that differ from language to language: `[page]` in the language files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import ahocorasick_rs

from timeline.text import without_halves

# What may stand round a heading's words and carries nothing: table bars, bullets, a colon; a counter in brackets.
_AROUND = " \t\xa0|>»•*#:：-"
_NOTHING: frozenset[str] = frozenset()
_COUNTER = re.compile(r"(?<!\s)\s*[(\[]\s*\d{1,5}\s*[)\]]$")


def heading_key(line: str) -> str:
    """`СВЯЗАННЫЕ НОВОСТИ | |` and `Komentarz (0)` as their bare words, in one case."""
    bare = line.strip(_AROUND)
    if bare.endswith((")", "]")):
        bare = _COUNTER.sub("", bare)
    return bare.casefold()


def _keys(words: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(None, map(heading_key, words)))


@dataclass(frozen=True)
class PageWords:
    """Headings and labels of news pages, of all languages together.

    `comments` heads the readers' comments, `related` a list of other stories; `source` and `published` are the
    labels before the source's address and the date of publication. Case doesn't matter.
    """

    comments: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    _headings: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)  # bare words → what they head
    _published: ahocorasick_rs.AhoCorasick | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        words = {name: _keys(getattr(self, name)) for name in ("comments", "source", "related", "published")}
        headings = {key: frozenset(name for name in words if key in words[name]) for key in frozenset().union(*words.values())}
        labels = sorted(words["published"])
        # an alternation of some hundred words, whatever their case, would be tried at every character of every line
        published = ahocorasick_rs.AhoCorasick(labels) if labels else None
        object.__setattr__(self, "_headings", headings)
        object.__setattr__(self, "_published", published)

    def headed(self, line: str) -> frozenset[str]:
        """Which of `comments`, `source`, `related` and `published` a line heads that is nothing else, but for a counter."""
        return self._headings.get(heading_key(line), _NOTHING)

    def labels_source(self, label: str) -> bool:
        """Is `label` (what stands before a colon) nothing but the word for source?"""
        return "source" in self.headed(label)

    def says_published(self, line: str) -> bool:
        """Does a short line hold a label such as `Updated`?"""
        return self._published is not None and bool(self._published.find_matches_as_indexes(without_halves(line.casefold())))
