"""Names of codes and languages in the reader's language, and which scripts run from right to left."""

from __future__ import annotations

import re

from timeline import knowledge
from timeline.app.language import current
from timeline.i18n import STATUSES, Words

_COUNT = re.compile(r" · [\d.,]+$")
RIGHT_TO_LEFT = frozenset(("ar", "fa", "he", "ur"))


def label_of(group: str, value: str, entries: knowledge.Tables, words: Words) -> str:
    """What a value of a group of events is called in a language; names stay as they are."""
    if group in ("type", "subtype"):
        return type_name(value, entries, words=words, subtype=group == "subtype")
    if group == "status":
        return words.gettext(STATUSES.get(value, value))
    return words.language_name(value) if group == "language" else value


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
