"""Text → places, gates, people and bodies, in any script, under one canonical name each."""

from timeline.names.find import find_names
from timeline.names.gazetteer import NameKey, name_phrases
from timeline.names.home import Home, home_of
from timeline.names.surnames import Surnames

__all__ = ["Home", "NameKey", "Surnames", "find_names", "home_of", "name_phrases"]
