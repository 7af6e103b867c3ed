"""Processes killed at random moments while they write, and disks that are full: what is there after that is the old or the new.

    python -m tests.safety.kills --times 200 --full-disks 20 --seed 1

Each trial puts a state down, lets a process bring it to the next one and ends it on the way, with its children. Then all must read
as before or as after, whole, and the same work done again must give, byte for byte, what it gives undisturbed, with nothing left
over. Half of the moments are spread over the time that the work takes, half over the steps that it takes on files. A disk is made
full by a small file system in memory, where this user may mount one (`unshare`), else by a limit to the size of files. A trial that
fails is repeated by --trial and its number.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

from tests.safety.ending import Ended, Moment, run
from tests.safety.works import FULL, State, Texts, Work, state_of, works

_BLOCK = 4096  # bytes that a file takes at least
_OF_THE_DISK = "64m"


class Fault(Exception):
    """Something was lost, or is neither old nor new."""


def main() -> int:
    """All trials; the exit status says whether all went well."""
    options = _options()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    with tempfile.TemporaryDirectory(prefix="kills-") as name:
        there = Path(options.there or name)
        if not options.there:
            os.environ["TIMELINE_CACHE"] = str(there / "cache")
        faults, told = [], Counter[str]()
        trials = [(k, False) for k in range(options.times)]
        disks = "" if options.full_disks == 0 else "limit" if options.there is None else "disk"
        if disks == "limit" and _may_mount():
            faults += _on_small_disk(options, there, told)
        elif disks:
            trials += [(k, True) for k in range(options.full_disks)]
        bench = Bench(there, options.seed, disks == "disk")
        try:
            for k, is_full in trials:
                if options.trial in (None, k):
                    try:
                        told[(bench.full_disk if is_full else bench.kill)(k)] += 1
                    except Fault as fault:
                        faults.append(f"{'full disk' if is_full else 'kill'} {k}: {fault}")
        except KeyboardInterrupt:  # who has seen enough is told of what was tried till then
            faults.append("interrupted")
    summary = {"seed": options.seed, "told": dict(sorted(told.items())), "faults": faults}
    sys.stdout.write(json.dumps(summary, indent=1) + "\n")
    return 1 if faults else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200, help="how many processes are killed")
    parser.add_argument("--full-disks", type=int, default=20, help="on how many full disks is written")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--trial", type=int, help="only the one of this number")
    parser.add_argument("--there", help=argparse.SUPPRESS)  # a small disk, for what this starts itself
    return parser.parse_args()


def _may_mount() -> bool:
    try:
        return subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "tmpfs", "/tmp"], capture_output=True, check=False).returncode == 0
    except OSError:
        return False


def _on_small_disk(options: argparse.Namespace, there: Path, told: Counter[str]) -> list[str]:
    """The trials with full disks, on one that only a process of its own sees."""
    (there / "disk").mkdir()
    mount = f'mount -t tmpfs -o size={_OF_THE_DISK} tmpfs "$0" && exec "$@"'
    own = [sys.executable, "-m", "tests.safety.kills", "--times", "0", "--full-disks", str(options.full_disks), "--seed", str(options.seed)]
    own += ["--there", str(there / "disk"), *(["--trial", str(options.trial)] if options.trial is not None else [])]
    done = subprocess.run(["unshare", "-rm", "sh", "-c", mount, str(there / "disk"), *own], capture_output=True, text=True, check=False)
    if not done.stdout.startswith("{"):
        raise RuntimeError(done.stderr)
    summary = json.loads(done.stdout)
    told.update(summary["told"])
    return list(summary["faults"])


class Bench:
    """Where trials are made: the works, and of each what it comes to undisturbed."""

    def __init__(self, there: Path, seed: int, is_small: bool) -> None:
        from timeline.partitioned import building

        building._FILES = 4  # several buckets of the few texts there are
        self.there, self.seed, self.is_small = there, seed, is_small
        self.works = list(works(Texts(there / "texts")))
        self._whole = cache(self._undisturbed)

    def _chosen(self, kind: str, k: int) -> tuple[Work, random.Random]:
        chance = random.Random(f"{self.seed} {kind} {k}")
        return chance.choices(self.works, [work.weight for work in self.works])[0], chance

    def _undisturbed(self, work: Work) -> tuple[Ended, State, object, State, object]:
        """How the work ends, and what is there before and after: as files, and as it reads."""
        folder = self._prepared(work, "undisturbed")
        old, old_read = state_of(folder / "out"), self._read(work, folder)
        ended = run(partial(work.job, folder / "out"), folder)
        if ended.status != 0:
            raise Fault(f"{work.name}: undisturbed it ends with {ended.status}: {ended.said}")
        new, new_read = state_of(folder / "out"), self._read(work, folder)
        if old == new:
            raise Fault(f"{work.name}: it changes nothing")
        return ended, old, old_read, new, new_read

    def _prepared(self, work: Work, name: str) -> Path:
        folder = self.there / name
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        work.prepare(folder / "out")
        return folder

    @staticmethod
    def _read(work: Work, folder: Path) -> object:
        """What is read there, by a process of its own."""

        def told() -> int:
            (folder.parent / "read").write_text(repr(work.read(folder / "out")), encoding="utf-8")
            return 0

        ended = run(told, folder)
        if ended.status != 0:
            raise Fault(f"{work.name}: it cannot be read: {ended.said[-1500:]}")
        return (folder.parent / "read").read_text(encoding="utf-8")

    def kill(self, k: int) -> str:
        """One trial; which work, and what was found after it was killed."""
        work, chance = self._chosen("kill", k)
        whole = self._whole(work)[0]
        by_step = chance.random() < 0.5
        while True:  # until the work is not done before the moment comes
            moment = Moment(step=chance.randrange(whole.steps)) if by_step else Moment(seconds=chance.random() * whole.seconds)
            folder = self._prepared(work, "trial")
            if run(partial(work.job, folder / "out"), folder, moment).status is None:
                return f"{work.name}: killed, {self._after(work, folder, str(moment))} there"

    def full_disk(self, k: int) -> str:
        """The same where there is too little room, and the old must be there."""
        work, chance = self._chosen("disk", k)
        sizes = [len(content) for content in (self._whole(work)[3] or {}).values()]
        room = int(chance.random() * (sum(-(-size // _BLOCK) * _BLOCK for size in sizes) if self.is_small else max(sizes)))
        while True:  # until there is too little
            folder = self._prepared(work, "trial")
            ended = self._with_room(partial(work.job, folder / "out"), folder, room)
            if ended.status != 0 or room == 0:
                break
            room //= 2
        if ended.status != 2 or not any(words in ended.said for words in FULL) or "Traceback" in ended.said:
            raise Fault(f"{work.name} with room for {room}: it ended with {ended.status} and said {ended.said[-1500:]!r}")
        found = self._after(work, folder, f"room for {room}", {"old"})
        return f"{work.name}: {'full disk' if self.is_small else 'files too large'}, {found} there"

    def _with_room(self, job: Callable[[], int], folder: Path, room: int) -> Ended:
        """Do it where there is room for so many bytes, or for so many in a file."""
        if not self.is_small:
            return run(job, folder, most_bytes=room)
        with (folder.parent / "ballast").open("wb") as ballast:
            left = os.statvfs(folder)
            os.posix_fallocate(ballast.fileno(), 0, left.f_bavail * left.f_frsize - room)
        try:
            return run(job, folder)
        finally:
            (folder.parent / "ballast").unlink()

    def _after(self, work: Work, folder: Path, when: str, may_be: frozenset[str] | set[str] = frozenset(("old", "new"))) -> str:
        """Which state is there after a trial; raises `Fault` if it is none of them, or cannot be gone on from."""
        _, old, old_read, new, new_read = self._whole(work)
        read = self._read(work, folder)
        found = "old" if read == old_read else "new" if read == new_read else ""
        if found not in may_be:
            raise Fault(f"{work.name}, {when}: what reads is {found or 'neither old nor new'}: {str(read)[:300]}")
        if not work.name.startswith(("parts", "cache")) and state_of(folder / "out") not in (old, new):
            raise Fault(f"{work.name}, {when}: the files are neither the old nor the new ones")
        again = run(partial(work.job, folder / "out"), folder)
        if again.status != 0:
            raise Fault(f"{work.name}, {when}: done again, it ends with {again.status}: {again.said[-1500:]}")
        wanted = new
        if work.adds and found == "new":
            (twice,) = (new or {}).values()
            wanted = {"": twice + twice.splitlines(keepends=True)[-1]}
        if state_of(folder / "out") != wanted:
            raise Fault(f"{work.name}, {when}: done again, it gives something else")
        if left := [path.name for path in folder.iterdir() if path.name != "out" and path.suffix != ".lock"]:
            raise Fault(f"{work.name}, {when}: left over is {', '.join(left)}")
        return found


if __name__ == "__main__":
    sys.exit(main())
