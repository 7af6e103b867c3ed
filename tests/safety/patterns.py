"""Every pattern of the library, as it is made: `python -m tests.safety.patterns` lists those that may take more than linear time.

It must run in a process of its own, before anything of the library is imported: `re.compile` is watched from the first import on,
through the loading of all knowledge, the compiling of all languages and the reading of their examples.
"""

from __future__ import annotations

import argparse
import ast
import importlib
import json
import os
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from tests.safety.ambiguity import can_repeat, faults

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "timeline"
_TRIED = {"match", "fullmatch"}
_USES = _TRIED | {"search", "finditer", "findall", "sub", "subn", "split"}
# How those are used that have no name where they are made.
MADE_BY_CODE = {
    "timeline/knowledge/phrases.py": "match",  # behind the head of a phrase
    "timeline/dates/heads.py": "match",  # where a date may begin
    "timeline/naming.py": "fullmatch",  # names of offices
}
_EXAMPLES = 10  # one of so many is read
_WORDS = re.compile(r"[^\W\d_]+")


class Pattern(NamedTuple):
    """A pattern, where it is made (`timeline/edtf.py:19`), and how it is used."""

    where: str
    source: str | bytes
    flags: int
    is_searched: bool
    must_end: bool


class Fault(NamedTuple):
    """A pattern whose time may grow by more than the text's length, and what to repeat to see it."""

    where: str
    source: str
    what: str
    pump: str


class _Watch:
    """`re.compile`, which remembers what the package asks of it."""

    def __init__(self) -> None:
        self._compile = re.compile
        self.asked: dict[tuple[str, int, str | bytes, int], None] = {}

    def __enter__(self) -> _Watch:
        re.compile = self  # type: ignore[assignment]
        return self

    def __exit__(self, *_: object) -> None:
        re.compile = self._compile

    def __call__(self, pattern: Any, flags: Any = 0) -> re.Pattern[Any]:
        compiled: re.Pattern[Any] = self._compile(pattern, flags)
        frame = sys._getframe(1)
        if frame.f_code.co_filename.endswith(os.path.join("knowledge", "regexes.py")) and frame.f_back:
            frame = frame.f_back  # what keeps patterns for others
        file = frame.f_code.co_filename
        if file.startswith(str(PACKAGE)):
            self.asked[os.path.relpath(file, ROOT), frame.f_lineno, compiled.pattern, int(flags)] = None
        return compiled


def collected() -> list[Pattern]:
    """All patterns that the package compiles, those of all languages among them, and those that it hands to `re` as they stand."""
    os.environ["TIMELINE_CACHE"] = ""  # what was kept by an earlier process is not compiled
    with _Watch() as watch:
        for module in pkgutil.walk_packages([str(PACKAGE)], "timeline."):
            if not module.name.endswith("__main__"):
                importlib.import_module(module.name)
        _compile_languages()
    found: dict[tuple[str, str | bytes], Pattern] = {}
    for file, line, source, flags in watch.asked:
        if isinstance(source, bytes) or can_repeat(source):
            alike = _WORDS.sub("x", source) if file.endswith("phrases.py") and isinstance(source, str) else source  # but for their words
            found.setdefault((f"{file}:{line}", alike), Pattern(f"{file}:{line}", alike, flags, *_used(file, line)))
    return [*found.values(), *_as_they_stand()]


def _compile_languages() -> None:
    """All that a text can have compiled, in every language."""
    from timeline.knowledge import kept_pattern
    from timeline.names.spelt import spelt_of
    from timeline.naming import naming_of
    from timeline.pipeline import extractor

    engine = extractor()
    for code, language in engine.knowledge.languages.items():
        tools = engine.reader.tools(code)
        for rest in _phrases(tools.lexicon._groups):
            rest._compiled()
        for spelt in spelt_of(language):
            assert spelt.name
        # The trees of templates are pieces behind each other. They are thousands, of hundreds of kilobytes each.
        pieces = list(_pieces(tools.grammar))
        assert pieces, code
        for piece in filter(can_repeat, pieces):
            kept_pattern(piece)
        assert tools.grammar.day_split
        assert naming_of(engine.knowledge, code)._offices
        for example in language.examples[::_EXAMPLES]:  # and whatever has been forgotten here
            engine.extract(engine.document(example.text, code, "2025-03-07"))


