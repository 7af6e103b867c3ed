"""What is tried to be written while it is killed: builds, exports, a bundle, corrections, a cache."""

from __future__ import annotations

import hashlib
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tests.partitioned.texts import write_texts
from tests.safety.ending import run

PAGE = "<html><body><p>On 5 May 2024 a delegation of Cao Bang visited Nanning.</p></body></html>"
FORMATS = ("csv", "excel", "html", "parquet", "data-package", "icalendar", "jsonl")
FULL = ("No space left on device", "File too large")  # as the system says it

State = dict[str, bytes] | None


@dataclass(frozen=True)
class Work:
    """Something that is written: `prepare` puts down the old state, `job` brings it to the new one, `read` tells one from the other.

    What is written is called `out` in the folder given. Of work that `adds`, doing it again adds once more. `weight`: how often.
    """

    name: str
    prepare: Callable[[Path], None]
    job: Callable[[Path], int]
    read: Callable[[Path], object]
    adds: bool = False
    weight: int = 1


def state_of(out: Path) -> State:
    """The files of a folder by their names, or one file; of a build in parts without how its texts stood when they were read."""
    if out.is_file():
        return {"": out.read_bytes()}
    if not out.exists():
        return None
    files = (path for path in out.rglob("*") if path.is_file() and path.parent.name != "seen" and path.suffix != ".lock")
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in files if path.name != ".lock"}


class Texts:
    """Two folders of texts of which the second has more, and what is built of the first."""

    def __init__(self, folder: Path) -> None:
        from timeline.pipeline import Extractor, extractor

        self.few, self.more, self.built, self.parts = (folder / name for name in ("few", "more", "built", "parts"))
        write_texts(self.few, 0, 14)
        shutil.copytree(self.few, self.more)
        (self.more / "page.html").write_text(PAGE, encoding="utf-8")  # whose text is kept
        engine: Extractor = extractor()
        engine.build(self.more).save(self.built)  # and whatever is compiled is, before the first fork
        engine.build(self.few).save(folder / "few built")
        self.few_built = folder / "few built"
        run(partial(cli, "build", self.few, "--out", self.parts, "--parts"), folder)


def works(texts: Texts) -> Iterator[Work]:
    """All that is tried."""
    whole = partial(copied, texts.few_built)
    yield Work("build", whole, lambda out: cli("build", texts.more, "--out", out), loaded, weight=5)
    yield Work("first build", nothing, lambda out: cli("build", texts.more, "--out", out), loaded, weight=2)
    yield Work("build of two processes", whole, lambda out: cli("build", texts.more, "--out", out, "--jobs", 2), loaded)
    yield Work("parts, first", nothing, lambda out: cli("build", texts.more, "--out", out, "--parts"), loaded, weight=4)
    yield Work("parts, of two processes", nothing, lambda out: cli("build", texts.more, "--out", out, "--parts", "--jobs", 2), loaded)
    parts = partial(copied, texts.parts)
    yield Work("parts, little more", parts, lambda out: cli("build", texts.more, "--out", out), loaded, weight=4)
    yield Work("parts, all anew", parts, lambda out: cli("build", texts.more, "--out", out, "--published", "2025-01-01"), loaded, weight=2)
    few, more, before = texts.few_built, texts.built, texts.built.parent / "before"
    yield Work("bundle", partial(made, before / "bundle", partial(bundled, few)), partial(bundled, more), state_digest, weight=2)
    for name in FORMATS:
        old = partial(made, before / name, partial(exported, few, name))
        yield Work(f"export, {name}", old, partial(exported, more, name), state_digest)
    yield Work("correction", partial(copied, some_corrections(texts.built.parent)), corrected, corrections, adds=True, weight=4)
    yield Work("cache", partial(made, before / "cache", partial(kept, 1)), partial(kept, 2), read_cache, weight=2)


def cli(*arguments: object) -> int:
    """A command, as it is given."""
    from timeline.cli import main as command

    try:
        command([str(argument) for argument in arguments])
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def nothing(out: Path) -> None:
    """Nothing is there before."""


def copied(source: Path, out: Path) -> None:
    """A folder or a file is there."""
    (shutil.copytree if source.is_dir() else shutil.copy)(source, out)


def made(before: Path, job: Callable[[Path], int], out: Path) -> None:
    """What a job has made is there."""
    if not before.exists():
        before.parent.mkdir(exist_ok=True)
        run(partial(job, before), before.parent)
    copied(before, out)


def bundled(built: Path, out: Path) -> int:
    return cli("bundle", built, "--out", out)


def exported(built: Path, name: str, out: Path) -> int:
    return cli("export", name, built, "--out", out)


def some_corrections(folder: Path) -> Path:
    path = folder / "corrections.csv"
    rows = "".join(f"e{k},title,What happened {k},Lan,2026-01-05,seen\n" for k in range(200))
    path.write_text(f"target,field,value,who,when,why\n{rows}", encoding="utf-8")
    return path


def corrected(out: Path) -> int:
    """Put one thing right, as the app does, which tells of a fault."""
    from timeline.corrections import Correction, append_correction
    from timeline.errors import InputError

    try:
        append_correction(out, Correction("", "e1", "status", "held", "Lan", "2026-01-06", "seen"))
    except InputError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return 0


def corrections(out: Path) -> object:
    from timeline.corrections import all_corrections

    return [(one.target, one.value) for one in all_corrections(out)]


def kept(version: int, out: Path) -> int:
    """Something is in a cache."""
    from timeline.knowledge.cache import Cache

    Cache(out).write("words", str(version), list(range(version * 30_000)))
    if Cache(out).read("words", str(version)) is None:  # a cache that cannot be written is none, and that is no fault
        sys.stderr.write(FULL[0])
        return 2
    return 0


def read_cache(out: Path) -> object:
    from timeline.knowledge.cache import Cache

    return [version for version in (1, 2) if Cache(out).read("words", str(version)) == list(range(version * 30_000))]


def loaded(out: Path) -> object:
    """What is read of a built folder: a digest of all of it."""
    import timeline
    from timeline import store
    from timeline.errors import InputError
    from timeline.tables import TABLES

    try:
        built = timeline.load(out)
    except InputError:  # none is there
        return None
    told = [store.to_csv(name, getattr(built, name)) for name in TABLES]
    return hashlib.sha256(repr((told, sorted(built.texts.items()), sorted(built.versions.items()))).encode()).hexdigest()


def state_digest(out: Path) -> object:
    return hashlib.sha256(repr(sorted((state_of(out) or {}).items())).encode()).hexdigest()
