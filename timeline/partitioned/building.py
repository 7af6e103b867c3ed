"""The steps of a partitioned build, one after the other."""

from __future__ import annotations

import gc
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path

from filelock import FileLock

from timeline.crew import Alone, Crew
from timeline.documents import Place, inputs_of, is_crawl
from timeline.errors import InputError, Remark
from timeline.files import NO_ROOM, sync_folder
from timeline.fusion import wholes_of
from timeline.fusion.copies import originals_of
from timeline.knowledge import Knowledge
from timeline.messages import N_
from timeline.partitioned.blocks import Copies, hashed, link, spread
from timeline.partitioned.components import read_components
from timeline.partitioned.earlier import save_earlier
from timeline.partitioned.fusing import (
    FUSED,
    fuse_partition,
    move,
    move_links,
    read_serial,
    save_components,
    settle_all,
)
from timeline.partitioned.growing import grow
from timeline.partitioned.reading import Bucket, ReadPart, Settings, lives, read_bucket
from timeline.parts import BEGUN, MANIFEST, Manifest, begin, digest_of, end, is_in_parts, read_manifest, rows_of_part, write_manifest
from timeline.pipeline import day_of, extractor
from timeline.sieve.criteria import read_criteria
from timeline.version import __version__, code_digest

_FILES = 200  # of a bucket: some megabytes of text, read in a second or two
_CRAWL = 2  # buckets that a crawl makes for itself: few share one then
_MOST = 1024  # partitions, each a file in each of some folders
_GROWN = 2  # a build keeps its partitions until it has grown so that more than so many times their number would be right
_WORK, _LOCK = ".work", ".lock"
_OWN = (_WORK, _LOCK, f".{BEGUN}.", f".{MANIFEST}.")  # how hidden names of ours begin
_LITTLE = 0.05  # of all files: from there on fusing the whole again is no dearer

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Built:
    """What a partitioned build came to: how many of each, how many files were read anew, and what could not be read.

    Of the texts `given` one is read for each document, the sieve `refused` some, and some `failed`, as in a `Timeline`.
    """

    documents: int
    mentions: int
    events: int
    files: int
    read: int
    failures: list[InputError]
    given: int = 0
    refused: int = 0
    failed: int = 0


def build_parts(
    paths: Paths,
    out: str | os.PathLike[str],
    *,
    published: str = "",
    knowledge: Knowledge | None = None,
    crew: Crew | None = None,
    progress: Progress | None = None,
    sieve: bool | None = None,
    check: bool = False,
) -> Built:
    """Read the texts at `paths` and write the four tables to the folder `out`, in parts; see `timeline.parts`.

    Files that an earlier build in `out` has read, with the same knowledge and by the same version, are not read again. That one is
    unchanged is known by its size, times and inode, or else by its content; with `check` by its content alone. The tables are those
    of `timeline.build`; `timeline.load` reads them. A build that was interrupted is gone on with: what it had read is not read
    again, a bucket of files at a time. `progress` is called with how many buckets of files are read, and of how many.
    The `sieve` is asked as by `timeline.build`. Raises `InputError` where `out` holds something else.
    """
    published = day_of(published)
    known = extractor(knowledge).knowledge  # this process may be the one that reads: it is loaded once
    folder = Path(out).resolve()
    _refuse_foreign(folder)
    if not folder.exists():
        folder.mkdir(parents=True, exist_ok=True)
        sync_folder(folder.parent)
    with _left_alone(), _no_room_told(folder), FileLock(folder / _LOCK):  # two builds in one folder follow one another
        return _Build(folder, known, crew or Alone(), progress).run(
            [paths] if isinstance(paths, str | os.PathLike) else list(paths), published, sieve, check
        )


@contextmanager
def _left_alone() -> Iterator[None]:
    """Garbage is collected, but not sought among what is there already: a hundred thousand objects of knowledge, which stay."""
    if gc.get_freeze_count():  # the program around us does so too, and what it froze would come loose with the rest
        yield
        return
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


@contextmanager
def _no_room_told(folder: Path) -> Iterator[None]:
    """A full disk is told of the folder where a library tells it of no file."""
    try:
        yield
    except OSError as fault:
        if fault.errno in NO_ROOM and not fault.filename:
            fault.filename = str(folder)
        raise


