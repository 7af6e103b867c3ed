"""Rows of a table, objects of a JSON file, items of a feed → texts, each with what stands beside it in its row (`columns.KEYS`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from timeline.documents.columns import KEYS, key_of
from timeline.documents.container import Budget, Member, is_plain_name
from timeline.documents.days import day_of, language_code
from timeline.documents.extracted import Told
from timeline.documents.sniffing import format_of_words
from timeline.errors import InputError, Remark
from timeline.messages import N_

_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
_KEY = N_("the key or column is `text`, `content` or `body`")
_LONGEST_LINE = 500  # characters of a title or a name; what is longer is something else

Row = Mapping[str, str]


@dataclass(slots=True)
class Records:
    """The texts of one file, one after the other; what is no text costs itself, and a file without any is told once."""

    where: str
    budget: Budget
    found: int = 0
    _names: set[str] = field(default_factory=set)
    _faults: list[InputError] = field(default_factory=list)
    _unread_days: set[str] = field(default_factory=set)

    def members(self, rows: Iterable[tuple[int, Row] | InputError]) -> Iterator[Member | InputError]:
        """The texts of numbered rows; a number, or the row's own id, names the document."""
        for row in rows:
            self.budget.take_text(0 if isinstance(row, InputError) else sum(map(len, row[1].values())), self.where)
            for item in [row] if isinstance(row, InputError) else self._read(*row):
                if isinstance(item, Member):
                    yield from self._faults
                    self._faults.clear()
                    self.found += 1
                    yield item
                elif self.found:
                    yield item
                else:
                    self._faults.append(item)
        if not self.found:
            yield self._none()

    def _read(self, number: int, row: Row) -> Iterator[Member | InputError]:
        where = f"{self.where}/{number}"
        cells = {key_of(name): value for name, value in reversed(list(row.items())) if value}  # of two of one name the first
        told = {kind: _first(cells, kind) for kind in KEYS}
        if not told["text"].strip():
            if any(row.values()):
                yield InputError(where, N_("it has no text"), _KEY)
            return
        published = day_of(told["date"], self._unread_days)
        if told["date"] and not published:
            why = N_("{date!r} is no day that can be read; the text is read without it")
            yield Remark(where, why, N_("write it as 2025-08-25"), date=_line(told["date"]))
        data = told["text"].encode("utf-8", "replace")
        yield Member(self._name(told["id"].strip(), number), data, format_of_words(data), beside(cells, published))

    def _name(self, own: str, number: int) -> str:
        """The row's own id where it is a plain name that no other has, else its number."""
        name = own if is_plain_name(own) and own not in self._names else str(number)
        while name in self._names:
            name += "-2"
        self._names.add(name)
        return name

    def _none(self) -> InputError:
        if len(self._faults) == 1:
            return self._faults[0]
        return InputError(self.where, N_("nothing in it has a text"), _KEY)


def beside(cells: Row, published: str) -> Told:
    """What stands beside a text in its row, by the names of the columns as `columns.key_of` gives them; its day is known already."""
    told = {kind: _first(cells, kind) for kind in ("title", "publisher", "url", "language")}
    return Told(
        title=_line(told["title"]),
        publisher=_line(told["publisher"]),
        published=published,
        source_url=told["url"].strip(),
        language=language_code(told["language"]),
    )


def _first(cells: Row, kind: str) -> str:
    """What a row holds of a kind, in the column that is surest to; a `source` may be an address or a name."""
    values = (cells[key] for key in KEYS[kind] if key in cells)
    return next(filter(_WANTED.get(kind, bool), values), "")


def _is_address(value: str) -> bool:
    return _ADDRESS.fullmatch(value.strip()) is not None


_WANTED = {"url": _is_address, "publisher": lambda value: not _is_address(value)}


def _line(value: str) -> str:
    line = " ".join(value.split())
    return line if len(line) <= _LONGEST_LINE else ""
