"""What every page is given: the tables, what is chosen, and the events that are left."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from timeline import knowledge
from timeline.app.shelf import Shelf
from timeline.facets import Conditions, Facets, Mask
from timeline.i18n import Words
from timeline.tables import Tables
from timeline.titles import titles_in


@dataclass(frozen=True, slots=True, eq=False)
class View:
    """One run's view. Nobody may write into the frames: the sessions share them."""

    shelf: Shelf
    chosen: Conditions
    keep: Mask  # which events of the table meet the conditions
    shown: pd.DataFrame  # these events, in the table's order
    entries: knowledge.Tables  # the rows of the knowledge tables
    now: bool = False  # provinces as they are since the mergers of 1 July 2025

    @property
    def tables(self) -> Tables:
        """Documents, mentions, evidence and events."""
        return self.shelf.tables

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
