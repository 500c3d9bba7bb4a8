"""Files and addresses to documents: which there are, and which format each one is in.

A new format is a room in `formats` with one function from an open file to documents, and its row in `_FORMATS`.
"""

from __future__ import annotations

import glob
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, TypeAlias

from rag.errors import ReadError
from rag.ingest.formats.feeds import read_feed
from rag.ingest.formats.lists import read_json, read_lines, read_table
from rag.ingest.formats.mail import read_mail, read_mhtml
from rag.ingest.formats.pages import read_page
from rag.ingest.formats.pdf import read_pdf
from rag.ingest.formats.text import read_markdown, read_text
from rag.ingest.formats.web import Address, fetch
from rag.ingest.formats.whole import MAX_BYTES
from rag.ingest.formats.word import read_word
from rag.ingest.formats.zipped import read_zip
from rag.schema import Document, Unread

Source: TypeAlias = Path | Address
"""Where articles are: a file, a folder, a pattern of files, or an address."""
Reader: TypeAlias = Callable[[str, BinaryIO], Iterator[Document | Unread]]

_FORMATS: Mapping[str, Reader] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".xhtml": read_page,
    ".mhtml": read_mhtml,
    ".mht": read_mhtml,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".eml": read_mail,
    ".json": read_json,
    ".jsonl": read_lines,
    ".ndjson": read_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".rss": read_feed,
    ".atom": read_feed,
    ".xml": read_feed,
    ".zip": lambda path, file: read_zip(path, file, _read_open),
}
FORMATS = tuple(_FORMATS)
"""The endings of the names of files that are read."""
_OF_ANY_SIZE = frozenset({".jsonl", ".ndjson", ".csv", ".tsv", ".zip"})
"""Read a piece at a time."""
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PARTS_OF_PAGE = re.compile(r"(?:_files|_fichiers|-Dateien|\.files)$", re.IGNORECASE)


def to_source(name: str, *, allow_private: bool = False) -> Source:
    """What a word of the command line names. `allow_private` lets addresses lead into the local network."""
    return Address(name, allow_private) if _ADDRESS.match(name) else Path(name)


def find_files(paths: Sequence[Source]) -> Iterator[Source]:
    """Every file under `paths`, in order and once each; folders recursively and sorted by name; addresses as they are.

    A path that does not exist is taken for a pattern ("news/*.html", "**" for all folders below). Hidden files and
    folders are skipped unless named in `paths` itself, and so is the folder of pictures and frames that a browser
    saves beside a page. A folder that cannot be listed is yielded itself, so that `read` tells why and the rest
    still go in.

    Raises ReadError before the first file if one of `paths` does not exist or match.
    """
    expanded = [source for path in paths for source in _expand(path)]
    seen: set[Source] = set()
    for source in expanded:
        if isinstance(source, Path):
            yield from _walk(source.absolute(), seen)
        elif source not in seen:
            seen.add(source)
            yield source


def read(source: Source) -> Iterator[Document | Unread]:
    """The articles of one file or address, one at a time; one that cannot be read is named with the reason.

    Raises ReadError, naming the file and the reason, for a file that cannot be read at all.
    """
    if isinstance(source, Address):
        kind, file = fetch(source, _FORMATS)
        with file:
            for found in _read_open(source.url, file, kind):
                yield _with_address(found, source) if isinstance(found, Document) else found
        return
    try:
        _check(source)
        with source.open("rb") as file:
            yield from _read_open(str(source.absolute()), file)
    except OSError as error:
        raise ReadError(f"{source}: cannot be read ({error.strerror or error}); check its permissions") from error


def holds(root: Source, path: str) -> bool:
    """Whether the document of this path is in this file or address, or in a file below this folder."""
    if path == str(root) or path.startswith(f"{root}!/"):
        return True
    return isinstance(root, Path) and not _ADDRESS.match(path) and Path(path).is_relative_to(root)


def _read_open(path: str, file: BinaryIO, kind: str | None = None) -> Iterator[Document | Unread]:
    reader = _FORMATS.get(kind or _kind(path))
    if reader is None:
        raise ReadError(f"{path}: files of this kind are not read; convert it to one of {', '.join(_FORMATS)}")
    yield from reader(path, file)


def _with_address(document: Document, address: Address) -> Document:
    """What was fetched and states no address of its own has the one it was fetched from."""
    given = document.given
    if given.url or document.path != address.url:
        return document
    return replace(document, given=replace(given, url=address.url, sources={**given.sources, "url": "address"}))


def _check(path: Path) -> None:
    """Raises ReadError for what is not worth opening, OSError for what cannot be looked at."""
    if path.is_dir():
        next(path.iterdir(), None)  # says whether it is the folder's permission that is in the way
        raise ReadError(f"{path}: is a folder, not an article; name the files in it")
    if _kind(str(path)) not in _FORMATS:
        raise ReadError(f"{path}: files of this kind are not read; convert it to one of {', '.join(_FORMATS)}")
    if not path.is_file():
        raise ReadError(f"{path}: is not a regular file (or no longer there); leave it out")
    size = path.stat().st_size
    if size == 0:
        raise ReadError(f"{path}: is empty; put text in it or leave it out")
    if size > MAX_BYTES and _kind(str(path)) not in _OF_ANY_SIZE:
        raise ReadError(f"{path}: larger than {MAX_BYTES >> 20} MiB, too long for an article; split it")


def _kind(path: str) -> str:
    return Path(path).suffix.lower()


def _expand(source: Source) -> Sequence[Source]:
    if isinstance(source, Address) or source.exists():
        return [source]
    found = sorted(glob.glob(str(source), recursive=True)) if glob.has_magic(str(source)) else []
    if not found:
        raise ReadError(f"{source}: no such file or folder; check the path")
    return [Path(name) for name in found]


def _walk(path: Path, seen: set[Source]) -> Iterator[Path]:
    real = path.resolve()
    if real in seen:  # the same file by another road, or a link back to a folder above
        return
    seen.add(real)
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(path.iterdir())
    except OSError:
        yield path
        return
    names = {entry.name for entry in entries}
    for entry in entries:
        if not entry.name.startswith(".") and not _is_part_of_page(entry.name, names):
            yield from _walk(entry, seen)


def _is_part_of_page(name: str, names: set[str]) -> bool:
    page = _PARTS_OF_PAGE.sub("", name)
    return page != name and bool({f"{page}.html", f"{page}.htm", f"{page}.xhtml"} & names)
