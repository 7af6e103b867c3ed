"""What a text is at home in: the Vietnamese province that it speaks of, the country whose organs it names without saying whose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from timeline.knowledge import Hit, Knowledge, Language
from timeline.names.gazetteer import NameKey

_VIETNAM = "Vietnam"
_KINDS = frozenset(("province", "country"))


class Home(NamedTuple):
    """What bodies belong to that are named without theirs."""

    province: str = ""  # of Vietnam
    country: str = ""  # other than Vietnam


NOWHERE = Home()


def home_of(passages: Iterable[Sequence[Hit]], knowledge: Knowledge, language: Language | None) -> Home:
    """The home of a text whose passages hold these hits.

    The province is the one that it names at least twice as often as any other. The country is that of the language's own press
    (`press` of its file), where the text names it at least as often as Vietnam: the ministry of a Ukrainian paper is Ukraine's,
    that of a Vietnamese paper's Ukrainian edition Vietnam's.
    """
    counts: Counter[NameKey] = Counter()
    for hits in passages:
        for hit in hits:
            phrase, key = hit.phrase, hit.phrase.key
            if phrase.kind == "name" and not phrase.weak and isinstance(key, NameKey) and key.kind in _KINDS:
                counts[key] += 1
    provinces = knowledge.tables.provinces
    ranked = [(count, key.name) for key, count in counts.most_common() if key.kind == "province" and provinces[key.name].country == "VN"]
    clear = bool(ranked) and (len(ranked) == 1 or ranked[0][0] >= 2 * ranked[1][0])
    press = knowledge.countries.get(language.press, "") if language else ""
    named = counts[NameKey("country", press)] if press else 0
    return Home(ranked[0][1] if clear else "", press if named and named >= counts[NameKey("country", _VIETNAM)] else "")
