from __future__ import annotations

import math

import pytest
import pytrec_eval
from hypothesis import given
from hypothesis import strategies as st

from eval import metrics
from eval.metrics import Span

A, B = "a", "b"
spans = st.builds(
    lambda article, start, length: Span(article, start, start + length),
    st.sampled_from("ab"),
    st.integers(0, 30),
    st.integers(1, 10),
)
facts_of_spans = st.lists(st.lists(spans, min_size=1, max_size=3), min_size=1, max_size=4)
hit_lists = st.lists(spans, max_size=8)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Miguel Díaz-Canel\u2019s", "miguel diaz canel"),
        ("Cuba's U.S. sanctions [1].", "cuba us sanction"),
        ("16,000 barrels, 1.5 million", "16000 barrel 1.5 million"),
        ("19\u201322 November, 2022", "19 22 november 2022"),
        ("a six-month license", "a six month license"),
        ("six months, less gas", "six month less gas"),
        ("April 19th", "april 19 th"),
        ("…", ""),
    ],
)
def test_fold_keeps_what_decides_and_drops_how_it_is_written(text: str, folded: str) -> None:
    assert metrics.fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    once = metrics.fold(text)
    assert metrics.fold(once) == once


def test_a_fact_is_said_by_whole_words_only() -> None:
    assert metrics.says("He arrived on 19 April 2023 [1].", "April 2023")
    assert not metrics.says("in 2019 April rains", "19 April")
    assert not metrics.says("2.16 million people", "16 million")
    assert not metrics.says("anything", "…")


def test_every_required_fact_counts_by_any_of_its_spellings() -> None:
    required = [["19 April", "April 19"], ["Lavrov"]]
    assert metrics.answer_right("Lavrov came on April 19.", required)
    assert metrics.answer_faults("He came on April 19.", required) == ["missing: Lavrov"]
    assert metrics.answer_faults("", required) == ["missing: 19 April", "missing: Lavrov"]


@pytest.mark.parametrize(
    ("answer", "gold", "said"),
    [
        ("The PGA Tour will merge with LIV Golf. [1]", "LIV Golf and PGA Tour", True),
        ("Krispy Kreme gives away an original glazed donut, free.", "A free original glazed donut", True),
        ("Its paper wrappers are by MARS.", "Mars", True),
        ("Beyonce's tour", "Beyoncé", True),
        ("It paid $16 million.", "16 millions", True),
        ("It paid 1.6 million.", "$16 million", False),
        ("Marsh", "Mars", False),
        ("John Quincy", "John Adams", False),
        ("To be or not", "To be", True),
        ("anything", "…", False),
    ],
)
def test_a_plain_answer_is_said_by_its_content_words_wherever_they_stand(answer: str, gold: str, said: bool) -> None:
    assert metrics.says_words(answer, gold) is said


def test_a_forbidden_word_makes_an_answer_wrong() -> None:
    assert metrics.answer_faults("On Thursday, June 15, 2023.", [["Thursday"]], ["2023", "2022"]) == [
        "must not say: 2023"
    ]


def test_yes_or_no_must_come_first() -> None:
    assert metrics.answer_right("No: Venezuela, Nicaragua and Cuba.", [["Cuba"]], yes_no="no")
    assert not metrics.answer_right("He said no in Cuba.", [["Cuba"]], yes_no="no")
    assert not metrics.answer_right("Nowhere in Cuba.", [["Cuba"]], yes_no="no")


def test_spans_are_found_in_every_copy_with_white_space_folded() -> None:
    texts = {A: "So he said:\na  b\xa0c. a b c", B: "x a b c", "c": "abc"}
    assert metrics.find_spans(texts, "a b c") == (Span(A, 12, 18), Span(A, 20, 25), Span(B, 2, 7))


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert metrics.overlap(Span(A, 0, 5), Span(A, 4, 9))
    assert not metrics.overlap(Span(A, 0, 5), Span(A, 5, 9))
    assert not metrics.overlap(Span(A, 0, 5), Span(B, 0, 5))


def test_citation_precision_and_recall_by_hand() -> None:
    facts = [[Span(A, 0, 10), Span(B, 0, 10)], [Span(A, 50, 60)]]
    citations = [
        Span(B, 5, 20),
        Span(A, 20, 30),
        Span(A, 0, 40),
    ]  # a copy, a miss, a sentence around the proof
    assert metrics.citation_precision(citations, facts) == pytest.approx(2 / 3)
    assert metrics.citation_recall(citations, facts) == 1 / 2


def test_a_fact_whose_proof_is_nowhere_is_never_covered() -> None:
    assert metrics.citation_recall([Span(A, 0, 100)], [[], [Span(A, 0, 1)]]) == 1 / 2


def test_citing_nothing_has_no_precision_and_no_recall() -> None:
    assert math.isnan(metrics.citation_precision([], [[Span(A, 0, 1)]]))
    assert metrics.citation_recall([], [[Span(A, 0, 1)]]) == 0


def test_verbatim_share_checks_the_very_offsets() -> None:
    texts = {A: "Über Kuba. Ende."}
    right, shifted = ("Über", Span(A, 0, 4)), ("Über", Span(A, 1, 5))
    unknown, negative, empty = ("Über", Span(B, 0, 4)), ("Ende.", Span(A, -5, 16)), ("", Span(A, 3, 3))
    assert metrics.verbatim_share([right], texts) == 1
    assert metrics.verbatim_share([right, shifted, unknown, negative, empty], texts) == 1 / 5


