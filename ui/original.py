"""The file an article came from, as plain text to be shown beside what was made of it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from rag.errors import ReadError
from rag.ingest.encodings import decode
from rag.ingest.readers import read, to_source
from rag.schema import Document

SHOWN_BYTES = 300_000
"""Of a file, some 50,000 words; a browser shows that many at once without a pause."""
SEARCHED_BYTES = 100_000_000
"""A file of many articles is read from its beginning to the one that is wanted: some seconds for this many."""
SEARCHED = 20_000  # articles of such a file


@dataclass(frozen=True)
class Original:
    """`remark` is a line for the reader: what the text is, or why there is none."""

    text: str
    remark: str


def as_it_came(path: str) -> Original:
    """The file of an article, by the article's path; of what is no text by itself, the text that was read out of it.

    Only what is on this disk is read, and no address is asked for anything.
    """
    file, inside, _ = path.partition("!/")
    source = to_source(file)
    if not isinstance(source, Path):
        return Original("", f"It was fetched from {file}; the page as it came is not kept.")
    try:
        if not source.is_file():
            return Original("", f"The file is not there any more: {path}")
        if not inside:
            with source.open("rb") as opened:
                data = opened.read(SHOWN_BYTES + 1)
            text = _text(data)
            if text is not None:
                return _shown(text, path, cut=len(data) > SHOWN_BYTES)
        if source.stat().st_size > SEARCHED_BYTES:
            return Original("", f"The file is too large to be shown here: {path}")
        return _read_out(source, path)
    except OSError as error:
        return Original("", f"The file cannot be read ({error.strerror or error}): {path}")
    except ReadError as error:
        return Original("", f"The file cannot be read: {error}")


def _text(data: bytes) -> str | None:
    """The bytes as text if they are any; a character that the limit has cut in two is left out."""
    if data.startswith(b"%PDF-"):
        return None
    try:
        return decode(data if len(data) <= SHOWN_BYTES else data[: data.rfind(b"\n") + 1] or data[:SHOWN_BYTES])
    except ValueError:
        return None


def _read_out(source: Path, path: str) -> Original:
    for found in islice(read(source), SEARCHED):
        if isinstance(found, Document) and found.path == path:
            cut = len(found.text) > SHOWN_BYTES
            return _shown(found.text[:SHOWN_BYTES], path, cut, "Not a text by itself; this was read out of it")
    return Original("", f"It is not in the file any more: {path}")


def _shown(text: str, path: str, cut: bool, what: str = "As it came") -> Original:
    return Original(text, f"{what}{', its beginning' if cut else ''}: {path}")
