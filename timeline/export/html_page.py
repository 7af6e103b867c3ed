"""One HTML page with the interactive timeline, a table of the same events and their sources: to keep, to send, to read offline.

Nothing is fetched: Vega, Vega-Lite and Vega-Embed stand in the page, and its Content-Security-Policy lets no other script or
style run, none be compiled from text, and nothing be asked of the network.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

import pandas as pd

from timeline import knowledge
from timeline.export.chart_files import ChartLike, vega_lite
from timeline.export.citations import Source
from timeline.export.named_sources import NamedSources
from timeline.export.plain import encoded, one_line
from timeline.export.readable import heads, readable
from timeline.i18n import ENGLISH, N_, Words
from timeline.naming import CANONICAL, Naming
from timeline.tables import Tables
from timeline.version import __version__

MOST_ROWS = 2_000  # of the table: a browser lays them out in two seconds, and 20,000 in half a minute
_PARTS = Path(__file__).parent / "page"
_TITLE = N_("Vietnam–China border and local diplomacy")
_COLUMNS = ("when", "event", "type", "status", "provinces", "gates", "actors", "basis")
_NOTICE = (
    "Draws with Vega, Vega-Lite and Vega-Embed, copyright University of Washington Interactive Data Lab and contributors, "
    "BSD 3-Clause licence (https://vega.github.io), and with D3, copyright Mike Bostock, ISC licence (https://d3js.org)."
)


def html_page(
    tables: Tables,
    light: ChartLike,
    dark: ChartLike,
    words: Words = ENGLISH,
    entries: knowledge.Tables | None = None,
    filters: Sequence[str] = (),
    title: str = "",
) -> bytes:
    """The events in the order given as a page in the reader's language, UTF-8; the same bytes for the same events.

    `light` and `dark` are the chart of `timeline.charts` for each kind of screen. `filters` are what was chosen, in words
    (`Province: Cao Bằng`). The table holds the first `MOST_ROWS` events, and says so where there are more.
    """
    style, script = (_PARTS / "page.css").read_text(encoding="utf-8"), _bundle()
    specs = {name: json.loads(vega_lite(chart)) for name, chart in (("light", light), ("dark", dark))}
    shown = tables.events.head(MOST_ROWS)
    heading = escape(one_line(title) or words.gettext(_TITLE))
    made = words.gettext("Made with timeline {version}.").format(version=__version__)
    sources = list(dict.fromkeys(doc_id for cell in shown["documents"] for doc_id in cell))
    page = [
        "<!DOCTYPE html>",
        f"<!-- {_NOTICE} -->",
        f'<html lang="{escape(words.language)}">',
        '<head><meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, script)}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="referrer" content="no-referrer">',
        f'<meta name="generator" content="timeline {__version__}">',
        f"<title>{heading}</title><style>{style}</style></head>",
        f"<body><header><h1>{heading}</h1>",
        *_lead(tables.events, filters, words),
        "</header><main>",
        *_figure(specs["light"], words),
        *_table(shown, len(tables.events), {doc_id: at for at, doc_id in enumerate(sources, 1)}, words, entries),
        *_sources(list(NamedSources(tables.documents).of(sources)), words),
        f'</main><footer class="faint"><p>{escape(made)}</p></footer>',
        f'<script type="application/json" id="specs">{_data(specs)}</script>',
        f"<script>{script}</script></body></html>\n",
    ]
    return encoded("\n".join(page), "events as a page")


@lru_cache(maxsize=1)
def _bundle() -> str:
    """The libraries of the version that Altair writes for, and our own script, as one that may stand in a page."""
    import altair
    import vl_convert  # wanted by few who import the library

    own = (_PARTS / "page.js").read_text(encoding="utf-8")
    script = vl_convert.javascript_bundle(own, ".".join(altair.SCHEMA_VERSION.removeprefix("v").split(".")[:2]))
    return script.replace("</script", "<\\/script")


def _policy(style: str, script: str) -> str:
    """Nothing but this style and this script."""
    return (
        f"default-src 'none'; script-src '{_fingerprint(script)}'; style-src '{_fingerprint(style)}'; base-uri 'none'; form-action 'none'"
    )


def _fingerprint(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}"


def _data(value: Any) -> str:
    """JSON that cannot end the element that it stands in."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).replace("<", "\\u003c")


