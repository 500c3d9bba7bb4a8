from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.split import (
    CHUNK_WORDS,
    LONG_SENTENCE_WORDS,
    make_sentences,
    split_chunks,
    split_sentences,
)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    "text",
    [  # "|" marks each expected cut; the space after it belongs to neither sentence
        "The vote passed.| It was close.",
        "Mr. Lee met Dr. Ana Ruiz and Gen. Park.| They talked.",
        "Prices rose 2.5 percent.| Wages fell 1.1 percent.",
        "The U.S. Senate voted.| The U.S. has objected.",
        "He moved to the U.S.| He stayed for years.",
        "She flew to Washington, D.C.| The trip took a day.",
        "Talks resume Jan. 6 in St. Petersburg.| Nobody objected.",
        "It was No. 5 on the list.| No. 2 was a surprise.",
        "Did he agree? No.| The deal is off.".replace("? No", "?| No"),
        "“We will go,” he said.| “We will win.”| Then he left.",
        "“Really?” Smith asked.| “Yes.”",
        "“Is it over?” she said.| Nobody knew.",
        "“It is over!”| The crowd cheered.",
        '"Stop!" President Mora said.| Then silence.',
        "cooperation grew...| A mutual pledge followed.",
        "It has developed... in the fields of industry.| It will go on.",
        "J. K. Rowling met George W. Bush.| They spoke.",
        "The firm, Acme Corp. of Ohio, sued.| Acme Inc. lost.",
        "He works at Acme Inc.| The firm is old.",
        "The bell rang at 5 a.m. Tuesday.| All woke.",
        "The bell rang at 5 a.m.| The town woke.",
        "(He later resigned.)| The party split.",
        "The bank (see Smith v. Jones. Then appeal.) closed.| It is gone.",
        "He said [the state] will pay.| Fine.",
        "iPhone sales rose. eBay fell.",
        "What now?!| Nobody knows.",
        "The site example.com grew.| It made $1.5 million.",
        "He earned a Ph.D. in Rome.| He taught there.",
        "The agency (NASA) agreed.| 2023 was a good year.",
        "One line\n|Another line",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(text: str) -> None:
    expected = [part.strip() for part in text.split("|")]
    assert cut(text.replace("|", "")) == expected


def test_a_sentence_never_crosses_a_paragraph() -> None:
    text = "First paragraph without a stop\n\nSecond one. Third."
    assert cut(text) == ["First paragraph without a stop", "Second one.", "Third."]
    assert [sentence.paragraph for sentence in make_sentences(text, None)] == [0, 1, 1]


def test_sentences_carry_the_dates_they_speak_of() -> None:
    text = "It rained. He left on Monday."
    first, second = make_sentences(text, date(2021, 6, 2))  # a Wednesday
    assert first.dates == ()
    assert [(mention.text, mention.first) for mention in second.dates] == [("Monday", date(2021, 5, 31))]
    assert text[second.dates[0].start : second.dates[0].end] == "Monday"


@settings(deadline=None)
@given(st.text(st.sampled_from(" \n\t\u00a0abAB.!?…,\"“”()'’1é—Mr"), max_size=200) | st.text(max_size=200))
def test_sentences_cover_everything_but_white_space_and_do_not_overlap(text: str) -> None:
    covered = [False] * len(text)
    reached = 0
    for start, end in split_sentences(text):
        assert reached <= start < end
        assert text[start:end] == text[start:end].strip()
        assert "\n" not in text[start:end]
        covered[start:end] = [True] * (end - start)
        reached = end
    assert all(covered[at] or char.isspace() for at, char in enumerate(text))


def words(count: int, start: int = 0) -> str:
    """A sentence of made-up words, no two the same: the digits of their number as letters."""
    digits = str.maketrans("0123456789", "abcdefghij")
    return " ".join(f"w{start + at}".translate(digits) for at in range(count - 1)) + " end."


def chunk_texts(text: str) -> list[str]:
    chunks = split_chunks("art", text, make_sentences(text, None))
    assert all(chunk.text == text[chunk.start : chunk.end] for chunk in chunks)
    assert [chunk.id for chunk in chunks] == [f"art:{chunk.start}-{chunk.end}" for chunk in chunks]
    assert {chunk.article_id for chunk in chunks} <= {"art"}
    return [chunk.text for chunk in chunks]


def test_a_short_story_is_one_chunk() -> None:
    text = words(40) + "\n\n" + words(50)
    assert chunk_texts(text) == [text]


def test_chunks_are_whole_sentences_within_the_limit() -> None:
    sentences = [words(30, 100 * at).capitalize() for at in range(8)]
    assert chunk_texts(" ".join(sentences)) == [
        " ".join(sentences[:3]),
        " ".join(sentences[3:6]),
        " ".join(sentences[6:]),
    ]


def test_a_chunk_ends_with_a_paragraph_when_one_is_near() -> None:
    one, two, three = (words(count, 300 * count).capitalize() for count in (70, 30, 30))
    text = f"{one}\n\n{two} {three}"
    assert chunk_texts(text) == [one, f"{two} {three}"]


def test_a_chunk_is_not_cut_short_by_a_paragraph_at_its_beginning() -> None:
    one, two, three = words(20), words(80, 100), words(40, 200)
    text = f"{one}\n\n{two.capitalize()} {three.capitalize()}"
    assert chunk_texts(text) == [f"{one}\n\n{two.capitalize()}", three.capitalize()]


def test_an_overlong_sentence_is_cut_at_words_and_nothing_is_unseen() -> None:
    text = words(LONG_SENTENCE_WORDS + 100)
    pieces = chunk_texts(text)
    assert all(len(piece.split()) <= CHUNK_WORDS for piece in pieces)
    assert " ".join(pieces) == text


def test_text_without_spaces_is_cut_too() -> None:
    text = "x" * 5000
    pieces = chunk_texts(text)
    assert "".join(pieces) == text
    assert len(pieces) > 4


def test_a_table_of_figures_is_cut_sooner_than_prose() -> None:
    rows = [f"{at}. Runner {at} (Club-{at}) 4:{at}.58*," for at in range(10, 40)]
    assert len(" ".join(rows).split()) <= LONG_SENTENCE_WORDS
    pieces = chunk_texts(" ".join(rows))
    assert len(pieces) > 1
    assert " ".join(pieces) == " ".join(rows)


def test_no_text_gives_no_chunk() -> None:
    assert chunk_texts("") == []


@settings(deadline=None)
@given(st.lists(st.integers(1, 260), max_size=12))
def test_chunks_hold_every_word_once_and_in_order(lengths: list[int]) -> None:
    text = "\n\n".join(words(length, 1000 * at).capitalize() for at, length in enumerate(lengths))
    pieces = chunk_texts(text)
    assert " ".join(" ".join(pieces).split()) == " ".join(text.split())
    assert all(len(piece.split()) <= LONG_SENTENCE_WORDS for piece in pieces)
