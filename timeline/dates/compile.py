"""The templates of a language → compiled patterns, and the words that stand around a time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from timeline.dates.grammar import Alternatives, DateGrammar, Month, Openers, Prefixed, Template, prefix_key, shortest, stem
from timeline.dates.numerals import Numerals
from timeline.dates.resolve import SEASONS
from timeline.dates.slots import Pieces
from timeline.dates.steps import StepNumbers
from timeline.dates.templates import (
    SLOT,
    Alternative,
    alternatives,
    bare_alternatives,
    numeric_alternatives,
)
from timeline.dates.words import all_months, months_of, numerals_of, written_months
from timeline.knowledge import Language
from timeline.knowledge.date_words import expand
from timeline.text import UNSPACED, fold_short, fold_words, is_unspaced, surface

_BLANKS = re.compile(r" {2,}")
_DAY_SUFFIX = re.compile(r"\{d\}([^ {}]{1,3}) ?\{?")
_YEAR_WORD = re.compile(r"(?:\{M\}|\{d\}|\{m\}).*\{y\} ?([^\W\d_]+\.?)")
_CAPITAL_SLOT = re.compile(r"\{[A-Z]")


def compile_grammar(language: Language) -> DateGrammar:
    """Compile the date words and templates of `language`."""
    words = language.dates
    months = months_of(language)
    numerals = numerals_of(language)
    spaced = language.script not in UNSPACED
    by_word = spaced and not language.prefixes
    builder = _Builder(language, months, numerals, by_word)
    sides = [template for key in ("past", "next", "this", "last_year") for template in words.get(key, ())]
    return DateGrammar(
        months=months,
        numerals=numerals,
        order=words.get("order", "dmy"),
        persian=bool(words.get("persian_months")),
        free=builder.free(words=False),
        free_words=builder.free(words=True),
        prefixed=builder.prefixed(),
        continued=builder.continued(),
        bare=builder.bare(bare_alternatives(language)),
        exact=language.code == "vi",
        exact_words=bool(words.get("exact_words", False)),
        capital_months=all_months(language, str.isupper) and not words.get("any_case_months", False),
        small_months=all_months(language, str.islower),
        right_to_left=language.script in ("Arabic", "Hebrew"),
        seasons=_seasons(words.get("spans", {})),
        season_tails=_season_tails(words.get("spans", {})),
        step_numbers=StepNumbers(words, builder.pieces.list_words, numerals.han),
        decade_tails=_decade_tails(words.get("spans", {})),
        season_words=_season_words(language, spaced),
        bare_years=bool(words.get("bare_years", False)),
        bare_weekdays=bool(words.get("bare_weekdays", False)),
        verb_last=bool(words.get("verb_last", False)),
        clause_commas=bool(words.get("clause_commas", False)),
        homonym_months=frozenset(_folded(name) for name in words.get("homonym_months", ())),
        doubtful_months=frozenset(_folded(name).strip(" .") for name in words.get("day_months", ())),
        year_months=frozenset(_folded(name).strip(" .") for name in words.get("year_months", ())),
        written_months=frozenset(surface(name).strip(" .") for name in written_months(language)),
        range_words=frozenset(builder.pieces.range_words),
        list_words=frozenset(builder.pieces.list_words),
        clause_words=frozenset(fold_words(word) for word in words.get("clause", ())),
        since=Openers(words.get("since", ()), by_word),
        starts=Openers(words.get("from", ()), by_word),
        starting=Openers(words.get("starting", ()), by_word),
        until=Openers(words.get("until", ()), by_word),
        since_after=_after(f"{{t}} {word}" for word in words.get("since_after", ())),
        until_after=_after(f"{{t}} {word}" for word in words.get("until_after", ())),
        about_after=_after(f"{{t}} {word}" for word in words.get("about_after", ())),
        about=Openers(words.get("about", ()), by_word),
        past=Openers(_before(words.get("past", ())), by_word),
        past_after=_after(words.get("past", ())),
        coming=Openers(_before(words.get("next", ())), by_word),
        coming_after=_after(words.get("next", ())),
        this=Openers(_before(words.get("this", ())), by_word),
        this_after=_after(words.get("this", ())),
        last_year=Openers(_before(words.get("last_year", ())), by_word),
        last_year_after=_after(words.get("last_year", ())),
        sides=Openers(_before(sides), by_word),
        side_tails=_after(sides),
        edges=Openers((word for key in ("since", "from", "until", "about") for word in words.get(key, ())), by_word),
        between=Openers(words.get("between", ()), by_word),
        between_after=_after(f"{{t}} {word}" for word in words.get("between_after", ())),
        spaced=spaced,
        by_word=by_word,
        short_months=any(len(month) == 1 for month in months),
        roman_words=_roman_words(builder.alternatives),
        splitting=builder.pieces.day_split,
        bounds=frozenset(
            fold_words(word)
            for key in ("since", "until", "since_after", "until_after", "about")
            for word in words.get(key, ())
            if " " not in word
        ),
        glued_prefixes=frozenset(fold_words(prefix) for prefix in language.prefixes),
    )


def _seasons(spans: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    texts = [(head, season) for season in SEASONS for text in spans.get(season, ()) for full in expand(text) for head in _heads(full)]
    return tuple(sorted({(_folded(head), season) for head, season in texts}, key=lambda item: (-len(item[0]), item)))


def _season_tails(spans: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    texts = [(full, season) for season in SEASONS for text in spans.get(season, ()) for full in expand(text) if full.startswith("{y}")]
    tails = {(_folded(full[3:].strip()), season) for full, season in texts if full[3:].strip() and "{" not in full[3:]}
    return tuple(sorted(tails, key=lambda item: (-len(item[0]), item)))


def _decade_tails(spans: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What makes a decade of the figures before it ("s", "年代"), the longest first."""
    texts = [full.partition("}")[2] for text in spans.get("decade", ()) for full in expand(text) if full.startswith(("{y}", "{yy}"))]
    return tuple(sorted({_folded(text.strip()) for text in texts if text.strip()}, key=lambda tail: (-len(tail), tail)))


