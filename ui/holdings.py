"""What the page does with the archive behind it: everything here reads or writes, and draws nothing."""

from __future__ import annotations

import queue
import threading
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rag.doctor import Finding, examine
from rag.errors import DatelineError, HomeError
from rag.examples import examples_for
from rag.index.archive import Archive
from rag.indexing import BEGUN, COPIES, STRAYS, build_index, finish_this_run, remove
from rag.one_at_a_time import Ask
from rag.programs import Programs
from rag.schema import Article, Chunk, Filters, Narrowed
from rag.survey import IndexReport
from ui.original import Original, as_it_came
from ui.shelf import Row
from ui.uploads import FOLDER, keep

UNDOABLE = 50  # articles removed last that can be brought back


@dataclass(frozen=True)
class Progress:
    """How many articles are in, and what share of the work is done, 0 to 1."""

    articles: int
    share: float


@dataclass(frozen=True)
class _Removed:
    article: Article
    chunks: tuple[Chunk, ...]
    file: str
    added: datetime | None


@dataclass(frozen=True)
class _Seen:
    """A look at the whole archive, good until it changes: it takes a second for some thousand articles."""

    state: tuple[int, int]
    rows: list[Row]
    examples: tuple[str, ...]


class Holdings:
    """The articles of one archive, as the page looks at them and changes them."""

    def __init__(self, archive: Archive) -> None:
        self._archive = archive
        self.uploads = archive.home / FOLDER
        self._removed: OrderedDict[str, _Removed] = OrderedDict()
        self._seen: _Seen | None = None

    def article(self, article_id: str) -> Article | None:
        """The article with its sentences; None if it has been removed meanwhile."""
        return self._archive.store.article(article_id)

    def copies(self, article: Article) -> list[Article]:
        return self._archive.store.articles(set(article.also_in))

    def original(self, article_id: str) -> Original:
        """The file that the article came from. Only files of articles of this archive are ever opened."""
        article = self.article(article_id)
        return as_it_came(article.path) if article else Original("", "This article is not in the archive any more.")

    def programs(self, ask: Ask) -> Programs:
        """What other programs see of the archive and of `ask`."""
        return Programs(self._archive, ask)

    def rows(self) -> list[Row]:
        """Every article as the table shows it."""
        return self._looked().rows

    def examples(self) -> tuple[str, ...]:
        """Questions to begin with, made from the articles that are here now."""
        return self._looked().examples

    def outlets(self) -> list[tuple[str, int]]:
        """The outlets by name, each with how many articles are its own."""
        named = Counter(row.outlet for row in self.rows() if row.outlet)
        return sorted(named.items(), key=lambda one: one[0].casefold())

    def narrow(self, filters: Filters) -> Narrowed:
        """What filters leave. Raises UsageError for an outlet that nobody has, or days the wrong way round."""
        return self._archive.narrow(filters)

    def add(self, brought: Sequence[Path]) -> Iterator[Progress | IndexReport]:
        """Takes files in; tells how far it is, and last of all what came of it. The files are moved into the home.

        Goes on to its end even if nobody listens any more. Raises HomeError if another run is indexing.
        """
        with self._archive.writing():  # refused before anything is kept
            kept = keep(brought, self.uploads)

        def work(report: Callable[[int, float], None]) -> IndexReport:
            done = build_index(kept, self._archive, report)
            for path in kept:
                if str(path) in done.failed:
                    path.unlink(missing_ok=True)  # nothing came from it
            return done

        yield from _told(work)

    def remove(self, article_id: str) -> Article | None:
        """Takes an article out and remembers it for `restore`; its file stays. None if it is not here."""
        article = self.article(article_id)
        if article is None:
            return None
        chunks = self._archive.store.chunks(self._archive.store.chunk_ids(article_id))
        file = next(name for name, held in self._archive.store.known().items() if article.path in held)
        added = self._archive.store.added().get(article_id)
        remove([article.path], self._archive)
        self._removed[article_id] = _Removed(article, tuple(chunks.values()), file, added)
        while len(self._removed) > UNDOABLE:
            self._removed.popitem(last=False)
        return article

    def restore(self, article_id: str) -> Article | None:
        """Brings an article that was removed back as it was. None if it is not remembered."""
        was = self._removed.get(article_id)
        if was is None:
            return None
        with self._archive.writing():
            self._archive.store.set_meta({COPIES: BEGUN, STRAYS: BEGUN})
            self._archive.put([(was.article, was.chunks)], {article_id: was.file})
            self._archive.store.set_added(article_id, was.added)
            finish_this_run(self._archive)
        self._removed.pop(article_id, None)
        return was.article

    def examine(self) -> list[Finding]:
        """What was wrong with the home and has been mended. Raises HomeError if it cannot be."""
        return list(examine(self._archive))

    def _looked(self) -> _Seen:
        store = self._archive.store
        now = store.state()
        if self._seen is None or self._seen.state != now:
            listed = store.articles()
            added = store.added()
            rows = [
                Row(a.id, a.title, a.path, a.outlet, a.published, a.words, a.also_in, added.get(a.id)) for a in listed
            ]
            self._seen = _Seen(now, rows, examples_for(listed, self._archive.article))
        return self._seen


def _told(work: Callable[[Callable[[int, float], None]], IndexReport]) -> Iterator[Progress | IndexReport]:
    """Runs the work in a thread of its own, so that it outlives whoever watches; yields what it reports."""
    said: queue.Queue[Progress | IndexReport | DatelineError] = queue.Queue()

    def run() -> None:
        try:
            said.put(work(lambda articles, share: said.put(Progress(articles, share))))
        except DatelineError as error:
            said.put(error)
        finally:
            said.put(HomeError("indexing broke off unexpectedly; the terminal says why"))

    threading.Thread(target=run, daemon=True).start()
    while True:
        one = said.get()
        if isinstance(one, DatelineError):
            raise one
        yield one
        if isinstance(one, IndexReport):
            return
