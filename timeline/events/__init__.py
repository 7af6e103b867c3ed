"""Sentence → mentions: triggers, their clauses, and the times, places and actors that belong to them."""

from timeline.events.extract import extract_mentions, kinds_told
from timeline.events.reading import Reader, Reading
from timeline.events.writing import IN_TABLE, Kind, Row, mention_of_row

__all__ = ["IN_TABLE", "Kind", "Reader", "Reading", "Row", "extract_mentions", "kinds_told", "mention_of_row"]
