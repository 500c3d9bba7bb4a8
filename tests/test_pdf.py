# ruff: noqa: E501  pages are easier to read unbroken
from __future__ import annotations

import io

import pytest
from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.pdf import join_pages, read_pdf
from tests.documents import only, tried
from tests.pages import STORY

TEXT = [text.replace("“", '"').replace("”", '"') for text in STORY]


def pdf(*pages: list[str], password: str | None = None, owner: str | None = None, title: str = "") -> bytes:
    made = FPDF()
    made.set_compression(False)
    if title:
        made.set_title(title)
    if owner or password:
        made.set_encryption(owner or "owner", password or "", EncryptionMethod.AES_256)
    for number, paragraphs in enumerate(pages, start=1):
        made.add_page()
        made.set_font("Helvetica", size=12)
        made.cell(0, 10, "The Ellery Post", new_x="LMARGIN", new_y="NEXT")
        for paragraph in paragraphs:
            made.multi_cell(0, 6, paragraph, new_x="LMARGIN", new_y="NEXT", align="L")
            made.ln(3)
        made.set_y(-30)
        made.cell(0, 10, f"Page {number} of {len(pages)}")
    return bytes(made.output())


def joined(*pages: str) -> str:
    return join_pages(pages)[0]


def test_pages_are_joined_without_running_lines_and_page_numbers() -> None:
    document = only(read_pdf("a.pdf", io.BytesIO(pdf(TEXT[:2], TEXT[2:]))))
    assert document.text == "\n\n".join(TEXT)
    assert not document.is_story


def test_each_page_is_known_by_where_it_begins() -> None:
    document = only(read_pdf("a.pdf", io.BytesIO(pdf(TEXT[:1], TEXT[1:3], [], TEXT[3:]))))
    assert document.page_starts == (
        0,
        document.text.index(TEXT[1]),
        document.text.index(TEXT[3]),  # a page without text
        document.text.index(TEXT[3]),
    )


def test_running_lines_are_no_part_of_any_page() -> None:
    towns = {"Ann": "Ayr", "Bob": "Bath", "Cy": "Cork"}
    pages = [f"Ellery Post, {n} May\n{name} sailed\nhome to {towns[name]}.\n- {n} -" for n, name in enumerate(towns)]
    assert join_pages(pages) == (
        "Ann sailed home to Ayr. Bob sailed home to Bath. Cy sailed home to Cork.",
        (0, 24, 49),
    )


def test_a_title_is_believed_where_a_page_bears_it() -> None:
    assert (
        only(read_pdf("a.pdf", io.BytesIO(pdf(["Crane falls", *TEXT], title="Crane falls")))).given.title
        == "Crane falls"
    )
    assert only(read_pdf("a.pdf", io.BytesIO(pdf(TEXT, title="Microsoft Word - x.doc")))).given.title is None


def test_words_broken_at_line_ends_are_joined_and_written_hyphens_stay() -> None:
    page = (
        "The govern-\nment of the well-known harbour town met on Tues-\nday, said the Anglo-\nFrench office of a well-\n"
        "known firm that employs more than three hun-\ndred people.\nA new paragraph begins here."
    )
    assert joined(page) == (
        "The government of the well-known harbour town met on Tuesday, said the Anglo-French office of a well-known firm "
        "that employs more than three hundred people.\n\nA new paragraph begins here."
    )


def test_a_paragraph_goes_on_over_the_page_and_a_heading_stands_alone() -> None:
    one = "Crane falls\n\nThe harbour of Port Ellery was closed on Tuesday after a\ncrane fell across the main quay, and two ships had to\n1"
    two = "2\nwait outside the breakwater until divers had looked at it.\nNew rules\nThe authority said that rules would be made in the spring."
    text, starts = join_pages([one, two])
    assert [text[start:].split()[:2] for start in starts] == [["Crane", "falls"], ["wait", "outside"]]
    assert text.split("\n\n") == [
        "Crane falls",
        "The harbour of Port Ellery was closed on Tuesday after a crane fell across the main quay, and two ships had to "
        "wait outside the breakwater until divers had looked at it.",
        "New rules",
        "The authority said that rules would be made in the spring.",
    ]


def test_running_lines_are_known_by_most_pages_and_figures_in_the_text_stay() -> None:
    pages = [
        f"Ellery Post, 19 April 2023, p. {n}\nStory number {'abc'[n]} goes here and\nit holds {n + 2},000 words about {'xyz'[n]}.\n{n} {n} {n}\n- {n} -"
        for n in range(3)
    ]
    text = joined(*pages)
    assert "Ellery Post" not in text
    assert [f"holds {n},000 words" in text for n in (2, 3, 4)] == [True] * 3
    assert "1 1 1" in text  # the last row of a table


def test_a_pdf_encrypted_without_a_password_is_read() -> None:
    assert TEXT[0] in only(read_pdf("a.pdf", io.BytesIO(pdf(TEXT, owner="secret")))).text


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no pdf", "broken PDF"),
        (b"%PDF-1.7\n%%EOF", "broken PDF"),
        (pdf(TEXT)[:400], "broken PDF"),
        (pdf(TEXT, password="secret"), "is encrypted"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.pdf: .*{reason}"):
        only(read_pdf("a.pdf", io.BytesIO(data)))


def test_a_pdf_of_pictures_says_so() -> None:
    from PIL import Image

    made = FPDF()
    made.add_page()
    made.image(Image.new("RGB", (40, 40), "white"), 10, 10)
    with pytest.raises(ReadError, match="holds pictures of pages and no text"):
        only(read_pdf("a.pdf", io.BytesIO(bytes(made.output()))))


GOOD = pdf(TEXT)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_pdf_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    changed = bytearray(GOOD)
    for at in data.draw(st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=8)):
        changed[at] = data.draw(st.integers(0, 255))
    tried(read_pdf("a.pdf", io.BytesIO(bytes(changed))))


@given(st.lists(st.text(st.sampled_from("ab -.\nA1\u2010"), max_size=60), max_size=4))
def test_joining_pages_loses_no_letter_but_hyphens_and_edges(pages: list[str]) -> None:
    letters = joined(*pages)
    assert not set(letters) - set("".join(pages)) - {" ", "\n"}
