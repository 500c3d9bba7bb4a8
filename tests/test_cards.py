from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.schema import Article, DateMention, Hit, Sentence
from tests.scripted import (
    AT_SECOND,
    AT_THIRD,
    FIRST,
    SECOND,
    TEXT,
    THIRD,
    WEDNESDAY,
    Seen,
    article,
    citation,
    hit,
)
from ui.cards import (
    PASSAGES_SHOWN,
    citation_card,
    name_plate,
    paragraph,
    passage_cards,
    passages,
    quote_in_paragraph,
    resolved_dates,
)

HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>'


def words(html: str) -> str:
    return unescape(re.sub(r"<[^>]*>", " ", html))


def plate(one: Article, provenance: Article | None, others: dict[str, Article] | None = None) -> str:
    return name_plate(one, provenance, others or {}, "")


def test_the_mark_holds_exactly_the_quote_within_its_paragraph() -> None:
    html = quote_in_paragraph(citation(), article())

    assert html == f"<mark>{FIRST}</mark> {SECOND}"


def test_the_card_of_a_quote_tells_its_page() -> None:
    assert "20 April 2023 · p. 12 · " in Seen(citation_card(citation(page=12), {"lavrov": article()}, "q1")).text
    assert "p. " not in Seen(citation_card(citation(), {"lavrov": article()}, "q1")).text


def test_what_stands_before_the_quote_is_shown_before_it() -> None:
    second = citation(start=AT_SECOND, end=AT_SECOND + len(SECOND), quote=SECOND)

    assert quote_in_paragraph(second, article()) == f"{FIRST} <mark>{SECOND}</mark>"


def test_a_quote_over_two_paragraphs_brings_both() -> None:
    both = citation(start=AT_SECOND, end=len(TEXT), quote=TEXT[AT_SECOND:])

    assert paragraph(article(), AT_SECOND, len(TEXT)) == (0, len(TEXT))
    assert quote_in_paragraph(both, article()) == f"{FIRST} <mark>{SECOND}\n\n{THIRD}</mark>"


def test_the_paragraph_of_the_last_sentence_is_its_own() -> None:
    assert paragraph(article(), AT_THIRD, len(TEXT)) == (AT_THIRD, len(TEXT))


def test_an_article_without_sentences_shows_the_quote_alone() -> None:
    assert quote_in_paragraph(citation(), article(sentences=())) == f"<mark>{FIRST}</mark>"


@pytest.mark.parametrize("changed", [None, article(text=TEXT.upper()), article(text="")])
def test_a_quote_that_the_stored_text_does_not_hold_is_shown_alone(changed: Article | None) -> None:
    assert quote_in_paragraph(citation(), changed) == f"<mark>{FIRST}</mark>"


@given(st.data())
def test_paragraph_text_is_kept_to_the_letter_around_any_quote(data: st.DataObject) -> None:
    lines = data.draw(st.lists(st.text("ab <&>\"'é", min_size=1).filter(str.strip), min_size=1, max_size=4))
    text = "\n\n".join(lines)
    starts = [sum(len(line) + 2 for line in lines[:number]) for number in range(len(lines))]
    made = article(
        text=text,
        sentences=tuple(
            Sentence(at, at + len(line), n) for n, (at, line) in enumerate(zip(starts, lines, strict=True))
        ),
    )
    chosen = data.draw(st.integers(0, len(lines) - 1))
    start = data.draw(st.integers(starts[chosen], starts[chosen] + len(lines[chosen]) - 1))
    end = data.draw(st.integers(start + 1, starts[chosen] + len(lines[chosen])))

    html = quote_in_paragraph(citation(start=start, end=end, quote=text[start:end]), made)

    before, marked, behind = re.fullmatch(r"([^<]*)<mark>([^<]*)</mark>([^<]*)", html).groups()  # type: ignore[union-attr]
    assert unescape(marked) == text[start:end]
    assert unescape(before + marked + behind) == lines[chosen]


def test_the_card_says_title_outlet_and_date_and_can_be_found_by_its_mark() -> None:
    html = citation_card(citation(3), {"lavrov": article()}, "q1-s3")

    assert 'id="q1-s3"' in html
    assert ">3</span>" in html
    assert 'href="https://example.org/lavrov" target="_blank" rel="noopener noreferrer"' in html
    assert f'class="link" data-article="lavrov" data-start="0" data-end="{len(FIRST)}" data-quote=' in html
    assert "teleSUR English" in html
    assert '<time datetime="2023-04-20">20 April 2023</time>' in html


def test_what_is_not_known_of_an_article_is_said_to_be_unknown() -> None:
    html = words(plate(article(outlet=None, published=None, url=None), None))

    assert "Outlet unknown" in html
    assert "undated" in html


