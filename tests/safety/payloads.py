"""Texts that try to be more than text: markup, formulas, commands, headers and records of every format that is written.

Where one of them runs, `ran` holds its name, or something is asked of evil.example. Markup bears `data-evil`, which stands in
no page of ours: so what a sanitiser would let through is found as well.
"""

from __future__ import annotations

from tests.export.awkward import dated, document
from timeline.tables import Tables, documents_frame, events_frame, evidence_frame, mentions_frame

AWAY = "https://evil.example/"
HTML = (
    "<script>ran.push('script')</script><b data-evil>b</b>",
    "</script></style></title></textarea><script>ran.push('ended')</script>",
    "<img data-evil src=x onerror=\"ran.push('img')\">",
    f"<img data-evil src={AWAY}img>",
    "<svg data-evil onload=\"ran.push('svg')\"><animate onbegin=\"ran.push('animate')\" attributeName=x dur=1s></svg>",
    "<iframe data-evil srcdoc=\"<script>parent.ran.push('frame')</script>\"></iframe>",
    "<a data-evil href=\"javascript:ran.push('link')\">link</a>",
    "<math data-evil><mtext><table><mglyph><style><img src=x onerror=\"ran.push('mutation')\">",
    '" autofocus onfocus="ran.push(\'attribute\')" data-evil="',
    "' onmouseover='ran.push(1)' data-evil='",
    f'<style data-evil>@import "{AWAY}css";</style><link data-evil rel=stylesheet href={AWAY}link>',
    f'<meta data-evil http-equiv=refresh content="0;url={AWAY}">',
    f"<form data-evil action={AWAY}><button>go</button></form>",
    "&lt;script&gt;ran.push('entity')&lt;/script&gt; &#60;b data-evil&#62;",
    "<!-- --!> ]]> --> <![CDATA[<script>ran.push('cdata')</script>]]>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><x data-evil>&e;</x>',
)
SVG = (
    "</text><script xlink:href=\"data:,ran.push('svg-script')\"/><text data-evil>",
    "</text><foreignObject data-evil><body onload=\"ran.push('foreign')\"/></foreignObject>",
    f'</text><image data-evil href="{AWAY}svg"/><use data-evil href="{AWAY}use#x"/>',
)
MARKDOWN = (
    "[link](javascript:ran.push('markdown'))",
    f"![picture]({AWAY}picture)",
    f"[![both]({AWAY}both)]({AWAY}link)",
    f"<{AWAY}auto> {AWAY}bare www.evil.example lan@evil.example",
    "**bold** _italic_ ~~struck~~ `code` # head",
    "$\\href{javascript:ran.push('tex')}{x}$ $$\\includegraphics{x}$$",
    ":red[colour] :material/delete: :streamlit: :blue-badge[badge]",
    "| a | b |\n|---|---|\n| c | d |",
    "```html\n<b data-evil>x</b>\n```\n\n> quote\n\n- item\n1. item\n\n    indented",
    "[ref]: javascript:ran.push('ref')\n[ref]",
)
VEGA = (
    "datum.constructor.constructor('ran.push(1)')()",
    "'+(ran.push('vega'))+'",
    "\\']);ran.push('vega-quote');//",
    "{signal} {expr: 1} {{format(datum, '')}} %{x} ${ran.push('template')}",
    '{"expr": "ran.push(2)"}',
    "datum['a\\']['b']",
)
FORMULAS = (
    '=HYPERLINK("https://evil.example/","click")',
    "=cmd|' /C calc'!A0",
    '+WEBSERVICE("https://evil.example/")',
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%0A=1+1",
    "|calc",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "  =1+1",
    "\u00a0\u200b\ufeff=1+1",
    "＝1+1",
    "＋1+1",
    "－1+1",
    "＠SUM(1)",
    "﹦1+1",
    'x";=1+1;"',
    'x"\t=1+1',
    "x,=1+1",
    "x; =1+1",
    '"=1+1"',
    '"",=1+1,""',
    "x\n=1+1\n+2\n-3\n@4",
    "{=1+1}",
    '=DDE("cmd";"/C calc";"x")',
)
LINES = (
    "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nSUMMARY:evil\r\nURL:javascript:ran.push(1)\r\nEND:VEVENT",
    "x\\nATTACH:https://evil.example/\nBEGIN:VALARM\nACTION:AUDIO\nEND:VALARM",
    "x\r\nER  - \r\nTY  - JOUR\r\nUR  - javascript:ran.push(2)",
    "x\u2028END:VCALENDAR\u2029\x85ER  - ",
    "x;VALUE=URI:javascript:ran.push(3)",
    'x\r\nSet-Cookie: evil=1\r\n\r\n<script data-evil>ran.push("header")</script>',
    'evil"; filename="evil.exe',
)
RECORDS = (
    "x}}, note = {{evil",
    'x}, url = "javascript:ran.push(1)"} @online{evil, title = {y',
    "@preamble{\\input{/etc/passwd}} \\write18{calc} \\immediate\\openin5=/etc/passwd",
    "% comment } { # $ & ~ ^ _ \\",
    '", "evil": {"@id": "javascript:ran.push(1)"}, "x": "',
    "*/ ran.push('comment') /*",
    "x: !!python/object/apply:os.system ['calc']\n--- \n- &a [*a]\n<<: *a",
    "../../../../etc/passwd",
    "..\\..\\windows\\win.ini",
    "'; DROP TABLE events; --",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %> {0.__class__} %(x)s %n",
)
_EACH = (*HTML, *SVG, *MARKDOWN, *VEGA, *FORMULAS, *LINES, *RECORDS)
TEXTS = (*_EACH, "\n".join(_EACH))  # each alone, and all of them in one
ADDRESSES = (
    "javascript:ran.push('address')",
    "JaVaScRiPt:ran.push('case')",
    " javascript:ran.push('blank')",
    "java\nscript:ran.push('newline')",
    "\x01javascript:ran.push('control')",
    "data:text/html,<script>parent.ran.push('data')</script>",
    "vbscript:msgbox(1)",
    "file:///etc/passwd",
    "//evil.example/",
    "https:evil.example",
    "https://example.org/\"><script>ran.push('quote')</script>",
    "https://example.org/' onmouseover='ran.push(1)",
    "https://example.org/}, note = {evil",
    "https://example.org/\r\nER  - \r\nUR  - javascript:ran.push(1)",
    "https://example.org/)](javascript:ran.push(1))",
    '=HYPERLINK("https://evil.example/")',
    "view-source:https://example.org/",
    "blob:https://example.org/1",
    "https://",
    "http://[",
)
# What every list of events knows: codes, and times that can be drawn.
_CODES = {"event_type": "exchange", "status": "held", "date_precision": "day", "date_basis": "stated", "confidence": 0.9}


