"""One happening is one event, however often it is told; what excludes itself stays apart."""

import random
from dataclasses import replace

import pytest

from timeline.fusion import Fused, fuse
from timeline.knowledge import Knowledge
from timeline.model import Document, Mention


def mention(number: int, doc: str = "a", **fields: object) -> Mention:
    values: dict[str, object] = {
        "mention_id": f"m{number}",
        "doc_id": doc,
        "language": "en",
        "start": number * 10,
        "end": number * 10 + 5,
        "text": "words",
        "event_type": "border_gate",
        "event_subtype": "upgrade",
        "form": "",
        "status": "held",
        "date_edtf": "2023-12-28",
        "date_precision": "day",
        "date_basis": "stated",
        "date_text": "",
        "provinces": ("Cao Bằng", "Guangxi"),
        "border_gates": ("Trà Lĩnh–Longbang",),
        "actors": (),
        "part_of": "",
        "confidence": 0.8,
    }
    return Mention(**(values | fields))  # type: ignore[arg-type]


def fused(knowledge: Knowledge, *mentions: Mention) -> Fused:
    documents = [Document(doc, "x" * 1000, (), "en") for doc in sorted({m.doc_id for m in mentions})]
    return fuse(mentions, documents, knowledge)


def test_one_change_of_one_gate_told_in_two_documents_is_one_event(knowledge: Knowledge) -> None:
    found = fused(knowledge, mention(1, "a"), mention(2, "b", date_edtf="2020/2025", date_precision="period", date_basis="period"))
    assert [(event.date_edtf, event.documents) for event in found.events] == [("2023-12-28", ("a", "b"))]


@pytest.mark.parametrize(
    "fields",
    [
        {"border_gates": ("Tà Lùng–Shuikou",)},
        {"event_subtype": "pilot"},
        {"date_edtf": "2023-12-29"},
        {"event_type": "conference", "event_subtype": "conference"},
    ],
)
def test_what_cannot_be_one_stays_two(knowledge: Knowledge, fields: dict[str, object]) -> None:
    assert len(fused(knowledge, mention(1), mention(2, "b", **fields)).events) == 2


def test_an_undated_report_is_dated_by_another_document(knowledge: Knowledge) -> None:
    series = {"event_type": "conference", "event_subtype": "conference", "series": "National Conference on Foreign Affairs", "ordinal": 21}
    undated = {"date_edtf": "", "date_precision": "none", "date_basis": "none"}
    found = fused(knowledge, mention(1, "a", **series), mention(2, "b", **series, **undated))
    assert len(found.events) == 1
    assert {m.doc_id: m.date_basis for m in found.mentions} == {"a": "stated", "b": "cross_document"}


def test_a_month_between_two_days_joins_only_one(knowledge: Knowledge) -> None:
    """An event of one day never swallows two that exclude each other, by way of a vaguer report."""
    vague = mention(3, "c", date_edtf="2023-12", date_precision="month")
    found = fused(knowledge, mention(1, "a"), mention(2, "b", date_edtf="2023-12-29"), vague)
    assert sorted(event.date_edtf for event in found.events) == ["2023-12-28", "2023-12-29"]


def test_the_order_of_mentions_changes_nothing(knowledge: Knowledge) -> None:
    mentions = [mention(k, doc, date_edtf=f"2023-12-2{k % 3}") for k, doc in enumerate("abcdefgh")]
    shuffled = random.Random(7).sample(mentions, len(mentions))
    assert fused(knowledge, *mentions).events == fused(knowledge, *shuffled).events


def test_a_join_leaves_its_reason(knowledge: Knowledge) -> None:
    evidence = fused(knowledge, mention(1, "a"), mention(2, "b")).evidence
    assert [(row.field, row.rule) for row in evidence] == [("event_id", "same-gate-change:m1")]


def test_a_day_without_year_takes_the_year_that_another_report_gives(knowledge: Knowledge) -> None:
    found = fused(knowledge, mention(1, date_edtf="XXXX-12-28"), mention(2, date_edtf="2023", date_precision="year"))
    assert [(event.date_edtf, event.date_basis) for event in found.events] == [("2023-12-28", "completed")]


def test_copies_of_one_text_cost_no_pairs_and_are_one_event(knowledge: Knowledge) -> None:
    copies = [mention(k, f"{k:04d}") for k in range(900)]  # more than a block of pairs may hold
    for k, copy in enumerate(copies):
        copies[k] = replace(copy, start=10, end=15)
    (event,) = fused(knowledge, *copies).events
    assert len(event.documents) == 900


