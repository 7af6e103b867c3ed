"""What belongs to which of the happenings of a sentence."""

import pytest

from timeline.fusion import fuse
from timeline.model import Mention
from timeline.pipeline import Extractor


def told(engine: Extractor, text: str, published: str = "2024-08-05", language: str = "en") -> list[Mention]:
    return engine.extract(engine.document(text, language, published))


def test_each_day_has_the_places_told_with_it(engine: Extractor) -> None:
    visit, met = told(engine, "On Friday the delegation visited the Hekou border gate and on Saturday met with the government of Honghe.")
    assert (visit.date_edtf, visit.border_gates) == ("2024-08-02", ("Lào Cai–Hekou",))
    assert (met.date_edtf, met.border_gates, met.provinces) == ("2024-08-03", (), ("Yunnan",))


def test_who_took_part_may_stand_in_a_clause_of_its_own(engine: Extractor) -> None:
    (held,) = told(engine, "A conference on border trade was held in Nanning on August 1; Lang Son and Cao Bang took part.")
    assert held.provinces == ("Lạng Sơn", "Cao Bằng", "Guangxi")


def test_another_clause_with_a_day_of_its_own_is_another_matter(engine: Extractor) -> None:
    (held,) = told(engine, "A conference on border trade was held in Nanning on August 1; Lang Son has had a fair since May 2.")
    assert held.provinces == ("Guangxi",)


def test_what_ended_a_closure_is_the_news(engine: Extractor) -> None:
    (gate,) = told(engine, "After three years of closure, the Mong Cai – Dongxing gate resumed traffic on August 2.")
    assert gate.event_subtype == "resumption"


def test_a_visit_to_a_mission_was_where_the_mission_is(engine: Extractor) -> None:
    (visit,) = told(engine, "On August 4 leaders of Lai Chau visited the consulate in Kunming.")
    assert visit.provinces == ("Lai Châu", "Yunnan")


def test_a_guest_who_resides_in_a_city_was_not_received_there(engine: Extractor) -> None:
    (met,) = told(engine, "On August 4 the chairman of Lai Chau received a delegation led by the Vietnamese consul in Kunming.")
    assert met.provinces == ("Lai Châu",)


def test_a_plan_that_was_carried_out_is_held(engine: Extractor) -> None:
    (fair,) = told(engine, "The fair, at first planned for June, was held from August 1 to 4 in Hekou.")
    assert (fair.status, fair.date_edtf) == ("held", "2024-08-01/2024-08-04")


@pytest.mark.parametrize(
    "text",
    [
        "Cao Bang hopes that the Ly Van – Shuolong border gate will soon be upgraded; it has asked the Government to consider it.",
        "The two sides discussed the signing of a border-gate agreement and agreed on the need to prepare it.",
    ],
)
def test_what_is_hoped_for_or_talked_about_has_not_happened(engine: Extractor, text: str) -> None:
    assert {m.event_type for m in told(engine, text)} <= {"meeting"}


def test_words_that_cross_tell_what_the_longer_says(engine: Extractor) -> None:
    (met,) = told(engine, "Lao Cai customs and Honghe customs held a working session on Friday on fruit.")
    assert (met.event_type, met.event_subtype) == ("meeting", "working_session")


def test_the_year_of_an_aim_is_not_that_of_a_day(engine: Extractor) -> None:
    first, *_ = told(
        engine, "The Prime Minister approved the plan for border gates to 2030 by a decision in force on October 1.", "2024-09-30"
    )
    assert first.date_edtf == "2024-10-01"


def test_the_gate_of_the_clause_before_is_what_a_pronoun_speaks_of(engine: Extractor) -> None:
    text = "Guangxi and Cao Bang agreed to open the Soc Giang – Pingmeng border gate; it opened on August 1."
    opened = [m for m in told(engine, text) if m.event_type == "border_gate"]
    assert [(m.date_edtf, m.border_gates) for m in opened] == [("2024-08-01", ("Sóc Giang–Pingmeng",))]


def test_the_ends_of_a_road_are_no_gates(engine: Extractor) -> None:
    (opened,) = told(engine, "The Dong Dang – Tra Linh expressway was opened to traffic on Friday.")
    assert (opened.border_gates, opened.provinces) == ((), ("Lạng Sơn", "Cao Bằng"))


def test_sums_of_half_a_year_are_no_happenings(engine: Extractor) -> None:
    assert told(engine, "In the first half of the year the province received 45 foreign delegations and signed 12 agreements.") == []


def test_those_who_met_are_those_who_signed(engine: Extractor) -> None:
    text = "On August 1 Prime Minister Pham Minh Chinh held talks with Premier Li Qiang in Hanoi. The two sides signed two memoranda."
    signed = told(engine, text)[-1]
    assert signed.event_type == "agreement"
    assert {"Phạm Minh Chính", "Li Qiang"} <= set(signed.actors)


