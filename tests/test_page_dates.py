from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.formats.fragments import parse
from rag.ingest.formats.page_address import address_day, reads_day_first
from rag.ingest.formats.pages import page_card
from rag.schema import Given
from tests.pages import CARDS, DAY, FOOTER, H1, PAGES, PARAGRAPHS, Page, article, linked, meta, page


def stated(html: str, address: str | None = None) -> Given:
    return page_card(html, parse(html), address)


@pytest.mark.parametrize("one", PAGES, ids=[one.name for one in PAGES])
def test_a_page_is_dated_by_what_it_states_or_not_at_all(one: Page) -> None:
    given = stated(one.html, one.address)
    assert given.published == one.published
    if one.updated:
        assert given.updated == one.updated
    assert ("published" in given.sources) == (one.published is not None)


@pytest.mark.parametrize(
    ("html", "source"),
    [
        (page(H1 + PARAGRAPHS, linked(article(datePublished="2023-04-19"))), "JSON-LD"),
        (page(H1 + PARAGRAPHS, meta(article__published_time="2023-04-19")), "meta tag"),
        (page(f"{H1}<p>19 April 2023</p>{PARAGRAPHS}"), "byline"),
        (page(H1 + PARAGRAPHS), "address"),
    ],
)
def test_each_day_says_where_it_was_read(html: str, source: str) -> None:
    given = stated(html, "https://e.example/2023/04/19/x")
    assert (given.published, given.sources["published"]) == (DAY, source)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://e.example/2023/04/19/crane", DAY),
        ("https://e.example/news/2023-04-19-crane.html", DAY),
        ("https://e.example/world/2023/apr/19/crane", DAY),
        ("https://e.example/20230419/crane", DAY),
        ("https://e.example/article-20230419.html", DAY),
        ("https://e.example/2023/04/crane", None),
        ("https://e.example/2023/13/41/crane", None),
        ("https://e.example/story/1202304195", None),
        ("https://e.example/?day=2023-04-19", None),
        ("https://e.example/2093/04/19/crane", None),
        (None, None),
    ],
)
def test_a_day_in_an_address(address: str | None, day: date | None) -> None:
    assert address_day(address) == day


@pytest.mark.parametrize(
    ("language", "address", "first"),
    [
        ("en-US", "https://e.example/", False),
        ("en-US", "https://e.co.uk/x", True),
        ("en", "https://e.example/", None),
        (None, None, None),
        ("de", "https://e.de/", True),
        ("en_GB", None, True),
    ],
)
def test_how_a_site_writes_numbers(language: str | None, address: str | None, first: bool | None) -> None:
    assert reads_day_first(language, address) is first


@settings(deadline=None, max_examples=40)
@given(
    st.dates(date(1995, 1, 1), date(2025, 12, 31)),
    st.sampled_from(["%B %d, %Y", "%d %B %Y", "%A, %d %b %Y", "%Y-%m-%d"]),
)
def test_a_day_beside_the_headline_is_read_however_english_writes_it(day: date, form: str) -> None:
    html = page(f"{H1}<p>{day.strftime(form)}</p>{PARAGRAPHS}{CARDS}{FOOTER}")
    assert stated(html).published == day
