"""Reading `data/knowledge` and checking it: every fault at once, each with file, line or key.

The loader is the validator: nothing is used that it has not passed.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, NamedTuple, get_type_hints

from timeline import edtf
from timeline.errors import DataError
from timeline.knowledge.cache import Cache, cache_folder
from timeline.knowledge.collector import collector_paused
from timeline.knowledge.date_words import date_faults
from timeline.knowledge.entries import Actor, EventType, FusionRule, Gate, LegalCode, Office, Place, Province, Row, Series, Tables
from timeline.knowledge.language import Language, read_language
from timeline.knowledge.row_faults import gate_faults, place_faults
from timeline.knowledge.shown_names import shown_name_faults
from timeline.shipped import shipped
from timeline.text import add_variants, fold_words

_VERSION_DIGITS = 12
_LANGUAGES = "languages"
_TAUGHT: set[str] = set()  # to the fold, which all that this process reads goes through
_CACHE_NAME, _CACHE_KEY = "languages", "toml"
_TABLES: dict[str, type[Row]] = {
    "provinces": Province,
    "places": Place,
    "gates": Gate,
    "actors": Actor,
    "series": Series,
    "offices": Office,
    "event_types": EventType,
    "legal_codes": LegalCode,
    "fusion": FusionRule,
}


def loose(plain_name: str) -> str:
    """A Vietnamese name without what other scripts do not tell apart: Khánh, Hanh; Giang, Gian; Mỹ, Mí."""
    return re.sub(r"(?<=n)[gh]\b", "", re.sub(r"\bkh", "h", plain_name)).replace("y", "i")


class ListedPeople(NamedTuple):
    """What the tables tell of people outside them, and how to find theirs again under another spelling."""

    by_plain_name: dict[str, str]  # a name or alias without marks and capitals → the name, for those that are nobody else's
    by_loose_name: dict[str, str]  # the same for Vietnamese names without what transcriptions mix up, see `loose`
    sino_vietnamese: dict[str, str]  # a character of Vietnamese names in Chinese → the syllable that it is read as
    vietnamese_hanzi: frozenset[str]  # what Chinese calls Vietnam's provinces and places


@dataclass(frozen=True, eq=False)
class Knowledge:
    """All that the tool knows. `version` is a digest of the files' content."""

    tables: Tables
    languages: dict[str, Language]
    version: str
    path: Path
    cache: Cache = field(default_factory=Cache)  # for what is worked out from it

    @cached_property
    def gates_of_part(self) -> dict[str, str]:
        """Route pair → the pair of gates it is part of."""
        return {gate.pair: gate.part_of for gate in self.tables.gates.values() if gate.part_of}

    @cached_property
    def listed_people(self) -> ListedPeople:
        """What the tables tell of people outside them."""
        tables = self.tables
        people = [actor for actor in tables.actors.values() if actor.kind == "person"]
        places: list[Province | Place] = [p for p in tables.provinces.values() if p.country == "VN"]
        places += [place for place in tables.places.values() if place.country == "VN"]
        names: dict[str, set[str]] = defaultdict(set)
        for person in people:
            for spelling in (person.name, *person.aliases):
                names[fold_words(spelling)].add(person.name)
        readings: dict[str, Counter[str]] = defaultdict(Counter)
        for person in people:
            for hanzi in person.hanzi if person.country == "VN" else ():
                if len(hanzi) == len(person.name.split()) > 1:
                    for char, syllable in zip(hanzi, person.name.split(), strict=True):
                        readings[char][syllable] += 1
        loosely: dict[str, set[str]] = defaultdict(set)
        for person in people:
            if person.country == "VN":
                loosely[loose(fold_words(person.name))].add(person.name)
        return ListedPeople(
            by_plain_name={plain: next(iter(told)) for plain, told in names.items() if len(told) == 1},
            by_loose_name={plain: next(iter(told)) for plain, told in loosely.items() if len(told) == 1},
            sino_vietnamese={char: counts.most_common(1)[0][0] for char, counts in readings.items()},
            vietnamese_hanzi=frozenset(hanzi for place in places for hanzi in place.hanzi),
        )

    @cached_property
    def countries(self) -> dict[str, str]:
        """ISO 3166-1 code → the country's name."""
        return {place.country: place.name for place in self.tables.places.values() if place.kind == "country"}

    @cached_property
    def type_ranks(self) -> dict[str, int]:
        """Type → its place in the order that settles which of two fitting types wins."""
        ranks: dict[str, int] = {}
        for row in self.tables.event_types.values():
            ranks.setdefault(row.event_type, int(row.rank))
        return ranks

    @cached_property
    def fusion_weights(self) -> dict[str, float]:
        """Fusion rule → its weight."""
        return {row.rule: float(row.weight) for row in self.tables.fusion.values()}

    @cached_property
    def legal_codes(self) -> tuple[dict[str, LegalCode], dict[str, LegalCode]]:
        """Folded code of a legal document's number → its row: the types (NĐ), the issuers (CP)."""
        rows = self.tables.legal_codes.values()
        types = {fold_words(row.code): row for row in rows if row.part == "type"}
        return types, {fold_words(row.code): row for row in rows if row.part == "issuer"}

    @cached_property
    def province_order(self) -> dict[str, int]:
        """Province → its place in every list: the Vietnamese side first, then as in the file."""
        ordered = sorted(self.tables.provinces.values(), key=lambda row: row.country != "VN")
        return {row.name: k for k, row in enumerate(ordered)}

    def province_now(self, name: str) -> str:
        """The unit that `name` belongs to after the mergers of 1 July 2025."""
        province = self.tables.provinces.get(name)
        return province.merged_into or name if province else name

    def summary(self) -> str:
        """What the knowledge holds, a line a table, for `timeline check`."""
        lines = [f"knowledge {self.version} in {self.path}"]
        for name in _TABLES:
            lines.append(f"  {len(getattr(self.tables, name)):5d} {name}")
        lines.append(f"  {len(self.languages):5d} languages: {', '.join(self.languages)}")
        examples = sum(len(language.examples) for language in self.languages.values())
        lines.append(f"  {examples:5d} examples")
        return "\n".join(lines)


