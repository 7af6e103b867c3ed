"""An event keeps its id, however documents come and go."""

import random
from dataclasses import replace
from pathlib import Path

from timeline.identity import ids_of
from timeline.pipeline import Extractor, Timeline

PAGES = {
    "b.txt": "On 12 May 2022 leaders of Cao Bang province held talks with leaders of Guangxi in Nanning city about border gates.",
    "c.txt": "On 14 June 2022 the border gate pair of Tra Linh - Longbang in Cao Bang was upgraded to international class.",
    "a.txt": "The border gate pair of Tra Linh - Longbang in Cao Bang was upgraded to international class on 14 June 2022.",
}


def build(engine: Extractor, folder: Path, names: list[str], earlier: Timeline | None = None) -> Timeline:
    for name in names:
        (folder / name).write_text(PAGES[name], encoding="utf-8")
    return engine.build([folder / name for name in names], earlier=earlier)


def by_type(built: Timeline) -> dict[str, str]:
    return dict(zip(built.events["event_type"], built.events["event_id"], strict=True))


def test_the_order_of_documents_changes_nothing(engine: Extractor, tmp_path: Path) -> None:
    names = sorted(PAGES)
    shuffled = random.Random(3).sample(names, len(names))
    assert build(engine, tmp_path, names).events.equals(build(engine, tmp_path, shuffled).events)


def test_documents_one_at_a_time_or_all_at_once_give_the_same(engine: Extractor, tmp_path: Path) -> None:
    names = sorted(PAGES)
    step: Timeline | None = None
    for count in range(1, len(names) + 1):
        step = build(engine, tmp_path, names[:count], step)
    assert step is not None
    assert step.events.equals(build(engine, tmp_path, names).events)


def test_an_event_keeps_its_id_when_an_earlier_document_is_added_or_its_first_removed(engine: Extractor, tmp_path: Path) -> None:
    first = build(engine, tmp_path, ["b.txt", "c.txt"])
    more = build(engine, tmp_path, ["a.txt", "b.txt", "c.txt"], first)
    assert by_type(more) == by_type(first)
    less = build(engine, tmp_path, ["a.txt", "b.txt"], more)
    assert by_type(less) == by_type(first)


def test_a_merge_keeps_one_id_and_records_the_other(engine: Extractor, tmp_path: Path) -> None:
    first = build(engine, tmp_path, ["b.txt", "c.txt"])
    gate, meeting = by_type(first)["border_gate"], by_type(first)["meeting"]
    mentions = first.mentions.assign(event_id=first.mentions["event_id"].where(first.mentions["doc_id"] != "b.txt", "e0"))
    split = replace(
        first, mentions=mentions, events=first.events.assign(event_id=[{meeting: "e0"}.get(i, i) for i in first.events["event_id"]])
    )
    again = build(engine, tmp_path, ["a.txt", "b.txt", "c.txt"], split)
    assert set(by_type(again).values()) == {gate, "e0"}
    assert ids_of(again.events)[by_type(build(engine, tmp_path, list(PAGES)))["border_gate"]] == gate
