"""A language's words for months, weekdays and their like: CLDR's, and those of its file."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from timeline.dates.calendars import Calendar
from timeline.dates.grammar import DateGrammar, Month
from timeline.dates.numerals import Numerals
from timeline.dates.steps import step_phrases
from timeline.dates.templates import (
    cldr_words,
    never_phrases,
    span_phrases,
)
from timeline.knowledge import Language, Phrase
from timeline.knowledge.date_words import expand
from timeline.text import UNSPACED, fold_short, script_of

_PARTS = ("early", "mid", "late")
# key → which of such days: the nearest past one, one strictly before or after, the nearest, the nearest past one even beside "will",
# that of the last, this or the next calendar week
_WEEKDAYS = (
    ("weekday", ""),
    ("weekday_past", "-"),
    ("weekday_next", "+"),
    ("weekday_this", "~"),
    ("weekday_over", "."),
    ("weekday_last_week", "<"),
    ("weekday_this_week", "="),
    ("weekday_next_week", ">"),
)
_CALENDARS: tuple[Calendar, ...] = ("persian", "islamic", "lunar")


def all_months(language: Language, test: Callable[[str], bool]) -> bool:
    """Whether CLDR writes every month's first letter so; of no use in scripts without capitals."""
    names = [name for _, name in cldr_words(language.code, "months")]
    return language.script == "Latin" and bool(names) and all(test(name[:1]) for name in names)


def months_of(language: Language) -> dict[str, Month]:
    """Folded month word → calendar and number: CLDR's, the file's, and those of the calendars that the file names."""
    found: dict[str, Month] = {word: ("", number) for word, number in calendar_words(language, "months").items()}
    for calendar in _CALENDARS:
        for number, names in language.dates.get(f"{calendar}_months", {}).items():
            for name in names:
                found.setdefault(fold_short(name).strip(), (calendar, int(number)))
    return found


def calendar_words(language: Language, what: str) -> dict[str, int]:
    """Folded month or weekday word → number, from CLDR and the language file."""
    found: dict[str, int] = {}
    common = {fold_short(word) for word in language.stopwords}
    common -= {fold_short(word) for word in language.dates.get("year_months", ())}
    if what == "months" and language.script != "Latin":  # pages in other scripts carry English stamps
        found.update({fold_short(name).strip(" ."): number for number, name in cldr_words("en", "months")})
    for number, name in cldr_words(language.code, what):
        key = fold_short(name).strip(" .")
        usable = len(key) > 2 or (key and script_of(key[0]) in UNSPACED)
        # an abbreviation that is a common word ("pro", "się") would be a month on every line
        if usable and key not in common and not any(char.isdigit() for char in key):
            found.setdefault(key, number)
    for number, names in language.dates.get(what, {}).items():
        for name in names:
            found[fold_short(name).strip()] = int(number)
    unwanted = {fold_short(name).strip(" .") for name in language.dates.get("no_months", ())} if what == "months" else set()
    return {key: value for key, value in found.items() if not key.isdigit() and key not in unwanted}


def written_months(language: Language) -> Iterator[str]:
    yield from (name for _, name in cldr_words(language.code, "months"))
    for key in ("months", *(f"{calendar}_months" for calendar in _CALENDARS)):
        yield from (name for names in language.dates.get(key, {}).values() for name in names)


def numerals_of(language: Language) -> Numerals:
    words = language.dates
    return Numerals(
        eras={fold_short(era): int(offset) for era, offset in words.get("eras", {}).items()},
        day_words={fold_short(word): int(number) for number, names in words.get("day_words", {}).items() for word in names},
        han=language.script in ("Han", "Kana"),
        eastern_years=bool(words.get("persian_months") or words.get("islamic_months")),
        persian=words.get("short_years", "") == "persian",
        buddhist=words.get("short_years", "") == "buddhist",
    )


def date_phrases(language: Language, grammar: DateGrammar) -> list[Phrase]:
    """What the shared scan must find for the dates: month names, weekdays, relative expressions, parts of a period."""
    words, months, numerals = language.dates, grammar.months, grammar.numerals
    exact = language.code == "vi" or bool(words.get("exact_words", False))
    phrases = [Phrase(month, "month", number, by_figures=True) for month, number in months.items() if len(month) > 1]
    phrases += [Phrase(word, "number", number) for word, number in numerals.day_words.items()]
    phrases += [Phrase(era, "number", offset) for era, offset in numerals.eras.items()]
    for code, spellings in words.get("relative", {}).items():
        phrases += [Phrase(word, "relative", code, exact=exact) for word in spellings]
    phrases += step_phrases(words, exact, glued=language.script == "Hangul")
    phrases += [Phrase(text, "relative", f"part:{code}", exact=exact) for text, code in span_phrases(language)]
    phrases += [Phrase(text, "relative", "never", exact=exact) for text in never_phrases(language)]
    phrases += _weekday_phrases(language, exact)
    for part in _PARTS:
        phrases += [Phrase(word, "part", part, exact=exact) for word in words.get(part, ())]
        phrases += [Phrase(word, "part_after", part, exact=exact) for word in words.get(f"{part}_after", ())]
    phrases += [Phrase(word, "relative", "now", exact=exact) for word in words.get("now", ())]
    # "開通する。" ends a sentence, and is no part of "開通すると" (that it opens)
    phrases += [Phrase(word, "future", "closing" if word.endswith("。") else "", exact=exact) for word in words.get("future", ())]
    phrases += [Phrase(word, "same_span", "", exact=exact) for word in words.get("same_span", ())]
    phrases += [Phrase(word, "compared", "", exact=exact) for word in words.get("compared", ())]
    phrases += [Phrase(word, "said", "") for word in language.cues.get("said", ())]
    return phrases


def _weekday_phrases(language: Language, exact: bool) -> list[Phrase]:
    """A weekday beside a date says nothing new; with the words of `weekday` and its like it is a day by itself."""
    written: dict[str, int] = {}
    for number, name in cldr_words(language.code, "weekdays"):
        written.setdefault(name, number)
    for text_number, names in language.dates.get("weekdays", {}).items():
        written.update(dict.fromkeys(names, int(text_number)))
    phrases = [Phrase(name, "weekday", f"weekday{number}", exact=exact) for name, number in written.items()]
    for key, sign in _WEEKDAYS:
        for template in language.dates.get(key, ()):
            for full in expand(template):
                phrases += [
                    Phrase(full.replace("{w}", name), "relative", f"weekday{number}{sign}", exact=exact) for name, number in written.items()
                ]
    return phrases


def wide_months(language: Language) -> frozenset[str]:
    """Month names in full: a full stop behind one ends the sentence."""
    wide = {fold_short(name) for _, name in cldr_words(language.code, "months", ("wide",))}
    listed = calendar_words(language, "months")
    longest = {number: max(len(word) for word, n in listed.items() if n == number) for number in listed.values()}
    return frozenset(wide | {word for word, number in listed.items() if len(word) > 5 and len(word) + 3 >= longest[number]})
