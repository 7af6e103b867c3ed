"""Crawls and packed files: what is read of them, and what damage costs."""

import gzip
import zlib
from collections.abc import Callable

import pytest

from tests.file_samples import STORY, json_lines, page, pdf, warc
from timeline.documents import gzip_file
from timeline.documents.container import Member
from timeline.documents.formats import read_as
from timeline.documents.html_page import as_utf8
from timeline.documents.unpacking import unpacked
from timeline.errors import InputError

PAGES = tuple((f"https://news.example/{number}", "text/plain", b"words " * 40) for number in range(1, 6))


def read(data: bytes, name: str = "a.warc.gz") -> list[Member | InputError]:
    return list(unpacked(data, name, name))


def names(data: bytes, name: str = "a.warc.gz") -> list[str]:
    return [one.name if isinstance(one, Member) else f"! {one.why}" for one in read(data, name)]


def test_pages_texts_and_pdfs_come_out_with_their_addresses() -> None:
    crawl = warc(
        ("https://news.example/1", "text/html; charset=utf-8", page().encode()),
        ("https://news.example/robots.txt", "text/plain", b"User-agent: *"),
        ("https://news.example/a.png", "image/png", b"\x89PNG"),
        ("https://news.example/r", "application/pdf", pdf(STORY)),
    ) + warc(("https://news.example/gone", "text/html", page().encode()), status="404 Not Found")
    found = read(crawl)
    assert [(one.name, one.format, one.told.source_url) for one in found if isinstance(one, Member)] == [
        ("1", "html", "https://news.example/1"),
        ("4", "pdf", "https://news.example/r"),
    ]


@pytest.mark.parametrize("is_packed", [True, False])
def test_texts_made_of_a_crawl_are_read(is_packed: bool) -> None:
    assert names(warc(*PAGES, kind="conversion", is_packed=is_packed), "a.wet") == ["1", "2", "3", "4", "5"]


def test_the_hosts_word_on_the_letters_goes_before_the_pages() -> None:
    words = "Lê khai trương môt quan hê"
    crawl = warc(("https://news.example/1", "text/plain; charset=windows-1258", words.encode("cp1258")))
    (found,) = read(crawl)
    assert isinstance(found, Member)
    assert read_as(found.format, as_utf8(found.data, found.charset), "a").text == words


@pytest.mark.parametrize("cut", [20, 60, 280, 380])
@pytest.mark.parametrize("is_packed", [True, False])
def test_of_one_that_is_cut_off_what_stands_before_is_read(cut: int, is_packed: bool) -> None:
    data = warc(*PAGES, is_packed=is_packed)
    *found, fault = names(data[: -min(cut, 100) if is_packed else -cut])
    assert found == ["1", "2", "3", "4"]
    assert "cut off" in fault


@pytest.mark.parametrize(
    "rest",
    [
        b"no record at all\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://[x/\r\nContent-Length: 99999\r\n\r\nHTTP/1.1 200 OK\r\n",
    ],
)
def test_damage_costs_what_stands_behind_it(rest: bytes) -> None:
    *found, fault = names(warc(*PAGES, is_packed=False) + rest)
    assert found == ["1", "2", "3", "4", "5"]
    assert "damaged or cut off at record 6" in fault


@pytest.mark.parametrize("is_packed", [True, False])
@pytest.mark.parametrize("number", [2, 3])
def test_a_damaged_record_costs_only_itself(number: int, is_packed: bool) -> None:
    records = [warc(record, is_packed=is_packed) for record in PAGES]
    broken = records[number - 1]
    records[number - 1] = (
        broken[:40] + b"\xff" * 20 + broken[60:] if is_packed else broken.replace(b"Content-Length: ", b"Content-Length: 9999")
    )
    found = [str(one.where) if isinstance(one, InputError) else one.name for one in read(b"".join(records))]
    assert found == [f"a.warc.gz/{k}" if k == number else str(k) for k in range(1, 6)]


def test_a_crawl_may_be_packed_as_one() -> None:
    data = gzip.compress(warc(*PAGES, is_packed=False))
    assert names(data) == ["1", "2", "3", "4", "5"]
    *_, fault = names(data[:-60])
    assert "cut off" in fault


