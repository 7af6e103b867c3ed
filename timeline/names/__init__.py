"""Text → places, gates, people and bodies, in any script, under one canonical name each."""

from timeline.names.find import find_names
from timeline.names.gazetteer import NameKey, name_phrases

__all__ = ["NameKey", "find_names", "name_phrases"]
