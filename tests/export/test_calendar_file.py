from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import icalendar
import pandas as pd
import pytest
import vobject

from tests.app.sample import sample_tables
from tests.export.awkward import FORMULA, SCRIPTS, dated, document, documents, event
from tests.export.written import BUILT, CONTROLS
from timeline.export.calendar_file import calendar
from timeline.i18n import words
from timeline.knowledge import Gate, Tables, load_entries
from timeline.tables import Tables as EventTables
from timeline.tables import documents_frame, events_frame, evidence_frame, mentions_frame

Entry = tuple[str, date, date, str]


def tables(*events: dict[str, Any], **more: pd.DataFrame) -> EventTables:
    empty = EventTables(documents_frame([]), mentions_frame([]), evidence_frame([]), events_frame(events))
    return replace(empty, **more)


def read(content: bytes) -> Any:
    return icalendar.Calendar.from_ical(content)


def entry_of(given: EventTables, language: str = "en", entries: Tables | None = None) -> Any:
    (entry,) = read(calendar(given, words(language), entries)).walk("VEVENT")
    return entry


def by_icalendar(content: bytes) -> Iterator[Entry]:
    entries: list[Any] = read(content).walk("VEVENT")
    for entry in entries:
        assert not entry.errors
        yield str(entry["UID"]), entry["DTSTART"].dt, entry["DTEND"].dt, str(entry["SUMMARY"])


def by_vobject(content: bytes) -> Iterator[Entry]:
    for entry in vobject.readOne(content.decode("utf-8")).contents.get("vevent", []):
        yield entry.uid.value, entry.dtstart.value, entry.dtend.value, entry.summary.value


@pytest.mark.parametrize("reader", [by_icalendar, by_vobject])
class TestReadBack:
    @pytest.mark.parametrize("given", [sample_tables(), BUILT], ids=["sample", "built"])
    def test_the_events_whose_days_are_known_come_back(self, reader: Any, given: EventTables) -> None:
        is_of_days = given.events["date_edtf"].str.fullmatch(r"\d{4}-\d\d-\d\d~?(/\d{4}-\d\d-\d\d~?)?")
        known = given.events[is_of_days & given.events["date_precision"].isin(["day", "span"])]
        days = [[date.fromisoformat(day) for day in known[name]] for name in ("date_start", "date_end")]
        after = [day + timedelta(days=1) for day in days[1]]
        expected = [f"{event_id}@timeline-border" for event_id in known["event_id"]], days[0], after, known["title"]
        assert list(reader(calendar(given))) == list(zip(*expected, strict=True))

    def test_text_of_every_script_and_kind_comes_back_clean(self, reader: Any) -> None:
        texts = [*SCRIPTS, FORMULA, "a; b, c\\n d: e", "x\r\nBEGIN:VALARM\r\nEND:VEVENT", CONTROLS]
        content = calendar(tables(*(dated(f"e{k:02}", "2025-08-25", title=text) for k, text in enumerate(texts))))
        clean = [*texts[:-2], "x BEGIN:VALARM END:VEVENT", "a[31m\"no\", 'so' b c d\ufeff; e\\; f\\\\,"]
        assert [entry[3] for entry in reader(content)] == clean

    def test_a_calendar_may_be_empty(self, reader: Any) -> None:
        assert list(reader(calendar(tables()))) == []


class TestDays:
    @pytest.mark.parametrize(
        ("text", "precision", "first", "after"),
        [
            ("2025-08-25", "day", "2025-08-25", "2025-08-26"),
            ("2024-02-28/2024-02-29", "span", "2024-02-28", "2024-03-01"),
            ("2025-12-30/2026-01-02", "span", "2025-12-30", "2026-01-03"),
            ("2025-08-25~", "day", "2025-08-25", "2025-08-26"),
            ("0987-12-31", "day", "0987-12-31", "0988-01-01"),
            ("9998-12-31", "day", "9998-12-31", "9999-01-01"),
        ],
    )
    def test_a_day_or_a_span_of_days_ends_before_the_day_after(self, text: str, precision: str, first: str, after: str) -> None:
        content = calendar(tables(event("e", date_edtf=text, date_precision=precision)))
        assert [entry[1:3] for entry in by_icalendar(content)] == [(date.fromisoformat(first), date.fromisoformat(after))]
        assert f"DTSTART;VALUE=DATE:{first.replace('-', '')}\r\n".encode() in content

    @pytest.mark.parametrize(
        ("text", "precision"),
        [
            ("", "none"),
            ("2025-08", "month"),
            ("2025-21", "season"),
            ("2025", "year"),
            ("2020/2025", "period"),
            ("2023-12-19/2023-12-23", "period"),
            ("2024-03/2024-05", "span"),
            ("2024-03-01/2024-05", "span"),
            ("2016-05-01/..", "span"),
            ("../2016-05-01", "span"),
            ("XXXX-09-12", "day"),
            ("XXXX-09-12/XXXX-09-14", "span"),
        ],
    )
    def test_a_time_that_tells_no_day_stays_out_and_is_counted(self, text: str, precision: str) -> None:
        content = calendar(tables(event("e", date_edtf=text, date_precision=precision), dated("f", "2025-08-25")))
        assert [entry[0] for entry in by_icalendar(content)] == ["f@timeline-border"]
        whole = read(content)
        assert str(whole["X-TIMELINE-LEFT-OUT"]) == "1"
        assert str(whole["X-WR-CALDESC"]).startswith("1 event is not in this calendar")


