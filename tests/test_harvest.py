"""Pages fetched for a build: what is asked of whom, how soon, and what is kept. The web is our own, and so is its clock."""

import gzip
import socket
import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar

import pytest
from warcio.archiveiterator import ArchiveIterator

from timeline.documents import fetch as fetching
from timeline.documents.fetch import Before, Fetched, StatusError
from timeline.errors import InputError
from timeline.harvest import Harvest, feeds, harvest

START = datetime(2026, 3, 1, 8, tzinfo=UTC)
PAGE = "<!doctype html><title>Cửa khẩu</title><p>Mở lại ngày 5/5/2024.</p>".encode()
HTML = ("Content-Type", "text/html; charset=utf-8")
A, B = "https://a.example", "https://b.example"


@dataclass
class Web:
    """What stands where: a page's bytes, a status, "to" another address, or a fault. Each request takes half a second."""

    holds: Mapping[str, bytes | int | str | Exception]
    headers: tuple[tuple[str, str], ...] = (HTML,)
    asked: list[str] = field(default_factory=list)
    at: list[float] = field(default_factory=list)
    clock: datetime = START

    def fetch(self, url: str, /, *, user_agent: str, types: Collection[str] | None, before: Before | None) -> Fetched:
        address = url
        while True:
            if before is not None:
                before(address)
            self.asked.append(address)
            self.at.append((self.clock - START).total_seconds())
            self.sleep(0.5)
            answer = self.holds.get(address, 404)
            if isinstance(answer, int):
                raise StatusError(url, "the host answers {answer}", answer=f"{answer} No", status=answer)
            if isinstance(answer, Exception):
                raise answer
            if isinstance(answer, bytes):
                return Fetched(answer, address, self.headers)
            address = answer

    def sleep(self, seconds: float) -> None:
        self.clock += timedelta(seconds=seconds)

    def harvest(self, out: Path, *urls: str, **how: Any) -> Harvest:
        return harvest(urls, out, **{"fetch": self.fetch, "sleep": self.sleep, "now": lambda: self.clock} | how)

    def pages_asked(self) -> list[str]:
        return [url for url in self.asked if not url.endswith("/robots.txt")]


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "pages.warc.gz"


def records(path: Path) -> list[Any]:
    """The records of an archive, read by another program than ours, which checks their digests."""
    with path.open("rb") as file:
        found = []
        for record in ArchiveIterator(file, check_digests="raise"):
            record.body = record.content_stream().read()
            found.append(record)
        return found


class TestTheFile:
    def test_a_page_with_its_headers_time_and_final_address(self, out: Path) -> None:
        sent = (HTML, ("Content-Encoding", "gzip"), ("Content-Length", "30"), ("Set-Cookie", "who=you"), ("X-Note", "cửa"))
        web = Web({f"{A}/1": "https://新.example/trang?q=cửa#x", "https://新.example/trang?q=cửa#x": PAGE}, sent)
        found = web.harvest(out, f"{A}/1")
        info, page = records(out)
        uri = "https://xn--efv.example/trang?q=c%E1%BB%ADa"
        assert (found.pages, found.failures) == ((uri,), [])
        assert (info.rec_type, page.rec_type) == ("warcinfo", "response")
        assert b"software: timeline-border/" in info.body
        assert page.rec_headers.protocol == "WARC/1.1"
        assert page.rec_headers.get_header("WARC-Target-URI") == uri
        assert page.rec_headers.get_header("WARC-Date") == web.clock.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert page.body == PAGE
        assert page.http_headers.get_statuscode() == "200"
        assert page.http_headers.get_header("Content-Type") == HTML[1]
        assert page.http_headers.get_header("Content-Length") == str(len(PAGE))
        assert page.http_headers.get_header("Content-Encoding") is None  # the page is kept unpacked
        assert page.http_headers.get_header("Set-Cookie") is None

    def test_the_same_answers_give_the_same_bytes(self, tmp_path: Path) -> None:
        holds = {f"{A}/1": PAGE, f"{A}/2": PAGE + b"2"}
        one, two = tmp_path / "one.warc.gz", tmp_path / "two.warc.gz"
        for out in (one, two):
            Web(holds).harvest(out, *holds)
        assert one.read_bytes() == two.read_bytes()
        plain = tmp_path / "plain.warc"
        Web(holds).harvest(plain, *holds)
        assert plain.read_bytes() == gzip.decompress(one.read_bytes())

    def test_each_page_once_however_it_is_written_and_reached(self, out: Path) -> None:
        web = Web({f"{A}/1": PAGE, f"{A}/old": f"{A}/1"})
        found = web.harvest(out, f"{A}/1", f" {A.upper().replace('HTTPS', 'https')}:443/1#end", f"{A}/old")
        assert web.pages_asked() == [f"{A}/1", f"{A}/old", f"{A}/1"]
        assert len(records(out)) == 1 + len(found.pages) == 2

    @pytest.mark.parametrize("fault", [404, KeyboardInterrupt()])
    def test_it_is_written_whole_or_stays_as_it_was(self, out: Path, fault: Any) -> None:
        out.write_bytes(b"before")
        web = Web({f"{A}/1": PAGE if isinstance(fault, BaseException) else 404, f"{A}/2": fault})

        def progress(done: int, total: int, url: str) -> None:
            if isinstance(fault, BaseException):
                raise fault

        try:
            assert len(web.harvest(out, f"{A}/1", f"{A}/2", progress=progress).failures) == 2
        except KeyboardInterrupt:
            assert web.pages_asked() == [f"{A}/1"]
        assert [path.read_bytes() for path in out.parent.iterdir()] == [b"before"]


