"""The archive that is asked: a corpus indexed once and kept by its content, and from it a copy for each run.

An index is kept under the cache, by a hash over the files of the corpus and the code that reads and indexes them, so
that a change of either makes another. A run works on a copy, from which the evidence may be taken away.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

import rag
from eval.evidence import holders, unknown
from rag.config import Settings
from rag.errors import ReadError, UsageError
from rag.index.archive import Archive

PROGRAM = Path(rag.__file__).parent
KEPT = 6  # indexes; those not used for longest go first


def corpus_hash(corpus: Path) -> str:
    """SHA-256 over the files of a folder, by their places in it, or of one file. Raises ReadError if there is none."""
    from rag.ingest.readers import find_files

    files = [source for source in find_files([corpus]) if isinstance(source, Path) and source.is_file()]
    if not files:
        raise ReadError(f"{corpus}: no files there; name a folder or a file of articles")
    return _hash(files, corpus.absolute() if corpus.is_dir() else corpus.absolute().parent)


def program_hash() -> str:
    """SHA-256 over the code that makes an index of files."""
    files = [file for part in ("*.py", "ingest/**/*.py", "index/**/*.py") for file in PROGRAM.glob(part)]
    return _hash(sorted(files), PROGRAM)


@contextmanager
def open_asked(settings: Settings, corpus: Path | None, without: Collection[str] = ()) -> Iterator[Archive]:
    """A copy of the corpus's index, thrown away afterwards; the home itself where no corpus is given.

    `without` names articles, by address or file name, that are taken out with all their copies, of a home only in a
    copy of it. Raises UsageError if none is left, or the home's vectors are in a Chroma server: there is no copy of
    these. What a corpus is indexed for is kept in the cache, vectors too.
    """
    from rag.pipeline import open_archive

    if corpus:
        settings = replace(settings, chroma_url=None)
    elif without and settings.chroma_url:
        raise UsageError("vectors in a Chroma server are not copied, so nothing is taken away; name a --corpus")
    if corpus is None:
        with open_archive(settings) as archive:  # a home that does not exist yet is given the bundled corpus
            if not without:
                yield archive
                return
    source = index_once(corpus, settings) if corpus else settings.home
    with tempfile.TemporaryDirectory(prefix="dateline-eval-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(source, home)
        with open_archive(replace(settings, home=home), index_corpus=False) as archive:
            take_away(frozenset(without), archive)
            yield archive


def index_once(corpus: Path, settings: Settings) -> Path:
    """The home where the corpus is indexed, made if it is not there yet. Raises ReadError if nothing can be read."""
    from rag.indexing import build_index
    from rag.progress import articles as progress

    shelf = settings.cache / "eval"
    home = shelf / hashlib.sha256(f"{corpus_hash(corpus)} {program_hash()}".encode()).hexdigest()[:20]
    if not home.exists():
        shelf.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix="making-", dir=shelf) as folder:
            new = Path(folder) / "home"
            with closing(Archive(replace(settings, home=new))) as archive, progress("indexing") as report:
                done = build_index([corpus], archive, report)
            if not done.added:
                raise ReadError(
                    f"{corpus}: no articles could be read; {next(iter(done.failed.values()), 'none found')}"
                )
            if done.failed:
                print(f"{len(done.failed)} articles of {corpus.name} could not be read", file=sys.stderr)
            try:
                new.rename(home)
            except OSError:  # another run has made it meanwhile
                if not home.exists():
                    raise
    os.utime(home)
    _prune(shelf)
    return home


def take_away(names: frozenset[str], archive: Archive) -> None:
    """Removes the articles so named and all copies of them. Raises UsageError if none is left."""
    if not names:
        return
    articles = archive.store.articles()
    gone, absent = holders(names, articles), unknown(names, articles)
    for id in gone:
        archive.delete(id)
    if absent:
        print(f"{len(absent)} of {len(names)} articles that the questions name are not in the corpus", file=sys.stderr)
    if len(gone) == len(articles):
        raise UsageError("without the evidence no article is left to be asked; give a larger --corpus")


def _prune(shelf: Path) -> None:
    """What a run that was killed left half made goes the same way."""
    for old in sorted(shelf.iterdir(), key=lambda path: path.stat().st_mtime)[:-KEPT]:
        shutil.rmtree(old, ignore_errors=True)


def _hash(files: Sequence[Path], root: Path) -> str:
    total = hashlib.sha256()
    for file in files:
        name = file.relative_to(root).as_posix()
        total.update(f"{name}\0{file.stat().st_size}\0".encode())
        total.update(file.read_bytes())
    return total.hexdigest()
