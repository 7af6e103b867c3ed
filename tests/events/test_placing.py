"""Where it happened, when another sentence says so."""

from timeline.fusion import fuse
from timeline.model import Mention
from timeline.pipeline import Extractor

OPENED = "The Hoanh Mo - Dongzhong border gate pair resumed customs clearance on September 15, 2024. "


def last(engine: Extractor, text: str, published: str = "2024-09-16") -> Mention:
    return engine.extract(engine.document(text, "en", published))[-1]


def test_the_gate_spoken_of_again_is_the_one_that_the_story_names(engine: Extractor) -> None:
    met = last(engine, f"{OPENED}On September 14, the two sides met at the gate.")
    assert met.event_type == "meeting"
    assert met.border_gates == ("Hoành Mô–Dongzhong",)
    assert met.provinces == ("Quảng Ninh", "Guangxi")
    assert any(e.rule == "only-gate-of-story" for e in met.evidence)


def test_of_several_gates_the_one_just_named_is_spoken_of_again(engine: Extractor) -> None:
    text = f"Trucks wait at Huu Nghi - Youyi Guan.\n\n{OPENED}On September 14, the two sides met at the border gate."
    assert last(engine, text).border_gates == ("Hoành Mô–Dongzhong",)


def test_a_gate_of_another_province_is_not_spoken_of(engine: Extractor) -> None:
    met = last(engine, f"{OPENED}On September 14, the two sides met in Nghe An about a border gate.")
    assert met.border_gates == ()
    assert "Quảng Ninh" not in met.provinces


def test_the_two_sides_are_the_parties_told_before(engine: Extractor) -> None:
    text = "On March 5, 2025 leaders of Cao Bang met a delegation of Guangxi. The two sides also signed a memorandum on tourism."
    signed = last(engine, text)
    assert signed.event_type == "agreement"
    assert signed.provinces == ("Cao Bằng", "Guangxi")
    assert {e.rule for e in signed.evidence if e.field == "provinces"} == {"parties-of-story"}  # not "named"


def test_the_background_of_another_year_has_no_parties_of_the_story(engine: Extractor) -> None:
    text = "On March 5, 2025 leaders of Cao Bang met a delegation of Guangxi. The two sides signed a treaty on markers on July 14, 2010."
    assert last(engine, text).provinces == ()


def test_where_an_agency_writes_from_is_no_place_of_what_happened_elsewhere(engine: Extractor) -> None:
    text = f"Hanoi (VNA) – {OPENED}"
    assert last(engine, text).provinces == ("Quảng Ninh", "Guangxi")


def test_what_people_met_to_agree_on_has_not_happened(engine: Extractor) -> None:
    met = last(engine, "On March 5, 2025 leaders of Cao Bang met Guangxi's governor to agree on the opening of Tra Linh border gate.")
    assert met.event_type == "meeting"


def test_who_came_to_the_ceremony_took_part_in_what_was_opened_there(engine: Extractor) -> None:
    text = f"{OPENED}Vice Chairman of the Quang Ninh People's Committee Vu Van Dien attended the ceremony."
    assert "Vũ Văn Diện" in [name for m in engine.extract(engine.document(text, "en", "2024-09-16")) for name in m.actors]
    assert last(engine, text).refers_to


def test_on_monday_is_reckoned_from_the_day_of_an_undated_dateline(engine: Extractor) -> None:
    text = "A new gate\nHanoi, May 12 (VNA) - The provinces of Quang Ninh and Guangxi opened the Bac Phong Sinh border gate on Monday."
    opened = last(engine, text, "")
    assert (opened.event_subtype, opened.date_edtf) == ("opening", "XXXX-05-12")


def test_a_headline_may_call_an_upgrade_an_opening(engine: Extractor) -> None:
    text = (
        "Vietnam, China open Tra Linh border gate\n\nOn September 12, 2023 in Cao Bang, a ceremony was held to upgrade the Tra Linh "
        "border gate to international class."
    )
    told = engine.extract(engine.document(text, "en", "2023-09-13"))
    assert [m.event_subtype for m in told if not m.refers_to] == ["upgrade"]


def test_what_takes_two_sides_has_both_of_a_story_that_tells_of_two(engine: Extractor) -> None:
    text = "Guards of Ha Giang and of Yunnan patrol together.\n\nThe two sides held talks in Ha Giang city on May 7."
    assert last(engine, text, "2019-05-08").provinces == ("Hà Giang", "Yunnan")
    fair = "Guests from Yunnan are awaited.\n\nHa Giang held a trade fair in Ha Giang city on May 7."
    assert last(engine, fair, "2019-05-08").provinces == ("Hà Giang",)


def test_of_three_units_no_one_is_the_other_side(engine: Extractor) -> None:
    text = "Guards of Ha Giang, Yunnan and Guangxi patrol together.\n\nThe two sides held talks in Ha Giang city on May 7."
    assert last(engine, text, "2019-05-08").provinces == ("Hà Giang",)


def test_an_undated_page_of_the_capital_is_no_report_of_a_province(engine: Extractor) -> None:
    text = "Hanoi: the minister is back in Hanoi.\n\nIn mid-August President To Lam paid a visit to China."
    assert last(engine, text, "").provinces == ()


