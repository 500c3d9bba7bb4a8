from __future__ import annotations

from datetime import date

import pytest

from rag.config import BUNDLED_CORPUS
from rag.ingest.clean import clean, whole
from rag.ingest.describe import Description, describe
from rag.ingest.readers import read
from rag.schema import Document, Given
from tests.documents import only

STORY = (
    "The harbour of Port Ellery was closed on March 2, 2019 after a storm tore a crane from its rails.\n\n"
    "Two dock workers were hurt, the port authority said, and forty ships are waiting outside the bay.\n\n"
    "Repairs will take at least a week, and the fishing fleet has been told to stay where it is."
)
TODAY = date(2024, 6, 1)
HEADLINE = "Storm closes harbour of Port Ellery"


def card(text: str) -> Description:
    return describe(Document("/archive/harbour.txt", text), clean(text))


def corpus(number: str) -> Description:
    (path,) = BUNDLED_CORPUS.glob(f"{number}_*")
    document = only(read(path))
    return describe(document, clean(document.text))


def test_a_bare_story_has_its_first_sentence_for_a_title_and_nothing_else() -> None:
    found = card(STORY)
    assert found.title == STORY.split("\n")[0]
    assert (found.outlet, found.authors, found.published, found.url) == (None, (), None, None)
    assert found.sources == {"title": "first sentence", "language": "its words"}


@pytest.mark.parametrize(
    "line",
    [
        "April 20, 2023",
        "20 April 2023",
        "Thursday, April 20th, 2023",
        "Thu 20 Apr 2023 10:15 GMT",
        "Published: Apr. 20, 2023, 7:30 a.m. EDT",
        "Published on 20 April 2023 | Updated on 22 April 2023",
        "Updated 22 April 2023. Published 20 April 2023",
        "Posted: 2023-04-20",
        "2023-04-20T10:15:00Z",
        "2023/04/20 10:15",
        "20.04.2023",
        "04/20/2023",
        "20/04/2023 10:15",
        "First published on the 20th of April, 2023",
    ],
)
def test_a_byline_in_any_common_form_dates_the_article(line: str) -> None:
    found = card(f"{HEADLINE}\n{line}\n\n{STORY}")
    assert found.published == date(2023, 4, 20)
    assert found.sources["published"] == "byline"


@pytest.mark.parametrize("line", ["04/05/2023", "February 30, 2023", "20 April", "1 January 1970", "Monday"])
def test_what_is_no_certain_day_dates_nothing(line: str) -> None:
    found = card(f"{HEADLINE}\nPublished: {line}\n\n{STORY}")
    assert found.published is None
    assert "published" not in found.sources


def test_an_update_is_no_publication() -> None:
    found = card(f"{HEADLINE}\nUpdated 22 April 2023\n\n{STORY}")
    assert found.published is None
    assert found.other_dates == ((date(2023, 4, 22), "updated"),)


def test_the_original_publication_wins_and_the_other_dates_are_kept() -> None:
    found = card(f"{HEADLINE}\nPosted May 1, 2023 | Originally published: The Ellery Echo on April 20, 2023\n\n{STORY}")
    assert found.published == date(2023, 4, 20)
    assert found.other_dates == ((date(2023, 5, 1), "posted"),)


def test_dates_of_story_caption_and_other_stories_do_not_count() -> None:
    found = card(
        f"{HEADLINE}\n\n{STORY}\n\nThe crane on March 1, 2019. Ann Bell/Getty Images\n\nMost Read\n\n• 3 June 2020"
    )
    assert found.published is None


