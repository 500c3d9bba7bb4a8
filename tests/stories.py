"""Invented articles of one event, for tests of who says the same and who says otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.index.passages import Passage
from rag.ingest.split import make_sentences
from rag.schema import Article


def story(key: str, text: str, published: date | None = date(2021, 6, 3), **changes: object) -> Article:
    plain: dict[str, object] = {
        "id": key,
        "path": f"/news/{key}.txt",
        "title": f"News of {key}",
        "text": text,
        "outlet": f"The {key.title()}",
        "published": published,
        "sentences": make_sentences(text, published),
    }
    return Article(**(plain | changes))  # type: ignore[arg-type]


def passages(articles: Sequence[Article]) -> list[Passage]:
    """Every sentence of every article, in order, as `find_passages` would give them."""
    return [Passage(article, (sentence,), sentence, 1.0, 1.0) for article in articles for sentence in article.sentences]
