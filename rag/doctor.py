"""A home looked over: SQLite, which is the truth, against itself and against Chroma; and what is wrong, mended."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rag.errors import HomeError
from rag.index.archive import Archive
from rag.index.database import damaged
from rag.index.embed import Embedded
from rag.indexing import finish_last_run, finish_this_run, link_copies, unfinished
from rag.ingest.split import make_sentences


@dataclass(frozen=True)
class Finding:
    """What was wrong, and what was done about it."""

    wrong: str
    done: str

    def __str__(self) -> str:
        return f"{self.wrong}: {self.done}"


def examine(archive: Archive, report: Embedded = lambda done, total: None) -> Iterator[Finding]:
    """Mends what can be mended, telling each thing as it is done.

    Raises HomeError if the SQLite file itself is damaged, or was made with another embedder.
    """
    with archive.writing():
        archive.check_fingerprint()
        damage = archive.store.damage()
        if damage:
            raise damaged(archive.store.path, damage)
        yield from _words(archive)
        yield from _sentences(archive)
        yield from _vectors(archive, report)
        lost = archive.store.lost_copies()
        if lost:
            link_copies(archive)
            yield Finding(f"{lost} articles name copies that are not here", "the copies were looked for anew")
        if unfinished(archive):
            finish_last_run(archive)
            finish_this_run(archive)
            yield Finding("the last run was cut short", "what it had begun was finished")


def _words(archive: Archive) -> Iterator[Finding]:
    wrong = archive.store.wrong_words()
    if wrong:
        archive.store.remake_words()
        yield Finding(f"the word index does not fit {wrong} passages", "it was made anew")


def _sentences(archive: Archive) -> Iterator[Finding]:
    ids = archive.store.without_sentences()
    if ids:
        found = archive.store.articles(ids)
        archive.store.update(replace(one, sentences=make_sentences(one.text, one.published)) for one in found)
        yield Finding(f"{len(ids)} articles without their sentences", "they were split anew")


def _vectors(archive: Archive, report: Embedded) -> Iterator[Finding]:
    try:
        archive.vectors.check()
    except HomeError as error:
        archive.drop_vectors()
        yield Finding(f"the vectors cannot be used ({error})", "they were dropped")
    strays = archive.sweep()
    if strays:
        yield Finding(f"{strays} vectors of passages that are not here", "they were removed")
    filled = archive.fill(report)
    if filled:
        yield Finding(f"{filled} passages without a vector", "they were embedded from the stored text")
    labelled = archive.label()
    if labelled:
        yield Finding(f"{labelled} vectors with another day or outlet than their article", "they were told anew")
