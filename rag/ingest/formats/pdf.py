"""PDF files: their pages joined, headers, footers and page numbers out, words and paragraphs mended."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO

from rag.errors import ReadError
from rag.ingest.encodings import whole_characters
from rag.ingest.formats.cards import Fact, card
from rag.ingest.formats.whole import DAMAGE, whole
from rag.ingest.page_numbers import joined_starts
from rag.schema import Document

EDGE = 3
"""Lines at the top and at the bottom of a page among which running headers and footers are looked for."""
SHORT = 0.8
"""A line that ends a sentence and fills less of the column than this ends a paragraph."""
HEADING = 0.6
"""Headings and bylines fill less of the column than this."""
_PAGE_NUMBER = re.compile(r"^[\s\-–—|•·]*(?:page\s+)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?[\s\-–—|•·]*$", re.IGNORECASE)
_ENDS = re.compile(r"[.!?:…][\"'”’)\]»]*$")
_BROKEN_WORD = re.compile(r"(?P<head>[^\W\d_]{2,})(?P<hyphen>[-\u2010\u00ad])\n(?P<tail>[^\W\d_]+)")


def read_pdf(path: str, file: BinaryIO) -> Iterator[Document]:
    """The text of a PDF. Raises ReadError for one that is encrypted, damaged, or made of pictures."""
    import pypdf
    from pypdf.errors import PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # what matters of it is said in the ReadError
    data = whole(path, file)
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise ReadError(f"{path}: is encrypted; save it without its password")
        pages = [page.extract_text() for page in reader.pages]
        properties = reader.metadata
        stated = [("title", properties.title), ("authors", properties.author)] if properties else []
    except (PyPdfError, OSError, *DAMAGE) as error:
        raise ReadError(f"{path}: is a broken PDF ({_short(error)}); open it and print it to a new PDF") from error
    text, starts = join_pages(pages)
    if not text.strip():
        raise ReadError(f"{path}: holds pictures of pages and no text; run text recognition (OCR) on it first")
    yield Document(path, text, card(_facts(stated, text)), page_starts=starts)


def join_pages(pages: Sequence[str]) -> tuple[str, tuple[int, ...]]:
    """The pages as one text, a blank line between paragraphs and a line end within one made a space; and where in it
    each page begins."""
    bodies = list(_without_running_lines([_lines(page) for page in pages]))
    lines = [line for body in bodies for line in body]
    text = "\n\n".join(_join_lines(paragraph, lines) for paragraph in _paragraphs(lines))
    return text, joined_starts(["\n".join(body) for body in bodies], text)


def _lines(page: str) -> list[str]:
    """Lines without outer white space; an empty one stays, for it parts paragraphs."""
    lines = [line.strip() for line in whole_characters(page.replace("\0", "")).split("\n")]
    while lines and not lines[0]:
        del lines[0]
    while lines and not lines[-1]:
        del lines[-1]
    return lines


def _without_running_lines(pages: Sequence[list[str]]) -> Iterator[list[str]]:
    """Pages without page numbers and without lines that most pages bear at the same edge, figures aside."""
    tops = Counter(key for page in pages for key in {_key(line) for line in page[:EDGE]})
    bottoms = Counter(key for page in pages for key in {_key(line) for line in page[-EDGE:]})
    enough = max(2, (len(pages) + 1) // 2)
    for page in pages:
        first, last = 0, len(page)
        while first < min(EDGE, last) and (_PAGE_NUMBER.match(page[first]) or tops[_key(page[first])] >= enough):
            first += 1
        while last > max(first, len(page) - EDGE) and (
            _PAGE_NUMBER.match(page[last - 1]) or bottoms[_key(page[last - 1])] >= enough
        ):
            last -= 1
        yield page[first:last]


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    """Runs of lines that belong together: parted by empty lines, short last lines, and headings on their own."""
    lengths = sorted(len(line) for line in lines if line)
    width = lengths[len(lengths) * 9 // 10] if lengths else 0
    padded = ["", *lines, ""]
    paragraph: list[str] = []
    for before, line, after in zip(padded, lines, padded[2:], strict=False):
        heading = _is_heading(before, line, after, width)
        if paragraph and (not line or heading):
            yield paragraph
            paragraph = []
        if line:
            paragraph.append(line)
        if paragraph and (heading or (len(line) < width * SHORT and _ENDS.search(line))):
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _is_heading(before: str, line: str, after: str, width: int) -> bool:
    """A short line between the end of one sentence and the beginning of another."""
    begins = not after or after[0].isupper() or not after[0].isalnum()
    ended = not before or bool(_ENDS.search(before)) or len(before) < width * HEADING
    return 0 < len(line) < width * HEADING and not _ENDS.search(line) and not line[0].islower() and ended and begins


def _join_lines(paragraph: Sequence[str], lines: Sequence[str]) -> str:
    """One line. A hyphen at a line end goes where the word goes on in small letters, unless the text elsewhere
    writes the word with it."""
    written = " ".join(lines) if any(line.endswith(("-", "\u2010", "\u00ad")) for line in paragraph) else ""

    def mended(match: re.Match[str]) -> str:
        head, tail = match["head"], match["tail"]
        if not tail[0].islower() or re.search(rf"\b{head}-{tail}", written):
            return head + match["hyphen"] + tail
        return head + tail

    return " ".join(_BROKEN_WORD.sub(mended, "\n".join(paragraph)).split())


def _key(line: str) -> str:
    """What running lines have in common, the page's number aside; rows of figures are no running lines."""
    return re.sub(r"\d+", "#", line.lower()) if re.search(r"[^\W\d_]{3}", line) else line


def _facts(stated: Sequence[tuple[Any, Any]], text: str) -> Iterator[Fact]:
    """Properties that the text bears out: most titles of PDFs are names of files."""
    for name, value in stated:
        if isinstance(value, str) and value.strip() and " ".join(value.split()) in text:
            yield name, value, "document properties"


def _short(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