def tables() -> Tables:
    """Four sound tables, with an event, its passage, its evidence and its document for each payload, in every cell of text."""
    documents, mentions, evidence, events = [], [], [], []
    for k, text in enumerate(TEXTS):
        doc_id, address = f"{k:02} {text}", ADDRESSES[k % len(ADDRESSES)]
        event_id, mention_id, day = f"e{k:02}", f"m{k:02}", f"{2000 + k % 25}-{k % 12 + 1:02}-{k % 28 + 1:02}"
        told = {"title": text, "publisher": text, "published": "2025-08-26", "source_url": address, "path": text, "language": "vi"}
        documents.append(document(doc_id, characters=len(text), **told))
        span = {"mention_id": mention_id, "start": 0, "end": len(text), "text": text}
        names = {"provinces": [text], "border_gates": [text], "actors": [text, f"Lan {text}"]}
        mentions.append(span | _CODES | names | {"event_id": event_id, "doc_id": doc_id, "date_edtf": day, "date_text": text})
        for field in ("actors", "source_url"):
            evidence.append(span | {"field": field, "value": text if field == "actors" else address, "rule": text})
        cited = {"documents": [doc_id], "mentions": [mention_id], "languages": ["vi"], "source_url": address}
        titles = dict.fromkeys(("title", "title_vi", "title_zh", "quote", "series"), text)
        more = {"conflicts": [text], "provinces_now": [text], "event_subtype": "fair", "form": "ceremony", "ordinal": k}
        events.append(dated(event_id, day, **(names | cited | titles | more)))
    return Tables(documents_frame(documents), mentions_frame(mentions), evidence_frame(evidence), events_frame(events))


def texts() -> dict[str, str]:
    """The documents' texts by their names, but for names that lead out of a folder, which are refused."""
    named = ((f"{k:02} {text}", text) for k, text in enumerate(TEXTS))
    return {name: text for name, text in named if ".." not in name.split("/")}
