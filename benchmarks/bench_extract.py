"""How fast are whole extraction and the dates alone, beside `dateparser.search.search_dates` and other date taggers?

On the seeds, and on a page of recombined examples for each language; every tool is told the language of a text, ours too where only
dates are looked for, and each is compared on the texts in which it finds any date at all. Everything warm, by turns, in one run.
`python -m benchmarks.bench_extract` prints the rows, with one for each seed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.corpus import text_of
from benchmarks.date_peers import Peer, Taken, peers, timed
from benchmarks.rows import Part, Row, print_part, seconds
from timeline.documents import decode, list_inputs, read_bytes
from timeline.names import find_names
from timeline.pipeline import Extractor, extractor
from timeline.text import fold

SEEDS = Path(__file__).parent.parent / "seeds"
ROUNDS = 7
_WHOLE, _DATES = "whole extraction", "dates alone"
# What is asked where all seeds are read: at least so many times as fast as `search_dates`, and what is aimed at.
_GOALS = {_WHOLE: (15, 30), _DATES: (40, 60)}
_WARM = 2  # rounds before the first that counts


@dataclass(frozen=True)
class Sample:
    """A text to be read."""

    kind: str
    name: str
    language: str
    text: str


class Times:
    """What every tool took for every text, round by round."""

    def __init__(self, tools: Sequence[Peer], samples: Sequence[Sample], rounds: int) -> None:
        self.samples = samples
        self._taken: dict[tuple[str, int], list[float]] = {}
        runs = {(tool.name, k): tool.run for k in range(len(samples)) for tool in tools if tool.run}
        for _ in range(_WARM):
            found = {key: _tried(run, samples[key[1]], key[0]) for key, run in runs.items()}
            runs = {key: run for key, run in runs.items() if found[key].dates}
        for _ in range(rounds):
            for key, run in runs.items():
                sample = samples[key[1]]
                self._taken.setdefault(key, []).append(run(sample.text, sample.language).seconds)

    def read_by(self, tool: str, kind: str) -> list[int]:
        """The texts of a kind that a tool reads."""
        return [k for k, sample in enumerate(self.samples) if sample.kind == kind and (tool, k) in self._taken]

    def of(self, tool: str, texts: Sequence[int]) -> list[float]:
        """The seconds for some texts together, a number a round."""
        return [sum(taken) for taken in zip(*(self._taken[tool, k] for k in texts), strict=True)]


def _tried(run: Callable[[str, str], Taken], sample: Sample, name: str) -> Taken:
    try:
        return run(sample.text, sample.language)
    except Exception as error:  # a language that the tool does not know, or a fault of its own: it costs the tool that text
        print(f"{name} does not read {sample.language}: {type(error).__name__}", file=sys.stderr)
        return Taken(0, 0)


def part(rounds: int = ROUNDS, each: bool = False) -> Part:
    """The comparison with every tool; with `each`, a row for each seed as well."""
    engine = extractor()
    samples = [*seeds(engine), *pages(engine)]
    with peers() as others:
        times = Times([*ours(engine), *others], samples, rounds)
    rows = [row for kind in ("seeds", "pages") for other in others for row in _compared(times, kind, other)]
    if each:
        rows += [
            _row(times, what, "search_dates", [k], samples[k].name[:24]) for k in times.read_by("search_dates", "seeds") for what in _GOALS
        ]
    return Part(rows, [f"{other.name}: {other.about}." for other in others] + [_names_note(engine, samples)])


def seeds(engine: Extractor) -> list[Sample]:
    """The texts in seeds/."""
    read = [(file.name, decode(read_bytes(file), str(file))) for file in list_inputs([SEEDS])]
    return [Sample("seeds", name, engine.document(text).language, text) for name, text in read]


def pages(engine: Extractor) -> list[Sample]:
    """A page of each language."""
    languages = engine.knowledge.languages
    made = {code: text_of([example.text for example in language.examples], 0) for code, language in languages.items()}
    return [Sample("pages", code, code, text) for code, text in made.items()]


def ours(engine: Extractor) -> list[Peer]:
    """From the text to its mentions, the language to be found out; and its dates, the language told."""
    return [
        # There is always something to be compared: that a text holds dates is for the others to say.
        Peer(_WHOLE, "", lambda text, _: Taken(seconds(lambda: engine.extract(engine.document(text))), 1)),
        Peer(_DATES, "", lambda text, language: timed(lambda: engine.find_dates(text, language))._replace(dates=1)),
    ]


def _compared(times: Times, kind: str, other: Peer) -> list[Row]:
    if other.run is None:
        return [Row(_DATES, other.name, note="not installed here")] if kind == "seeds" else []
    texts = times.read_by(other.name, kind)
    codes = list(dict.fromkeys(times.samples[k].language for k in texts))
    if not texts:
        return [Row(_DATES, f"{other.name}, {kind}", note="reads none of the languages")]
    named = ", ".join(codes) if len(codes) < 9 else f"{len(codes)} languages"
    return [_row(times, what, other.name, texts, f"{kind} in {named}", other.name == "search_dates" and kind == "seeds") for what in _GOALS]


def _row(times: Times, what: str, other: str, texts: Sequence[int], told: str, is_asked: bool = False) -> Row:
    least, aim = _GOALS[what] if is_asked else (None, None)
    return Row(f"{what}, {told}", other, times.of(what, texts), times.of(other, texts), faster=True, least=least, aim=aim)


def _names_note(engine: Extractor, samples: Sequence[Sample]) -> str:
    """How much of whole extraction names take on the seeds, found in what the scan for phrases, which all share, has found."""
    names = whole = 0.0
    for sample in samples:
        if sample.kind == "seeds":
            tools = engine.reader.tools(sample.language)
            document = engine.document(sample.text, sample.language)
            pieces = [sample.text[passage.start : passage.end] for passage in document.passages]
            scans = [(folded := fold(piece), piece, tools.lexicon.scan(folded, piece)) for piece in pieces]
            runs = [seconds(lambda: [find_names(*scan, engine.knowledge, tools.language) for scan in scans]) for _ in range(5)]  # noqa: B023
            names += statistics.median(runs)
            whole += statistics.median(seconds(lambda: engine.extract(engine.document(sample.text))) for _ in range(5))  # noqa: B023
    return f"Names take {names / whole:.0%} of whole extraction of the seeds."


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=ROUNDS, help=f"how often each text is read (default: {ROUNDS})")
    print_part(part(parser.parse_args().rounds, each=True))


if __name__ == "__main__":
    main()
