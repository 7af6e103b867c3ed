"""Links: what is fetched, and what no link may reach. The server is our own; the name that it answers to resolves to a public address."""

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from timeline.documents import fetch as module
from timeline.documents.fetch import StatusError, fetch
from timeline.documents.public_hosts import is_public
from timeline.documents.web_address import uri_of
from timeline.errors import InputError

PUBLIC = "93.184.216.34"
PAGE = "<!doctype html><p>Cửa khẩu</p>".encode()


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        code, headers, body = ANSWERS[self.path]
        body = body or f"{self.headers['User-Agent']} wants {self.headers['Accept']}".encode()
        self.send_response(code)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
        self.close_connection = True

    def log_message(self, format: str, *args: object) -> None:
        pass


HTML = {"Content-Type": "text/html; charset=utf-8"}
ANSWERS: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/page": (200, HTML, PAGE),
    "/page?q=c%E1%BB%ADa": (200, HTML, b"asked"),
    "/who": (200, HTML, b""),
    "/feed": (200, {"Content-Type": "Application/RSS+XML; charset=utf-8"}, b"<rss/>"),
    "/letters": (302, {"Location": "/page?q=cửa".encode().decode("latin-1")}, b""),
    "/moved": (302, {"Location": "https://news.example/page".replace("https", "http")}, b""),
    "/inside": (302, {"Location": "http://inside.example/page"}, b""),
    "/machine": (302, {"Location": "http://127.0.0.1/page"}, b""),
    "/file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/nowhere": (302, {"Location": "http://[x/"}, b""),
    "/round": (302, {"Location": "/round"}, b""),
    "/picture": (200, {"Content-Type": "image/png"}, b"png"),
    "/large": (200, HTML, b"x" * 5_000),
    "/endless": (200, HTML | {"Content-Length": ""}, b"x" * 5_000),
    "/packed": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/bomb": (200, HTML | {"Content-Encoding": "gzip"}, gzip.compress(b"\x00" * 5_000_000)),
    "/short": (200, HTML | {"Content-Length": "900"}, b"cut off"),
    "/gone": (404, HTML, b"no"),
}


@dataclass
class Net:
    """A network of one server: every connection ends there, and is written down."""

    port: int
    names: dict[str, list[list[str]]] = field(default_factory=lambda: {"news.example": [[PUBLIC]], "inside.example": [["10.0.0.7"]]})
    dialled: list[tuple[str, int]] = field(default_factory=list)

    def resolve(self, host: str, port: int) -> list[str]:
        answers = self.names.get(host, [[host]])
        return answers.pop(0) if len(answers) > 1 else answers[0]

    def dial(self, address: str, port: int) -> socket.socket:
        self.dialled.append((address, port))
        return socket.create_connection(("127.0.0.1", self.port), timeout=5)

    def get(self, path: str, **how: Any) -> module.Fetched:
        return fetch(path if "://" in path else f"http://news.example{path}", self.resolve, self.dial, **how)


@pytest.fixture
def net() -> Iterator[Net]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))  # seconds until it notices that it is to end
    thread.start()
    yield Net(server.server_address[1])
    server.shutdown()
    server.server_close()
    thread.join()


class TestWhatIsFetched:
    def test_a_page_and_where_it_came_from(self, net: Net) -> None:
        found = net.get("/moved")
        assert (found.data, found.url) == (PAGE, "http://news.example/page")

    def test_the_connection_goes_to_the_address_that_was_checked(self, net: Net) -> None:
        net.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]  # a name that answers otherwise when it is asked again
        net.get("/page")
        assert net.dialled == [(PUBLIC, 80)]

    def test_other_letters_in_an_address_are_written_as_the_web_does(self, net: Net) -> None:
        assert net.get("/page?q=cửa").data == b"asked"

    def test_a_packed_page_is_unpacked(self, net: Net) -> None:
        assert net.get("/packed").data == PAGE

    def test_its_headers_and_what_it_is(self, net: Net) -> None:
        found = net.get("/feed", types=("application/rss+xml",))
        assert ("Content-Type", "Application/RSS+XML; charset=utf-8") in found.headers
        assert found.media_type == "application/rss+xml"

    def test_whoever_asks_says_who_and_for_what(self, net: Net) -> None:
        assert net.get("/who", user_agent="reader/1.0", types=None).data == b"reader/1.0 wants */*"
        assert net.get("/who").data.startswith(b"timeline wants text/html, ")

    def test_a_redirect_to_an_address_in_plain_letters(self, net: Net) -> None:
        assert net.get("/letters").data == b"asked"

    def test_each_address_is_told_before_it_is_asked(self, net: Net) -> None:
        told: list[str] = []

        def before(url: str) -> None:
            if url.endswith("/page"):
                raise InputError(url, "not this one")
            told.append(url)

        with pytest.raises(InputError, match="not this one"):
            net.get("/moved", before=before)
        assert (told, len(net.dialled)) == (["http://news.example/moved"], 1)

    @pytest.mark.parametrize(
        ("address", "uri"),
        [
            ("https://新华网.中国/a b?q=cửa&r=%20#c", "https://xn--xkrr14bows.xn--fiqs8s/a%20b?q=c%E1%BB%ADa&r=%20"),
            ("http://news.example:80", "http://news.example/"),
            ("http://[2606:4700::1]/", "http://[2606:4700::1]/"),
        ],
    )
    def test_addresses_in_the_letters_of_the_net(self, address: str, uri: str) -> None:
        assert uri_of(address) == uri


