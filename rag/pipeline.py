"""The two ways through Dateline, each read like its diagram: files to archive, question to answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

from rag.answer.chat import standalone
from rag.answer.cite import cite, marked
from rag.answer.llm import LanguageModel
from rag.answer.needs import parts
from rag.answer.prompts import REFUSAL
from rag.answer.read import read_passages
from rag.answer.scope import check_question, out_of_scope
from rag.clock import Clock
from rag.config import BUNDLED_CORPUS, Settings
from rag.index.archive import Archive
from rag.index.passages import find_passages
from rag.indexing import BEGUN, BUNDLED, build_index
from rag.ingest.spoken import written_out
from rag.schema import (
    Answer,
    AnswerSentence,
    Citation,
    Done,
    Event,
    EvidenceFound,
    SentencePassed,
    Step,
    Turn,
)
from rag.words import stems

EVIDENCE = 8  # passages shown for a question


@contextmanager
def open_archive(settings: Settings, *, index_corpus: bool = True) -> Iterator[Archive]:
    """The archive of a home; a home that does not exist yet is first given the bundled corpus.

    One that was cut short in that is given it again; one that its user emptied stays empty.
    """
    new = not settings.home.exists()
    archive = Archive(settings)
    try:
        if index_corpus and (new or archive.store.get_meta().get(BUNDLED) == BEGUN):
            archive.store.set_meta({BUNDLED: BEGUN})
            build_index([BUNDLED_CORPUS], archive)
        yield archive
    finally:
        archive.close()


def ask(
    archive: Archive,
    model: LanguageModel,
    question: str,
    history: Sequence[Turn] = (),
    today: date | None = None,
    passages: int = EVIDENCE,
) -> Iterator[Event]:
    """A question's way to its answer, told event by event; the last is `Done`.

    `today` gives "yesterday" and "last month" in the question their days; at most `passages` are looked at.

    Raises UsageError for a question that is none, HomeError or EndpointError when a part cannot work.
    """
    clock = Clock()
    question, model = check_question(question), model.metered()
    wanted = written_out(standalone(question, history, model), today)
    asked = parts(wanted)
    hits = archive.search_all(asked, passages, today)
    articles = archive.articles_of(hits)
    hits = tuple(hit for hit in hits if hit.article_id in articles)
    clock.mark("retrieve")
    yield EvidenceFound(wanted, hits, articles)
    sources = len({hit.article_id for hit in hits})
    yield Step(f"{_count(len(hits), 'passage')} from {_count(sources, 'article')}, {clock.seconds:.1f} s")
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    beyond = out_of_scope(wanted)
    for part in [] if beyond else asked:
        weights = archive.store.idf(stems(part))
        found = find_passages(part, hits, articles, archive.meaning, weights, today)
        for said in read_passages(part, found, model, archive.meaning, weights):
            if isinstance(said, Step):
                yield said
                continue
            sentence, new = cite(said, citations)
            citations += new
            sentences.append(sentence)
            clock.mark("first_token")
            yield SentencePassed(sentence, new)
    clock.mark("total")
    yield Done(
        Answer(
            question=question,
            standalone_question=wanted,
            answer=" ".join(marked(sentence) for sentence in sentences) or beyond or REFUSAL,
            abstained=not sentences,
            sentences=tuple(sentences),
            citations=tuple(citations),
            evidence=hits,
            model=model.name,
            timings_ms=clock.marks,
            usage=asdict(model.usage),
        )
    )


def answer(
    archive: Archive,
    model: LanguageModel,
    question: str,
    history: Sequence[Turn] = (),
    today: date | None = None,
    passages: int = EVIDENCE,
) -> Answer:
    """The whole answer at once, for those who do not watch it being made."""
    *_, last = ask(archive, model, question, history, today, passages)
    assert isinstance(last, Done)
    return last.answer


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