def test_the_same_day_is_at_the_same_place(engine: Extractor) -> None:
    met = told(engine, "On August 1 the Lao president arrived in Hanoi. In the afternoon of the same day he met President To Lam.")[-1]
    assert (met.date_edtf, met.provinces) == ("2024-08-01", ("Hà Nội",))


def test_leading_a_delegation_to_an_exchange_is_no_visit_of_its_own(engine: Extractor) -> None:
    text = "The 8th border defence friendship exchange took place on August 1 in Lao Cai; the ministers led a delegation each."
    assert {m.event_type for m in told(engine, text)} == {"exchange"}


def test_a_date_with_blanks_ends_no_sentence(engine: Extractor) -> None:
    (gate,) = told(engine, "Dne 2. 8. 2024 byl hraniční přechod Tra Linh povýšen na mezinárodní.", language="cs")
    assert gate.date_edtf == "2024-08-02"


def test_a_time_beside_its_own_happening_is_not_outdone_by_a_finer_one(engine: Extractor) -> None:
    text = "On November 30, 2024 Governor Park met the mayor of Tu Son and gave thanks for the twinning signed in September."
    told_ = {m.event_type: m.date_edtf for m in told(engine, text)}
    assert told_ == {"meeting": "2024-11-30", "agreement": "2024-09"}


def test_a_finer_time_of_the_next_clause_is_not_that_of_this_one(engine: Extractor) -> None:
    text = "In 2014 the governor of Binh Duong signed an accord with Yamaguchi, and in July 2023 trainees came to the prefecture."
    assert [m.date_edtf for m in told(engine, text) if m.event_type == "agreement"] == ["2014"]


def test_what_is_to_come_by_a_day_is_dated_by_it(engine: Extractor) -> None:
    (opened,) = told(engine, "The A Pa Chai border gate is to be opened until 30 June 2025.", "2024-05-01")
    assert (opened.status, opened.date_edtf) == ("scheduled", "../2025-06-30")


def test_an_item_of_a_list_was_on_the_day_of_its_country(engine: Extractor) -> None:
    text = (
        "The exchange was held in China (August 1) and Vietnam (August 2): the ministers visited a school in Pingxiang; "
        "they visited a park in Lang Son; they planted a tree."
    )
    days = {m.provinces: m.date_edtf for m in told(engine, text) if m.event_type == "visit"}
    assert days == {("Guangxi",): "2024-08-01", ("Lạng Sơn",): "2024-08-02"}


def test_a_change_told_with_another_time_is_not_the_one_told_before(engine: Extractor) -> None:
    text = "Chi Ma border gate resumed customs clearance on August 1. It suspended all clearance in June 2021."
    changes = [(m.event_subtype, m.date_edtf, m.border_gates) for m in told(engine, text)]
    assert changes == [("resumption", "2024-08-01", ("Chi Ma–Aidian",)), ("suspension", "2021-06", ("Chi Ma–Aidian",))]


def test_what_was_held_was_not_held_on_a_day_to_come(engine: Extractor) -> None:
    text = "Minister Rossi met Minister Pham Binh Minh.\n\nA state visit of the President to Hanoi begins on August 6."
    assert [m.date_edtf for m in told(engine, text) if m.event_type == "meeting"] == [""]


def test_a_day_before_the_second_verb_of_a_korean_sentence_is_its_own(engine: Extractor) -> None:
    text = "랑선성 대표단은 난닝을 방문하고 5월 18일 협정에 서명했다."
    assert {m.event_type: m.date_edtf for m in told(engine, text, "2024-05-20", "ko")}["agreement"] == "2024-05-18"


def test_one_signing_told_twice_in_clauses_is_no_list(engine: Extractor) -> None:
    text = (
        "On August 1 Lao Cai and Yunnan signed an agreement; leaders of the two sides spoke; "
        "the signing of the agreement took place in Kunming on August 1."
    )
    document = engine.document(text, "en", "2024-08-05")
    assert len([e for e in fuse(engine.extract(document), [document], engine.knowledge).events if e.event_type == "agreement"]) == 1


def test_what_a_gate_is_to_handle_before_a_year_does_not_date_it(engine: Extractor) -> None:
    text = "Cửa khẩu Trà Lĩnh được nâng cấp thành cửa khẩu quốc tế, dự kiến kim ngạch đạt 3 tỷ USD trước năm 2030."
    assert [m.date_edtf for m in told(engine, text, language="vi")] == [""]
    text = "The Tra Linh border gate was upgraded to international class, and trade is expected to reach 3 billion dollars by 2030."
    assert [(m.status, m.date_edtf) for m in told(engine, text)] == [("held", "")]