def test_refusal_scores_by_hand() -> None:
    outcomes = [(True, True)] * 3 + [(True, False)] + [(False, True)] * 2 + [(False, False)] * 4
    assert metrics.refusal_scores(outcomes) == pytest.approx((3 / 5, 3 / 4, 2 / 3))
    assert metrics.refusal_scores([(True, True)]) == (1, 1, 1)
    assert math.isnan(metrics.refusal_scores([(False, False)]).f1)


def test_ranking_measures_by_hand() -> None:
    facts = [[Span(A, 0, 10)], [Span(B, 0, 10), Span(B, 90, 95)]]
    hits = [Span(A, 40, 50), Span(A, 0, 20), Span(A, 5, 9), Span(B, 0, 50)]
    assert [metrics.recall_at_k(hits, facts, k) for k in (1, 2, 3, 4)] == [0, 1 / 2, 1 / 2, 1]
    assert metrics.reciprocal_rank(hits, facts) == 1 / 2
    gained = 1 / math.log2(3) + 1 / math.log2(5)  # the second fact-bearing hit of A is a repetition
    assert metrics.ndcg(hits, facts, 4) == pytest.approx(gained / (1 + 1 / math.log2(3)))
    assert metrics.reciprocal_rank(hits[:1], facts) == 0
    assert metrics.ndcg(hits[:1], facts, 4) == 0


@given(st.permutations("abcdefghijkl"), st.sets(st.sampled_from("abcdefghijklmn"), min_size=1))
def test_ranking_measures_are_those_of_trec_eval(ranking: list[str], relevant: set[str]) -> None:
    """Each document is one passage and each relevant one a fact of its own, as trec_eval reckons."""
    scores = {document: float(-rank) for rank, document in enumerate(ranking)}
    measures = {"recall", "recip_rank", "ndcg_cut"}
    evaluator = pytrec_eval.RelevanceEvaluator({"q": dict.fromkeys(relevant, 1)}, measures)
    theirs = evaluator.evaluate({"q": scores})["q"]
    hits, facts = [Span(d, 0, 9) for d in ranking], [[Span(d, 3, 5)] for d in sorted(relevant)]
    for k in (5, 10):
        assert metrics.recall_at_k(hits, facts, k) == pytest.approx(theirs[f"recall_{k}"])
        assert metrics.ndcg(hits, facts, k) == pytest.approx(theirs[f"ndcg_cut_{k}"])
    assert metrics.reciprocal_rank(hits, facts) == pytest.approx(theirs["recip_rank"])


def test_percentile_is_the_nearest_rank() -> None:
    values = [50, 15, 35, 20, 40]  # the textbook case
    assert [metrics.percentile(values, p) for p in (5, 30, 40, 50, 95, 100)] == [15, 20, 20, 35, 50, 50]


def test_a_figure_over_nothing_is_not_a_number() -> None:
    for figure in (
        metrics.mean([]), metrics.percentile([], 50), metrics.verbatim_share([], {}), metrics.ndcg([], [], 5),
        metrics.recall_at_k([Span(A, 0, 1)], [], 5),
    ):  # fmt: skip
        assert math.isnan(figure)


@given(hit_lists, facts_of_spans)
def test_ranking_measures_stay_between_0_and_1_and_recall_never_falls(
    hits: list[Span], facts: list[list[Span]]
) -> None:
    recalls = [metrics.recall_at_k(hits, facts, k) for k in range(1, 9)]
    assert recalls == sorted(recalls)
    for figure in (*recalls, metrics.reciprocal_rank(hits, facts), metrics.ndcg(hits, facts, 5)):
        assert 0 <= figure <= 1
    assert (metrics.reciprocal_rank(hits, facts) > 0) == (metrics.recall_at_k(hits, facts, 8) > 0)


@given(facts_of_spans)
def test_citing_each_proof_is_perfect(facts: list[list[Span]]) -> None:
    citations = [fact[0] for fact in facts]
    assert metrics.citation_precision(citations, facts) == metrics.citation_recall(citations, facts) == 1
    assert metrics.recall_at_k(citations, facts, len(facts)) == 1


@given(st.text(min_size=1), st.data())
def test_a_quote_cut_by_its_offsets_is_verbatim(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert metrics.verbatim_share([(text[start:end], Span(A, start, end))], {A: text}) == 1


@given(st.lists(st.integers(), min_size=1), st.integers(1, 100))
def test_a_percentile_is_one_of_the_values_and_covers_its_share(values: list[int], p: int) -> None:
    found = metrics.percentile(values, p)
    assert found in values
    assert sum(value <= found for value in values) >= p / 100 * len(values)


def test_shingles_are_compared_both_ways_and_repeats_count() -> None:
    assert metrics.shingle_f1("One, two three four.", "one two three FOUR") == 1.0
    assert metrics.shingle_f1("a b c d e", "a b c d") == pytest.approx(2 * 1 / (2 + 1))
    assert metrics.shingle_f1("a b a b a", "a b a b", size=2) == pytest.approx(2 * 3 / (4 + 3))
    assert metrics.shingle_f1("", "a b c d") == 0.0
    assert metrics.shingle_f1("a b", "a b") == 1.0
    assert math.isnan(metrics.shingle_f1("a", ""))
