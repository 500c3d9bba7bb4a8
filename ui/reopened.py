"""A kept conversation as the page draws it: what was answered then, opening what is there now, and saying so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rag.desk.cited import Standing
from rag.desk.records import Cited, Kept, Place
from rag.desk.wording import NO_ANSWER
from rag.ingest.page_numbers import page_of
from rag.schema import EVERYTHING, Article, Citation, Sentence
from ui.exchange import STOPPED, Exchange

MOVED = "The article has changed since; the quote still stands in it."
CHANGED = "The article has changed since, and the quote stands in it no more. This is what it said."
COPY = "The article has been removed since; the quote still stands in a copy of it, which is opened instead."
GONE = "The article has been removed since. This is what it said."

Standings = Mapping[int, Standing]


def reopened(conversation: str, kept: Kept, standings: Standings, articles: Mapping[str, Article]) -> Exchange:
    """`standings` by the citations' numbers; `articles` are those of the passages that are here, by id."""
    answer = kept.answer
    shown = [_shown(cited, standings[cited.citation.n]) for cited in kept.cited]
    citations = tuple(citation for citation, _, _ in shown)
    there = {article.id: article for _, article, _ in shown}
    return Exchange(
        question=kept.question,
        filters=answer.narrowed.filters if answer and answer.narrowed else EVERYTHING,
        standalone=answer.standalone_question if answer else None,
        hits=answer.evidence if answer else (),
        articles={**articles, **there},
        sentences=answer.sentences if answer else (),
        citations=citations,
        answer=replace(answer, citations=citations) if answer and kept.state == "answered" else None,
        trouble=_trouble(kept),
        place=Place(conversation, kept.position),
        feedback=kept.feedback,
        remarks={citation.n: remark for citation, _, remark in shown if remark},
    )


def as_it_was(cited: Cited) -> Article:
    """An article of which only the cited paragraph is known, at its place."""
    citation, first = cited.citation, cited.paragraph_start
    return Article(
        id=citation.article_id,
        path=citation.path,
        title=citation.title,
        text="\n" * first + cited.paragraph,
        outlet=citation.outlet,
        published=citation.published,
        url=citation.url,
        sources={"published": cited.published_from} if cited.published_from else {},
        sentences=(Sentence(first, first + len(cited.paragraph), 0),),
        also_in=citation.also_in,
    )


def _shown(cited: Cited, now: Standing) -> tuple[Citation, Article, str]:
    """The citation as it opens now, the article its card is drawn from, and what there is to say."""
    citation = cited.citation
    if now.state == "unchanged" and now.article:
        return citation, now.article, ""
    if now.article and now.start is not None:
        remark = MOVED if now.state == "changed" else COPY
        end = now.start + len(citation.quote)
        page = page_of(now.article, now.start)
        moved = replace(citation, article_id=now.article.id, start=now.start, end=end, page=page)
        return moved, now.article, remark
    return citation, as_it_was(cited), CHANGED if now.state == "changed" else GONE


def _trouble(kept: Kept) -> str | None:
    if kept.state == "answered":
        return None
    return {"stopped": STOPPED, "failed": kept.trouble, "asked": NO_ANSWER["asked"]}[kept.state] or NO_ANSWER["failed"]