def knowledge_path() -> Path:
    """Where the knowledge stands: beside the installed package, else in the checkout."""
    return shipped("knowledge")


def load(path: str | Path | None = None, cache: Cache | None = None) -> Knowledge:
    """Read and check a knowledge folder (by default the one that comes with the library).

    What takes long to work out is kept in `cache` for the next process, by default in the user's own folder for such things or
    where the environment variable `TIMELINE_CACHE` says; see `cache_folder`. Raises `DataError` with every fault found.
    """
    with collector_paused():
        return _load(_folder(path), cache or Cache(cache_folder()))


def _load(folder: Path, cache: Cache) -> Knowledge:
    faults: list[str] = []
    files = _read_files(folder, [*_table_files(), *_language_files(folder)], faults)
    tables = _read_tables(files, faults)
    languages = _read_languages(files, faults, cache)
    _check_references(tables, faults)
    _check_aliases(tables, faults)
    for language in languages.values():
        _check_language(language, tables, faults)
    if faults:
        raise DataError(faults)
    people = frozenset(name for name, actor in tables.actors.items() if actor.kind == "person")
    languages = {code: replace(language, people=people) for code, language in languages.items()}
    return Knowledge(tables, languages, _digest_of(files), folder, cache)


def load_entries(path: str | Path | None = None) -> Tables:
    """The tables of a knowledge folder alone, for who shows names and reads no text: the languages take most of the time.

    Raises `DataError` with every fault found in a row; what rows say of each other is checked by `load`.
    """
    faults: list[str] = []
    tables = _read_tables(_read_files(_folder(path), _table_files(), faults), faults)
    if faults:
        raise DataError(faults)
    return tables


