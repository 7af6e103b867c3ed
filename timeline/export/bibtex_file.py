"""The sources as BibTeX, for LaTeX and reference managers."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import pandas as pd

from timeline.export.citations import Source, sources
from timeline.export.plain import encoded

if TYPE_CHECKING:
    from bibtexparser.model import Entry

# What LaTeX would take for a command. Letters of every script stay: BibTeX has been read as UTF-8 for many years.
_SPECIAL = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        "$": r"\$",
        "&": r"\&",
        "%": r"\%",
        "#": r"\#",
        "_": r"\_",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
    }
)
# BibTeX counts braces behind a backslash, too, so those that are no pairs would end the field that they stand in, or the entry.
_BRACES = str.maketrans({"{": r"\{", "}": r"\}"})
_UNPAIRED = str.maketrans({"{": r"\ensuremath{\lbrace}", "}": r"\ensuremath{\rbrace}"})


def bibtex(documents: pd.DataFrame) -> bytes:
    """One `@online` entry a document, keyed by its doc_id; UTF-8, in the order of the documents table."""
    from bibtexparser.entrypoint import write_string  # wanted by few who import the library
    from bibtexparser.library import Library
    from bibtexparser.model import Block

    entries: list[Block] = [_entry(source) for source in sources(documents)]
    return encoded(write_string(Library(entries)), "citations as BibTeX")


def _entry(source: Source) -> Entry:
    from bibtexparser.model import Entry, Field

    fields = {
        # In braces of its own, else styles would write names in lower case.
        "title": f"{{{_as_latex(source.title)}}}",
        "organization": source.publisher and f"{{{_as_latex(source.publisher)}}}",
        "date": "-".join(source.published),
        "year": source.published[0] if source.published else "",
        "url": source.url,  # as it stands: BibLaTeX and \url read it so
        "language": _as_latex(source.language),
    }
    return Entry("online", source.key, [Field(name, value) for name, value in fields.items() if value])


def _as_latex(text: str) -> str:
    """The text in LaTeX, in which BibTeX finds as many braces opened as closed."""
    braces = _BRACES if _is_paired(text) else _UNPAIRED
    return text.translate({**_SPECIAL, **braces})


def _is_paired(text: str) -> bool:
    depths = list(accumulate({"{": 1, "}": -1}.get(char, 0) for char in text))
    return not depths or (min(depths) >= 0 and depths[-1] == 0)