class TestWhatAHostAllows:
    @pytest.mark.parametrize(
        ("robots", "allowed"),
        [
            (404, True),
            (403, True),
            (429, False),
            (503, False),
            (InputError("x", "there is no such host"), False),
            (b"", True),
            (PAGE, True),
            (b"User-agent: *\nDisallow: /", False),
            ("https://elsewhere.example/rules", False),
            (b"User-agent: timeline-border\nDisallow: /news\n\nUser-agent: *\nAllow: /", False),
            (b"User-agent: OtherBot\nDisallow: /", True),
            (b"User-agent: *\nDisallow: /\nAllow: /news/", True),
            (b"User-agent: *\nDisallow: /*.html$", False),
            (b"\xef\xbb\xbfUser-agent: *\r\nDisallow: /news", False),
        ],
    )
    def test_rules(self, out: Path, robots: Any, allowed: bool) -> None:
        page = f"{A}/news/1.html"
        web = Web({f"{A}/robots.txt": robots, "https://elsewhere.example/rules": b"User-agent: *\nDisallow: /", page: PAGE})
        found = web.harvest(out, page, page + "?")
        assert len(found.pages) == allowed
        assert (page in web.asked) == allowed
        assert [fault.where for fault in found.failures] == ([] if allowed else [page])

    def test_they_are_asked_for_once_a_host_and_kept_on_redirects(self, out: Path) -> None:
        web = Web({f"{A}/1": PAGE, f"{A}/2": f"{B}/2", f"{B}/robots.txt": b"User-agent: *\nDisallow: /", f"{B}/2": PAGE})
        found = web.harvest(out, f"{A}/1", f"{A}/2", f"{B}/3")
        assert web.asked == [f"{A}/robots.txt", f"{A}/1", f"{A}/2", f"{B}/robots.txt"]
        assert [(fault.where, fault.why) for fault in found.failures] == [
            (f"{A}/2", "the host's robots.txt does not allow it"),
            (f"{B}/3", "the host's robots.txt does not allow it"),
        ]

    @pytest.mark.parametrize("status", [429, 503])
    def test_who_asks_to_be_left_alone_is(self, out: Path, status: int) -> None:
        web = Web({f"{A}/1": status, f"{B}/1": PAGE})
        found = web.harvest(out, f"{A}/1", f"{A}/2", f"{B}/1")
        assert web.pages_asked() == [f"{A}/1", f"{B}/1"]
        assert [fault.where for fault in found.failures] == [f"{A}/1", f"{A}/2"]
        assert found.pages == (f"{B}/1",)


class TestHaste:
    @pytest.mark.parametrize(
        ("robots", "delay", "wait"),
        [
            (404, 2.0, 2.0),
            (b"User-agent: *\nCrawl-delay: 7", 2.0, 7.0),
            (b"User-agent: *\nCrawl-delay: 1", 2.0, 2.0),
            (b"User-agent: *\nCrawl-delay: 86400", 2.0, 30.0),
            (404, 0.0, 0.0),
        ],
    )
    def test_a_host_has_its_rest_after_each_answer(self, out: Path, robots: Any, delay: float, wait: float) -> None:
        web = Web({f"{A}/robots.txt": robots, f"{A}/1": PAGE, f"{A}/2": f"{A}/1"})
        web.harvest(out, f"{A}/1", f"{A}/2", delay=delay)
        assert [later - sooner for sooner, later in pairwise(web.at)] == [wait + 0.5] * 3

    def test_no_host_waits_for_another(self, out: Path) -> None:
        web = Web({f"{A}/1": PAGE, f"{B}/1": PAGE, f"{A}/2": PAGE})
        web.harvest(out, f"{A}/1", f"{B}/1", f"{A}/2", delay=5.0)
        assert web.asked == [f"{A}/robots.txt", f"{A}/1", f"{B}/robots.txt", f"{B}/1", f"{A}/2"]
        assert web.at == [0.0, 5.5, 6.0, 11.5, 12.0]


