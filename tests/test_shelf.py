from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timezone

import pytest

from tests.scripted import Seen
from ui.shelf import PAGE, Row, View, chosen, frame, listing, plots

LAVROV = Row("l", "Lavrov arrives in Havana", "/news/002.txt", "teleSUR English", date(2023, 4, 20), 300)
STORM = Row("s", "Storm closes port", "/news/storm.txt", None, date(2021, 3, 3), 120, ("c",))
COPY = Row("c", "Storm closes port", "/news/copy.txt", "Example Post", None, 119, ("s",))
ROWS = [LAVROV, STORM, COPY]
HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'


def ids(view: View) -> list[str]:
    return [row.id for row in chosen(ROWS, view)]


@pytest.mark.parametrize(
    ("sort", "descending", "wanted"),
    [
        ("date", True, ["l", "s", "c"]),
        ("date", False, ["s", "l", "c"]),
        ("title", False, ["l", "c", "s"]),
        ("outlet", False, ["c", "l", "s"]),
        ("outlet", True, ["l", "c", "s"]),
        ("words", True, ["l", "s", "c"]),
        ("copies", False, ["l", "c", "s"]),
    ],
)
def test_rows_are_sorted_and_unknown_ones_come_last(sort: str, descending: bool, wanted: list[str]) -> None:
    assert ids(View(sort=sort, descending=descending)) == wanted


@pytest.mark.parametrize(
    ("words", "wanted"),
    [
        ("PORT storm", ["s", "c"]),
        ("telesur", ["l"]),
        ("2021", ["s"]),
        ("march 2021", ["s"]),
        ("2023-04-20", ["l"]),
        ("copy.txt", ["c"]),
        ("news", []),
    ],
)
def test_rows_are_found_by_title_outlet_date_and_file_but_not_by_folder(words: str, wanted: list[str]) -> None:
    assert ids(View(words=words)) == wanted


def test_copies_of_one_text_come_together() -> None:
    html = listing(ROWS, View(only_copies=True))

    assert ids(View(only_copies=True)) == ["c", "s"]
    assert "2 articles, one text" in html
    assert "Lavrov" not in html


def test_the_table_says_how_it_is_sorted_and_opens_articles() -> None:
    html = listing(ROWS, View())

    assert html.count("aria-sort=") == 1
    assert '<th scope="col" class="of-date" aria-sort="descending">' in html
    assert 'data-article="l"' in html
    assert 'data-remove="s"' in html
    assert "3 articles" in Seen(html).text


def test_the_tally_says_how_many_of_how_many() -> None:
    assert "1 of 3 articles" in listing(ROWS, View(words="lavrov"))
    assert "0 of 3 articles" in listing(ROWS, View(words="nothing like it"))
    assert "There are no articles yet" in listing([], View())
    assert "No article has a copy" in listing([LAVROV], View(only_copies=True))


def test_long_archives_come_in_pages() -> None:
    many = [replace(LAVROV, id=str(n), title=f"Story {n:04}") for n in range(PAGE + 5)]
    first, last = listing(many, View(sort="title", descending=False)), listing(many, View(page=1))

    assert [first.count("<tr>"), last.count("<tr>")] == [PAGE + 1, 5 + 1]
    assert f"1–{PAGE} of {PAGE + 5}" in first
    assert 'data-page="-1" disabled' in first
    assert 'data-page="2" disabled' in last
    assert listing(many, View(page=9)) == last
    assert "<nav" not in listing(ROWS, View())


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({}, View()),
        (
            {"words": "a", "sort": "words", "descending": False, "page": 2, "only_copies": True},
            View("a", "words", False, 2, True),
        ),
        ({"sort": "id; drop", "page": "-1", "descending": None, "only_copies": "yes"}, View()),
        ({"page": "9" * 30}, View()),
    ],
)
def test_what_a_browser_asks_for_is_taken_with_care(asked: dict[str, object], meant: View) -> None:
    assert View.of(asked) == meant


def test_an_article_without_a_title_goes_by_its_file() -> None:
    assert ">storm.txt</button>" in listing([replace(STORM, title="")], View())


def test_plots_need_articles() -> None:
    assert plots([]) == ""
    assert "Over time" in plots(ROWS)


def test_hostile_rows_become_text() -> None:
    bad = Row(HOSTILE, HOSTILE, f"/{HOSTILE}", HOSTILE, None, 1, (HOSTILE,))
    html = listing([bad], View()) + listing([bad], View(only_copies=True)) + plots([bad]) + frame((".txt",))
    seen = Seen(html)

    assert {tag for tag, _ in seen.elements} & {"img", "script"} == set()
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]


def test_when_an_article_went_in_is_shown_and_sorted_by_and_unknown_of_old_ones() -> None:
    moments = {"a": 2, "b": 9, "c": None}
    rows = [
        Row(id, id, f"/{id}", None, None, 1, (), datetime(2026, 11, at, 12, tzinfo=timezone.utc) if at else None)
        for id, at in moments.items()
    ]
    assert [row.id for row in chosen(rows, View(sort="added"))] == ["b", "a", "c"]
    html = listing(rows, View(sort="added"))
    assert "9 November 2026</time>" in html
    assert html.count('data-label="Added" dir="auto"><span class="unknown">unknown') == 1