def visit(number: int, doc: str, date: str, precision: str = "day", **fields: object) -> Mention:
    values: dict[str, object] = {"event_type": "visit", "event_subtype": "state_visit", "border_gates": (), "provinces": ("Hà Nội",)}
    return mention(number, doc, date_edtf=date, date_precision=precision, actors=("Xi Jinping",), **(values | fields))


def test_reports_of_the_first_and_of_the_last_day_of_a_visit_are_one_visit_of_both(knowledge: Knowledge) -> None:
    (event,) = fused(knowledge, visit(1, "a", "2023-12-12"), visit(2, "b", "2023-12-13")).events
    assert (event.date_edtf, event.date_precision) == ("2023-12-12/2023-12-13", "span")


def test_visits_a_month_apart_stay_two(knowledge: Knowledge) -> None:
    assert len(fused(knowledge, visit(1, "a", "2023-12-12"), visit(2, "b", "2023-11-12")).events) == 2


@pytest.mark.parametrize(("provinces", "events"), [(("Hà Nội",), 1), (("Lào Cai",), 2)])
def test_a_report_without_a_year_needs_two_names_in_common(knowledge: Knowledge, provinces: tuple[str, ...], events: int) -> None:
    found = fused(knowledge, visit(1, "a", "2023-12-12"), visit(2, "b", "XXXX-12-12", provinces=provinces))
    assert len(found.events) == events
    assert all(event.date_edtf == "2023-12-12" for event in found.events[:1])


def test_a_span_without_a_year_holds_its_middle_day(knowledge: Knowledge) -> None:
    found = fused(knowledge, visit(1, "a", "2024-08-19"), visit(2, "b", "XXXX-08-18/XXXX-08-20", "span"))
    assert len(found.events) == 1


def test_two_meetings_of_one_guest_on_one_day_stay_two(knowledge: Knowledge) -> None:
    talks = {"event_type": "meeting", "event_subtype": "talks", "border_gates": ()}
    first = mention(1, actors=("Xi Jinping", "Phạm Minh Chính"), **talks)
    second = mention(2, actors=("Xi Jinping", "Trần Thanh Mẫn"), **talks)
    assert len(fused(knowledge, first, second).events) == 2


UNDATED = {"date_edtf": "", "date_precision": "none", "date_basis": "none"}


def test_an_undated_upgrade_is_the_one_that_is_dated(knowledge: Knowledge) -> None:
    (event,) = fused(knowledge, mention(1, "a"), mention(2, "b", **UNDATED)).events
    assert event.documents == ("a", "b")


def test_an_undated_suspension_may_be_another(knowledge: Knowledge) -> None:
    stopped = {"event_subtype": "suspension"}
    assert len(fused(knowledge, mention(1, "a", **stopped), mention(2, "b", **stopped, **UNDATED)).events) == 2


def test_an_undated_mention_is_the_only_such_event_of_its_document(knowledge: Knowledge) -> None:
    show = {"event_type": "exchange", "event_subtype": "cultural", "border_gates": ()}
    mentions = mention(1, provinces=("Lào Cai",), **show), mention(2, provinces=(), **show, **UNDATED)
    assert len(fused(knowledge, *mentions).events) == 1
    other = mention(3, provinces=("Lào Cai",), date_edtf="2023-12-30", **show)
    assert len(fused(knowledge, *mentions, other).events) == 3  # of two, nothing tells which


def test_one_ordinal_at_one_place_is_one_exchange(knowledge: Knowledge) -> None:
    defence = {"event_type": "exchange", "event_subtype": "defence", "border_gates": (), "ordinal": 9}
    first = mention(1, "a", date_edtf="2025-04-16", provinces=("Lạng Sơn",), **defence)
    second = mention(2, "b", date_edtf="2025-04-17", provinces=("Lạng Sơn", "Guangxi"), **defence)
    (event,) = fused(knowledge, first, second).events
    assert event.date_edtf == "2025-04-16/2025-04-17"


def test_one_day_s_change_of_a_gate_may_be_called_an_opening_or_an_upgrade(knowledge: Knowledge) -> None:
    found = fused(knowledge, mention(1, "a"), mention(2, "b", event_subtype="opening"))
    assert [event.documents for event in found.events] == [("a", "b")]
    assert len(fused(knowledge, mention(1, "a"), mention(2, "a", event_subtype="opening")).events) == 2


def test_a_gate_opened_on_one_day_and_closed_is_two_events(knowledge: Knowledge) -> None:
    assert len(fused(knowledge, mention(1, "a", event_subtype="opening"), mention(2, "b", event_subtype="suspension")).events) == 2
