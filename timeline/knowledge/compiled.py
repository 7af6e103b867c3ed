"""A language's phrases as a `Lexicon`, made once and kept for the next process.

Making the phrases of a language (inflections, transliterations) and grouping them by their heads takes five times as long as
reading them back. The automaton over the heads is built anew each time: that is quick, and no file's bytes need be trusted.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from timeline.knowledge.kept import Classes, from_plain, to_plain
from timeline.knowledge.language import Language
from timeline.knowledge.lexicon import Lexicon
from timeline.knowledge.load import Knowledge, variants_taught
from timeline.knowledge.phrases import Phrase, grouped
from timeline.text import UNSPACED
from timeline.version import __version__

# The code by which phrases are made, in the package: a change of it makes what was kept worthless.
_MAKERS = ("text", "knowledge", "dates", "names", "events")
_DIGITS = 16


def lexicon_of(
    name: str,
    phrases: Callable[[], Iterable[Phrase]],
    language: Language,
    knowledge: Knowledge,
    classes: Classes,
    marks_always: bool = False,
) -> Lexicon:
    """The lexicon of `phrases` of a language; they are made if the cache of the `knowledge` does not hold them under `name`.

    `classes` are those of which the keys of the phrases are, by name.
    """
    spaced = language.script not in UNSPACED
    key = _key(knowledge) if knowledge.cache.folder else ""
    groups = from_plain(knowledge.cache.read(name, key), classes) if key else None
    if groups is None:
        groups = grouped(phrases(), spaced and not language.prefixes)
        if plain := to_plain(groups, classes):
            if key:
                knowledge.cache.write(name, key, plain)
            # As the next process has them: what is made of tens of thousands of objects would stay in memory, and each full
            # garbage collection go through it.
            groups = from_plain(plain, classes) or groups
    return Lexicon(groups, language.endings, language.prefixes, spaced, marks_always)


def _key(knowledge: Knowledge) -> str:
    """What phrases are made of: the files, the code, and the tables of CLDR and Unicode; "" where the code is being edited."""
    import babel

    variants = hashlib.sha256("\n".join(variants_taught()).encode()).hexdigest()[:_DIGITS]
    parts = (knowledge.version, variants, __version__, _code(), babel.__version__, unicodedata.unidata_version)
    return "-".join(parts) if all(parts) else ""


def _sources() -> dict[Path, tuple[int, int]]:
    """The modules that make phrases, with their age and size."""
    package = Path(__file__).parent.parent
    paths = sorted(path for maker in _MAKERS for path in (package / maker).rglob("*.py"))
    return {path: _state(path) for path in paths}


def _state(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:  # an editor is putting another in its place
        return (0, 0)
    return status.st_mtime_ns, status.st_size


_AS_IMPORTED = _sources()


@cache
def _code() -> str:
    """A digest of the code that makes phrases; "" where it is no longer the code that this process has imported."""
    try:
        digests = [f"{path.name} {hashlib.sha256(path.read_bytes()).hexdigest()}" for path in _AS_IMPORTED]
        return hashlib.sha256("\n".join(digests).encode()).hexdigest()[:_DIGITS] if _sources() == _AS_IMPORTED else ""
    except OSError:
        return ""
