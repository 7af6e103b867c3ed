"""The index of the filters gives what the plain filters of the accessor give, and counts what each option leaves."""

import random
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.synthetic_events import synthetic_tables
from tests.app.sample import event_rows, sample_tables
from timeline.accessor import TimelineAccessor
from timeline.facets import GROUPS, Conditions, Facets
from timeline.query import Archive

OFFICES = {"Ngô Lê Văn": ["Deputy Minister of Foreign Affairs of Vietnam"]}


@pytest.fixture(scope="module")
def facets() -> Facets:
    return Facets(Archive.of(sample_tables()), OFFICES)


def ids(facets: Facets, **chosen: Any) -> set[str]:
    return set(facets.select(Conditions(**chosen))["event_id"])


def test_any_value_of_a_group_will_do_and_all_groups_must(facets: Facets) -> None:
    assert ids(facets, province=("Guangxi", "Hà Nội")) == {"e-gate", "e-conference", "e-session", "e-fair"}
    assert ids(facets, province=("Guangxi",), type=("exchange",)) == {"e-fair"}
    assert ids(facets, province=("Nowhere",)) == set()


def test_provinces_are_those_of_the_day_or_those_of_today(facets: Facets) -> None:
    assert ids(facets, province=("Hà Giang",)) == {"e-deal"}
    assert ids(facets, province_now=("Tuyên Quang",)) == {"e-deal"}
    assert ids(facets, province_now=("Hà Giang",)) == set()


def test_an_office_finds_the_events_of_who_held_it(facets: Facets) -> None:
    assert ids(facets, role=("Deputy Minister of Foreign Affairs of Vietnam",)) == {"e-conference", "e-fair"}


def test_a_source_is_its_publisher_else_its_host_else_its_name() -> None:
    documents = [
        {"doc_id": "cs.txt", "publisher": "Radio", "source_url": "https://www.example.org/a"},
        {"doc_id": "he.txt", "source_url": "https://www.example.org/b"},
        {"doc_id": "vi.txt", "source_url": "http://["},
    ]
    facets = Facets(Archive.of(sample_tables(documents=documents)))
    assert set(facets.values("source")) == {"Radio", "example.org", "vi.txt"}
    assert ids(facets, source=("example.org",)) == {"e-conference"}


def test_dates_keep_what_may_have_happened_in_them_and_the_undated(facets: Facets) -> None:
    undated = {"e-deal", "e-day"}
    assert ids(facets, since="2023", until="2023-12-20") == {"e-gate", "e-fair"} | undated
    assert ids(facets, until="2021", undated=False) == {"e-gate"}


def test_an_open_end_reaches_as_far_as_there_is_time() -> None:
    events = event_rows()[:1]
    events[0] |= {"date_edtf": "2016/..", "date_start": "2016-01-01", "date_end": ""}
    facets = Facets(Archive.of(sample_tables(events=events)))
    assert ids(facets, since="2030") == {"e-gate"}
    assert ids(facets, until="2015") == set()
    assert facets.years(Conditions()) == {"2016": 1}


def test_words_are_sought_in_titles_and_passages_without_case_and_marks(facets: Facets) -> None:
    assert ids(facets, text="lang SON") == {"e-fair"}
    assert ids(facets, text="הכנס") == {"e-conference"}
    assert ids(facets, text="decree 58") == {"e-decree"}
    assert ids(facets, text="decree 59") == set()


def test_only_as_sure_as_asked() -> None:
    events = event_rows()
    events[0]["confidence"] = 0.5
    facets = Facets(Archive.of(sample_tables(events=events)))
    assert "e-gate" not in ids(facets, confidence=0.8)
    assert len(ids(facets, confidence=0.8)) == len(events) - 1


def test_an_option_says_what_it_leaves_beside_the_other_conditions(facets: Facets) -> None:
    chosen = Conditions(province=("Guangxi",))
    assert facets.counts("type", chosen) == {"exchange": 1, "border_gate": 1}
    assert facets.counts("province", chosen)["Cao Bằng"] == 3  # not narrowed by its own group
    for value, count in facets.counts("type", chosen).items():
        assert len(ids(facets, province=("Guangxi",), type=(value,))) == count


