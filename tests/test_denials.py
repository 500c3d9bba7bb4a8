"""What is denied in one sentence and said in another."""

from __future__ import annotations

import pytest

from rag.answer.denials import denial, denied


def test_a_denial_reaches_to_the_end_of_its_clause() -> None:
    assert denied("She did not visit Lima, but Quito.") == {"visit"}
    assert denied("She refrained from harsh words in public, she said.", reach=8) == {"harsh", "word", "public"}
    assert denied("She visited Lima.") == set()


def test_adverbs_do_not_stop_it() -> None:
    assert denied("She has not yet officially visited Lima.") == {"visit"}
    assert denied("He did not reply.") == {"repli"}


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Peru confirmed the strike.", "Peru has not officially confirmed the strike."),
        ("Peru supplied the boats.", "There is no evidence that Peru supplied the boats."),
        ("Peru supplied the boats.", "The mayor dismissed reports that Peru supplied the boats."),
        ("Peru supplied the boats.", "Claims that Peru supplied the boats are false, the mayor said."),
        ("Peru supplied the boats.", "The mayor denied on Friday that Peru had supplied the boats."),
        ("Peru signed the treaty.", "Neither Kenya nor Peru signed the treaty."),
        ("The minister resigned.", "The minister almost resigned."),
        ("Kenya did not sign the treaty.", "Kenya signed the treaty."),
        ("The ban covers Quito.", "The ban covers all towns except Quito."),
    ],
)
def test_what_one_denies_the_other_may_not_say(claim: str, quote: str) -> None:
    assert denial(claim, quote) == "one denies what the other says"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Peru has not confirmed the strike.", "Peru has not officially confirmed the strike."),
        ("The bank did not step in on the markets.", "Neither the bank nor the ministry stepped in on the markets."),
        ("Inspectors did not find evidence of a leak.", "Inspectors found no evidence of a leak."),
        ("They did not reach an agreement on fish.", "They left Lima without an agreement on fish."),
        ("Kenya signed the treaty.", "Kenya signed the treaty."),
    ],
)
def test_a_denial_in_both_is_none(claim: str, quote: str) -> None:
    assert denial(claim, quote) is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The mint has withdrawn the coin.", "The mint has not withdrawn the coin, although it has struck none."),
        ("The mint recalled the coin and struck none.", "The mint, which has struck none, did not recall the coin."),
        ("The lawmakers lifted his immunity.", "The lawmakers refused on Monday to lift his immunity."),
    ],
)
def test_what_one_of_two_denials_denies_is_not_said(claim: str, quote: str) -> None:
    assert denial(claim, quote) == "one denies what the other says"


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The ministry received no request.", "The ministry had not received a request."),
        ("The bill passed the House but not the Senate.", "The bill did not pass the Senate, but it passed the House."),
        ("The strike began on Monday, not Sunday.", "The strike did not begin on Sunday but on Monday."),
        ("His immunity was not lifted.", "The lawmakers refused on Monday to lift his immunity."),
    ],
)
def test_the_same_denied_in_other_words_is_the_same(claim: str, quote: str) -> None:
    assert denial(claim, quote) is None


def test_who_is_ruled_out_of_a_game_is_not_there_and_the_game_is_not_denied() -> None:
    quote = "Otieno was ruled out of the game because of a cold."
    assert denial("Otieno was absent from the game because of a cold.", quote) is None
    assert denial("Otieno was at the game.", quote)
    assert denial("Alves is a suspect.", "Police ruled out Alves as a suspect.")
