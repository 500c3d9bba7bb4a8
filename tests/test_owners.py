"""Whose minister: owners told apart, and offices known by them."""

from __future__ import annotations

from rag.answer.owners import known_office, other_owner


def test_an_owner_may_have_a_long_name_and_who_acts_is_none() -> None:
    quote = "The Lisbon Port Authority Safety Council spokesman arrived early."
    assert other_owner("Which Lisbon Port spokesman arrived?", quote) is None
    assert other_owner("Which Braga spokesman arrived?", quote) == "in the quote it is of safeti council"
    assert other_owner("Kenyans granted a licence.", "Nairobi granted a licence.") is None


def test_an_office_is_known_by_whose_it_is() -> None:
    told = ["The Kenyan minister Mary Wanjiru left.", "A mayor spoke."]
    assert known_office("minist", "Kenya's minister went.", told)
    assert not known_office("minist", "Peru's minister went.", told)
    assert known_office("mayor", "The mayor went.", told)
    assert not known_office("judg", "The judge went.", told)