class TestWhatNoLinkReaches:
    @pytest.mark.parametrize("path", ["/inside", "/machine", "http://inside.example/", "http://127.0.0.1/page", "http://[::1]/page"])
    def test_the_machine_and_its_network(self, net: Net, path: str) -> None:
        with pytest.raises(InputError, match="private network"):
            net.get(path)
        assert {address for address, _ in net.dialled} <= {PUBLIC}

    def test_a_name_with_one_private_address_among_others(self, net: Net) -> None:
        net.names["news.example"] = [[PUBLIC, "192.168.0.1"]]
        with pytest.raises(InputError, match="private network"):
            net.get("/page")

    def test_a_name_that_turns_private_on_a_redirect(self, net: Net) -> None:
        net.names["news.example"] = [[PUBLIC], ["127.0.0.1"]]
        with pytest.raises(InputError, match="private network"):
            net.get("/moved")

    @pytest.mark.parametrize(
        "address",
        ["file:///etc/passwd", "ftp://news.example/", "news.example", "javascript:alert(1)", "http://", "http://[x/", "/file", ""],
    )
    def test_what_is_no_address_of_the_web(self, net: Net, address: str) -> None:
        with pytest.raises(InputError):
            fetch(f"http://news.example{address}" if address == "/file" else address, net.resolve, net.dial)

    @pytest.mark.parametrize("address", ["http://news.example:22/", "http://a:b@news.example/page", "http://news.example/pa ge"])
    def test_ports_names_and_blanks_that_no_page_has(self, net: Net, address: str) -> None:
        with pytest.raises(InputError):
            net.get(address)
        assert net.dialled == []

    @pytest.mark.parametrize(
        "address",
        [
            *(
                "127.0.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "0.0.0.0",
                "100.64.0.1",
                "224.0.0.1",
                "255.255.255.255",
            ),
            *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "::ffff:127.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1"),
            *("2002:7f00:1::", "2001:0:7f00:1::", "nonsense"),
            *("fec0::1", "feff::1", "5f00::1", "3fff:fff::1", "192.88.99.1", "::ffff:192.88.99.1"),
        ],
    )
    def test_addresses_that_are_not_public(self, address: str) -> None:
        assert not is_public(address)

    @pytest.mark.parametrize("address", [PUBLIC, "2606:4700::6810:84e5", "::ffff:93.184.216.34"])
    def test_addresses_that_are(self, address: str) -> None:
        assert is_public(address)


class TestLimits:
    @pytest.mark.parametrize("path", ["/large", "/endless", "/bomb"])
    def test_size(self, net: Net, path: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MAX_BYTES", 1_000)
        with pytest.raises(InputError, match="larger than"):
            net.get(path)

    def test_a_redirect_to_what_is_no_address(self, net: Net) -> None:
        with pytest.raises(InputError, match="no address"):
            net.get("/nowhere")

    def test_kinds_of_file(self, net: Net) -> None:
        with pytest.raises(InputError, match="image/png"):
            net.get("/picture")

    def test_redirects(self, net: Net) -> None:
        with pytest.raises(InputError, match="leads on"):
            net.get("/round")
        assert len(net.dialled) == module.MAX_REDIRECTS + 1

    def test_an_answer_that_is_cut_off_is_none(self, net: Net) -> None:
        with pytest.raises(InputError, match="no answer"):
            net.get("/short")

    def test_a_page_that_is_gone(self, net: Net) -> None:
        with pytest.raises(StatusError, match="404") as fault:
            net.get("/gone")
        assert fault.value.status == fault.value.at("elsewhere").status == 404

    def test_a_host_that_is_not_there(self, net: Net) -> None:
        def nowhere(host: str, port: int) -> list[str]:
            raise socket.gaierror

        with pytest.raises(InputError, match="no such host"):
            fetch("https://news.example/", nowhere, net.dial)

    def test_bytes_that_drip_for_ever_are_cut(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(module, "MAX_SECONDS", 0.5)
        ours, theirs = socket.socketpair()
        theirs.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\nbeginning")  # and never an end
        with theirs, pytest.raises(InputError, match="no answer"):
            fetch("http://news.example/", lambda host, port: [PUBLIC], lambda address, port: ours)

    def test_a_certificate_that_is_not_in_order(self, net: Net) -> None:
        with pytest.raises(InputError):
            net.get("https://news.example/page")
        assert net.dialled == [(PUBLIC, 443)]
