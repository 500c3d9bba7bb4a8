"""The sources beside an answer: cited quotes highlighted in their paragraphs, and passages found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import PurePath
from urllib.parse import urlsplit

from rag.desk.cited import paragraph
from rag.ingest.page_numbers import spoken_page
from rag.schema import Article, Citation, DateMention, Hit
from ui.text import clipped, counted, day, days, escaped, opens, web_address

PASSAGES_SHOWN = 5  # the panel stays about one screen high; the others are one click away

Articles = Mapping[str, Article]


def citation_card(citation: Citation, articles: Articles, anchor: str, remark: str = "") -> str:
    """A numbered card: the article's name, then the quote marked inside its paragraph; `remark` says what has
    become of the article since."""
    since = f'<p class="also since" role="note">{escaped(remark)}</p>' if remark else ""
    article = articles.get(citation.article_id)
    opening = opens(citation.article_id, citation.start, citation.end, citation.quote)
    return (
        f'<li class="card cited" id="{escaped(anchor)}" tabindex="-1">'
        f'<span class="number" aria-hidden="true">{citation.n}</span>'
        f"{name_plate(citation, article, articles, opening, citation.page)}{since}"
        f'<blockquote dir="auto">{quote_in_paragraph(citation, article)}</blockquote>'
        f"{resolved_dates(citation.dates)}</li>"
    )


def passage_cards(hits: Sequence[Hit], articles: Articles) -> str:
    """The passages grouped by article, articles and passages in the order of the best hit."""
    grouped: dict[str, list[Hit]] = {}
    for hit in hits:
        grouped.setdefault(hit.article_id, []).append(hit)
    cards = "".join(_passage_card(articles.get(key), group, articles) for key, group in grouped.items())
    return f'<ul class="cards">{cards}</ul>'


def passages(hits: Sequence[Hit], articles: Articles) -> str:
    """The best passages in full view, the others behind a disclosure."""
    best, rest = hits[:PASSAGES_SHOWN], hits[PASSAGES_SHOWN:]
    more = folded(counted(len(rest), "more passage"), passage_cards(rest, articles)) if rest else ""
    return passage_cards(best, articles) + more


def folded(summary: str, body: str) -> str:
    """A disclosure; `summary` is plain text, `body` is HTML."""
    return f"<details><summary>{escaped(summary)}</summary>{body}</details>"


def name_plate(
    item: Citation | Article, article: Article | None, articles: Articles, opening: str, page: int | None = None
) -> str:
    """Title, outlet, date with its provenance, page, address, and the other places that carry the same text.

    The title opens the article; `opening` are the attributes that say where.
    """
    title = escaped(item.title or PurePath(item.path).name)
    outlet = escaped(item.outlet) if item.outlet else '<span class="unknown">Outlet unknown</span>'
    provenance = article.sources.get("published") if article else None
    copies = _copies(item.also_in, articles)
    also = f'<p class="also">Also in {copies}</p>' if copies else ""
    parts = (outlet, _published(item.published, provenance), spoken_page(page), _address(item.url))
    dot = ' <span aria-hidden="true">·</span> '
    return (
        f'<h4 dir="auto"><button type="button" class="link" {opening}>{title}</button></h4>'
        f'<p class="where">{dot.join(part for part in parts if part)}</p>{also}'
    )


def quote_in_paragraph(citation: Citation, article: Article | None) -> str:
    """The paragraph with the quote in <mark>; the quote alone if the stored text does not hold it there."""
    start, end = citation.start, citation.end
    if article is None or not citation.quote or article.text[start:end] != citation.quote:
        return f"<mark>{escaped(citation.quote)}</mark>"
    first, last = paragraph(article, start, end)
    before, behind = article.text[first:start], article.text[end:last]
    return f"{escaped(before)}<mark>{escaped(citation.quote)}</mark>{escaped(behind)}"


def resolved_dates(mentions: Sequence[DateMention]) -> str:
    """`Wednesday night → 19 April 2023`, for the expressions that do not already name their year."""
    rows = "".join(_resolved(mention) for mention in mentions)
    return f'<dl class="dates" aria-label="Dates in the quote">{rows}</dl>' if rows else ""


def _resolved(mention: DateMention) -> str:
    if mention.first is None or mention.last is None:
        meaning = "as said; the article does not tell the day"
    elif str(mention.first.year) in mention.text:
        return ""
    else:
        about = {"past": "", "planned": " (planned)", "vague": " (about)"}[mention.kind]
        meaning = days(mention.first, mention.last) + about
    return f"<div><dt>{escaped(mention.text)}</dt><dd>{escaped(meaning)}</dd></div>"


def _passage_card(article: Article | None, hits: Sequence[Hit], articles: Articles) -> str:
    best = hits[0]
    opening = opens(best.article_id, best.start, best.end, best.text)
    name = name_plate(article, article, articles, opening) if article else f"<h4>{escaped(best.article_id)}</h4>"
    quotes = "".join(f'<blockquote dir="auto"><p>{escaped(hit.text)}</p></blockquote>' for hit in hits)
    return f'<li class="card found">{name}{quotes}</li>'


def _published(published: date | None, provenance: str | None) -> str:
    if published is None:
        return '<span class="unknown">undated</span>'
    borrowed = " (date borrowed from its copy)" if (provenance or "").startswith("borrowed") else ""
    return f'<time datetime="{published.isoformat()}">{day(published)}</time>{borrowed}'


def _address(url: str | None) -> str:
    """The site as a link to the page, if a click on it can only open a web page."""
    address = web_address(url)
    if not address:
        return ""
    site = escaped(clipped(urlsplit(address).netloc.removeprefix("www."), 40))
    return f'<a href="{escaped(address)}" target="_blank" rel="noopener noreferrer">{site}</a>'


def _copies(also_in: Sequence[str], articles: Articles) -> str:
    """Each copy by its outlet, else its file; those we know nothing of are only counted."""
    known = [articles[copy] for copy in also_in if copy in articles]
    names = [escaped(copy.outlet or clipped(PurePath(copy.path).name, 40)) for copy in known]
    unknown = len(also_in) - len(known)
    return ", ".join([*names, *([f"{unknown} other {'copy' if unknown == 1 else 'copies'}"] if unknown else [])])
