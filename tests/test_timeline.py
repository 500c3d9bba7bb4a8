from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.schema import Article, Citation, Hit
from tests.scripted import HITS, Seen, answered, article, citation
from ui.exchange import Exchange
from ui.timeline import MOST, moments, places, timeline

OLDER = article(id="older", title="An older story", published=date(2022, 12, 28), url=None)
CITED_OLDER = citation(2, article_id="older", title="An older story", published=date(2022, 12, 28))


def told(citations: tuple[Citation, ...], hits: tuple[Hit, ...] = (), *others: Article) -> Exchange:
    articles = {one.id: one for one in (article(), OLDER, *others)}
    answer = replace(answered("When?"), citations=citations, evidence=hits)
    return Exchange("When?", hits=hits, articles=articles, citations=citations, answer=answer)


def test_two_dated_articles_stand_in_the_order_of_their_dates() -> None:
    html = timeline(told((citation(), CITED_OLDER)))

    assert html.index("28 December 2022") < html.index("20 April 2023")
    assert html.count("<li") == 2
    assert 'class="cited-one" style="inset-inline-start:0.0%"' in html
    assert 'class="cited-one" style="inset-inline-start:100.0%"' in html
    assert "(source 2)" in Seen(html).text


def test_one_dated_article_is_no_timeline() -> None:
    undated = citation(2, article_id="older", published=None)

    assert timeline(told((citation(),))) == ""
    assert timeline(told((citation(), undated))) == ""
    assert timeline(told((citation(1), citation(2, start=3)))) == ""


def test_numbers_of_one_article_come_together() -> None:
    (one,) = moments(told((citation(1), citation(2, start=3))))

    assert one.numbers == (1, 2)
    assert one.at == (0, citation().end, citation().quote)


def test_passages_nearly_as_good_as_the_best_bear_on_the_answer_and_others_do_not() -> None:
    near, far = Hit("older", 0, 5, "Older", 0.8), Hit("older", 0, 5, "Older", 0.5)
    best = replace(HITS[0], score=1.0)

    assert "(found, not cited)" in timeline(told((citation(),), (best, near)))
    assert timeline(told((citation(),), (best, far))) == ""


def test_a_copy_of_what_is_cited_is_not_shown_again() -> None:
    twin = article(id="twin", also_in=("lavrov",))
    now = told((citation(),), (replace(HITS[0], score=1.0), Hit("twin", 0, 5, "Twin", 1.0)), twin)
    now = replace(now, articles={**now.articles, "lavrov": article(also_in=("twin",))})

    assert len(moments(now)) == 1


def test_a_refusal_and_an_unfinished_answer_have_none() -> None:
    both = told((citation(), CITED_OLDER))

    assert timeline(replace(both, answer=answered("When?", abstained=True))) == ""
    assert timeline(replace(both, answer=None)) == ""


def test_places_are_in_proportion_to_the_days_between() -> None:
    assert places([date(2023, 1, 1), date(2023, 1, 2), date(2023, 1, 5)]) == [0.0, 25.0, 100.0]
    assert places([date(2023, 1, 1)] * 2) == [50.0, 50.0]


def test_no_more_stand_in_it_than_can_be_read() -> None:
    many = [article(id=str(n), published=date(2023, 1, n + 1)) for n in range(MOST + 3)]
    hits = tuple(Hit(one.id, 0, 5, "x", 1.0) for one in many)

    assert len(moments(told((), hits, *many))) == MOST
