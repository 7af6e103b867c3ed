"""Times as they stand in a text, beyond what the language files' examples hold: forms, traps, bad input, the shape of the answer."""

from collections.abc import Callable

import pytest

from timeline import find_dates
from timeline.errors import InputError
from timeline.pipeline import Extractor


def values(engine: Extractor, text: str, language: str = "en", published: str | None = None) -> list[str]:
    return [time.date_edtf for time in engine.find_dates(text, language, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("15 đến 23/2/2024", ["2024-02-15/2024-02-23"]),
        ("từ ngày 28/7 - 2/8/2024", ["2024-07-28/2024-08-02"]),
        ("ngày 12/9/2025 và ngày 13/9/2025", ["2025-09-12", "2025-09-13"]),
        ("giai đoạn 2016-2020", ["2016/2020"]),
        ("giữa mốc 1119-1120", []),
        ("Nghị định 58/2022/NĐ-CP", []),
        ("đạt 1/3 kế hoạch", []),
        ("Việt Nam 2045", []),
    ],
)
def test_vietnamese_forms_and_traps(engine: Extractor, text: str, expected: list[str]) -> None:
    assert values(engine, text, "vi") == expected


@pytest.mark.parametrize("text", ["31/2/2025", "12/13/2025 13.13.2025", "0/0/0000", "99/99/9999", "1" * 5000, "1/" * 5000, "2025-02-30"])
def test_impossible_days_are_no_days(engine: Extractor, text: str) -> None:
    assert not [value for value in values(engine, text) if "-" in value and len(value) == 10 and value not in ("2025-12-13",)]


def test_spans_point_at_the_words() -> None:
    text = "Dateline.\n\nThe gate opened on 12 September 2025 in Cao Bang."
    row = find_dates(text, language="en").iloc[0]
    assert text[row.start : row.end] == row.text
    assert (row.date_edtf, row.date_precision, row.date_basis) == ("2025-09-12", "day", "stated")


def test_a_text_without_dates_gives_an_empty_table_of_the_same_shape() -> None:
    frame = find_dates("Nothing happened.", language="en")
    assert list(frame.columns) == ["start", "end", "text", "date_edtf", "date_precision", "date_basis", "rule"]
    assert len(frame) == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Signed on 12/08/2018; the next round is due on 25/08/2018.", "2018-08-12"),  # the other date tells the order
        ("Signed on 12/08/2018; the next round is due on 08/25/2018.", "2018-12-08"),
        ("Signed on 09/20/2024.", "2024-09-20"),  # no other order gives a day
    ],
)
def test_the_order_of_a_numeric_date_is_read_off_the_text(engine: Extractor, text: str, value: str) -> None:
    assert values(engine, text)[0] == value


def test_an_order_that_nothing_tells_is_said_to_be_assumed(engine: Extractor) -> None:
    (open_one,) = engine.find_dates("Signed on 12/08/2018.", "en")
    (told,) = engine.find_dates("Signed on 12/08/2018.", "en", "2018-08-13")
    assert (open_one.date_edtf, open_one.rule) == ("2018-08-12", "numeric:dmy-assumed")
    assert (told.date_edtf, told.rule) == ("2018-08-12", "numeric:dmy")


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("da", "Delegationen mødtes den 12. september 2025.", "2025-09-12"),
        ("fi", "Kokous pidettiin 12. syyskuuta 2025.", "2025-09-12"),
        ("sk", "Delegácie sa stretli 12. septembra 2025.", "2025-09-12"),
        ("ta", "12 செப்டம்பர், 2025", "2025-09-12"),
        ("hr", "Sastanak je održan 12.9.2025.", "2025-09-12"),
    ],
)
def test_a_language_without_a_file_has_the_dates_that_cldr_knows(engine: Extractor, language: str, text: str, value: str) -> None:
    assert values(engine, text, language) == [value]


