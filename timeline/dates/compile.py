"""The templates of a language → compiled patterns, and the words that stand around a time."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import groupby

from timeline.dates.choice import Beginnings, Body
from timeline.dates.grammar import Alternatives, DateGrammar, Month, Openers, Prefixed, Template, prefix_key, shortest, stem
from timeline.dates.numerals import NO_LETTER, Numerals
from timeline.dates.patterns import any_of, characters, factored
from timeline.dates.resolve import SEASONS
from timeline.dates.steps import StepNumbers
from timeline.dates.templates import (
    SLOT,
    Alternative,
    alternatives,
    bare_alternatives,
    numeric_alternatives,
)
from timeline.dates.words import all_months, calendar_words, months_of, numerals_of, wide_months, written_months
from timeline.knowledge import Language
from timeline.knowledge.date_words import expand
from timeline.text import UNSPACED, fold, fold_short, fold_words, is_unspaced, surface

_BLANKS = re.compile(r" {2,}")
_DAY_SUFFIX = re.compile(r"\{d\}([^ {}]{1,3}) ?\{?")
_YEAR_WORD = re.compile(r"(?:\{M\}|\{d\}|\{m\}).*\{y\} ?([^\W\d_]+\.?)")
_PIECE = re.compile(r"(\{\w+\}| +)")
_BLANK = r"[ \n]{0,2}"


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
        step_numbers=StepNumbers(words, builder.list_words, numerals.han),
        decade_tails=_decade_tails(words.get("spans", {})),
        season_words=_season_words(language, spaced),
        bare_years=bool(words.get("bare_years", False)),
        bare_weekdays=bool(words.get("bare_weekdays", False)),
        verb_last=bool(words.get("verb_last", False)),
        clause_commas=bool(words.get("clause_commas", False)),
        homonym_months=frozenset(fold(name).text for name in words.get("homonym_months", ())),
        doubtful_months=frozenset(fold(name).text.strip(" .") for name in words.get("day_months", ())),
        year_months=frozenset(fold(name).text.strip(" .") for name in words.get("year_months", ())),
        written_months=frozenset(surface(name).strip(" .") for name in written_months(language)),
        range_words=frozenset(builder.range_words),
        list_words=frozenset(builder.list_words),
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
        day_split=builder.day_split,
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
    return tuple(sorted({(fold(head).text, season) for head, season in texts}, key=lambda item: (-len(item[0]), item)))


def _season_tails(spans: Mapping[str, Sequence[str]]) -> tuple[tuple[str, str], ...]:
    texts = [(full, season) for season in SEASONS for text in spans.get(season, ()) for full in expand(text) if full.startswith("{y}")]
    tails = {(fold(full[3:].strip()).text, season) for full, season in texts if full[3:].strip() and "{" not in full[3:]}
    return tuple(sorted(tails, key=lambda item: (-len(item[0]), item)))


def _decade_tails(spans: Mapping[str, Sequence[str]]) -> tuple[str, ...]:
    """What makes a decade of the figures before it ("s", "年代"), the longest first."""
    texts = [full.partition("}")[2] for text in spans.get("decade", ()) for full in expand(text) if full.startswith(("{y}", "{yy}"))]
    return tuple(sorted({fold(text.strip()).text for text in texts if text.strip()}, key=lambda tail: (-len(tail), tail)))


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
                head, tail = fold(parts[0]).text.strip(), fold(parts[2]).text.strip()
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
    stems = {stem(fold(text).text) for text, _ in alternatives if "{q}" in text}
    return tuple(shortest({word for word in stems if len(word) > 2 or (word and is_unspaced(word[0]))}))


def _before(templates: Iterable[str]) -> list[str]:
    """What stands before `{t}` in `last {t}`."""
    return [head.strip() for text in templates for full in expand(text) if (head := full.partition("{t}")[0]).strip()]


def _after(templates: Iterable[str]) -> tuple[str, ...]:
    """What stands behind `{t}` in `{t} pasado`, the longest first."""
    tails = {fold(tail.strip()).text for text in templates for full in expand(text) if (tail := full.partition("{t}")[2]).strip()}
    return tuple(sorted(tails, key=lambda tail: (-len(tail), tail)))


_SEASON_LETTERS = 5


class _Builder:
    """Turns template alternatives into free patterns and prefixed ones."""

    def __init__(self, language: Language, months: dict[str, Month], numerals: Numerals, by_word: bool) -> None:
        words = language.dates
        self.alternatives = [*alternatives(language), *numeric_alternatives(language)]
        # once: an inflected language has tens of thousands
        self._folded = [_BLANKS.sub(" ", fold_short(text)) for text, _ in self.alternatives]
        self._known: dict[Alternative, Body] = {}
        self.by_word = by_word
        self.months = _month_names(months, wide_months(language))
        self.numerals = numerals
        self._day, self._day_in_words = numerals.day_pattern(), numerals.day_word_pattern()
        self.range_words = {fold(word).text for word in words.get("range", ())} | {"-", "~"}
        self.list_words = {fold(word).text for word in words.get("list", ())} | {",", "、", "&"}
        self.closing = _closing_guard(language)
        weekdays = calendar_words(language, "weekdays")
        self.weekdays = any_of(weekdays) if weekdays and language.script not in UNSPACED else ""
        self.list_pattern = any_of(self.list_words - {","})
        self.connector, self.day_split = self._connectors(",")
        # after the month a comma begins something else ("May 5, 15 delegates"), unless the day's own sign follows
        self.plain_connector, _ = self._connectors("," if words.get("order") == "ymd" else "")
        self.month_connector = f"(?:{_BLANK}(?:{any_of(self.range_words | self.list_words - {','})}){_BLANK})"
        self._slots = self._slot_patterns()
        joins = frozenset(word[0] for word in self.range_words | self.list_words)
        self.beginnings = Beginnings.of(numerals, months, joins, joins | {",", "."} | {suffix[0] for suffix in self._day_suffixes})

    def _connectors(self, comma: str) -> tuple[str, re.Pattern[str]]:
        """What may stand between two day numbers of one expression; with `comma` also that alone."""
        suffixes = self._day_suffixes
        suffix = "(?:" + "|".join(re.escape(s) for s in sorted(suffixes | {"."}, key=len, reverse=True)) + ")?"
        ranges = any_of(self.range_words)
        lists = any_of(self.list_words if comma else self.list_words - {",", "、"})
        # "from Wednesday 19 to Saturday 22 June", "vom 19., bis Samstag, den 22. Juni"
        weekday = f"(?:(?:{self.weekdays}){NO_LETTER}[.,]?{_BLANK}(?:[^\\W\\d_]{{1,3}} )?)?" if self.weekdays else ""
        both = f"(?:{_BLANK}(?:{lists}),?{_BLANK}|,?{_BLANK}(?:{ranges}){_BLANK}{weekday}|{_BLANK},{_BLANK}(?:{lists}){_BLANK})"
        joins = self.range_words | self.list_words
        own = sorted((s for s in suffixes if not any(word in s for word in joins - {"-"})), key=lambda s: (-len(s), s))
        ending = f"(?:{'|'.join(map(re.escape, own))})?" if own else ""
        skipped = f"(?P<weekday>(?:{self.weekdays}){NO_LETTER})|" if self.weekdays else ""
        split = re.compile(f"{skipped}(?P<number>{self._day}){ending}|(?P<range>{ranges})|(?P<list>{lists})")
        return suffix + both, split

    @cached_property
    def _day_suffixes(self) -> set[str]:
        """What is glued to the number of a day: "st", "日"."""
        suffixes = {match.group(1) for text in self._folded if (match := _DAY_SUFFIX.search(text))}
        return suffixes - {"/", ".", "-"}

    @cached_property
    def _split(self) -> list[tuple[str, str, str, str]]:
        """Each alternative as folded prefix, written prefix, body from the first slot on, code."""
        pieces = []
        for folded, (text, code) in zip(self._folded, self.alternatives, strict=True):
            folded = _restore_slots(folded, text)
            first = folded.find("{")
            pieces.append((folded[:first].strip(), surface(text[: text.find("{")]), folded[first:], code))
        return pieces

    def free(self, words: bool) -> Alternatives:
        """What may begin anywhere, with a word or with a figure."""
        starts = ("{M}", "{q}", "{y}", "{d}", "{D}", "{m}") if words else ("{d}", "{m}", "{y}", "{yy}", "{q}")
        chosen = [(body, code) for prefix, _, body, code in self._split if not prefix and body.startswith(starts)]
        return Alternatives(self._bodies(chosen), self.beginnings)

    def prefixed(self) -> dict[str, Prefixed]:
        """What wants a phrase before it, by `prefix_key`, the longest phrase first."""
        groups: dict[tuple[str, str], list[Alternative]] = defaultdict(list)
        for prefix, written, body, code in self._split:
            if prefix:
                groups[prefix, written].append((body, code))
        found: dict[str, list[Template]] = defaultdict(list)
        for (prefix, written), group in sorted(groups.items(), key=lambda item: (-len(item[0][0]), item[0])):
            found[prefix_key(prefix, self.by_word)].append(self._template(prefix, written, group))
        return {key: Prefixed(templates) for key, templates in found.items()}

    def continued(self) -> Template | None:
        """Days in all their forms, with or without the phrase that they want when they stand alone."""
        chosen = [
            (body, code) for _, _, body, code in self._split if "{d}" in body and "{m}" in body.lower() and code not in ("never", "lunar")
        ]
        return self._template("", "", chosen) if chosen else None

    def bare(self, texts: Iterable[Alternative]) -> Template | None:
        """Day and month in figures."""
        chosen = [(_restore_slots(fold(text).text, text), code) for text, code in texts]
        return self._template("", "", chosen) if chosen else None

    def _template(self, prefix: str, written: str, group: list[Alternative]) -> Template:
        """One alternation, the fullest template first, so that the first to match is the longest."""
        return Template(prefix, written, tuple(self._bodies(group)), self.beginnings)

    def _bodies(self, group: Iterable[Alternative]) -> list[Body]:
        return [self._body(alternative) for alternative in _fullest_first(group)]

    def _body(self, alternative: Alternative) -> Body:
        """Made once: many templates are alike behind the phrase that they want before them."""
        known = self._known.get(alternative)
        if known is None:
            body, code = alternative
            known = self._known[alternative] = Body(body, self._pieces(body, code), code)
        return known

    def _pieces(self, body: str, code: str) -> tuple[str, ...]:
        """The patterns of slots, blanks and words. An idiom that is no date has no list of days in it."""
        pieces: list[str] = []
        seen: list[str] = []
        days = "{d}" in body
        for part in _PIECE.split(body):
            if not part:
                continue
            if part.startswith("{"):
                if part in seen:  # "{M} to {M}"
                    pieces.append(f"(?P<{part[1:-1]}2>{self._slots[part[1:-1]]})")
                elif part == "{D}":
                    pieces.append(f"(?P<d>{self._day_in_words})")
                elif code == "never":
                    slot = part[1:-1]
                    pieces.append(f"(?P<{slot}>{self._day if slot == 'd' else self._slots[slot]})")
                elif part == "{d}" and seen and code.startswith("order:"):  # "2/3 and 10/15" are fractions
                    pieces.append(f"(?P<d>{self._day})")
                else:
                    pieces.append(self._slot(part[1:-1], after_month="{m}" in seen, days=days or body.count(part) > 1))
                seen += [part, part.lower()]
            elif part.isspace():
                pieces.append(_BLANK)
            else:
                pieces.append(re.escape(part))
        closes = body.rstrip()[-1:]
        if body.endswith("-{yy}") and self.months:  # "12 sep.-22 okt. 2025": no year, but a day
            pieces.append(rf"(?! ?(?:{self.months}))")
        # a number must not go on in digits or in a document number; a word must not go on in letters
        after_slash = r"\d" if body.rstrip().endswith("{M}") else r"\w"  # "يناير/كانون ثان": a month by both its names
        guard = (
            rf"(?![\d])(?![.,]\d)(?!/{after_slash})"
            if closes == "}"
            else (self.closing if closes.isalpha() and not is_unspaced(closes) else "")
        )
        return (*pieces, guard) if guard else tuple(pieces)

    def _slot(self, name: str, after_month: bool, days: bool) -> str:
        if name == "d":
            one = self._day
            if not after_month:
                return f"(?P<d>{one}(?:{self.connector}{one}){{0,5}})"
            # "April 15, 16 and 17": commas too, where an "and" closes the list
            listed = f"(?:,{_BLANK}{one}){{1,4}},?{_BLANK}{self.list_pattern}{_BLANK}{one}"
            return f"(?P<d>{one}(?:{listed}|(?:{self.plain_connector}{one}){{0,5}}))"
        if name in ("m", "M"):
            single = f"(?P<{name}>{self._slots[name]})"
            other = "" if days else f"(?:{self.month_connector}(?P<{name}2>{self._slots[name]}))?"
            return single + other
        return f"(?P<{name}>{self._slots[name]})"

    def _year_words(self) -> frozenset[str]:
        """The words for a year that stand behind one with its month: they tell an old round year from an amount."""
        found = (_YEAR_WORD.search(text) for text, (_, code) in zip(self._folded, self.alternatives, strict=True) if code != "never")
        return frozenset(match[1] for match in found if match)

    def _slot_patterns(self) -> dict[str, str]:
        return {
            "d": self._day,
            "m": self.numerals.month_pattern(),
            "M": f"(?:{self.months})" if self.months else "(?!)",
            "y": self.numerals.year_pattern(self._year_words()),
            "yy": r"\d\d(?![\d:])",
            "q": r"(?:[1-4]|iv|i{1,3})(?!\d|(?<=[iv])[^\W\d_])",
            "R": r"(?:x(?:ii|i)?|i[xv]|vi{1,3}|v|i{1,3})(?![^\W\d_])",
        }


def _closing_guard(language: Language) -> str:
    """What must hold behind a template that ends in a letter: no more letters, but for an ending of a language that glues it on."""
    if language.script != "Hangul":
        return NO_LETTER
    endings = "|".join(sorted(map(re.escape, language.endings - {""}), key=lambda text: (-len(text), text)))
    return f"(?=(?:{endings})?{NO_LETTER})"


def _fullest_first(group: Iterable[Alternative]) -> list[Alternative]:
    """Idioms that are no dates first, then longer templates; of equals, those that are read in the language's own order."""
    return sorted(dict.fromkeys(group), key=lambda item: (item[1] != "never", -len(SLOT.findall(item[0])), -len(item[0].replace(" ", ""))))


def _restore_slots(folded: str, original: str) -> str:
    """Folding lowers `{M}` to `{m}`; give each slot its own name back."""
    names = iter(SLOT.findall(original))
    return SLOT.sub(lambda _: "{" + next(names) + "}", folded)


def _month_names(words: Iterable[str], full: frozenset[str]) -> str:
    """Month names, the longest first; an abbreviation may have its full stop. No letter goes on where words have borders."""
    ordered = sorted(words, key=lambda word: (-len(word), word))
    # those that end alike share what must hold behind them: a pattern holds the months many times over
    runs = groupby(ordered, key=lambda word: "" if is_unspaced(word[-1]) else NO_LETTER)
    return "|".join(factored((characters(re.escape(word)), "" if word in full else r"\.?") for word in run) + end for end, run in runs)