def _phrases(groups: Any) -> Iterator[Any]:
    """What stands behind the head of phrases with a gap or an ending inside, once of those that are alike but for their words."""
    from timeline.knowledge.phrases import Pattern as PhrasePattern
    from timeline.text import UNSPACED, script_of

    seen = set()
    for group in groups:
        for phrase in group:
            text = phrase.text.strip()
            if "…" not in text and "*" not in text[:-1]:
                continue
            shape = re.sub(r"[^\s*…]+", "x", text), script_of(text[0]) in UNSPACED
            if shape not in seen:
                seen.add(shape)
                for leading in (True, False):
                    if rest := PhrasePattern.of(phrase, leading).rest:
                        yield rest


def _pieces(grammar: Any) -> Iterator[str]:
    """The patterns of the pieces of all templates of a language."""
    templates = [template for prefixed in grammar.prefixed.values() for group in prefixed._by_prefix.values() for template in group]
    made = [grammar.free.bodies, grammar.free_words.bodies, *(one.bodies() for one in (*templates, grammar.continued, grammar.bare) if one)]
    yield from dict.fromkeys(piece for bodies in made for body in bodies for piece in body.pieces)


# --- how they are used


@cache
def _tree(file: str) -> ast.Module:
    return ast.parse((ROOT / file).read_text(encoding="utf-8"))


@cache
def _mentions() -> dict[str, set[str]]:
    """What is done with each name, in all modules: the methods that are called of it, "" for anything else."""
    found: dict[str, set[str]] = {}
    for path in PACKAGE.rglob("*.py"):
        file = str(path.relative_to(ROOT))
        parents = {child: node for node in ast.walk(_tree(file)) for child in ast.iter_child_nodes(node)}
        for node, parent in parents.items():
            name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else None
            if name is None or isinstance(getattr(node, "ctx", None), ast.Store):
                continue
            key = f"{file}:{name}" if name.startswith("_") else name
            found.setdefault(key, set()).add(parent.attr if isinstance(parent, ast.Attribute) else "")
    return found


def _used(file: str, line: int) -> tuple[bool, bool]:
    """Whether the pattern that is made there is searched for, and whether it must reach the end: as its name is used, if it has one."""
    if file in MADE_BY_CODE and not any(isinstance(node, ast.Assign) and node.lineno == line for node in _tree(file).body):
        return False, MADE_BY_CODE[file] == "fullmatch"
    for node in ast.walk(_tree(file)):
        if isinstance(node, ast.Assign) and node.lineno <= line <= (node.end_lineno or node.lineno):
            uses: set[str] = set()
            for name in _names(node, line):
                uses |= _mentions().get(f"{file}:{name}" if name.startswith("_") else name, set())
            uses -= {"pattern"}
            return not uses or not uses <= _TRIED, uses == {"fullmatch"}
    return True, False


def _names(node: ast.Assign, line: int) -> Iterator[str]:
    """The names that are given to what is made on a line."""
    for target in node.targets:
        for one in target.elts if isinstance(target, ast.Tuple) else [target]:
            if isinstance(one, ast.Name):
                yield one.id


def _as_they_stand() -> Iterator[Pattern]:
    """`re.sub("…", …)`: patterns that stand where they are used."""
    for path in sorted(PACKAGE.rglob("*.py")):
        file = str(path.relative_to(ROOT))
        for node in ast.walk(_tree(file)):
            called = node.func if isinstance(node, ast.Call) else None
            if (
                isinstance(called, ast.Attribute)
                and isinstance(called.value, ast.Name)
                and called.value.id == "re"
                and called.attr in _USES
            ):
                first = node.args[0]  # type: ignore[attr-defined]
                if isinstance(first, ast.Constant) and can_repeat(first.value):
                    yield Pattern(f"{file}:{called.lineno}", first.value, 0, called.attr not in _TRIED, called.attr == "fullmatch")


def slow(patterns: Iterable[Pattern]) -> list[Fault]:
    """Those of the patterns that may take more than linear time."""
    return [
        Fault(one.where, str(one.source), fault.what, fault.pump)
        for one in patterns
        for fault in faults(one.source, one.flags, one.is_searched, one.must_end)
    ]


def main() -> None:
    """Print how many patterns repeat anything without bound, and the slow ones, as JSON for tests."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", action="store_true", help="for a program to read")
    options = parser.parse_args()
    patterns = collected()
    found = slow(patterns)
    if options.json:
        sys.stdout.write(json.dumps([[one.where for one in patterns], found]))
        return
    lines = [f"{fault.where}: {fault.what}, {fault.pump!r} in {fault.source[:200]}\n" for fault in found]
    sys.stdout.writelines([f"{len(patterns)} patterns repeat something without a low bound; {len(found)} faults\n", *lines])


if __name__ == "__main__":
    main()