def test_a_code_that_nobody_knows_is_refused(engine: Extractor) -> None:
    with pytest.raises(InputError, match="qq"):
        engine.find_dates("12/9/2025", "qq")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("They met on Thursday, 11 September 2025.", None, ["2025-09-11"]),  # one day, not two
        ("They met last September.", "2025-03-01", ["2024-09"]),
        ("From January to March 2024 it was closed.", None, ["2024-01/2024-03"]),
        ("Trade grew in the first quarter of 2023.", None, ["2023-01/2023-03"]),
        ("Meet Korea 2025 opens on 14 May in Hanoi.", None, ["2025-05-14"]),  # the year of the name
    ],
)
def test_what_belongs_together_is_one_time(engine: Extractor, text: str, published: str | None, expected: list[str]) -> None:
    assert values(engine, text, published=published) == expected


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("vi", "Tuần tra từ mốc 1116 đến 1120, giữa mốc 1119-1120 và mốc 1088.", None, []),  # markers, not years
        ("ko", "합격자는 3월 26일부터 12월 31일까지 근무한다.", "2012-03-05", ["2012-03-26/2012-12-31"]),  # begins soon
        ("en", "Shut from 27 to 30 January and 10 to 14 February.", "2013-11-01", ["2014-01-27/2014-01-30", "2014-02-10/2014-02-14"]),
        ("zh", "3月19日上午6:00—3月20日上午6:00停水。", "2019-03-10", ["2019-03-19/2019-03-20"]),
        ("ru", "Москва. 20 октября. АГЕНТСТВО - Президент в воскресенье встретил гостя.", None, ["XXXX-10-20", "XXXX-10-20"]),
        ("hu", "Hétfőtől szerdáig tart.", "2025-03-07", ["2025-03-10/2025-03-12"]),
        (
            "vi",
            "nghỉ Tết từ thứ Hai, ngày 16/1/2023 (25, tháng Chạp, năm Nhâm Dần) đến hết ngày 28/1/2023",
            "2022-12-16",
            ["2023-01-16/2023-01-28"],
        ),
        ("ms", "Guru besar: A (1979 hingga 30.06.1984), B (20.01.2001 hingga 2004).", None, ["1979/1984-06-30", "2001-01-20/2004"]),
        ("es", "Publicado junio 6th, 2017.", None, ["2017-06-06"]),
        ("ru", "сообщает  во  вторник  служба", "2022-04-12", ["2022-04-12"]),  # justified lines
        ("fr", "Le pont fermera à partir de mercredi.", "2024-10-08", ["2024-10-09/.."]),
        ("en", "Two roads (since 1992), (1995).", None, ["1992/..", "1995"]),
        ("ja", "4/8(木)に結団式に出席しました。", "2004-04-16", ["2004-04-08"]),
        ("uk", "А. Коваль (01.1995 р. - 10.1999 р.)", None, ["1995-01/1999-10"]),
        ("en", "In 2019 it closed. A year later it opened.", "2025-03-04", ["2019", "2020"]),
        ("en", "It is shut until 30 June, and was until 30 November.", "2025-03-04", ["../2025-06-30", "../2024-11-30"]),
        ("en", "Built in 1731, burnt in 1812 and in 1944, it was 1953 before they came back.", None, ["1731", "1812", "1944", "1953"]),
    ],
)
def test_forms_that_real_pages_hold(engine: Extractor, language: str, text: str, published: str | None, expected: list[str]) -> None:
    assert values(engine, text, language, published) == expected


def test_what_no_sentence_ends_is_read_no_further_than_somebody_may_write(engine: Extractor) -> None:
    runaway = "on 1 May, " * 10_000
    found = engine.find_dates(f"They met on 12 May 2025.\n{runaway}\nThey left on 13 May 2025.", "en")
    assert (found[0].date_edtf, found[-1].date_edtf) == ("2025-05-12", "2025-05-13")
    assert 1_000 < len(found) < 3_000


@pytest.mark.parametrize("cut", [" ", "\n"])
def test_a_line_break_changes_nothing(engine: Extractor, cut: str) -> None:
    text = f"The talks ran from{cut}12{cut}to{cut}15{cut}September{cut}2025."
    assert values(engine, text) == ["2025-09-12/2025-09-15"]


def test_marks_of_direction_change_nothing(engine: Extractor) -> None:
    assert values(engine, "\u200fSigned on \u200e12\u200f September\u202c 2025.") == ["2025-09-12"]


