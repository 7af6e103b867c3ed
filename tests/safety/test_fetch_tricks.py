"""Addresses written to lead a server to itself, to its network or to its cloud's secrets, and answers made to hold it for ever."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import pytest

from timeline.documents import fetch as module
from timeline.documents.fetch import Fetched, fetch
from timeline.errors import InputError

PUBLIC, OTHER = "93.184.216.34", "1.1.1.1"
PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>page</p>"
NAMES = {
    "news.example": [PUBLIC],
    "localhost": ["127.0.0.1", "::1"],
    "localhost.": ["127.0.0.1"],
    "localhost.localdomain": ["127.0.0.1"],
    "127.0.0.1.wildcard.example": ["127.0.0.1"],
    "metadata.google.internal": ["169.254.169.254"],
    "intranet": ["10.0.0.5"],
    "half.example": [PUBLIC, "10.0.0.5"],
    "last.example": [PUBLIC, OTHER, "::ffff:10.0.0.5"],
}


@dataclass
class Net:
    """A network where numbers are read as this machine's own C library reads them, names are known, and every line says the same."""

    answer: bytes = PAGE
    names: dict[str, list[str]] = field(default_factory=lambda: dict(NAMES))
    dialled: list[tuple[str, int]] = field(default_factory=list)
    ends: list[socket.socket] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        if host in self.names:
            return self.names[host]
        return [str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_NUMERICHOST)]

    def dial(self, address: str, port: int) -> socket.socket:
        self.dialled.append((address, port))
        ours, theirs = socket.socketpair()
        theirs.sendall(self.answer)
        theirs.shutdown(socket.SHUT_WR)
        self.ends.append(theirs)  # open, for the request is still to come
        return ours

    def get(self, url: str) -> Fetched:
        return fetch(url, self.resolve, self.dial)


@pytest.fixture
def net() -> Iterator[Net]:
    made = Net()
    yield made
    for end in made.ends:
        end.close()


