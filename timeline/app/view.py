"""What every page is given: the build, what is chosen, and the events that are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from timeline import knowledge
from timeline.app.shelf import Shelf
from timeline.facets import Conditions, Facets
from timeline.i18n import Words
from timeline.query import Archive, Chosen, Mask
from timeline.titles import titles_in


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One run's view."""

    shelf: Shelf
    chosen: Conditions
    keep: Mask  # which events of the table meet the conditions
    shown: Chosen  # these events, in the table's order
    entries: knowledge.Tables  # the rows of the knowledge tables
    now: bool = False  # provinces as they are since the mergers of 1 July 2025

    @classmethod
    def of(cls, shelf: Shelf, chosen: Conditions, entries: knowledge.Tables, now: bool = False) -> View:
        """What these conditions leave of a build."""
        keep = shelf.facets.mask(chosen)
        return cls(shelf, chosen, keep, Chosen(shelf.archive.events, keep), entries, now)

    @property
    def archive(self) -> Archive:
        """Documents, mentions, evidence and events."""
        return self.shelf.archive

    @property
    def facets(self) -> Facets:
        """The index of the filters."""
        return self.shelf.facets

    @property
    def marks(self) -> dict[str, str]:
        """What stands before the titles of events that are told apart, by event_id."""
        return self.shelf.marks

    @property
    def new(self) -> frozenset[str]:
        """The event_ids that are of this reader's own texts."""
        return self.shelf.new


def titles(events: pd.DataFrame, words: Words, marks: Mapping[str, str] | None = None) -> pd.Series[str]:
    """The events' titles in the reader's language (`titles_in`)."""
    return titles_in(events, words.language, marks)


def titled(title: str, text: str, precision: str, words: Words) -> str:
    """A title with its date, for a button or a line of a list: `Border fair (19–23 December 2023)`."""
    return words.bracketed(title, words.date(text, precision) if text else "")
