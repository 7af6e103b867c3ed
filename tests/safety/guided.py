"""Inputs bred to reach new code, by Atheris (`pip install atheris`): `python -m tests.safety.guided dates corpus/`, until it is stopped.

The targets are those of `tests.safety.fuzz`; the folder keeps the inputs that reached something new.
"""

import sys
from pathlib import Path

import atheris  # type: ignore[import-not-found]

with atheris.instrument_imports(include=["timeline"]):
    from tests.safety import fuzz
    from timeline.documents import in_child


def main() -> None:
    """Breed inputs for one target."""
    target, folder = sys.argv[1:3]
    Path(folder).mkdir(parents=True, exist_ok=True)
    in_child._run = fuzz.answered
    run = fuzz.given_inputs(target, 1, 0).hypothesis.fuzz_one_input  # type: ignore[attr-defined]
    atheris.Setup([sys.argv[0], folder], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
