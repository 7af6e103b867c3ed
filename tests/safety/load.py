"""Many readers at once: `python -m tests.safety.load --sessions 50 --minutes 5` starts the app and has them change filters.

In the second half one more session uploads the largest file that is allowed, and has it read, again and again. Told at the end:
errors, the median and the 95th percentile of the answers in both halves, and the memory of the server. The exit status says
whether there were no errors and the median of the others did not double.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.synthetic_events import synthetic_tables
from tests.app.browser.serving import Server, running
from tests.file_samples import STORY
from tests.safety.visitor import Visitor
from timeline import store
from timeline.app.session_texts import MAX_FILE_BYTES

LISTS = ("Province", "Person or body", "Type of event", "Border gate")
SEARCH = "Words in titles and passages"
WORDS = ("border", "Cao Bang", "lang son", "talks", "")
PAGES = ("", "map", "table", "compare", "sources")
EVENTS = 5_000
PAUSE = 15.0  # seconds, for a reader looks at what a filter left before setting the next
_ONE_TEXT = 10_000  # characters of each text in the large file
_MOST_TIMES = 2.0


@dataclass
class Log:
    """What all readers met: seconds of each answer by the half in which it came, and faults by what they say."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: {"alone": [], "with uploads": []})
    uploads: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    half: str = "alone"


def largest_file() -> bytes:
    """As many texts, each another, as the largest file may hold: one JSON object a line."""
    lines, size, k = [], 0, 0
    while True:
        text = " ".join(f"{sentence} ({k}.{n})" for n, sentence in enumerate(STORY * (_ONE_TEXT // len(" ".join(STORY)))))
        line = json.dumps({"title": f"News {k}", "text": text}, ensure_ascii=False).encode() + b"\n"
        if size + len(line) > MAX_FILE_BYTES:
            return b"".join(lines)
        lines.append(line)
        size, k = size + len(line), k + 1


async def read_on(address: str, log: Log, chance: random.Random, pause: float, end: float) -> None:
    """A reader who changes a filter or the page, looks at it for a while, and goes on."""
    visitor = Visitor(address)
    try:
        await asyncio.sleep(chance.random() * pause)
        log.seconds[log.half].append(await visitor.open())
        while time.monotonic() < end:
            await asyncio.sleep(chance.expovariate(1 / pause))
            half = log.half
            seconds = await _act(visitor, chance)
            if half == log.half:
                log.seconds[half].append(seconds)
    except Exception as fault:
        log.faults[f"{type(fault).__name__}: {fault}"[:200]] += 1
    finally:
        await visitor.close()


def _act(visitor: Visitor, chance: random.Random) -> Awaitable[float]:
    kind = chance.random()
    if kind < 0.15:
        return visitor.turn_to(chance.choice(PAGES))
    if kind < 0.3:
        return visitor.write(SEARCH, chance.choice(WORDS))
    label = chance.choice(LISTS)
    options = visitor.seen.lists[label][1]
    return visitor.choose(label, [chance.choice(options)] if options and kind < 0.7 else [])


async def upload_on(address: str, log: Log, data: bytes, end: float) -> None:
    """Sessions, one after the other, that upload the large file and have it read."""
    while time.monotonic() < end:
        visitor = Visitor(address)
        try:
            start = time.monotonic()
            await visitor.open()
            await visitor.turn_to("add")
            await visitor.upload("texts.jsonl", data)
            await visitor.press("Read the files")
            log.uploads.append(time.monotonic() - start)
            if not any("read" in alert for alert in visitor.seen.alerts):
                log.faults["nothing was said of the uploaded file"] += 1
        except Exception as fault:
            log.faults[f"upload: {type(fault).__name__}: {fault}"[:200]] += 1
        finally:
            await visitor.close()


async def crowd(server: Server, sessions: int, seconds: float, pause: float, seed: int) -> tuple[Log, list[tuple[str, int]]]:
    """Let them all read; what they met, and the server's own memory as time went on."""
    log, memory = Log(), [("at the start", server.memory("RssAnon"))]
    begin = time.monotonic()
    readers = [asyncio.create_task(read_on(server.address, log, random.Random(seed + k), pause, begin + seconds)) for k in range(sessions)]
    await _until(begin + seconds * 0.1, readers)
    memory.append(("with all sessions open", server.memory("RssAnon")))
    await _until(begin + seconds / 2, readers)
    memory.append(("in the middle", server.memory("RssAnon")))
    log.half = "with uploads"
    uploader = asyncio.create_task(upload_on(server.address, log, largest_file(), begin + seconds))
    await asyncio.gather(*readers)
    memory.append(("at the end", server.memory("RssAnon")))
    await uploader
    return log, memory


async def _until(moment: float, tasks: list[asyncio.Task[None]]) -> None:
    await asyncio.wait(tasks, timeout=max(moment - time.monotonic(), 0))


def report(log: Log, memory: list[tuple[str, int]], say: Callable[[str], object]) -> bool:
    """Tell what was met; whether all is well."""
    medians = {}
    for half, seconds in log.seconds.items():
        if len(seconds) > 1:
            medians[half] = statistics.median(seconds)
            last = statistics.quantiles(seconds, n=20)[-1]
            say(f"{half}: {len(seconds)} answers, median {medians[half]:.2f} s, 95th percentile {last:.2f} s, longest {max(seconds):.2f} s")
    if log.uploads:
        say(f"uploads read: {len(log.uploads)}, median {statistics.median(log.uploads):.1f} s")
    say("memory of the server's own: " + ", ".join(f"{size / 1e6:.0f} MB {when}" for when, size in memory))
    for fault, times in log.faults.most_common():
        say(f"error, {times} times: {fault}")
    times = medians.get("with uploads", 0.0) / medians.get("alone", 1.0)
    say(f"errors: {log.faults.total()}; the median while somebody uploads is {times:.1f} times the one without")
    return not log.faults and 0 < times <= _MOST_TIMES


def main() -> int:
    """Run it from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=5.0)
    parser.add_argument("--events", type=int, default=EVENTS, help=f"in the folder that is shown; {EVENTS:,} if not given")
    parser.add_argument("--pause", type=float, default=PAUSE, help=f"seconds for which a reader looks on average; {PAUSE:g} if not given")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store.save(synthetic_tables(asked.events), Path(folder) / "built")
        with running(Path(folder) / "built") as server:
            log, memory = asyncio.run(crowd(server, asked.sessions, asked.minutes * 60, asked.pause, asked.seed))
    return 0 if report(log, memory, lambda line: sys.stdout.write(f"{line}\n")) else 1


if __name__ == "__main__":
    sys.exit(main())