def test_a_record_that_unpacks_to_what_no_text_does_costs_itself() -> None:
    bomb = warc(("https://news.example/0", "text/plain", b"0" * 9_000_000))
    assert names(bomb + warc(*PAGES))[1:] == ["2", "3", "4", "5", "6"]


def test_a_crawl_without_a_text_says_so() -> None:
    assert names(warc(("https://news.example/a.png", "image/png", b"x"))) == ["! none of its records holds a page or a text"]


def test_an_answer_that_unpacks_too_far_costs_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.documents.warc_file.MAX_MEMBER_BYTES", 1_000_000)
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n" + gzip.compress(b"<p>" * 700_000)
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: %d\r\n\r\n" % len(http)
    assert names(head + http + b"\r\n\r\n" + warc(*PAGES, is_packed=False)) == ["! it is larger than 1 MB", "2", "3", "4", "5", "6"]


def test_an_answer_of_one_packed_chunk_is_unpacked_no_further_than_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("timeline.documents.warc_file.MAX_MEMBER_BYTES", 1_000_000)
    packed_body = gzip.compress(bytes(2_000_000))
    bodies = (b"%x\r\n%b\r\n0\r\n\r\n" % (len(packed_body), packed_body), b"3\r\nOne\r\n4\r\n two\r\n0\r\n\r\n")
    data = b""
    for body, packed_as in zip(bodies, (b"gzip", b"br"), strict=True):
        http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\nContent-Encoding: %b\r\n\r\n%b" % (
            packed_as,
            body,
        )
        data += b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: %d\r\n\r\n%b\r\n\r\n" % (len(http), http)
    too_large, member = read(data)
    assert "larger than 1 MB" in str(too_large)
    assert isinstance(member, Member)
    assert member.data == b"One two"


@pytest.mark.parametrize("packer", [gzip.compress, zlib.compress, lambda body: zlib.compress(body)[2:-4], bytes])
def test_an_answer_is_unpacked_in_whatever_way_its_host_means(packer: Callable[[bytes], bytes]) -> None:
    said = b"gzip" if packer is gzip.compress else b"deflate"
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: %b\r\n\r\n%b" % (
        said,
        packer(b"The gate was opened. " * 9_000),
    )
    head = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x/\r\nContent-Length: %d\r\n\r\n" % len(http)
    (member,) = read(head + http + b"\r\n\r\n")
    assert isinstance(member, Member)
    assert member.data == b"The gate was opened. " * 9_000


def test_a_head_without_end_costs_its_record() -> None:
    data = b"WARC/1.0\r\nA: " + b"x" * 3_000_000 + b"\r\n\r\n\r\n" + warc(*PAGES, is_packed=False)
    fault, *found = names(data)
    assert "damaged" in fault
    assert len(found) == 5


class TestPackedFiles:
    def test_any_file_may_be_packed(self) -> None:
        assert read(gzip.compress(b"Words."), "a.txt.gz") == [Member("", b"Words.", "text")]
        assert names(gzip.compress(json_lines({"text": "a"}, {"text": "b"})), "a.jsonl.gz") == ["1", "2"]

    def test_one_that_is_cut_off_or_damaged_is_not_read_by_half(self) -> None:
        packed = gzip.compress(b"".join(b"%d words " % number for number in range(9_000)))
        assert names(packed[:-20], "a.txt.gz") == ["! it is cut off: the rest of it is missing"]
        assert names(packed[:200] + b"xxxx" + packed[204:], "a.txt.gz") == ["! the archive is damaged"]

    def test_a_bomb_is_not_unpacked(self, monkeypatch: pytest.MonkeyPatch) -> None:
        (fault,) = names(gzip.compress(b"\x00" * 20_000_000), "a.gz")
        assert "times its size" in fault
        monkeypatch.setattr(gzip_file, "MAX_MEMBER_BYTES", 10)
        assert names(gzip.compress(b"more than ten"), "a.gz") == ["! it is larger than 0 MB"]

    def test_packed_in_packed_in_packed_is_not_followed(self) -> None:
        assert "archives stand in archives" in names(gzip.compress(gzip.compress(gzip.compress(b"x"))), "a.gz")[0]
