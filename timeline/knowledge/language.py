"""A language file as a value: how one language writes dates, events, roles and names.

`docs/knowledge.md` documents the keys for those who edit the files.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from timeline.text import SCRIPTS, fold_words

# What a skeleton has where words are to go (see timeline/skeletons); behind it stands what is wanted.
FILL_IN = "FILL IN: "
# Section → key → what it holds. `words` is a list of strings, `table` maps to lists of strings, `numbers` to numbers.
SECTIONS: dict[str, dict[str, str]] = {
    "": {
        "code": "text",
        "name": "text",
        "script": "text",
        "endings": "words",
        "prefixes": "words",
        "stopwords": "words",
        "abbreviations": "words",
        "variants": "text",
        "names_capitalised": "flag",
        "titles_capitalised": "flag",
        "offices_follow": "flag",
        "owners": "text",
        "press": "text",
        "hosts_nearest": "flag",
        "postpositions": "flag",
    },
    "page": {"comments": "words", "source": "words", "related": "words", "published": "words"},
    "dates": {
        "order": "text",
        "months": "table",
        "weekdays": "table",
        "day": "words",
        "month": "words",
        "year": "words",
        "quarter": "words",
        "range": "words",
        "list": "words",
        "from": "words",
        "starting": "words",
        "since": "words",
        "until": "words",
        "now": "words",
        "about": "words",
        "period": "words",
        "early": "words",
        "mid": "words",
        "late": "words",
        "early_after": "words",
        "mid_after": "words",
        "late_after": "words",
        "relative": "table",
        "steps": "table",
        "spans": "table",
        "weekday": "words",
        "weekday_past": "words",
        "weekday_next": "words",
        "weekday_this": "words",
        "weekday_over": "words",
        "past": "words",
        "next": "words",
        "this": "words",
        "last_year": "words",
        "between": "words",
        "never": "words",
        "future": "words",
        "compared": "words",
        "same_span": "words",
        "clause": "words",
        "bare": "words",
        "lunar": "words",
        "day_words": "table",
        "no_months": "words",
        "day_months": "words",
        "year_months": "words",
        "homonym_months": "words",
        "any_case_months": "flag",
        "bare_years": "flag",
        "bare_weekdays": "flag",
        "verb_last": "flag",
        "clause_commas": "flag",
        "exact_words": "flag",
        "since_after": "words",
        "until_after": "words",
        "about_after": "words",
        "between_after": "words",
        "weekday_last_week": "words",
        "weekday_this_week": "words",
        "weekday_next_week": "words",
        "eras": "numbers",
        "short_years": "text",
        "persian_months": "table",
        "islamic_months": "table",
        "lunar_months": "table",
    },
    "words": {
        "gate": "words",
        "province": "words",
        "city": "words",
        "delegation": "words",
        "document": "words",
        "embassy": "words",
        "consulate": "words",
        "consul": "words",
        "bordering": "words",
        "first": "words",
        "person": "words",
        "not_name": "words",
        "party_secretary": "words",
        "train": "words",
        "honorific": "words",
        "nobody": "words",
        "national": "words",
    },
    "cues": {
        "scheduled": "words",
        "postponed": "words",
        "cancelled": "words",
        "ongoing": "words",
        "recurring": "words",
        "total": "words",
        "wish": "words",
        "topic": "words",
        "met": "words",
        "held": "words",
        "subordinate": "words",
        "quoted": "words",
        "said": "words",
        "ordinal": "words",
        "this_period": "words",
        "part": "words",
    },
}
_OWNERS = ("", "before", "behind", "both")
# Those whose keys are names of other tables; and what an example may tell.
FREE_SECTIONS = ("triggers", "at_event", "names")
EXAMPLE_KEYS = ("text", "published", "dates", "traps", "names", "events")
_PLACE_STEM = 4  # letters of a noun that inflected forms are told by


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of our own with what it must give; the language's tests."""

    text: str
    published: str = ""
    dates: tuple[tuple[str, str], ...] = ()
    traps: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    events: tuple[dict[str, Any], ...] | None = None  # None: not compared; (): there is none