# Ways to write 127.0.0.1 and its like; what a C library takes for no number is no host.
NUMBERS = (
    *("127.0.0.1", "2130706433", "0177.0.0.1", "017700000001", "0x7f.0.0.1", "0x7f000001", "0x7F.1", "127.1", "127.0.1", "0", "0.0.0.0"),
    *("127.0.0.1.", "127.127.127.127", "00000000000177.0.0.1", "0x00000000007f.0.0.1", "4294967295", "99999999999", "127.0.0.256"),
    *("10.0.0.1", "172.16.0.1", "192.168.0.1", "0300.0250.0.1", "3232235521", "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1"),
)
OTHER_LETTERS = (
    *(
        "①②⑦.⓪.⓪.①",
        "１２７.０.０.１",
        "127。0。0。1",
        "127．0．0．1",
        "127｡0｡0｡1",
        "𝟏𝟐𝟕.𝟎.𝟎.𝟏",
        "¹²⁷.⁰.⁰.¹",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
        "ｌｏｃａｌｈｏｓｔ",
    ),
    *(
        "loc\u00adalhost",
        "local\u200bhost",
        "LOCALHOST",
        "localhost.",
        "localhost.localdomain",
        "%31%32%37.0.0.1",
        "127.0.0.1%00.news.example",
    ),
)
IPV6 = (
    *("::1", "0:0:0:0:0:0:0:1", "::", "::127.0.0.1", "::ffff:127.0.0.1", "::ffff:7f00:1", "0:0:0:0:0:ffff:127.0.0.1", "::ffff:0:127.0.0.1"),
    *(
        "64:ff9b::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b:1::a00:1",
        "2002:7f00:1::",
        "2002:a00:1::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    ),
    *("2001:470::5efe:7f00:1", "2001:470::200:5efe:a00:1", "fe80::1", "fe80::1%eth0", "fe80::1%25eth0", "::1%lo", "::1%25lo", "fec0::1"),
    *("fc00::1", "fd00:ec2::254", "ff02::1", "ff0e::1", "2001:db8::1", "3fff::1", "5f00::1", "4000::1", "100::1", "v1.127.0.0.1"),
)
CLOUDS = (
    "169.254.169.254",
    "169.254.170.2",
    "168.63.129.16",
    "100.100.100.200",
    "192.0.0.192",
    "0xA9FEA9FE",
    "2852039166",
    "0251.0376.0251.0376",
)
HOSTS = (*NUMBERS, *OTHER_LETTERS, *(f"[{address}]" for address in IPV6), *CLOUDS)
HOSTS += ("metadata.google.internal", "127.0.0.1.wildcard.example", "intranet", "half.example", "last.example")
# What one reader of addresses takes for the host, and another for something else.
CONFUSING = (
    *("http://news.example@127.0.0.1/", "http://127.0.0.1@news.example/", "http://@127.0.0.1/", "http://:@127.0.0.1/"),
    *("http://news.example:80@127.0.0.1/", "http://127.0.0.1:80@news.example/", "http://news.example%40127.0.0.1/"),
    *(
        "http://127.0.0.1#@news.example/",
        "http://127.0.0.1?@news.example/",
        "http://127.0.0.1/@news.example",
        "http://127.0.0.1;news.example/",
    ),
    *("http://news.example\\@127.0.0.1/", "http://127.0.0.1\\@news.example/", "http://127.0.0.1\\.news.example/", "http:\\\\127.0.0.1\\"),
    *("http:///127.0.0.1/", "http:/127.0.0.1/", "http:127.0.0.1/", "//127.0.0.1/", "127.0.0.1", "///127.0.0.1"),
    *(
        "http://news.example /",
        "http://127.0.0.1\t.news.example/",
        "http://127.0.0.1\n.news.example/",
        "http://news.example\r\nHost: intranet/",
    ),
    *(
        "http://news.example/\r\nX: y",
        "http://news.example/ HTTP/1.1\r\nX: y",
        "http://[::1",
        "http://::1/",
        "http://[127.0.0.1]/",
        "http://",
    ),
    *("http://news.example／@127.0.0.1/", "http://127.0.0.1／news.example/", "http://127.0.0.1＃news.example/", "http://news.example/\x00"),
)
SCHEMES = (
    *(
        "file:///etc/passwd",
        "file://localhost/etc/passwd",
        "ftp://news.example/",
        "gopher://127.0.0.1:6379/_INFO",
        "dict://127.0.0.1:11211/",
    ),
    *(
        "ldap://127.0.0.1/",
        "data:text/html,<p>x",
        "javascript:alert(1)",
        "jar:http://news.example!/",
        "http+unix://%2Frun%2Fx.sock/",
        "ws://news.example/",
    ),
    *(
        "view-source:http://news.example/",
        "blob:http://news.example/1",
        "about:blank",
        "url:http://news.example/",
        "s3://bucket/key",
        "\x00http://news.example/",
    ),
)
PORTS = tuple(f"http://news.example:{port}/" for port in ("22", "25", "443", "6379", "8080", "0", "65536", "-80", "８０", "80x", "0x50"))
PORTS += ("https://news.example:80/",)


TRICKS = (*(f"http://{host}/" for host in HOSTS), *CONFUSING, *SCHEMES, *PORTS)


class TestNoLineIsOpened:
    @pytest.mark.parametrize("url", TRICKS)
    def test_for_the_link_itself(self, net: Net, url: str) -> None:
        with pytest.raises(InputError):
            net.get(url)
        assert net.dialled == []

    # But for those that no header can hold, and those that are a part of the page's own address.
    @pytest.mark.parametrize("url", [url for url in TRICKS if "://" in url and "\n" not in url and "\x00" not in url])
    def test_for_what_a_public_page_leads_on_to(self, net: Net, url: str) -> None:
        net.answer = b"HTTP/1.1 302 Found\r\nLocation: %b\r\n\r\n" % url.encode()
        with pytest.raises(InputError) as fault:
            net.get("http://news.example/")
        assert set(net.dialled) == {(PUBLIC, 80)}
        assert "no answer" not in str(fault.value)  # it was heard, and refused


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["//127.0.0.1/", "//intranet", "http://[::1]/", "https://intranet/", "HTTP://LOCALHOST/"])
def test_every_kind_of_redirect_is_checked(net: Net, code: int, place: str) -> None:
    net.answer = b"HTTP/1.1 %d Moved\r\nLocation: %b\r\n\r\n" % (code, place.encode())
    with pytest.raises(InputError):
        net.get("http://news.example/")
    assert net.dialled == [(PUBLIC, 80)]


def test_other_headers_lead_nowhere(net: Net) -> None:
    net.answer = PAGE.replace(b"\r\n\r\n", b"\r\nRefresh: 0; url=http://127.0.0.1/\r\nContent-Location: http://127.0.0.1/\r\n\r\n", 1)
    assert net.get("http://news.example/").url == "http://news.example/"
    assert net.dialled == [(PUBLIC, 80)]


