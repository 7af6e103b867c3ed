"""A mail (EML), or a page saved as one (MHTML) → its words with what its head says, and the texts that are attached to it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from email.errors import HeaderParseError, MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesParser
from email.policy import Compat32
from email.utils import parseaddr, parsedate
from itertools import islice
from pathlib import PurePosixPath

from timeline.documents.container import SUFFIXES, Budget, Member, is_plain_name
from timeline.documents.decoding import decode
from timeline.documents.extracted import Told
from timeline.documents.html_page import as_utf8
from timeline.documents.in_child import SAVE_AGAIN
from timeline.documents.wrapping import unwrapped
from timeline.errors import InputError, Remark
from timeline.messages import N_

_LONGEST_FIELD = 2_000  # characters of a field that are looked at
_MOST_PARAMETERS = 40  # of a part's type or place, which have one or two
_PHRASE = re.compile(r"\s*+\"?([^\"<]*+)\"?\s*<([^<>]*)>")  # `"Border news" <border.lists.example.org>`
_ADDRESS = re.compile(r"<?(https?://[^\s<>]+)>?")
_PAGE_OF = "Snapshot-Content-Location"  # browsers save a page as a mail with this
# What is attached to a mail and read, by its type where its name does not tell; else as files in a folder, by their names.
_ATTACHED = {"text/plain": ".txt", "text/html": ".html", "application/pdf": ".pdf", "message/rfc822": ".eml"}
_BODY = ("text/plain", "text/html")
_WIDEST = 80  # columns at which mail programs break lines; what is longer is a paragraph
_FLOWED = re.compile(r" \r?\n(?=[^\s>])")
_QUOTED = re.compile(r"^(?:>[ \t]?)+")
# Of parts in parts, each line of the mail is held against the boundary of every one; and each part takes a kilobyte, however small.
MAX_BOUNDARIES, MAX_PARTS = 200, 20_000
_BOUNDARY = re.compile(rb"boundary", re.IGNORECASE)
_PART = b"\n--"
_ENCRYPTED = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")


class _Cut(Compat32):
    """Fields as they stand, cut before the parser looks at them: of parameters it counts the quotes anew at every semicolon."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        name, value = super().header_source_parse(sourcelines)
        value = value[:_LONGEST_FIELD]
        if name.lower().startswith("content-"):
            value = ";".join(value.split(";")[: _MOST_PARAMETERS + 1])
        return name, value.rstrip("\r\n")


@dataclass(slots=True)
class _Parts:
    """The parts of a mail that hold something, by what they are for."""

    bodies: dict[str, list[Message]] = field(default_factory=lambda: {kind: [] for kind in _BODY})
    attached: list[Message] = field(default_factory=list)
    is_cut: bool = False
    is_encrypted: bool = False


def members(data: bytes, _name: str, where: str, budget: Budget) -> Iterator[Member | InputError]:
    """The words of a mail (its plain text, else its HTML), without a name, and what is attached, as members of its own."""
    try:
        if data.count(_PART) > MAX_PARTS or sum(1 for _ in islice(_BOUNDARY.finditer(data), MAX_BOUNDARIES + 1)) > MAX_BOUNDARIES:
            raise ValueError
        message = BytesParser(policy=_Cut()).parsebytes(data)
        parts = _parts_of(message)
        found = [member for member in (_body(message, parts, where), *_attached(parts.attached)) if member]
    except (RecursionError, MessageError, ValueError, TypeError) as fault:  # parts in parts; the parser has no limit of its own
        raise InputError(where, N_("the mail is damaged, or holds parts in parts beyond measure"), SAVE_AGAIN) from fault
    if parts.is_encrypted:
        raise InputError(where, N_("its text is encrypted"), N_("save a copy without encryption"))
    for member in found:
        budget.take_text(len(member.data), where)
        yield member
    if parts.is_cut:
        told = Remark if found else InputError
        yield told(where, N_("it is cut off; what stands before that was read"), N_("fetch it again"))
    elif not found:
        raise InputError(where, N_("the document holds no text"), N_("leave it out, or save the text again"))


