"""Pages fetched from addresses that were given by name: bounded in size and time, every hop checked.

A name is resolved once for a hop, all its addresses are checked, and the connection goes to the very address
that was checked; so a name that points elsewhere a moment later (DNS rebinding) gains nothing. Proxies of the
environment are not used: they would resolve the name themselves.
"""

from __future__ import annotations

import io
import ipaddress
import socket
import ssl
import time
from collections.abc import Collection
from contextlib import closing
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, BinaryIO
from urllib.parse import unquote

from rag.errors import ReadError
from rag.ingest.formats.whole import MAX_BYTES

if TYPE_CHECKING:
    import httpx

MAX_HOPS = 5
STEP_SECONDS = 15.0
TOTAL_SECONDS = 60.0
_AGENT = "dateline (reads pages that its user names)"
_KINDS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "text/markdown": ".md",
    "application/pdf": ".pdf",
    "application/rss+xml": ".rss",
    "application/atom+xml": ".atom",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "application/json": ".json",
    "application/feed+json": ".json",
    "application/x-ndjson": ".jsonl",
    "text/csv": ".csv",
    "application/zip": ".zip",
    "message/rfc822": ".eml",
    "multipart/related": ".mhtml",
}


@dataclass(frozen=True)
class Address:
    """An http(s) address; `allow_private` lets it lead to this machine and the local network."""

    url: str
    allow_private: bool = False

    def __str__(self) -> str:
        return self.url


def fetch(address: Address, kinds: Collection[str]) -> tuple[str, BinaryIO]:
    """The format (a suffix out of `kinds`) and the bytes that lie at an address.

    Raises ReadError, naming the address, if it leads nowhere, to a private address, or to too much.
    """
    import httpx

    deadline = time.monotonic() + TOTAL_SECONDS
    try:
        with httpx.Client(trust_env=False, timeout=STEP_SECONDS, headers={"User-Agent": _AGENT}) as client:
            url = httpx.URL(address.url)
            for _ in range(MAX_HOPS + 1):
                with closing(client.send(_pinned(client, url, address), stream=True)) as response:
                    if response.is_redirect:
                        url = url.join(response.headers["Location"])
                        continue
                    if response.status_code != 200:
                        raise ReadError(f"{address}: the server answers {response.status_code}; check the address")
                    return _kind(response, url, kinds), io.BytesIO(_body(response, address, deadline))
        raise ReadError(f"{address}: redirects more than {MAX_HOPS} times; name the page's own address")
    except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError) as error:
        raise ReadError(f"{address}: cannot be fetched ({_short(error)}); check the address and the network") from error


def _pinned(client: httpx.Client, url: httpx.URL, address: Address) -> httpx.Request:
    """The request for a URL with its host replaced by the network address it was checked at."""
    if url.scheme not in ("http", "https") or not url.host:
        raise ReadError(f"{address}: leads to {url.scheme or 'no'}: address; only http and https are fetched")
    if url.userinfo:
        raise ReadError(f"{address}: holds a user name or password; leave it out")
    port = url.port or (443 if url.scheme == "https" else 80)
    number = _checked(url.host, port, address)
    return client.build_request(
        "GET",
        url.copy_with(host=number),
        headers={"Host": url.netloc.decode("ascii"), "Accept-Encoding": "gzip, identity"},
        extensions={"sni_hostname": url.raw_host.decode("ascii")},
    )


def _checked(host: str, port: int, address: Address) -> str:
    """The first network address of a host; all of them must be public unless private ones are allowed."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    numbers = [str(entry[4][0]).split("%")[0] for entry in found]
    for number in [] if address.allow_private else numbers:
        if not is_public(number):
            raise ReadError(f"{address}: leads to {number}, a private address; --allow-private fetches it all the same")
    return numbers[0]


def is_public(number: str) -> bool:
    """Whether a network address is one of the open Internet, also where IPv6 wraps an IPv4 one."""
    ip = ipaddress.ip_address(number)
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is None and ip in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def _body(response: httpx.Response, address: Address, deadline: float) -> bytes:
    parts: list[bytes] = []
    size = 0
    for part in response.iter_bytes(1 << 16):
        size += len(part)
        if size > MAX_BYTES:
            raise ReadError(f"{address}: larger than {MAX_BYTES >> 20} MiB, too long for an article")
        if time.monotonic() > deadline:
            raise ReadError(f"{address}: not fetched after {TOTAL_SECONDS:.0f} s; try again later")
        parts.append(part)
    return b"".join(parts)


def _kind(response: httpx.Response, url: httpx.URL, kinds: Collection[str]) -> str:
    """The format by the name in the address where it is one that is read, else by what the server says."""
    stated = response.headers.get("Content-Type", "").split(";")[0].strip().lower()
    suffix = PurePosixPath(unquote(url.path)).suffix.lower()
    if stated in ("", "application/octet-stream", "text/plain", "text/xml", "application/xml") and suffix in kinds:
        return suffix
    return _KINDS.get(stated, ".html" if not stated else suffix if suffix in kinds else "")


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
