"""A citation as it stood when it was made, and what has become of its article since."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from rag.desk.records import Cited, Copy
from rag.schema import Article, Citation


class Shelf(Protocol):
    """Where articles are looked up now: the archive's store."""

    def article(self, article_id: str) -> Article | None: ...

    def article_at(self, path: str) -> Article | None: ...


@dataclass(frozen=True)
class Standing:
    """What has become of a cited article.

    `article` is the one to open now: the same if it is unchanged; if it has changed, what its file holds today;
    if it is gone, a copy that still has the quote, or None. `start` is where the quote stands in it, None if it
    does not stand in it any more.
    """

    state: Literal["unchanged", "changed", "gone"]
    article: Article | None
    start: int | None


def as_it_stands(citation: Citation, articles: Mapping[str, Article]) -> Cited:
    """The citation with its paragraph; `articles` are the passages' own, with their sentences, by id."""
    article = articles.get(citation.article_id)
    if article is None:
        return Cited(citation, "", "", citation.quote, citation.start)
    first, last = paragraph(article, citation.start, citation.end)
    copies = (articles[id] for id in citation.also_in if id in articles)
    return Cited(
        citation=citation,
        content_hash=article.content_hash,
        text_sha256=sha256(article.text),
        paragraph=article.text[first:last],
        paragraph_start=first,
        published_from=article.sources.get("published"),
        copies=tuple(Copy(copy.id, copy.path, copy.outlet, copy.url) for copy in copies),
    )


def standing(cited: Cited, shelf: Shelf) -> Standing:
    """Whether the quote still stands where it was cited, in an article of that name, or what is there instead."""
    citation = cited.citation
    article = shelf.article(citation.article_id)
    if article and article.text[citation.start : citation.end] == citation.quote:
        return Standing("unchanged", article, citation.start)
    article = article or shelf.article_at(citation.path)  # a file that was edited gives an article of another id
    if article:
        return Standing("changed", article, _found(citation.quote, article, citation.start))
    for copy in cited.copies:
        other = shelf.article(copy.article_id) or shelf.article_at(copy.path)
        start = _found(citation.quote, other, citation.start) if other else None
        if start is not None:
            return Standing("gone", other, start)
    return Standing("gone", None, None)


def standings(cited: Sequence[Cited], shelf: Shelf) -> dict[int, Standing]:
    """By the citations' numbers."""
    return {each.citation.n: standing(each, shelf) for each in cited}


def paragraph(article: Article, start: int, end: int) -> tuple[int, int]:
    """The half-open range of the paragraphs that [start:end] touches."""
    touched = {s.paragraph for s in article.sentences if s.start < end and start < s.end}
    inside = [s for s in article.sentences if s.paragraph in touched]
    if not inside:
        return start, end
    return min(start, inside[0].start), max(end, inside[-1].end)


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()


def _found(quote: str, article: Article, near: int) -> int | None:
    """Where the quote stands in the text, at the place nearest to `near`."""
    text, places, at = article.text, [], -1
    while quote and (at := text.find(quote, at + 1)) >= 0:
        places.append(at)
    return min(places, key=lambda place: abs(place - near), default=None)
