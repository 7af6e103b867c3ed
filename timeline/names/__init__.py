"""Text → places, gates, people and bodies, in any script, under one canonical name each."""

from timeline.names.find import find_names
from timeline.names.gazetteer import NameKey, name_phrases
from timeline.names.home import Home, home_of

__all__ = ["Home", "NameKey", "find_names", "home_of", "name_phrases"]
