"""Mails with an article in them, and pages that a browser saved as one file in the form of a mail (MHTML)."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Iterator
from email.errors import MessageError
from email.message import EmailMessage
from typing import BinaryIO

from rag.errors import ReadError
from rag.ingest.encodings import decoded
from rag.ingest.formats.cards import Fact, card
from rag.ingest.formats.pages import page_document
from rag.ingest.formats.whole import DAMAGE, whole
from rag.schema import Document, Unread


def read_mail(path: str, file: BinaryIO) -> Iterator[Document | Unread]:
    """The body of a mail: its plain text, or its page where it has no other; the card from its headers."""
    message = _message(path, file)
    given = card(_headers(message))
    plain, page = _body(message, "text/plain"), _body(message, "text/html")
    text = _text(path, plain) if plain is not None else ""
    if text.strip():
        yield Document(path, text, given)
    elif page is not None:
        document = page_document(path, _text(path, page))
        yield Document(path, document.text, given, document.is_story)
    else:
        raise ReadError(f"{path}: the mail holds no text; is the article attached? save the attachment")


def read_mhtml(path: str, file: BinaryIO) -> Iterator[Document]:
    """The page that a browser saved with its pictures and styles in one file."""
    message = _message(path, file)
    page = _body(message, "text/html", "application/xhtml+xml")
    if page is None:
        raise ReadError(f"{path}: holds no saved page; save it again as HTML")
    address = _header(message, "Snapshot-Content-Location") or _header(page, "Content-Location")
    yield page_document(path, _text(path, page), str(address) if address else None)


def _message(path: str, file: BinaryIO) -> EmailMessage:
    data = whole(path, file)
    try:
        message = email.message_from_bytes(data, policy=email.policy.default)
        if message.keys():
            return message
    except (*DAMAGE, MessageError) as error:
        raise ReadError(f"{path}: is a broken mail ({type(error).__name__}); save it again") from error
    raise ReadError(f"{path}: has no headers, so it is no mail; save it again")


def _headers(message: EmailMessage) -> Iterator[Fact]:
    yield "title", _header(message, "Subject"), "mail header"
    yield "authors", [name for name, _ in email.utils.getaddresses([_header(message, "From") or ""])], "mail header"
    yield "published", _header(message, "Date"), "mail header"
    yield "language", _header(message, "Content-Language"), "mail header"
    yield "url", _header(message, "Archived-At") or _header(message, "List-Archive"), "mail header"


def _header(message: EmailMessage, name: str) -> str | None:
    """A header decoded; None where there is none or it is beyond repair."""
    try:
        value = message.get(name)
    except DAMAGE:
        return None
    return None if value is None else str(value)


def _body(message: EmailMessage, *types: str) -> EmailMessage | None:
    """The first part of one of these types that is no attachment."""
    return next(
        (
            part
            for part in message.walk()
            if part.get_content_type() in types
            and not (_header(part, "Content-Disposition") or "").lower().startswith("attachment")
        ),
        None,
    )


def _text(path: str, part: EmailMessage) -> str:
    try:
        data = part.get_payload(decode=True)
    except DAMAGE as error:
        raise ReadError(f"{path}: its text is damaged ({type(error).__name__}); save it again") from error
    return decoded(path, data, part.get_content_charset()) if isinstance(data, bytes) else ""
