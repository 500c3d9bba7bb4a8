"""The two ways through Dateline, each read like its diagram: files to archive, question to answer."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import date

from rag.answer.agree import support
from rag.answer.asked_days import of_days, take_spans
from rag.answer.capitals import as_states
from rag.answer.casing import with_names
from rag.answer.chat import standalone
from rag.answer.cite import cite, cite_difference, marked
from rag.answer.differ import difference
from rag.answer.llm import LanguageModel
from rag.answer.needs import parts
from rag.answer.plain import plain
from rag.answer.prompts import REFUSAL
from rag.answer.scope import check_question, out_of_scope
from rag.answer.spelling import respelt
from rag.answer.strategies import STRATEGIES
from rag.answer.weigh import Finding
from rag.clock import Clock, this_day
from rag.config import BUNDLED_CORPUS, Settings
from rag.index.archive import Archive
from rag.index.meaning import Meaning
from rag.index.passages import Passage, find_passages, reranked
from rag.indexing import BEGUN, BUNDLED, build_index
from rag.ingest.spoken import pointing_written_out, written_out
from rag.schema import (
    EVERYTHING,
    Answer,
    AnswerSentence,
    Article,
    Citation,
    Done,
    Event,
    EvidenceFound,
    Filters,
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
    filters: Filters = EVERYTHING,
) -> Iterator[Event]:
    """A question's way to its answer, told event by event; the last is `Done`.

    `today` gives "yesterday" and "last month" in the question their days; without it they are those of this day.
    At most `passages` are looked at, of articles that pass the filters.

    Raises UsageError for a question that is none and an outlet that nobody has, HomeError or EndpointError when a part
    cannot work.
    """
    clock = Clock()
    question, model = check_question(question), model.metered()
    narrowed = archive.narrow(filters) if filters else None
    filters = narrowed.filters if narrowed else filters
    wanted, today = _read_as(plain(standalone(question, history, model)), today)
    asked = [take_spans(part) for part in parts(wanted)]
    hits = archive.search_all([part for part, _ in asked], passages, today, filters)
    articles = archive.articles_of(hits)
    hits = tuple(hit for hit in hits if hit.article_id in articles)
    clock.mark("retrieve")
    yield EvidenceFound(wanted, hits, articles)
    sources = len({hit.article_id for hit in hits})
    yield Step(f"{_count(len(hits), 'passage')} from {_count(sources, 'article')}, {clock.seconds:.1f} s")
    if narrowed:
        yield Step(str(narrowed))
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    confidences: list[float] = []
    beyond = out_of_scope(question) or out_of_scope(wanted)
    for typed, spans in [] if beyond else asked:
        named = with_names(typed, articles.values())
        part = as_states(respelt(named, articles.values(), archive.knows), articles.values())
        if part != named:
            yield Step(f"read as: {part}")
        weights = archive.store.idf(stems(part))
        found = of_days(find_passages(part, hits, articles, archive.meaning, weights, today), spans)
        found = reranked(part, found, archive.rank) if archive.rank else found
        for said in STRATEGIES[model.reading](part, found, model, archive.meaning, weights):
            if isinstance(said, Step):
                yield said
                continue
            confidences.append(said.score)
            for sentence, new in _told(said, part, found, articles, archive.meaning, tuple(citations)):
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
            narrowed=narrowed,
            confidence=min(confidences, default=None),
        )
    )


def answer(
    archive: Archive,
    model: LanguageModel,
    question: str,
    history: Sequence[Turn] = (),
    today: date | None = None,
    passages: int = EVIDENCE,
    filters: Filters = EVERYTHING,
) -> Answer:
    """The whole answer at once, for those who do not watch it being made."""
    *_, last = ask(archive, model, question, history, today, passages, filters)
    assert isinstance(last, Done)
    return last.answer


def _read_as(question: str, today: date | None) -> tuple[str, date | None]:
    """The question with its times written out, and the day that it is a question of, if it is one of any."""
    if today:
        return written_out(question, today), today
    now = this_day()
    wanted = pointing_written_out(question, now)
    return wanted, None if wanted == question else now


def _told(
    finding: Finding,
    question: str,
    passages: Sequence[Passage],
    articles: Mapping[str, Article],
    meaning: Meaning,
    so_far: Sequence[Citation],
) -> Iterator[tuple[AnswerSentence, tuple[Citation, ...]]]:
    """The sentence of a finding with all who say so and, where another source says otherwise, one that tells that."""
    claim, article, quotes = finding.text, finding.passage.article, finding.quotes
    said, new = cite(finding, so_far, support(claim, article, quotes, passages, articles, meaning))
    yield said, new
    other = difference(claim, question, article, quotes[-1], passages, meaning)
    if other:
        yield cite_difference(other, finding, [*so_far, *new])


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
