"""Which country, how much money: whether an answer is of the sort that was asked for."""

from __future__ import annotations

import pytest

from rag.answer.kinds import countries, lacks_sort


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Which country may change its name?", "The golf tour may change its name."),
        ("In which African country did he land?", "He landed in Caracas."),
        ("Which country did Peru's minister visit?", "Peru's minister visited the port of Callao."),
        ("Which nations gave money?", "The donors gave money."),
    ],
)
def test_a_country_asked_for_must_be_named(question: str, claim: str) -> None:
    assert lacks_sort(question, claim, [claim]) == "a country"


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("Which country may change its name?", "Türkiye may change its name."),
        ("Which country did Peru's minister visit?", "Peru's minister visited Kenya."),
        ("Whose hackers stole it, from which country?", "North Korean hackers stole it."),
        ("Which country did she visit, Cuba or Brazil?", "She visited Cuba."),
        ("Which country music festival was cancelled?", "The Lakeside festival was cancelled."),
        ("Which minister spoke for the country?", "Otieno spoke."),
    ],
)
def test_a_country_that_is_named_or_not_asked_for_is_enough(question: str, claim: str) -> None:
    assert lacks_sort(question, claim, [claim]) is None


@pytest.mark.parametrize(
    "claim", ["It spent four times as much as in August 2022.", "It spent 12 percent more.", "It won 3 seats."]
)
def test_money_asked_for_must_be_told(claim: str) -> None:
    assert lacks_sort("How much money did it spend in 2022?", claim, []) == "an amount of money"


@pytest.mark.parametrize(
    "claim", ["It cost €3.", "It cost 48 million.", "It cost 300 Kenyan shillings.", "Ten pounds."]
)
def test_money_is_told_with_its_sign_its_name_or_in_millions(claim: str) -> None:
    assert lacks_sort("How much did the bridge cost?", claim, []) is None


def test_what_was_paid_is_money_and_what_it_was_paid_for_is_not() -> None:
    sent = "Kenya sent two ferries of tea."
    assert lacks_sort("What did Peru pay Kenya for the tea?", sent, []) == "an amount of money"
    assert lacks_sort("What did Peru pay for the tea?", "Kenya sent 2 million bags of tea.", []) == "an amount of money"
    assert lacks_sort("What did Peru pay for the tea?", "It paid 2 million in all.", []) is None
    assert lacks_sort("What did Peru pay for?", sent, []) is None
    assert lacks_sort("What did Peru pay tribute to?", sent, []) is None


@pytest.mark.parametrize("question", ["How much fuel was sent?", "How much did exports rise?", "How old is it?"])
def test_what_is_measured_otherwise_needs_no_money(question: str) -> None:
    assert lacks_sort(question, "It was 12.", []) is None


def test_a_place_is_nobody_with_an_office() -> None:
    quote = "In Lima she saw Affairs Minister Jane Otieno."
    assert lacks_sort("In what city did she meet the minister?", "Jane Otieno.", [quote]) == "a place"
    assert lacks_sort("Where was she?", "Lima.", [quote]) is None
    assert lacks_sort("Whom did she meet?", "Jane Otieno.", [quote]) is None


def test_countries_are_told_by_their_names_their_other_names_and_their_people() -> None:
    text = "Burma, the Ivory Coast, St. Lucia, Côte d’Ivoire, the U.S., Dutch and Chadian troops"
    assert countries(text) == {"burma", "ivory coast", "st. lucia", "cote d’ivoire", "u.s.", "dutch", "chadian"}
    assert countries("Let us go to the vatican of turkey farms, said Will Chadwick.") == set()


@pytest.mark.parametrize(
    ("question", "claim"),
    [
        ("What is the country's inflation rate?", "8.6 percent."),
        ("What does the country export?", "Copper."),
        ("Which country's president resigned?", "Ana Silva."),
        ("Which United Nations agency warned of it?", "The food agency warned of it."),
        ("What percentage of countries signed?", "60 percent of them."),
        ("What group of nations cut output?", "The cartel did."),
        ("Which country is the winner from?", "The winner is Canadian."),
        ("How much did nurses' pay rise?", "5 percent."),
        ("How much has the cost of living risen?", "It has risen 8.6 percent."),
        ("What did unions say about the pay offer?", "It was an insult."),
        ("What do nurses want in the pay dispute?", "More sleep."),
        ("What does it plan to do about the cost of living?", "It will cap bills."),
        ("What did the scandal cost the minister?", "Her job."),
    ],
)
def test_countries_and_costs_that_are_not_asked_for_are_not_missed(question: str, claim: str) -> None:
    assert lacks_sort(question, claim, [claim]) is None


@pytest.mark.parametrize(
    "claim", ["It rose 12 per cent.", "12 seats were won.", "It built 300 units.", "300 gold medals."]
)
def test_what_is_no_coin_is_no_money(claim: str) -> None:
    assert lacks_sort("How much money was it?", claim, []) == "an amount of money"


def test_a_land_and_its_people_are_one() -> None:
    question = "Which country did Peruvian ministers visit?"
    assert lacks_sort(question, "Peru's ministers visited the port of Callao.", []) == "a country"
    assert lacks_sort(question, "They visited Kenya.", []) is None
    assert countries("German, Lao, Saudi and UAE firms in New Mexico") == {"german", "lao", "saudi", "uae"}


def test_where_another_went_is_no_answer() -> None:
    assert lacks_sort("Which countries did Otieno visit?", "Alves travelled to Peru in May.", [])
    assert not lacks_sort("Which countries did Otieno visit?", "Otieno travelled to Peru in May.", [])
    assert not lacks_sort("Which countries did Otieno visit?", "Peru.", [])


@pytest.mark.parametrize(
    ("claim", "lacks"),
    [
        ("A judge freed Otieno.", True),
        ("Two top judges freed Otieno.", True),
        ("Two judges freed Otieno for Alves.", True),
        ("A judge in Lima, Rui Alves, freed Otieno.", False),
        ("A judge named Alves freed Otieno.", False),
        ("Judge Alves freed Otieno.", False),
        ("Alves, a judge, freed Otieno.", False),
    ],
)
def test_one_of_a_sort_does_not_say_which(claim: str, lacks: bool) -> None:
    assert bool(lacks_sort("Which judge freed Otieno?", claim, [claim])) is lacks


@pytest.mark.parametrize(
    ("question", "claim", "lacks"),
    [
        ("Who was the last to be shot there?", "1993.", "anybody or any place"),
        ("Where did he go?", "5 May 2022.", "anybody or any place"),
        ("Where did he go?", "Lima, on 5 May 2022.", None),
        ("In which year did Otieno, who won twice, retire?", "1993.", None),
        ("In which state was he caught?", "Barry County.", "a state"),
        ("In which state was he caught?", "Ohio.", None),
        ("In which county was he caught?", "Barry County.", None),
        ("What is the name of the deputy who stopped the cart?", "Barry County Police.", "a name of one"),
        ("Who stopped the cart?", "The Barry County Police.", None),
    ],
)
def test_a_body_is_no_land_and_no_person_and_a_number_is_nobody(question: str, claim: str, lacks: str | None) -> None:
    assert lacks_sort(question, claim, [claim]) == lacks
