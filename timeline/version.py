"""The version, in one place: the package, its metadata and every file that says what it was made with read it here."""

import hashlib
from functools import cache
from pathlib import Path

# Semantic Versioning: the columns of the tables and the names in `timeline.__all__` are the interface.
__version__ = "0.1.0"


@cache
def code_digest() -> str:
    """What stands for the code of this package in a key: what another release made, or one that somebody works on, is made anew."""
    digest = hashlib.sha256()
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
