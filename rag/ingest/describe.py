"""The name card of an article: what it is called, who published it, when and where; each with where that was read.

What the format itself states (meta tags, front matter, columns) is believed first, then the page's own lines.
What neither says is None and has no source.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.clock import latest_day
from rag.ingest import cues
from rag.ingest.card_dates import StatedDate, byline_dates, choose, name_date, plausible
from rag.ingest.clean import story_text
from rag.ingest.credits import Found, bylines, find_authors, find_outlet, host
from rag.ingest.dateline import Dateline, read_dateline
from rag.ingest.language import language_of, short_code
from rag.ingest.split import split_sentences
from rag.schema import Block, Document, Given

_URL = re.compile(r"https?://[^\s<>\"')\]]+")
_URL_LINE = re.compile(
    r"^(?:(?:url|link|source url|web address|original)\s*:\s*)?(?P<url>https?://\S+)$", re.IGNORECASE
)
EDGE = 5
"""Lines at the head and the foot of a document among which an address of its own is the article's."""


@dataclass(frozen=True)
class Description:
    """The name card of an article. `other_dates` are the page's dates about it that are not `published`."""

    title: str
    outlet: str | None
    authors: tuple[str, ...]
    published: date | None
    updated: date | None
    place: str | None
    language: str | None
    url: str | None
    sources: dict[str, str]
    other_dates: tuple[tuple[date, str], ...]


def describe(document: Document, blocks: Sequence[Block], today: date | None = None) -> Description:
    """Read the name card off what the format states and off the cleaned page. Days after `today` are none."""
    given, text = document.given, story_text(blocks)
    latest = today or latest_day()
    dateline = _dateline(blocks, text)
    published, updated, others = _dates(document, blocks, dateline, latest)
    url = _first(_given(given, "url"), _url(document, blocks))
    authors = given.authors or find_authors(blocks)
    fields = {
        "title": _first(_given(given, "title"), _title(document, blocks, text)),
        "outlet": _first(_given(given, "outlet"), find_outlet(blocks), _address_outlet(given)),
        "authors": Found("", given.sources.get("authors", "file") if given.authors else "byline") if authors else None,
        "published": Found("", published.source) if published else None,
        "updated": Found("", updated.source) if updated else None,
        "place": Found(dateline.place, "first lines") if dateline else None,
        "language": _language(given, text),
        "url": url,
    }
    value = {name: found.value for name, found in fields.items() if found}
    return Description(
        title=value["title"],
        outlet=value.get("outlet"),
        authors=authors,
        published=published.day if published else None,
        updated=updated.day if updated else None,
        place=value.get("place"),
        language=value.get("language"),
        url=value.get("url"),
        sources={name: found.source for name, found in fields.items() if found},
        other_dates=others,
    )


def _given(given: Given, name: str) -> Found | None:
    value = getattr(given, name)
    return Found(value.strip(), given.sources.get(name, "file")) if value and value.strip() else None


def _first(*found: Found | None) -> Found | None:
    return next((one for one in found if one), None)


def _title(document: Document, blocks: Sequence[Block], text: str) -> Found:
    for block in blocks:
        if block.kind == "title":
            shown = cues.LINK.sub(r"\1", block.text).lstrip("# ")
            return Found(shown, "first line" if block is blocks[0] else "headline")
    for start, end in split_sentences(text):
        return Found(text[start:end], "first sentence")
    return Found(re.split(r"[/\\]", document.path)[-1], "file name")


def _dateline(blocks: Sequence[Block], text: str) -> Dateline | None:
    """At the head of the story, or on a line of its own above it."""
    found = read_dateline(text)
    if found:
        return found
    return next(
        (found for line in bylines(blocks) if line.endswith(("—", "–")) and (found := read_dateline(line))), None
    )


def _dates(
    document: Document, blocks: Sequence[Block], dateline: Dateline | None, latest: date
) -> tuple[StatedDate | None, StatedDate | None, tuple[tuple[date, str], ...]]:
    """Published, updated, and every other day with the word beside it."""
    given = document.given
    stated = list(byline_dates(blocks, latest))
    if dateline and dateline.day and plausible(dateline.day, latest):
        stated.append(StatedDate(dateline.day, "first lines", "first lines"))
    published, updated = choose(stated)
    if given.published and plausible(given.published, latest):
        published = StatedDate(given.published, "", given.sources.get("published", "file"))
    if given.updated and plausible(given.updated, latest):
        updated = StatedDate(given.updated, "updated", given.sources.get("updated", "file"))
    named = None if published else name_date(document.path, latest)
    if named and (updated is None or named <= updated.day):
        published = StatedDate(named, "file name", "file name")
    shown = [(found.day, found.label or "byline") for found in ([updated] if updated else []) + stated]
    others = tuple(dict.fromkeys(pair for pair in shown if not published or pair[0] != published.day))
    return published, updated, others


def _url(document: Document, blocks: Sequence[Block]) -> Found | None:
    """An address in a byline, or on a line of its own at the very head or foot of the document."""
    in_byline = next((match[0] for line in bylines(blocks) for match in _URL.finditer(line)), None)
    if in_byline:
        return Found(in_byline.rstrip(".,;"), "byline")
    lines = [line.strip() for line in document.text.splitlines() if line.strip()]
    for edge, source in ((lines[:EDGE], "first lines"), (lines[EDGE:][-EDGE:], "footer")):
        found = [match["url"] for line in edge if (match := _URL_LINE.match(line))]
        if len(found) == 1:
            return Found(found[0], source)
    return None


def _address_outlet(given: Given) -> Found | None:
    return Found(host(given.url), "address") if given.url and host(given.url) != given.url else None


def _language(given: Given, text: str) -> Found | None:
    """The story's own words, where they are enough, before a tag that a template may have set for all its pages."""
    code = language_of(text)
    if code:
        return Found(code, "its words")
    stated = short_code(given.language) if given.language else None
    return Found(stated, given.sources.get("language", "file")) if stated else None
