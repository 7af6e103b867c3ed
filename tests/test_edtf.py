"""A time is a value with bounds and a precision, never its first day."""

from datetime import date

import edtf as reference  # the reference implementation, only to check ours
import pytest

from timeline import edtf


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2025-09-12", "2025-09-12", "2025-09-12", "day"),
        ("2024-11", "2024-11-01", "2024-11-30", "month"),
        ("2022", "2022-01-01", "2022-12-31", "year"),
        ("2023-12-19/2023-12-23", "2023-12-19", "2023-12-23", "span"),
        ("2020/2025", "2020-01-01", "2025-12-31", "period"),
        ("2016/2024-11", "2016-01-01", "2024-11-30", "span"),
        ("2025-12~", "2025-12-01", "2025-12-31", "month"),
        ("2016/..", "2016-01-01", None, "span"),
        ("../2030", None, "2030-12-31", "span"),
        ("XXXX-09-12", None, None, "day"),
        ("2025-24", "2025-12-01", "2026-02-28", "season"),
        ("", None, None, "none"),
    ],
)
def test_bounds_and_precision(text: str, start: str | None, end: str | None, precision: str) -> None:
    value = edtf.parse(text)
    days = tuple(date.fromisoformat(day) if day else None for day in (start, end))
    assert ((value.start, value.end), value.precision) == (days, precision)


NO_DAYS = ("2025-00", "2025-12-00", "2025-00-12", "XXXX-00", "XXXX-12-00", "202X-31-12", "202X-24-31", "202X-13", "2025\n", "２０２５")


@pytest.mark.parametrize("text", ["2025-13", "2025-02-30", "12/9", "2025/2020", "../..", "0000", "yesterday", "XXXX-13-01", *NO_DAYS])
def test_what_is_no_edtf_is_refused(text: str) -> None:
    with pytest.raises(edtf.EdtfError):
        edtf.parse(text)


@pytest.mark.parametrize(
    "text", ["2025-09-12", "2024-11", "2022", "2023-12-19/2023-12-23", "2020/2025", "2025-12~", "2016/..", "XXXX-09-12"]
)
def test_the_strings_are_those_of_the_standard(text: str) -> None:
    assert str(reference.parse_edtf(text)) == text


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("2025-09-12", "2025-09", True),
        ("2025-09-12", "2025-09-13", False),
        ("2020/2025", "2023-12-28", True),
        ("XXXX-09-12", "2025-09-12", True),
        ("XXXX-09-12", "2025-09-13", False),
        ("XXXX-09-12", "2025", True),
        ("XXXX-09-12", "2025-09-10/2025-09-14", True),
        ("", "2025", True),
        ("2016/..", "2015", False),
    ],
)
def test_times_that_can_be_one(left: str, right: str, same: bool) -> None:
    assert edtf.overlaps(left, right) is same
    assert edtf.overlaps(right, left) is same


def test_unknown_times_sort_last() -> None:
    assert sorted(["", "2025", "2024-05-01"], key=edtf.sort_key) == ["2024-05-01", "2025", ""]


def test_a_span_without_a_year_holds_its_days() -> None:
    assert edtf.contains("XXXX-04-16/XXXX-04-17", "XXXX-04-16")
    assert not edtf.contains("XXXX-04-16/XXXX-04-17", "XXXX-04-18")
