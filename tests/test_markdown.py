from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.text import read_markdown
from tests.documents import only, tried

BODY = "# Quay closed\n\nThe quay was closed.\n"


def markdown(matter: str, body: str = BODY) -> io.BytesIO:
    return io.BytesIO(f"---\n{matter}\n---\n{body}".encode())


@pytest.mark.parametrize(
    "matter",
    [
        "title: Quay closed\ndate: 2023-04-19\nauthors: [Mara Quill, Bo Lin]\nsource: Ellery Post\nurl: https://e.example/q",
        "Title: 'Quay closed'\nDate: 19 April 2023\nAuthor: Mara Quill and Bo Lin\nOutlet: Ellery Post\nlink: https://e.example/q",
        "title: Quay closed\ndate: 2023-04-19T10:00:00+02:00\nauthor:\n  - name: Mara Quill\n  - name: Bo Lin\n"
        "source: Ellery Post\nurl: https://e.example/q",
        "title: Quay closed\ndate: 2023-04-19\nauthor: Mara Quill, Bo Lin\nsource: Ellery Post\n"
        "url: https://e.example/q\nnote: bad: yaml: here",
    ],
)  # fmt: skip
def test_the_card_is_read_from_the_front_matter(matter: str) -> None:
    document = only(read_markdown("a.md", markdown(matter)))
    given = document.given
    assert document.text == BODY
    assert (given.title, given.published, given.authors) == ("Quay closed", date(2023, 4, 19), ("Mara Quill", "Bo Lin"))
    assert (given.outlet, given.url) == ("Ellery Post", "https://e.example/q")
    assert set(given.sources.values()) == {"front matter"}


@pytest.mark.parametrize(
    "text", [BODY, "---\n\nA rule above.\n", "---\nno pairs here\n---\nText.\n", "text\n---\ntitle: x\n---\n"]
)
def test_text_without_front_matter_is_left_as_it_is(text: str) -> None:
    document = only(read_markdown("a.md", io.BytesIO(text.encode())))
    assert document.text == text
    assert document.given.title is None


@pytest.mark.parametrize(
    "matter", ["date: 1970-01-01", "date: 2093-01-01", "date: 2023-02-31", "date: soon", "date: [1, 2]"]
)
def test_a_day_that_cannot_be_is_none(matter: str) -> None:
    assert only(read_markdown("a.md", markdown(f"title: x\n{matter}"))).given.published is None


def test_a_file_of_front_matter_alone_is_empty() -> None:
    with pytest.raises(ReadError, match="empty"):
        only(read_markdown("a.md", markdown("title: x", "")))


@given(st.text(max_size=80))
def test_any_front_matter_is_read_or_left(matter: str) -> None:
    tried(read_markdown("a.md", io.BytesIO(f"---\n{matter}\n---\nText.".encode("utf-8", "replace"))))