@pytest.mark.parametrize(
    ("line", "authors", "outlet"),
    [
        ("By Ann Bell", ("Ann Bell",), None),
        ("By Ann Bell and José Díaz", ("Ann Bell", "José Díaz"), None),
        ("By Ann Bell, Ellery Daily News", ("Ann Bell",), "Ellery Daily News"),
        ("By Reuters", (), "Reuters"),
        ("By Staff Writers", (), None),
        ("Source: Agencies", (), None),
        ("Source: Ellery Tribune", (), "Ellery Tribune"),
        ("By Ann Bell | 20 April 2023", ("Ann Bell",), None),
        ("Originally published: Ellery Echo on April 20, 2023 by Ann Bell", ("Ann Bell",), "Ellery Echo"),
    ],
)
def test_people_and_outlets_are_told_apart_in_bylines(line: str, authors: tuple[str, ...], outlet: str | None) -> None:
    found = card(f"{HEADLINE}\n{line}\n\n{STORY}")
    assert (found.authors, found.outlet) == (authors, outlet)


def test_a_byline_that_is_the_masthead_of_the_page_is_the_outlet() -> None:
    found = card(f"The Ellery Lamp\n• Home\n• Sport\n• Opinion\n\n{HEADLINE}\n• By The Ellery Lamp\n\n{STORY}")
    assert (found.outlet, found.authors) == ("The Ellery Lamp", ())


def test_a_footer_that_names_its_source_is_the_outlet() -> None:
    found = card(f"{STORY}\nSource: https://www.ellery-echo.example/news/123")
    assert found.outlet == "ellery-echo.example"
    assert found.url == "https://www.ellery-echo.example/news/123"
    assert found.sources["outlet"] == "footer"


def test_a_copyright_line_names_the_outlet_when_nothing_else_does() -> None:
    found = card(f"{HEADLINE}\n\n{STORY}\n\n• Contact\n\n© 2023 Ellery Echo. All rights reserved.")
    assert (found.outlet, found.sources["outlet"]) == ("Ellery Echo", "copyright line")


def test_a_page_without_story_is_called_by_its_file_name() -> None:
    found = card("• Home\n• News")
    assert (found.title, found.sources) == ("harbour.txt", {"title": "file name"})


@pytest.mark.parametrize(
    ("number", "outlet", "published"),
    [
        ("000", "abcnews.go.com", None),
        ("001", None, None),
        ("002", "teleSUR English", date(2023, 4, 20)),
        ("003", "Al Mayadeen English", date(2022, 12, 28)),
        ("004", None, None),
    ],
)
def test_the_corpus_is_described_as_its_pages_say(number: str, outlet: str | None, published: date | None) -> None:
    found = corpus(number)
    assert (found.outlet, found.published, found.url) == (outlet, published, None)


def test_the_corpus_says_where_its_name_cards_come_from() -> None:
    words = {"language": "its words"}
    assert corpus("000").sources == {"title": "first sentence", "outlet": "footer", "place": "first lines"} | words
    assert corpus("000").place == "HAVANA, Cuba"
    assert corpus("001").sources == {"title": "first line"} | words
    assert corpus("003").sources == {"title": "headline", "outlet": "byline", "published": "byline"} | words
    assert corpus("004").sources == {"title": "first sentence"} | words
    assert corpus("002").other_dates == ((date(2023, 4, 21), "posted"),)
    assert corpus("003").authors == ()
    assert corpus("001").title == corpus("003").title == "Russia, Cuba discuss joint energy, industry projects"
    assert corpus("000").title.startswith("HAVANA, Cuba — Iranian President")
    assert corpus("004").title.endswith("the United States.")


def stated(given: Given, text: str = STORY, path: str = "/archive/harbour.txt") -> Description:
    return describe(Document(path, text, given), clean(text), TODAY)


