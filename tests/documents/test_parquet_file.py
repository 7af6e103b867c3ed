"""Tables of texts in Parquet: which columns are read, and what damage costs."""

import io
from datetime import UTC, date, datetime

import pytest

from tests.file_samples import page, parquet
from timeline.documents import format_of
from timeline.documents.container import Member
from timeline.documents.extracted import Told
from timeline.documents.formats import extract_text
from timeline.documents.parquet_file import members
from timeline.errors import InputError


def read(data: bytes) -> list[Member | InputError]:
    return list(members(io.BytesIO(data), "a.parquet"))


def test_a_row_is_a_text_with_what_stands_beside_it() -> None:
    row = {"id": 7, "headline": "A gate", "datePublished": datetime(2024, 5, 6, 23, tzinfo=UTC), "lang": "en", "url": "https://n.example/1"}
    told = Told(title="A gate", published="2024-05-06", language="en", source_url="https://n.example/1")
    assert read(parquet([row | {"content": "Words."}])) == [Member("1", b"Words.", "text", told)]


@pytest.mark.parametrize("name", ["text", "Content", "body", "html", "raw_html", "正文"])
@pytest.mark.parametrize("value", ["Words.", b"Words."])
def test_the_text_is_known_by_the_name_of_its_column(name: str, value: object) -> None:
    (found,) = read(parquet([{"link": "https://n.example/1", "score": 0.5, name: value}]))
    assert isinstance(found, Member)
    assert found.data == b"Words."


def test_of_several_columns_the_first_that_has_a_text_counts() -> None:
    cells = ((page(), "Words."), (page(), None), (None, " "), (page(), "More."))
    found = read(parquet([{"html": html, "text": text} for html, text in cells]))
    assert [(one.name, one.format) for one in found if isinstance(one, Member)] == [("1", "text"), ("2", "html"), ("4", "text")]


@pytest.mark.parametrize("row", [{"url": "https://n.example/1", "title": "A gate"}, {"text": 5}, {"text": ["Words."]}])
def test_a_table_without_a_column_of_texts_says_what_to_call_it(row: dict[str, object]) -> None:
    with pytest.raises(InputError, match=rf"without a column of texts \(its columns: {next(iter(row))}.*call the column .* `text`"):
        read(parquet([row]))


def test_a_table_of_no_texts_says_so() -> None:
    with pytest.raises(InputError, match="none of its rows has a text"):
        read(parquet([{"text": ""}]))


def test_a_day_that_cannot_be_read_is_told_once() -> None:
    fault, *texts = read(parquet([{"text": "Words.", "date": "the other day"}] * 3))
    assert isinstance(fault, InputError)
    assert "'the other day' is no day" in fault.why
    assert [one.told.published for one in texts if isinstance(one, Member)] == ["", "", ""]
    (found,) = read(parquet([{"text": "Words.", "date": date(2024, 5, 6)}]))
    assert isinstance(found, Member)
    assert found.told.published == "2024-05-06"


def test_a_day_beyond_all_calendars_costs_itself() -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    times = pa.array([2**62, 1_715_000_000_000_000, None], pa.timestamp("us"))
    pq.write_table(pa.table({"text": ["Words."] * 3, "date": times}), sink)
    fault, *texts = read(sink.getvalue())
    assert isinstance(fault, InputError)
    assert [one.told.published for one in texts if isinstance(one, Member)] == ["", "2024-05-06", ""]


def test_damaged_rows_cost_their_group() -> None:
    import pyarrow.parquet as pq

    data = bytearray(parquet([{"text": f"Words {k}."} for k in range(30)], rows_of_group=10))
    column = pq.ParquetFile(io.BytesIO(data)).metadata.row_group(1).column(0)
    start = column.dictionary_page_offset or column.data_page_offset
    data[start : start + column.total_compressed_size] = b"\xff" * column.total_compressed_size
    found = read(bytes(data))
    assert [one.where for one in found if isinstance(one, InputError)] == ["a.parquet/11-20"]
    assert [one.name for one in found if isinstance(one, Member)] == [str(k) for k in (*range(1, 11), *range(21, 31))]


def one_text_in_many_rows(words: int, rows: int) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    sink = io.BytesIO()
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * rows, pa.int32()), pa.array(["x y " * words]))
    pq.write_table(pa.table({"text": texts}), sink, dictionary_pagesize_limit=1 << 30, compression="zstd", store_schema=False)
    return sink.getvalue()


def test_rows_that_unpack_to_what_no_text_does_are_not_unpacked() -> None:
    (fault,) = read(one_text_in_many_rows(2_000_000, 1_000))
    assert isinstance(fault, InputError)
    assert (fault.where, "times their size" in fault.why) == ("a.parquet/1-1000", True)


def test_a_text_that_stands_once_for_many_rows_is_read_in_each() -> None:
    assert [len(one.data) for one in read(one_text_in_many_rows(1_000, 100)) if isinstance(one, Member)] == [4_000] * 100


@pytest.mark.parametrize("cut", [5, 200])
def test_one_that_is_cut_off_says_so(cut: int) -> None:
    with pytest.raises(InputError, match="damaged or cut off"):
        read(parquet([{"text": "Words."}])[:-cut])


def test_elsewhere_than_in_a_file_of_its_own_it_is_refused() -> None:
    data = parquet([{"text": "Words."}])
    assert format_of(data, "a") == "parquet"
    with pytest.raises(InputError, match="only as a file of its own"):
        extract_text(data, "a", "a")