class TestFields:
    @pytest.mark.parametrize(
        ("status", "told"),
        [
            ("held", "CONFIRMED"),
            ("ongoing", "CONFIRMED"),
            ("scheduled", "TENTATIVE"),
            ("postponed", "TENTATIVE"),
            ("cancelled", "CANCELLED"),
        ],
    )
    def test_status(self, status: str, told: str) -> None:
        entry = entry_of(tables(dated("e", "2025-08-25", status=status)))
        assert (str(entry["STATUS"]), str(entry["X-TIMELINE-STATUS"])) == (told, status)

    def test_words_are_in_the_readers_language(self) -> None:
        named = {"title": "Conference: Guangxi", "title_vi": "Hội nghị: Quảng Tây", "provinces": ["Guangxi"]}
        kind = {"event_type": "conference", "event_subtype": "conference"}
        entry = entry_of(tables(dated("e", "2025-08-25", **named, **kind)), "vi", load_entries())
        assert str(entry["SUMMARY"]) == named["title_vi"]
        assert (str(entry["LOCATION"]), [str(name) for name in entry["CATEGORIES"].cats]) == ("Quảng Tây", ["Hội nghị"])
        assert "25/8/2025" in str(entry["DESCRIPTION"])

    def test_sources_are_named_with_their_addresses(self) -> None:
        cited = documents(document("a.txt", title="News"), document("b.txt", title="", source_url="javascript:alert(1)"))
        told = dated("e", "2025-08-25", documents=["a.txt", "b.txt", "c.txt"], quote="they met", source_url="https://example.org/a")
        entry = entry_of(tables(told, documents=cited))
        assert str(entry["DESCRIPTION"]).splitlines()[-5:] == [
            "Passage: they met",
            "Sources:",
            "– News (A paper, 2025-08-26) https://example.org/a",
            "– b.txt (A paper, 2025-08-26)",
            "– c.txt",
        ]
        assert str(entry["URL"]) == "https://example.org/a"

    def test_an_address_that_is_not_of_the_web_is_no_link(self) -> None:
        assert "URL" not in entry_of(tables(dated("e", "2025-08-25", source_url="javascript:alert(1)")))

    def test_a_part_is_related_to_its_whole(self) -> None:
        assert str(entry_of(tables(dated("e", "2025-08-25", part_of="f")))["RELATED-TO"]) == "f@timeline-border"

    @pytest.mark.parametrize(("gates", "told"), [(["A–B"], (22.5, 106.5)), (["A–B", "C–D"], None), (["C–D"], None), ([], None)])
    def test_a_position_only_where_one_gate_has_one(self, gates: list[str], told: tuple[float, float] | None) -> None:
        known = Tables(gates={"A–B": Gate("A–B", lat="22.5", lon="106.5", coords_basis="source"), "C–D": Gate("C–D")})
        entry = entry_of(tables(dated("e", "2025-08-25", border_gates=gates, provinces=["Cao Bằng"])), entries=known)
        position = entry.get("GEO")
        assert (position and (position.latitude, position.longitude)) == told

    def test_the_days_take_nobodys_time(self) -> None:
        assert str(entry_of(tables(dated("e", "2025-08-25")))["TRANSP"]) == "TRANSPARENT"


class TestBytes:
    @pytest.mark.parametrize(
        ("published", "stamp"),
        [(["2025-08-24", "2025-08-26", "2025-09"], (2025, 8, 26)), (["2025-08", ""], (2000, 1, 1)), ([], (2000, 1, 1))],
    )
    def test_the_stamp_is_the_last_day_on_which_a_source_appeared(self, published: list[str], stamp: tuple[int, int, int]) -> None:
        cited = documents(*(document(f"d{k}", published=day) for k, day in enumerate(published)))
        entry = entry_of(tables(dated("e", "2025-08-25", documents=cited["doc_id"].tolist()), documents=cited))
        assert entry["DTSTAMP"].dt == datetime(*stamp, tzinfo=UTC)

    def test_the_same_events_give_the_same_bytes_in_whatever_order(self) -> None:
        given = sample_tables()
        assert calendar(replace(given, events=given.events.iloc[::-1], documents=given.documents.iloc[::-1])) == calendar(given)

    def test_lines_are_as_short_as_the_standard_wants(self) -> None:
        assert max(len(line) for line in calendar(BUILT, words("zh"), load_entries()).split(b"\r\n")) <= 75
