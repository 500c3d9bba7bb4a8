"""Files taken in one by one: their articles prepared, and told apart from those that are known already."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from rag.errors import ReadError
from rag.ingest.prepare import hash_document, prepare
from rag.ingest.readers import Source, read
from rag.schema import Article, Chunk, Unread

SETTLED_NS = 2_000_000_000
"""A file may be written twice within one tick of the clock that dates it (2 s on FAT, the coarsest), so one that was
changed so short a time ago is looked into again next time."""


@dataclass(frozen=True)
class Mark:
    """What a file was like: its size in bytes, when it was last changed, the SHA-256 of its bytes."""

    size: int
    mtime_ns: int
    sha256: str


@dataclass(frozen=True)
class Task:
    """A file or address to take in, with its mark and the content hashes of its articles by path, if known."""

    source: Source
    mark: Mark | None = None
    known: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Taken:
    """An article that is new or changed, ready to be stored; `size` is the length of what was read of it."""

    file: str
    article: Article
    chunks: tuple[Chunk, ...]
    size: int


@dataclass(frozen=True)
class Same:
    """An article that is as it was."""

    file: str
    path: str
    size: int


@dataclass(frozen=True)
class Failed:
    """A file, or an article in it, that could not be read, and the one line that says why."""

    file: str
    path: str
    reason: str


@dataclass(frozen=True)
class Finished:
    """The last word on a file. One without a mark is to be read again: something in it failed, or it is an address."""

    file: str
    mark: Mark | None = None
    untouched: bool = False  # its bytes are as marked, so all its articles are as they were


Outcome: TypeAlias = Taken | Same | Failed | Finished


def take_in(task: Task) -> Iterator[Outcome]:
    """What a file holds, an article at a time, and last of all `Finished`."""
    file, source, mark = str(task.source), task.source, task.mark
    began = _stamp(source)
    if mark and began and began[0] == mark.size and _sha256(source) == mark.sha256:
        yield Finished(file, Mark(*began, mark.sha256) if _settled(source, began) else mark, untouched=True)
        return
    whole = True
    try:
        for document in read(source):
            if isinstance(document, Unread):
                whole = False
                yield Failed(file, document.path, document.reason)
                continue
            try:
                if task.known.get(document.path) == hash_document(document):
                    yield Same(file, document.path, len(document.text))
                else:
                    article, chunks = prepare(document)
                    yield Taken(file, article, chunks, len(document.text))
            except ReadError as error:
                whole = False
                yield Failed(file, document.path, str(error))
    except ReadError as error:
        whole = False
        yield Failed(file, file, str(error))
    sha256 = _sha256(source) if whole else None
    yield Finished(file, Mark(*began, sha256) if began and sha256 and _settled(source, began) else None)


def looks_as(source: Source, mark: Mark | None) -> bool:
    """Whether a file has the size and the time of its mark; its bytes are not read."""
    return mark is not None and _stamp(source) == (mark.size, mark.mtime_ns)


def size_of(source: Source) -> int:
    """In bytes; 0 for what has none."""
    stamp = _stamp(source)
    return stamp[0] if stamp else 0


def _settled(source: Source, began: tuple[int, int]) -> bool:
    """Whether nobody can have written to a file since it looked so."""
    return _stamp(source) == began and time.time_ns() - began[1] > SETTLED_NS


def _stamp(source: Source) -> tuple[int, int] | None:
    """Size and time of change; None of an address, or what is not there."""
    if not isinstance(source, Path):
        return None
    try:
        stat = source.stat()
    except OSError:
        return None
    return stat.st_size, stat.st_mtime_ns


def _sha256(source: Source) -> str | None:
    if not isinstance(source, Path):
        return None
    digest = hashlib.sha256()
    try:
        with source.open("rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    except OSError:  # reading it will tell
        return None
    return digest.hexdigest()