def test_a_visit_to_places_abroad_was_not_paid_at_home(engine: Extractor) -> None:
    text = "Lang Son has many guests, says Lang Son.\n\nOn April 16 the delegation visited a school in Pingxiang City."
    assert last(engine, text, "").provinces == ("Guangxi",)


def test_where_a_visit_ended_is_no_place_of_what_was_signed_on_it(engine: Extractor) -> None:
    text = (
        "President To Lam returned to Hanoi on August 20, 2024 after a visit to China. The two sides also signed a memorandum on August 19."
    )
    assert [m.provinces for m in engine.extract(engine.document(text, "en", "2024-08-21")) if m.event_type == "agreement"] == [()]


def test_the_items_of_a_list_are_events_of_their_own(engine: Extractor) -> None:
    text = (
        "On April 16, 2025 the delegation visited a school in Pingxiang City, Guangxi; visited a village in Ningming, Guangxi; "
        "visited a park in Lang Son."
    )
    document = engine.document(text, "en", "2025-04-17")
    visits = fuse(engine.extract(document), [document], engine.knowledge).events
    assert sorted(event.provinces for event in visits) == [("Guangxi",), ("Guangxi",), ("Lạng Sơn",)]


def test_what_leaders_of_a_state_did_is_not_at_home_in_the_province_that_tells_it(engine: Extractor) -> None:
    text = "Da Nang hosts many guests, Da Nang says.\n\nOn November 10 Chairman Zhang Dejiang held talks with Nguyen Thi Kim Ngan."
    assert last(engine, text, "").provinces == ()


def test_a_page_that_names_a_province_once_is_no_report_of_it(engine: Extractor) -> None:
    text = "Guests will go on to Da Nang later.\n\nOn November 10 the delegation held talks with the association of veterans."
    assert last(engine, text, "").provinces == ()


def test_a_border_defence_exchange_is_at_the_gate_that_its_story_names(engine: Extractor) -> None:
    text = "The minister was received at Huu Nghi border gate.\n\nThe 9th border defence friendship exchange took place on April 16, 2025."
    exchange = [m for m in engine.extract(engine.document(text, "en", "2025-04-17")) if m.event_type == "exchange"]
    assert exchange[-1].border_gates == ("Hữu Nghị–Youyiguan",)


def test_a_province_of_trade_figures_is_no_party(engine: Extractor) -> None:
    text = "The Lao Cai People's Committee signed an agreement with Sun Group on May 18, 2024. Half of the guests come from Yunnan."
    assert last(engine, text, "2024-05-20").provinces == ("Lào Cai",)


def test_what_somebody_only_speaks_of_is_no_other_side(engine: Extractor) -> None:
    text = (
        "On May 7 a delegation of the two armies held talks in Ha Giang city. "
        "The minister said that the ties of Ha Giang with the province of Yunnan are good."
    )
    talks = engine.extract(engine.document(text, "en", "2019-05-08"))[0]
    assert talks.provinces == ("Hà Giang",)


def test_two_capitals_side_by_side_are_the_states(engine: Extractor) -> None:
    text = "Ties between Beijing and Hanoi grow: an agreement on the border was signed in Lang Son on May 7, 2019."
    assert last(engine, text).provinces == ("Lạng Sơn",)
    visit = "On May 7, 2019 Secretary Nguyen Van Thinh went on a visit to Beijing and Hanoi."
    assert set(last(engine, visit).provinces) == {"Hà Nội", "Beijing"}


def test_a_gate_of_another_border_is_no_namesake_of_ours(engine: Extractor) -> None:
    text = "On March 4, 2024 they inspected the border with Laos at the Thanh Thuy border gate, Thanh Chuong district, Nghe An province."
    inspected = last(engine, text)
    assert (inspected.border_gates, inspected.provinces) == ((), ("Nghệ An",))
    ours = "On March 4, 2024 the delegation inspected the border at the Thanh Thuy border gate, Vi Xuyen district, Ha Giang province."
    assert last(engine, ours).border_gates == ("Thanh Thủy–Tianbao",)


def test_an_inspection_told_again_tells_where_it_went(engine: Extractor) -> None:
    text = (
        "On March 4, 2024 Minister Wang Yi went on an inspection tour of Guangxi. He spoke of trade. "
        "Wang Yi inspected the Huu Nghi border gate and the fruit market."
    )
    document = engine.document(text, "en", "2024-03-06")
    (tour,) = (e for e in fuse(engine.extract(document), [document], engine.knowledge).events if e.event_type == "visit")
    assert tour.border_gates == ("Hữu Nghị–Youyiguan",)


def test_organisers_of_a_series_take_no_part_with_another_country(engine: Extractor) -> None:
    text = "On October 3, 2024 the second Vietnam - Laos border defence friendship exchange began in Lai Chau."
    assert last(engine, text).actors == ("Ministry of National Defence of Vietnam",)


def test_who_signed_at_a_conference_is_not_where_it_was(engine: Extractor) -> None:
    text = (
        "On March 4, 2024, at the conference held in Nanning, a memorandum of understanding was signed "
        "between the Department of Foreign Affairs of Lang Son and a company."
    )
    held, signed = sorted(engine.extract(engine.document(text, "en", "2024-03-06")), key=lambda m: m.event_type, reverse=True)
    assert (held.event_type, held.provinces) == ("conference", ("Guangxi",))
    assert "Lạng Sơn" in signed.provinces
