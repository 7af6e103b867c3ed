"""Code that would stall for minutes where growth is not bounded, run in a process of its own, which is ended then."""

import subprocess
import sys
from pathlib import Path

# Minutes short of what the faults took that are tested with it, and many times what the code takes.
SECONDS = 60


def in_time(code: str) -> str:
    """What the code prints; fails the test that calls it where it does not come to an end."""
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=Path(__file__).parents[1], capture_output=True, timeout=SECONDS, check=True, text=True)
    return done.stdout.strip()
