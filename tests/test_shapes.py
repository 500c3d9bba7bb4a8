from __future__ import annotations

from datetime import date

import pytest

from eval.proposal import Proposal
from eval.shapes import counts, day_spellings, headlines, speakers, whens
from rag.ingest.split import make_sentences
from rag.schema import Article, DateMention

PUBLISHED = date(2023, 4, 20)  # a Thursday


def article(text: str, title: str = "News") -> Article:
    return Article("a", "/news/a.txt", title, text, sentences=make_sentences(text, PUBLISHED), published=PUBLISHED)


def asked(found: list[Proposal]) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.question, one.answers) for one in found]


@pytest.mark.parametrize(
    ("text", "question", "answer"),
    [
        (
            "Minister Ana Ruiz arrived in Lisbon on Wednesday.",
            "did Minister Ana Ruiz arrive in Lisbon",
            "19 April 2023",
        ),
        (
            "On Tuesday, Ana Ruiz opened the Ellery bridge for all.",
            "did Ana Ruiz open the Ellery bridge",
            "18 April 2023",
        ),
        ("In June 2022, the mayor Ana Ruiz died. Ana Ruiz died in June 2022.", "did Ana Ruiz die", "June 2022"),
        ("The Norwick Port was sold to Hamden in 2020.", "was the Norwick Port sold to Hamden", "2020"),
    ],
)
def test_when_is_asked_of_who_did_what_with_the_time_beside_it(text: str, question: str, answer: str) -> None:
    named = f"{text} All of it was told by Ana Ruiz, by Minister Ana Ruiz and by the Norwick Port."
    ((found, answers),) = asked(list(whens(article(named))))
    assert (found, answers[0]) == (f"When {question}?", answer)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz has led Norwick since 2001.",  # no deed
        "She opened the bridge on Tuesday.",  # of whom?
        "Ana Ruiz signed a deal on Tuesday.",  # which one?
        "Ana Ruiz left Norwick on Tuesday and met Rui Alves on Wednesday.",  # two times
        "Ana Ruiz will open the Ellery bridge on Friday.",  # to come
        "Ana Ruiz left Norwick before 2020.",  # not then
        "Hackers attacked Norwick in 2020.",  # no name
        "Ana Ruiz opened the Ellery bridge recently.",  # no days
        "Haley announced the U.S. plan of last year.",
    ],
)
def test_when_is_not_asked_of_what_would_make_no_good_question(text: str) -> None:
    assert list(whens(article(f"{text} All of it was told by Ana Ruiz."))) == []


def test_how_many_is_asked_of_what_somebody_counted_or_paid() -> None:
    text = (
        "In all, Ana Ruiz sent about 1.5 million barrels of fuel to Norwick. "
        "The town paid, and Rui Alves spent $4 million on the Ellery bridge, he said. "
        "At least 12 people were killed when a train left the rails in Hamden, police said. "
        "Ana Ruiz sold 3 houses. Twelve people were injured on Thursday."
    )
    assert asked(list(counts(article(text)))) == [
        ("How many barrels of fuel did Ana Ruiz send to Norwick?", ("1.5 million",)),
        ("How much did Rui Alves spend on the Ellery bridge?", ("$4 million",)),
        ("How many people were killed when a train left the rails in Hamden?", ("12",)),
    ]


def test_who_acts_is_not_what_something_is_aboard_of() -> None:
    text = "The mission aboard the Norwick Station shipped 17 crates to Hamden. It flew by the Norwick Station."
    assert list(counts(article(text))) == []


def test_who_said_is_asked_of_a_whole_sentence_with_its_speaker_named_in_full() -> None:
    text = (
        "Governor Ana Ruiz spoke in Norwick. “The bridge has cost us more than we have,” Ruiz said. "
        "“We had no other way to go,” she said. “Yes,” said Rui Alves. "
        "“It was the best day of my life,” said NAR Chief Economist Rui Alves."
    )
    ((question, answers),) = asked(list(speakers(article(text))))
    assert question == "Who said “The bridge has cost us more than we have”?"
    assert answers == ("Ana Ruiz", "Ruiz")


def test_two_of_one_surname_are_not_mixed_up() -> None:
    text = "Ana Ruiz and Rui Ruiz spoke in Norwick. “The bridge has cost us more than we have,” Ruiz said."
    assert [one.answers for one in speakers(article(text))] == [("Ruiz",)]


def test_a_headline_is_asked_of_where_the_story_knows_its_first_words_as_a_persons() -> None:
    text = "On Wednesday, Minister Ana Ruiz arrived in Lisbon for talks."
    (found,) = headlines(article(text, "Ruiz arrives in Lisbon for talks"))
    assert (found.question, found.answers) == ("Who arrives in Lisbon for talks?", ("Ana Ruiz", "Ruiz"))
    assert (found.file, found.quote) == ("a.txt", text)
    for title in ("Lisbon wins the cup", "Ruiz arrives in Lisbon for ...", "Ruiz: a life", "Storm in Lisbon"):
        assert list(headlines(article(text, title))) == []


@pytest.mark.parametrize(
    ("first", "last", "spellings"),
    [
        (date(2023, 4, 19), date(2023, 4, 19), ("19 April 2023", "2023-04-19", "April 19, 2023")),
        (date(2023, 2, 1), date(2023, 2, 28), ("February 2023", "2023-02")),
        (date(2022, 1, 1), date(2022, 12, 31), ("2022",)),
        (date(2022, 11, 19), date(2022, 11, 22), ()),
        (None, None, ()),
    ],
)
def test_days_are_spelt_as_answers_spell_them(
    first: date | None, last: date | None, spellings: tuple[str, ...]
) -> None:
    assert day_spellings(DateMention("then", 0, 4, first, last, "past")) == spellings
