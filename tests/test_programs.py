from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from rag.errors import DatelineError, EndpointError, HomeError, UsageError
from rag.index.archive import Archive
from rag.indexing import build_index
from rag.programs import BROKEN_OFF, MOST_HITS, Programs
from rag.schema import EVERYTHING, Event, Filters, Step, Turn
from tests.scripted import CORPUS, answered, tell


@pytest.fixture
def programs(archive: Archive) -> Programs:
    build_index([CORPUS], archive, workers=0)
    return Programs(archive, tell)


def test_a_question_gets_the_object_that_ask_json_prints(programs: Programs) -> None:
    assert programs.ask("When?") == answered("When?").to_json()


def test_history_and_filters_reach_the_one_who_answers(archive: Archive) -> None:
    seen: list[tuple[str, tuple[Turn, ...], Filters]] = []

    def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING) -> Iterator[Event]:
        seen.append((question, history, filters))
        return tell(question, history)

    history = [{"role": "user", "content": "Who?"}, {"role": "assistant", "content": "Lavrov."}]
    Programs(archive, ask).ask("  And   when? ", history, "2023-04", "2023", ["Reuters"])

    turns = (Turn("user", "Who?"), Turn("assistant", "Lavrov."))
    assert seen == [("And when?", turns, Filters(date(2023, 4, 1), date(2023, 12, 31), ("Reuters",)))]


def test_an_answer_without_an_end_is_an_error(archive: Archive) -> None:
    with pytest.raises(EndpointError, match=BROKEN_OFF):
        Programs(archive, lambda question, history, filters=EVERYTHING: iter([Step("reading")])).ask("When?")


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"question": " "}, "the question is empty"),
        ({"question": "When?", "history": [{"role": "system", "content": "x"}]}, "history is not a list"),
        ({"question": "When?", "since": "yesterday"}, "is not a day, a month or a year"),
        ({"question": "When?", "outlet": [3]}, "outlet is not a name"),
    ],
)
def test_what_is_wrong_is_told_before_anybody_is_asked(archive: Archive, values: dict[str, object], told: str) -> None:
    def nobody(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING) -> Iterator[Event]:
        raise AssertionError("asked")

    with pytest.raises(UsageError, match=told) as error:
        Programs(archive, nobody).ask(**values)  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


def test_hits_are_places_in_the_text_that_read_article_gives(programs: Programs) -> None:
    found = programs.search("Lavrov arrived in Havana", k=3)

    assert found["question"] == "Lavrov arrived in Havana"
    assert len(found["hits"]) == 3
    for hit in found["hits"]:
        article = programs.read_article(hit["article_id"])
        assert article["text"][hit["start"] : hit["end"]] == hit["text"]


def test_a_search_can_be_narrowed_and_says_what_that_left(programs: Programs) -> None:
    found = programs.search("Lavrov arrived in Havana", outlet=["telesur"], since="2023")

    assert {programs.read_article(hit["article_id"])["outlet"] for hit in found["hits"]} == {"teleSUR English"}
    assert (found["filters"]["outlets"], found["filters"]["since"]) == (["teleSUR English"], "2023-01-01")


@pytest.mark.parametrize("k", [0, MOST_HITS + 1, True, 2.5])
def test_as_many_passages_as_nobody_can_have_are_refused(programs: Programs, k: int) -> None:
    with pytest.raises(UsageError, match="k is not a whole number from 1 to 100"):
        programs.search("Havana", k)


def test_every_article_is_listed_without_its_text(programs: Programs) -> None:
    listed = programs.articles()

    assert len(listed) == 5
    assert json.loads(json.dumps(listed)) == listed
    assert all("text" not in row and programs.read_article(row["article_id"])["text"] for row in listed)


def test_an_article_that_is_not_here_is_an_error_of_one_line(programs: Programs) -> None:
    with pytest.raises(DatelineError, match="article nope is not here") as error:
        programs.read_article("nope")
    assert isinstance(error.value, HomeError)
    assert "\n" not in str(error.value)
