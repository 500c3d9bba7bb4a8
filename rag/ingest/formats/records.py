"""Articles as records: what the usual names of columns mean, and the name card that a record states."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

from rag.errors import ReadError
from rag.ingest.encodings import whole_characters
from rag.ingest.formats.cards import Fact, Field, card
from rag.ingest.formats.fragments import fragment_text, is_fragment
from rag.schema import Document

_TEXT = """text body content articlebody bodytext fulltext maintext articletext contenttext contenthtml bodyhtml
    story""".split()
_SHORT = "description summary abstract".split()
"""What stands in for the text where a record has no other."""
_NAMES: Mapping[Field, list[str]] = {
    "title": "title headline heading head articletitle newstitle".split(),
    "outlet": "source outlet publisher site sitename publication newspaper provider sourcename domain".split(),
    "authors": "author authors byline creator writer by".split(),
    "published": (
        "published publishedat publishdate publisheddate publicationdate datepublished pubdate datepublish "
        "originallypublished firstpublished date day created createdat datecreated timestamp time"
    ).split(),
    "updated": "updated updatedat modified modifiedat datemodified lastmodified lastmod dateupdated".split(),
    "language": "language lang inlanguage locale".split(),
    "url": "url link canonicalurl canonical sourceurl articleurl permalink externalurl guid id".split(),
}


def record_document(path: str, record: Mapping[str, object], source: Callable[[str], str]) -> Document:
    """The article of one record. Raises ReadError if it has no text."""
    try:
        text = whole_characters(record_text(record))
    except ValueError as error:
        raise ReadError(f"{path}: its text {error}; save it again as plain text") from error
    if "\0" in text:
        raise ReadError(f"{path}: holds NUL characters, so its text is damaged; save it again")
    if not text.strip():
        raise ReadError(f"{path}: has no text; give it some in a field named text, body or content")
    return Document(path, text, card(facts(record, source)), is_story=True)


def has_text(names: Iterator[str]) -> bool:
    """Whether one of these columns can hold an article."""
    return any(_plain(name) in (*_TEXT, *_SHORT) for name in names)


def record_text(record: Mapping[str, object]) -> str:
    values = {_plain(name): record[name] for name in reversed(list(record))}  # of two alike the first counts
    for name in (*_TEXT, *_SHORT):
        text = _as_text(values.get(name))
        if text.strip():
            return text
    return ""


def facts(record: Mapping[str, object], source: Callable[[str], str]) -> Iterator[Fact]:
    """What the columns state, the likeliest name of each field first; `source` says where a column stands."""
    columns = {_plain(name): name for name in reversed(list(record))}
    for field, names in _NAMES.items():
        for name in names:
            if name in columns:
                column = columns[name]
                yield field, record[column], source(column)


def _as_text(value: object) -> str:
    if isinstance(value, list):  # a list of paragraphs
        return "\n\n".join(filter(None, map(_as_text, value)))
    if isinstance(value, dict):
        return record_text(value)
    if not isinstance(value, str):
        return ""
    return fragment_text(value) if is_fragment(value) else value


def _plain(name: str) -> str:
    """ "Publish Date", "publish_date" and "publishDate" are one name."""
    return re.sub(r"[\W_]+", "", name.lower())
