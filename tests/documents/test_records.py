"""Tables and JSON of texts: what a row tells, how it is named, and what a wrong one costs."""

import json
from pathlib import Path

import pytest

from tests.file_samples import STORY, json_lines, packed, sheet, table
from tests.in_time import in_time
from timeline.documents import container, json_file, table_file
from timeline.documents.container import Member
from timeline.documents.extracted import Told
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError
from timeline.pipeline import Extractor


def read(data: bytes, name: str) -> list[Member | InputError]:
    return list(unpacked(data, name, name))


def told(data: bytes, name: str) -> list[str]:
    """Name and words of each text; of each fault where it is and what is wrong."""
    return [f"{one.name}: {one.data.decode()}" if isinstance(one, Member) else f"! {one.where}: {one.why}" for one in read(data, name)]


ROW = {
    "id": "a-1",
    "headline": "The title",
    "articleBody": "The text.",
    "date_published": "6/5/2024 07:00",
    "language": "Vietnamese",
    "source_url": "https://news.example/1",
    "source": "A Newspaper",
}
SAID = Told(title="The title", publisher="A Newspaper", published="2024-05-06", source_url="https://news.example/1", language="vi")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (json_lines(ROW), "a.jsonl"),
        (json.dumps([ROW], indent=1).encode(), "a.json"),
        (json.dumps({"status": "ok", "articles": [ROW]}).encode(), "a.json"),
        (table([list(ROW), list(ROW.values())]), "a.csv"),
        (table([list(ROW), list(ROW.values())], ";").decode().encode("utf-16"), "a.csv"),
        (table([list(ROW), list(ROW.values())], "\t"), "a.tsv"),
        (sheet([list(ROW), list(ROW.values())]), "a.xlsx"),
    ],
)
def test_what_stands_beside_a_text_is_told_of_it(data: bytes, name: str) -> None:
    assert read(data, name) == [Member("a-1", b"The text.", "text", SAID)]


def test_columns_may_be_called_in_vietnamese_and_chinese() -> None:
    (found,) = read(table([("Tiêu đề", "Nội dung", "Ngày đăng", "Nguồn"), ("T", "Lời.", "6/5/2024", "Báo A")]), "a.csv")
    assert found == Member("2", "Lời.".encode(), "text", Told(title="T", publisher="Báo A", published="2024-05-06"))
    (found,) = read(table([("标题", "正文", "链接"), ("题", "文。", "https://news.example/1")]), "a.csv")
    assert found == Member("2", "文。".encode(), "text", Told(title="题", source_url="https://news.example/1"))


def test_values_of_json_are_read_as_what_they_mean() -> None:
    (found,) = read(
        json_lines({"text": ["One.", "Two."], "publisher": {"name": "A"}, "date": 1714953600, "title": None, "more": True}), "a"
    )
    assert found == Member("1", b"One.\nTwo.", "text", Told(publisher="A", published="2024-05-06"))


def test_a_row_is_named_by_its_own_id_if_that_may_name_a_file_and_by_its_number_else() -> None:
    ids = ("x", "x", "../y", "a/b", "", "3", "3")
    assert [one.name for one in read(json_lines(*({"id": own, "text": "t"} for own in ids)), "a") if isinstance(one, Member)] == [
        *("x", "2", "3", "4", "5", "6", "7")
    ]


def test_words_with_marks_of_pages_are_known_as_such() -> None:
    rows = ({"text": "<p>One</p>"}, {"text": "<!doctype html><p>x"}, {"text": "1 < 2 and <b is no tag"})
    assert [one.format for one in read(json_lines(*rows), "a") if isinstance(one, Member)] == ["fragment", "html", "text"]


