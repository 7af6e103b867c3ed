"""Sentence → mentions: triggers, their clauses, and the times, places and actors that belong to them."""

from timeline.events.extract import Row, extract_mentions, kinds_told, mention_of_row
from timeline.events.reading import Reader, Reading

__all__ = ["Reader", "Reading", "Row", "extract_mentions", "kinds_told", "mention_of_row"]
