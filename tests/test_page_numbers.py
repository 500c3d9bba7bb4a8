from __future__ import annotations

from itertools import accumulate, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.clean import clean, story_text
from rag.ingest.formats.pdf import join_pages
from rag.ingest.page_numbers import joined_starts, kept_starts, page_of, spoken_page
from rag.schema import Article, Block, Document
from tests.pages import STORY


@pytest.mark.parametrize(
    ("pages", "text", "starts"),
    [
        ([], "", ()),
        (["One.\nTwo."], "One. Two.", (0,)),
        (["Ana met two", "men of Lyon."], "Ana met two men of Lyon.", (0, 12)),
        (["Ana met the may-", "or of Lyon."], "Ana met the mayor of Lyon.", (0, 15)),
        (["the well-", "known firm"], "the well-known firm", (0, 8)),
        (["", "One.", " \n", "Two.", ""], "One.\n\nTwo.", (0, 0, 6, 6, 10)),
        (["He left.”", "“No.”"], "He left.”\n\n“No.”", (0, 11)),
        (["One.", "- Two."], "One.\n\n- Two.", (0, 6)),
        (["", ""], "", (0, 0)),
    ],
)
def test_a_page_begins_behind_what_the_pages_before_it_gave(
    pages: list[str], text: str, starts: tuple[int, ...]
) -> None:
    assert joined_starts(pages, text) == starts


DOCUMENT = Document(
    "/a.pdf", "Crane falls\n\nOne. Or two.\n\nMenu\n\nThree.\n\nA note.", page_starts=(0, 18, 27, 33, 41)
)
"""Its second page begins at "Or", within a paragraph; the third has nothing but a menu, the last nothing but a note."""
BLOCKS = (
    Block("title", "Crane falls", ""),
    Block("story", "One. Or two.", ""),
    Block("dropped", "Menu", ""),
    Block("story", "Three.", ""),
    Block("note", "A note.", ""),
)


def test_a_page_that_was_dropped_begins_where_the_next_one_that_was_kept_does() -> None:
    assert [DOCUMENT.text[start:][:2] for start in DOCUMENT.page_starts] == ["Cr", "Or", "Me", "Th", "A "]
    assert kept_starts(DOCUMENT, BLOCKS, "One. Or two.\n\nThree.") == (0, 5, 14, 14, 20)


def test_a_document_without_pages_has_no_starts() -> None:
    assert kept_starts(Document("/a.txt", DOCUMENT.text), BLOCKS, "One. Or two.\n\nThree.") == ()


def test_a_place_is_on_the_last_page_that_has_begun() -> None:
    paged = Article("a", "/a.pdf", "Crane falls", "One. Or two.\n\nThree.", page_starts=(0, 5, 14, 14, 20))
    assert [page_of(paged, at) for at in (0, 4, 5, 13, 14, 19)] == [1, 1, 2, 2, 4, 4]
    assert page_of(Article("a", "/a.txt", "Crane falls", "One."), 0) is None


def test_a_page_is_named_where_there_is_one() -> None:
    assert (spoken_page(3), spoken_page(None)) == ("p. 3", "")


def letters(text: str) -> list[str]:
    return [character for character in text if character.isalnum()]


LINES = st.lists(st.text(st.sampled_from("ab -.,\tA1é\u2010\u00ad“”"), max_size=30), max_size=6)


@given(st.lists(LINES, max_size=5))
def test_between_two_starts_stand_the_letters_of_the_page(drawn: list[list[str]]) -> None:
    marks = map(chr, range(0x4E00, 0x9FFF))  # one a line, so that no line comes twice and is taken for a running one
    pages = ["\n".join(f"{line}{next(marks)}" for line in page) for page in drawn]
    text, starts = join_pages(pages)
    assert len(starts) == len(pages)
    assert all(0 <= before <= behind <= len(text) for before, behind in pairwise([0, *starts, len(text)]))
    assert [letters(text[start:end]) for start, end in pairwise([*starts, len(text)])] == [*map(letters, pages)]


FURNITURE = (
    "Share this story",
    "Related stories",
    "Read more: Ferry runs aground",
    "Photo: A. Roy / Echo",
    "More",
    "By Mara Quill",
)


@settings(deadline=None)
@given(st.permutations([*STORY, *FURNITURE]), st.lists(st.integers(0, 10), max_size=4).map(sorted))
def test_a_paragraph_that_is_kept_is_on_the_page_it_was_on(paragraphs: list[str], breaks: list[int]) -> None:
    offsets = list(accumulate((len(paragraph) + 2 for paragraph in paragraphs), initial=0))
    text = "\n\n".join(paragraphs)
    starts = (0, *(min(offsets[at], len(text)) for at in breaks))
    blocks = clean(text)
    story = story_text(blocks)
    article = Article(
        "a", "/a.pdf", "", story, page_starts=kept_starts(Document("/a.pdf", text, page_starts=starts), blocks, story)
    )
    assert len(article.page_starts) == len(starts)
    for at, paragraph in enumerate(paragraphs):
        if paragraph in STORY and paragraph in story:
            assert page_of(article, story.index(paragraph)) == 1 + sum(first <= at for first in breaks)