def test_what_a_conference_looks_back_on_is_an_event_of_its_own(engine: Extractor) -> None:
    text = (
        "The summit of nine provinces was attended by Nghe An, Ha Tinh and Quang Binh. "
        "At the conference, the head of the office spoke of the results of the 22nd summit, which was held in Ha Tinh in September 2019."
    )
    document = engine.document(text, "en", "2023-08-05")
    mentions = fuse(engine.extract(document), [document], engine.knowledge).mentions
    told_now, looked_back_on = mentions[0], mentions[-1]
    assert (looked_back_on.ordinal, looked_back_on.date_edtf, looked_back_on.provinces) == (22, "2019-09", ("Hà Tĩnh",))
    assert told_now.event_id != looked_back_on.event_id


def test_the_time_of_what_was_looked_back_on_dates_nothing_else(engine: Extractor) -> None:
    held, before = told(
        engine, "At the 16th conference in Nanning on July 4, 2024, they looked back on the 15th conference, held in Cao Bang in 2023."
    )
    assert (held.ordinal, held.date_edtf, held.provinces) == (16, "2024-07-04", ("Guangxi",))
    assert (before.ordinal, before.date_edtf, before.provinces) == (15, "2023", ("Cao Bằng",))


def test_a_record_of_a_patrol_is_no_patrol(engine: Extractor) -> None:
    (signed,) = told(engine, "The border guards of Lao Cai and Yunnan signed the joint patrol record on August 4, 2024.")
    assert signed.event_type == "agreement"


def test_people_at_their_meeting_have_met(engine: Extractor) -> None:
    text = (
        "The 2nd border defence friendship exchange was held in Lao Cai on August 2. It lasted one day. "
        "At their meeting, Phung Quang Thanh and Chang Wanquan spoke of the armies."
    )
    met = told(engine, text)[-1]
    assert (met.event_type, met.actors) == ("meeting", ("Phùng Quang Thanh", "Chang Wanquan"))


def test_numbers_tell_two_happenings_apart(engine: Extractor) -> None:
    text = (
        "The two sides organised the 3rd conference of the party secretaries of Ha Giang, Lao Cai and Yunnan "
        "and the 9th meeting of the Joint Working Group in March 2023 in Ha Giang."
    )
    assert [(m.ordinal, m.date_edtf) for m in told(engine, text)] == [(3, "2023-03"), (9, "2023-03")]


def test_the_whole_has_no_day_told_behind_it(engine: Extractor) -> None:
    text = (
        "Within the framework of the second border defence friendship exchange, on 11 November, the border guards of Lang Son and Guangxi "
        "held talks in Pingxiang."
    )
    dates = {m.event_type: m.date_edtf for m in told(engine, text, "2024-11-15")}
    assert dates == {"exchange": "", "meeting": "2024-11-11"}


def test_a_year_that_opens_the_next_sentence_dates_nothing_before_it(engine: Extractor) -> None:
    text = "They visited a school in Yunnan on 12 April. In 2014, the border defence friendship exchange was held for the first time."
    assert told(engine, text, "")[0].date_edtf == "XXXX-04-12"


def test_a_term_of_office_dates_nothing(engine: Extractor) -> None:
    text = "On Tuesday the delegation of heads of missions for the 2024-2027 term worked with Quang Tri province."
    assert [m.date_edtf for m in told(engine, text, "2024-03-07")] == ["2024-03-05"]


def test_what_is_signed_at_a_conference_is_signed_where_it_is(engine: Extractor) -> None:
    text = (
        "At the seminar held in Hanoi on 3 October, the People's Committee of Cao Bang introduced the province. "
        "On this occasion, the People's Committee of Cao Bang signed a cooperation agreement with a chamber of commerce."
    )
    assert set(told(engine, text, "2024-10-05")[-1].provinces) == {"Hà Nội", "Cao Bằng"}


def test_what_was_discussed_at_an_event_is_no_event_beside_it(engine: Extractor) -> None:
    text = "On 3 October 2023 Cao Bang held a seminar in Hanoi. At the event, the delegates discussed measures to attract investment."
    assert {m.event_type for m in told(engine, text, "2023-10-05")} == {"conference"}


def test_a_text_without_its_head_still_tells_who_met(engine: Extractor) -> None:
    text = (
        "Colonel Nguyen Van An of the Hue City Border Guard was present, and from the province of Sekong, Laos, Colonel Bounmy. "
        "At the talks, the parties highly valued the results of cooperation."
    )
    (met,) = told(engine, text, "")
    assert (met.event_type, met.provinces) == ("meeting", ("Huế",))
    assert not told(engine, "Trade has grown. At the talks, the parties highly valued it.", "")
