"""A finding becomes a sentence of the answer, its quotes cut out of the stored text by code and numbered."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.read import Finding
from rag.schema import AnswerSentence, Article, Citation, Sentence


def cite(finding: Finding, so_far: Sequence[Citation]) -> tuple[AnswerSentence, tuple[Citation, ...]]:
    """The sentence with its citations, and those of them that the answer does not have yet."""
    article = finding.passage.article
    numbers: list[int] = []
    new: list[Citation] = []
    for quote in finding.quotes:
        known = next((c for c in [*so_far, *new] if _same_place(c, article, quote)), None)
        if known is None:
            known = make_citation(len(so_far) + len(new) + 1, article, quote)
            new.append(known)
        if known.n not in numbers:
            numbers.append(known.n)
    return AnswerSentence(finding.text, tuple(numbers), finding.verdict), tuple(new)


def make_citation(n: int, article: Article, quote: Sentence) -> Citation:
    return Citation(
        n=n,
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        path=article.path,
        url=article.url,
        start=quote.start,
        end=quote.end,
        quote=article.text[quote.start : quote.end],
        also_in=article.also_in,
        dates=quote.dates,
    )


def marked(sentence: AnswerSentence) -> str:
    """The sentence with its marks: "Lavrov arrived on 19 April 2023. [1]"."""
    return " ".join([sentence.text, *(f"[{n}]" for n in sentence.citations)])


def _same_place(citation: Citation, article: Article, quote: Sentence) -> bool:
    return (citation.article_id, citation.start, citation.end) == (article.id, quote.start, quote.end)
