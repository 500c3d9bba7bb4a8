from __future__ import annotations

import re
from dataclasses import replace
from html import unescape

import pytest

from rag.schema import AnswerSentence, Verdict
from tests.scripted import (
    ARTICLES,
    FIRST,
    HITS,
    REFUSAL,
    SAID,
    THIRD,
    Seen,
    answered,
    article,
    citation,
    tell,
)
from ui.exchange import Exchange, converse
from ui.render import QUESTION_SHOWN, answer_sentence, conversation, exchange, invitation, masthead, notice, welcome

HOSTILE = '<img src=x onerror="window.ran=1"><script>window.ran=1</script>{{value}}${1+1}'


def told(question: str = "When?") -> list[Exchange]:
    return [now[-1] for now in converse(tell, question, ())]


def words(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]*>", " ", html))).strip()


def test_before_the_first_question_examples_can_be_clicked() -> None:
    html = conversation((), ("When did Lavrov visit Havana?",))

    assert html == invitation(("When did Lavrov visit Havana?",))
    assert '<button type="button" data-question="When did Lavrov visit Havana?">' in html


def test_without_examples_none_are_promised() -> None:
    assert "For example" not in invitation(())


def test_an_empty_archive_is_asked_to_be_filled_and_has_no_examples() -> None:
    html = conversation((), (), empty=True)

    assert html == welcome()
    assert 'data-tab="Archive"' in html


def test_the_masthead_counts_the_articles() -> None:
    assert "1 article, read here" in masthead(1, "read here")
    assert "1,200 articles, read here" in masthead(1200, "read here")


def test_passages_found_are_shown_before_any_answer() -> None:
    html = exchange(told()[1], "q1")

    assert "Passages found" in html
    assert [FIRST in html, THIRD in html] == [True, True]
    assert 'class="answer"' not in html
    assert 'role="status"' in html


def test_the_step_it_is_at_is_shown_and_later_folded_away() -> None:
    running, done = exchange(told()[3], "q1"), exchange(told()[-1], "q1")

    assert "Reading 1 of 2" in words(running)
    assert "2 passages from 1 articles" not in words(running)
    assert 'role="status"' not in done
    assert "<summary>1 sentence checked · 1.2 s · scripted</summary><ol><li>2 passages from 1" in done


def test_a_mark_has_its_quote_opens_the_article_there_and_knows_its_card() -> None:
    html = exchange(told()[-1], "q7")
    buttons = [attributes for tag, attributes in Seen(html).elements if attributes.get("class") == "mark"]

    assert len(buttons) == 1
    assert buttons[0]["data-quote"] == FIRST
    assert [buttons[0][name] for name in ("data-article", "data-start", "data-end")] == ["lavrov", "0", str(len(FIRST))]
    assert f'role="tooltip" id="{buttons[0]["aria-describedby"]}"' in html
    assert f"“{FIRST}”" in html
    assert html.count(f'id="{buttons[0]["data-card"]}"') == 1
    assert f"<mark>{FIRST}</mark>" in html
    assert "19 April 2023" in words(html)


def test_a_mark_tells_the_page_of_its_quote() -> None:
    html = answer_sentence(SAID, {1: citation(page=3)}, "q7")
    assert "· 20 April 2023 · p. 3" in words(html)
    assert "p. " not in words(answer_sentence(SAID, {1: citation()}, "q7"))


def test_cited_sources_come_first_and_the_passages_found_fold_away() -> None:
    html = exchange(told()[4], "q1")

    assert html.index('class="card cited"') < html.index("<summary>2 passages found</summary>")


def test_two_exchanges_never_share_an_anchor() -> None:
    anchors = re.findall(r' id="([^"]+)"', conversation((told()[-1], told()[-1]), ()))

    assert anchors == ["q1", "q1-1-1", "q1-1-1-proof", "q1-s1", "q2", "q2-1-1", "q2-1-1-proof", "q2-s1"]


def test_a_number_without_its_citation_gets_no_mark() -> None:
    html = answer_sentence(AnswerSentence("So it was.", (1, 7), "supported"), {1: citation()}, "q1")

    assert [("[1]" in html), ("[7]" in html)] == [True, False]


@pytest.mark.parametrize(
    ("verdict", "shown"),
    [("supported", "✓"), ("partly", "partly supported"), ("unsupported", "not supported")],
)
def test_the_verdict_of_a_sentence_is_shown_and_said(verdict: Verdict, shown: str) -> None:
    html = answer_sentence(replace(SAID, verdict=verdict), {1: citation()}, "q1")

    assert f'class="verdict {verdict}"' in html
    assert f">{shown}</span>" in html
    assert 'aria-label="checked: its quote' in html


def test_a_refusal_shows_its_sentence_the_nearest_passages_and_what_to_try() -> None:
    html = exchange(told("the moon?")[-1], "q1")

    assert f'<p class="answer" dir="auto">{REFUSAL}</p>' in html
    assert "Nearest passages" in html
    assert "What to try" in html
    assert FIRST in html
    assert 'class="mark"' not in html


def test_a_refusal_without_passages_promises_none() -> None:
    empty = replace(told("the moon?")[-1], hits=())

    assert "nearest passages" not in exchange(empty, "q1").lower()


def test_trouble_is_one_line_and_the_evidence_stays() -> None:
    html = exchange(Exchange("When?", hits=HITS, articles=ARTICLES, trouble="the endpoint is down"), "q1")

    assert '<p class="trouble" role="alert">The endpoint is down</p>' in html
    assert FIRST in html


def test_sentences_that_passed_stay_when_trouble_comes() -> None:
    html = exchange(replace(told()[4], trouble="stopped"), "q1")

    assert SAID.text in html
    assert "Stopped" in html


def test_the_standalone_question_is_shown_only_where_it_differs() -> None:
    same, other = told()[-1], replace(told()[-1], standalone="When did Lavrov visit Havana?")

    assert "Read as" not in exchange(same, "q1")
    assert "Read as: When did Lavrov visit Havana?" in words(exchange(other, "q1"))


def test_a_page_pasted_as_a_question_is_clipped() -> None:
    html = exchange(Exchange("x" * 20_000), "q1")

    assert "x" * (QUESTION_SHOWN - 1) + "…" in html
    assert "x" * QUESTION_SHOWN not in html


@pytest.mark.parametrize("standalone", [None, HOSTILE])
def test_hostile_words_from_anyone_become_text(standalone: str | None) -> None:
    said = AnswerSentence(HOSTILE, (1,), "supported")
    bad = replace(
        told()[-1],
        question=HOSTILE,
        standalone=standalone,
        steps=(HOSTILE,),
        sentences=(said,),
        citations=(citation(title=HOSTILE, quote=HOSTILE),),
        articles={"lavrov": article(title=HOSTILE)},
        answer=replace(answered(HOSTILE), model=HOSTILE),
    )
    refused = replace(bad, answer=replace(answered(HOSTILE, abstained=True), answer=HOSTILE))
    running = replace(bad, answer=None)
    troubled = replace(running, trouble=HOSTILE)
    html = conversation((bad, refused, running, troubled), ()) + invitation((HOSTILE,))
    html += masthead(1, HOSTILE) + notice(HOSTILE) + welcome()

    seen = Seen(html)

    assert {tag for tag, _ in seen.elements} & {"img", "script"} == set()
    assert not [name for _, attributes in seen.elements for name in attributes if name.startswith("on")]
    assert seen.text.count(HOSTILE) > 12


def test_no_notice_is_no_element() -> None:
    assert notice("") == ""
    assert notice("Type a question first.") == '<p role="alert">Type a question first.</p>'
