from typing import Any

import numpy as np
import pytest

from tests.app.sample import document_rows, mention_rows, sample_tables
from timeline.compare import Difference, by_group, by_source, count_types, find_differences, find_pair, trace_origins
from timeline.facets import Conditions, Facets
from timeline.publishers import Publishers
from timeline.query import Archive, Mask

PUBLISHERS = Publishers({"paper.vn": "VN", "paper.cn": "CN", "paper.la": "LA"})


def facets() -> Facets:
    return Facets(Archive.of(sample_tables()))


def ids(found: Facets, mask: Mask) -> set[str]:
    return set(found.archive.events.rows(np.flatnonzero(mask))["event_id"])


def with_sources(mentions: list[dict[str, Any]] | None = None, **hosts: str) -> Facets:
    """The sample with other addresses: `cs="paper.vn"` for the document cs.txt."""
    rows = [row | {"source_url": f"https://{hosts[row['language']]}/" if row["language"] in hosts else ""} for row in document_rows()]
    return Facets(Archive.of(sample_tables(documents=rows, mentions=mentions or mention_rows())))


def changed(mention_id: str, **cells: Any) -> list[dict[str, Any]]:
    return [row | cells if row["mention_id"] == mention_id else row for row in mention_rows()]


class TestSides:
    def test_each_shown_event_is_in_one_part(self) -> None:
        found = facets()
        sides = by_group(found, "province", "Cao Bằng", "Guangxi", found.mask(Conditions()))
        assert ids(found, sides.part("only_left")) == {"e-deal", "e-day"}
        assert ids(found, sides.part("both")) == {"e-gate"}
        assert ids(found, sides.part("only_right")) == {"e-fair"}
        assert sides.counts() == {"only_left": 2, "both": 1, "only_right": 1, "neither": 3}

    def test_filters_hold_in_every_part(self) -> None:
        found = facets()
        sides = by_group(found, "province", "Cao Bằng", "Guangxi", found.mask(Conditions(type=("exchange",))))
        assert sides.counts() == {"only_left": 1, "both": 0, "only_right": 1, "neither": 0}

    def test_actors_and_gates_are_compared_as_provinces_are(self) -> None:
        found = facets()
        everything = found.mask(Conditions())
        actors = by_group(found, "actor", "Ngô Lê Văn", "Ministry of Foreign Affairs of Vietnam", everything)
        assert (ids(found, actors.part("only_left")), ids(found, actors.part("both"))) == ({"e-fair"}, {"e-conference"})
        assert by_group(found, "gate", "Trà Lĩnh–Longbang", "nowhere", everything).counts()["only_left"] == 1

    def test_types_are_counted_in_each_part(self) -> None:
        found = facets()
        sides = by_group(found, "province", "Cao Bằng", "Guangxi", found.mask(Conditions()))
        rows = dict(count_types(found, sides))
        assert rows["exchange"] == {"only_left": 1, "both": 0, "only_right": 1, "neither": 0}
        assert rows["border_gate"] == {"only_left": 0, "both": 1, "only_right": 0, "neither": 0}
        assert list(rows)[:2] == ["conference", "exchange"]


class TestPair:
    COUNTS = {"a": 3, "b": 5, "c": 5}  # noqa: RUF012
    KNOWN = ("a", "b", "c", "d")

    @pytest.mark.parametrize(
        ("left", "right", "pair"),
        [
            (None, None, ("b", "c")),
            ("a", None, ("a", "b")),
            (None, "b", ("c", "b")),
            ("d", "a", ("d", "a")),
            ("b", "b", ("b", "c")),
            ("no such", "a", ("b", "a")),
        ],
    )
    def test_what_is_asked_for_wins_and_the_commonest_fill_up(self, left: str | None, right: str | None, pair: tuple[str, str]) -> None:
        assert find_pair(self.COUNTS, self.KNOWN, left, right) == pair

    def test_values_without_events_serve_where_nothing_else_is_left(self) -> None:
        assert find_pair({}, self.KNOWN, None, None) == ("a", "b")
        assert find_pair({}, ("a",), None, None) is None
        assert find_pair({}, (), "a", "b") is None


class TestSources:
    def test_events_fall_apart_by_the_countries_of_their_sources(self) -> None:
        found = with_sources(cs="paper.vn", he="paper.cn", vi="paper.la")
        origins = trace_origins(found, PUBLISHERS)
        sides = by_source(origins, np.ones(found.size, dtype=bool))
        assert ids(found, sides.part("only_left")) == {"e-gate", "e-session"}
        assert ids(found, sides.part("both")) == {"e-conference"}
        assert not sides.part("only_right").any()
        assert ids(found, sides.part("neither")) == {"e-fair", "e-decree", "e-deal", "e-day"}
        assert origins.unknown == 0

    def test_documents_of_no_known_country_are_counted(self) -> None:
        assert trace_origins(with_sources(cs="paper.vn"), PUBLISHERS).unknown == 2

    def test_language_of_a_text_does_not_matter(self) -> None:
        found = with_sources(vi="paper.cn")
        assert ids(found, trace_origins(found, PUBLISHERS).right) == {"e-fair", "e-decree", "e-deal", "e-day"}


class TestDifferences:
    def found(self, mentions: list[dict[str, Any]]) -> dict[str, list[Difference]]:
        found = with_sources(mentions, cs="paper.vn", he="paper.cn")
        return find_differences(found.archive, trace_origins(found, PUBLISHERS))

    def test_sources_that_agree_do_not_differ(self) -> None:
        assert self.found(mention_rows()) == {}

    def test_other_days_and_places_are_told_in_order(self) -> None:
        found = self.found(changed("m3", date_edtf="2025-08-26", provinces=["Cao Bằng"]))
        assert found == {
            "e-conference": [
                Difference("date", ("2025-08-25",), ("2025-08-26",)),
                Difference("provinces", ("Hà Nội",), ("Cao Bằng",)),
            ]
        }
        assert [one.is_contrary for one in found["e-conference"]] == [True, False]

    def test_places_never_gainsay_each_other(self) -> None:
        assert not Difference("provinces", ("Hà Nội",), ("Cao Bằng",)).is_contrary
        assert not Difference("border_gates", ("A–B",), ("C–D",)).is_contrary

    def test_a_month_does_not_gainsay_its_day_nor_a_longer_list_a_shorter(self) -> None:
        (date, provinces) = self.found(changed("m3", date_edtf="2025-08", date_precision="month", provinces=["Hà Nội", "Huế"]))[
            "e-conference"
        ]
        assert (date.right, date.is_contrary) == (("2025-08",), False)
        assert (provinces.right, provinces.is_contrary) == (("Hà Nội", "Huế"), False)

    @pytest.mark.parametrize("cells", [{"date_edtf": ""}, {"date_edtf": "2025-08-26", "date_basis": "cross_document"}])
    def test_silence_and_a_date_from_elsewhere_are_no_difference(self, cells: dict[str, str]) -> None:
        assert self.found(changed("m3", **cells)) == {}

    def test_other_countries_have_no_say(self) -> None:
        found = with_sources(changed("m3", date_edtf="2025-08-26"), cs="paper.vn", he="paper.la")
        assert find_differences(found.archive, trace_origins(found, PUBLISHERS)) == {}
