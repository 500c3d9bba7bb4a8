# ruff: noqa: E501  markup is easier to read unbroken
from __future__ import annotations

import gzip
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from rag.errors import ReadError
from rag.ingest.formats import web
from rag.ingest.formats.web import Address, is_public
from rag.ingest.readers import read
from tests.documents import every, only
from tests.pages import DAY, H1, PARAGRAPHS, STORY, page

PAGE = page(f"<article>{H1}{PARAGRAPHS}</article>").encode()
FEED = b"<rss version='2.0'><channel><title>F</title><item><link>https://e.example/1</link><description>Text.</description></item></channel></rss>"
REPLIES: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/2023/04/19/crane": (200, {"Content-Type": "text/html; charset=utf-8"}, PAGE),
    "/squeezed": (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/plain.txt": (200, {"Content-Type": "text/plain"}, b"Plain text."),
    "/feed": (200, {"Content-Type": "application/rss+xml"}, FEED),
    "/list.jsonl": (200, {"Content-Type": "application/octet-stream"}, b'{"text": "One."}\n{bad\n'),
    "/moved": (302, {"Location": "/plain.txt"}, b""),
    "/loop": (302, {"Location": "/loop"}, b""),
    "/to-file": (302, {"Location": "file:///etc/passwd"}, b""),
    "/to-private": (302, {"Location": "http://169.254.169.254/latest/meta-data"}, b""),
    "/gone": (404, {}, b"not here"),
    "/picture": (200, {"Content-Type": "image/png"}, b"\x89PNG"),
    "/empty": (200, {"Content-Type": "text/html"}, b""),
}


class Handler(BaseHTTPRequestHandler):
    hosts: list[str] = []  # noqa: RUF012

    def do_GET(self) -> None:
        self.hosts.append(self.headers["Host"])
        status, headers, body = REPLIES.get(self.path, (500, {}, b""))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def resolved(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Names resolve to these numbers, a list of them at each look-up; the names looked up are returned."""
    asked: list[str] = []
    queue = list(answers)

    def look_up(host: Any, port: Any, *args: Any, **kwargs: Any) -> list[Any]:
        name = host.decode() if isinstance(host, bytes) else host
        if name.replace(".", "").isdigit():  # the connection itself, to a number
            return real(host, port, *args, **kwargs)
        asked.append(name)
        numbers = queue.pop(0) if len(queue) > 1 else queue[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (number, port)) for number in numbers]

    real: Callable[..., list[Any]] = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return asked


def test_a_page_is_read_from_its_address(site: str) -> None:
    document = only(read(Address(f"{site}/2023/04/19/crane", allow_private=True)))
    assert document.text == "\n\n".join(STORY)
    assert document.path == f"{site}/2023/04/19/crane"
    assert (document.given.url, document.given.published) == (document.path, DAY)


@pytest.mark.parametrize(
    ("path", "text"), [("/plain.txt", "Plain text."), ("/moved", "Plain text."), ("/squeezed", "\n\n".join(STORY))]
)
def test_what_lies_there_is_read_by_its_kind(site: str, path: str, text: str) -> None:
    document = only(read(Address(site + path, allow_private=True)))
    assert (document.text, document.given.url) == (text, site + path)


def test_a_feed_and_a_list_at_an_address_hold_many_articles(site: str) -> None:
    assert list(every(read(Address(f"{site}/feed", allow_private=True)))[0]) == ["https://e.example/1"]
    documents, reasons = every(read(Address(f"{site}/list.jsonl", allow_private=True)))
    assert (list(documents), list(reasons)) == (["1"], ["2"])


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/gone", "the server answers 404"),
        ("/loop", "redirects more than 5 times"),
        ("/to-file", "leads to file: address"),
        ("/picture", "not read"),
        ("/empty", "empty"),
    ],
)
def test_what_cannot_be_read_there_says_why(site: str, path: str, reason: str) -> None:
    with pytest.raises(ReadError, match=reason) as caught:
        only(read(Address(site + path, allow_private=True)))
    assert str(caught.value).startswith(f"{site}{path}: ")


def test_nothing_is_fetched_from_this_machine_unless_that_is_allowed(site: str) -> None:
    before = len(Handler.hosts)
    for url in (
        f"{site}/plain.txt",
        site.replace("127.0.0.1", "localhost"),
        "http://[::1]/",
        "http://0.0.0.0/",
        "http://2130706433/",
    ):
        with pytest.raises(ReadError, match=r"private address|cannot be fetched"):
            only(read(Address(url)))
    assert len(Handler.hosts) == before


def test_a_name_with_one_private_number_among_others_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    resolved(monkeypatch, ["93.184.216.34", "10.0.0.7"])
    with pytest.raises(ReadError, match=r"leads to 10\.0\.0\.7, a private address"):
        only(read(Address("http://news.example/")))


def test_a_redirect_into_the_local_network_is_refused(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "is_public", lambda number: number == "127.0.0.1")
    with pytest.raises(ReadError, match=r"leads to 169\.254\.169\.254, a private address"):
        only(read(Address(f"{site}/to-private")))


def test_the_connection_goes_to_the_number_that_was_checked(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that answers differently when asked again (DNS rebinding) is asked but once a hop."""
    asked = resolved(monkeypatch, ["127.0.0.1"], ["10.0.0.7"])
    port = site.rpartition(":")[2]
    document = only(read(Address(f"http://news.example:{port}/plain.txt", allow_private=True)))
    assert document.text == "Plain text."
    assert asked == ["news.example"]
    assert Handler.hosts[-1] == f"news.example:{port}"


def test_too_much_is_not_fetched(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "MAX_BYTES", 5)
    with pytest.raises(ReadError, match="larger than"):
        only(read(Address(f"{site}/plain.txt", allow_private=True)))


def test_a_slow_server_is_not_waited_for(site: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "TOTAL_SECONDS", -1.0)
    with pytest.raises(ReadError, match="not fetched after"):
        only(read(Address(f"{site}/plain.txt", allow_private=True)))


@pytest.mark.parametrize(
    "url",
    [
        "http://",
        "http://user:pass@e.example/",
        "http://exa mple/",
        "http://[::1",
        "https://e.example:99999/",
        "http://\0/",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ReadError):
        only(read(Address(url)))


@pytest.mark.parametrize(
    "number",
    ["127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "::1", "::",
     "fe80::1", "fc00::1", "::ffff:127.0.0.1", "2002:7f00:1::", "64:ff9b::7f00:1", "ff02::1"],
)  # fmt: skip
def test_private_numbers_are_known(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34"])
def test_public_numbers_are_known(number: str) -> None:
    assert is_public(number)
