from __future__ import annotations

from dataclasses import replace
from datetime import date

from rag.answer.cite import cite, make_citation, marked, undated_told
from rag.answer.confidence import Signs
from rag.answer.read import Finding
from rag.index.passages import Passage
from rag.ingest.split import make_sentences
from rag.schema import AnswerSentence, Article

TEXT = "“Ça va,” said Ana 🏆. On Monday she opened the bridge. It cost 4 million."
SENTENCES = make_sentences(TEXT, date(2021, 6, 3))
ARTICLE = Article(
    id="a",
    path="/news/a.txt",
    title="Bridge",
    text=TEXT,
    outlet="Echo",
    published=date(2021, 6, 3),
    url="https://example.org/a",
    sentences=SENTENCES,
    also_in=("b",),
)


SIGNS = Signs(context=1, quote=1, window=1, held=1, checked=1)


def finding(*quotes: int, article: Article = ARTICLE) -> Finding:
    passage = Passage(article, SENTENCES, SENTENCES[0], 1.0, 1.0)
    return Finding("Ana opened it.", passage, tuple(SENTENCES[n] for n in quotes), "supported", SIGNS, frozenset())


def test_a_quote_is_cut_out_of_the_stored_text_and_brings_its_name_card() -> None:
    for sentence in SENTENCES:
        citation = make_citation(1, ARTICLE, sentence)
        assert ARTICLE.text[citation.start : citation.end] == citation.quote
    assert [make_citation(1, ARTICLE, sentence).quote for sentence in SENTENCES] == [
        "“Ça va,” said Ana 🏆.",
        "On Monday she opened the bridge.",
        "It cost 4 million.",
    ]
    row = make_citation(2, ARTICLE, SENTENCES[1]).to_json()
    assert (row["n"], row["article_id"], row["outlet"], row["published"]) == (2, "a", "Echo", "2021-06-03")
    assert (row["path"], row["url"], row["also_in"]) == ("/news/a.txt", "https://example.org/a", ["b"])
    assert [(day["text"], day["from"]) for day in row["dates"]] == [("Monday", "2021-05-31")]


def test_citations_are_numbered_on_from_those_before() -> None:
    sentence, new = cite(finding(0, 1), ())
    assert (sentence.citations, [citation.n for citation in new]) == ((1, 2), [1, 2])
    assert sentence == AnswerSentence("Ana opened it.", (1, 2), "supported")
    later, more = cite(finding(2), new)
    assert (later.citations, [citation.n for citation in more]) == ((3,), [3])


def test_a_place_that_was_cited_before_keeps_its_number() -> None:
    _, first = cite(finding(0, 1), ())
    sentence, new = cite(finding(1, 2), first)
    assert (sentence.citations, [citation.n for citation in new]) == ((2, 3), [3])


def test_the_same_place_twice_in_one_sentence_is_one_citation() -> None:
    sentence, new = cite(finding(1, 1), ())
    assert (sentence.citations, len(new)) == ((1,), 1)


def test_the_same_offsets_in_another_article_are_another_place() -> None:
    _, first = cite(finding(0), ())
    sentence, new = cite(finding(0, article=Article("z", "/z", "t", TEXT)), first)
    assert (sentence.citations, [citation.article_id for citation in new]) == ((2,), ["z"])


def test_marks_stand_behind_the_sentence() -> None:
    assert marked(AnswerSentence("She left.", (1, 3), "supported")) == "She left. [1] [3]"
    assert marked(AnswerSentence("She left.", (), "supported")) == "She left."


def test_a_day_of_an_undated_article_is_said_to_be_so() -> None:
    text = "Ana left on Thursday. It had rained for the past weeks. Rui left in 2019."
    undated = replace(ARTICLE, text=text, published=None, sentences=make_sentences(text, None))
    left, rained, rui = undated.sentences
    assert undated_told("Thursday", undated, [left]) == "Thursday (the article is undated)."
    assert undated_told("Ana left.", undated, [left]) == "Ana left."
    assert undated_told("It rained for the past weeks.", undated, [rained]) == "It rained for the past weeks."
    assert undated_told("Rui left in 2019.", undated, [rui]) == "Rui left in 2019."
    assert undated_told("Thursday", replace(undated, published=date(2021, 6, 3)), [left]) == "Thursday"
