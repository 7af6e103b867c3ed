"""What CLDR calls countries, and cities that time zones are named after, in a language: names that no file need list."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from timeline.knowledge import Language, Place
from timeline.knowledge.cldr import cldr_locale
from timeline.text import UNSPACED, fold_words

_SHORTEST = {"Han": 3, "Kana": 3, "Hangul": 3}  # characters of a name that is surely no part of another word
_NAMESAKES = frozenset(("Sofia", "Dushanbe"))  # a woman's name; Monday in Persian
_SHORTEST_SPACED, _SHORTEST_UNSPACED = 5, 6


def cldr_names(place: Place, language: Language) -> Iterator[str]:
    """The name of a country, or of a city of a time zone; none that is short, or a common word of the language."""
    locale = cldr_locale(language.code)
    if locale is None or place.name in _NAMESAKES:
        return
    if place.kind == "country":
        name = str(locale.territories.get(place.country, ""))
    else:
        name = _cities(language.code).get(place.name.replace(" ", "_"), "")
    least = _SHORTEST.get(language.script, _SHORTEST_UNSPACED if language.script in UNSPACED else _SHORTEST_SPACED)
    if len(name) >= least and "(" not in name and fold_words(name) not in language.common_words[0]:
        yield name


@cache
def _cities(code: str) -> dict[str, str]:
    """The name of a zone's city ("Belgrade" of Europe/Belgrade) → what the language calls it."""
    locale = cldr_locale(code)
    zones = locale.time_zones if locale else {}
    return {zone.rpartition("/")[2]: str(data["city"]) for zone, data in zones.items() if "city" in data}
