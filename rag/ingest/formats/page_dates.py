"""When a page was published, and when it was updated: several signs that are often at odds, weighed.

Trusted in this order: the article's own JSON-LD and its "published" meta tags, microdata, the day beside the
headline, the day in the address, lesser meta tags, htmldate where the page shows its day too. The page's own
showing decides between days next to each other, for machines write UTC. None rather than a guess.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rag.clock import this_day
from rag.ingest.formats.days import to_day
from rag.ingest.formats.linked_data import Node
from rag.ingest.formats.page_address import address_day, address_month
from rag.ingest.formats.page_blocks import PageBlock
from rag.ingest.formats.shown_days import Shown, day_in_month, days_in_short_blocks, shown_days
from rag.ingest.formats.whole import DAMAGE

_PUBLISHED_TAGS = """article:published_time og:article:published_time og:published_time article:published datepublished
    dc.date.issued dcterms.issued dc.date.published publication_date publication-date pdate
    publishdate publish-date publish_date published_date published_time published_at parsely-pub-date sailthru.date
    article.published citation_publication_date citation_online_date cxenseparse:recs:publishtime bt:pubdate pubdate
    shareaholic:article_published_time vr:published_time displaydate originalpublicationdate article_date_original
    rnews:datepublished prism.publicationdate""".split()
_LESSER_TAGS = """date dc.date dcterms.date article:date article_date created datecreated timestamp content_date
    dcterms.created dc.date.created""".split()
_UPDATED_TAGS = """article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified
    lastmod revised article:updated_time updated_time""".split()
_IN_SCRIPTS = re.compile(
    r"""["'](?:first_?published(?:_?at|_?date)?|date_?published|publish(?:ed)?_?(?:at|date|time)|publication_?date
    |pub_?date|original_?publish_?date)["']\s*:\s*["']?(\d[\w:.+ -]{7,30})""",
    re.IGNORECASE | re.VERBOSE,
)
_OTHER_SCOPES = re.compile("Comment|Video|Image|Person|Organization|ItemList|Event|Product|WPSideBar")


@dataclass(frozen=True)
class PageDates:
    published: tuple[date, str] | None
    updated: tuple[date, str] | None


@dataclass(frozen=True)
class _Sign:
    day: date
    source: str
    in_utc: bool = False


def page_dates(
    html: str,
    tree: Any,
    meta: Mapping[str, Sequence[str]],
    node: Node,
    blocks: Sequence[PageBlock],
    title: int | None,
    address: str | None,
    day_first: bool | None,
) -> PageDates:
    """The day of first publication and the day of the last update, each with its source, as the page states them."""
    shown = shown_days(blocks, title, day_first)
    in_address = address_day(address)
    updates = list(_updates(meta, node, tree, shown, day_first))
    published = _published(_strong(meta, node, tree, day_first), shown, in_address, [sign.day for sign in updates])
    published = published or _lesser(meta, node, tree, day_first, updates) or _pieced(blocks, title, address, day_first)
    published = published or _confirmed(html, blocks, title, address, day_first, updates)
    latest = max(updates, key=lambda sign: sign.day, default=None)
    if latest and published and latest.day <= published.day:
        latest = None
    return PageDates(
        (published.day, published.source) if published else None, (latest.day, latest.source) if latest else None
    )


def _published(
    strong: Sequence[_Sign], shown: Sequence[Shown], in_address: date | None, updates: Sequence[date]
) -> _Sign | None:
    """The machine's day, unless what the reader sees, or the address, corrects it."""
    seen = next((one for one in shown if not one.updated), None)
    if not strong:
        return _without_machine(seen, in_address)
    days = [one.day for one in shown if not one.updated]
    backed = [sign for sign in strong if sign.day in days or sign.day == in_address]
    sign = min(backed or strong, key=lambda one: one.day)
    if seen is None:
        return _Sign(in_address, "address") if in_address and sign.in_utc and _next_to(in_address, sign.day) else sign
    if sign.day in days:
        return sign
    beside = next((day for day in days if _next_to(day, sign.day)), None)
    if beside and (sign.in_utc or beside not in updates):
        return _Sign(beside, "byline")
    if in_address and seen.day < sign.day and _apart(seen.day, in_address) <= 1:
        return _Sign(seen.day, "byline")
    if seen.day < sign.day and seen.labelled and seen.marked:
        return _Sign(seen.day, "byline")
    return sign


def _without_machine(seen: Shown | None, in_address: date | None) -> _Sign | None:
    if seen and (in_address is None or seen.labelled or _apart(seen.day, in_address) <= 1):
        return _Sign(seen.day, "byline")
    return _Sign(in_address, "address") if in_address else None


