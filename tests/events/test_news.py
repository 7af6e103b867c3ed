"""What a page looks back on, told apart from its news; what its sentences tell apart, or together."""

import pytest

from timeline.errors import InputError
from timeline.model import Mention
from timeline.pipeline import Extractor


def told(engine: Extractor, text: str, published: str = "2025-06-20", language: str = "en") -> list[Mention]:
    return engine.extract(engine.document(text, language, published))


def test_an_old_day_is_not_the_day_of_the_news(engine: Extractor) -> None:
    meeting, agreement = told(
        engine,
        "The chairman of Cao Bang met the mayor of Baise on customs.\n\nOn March 22, 2019, Guangxi and Cao Bang signed an accord.",
    )
    assert (meeting.date_edtf, agreement.date_edtf) == ("", "2019-03-22")


def test_the_day_of_a_document_spoken_of_is_not_lent_back_where_the_page_has_none(engine: Extractor) -> None:
    patrol, agreement = told(
        engine,
        "The guards of Ha Giang and Yunnan patrolled eight markers together.\n\nThe two ministries signed the agreement on May 12, 2017.",
        published="",
    )
    assert (patrol.date_edtf, agreement.date_edtf) == ("", "2017-05-12")


def test_a_later_sentence_gives_an_exchange_its_days_and_places(engine: Extractor) -> None:
    exchange, again = told(
        engine,
        "The ninth border defence friendship exchange has ended. The exchange took place on April 16-17 in Lang Son and Guangxi.",
        published="2025-04-20",
    )
    assert exchange.date_edtf == "2025-04-16/2025-04-17"
    assert exchange.provinces == ("Lạng Sơn", "Guangxi")
    assert again.refers_to == exchange.mention_id


def test_a_meeting_to_come_keeps_its_month(engine: Extractor) -> None:
    (meeting,) = told(engine, "The meeting will take place in October 2026 in Cao Bang.")
    assert (meeting.date_edtf, meeting.status) == ("2026-10", "scheduled")


def test_each_clause_has_its_own_year(engine: Extractor) -> None:
    upgrade, route = told(
        engine,
        "Thanh Thuy border gate was upgraded to an international one in 2014, and in May 2025 a tourist route was opened.",
    )
    assert (upgrade.event_subtype, upgrade.date_edtf) == ("upgrade", "2014")
    assert (route.event_subtype, route.date_edtf) == ("route", "2025-05")


def test_a_gate_closed_in_a_year_and_opened_on_a_day(engine: Extractor) -> None:
    closed, opened = told(engine, "Huu Nghi border gate was closed in 2020 and reopened on 8 January 2023.")
    assert (closed.event_subtype, closed.date_edtf) == ("suspension", "2020")
    assert (opened.event_subtype, opened.date_edtf) == ("resumption", "2023-01-08")


def test_it_was_opened_is_said_of_the_gate_of_the_sentence_before(engine: Extractor) -> None:
    _, opened = told(engine, "Chi Ma border gate was closed on 3 June. It was reopened on the morning of 7 June.")
    assert (opened.event_subtype, opened.border_gates, opened.date_edtf) == ("resumption", ("Chi Ma–Aidian",), "2025-06-07")


def test_a_school_opened_is_no_gate(engine: Extractor) -> None:
    told_here = told(engine, "Chi Ma border gate was closed on 3 June. A new school was opened in Lang Son on 7 June.")
    assert [m.event_subtype for m in told_here] == ["suspension"]


def test_an_inauguration_attended_is_told_beside_the_talks(engine: Extractor) -> None:
    rite, met = told(
        engine,
        "On 3 June the chairman of Cao Bang attended the inauguration ceremony of a house and met the ambassador of Japan.",
    )
    assert (rite.event_type, met.event_type) == ("ceremony", "meeting")


def test_a_fair_lasts_until_the_day_told_behind_its_opening(engine: Extractor) -> None:
    (fair,) = told(engine, "The trade fair opened in Lao Cai on 15 June and will last until 20 June.")
    assert fair.date_edtf == "2025-06-15/2025-06-20"


def test_those_who_came_are_no_number_of_exchanges(engine: Extractor) -> None:
    (exchange,) = told(engine, "45 sinh viên Quảng Tây đến Lạng Sơn giao lưu văn hóa từ ngày 8 đến 10/6.", language="vi")
    assert exchange.date_edtf == "2025-06-08/2025-06-10"


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("6月10日,高平省与百色市代表团在茶岭举行会谈,并签署了合作协议。", ["meeting", "agreement"]),
        ("6月1日起,谅山省暂停经新清口岸出口水果,预计6月15日恢复通关。", ["border_gate", "border_gate"]),
    ],
)
def test_clauses_of_chinese_are_parted_by_the_latin_comma_too(engine: Extractor, text: str, types: list[str]) -> None:
    assert [m.event_type for m in told(engine, text, language="zh")] == types


def test_a_clause_of_japanese_ends_with_the_verb_that_goes_on(engine: Extractor) -> None:
    text = "ハザン省の省長は6月2~5日に中国を訪問し、雲南省と貿易に関する覚書を締結し、企業関係者らと意見交換を行った。"
    assert [m.event_type for m in told(engine, text, language="ja")] == ["visit", "agreement", "meeting"]


def test_the_items_of_a_list_were_done_when_its_head_says(engine: Extractor) -> None:
    text = "On 1 June the Lai Chau delegation carried out: a meeting with the governor of Yunnan; a conference on tourism in Kunming."
    assert [(m.event_type, m.date_edtf) for m in told(engine, text)] == [("meeting", "2025-06-01"), ("conference", "2025-06-01")]


