"""Paths → `Timeline`: reading, extraction, fusion, tables; and the same for one text."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache, partial
from pathlib import Path

import pandas as pd

from timeline import chronology, edtf, store
from timeline.corrections import Correction, corrected, read_corrections
from timeline.crew import Crew, crew_of
from timeline.dates import Anchor, Scan, find_times, moved, times_of_text
from timeline.dating import date_document
from timeline.documents import (
    Crawl,
    ExtractedDocument,
    File,
    Member,
    PageWords,
    documents_in,
    inputs_of,
    make_document,
    place_of,
    read_file,
    texts_in,
)
from timeline.documents.language import foreign_languages, language_finder
from timeline.documents.portions import can_travel, portions_of
from timeline.errors import InputError, Remark, deadly, own_fault
from timeline.events import Kind, Reader, extract_mentions, kinds_told
from timeline.fusion import fuse
from timeline.identity import ids_of, with_earlier_ids
from timeline.knowledge import Knowledge, collector_paused, load
from timeline.messages import N_
from timeline.model import Document, Mention, NameSpan, Passage, TimeSpan
from timeline.names import find_names as names_in
from timeline.names import home_of
from timeline.sieve import Refused, Sieve, Sifted
from timeline.tables import TimelineLike, documents_frame, events_frame, evidence_frame, mentions_frame
from timeline.text import fold, has_vietnamese_marks
from timeline.text.pieces import cut_long, join_neighbours, without_runs
from timeline.version import __version__

_WORDS_ENOUGH = 200  # characters that tell a language
_TIME_OF_DAY = re.compile(r"(?<=^[0-9]{4}-[0-9]{2}-[0-9]{2})[T ][0-9:.+Z -]{2,32}$")
_PUBLISHED = re.compile(r"(?:[12][0-9]{3}(?:-[0-9]{2}){0,2})?")  # a day, a month, a year, or nothing
_FALLBACK = "en"  # the language of a table whose words tell none

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Given:
    """That so many texts were met in a file, whatever became of them; what could not be looked into counts as one."""

    texts: int


# A document with what it tells, or why there is none; how many texts of a file were not worth reading, and how many there were.
Item = tuple[Document, list[Mention]] | InputError | Refused | Given


@dataclass(frozen=True, eq=False)
class Timeline:
    """The four tables of a build, the inputs that could not be read, and by doc_id each text that its file does not hold as it is.

    Of the texts `given` to a build one is read for each document, the sieve `refused` some, and some `failed`: counted where each
    happens, so that a text of which nothing came would show. `failures` tell of the last, and of what cost no text. `versions` are
    those that made it, of `timeline` and of `knowledge`; empty where nothing is known of them.
    """

    documents: pd.DataFrame
    mentions: pd.DataFrame
    evidence: pd.DataFrame
    events: pd.DataFrame
    failures: list[InputError] = field(default_factory=list)
    texts: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, str] = field(default_factory=dict)
    given: int = 0
    refused: int = 0
    failed: int = 0

    def save(self, folder: str | os.PathLike[str]) -> None:
        """Write the tables to `folder` as CSV, replacing a built folder whole or not at all."""
        store.save(self, folder)


@dataclass(slots=True)
class _Counted:
    """The texts of a file as they come, and how many came by now."""

    items: Iterable[Member | InputError]
    texts: int = 0

    def __iter__(self) -> Iterator[Member | InputError]:
        for item in self.items:
            self.texts += not isinstance(item, Remark)
            yield item


class Extractor:
    """The pipeline with one `Knowledge`: compiled once, used for any number of texts."""

    def __init__(self, knowledge: Knowledge) -> None:
        self.knowledge = knowledge
        self.reader = Reader(knowledge)
        self.language_of = language_finder(knowledge.languages.values())
        self.page_words = _page_words(knowledge)

    @cached_property
    def sieve(self) -> Sieve:
        """The sieve of this knowledge, made when it is first asked."""
        return Sieve(self.knowledge)

    def build(
        self,
        paths: Paths,
        published: str = "",
        corrections: str | os.PathLike[str] | None = None,
        earlier: TimelineLike | None = None,
        progress: Progress | None = None,
        crew: Crew | None = None,
        sieve: bool | None = None,
    ) -> Timeline:
        """Read every text that `paths` stand for and fuse what they report. A text that fails costs only itself.

        With a `crew` of other processes the texts are read there, by this knowledge as its folder has it. The `sieve` is asked of
        all texts, of none, or (None) of the records of crawls.
        """
        published = day_of(published)
        known, faults = read_corrections(corrections) if corrections else ([], [])
        listed = [paths] if isinstance(paths, (str, os.PathLike)) else list(paths)
        documents: list[Document] = []
        mentions: list[Mention] = []
        failures: list[InputError] = []
        kept: dict[str, str] = {}
        given = refused = failed = 0
        for item in self._read_all(listed, published, progress, crew, sieve):
            if isinstance(item, InputError):
                failures.append(item)
                failed += not isinstance(item, Remark)
                continue
            if isinstance(item, Refused):
                refused += item.texts
                continue
            if isinstance(item, Given):
                given += item.texts
                continue
            document, told = item
            documents.append(document)
            mentions += told
            if isinstance(document, ExtractedDocument) or document.kind == "chronology":
                kept[document.doc_id] = document.text
        built = self.table(documents, mentions, known, earlier)
        failures += faults + built.failures
        return replace(built, failures=failures, texts=kept, given=given, refused=refused, failed=failed)

    def _read_all(
        self,
        paths: Sequence[str | os.PathLike[str]],
        published: str,
        progress: Progress | None,
        crew: Crew | None,
        sieve: bool | None,
    ) -> Iterator[Item]:
        """What all files hold, in their order; of a portion that kills whoever reads it, file by file."""
        inputs = inputs_of(paths)
        named = inputs.named
        for fault in inputs.refused:
            yield from self.told_in(fault, published)
        done = 0
        if crew is None or not all(can_travel(file) for file, _ in named):
            for file, doc_id in named:
                if progress:
                    progress(done, len(named))
                yield from self.told_in(read_file(file, doc_id), published, sieve)
                done += 1
        else:
            portions = portions_of(named)
            task = partial(_read_portion, str(self.knowledge.path), self.knowledge.version, published, sieve)

            def apart(portion: list[tuple[str, str]]) -> list[Item]:
                if len(portion) == 1:
                    return [Given(1), deadly(portion[0][0])]
                return [item for told in crew.run(task, [[file] for file in portion], apart) for item in told]

            for portion, told in zip(portions, crew.run(task, portions, apart), strict=True):
                done += len(portion)
                if progress:
                    progress(done, len(named))
                yield from told
        if progress:
            progress(len(named), len(named))

    def told_in(self, file: File | Crawl | InputError, published: str, sieve: bool | None = None) -> Iterator[Item]:
        """The documents of a file with their mentions: a chronology is one, any other file has those of the texts in it."""
        if isinstance(file, InputError):
            yield Given(1)
            yield file
        elif isinstance(file, File) and _is_chronology(file):
            yield Given(1)
            try:
                document, mentions, faults = self.read_chronology(file)
            except InputError as fault:
                yield fault
                return
            except Exception as fault:  # one of ours, as in `read`
                yield own_fault(file.where, fault)
                return
            yield document, mentions
            yield from map(Remark.of, faults)
        else:
            is_asked = isinstance(file, Crawl) if sieve is None else sieve
            counted = _Counted(texts_in(file))
            sifted = Sifted(counted, self.sieve) if is_asked else None
            for item in documents_in(sifted or counted, file, self.page_words, self.language_of, published):
                try:
                    yield item if isinstance(item, InputError) else self.read(item)
                except InputError as fault:
                    yield fault
            if sifted and sifted.refused:
                yield Refused(sifted.refused)
            yield Given(counted.texts)

    def read(self, document: Document) -> tuple[Document, list[Mention]]:
        """A document with its own day, and its mentions; what fails in here is raised as its `InputError`."""
        document = self._known(document)
        try:
            document = self._dated(document)
            return document, self.extract(document)
        except InputError:
            raise
        except Exception as fault:  # one of ours, which is to cost this text and not the ten thousand beside it
            raise own_fault(document.path or document.doc_id, fault) from fault

    def table(
        self,
        documents: list[Document],
        mentions: list[Mention],
        corrections: Sequence[Correction] = (),
        earlier: TimelineLike | None = None,
    ) -> Timeline:
        """Fuse mentions, put right what people have corrected, and lay all out as the four tables."""
        fused = fuse(mentions, documents, self.knowledge)
        failures: list[InputError] = []
        if corrections:
            ids = ids_of(events_frame(fused.events), earlier)
            fused, failures = corrected(fused, corrections, documents, self.knowledge, ids)
        if earlier is not None:
            fused = with_earlier_ids(fused, earlier)
        counts = Counter(mention.doc_id for mention in fused.mentions)
        links = [row for mention in fused.mentions for row in mention.evidence]
        return Timeline(
            documents_frame(documents, counts),
            mentions_frame(fused.mentions),
            evidence_frame([*links, *fused.evidence]),
            events_frame(fused.events),
            failures,
            versions={"timeline": __version__, "knowledge": self.knowledge.version},
        )

    def read_chronology(self, file: File) -> tuple[Document, list[Mention], list[InputError]]:
        """A table of events that somebody keeps, as a document and its mentions, and the rows and columns that make no sense."""
        table, faults = chronology.read_table(file.data, file.where)
        language = self._language_of_table(" ".join(table.get("what", table.iloc[:, 0])))
        document = chronology.document_of(table, file.doc_id, language, file.where, hashlib.sha256(file.data).hexdigest())
        readers = chronology.Readers(
            times=partial(self.find_dates, language=language),
            names=partial(self.find_names, language=language),
            kind=partial(self._kind_of, language=language),
        )
        mentions, wrong = chronology.mentions_of(table, document, readers, self.knowledge)
        return document, mentions, faults + wrong

    def _language_of_table(self, words: str) -> str:
        """The language of the words; too few of them are taken for what their script and marks say."""
        code = self.language_of(words)
        if code in self.knowledge.languages and (len(words) > _WORDS_ENOUGH or code in ("en", "vi", "zh")):
            return code
        if any("\u4e00" <= char <= "\u9fff" for char in words):
            return "zh"
        return "vi" if has_vietnamese_marks(words) else _FALLBACK

    def _kind_of(self, text: str, language: str) -> Kind | None:
        """The kind of event that a few words tell, as a headline would; None where they tell none, in English neither."""
        for code in dict.fromkeys((language, _FALLBACK)):
            if kinds := kinds_told(self.document(text, code), self.reader):
                return kinds[0]
        return None

    def extract(self, document: Document) -> list[Mention]:
        """The mentions of one document that `document` or `build` made."""
        with collector_paused():  # reading makes no cycles; in a long text the collector would take a quarter of the time
            return extract_mentions(document, self.reader)

    def document(self, text: str, language: str | None = None, published: str | None = None, doc_id: str = "text") -> Document:
        """A text at hand as a document; raises `InputError` when no language file covers it, or `published` is no day."""
        document = make_document(doc_id, text, self.page_words, self.language_of, day_of(published or ""))
        if language is not None:
            self._check_language(language)
            passages = tuple(replace(p, language=language) if p.language in ("", document.language) else p for p in document.passages)
            document = replace(document, language=language, passages=passages)
        return self._dated(self._known(document))

    def find_dates(self, text: str, language: str | None = None, published: str | None = None) -> list[TimeSpan]:
        """The times in `text`, whatever it is: no page furniture is left out.

        `language` may be any that CLDR knows; one without a file of its own gets all-number and month-name dates.
        Where no sentence and no line ends for 20,000 characters, what follows them is left unread up to the next end.
        """
        published = day_of(published or "")
        passages = self._plain_passages(text, language, for_dates=True)
        pieces = [piece for passage in passages for part in without_runs(text, passage) for piece in cut_long(text, part)]
        with collector_paused():  # as in `extract`
            found = times_of_text(text, [partial(self._scan, text, piece) for piece in pieces], Anchor.of(published))
        return [time for piece, times in zip(pieces, found, strict=True) for time in moved(times, piece.start)]

    def _scan(self, text: str, passage: Passage) -> Scan:
        tools = self.reader.date_tools(passage.language)
        assert tools is not None, "the language was checked before"
        piece = text[passage.start : passage.end]
        folded = fold(piece)
        return Scan(folded, piece, tools.lexicon.scan(folded, piece), tools.grammar)

    def find_names(self, text: str, language: str | None = None) -> list[NameSpan]:
        """The names in `text`."""
        passages = self._plain_passages(text, language)
        pieces = [text[passage.start : passage.end] for passage in passages]
        tools = [self.reader.tools(passage.language) for passage in passages]
        folds = [fold(piece) for piece in pieces]
        scans = [tool.lexicon.scan(folded, piece) for tool, folded, piece in zip(tools, folds, pieces, strict=True)]
        longest = max(passages, key=lambda passage: passage.end - passage.start, default=None)
        home = home_of(scans, self.knowledge, self.knowledge.languages.get(longest.language) if longest else None)
        found: list[NameSpan] = []
        for passage, piece, tool, folded, hits in zip(passages, pieces, tools, folds, scans, strict=True):
            names = names_in(folded, piece, hits, self.knowledge, tool.language, home)
            found += [replace(n, start=n.start + passage.start, end=n.end + passage.start) for n in names]
        return found

    def _plain_passages(self, text: str, language: str | None, for_dates: bool = False) -> list[Passage]:
        """The lines of `text`, neighbours of one language together; a line too short to tell has the text's main one.

        With `language`, only lines in another script, or in Vietnamese (captions that were left as they are), are read otherwise.
        """
        if language is not None and (not for_dates or self.reader.date_tools(language) is None):
            self._check_language(language)
        own = self.knowledge.languages.get(language or "")
        if language is not None and (own is None or (own.script == "Latin" and text.isascii())):
            return [Passage(0, len(text), "body", language)] if text else []
        lines = text.splitlines(keepends=True)
        codes = foreign_languages(lines, own.script, self.language_of) if own else [self.language_of(line) for line in lines]
        return join_neighbours(zip(lines, codes, strict=True), language or self._main_language(text, lines, codes))

    def _main_language(self, text: str, lines: Sequence[str], codes: Sequence[str]) -> str:
        sizes: Counter[str] = Counter()
        for line, code in zip(lines, codes, strict=True):
            sizes[code] += len(line)
        del sizes[""]
        main = max(sizes, key=lambda code: (sizes[code], code)) if sizes else self.language_of(text)
        if lines and not main:
            codes = tuple(self.knowledge.languages)
            raise InputError("text", N_("its language can't be told"), N_("name it, one of {languages}"), languages=codes)
        return main

    def _check_language(self, language: str) -> None:
        if language not in self.knowledge.languages:
            codes = tuple(self.knowledge.languages)
            raise InputError(f"language {language!r}", N_("no language file covers it"), N_("one of {names}"), names=codes)

    def _known(self, document: Document) -> Document:
        """The document with each passage in a language that we have; raises `InputError` when none is."""
        if not document.language:
            raise InputError(document.path or document.doc_id, N_("its language can't be told"), N_("give more of the text"))
        if document.language not in self.knowledge.languages:
            raise InputError(
                document.path or document.doc_id,
                N_("no language file covers its language"),
                N_("covered: {languages}; docs/knowledge.md tells how to add one"),
                languages=tuple(self.knowledge.languages),
            )
        passages = tuple(p if p.language in self.knowledge.languages else replace(p, language=document.language) for p in document.passages)
        return replace(document, passages=passages)

    def _dated(self, document: Document) -> Document:
        """The document with its own day, where its text tells."""
        return date_document(document, self._times_in)

    def _times_in(self, text: str, language: str, anchor: Anchor) -> list[TimeSpan]:
        tools = self.reader.tools(language)  # not those for dates alone: the text itself will want these
        folded = fold(text)
        return find_times(folded, text, tools.lexicon.scan(folded, text), tools.grammar, anchor)


def _is_chronology(file: File) -> bool:
    try:
        return chronology.is_chronology(file.data, file.doc_id)
    except Exception:  # one of ours: it is met again, and told, where the file is read as any other
        return False


def day_of(published: str) -> str:
    """The day, month or year that a text is said to be of, of a moment (`2025-09-12T10:00`) its day; "" where nothing is said.

    Raises `InputError` where it is none.
    """
    published = _TIME_OF_DAY.sub("", published)
    if not _PUBLISHED.fullmatch(published) or not edtf.is_edtf(published or "2025"):
        raise InputError("published", N_("{text!r} is no day of the calendar"), N_("write it as 2025-09-12"), text=published)
    return published


def _read_portion(knowledge: str, version: str, published: str, sieve: bool | None, files: Sequence[tuple[str, str]]) -> list[Item]:
    """What some files hold, each given by its path and the name of its document, in whatever process this is."""
    engine = engine_of(knowledge, version)
    return [item for path, doc_id in files for item in engine.told_in(read_file(place_of(path), doc_id), published, sieve)]


@lru_cache(maxsize=2)
def engine_of(knowledge: str, version: str) -> Extractor:
    """The extractor of a knowledge folder in another process; raises `InputError` where the folder has changed meanwhile."""
    engine = extractor()
    if str(engine.knowledge.path) != knowledge:
        engine = extractor(load(knowledge))
    if engine.knowledge.version != version:
        raise InputError(knowledge, N_("the knowledge files changed while a build was running"), N_("build again"))
    return engine


def _page_words(knowledge: Knowledge) -> PageWords:
    languages = knowledge.languages.values()
    keys = ("comments", "source", "related", "published")
    return PageWords(**{key: tuple(dict.fromkeys(word for one in languages for word in one.page.get(key, ()))) for key in keys})


def extractor(knowledge: Knowledge | None = None) -> Extractor:
    """The extractor of a knowledge (by default of the one that comes with the library), made once."""
    return _extractor(knowledge)


@lru_cache(maxsize=4)
def _extractor(knowledge: Knowledge | None) -> Extractor:
    return Extractor(knowledge or load())


def build(
    paths: Paths,
    *,
    published: str = "",
    corrections: str | os.PathLike[str] | None = None,
    earlier: TimelineLike | None = None,
    knowledge: Knowledge | None = None,
    progress: Progress | None = None,
    jobs: int = 1,
    sieve: bool | None = None,
) -> Timeline:
    """Read the texts at `paths` (files, folders, addresses as fsspec writes them, or `-`) and return the four tables.

    `published` is an ISO day for texts that don't tell their own. `corrections` is a CSV file of what people have put right
    (see `timeline.corrections`). With an `earlier` build, events that it knew keep their ids. Texts that can't be read, and
    corrections whose target is gone, are listed in `.failures`. `progress` is called with how many files are done, and of how many.
    With `jobs` the texts are read by so many processes (0: as many as there are processors); the tables are the same.
    The `sieve` refuses texts that can hold no event before they are read: all that do not pass it, none, or (None) records of
    crawls (WARC, WET, Parquet); `.refused` counts them.

    >>> t = build("seeds/")
    >>> len(t.documents), len(t.events), t.failures
    (5, 19, [])
    """
    return extractor(knowledge).build(paths, published, corrections, earlier, progress, crew_of(jobs) if jobs != 1 else None, sieve)


def load_timeline(folder: str | os.PathLike[str]) -> Timeline:
    """Read a folder that `Timeline.save` or `timeline build` wrote.

    Raises `InputError` where it is none, `TableError` where a table in it is broken.

    >>> load_timeline("data/built").events.timeline.counts("event_type").head(2).to_dict()
    {'conference': 10, 'border_gate': 5}
    """
    return store.read_steadily(folder, _loaded)


def _loaded(folder: Path) -> Timeline:
    tables = store.load_tables(folder)
    texts = store.load_texts(folder, tables.documents["doc_id"])
    return Timeline(tables.documents, tables.mentions, tables.evidence, tables.events, texts=texts, versions=store.load_versions(folder))