RSS = b"""<?xml version="1.0"?><!-- ours --><rss version="2.0"><channel><title>News</title><link>https://a.example/</link>
<item><link>https://a.example/2?x=1&amp;y=2</link></item><item><link> /1#comments </link></item>
<item><guid>https://a.example/3</guid></item><item><link>https://a.example/1</link></item>
<item><link>javascript:alert(1)</link></item><item><link>http://[x/</link></item></channel></rss>"""
RDF = b"""<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
<channel rdf:about="https://a.example/"><link>https://a.example/</link></channel>
<item rdf:about="https://a.example/2"><link>https://a.example/2?x=1&amp;y=2</link></item>
<item><link>1</link></item><item><link>https://a.example/3</link></item></rdf:RDF>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><link rel="self" href="/feed"/><link href="https://a.example/"/>
<entry><link rel="self" href="/x"/><link rel="alternate" type="text/html" href="/2?x=1&amp;y=2"/></entry>
<entry><link rel="enclosure" href="/film"/><link href="1"/></entry><entry><id>https://a.example/3</id><link href="3"/></entry></feed>"""
NAMED = [f"{A}/2?x=1&y=2", f"{A}/1", f"{A}/3"]


class TestFeeds:
    @pytest.mark.parametrize("feed", [RSS, RDF, ATOM, RSS.replace(b"</channel></rss>", b"")], ids=["rss", "rdf", "atom", "cut off"])
    @pytest.mark.parametrize("media", ["application/rss+xml", "text/xml; charset=utf-8", "text/html"])
    def test_the_pages_of_a_feed_in_its_order_each_once(self, out: Path, feed: bytes, media: str) -> None:
        web = Web({f"{A}/feed": feed})
        web.headers = (("content-type", media),)
        found = web.harvest(out, f"{A}/feed", f"{A}/feed")
        assert web.pages_asked() == [f"{A}/feed", *NAMED]
        assert [fault.where for fault in found.failures] == NAMED

    def test_a_feed_itself_is_not_kept(self, out: Path) -> None:
        web = Web({f"{A}/feed": RSS} | dict.fromkeys(NAMED, PAGE))
        assert list(web.harvest(out, f"{A}/feed").pages) == NAMED
        assert len(records(out)) == 4

    def test_at_most_so_many_pages_the_given_ones_first(self, out: Path) -> None:
        web = Web({f"{A}/feed": RSS, f"{B}/1": PAGE} | dict.fromkeys(NAMED, PAGE))
        told: list[tuple[int, int, str]] = []
        found = web.harvest(out, f"{A}/feed", f"{B}/1", most=2, progress=lambda *now: told.append(now))
        assert found.pages == (f"{B}/1", NAMED[0])
        assert found.left == 2
        assert told == [(1, 3, f"{A}/feed"), (2, 3, f"{B}/1"), (3, 3, NAMED[0])]

    @pytest.mark.parametrize("asked", [False, True])
    def test_those_that_a_page_names_are_read_if_asked_for(self, out: Path, asked: bool) -> None:
        head = b"""<head><link rel=stylesheet href=/s><LINK href='/f?a=1&amp;b=2' type="application/rss+xml" rel="Alternate">
            <link rel="alternate" type="application/json" href="/api"><link rel="alternate" hreflang="vi" href="/vi">
            <link rel="alternate" type="application/atom+xml" href="http://[x/">
            <link rel="alternate" type="application/atom+xml" href="/about-feeds"></head>"""
        web = Web({f"{A}/home": head + PAGE, f"{A}/f?a=1&b=2": RSS, f"{A}/about-feeds": PAGE} | dict.fromkeys(NAMED, PAGE))
        found = web.harvest(out, f"{A}/home", linked_feeds=asked, most=3)
        assert web.pages_asked() == [f"{A}/home", *([f"{A}/f?a=1&b=2", f"{A}/about-feeds", *NAMED[:2]] if asked else [])]
        assert list(found.pages) == [f"{A}/home", *(NAMED[:2] if asked else [])]
        assert [fault.where for fault in found.failures] == ([f"{A}/about-feeds"] if asked else [])
        assert found.left == asked

    def test_a_feed_in_a_feed_leads_no_further(self, out: Path) -> None:
        web = Web({f"{A}/feed": RSS, NAMED[0]: RSS.replace(b"/3", b"/deep"), NAMED[1]: PAGE})
        found = web.harvest(out, f"{A}/feed")
        assert f"{A}/deep" not in web.asked
        assert found.pages == (NAMED[1],)

    @pytest.mark.parametrize(
        ("data", "media", "why"),
        [
            (b"<urlset><url><loc>https://a.example/1</loc></url></urlset>", "application/xml", "application/xml, but no feed"),
            (b'<rss version="2.0"><channel><title>None yet</title></channel></rss>', "text/html", "names no page"),
            (b'<rss version="2.0"><channel>' + b"<!-- -->" * 2_000, "text/xml", "larger than"),
        ],
    )
    def test_what_is_none_is_told(self, out: Path, data: bytes, media: str, why: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(feeds, "MAX_FEED_BYTES", 10_000)
        web = Web({f"{A}/feed": data}, (("Content-Type", media),))
        (fault,) = web.harvest(out, f"{A}/feed").failures
        assert (fault.where, why in fault.why) == (f"{A}/feed", True)

    def test_a_page_that_shows_how_a_feed_looks_is_a_page(self, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("feedparser.parse", lambda *_, **__: pytest.fail("it takes seconds to read a large page as a feed"))
        web = Web({f"{A}/1": b"<html><body><p>So:<feed><entry><link href='/2'></entry></feed></body></html>"})
        assert web.harvest(out, f"{A}/1").pages == (f"{A}/1",)


class TestFaults:
    def test_one_of_ours_costs_one_page(self, out: Path) -> None:
        web = Web({f"{A}/1": KeyError("nobody thought of this"), f"{A}/2": PAGE})
        found = web.harvest(out, f"{A}/1", f"{A}/2")
        assert found.pages == (f"{A}/2",)
        assert "KeyError" in str(found.failures[0])

    @pytest.mark.parametrize("name", ["pages.zip", "no/pages.warc", "folder.warc"])
    def test_a_file_that_cannot_be_written_is_told_before_anything_is_asked(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "folder.warc").mkdir()
        web = Web({f"{A}/1": PAGE})
        with pytest.raises((InputError, OSError), match=name):
            web.harvest(tmp_path / name, f"{A}/1")
        assert web.asked == []

    @pytest.mark.parametrize("how", [{"delay": -1.0}, {"delay": float("inf")}, {"most": 0}, {"user_agent": "a\r\nb"}, {"user_agent": " "}])
    def test_arguments_that_make_no_sense(self, out: Path, how: dict[str, Any]) -> None:
        with pytest.raises(InputError, match=next(iter(how))):
            Web({}).harvest(out, f"{A}/1", **how)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    agents: ClassVar[set[str]] = set()

    def do_GET(self) -> None:
        self.agents.add(self.headers["User-Agent"])
        kind, body = {
            "/robots.txt": ("text/plain", b"User-agent: *\nDisallow: /secret"),
            "/feed": ("application/rss+xml", b'<rss version="2.0"><item><link>/page</link></item><item><link>/secret</link></item></rss>'),
            "/page": ("text/html", PAGE),
        }[self.path]
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(b"%x\r\n%b\r\n0\r\n\r\n" % (len(body), body))
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is always full is of Linux")
def test_a_full_disk_is_told_of_the_archive(out: Path) -> None:
    out.symlink_to("/dev/full")
    with pytest.raises(OSError, match=r"No space left on device: '[^']*/pages\.warc\.gz'$"):
        Web({A: PAGE * 5000}).harvest(out, A)


def test_over_a_real_line(out: Path) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        dial = partial(socket.create_connection, ("127.0.0.1", server.server_port), 5)
        fetch = partial(fetching.fetch, resolve=lambda host, port: ["93.184.216.34"], dial=lambda address, port: dial())
        found = harvest(["http://news.example/feed"], out, delay=0.0, fetch=fetch, user_agent="reader/2 (us@news.example)")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert found.pages == ("http://news.example/page",)
    assert [fault.where for fault in found.failures] == ["http://news.example/secret"]
    assert _Handler.agents == {"reader/2 (us@news.example)"}
    (page,) = records(out)[1:]
    assert page.body == PAGE
    assert page.http_headers.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert out.read_bytes()[4:8] == bytes(4)  # no time of packing
