"""Times completed by what the text tells of its own day, its year and the days before: what leans on what."""

import pytest

from timeline.pipeline import Extractor


def values(engine: Extractor, text: str, language: str = "en", published: str | None = None) -> list[str]:
    return [time.date_edtf for time in engine.find_dates(text, language, published)]


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("They met on December 28.", "2024-01-05", "2023-12-28"),  # news looks back over the turn of the year
        ("They will meet on January 10.", "2023-12-28", "2024-01-10"),  # and a little ahead
        ("They met on December 28.", None, "XXXX-12-28"),  # and never guesses
        ("They met on December 28.", "2023-12", "2023-12-28"),  # a month of publication gives the year
        ("In May 2019 they talked; on June 3 they signed.", "2025-01-01", "2019-06-03"),  # a clause before gives it
    ],
)
def test_a_year_is_completed_from_the_document(engine: Extractor, text: str, published: str | None, value: str) -> None:
    assert values(engine, text, published=published)[-1] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("War broke out on 23 December 1978. Three weeks later, on 15 January, they shelled again.", ["1978-12-23", "1979-01-15"]),
        ("On 3 March 1979 they left. At the end of April the border was quiet.", ["1979-03-03", "1979-04~"]),
        ("On 17 February 1979 they came. Wreaths are laid on 17 February.", ["1979-02-17", "XXXX-02-17"]),  # its anniversary
        ("On 12 May they caught An (born 1988, of Tra Linh).", ["XXXX-05-12", "1988"]),
        (
            "His first journey in 2018 was short. Nobody had been there. He came on 24 January. So began in 2018 what lasts.",
            ["2018", "2018-01-24", "2018"],
        ),
        ("On 1 December they marked 77 years (15 August 1945 – 15 August 2022). That day he spoke.", None),
        ("The Song (960–1279) and the Ming (1368–1644) ruled.", ["0960/1279", "1368/1644"]),
        ("In 1427, they made peace; in 1500 houses people slept.", ["1427"]),
        ("Shut since early November 2025.", ["2025-11~/.."]),
        ("1979 Feb 17: the war.", ["1979-02-17"]),
    ],
)
def test_an_undated_text_goes_on_from_what_it_told(engine: Extractor, text: str, expected: list[str] | None) -> None:
    assert values(engine, text) == (expected or ["XXXX-12-01", "1945-08-15/2022-08-15", "XXXX-12-01"])


def test_a_day_alone_is_of_the_month_told_before(engine: Extractor) -> None:
    assert values(engine, "Cửa khẩu mở ngày 14/5; đến ngày 20 hai bên gặp nhau.", "vi", "2025-06-01") == ["2025-05-14", "2025-05-20"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("The talks of Monday, 29 September, went on. On Monday, a plan was signed.", None, ["XXXX-09-29", "XXXX-09-29"]),
        ("He comes on Monday (6). On Monday, he will speak.", "2025-10-02", ["2025-10-06", "2025-10-06"]),
        ("Closed from 10 February (the first day of the New Year) to 13 February.", "2024-02-01", ["2024-02-10/2024-02-13"]),
        ("Trade rose from 4 billion in 2016 to 9 billion in 2022.", None, ["2016", "2022"]),
        ("In 2023 it rose on the previous year.", None, ["2023", "2022"]),
        ("They met on 31 January. The next day they left.", None, ["XXXX-01-31", "XXXX-02-01"]),
        ("Trade rose in March last year.", "2025-10-01", ["2024-03"]),
        ("The gates shut from 12 May 9:00 to 14 May 2025 17:00.", None, ["2025-05-12/2025-05-14"]),
        ("Founded January 18, 1950–2025, they say.", None, ["1950-01-18/2025-01-18"]),
        ("The bridge (2009) was the topic on 2 August.", None, ["2009", "XXXX-08-02"]),
        # "the same day" of a visit's days is the one told within it, else its first
        (
            "He will visit on 18-20 August 2024. The same day he will see the embassy.",
            "2024-08-17",
            ["2024-08-18/2024-08-20", "2024-08-18"],
        ),
    ],
)
def test_a_time_leans_on_what_was_told(engine: Extractor, text: str, published: str | None, expected: list[str]) -> None:
    assert [time.date_edtf for time in engine.find_dates(text, "en", published)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 14 May. Ties were set up 75 years ago (1950-2025).", "2025-05-14"),  # an anniversary ends in the year of writing
        ("The gate opened on 12 May 2024. There were many guests and much music. They met on 14 May.", "2024-05-14"),
        ("The gate opened on 12 September 2024. There were many guests and much music. They met on 14 May.", "XXXX-05-14"),  # too far
        ("They met on 14 May. By 2045 the region is to be rich.", "XXXX-05-14"),  # a target is no year of writing
        ("HANOI, 14 May (VNA) - The two sides met yesterday.", "XXXX-05-13"),
    ],
)
def test_a_text_without_a_date_of_its_own_is_dated_by_its_own_words(engine: Extractor, text: str, expected: str) -> None:
    assert expected in values(engine, text)


