"""A home opened to be asked: what is found for a question, in the articles as they are at that moment."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from rag.config import Settings
from rag.errors import HomeError
from rag.filters import checked_days, chosen_outlets
from rag.index.contents import LABELS, TRUE, Contents
from rag.index.cross_encoders import Rank, load_entails, load_rank
from rag.index.embed import embed_sentences
from rag.index.meaning import Meaning
from rag.index.retrieve import make_retriever, retrieve
from rag.schema import EVERYTHING, Article, Filters, Hit, Narrowed
from rag.words import fold, stem

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever


class Archive(Contents):
    """The articles of one home, searched and changed."""

    def __init__(self, settings: Settings) -> None:
        super().__init__(settings)
        self._one_searches = threading.Lock()  # the vectors are opened anew under none who searches them

    @cached_property
    def retriever(self) -> BaseRetriever:
        return make_retriever(self.store, self.vectors, self.embedder)

    def search(self, question: str, k: int, asked_on: date | None = None, filters: Filters = EVERYTHING) -> list[Hit]:
        """The `k` best passages of articles that pass the filters, whose outlets are as `narrow` spells them.

        Of the copies of a story those are found that pass themselves: who asks for an outlet is to cite what that
        outlet printed, and on the day it did. Raises HomeError if the home was made with another embedder or chunking.
        """
        with self._one_searches:
            return self._search(question, k, asked_on, filters)

    def _search(self, question: str, k: int, asked_on: date | None, filters: Filters) -> list[Hit]:
        self.check_fingerprint()
        if self.store.is_empty():
            return []
        if self.store.version() != self._seen:
            self._close_vectors()
            self.check_server()
        if not filters:
            return retrieve(question, self.store, self.retriever, k, asked_on)
        self._label_once()
        retriever = make_retriever(self.store, self.vectors, self.embedder, filters)
        return retrieve(question, self.store, retriever, k, asked_on)

    def narrow(self, filters: Filters) -> Narrowed:
        """The filters with their outlets as the articles spell them, and what they leave.

        Raises UsageError for an outlet that nobody has, or days that lie the wrong way round.
        """
        outlets = chosen_outlets(filters.outlets, self.store.outlets())
        return self.store.narrowed(replace(checked_days(filters), outlets=outlets))

    def search_all(
        self, questions: Sequence[str], k: int, asked_on: date | None = None, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        """At most `k` passages in all, the best of each question."""
        each = max(k // len(questions), 1)
        found = [hit for question in questions for hit in self.search(question, each, asked_on, filters)]
        return tuple({(hit.article_id, hit.start): hit for hit in found}.values())

    def knows(self, word: str) -> bool:
        """Whether a word stands in an article, or is one that the embedding model knows, if it can say so."""
        model_knows = getattr(self.embedder, "knows", None)
        return model_knows is None or self.store.holds(stem(word)) or bool(model_knows(fold(word)))

    @cached_property
    def meaning(self) -> Meaning:
        def embed(texts: Sequence[str]) -> list[list[float]]:
            return embed_sentences(self.embedder, texts)

        return Meaning(embed, load_entails(self.settings.nli)) if self.settings.nli else Meaning(embed)

    @cached_property
    def rank(self) -> Rank | None:
        """The user's own reranker, None where none is named."""
        return load_rank(self.settings.reranker) if self.settings.reranker else None

    def article(self, article_id: str) -> Article:
        """The article with its sentences. Raises HomeError if it has been removed meanwhile."""
        article = self.store.article(article_id)
        if article is None:
            raise HomeError(f"{self.home}: article {article_id} is not here; `dateline articles` lists those that are")
        return article

    def articles_of(self, hits: Sequence[Hit]) -> dict[str, Article]:
        """The articles of the hits and their copies, by id; without those removed since the search."""
        found: dict[str, Article] = {}
        for article_id in dict.fromkeys(hit.article_id for hit in hits):
            article = self.store.article(article_id)
            for one in (article, *map(self.store.article, article.also_in)) if article else ():
                if one:
                    found.setdefault(one.id, one)
        return found

    def warm(self) -> None:
        """Loads what a first question would otherwise wait for."""
        if self.search("ready", 1):
            self.meaning.nearest(["ready"], ["ready"])
            _ = self.rank

    def _label_once(self) -> None:
        """For a home made before vectors had labels, or by a run cut short. Raises HomeError if it is being indexed."""
        if self.store.get_meta().get(LABELS) != TRUE:
            with self.writing():
                self.label()

    def _close_vectors(self) -> None:
        super()._close_vectors()
        self.__dict__.pop("retriever", None)  # it searches those
