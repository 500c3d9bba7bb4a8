"""What tests do with the documents that readers yield."""

from __future__ import annotations

from collections.abc import Iterable

from rag.errors import ReadError
from rag.schema import Document, Unread


def only(read: Iterable[Document | Unread]) -> Document:
    """The one document of a file that holds one article."""
    (document,) = read
    assert isinstance(document, Document)
    return document


def every(read: Iterable[Document | Unread]) -> tuple[dict[str, Document], dict[str, str]]:
    """The documents and the reasons of what could not be read, by what stands behind the file's own name."""
    documents: dict[str, Document] = {}
    reasons: dict[str, str] = {}
    for found in read:
        name = found.path.partition("!/")[2]
        if isinstance(found, Document):
            documents[name] = found
        else:
            assert found.path in found.reason
            reasons[name] = found.reason
    return documents, reasons


def tried(read: Iterable[Document | Unread]) -> list[Document]:
    """The documents that any bytes at all give; a file that is refused is refused in one line."""
    documents = []
    try:
        documents += [found for found in read if isinstance(found, Document)]
    except ReadError as error:
        if "\n" in str(error):
            raise AssertionError(f"more than a line: {error}") from error
    for document in documents:
        document.text.encode()
        if not document.text.strip() or "\0" in document.text:
            raise AssertionError(f"no text, or a broken one: {document}")
    return documents
