from __future__ import annotations

from dataclasses import replace
from datetime import date

from eval.proposal import Proposal
from eval.propose import ELSEWHERE, of_article, proposals, refusal
from eval.questions import Question
from rag.ingest.split import make_sentences
from rag.schema import Article

PUBLISHED = date(2023, 4, 20)
WHEN = Proposal("when", "When did Ana Ruiz visit Norwick?", ("2022",), "a.txt", "Ana Ruiz came.", "Norwick")
WHO = Proposal("who", "Who said “Bridges are dear to us all here”?", ("Ana Ruiz", "Ruiz"), "a.txt", "“…” Ruiz said.")


def article(id: str, text: str) -> Article:
    return Article(id, f"/news/{id}.txt", "News", text, sentences=make_sentences(text, PUBLISHED), published=PUBLISHED)


def about(id: str, town: str) -> Article:
    return article(
        id,
        f"Ana Ruiz visited {town} on Wednesday. At least 12 people were killed in {town}, said Ana Ruiz. "
        f"“The bridge of {town} has cost us too much,” said Ana Ruiz.",
    )


def test_a_row_is_a_question_of_the_evaluation() -> None:
    row = WHEN.row()
    question = Question(**row)
    assert (question.expect, question.answers, question.support) == (
        "answer",
        [["2022"]],
        [{"file": "a.txt", "quote": "Ana Ruiz came."}],
    )
    assert row["id"] == replace(WHEN, answers=("2023",)).row()["id"] != WHO.row()["id"]
    refused = Question(**Proposal("refuse", "When?").row())
    assert (refused.expect, refused.answers, refused.support) == ("refuse", [], [])


def test_each_sentence_of_an_article_gives_one_question_and_shapes_take_turns() -> None:
    assert [one.kind for one in of_article(about("a", "Norwick"))] == ["when", "how_many", "who"]


def test_the_first_proposals_are_of_many_articles_and_none_comes_twice() -> None:
    towns = ("Norwick", "Hamden", "Norwick")
    found = list(proposals([about(f"{town}{n}", town) for n, town in enumerate(towns)], lambda _: True))
    assert [one.question for one in found] == [
        "When did Ana Ruiz visit Norwick?",
        "When did Ana Ruiz visit Hamden?",
        "How many people were killed in Norwick?",
        "How many people were killed in Hamden?",
        "Who said “The bridge of Norwick has cost us too much”?",
        "Who said “The bridge of Hamden has cost us too much”?",
    ]


def test_every_fourth_is_to_be_refused_and_asks_of_where_the_archive_has_never_been() -> None:
    found = list(proposals([about("a", "Norwick"), about("b", "Hamden")], lambda word: word == ELSEWHERE[0]))
    refused = [one.question for one in found if not one.answers]
    assert refused == [
        f"How many people were killed in {ELSEWHERE[1]}?",
        f"What did Ana Ruiz say about {ELSEWHERE[2]}?",
    ]
    assert [one.kind for one in found].index("refuse") == 3


def test_what_names_no_place_and_no_speaker_in_full_has_no_refusal() -> None:
    assert refusal(replace(WHEN, place=None), ELSEWHERE, 0) is None
    assert refusal(replace(WHO, answers=("Ruiz",)), ELSEWHERE, 0) is None
    assert refusal(WHEN, (), 0) is None
