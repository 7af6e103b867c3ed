"""TimelineJS 3: a story of slides along a time axis, as the JSON that its documentation describes.

https://timeline.knightlab.com/docs/json-format.html
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import escape
from typing import Any

from timeline import knowledge
from timeline.export.citations import Source
from timeline.export.named_sources import NamedSources
from timeline.export.partial_dates import Parts, ends_of
from timeline.export.plain import encoded
from timeline.export.readable import heads, readable
from timeline.i18n import ENGLISH, N_, Words
from timeline.naming import CANONICAL, Naming
from timeline.tables import Tables, sort_rows

_TITLE = N_("Vietnam–China border and local diplomacy")
_FACTS = ("kind", "status", "provinces", "gates", "actors", "series", "basis", "conflicts")
_PARTS = ("year", "month", "day")
# TimelineJS takes the tags out of a group's name and then sets what is left as markup.
_MARKUP = re.compile("[<>&]")
_TITLE_ID = "timeline"


def timelinejs(tables: Tables, words: Words = ENGLISH, entries: knowledge.Tables | None = None) -> bytes:
    """One slide an event, in the table's order, grouped by type; UTF-8 JSON.

    Dates have a year, a month and a day as far as they are known, and `display_date` says them in the reader's language,
    also what TimelineJS cannot: "some time in", "about". A time of which the end alone is known stands at that end. Events
    of which no year is known have no place on an axis: they are left out, and the title slide says how many. Text is
    escaped HTML, with names as that language has them. Ids are those of the events, so that the address of a slide stays.
    """
    events = sort_rows("events", tables.events)
    naming = Naming(entries, words.language) if entries else CANONICAL
    cells = readable(events, words, entries, ["event", "when", "type", "quote", *_FACTS], naming)
    head = heads(words)
    found = NamedSources(tables.documents)
    slides = []
    for at, (event_id, text, doc_ids) in enumerate(zip(events["event_id"], events["date_edtf"], events["documents"], strict=True)):
        dates = _dates(text)
        if dates:
            told = {name: cells[name][at] for name in cells}
            facts = [words.labelled(head[name], told[name]) for name in _FACTS if told[name]]
            body = "".join(_body(facts, told["quote"], list(found.of(doc_ids)), words))
            slides.append(_slide(event_id, dates, told, body))
    title = {"unique_id": _TITLE_ID, "text": {"headline": escape(words.gettext(_TITLE)), "text": _lead(len(slides), len(events), words)}}
    lines = ",\n".join(json.dumps(slide, ensure_ascii=False, allow_nan=False) for slide in slides)
    return encoded(f'{{"title": {json.dumps(title, ensure_ascii=False)},\n"events": [\n{lines}\n]}}\n', "events for TimelineJS")


def _slide(event_id: str, dates: dict[str, Any], told: dict[str, Any], body: str) -> dict[str, Any]:
    return {
        "unique_id": event_id,
        **dates,
        "display_date": escape(told["when"]),
        "group": _MARKUP.sub("", told["type"]),
        "autolink": False,  # addresses are links already, and a passage is text
        "text": {"headline": escape(told["event"]), "text": body},
    }


def _dates(text: str) -> dict[str, Any]:
    """`start_date`, and `end_date` where it is another; nothing where no year is known."""
    ends = ends_of(text)
    start = ends.first or ends.last
    if not start:
        return {}
    dates = {"start_date": _date(start)}
    if ends.first and ends.last and ends.first != ends.last:
        dates["end_date"] = _date(ends.last)
    return dates


def _date(parts: Parts) -> dict[str, int]:
    return dict(zip(_PARTS, parts, strict=False))


def _body(facts: list[str], quote: str, cited: list[Source], words: Words) -> Iterator[str]:
    """The HTML below a slide's headline: what is known, a passage, the sources."""
    if facts:
        yield f"<p>{'<br>'.join(map(escape, facts))}</p>"
    if quote:
        yield f'<blockquote dir="auto">{escape(quote)}</blockquote>'
    if cited:
        label, links = words.gettext("Sources"), words.listed(_link(source, words) for source in cited)
        yield f"<p>{words.labelled(escape(label), links)}</p>"


def _link(source: Source, words: Words) -> str:
    title = escape(source.title)
    told = f'<a href="{escape(source.url)}">{title}</a>' if source.url else title
    when = words.date("-".join(source.published)) if source.published else ""
    return words.bracketed(told, escape(words.enumerated(filter(None, (source.publisher, when)))))


def _lead(shown: int, total: int, words: Words) -> str:
    """What the title slide says."""
    told = words.ngettext("{n} event with a known year.", "{n} events with a known year.", shown).format(n=words.number(shown))
    left = total - shown
    lacking = words.ngettext("{n} event without a year is left out.", "{n} events without a year are left out.", left)
    return f"<p>{escape(words.sentences([told, lacking.format(n=words.number(left)) if left else '']))}</p>"
