"""Invented events in any number, for measuring: the four tables of a build that never was, the same for the same number.

They are mixed as those of real builds are: days, spans, months, years, periods and no date at all; one to three
provinces, mostly those of the border; gates, people and bodies that the tool knows; passages in a dozen languages, a
few events told by several documents. `python -m benchmarks.synthetic_events 1000000 DIR` writes a built folder in parts, which
takes no more memory for a million events than for some ten thousand, and what their documents take.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from timeline import edtf
from timeline.arrow import as_arrow
from timeline.knowledge import Tables as Knowledge
from timeline.knowledge import load_entries
from timeline.parts import Manifest, write_manifest, write_table
from timeline.tables import EVENT_TYPES, Tables, documents_frame, events_frame, evidence_frame, mentions_frame

SEED = 6
FIRST_DAY = date(1995, 1, 1)
DAYS = 31 * 365
BORDER = ("Cao Bằng", "Lạng Sơn", "Quảng Ninh", "Hà Giang", "Lào Cai", "Lai Châu", "Điện Biên", "Guangxi", "Yunnan")
LANGUAGES = ("vi", "vi", "vi", "zh", "zh", "en", "fr", "cs", "he", "ru", "ja", "km")
PUBLISHERS = ("Báo Quốc Tế", "Nhân Dân", "VietnamPlus", "Guangxi Daily", "Xinhua", "Báo Cao Bằng", "")
SERIES = ("Spring Meeting", "Joint Working Committee", "Border trade fair", "Talks on public security")
EVENTS_PER_DOCUMENT = 8
EVENTS_PER_PART = 25_000
_PASSAGE = "{when}: {title} ({where}; {who})."
_TITLES_VI = {"conference": "Hội nghị", "agreement": "Ký kết", "border_gate": "Cửa khẩu", "visit": "Chuyến thăm", "policy": "Chính sách"}
_TITLES_ZH = {"conference": "会议", "agreement": "签署协议", "border_gate": "口岸", "visit": "访问", "policy": "政策"}


@dataclass(frozen=True, slots=True)
class Pool:
    """The names that events are made of."""

    provinces: Sequence[str]
    now: dict[str, str]  # a province that is no more, and what it went into
    gates: Sequence[str]
    actors: Sequence[str]
    types: Sequence[tuple[str, str]]


@dataclass(slots=True)
class _Document:
    """A document as it fills with passages."""

    doc_id: str
    language: str
    published: str
    length: int = 0
    mentions: int = 0


@dataclass(slots=True)
class _Rows:
    """What has come up so far; `told` counts the mentions, also those that have been written and taken out."""

    documents: list[_Document]
    mentions: list[dict[str, Any]] = field(default_factory=list)
    evidence: list[dict[str, Any]] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    told: int = 0


def synthetic_tables(number: int, seed: int = SEED) -> Tables:
    """The four tables with so many events; they keep the contract of `timeline.tables`."""
    chance, pool = random.Random(seed), read_pool(load_entries())
    rows = _Rows(_documents(chance, number))
    for k in range(number):
        _add_event(rows, chance, pool, k)
    return Tables(
        documents_frame(_document_rows(rows.documents)),
        mentions_frame(rows.mentions),
        evidence_frame(rows.evidence),
        events_frame(rows.events),
    )


def write_parts(number: int, folder: Path, seed: int = SEED) -> None:
    """Write the same tables as a built folder in parts."""
    chance, pool = random.Random(seed), read_pool(load_entries())
    rows = _Rows(_documents(chance, number))
    parts: dict[str, list[str]] = {"mentions": [], "evidence": [], "events": []}
    for part, first in enumerate(range(0, number, EVENTS_PER_PART)):
        for k in range(first, min(first + EVENTS_PER_PART, number)):
            _add_event(rows, chance, pool, k)
        frames = {"mentions": mentions_frame(rows.mentions), "evidence": evidence_frame(rows.evidence), "events": events_frame(rows.events)}
        for table, frame in frames.items():
            parts[table].append(write_table(folder, table, part, as_arrow(frame, table)))
        rows = _Rows(rows.documents, told=rows.told)
    documents = as_arrow(documents_frame(_document_rows(rows.documents)), "documents")
    parts["documents"] = [write_table(folder, "documents", 0, documents)]
    write_manifest(folder, Manifest({}, "", len(parts["events"]), parts))


def _documents(chance: random.Random, number: int) -> list[_Document]:
    """As yet without passages."""
    return [_document(chance, k) for k in range(max(number // EVENTS_PER_DOCUMENT, 3))]


def _document_rows(documents: Iterable[_Document]) -> list[dict[str, Any]]:
    return [_document_row(document, k) for k, document in enumerate(documents)]


def read_pool(entries: Knowledge) -> Pool:
    """What the tool knows, as far as events are named by it."""
    provinces = [row.name for row in entries.provinces.values() if row.country == "VN" or row.name in BORDER]
    now = {row.name: row.merged_into for row in entries.provinces.values() if row.merged_into}
    actors = [name for name in entries.actors if "{" not in name]
    bodies = [f"{province} {body}" for province in BORDER for body in ("People's Committee", "Department of Foreign Affairs")]
    types = [(row.event_type, row.event_subtype) for row in entries.event_types.values() if row.event_type in EVENT_TYPES]
    return Pool(provinces, now, list(entries.gates), [*actors, *bodies], types)


def _document(chance: random.Random, k: int) -> _Document:
    published = FIRST_DAY + timedelta(days=chance.randrange(DAYS))
    return _Document(f"{k:06d}.txt", chance.choice(LANGUAGES), published.isoformat())


def _document_row(document: _Document, k: int) -> dict[str, Any]:
    return {
        "doc_id": document.doc_id,
        "path": f"nowhere/{document.doc_id}",
        "language": document.language,
        "title": f"News of the border, no. {k}",
        "publisher": PUBLISHERS[k % len(PUBLISHERS)],
        "published": document.published,
        "source_url": f"https://example.org/{k}",
        "characters": document.length,
        "mentions": document.mentions,
    }


def _add_event(rows: _Rows, chance: random.Random, pool: Pool, k: int) -> None:
    event_id = f"e{k:010x}"
    time, precision, basis = _time(chance)
    first, last = edtf.bounds(time)
    event_type, subtype = chance.choice(pool.types)
    provinces = _provinces(chance, pool)
    gates = chance.sample(pool.gates, 1 + (chance.random() < 0.2)) if chance.random() < 0.3 else []
    # A few are everywhere, most are named once in a while.
    actors = _distinct(pool.actors[int(len(pool.actors) * chance.random() ** 3)] for _ in range(chance.choice((0, 1, 1, 2, 3))))
    where = provinces[0] if provinces else "Hà Nội"
    title = f"{(subtype or event_type).replace('_', ' ').capitalize()} in {where}, no. {k}"
    told = {
        "event_type": event_type,
        "event_subtype": subtype,
        "status": "held" if chance.random() < 0.95 else "scheduled",
        "date_edtf": time,
        "date_precision": precision,
        "date_basis": basis,
        "provinces": provinces,
        "border_gates": gates,
        "actors": actors,
        "confidence": round(0.5 + chance.random() / 2, 2),
    }
    documents = chance.sample(rows.documents, 1 + (chance.random() < 0.15) + (chance.random() < 0.05))
    passage = _PASSAGE.format(when=time or "–", title=title, where="; ".join(provinces) or "–", who="; ".join(actors) or "–")
    mentions = [_add_mention(rows, document, event_id, passage, told) for document in documents]
    rows.events.append(
        told
        | {
            "event_id": event_id,
            "title": title,
            "title_vi": f"{_TITLES_VI.get(event_type, 'Hoạt động')} tại {where}, số {k}",
            "title_zh": f"{where}{_TITLES_ZH.get(event_type, '活动')}（第{k}号）",
            "series": chance.choice(SERIES) if chance.random() < 0.05 else "",
            "date_start": first.isoformat() if first else "",
            "date_end": last.isoformat() if last else "",
            "provinces_now": _distinct(pool.now.get(name, name) for name in provinces),
            "countries": sorted({"CN" if name in ("Guangxi", "Yunnan") else "VN" for name in provinces}),
            "languages": _distinct(document.language for document in documents),
            "documents": [document.doc_id for document in documents],
            "mentions": mentions,
            "conflicts": ["date: one source says the day after"] if chance.random() < 0.03 else [],
            "quote": passage,
            "source_url": f"https://example.org/{int(documents[0].doc_id[:-4])}",
        }
    )


def _add_mention(rows: _Rows, document: _Document, event_id: str, passage: str, told: dict[str, Any]) -> str:
    mention_id, start = f"m{rows.told:011x}", document.length
    rows.told += 1
    document.length += len(passage) + 1
    document.mentions += 1
    place = {"doc_id": document.doc_id, "language": document.language, "start": start, "end": start + len(passage), "text": passage}
    rows.mentions.append(told | place | {"mention_id": mention_id, "event_id": event_id, "date_text": told["date_edtf"]})
    words = {"event_type": told["event_type"], "date_edtf": told["date_edtf"], "provinces": "; ".join(told["provinces"])}
    for name, value in words.items():
        at = passage.find(value) if value else -1
        if at >= 0:
            span = {"start": start + at, "end": start + at + len(value), "text": value}
            rows.evidence.append({"mention_id": mention_id, "field": name, "value": value, "rule": "synthetic"} | span)
    return mention_id


def _provinces(chance: random.Random, pool: Pool) -> list[str]:
    count = chance.choice((0, 1, 1, 1, 1, 2, 2, 3))
    return _distinct(chance.choice(BORDER if chance.random() < 0.8 else pool.provinces) for _ in range(count))


def _distinct(values: Iterable[str]) -> list[str]:
    """In the order of their coming; a set has none that stays the same from run to run."""
    return list(dict.fromkeys(values))


def _time(chance: random.Random) -> tuple[str, str, str]:
    """EDTF, precision and basis."""
    day = FIRST_DAY + timedelta(days=int(DAYS * chance.random() ** 0.6))  # more of late
    kind = chance.random()
    if kind < 0.60:
        return day.isoformat(), "day", "stated" if kind < 0.45 else "completed"
    if kind < 0.63:
        return f"{day.isoformat()}~", "day", "stated"
    if kind < 0.74:
        return f"{day.isoformat()}/{(day + timedelta(days=chance.choice((1, 2, 4, 20, 90)))).isoformat()}", "span", "stated"
    if kind < 0.82:
        return f"{day:%Y-%m}", "month", "stated"
    if kind < 0.88:
        return f"{day.year}", "year", "stated"
    if kind < 0.89:
        return f"{day.year}-{chance.choice((21, 22, 23, 24))}", "season", "stated"
    if kind < 0.95:
        return f"{day.year}/{day.year + chance.choice((1, 4, 5))}", "period", "period"
    return "", "none", "none"


def main() -> None:
    """Write a built folder in parts."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("number", type=int)
    parser.add_argument("folder")
    options = parser.parse_args()
    write_parts(options.number, Path(options.folder))


if __name__ == "__main__":
    main()
