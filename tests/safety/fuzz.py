"""Hostile inputs by the million: `python -m tests.safety.fuzz --inputs 1000000 --seed 1`.

Each target reads one input twice and asks: is no exception raised but a `TimelineError`, do all spans lie in the text and say its
words, do they stand in order, is the second answer that of the first? What fails is made as small as it gets, printed, and ends up
as a row in `test_fuzz.py`. See `tests.safety.guided` for inputs that are bred to reach new code.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.safety import strategies
from timeline import edtf, store
from timeline.corrections import Correction, all_corrections, append_correction, read_corrections
from timeline.documents import File, child, documents_in, in_child, read_file, texts_in
from timeline.errors import InputError, TimelineError
from timeline.facets import GROUPS, Conditions, Facets
from timeline.knowledge import load, load_entries
from timeline.model import Document, Mention
from timeline.pipeline import Timeline, extractor
from timeline.query import Archive

ROOT = Path(__file__).parents[2]
_OWN = "by a fault of this program"
_SLOW = 60  # seconds after which an input counts as one that never ends
_SHARD = 2_000  # inputs of one run of Hypothesis, which remembers what it has tried


class Target(NamedTuple):
    """What is fed, with what, and its part of all inputs."""

    run: Callable[..., object]
    inputs: st.SearchStrategy[Any]
    part: int


def twice(run: Callable[..., object]) -> Callable[..., None]:
    """The answer of a run, or its refusal, must be that of the next one. A fault of ours that was taken for a file's is none of a file."""

    def answer(*given: Any) -> object:
        try:
            return run(*given)
        except TimelineError as refused:
            return _refused(refused)

    def checked(*given: Any) -> None:
        first = answer(*given)
        assert answer(*given) == first, "another answer the second time"

    return checked


def _refused(fault: TimelineError) -> str:
    assert _OWN not in str(fault), str(fault)
    return str(fault)


def check_spans(text: str, spans: Iterable[Any]) -> None:
    """Spans lie in the text, say its words and stand in order."""
    reached = 0
    for span in spans:
        assert 0 <= span.start < span.end <= len(text), span
        assert text[span.start : span.end] == span.text, span
        assert span.start >= reached, f"{span} stands behind {reached}"
        reached = span.start


# --- targets


def dates(told: tuple[str, str], by_itself: bool, published: str) -> object:
    language, text = told
    found = extractor().find_dates(text, None if by_itself else language, published or None)
    check_spans(text, found)
    for time_ in found:
        edtf.parse(time_.date_edtf)
    return found


def names(told: tuple[str, str], by_itself: bool) -> object:
    language, text = told
    found = extractor().find_names(text, None if by_itself else language)
    check_spans(text, found)
    return found


def events(told: tuple[str, str], by_itself: bool, published: str) -> object:
    language, text = told
    engine = extractor()
    document = engine.document(text, None if by_itself else language, published or None)
    found = engine.extract(document)
    check_document(document)
    check_mentions(document, found)
    return found


def check_document(document: Document) -> None:
    """Its passages, and where its day is told, lie in its text."""
    reached = 0
    for passage in document.passages:
        assert reached <= passage.start < passage.end <= len(document.text), passage
        reached = passage.end
    if document.published_span:
        start, end = document.published_span
        assert 0 <= start < end <= len(document.text), document.published_span
    if document.published:
        edtf.parse(document.published)


def check_mentions(document: Document, found: Sequence[Mention]) -> None:
    """Mentions, and what is evidence for each of their cells, lie in the text and say its words."""
    check_spans(document.text, found)
    for mention in found:
        if mention.date_edtf:
            edtf.parse(mention.date_edtf)
        for row in mention.evidence:
            assert document.text[row.start : row.end] == row.text, row


def times(one: str, other: str) -> object:
    try:
        value = edtf.parse(one)
    except edtf.EdtfError:
        value = None
    assert edtf.is_edtf(one) == (value is not None)
    found: list[object] = [value]
    if value is not None:
        found += [edtf.bounds(one), edtf.width(one), edtf.sort_key(one), edtf.days_of_year(one), edtf.start(one)]
        if edtf.is_edtf(other):
            assert edtf.overlaps(one, other) == edtf.overlaps(other, one)
            found += [edtf.overlaps(one, other), edtf.contains(one, other)]
    return found


def readers(named: tuple[str, bytes]) -> object:
    """A file as a build reads it, mislabelled and broken as it may be."""
    name, data = named
    engine = extractor()
    with in_file(name, data) as path:
        file = read_file(path, name)
        if isinstance(file, InputError):
            return _refused(file).replace(str(path), "")
        found: list[object] = []
        for item in documents_in(texts_in(file), file, engine.page_words, engine.language_of):
            if isinstance(item, InputError):
                found.append(_refused(item).replace(str(path), ""))
            else:
                check_document(item)
                found.append((item.doc_id, item.text, item.title, item.published, item.passages))
        return found