def test_a_borrowed_date_says_so_and_its_own_does_not() -> None:
    own = article(sources={"published": "byline"})
    borrowed = article(sources={"published": "borrowed from 003"})

    assert "borrowed" not in plate(own, own)
    assert "20 April 2023</time> (date borrowed from its copy)" in plate(borrowed, borrowed)


def test_a_citation_takes_the_provenance_of_its_date_from_its_article() -> None:
    borrowed = {"lavrov": article(sources={"published": "borrowed from 003"})}

    assert "borrowed from its copy" in citation_card(citation(), borrowed, "q1-s1")


def test_copies_are_named_by_outlet_else_by_file_else_counted() -> None:
    others = {
        "a": article(id="a", outlet="Example Post"),
        "b": article(id="b", outlet=None, path="/archive/copy.txt"),
    }

    assert "Also in Example Post, copy.txt<" in plate(article(also_in=("a", "b")), None, others)
    assert "Also in copy.txt, 1 other copy<" in plate(article(also_in=("b", "c")), None, others)
    assert "Also in 2 other copies<" in plate(article(also_in=("c", "d")), None, others)


def test_an_article_without_a_title_goes_by_its_file() -> None:
    assert ">saved.txt<" in plate(article(title="", path="/archive/saved.txt", url=None), None)


def test_a_resolved_date_stands_beside_the_original_words() -> None:
    assert re.sub(r"\s+", " ", words(resolved_dates((WEDNESDAY,)))).strip() == "Wednesday night 19 April 2023"


@pytest.mark.parametrize(
    ("mention", "meaning"),
    [
        (replace(WEDNESDAY, kind="planned"), "19 April 2023 (planned)"),
        (replace(WEDNESDAY, kind="vague"), "19 April 2023 (about)"),
        (replace(WEDNESDAY, first=None, last=None), "as said; the article does not tell the day"),
    ],
)
def test_a_date_says_when_it_is_planned_vague_or_not_known(mention: DateMention, meaning: str) -> None:
    assert f"<dd>{meaning}</dd>" in resolved_dates((mention,))


def test_a_date_that_names_its_year_is_not_repeated() -> None:
    full = DateMention("June 2022", 0, 9, date(2022, 6, 1), date(2022, 6, 30), "past")

    assert resolved_dates((full,)) == ""


def test_passages_are_grouped_by_article_in_the_order_of_the_best() -> None:
    other = article(id="other", title="Another story")
    hits = (hit(score=0.9), Hit("other", 0, 5, "Other", 0.8), hit(AT_THIRD, len(TEXT), 0.7))
    html = passage_cards(hits, {"lavrov": article(), "other": other})

    assert [html.count('class="card found"'), html.count("<blockquote")] == [2, 3]
    assert html.index(FIRST) < html.index(THIRD) < html.index("Another story")


def test_only_the_best_passages_stand_open() -> None:
    hits = [Hit("lavrov", n, n + 1, f"passage-{n}", 1 / (n + 1)) for n in range(PASSAGES_SHOWN + 2)]
    shown, _, folded = passages(hits, {}).partition("<details>")

    assert [f"passage-{PASSAGES_SHOWN - 1}" in shown, f"passage-{PASSAGES_SHOWN}" in shown] == [True, False]
    assert "2 more passages" in folded
    assert f"passage-{PASSAGES_SHOWN + 1}" in folded


def test_hostile_articles_become_text() -> None:
    quoted = {"start": 0, "end": len(HOSTILE), "quote": HOSTILE}
    named = {"title": HOSTILE, "outlet": HOSTILE, "path": f"/{HOSTILE}", "also_in": (HOSTILE, "other<b>")}
    bad = article(
        id=HOSTILE,
        text=HOSTILE,
        url="javascript:alert(1)",
        sentences=(Sentence(0, len(HOSTILE), 0),),
        sources={"published": HOSTILE},
        **named,
    )
    dated = (replace(WEDNESDAY, text=HOSTILE),)
    cited = citation(article_id=HOSTILE, url='https://example.org/"onmouseover="x', dates=dated, **quoted, **named)
    found = Hit(HOSTILE, 0, len(HOSTILE), HOSTILE, 0.5)
    seen = Seen(
        citation_card(cited, {HOSTILE: bad}, "q1-s1")
        + passage_cards((found,), {HOSTILE: bad})
        + passage_cards((found,), {})
    )

    assert {tag for tag, _ in seen.elements} & {"img", "script", "b"} == set()
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert [attributes["href"] for tag, attributes in seen.elements if tag == "a"] == [cited.url]
