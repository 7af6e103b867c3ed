"""Names, codes and languages in the reader's language, the options of lists, and which scripts run from right to left."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from weakref import WeakKeyDictionary

from timeline import i18n, knowledge
from timeline.app import data
from timeline.app.keeping import Once
from timeline.app.language import current
from timeline.facets import Facets
from timeline.i18n import LANGUAGES, STATUSES, Words
from timeline.naming import KINDS, Naming

_COUNT = re.compile(r" · [\d.,]+$")
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))


def naming(words: Words | None = None) -> Naming:
    """What names are shown as in a language, that of the session by default."""
    language = (words or current()).language
    return _NAMINGS.get(language, lambda: Naming(data.entries(), language))


# Shared by all sessions: a name is put in a language once.
_NAMINGS = Once(len(LANGUAGES))


def labels_of(group: str, facets: Facets, entries: knowledge.Tables, words: Words) -> Mapping[str, str]:
    """Each value of a group of events with its label in a list; no two names have the same."""
    made = _LABELS.setdefault(facets, {})
    key = group, words.language
    if key not in made:
        labels = {value: label_of(group, value, entries, words) for value in facets.values(group)}
        if group in KINDS:
            counts = Counter([*labels.values(), *labels])
            labels = {
                value: label if label == value or counts[label] == 1 else words.bracketed(label, value) for value, label in labels.items()
            }
        made[key] = labels
    return made[key]


_LABELS: WeakKeyDictionary[Facets, dict[tuple[str, str], dict[str, str]]] = WeakKeyDictionary()


def values_of(group: str, facets: Facets, entries: knowledge.Tables) -> dict[str, str]:
    """Each label of a group's values, in any language, with its value; and each value with itself."""
    found = {label: value for code in LANGUAGES for value, label in labels_of(group, facets, entries, i18n.words(code)).items()}
    return found | {value: value for value in facets.values(group)}


def label_of(group: str, value: str, entries: knowledge.Tables, words: Words) -> str:
    """What a value of a group of events is called in a list in a language."""
    if group in ("type", "subtype"):
        return type_name(value, entries, words=words, subtype=group == "subtype")
    if group == "status":
        return words.gettext(STATUSES.get(value, value))
    return words.language_name(value) if group == "language" else naming(words).option(group, value)


def type_name(code: str, entries: knowledge.Tables, event_type: str = "", words: Words | None = None, subtype: bool = False) -> str:
    """A type of event in words; or a subtype: of `event_type`, else of the first type that has it."""
    rows = entries.event_types
    row = None if subtype else rows.get(code)
    if row is None:
        row = rows.get(f"{event_type}.{code}") or next((one for one in rows.values() if one.event_subtype == code), None)
    if row is None:
        return code.replace("_", " ").capitalize()
    return {"vi": row.title_vi, "zh": row.title_zh}.get((words or current()).language) or row.title


def status_name(code: str) -> str:
    """A status in words."""
    return current().gettext(STATUSES.get(code, code))


def language_name(code: str) -> str:
    """A language in words."""
    return current().language_name(code)


def with_count(label: str, count: int) -> str:
    """An option with how many events it would leave."""
    return f"{label} · {current().number(count)}"


def without_count(label: str) -> str:
    """The option as it was before its count."""
    return _COUNT.sub("", label)


def direction(code: str) -> str:
    """`rtl` or `ltr`."""
    return "rtl" if code in RIGHT_TO_LEFT else "ltr"
