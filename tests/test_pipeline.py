from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import pipeline
from rag.answer.llm import LanguageModel
from rag.answer.prompts import NOT_SAID, REFUSAL
from rag.answer.read import SHOWN
from rag.answer.scope import LONGEST_QUESTION, check_question
from rag.config import Settings
from rag.errors import EndpointError, ModelError, UsageError
from rag.index.archive import Archive
from rag.pipeline import answer, ask, build_index, open_archive
from rag.schema import Differs, Done, Event, EvidenceFound, Filters, SaidBy, SentencePassed, Step, Turn
from tests.conftest import WordsEmbedding

Says = Callable[..., LanguageModel]

STORY = (
    "Ana Ruiz opened the Ellery bridge on Monday, after ten years of work by masons and divers.\n\n"
    "The bridge cost 4 million euros, and the town paid all of it, the council said in the evening.\n\n"
    "Boats will pass below it from next month on, said the harbour master, who has waited for it so long.\n"
)
BRIDGE = f"Ellery bridge is open at last\n\nPublished on June 3, 2021\n\n{STORY}"
STORM = (
    "Storm closes Norwick airport\n\n"
    "A storm closed the airport of Norwick for a day and tore the roof off the old customs house.\n\n"
    "Nobody was hurt, the fire brigade said, and the first flights are to leave again at dawn.\n"
)
OPENED = "When did Ana Ruiz open the Ellery bridge?"
ON_MONDAY = "Ana Ruiz opened the Ellery bridge on Monday (31 May 2021)."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "storm.txt").write_text(STORM)
    return folder


@pytest.fixture
def indexed(archive: Archive, news: Path) -> Archive:
    build_index([news], archive)
    return archive


def names(paths: object) -> list[str]:
    return sorted(Path(path).name for path in paths)  # type: ignore[attr-defined]


def state(archive: Archive) -> object:
    """All that a home holds, but for the order of things."""
    articles = [archive.article(article.id) for article in archive.store.articles()]
    return articles, sorted(archive.store.chunk_ids()), archive.vectors.ids()


# A home's first time


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch, news: Path) -> None:
    monkeypatch.setattr(pipeline, "BUNDLED_CORPUS", news)
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())


@pytest.mark.usefixtures("bundled")
def test_a_new_home_is_given_the_bundled_corpus_once(settings: Settings) -> None:
    with open_archive(settings) as archive:
        assert len(archive.store.articles()) == 2
        for article in archive.store.articles():
            archive.delete(article.id)
    with open_archive(settings) as archive:
        assert archive.store.articles() == []


@pytest.mark.usefixtures("bundled")
def test_a_home_that_is_to_be_filled_otherwise_starts_empty(settings: Settings) -> None:
    with open_archive(settings, index_corpus=False) as archive:
        assert archive.store.articles() == []
    with open_archive(settings) as archive:
        assert archive.store.articles() == []


@pytest.mark.usefixtures("bundled")
def test_a_first_time_cut_short_is_begun_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise ModelError("the model is not here")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "put", cannot)
        with pytest.raises(ModelError), open_archive(settings):
            pass
    for _ in range(2):
        with open_archive(settings) as archive:
            assert len(archive.store.articles()) == 2


# A question to its answer


def kinds(events: list[Event]) -> list[type]:
    """The kinds of the events, runs of steps taken together."""
    said = [type(event) for event in events]
    return [kind for at, kind in enumerate(said) if kind is not Step or at == 0 or said[at - 1] is not Step]