class TestAWrongRowCostsItself:
    def test_in_json_lines(self) -> None:
        data = json_lines({"text": "good"}) + b'{"text": "cut\n[1]\n{"title": "only"}\n' + json_lines({"text": "good"})
        assert told(data, "a.jsonl") == [
            "1: good",
            "! a.jsonl/2: it is cut off: the rest of it is missing",
            "! a.jsonl/3: it has no text",
            "! a.jsonl/4: it has no text",
            "5: good",
        ]

    def test_in_a_table(self) -> None:
        data = b'title,text\na,good\nb,"torn "inside"\nc,one,two\n\nd,\ne,good\nf,"open'
        assert told(data, "a.csv") == [
            "2: good",
            "! a.csv/3: its quotes do not match, or it is cut off",
            "! a.csv/4: it has more cells than the head of the table",
            "! a.csv/6: it has no text",
            "7: good",
            "! a.csv/8: its quotes do not match, or it is cut off",
        ]

    def test_a_day_that_is_none_costs_only_itself(self) -> None:
        assert told(json_lines({"text": "good", "date": "soon"}), "a") == [
            "! a/1: 'soon' is no day that can be read; the text is read without it",
            "1: good",
        ]

    def test_of_a_list_that_is_cut_off_what_stands_before_is_read(self) -> None:
        data = json.dumps([{"text": "one"}, {"text": "two"}]).encode()
        assert told(data[:-6], "a.json") == ["1: one", "! a.json/2: it is cut off: the rest of it is missing"]
        assert told(data.replace(b"}, {", b"} {"), "a.json") == ["1: one", "! a.json/2: it is no JSON from character 18 on"]


class TestAFileWithoutATextSaysSoOnce:
    @pytest.mark.parametrize(
        ("data", "name", "said"),
        [
            (b'{"name": "package", "version": "1"}', "a.json", "it has no text"),
            (json_lines({"a": 1}, {"a": 2}, {"a": 3}), "a.jsonl", "nothing in it has a text"),
            (b"[]", "a.json", "nothing in it has a text"),
            (b"name,price\nx,1\ny,2\n", "a.csv", "without a column of texts"),
            (b"text\n", "a.csv", "nothing in it has a text"),
            (b"\n\n", "a.csv", "it is empty"),
            (b"\x00\x01\x02", "a.csv", "NUL"),
            (b"nothing of the kind", "a.json", "it is no JSON from character 1 on"),
        ],
    )
    def test_whatever_is_wrong_with_it(self, data: bytes, name: str, said: str) -> None:
        (fault,) = read(data, name)
        assert isinstance(fault, InputError)
        assert said in str(fault)


