from __future__ import annotations

import io
import zipfile

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.word import read_word
from tests.documents import only, tried

PRINTABLE = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Zs", "Zl", "Zp", "Cn", "Co"]), min_size=1, max_size=40
)


def word(*paragraphs: str, title: str | None = None, **properties: str) -> bytes:
    document = docx.Document()
    if title:
        document.add_heading(title, 0)
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    data = io.BytesIO()
    document.save(data)
    return data.getvalue()


def test_paragraphs_come_in_order_with_the_title_of_its_style() -> None:
    document = only(
        read_word("a.docx", io.BytesIO(word("The quay was closed.", "", "Divers went down.", title="Quay closed")))
    )
    assert document.text == "Quay closed\n\nThe quay was closed.\n\nDivers went down."
    assert (document.given.title, document.given.sources) == ("Quay closed", {"title": "title style"})
    assert not document.is_story


def test_properties_are_believed_only_where_the_text_bears_them_out() -> None:
    data = word("By Mara Quill", "The quay was closed.", title=None, author="Mara Quill", subject="x")
    given = only(read_word("a.docx", io.BytesIO(data))).given
    assert given.authors == ("Mara Quill",)
    data = word("The quay was closed.", author="python-docx", comments="template")
    assert only(read_word("a.docx", io.BytesIO(data))).given.authors == ()


def test_rows_of_a_table_are_lines() -> None:
    document = docx.Document()
    document.add_paragraph("Before.")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["Team", "Points", "Reds", "12"], strict=True
    ):
        cell.text = text
    document.add_paragraph("After.")
    data = io.BytesIO()
    document.save(data)
    data.seek(0)
    assert only(read_word("a.docx", data)).text == "Before.\n\nTeam Points\n\nReds 12\n\nAfter."


def bomb() -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"word/{number}.xml", b" " * (20 << 20))
    return data.getvalue()


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"no document", "broken Word document"),
        (word("text")[:500], "broken Word document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Word file or has a password"),
        (word(""), "holds no text"),
        (bomb(), "unpacks to more than"),
    ],
)
def test_what_cannot_be_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=rf"^a\.docx: .*{reason}"):
        only(read_word("a.docx", io.BytesIO(data)))


@settings(deadline=None, max_examples=30)
@given(st.lists(PRINTABLE, min_size=1, max_size=4))
def test_paragraphs_come_back_letter_for_letter(paragraphs: list[str]) -> None:
    assert only(read_word("a.docx", io.BytesIO(word(*paragraphs)))).text == "\n\n".join(paragraphs)


GOOD = word("The quay was closed.", title="Quay closed")


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_document_with_any_bytes_changed_is_read_or_refused(data: st.DataObject) -> None:
    changed = bytearray(GOOD)
    for at in data.draw(st.lists(st.integers(0, len(GOOD) - 1), min_size=1, max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    tried(read_word("a.docx", io.BytesIO(bytes(changed))))
