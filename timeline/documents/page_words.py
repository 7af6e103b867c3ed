"""The words of a page's form that differ from language to language: `[page]` in the language files."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

import ahocorasick_rs

# What may stand round a heading's words and carries nothing: table bars, bullets, a colon; a counter in brackets.
_AROUND = " \t\xa0|>»•*#:：-"
_COUNTER = re.compile(r"\s*[(\[]\s*\d{1,5}\s*[)\]]$")


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
    _headings: dict[str, frozenset[str]] = field(init=False, repr=False, compare=False)
    _published: ahocorasick_rs.AhoCorasick | None = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        headings = {name: _keys(getattr(self, name)) for name in ("comments", "source", "related", "published")}
        labels = sorted(headings["published"])
        # an alternation of some hundred words, whatever their case, would be tried at every character of every line
        published = ahocorasick_rs.AhoCorasick(labels) if labels else None
        object.__setattr__(self, "_headings", headings)
        object.__setattr__(self, "_published", published)

    def heads_comments(self, line: str) -> bool:
        """Is `line` nothing but a comment heading, with or without a counter?"""
        return heading_key(line) in self._headings["comments"]

    def heads_related(self, line: str) -> bool:
        """Is `line` nothing but the heading of related stories?"""
        return heading_key(line) in self._headings["related"]

    def labels_source(self, label: str) -> bool:
        """Is `label` (a line, or what stands before a colon) nothing but the word for source?"""
        return heading_key(label) in self._headings["source"]

    def says_published(self, line: str) -> bool:
        """Does a short line hold a label such as `Updated`?"""
        return self._published is not None and bool(self._published.find_matches_as_indexes(line.casefold()))
