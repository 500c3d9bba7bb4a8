"""The peers: each is made ready on an archive, and then answers one question at a time."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack, closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from eval.questions import Question
from rag.config import DEFAULT_EMBEDDER
from rag.words import content_words, fold

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from llama_index.core.llms import LLM

    from rag.answer.llm import LanguageModel
    from rag.index.archive import Archive
    from rag.schema import Article

_MARK = re.compile(r"\[(?:sources? )?(\d+(?:\s*,\s*\d+)*)\]", re.I)  # a small model writes [Source 4] as well
_LABEL = re.compile(r"^Source \d+:\n")
_TOKENS = "porter unicode61 remove_diacritics 2"  # as Dateline's own index has them


@dataclass(frozen=True)
class Quote:
    """A passage that is cited, and the article it is of."""

    article_id: str
    text: str


@dataclass(frozen=True)
class Said:
    text: str
    quotes: tuple[Quote, ...]
    refused: bool = False


NOTHING = Said("", (), refused=True)
Peer: TypeAlias = Callable[[Question], Said]
Make: TypeAlias = "Callable[[Archive, LanguageModel, ExitStack], Peer]"


def make_bm25(archive: Archive, model: LanguageModel, stack: ExitStack) -> Peer:
    """Every sentence a row of an FTS5 table; one that shares no word with the question is never an answer."""
    sentences = all_sentences(archive)
    table = stack.enter_context(closing(sqlite3.connect(":memory:")))
    table.execute(f"create virtual table sentence using fts5(text, tokenize='{_TOKENS}')")
    table.executemany("insert into sentence (rowid, text) values (?, ?)", enumerate(s.text for s in sentences))

    def answer(question: Question) -> Said:
        wanted = " OR ".join(f'"{fold(word)}"' for word in content_words(question.question))
        query = "select rowid from sentence where text match ? order by bm25(sentence), rowid limit 1"
        best = table.execute(query, [wanted]).fetchone() if wanted else None
        return one_sentence(sentences[best[0]]) if best else NOTHING

    return answer


def make_dense(archive: Archive, model: LanguageModel, stack: ExitStack) -> Peer:
    """Every sentence a vector; the one of the highest cosine is the answer."""
    import numpy as np

    from rag.index.embed import embed_texts

    sentences = all_sentences(archive)
    vectors = np.array(embed_texts(archive.embedder, [sentence.text for sentence in sentences]), np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)

    def answer(question: Question) -> Said:
        asked = np.array(archive.embedder.get_query_embedding(question.question), np.float32)
        return one_sentence(sentences[int(np.argmax(vectors @ asked))])

    return answer


def make_dateline(archive: Archive, model: LanguageModel, stack: ExitStack) -> Peer:
    from rag import pipeline

    archive.warm()
    model.prepare("read")

    def answer(question: Question) -> Said:
        said = pipeline.answer(archive, model, question.question, question.turns, question.today)
        quotes = tuple(Quote(citation.article_id, citation.quote) for citation in said.citations)
        return Said(said.answer, quotes, said.abstained)

    return answer


def make_starter(archive: Archive, model: LanguageModel, stack: ExitStack) -> Peer:
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    from rag.models import ensure_model

    embedder = HuggingFaceEmbedding(model_name=str(ensure_model(DEFAULT_EMBEDDER, archive.settings)), device="cpu")
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="dateline-starter-"))
    return starter(archive.store.articles(), embedder, model.llm, folder)


def starter(articles: Sequence[Article], embedder: BaseEmbedding, llm: LLM, folder: str) -> Peer:
    """It is given each article as a document, its title first; `folder` holds its vectors."""
    import chromadb
    from llama_index.core import Document, StorageContext, VectorStoreIndex
    from llama_index.core.node_parser import SentenceSplitter
    from llama_index.core.query_engine import CitationQueryEngine
    from llama_index.vector_stores.chroma import ChromaVectorStore

    from rag.answer.endpoint import errors_told

    collection = chromadb.PersistentClient(path=folder).get_or_create_collection("starter")
    index = VectorStoreIndex.from_documents(
        [Document(id_=article.id, text=f"{article.title}\n\n{article.text}") for article in articles],
        storage_context=StorageContext.from_defaults(vector_store=ChromaVectorStore(chroma_collection=collection)),
        transformations=[SentenceSplitter()],
        embed_model=embedder,
    )
    engine = CitationQueryEngine.from_args(index, llm=llm)

    def answer(question: Question) -> Said:
        with errors_told("the local engine"):
            said = engine.query(question.question)
        sources = [Quote(node.node.ref_doc_id or "", node.node.get_content()) for node in said.source_nodes]
        return Said(str(said), cited(str(said), sources))

    return answer


PEERS: Mapping[str, Make] = {
    "bm25": make_bm25,
    "dense": make_dense,
    "dateline": make_dateline,
    "starter": make_starter,
}


def all_sentences(archive: Archive) -> list[Quote]:
    """Every sentence of the archive, article by article."""
    whole = (archive.article(article.id) for article in archive.store.articles())
    return [Quote(a.id, a.text[sentence.start : sentence.end]) for a in whole for sentence in a.sentences]


def one_sentence(sentence: Quote) -> Said:
    return Said(sentence.text, (sentence,))


def cited(answer: str, sources: Sequence[Quote]) -> tuple[Quote, ...]:
    """The sources whose numbers stand in the answer as [n] or [n, m], without their labels; numbers of none are left
    out."""
    numbers = dict.fromkeys(int(n) for marks in _MARK.findall(answer) for n in marks.split(","))
    found = [sources[n - 1] for n in numbers if 1 <= n <= len(sources)]
    return tuple(Quote(source.article_id, _LABEL.sub("", source.text)) for source in found)