def _lead(events: pd.DataFrame, filters: Sequence[str], words: Words) -> Iterator[str]:
    """How many events, and which."""
    dated = int(((events["date_start"] != "") | (events["date_end"] != "")).sum())
    said = words.ngettext("{n} event", "{n} events", len(events)).format(n=words.number(len(events)))
    parts = words.gettext("{dated} on the timeline, {undated} without a known year")
    told = parts.format(dated=words.number(dated), undated=words.number(len(events) - dated))
    yield f"<p>{escape(words.labelled(said, told))}</p>"
    if filters:
        label = words.gettext("Filters")
        chosen = words.listed(one_line(text) for text in filters)
        yield f'<p class="faint">{escape(words.labelled(label, chosen))}</p>'


def _figure(spec: dict[str, Any], words: Words) -> Iterator[str]:
    """The place of the chart, and the chart in words; its note stands below it already."""
    fault = escape(words.gettext("The timeline could not be drawn:"))
    plain = escape(words.gettext("The timeline needs JavaScript; the table below holds the same events."))
    hint = words.gettext("A click on an event leads to its row below. Ctrl and the wheel zoom, Shift and dragging move in time.")
    yield f'<figure><div id="chart" data-fault="{fault}"><noscript><p>{plain}</p></noscript></div>'
    yield f'<figcaption class="faint">{escape(words.sentences([spec.get("description", ""), hint]))}</figcaption></figure>'


def _table(events: pd.DataFrame, total: int, numbers: dict[str, int], words: Words, entries: knowledge.Tables | None) -> Iterator[str]:
    """One row an event, which a link or a click can lead to; sources go by their numbers in the list below."""
    head = heads(words)
    cells = readable(events, words, entries, [*_COLUMNS, "quote"], Naming(entries, words.language) if entries else CANONICAL)
    yield f'<section><h2 id="table">{escape(words.gettext("The same events as a table"))}</h2>'
    if total > len(events):
        more = words.gettext("The first {n} of {total}; files for programs (CSV, JSON) hold all.")
        yield f'<p class="faint">{escape(more.format(n=words.number(len(events)), total=words.number(total)))}</p>'
    yield '<div class="scroll" tabindex="0" role="region" aria-labelledby="table"><table><thead><tr>'
    yield "".join(f'<th scope="col">{escape(head[name])}</th>' for name in (*_COLUMNS, "sources"))
    yield "</tr></thead><tbody>"
    label = escape(words.gettext("Passage"))
    for at, (event_id, doc_ids) in enumerate(zip(events["event_id"], events["documents"], strict=True)):
        row = {name: escape(column[at]) for name, column in cells.items()}
        yield f'<tr id="event-{escape(event_id)}" tabindex="-1">{_cells(row, label, [numbers[doc_id] for doc_id in doc_ids])}</tr>'
    yield "</tbody></table></div></section>"


def _cells(row: dict[str, str], label: str, cited: list[int]) -> str:
    """The cells of a row, from text that is escaped already; a passage opens below the title."""
    quote = row["quote"]
    passage = f'<details><summary>{label}</summary><blockquote dir="auto">{quote}</blockquote></details>' if quote else ""
    links = ", ".join(f'<a href="#source-{number}">{number}</a>' for number in cited)
    others = "".join(f"<td>{text}</td>" for text in (*(row[name] for name in _COLUMNS[2:]), links))
    return f'<td class="when">{row["when"]}</td><th scope="row">{row["event"]}{passage}</th>{others}'


def _sources(found: list[Source], words: Words) -> Iterator[str]:
    """The documents behind the rows, numbered as the rows number them."""
    if not found:
        return
    yield f"<section><h2>{escape(words.gettext('Sources'))}</h2><ol>"
    for at, source in enumerate(found, 1):
        title = f'<span dir="auto">{escape(source.title)}</span>'
        link = f'<a href="{escape(source.url)}" rel="noopener noreferrer">{title}</a>' if source.url else title
        when = words.date("-".join(source.published)) if source.published else ""
        language = words.language_name(source.language) if source.language else ""
        told = words.enumerated(filter(None, (source.publisher, when, language)))
        yield f'<li id="source-{at}">{words.bracketed(link, escape(told))}</li>'
    yield "</ol></section>"