@dataclass(frozen=True, eq=False)  # told apart by identity: what is derived from one is kept under it
class Language:
    """One language, as its file has it."""

    code: str
    name: str
    script: str
    endings: frozenset[str] = frozenset({""})
    prefixes: frozenset[str] = frozenset()
    stopwords: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    names_capitalised: bool = True
    titles_capitalised: bool = False
    offices_follow: bool = False
    owners: str = ""
    press: str = ""
    hosts_nearest: bool = False
    postpositions: bool = False
    page: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)
    cues: dict[str, tuple[str, ...]] = field(default_factory=dict)
    triggers: dict[str, tuple[str, ...]] = field(default_factory=dict)
    at_event: dict[str, tuple[str, ...]] = field(default_factory=dict)
    names: dict[str, tuple[str, ...]] = field(default_factory=dict)
    people: frozenset[str] = frozenset()  # which of `names` are people, as the tables say
    examples: tuple[Example, ...] = ()
    variants: str = ""

    @cached_property
    def joining_words(self) -> frozenset[str]:
        """What joins two names, folded: "and", "to", a comma, the function words."""
        joins = (*self.dates.get("list", ()), *self.dates.get("range", ()), *self.stopwords)
        return frozenset(map(fold_words, joins))

    @cached_property
    def list_words(self) -> frozenset[str]:
        """What stands between members of a list, folded: "and"."""
        return frozenset(map(fold_words, self.dates.get("list", ())))

    @cached_property
    def place_words(self) -> frozenset[str]:
        """Common nouns beside a place's name, folded: "province", "city"."""
        words = (*self.words.get("province", ()), *self.words.get("city", ()))
        return frozenset(fold_words(word.rstrip("*")) for word in words)

    def is_place_word(self, word: str) -> bool:
        """Whether a folded word is such a noun, or an inflected form of one; of the short ones ("г", "tp") only itself."""
        return word in self.place_words or word.startswith(self._place_stems)

    @cached_property
    def _place_stems(self) -> tuple[str, ...]:
        return tuple(sorted(word for word in self.place_words if len(word) >= _PLACE_STEM))

    @cached_property
    def common_words(self) -> tuple[frozenset[str], frozenset[str]]:
        """The words, and the stems (`komitet*`), folded, that the file lists for organs, roles and events: not those of people's names,
        nor of places, which people are called like ("Ma Lu Thàng").
        """
        words_of = {name: phrases for name, phrases in self.words.items() if name != "not_name"}
        names = {name: phrases for name, phrases in self.names.items() if "{" in name or " of " in name}
        tables = (words_of, self.cues, self.triggers, self.at_event, names)
        listed = [word for table in tables for phrases in table.values() for phrase in phrases for word in phrase.split()]
        words = [word for word in (*listed, *self.stopwords) if not word.endswith("*")]
        stems = [word.rstrip("*") for word in listed if word.endswith("*")]
        return frozenset(map(fold_words, words)), frozenset(map(fold_words, stems))


class _Reader:
    """Reads one parsed TOML file, collecting faults as `file:key: fault`."""

    def __init__(self, file: str, raw: dict[str, Any], faults: list[str]) -> None:
        self.file, self.raw, self.faults = file, raw, faults

    def fault(self, key: str, text: str) -> None:
        self.faults.append(f"{self.file}:{key}: {text}")

    def is_filled_in(self, key: str, text: str) -> bool:
        """Whether a string is no longer a skeleton's; of one that is, the fault says what is to go there."""
        if text.startswith(FILL_IN):
            self.fault(key, f"is still to be filled in: {text.removeprefix(FILL_IN)}")
        return not text.startswith(FILL_IN)

    def words(self, key: str, value: Any) -> tuple[str, ...]:
        if not isinstance(value, list) or not set(map(type, value)) <= {str} or not all(map(str.strip, value)):
            self.fault(key, 'must be a list of non-empty strings: ["…", "…"]')
            return ()
        words = tuple(value)
        if FILL_IN in "\n".join(words):  # rare, and a language file has thousands of words
            words = tuple(item for item in words if self.is_filled_in(key, item))
        if len(set(words)) < len(words):
            for item, times in Counter(words).items():
                for _ in range(times - 1):
                    self.fault(key, f"{item!r} stands twice")
        return words

    def table(self, key: str, value: Any) -> dict[str, tuple[str, ...]]:
        if not isinstance(value, dict):
            self.fault(key, 'must be a table of lists: a line `name = ["…"]` for each, under a head of its own')
            return {}
        return {name: self.words(f"{key}.{name}", items) for name, items in value.items()}

    def numbers(self, key: str, value: Any) -> dict[str, int]:
        if not isinstance(value, dict) or not all(isinstance(number, int) for number in value.values()):
            self.fault(key, "must be a table of whole numbers")
            return {}
        return dict(value)

    def value(self, kind: str, key: str, value: Any) -> Any:
        if kind == "words":
            return self.words(key, value)
        if kind == "table":
            return self.table(key, value)
        if kind == "numbers":
            return self.numbers(key, value)
        expected = bool if kind == "flag" else str
        if not isinstance(value, expected):
            self.fault(key, f"must be {'true or false' if kind == 'flag' else 'a string'}")
            return expected()
        return value if not isinstance(value, str) or self.is_filled_in(key, value) else ""

    def section(self, section: str) -> dict[str, Any]:
        raw = self.raw.get(section, {}) if section else {k: v for k, v in self.raw.items() if not isinstance(v, dict) and k != "examples"}
        if not isinstance(raw, dict):
            self.fault(section, "must be a table")
            return {}
        known = SECTIONS[section]
        found: dict[str, Any] = {}
        for key, value in raw.items():
            path = f"{section}.{key}" if section else key
            if key not in known:
                self.fault(path, f"unknown key (known: {', '.join(sorted(known))})")
            else:
                found[key] = self.value(known[key], path, value)
        return found

    def examples(self) -> tuple[Example, ...]:
        raw = self.raw.get("examples", [])
        if not isinstance(raw, list) or not raw:
            self.fault("examples", "at least one [[examples]] entry is needed")
            return ()
        return tuple(example for k, item in enumerate(raw) if (example := self.example(f"examples[{k}]", item)))

    def example(self, key: str, item: Any) -> Example | None:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            self.fault(key, "needs a text")
            return None
        if not self.is_filled_in(f"{key}.text", item["text"]):  # what it must give can't be told before
            return None
        for name in sorted(item.keys() - set(EXAMPLE_KEYS)):
            self.fault(f"{key}.{name}", f"unknown key (known: {', '.join(sorted(EXAMPLE_KEYS))})")
        pairs = {name: self.pairs(f"{key}.{name}", item.get(name, []), item["text"]) for name in ("dates", "names")}
        traps = self.words(f"{key}.traps", item.get("traps", []))
        for trap in traps:
            if trap not in item["text"]:
                self.fault(f"{key}.traps", f"{trap!r} does not stand in the text")
        events = item.get("events", [])
        if not isinstance(events, list) or not all(isinstance(event, dict) for event in events):
            self.fault(f"{key}.events", "must be a list of tables")
            events = []
        compared = tuple(events) if "events" in item else None
        published = self.day(f"{key}.published", item.get("published", ""))
        return Example(item["text"], published, pairs["dates"], traps, pairs["names"], compared)

    def day(self, key: str, value: Any) -> str:
        """An ISO day, or ""."""
        try:
            return value and date.fromisoformat(value).isoformat()
        except (TypeError, ValueError):
            self.fault(key, f'must be a day in quotes, as "2025-08-25", not {value!s}')
            return ""

    def pairs(self, key: str, rows: Any, text: str) -> tuple[tuple[str, str], ...]:
        """What an example's words must give."""
        if not isinstance(rows, list) or not all(isinstance(r, list) and len(r) == 2 and all(isinstance(x, str) for x in r) for r in rows):
            self.fault(key, 'must be a list of pairs: [["words of the text", "value"]]')
            return ()
        filled = [row for row in rows if all(self.is_filled_in(key, cell) for cell in row)]
        for words, _ in filled:
            if words not in text:
                self.fault(key, f"{words!r} does not stand in the text")
        return tuple((words, value) for words, value in filled)