def _season_words(language: Language, spaced: bool) -> tuple[tuple[str, str], ...]:
    """What names a season in its templates: what stands before or behind the year, with and without the word next to it.

    With blanks between words a name must hold a word that this season's templates repeat and no other's have, of five letters
    in an alphabet: "autumn of", not "since" of "since autumn", nor "fall", which is another word beside "last year".
    """
    spans: Mapping[str, Sequence[str]] = language.dates.get("spans", {})
    alphabet = language.script in ("Latin", "Cyrillic", "Greek")
    letters = _SEASON_LETTERS - (len(language.endings) > 1)  # "lato", "léto", where words change their endings
    least, often = (letters, 2) if alphabet else (1 if language.script == "Hangul" else 2, 1)
    words: set[tuple[str, str]] = set()
    tokens: dict[str, Counter[str]] = {}
    for season in SEASONS:
        tokens[season] = Counter()
        for text in spans.get(season, ()):
            for full in expand(text):
                parts = full.partition("{y}")
                head, tail = _folded(parts[0]).strip(), _folded(parts[2]).strip()
                if not parts[1] or "{" in head + tail:
                    continue
                tokens[season].update({*head.split(), *tail.split()})
                shorter = (head.rpartition(" ")[0], tail.partition(" ")[2]) if spaced else (tail.partition(" ")[2] or tail[1:],)
                words |= {(word, season) for word in (head, tail, *shorter) if len(word) > 1 or "가" <= word <= "힣"}
    if spaced:
        # "mùa xuân", "musim semi": beside the word that all seasons share, a short one names a season too
        shared = Counter(token for counts in tokens.values() for token in counts)
        small = language.joining_words | {fold_words(word) for word in language.stopwords}
        common = {token for token, count in shared.items() if count > 2 and len(token) > 2 and token not in small}
        paired = {
            (word, season)
            for word, season in words
            if len(pair := word.split()) == 2 and not common.isdisjoint(pair) and any(_leads(token, season, tokens) for token in pair)
        }
        for counts in tokens.values():
            for token in [token for token in counts if len(token) < least or token in language.joining_words]:
                del counts[token]
        words = {(word, season) for word, season in words if any(_is_season(token, season, tokens, often) for token in word.split())}
        words |= paired
    seasons = Counter(word for word, _ in words)
    return tuple(sorted(((word, season) for word, season in words if seasons[word] == 1), key=lambda item: (-len(item[0]), item)))


def _leads(token: str, season: str, tokens: Mapping[str, Counter[str]]) -> bool:
    """Whether a token belongs to one season more than to all others."""
    others = sum(counts[token] for other, counts in tokens.items() if other != season)
    return tokens[season][token] >= 2 * max(1, others) - (others == 0)


def _is_season(token: str, season: str, tokens: Mapping[str, Counter[str]], often: int) -> bool:
    others = any(token in counts for other, counts in tokens.items() if other != season)
    return tokens[season][token] >= often and not others


def _heads(template: str) -> Iterator[str]:
    """What stands before `{y}` where nothing follows it."""
    head, slot, tail = template.partition("{y}")
    if slot and not tail and "{" not in head and head.strip():
        yield head.strip()


