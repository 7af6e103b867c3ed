"""`data/knowledge` → one validated `Knowledge` object, loaded once at the edge and handed down."""

from timeline.knowledge.cache import Cache
from timeline.knowledge.collector import collector_paused
from timeline.knowledge.compiled import lexicon_of
from timeline.knowledge.entries import Actor, EventType, Gate, LegalCode, Office, Place, Province, Series, Tables
from timeline.knowledge.language import Example, Language
from timeline.knowledge.lexicon import Hit, Lexicon
from timeline.knowledge.load import Knowledge, ListedPeople, knowledge_path, load, load_entries, loose, version
from timeline.knowledge.phrases import Phrase
from timeline.knowledge.regexes import kept_pattern

__all__ = [
    "Actor",
    "Cache",
    "EventType",
    "Example",
    "Gate",
    "Hit",
    "Knowledge",
    "Language",
    "LegalCode",
    "Lexicon",
    "ListedPeople",
    "Office",
    "Phrase",
    "Place",
    "Province",
    "Series",
    "Tables",
    "collector_paused",
    "kept_pattern",
    "knowledge_path",
    "lexicon_of",
    "load",
    "load_entries",
    "loose",
    "version",
]