class TestNamesThatChange:
    def test_the_line_goes_to_the_address_that_was_checked(self, net: Net) -> None:
        answers = iter([[PUBLIC], ["127.0.0.1"]])
        fetch("http://news.example/", lambda host, port: next(answers), net.dial)
        assert net.dialled == [(PUBLIC, 80)]

    def test_a_name_that_turns_inward_behind_a_redirect_is_refused(self, net: Net) -> None:
        answers = iter([[PUBLIC], ["127.0.0.1"]])
        net.answer = b"HTTP/1.1 302 Found\r\nLocation: /again\r\n\r\n"
        with pytest.raises(InputError, match="private network"):
            fetch("http://news.example/", lambda host, port: next(answers), net.dial)
        assert net.dialled == [(PUBLIC, 80)]

    def test_an_answer_of_many_addresses_is_refused_for_one(self, net: Net) -> None:
        for inward in ("127.0.0.1", "::1", "169.254.169.254", "64:ff9b::7f00:1", "no address"):
            with pytest.raises(InputError, match="private network"):
                fetch("http://news.example/", lambda host, port, inward=inward: [PUBLIC, OTHER, inward], net.dial)  # type: ignore[misc]
        assert net.dialled == []


def packed(times: int) -> bytes:
    data = b"\x00" * 20_000_000
    for _ in range(times):
        data = gzip.compress(data)
    return data


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


class TestAnswersThatAreTooMuch:
    @pytest.fixture(autouse=True)
    def small(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MAX_BYTES", 10_000)

    @pytest.mark.parametrize(
        "answer",
        [
            HEAD + b"Content-Encoding: gzip\r\n\r\n" + packed(1),
            HEAD + b"Content-Encoding: x-gzip\r\n\r\n" + packed(1),
            HEAD + b"Content-Length: 99999999999999999999\r\n\r\nx",
            HEAD + b"\r\n" + b"x" * 20_000,
            HEAD + b"Content-Length: -1\r\n\r\n" + b"x" * 20_000,
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1000\r\n%b\r\n" % (b"x" * 0x1000) * 18,
        ],
        ids=["gzip", "x-gzip", "stated length", "no length", "negative length", "chunks"],
    )
    def test_in_size(self, net: Net, answer: bytes) -> None:
        net.answer = answer
        with pytest.raises(InputError, match="larger than"):
            net.get("http://news.example/")

    @pytest.mark.parametrize("encoding", ["deflate", "br", "zstd", "compress", "gzip, gzip", "gzip,deflate", "unknown"])
    def test_in_packings_that_were_not_asked_for(self, net: Net, encoding: str) -> None:
        net.answer = HEAD + b"Content-Encoding: %b\r\n\r\n" % encoding.encode() + zlib.compress(b"x" * 100)
        with pytest.raises(InputError, match="no answer"):
            net.get("http://news.example/")

    def test_a_bomb_in_a_bomb_is_unpacked_once(self, net: Net) -> None:
        net.answer = HEAD + b"Content-Encoding: gzip\r\n\r\n" + packed(2)
        with pytest.raises(InputError, match="larger than"):
            net.get("http://news.example/")

    @pytest.mark.parametrize(
        "answer",
        [
            b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000,
            b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
            b"HTTP/1.1 200 OK" + b" " * 100_000,
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 100_000 + b"\r\n",
            HEAD + b"Transfer-Encoding: chunked\r\n\r\n-5\r\nx",
            b"SSH-2.0-OpenSSH_9.2\r\n",
            b"\x00" * 100,
            b"",
        ],
        ids=[
            "many headers",
            "a long header",
            "a long status",
            "a long chunk size",
            "a chunk below nothing",
            "another service",
            "noise",
            "nothing",
        ],
    )
    def test_or_make_no_sense(self, net: Net, answer: bytes) -> None:
        net.answer = answer
        with pytest.raises(InputError, match="no answer"):
            net.get("http://news.example/")


@pytest.fixture
def dripping(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[bytes, bytes], None]]:
    """Fetches from a host that sends a beginning, and then some bytes again and again without an end."""
    monkeypatch.setattr(module, "MAX_SECONDS", 0.3)
    over, threads = threading.Event(), []

    def send(line: socket.socket, first: bytes, then: bytes) -> None:
        with line, suppress(OSError):
            line.sendall(first)
            while not over.wait(0.01):
                line.sendall(then)

    def get(first: bytes, then: bytes) -> None:
        ours, theirs = socket.socketpair()
        threads.append(threading.Thread(target=send, args=(theirs, first, then)))
        threads[-1].start()
        fetch("http://news.example/", lambda host, port: [PUBLIC], lambda address, port: ours)

    yield get
    over.set()
    for thread in threads:
        thread.join()


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (b"", b"H"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"y"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (HEAD + b"\r\n", b"x"),
        (HEAD + b"Content-Length: 9000\r\n\r\n", b"x"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n", b"X: y\r\n"),
    ],
    ids=["status", "header", "a hundred times a hundred", "body", "body of a stated length", "chunks", "trailers"],
)
def test_bytes_that_drip_without_an_end_are_cut(dripping: Callable[[bytes, bytes], None], first: bytes, then: bytes) -> None:
    with pytest.raises(InputError, match="no answer"):
        dripping(first, then)
