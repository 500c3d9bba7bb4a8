"""Word documents (.docx): their paragraphs and tables in order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from typing import Any, BinaryIO

from rag.errors import ReadError
from rag.ingest.formats.cards import Fact, card
from rag.ingest.formats.whole import DAMAGE, MAX_BYTES, whole
from rag.schema import Document

_OLD_WORD = b"\xd0\xcf\x11\xe0"  # a compound file: Word before 2007, or a document with a password


def read_word(path: str, file: BinaryIO) -> Iterator[Document]:
    """The text of a document. Its properties are believed where its text bears them out: they are often
    those of the template it was made from."""
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from lxml import etree

    data = whole(path, file)
    if data.startswith(_OLD_WORD):
        raise ReadError(f"{path}: is an old Word file or has a password; save it as .docx without one")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(part.file_size for part in parts.infolist() if part.filename.lower().endswith(".xml"))
        if size > MAX_BYTES:
            raise ReadError(f"{path}: unpacks to more than {MAX_BYTES >> 20} MiB, too long for an article; split it")
        document = docx.Document(io.BytesIO(data))
        paragraphs = list(_paragraphs(document))
        properties = document.core_properties
        stated = [("title", properties.title), ("authors", properties.author), ("language", properties.language)]
    except (zipfile.BadZipFile, PackageNotFoundError, etree.LxmlError, OSError, *DAMAGE) as error:
        raise ReadError(f"{path}: is a broken Word document; open it in a word processor and save it again") from error
    text = "\n\n".join(paragraphs)
    if not text:
        raise ReadError(f"{path}: holds no text; is it a picture? put text in it or leave it out")
    yield Document(path, text, card(_facts(stated, document, text)))


def _paragraphs(document: Any) -> Iterator[str]:
    """Paragraphs that hold more than white space; of a table each row is one."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                cells = dict.fromkeys(cell.text.strip() for cell in row.cells)  # a merged cell comes once a column
                if any(cells):
                    yield " ".join(filter(None, cells))
        elif block.text.strip():
            yield block.text.strip()


def _facts(stated: list[tuple[Any, Any]], document: Any, text: str) -> Iterator[Fact]:
    for paragraph in document.paragraphs:
        if paragraph.style is not None and paragraph.style.name == "Title" and paragraph.text.strip():
            yield "title", paragraph.text, "title style"
            break
    for name, value in stated:
        if name == "language" or (isinstance(value, str) and value.strip() and value.strip() in text):
            yield name, value, "document properties"