def _parts_of(message: Message) -> _Parts:
    """The parts in their order; a mail within is one part, and nothing in it is looked at."""
    parts = _Parts()
    waiting = [message]
    while waiting:
        part = waiting.pop()
        kind = part.get_content_type()
        parts.is_encrypted |= kind in _ENCRYPTED
        parts.is_cut |= any(type(defect).__name__ == "CloseBoundaryNotFoundDefect" for defect in part.defects)
        payload = part.get_payload()
        if kind.startswith("multipart/") and isinstance(payload, list):
            waiting += [one for one in reversed(payload) if isinstance(one, Message)]
        elif kind in _BODY and part.get_content_disposition() != "attachment" and not part.get_filename():
            parts.bodies[kind].append(part)
        else:
            parts.attached.append(part)
    return parts


def _body(message: Message, parts: _Parts, where: str) -> Member | None:
    """The words of the mail itself: as plain text, where it has that, in paragraphs; else as HTML."""
    told = _told(message)
    plain = "\n\n".join(filter(None, (_plain(part, where) for part in parts.bodies["text/plain"])))
    if plain:
        return Member("", plain.encode("utf-8", "replace"), "text", told)
    pages = [as_utf8(_bytes(part), _charset(part)) for part in parts.bodies["text/html"]]
    if not any(map(bytes.strip, pages)):
        return None
    # A page that was saved whole has menus about its story, a mail has not.
    is_page = bool(message[_PAGE_OF])
    return Member("", pages[0] if is_page else b"\n".join(pages), "html" if is_page else "fragment", told)


def _plain(part: Message, where: str) -> str:
    """A part in plain text, as paragraphs and without the marks of what is quoted."""
    data = _bytes(part)
    if not data.strip():
        return ""
    text = decode(as_utf8(data, _charset(part)), where)
    if str(part.get_param("format", "")).lower() == "flowed":  # RFC 3676: a blank at a line's end says that it goes on
        text = _FLOWED.sub(" ", text)
    return unwrapped([_QUOTED.sub("", line).strip() for line in text.splitlines()], _WIDEST)


def _attached(parts: list[Message]) -> Iterator[Member]:
    """What is attached and may be a text, each under a name of its own."""
    names: set[str] = set()
    for number, part in enumerate(parts, start=1):
        name = _name(part, number)
        while name in names:
            name = f"{number}-{name}"
        if name.lower().endswith(SUFFIXES):
            names.add(name)
            yield Member(name, _bytes(part))


def _name(part: Message, number: int) -> str:
    """What an attached file is called, with a suffix that its type tells where it has none."""
    told = PurePosixPath(_decoded(part.get_filename() or "").replace("\\", "/")).name
    suffix = "" if told.lower().endswith(SUFFIXES) else _ATTACHED.get(part.get_content_type(), "")
    name = (told or str(number)) + suffix
    return name if is_plain_name(name) else f"{number}{suffix or PurePosixPath(name).suffix}"


def _bytes(part: Message) -> bytes:
    payload = part.get_payload()
    if isinstance(payload, list):  # a mail in the mail
        return b"".join(one.as_bytes() for one in payload if isinstance(one, Message))
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _charset(part: Message) -> str:
    return part.get_content_charset() or ""


def _told(message: Message) -> Told:
    """What the head of a mail tells: its list, or who sent it, counts as its publisher; of a saved page only its address."""
    address = _ADDRESS.match(_field(message, _PAGE_OF) or _field(message, "Archived-At"))
    title = _field(message, "Subject")
    if message[_PAGE_OF]:
        return Told(source_url=address[1] if address else "")
    return Told(title=title, publisher=_sender(message), published=_day(_field(message, "Date")), source_url=address[1] if address else "")


def _sender(message: Message) -> str:
    listed = _PHRASE.match(_field(message, "List-Id"))
    if listed and (name := listed[1].strip()):
        return name
    try:
        name, address = parseaddr(_field(message, "From"))
    except RecursionError:  # brackets in brackets
        return ""
    return name or address.rpartition("@")[2]


def _day(written: str) -> str:
    """The day as the sender's clock had it."""
    try:
        parsed = parsedate(written)
        return date(*parsed[:3]).isoformat() if parsed else ""
    except (ValueError, TypeError, RecursionError):
        return ""


def _field(message: Message, name: str) -> str:
    """A field of the head in one line, in whatever way it is encoded; not as the library reads it, which costs what it likes."""
    value = next((raw for known, raw in message.raw_items() if known.lower() == name.lower()), "")
    plain = str(value)[:_LONGEST_FIELD].encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return " ".join(_decoded(plain).split())


def _decoded(value: str) -> str:
    try:
        return str(make_header(decode_header(value[:_LONGEST_FIELD])))
    except (LookupError, ValueError, HeaderParseError):
        return value
