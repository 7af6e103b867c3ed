"""For the reference: examples in docstrings (`>>> …`) as blocks of code, which Markdown would take for quotations."""

from __future__ import annotations

import re
from typing import Any

import griffe

# From a prompt at the beginning of a line to the next empty line.
_DOCTEST = re.compile(r"^>>> .*(?:\n(?=.).*)*", re.MULTILINE)


class FencedDoctests(griffe.Extension):
    """Fences the examples of every docstring that is read."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        if obj.docstring:
            obj.docstring.value = _DOCTEST.sub(r"```pycon\n\g<0>\n```", obj.docstring.value)