@pytest.mark.parametrize(("language", "text"), [("vi", "Kim ngạch quý II, III/2024 tăng."), ("de", "Im 2. und 3. Quartal 2024 stieg er.")])
def test_quarters_share_their_noun(engine: Extractor, language: str, text: str) -> None:
    assert [time.date_edtf for time in engine.find_dates(text, language)] == ["2024-04/2024-09"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1979年前这里没有路，十年前才修通。", ["1979", "2015"]),  # before a year, and years ago
        ("第58/1994号议定生效。2024年第三季度出口增长。", ["2024-07/2024-09"]),
        ("第三季度恢复通关。", ["2025-07/2025-09"]),
        ("口岸恢复通关。", []),
    ],
)
def test_chinese_numbers_are_read_beside_their_words(engine: Extractor, text: str, expected: list[str]) -> None:
    assert values(engine, text, "zh", "2025-06-10") == expected


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("On 3 May 2012", ["2012-05-03", "2012-05-19"]),
        ("From 2011 to March 2012", ["2011/2012-03"]),  # begins with a year, which has no month
        ("In spring 2012", ["2012-21"]),
    ],
)
def test_this_month_of_an_undated_text_is_that_of_the_time_told_first(engine: Extractor, first: str, expected: list[str]) -> None:
    assert values(engine, f"{first} the gate was rebuilt. It opened on the 19th of this month.", "en", None) == expected


@pytest.mark.parametrize("write", [str, str.upper])
def test_a_caption_left_in_vietnamese_is_read_as_such(engine: Extractor, write: Callable[[str], str]) -> None:
    text = f"Obě strany jednaly o přechodu.\n{write('Sáng 12/9, lễ công bố nâng cấp cửa khẩu đã diễn ra tại thị trấn biên giới.')}"
    assert [time.date_edtf for time in engine.find_dates(text, "cs", "2025-09-20")] == ["2025-09-12"]


def test_a_date_alone_in_a_line_is_japanese_in_a_japanese_text(engine: Extractor) -> None:
    assert [time.date_edtf for time in engine.find_dates("令和元年7月31日\n両国の代表が会談しました。", "ja")] == ["2019-07-31"]


def test_idioms_that_hold_a_time_are_none(engine: Extractor) -> None:
    assert values(engine, "Până la 15 mai multe camioane au trecut.", "ro", "2025-06-01") == []


def test_the_same_day_of_a_span_that_no_day_begins_is_its_last(engine: Extractor) -> None:
    text = "From December 2023 to 15 January 2024 it was closed. It opened the same day."
    assert values(engine, text) == ["2023-12/2024-01-15", "2024-01-15"]