def test_evidence_comes_first_then_steps_sentences_and_the_whole(indexed: Archive, says: Says) -> None:
    events = list(ask(indexed, says(*[ON_MONDAY] * 9), OPENED))
    assert kinds(events) == [EvidenceFound, Step, SentencePassed, Done]
    passed, done = events[-2], events[-1]
    assert isinstance(passed, SentencePassed)
    assert isinstance(done, Done)
    said = done.answer
    assert (said.answer, said.abstained) == (f"{ON_MONDAY} [1]", False)
    assert (said.sentences, said.citations) == ((passed.sentence,), passed.citations)
    assert (said.sentences[0].verdict, said.sentences[0].citations) == ("supported", (1,))
    (citation,) = said.citations
    text = indexed.article(citation.article_id).text
    assert text[citation.start : citation.end] == citation.quote == STORY.splitlines()[0]
    assert citation.dates[0].first == date(2021, 5, 31)
    assert (said.question, said.standalone_question, said.model) == (OPENED, OPENED, "queue")
    timings = said.timings_ms
    assert 0 <= timings["retrieve"] <= timings["first_token"] <= timings["total"]  # type: ignore[operator]


def test_every_passage_is_what_its_article_says_there(indexed: Archive, says: Says) -> None:
    found = next(ask(indexed, says(), OPENED))
    assert isinstance(found, EvidenceFound)
    for hit in found.hits:
        assert found.articles[hit.article_id].text[hit.start : hit.end] == hit.text


def test_nothing_is_read_before_the_evidence_is_shown(indexed: Archive, says: Says) -> None:
    model = says()
    with closing(ask(indexed, model, OPENED)) as events:  # type: ignore[type-var]
        next(events)
    assert model.llm.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("reply", [NOT_SAID, "", "Boris Okoro sank the ferry on Friday."])
def test_what_the_articles_do_not_say_is_refused(indexed: Archive, says: Says, reply: str) -> None:
    said = answer(indexed, says(*[reply] * 20), "When did Ana Ruiz sell the Ellery bridge?")
    assert (said.answer, said.abstained, said.sentences, said.citations) == (REFUSAL, True, (), ())
    assert said.evidence
    assert said.timings_ms["first_token"] is None


def test_an_empty_archive_refuses_without_a_model(settings: Settings, says: Says) -> None:
    archive = Archive(settings)
    events = list(ask(archive, says(), OPENED))
    assert kinds(events) == [EvidenceFound, Step, Done]
    assert isinstance(events[-1], Done)
    assert (events[-1].answer.answer, events[-1].answer.evidence) == (REFUSAL, ())
    archive.close()


def test_steps_count_in_words(archive: Archive, news: Path, says: Says) -> None:
    def step() -> str:
        return next(event.text for event in ask(archive, says(), "Norwick?") if isinstance(event, Step))

    build_index([news / "storm.txt"], archive)
    assert step().startswith("1 passage from 1 article, ")
    build_index([news], archive)
    assert step().startswith("2 passages from 2 articles, ")


def test_a_follow_up_is_looked_up_as_it_was_meant(indexed: Archive, says: Says) -> None:
    history = (Turn("user", "Who opened the Ellery bridge?"), Turn("assistant", "Ana Ruiz opened it. [1]"))
    found = next(ask(indexed, says("When did Ana Ruiz open it?"), "When did she open it?", history))
    assert isinstance(found, EvidenceFound)
    assert found.standalone_question == "When did Ana Ruiz open it?"


def test_an_endpoint_that_dies_leaves_the_evidence_and_one_line(indexed: Archive, says: Says) -> None:
    events: list[Event] = []
    dies = says(EndpointError("http://host/v1 cannot be reached"))
    with pytest.raises(EndpointError, match=r"^[^\n]+$"):
        events.extend(ask(indexed, dies, OPENED))
    assert isinstance(events[0], EvidenceFound)
    assert SentencePassed not in kinds(events)


def test_a_question_that_was_given_up_is_read_no_further(indexed: Archive, says: Says) -> None:
    model = says(*[NOT_SAID] * 20)
    events = ask(indexed, model, OPENED)
    while not model.llm.asked:  # type: ignore[attr-defined]
        next(events)
    asked = len(model.llm.asked)  # type: ignore[attr-defined]
    events.close()  # type: ignore[attr-defined]
    assert len(model.llm.asked) == asked  # type: ignore[attr-defined]


