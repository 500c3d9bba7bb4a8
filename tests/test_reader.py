from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.scripted import AT_SECOND, FIRST, SECOND, TEXT, THIRD, Seen, article
from ui.original import Original
from ui.reader import Passage, beside, facts, frame, gone, original, panel, paragraphs, passage, story

HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'
CITED = Passage(AT_SECOND, AT_SECOND + len(SECOND), SECOND)


def marked(html: str) -> str:
    """What stands in all the marks together."""
    return unescape("".join(part.partition("</mark>")[0] for part in html.split("<mark>")[1:]))


def test_the_quote_is_marked_in_its_paragraph() -> None:
    html = panel(article(), CITED, ())

    assert f'<p dir="auto">{FIRST} <mark>{SECOND}</mark>' in html
    assert marked(html) == SECOND


def test_a_quote_over_two_paragraphs_is_marked_in_both() -> None:
    html = story(TEXT, (AT_SECOND, len(TEXT)))

    assert html.count("<mark>") == 2
    assert marked(html) == f"{SECOND}\n\n{THIRD}"


@given(st.text("ab<&\"' \n\r\té", max_size=40), st.data())
def test_the_story_is_shown_to_the_letter_whatever_is_marked(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    html = story(text, (start, end))

    assert marked(html) == text[start:end]
    assert (
        unescape(html.replace('<p dir="auto">', "").replace("</p>", "").replace("<mark>", "").replace("</mark>", ""))
        == text
    )


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("One.\n\nTwo.", [(0, 6), (6, 10)]),
        ("One\nline.\n\n\nTwo.", [(0, 12), (12, 16)]),
        ("\n\nOne.", [(0, 6)]),
        ("", []),
    ],
)
def test_paragraphs_are_parted_by_blank_lines_and_lose_nothing(text: str, ranges: list[tuple[int, int]]) -> None:
    assert list(paragraphs(text)) == ranges


def test_words_that_are_no_longer_at_their_place_are_shown_above_the_story() -> None:
    html = panel(article(), replace(CITED, quote="He flew home."), ())

    assert "has changed since it was cited" in html
    assert '<blockquote dir="auto">He flew home.</blockquote>' in html
    assert "<mark>" not in html


def test_the_page_that_the_quote_begins_on_is_told() -> None:
    paged = article(page_starts=(0, AT_SECOND, AT_SECOND + 9))

    assert "Quoted fromp. 2 of 3" in Seen(panel(paged, CITED, ())).text
    assert "Quoted from" not in Seen(panel(paged, replace(CITED, quote="He flew home."), ())).text
    assert "Quoted from" not in Seen(panel(paged, Passage(), ())).text
    assert "Quoted from" not in Seen(panel(article(), CITED, ())).text


def test_an_article_opened_by_itself_has_no_mark_and_no_complaint() -> None:
    html = panel(article(), Passage(), ())

    assert "<mark>" not in html
    assert "has changed" not in html
    assert THIRD in html


def test_an_article_that_is_gone_leaves_its_quote() -> None:
    assert f'<blockquote dir="auto">{SECOND}</blockquote>' in gone(SECOND)
    assert "no longer in the archive" in gone(SECOND)
    assert "not in the archive any more" in gone("")


def test_facts_say_where_each_was_read_and_what_is_unknown() -> None:
    known = Seen(facts(article(sources={"published": "byline", "outlet": "footer"}, place="HAVANA"), ())).text
    unknown = Seen(facts(article(outlet=None, published=None, url=None), ())).text

    assert "Publishedfrom" not in known
    assert "20 April 2023 (from: byline)" in known
    assert "teleSUR English (from: footer)" in known
    assert "HAVANA" in known
    assert "Outletunknown" in unknown
    assert "Publishedundated" in unknown


def test_a_borrowed_date_and_other_days_are_told_as_such() -> None:
    borrowed = article(sources={"published": "borrowed from 003.txt"}, other_dates=((date(2023, 4, 21), "posted"),))

    assert "20 April 2023 (borrowed from 003.txt)" in Seen(facts(borrowed, ())).text
    assert "Posted21 April 2023" in Seen(facts(borrowed, ())).text


def test_copies_open_from_the_panel() -> None:
    html = facts(article(), (article(id="twin", outlet="Example Post"), article(id="b", outlet=None, path="/a/b.txt")))

    assert 'data-article="twin"' in html
    assert [name in Seen(html).text for name in ("Example Post", "b.txt")] == [True, True]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//example.org"])
def test_an_address_that_is_none_is_no_link(url: str) -> None:
    assert "<a " not in facts(article(url=url), ())


def test_dates_of_the_quote_are_resolved_beside_it() -> None:
    assert "19 April 2023" in panel(article(), Passage(0, len(FIRST), FIRST), ())
    assert "19 April 2023" not in panel(article(), CITED, ())


def test_captions_and_notes_stand_apart_from_the_story() -> None:
    html = panel(article(captions=("A caption.",), notes=("A note.",)), Passage(), ())

    assert html.index(THIRD) < html.index("<h3>Captions</h3>") < html.index("A caption.") < html.index("A note.")
    assert beside(article()) == ""


def test_the_file_as_it_came_is_plain_text_under_its_remark() -> None:
    html = original(Original(HOSTILE, "As it came: <b>.txt"))

    assert {tag for tag, _ in Seen(html).elements} == {"p", "pre"}
    assert HOSTILE in Seen(html).text
    assert "<pre" not in original(Original("", "The file is not there any more: a.txt"))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({"start": "3", "end": "9", "quote": "a b"}, Passage(3, 9, "a b")),
        ({"start": "-3", "end": "9", "quote": "a b"}, Passage(0, 0, "a b")),
        ({"start": "9" * 40, "end": "9", "quote": "a b"}, Passage(0, 0, "a b")),
        ({}, Passage()),
    ],
)
def test_what_a_browser_asks_for_is_taken_with_care(asked: dict[str, str], meant: Passage) -> None:
    assert passage(asked) == meant


def test_hostile_articles_become_text() -> None:
    bad = article(
        id=HOSTILE,
        title=HOSTILE,
        text=HOSTILE,
        outlet=HOSTILE,
        authors=(HOSTILE,),
        place=HOSTILE,
        path=f"/{HOSTILE}",
        url=f"https://example.org/{HOSTILE}",
        captions=(HOSTILE,),
        notes=(HOSTILE,),
        sources={"published": HOSTILE, "outlet": HOSTILE},
        other_dates=((date(2023, 1, 1), HOSTILE),),
    )
    html = panel(bad, Passage(0, 5, HOSTILE), (bad,)) + gone(HOSTILE) + frame()
    seen = Seen(html)

    assert {tag for tag, _ in seen.elements} & {"img", "script"} == set()
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert seen.text.count(HOSTILE) > 10