def test_a_text_of_any_length_is_read_to_its_end(engine: Extractor) -> None:
    line = "The gate opened on 12 September 2025 and that was all. "
    times = engine.find_dates(line * 8000, "en")
    assert len(times) == 8000
    assert all((line * 8000)[time.start : time.end] == time.text == "12 September 2025" for time in times)


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("en", "On 5 June the fair will open in Hanoi.", "2025-03-04", ["2025-06-05"]),
        ("en", "On 5 November the minister said that prices rose.", "2025-03-04", ["2024-11-05"]),
        ("en", "The fair is expected to open in late November.", "2025-01-01", ["2025-11~"]),
        ("de", "Die Regatta, die am Samstag und Sonntag stattfand", "2017-09-25", ["2017-09-23", "2017-09-24"]),
        ("zh", "活动将于12月3日举行。局长14日表示", "2018-11-15", ["2018-12-03", "2018-11-14"]),
        ("de", "Im Winter 2023/24 fror der Fluss zu.", None, ["2023-24"]),
        ("vi", "Hội chợ (28/11-3/12) và phiên họp (6/2016)", "2025-03-04", ["2024-11-28/2024-12-03", "2016-06"]),
        ("vi", "Tỷ lệ 1/2-3/4 và điểm 5.5-7.2", "2025-03-04", []),
        ("hu", "Kína az első partner 2020-tól.", "2021-04-10", ["2020/.."]),
        ("pl", "Kontynuacja sporu do 1989\nod 1989 pojazdów", None, ["../1989"]),
        ("cs", "(1979-03) a 2011-12", None, ["1979-03"]),
        ("en", "The plan for 2023/24 was kept.", None, ["2023/2024"]),
        ("zh", "去年秋天签署，明年夏季完工。", "2025-03-04", ["2024-23", "2026-22"]),
        ("id", "pada musim gugur tahun lalu", "2025-11-14", ["2024-23"]),
        ("ko", "지난해 가을 서명했다.", "2025-03-04", ["2024-23"]),
        ("en", "Prices fall last year as this.", "2025-03-04", ["2024"]),
        # a word that looks ahead belongs to the weekday beside it, unless a list goes on
        ("en", "A meeting planned for Saturday was cancelled on Monday.", "2025-03-04", ["2025-03-08", "2025-03-03"]),
        ("en", "He will be in Hanoi on Friday and in Beijing on Sunday.", "2025-03-04", ["2025-03-07", "2025-03-09"]),
        ("de", "Der Sprecher sagte am Sonntag, China werde am Freitag zahlen.", "2025-03-04", ["2025-03-02", "2025-03-07"]),
        ("zh", "局长周一表示，桥将于周五通车。", "2025-03-04", ["2025-03-03", "2025-03-07"]),
        ("ru", "В пятницу глава города прибудет в Ханой.", "2025-03-04", ["2025-03-07"]),
        ("de", "Seit Montag wird die Straße gesperrt.", "2025-03-04", ["2025-03-03/.."]),
        ("en", "Since January trains have run.", "2025-11-20", ["2025-01/.."]),
        ("en", "The fair, held from Wednesday to Friday last week, is over.", "2025-03-04", ["2025-02-26/2025-02-28"]),
        ("fr", "La foire se tenait mercredi la semaine dernière.", "2025-03-04", ["2025-02-26"]),
        ("en", "At the weekend they met.", "2025-03-04", ["2025-03-01/2025-03-02"]),
        ("en", "At the weekend they will meet.", "2025-03-04", ["2025-03-08/2025-03-09"]),
        ("en", "The king will visit Laos in the autumn.", "2025-06-10", ["2025-23"]),
        ("en", "The king likes Laos in the autumn.", "2025-06-10", []),
        ("en", "In the autumn of last year it closed.", "2025-06-10", ["2024-23"]),
        (
            "en",
            "Today (10 May) the gate is open. Yesterday 33 cars passed; on Monday it rained.",
            "2022-05",
            ["2022-05-10", "2022-05-09", "2022-05-09"],
        ),
        ("tl", "Hinihintay ng mga tao noong Lunes ang resulta.", "2025-03-04", ["2025-03-03"]),
        ("th", "การประชุมที่จะจัดในวันเสาร์ถูกยกเลิกเมื่อวันจันทร์", "2025-03-04", ["2025-03-08", "2025-03-03"]),
        ("ko", "25일 통신은 전날 밝혔다. 그는 전날 왔다.", "2025-06-25", ["2025-06-25", "2025-06-24", "2025-06-24"]),
        ("ko", "3일 전 열차가 왔다.", "2025-06-10", ["2025-06-07"]),
        ("en", "Vietnam will open the gate, Minister Tran Hieu said on Tuesday.", "2024-05-05", ["2024-04-30"]),
        ("en", "Mr Nam will open the bridge with the mayor, Li Na, on Friday.", "2024-05-05", ["2024-05-10"]),
        ("pt", "A viagem termina no domingo (30), marcando uma etapa.", "2025-03-28", ["2025-03-30"]),
        ("vi", "Thứ 4, 18/12/2019 | 16:31:00", None, ["2019-12-18"]),
        ("ko", "2020/2021년 겨울", "2025-06-10", ["2020-24"]),
        ("zh", "2024年4月、5月和2023年6月", "2025-06-10", ["2024-04", "2024-05", "2023-06"]),
        ("ms", "KUALA LUMPUR 12 Mei - Menteri itu berkata pada Isnin", None, ["XXXX-05-12", "XXXX-05-12"]),
        ("no", "Han rodde i august 2020; hun rodde i mai i fjor, og i juli hvilte de.", "2024-02-07", ["2020-08", "2023-05", "2023-07"]),
    ],
)
def test_what_a_clause_says_of_its_time(engine: Extractor, language: str, text: str, published: str | None, expected: list[str]) -> None:
    assert [time.date_edtf for time in engine.find_dates(text, language, published)] == expected


def test_romanian_is_not_taken_for_vietnamese(engine: Extractor) -> None:
    times = engine.find_dates(
        "Delegația a sosit în țară duminică, după o zi de așteptare\nDelegația a părăsit Lao Cai duminică", "ro", "2025-03-04"
    )
    assert [time.date_edtf for time in times] == ["2025-03-02", "2025-03-02"]


def test_a_line_of_mere_figures_tells_no_day(engine: Extractor) -> None:
    table = "12/9/2025 (3/4) 55,1; " * 30
    times = engine.find_dates(f"The fair opens on 12/9/2025.\n{table}\nIt closes on 15/9/2025.", "en")
    assert [time.date_edtf for time in times] == ["2025-09-12", "2025-09-15"]
    assert len(engine.find_dates("Open on 12/9/2025, 13/9/2025, 15/9/2025, 20/9/2025", "en")) == 4


