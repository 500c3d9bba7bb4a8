from __future__ import annotations

from typing import Any

import pytest

from eval.load import figures_of, overtaken, table, troubles
from eval.load_people import Call, End, Kind, Person, judged, people
from eval.load_server import Times, others_share

ANA = Person("ana", "Norham", 104, "bridge")
QUESTION = ANA.asks("ask", 0)


def answer(question: str = QUESTION, town: str = "Norham", quote: str = "The council of Norham paid.") -> list[Any]:
    return [{"question": question, "evidence": [{"text": f"{town} paid."}], "citations": [{"quote": quote}]}]


def call(began: float, seconds: float, end: End = "answered", kind: Kind = "ask") -> Call:
    return Call(kind, "?", began, seconds, end)


def test_everybody_has_a_town_and_questions_of_their_own() -> None:
    crowd = people(50)
    assert len({person.town for person in crowd}) == len({person.name for person in crowd}) == 50
    assert crowd == people(50)
    assert all(
        person.town in person.asks(kind, turn) for person in crowd for kind in ("ask", "search") for turn in (0, 1)
    )
    assert all(f"{person.number} million" in person.article for person in crowd)
    with pytest.raises(SystemExit, match="192 towns"):
        people(500)


@pytest.mark.parametrize(
    ("event", "data", "end"),
    [
        ("complete", answer(), "answered"),
        ("complete", answer(question="When?"), "another's"),
        ("complete", answer(town="Elldale"), "another's"),
        ("complete", answer(quote="The council of Elldale paid."), "another's"),
        ("complete", [{"question": QUESTION, "hits": [{"text": "Norham paid."}]}], "answered"),
        ("complete", [{"question": QUESTION, "hits": []}], "another's"),
        ("error", {"error": "20 questions are waiting already; ask again in a few minutes"}, "busy"),
        ("error", {"error": None}, "lost"),
        ("error", None, "lost"),
    ],
)
def test_a_reply_is_ones_own_or_it_is_told(event: str, data: Any, end: End) -> None:
    assert judged(ANA, QUESTION, event, data)[0] == end


def test_who_is_answered_after_one_that_came_later_was_overtaken() -> None:
    first, second, third = call(0, 10), call(5, 10), call(6, 4)
    assert overtaken([first, second]) == 0
    assert overtaken([first, second, third]) == 0  # the third ended with the first, and came at the second's moment
    assert overtaken([first, second, call(7, 2)]) == 2


def test_the_figures_are_of_the_answered_and_what_is_wrong_is_told() -> None:
    calls = [call(0, 1), call(0, 3), call(0, 0.1, "busy"), call(0, 900, "lost")]
    figures = figures_of(calls)
    assert {name: figures[name] for name in ("calls", "answered", "busy", "another's", "lost", "p50", "longest")} == {
        "calls": 4, "answered": 2, "busy": 1, "another's": 0, "lost": 1, "p50": 1, "longest": 3
    }  # fmt: skip
    assert len(troubles(calls)) == 1
    assert troubles(calls)[0].startswith("ask '?': lost")
    told = table({"search": figures_of([call(0, 0.2)]), "ask": figures}, 50, others_share(BEFORE, AFTER))
    assert "search p95 below 0.3 s holds" in told


BEFORE, AFTER = Times(0.0, 100.0, 10.0, 1.0), Times(100.0, 200.0, 40.0, 2.0)


def test_what_others_took_is_what_was_neither_the_pages_nor_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    share = others_share(BEFORE, AFTER)
    assert (share["page_cpu"], share["others_cpu"], share["cores"]) == (0.15, 0.345, 2)
