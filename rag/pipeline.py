"""The two ways through Dateline, each read like its diagram: files to archive, question to answer."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from rag.answer.chat import standalone
from rag.answer.cite import cite, marked
from rag.answer.llm import LanguageModel
from rag.answer.needs import parts
from rag.answer.prompts import REFUSAL
from rag.answer.read import read_passages
from rag.answer.scope import check_question, out_of_scope
from rag.clock import Clock
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import ReadError
from rag.index.archive import Archive
from rag.index.passages import find_passages, whole_chunks
from rag.ingest.dedupe import lend, near_duplicates, unlend
from rag.ingest.prepare import hash_text, prepare
from rag.ingest.readers import Source, find_files, holds, read, to_source
from rag.ingest.split import make_sentences
from rag.ingest.spoken import written_out
from rag.schema import (
    Answer,
    AnswerSentence,
    Article,
    Chunk,
    Citation,
    Done,
    Event,
    EvidenceFound,
    SentencePassed,
    Step,
    Turn,
    Unread,
)
from rag.words import stems

EVIDENCE = 8  # passages shown for a question
EMBED_AT_ONCE = 16  # articles; their chunks share batches, and a kill loses no more than these
# What a home remembers of work that was begun, so that a run cut short is mended by the next one.
BUNDLED, COPIES = "bundled corpus", "copies"
BEGUN, DONE = "begun", "done"

Report = Callable[[int, int, Source], None]


@dataclass(frozen=True)
class IndexReport:
    """What a run of `build_index` did, by path; `failed` gives the reason beside each."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ", ".join(
            f"{name} {len(getattr(self, name))}" for name in ("added", "changed", "removed", "unchanged", "failed")
        )


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


def build_index(
    paths: Sequence[Source], archive: Archive, report: Report = lambda done, total, path: None
) -> IndexReport:
    """Brings the archive up to date with the files under `paths`: new, changed and gone ones, nothing else.

    A file that cannot be read is named in the report and skipped; what was known of it stays. A run cut short
    loses at most its last articles, which the next one adds. Raises ReadError if a path does not exist.
    """
    roots = [
        path.resolve() if isinstance(path, Path) else path for path in paths
    ]  # "../news" is the same folder from wherever it is named
    files = list(find_files(roots))
    with archive.writing():
        archive.check_fingerprint()
        known = {article.path: article for article in archive.store.articles()}
        added: list[str] = []
        changed: list[str] = []
        unchanged: list[str] = []
        failed: dict[str, str] = {}
        waiting: list[tuple[Article, tuple[Chunk, ...]]] = []
        for number, file in enumerate(files, start=1):
            try:
                for document in read(file):
                    path = document.path
                    try:
                        if isinstance(document, Unread):
                            failed[path] = document.reason
                        elif path in known and known[path].content_hash == hash_text(document.text):
                            unchanged.append(path)
                        else:
                            waiting.append(prepare(document))
                            (changed if path in known else added).append(path)
                    except ReadError as error:
                        failed[path] = str(error)
            except ReadError as error:
                failed[str(file)] = str(error)
            if waiting and (len(waiting) >= EMBED_AT_ONCE or number == len(files)):
                _store(waiting, known, archive)
                waiting = []
            report(number, len(files), file)
        gone = _gone(known, roots, {*added, *changed, *unchanged}, failed)
        if gone:
            archive.store.set_meta({COPIES: BEGUN})
        for path in gone:
            archive.delete(known[path].id)
        if archive.store.get_meta().get(COPIES) == BEGUN:
            archive.sweep()
            link_copies(archive)
        if BEGUN in archive.store.get_meta().values():
            archive.store.set_meta({BUNDLED: DONE, COPIES: DONE})
    return IndexReport(tuple(added), tuple(changed), tuple(gone), tuple(unchanged), failed)


def link_copies(archive: Archive) -> None:
    """Finds the syndicated copies in the whole archive and lets them lend each other their dates."""
    stored = archive.store.articles()
    clusters = near_duplicates({article.id: article.text for article in stored})
    linked = lend([unlend(article) for article in stored], clusters)
    archive.store.update(
        replace(new, sentences=make_sentences(new.text, new.published))
        for old, new in zip(stored, linked, strict=True)
        if (old.published, old.sources, old.also_in) != (new.published, new.sources, new.also_in)
    )


def ask(
    archive: Archive,
    model: LanguageModel,
    question: str,
    history: Sequence[Turn] = (),
    today: date | None = None,
) -> Iterator[Event]:
    """A question's way to its answer, told event by event; the last is `Done`.

    `today` gives "yesterday" and "last month" in the question their days.

    Raises UsageError for a question that is none, HomeError or EndpointError when a part cannot work.
    """
    clock = Clock()
    question, model = check_question(question), model.metered()
    wanted = written_out(standalone(question, history, model), today)
    asked = parts(wanted)
    hits = archive.search_all(asked, EVIDENCE, today)
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
        passages = find_passages(part, hits, articles, archive.meaning, weights, today)
        chunks = whole_chunks(passages, hits)
        for said in read_passages(part, passages, chunks, model, archive.meaning, weights):
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
) -> Answer:
    """The whole answer at once, for those who do not watch it being made."""
    *_, last = ask(archive, model, question, history, today)
    assert isinstance(last, Done)
    return last.answer


def _store(
    waiting: Sequence[tuple[Article, tuple[Chunk, ...]]], known: Mapping[str, Article], archive: Archive
) -> None:
    archive.store.set_meta({COPIES: BEGUN})
    for article, _ in waiting:
        if article.path in known:
            archive.delete(known[article.path].id)
    archive.put(waiting)


def _gone(known: Iterable[str], roots: Sequence[Source], found: Collection[str], failed: Iterable[str]) -> list[str]:
    """The known files below `roots` that are there no more; not those of a folder that cannot be listed."""
    missing = [path for path in known if path not in found and _under(path, roots)]
    unread = [to_source(path) for path in failed]
    return [path for path in missing if not _under(path, unread)]


def _under(path: str, roots: Sequence[Source]) -> bool:
    return any(holds(root, path) for root in roots)


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"
