"""Where the pages of a file begin in the text that was made of it, and on which of them a place in the text stands.

A text is made by folding white space, mending words that were broken at line ends, and leaving whole blocks out; the
other characters keep their order. So a page is found again by counting them: it begins behind as many of them as the
pages before it gave to the text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate

from rag.schema import Article, Block, Document

HYPHENS = "-\u2010\u00ad"
"""They may go where a line ends, so they are not counted."""


def joined_starts(pages: Sequence[str], text: str) -> tuple[int, ...]:
    """Where each page begins in the text that they were joined to; one that gave nothing to it, where the next does."""
    counts = accumulate((len(_counted(page)) for page in pages), initial=0)
    return _behind(list(counts)[:-1], text)


def kept_starts(document: Document, blocks: Iterable[Block], story: str) -> tuple[int, ...]:
    """Where each page of a document begins in the story made of its blocks; one that was dropped, where the next does.

    `blocks` hold all characters of the document but white space, and `story` those of the story's blocks, in order.
    """
    if not document.page_starts:
        return ()
    kept = (block.kind == "story" for block in blocks for _ in _counted(block.text))
    kept_before = list(accumulate(kept, initial=0))
    counted = _counted(document.text)
    return _behind([kept_before[bisect_left(counted, start)] for start in document.page_starts], story)


def page_of(article: Article, start: int) -> int | None:
    """The page, from 1, that this place in the article's text stands on; None where its file has no pages."""
    return bisect_right(article.page_starts, start) or None


def spoken_page(page: int | None) -> str:
    """`p. 3`, or nothing where there are no pages."""
    return f"p. {page}" if page else ""


def _behind(counts: Iterable[int], text: str) -> tuple[int, ...]:
    """Where the text goes on behind that many of its counted characters, white space left out."""
    counted = _counted(text)
    starts = []
    for count in counts:
        at = counted[count - 1] + 1 if count else 0
        at = at if count < len(counted) else len(text)
        while at < len(text) and text[at].isspace():
            at += 1
        starts.append(at)
    return tuple(starts)


def _counted(text: str) -> list[int]:
    """The offsets of the characters that are neither white space nor hyphens."""
    return [at for at, character in enumerate(text) if not character.isspace() and character not in HYPHENS]