class _Build:
    def __init__(self, folder: Path, knowledge: Knowledge, crew: Crew, progress: Progress | None) -> None:
        self.folder, self.knowledge, self.crew, self.progress = folder, knowledge, crew, progress
        self.work = folder / _WORK

    def run(self, paths: Sequence[str | os.PathLike[str]], published: str, sieve: bool | None, check: bool) -> Built:
        inputs = inputs_of(paths)
        files = [file for file, _ in inputs.named]
        named = [(file.as_posix(), doc_id) for file, doc_id in inputs.named]
        settings = Settings(published, str(self.knowledge.path), self.knowledge.version, sieve, check)
        earlier = read_manifest(self.folder)
        sifted = sieve or (sieve is None and any(map(is_crawl, files)))
        criteria = f"{sieve} {read_criteria(self.knowledge).version}" if sifted else ""
        made_by = digest_of({"published": published, "knowledge": self.knowledge.version, "code": code_digest(), "sieve": criteria})
        partitions = partitions_for(_size(files))
        kept = [""]
        if earlier is not None and earlier.settings == made_by:
            kept = earlier.parts["read"]
            if partitions <= _GROWN * len(kept):
                partitions = len(kept)
        manifest = Manifest({"timeline": __version__, "knowledge": self.knowledge.version}, made_by, partitions)
        begun = begin(self.folder, manifest, earlier)
        shutil.rmtree(self.work, ignore_errors=True)  # of one that was killed
        try:
            read = self._read(settings, _buckets(named, partitions, kept, begun), manifest)
            if earlier is None or not self._is_little(read) or not self._grow(read, manifest, earlier):
                self._fuse(settings, read, manifest, earlier)
        finally:
            shutil.rmtree(self.work, ignore_errors=True)
        write_manifest(self.folder, manifest, earlier)
        end(self.folder, manifest)
        failures = [*inputs.refused, *(fault for part in read for fault in part.failures)]
        return Built(
            documents=sum(len(part.documents) for part in read),
            mentions=sum(part.mentions for part in read),
            events=sum(rows_of_part(path) for path in manifest.paths(self.folder, "events")),
            files=len(named),
            read=sum(len(part.fresh) - part.found for part in read),
            failures=failures,
            given=len(inputs.refused) + sum(part.given for part in read),
            refused=sum(part.refused for part in read),
            failed=sum(not isinstance(fault, Remark) for fault in failures),
        )

    def _read(self, settings: Settings, buckets: list[Bucket], manifest: Manifest) -> list[ReadPart]:
        read: list[ReadPart] = []
        for part in self.crew.run(partial(read_bucket, self.folder, settings), buckets, partial(self._read_apart, settings)):
            read.append(part)
            if self.progress:
                self.progress(len(read), len(buckets))
        manifest.parts["read"] = [part.name for part in read]
        return read

    def _read_apart(self, settings: Settings, bucket: Bucket) -> ReadPart:
        """What a bucket gives that kills whoever reads it: all but the files that do so by themselves."""
        lived = self.crew.run(partial(lives, settings), bucket.files, lambda file: False)
        deadly = frozenset(doc_id for (_, doc_id), does in zip(bucket.files, lived, strict=True) if not does)
        (part,) = self.crew.run(partial(read_bucket, self.folder, settings), [replace(bucket, deadly=deadly)])
        return part

    def _fuse(self, settings: Settings, read: list[ReadPart], manifest: Manifest, earlier: Manifest | None) -> None:
        folder, work, count, parts = self.folder, self.work, manifest.partitions, manifest.parts
        copies = _copies(read)
        numbered = list(enumerate(parts["read"]))
        blocks = list(self.crew.run(partial(spread, folder, work, count, copies), numbered))
        linked = list(self.crew.run(partial(link, folder, work, blocks, self.knowledge.fusion_weights), range(count)))
        parts["blocks"], parts["links"] = (list(names) for names in zip(*linked, strict=True))
        shutil.rmtree(work / "spread")
        before = save_earlier(folder, work, earlier) if earlier is not None else None
        save_components(work, read_components(manifest.paths(folder, "links"), before))
        moved, documents, texts = zip(*self.crew.run(partial(move, folder, work, count), numbered), strict=True)
        parts["documents"], parts["texts"] = list(documents), [name for name in texts if name]
        ways = list(self.crew.run(partial(move_links, folder, work, count), list(enumerate(parts["links"]))))
        fused = list(self.crew.run(partial(fuse_partition, folder, work, settings, moved, ways), range(count)))
        for kind in FUSED:
            parts[kind] = [names[kind] for names in fused]
        serial = [read_serial(path) for path in manifest.paths(folder, "serial")]
        settle_all(folder, manifest, serial, wholes_of(chain.from_iterable(serial)), self.crew)

    @staticmethod
    def _is_little(read: Sequence[ReadPart]) -> bool:
        """Whether so little is new that what it touches is less than the whole."""
        fresh = {file for part in read for file in part.fresh}
        new = sum(file in fresh for part in read for *_, file in part.documents)
        return max(new, len(fresh)) <= _LITTLE * sum(len(part.documents) for part in read)

    def _grow(self, read: list[ReadPart], manifest: Manifest, earlier: Manifest) -> bool:
        if (earlier.settings, earlier.partitions) != (manifest.settings, manifest.partitions):
            return False
        grown = replace(manifest, parts={**{kind: list(names) for kind, names in earlier.parts.items()}, "read": manifest.parts["read"]})
        if not grow(self.folder, self.knowledge, read, grown):
            return False
        manifest.parts = grown.parts
        return True


