"""Plain text, and Markdown with its front matter."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.encodings import decoded
from rag.ingest.formats.cards import card
from rag.ingest.formats.records import facts
from rag.ingest.formats.whole import whole
from rag.schema import Document

_FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\r?\n(.{0,65536}?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE
)
_PAIR = re.compile(r"^(\w[\w -]{0,40}):[ \t]+(\S.*)$", re.MULTILINE)


def read_text(path: str, file: BinaryIO) -> Iterator[Document]:
    """A file of plain text as it is."""
    text = decoded(path, whole(path, file))
    if not text.strip():
        raise ReadError(f"{path}: is empty; put text in it or leave it out")
    yield Document(path, text)


def read_markdown(path: str, file: BinaryIO) -> Iterator[Document]:
    """A file of Markdown: the card from its front matter, the text below it as it is."""
    text = decoded(path, whole(path, file))
    match = _FRONT_MATTER.match(text)
    stated = _pairs(match[1]) if match else {}
    if match and stated:
        text = text[match.end() :]
    if not text.strip():
        raise ReadError(f"{path}: is empty; put text in it or leave it out")
    yield Document(path, text, card(facts(stated, lambda column: "front matter")))


def _pairs(matter: str) -> dict[str, object]:
    """The keys of YAML front matter; read line by line where it is no YAML, as in "title: Two held: police"."""
    import yaml

    try:
        stated = yaml.safe_load(matter)
    except (yaml.YAMLError, ValueError, RecursionError):  # ValueError: 2023-02-31
        stated = {key: value.strip("\"' \t\r") for key, value in _PAIR.findall(matter)}
    return {str(key): value for key, value in stated.items()} if isinstance(stated, dict) else {}
