"""Thirty-three languages, each with tests of its own, and docs/languages.md telling what each has."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from timeline.knowledge import Knowledge, Language, load

COVERED = ["ar", "bn", "cs", "de", "el", "en", "es", "fa", "fr", "he", "hi", "hu", "id", "it", "ja", "km", "ko"]
COVERED += ["lo", "ms", "nl", "no", "pl", "pt", "ro", "ru", "sv", "th", "tl", "tr", "uk", "ur", "vi", "zh"]
CALENDARS = {
    "persian_months": "Persian",
    "islamic_months": "Islamic",
    "lunar": "lunar",
    "eras": "eras",
}
DOCS = Path(__file__).parent.parent / "docs" / "languages.md"


def test_the_languages_are_those_that_are_promised(knowledge: Knowledge) -> None:
    assert sorted(knowledge.languages) == COVERED


@pytest.mark.parametrize("code", COVERED)
def test_a_language_has_enough_tests_of_its_own(knowledge: Knowledge, code: str) -> None:
    examples = knowledge.languages[code].examples
    assert sum(len(example.dates) for example in examples) >= 25
    assert sum(len(example.traps) for example in examples) >= 10


def rows(languages: dict[str, Language]) -> Iterator[str]:
    """The lines of the table in docs/languages.md."""
    for language in sorted(languages.values(), key=lambda one: one.name):
        dates = language.dates
        calendars = [name for key, name in CALENDARS.items() if dates.get(key)]
        calendars += ["Buddhist"] if dates.get("short_years") == "buddhist" else []
        counts = [sum(len(getattr(example, what)) for example in language.examples) for what in ("dates", "traps")]
        events = sum(map(len, language.triggers.values()))
        yield (
            f"| {language.name} | `{language.code}` | {language.script} | {dates.get('order', 'dmy')} | {', '.join(calendars) or '–'} "
            f"| {len(language.examples)} | {counts[0]} | {counts[1]} | {events or '–'} |"
        )


def test_the_table_of_languages_is_true(knowledge: Knowledge) -> None:
    """When a language file has changed, `python -m tests.test_languages` prints the new table."""
    told = DOCS.read_text(encoding="utf-8").splitlines()
    assert [row for row in told if row.startswith("| ") and "`" in row] == list(rows(knowledge.languages))


if __name__ == "__main__":
    print("\n".join(rows(load().languages)))  # noqa: T201
