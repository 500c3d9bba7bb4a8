from __future__ import annotations

import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.wrap import group_lines

FIRST = (
    "The harbour of Port Ellery was closed on Tuesday after a storm tore a crane from its rails and threw it across"
    " the quay, the port authority said in a statement late in the evening."
)
SECOND = (
    "Two dock workers were hurt and forty ships are waiting outside the bay, where the coast guard has told the"
    " fishing fleet to stay until the wreck has been cleared away."
)


def joined(text: str) -> list[str]:
    return [" ".join(" ".join(group).split()) for group in group_lines(text)]


@pytest.mark.parametrize("width", [60, 72, 80, 100])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_hard_wrapped_paragraphs_are_joined_with_and_without_blank_lines(width: int, between: str) -> None:
    text = between.join(textwrap.fill(paragraph, width) for paragraph in (FIRST, SECOND, FIRST))
    assert joined(text) == [FIRST, SECOND, FIRST]


def test_paragraphs_on_single_lines_stay_apart() -> None:
    text = (
        "Storm closes harbour\nAnn Bell\nThe harbour is closed.\nForty ships are waiting outside the bay.\nNobody died."
    )
    assert joined(text) == text.split("\n")


def test_menus_of_a_wrapped_page_stay_apart() -> None:
    text = f"Home\nNews\nSport and leisure\n\n{textwrap.fill(FIRST, 70)}\n\n{textwrap.fill(SECOND, 70)}"
    assert joined(text) == ["Home", "News", "Sport and leisure", FIRST, SECOND]


def test_a_sentence_broken_around_a_link_is_mended() -> None:
    assert joined("A spokesman for the port authority told\nReuters\non Monday that it was closed.\nHe left.") == [
        "A spokesman for the port authority told Reuters on Monday that it was closed.",
        "He left.",
    ]


def test_a_capital_begins_a_line_of_its_own() -> None:
    assert joined("Storm closes the harbour\nMayor denies plan to sell it") == [
        "Storm closes the harbour",
        "Mayor denies plan to sell it",
    ]


def test_what_hangs_under_an_item_belongs_to_it() -> None:
    assert joined("• Storm closes harbour\n    A crane lies on the quay.\n• Next") == [
        "• Storm closes harbour A crane lies on the quay.",
        "• Next",
    ]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([FIRST, "Home", "", "  • item", "of the", "and so on,", "x" * 130]) | st.text(max_size=90))
)
def test_no_word_is_lost_or_moved(lines: list[str]) -> None:
    text = "\n".join(lines)
    assert " ".join(joined(text)).split() == text.split()
