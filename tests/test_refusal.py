from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.answer.prompts import REFUSAL
from rag.schema import Hit
from tests.scripted import ARTICLES, FIRST, HITS, Seen, answered, article
from ui.exchange import Exchange
from ui.refusal import missing, reach, refusal, what_to_try

QUESTION = "How many people live in Reykjavik?"


def refused(question: str = QUESTION, said: str = REFUSAL) -> Exchange:
    answer = replace(answered(question, abstained=True), answer=said)
    return Exchange(question, standalone=question, hits=HITS, articles=ARTICLES, answer=answer)


def test_it_says_what_was_looked_for_where_and_what_was_not_there() -> None:
    said = Seen(refusal(refused())).text

    assert f"Looked for“{QUESTION}”" in said
    assert "Read2 passages of 1 article, published 20 April 2023" in said
    assert "Not in themReykjavik, people, live" in said
    assert "Check how “Reykjavik” is written" in said


def test_words_are_compared_by_their_stems_and_titles_count() -> None:
    assert missing("Did Lavrov arrive? Promoting what?", HITS, ARTICLES) == []
    assert missing("Did Lavrov promote cooperation with Iceland?", HITS[1:], ARTICLES) == ["Iceland"]


def test_without_passages_nothing_is_called_missing() -> None:
    assert missing(QUESTION, (), {}) == []
    assert reach((), {}) == "no passage was found"
    assert what_to_try((), ()) == ["Add articles about it: the Archive tab takes files by drag and drop."]


def test_the_days_of_what_was_read_are_told_as_a_span() -> None:
    other = article(id="b", published=date(2022, 12, 28))
    undated = article(id="c", published=None)
    hits = (*HITS, Hit("b", 0, 5, "Other", 0.3), Hit("c", 0, 5, "Other", 0.2))

    assert reach(hits, {**ARTICLES, "b": other, "c": undated}) == (
        "4 passages of 3 articles, published 28 December 2022 – 20 April 2023"
    )


def test_where_no_word_is_missing_one_thing_at_a_time_is_advised() -> None:
    assert what_to_try(HITS, ())[0] == "Ask for one thing at a time: who, when, where or how much."


def test_a_question_beyond_the_program_has_its_reason_and_no_advice() -> None:
    assert refusal(refused(said="Dateline cannot count articles.")) == (
        '<p class="answer" dir="auto">Dateline cannot count articles.</p>'
    )


def test_hostile_questions_become_text() -> None:
    hostile = f'<img src=x onerror="window.ran=1"> {FIRST}'

    assert "img" not in {tag for tag, _ in Seen(refusal(refused(hostile))).elements}