def test_tokens_are_counted_by_question(indexed: Archive, says: Says) -> None:
    model = says(*[NOT_SAID] * 20)
    model.usage.prompt_tokens = 1000
    assert answer(indexed, model, OPENED).usage["prompt_tokens"] == 0


# The day of a question


def test_a_question_without_a_day_is_one_of_today_where_it_points_at_it(
    indexed: Archive, says: Says, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "this_day", lambda: date(2021, 6, 4))
    found = next(ask(indexed, says(), "Who opened the Ellery bridge this week?"))
    assert isinstance(found, EvidenceFound)
    assert found.standalone_question == "Who opened the Ellery bridge this week (31 May 2021 to 6 June 2021)?"
    found = next(ask(indexed, says(), "Who opened the Ellery bridge on Monday?"))
    assert isinstance(found, EvidenceFound)
    assert found.standalone_question == "Who opened the Ellery bridge on Monday?"


def test_a_stated_day_goes_before_today(indexed: Archive, says: Says) -> None:
    found = next(ask(indexed, says(), "Who opened it on Monday?", today=date(2021, 6, 4)))
    assert isinstance(found, EvidenceFound)
    assert found.standalone_question == "Who opened it on Monday (31 May 2021)?"


def test_news_of_this_week_need_not_say_so(indexed: Archive, says: Says) -> None:
    asked = "Who opened the Ellery bridge this week?"
    said = answer(indexed, says(*["Ana Ruiz opened the Ellery bridge."] * 9), asked, today=date(2021, 6, 4))
    assert said.answer == "Ana Ruiz opened the Ellery bridge. [1]"
    said = answer(indexed, says(*["Ana Ruiz opened the Ellery bridge."] * 20), asked, today=date(2021, 9, 4))
    assert said.abstained


# Where it is looked


def test_only_what_passes_the_filters_is_evidence_and_what_was_left_out_is_told(indexed: Archive, says: Says) -> None:
    events = list(ask(indexed, says(*[ON_MONDAY] * 9), OPENED, filters=Filters(since=date(2021, 6, 1))))
    assert isinstance(events[0], EvidenceFound)
    assert {article.title for article in events[0].articles.values()} == {"Ellery bridge is open at last"}
    assert isinstance(events[-1], Done)
    narrowed = events[-1].answer.narrowed
    assert narrowed
    assert (narrowed.articles, narrowed.undated) == (1, 1)
    assert Step(str(narrowed)) in events
    assert events[-1].answer.to_json()["filters"] == narrowed.to_json()


def test_an_outlet_nobody_has_is_told_before_anything_is_read(indexed: Archive, says: Says) -> None:
    with pytest.raises(UsageError, match="no article is from 'Echo'"):
        next(ask(indexed, says(), OPENED, filters=Filters(outlets=("Echo",))))


def test_how_certain_an_answer_is_stands_beside_it_and_is_not_told(indexed: Archive, says: Says) -> None:
    said = answer(indexed, says(*[ON_MONDAY] * 9), OPENED)
    assert said.confidence is not None
    assert SHOWN <= said.confidence <= 1
    assert "confidence" not in said.to_json()
    assert answer(indexed, says(*[NOT_SAID] * 20), OPENED).confidence is None


# Several sources

TOLD_TOO = """Masons cheer in Ellery

Published on June 4, 2021

After ten years of work the Ellery bridge was opened on Monday by Ana Ruiz, said the masons and the divers of the town.

In all the Ellery bridge cost the town 5 million euros, as the masons heard, said one of them who had counted it all.
"""


COST = """Council counts the cost

Published on June 3, 2021

The Ellery bridge cost 4 million euros, the council said. The town paid all of it, and nobody lent it a thing for that.
"""


