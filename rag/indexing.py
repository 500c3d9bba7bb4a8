"""The archive brought up to date with files: what is new, changed and gone, in small steps that may be cut short.

Each step leaves the home in order: an article's vectors go in first, then the article in one transaction with what
it replaces, and a file is taken for read only when all of it is in. What a run cut short has left undone the home
remembers, and the next run does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from itertools import chain
from pathlib import Path

from rag.errors import ReadError
from rag.index.archive import Archive
from rag.index.contents import DROPPED, LABELS, TRUE, UNFILLED, VECTORS
from rag.ingest.dedupe import copies, lend, unlend
from rag.ingest.intake import Finished, Outcome, Same, Taken, size_of
from rag.ingest.readers import Source, to_source
from rag.ingest.split import make_sentences
from rag.ingest.workers import take_in_all
from rag.survey import IndexReport, Survey, look, under

EMBED_AT_ONCE = 512
"""Chunks, some 60 articles: many enough to be sorted by length, and a kill loses no more than these."""
# What a home remembers of work that was begun, so that a run cut short is mended by the next one.
BUNDLED, COPIES, STRAYS = "bundled corpus", "copies", "strays"
BEGUN, DONE = "begun", "done"

Report = Callable[[int, float], None]
"""Told how many articles are done, and what share of the work, 0 to 1."""


def build_index(
    paths: Sequence[Source],
    archive: Archive,
    report: Report = lambda articles, share: None,
    *,
    workers: int | None = None,
) -> IndexReport:
    """Brings the archive up to date with the files under `paths`: new, changed and gone ones, nothing else.
    What lies at an address is fetched every time.

    What cannot be read is named in the report and skipped; what was known of it stays. A run cut short loses at
    most its last articles, which the next one adds. `workers` as for `take_in_all`.
    Raises ReadError if a path does not exist.
    """
    roots, sources = look(paths)
    with archive.writing():
        archive.check_fingerprint()
        finish_last_run(archive)
        archive.check_server()
        survey = Survey(sources, archive.store.known(), archive.store.read_files())
        batch = _Batch(archive, survey, report)
        with closing(take_in_all(survey.tasks, workers)) as outcomes:
            for outcome in outcomes:
                batch.add(outcome)
        batch.store()
        _remove(survey.gone_below(roots), survey.known, archive)
        finish_this_run(archive)
        if archive.store.get_meta().get(BUNDLED) == BEGUN:
            archive.store.set_meta({BUNDLED: DONE})
    return survey.report


def remove(paths: Sequence[str], archive: Archive) -> IndexReport:
    """Takes out the articles of these files, folders, addresses and articles ("news.zip!/a.txt"), and nothing else.

    Raises ReadError if the archive has nothing from one of them.
    """
    with archive.writing():
        finish_last_run(archive)
        known = archive.store.known()
        report = IndexReport()
        for path in paths:
            named = to_source(path)
            root = named.resolve() if isinstance(named, Path) else named
            found = [article for articles in known.values() for article in articles if under(article, [root])]
            if not found:
                raise ReadError(
                    f"{path}: nothing in the index came from there; `dateline articles --json` says what did"
                )
            report.removed = list(dict.fromkeys([*report.removed, *found]))
        _remove(report.removed, known, archive)
        finish_this_run(archive)
    return report


def rebuild(
    paths: Sequence[Source],
    archive: Archive,
    report: Report = lambda articles, share: None,
    *,
    workers: int | None = None,
    allow_private: bool = False,
) -> IndexReport:
    """Reads and embeds everything anew: the files under `paths`, which then are all that the archive holds; without
    paths, the files and addresses that it knows.

    A known file that is not there any more keeps its articles, which are embedded from the stored text.
    """
    roots, sources = look(paths)
    with archive.writing():
        known = archive.store.known()
        archive.renew()
        if paths:
            kept = {file for file in known if under(file, roots)} | set(map(str, sources))
            _remove([path for file in known.keys() - kept for path in known[file]], known, archive)
    known_sources = [to_source(file, allow_private=allow_private) for file in known]
    there = [source for source in known_sources if not isinstance(source, Path) or source.exists()]
    done = build_index(paths or there, archive, report, workers=workers)
    for file in [] if paths else sorted(known.keys() - set(map(str, there))):
        done.failed[file] = f"{file}: is there no more, its articles stay; `dateline index --remove` takes them out"
    return done


def link_copies(archive: Archive) -> None:
    """Finds the syndicated copies in the whole archive and lets them lend each other their dates."""
    clusters = copies(archive.store.sketches(), archive.store.text)
    stored = archive.store.articles({*archive.store.linked(), *chain.from_iterable(clusters)})
    linked = lend([unlend(article) for article in stored], clusters)
    changed = [
        replace(new, sentences=make_sentences(new.text, new.published))
        for old, new in zip(stored, linked, strict=True)
        if (old.published, old.sources, old.also_in) != (new.published, new.sources, new.also_in)
    ]
    if changed:
        archive.update(changed)


class _Batch:
    """Articles that wait to be embedded together, and the files that are finished with them."""

    def __init__(self, archive: Archive, survey: Survey, report: Report) -> None:
        self._archive, self._survey, self._report = archive, survey, report
        self._taken: list[Taken] = []
        self._finished: list[tuple[Finished, list[str]]] = []
        self._chunks = 0
        self._sizes = {str(task.source): max(size_of(task.source), 1) for task in survey.tasks}
        self._read = dict.fromkeys(self._sizes, 0)  # how much of each, by the length of what it held
        self._share = 0.0

    def add(self, outcome: Outcome) -> None:
        gone = self._survey.note(outcome)
        if isinstance(outcome, Finished):
            self._finished.append((outcome, gone))
            self._read[outcome.file] = self._sizes[outcome.file]
        elif isinstance(outcome, Taken | Same):
            self._read[outcome.file] = min(self._read[outcome.file] + outcome.size, self._sizes[outcome.file])
        if isinstance(outcome, Taken):
            self._taken.append(outcome)
            self._chunks += len(outcome.chunks)
            if self._chunks >= EMBED_AT_ONCE:
                self.store()

    def store(self) -> None:
        """Makes everything that waits part of the archive."""
        share = sum(self._read.values()) / (sum(self._sizes.values()) or 1)
        begun, now = self._share, len(self._survey.report.added) + len(self._survey.report.changed)
        if self._taken:
            self._archive.store.set_meta({COPIES: BEGUN, STRAYS: BEGUN})
            self._archive.put(
                [(taken.article, taken.chunks) for taken in self._taken],
                {taken.article.id: taken.file for taken in self._taken},
                lambda done, total: self._report(
                    now - len(self._taken) + len(self._taken) * done // total, begun + (share - begun) * done / total
                ),
            )
        if any(gone for _, gone in self._finished):
            self._archive.store.set_meta({COPIES: BEGUN, STRAYS: BEGUN})
        self._archive.finish_files([(done.file, done.mark, gone) for done, gone in self._finished if done.mark or gone])
        self._report(now, share)
        self._taken, self._finished, self._chunks, self._share = [], [], 0, share


def _remove(gone: Iterable[str], known: Mapping[str, Mapping[str, str]], archive: Archive) -> None:
    wanted = set(gone)
    if wanted:
        archive.store.set_meta({COPIES: BEGUN, STRAYS: BEGUN})
    files = ((file, [path for path in articles if path in wanted]) for file, articles in known.items())
    archive.finish_files([(file, None, found) for file, found in files if found])


def unfinished(archive: Archive) -> bool:
    """Whether a run was killed in the middle of something."""
    meta = archive.store.get_meta()
    return not {BEGUN, DROPPED, UNFILLED}.isdisjoint(meta.get(key) for key in (COPIES, STRAYS, VECTORS))


def finish_last_run(archive: Archive) -> None:
    """Puts in order what it was killed in the middle of."""
    if archive.store.is_empty():
        archive.drop_vectors()  # of a SQLite file that was damaged and deleted
    meta = archive.store.get_meta()
    if meta.get(VECTORS) == DROPPED:
        archive.renew()
    if meta.get(STRAYS) == BEGUN:
        archive.sweep()


def finish_this_run(archive: Archive) -> None:
    """Does what is done once for all that has changed."""
    meta = archive.store.get_meta()
    if meta.get(VECTORS) == UNFILLED:
        archive.fill()
    if meta.get(COPIES) == BEGUN:
        link_copies(archive)
    if archive.store.get_meta().get(LABELS) != TRUE:
        archive.label()
    if unfinished(archive):
        archive.store.set_meta({COPIES: DONE, STRAYS: DONE, VECTORS: DONE})
    archive.vectors.widen()
