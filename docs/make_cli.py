"""Writes docs/cli.md: every command with its arguments and options, as its own `--help` tells them.

`python -m docs.make_cli`; a test fails while the page is stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import typer
from typer.cli import get_docs_for_click
from typer.core import TyperGroup
from typer.main import get_command

from timeline.cli import cli

PAGE = Path(__file__).parent / "cli.md"
_HEAD = """\
# The command line

<!-- Made by `python -m docs.make_cli`; what is written here by hand is lost. -->

Every command tells the same with `--help`. `python -m timeline` is the command `timeline`. Results go to standard output, all else \
to standard error; a bar shows the progress of long work on a terminal only.

"""
_EXAMPLES = re.compile(r"^Examples?: (.*)$", re.MULTILINE)
_USAGE = re.compile(r"^```console\n\$ ", re.MULTILINE)
_TYPE = re.compile(r"(?<=[A-Za-z]) <[^>`]+>(?=`)")  # Python's name of what an argument holds
_LISTED = re.compile(r"^\* `([a-z][\w-]*)`: .*$", re.MULTILINE)  # a command, its help cut short


def page() -> str:
    """The page as Markdown."""
    command = get_command(cli)
    assert isinstance(command, TyperGroup)
    told = get_docs_for_click(obj=command, ctx=typer.Context(command, info_name="timeline"), name="timeline")
    head, first, rest = told.partition("\n\n")[2].partition("## `timeline")  # without the page's own title
    helps = {name: (one.help or "").partition("\n\n")[0] for name, one in command.commands.items()}
    head = _LISTED.sub(lambda listed: f"* [`{listed[1]}`](#timeline-{listed[1]}): {helps[listed[1]]}", head)
    body = _TYPE.sub("", _USAGE.sub("```text\n", head + first + rest))
    return _HEAD + _EXAMPLES.sub(_as_block, body).rstrip() + "\n"


def _as_block(epilog: re.Match[str]) -> str:
    """The examples of a command, a line each."""
    return "\n".join(["**Examples**:", "", "```text", *(f"$ {line}" for line in _commands(epilog[1])), "```"])


def _commands(examples: str) -> Iterator[str]:
    """`a; b` → a, b; a semicolon in quotes parts nothing."""
    yield from (found.strip() for found in re.findall(r"(?:'[^']*'|[^;'])+", examples))


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
