"""The evidence in time: the dated articles that bear on an answer, along a line and as a list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rag.schema import Article
from ui.exchange import Exchange
from ui.text import clipped, day, escaped, opens

BEARS = 0.75
"""Share of the best passage's score from which on a passage that is not cited counts as bearing on the answer."""
MOST = 12  # articles; a line of more cannot be read


@dataclass(frozen=True)
class Moment:
    """A dated article; `numbers` are those of its citations, none if it was found and not cited."""

    published: date
    article: Article
    numbers: tuple[int, ...] = ()
    at: tuple[int, int, str] = (0, 0, "")  # where it opens: start, end, quote


def timeline(now: Exchange) -> str:
    """Nothing for a refusal, or where fewer than two dated articles bear on the answer."""
    found = moments(now) if now.answer is not None and not now.refused else []
    if len(found) < 2:
        return ""
    dots = "".join(
        f'<i class="{_kind(one)}" style="inset-inline-start:{place:.1f}%"></i>'
        for one, place in zip(found, places([one.published for one in found]), strict=True)
    )
    items = "".join(_item(one) for one in found)
    return (
        '<section class="timeline"><h3>The evidence in time</h3>'
        f'<div class="line" aria-hidden="true">{dots}</div>'
        f"<ol>{items}</ol></section>"
    )


def moments(now: Exchange) -> list[Moment]:
    """Cited articles, then those of passages nearly as good as the best, in the order of their dates."""
    found: dict[str, Moment] = {}
    for citation in now.citations:
        article = now.articles.get(citation.article_id)
        if article and citation.published:
            before = found.get(article.id)
            numbers = (*before.numbers, citation.n) if before else (citation.n,)
            at = before.at if before else (citation.start, citation.end, citation.quote)
            found[article.id] = Moment(citation.published, article, numbers, at)
    best = max((hit.score for hit in now.hits), default=0.0)
    known = {key for one in found.values() for key in (one.article.id, *one.article.also_in)}
    for hit in now.hits:
        article = now.articles.get(hit.article_id)
        if article and article.published and article.id not in known and hit.score >= BEARS * best:
            found[article.id] = Moment(article.published, article, at=(hit.start, hit.end, hit.text))
            known |= {article.id, *article.also_in}
    return sorted(list(found.values())[:MOST], key=lambda one: one.published)


def places(dates: Sequence[date]) -> list[float]:
    """Where each date lies between the first and the last, in per cent; all in the middle if they are one day."""
    first, span = dates[0], (dates[-1] - dates[0]).days
    return [100 * (one - first).days / span if span else 50.0 for one in dates]


def _item(one: Moment) -> str:
    marks = "".join(f'<span class="n" aria-hidden="true">{n}</span>' for n in one.numbers)
    role = f" (source {', '.join(map(str, one.numbers))})" if one.numbers else " (found, not cited)"
    outlet = f'<span class="source">{escaped(one.article.outlet)}</span>' if one.article.outlet else ""
    return (
        f'<li class="{_kind(one)}"><time datetime="{one.published.isoformat()}">{day(one.published)}</time>'
        f'<span dir="auto">{marks}<button type="button" class="link" {opens(one.article.id, *one.at)}>'
        f"{escaped(clipped(one.article.title, 110))}</button> {outlet}"
        f'<span class="unseen">{role}</span></span></li>'
    )


def _kind(one: Moment) -> str:
    return "cited-one" if one.numbers else "found-one"
