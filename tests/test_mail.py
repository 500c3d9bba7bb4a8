from __future__ import annotations

import io
from datetime import date
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.mail import read_mail, read_mhtml
from tests.documents import only, tried
from tests.pages import DAY, H1, PARAGRAPHS, STORY, article, linked, page

BODY = "The café at the quay was closed.\n\nDivers went down at noon.\n"


def mail(body: str = BODY, **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "Quay clöséd"
    message["From"] = "Mara Quill <mara@e.example>"
    message["Date"] = "Wed, 19 Apr 2023 23:30:00 -0400"
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content(body)
    return message


def read_one(message: EmailMessage | bytes) -> io.BytesIO:
    return io.BytesIO(message if isinstance(message, bytes) else message.as_bytes())


def test_a_mail_is_its_plain_text_with_the_card_of_its_headers() -> None:
    message = mail()
    message.add_alternative("<p>The page</p>", subtype="html")
    message.add_attachment(b"notes", maintype="text", subtype="plain", filename="notes.txt")
    document = only(read_mail("a.eml", read_one(message)))
    assert (document.text, document.is_story) == (BODY, False)
    given = document.given
    assert (given.title, given.authors, given.published) == ("Quay clöséd", ("Mara Quill",), date(2023, 4, 19))
    assert set(given.sources.values()) == {"mail header"}


def test_a_mail_of_html_alone_is_read_as_a_page_with_the_mails_own_card() -> None:
    message = mail()
    message.set_content(page(H1 + PARAGRAPHS, linked(article(datePublished="2020-01-01"))), subtype="html")
    document = only(read_mail("a.eml", read_one(message)))
    assert STORY[0] in document.text
    assert document.is_story
    assert document.given.published == date(2023, 4, 19)


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "x-unknown-name", None])
def test_a_body_is_decoded_whatever_it_says(charset: str | None) -> None:
    stated = f"; charset={charset}" if charset else ""
    encoded = "Café closed.".encode("latin-1" if charset == "iso-8859-1" else "utf-8")
    data = (
        f"Subject: x\r\nContent-Type: text/plain{stated}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n".encode() + encoded
    )
    assert only(read_mail("a.eml", read_one(data))).text.strip() == "Café closed."


@pytest.mark.parametrize(
    "data",
    [b"", b"no headers at all", b"\0\1\2", b"Subject: x\r\n\r\n", b"Subject: x\r\nContent-Type: image/png\r\n\r\nabc"],
)
def test_what_is_no_mail_with_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.eml: "):
        only(read_mail("a.eml", read_one(data)))


def test_a_page_saved_as_one_file_is_read_with_its_address() -> None:
    message = EmailMessage()
    message["From"] = "<Saved by a browser>"
    message["Snapshot-Content-Location"] = "https://e.example/2023/04/19/crane"
    message.set_content(page(H1 + PARAGRAPHS), subtype="html")
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    document = only(read_mhtml("a.mhtml", read_one(message)))
    assert document.text == "\n\n".join(STORY)
    assert (document.given.url, document.given.published) == ("https://e.example/2023/04/19/crane", DAY)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300) | st.binary(max_size=200).map(lambda data: b"Subject: x\r\nContent-Type: " + data))
def test_any_bytes_are_a_mail_or_refused(data: bytes) -> None:
    for reader in (read_mail, read_mhtml):
        tried(reader("a.eml", io.BytesIO(data)))
