"""Who else says it: only what passes the same check, and what was taken over is not independent."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.agree import Support, support
from rag.index.meaning import Meaning
from rag.schema import Article, SaidBy
from tests.conftest import WordsEmbedding
from tests.stories import passages, story

CLAIM = "Ana Ruiz opened the Ellery bridge on Monday (31 May 2021)."
FIRST = story("echo", "Mayor Ana Ruiz opened the Ellery bridge on Monday. Masons cheered.")
OTHER = story("courier", "It rained. The Ellery bridge was opened by Ana Ruiz on Monday, the harbour master said.")
THIRD = story("herald", "On Monday the new Ellery bridge was at last opened by Ana Ruiz of the town council.")


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


def supported(meaning: Meaning, *others: Article, cited: Article = FIRST, claim: str = CLAIM) -> Support:
    known = {article.id: article for article in (cited, *others)}
    return support(claim, cited, cited.sentences[:1], passages([cited, *others]), known, meaning)


def cited_ids(found: Support) -> list[str]:
    return [passage.article.id for passage, _ in found.quotes]


def test_an_article_alone_is_one_source(meaning: Meaning) -> None:
    assert supported(meaning) == Support((), (), SaidBy(1, 1))


def test_others_that_say_so_are_cited_with_their_own_sentence(meaning: Meaning) -> None:
    found = supported(meaning, OTHER, THIRD)
    assert cited_ids(found) == ["courier", "herald"]
    assert [passage.said(passage.focus)[:10] for passage, _ in found.quotes] == ["The Ellery", "On Monday "]
    assert found.said_by == SaidBy(articles=3, independent=3)


def test_no_more_than_three_citations_though_all_are_counted(meaning: Meaning) -> None:
    fourth = story("mail", "Ana Ruiz on Monday opened a bridge at Ellery, the Ellery bridge, with a speech of an hour.")
    found = supported(meaning, OTHER, THIRD, fourth)
    assert cited_ids(found) == ["courier", "herald"]
    assert found.said_by == SaidBy(4, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz opened the Ellery bridge on Tuesday.",
        "Ana Ruiz will open the Ellery bridge on Monday.",
        "Ana Ruiz did not open the Ellery bridge on Monday.",
        "Rui Alves opened the Ellery bridge on Monday, and Ana Ruiz closed it.",
        "Ana Ruiz opened the Norwick bridge on Monday.",
        "The Ellery bridge was opened on Monday.",
        "Ana Ruiz spoke of the Ellery bridge on Monday.",
        "“Was the Ellery bridge opened by Ana Ruiz on Monday?”",
    ],
)
def test_what_says_less_or_otherwise_is_no_support(meaning: Meaning, text: str) -> None:
    assert supported(meaning, story("courier", text)) == Support((), (), SaidBy(1, 1))


def test_the_same_weekday_of_another_week_is_no_support(meaning: Meaning) -> None:
    later = story("courier", OTHER.text, date(2021, 6, 10))
    assert supported(meaning, later).said_by == SaidBy(1, 1)


def test_a_weekday_that_is_another_day_is_no_support_though_the_claim_names_no_date(meaning: Meaning) -> None:
    claim = "Ana Ruiz opened the Ellery bridge on Monday."
    assert supported(meaning, OTHER, claim=claim).said_by == SaidBy(2, 2)
    assert supported(meaning, story("courier", OTHER.text, date(2021, 6, 10)), claim=claim).said_by == SaidBy(1, 1)


def test_a_claim_without_a_name_may_be_of_anybody(meaning: Meaning) -> None:
    company = story("echo", "The company declined to comment on the report.")
    other = story("courier", "On the report the company of Norwick declined to comment at all.")
    claim = "The company declined to comment on the report."
    assert supported(meaning, other, cited=company, claim=claim).said_by == SaidBy(1, 1)


def test_the_same_words_a_month_later_are_of_another_event(meaning: Meaning) -> None:
    claim = "Ana Ruiz opened the Ellery bridge."
    near = story("courier", "The Ellery bridge was opened by Ana Ruiz, it is said.", date(2021, 6, 17))
    far = story("courier", near.text, date(2021, 6, 18))
    assert supported(meaning, near, claim=claim).said_by == SaidBy(2, 2)
    assert supported(meaning, far, claim=claim).said_by == SaidBy(1, 1)


def test_copies_are_counted_where_they_have_the_sentence_and_are_not_independent(meaning: Meaning) -> None:
    cited = story("echo", FIRST.text, also_in=("whole", "part", "gone"))
    whole = story("whole", f"Seen by us. {FIRST.text}", also_in=("echo",))
    part = story("part", "Masons cheered.", also_in=("echo",))
    found = supported(meaning, whole, part, cited=cited)
    assert found == Support((), (), SaidBy(articles=2, independent=1))


def test_a_sentence_taken_over_word_for_word_is_no_independent_source(meaning: Meaning) -> None:
    agency = "Mayor Ana Ruiz opened the Ellery bridge on Monday, reports say."
    found = supported(meaning, story("agency", agency), OTHER)
    assert cited_ids(found) == ["courier"]
    assert found.taken_over == ("agency",)
    assert found.said_by == SaidBy(articles=3, independent=2)


def test_two_articles_of_one_outlet_are_cited_both_and_are_one_source(meaning: Meaning) -> None:
    found = supported(meaning, story("courier", OTHER.text, outlet="The Echo"))
    assert cited_ids(found) == ["courier"]
    assert found.said_by == SaidBy(articles=2, independent=1)


def test_one_article_counts_once_however_often_it_says_so(meaning: Meaning) -> None:
    twice = story("courier", f"{OTHER.text} {THIRD.text}")
    assert supported(meaning, twice).said_by == SaidBy(2, 2)


def test_copies_of_another_source_count_as_it(meaning: Meaning) -> None:
    one = story("courier", OTHER.text, also_in=("mail",))
    copy = story("mail", OTHER.text, also_in=("courier",))
    assert supported(meaning, one, copy).said_by == SaidBy(articles=3, independent=2)
