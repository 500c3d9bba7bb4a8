"""RSS and Atom files: each entry an article, with as much of its text as the feed holds."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO

from rag.errors import ReadError
from rag.ingest.formats.cards import Fact, card
from rag.ingest.formats.fragments import fragment_text, is_fragment
from rag.ingest.formats.whole import DAMAGE, whole
from rag.schema import Document, Unread


def read_feed(path: str, file: BinaryIO) -> Iterator[Document | Unread]:
    """The entries of a feed, named by their address, for a feed gets its new ones on top.

    Raises ReadError for XML that is no feed.
    """
    import feedparser

    data = whole(path, file)
    try:
        feed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    except DAMAGE as error:
        raise ReadError(f"{path}: is a broken feed ({type(error).__name__}); save it again") from error
    if not feed.entries:
        raise ReadError(f"{path}: holds no entries of an RSS or Atom feed; name the pages themselves")
    seen: Counter[str] = Counter()
    for number, entry in enumerate(feed.entries, start=1):
        key = entry.get("link") or entry.get("id") or str(number)
        seen[key] += 1
        name = f"{path}!/{key}" if seen[key] == 1 else f"{path}!/{key} ({seen[key]})"
        try:
            text = _text(entry)
        except ValueError as error:
            yield Unread(name, f"{name}: its text {error}; name the address itself")
            continue
        if text.strip():
            yield Document(name, text, card(_facts(entry, feed.feed)), is_story=True)
        else:
            yield Unread(name, f"{name}: the feed holds a link and no text; name the address itself")


def _text(entry: Any) -> str:
    """The longest of what the entry holds: the whole story where the feed carries it, else the summary."""
    bodies = [content.get("value") or "" for content in entry.get("content") or ()] + [entry.get("summary") or ""]
    return max((fragment_text(body) if _is_html(body) else body for body in bodies), key=len)


def _is_html(body: str) -> bool:
    return is_fragment(body) or ("&" in body and ";" in body)


def _facts(entry: Any, feed: Any) -> Iterator[Fact]:
    title = entry.get("title") or ""
    yield "title", fragment_text(title) if _is_html(title) else title, "feed"
    yield "outlet", _stated(entry, "source"), "feed"
    yield "outlet", _stated(feed, "title"), "feed"
    yield "authors", [author.get("name") for author in entry.get("authors") or () if author], "feed"
    yield "authors", _stated(entry, "author"), "feed"
    yield "published", _stated(entry, "published"), "feed"
    yield "published", _stated(entry, "created"), "feed"
    yield "updated", _stated(entry, "updated"), "feed"
    yield "language", _stated(feed, "language"), "feed"
    yield "url", _stated(entry, "link"), "feed"


def _stated(holder: Any, name: str) -> object:
    """What a feed says itself; feedparser would give one date for another."""
    return dict.get(holder, name)