def _roman_words(alternatives: Iterable[Alternative]) -> tuple[str, ...]:
    """What words for a quarter begin with; one letter ("T1") says too little to look for."""
    stems = {stem(_folded(text)) for text, _ in alternatives if "{q}" in text}
    return tuple(shortest({word for word in stems if len(word) > 2 or (word and is_unspaced(word[0]))}))


def _before(templates: Iterable[str]) -> list[str]:
    """What stands before `{t}` in `last {t}`."""
    return [head.strip() for text in templates for full in expand(text) if (head := full.partition("{t}")[0]).strip()]


def _after(templates: Iterable[str]) -> tuple[str, ...]:
    """What stands behind `{t}` in `{t} pasado`, the longest first."""
    tails = {_folded(tail.strip()) for text in templates for full in expand(text) if (tail := full.partition("{t}")[2]).strip()}
    return tuple(sorted(tails, key=lambda tail: (-len(tail), tail)))


_SEASON_LETTERS = 5


class _Builder:
    """Sorts the templates of a language by what they want before them."""

    def __init__(self, language: Language, months: dict[str, Month], numerals: Numerals, by_word: bool) -> None:
        self.alternatives = [*alternatives(language), *numeric_alternatives(language)]
        # once: an inflected language has tens of thousands
        texts = [_folded(text) for text, _ in self.alternatives]
        self.by_word = by_word
        self.pieces = Pieces(language, months, numerals, _day_suffixes(texts), _year_words(texts, self.alternatives))
        self._free: list[Alternative] = []
        self._prefixed: dict[tuple[str, str], list[Alternative]] = defaultdict(list)  # by the prefix, folded and as it is written
        self._continued: list[Alternative] = []
        for folded, (text, code) in zip(texts, self.alternatives, strict=True):
            restored = _restore_slots(folded, text)
            first = restored.find("{")
            prefix, body = restored[:first].strip(), restored[first:]
            if prefix:
                self._prefixed[prefix, surface(text[: text.find("{")])].append((body, code))
            else:
                self._free.append((body, code))
            if "{d}" in body and "{m}" in body.lower() and code not in ("never", "lunar"):
                self._continued.append((body, code))

    def free(self, words: bool) -> Alternatives:
        """What may begin anywhere, with a word or with a figure."""
        starts = ("{M}", "{q}", "{y}", "{d}", "{D}", "{m}") if words else ("{d}", "{m}", "{y}", "{yy}", "{q}")
        chosen = [alternative for alternative in self._free if alternative[0].startswith(starts)]
        return Alternatives(partial(self.pieces.bodies, chosen), self.pieces.beginnings)

    def prefixed(self) -> dict[str, Prefixed]:
        """What wants a phrase before it, by `prefix_key`, the longest phrase first."""
        found: dict[str, list[Template]] = defaultdict(list)
        for (prefix, written), group in sorted(self._prefixed.items(), key=lambda item: (-len(item[0][0]), item[0])):
            found[prefix_key(prefix, self.by_word)].append(self._template(prefix, written, group))
        return {key: Prefixed(templates) for key, templates in found.items()}

    def continued(self) -> Template | None:
        """Days in all their forms, with or without the phrase that they want when they stand alone."""
        return self._template("", "", self._continued) if self._continued else None

    def bare(self, texts: Iterable[Alternative]) -> Template | None:
        """Day and month in figures."""
        chosen = [(_restore_slots(_folded(text), text), code) for text, code in texts]
        return self._template("", "", chosen) if chosen else None

    def _template(self, prefix: str, written: str, group: Sequence[Alternative]) -> Template:
        return Template(prefix, written, partial(self.pieces.bodies, group), self.pieces.beginnings)


def _day_suffixes(folded: Iterable[str]) -> set[str]:
    """What is glued to the number of a day: "st", "日"."""
    suffixes = {match.group(1) for text in folded if (match := _DAY_SUFFIX.search(text))}
    return suffixes - {"/", ".", "-"}


def _year_words(folded: Iterable[str], alternatives: Iterable[Alternative]) -> frozenset[str]:
    """The words for a year that stand behind one with its month: they tell an old round year from an amount."""
    found = (_YEAR_WORD.search(text) for text, (_, code) in zip(folded, alternatives, strict=True) if code != "never")
    return frozenset(match[1] for match in found if match)


def _folded(text: str) -> str:
    """`fold(text).text`: words of a language file are few."""
    return _BLANKS.sub(" ", fold_short(text))


def _restore_slots(folded: str, original: str) -> str:
    """Folding lowers `{M}` to `{m}`; give each slot its own name back."""
    if not _CAPITAL_SLOT.search(original):
        return folded
    names = iter(SLOT.findall(original))
    return SLOT.sub(lambda _: "{" + next(names) + "}", folded)
