from __future__ import annotations

from eval.evidence import gather, holders, unknown
from eval.metrics import Span
from eval.questions import Question
from rag.schema import Article

TEXT = "Ana Ruiz opened the bridge. It cost 4 million."
ONE = Article("a", "/news/one.txt", "Bridge", TEXT, url="https://example.org/one/", also_in=("b",))
COPY = Article("b", "/news/copy.txt", "Bridge", f"x {TEXT}", also_in=("a",))
OTHER = Article(
    "c", "/news/all.jsonl!/3", "Masons", "Ruiz, first name Ana, spoke. Masons sang.", url="https://example.org/c"
)
ARTICLES = [ONE, COPY, OTHER]
OPENED, COST = Span("a", 0, 27), Span("a", 28, 46)
SPOKE, SANG = Span("c", 0, 28), Span("c", 29, 41)


def who(*sources: str, answers: tuple[str, ...] = ("Ana Ruiz",)) -> Question:
    return Question("q1", "who", "Who?", "answer", [answers], [], [], sources=sources, by_words=True)


def test_articles_are_named_by_address_or_file_and_their_copies_with_them() -> None:
    assert holders(["https://example.org/one"], ARTICLES) == {"a", "b"}
    assert holders(["https://example.org/one/#top"], ARTICLES) == {"a", "b"}
    assert holders(["copy.txt"], ARTICLES) == {"a", "b"}
    assert holders(["https://example.org/c", "nowhere.txt"], ARTICLES) == {"c"}
    assert holders([], ARTICLES) == frozenset()
    assert unknown(["https://example.org/c", "nowhere.txt"], ARTICLES) == ["nowhere.txt"]


def test_a_passage_proves_that_says_the_answer_in_an_article_of_the_support() -> None:
    proofs = gather(who("one.txt"), [COST, OPENED, SPOKE], [], ARTICLES)
    assert proofs.of_hits == [[OPENED]]
    assert gather(who(), [COST, OPENED, SPOKE, SANG], [], ARTICLES).of_hits == [[OPENED, SPOKE]]
    assert gather(who("one.txt"), [COST], [], ARTICLES).of_hits == [[]]


def test_a_citation_proves_that_is_of_the_support_or_says_the_answer() -> None:
    proofs = gather(who("one.txt"), [], [COST, SPOKE, SANG], ARTICLES)
    assert proofs.of_citations == [[COST, SPOKE]]


def test_any_spelling_will_do_and_a_lost_article_is_told() -> None:
    proofs = gather(who("gone.txt", answers=("Bo", "Masons")), [SANG], [SANG], ARTICLES)
    assert (proofs.of_hits, proofs.of_citations, proofs.lost) == ([[]], [[SANG]], ["gone.txt"])


def test_a_question_of_ours_is_proven_where_its_quotes_stand_copies_included() -> None:
    support = [{"file": "one.txt", "quote": "Ana Ruiz opened"}, {"file": "one.txt", "quote": "Nobody"}]
    proofs = gather(Question("q", "who", "Who?", "answer", [["Ruiz"]], [], support), [COST], [], ARTICLES)
    assert proofs.of_hits == proofs.of_citations == [[Span("a", 0, 15), Span("b", 2, 17)], []]
    assert proofs.lost == ["Nobody"]
