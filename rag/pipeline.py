"""The two ways through Dateline, each read like its diagram: a file into the archive, a question to its answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from rag.answer.chat import standalone
from rag.answer.cite import cite, marked
from rag.answer.llm import LanguageModel
from rag.answer.prompts import REFUSAL
from rag.answer.read import read_passages
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import ReadError, UsageError
from rag.index.archive import Archive
from rag.index.passages import find_passages
from rag.ingest.clean import clean, story_text
from rag.ingest.dedupe import lend, near_duplicates
from rag.ingest.describe import describe
from rag.ingest.readers import find_files, read
from rag.ingest.split import make_sentences, split_chunks
from rag.schema import (
    Answer,
    AnswerSentence,
    Article,
    Chunk,
    Citation,
    Document,
    Done,
    Event,
    EvidenceFound,
    SentencePassed,
    Step,
    Turn,
)
from rag.words import stems

EVIDENCE = 8  # passages shown for a question
EMBED_AT_ONCE = 16  # articles; their chunks share batches, and a kill loses no more than these
LONGEST_QUESTION = 2000  # characters

Report = Callable[[int, int, Path], None]


@dataclass(frozen=True)
class IndexReport:
    """What a run of `build_index` did, by path; `failed` gives the reason beside each."""

    added: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    failed: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        counts = ", ".join(
            f"{name} {len(getattr(self, name))}" for name in ("added", "changed", "removed", "unchanged", "failed")
        )
        return counts


@contextmanager
def open_archive(settings: Settings, *, index_corpus: bool = True) -> Iterator[Archive]:
    """The archive of a home; a home that does not exist yet is first given the bundled corpus."""
    new = not settings.home.exists()
    archive = Archive(settings)
    try:
        if new and index_corpus:
            build_index([BUNDLED_CORPUS], archive)
        yield archive
    finally:
        archive.close()


def build_index(paths: Sequence[Path], archive: Archive, report: Report = lambda done, total, path: None) -> IndexReport:
    """Brings the archive up to date with the files under `paths`: new, changed and gone ones, nothing else.

    A file that cannot be read is named in the report and skipped. Raises ReadError if a path does not exist.
    """
    files = list(find_files(paths))
    with archive.writing():
        archive.check_fingerprint()
        known = {article.path: article for article in archive.store.articles()}
        gone = [path for path in known if _under(path, paths) and Path(path) not in set(files)]
        added, changed, unchanged, failed = [], [], [], {}
        waiting: list[tuple[Article, tuple[Chunk, ...]]] = []
        for number, file in enumerate(files, start=1):
            path = str(file)
            try:
                document = read(file)
                if path in known and known[path].content_hash == _hash(document.text):
                    unchanged.append(path)
                else:
                    waiting.append(prepare(document))
                    (changed if path in known else added).append(path)
            except ReadError as error:
                failed[path] = str(error)
            if len(waiting) >= EMBED_AT_ONCE or number == len(files):
                _store(waiting, known, archive)
                waiting = []
            report(number, len(files), file)
        for path in gone:
            archive.delete(known[path].id)
        if added or changed or gone:
            link_copies(archive)
    return IndexReport(tuple(added), tuple(changed), tuple(gone), tuple(unchanged), failed)


def prepare(document: Document) -> tuple[Article, tuple[Chunk, ...]]:
    """A document cleaned, described, dated and split. Raises ReadError if no story is found in it."""
    blocks = clean(document.text)
    text = story_text(blocks)
    if not text:
        raise ReadError(f"{document.path}: no story found in it; is it an article?")
    description = describe(document, blocks)
    content_hash = _hash(document.text)
    article = Article(
        id=_hash(f"{document.path}\0{content_hash}")[:12],
        path=document.path,
        title=description.title,
        text=text,
        outlet=description.outlet,
        authors=description.authors,
        published=description.published,
        url=description.url,
        sources=description.sources,
        captions=tuple(block.text for block in blocks if block.kind == "caption"),
        notes=tuple(block.text for block in blocks if block.kind == "note"),
        sentences=make_sentences(text, description.published),
        content_hash=content_hash,
    )
    return article, split_chunks(article.id, text, article.sentences)


def link_copies(archive: Archive) -> None:
    """Finds the syndicated copies in the whole archive and lets them lend each other their dates."""
    articles = [_unlent(article) for article in archive.store.articles()]
    clusters = near_duplicates({article.id: article.text for article in articles})
    archive.store.update(lend(articles, clusters))


def ask(
    archive: Archive,
    model: LanguageModel,
    question: str,
    history: Sequence[Turn] = (),
    today: date | None = None,
) -> Iterator[Event]:
    """A question's way to its answer, told event by event; the last is `Done`.

    Raises UsageError for a question that is none, HomeError or EndpointError when a part cannot work.
    """
    clock = Clock()
    question, model = check_question(question), model.metered()
    wanted = standalone(question, history, model)
    hits = tuple(archive.search(wanted, EVIDENCE))
    articles = {hit.article_id: archive.article(hit.article_id) for hit in hits}
    clock.mark("retrieve")
    yield EvidenceFound(wanted, hits, articles)
    yield Step(f"{len(hits)} passages from {len(articles)} articles, {clock.seconds:.1f} s")
    weights = archive.store.idf(stems(wanted))
    passages = find_passages(wanted, hits, articles, archive.meaning, weights)
    citations: list[Citation] = []
    sentences: list[AnswerSentence] = []
    for said in read_passages(wanted, passages, model, archive.meaning, weights):
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
            answer=" ".join(marked(sentence) for sentence in sentences) or REFUSAL,
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


def check_question(question: str) -> str:
    """The question with its white space folded. Raises UsageError for one that cannot be looked up."""
    folded = " ".join(question.split())
    if not folded:
        raise UsageError("the question is empty; type one")
    if len(folded) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(folded):,} characters; {LONGEST_QUESTION:,} are the most")
    if not folded.isprintable():
        raise UsageError("the question holds characters that are no text; type it as plain words")
    return folded


class Clock:
    """Milliseconds since it was made, by mark; a mark that is already set stays."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self.marks: dict[str, int | None] = {"retrieve": None, "first_token": None, "total": None}

    @property
    def seconds(self) -> float:
        return perf_counter() - self._began

    def mark(self, name: str) -> None:
        if self.marks[name] is None:
            self.marks[name] = round(self.seconds * 1000)


def _store(waiting: Sequence[tuple[Article, tuple[Chunk, ...]]], known: Mapping[str, Article], archive: Archive) -> None:
    for article, _ in waiting:
        if article.path in known:
            archive.delete(known[article.path].id)
    archive.put(waiting)


def _unlent(article: Article) -> Article:
    """The article as it was before any twin lent it a date."""
    if article.sources.get("published", "").startswith("borrowed"):
        article = replace(article, published=None, sources={**article.sources, "published": "none"})
    return replace(article, also_in=(), sentences=make_sentences(article.text, article.published))


def _under(path: str, roots: Sequence[Path]) -> bool:
    return any(Path(path).is_relative_to(root.absolute()) for root in roots)


def _hash(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
