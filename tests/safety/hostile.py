"""A folder of files made to break whoever reads them, beside a few good ones; and what a build over it has to keep.

    python -m tests.safety.hostile FOLDER

makes the corpus in FOLDER/corpus at its full size, builds it whole and in parts, and says what it found; its exit status is 1
where anything was not kept. The tests take a smaller one (`test_hostile.py`).
"""

from __future__ import annotations

import argparse
import os
import shutil
import socket
import sys
import time
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import timeline
from tests.file_samples import STORY, docx, epub, feed, json_lines, mail, packed, page, pdf
from tests.safety import hostile_archives, hostile_documents, hostile_texts
from timeline.documents import inputs_of, read_file
from timeline.errors import InputError, Remark, TimelineError
from timeline.partitioned import Built, build_parts
from timeline.pipeline import Given, extractor

SECRET = "On 9 September 1999 the Tan Thanh - Pozhai border gate was closed by nobody but the password of the host."
_ROOM = 100  # characters of a line of the table that are printed


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was made: the folder, the names of the good files, and of the others what is to become of each.

    `read` are hostile files that hold a text which is read, `refused` those of which nothing may come but one line each; of the
    rest either may come.
    """

    folder: Path
    good: frozenset[str]
    read: frozenset[str]
    refused: frozenset[str]


def good_files() -> dict[str, bytes]:
    """A few files as people give them, a story in each."""
    story = "\n\n".join(STORY)
    return {
        "good/a.txt": story.encode(),
        "good/b.html": page().encode(),
        "good/c.pdf": pdf(STORY),
        "good/d.docx": docx(*STORY),
        "good/e.eml": mail(story),
        "good/f.jsonl": json_lines({"text": story, "date": "2024-05-06"}),
        "good/g.zip": packed({"in/x.txt": story}),
        "good/h.epub": epub(*(f"<p>{line}</p>" for line in STORY)),
        "good/i.rss": feed(f"<title>Gate opened</title><description>{story}</description>"),
    }


def make(folder: Path, is_small: bool) -> Corpus:
    """Write the corpus into `folder / "corpus"`, and what no link may lead to beside it."""
    corpus = folder / "corpus"
    good = good_files()
    parts = [module.files(is_small) for module in (hostile_texts, hostile_archives, hostile_documents)]
    read = {name: data for own_read, _, _ in parts for name, data in own_read.items()}
    refused = {name: data for _, own_refused, _ in parts for name, data in own_refused.items()}
    other = {name: data for _, _, own_other in parts for name, data in own_other.items()}
    for name, data in {**good, **read, **refused, **other}.items():
        path = corpus / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (folder / "secret.txt").write_text(SECRET)
    odd = _odd_names(corpus / "names")
    special = [*_links(corpus / "links", folder), *_special_files(corpus / "special"), *_sparse(corpus / "sparse", is_small)]
    return Corpus(corpus, frozenset(good), frozenset(read) | odd, frozenset((*refused, *special, *_unwritable(corpus / "names"))))


def _odd_names(folder: Path) -> frozenset[str]:
    """Files that are called as no file is, but are read."""
    names = ("-rf.txt", " .txt", "$(touch pwned).txt", "%2e%2e%2f.txt", "x" * 251 + ".txt", "a; b.txt", "\u202etxt.exe.txt", "=1+1.txt")
    folder.mkdir()
    for number, name in enumerate(names, start=1):
        (folder / name).write_text(STORY[0].replace("2024", str(2000 + number)))
    return frozenset(f"names/{name}" for name in names)


def _unwritable(folder: Path) -> list[str]:
    """Files whose names no line has room for."""
    made = []
    for name in (b"two\nlines.txt", b"odd-\xff.txt", b"\x1b[2Jclear.txt"):
        with suppress(OSError):  # some systems take no such name
            with open(os.path.join(os.fsencode(folder), name), "wb") as file:
                file.write(STORY[0].encode())
            made.append(f"names/{os.fsdecode(name)}")
    return made


def _links(folder: Path, outside: Path) -> list[str]:
    """Links that lead out, in circles, or nowhere; and one that is as it should be."""
    folder.mkdir()
    (folder / "good.txt").symlink_to(Path("..") / "good" / "a.txt")
    (folder / "round").symlink_to(folder.parent)
    (folder / "everything").symlink_to("/")
    targets: dict[str, str | Path] = {
        "out.txt": outside / "secret.txt",
        "up.txt": Path("..") / ".." / "secret.txt",
        "one.txt": "two.txt",
        "two.txt": "one.txt",
    }
    targets |= {"itself.txt": "itself.txt", "gone.txt": "nowhere", "zero.txt": "/dev/zero", "environment.txt": "/proc/self/environ"}
    for name, target in targets.items():
        (folder / name).symlink_to(target)
    return [f"links/{name}" for name in targets]


def _special_files(folder: Path) -> list[str]:
    """What is called as a text and is no file, or may not be opened."""
    folder.mkdir()
    made = ["pipe.txt", "socket.txt"]
    os.mkfifo(folder / "pipe.txt")
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket may have a hundred bytes
    try:
        with socket.socket(socket.AF_UNIX) as listening:
            listening.bind("socket.txt")
    finally:
        os.chdir(here)
    with suppress(OSError):
        os.mknod(folder / "device.txt", 0o20666, os.makedev(1, 5))  # as /dev/zero, if we may
        made.append("device.txt")
    if os.geteuid():  # whom nothing is closed to
        (folder / "closed.txt").write_text(SECRET)
        (folder / "closed.txt").chmod(0)
        (folder / "closed").mkdir(mode=0)
        made += ["closed.txt", "closed"]
    return [f"special/{name}" for name in made]


def _sparse(folder: Path, is_small: bool) -> list[str]:
    """Files of a size that no memory holds, and that take no room."""
    folder.mkdir()
    names = ("huge.txt", "huge.pdf", "huge.zip", "huge.json", "huge.warc")
    for name in names:
        with (folder / name).open("wb") as file:
            file.truncate(1_000_000_000 if is_small else 100_000_000_000)
    return [f"sparse/{name}" for name in names]


def checked(corpus: Corpus, built: Outcome) -> list[str]:
    """What a build over the corpus did not keep, in words."""
    root = corpus.folder.as_posix()
    read = set(built.paths)
    told: dict[str, list[InputError]] = {}
    for failure in built.failures:
        told.setdefault(failure.where, []).append(failure)
    faults = [f"{name} was not read" for name in sorted(corpus.good | corpus.read) if not _below(f"{root}/{name}", read)]
    for name in sorted(corpus.refused):
        where = InputError(f"{root}/{name}", "").where
        if _below(where, read):
            faults.append(f"{name} was read")
        if len(lines := _below(where, told)) != 1 or len(told[lines[0]]) != 1:
            faults.append(f"{name} is told in {sum(len(told[line]) for line in lines)} lines")
    faults += [f"a message of several lines: {failure!r}" for failure in built.failures if len(str(failure).splitlines()) != 1]
    faults += [f"a fault of the program: {failure}" for failure in built.failures if "fault of this program" in failure.why]
    if built.given != built.documents + built.refused + built.failed:
        faults.append(f"{built.given} given, {built.documents} read, {built.refused} refused, {built.failed} failed")
    if built.failed != sum(not isinstance(failure, Remark) for failure in built.failures):
        faults.append("what failed is not what is told")
    if SECRET[:20] in built.words or "root:" in built.words:  # of /etc/passwd
        faults.append("a text was read that lies outside")
    return faults


def _below(path: str, paths: Iterable[str]) -> list[str]:
    """The file itself, and what is in it."""
    return [one for one in paths if one == path or one.startswith((f"{path}/", f"{path}:", f"{path},"))]


@dataclass(frozen=True, slots=True)
class Outcome:
    """Of a build, whole or in parts, what is checked."""

    paths: Sequence[str]
    words: str
    failures: Sequence[InputError]
    documents: int
    given: int
    refused: int
    failed: int


def build_whole(corpus: Corpus, out: Path) -> Outcome:
    """Build it as four files, and read these back."""
    built = timeline.build([corpus.folder])
    built.save(out)
    return _outcome(out, built, len(built.documents))


def build_in_parts(corpus: Corpus, out: Path) -> Outcome:
    """Build it in parts, and read these back."""
    built = build_parts([corpus.folder], out)
    return _outcome(out, built, built.documents)


def _outcome(out: Path, built: timeline.Timeline | Built, documents: int) -> Outcome:
    loaded = timeline.load(out)
    assert len(loaded.documents) == documents
    words = "\n".join((loaded.events.to_csv(), loaded.mentions.to_csv(), *loaded.texts.values()))
    return Outcome(list(loaded.documents["path"]), words, built.failures, documents, built.given, built.refused, built.failed)


def one_by_one(corpus: Corpus) -> None:
    """Read each file by itself, and print what came of it, in how many seconds."""
    engine = extractor()
    inputs = inputs_of([corpus.folder])
    for fault in inputs.refused:
        _say(f"     -     refused  {_short(str(fault), corpus)}")
    for place, name in inputs.named:
        start = time.process_time()
        items = [item for item in engine.told_in(read_file(place, name), "") if not isinstance(item, Given)]
        took = time.process_time() - start
        failed = [item for item in items if isinstance(item, InputError)]
        said = str(failed[0]) if failed else place.as_posix()
        _say(f"{took:8.2f} s  {len(items) - len(failed):4} read {len(failed):4} told  {_short(said, corpus)}")


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _short(text: str, corpus: Corpus) -> str:
    line = text.removeprefix(f"{corpus.folder.as_posix()}/")
    return line if len(line) <= _ROOM else f"{line[:_ROOM]}…"


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.safety.hostile", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", type=Path, help="a new folder, for the corpus and what is built of it")
    parser.add_argument("--small", action="store_true", help="as the tests make it")
    given = parser.parse_args(arguments)
    folder: Path = given.folder.resolve()
    shutil.rmtree(folder / "corpus", ignore_errors=True)
    folder.mkdir(parents=True, exist_ok=True)
    corpus = make(folder, given.small)
    one_by_one(corpus)
    faults = []
    for name, build in (("whole", build_whole), ("parts", build_in_parts)):
        start = time.monotonic()
        try:
            outcome = build(corpus, folder / name)
        except TimelineError as fault:
            faults.append(f"{name}: {fault}")
            continue
        faults += [f"{name}: {fault}" for fault in checked(corpus, outcome)]
        _say(
            f"{name}: {outcome.given} given, {outcome.documents} read, {outcome.refused} refused, {outcome.failed} failed, "
            f"in {time.monotonic() - start:.0f} s; {_peak()}"
        )
    _say("\n".join(faults) or "all was kept")
    return 1 if faults else 0


def _peak() -> str:
    with suppress(ImportError):
        import resource

        return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10} MB at most, the making included"
    return "memory not known"


if __name__ == "__main__":
    sys.exit(main())
