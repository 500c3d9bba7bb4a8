"""Copies of one story: which articles they are, which of them is best, and what they lend each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from rag.ingest.clusters import Shares, cluster
from rag.ingest.likeness import Runs, likeness, prepare_runs, worth_comparing
from rag.ingest.shingles import Sketch, candidates, sketch_text
from rag.ingest.split import make_sentences
from rag.schema import Article

COMPLETE = 0.9
_AT_HAND = 512  # texts whose runs are kept ready; the pairs come sorted, so few are made twice


def near_duplicates(texts: Mapping[str, str]) -> tuple[tuple[str, ...], ...]:
    """Clusters of ids, sorted, of texts that are copies of each other, whole or one within the other."""
    return copies({key: sketch_text(text) for key, text in texts.items()}, texts.__getitem__)


def copies(sketches: Mapping[str, Sketch], text_of: Callable[[str], str]) -> tuple[tuple[str, ...], ...]:
    """The same from the sketches alone, which may be kept; only texts that share a run of words are asked for."""
    equal: dict[int, list[str]] = defaultdict(list)
    for key in sorted(sketches):
        if len(sketches[key].runs):
            equal[sketches[key].whole].append(key)
    equal_to = {same[0]: same for same in equal.values()}
    keys = list(equal_to)

    @lru_cache(maxsize=_AT_HAND)
    def runs(key: str) -> Runs:
        return prepare_runs(text_of(key))

    def like(one: str, other: str) -> Shares | None:
        return likeness(runs(one), runs(other)) if worth_comparing(sketches[one], sketches[other]) else None

    pairs = ((keys[one], keys[other]) for one, other in candidates([sketches[key].runs for key in keys]))
    clusters = (sorted(key for first in group for key in equal_to[first]) for group in cluster(keys, pairs, like))
    return tuple(sorted(tuple(members) for members in clusters if len(members) > 1))


def best_copy(articles: Sequence[Article]) -> Article:
    """The copy to show for all: complete (nearly the longest), dated by itself, with an outlet, earliest."""
    longest = max(article.words for article in articles)

    def demerits(article: Article) -> tuple[bool, bool, bool, str, int, int, str]:
        return (
            article.words < COMPLETE * longest,
            not _own_date(article),
            article.outlet is None,
            str(article.published or "9999"),
            -len(article.authors) - (article.url is not None),
            -article.words,
            article.id,
        )

    return min(articles, key=demerits)


def lend(articles: Sequence[Article], clusters: Sequence[Sequence[str]]) -> tuple[Article, ...]:
    """The articles, each knowing its copies, the undated ones dated by the best dated copy; never the outlet.

    A borrowed date gives the words "last month" a meaning, so the sentences of the borrower are made anew.
    """
    by_id = {article.id: article for article in articles}
    changed: dict[str, Article] = {}
    for copies_of_one in clusters:
        members = [by_id[key] for key in copies_of_one if key in by_id]
        dated = [member for member in members if _own_date(member)]
        for member in members:
            copies = tuple(other.id for other in members if other.id != member.id)
            lent = replace(member, also_in=copies)
            if dated and not _own_date(member):
                lent = _borrow_date(lent, best_copy(dated))
            changed[member.id] = lent
    return tuple(changed.get(article.id, article) for article in articles)


def unlend(article: Article) -> Article:
    """The article as it was before it knew of any copy: what was borrowed is given back."""
    article = replace(article, also_in=())
    if article.published is None or _own_date(article):
        return article
    sources = {key: source for key, source in article.sources.items() if key != "published"}
    return replace(article, published=None, sources=sources, sentences=make_sentences(article.text, None))


def _own_date(article: Article) -> bool:
    return article.published is not None and not article.sources.get("published", "").startswith("borrowed")


def _borrow_date(article: Article, twin: Article) -> Article:
    return replace(
        article,
        published=twin.published,
        sources={**article.sources, "published": f"borrowed from {Path(twin.path).name}"},
        sentences=make_sentences(article.text, twin.published),
    )
