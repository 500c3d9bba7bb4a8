from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timezone

import pytest

from rag.desk.cited import Standing, as_it_stands
from rag.desk.records import Feedback, Kept, Place, State
from rag.desk.wording import NO_ANSWER
from tests.scripted import AT_THIRD, FIRST, HITS, SAID, TEXT, THIRD, Seen, answered, article, citation
from ui.exchange import STOPPED, history
from ui.render import exchange as drawn
from ui.reopened import CHANGED, COPY, GONE, MOVED, as_it_was, reopened

WHEN = datetime(2026, 11, 2, tzinfo=timezone.utc)
THEN = {"lavrov": article()}
CITED = as_it_stands(citation(), THEN)
UNCHANGED = Standing("unchanged", article(), 0)


def kept(**changes: object) -> Kept:
    plain: dict[str, object] = {
        "position": 3,
        "question": "When?",
        "asked": WHEN,
        "state": "answered",
        "answer": answered("When?", standalone="When did he?"),
        "cited": (CITED,),
    }
    return Kept(**(plain | changes))  # type: ignore[arg-type]


def test_what_is_unchanged_is_drawn_as_it_was_first() -> None:
    now = reopened("id", kept(), {1: UNCHANGED}, THEN)
    assert now.answer == answered("When?", standalone="When did he?")
    assert (now.standalone, now.hits, now.sentences, now.citations) == ("When did he?", HITS, (SAID,), (citation(),))
    assert (now.place, now.feedback, now.remarks, now.trouble) == (Place("id", 3), None, {}, None)
    assert [turn.content for turn in history((now,))] == ["When?", f"{SAID.text} [1]"]


MOVED_TO = article(id="new", text=f"New. {TEXT}", sentences=())
REWRITTEN = article(text="Other.", sentences=())


@pytest.mark.parametrize(
    ("standing", "opens", "start", "remark"),
    [
        (Standing("changed", MOVED_TO, 5), "new", 5, MOVED),
        (Standing("changed", REWRITTEN, None), "lavrov", 0, CHANGED),
        (Standing("gone", MOVED_TO, 5), "new", 5, COPY),
        (Standing("gone", None, None), "lavrov", 0, GONE),
    ],
)
def test_a_citation_shows_its_words_and_says_what_became_of_its_article(
    standing: Standing, opens: str, start: int, remark: str
) -> None:
    now = reopened("id", kept(), {1: standing}, {})
    (cited,) = now.citations
    assert (cited.article_id, cited.start, cited.end - cited.start, cited.quote) == (opens, start, len(FIRST), FIRST)
    assert now.remarks == {1: remark}
    html = drawn(now, "q1")
    assert remark in Seen(html).text
    assert f"<mark>{FIRST}</mark>" in html
    assert f'data-article="{opens}"' in html


@pytest.mark.parametrize(
    ("standing", "page"),
    [
        (Standing("gone", None, None), 7),
        (Standing("changed", replace(MOVED_TO, page_starts=(0, 5)), 5), 2),
        (Standing("gone", MOVED_TO, 5), None),  # a copy from a file without pages
    ],
)
def test_the_page_is_that_of_the_article_that_is_opened(standing: Standing, page: int | None) -> None:
    cited = as_it_stands(citation(page=7), THEN)
    (shown,) = reopened("id", kept(cited=(cited,)), {1: standing}, {}).citations
    assert shown.page == page


def test_the_paragraph_is_shown_as_it_was_where_the_article_is_gone() -> None:
    third = citation(start=AT_THIRD, end=len(TEXT), quote=THIRD, published=None, url=None)
    was = as_it_was(as_it_stands(third, THEN))
    assert was.text[AT_THIRD:] == THIRD
    assert (was.title, was.sources) == (article().title, {"published": "byline"})


@pytest.mark.parametrize(
    ("state", "trouble", "told"),
    [
        ("stopped", "Stopped.", STOPPED),
        ("failed", "the endpoint is down", "the endpoint is down"),
        ("failed", None, NO_ANSWER["failed"]),
        ("asked", None, NO_ANSWER["asked"]),
    ],
)
def test_what_had_passed_before_the_end_is_shown_and_is_no_answer(state: State, trouble: str, told: str) -> None:
    now = reopened("id", kept(state=state, trouble=trouble), {1: UNCHANGED}, THEN)
    assert (now.answer, now.sentences, now.trouble, now.running) == (None, (SAID,), told, False)
    assert history((now,)) == ()


def test_a_question_of_which_nothing_else_was_kept_can_be_drawn() -> None:
    now = reopened("id", kept(state="asked", answer=None, cited=()), {}, {})
    assert (now.standalone, now.hits, now.citations) == (None, (), ())
    assert NO_ANSWER["asked"] in Seen(drawn(now, "q1")).text


def test_a_thumb_is_remembered() -> None:
    judged = replace(kept(), feedback=Feedback("down", "wrong", "", WHEN))
    assert reopened("id", judged, {1: UNCHANGED}, THEN).feedback == judged.feedback