def test_a_period_counts_in_each_of_its_years(facets: Facets) -> None:
    assert facets.years(Conditions()) == {"2020": 1, "2021": 1, "2022": 2, "2023": 2, "2024": 1, "2025": 3}
    assert facets.years(Conditions(province=("Lạng Sơn",))) == {"2023": 1}


def test_only_the_events_of_a_mask_count_in_their_years(facets: Facets) -> None:
    assert facets.by_year(facets.mask(Conditions(type=("exchange",)))) == {2023: 1}  # of two, one is not dated
    assert facets.by_year(~facets.dated) == {}


def test_a_time_without_a_beginning_is_of_the_year_of_its_end() -> None:
    events = event_rows()[:1]
    events[0] |= {"date_edtf": "../2021-05-01", "date_start": "", "date_end": "2021-05-01"}
    assert Facets(Archive.of(sample_tables(events=events))).years(Conditions()) == {"2021": 1}


def test_a_year_says_what_it_leaves_as_the_first_and_as_the_last(facets: Facets) -> None:
    for chosen in (Conditions(), Conditions(province=("Guangxi",)), Conditions(until="2023"), Conditions(since="2022", undated=False)):
        left, right = facets.bounds(chosen)
        assert left.keys() == right.keys() == facets.years(chosen).keys()
        for year in left:
            assert left[year] == facets.mask(replace(chosen, since=year)).sum()
            assert right[year] == facets.mask(replace(chosen, until=year)).sum()


@pytest.fixture(scope="module")
def many() -> Facets:
    return Facets(Archive.of(synthetic_tables(250)), {"John Kerry": ["Special Envoy"]})


def any_choice(facets: Facets, chance: random.Random) -> Conditions:
    """Some conditions of every kind, few enough that some events are mostly left."""
    groups = {group: tuple(chance.sample(facets.values(group)[:8], 2)) for group in chance.sample(FILTERED, chance.randint(0, 3))}
    since, until = sorted(chance.sample(["1999", "2008-05", "2015-02-11", "2021"], 2))
    return Conditions(
        **groups,  # type: ignore[arg-type]
        since=chance.choice(["", since]),
        until=chance.choice(["", until]),
        undated=chance.random() < 0.5,
        confidence=chance.choice([0.0, 0.6, 0.8]),
    )


FILTERED = ("province", "province_now", "actor", "gate", "type", "status", "language", "series")


def test_the_index_agrees_with_the_accessor_on_any_choice(many: Facets) -> None:
    chance, events = random.Random(3), many.archive.frames().events
    plain, sizes = TimelineAccessor(events), set()
    for _ in range(150):
        chosen = any_choice(many, chance)
        groups = {"event_type" if group == "type" else group: getattr(chosen, group) or None for group in FILTERED}
        between = (chosen.since or None, chosen.until or None) if chosen.since or chosen.until else None
        wanted = plain.filter(**groups, between=between, undated=chosen.undated)
        wanted = wanted[wanted["confidence"] >= chosen.confidence]
        assert many.select(chosen)["event_id"].tolist() == wanted["event_id"].tolist()
        sizes.add(len(wanted))
    assert len(sizes) > 30


def test_counts_are_those_of_the_events_that_an_option_leaves(many: Facets) -> None:
    chance = random.Random(4)
    for _ in range(25):
        chosen, group = any_choice(many, chance), chance.choice(GROUPS)
        found = many.counts(group, chosen)
        for value in many.values(group)[:6]:
            assert found.get(value, 0) == many.mask(replace(chosen, **{group: (value,)})).sum()  # type: ignore[arg-type]


def test_publishers_and_offices_are_those_of_an_events_documents_and_actors(many: Facets) -> None:
    tables = many.archive.frames()
    publisher = dict(zip(tables.documents["doc_id"], tables.documents["publisher"], strict=True))
    told = tables.events["documents"].map(lambda names: "Xinhua" in [publisher[name] for name in names])
    assert many.select(Conditions(source=("Xinhua",)))["event_id"].tolist() == tables.events["event_id"][told].tolist()
    held = tables.events["actors"].map(lambda names: "John Kerry" in names)
    assert many.counts("role") == {"Special Envoy": held.sum()}


def test_an_empty_table_has_no_options() -> None:
    facets = Facets(Archive.of(sample_tables(documents=[], mentions=[], evidence=[], events=[])))
    assert facets.counts("province") == {}
    assert facets.years(Conditions()) == {}
    assert ids(facets, text="anything") == set()
