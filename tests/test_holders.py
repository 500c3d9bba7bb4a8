"""Whose office it is, and who holds it."""

from __future__ import annotations

import pytest

from rag.answer.holders import mistaken_holder

MINISTER = "Kenyan Education Minister Jane Otieno went to Lima with Tejo Director Rui Alves."


@pytest.mark.parametrize(
    ("claim", "mistaken"),
    [
        ("Kenya went to Lima.", True),
        ("Jane Otieno went to Lima.", False),
        ("Kenya's minister went to Lima.", False),
        ("Kenya, Peru and Norway went to Lima.", False),
        ("Rui Alves sent his director to Lima.", True),
        ("Jane Otieno met his director in Lima.", False),
        ("", False),
    ],
)
def test_a_minister_is_not_her_country_and_a_director_not_his_own(claim: str, mistaken: bool) -> None:
    assert bool(mistaken_holder(claim, MINISTER)) is mistaken


def test_a_country_that_acts_itself_may() -> None:
    assert mistaken_holder("Kenya paid.", "Kenya paid, Kenyan Minister Jane Otieno said.") is None
    assert mistaken_holder("Kenya paid.", "Kenyan officials paid.") is None
