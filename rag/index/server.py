"""A Chroma server that keeps the vectors of homes, where the user named one: its address, a client, its failures."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.addresses import is_loopback
from rag.errors import HomeError, UsageError

if TYPE_CHECKING:
    from chromadb.config import Settings

PORTS = {"http": 8000, "https": 443}  # what Chroma listens on unless told otherwise, and what stands before it
ANSWERS_WITHIN_S = 10.0  # an address where nobody is may keep a caller waiting for minutes


@dataclass(frozen=True)
class Server:
    """`collection` belongs to one home; a server may keep those of many."""

    url: str
    collection: str

    def __str__(self) -> str:
        return self.url


def check_server(url: str) -> None:
    """Raises UsageError unless it is an address of a server, and of nothing in it; keys in it are not repeated."""
    try:
        parts = urlsplit(url)
        named = parts.scheme in PORTS and parts.hostname and (parts.port is None or parts.port > 0)
        if parts.username or parts.password or parts.query or parts.fragment:
            raise UsageError("the address of a Chroma server must hold no name, key, ? or #")
        if named and parts.path in ("", "/"):
            return
    except ValueError:  # a port that is no number, a bracket left open
        pass
    raise UsageError(f"{url}: no address of a Chroma server; give one like http://127.0.0.1:8000")


def connect(server: Server, settings: Settings) -> Any:
    """A client of it, once it has answered. Raises HomeError if it does not, UsageError if it cannot be one."""
    import chromadb
    import httpx

    check_server(server.url)
    parts = urlsplit(server.url)
    host, port = str(parts.hostname), parts.port or PORTS[parts.scheme]
    with _without_proxy(host), failures_told(server):
        httpx.get(f"{server.url.rstrip('/')}/api/v2/heartbeat", timeout=ANSWERS_WITHIN_S).raise_for_status()
        return chromadb.HttpClient(f"[{host}]" if ":" in host else host, port, parts.scheme == "https", None, settings)


def disconnect(client: Any) -> None:
    """Chroma's own `close` leaves its connections open, and its client has a second one inside for what is asked of
    the whole server."""
    client.close()
    client._server._session.close()
    client._admin_client._server._session.close()


@contextmanager
def failures_told(server: Server) -> Iterator[None]:
    """One line for what can go wrong on the way to a server and back."""
    import json

    import httpx

    try:
        yield
    except (httpx.HTTPError, json.JSONDecodeError) as error:
        said = " ".join(str(error).split())[:200] or type(error).__name__
        raise HomeError(
            f"{server}: the Chroma server does not answer ({said}); start it (`chroma run --path DIR`) and try again;"
            " nothing is lost: vectors that it lacks then are made anew by `dateline doctor`"
        ) from error


@contextmanager
def _without_proxy(host: str) -> Iterator[None]:
    """A proxy set for the web must not be told what is said on loopback; Chroma's client takes it when it is made."""
    if not is_loopback(host):
        yield
        return
    before = {name: os.environ.get(name) for name in ("no_proxy", "NO_PROXY")}
    os.environ.update({name: ",".join(filter(None, (value, host))) for name, value in before.items()})
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