def read_language(file: str, raw: dict[str, Any], faults: list[str]) -> Language | None:
    """Turn a parsed language file into a `Language`; every fault goes to `faults` as `file:key: fault`."""
    reader = _Reader(file, raw, faults)
    for name, value in raw.items():
        if isinstance(value, dict) and name not in SECTIONS and name not in FREE_SECTIONS:
            reader.fault(name, f"unknown section (known: {', '.join(sorted((SECTIONS.keys() | set(FREE_SECTIONS)) - {''}))})")
    top = reader.section("")
    for key in ("code", "name", "script"):
        if not top.get(key):
            reader.fault(key, "is missing")
    if top.get("script") and top["script"] not in SCRIPTS:
        reader.fault("script", f"{top['script']!r} is unknown (known: {', '.join(SCRIPTS[1:])})")
    if top.get("code") and file != f"languages/{top['code']}.toml":
        reader.fault("code", f"{top['code']!r} is not the file's name")
    if top.get("owners", "") not in _OWNERS:
        reader.fault("owners", f"{top['owners']!r} is unknown (known: {', '.join(_OWNERS[1:])})")
    language = Language(
        code=top.get("code", ""),
        name=top.get("name", ""),
        script=top.get("script", "Latin"),
        endings=frozenset(top.get("endings", ())) | {""},
        prefixes=frozenset(top.get("prefixes", ())),
        stopwords=frozenset(top.get("stopwords", ())),
        abbreviations=frozenset(word.casefold() for word in top.get("abbreviations", ())),
        names_capitalised=top.get("names_capitalised", True),
        titles_capitalised=top.get("titles_capitalised", False),
        offices_follow=top.get("offices_follow", False),
        owners=top.get("owners", ""),
        press=top.get("press", ""),
        hosts_nearest=top.get("hosts_nearest", False),
        postpositions=top.get("postpositions", False),
        variants=top.get("variants", ""),
        page=reader.section("page"),
        dates=reader.section("dates"),
        words=reader.section("words"),
        cues=reader.section("cues"),
        triggers=reader.table("triggers", raw.get("triggers", {})),
        at_event=reader.table("at_event", raw.get("at_event", {})),
        names=reader.table("names", raw.get("names", {})),
        examples=reader.examples(),
    )
    return language if language.code else None