def test_a_gate_lies_in_the_province_that_its_own_was_merged_into(engine: Extractor) -> None:
    (talks,) = told(
        engine, "The Tuyen Quang border guard held talks with Yunnan at Thanh Thuy border gate on 2 December.", published="2025-12-05"
    )
    assert talks.provinces == ("Tuyên Quang", "Yunnan")


def test_traffic_that_stops_is_not_cancelled(engine: Extractor) -> None:
    text = "Myndigheten meddelade att varutrafiken vid gränsövergången Huu Nghi ställs in tillfälligt den 22 juni."
    (stop,) = told(engine, text, language="sv")
    assert (stop.event_subtype, stop.status) == ("suspension", "scheduled")


def test_each_year_of_a_list_is_a_visit_of_its_own(engine: Extractor) -> None:
    visits = told(engine, "Xi Jinping visited Hanoi in 2015, 2017 and 2023.")
    assert [m.date_edtf for m in visits] == ["2015", "2017", "2023"]
    assert len({m.mention_id for m in visits}) == 3


def test_the_event_is_the_one_just_told(engine: Extractor) -> None:
    text = "The ninth border defence friendship exchange has ended. The event took place on April 16-17 in Lang Son and Guangxi."
    exchange, _ = told(engine, text, published="2025-04-20")
    assert (exchange.date_edtf, exchange.provinces) == ("2025-04-16/2025-04-17", ("Lạng Sơn", "Guangxi"))


def test_what_the_next_sentence_suspends_are_the_gates_of_the_one_before(engine: Extractor) -> None:
    text = "Traders wait at the Coc Nam and Chi Ma border gates. From 10 to 12 June it is suspended."
    (rest,) = told(engine, text, published="2025-06-05")
    assert (rest.border_gates, rest.date_edtf) == (("Cốc Nam–Nongyao", "Chi Ma–Aidian"), "2025-06-10/2025-06-12")


def test_an_anniversary_is_the_time_of_nothing(engine: Extractor) -> None:
    text = "Visitors will mark ten years of friendship (20 October 2015–2025).\n\nMong Cai and Dongxing signed an agreement on tourism."
    assert "2015-10-20/2025-10-20" not in {m.date_edtf for m in told(engine, text)}


def test_talks_in_beijing_were_in_beijing_and_a_gate_that_it_closed_was_not(engine: Extractor) -> None:
    (talks,) = told(engine, "On 19 June To Lam held talks with Xi Jinping in Beijing.")
    (gate,) = told(engine, "On 3 June Beijing closed the Ta Lung border gate.")
    assert talks.provinces == ("Beijing",)
    assert "Beijing" not in gate.provinces


@pytest.mark.parametrize(
    "text",
    [
        "Chi Ma border gate was closed on 3 June. Opened on 7 June, the school has 20 rooms.",
        "Chi Ma border gate was closed on 3 June. On 7 June trains from Hanoi were suspended.",
        "Chi Ma border gate was closed on 3 June. It opened on 7 June a new office in Hanoi.",
    ],
)
def test_what_names_something_else_is_no_change_of_the_gate_before(engine: Extractor, text: str) -> None:
    assert [m.date_edtf for m in told(engine, text) if m.event_type == "border_gate"] == ["2025-06-03"]


def test_another_change_of_a_gate_has_another_time(engine: Extractor) -> None:
    _, closed = told(engine, "Huu Nghi and Chi Ma border gates reopened on 3 June. Chi Ma border gate was closed during Covid.")
    assert (closed.event_subtype, closed.date_edtf) == ("suspension", "")


@pytest.mark.parametrize(
    "text",
    [
        "Xi Jinping visited Hanoi on 12 June and the visa exemption is valid until 30 June.",
        "Lang Son visited Guangxi on 12 June to extend the agreement until 31 December 2030.",
    ],
)
def test_a_visit_does_not_last_as_long_as_a_document(engine: Extractor, text: str) -> None:
    assert told(engine, text)[0].date_edtf == "2025-06-12"


def test_the_years_that_talks_were_about_are_no_talks(engine: Extractor) -> None:
    assert len(told(engine, "Lạng Sơn và Quảng Tây hội đàm đánh giá kết quả hợp tác năm 2023, 2024.", language="vi")) == 1


def test_a_clause_that_tells_nothing_leaves_the_others_their_years(engine: Extractor) -> None:
    signed, met = told(engine, "Cao Bang and Guangxi signed an accord in 2019, held talks in 2022, and trade grew in May 2024.")
    assert (signed.date_edtf, met.date_edtf) == ("2019", "2022")


def test_a_fresh_day_is_that_of_the_news_before_it(engine: Extractor) -> None:
    met, _ = told(engine, "The chairman of Cao Bang met the mayor of Baise.\n\nOn 12 June, Guangxi and Cao Bang signed an accord.")
    assert met.date_edtf == "2025-06-12"


def test_a_moment_is_taken_for_its_day(engine: Extractor) -> None:
    (met,) = told(engine, "Lang Son and Guangxi held talks on Thursday.", published="2025-06-20T10:00")
    assert met.date_edtf == "2025-06-19"


@pytest.mark.parametrize("published", ["2025-06-31", "June 2025"])
def test_a_day_that_is_none_is_refused(engine: Extractor, published: str) -> None:
    with pytest.raises(InputError, match="write it as 2025-09-12"):
        told(engine, "Lang Son and Guangxi held talks.", published=published)


def test_nobody_named_is_nobody_met(engine: Extractor) -> None:
    assert told(engine, "The company held a meeting on 3 June.") == []


def test_what_passes_a_gate_lends_it_no_province(engine: Extractor) -> None:
    (gate,) = told(engine, "Fruits from Guangdong and Zhejiang passed the Huu Nghi border gate, which was reopened on 2 June.")
    assert gate.provinces == ("Lạng Sơn", "Guangxi")