def test_days_at_the_end_of_a_long_list_of_figures_are_read(engine: Extractor) -> None:
    rooms = ", ".join(map(str, range(1, 30)))
    times = engine.find_dates(f"Rooms {rooms} and 30 May 2024 are free. On 3, 4 and 5 June 2024 they are not.", "en")
    assert [time.date_edtf for time in times] == ["2024-05-25/2024-05-30", "2024-06-03/2024-06-05"]


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("ko", "6월 수출이 전년 수준에 그쳤다.", "2025-07-16", ["2025-06", "2024"]),  # its year would stand before the month
        ("ko", "장관이 베를린에서 열리는 회의에 가려고 9일 오전 출국하고 있다.", "2020-09-17", ["2020-09-09"]),
        ("de", "Ab Juni soll wieder gebaut werden.", "2020-05-16", ["2020-06/.."]),
        ("uk", "Школу відкрили 22 (10) жовтня 1853 року.", None, ["1853-10-22"]),
        ("ar", "تأسست المدرسة عام 1344هـ.", None, ["1925-07-23/1926-07-10"]),
        ("th", "เขารับราชการระหว่างปี 2485 – 2488", None, ["1942/1945"]),
        ("ru", "В 60-х и 70-х годах строили, в 1712–1715 годах тоже.", None, ["196X", "197X", "1712/1715"]),
        ("ur", "مالی سال 20-2019 میں کام ہوا۔", None, ["2019/2020"]),
        ("pl", "Goście mówią, że mają bilety.", "2024-06-22", []),
        ("el", "Το φεστιβάλ βιβλίου (14-17.04) στην Καβάλα.", "2025-06-10", ["2025-04-14/2025-04-17"]),
        ("en", "It rose (2.5) and fell.", "2025-06-10", []),
        # a weekday of a page of which only the month is known, by the days that it tells
        ("fr", "La foire a ouvert ses portes jeudi ; elle dure du 12 au 15 mai.", "2022-05", ["2022-05-12", "2022-05-12/2022-05-15"]),
        # a day alone beside the month told last, but of the page's own
        (
            "ko",
            "시장은 지난달 21일 문을 닫았던 시장이 새 건물에서 9일 다시 문을 연다고 8일 말했다.",
            "2021-03-08",
            ["2021-02-21", "2021-03-09", "2021-03-08"],
        ),
        ("en", "It rose (3-5.6) and fell (10-12.5) in version (1-2.3).", "2025-06-10", []),
        ("fr", "Vu le 3 déc. 2024 et le 3 févr. 2024.", None, ["2024-12-03", "2024-02-03"]),
        ("hu", "2024. júl. 3., 2024. márc. 3.", None, ["2024-07-03", "2024-03-03"]),
        # a story of an older month, or of one to come, goes on in it
        ("zh", "3月12日,两省举行会谈。15日,双方会晤。20日,代表团回国。", "2025-06-20", ["2025-03-12", "2025-03-15", "2025-03-20"]),
        ("ko", "두 나라는 7월 18일 회담을 연다. 20일에는 협정을 체결할 예정이다.", "2025-06-19", ["2025-07-18", "2025-07-20"]),
        ("en", "In 2014, after years of long and difficult talks, they signed it on 18 June.", "2025-06-20", ["2014", "2014-06-18"]),
        ("en", "The talks of 3-5 May 2019 were recalled. On Friday he met them.", "2025-06", ["2019-05-03/2019-05-05"]),
        ("en", "They met on Tuesday. The fair runs from 8 to 10 January 2022.", None, ["2022-01-08/2022-01-10"]),
    ],
)
def test_what_a_language_does_otherwise(engine: Extractor, language: str, text: str, published: str | None, expected: list[str]) -> None:
    assert [time.date_edtf for time in engine.find_dates(text, language, published)] == expected


@pytest.mark.parametrize("language", ["hu", "de", "vi", "tr"])
def test_the_day_of_an_english_caption_counts_in_every_language(engine: Extractor, language: str) -> None:
    assert values(engine, "(Photo taken on March 9, 2021, Reuters)", language) == ["2021-03-09"]


def test_a_weekday_in_brackets_is_of_the_day_before_it(engine: Extractor) -> None:
    assert values(engine, "2018년 5월 20일(일요일)부터 5월 23일(수요일)까지 방문했다.", "ko") == ["2018-05-20/2018-05-23"]