def tables_of_events(named: tuple[str, bytes]) -> object:
    """A table of events that somebody keeps."""
    name, data = named
    found: list[object] = []
    for item in extractor().told_in(File(name, name, data), ""):
        if isinstance(item, tuple):
            document, mentions = item
            check_document(document)
            assert all(0 <= mention.start <= mention.end <= len(document.text) for mention in mentions)
            found.append((document.text, mentions))
        else:
            found.append(_refused(item) if isinstance(item, InputError) else item)
    return found


def built_folders(named: tuple[str, bytes]) -> object:
    """A built folder of which a file is broken."""
    name, data = named
    with in_folder({**built(), name: data}) as folder:
        try:
            tables = store.load_tables(folder)
        except TimelineError as fault:
            return _refused(fault).replace(str(folder), "")
        return [getattr(tables, table).to_csv() for table in store.FILES]


def knowledge(named: tuple[str, bytes]) -> object:
    """A knowledge folder of which a file is broken; a language is read with all that the tables say."""
    name, data = named
    is_language = name.endswith(".toml")
    with in_folder({**entries(), (f"languages/{name}" if is_language else name): data}) as folder:
        try:
            return load(folder).version if is_language else repr(load_entries(folder))
        except TimelineError as fault:
            return _refused(fault).replace(str(folder), "")


def corrections(data: bytes, cells: Sequence[str]) -> object:
    """A file of corrections, broken as it may be; and a row that is added is there, once, in one line."""
    with in_file("corrections.csv", data) as path:
        answer: list[object] = []
        try:
            found, faults = read_corrections(path)
            answer += [repr(found).replace(str(path), ""), *(_refused(fault).replace(str(path), "") for fault in faults)]
            before = all_corrections(path)
            append_correction(path, Correction("new", *cells))
        except InputError as refused:
            return [*answer, _refused(refused).replace(str(path), "")]
        after = all_corrections(path)
        assert len(after) == len(before) + 1, "the row is not there, once"
        return answer


def queries(values: Mapping[str, tuple[str, ...]], since: str, until: str, text: str, confidence: float) -> object:
    """What an address of the app may ask for."""
    from timeline.app import state

    facets = shelf()
    low, high = (bound if state.is_bound(bound) else "" for bound in (since, until))
    chosen = Conditions(**values, since=low, until=high, text=text, confidence=confidence)  # type: ignore[arg-type]
    rows = facets.select(chosen)
    assert len(rows) <= facets.size
    by_hand = seeds().events.timeline.filter(actor=list(values.get("actor", ())) or None, between=(since or None, until or None))
    return len(rows), facets.bounds(chosen), facets.years(chosen), [facets.counts(group, chosen) for group in GROUPS], len(by_hand)


# --- what they need


@cache
def seeds() -> Timeline:
    return extractor().build(ROOT / "seeds")


@cache
def shelf() -> Facets:
    return Facets(Archive.of(seeds()))


@cache
def built() -> Mapping[str, bytes]:
    """The files of a built folder."""
    return {name: text.encode() for name, text in store._contents(seeds())}


@cache
def entries() -> Mapping[str, bytes]:
    """The tables of the knowledge."""
    return {path.name: path.read_bytes() for path in strategies.knowledge_path().glob("*.*")}


@cache
def languages() -> Mapping[str, bytes]:
    """The shorter language files."""
    paths = sorted((strategies.knowledge_path() / "languages").glob("*.toml"), key=lambda path: path.stat().st_size)[:6]
    return {path.name: path.read_bytes() for path in paths}


@contextmanager
def in_file(name: str, data: bytes) -> Iterator[Path]:
    with in_folder({name: data}) as folder:
        yield folder / name


@contextmanager
def in_folder(contents: Mapping[str, bytes]) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in contents.items():
            path = Path(folder, name)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
        yield Path(folder)


def answered(kind: in_child.Kind, data: bytes, where: str) -> bytes:
    """What the child would answer, without the half second that it takes to start one; it takes any exception for a damaged file."""
    try:
        answer = child._READERS[kind.format](data, kind.most_characters, kind.limit)
    except Exception:
        answer = {"fault": "damaged"}
    return json.dumps(answer).encode()


_CORRECTIONS = b"target,field,value,who,when,why\ne0123456789,status,held,A,2025-01-02,seen\ne0123456789,date_edtf,2025-09-12,,,\n"
_values = st.dictionaries(st.sampled_from(GROUPS), st.tuples(strategies.cells), max_size=3)