def test_what_the_format_states_is_believed_before_the_page() -> None:
    given = Given(
        title="Harbour shut",
        outlet="Ellery Echo",
        authors=("Ann Bell",),
        published=date(2019, 3, 3),
        updated=date(2019, 3, 4),
        url="https://echo.example/harbour",
        sources={"title": "JSON-LD", "published": "meta tag"},
    )
    found = stated(given, f"{HEADLINE}\nBy Mona Field, Ellery Daily News\n20 April 2023\n\n{STORY}")
    assert (found.title, found.outlet, found.authors) == ("Harbour shut", "Ellery Echo", ("Ann Bell",))
    assert (found.published, found.updated, found.url) == (date(2019, 3, 3), date(2019, 3, 4), given.url)
    assert found.sources == {
        "title": "JSON-LD", "outlet": "file", "authors": "file", "published": "meta tag", "updated": "file",
        "language": "its words", "url": "file",
    }  # fmt: skip
    assert (date(2023, 4, 20), "byline") in found.other_dates


def test_stated_days_to_come_and_clocks_never_set_are_none() -> None:
    assert stated(Given(published=date(2031, 1, 1))).published is None
    assert stated(Given(published=date(1970, 1, 1), updated=date(2031, 1, 1))).updated is None


def test_the_host_of_a_stated_address_is_the_outlet_of_last_resort() -> None:
    found = stated(Given(url="https://www.echo.example/harbour"))
    assert (found.outlet, found.sources["outlet"]) == ("echo.example", "address")


def test_a_file_name_dates_what_the_page_does_not() -> None:
    found = stated(Given(), path="/archive/2023-04-20-harbour.txt")
    assert (found.published, found.sources["published"]) == (date(2023, 4, 20), "file name")
    dated = stated(Given(), f"{HEADLINE}\nPublished: 19 April 2023\n\n{STORY}", "/archive/2023-04-20-harbour.txt")
    assert (dated.published, dated.sources["published"]) == (date(2023, 4, 19), "byline")
    late = stated(Given(), f"{HEADLINE}\nUpdated 22 April 2023\n\n{STORY}", "/archive/2023-05-01-harbour.txt")
    assert (late.published, late.updated) == (None, date(2023, 4, 22))


def test_updates_the_datelines_place_and_its_day_are_told() -> None:
    found = stated(Given(), f"{HEADLINE}\nUpdated: 22 April 2023\n\nPORT ELLERY, April 20, 2023 (Echo) — {STORY}")
    assert (found.published, found.sources["published"]) == (date(2023, 4, 20), "first lines")
    assert (found.updated, found.sources["updated"]) == (date(2023, 4, 22), "byline")
    assert (found.place, found.sources["place"]) == ("PORT ELLERY", "first lines")


def test_the_storys_own_words_tell_its_language_before_a_tag_does() -> None:
    assert stated(Given(language="es")).language == "en"
    short = Given(language="es-MX", sources={"language": "meta tag"})
    found = describe(Document("/a.txt", "Sí. No.", short), whole("Sí. No."), TODAY)
    assert (found.language, found.sources["language"]) == ("es", "meta tag")


@pytest.mark.parametrize(
    "line",
    ["Ann Bell | 20 April 2023 | Comments (12)", "POLITICS • April 20, 2023", "Ann Bell, Ellery Echo, 20 April 2023"],
)
def test_a_date_among_names_and_buttons_below_the_headline_is_the_articles(line: str) -> None:
    assert card(f"{HEADLINE}\n\n{line}\n\n{STORY}").published == date(2023, 4, 20)


def test_a_date_just_above_the_headline_counts_and_one_far_above_does_not() -> None:
    assert card(f"20 April 2023\n\n{HEADLINE}\n\n{STORY}").published == date(2023, 4, 20)
    assert card(f"20 April 2023\n\nHome\n\nNews\n\nWeather\n\n{HEADLINE}\n\n{STORY}").published is None


def test_a_line_below_the_story_that_says_when_it_was_published_counts() -> None:
    assert card(f"{HEADLINE}\n\n{STORY}\n\nFirst published on: 20 April 2023").published == date(2023, 4, 20)


def test_an_address_of_its_own_at_the_head_or_foot_is_the_articles() -> None:
    found = card(f"URL: https://echo.example/1\n\n{HEADLINE}\n\n{STORY}")
    assert (found.url, found.sources["url"]) == ("https://echo.example/1", "first lines")