def version(path: str | Path | None = None) -> str:
    """A digest of all that a knowledge folder holds, in twelve hexadecimal digits: two builds of one version read alike."""
    folder = _folder(path)
    return _digest_of(_read_files(folder, [*_table_files(), *_language_files(folder)], []))  # `load` names what is missing


def _digest_of(files: Mapping[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name, data in files.items():
        digest.update(f"{name} {hashlib.sha256(data).hexdigest()}\n".encode())
    return digest.hexdigest()[:_VERSION_DIGITS]


def variants_taught() -> list[str]:
    """The characters that the fold takes for others by now, as the language files of all knowledge that was loaded tell them."""
    return sorted(_TAUGHT)


def _folder(path: str | Path | None) -> Path:
    folder = Path(path) if path is not None else knowledge_path()
    if not folder.is_dir():
        raise DataError([f"{folder}: no such folder"])
    return folder


def _table_files() -> list[str]:
    return [row_type.FILE for row_type in _TABLES.values()]


def _language_files(folder: Path) -> list[str]:
    return [f"{_LANGUAGES}/{path.name}" for path in sorted((folder / _LANGUAGES).glob("*.toml"))]


def _read_files(folder: Path, names: Iterable[str], faults: list[str]) -> dict[str, bytes]:
    """What the files of these names hold. Each is read once, so that the version is that of what was read, whoever edits meanwhile."""
    files: dict[str, bytes] = {}
    for name in names:
        try:
            files[name] = (folder / name).read_bytes()
        except OSError as error:
            faults.append(f"{name}: cannot be read ({error.strerror})")
    return files


def _read_tables(files: Mapping[str, bytes], faults: list[str]) -> Tables:
    found: dict[str, dict[str, Any]] = {
        name: _read_table(files[row_type.FILE], row_type, faults) if row_type.FILE in files else {} for name, row_type in _TABLES.items()
    }
    return Tables(**found)


def _read_table(data: bytes, row_type: type[Row], faults: list[str]) -> dict[str, Row]:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        faults.append(f"{row_type.FILE}: is not UTF-8 (byte {error.start})")
        return {}
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    hints = get_type_hints(row_type)
    columns = {column.name.rstrip("_"): column.name for column in fields(row_type)}
    rows: dict[str, Row] = {}
    try:
        header = next(reader, [])
        wrong = [f"unknown column {name!r}" for name in header if name not in columns]
        wrong += [f"column {name!r} is missing" for name in columns if name not in header]
        if wrong:
            faults.extend(f"{row_type.FILE}:1: {fault}" for fault in wrong)
            return {}
        for cells in reader:
            where = f"{row_type.FILE}:{reader.line_num}"
            if len(cells) != len(header):
                faults.append(f"{where}: {len(cells)} cells under {len(header)} columns")
                continue
            values = {columns[name]: cell.strip() for name, cell in zip(header, cells, strict=True)}
            typed: dict[str, Any] = {key: _split(value) if hints[key] == tuple[str, ...] else value for key, value in values.items()}
            row = row_type(**typed)
            if not row.name:
                faults.append(f"{where}: no name")
            elif row.name in rows:
                faults.append(f"{where}: {row.name!r} stands twice")
            else:
                rows[row.name] = row
    except csv.Error as error:
        faults.append(f"{row_type.FILE}:{reader.line_num}: {error}")
    return rows


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())


def _read_languages(files: Mapping[str, bytes], faults: list[str], cache: Cache) -> dict[str, Language]:
    languages: dict[str, Language] = {}
    for file, raw in _parsed({name: data for name, data in files.items() if name.startswith(_LANGUAGES)}, faults, cache).items():
        language = read_language(file, raw, faults)
        if language:
            add_variants(language.variants)
            _TAUGHT.add(language.variants)
            languages[language.code] = language
    if not languages:
        faults.append("languages: no language file")
    return languages


def _parsed(files: Mapping[str, bytes], faults: list[str], cache: Cache) -> dict[str, dict[str, Any]]:
    """What each language file says, unchecked.

    The parser takes thirty times as long as one of JSON, so what it found in a file is kept under the digest of its content.
    """
    kept = cache.read(_CACHE_NAME, _CACHE_KEY)
    parsed: dict[str, dict[str, Any]] = {}
    by_digest: dict[str, dict[str, Any]] = {}
    for file, data in files.items():
        digest = hashlib.sha256(data).hexdigest()
        raw = kept.get(digest) if isinstance(kept, dict) else None
        try:
            parsed[file] = by_digest[digest] = raw if isinstance(raw, dict) else tomllib.loads(data.decode("utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            faults.append(f"{file}: {error}")
    if not isinstance(kept, dict) or by_digest.keys() - kept.keys():
        cache.write(_CACHE_NAME, _CACHE_KEY, by_digest)
    return parsed


def _check_references(tables: Tables, faults: list[str]) -> None:
    """Whatever a row names must be there; checked when all is loaded."""
    for check in (place_faults, gate_faults, _check_series, _check_numbers, shown_name_faults):
        faults.extend(check(tables))


def _check_series(tables: Tables) -> Iterator[str]:
    types = {row.name for row in tables.event_types.values()}
    for series in tables.series.values():
        kind = f"{series.event_type}.{series.event_subtype}" if series.event_subtype else series.event_type
        if kind not in types:
            yield f"series.csv: {series.name!r} has unknown type {kind!r}"
        yield from (f"series.csv: {series.name!r} names unknown actor {a!r}" for a in series.actors if a not in tables.actors)


def _check_numbers(tables: Tables) -> Iterator[str]:
    for row in tables.event_types.values():
        if not row.rank.isdigit():
            yield f"event_types.csv: {row.name!r} has rank {row.rank!r}, no number"
    for rule in tables.fusion.values():
        if not re.fullmatch(r"(0\.\d+|1\.0)", rule.weight):
            yield f"fusion.csv: {rule.rule!r} has weight {rule.weight!r}, not one between 0 and 1.0"
    for code in tables.legal_codes.values():
        if code.actor and code.actor not in tables.actors:
            yield f"legal_documents.csv: {code.code!r} names unknown actor {code.actor!r}"


def _check_aliases(tables: Tables, faults: list[str]) -> None:
    """One strong alias belongs to one thing; only weak ones may be shared."""
    owners: dict[str, set[str]] = defaultdict(set)
    for file, rows in (("provinces.csv", tables.provinces), ("places.csv", tables.places), ("actors.csv", tables.actors)):
        for row in rows.values():
            weak = {fold_words(alias) for alias in row.weak_aliases}
            for alias in (row.name, *row.hanzi, *row.aliases):
                key = fold_words(alias)
                if key not in weak:
                    owners[key].add(f"{file} {row.name!r}")
    for alias, names in owners.items():
        if len(names) > 1:
            faults.append(f"alias {alias!r} is claimed by {' and '.join(sorted(names))}; make it weak in all but one")


def _check_language(language: Language, tables: Tables, faults: list[str]) -> None:
    file = f"languages/{language.code}.toml"
    types = {row.name for row in tables.event_types.values()}
    faults.extend(f"{file}:triggers.{name}: no such type in event_types.csv" for name in language.triggers if name not in types)
    faults.extend(date_faults(file, language.dates))
    known: set[str] = set()
    for rows in (tables.provinces, tables.places, tables.gates, tables.actors, tables.series):
        known.update(rows)
    faults.extend(f"{file}:names.{name!r}: no such row in the tables" for name in language.names if name not in known)
    for k, example in enumerate(language.examples):
        for _, value in example.dates:
            try:
                edtf.parse(value)
            except edtf.EdtfError as error:
                faults.append(f"{file}:examples[{k}].dates: {error}")
