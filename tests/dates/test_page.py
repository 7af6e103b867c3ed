"""What stands around a time in a passage."""

import pytest

from timeline.dates.page import SENTENCE_BREAK, NumberOrder, breaks_between

ENDS = (
    "came. Then",
    "3. Then",
    "in 2025. Then",
    "he said). Then",
    'so.")\n Then',
    "ab).\n。x",
    "one\ntwo\nthree",
    "到了。然后",
    "آیا۔ 5",
    "۔5",
    "no end, here",
)


@pytest.mark.parametrize("text", ENDS)
def test_sentences_that_end_between_two_places_are_counted(text: str) -> None:
    for low in range(len(text) + 1):
        for high in range(low, len(text) + 1):
            whole = len(SENTENCE_BREAK.findall(text, low, high))
            assert breaks_between(text, low, high, most=5) == whole
            assert breaks_between(text, low, high) == min(whole, 1)


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("from 3/9/2025 to 13/9/2025", "dmy"),
        ("on 09.13.2024", "mdy"),
        ("13/9/2025 and 9/14/2025", ""),  # both
        ("1/2/2025", ""),
        ("113/9/2025, 13/9/20251, 13/9-2025", ""),  # no dates
        ("13/9/1999.", "dmy"),
        ("9/13/2025", "mdy"),
    ],
)
def test_the_order_of_day_and_month_is_read_off_the_other_dates(text: str, order: str) -> None:
    assert NumberOrder(text).value == order
