"""Which sentence of the chunks fits a question best."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import pytest

from rag.index import passages as passages_module
from rag.index.meaning import Meaning
from rag.index.passages import Passage, accounted_for, find_passages, pointed_at, points_back, reranked
from rag.ingest.split import make_sentences
from rag.schema import Article, Hit
from tests.conftest import WordsEmbedding

TEXT = (
    "Storm closes port\n\nThe ferry Tejo left Lisbon on Tuesday.\n\nIt reached Setubal at noon.\n\n"
    "Rui Alves is the harbour master."
)


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


def find(question: str, meaning: Meaning) -> list[Passage]:
    published = date(2021, 3, 3)
    article = Article("a", "a.txt", "Ferries", TEXT, published=published, sentences=make_sentences(TEXT, published))
    return find_passages(question, [Hit("a", 0, len(TEXT), TEXT, 1.0)], {"a": article}, meaning, {})


def test_the_fitting_sentence_comes_first(meaning: Meaning) -> None:
    best = find("Who is the harbour master?", meaning)[0]
    assert best.said(best.focus) == "Rui Alves is the harbour master."


def test_a_heading_is_no_proof(meaning: Meaning) -> None:
    assert all("Storm" not in passage.said(passage.focus) for passage in find("Did a storm close the port?", meaning))


def test_a_pronoun_is_credited_with_whom_it_means(meaning: Meaning) -> None:
    by_sentence = {p.said(p.focus)[:10]: p for p in find("When did the Tejo reach Setubal?", meaning)}
    assert by_sentence["It reached"].words == pytest.approx(0.8)  # tejo of the sentence before, at 0.8 of its worth


def test_the_prompt_writes_dates_out_behind_their_words(meaning: Meaning) -> None:
    prompt = next(p.prompt for p in find("When did the Tejo leave?", meaning) if "left" in p.said(p.focus))
    assert prompt.startswith("Ferries (3 March 2021)\n")
    assert "on Tuesday (2 March 2021)." in prompt


def test_words_count_by_rarity(meaning: Meaning) -> None:
    weights = {"ferri": 1.0, "tejo": 3.0}
    assert accounted_for("ferry Tejo", ["the Tejo"], [], meaning, weights) == pytest.approx(0.75)
    assert accounted_for("ferry Tejo", ["a ship"], ["Tejo"], meaning, weights) == pytest.approx(0.3 * 0.75)
    assert accounted_for("the", ["a ship"], [], meaning, weights) == 0.0


def test_only_an_early_pronoun_points_back() -> None:
    assert points_back("On Thursday, he is expected to leave.")
    assert not points_back("The captain of the ferry said on Tuesday that he left.")


def test_a_pronoun_points_past_another_pronoun(meaning: Meaning) -> None:
    text = "Rui Alves reached Lima on Tuesday. He slept. On Friday, he is expected to leave."
    article = Article("a", "a.txt", "Alves", text, sentences=make_sentences(text, None))
    assert pointed_at(article.sentences[2], article) == article.sentences[0]
    assert pointed_at(article.sentences[0], article) is None


def test_nearer_days_come_first_for_a_question_of_a_day(meaning: Meaning) -> None:
    text = "The port of Lisbon was closed."
    days = {"old": date(2019, 1, 1), "new": date(2021, 3, 1)}
    articles = {
        id: Article(id, f"{id}.txt", "Port", text, published=day, sentences=make_sentences(text, day))
        for id, day in days.items()
    }
    hits = [Hit(id, 0, len(text), text, 1.0) for id in days]
    asked = "Which port was closed?"
    assert [p.article.id for p in find_passages(asked, hits, articles, meaning, {}, date(2021, 3, 4))] == ["new", "old"]
    assert [p.article.id for p in find_passages(asked, hits, articles, meaning, {})] == ["old", "new"]


def test_the_words_that_the_question_quotes_come_first(meaning: Meaning) -> None:
    text = "The harbour master of Lisbon spoke of the storm. Nobody else did.\n\nIt was a long night, he said."
    article = Article("a", "a.txt", "Ferries", text, sentences=make_sentences(text, None))
    hits = [Hit("a", 0, len(text), text, 1.0)]
    question = 'Which harbour master of Lisbon said of the storm "it was a long night"?'
    best, *others = find_passages(question, hits, {"a": article}, meaning, {})
    assert (best.said(best.focus), best.quotes) == ("It was a long night, he said.", ("it was a long night",))
    assert best.before(best.focus) == [best.said(sentence) for sentence in article.sentences[:2]]
    assert not any(other.quotes for other in others)


def test_a_reranker_orders_the_foremost_and_leaves_the_others_behind(
    meaning: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passages_module, "RERANKED", 2)
    question = "Who is the harbour master?"
    first, second, third = find(question, meaning)
    asked: list[tuple[str, list[str]]] = []

    def rank(question: str, texts: Sequence[str]) -> list[float]:
        asked.append((question, list(texts)))
        return [0.1, 0.9]

    assert reranked(question, [first, second, third], rank) == [second, first, third]
    assert asked == [(question, [first.prompt, second.prompt])]