def _strong(meta: Mapping[str, Sequence[str]], node: Node, tree: Any, day_first: bool | None) -> list[_Sign]:
    signs = [_sign(node.get("datePublished"), "JSON-LD", day_first)]
    signs += [_sign(value, "meta tag", day_first) for name in _PUBLISHED_TAGS for value in meta.get(name, ())[:1]]
    if not any(signs):
        signs += [_sign(value, "microdata", day_first) for value in _microdata(tree, "datePublished")][:1]
    return [sign for sign in signs if sign]


def _lesser(
    meta: Mapping[str, Sequence[str]],
    node: Node,
    tree: Any,
    day_first: bool | None,
    updates: Sequence[_Sign],
) -> _Sign | None:
    """Signs that mostly mean the publication, believed where there is no better one and no update's day."""
    signs = [_sign(node.get(key), "JSON-LD", day_first) for key in ("dateCreated", "uploadDate")]
    signs += [_sign(value, "meta tag", day_first) for name in _LESSER_TAGS for value in meta.get(name, ())[:1]]
    signs += [_sign(value, "microdata", day_first) for value in _microdata(tree, "dateCreated")][:1]
    updated = {sign.day for sign in updates}
    found = next((sign for sign in signs if sign and sign.day not in updated and sign.day != this_day()), None)
    return found or _in_scripts(tree)


def _in_scripts(tree: Any) -> _Sign | None:
    """The day that the page's own scripts call the publication's, if they name but one."""
    scripts = " ".join(script.text or "" for script in tree.iter("script"))
    days = {to_day(value) for value in _IN_SCRIPTS.findall(scripts)}
    day = days.pop() if len(days) == 1 else None
    return _Sign(day, "page data") if day else None


def _pieced(
    blocks: Sequence[PageBlock], title: int | None, address: str | None, day_first: bool | None
) -> _Sign | None:
    """A day beside the headline with its year and month in the address, or the only day that is shown at all."""
    month = address_month(address)
    day = day_in_month(blocks, title, *month) if month else None
    if day:
        return _Sign(day, "byline")
    days = days_in_short_blocks(blocks, title, day_first)
    return _Sign(days[0], "byline") if len(days) == 1 and days[0].year >= 1990 else None


def _confirmed(
    html: str,
    blocks: Sequence[PageBlock],
    title: int | None,
    address: str | None,
    day_first: bool | None,
    updates: Sequence[_Sign],
) -> _Sign | None:
    """What htmldate finds, if the page shows that day as well: alone it is wrong on one page in ten."""
    days = days_in_short_blocks(blocks, title, day_first)
    if not days:
        return None
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        said = find_date(html, extensive_search=False, original_date=True, url=address)
    except DAMAGE:
        return None
    day = to_day(said)
    return _Sign(day, "htmldate") if day in days and day not in {sign.day for sign in updates} and day else None


def _updates(
    meta: Mapping[str, Sequence[str]], node: Node, tree: Any, shown: Sequence[Shown], day_first: bool | None
) -> Iterator[_Sign]:
    stated = [(node.get("dateModified"), "JSON-LD")]
    stated += [(value, "meta tag") for name in _UPDATED_TAGS for value in meta.get(name, ())[:1]]
    stated += [(value, "microdata") for value in _microdata(tree, "dateModified")[:1]]
    for value, source in stated:
        sign = _sign(value, source, day_first)
        if sign:
            yield sign
    for one in shown:
        if one.updated:
            yield _Sign(one.day, "byline")


def _microdata(tree: Any, name: str) -> list[str]:
    """Values of a property of the article's own scope, the one around the headline first: not of a comment, a
    video or a list within it."""
    found: list[tuple[bool, str]] = []
    for element in tree.xpath(f"//*[contains(concat(' ', @itemprop, ' '), ' {name} ')]")[:20]:
        around = list(element.iterancestors())
        scope = next((one for one in around if one.get("itemscope") is not None), None)
        foreign = scope is not None and _OTHER_SCOPES.search(scope.get("itemtype") or "")
        if foreign or any(one.tag in ("aside", "nav", "footer") for one in around):
            continue
        value = element.get("content") or element.get("datetime") or " ".join(element.text_content().split())
        found.append((scope is None or scope.find(".//h1") is None, value))
    return [value for _, value in sorted(found, key=lambda entry: entry[0])]


def _sign(value: Any, source: str, day_first: bool | None) -> _Sign | None:
    day = to_day(value, day_first)
    return _Sign(day, source, bool(re.search(r"\d:\d.*(?:Z|[+-]00:?00|GMT|UTC)$", str(value).strip()))) if day else None


def _next_to(one: date, other: date) -> bool:
    return _apart(one, other) == 1


def _apart(one: date, other: date) -> int:
    return abs((one - other).days)
