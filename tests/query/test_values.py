import numpy as np
import pyarrow as pa

from timeline.query.values import NO_DAY, codes_of, days_of


def pairs(column: pa.ChunkedArray, **translated: list[str]) -> list[tuple[int, str]]:
    found = codes_of(column)
    if translated:
        found = found.translated(lambda name: translated.get(name, []))
    return [(row, found.names[code]) for row, code in zip(found.rows.tolist(), found.codes.tolist(), strict=True)]


TEXTS = pa.chunked_array([["b", ""], ["a", "b"]])
LISTS = pa.chunked_array([[["x", "y"], []], [["y"], ["z"]]], pa.list_(pa.string()))


def test_values_stand_by_their_rows_and_an_empty_text_is_none() -> None:
    assert pairs(TEXTS) == [(0, "b"), (2, "a"), (3, "b")]
    assert codes_of(TEXTS).names == ["b", "a"]
    assert pairs(LISTS) == [(0, "x"), (0, "y"), (2, "y"), (3, "z")]


def test_a_part_of_a_column_counts_its_own_rows() -> None:
    assert pairs(LISTS.slice(2)) == [(0, "y"), (1, "z")]


def test_values_are_replaced_by_any_number_of_others_none_twice() -> None:
    assert pairs(LISTS, x=["p", "q"], y=["q"]) == [(0, "p"), (0, "q"), (2, "q")]
    assert pairs(LISTS, w=["p"]) == []


def test_no_rows() -> None:
    assert pairs(pa.chunked_array([], pa.list_(pa.string()))) == []
    assert pairs(pa.chunked_array([], pa.string()), x=["p"]) == []


def test_days_are_counted_from_1970_as_far_as_a_day_can_lie() -> None:
    days = days_of(pa.chunked_array([["1970-01-02", "", "0001-01-01", "9999-12-31"]]))
    assert days.tolist() == [1, NO_DAY, *np.array(["0001-01-01", "9999-12-31"], dtype="datetime64[D]").astype(np.int64)]
