"""How fast the sieve is beside a bare automaton over the same bytes: `python -m benchmarks.bench_sieve`.

The texts are made of the languages' examples, a mix of all. Those of this subject pass, mostly long before their end; to see what
the others cost, the same texts are scanned once more with every name of Vietnam's taken out. Both kinds in UTF-8, and in the
encodings that their languages had before it: told by the host, as most are, or by nobody. `--files PATH…` adds files of any kind.
"""

from __future__ import annotations

import argparse
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

import ahocorasick_rs

from benchmarks.rows import Part, Row, by_turns, print_part
from timeline.knowledge import Knowledge, load
from timeline.knowledge.cache import Cache
from timeline.sieve import Sieve
from timeline.sieve.criteria import KINDS, read_criteria
from timeline.sieve.patterns import patterns_of

ROUNDS = 9
MOST = 2.5  # times the automaton's time
_TEXTS, _EXAMPLES = 6, 60  # texts a language, examples a text: some 7 KB
_LEGACY = {
    **dict.fromkeys(("cs", "hu", "pl", "ro"), "cp1250"),
    **dict.fromkeys(("ru", "uk"), "cp1251"),
    **dict.fromkeys(("de", "es", "fr", "it", "nl", "no", "pt", "sv"), "cp1252"),
    "el": "cp1253",
    "tr": "cp1254",
    "he": "cp1255",
    "ar": "cp1256",
    "vi": "cp1258",
    "th": "cp874",
    "zh": "gb18030",
    "ja": "cp932",
    "ko": "cp949",
}

Texts = list[tuple[str, bytes, str]]  # each with the code of its language, and the encoding that the sieve is told


def part(rounds: int = ROUNDS, files: Sequence[Path] = ()) -> Part:
    """A row for each kind of text and encoding."""
    knowledge = load()
    patterns = patterns_of(knowledge, read_criteria(knowledge))
    bare = ahocorasick_rs.BytesAhoCorasick(patterns.found)
    sieve = Sieve(knowledge)
    subject = list(texts_of(knowledge))
    unrelated = [(code, without_subject(text, sieve), told) for code, text, told in subject]
    beyond = first_in_legacy(sieve)
    kinds: dict[str, Texts] = {"of the subject, UTF-8": subject, "unrelated, UTF-8": unrelated}
    for name, texts in (("of the subject", subject), ("unrelated", unrelated)):
        legacy = in_legacy(texts)
        kinds[f"{name}, legacy encodings that are told"] = legacy
        kinds[f"{name}, legacy encodings that nobody tells"] = [(code, text, "") for code, text, _ in legacy]
    if files:
        kinds["files"] = [("", path.read_bytes(), "") for path in files_of(files)]
    rows, notes = [], [f"The automaton has {len(patterns.found):,} patterns."]
    for name, texts in kinds.items():
        found = row(f"texts {name}", texts, bare, sieve, rounds)
        size, passed = sum(len(text) for _, text, _ in texts), sum(sieve.passes(text, told) for _, text, told in texts)
        speed = size / statistics.median(found.ours) / 1e6
        rows.append(found)
        notes.append(f"Texts {name}: {size / 1e6:.2f} MB, scanned at {speed:.0f} MB/s; {passed} of {len(texts)} pass.")
    notes.append(f"The sieve is made in {made(knowledge):.2f} s, with its cache in {kept(knowledge):.2f} s.")
    notes.append(f"The first text that is not in UTF-8 costs {beyond:.2f} s more, for the names in other encodings.")
    return Part(rows, notes)


def texts_of(knowledge: Knowledge) -> Iterator[tuple[str, bytes, str]]:
    """Texts of each language, of its examples in random order."""
    chance = random.Random(8)
    for code, language in knowledge.languages.items():
        examples = [example.text for example in language.examples]
        for _ in range(_TEXTS):
            yield code, "\n".join(chance.sample(examples, min(_EXAMPLES, len(examples)))).encode(), ""


def without_subject(text: bytes, sieve: Sieve) -> bytes:
    """The text without the lines that name anything of the subject."""
    own = set(KINDS) - {"gate_word", "china", "country", "organ", "diplomacy", "state", "mission", "dealing"}
    return b"\n".join(line for line in text.split(b"\n") if not any(own & set(kinds.split(", ")) for _, kinds in sieve.why(line).found))


def in_legacy(texts: Texts) -> Texts:
    """The texts in the encoding of their language before UTF-8, where it had one; a letter that it lacks becomes a question mark."""
    return [(code, text.decode().encode(_LEGACY[code], "replace"), _LEGACY[code]) for code, text, _ in texts if code in _LEGACY]


def files_of(paths: Sequence[Path]) -> Iterator[Path]:
    """The files in some files and folders."""
    for path in paths:
        yield from (file for file in sorted(path.rglob("*")) if file.is_file()) if path.is_dir() else (path,)


def row(what: str, texts: Texts, bare: ahocorasick_rs.BytesAhoCorasick, sieve: Sieve, rounds: int) -> Row:
    """The sieve against the automaton, by their CPU time: in other encodings too the automaton scans the bytes as they stand."""
    told = [(text, encoding) for _, text, encoding in texts]
    runs = (sieve.passes, lambda text, _: bare.find_matches_as_indexes(text, overlapping=True))
    sieved, alone = by_turns([partial(scan_all, run, told) for run in runs], rounds)
    return Row(what, "bare automaton", sieved, alone, most=MOST)


def scan_all(run: Callable[[bytes, str], object], texts: Sequence[tuple[bytes, str]]) -> float:
    """CPU seconds for all texts."""
    return cpu(lambda: [run(text, encoding) for text, encoding in texts])


def cpu(run: Callable[[], object]) -> float:
    """CPU seconds of a call."""
    begin = time.process_time()
    run()
    return time.process_time() - begin


def made(knowledge: Knowledge) -> float:
    """Seconds to make the sieve from the knowledge."""
    return cpu(lambda: Sieve(knowledge, Cache(None)))


def kept(knowledge: Knowledge) -> float:
    """With what an earlier process left in the cache."""
    return cpu(lambda: Sieve(knowledge))


def first_in_legacy(sieve: Sieve) -> float:
    """Seconds for the first text that is not in UTF-8."""
    return cpu(lambda: sieve.passes("Погода".encode("cp1251")))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often all texts are scanned (default: {ROUNDS})")
    parser.add_argument("--files", type=Path, nargs="*", default=[], help="files and folders to scan as well")
    options = parser.parse_args()
    print_part(part(options.rounds, options.files))


if __name__ == "__main__":
    main()
