from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from rag.desk.cited import Standing, as_it_stands, standing, standings
from rag.desk.records import Copy
from rag.desk.revive import answer_from_json, cited_from_json
from rag.index.archive import Archive
from rag.schema import Article, Differs, Filters, Narrowed, SaidBy
from tests.scripted import AT_SECOND, AT_THIRD, FIRST, SECOND, TEXT, THIRD, answered, article, citation

COPY = article(id="copy", path="/news/copy.txt", outlet="MR Online", url=None, also_in=("lavrov",))
CITED = citation(also_in=("copy", "lost"))
ARTICLES = {"lavrov": article(content_hash="c0ffee"), "copy": COPY}


def test_what_stood_around_a_quote_is_kept_with_it() -> None:
    cited = as_it_stands(CITED, ARTICLES)
    assert cited.paragraph == f"{FIRST} {SECOND}"
    assert cited.paragraph_start == 0
    assert cited.content_hash == "c0ffee"
    assert cited.text_sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert cited.published_from == "byline"
    assert cited.copies == (Copy("copy", "/news/copy.txt", "MR Online", None),)
    later = as_it_stands(citation(start=AT_THIRD, end=len(TEXT), quote=THIRD), ARTICLES)
    assert (later.paragraph, later.paragraph_start) == (THIRD, AT_THIRD)


def test_of_an_article_that_went_meanwhile_the_quote_is_kept() -> None:
    cited = as_it_stands(CITED, {})
    assert (cited.paragraph, cited.content_hash, cited.copies) == (FIRST, "", ())


def test_it_comes_back_from_json_as_it_was() -> None:
    cited = as_it_stands(CITED, ARTICLES)
    assert cited_from_json(cited.to_json()) == cited
    paged = as_it_stands(replace(CITED, page=3), ARTICLES)
    assert (paged.to_json()["page"], cited_from_json(paged.to_json())) == (3, paged)
    answer = answered("When?", standalone="When did he?")
    assert answer_from_json(answer.to_json()) == answer
    assert answer_from_json(answer.to_json() | {"added later": 1}) == answer
    differs = Differs(((1, "4 million"), (2, "5 million")), later=2)
    said = replace(answer.sentences[0], said_by=SaidBy(3, 2), differs=differs)
    narrowed = Narrowed(Filters(since=date(2023, 4, 1), outlets=("Echo",)), 4, 1)
    full = replace(answer, sentences=(said,), narrowed=narrowed)
    assert answer_from_json(full.to_json()) == full


def test_what_was_kept_before_pages_were_known_has_none() -> None:
    row = as_it_stands(CITED, ARTICLES).to_json()
    del row["page"]
    assert cited_from_json(row) == as_it_stands(CITED, ARTICLES)


class Shelf:
    def __init__(self, *articles: Article) -> None:
        self._articles = articles

    def article(self, article_id: str) -> Article | None:
        return next((each for each in self._articles if each.id == article_id), None)

    def article_at(self, path: str) -> Article | None:
        return next((each for each in self._articles if each.path == path), None)


MOVED = article(text=f"New. {TEXT}", sentences=())
REWRITTEN = article(text="Nothing of it.", sentences=())
ELSEWHERE = article(id="other id", text=f"New. {TEXT}", sentences=())


@pytest.mark.parametrize(
    ("shelf", "expected"),
    [
        (Shelf(article()), Standing("unchanged", article(), 0)),
        (Shelf(MOVED), Standing("changed", MOVED, 5)),
        (Shelf(REWRITTEN), Standing("changed", REWRITTEN, None)),
        (Shelf(ELSEWHERE), Standing("changed", ELSEWHERE, 5)),  # its file was edited and indexed again
        (Shelf(COPY), Standing("gone", COPY, 0)),
        (Shelf(replace(COPY, text="Other.")), Standing("gone", None, None)),
        (Shelf(), Standing("gone", None, None)),
    ],
)
def test_a_cited_article_is_there_unchanged_has_changed_or_is_gone(shelf: Shelf, expected: Standing) -> None:
    assert standing(as_it_stands(CITED, ARTICLES), shelf) == expected


def test_a_quote_that_moved_is_found_at_the_place_nearest_to_the_old_one() -> None:
    text = f"{SECOND} {TEXT} {SECOND}"
    cited = as_it_stands(citation(start=AT_SECOND, end=AT_SECOND + len(SECOND), quote=SECOND), ARTICLES)
    now = standing(cited, Shelf(article(text=text)))
    assert now.start == len(SECOND) + 1 + AT_SECOND
    assert text[now.start :].startswith(SECOND)


def test_the_archive_itself_says_how_citations_stand(archive: Archive) -> None:
    cited = (as_it_stands(CITED, ARTICLES), as_it_stands(citation(2, article_id="never", path="/x"), ARTICLES))
    archive.store.put(article(), ())
    assert {n: now.state for n, now in standings(cited, archive.store).items()} == {1: "unchanged", 2: "gone"}
    archive.store.put(ELSEWHERE, ())  # takes the place of the article with its path
    now = standing(cited[0], archive.store)
    assert (now.state, now.start) == ("changed", 5)
    archive.store.delete("other id")
    assert standing(cited[0], archive.store).state == "gone"
