"""What proves an answer: the sentences that a question's support quotes, or passages of the articles it names."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.metrics import Fact, Span, find_spans, says_words
from eval.questions import Question
from rag.schema import Article


@dataclass(frozen=True)
class Proofs:
    """The facts that a passage found and a quote cited must overlap to be right, and what of the support is nowhere."""

    of_hits: Sequence[Fact]
    of_citations: Sequence[Fact]
    lost: Sequence[str]


def gather(question: Question, hits: Sequence[Span], cited: Sequence[Span], articles: Sequence[Article]) -> Proofs:
    """For a question of ours, where its quotes stand. A plain one has one fact: a passage proves it that says the
    answer, in an article that its support names if it names any; a citation proves it that is of such an article, or
    says the answer itself."""
    texts = {article.id: article.text for article in articles}
    if not question.by_words:
        facts = [quoted(support, texts) for support in question.support]
        lost = [support["quote"] for support, fact in zip(question.support, facts, strict=True) if not fact]
        return Proofs(facts, facts, lost)
    held = holders(question.sources, articles)

    def says(span: Span) -> bool:
        return says_any(texts.get(span.article_id, "")[span.start : span.end], question)

    proving = [hit for hit in hits if says(hit) and (hit.article_id in held or not question.sources)]
    vouching = [span for span in cited if span.article_id in held or says(span)]
    return Proofs([proving], [vouching], unknown(question.sources, articles))


def quoted(support: Mapping[str, Any], texts: Mapping[str, str]) -> Fact:
    """Where the quote of a support stands, or one of its stated alternatives, copies included."""
    quotes = [support["quote"], *(other["quote"] for other in support.get("or", ()))]
    return [span for quote in quotes for span in find_spans(texts, quote)]


def says_any(passage: str, question: Question) -> bool:
    return any(says_words(passage, spelling) for spellings in question.answers for spelling in spellings)


def holders(names: Iterable[str], articles: Sequence[Article]) -> frozenset[str]:
    """The ids of the articles with one of these addresses or file names, and of all their copies."""
    wanted = frozenset(map(_address, names))
    found = [article for article in articles if wanted & _names(article)]
    return frozenset(id for article in found for id in (article.id, *article.also_in))


def unknown(names: Iterable[str], articles: Sequence[Article]) -> list[str]:
    """Those of the names that no article has."""
    known = frozenset(name for article in articles for name in _names(article))
    return [name for name in names if _address(name) not in known]


def _names(article: Article) -> frozenset[str]:
    return frozenset([Path(article.path).name, *([_address(article.url)] if article.url else [])])


def _address(name: str) -> str:
    return name.partition("#")[0].rstrip("/")
