from __future__ import annotations

from datetime import date

from rag.schema import EVERYTHING, Filters
from tests.scripted import Seen
from ui.chips import chips, left, outlets

BAD = '"><script>alert(1)</script>'
APRIL = Filters(date(2023, 4, 1), date(2023, 4, 30), ("CNN", "The Guardian"))


def test_each_outlet_and_each_end_of_the_days_can_be_taken_away() -> None:
    seen = Seen(chips(APRIL, "3 of 5 articles"))
    buttons = [attributes for tag, attributes in seen.elements if tag == "button"]
    names = [button["aria-label"] for button in buttons]

    assert names == ["Remove CNN", "Remove The Guardian", "Remove from 1 April 2023", "Remove to 30 April 2023"]
    assert [button["data-outlet"] for button in buttons[:2]] == ["CNN", "The Guardian"]
    assert (buttons[2]["data-since"], buttons[3]["data-until"]) == ("2023-04-01", "2023-04-30")
    assert "3 of 5 articles" in seen.text


def test_nothing_chosen_draws_nothing_but_what_is_wrong() -> None:
    assert chips(EVERYTHING, "5 of 5 articles") == ""
    assert chips(EVERYTHING, trouble="no day lies there") == '<span role="alert">No day lies there</span>'


def test_what_an_outlet_calls_itself_is_text() -> None:
    for html in (chips(Filters(outlets=(BAD,)), trouble=BAD), outlets([(BAD, 2)])):
        assert "script" not in [tag for tag, _ in Seen(html).elements]


def test_outlets_are_boxes_with_their_articles_counted() -> None:
    seen = Seen(outlets([("CNN", 1200), ("Reuters", 3)]))

    assert [attributes["value"] for tag, attributes in seen.elements if tag == "input"] == ["CNN", "Reuters"]
    assert seen.text.split() == ["CNN", "1,200", "Reuters", "3"]
    assert outlets([]) == '<p class="hint">No article here names its outlet.</p>'


def test_what_is_left_is_told_with_the_undated() -> None:
    assert left(3, 5, 0) == "3 of 5 articles"
    assert left(0, 1, 1) == "0 of 1 article, 1 without a date left out"
