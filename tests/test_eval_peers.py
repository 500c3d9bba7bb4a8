from __future__ import annotations

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.llms import ChatMessage, ChatResponse

from eval.peer_engines import NOTHING, Quote, Said, cited, make_bm25, make_dense, starter
from eval.peers import Judged, ask, is_right, table, vouches
from eval.questions import Question
from rag.errors import EndpointError
from rag.index.archive import Archive
from rag.indexing import build_index
from tests.conftest import QueueLLM, WordsEmbedding
from tests.judged import ARTICLES, BENT, NEVER, WHO

PLAIN = Question("q1", "who", "Who?", "answer", [["Ana Ruiz"]], [], [], sources=["one.txt"], by_words=True)


@pytest.fixture
def indexed(archive: Archive, tmp_path: Path) -> Archive:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(
        "The bridge\n\nAna Ruiz opened the Ellery bridge on Monday. The bridge cost the town 4 million euros.\n"
    )
    (folder / "storm.txt").write_text("The storm\n\nA storm closed the airport of Norwick. Nobody was hurt by it.\n")
    build_index([folder], archive)
    return archive


def test_one_sentence_is_the_answer_of_bm25_and_of_vectors(indexed: Archive) -> None:
    asked = replace(WHO, question="Who opened the Ellery bridge on Monday?")
    for make in (make_bm25, make_dense):
        with ExitStack() as stack:
            peer = make(indexed, None, stack)  # type: ignore[arg-type]  # neither reads
            said = peer(asked)
        assert said.text == "Ana Ruiz opened the Ellery bridge on Monday."
        assert said.quotes == (Quote(said.quotes[0].article_id, said.text),)
        assert Path(indexed.article(said.quotes[0].article_id).path).name == "bridge.txt"


def test_bm25_says_nothing_where_no_word_is_shared(indexed: Archive) -> None:
    with ExitStack() as stack:
        peer = make_bm25(indexed, None, stack)  # type: ignore[arg-type]
        assert peer(replace(WHO, question="Which zebra?")) == NOTHING
        assert peer(replace(WHO, question="Who was it?")) == NOTHING
        assert peer(replace(WHO, question='"Norwick" AND (airport*?')).text.startswith("A storm closed the airport")


class Chatting(QueueLLM):
    """The starter does not stream."""

    def chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponse:
        *_, last = self.stream_chat(messages, **kwargs)
        return last


def test_the_starter_reads_its_sources_and_is_judged_by_those_it_cites(tmp_path: Path) -> None:
    model = Chatting("It was Ana Ruiz [1].")
    peer = starter(ARTICLES[:1], WordsEmbedding(), model, str(tmp_path))
    said = peer(WHO)
    assert "Source 1:\nBridge" in str(model.asked[0][-1].content)
    assert said.text == "It was Ana Ruiz [1]."
    (quote,) = said.quotes
    assert quote.article_id == "a"
    assert quote.text.split() == f"Bridge {ARTICLES[0].text}".split()
    assert vouches(quote, WHO, ARTICLES)


def test_sources_are_cited_by_their_numbers_without_labels() -> None:
    sources = [Quote("a", "Source 1:\nOne."), Quote("b", "Source 2:\nTwo."), Quote("c", "Three.")]
    assert cited("So it is [2]. And [1, 2] so [9] [0].", sources) == (Quote("b", "Two."), Quote("a", "One."))
    assert cited("[3]", sources) == cited("[Source 3]", sources) == (Quote("c", "Three."),)
    assert cited("So it is.", sources) == ()


def test_right_is_what_the_words_say() -> None:
    assert is_right(Said("It was Ana, of the Ruiz family.", ()), PLAIN)
    assert not is_right(Said("It was Ana, of the Ruiz family.", ()), replace(PLAIN, by_words=False))
    assert not is_right(Said("Ana Ruiz", (), refused=True), PLAIN)
    assert is_right(Said("", (), refused=True), BENT)
    to_refuse = [NOTHING, Said("Nobody says.", ()), Said("I [1]", (Quote("a", "x"),))]
    assert [is_right(said, NEVER) for said in to_refuse] == [True, True, False]


def test_a_quote_vouches_by_its_article_or_by_what_it_says() -> None:
    assert vouches(Quote("a", "It cost 4 million."), PLAIN, ARTICLES)
    assert not vouches(Quote("z", "It cost 4 million."), PLAIN, ARTICLES)
    assert vouches(Quote("z", "Ruiz, Ana"), PLAIN, ARTICLES)


def test_for_a_question_of_ours_it_holds_the_proof_or_stands_within_it() -> None:
    assert vouches(Quote("z", "Then Ana Ruiz\nopened the bridge."), WHO, ARTICLES)
    assert vouches(Quote("z", "Ana Ruiz"), WHO, ARTICLES)
    assert not vouches(Quote("a", "It cost 4 million."), WHO, ARTICLES)
    assert not vouches(Quote("a", " "), WHO, ARTICLES)


def test_an_error_is_a_wrong_answer() -> None:
    def dead(question: Question) -> Said:
        raise EndpointError("no answer from there")

    judged = ask("starter", dead, WHO, ARTICLES)
    assert (judged.answer, judged.right, judged.rightly_cited) == ("no answer from there", False, False)


def test_the_table_has_a_line_for_each_peer() -> None:
    rows = [
        Judged("bm25", "a", "", True, True, False, 0.25),
        Judged("bm25", "b", "", False, True, False, 0.75),
        Judged("dateline", "a", "", True, True, True, 6.0),
        Judged("dateline", "b", "", True, False, False, 7.5),
    ]
    lines = [line.split() for line in table(rows, {"bm25": 2.0, "dateline": 9.04}).splitlines()]
    assert lines[0] == ["asked", "right", "rightly", "cited", "refused", "seconds", "to", "get", "ready"]
    assert lines[1:] == [["bm25", "2", "1", "2", "0", "0.25", "2.0"], ["dateline", "2", "2", "1", "1", "6.00", "9.0"]]
