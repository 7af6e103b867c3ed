"""Imports run downward only, as DESIGN.md says; imports for type checkers count too."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "timeline"

# From the top down. A part may import what stands below it, and itself; parts of one line don't know each other.
LAYERS = (
    {"app", "cli", "__main__"},
    {"__init__"},
    {"registration"},
    {"cluster"},
    {"one_text", "accessor", "examples", "bundle", "watch", "skeletons", "partitioned"},
    {"pipeline", "export", "explain", "restore", "harvest"},
    {"charts"},
    {"diff"},
    {"compare"},
    {"facets", "publishers", "frames", "lookup"},
    {"query"},
    {"store", "identity", "corrections", "chronology"},
    {"parts", "crew"},
    {"arrow"},
    {"tables"},
    {"fusion", "events", "dating", "sieve"},
    {"dates", "names", "documents", "titles"},
    {"naming"},
    {"knowledge", "i18n"},
    {"text", "edtf", "addresses"},
    {"model", "errors", "files", "shipped"},
    {"messages", "version"},
)
LEVEL = {part: level for level, layer in enumerate(LAYERS) for part in layer}
# `__main__` is only the other name of the command.
ALLOWED = {("__main__", "cli")}


def part_of(module: str) -> str:
    """`timeline.dates.find` → `dates`; the package itself → `__init__`."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else "__init__"


def is_module(name: str) -> bool:
    path = PACKAGE.parent.joinpath(*name.split("."))
    return path.is_dir() or path.with_suffix(".py").is_file()


def imported(tree: ast.AST, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and name of each module of ours that is imported anywhere in `tree`."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Import | ast.ImportFrom):
            continue
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            base = node.module or ""
            if node.level:
                here = module.split(".") if is_package else module.split(".")[:-1]
                base = ".".join([*here[: len(here) - node.level + 1], *filter(None, [node.module])])
            names = [f"{base}.{alias.name}" if is_module(f"{base}.{alias.name}") else base for alias in node.names]
        yield from ((node.lineno, name) for name in names if name.split(".")[0] == "timeline")


def modules() -> Iterator[tuple[str, Path]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), path


def faults_of(source: str, module: str, is_package: bool = False) -> list[str]:
    own = part_of(module)
    return [
        f"{module}, line {line}: imports {name}"
        for line, name in imported(ast.parse(source), module, is_package)
        if part_of(name) != own and LEVEL.get(part_of(name), -1) <= LEVEL.get(own, -1) and (own, part_of(name)) not in ALLOWED
    ]


def test_imports_run_downward_only() -> None:
    faults = []
    for module, path in modules():
        faults += faults_of(path.read_text(encoding="utf-8"), module, path.name == "__init__.py")
    assert faults == []


def test_every_module_has_its_layer() -> None:
    assert {part_of(module) for module, _ in modules()} <= set(LEVEL)


def test_the_check_sees_every_kind_of_import() -> None:
    assert faults_of("import timeline.pipeline", "timeline.dates.find")
    assert faults_of("from timeline import pipeline", "timeline.dates.find")
    assert faults_of("from timeline.cli import main", "timeline.dates.find")
    assert faults_of("from ..cli import main", "timeline.dates.find")
    assert faults_of("from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import timeline", "timeline.text")
    assert faults_of("def late():\n    from timeline.names import find_names", "timeline.dates.find")
    assert faults_of("from timeline.dates.resolve import resolve\nimport timeline.model", "timeline.dates.find") == []


# Packages whose module is called otherwise.
_MODULES = {"charset-normalizer": "charset_normalizer", "python-calamine": "python_calamine", "python-docx": "docx"}
_MODULES |= {"vl-convert-python": "vl_convert", "XlsxWriter": "xlsxwriter", "pyyaml": "yaml", "markdown-it-py": "markdown_it"}


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((PACKAGE.parent / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    lines = [*project["dependencies"], *optional["app"], *optional["cluster"], *optional["remote"]]
    declared = {_MODULES.get(name := re.split(r"[<>=\[]", line)[0], name) for line in lines}
    used = {name.split(".")[0] for _, path in modules() for name in named(ast.parse(path.read_text(encoding="utf-8")))}
    assert used - set(sys.stdlib_module_names) - {"timeline", ""} <= declared


def named(tree: ast.AST) -> Iterator[str]:
    """Every module that is imported by its full name."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
