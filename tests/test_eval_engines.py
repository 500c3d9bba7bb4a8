from __future__ import annotations

from eval.engines import Case, Found, Mixed, ask, news, table, xquad
from tests.conftest import WordsEmbedding

TEXTS = {
    "https://example.org/0": "The bridge of Lisbon was shut on Tuesday after a storm, the harbour master said.",
    "https://example.org/1": "Farmers in Peru sold more potatoes than ever before, the ministry announced in Lima.",
}


def test_paragraphs_become_articles_with_addresses() -> None:
    qas = [{"question": "Where?", "answers": [{"text": "Lima"}]}]
    rows, cases = xquad(
        {"data": [{"paragraphs": [{"context": "In Lisbon.", "qas": []}, {"context": "In Lima.", "qas": qas}]}]}
    )
    assert [row["text"] for row in rows] == ["In Lisbon.", "In Lima."]
    assert cases == [Case("Where?", "Lima", frozenset({rows[1]["url"]}))]


def test_a_passage_is_right_where_it_says_the_answer_and_its_article_holds_it() -> None:
    rows = [{"url": url, "title": "News", "text": text} for url, text in TEXTS.items()]
    asked = [
        ("Which bridge was shut by the storm?", "Lisbon", "https://example.org/0"),
        ("Which bridge was shut by the storm?", "Lisbon", "https://example.org/1"),
        ("Who sold potatoes in Peru?", "Farmers", "https://example.org/1"),
    ]
    _, cases = news([], [{"question": q, "answer": a, "support": [url]} for q, a, url in asked])
    found = ask(rows, cases, WordsEmbedding())
    assert (found.dense, found.whole) == ([1, None, 1], [1, None, 1])
    assert set(found.vectors) == set(ask(rows, cases, WordsEmbedding()).vectors) == {f"{url} 0" for url in TEXTS}


def test_questions_can_go_through_another_engine_than_passages() -> None:
    class Elsewhere(WordsEmbedding):
        def _get_query_embedding(self, query: str) -> list[float]:
            return super()._get_query_embedding("potatoes")

    mixed = Mixed(WordsEmbedding(), Elsewhere())
    assert mixed.get_text_embedding("bridge") == WordsEmbedding().get_text_embedding("bridge")
    assert mixed.get_text_embedding_batch(["bridge"]) == [mixed.get_text_embedding("bridge")]
    assert mixed.get_query_embedding("bridge") == WordsEmbedding().get_query_embedding("potatoes")


def test_the_table_sets_both_engines_side_by_side() -> None:
    one = Found([1, 2, None, 4], [1, 1, 1, 1], {"a": [1.0, 0.0]}, 0.5)
    other = Found([1, 1, 1, 1], [6, None, 6, None], {"a": [0.6, 0.8]}, 0.25)
    told = {line[:20].strip(): line[20:].split() for line in table({"8 bits": one, "in full": other}).splitlines()}
    assert told["dense recall@1"] == ["0.250", "1.000"]
    assert told["dense recall@5"] == ["0.750", "1.000"]
    assert told["dense MRR"] == ["0.438", "1.000"]
    assert told["whole MRR"] == ["1.000", "0.083"]
    assert told["chunks/s"] == ["2.000", "4.000"]
    assert table({"8 bits": one, "in full": other}).endswith("mean 0.6000, least 0.6000")
