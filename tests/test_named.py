"""Whether an article speaks of whom and what a question names."""

from __future__ import annotations

import pytest

from rag.answer.named import setting_and_asking, unmet_names
from rag.index.meaning import Meaning
from tests.conftest import WordsEmbedding

FIRE = "Flames tore through a farm in Kisumu on Monday. How many cattle did Otieno lose?"


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


def test_names_of_the_question_that_no_text_has_are_told(meaning: Meaning) -> None:
    asked = "Did Jane Otieno meet Mary Wanjiru?"
    assert unmet_names(asked, ["Otieno met Alves.", "Jane"], [], meaning) == ["mary", "wanjiru"]


@pytest.mark.parametrize(
    ("question", "setting"),
    [
        (FIRE, "Flames tore through a farm in Kisumu on Monday."),
        ("After a storm in Lisbon, which ferry went to Porto?", "After a storm in Lisbon, "),
        ("In 2016, did Alves go?", ""),  # nothing asks behind the comma but the verb: the clause is part of it
        ("When did Alves, the harbour master, say what?", ""),
        ("At which port, and when, did it stop?", ""),
        ("Who is Rui Alves?", ""),
        ("Who is Rui Alves? He was in Lisbon.", ""),
        ("U.S. officials met whom?", ""),
        ("Whom did Alves name to replace Gen. Mary Wanjiru?", ""),
        ("In Lisbon, who won the vote?", ""),
        ("Under Alves, who was the harbour master?", ""),
    ],
)
def test_a_question_tells_a_setting_and_then_asks(question: str, setting: str) -> None:
    assert setting_and_asking(question)[0] == setting


def test_names_of_the_setting_may_stand_anywhere_in_the_article(meaning: Meaning) -> None:
    close = ["Otieno lost 90 cattle."]
    assert unmet_names(FIRE, close, ["The fire began in Kisumu on a Monday."], meaning) == []
    assert unmet_names(FIRE, close, ["The fire began in Lisbon on a Monday."], meaning) == ["kisumu"]


def test_names_of_what_is_asked_must_stand_close(meaning: Meaning) -> None:
    assert unmet_names(FIRE, ["They lost 90 cattle."], ["Otieno lives in Kisumu. Monday."], meaning) == ["otieno"]


def test_a_long_name_is_met_by_one_of_its_words_close_by_and_the_rest_in_the_article(meaning: Meaning) -> None:
    asked = "Which bill did Senator Jane Otieno file?"
    close = ["Otieno filed the Clean Lake Act."]
    assert unmet_names(asked, close, ["Jane Otieno has been a senator since 2019."], meaning) == []
    assert unmet_names(asked, close, ["Mary Otieno has been a senator since 2019."], meaning) == ["senator", "jane"]
    assert unmet_names(asked, close, ["Senators Jane Otieno and Mary Otieno spoke."], meaning) == ["senator", "jane"]


def test_half_of_a_long_name_is_another_place(meaning: Meaning) -> None:
    asked = "A fire broke out in South Kisumu. How many cattle died?"
    assert unmet_names(asked, ["In Kisumu 90 cattle died."], ["It was in the south."], meaning) == []
    assert unmet_names(asked, ["In Kisumu 90 cattle died."], ["It was in the west."], meaning) == ["south"]


def test_a_sort_may_be_told_further_off(meaning: Meaning) -> None:
    asked = "Which Kenyan port did Alves close?"
    assert unmet_names(asked, ["Alves closed Kilindini."], ["Ships left Kenya for Lima."], meaning) == []
    assert unmet_names(asked, ["Alves closed Kilindini."], ["Ships left for Lima."], meaning) == ["kenyan"]
    asked = "What did Alves close?"  # Alves is no sort of thing
    assert unmet_names(asked, ["Otieno closed Kilindini."], ["Alves left."], meaning) == ["alves"]


def test_initials_are_met_by_the_words_they_stand_for(meaning: Meaning) -> None:
    asked = "What did the FEC decide?"
    assert unmet_names(asked, ["The Federal Election Commission fined him."], [], meaning) == []
    assert unmet_names(asked, ["A federal commission on elections fined him."], [], meaning) == ["fec"]
    assert unmet_names("What did the U.N. decide?", ["The United Nations sent aid."], [], meaning) == []


def test_a_month_that_is_known_is_left_to_the_dates(meaning: Meaning) -> None:
    assert unmet_names("Who came in January 2017?", ["Alves came."], [], meaning) == []
    assert unmet_names("Who came in January?", ["Alves came."], [], meaning) == ["january"]
