"""Pages of HTML: the story by trafilatura, the card by what the page's tags state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, BinaryIO

from rag.errors import ReadError
from rag.ingest.encodings import decoded
from rag.ingest.formats.cards import Fact, card, line
from rag.ingest.formats.fragments import parse, tree_text
from rag.ingest.formats.linked_data import article_node, named, same_words
from rag.ingest.formats.page_address import reads_day_first
from rag.ingest.formats.page_blocks import headline, page_blocks
from rag.ingest.formats.page_dates import page_dates
from rag.ingest.formats.page_story import MAX_ELEMENTS, page_story
from rag.ingest.formats.whole import whole
from rag.schema import Document, Given

_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"^\s*<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]+)", re.IGNORECASE)
_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(\S+)\s*-->|<!--\s*Page saved.*?\s+url:\s*(\S+)", re.DOTALL)
_FETCHED = re.compile(r"https?://(?!.*!/)", re.IGNORECASE)
_TITLE_TAIL = re.compile(r"\s+(?:[|»•·–—-]|::)\s+(?=[^|»•·–—]{1,60}$)")


def read_page(path: str, file: BinaryIO) -> Iterator[Document]:
    """A saved page. Raises ReadError if there is no text in it."""
    data = whole(path, file)
    declared = _CHARSET.search(data[:8192]) or _XML_ENCODING.search(data[:200])
    html = decoded(path, data, declared[1].decode("ascii") if declared else None)
    yield page_document(path, html, path if _FETCHED.match(path) else None)


def page_document(path: str, html: str, address: str | None = None) -> Document:
    """The article of a page; `address` is where it was fetched or saved from, if that is known.

    Where no story is found the page's whole text is given, for `clean` to look through.
    """
    try:
        tree = parse(html)
    except ValueError as error:
        raise ReadError(f"{path}: {error}, so it is no article; leave it out") from error
    if tree is None:
        raise ReadError(f"{path}: holds no page; save it again")
    crowded = sum(1 for _ in islice(tree.iter(), MAX_ELEMENTS + 1)) > MAX_ELEMENTS
    given = Given() if crowded else page_card(html, tree, address)
    story = "" if crowded else page_story(html, tree)
    text = _without_title(story, given.title) or tree_text(tree)
    if not text.strip():
        raise ReadError(f"{path}: the page holds no text; save it again once it has been drawn")
    return Document(path, text, given, is_story=bool(story))


def page_card(html: str, tree: Any, address: str | None = None) -> Given:
    """What a page states of its article in JSON-LD, meta tags, microdata and beside its headline."""
    meta = _meta(tree)
    saved = _SAVED_FROM.search(html[:4096])
    stated = [
        *((link.get("href"), "canonical link") for link in tree.xpath("//link[@rel='canonical']")),
        *((value, "meta tag") for value in meta.get("og:url", ())),
        *(((saved[1] or saved[2], "saved page"),) if saved else ()),
        (address, "address"),
    ]
    url = next((value for value, _ in stated if value and value.startswith("http")), None)
    window = line(tree.xpath("string(//head/title)"))
    title = next(iter(meta.get("og:title", ())), None) or window
    scripts = [script.text or "" for script in tree.xpath("//script[contains(@type, 'ld+json')]")]
    node = article_node(scripts, title, url)
    blocks = page_blocks(tree)
    top = headline(blocks, title or named(node.get("headline")))
    language = tree.get("lang") or next(iter(meta.get("content-language", ())), None)
    local = reads_day_first(language or next(iter(meta.get("og:locale", ())), None), url)
    dates = page_dates(html, tree, meta, node, blocks, top, url or address, local)

    def facts() -> Iterator[Fact]:
        yield "title", node.get("headline") if same_words(node.get("headline"), title) else None, "JSON-LD"
        site = next(iter(meta.get("og:site_name", ())), None)
        yield "title", _without_site(next(iter(meta.get("og:title", ())), None), site), "meta tag"
        yield "title", blocks[top].text if top is not None else None, "headline"
        yield "title", node.get("headline"), "JSON-LD"
        for name in ("dc.title", "dcterms.title", "citation_title", "parsely-title", "sailthru.title", "twitter:title"):
            for value in meta.get(name, ()):
                yield "title", value, "meta tag"
        yield "title", _without_site(window, site, cut=True), "title tag"
        yield "outlet", site, "meta tag"
        yield "outlet", named(node.get("publisher")), "JSON-LD"
        for name in ("application-name", "dc.publisher", "citation_journal_title", "publisher", "copyright"):
            for value in meta.get(name, ()):
                yield "outlet", value, "meta tag"
        yield "authors", node.get("author"), "JSON-LD"
        for name in (
            "author",
            "article:author",
            "parsely-author",
            "sailthru.author",
            "dc.creator",
            "citation_author",
            "byl",
        ):
            yield "authors", list(meta.get(name, ())), "meta tag"
        yield "authors", [author.text_content() for author in tree.xpath("//*[@rel='author']")[:5]], "author link"
        if dates.published:
            yield "published", *dates.published
        if dates.updated:
            yield "updated", *dates.updated
        yield "language", language, "lang attribute"
        yield "language", node.get("inLanguage"), "JSON-LD"
        yield "language", next(iter(meta.get("og:locale", ())), None), "meta tag"
        for value, source in stated:
            yield "url", value, source

    return card(facts())


def _meta(tree: Any) -> Mapping[str, list[str]]:
    """The meta tags by their lower-case names."""
    meta: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        content = tag.get("content")
        for key in ("property", "name", "http-equiv"):
            name = tag.get(key)
            if name and content and content.strip():
                meta.setdefault(name.strip().lower(), []).append(content.strip())
    return meta


def _without_site(title: str | None, site: str | None, *, cut: bool = False) -> str | None:
    """A title without the name of the site behind it; `cut`: whatever stands behind the last bar or dash."""
    match = _TITLE_TAIL.search(title or "")
    if title and match:
        tail = title[match.end() :]
        if (site and same_words(tail, site)) or (cut and len(title[: match.start()].split()) >= 3):
            return title[: match.start()]
    return title


def _without_title(story: str, title: str | None) -> str:
    """The story without the headline that stands above it; a story that is nothing else stays."""
    first, _, rest = story.partition("\n\n")
    return rest if rest and title and same_words(first, title) and len(first) <= len(title) + 20 else story