def targets() -> Mapping[str, Target]:
    """All of them; some 99 of 100 inputs go where reading them takes milliseconds."""
    flags = st.integers(0, 3).map(lambda number: number == 0)
    csv_files = {name: data for name, data in strategies.files().items() if name.endswith(("csv", "tsv"))}
    rows = st.tuples(*(strategies.cells for _ in range(6)))
    likely = st.sampled_from(("status", "date_edtf", "title", "ordinal", "merge", "reject"))
    row = st.builds(lambda cells, field, is_likely: (cells[0], field, *cells[2:]) if is_likely else cells, rows, likely, st.booleans())
    return {
        "dates": Target(twice(dates), st.tuples(strategies.told(), flags, strategies.days), 300),
        "names": Target(twice(names), st.tuples(strategies.told(), flags), 200),
        "events": Target(twice(events), st.tuples(strategies.told(), flags, strategies.days), 150),
        "times": Target(twice(times), st.tuples(strategies.bounds, strategies.bounds), 150),
        "readers": Target(twice(readers), st.tuples(strategies.with_faults(strategies.files())), 100),
        "tables": Target(twice(tables_of_events), st.tuples(strategies.with_faults(csv_files)), 10),
        "folders": Target(twice(built_folders), st.tuples(strategies.with_faults(built())), 5),
        "knowledge": Target(twice(knowledge), st.tuples(strategies.with_faults(entries())), 2),
        "languages": Target(twice(knowledge), st.tuples(strategies.with_faults(languages())), 1),
        "corrections": Target(
            twice(corrections), st.tuples(strategies.with_faults({"c": _CORRECTIONS}).map(lambda pair: pair[1]), row), 30
        ),
        "queries": Target(twice(queries), st.tuples(_values, strategies.bounds, strategies.bounds, strategies.cells, st.floats(0, 1)), 15),
    }


def given_inputs(name: str, count: int, number: int, counted: list[int] | None = None) -> Callable[[], None]:
    """A run of Hypothesis over one target: so many inputs, the same for the same `number`."""
    target = targets()[name]

    @seed(number)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    @given(target.inputs)
    def run(given: Sequence[Any]) -> None:
        if counted is not None:
            counted[0] += 1
            signal.alarm(_SLOW)
        target.run(*given)

    return run


# --- the long form


class Shard(NamedTuple):
    """A part of the inputs, for one process."""

    target: str
    inputs: int
    seed: int


class Told(NamedTuple):
    """What became of it."""

    shard: Shard
    inputs: int
    seconds: float  # of processor time
    failure: str


def shards(inputs: int, number: int, only: Sequence[str]) -> list[Shard]:
    """The parts of a run, those of all targets by turns."""
    chosen = {name: target.part for name, target in targets().items() if not only or name in only}
    whole = sum(chosen.values())
    found = []
    for name, part in chosen.items():
        left, turn = max(1, inputs * part // whole), 0
        while left > 0:
            found.append((turn, Shard(name, min(left, _SHARD), number * 1_000_003 + turn)))
            left -= _SHARD
            turn += 1
    return [shard for _, shard in sorted(found, key=lambda pair: pair[0])]


def run_shard(shard: Shard) -> Told:
    """In a process of the pool."""
    in_child._run = answered
    counted = [0]
    begin = time.process_time()
    failure = ""
    try:
        given_inputs(shard.target, shard.inputs, shard.seed, counted)()
    except BaseException:
        failure = traceback.format_exc()
    signal.alarm(0)
    return Told(shard, counted[0], time.process_time() - begin, failure)


def _never_ends(*_: object) -> None:
    raise TimeoutError(f"an input took more than {_SLOW} seconds")


def _start() -> None:
    signal.signal(signal.SIGALRM, _never_ends)


def main() -> int:
    """Feed the inputs, tell what failed; the status is 1 if anything did."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inputs", type=int, default=1_000_000, help="how many, over all targets (default: 1,000,000)")
    parser.add_argument("--seed", type=int, default=1, help="the same seed gives the same inputs (default: 1)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="processes (default: as many as there are processors)")
    parser.add_argument("--only", nargs="+", default=[], choices=list(targets()), help="these targets")
    options = parser.parse_args()
    parts = shards(options.inputs, options.seed, options.only)
    extractor()  # before the processes part, so that it is loaded once
    begin = time.perf_counter()
    done: dict[str, list[float]] = {}
    failures = 0
    with multiprocessing.get_context("fork").Pool(options.jobs, _start) as pool:
        for told in pool.imap_unordered(run_shard, parts):
            counts = done.setdefault(told.shard.target, [0, 0.0])
            counts[0] += told.inputs
            counts[1] += told.seconds
            if told.failure:
                failures += 1
                sys.stdout.write(f"FAILED {told.shard}\n{told.failure}\n")
                sys.stdout.flush()
    for name, (count, seconds) in done.items():
        sys.stdout.write(f"{name}: {count:,.0f} inputs, {seconds:,.0f} s of processor time, {1000 * seconds / max(1, count):.1f} ms each\n")
    total = sum(count for count, _ in done.values())
    sys.stdout.write(f"{total:,.0f} inputs in {time.perf_counter() - begin:,.0f} s, {failures} failures\n")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
