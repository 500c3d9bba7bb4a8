from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scripted import Seen
from ui.text import clipped, counted, days, escaped, opened, web_address


@given(st.text(alphabet=st.sampled_from("<>&\"'`= /abconerrorscript{}$[]()!\n")))
def test_escaped_text_is_text_and_nothing_else_wherever_it_stands(value: str) -> None:
    between = Seen(f"<p>{escaped(value)}</p>")
    within = Seen(f'<p title="{escaped(value)}">x</p>')

    assert (between.text, [tag for tag, _ in between.elements]) == (value, ["p"])
    assert within.elements == [("p", {"title": value})]


def test_control_characters_and_direction_overrides_are_shown_one_for_one() -> None:
    assert escaped("a\x00b\u202ec\x07\ud800") == "a\ufffdb\ufffdc\ufffd\ufffd"
    assert escaped("kept:\n\té“”") == "kept:\n\té“”"


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2023, 4, 19), date(2023, 4, 19), "19 April 2023"),
        (date(2022, 11, 19), date(2022, 11, 22), "19–22 November 2022"),
        (date(2022, 11, 1), date(2022, 11, 30), "November 2022"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2022, 10, 30), date(2022, 11, 2), "30 October – 2 November 2022"),
        (date(2022, 12, 31), date(2023, 1, 1), "31 December 2022 – 1 January 2023"),
        (date(2022, 1, 1), date(2022, 2, 28), "1 January – 28 February 2022"),
        (date(9999, 12, 30), date(9999, 12, 31), "30–31 December 9999"),
        (date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
    ],
)
def test_a_span_of_days_takes_no_more_words_than_it_needs(first: date, last: date, said: str) -> None:
    assert days(first, last) == said


@pytest.mark.parametrize("url", ["https://example.org/a?b=c#d", "http://example.org"])
def test_a_web_address_is_kept(url: str) -> None:
    assert web_address(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "javascript:alert(1)",
        " javascript:alert(1)",
        "java\nscript:alert(1)",
        "JAVASCRIPT://example.org/%0aalert(1)",
        "data:text/html,<script>alert(1)</script>",
        "file:///etc/passwd",
        "//example.org/a",
        "https:",
        "https://[broken",
        "example.org",
    ],
)
def test_anything_else_is_no_address(url: str | None) -> None:
    assert web_address(url) is None


def test_clipping_keeps_the_limit_and_says_so() -> None:
    assert clipped("12345", 5) == "12345"
    assert clipped("1234 6", 6) == "1234 6"
    assert clipped("1234 67", 6) == "1234…"


def test_a_line_begins_with_a_capital_and_is_else_left_alone() -> None:
    assert [opened(line) for line in ("reading 1 of 2", "É", "")] == ["Reading 1 of 2", "É", ""]


def test_one_is_singular() -> None:
    assert [counted(n, "passage") for n in (0, 1, 2)] == ["0 passages", "1 passage", "2 passages"]