class TestHostile:
    @pytest.mark.parametrize(
        "data", [b"[" * 100_000, b'{"text": "a", "b": ' + b"[" * 100_000, b'[{"a": ' * 100_000, b'{"text": ' + b"9" * 9_000 + b"}"]
    )
    def test_json_in_json_costs_one_sentence(self, data: bytes) -> None:
        (fault,) = read(data, "a.json")
        assert isinstance(fault, InputError)
        assert "beyond measure" in fault.why

    def test_values_that_would_fill_the_memory_are_not_read(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(json_file, "MAX_VALUES", 1_000)
        huge = b'{"text": "a", "b": [' + b"[]," * 1_000 + b"1]}\n"
        assert told(json_lines({"text": "good"}) + huge, "a.jsonl") == ["1: good", "! a.jsonl/2: it holds more than 1,000 values"]
        assert told(huge, "a.json") == ["! a.json: it holds more than 1,000 values"]

    def test_a_list_takes_linear_time(self) -> None:
        data = "b'[' + b'{\"text\": \"a\"},' * 45_000 + b'{}]'"
        assert int(in_time(f"from timeline.documents.unpacking import unpacked; print(len(list(unpacked({data}, 'a', 'a'))))")) == 45_000

    def test_a_long_cell_is_read_whole(self) -> None:
        (found,) = read(table([("title", "text"), ("a", "words " * 200_000)]), "a.csv")
        assert isinstance(found, Member)
        assert len(found.data) == 1_200_000

    @pytest.mark.parametrize("data", [b"text" + b",a" * 3_000 + b"\nWords." + b"," * 3_000, b"text,url\n" + b"," * 1_500_000])
    def test_cells_that_would_fill_the_memory_are_not_read(self, data: bytes) -> None:
        (fault,) = unpacked(data, "a.csv", "a.csv")
        assert isinstance(fault, InputError)
        assert "more than 2,000 columns" in fault.why

    def test_a_text_of_many_commas_is_none_of_many_cells(self) -> None:
        (member,) = unpacked(b'text,url\n"' + b"Words, " * 200_000 + b'",\n', "a.csv", "a.csv")
        assert isinstance(member, Member)

    def test_more_texts_than_anybody_reads_end_the_file(self, monkeypatch: pytest.MonkeyPatch) -> None:
        budget = container.Budget(texts=3)
        found = list(unpacked(json_lines(*[{"text": "a"}] * 9), "a.jsonl", "a.jsonl", budget))
        assert [isinstance(one, Member) for one in found] == [True, True, True, False]
        assert "the others are not read" in str(found[-1])

    def test_a_workbook_that_is_damaged_or_unpacks_too_far_costs_one_sentence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        rows = sheet([("text",), ("words " * 2_000,)])
        (fault,) = read(packed({"[Content_Types].xml": "<x/>", "xl/workbook.xml": "<broken"}), "a.xlsx")
        assert "the table is damaged" in str(fault)
        monkeypatch.setattr(table_file, "MAX_CHARACTERS", 5_000)
        (fault,) = read(rows, "a.xlsx")
        assert "the table holds more than 5,000 characters" in str(fault)


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.json", '[{"title": NaN, "text": "Hello"}, {"text": NaN}]', [b"Hello"]),
        ("a.json", '{"meta": [{"k": 1}], "articles": [{"text": "hello"}]}', [b"hello"]),
        ("a.jsonl", '{"text": "a", "tags": [{"x": 1}]\n{"text": "b", "tags": [{"x": 1}]}', [b"b"]),
        ("a.csv", "\n\ntext;date\nHello;2024-05-01\n", [b"Hello"]),
    ],
)
def test_what_else_stands_in_a_file_costs_no_text(name: str, data: str, texts: list[bytes]) -> None:
    assert [one.data for one in unpacked(data.encode(), name, name) if not isinstance(one, InputError)] == texts


@pytest.mark.parametrize(
    ("name", "data", "texts"),
    [
        ("a.json", '{"text": "a", "n": ' + "9" * 400 + "}", ["1: a"]),
        ("a.jsonl", '{"text": "cut\n{"text": [x]}\n{"text": "c", "tags": [{}]}', ["3: c"]),
        ("a.csv", "text;date\rOne, two, three;2024-05-01\r", ["2: One, two, three"]),
        ("a.csv", "\t\n\ntext;date\n\nOne, two;2024-05-01\n", ["5: One, two"]),
    ],
)
def test_rows_are_told_apart_and_numbered_as_they_stand(name: str, data: str, texts: list[str]) -> None:
    assert [line for line in told(data.encode(), name) if not line.startswith("!")] == texts


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_what_is_no_number_is_nothing(value: str) -> None:
    (found,) = read(f'{{"text": "a", "title": {value}, "publisher": {value}}}'.encode(), "a.json")
    assert found == Member("1", b"a", "text")


def test_of_a_single_object_over_lines_nothing_is_damaged() -> None:
    assert told(b'{"articles": [\n{"text": "only"}\n]}', "a.json") == ["1: only"]


@pytest.mark.parametrize(
    ("address", "kept"), [("javascript:alert(1)", ""), ("file:///etc/passwd", ""), ("https://a.example/1", "https://a.example/1")]
)
def test_an_address_that_leads_elsewhere_than_to_the_web_is_none(engine: Extractor, tmp_path: Path, address: str, kept: str) -> None:
    (tmp_path / "a.jsonl").write_bytes(json_lines(ROW | {"source_url": address, "articleBody": " ".join(STORY)}))
    assert engine.build(tmp_path / "a.jsonl").documents["source_url"].tolist() == [kept]
