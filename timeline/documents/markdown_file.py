"""Markdown → the words as they are read: without the marks of links, pictures and emphasis, a paragraph a line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from timeline.documents.container import SPLIT
from timeline.documents.days import day_of, language_code
from timeline.documents.decoding import decode
from timeline.documents.extracted import Extracted, Told
from timeline.documents.in_child import MAX_CHARACTERS
from timeline.errors import InputError
from timeline.messages import N_

if TYPE_CHECKING:
    from markdown_it.tree import SyntaxTreeNode

# What programs write above a text between two lines of `---`: names and values in YAML.
_FRONT = re.compile(r"---[ \t]*\r?\n(.{0,20000}?\n)(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
_KEYS = {
    "title": ("title",),
    "published": ("date", "published", "publishdate", "pubdate"),
    "source_url": ("url", "source_url", "source", "link", "canonical_url", "permalink"),
    "language": ("lang", "language", "locale"),
    "publisher": ("publisher", "site", "site_name", "sitename", "source"),
}
_TAG = re.compile(r"<[^<>]*>")
# The blocks behind which a blank line stands; an item of a close list is none.
_SET_APART = frozenset(("paragraph", "heading", "table", "bullet_list", "ordered_list", "fence", "code_block", "html_block"))
_ADDRESS = re.compile(r"https?://\S+")


def read(data: bytes, where: str) -> Extracted:
    """The words of a Markdown file, and what is told above them."""
    text = decode(data, where)
    if len(text) > MAX_CHARACTERS:
        why = N_("it has {number:,} characters, and at most {most:,} are read at once")
        raise InputError(where, why, SPLIT, number=len(text), most=MAX_CHARACTERS)
    front = _FRONT.match(text)
    head = _values(front[1]) if front else {}
    told = _told(head)
    body = "\n".join(_lines(_tree(text[front.end() :] if front and head else text)))
    body = re.sub(r"\n{3,}", "\n\n", body).strip()
    if not body:
        raise InputError(where, N_("the document holds no text"), N_("leave it out, or save the text again"))
    return Extracted(body).told(told)


def _values(front: str) -> dict[str, str]:
    """The single values of a head by their names; none of what is no YAML, such as a text between two lines.

    They are taken as they are written. What stands for other values is never filled in: a few hundred bytes of these make gigabytes.
    """
    import yaml

    try:
        head = yaml.compose(front, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return {}
    entries = head.value if isinstance(head, yaml.MappingNode) else ()
    return {
        key.value.lower(): value.value for key, value in entries if isinstance(key, yaml.ScalarNode) and isinstance(value, yaml.ScalarNode)
    }


def _told(head: Mapping[str, str]) -> Told:
    """What the head says, as far as it makes sense."""
    told = {name: [" ".join(head[key].split()) for key in keys if key in head] for name, keys in _KEYS.items()}
    first = {name: next(filter(_FITS.get(name, bool), found), "") for name, found in told.items()}
    return Told(**{**first, "published": day_of(first["published"]), "language": language_code(first["language"])})


def _is_address(value: str) -> bool:
    return _ADDRESS.fullmatch(value) is not None


_FITS = {"source_url": _is_address, "publisher": lambda value: not _is_address(value)}


def _tree(text: str) -> SyntaxTreeNode:
    from markdown_it import MarkdownIt
    from markdown_it.tree import SyntaxTreeNode

    return SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(text))


def _lines(node: SyntaxTreeNode, mark: str = "") -> Iterator[str]:
    """The blocks in a block as lines, blank ones between them; `mark` stands before the first of an item of a list."""
    if node.type in ("paragraph", "heading"):
        yield mark + _inline(node.children[0])
    elif node.type == "tr":
        yield " | ".join(filter(None, (" ".join(_inline(cell.children[0]).split()) for cell in node.children)))
    elif node.type in ("fence", "code_block"):
        yield node.content
    elif node.type == "html_block":
        yield from (" ".join(_TAG.sub(" ", line).split()) for line in node.content.splitlines())
    else:
        for number, child in enumerate(node.children):
            own = (f"{child.info}. " if child.info else "- ") if child.type == "list_item" else mark if number == 0 else ""
            yield from _lines(child, own)
    if node.type in _SET_APART and not (node.type == "paragraph" and node.hidden):
        yield ""


def _inline(node: SyntaxTreeNode) -> str:
    """A paragraph as it is read: a picture as the words that stand for it, a line's end as a blank."""
    words = []
    for one in node.walk(include_self=False):
        if one.type == "softbreak":
            words.append(" ")
        elif one.type == "hardbreak" or (one.type == "html_inline" and one.content.lower().startswith("<br")):
            words.append("\n")
        elif one.type in ("text", "code_inline"):
            words.append(one.content)
    return "\n".join(" ".join(line.split()) for line in "".join(words).split("\n"))
