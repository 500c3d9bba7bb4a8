"""Figures of one thing told of another."""

from __future__ import annotations

import pytest

from rag.answer.counted import only_a_part, other_figure

KILLED = "Five people were killed and three wounded in the blast in Lima."
FELL = "Profits at Acme fell to $5 million from $8 million."
SOLD = "The yard sold 410 boats in Peru and 90 in Kenya."


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Five people were wounded in the blast in Lima.", KILLED),
        ("Profits at Acme fell to $8 million.", FELL),
        ("Profits at Acme fell by $5 million.", FELL),
        ("The yard sold 410 boats in Kenya.", SOLD),
        ("Profit rose by 5 percent.", "Sales rose by 5 percent and profit by 12 percent."),
        ("Acme was fined $5 million.", "The court fined Acme €5 million."),
        ("The court fined Acme 5 million dollars.", "The court fined Acme 5 million euros."),
        ("300 workers voted to strike.", "More than half of the 300 workers voted to strike."),
        ("Fewer than 1,300 people fled.", "More than 1,300 people fled."),
        ("They were trapped for 25 days.", "Twenty-five miners were trapped for six days."),
        ("The volcano erupted in 1911.", "The volcano erupted for the first time since 1911."),
        ("Berg retired in 2019.", "Berg, who won the title in 2019, retired in April 2023."),
    ],
)
def test_a_figure_of_something_else_is_told(claim: str, quote: str) -> None:
    assert other_figure(claim, quote) is not None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Five people died in the blast in Lima.", KILLED),
        ("Three people were wounded in the blast in Lima.", KILLED),
        ("Profits at Acme fell to $5 million.", FELL),
        ("Profits at Acme fell from $8 million to $5 million.", FELL),
        ("The yard sold 90 boats in Kenya.", SOLD),
        ("The boats were guarded by 11 men.", "The boats, guarded by eleven men, left."),
        ("All 47 sailors were saved.", "Every one of the 47 sailors was saved."),
        ("Half of the 300 workers voted.", "More than half of the 300 workers voted."),
        ("Berg retired in April 2023.", "Berg, who won the title in 2019, retired in April 2023."),
        ("Ships sank in the majority of the 54 ports.", "Ships sank in most of the 54 ports."),
        ("Most of the coral has died.", "The majority of the coral has died."),
        ("Otieno was the No. 1 pick in 1997.", "Otieno, the No. 1 pick in 1997, was one of two first choices."),
        ("She left.", KILLED),
    ],
)
def test_a_figure_in_its_place_is_let_be(claim: str, quote: str) -> None:
    assert other_figure(claim, quote) is None


def test_a_part_may_not_be_told_for_the_whole() -> None:
    quote = "Half of the northern coral has died since 2016."
    assert only_a_part("The coral has died since 2016.", quote) == "it leaves out 'Half'"
    assert only_a_part("Half of the coral has died.", quote) is None
    assert only_a_part("The reef is ill.", quote) is None
