"""What tests do with the documents that readers yield."""

from __future__ import annotations

from collections.abc import Iterable

from rag.schema import Document, Unread


def only(read: Iterable[Document | Unread]) -> Document:
    """The one document of a file that holds one article."""
    (document,) = read
    assert isinstance(document, Document)
    return document