def test_a_year_of_publication_alone_completes_a_day(engine: Extractor) -> None:
    assert values(engine, "They met on 14 May.", published="2025") == ["2025-05-14"]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("It opened ten years ago and closed 15 days ago.", "2025-06-10", ["2015", "2025-05-26"]),
        ("Twenty-five years ago nobody came; 5-10 years ago few did.", "2025-06-10", ["2000"]),
        ("In 1967 the works began; four years later the bridge was ready.", None, ["1967", "1971"]),
        ("It closed on 3 May 2024. Two months later it was open.", "2025-09-10", ["2024-05-03", "2024-07"]),
        ("In 2021 it closed, and 41 years later it will open.", "2025-06-10", ["2021"]),  # not yet: reckoned from nothing told
        ("Exports rose last quarter.", "2025-02-10", ["2024-10/2024-12"]),
        ("In the 1970s and 1980s trade stopped; the 1990s-2000s were better.", None, ["197X", "198X", "1990/2009"]),
        ("Fewer came than in 2015, and in March none did.", "2025-09-10", ["2015", "2025-03"]),  # what is compared lends no year
        ("The gate has been open since 2001; in July it was shut.", "2025-09-10", ["2001/..", "2025-07"]),
        ("From Dec. 30, 2024, to Jan. 2, 2025, it was shut.", None, ["2024-12-30/2025-01-02"]),
        ("From 9 a.m. on 1 September to 5 p.m. on 3 September 2024 it was shut.", None, ["2024-09-01/2024-09-03"]),
        ("Bids are taken until 17:00 on 30 September.", "2025-09-10", ["../2025-09-30"]),
        ("In May, June and July 2024 it rained.", None, ["2024-05", "2024-06", "2024-07"]),
        ("It falls in the second week of July (8 to 14).", "2024-08-01", ["2024-07-08/2024-07-14"]),
        ("Friday – 12 September: the fair.", "2025-09-07", ["2025-09-12"]),
        ("1912 School opened.\n1923 Club founded.\n1931 On 28 October the hall.\n", None, ["1912", "1923", "1931", "1931-10-28"]),
        ("1954\n\n3 April: the order.\n\n1961\n\n5 May: the fair.\n", "2025-01-09", ["1954-04-03", "1961-05-05"]),
        ("Decree no. 2024-12 was read.", None, []),
        # a day of the page's last days is none of a year that another clause told long before it
        (
            "The prime minister visited Turkey in 2023, and the defence minister was in Vietnam on 10-11 September.",
            "2025-09-12",
            ["2023", "2025-09-10/2025-09-11"],
        ),
        ("In 2023, on 10 September, the two presidents met.", "2025-09-12", ["2023", "2023-09-10"]),
    ],
)
def test_what_a_story_reckons_and_compares(engine: Extractor, text: str, published: str | None, expected: list[str]) -> None:
    assert values(engine, text, published=published) == expected


@pytest.mark.parametrize(
    ("language", "text", "published", "expected"),
    [
        ("en", "In July 2024 exports rose 5% from the same month last year.", "2024-08-05", ["2024-07", "2023-07"]),
        ("en", "In the first nine months of 2017 they fell against the same period of 2016.", None, ["2017-01/2017-09", "2016-01/2016-09"]),
        ("en", "In December 2025 more came than in the same month last year.", "2026-01-10", ["2025-12", "2024-12"]),
        ("en", "Fewer came than in the same period of 2016.", None, ["2016"]),  # nothing tells which
        ("es", "En junio de 2013 cayó frente a igual mes de 2012.", None, ["2013-06", "2012-06"]),
        ("en", "Trade rose 5% from September 2016.", None, ["2016-09"]),  # compared, and not open
    ],
)
def test_the_same_part_of_another_year(engine: Extractor, language: str, text: str, published: str | None, expected: list[str]) -> None:
    assert [time.date_edtf for time in engine.find_dates(text, language, published)] == expected


def test_of_a_page_of_a_year_last_year_is_the_one_before(engine: Extractor) -> None:
    assert values(engine, "The bridge was opened in May last year.", published="2023") == ["2022-05"]


def test_since_early_a_year_up_to_now_tells_the_year_of_the_text(engine: Extractor) -> None:
    assert values(engine, "On May 1, 900 guests came. From early 2024 until now the town has been full.")[0] == "2024-05-01"
    assert values(engine, "On May 1, 900 guests came. From 2016 until now the town has been full.")[0] == "XXXX-05-01"


def test_on_saturday_is_the_day_that_a_page_of_a_known_month_goes_on_to_tell(engine: Extractor) -> None:
    text = "It closed all gates on Saturday. Fighting went on on 13 December."
    assert values(engine, text, published="2025-12") == ["2025-12-13", "2025-12-13"]
    text = "From Thursday on, trucks pass. From 21 May on, cars pass. From the same day, buses do."
    assert values(engine, text, published="2020-05")[0].startswith("2020-05-21")


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        ("It began in October (on Monday the delegation met officials).", "2024-10-25", ["2024-10", "2024-10-21"]),
        (
            "From early 2019 to now trade has grown. On 5 March the two met. Much was built in 2023.",
            None,
            ["2019/..", "XXXX-03-05", "2023"],
        ),
        ("In 2017 (1/3) of the trade went by rail.", None, ["2017"]),
        ("On 5 March 2024 it arrived; the decree, in force since 1 July 2022, was praised. The same day, they signed.", None, "2024-03-05"),
        ("On 5 March 2021 it closed. Last year trade grew. Trade in May last year grew.", "2024", ["2021-03-05", "2023", "2023-05"]),
    ],
)
def test_what_leans_on_a_text_leans_on_the_right_time(
    engine: Extractor, text: str, published: str | None, expected: list[str] | str
) -> None:
    found = values(engine, text, published=published)
    assert (found[-1] if isinstance(expected, str) else found) == expected
