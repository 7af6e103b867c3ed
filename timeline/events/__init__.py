"""Sentence → mentions: triggers, their clauses, and the times, places and actors that belong to them."""

from timeline.events.extract import extract_mentions
from timeline.events.reading import Reader, Reading

__all__ = ["Reader", "Reading", "extract_mentions"]