def _size(files: Sequence[Place]) -> int:
    """How many files a build is to be divided for: a crawl is as much work as many."""
    return sum(_CRAWL * _FILES if is_crawl(file) else 1 for file in files)


def partitions_for(files: int) -> int:
    """How many partitions a build of so many files has: enough that one of them is little, and few enough to be opened.

    A power of two, so that the files of a bucket come from one bucket of an earlier build that had fewer.
    """
    return min(_MOST, 1 << max(0, (files - 1) // _FILES).bit_length())


def _buckets(files: Iterable[tuple[str, str]], count: int, earlier: Sequence[str], begun: Mapping[int, tuple[str, ...]]) -> list[Bucket]:
    """The files in so many buckets: which one a file is in depends on its document's name alone.

    `earlier` are the parts of what was read by the last build, `begun` (by number) by one that was interrupted since.
    """
    found: list[list[tuple[str, str]]] = [[] for _ in range(count)]
    for path, doc_id in files:
        found[hashed((doc_id,)) % count].append((path, doc_id))
    return [Bucket(k, tuple(inside), earlier[k % len(earlier)], begun.get(k, ())) for k, inside in enumerate(found)]


def _copies(read: Sequence[ReadPart]) -> dict[int, Copies]:
    """By bucket, which of its documents are copies of another."""
    home = {doc_id: (k, file) for k, part in enumerate(read) for doc_id, _, file in part.documents}
    of: dict[int, dict[str, str]] = defaultdict(dict)
    for copy, original in originals_of((doc_id, digest) for part in read for doc_id, digest, _ in part.documents).items():
        of[home[copy][0]][copy] = original
    found: dict[int, Copies] = {}
    for number, pairs in of.items():
        elsewhere: dict[str, set[str]] = defaultdict(set)
        for original in pairs.values():
            bucket, file = home[original]
            if bucket != number:
                elsewhere[read[bucket].name].add(file)
        found[number] = Copies(pairs, {name: tuple(sorted(files)) for name, files in elsewhere.items()})
    return found


def _refuse_foreign(folder: Path) -> None:
    """Raise for a folder that holds something other than a partitioned build."""
    if folder.exists() and not folder.is_dir():
        raise InputError(str(folder), N_("is a file, not a folder"), N_("name a folder"))
    held = sorted(entry.name for entry in folder.iterdir() if not entry.name.startswith(_OWN)) if folder.is_dir() else []
    if held and not is_in_parts(folder):
        first = tuple(held[:3])
        raise InputError(str(folder), N_("is not a built folder: it holds {files}"), N_("name another folder"), files=first)