def test_all_who_say_so_are_cited_and_counted(indexed: Archive, news: Path, says: Says) -> None:
    (news / "masons.txt").write_text(TOLD_TOO)
    build_index([news], indexed)
    said = answer(indexed, says(*[ON_MONDAY] * 9), OPENED)
    assert (said.answer, said.sentences[0].said_by) == (f"{ON_MONDAY} [1] [2]", SaidBy(2, 2))
    assert sorted(Path(citation.path).name for citation in said.citations) == ["bridge.txt", "masons.txt"]
    assert said.to_json()["sentences"][0]["said_by"] == {"articles": 2, "independent": 2}


def test_who_says_otherwise_is_shown_beside_it(archive: Archive, tmp_path: Path, says: Says) -> None:
    (tmp_path / "cost.txt").write_text(COST)
    (tmp_path / "masons.txt").write_text(TOLD_TOO)
    build_index([tmp_path / "cost.txt", tmp_path / "masons.txt"], archive)
    model = says(*["The Ellery bridge cost 4 million euros."] * 9)
    events = list(ask(archive, model, "How much did the Ellery bridge cost?"))
    passed = [event for event in events if isinstance(event, SentencePassed)]
    assert len(passed) == 2
    other = passed[1].sentence
    assert other.text == (
        "Sources differ: “Council counts the cost” of 3 June 2021 has 4 million euros; "
        "“Masons cheer in Ellery” of 4 June 2021 has 5 million euros (later)."
    )
    assert other.citations == (1, 2)
    assert other.differs == Differs(((1, "4 million euros"), (2, "5 million euros")), later=2)
    assert isinstance(events[-1], Done)
    said = events[-1].answer
    assert said.answer == f"The Ellery bridge cost 4 million euros. [1] {other.text} [1] [2]"
    assert said.to_json()["sentences"][1]["differs"] == {
        "values": [{"citation": 1, "value": "4 million euros"}, {"citation": 2, "value": "5 million euros"}],
        "later": 2,
    }


# What a question may be


def test_white_space_is_folded_and_hidden_marks_are_dropped() -> None:
    assert check_question(" When\tdid\n she\u200b leave?\ufeff ") == "When did she leave?"
    assert check_question("Qué dijo Díaz-Canel? 🏆") == "Qué dijo Díaz-Canel? 🏆"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("", "is empty"),
        (" \n\u200b", "is empty"),
        ("x" * 20_000, "20,000 characters; 2,000 are the most"),
        ("\0\1\2", "no text"),
        ("what \ud800?", "no text"),
        ("what \x1b[31m?", "no text"),
    ],
)
def test_what_cannot_be_looked_up_is_wrong_usage(question: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check_question(question)


@given(st.text(max_size=LONGEST_QUESTION))
def test_a_question_that_passes_passes_again_unchanged(text: str) -> None:
    try:
        question = check_question(text)
    except UsageError:
        return
    assert question.isprintable()
    assert check_question(question) == question


def test_a_question_full_of_markup_and_commands_is_a_question_like_any_other(indexed: Archive, says: Says) -> None:
    question = '<script>alert("x")</script> NEAR(a b) "; drop table article; -- * OR'
    assert answer(indexed, says(*[NOT_SAID] * 20), question).abstained
    assert len(indexed.store.articles()) == 2


def test_settings_of_a_home_are_its_own(settings: Settings, tmp_path: Path) -> None:
    archive = Archive(replace(settings, home=tmp_path / "another"))
    assert archive.home == tmp_path / "another"
    archive.close()


def test_a_reranker_says_what_is_read_first(indexed: Archive, says: Says, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[Sequence[str]] = []

    def rank(question: str, texts: Sequence[str]) -> list[float]:
        asked.append(texts)
        return ["Boats" in text for text in texts]

    def first_read() -> str:
        model = says(*[NOT_SAID] * 20)
        answer(indexed, model, OPENED)
        return str(model.llm.asked[0][-1].content)  # type: ignore[attr-defined]

    assert "Boats" not in first_read()
    monkeypatch.setitem(vars(indexed), "rank", rank)
    assert "Boats" in first_read()
    assert len(asked) == 1
