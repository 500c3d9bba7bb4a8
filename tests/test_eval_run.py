from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import bench, floors, report, run
from eval.judge import Asked, Row, judge, summarise
from eval.metrics import Span, find_spans
from eval.questions import QUESTIONS, Question, choose, load_questions
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import DatelineError, EndpointError, UsageError
from rag.schema import Article

TEXT = "Ana Ruiz opened the bridge on Monday. It cost 4 million."
QUOTE = "Ana Ruiz opened the bridge on Monday."
ARTICLES = [
    Article("a", "/news/one.txt", "Bridge", TEXT),
    Article("b", "/news/copy.txt", "Bridge", "x " + TEXT),
]
SETTINGS = Settings(home=Path("home"), cache=Path("cache"))

WHO = Question("who-1", "who", "Who opened it?", "answer", [["Ana Ruiz", "Ruiz"]], [],
               [{"file": "one.txt", "quote": "Ana Ruiz opened"}])  # fmt: skip
NEVER = Question("far-1", "far", "Who won the cup?", "refuse", [], [], [])
BENT = replace(WHO, id="wrong-1", kind="wrong", question="Why did Ana Ruiz close it?", refusal_ok=True)


def answer(text: str = "Ana Ruiz opened it. [1]", *quotes: str, article: str = "a", **changes: Any) -> dict[str, Any]:
    """An answer as `Answer.to_json` gives it, citing `quotes` where they stand in `article`."""
    text_of = {a.id: a.text for a in ARTICLES}[article]
    places = [(text_of.index(quote), quote) for quote in quotes or (QUOTE,)]
    return {
        "question": "?", "standalone_question": "?", "answer": text, "abstained": False,
        "sentences": [{"text": text, "citations": [1], "verdict": "supported"}],
        "citations": [
            {"n": n, "article_id": article, "title": "Bridge", "outlet": None, "published": None,
             "start": start, "end": start + len(quote), "quote": quote, "also_in": []}
            for n, (start, quote) in enumerate(places, 1)
        ],
        "timings_ms": {"retrieve": 100, "first_token": 500, "total": 2000},
        "usage": {"prompt_tokens": 300, "completion_tokens": 20},
    } | changes  # fmt: skip


def refusal() -> dict[str, Any]:
    return answer("The archive does not say.", abstained=True, citations=[], sentences=[])


def asked(given: dict[str, Any], *hits: Span) -> Asked:
    return Asked(given, hits or (Span("a", 40, 50), Span("b", 0, 30)), None if given["abstained"] else 0.8)


def good(question: Question) -> Asked:
    return asked(refusal() if question.expect == "refuse" else answer())


def rows_of(*questions: Question) -> list[Row]:
    return [judge(question, good(question), ARTICLES) for question in questions]


# The questions


def test_the_questions_are_many_and_a_third_must_be_refused() -> None:
    questions = load_questions(QUESTIONS)
    assert len(questions) >= 70
    assert sum(question.expect == "refuse" for question in questions) >= 25
    assert {question.expect for question in questions} == {"answer", "refuse"}
    assert {question.yes_no for question in questions} == {"yes", "no", None}
    assert all(question.today is None or question.date for question in questions)


def test_every_proof_stands_once_in_its_file_and_elsewhere_only_in_its_copy() -> None:
    texts = {path.name: path.read_text(encoding="utf-8") for path in BUNDLED_CORPUS.glob("*.txt")}
    twins = {name for question in load_questions(QUESTIONS) for name in question.also_in}
    for question in load_questions(QUESTIONS):
        assert bool(question.support) == (question.expect == "answer"), question.id
        for support in question.support:
            for proof in (support, *support.get("or", ())):
                found = [span.article_id for span in find_spans(texts, proof["quote"])]
                assert found.count(proof["file"]) == 1, (question.id, proof)
                assert set(found) in ({proof["file"]}, twins), (question.id, proof)


def test_an_answerable_question_says_what_a_right_answer_is() -> None:
    for question in load_questions(QUESTIONS):
        if question.expect == "answer":
            assert question.answers or question.yes_no, question.id
            assert all(spellings for spellings in question.answers), question.id


@pytest.mark.parametrize(
    "line",
    ["", "{", '{"id": "x"}', json.dumps({**vars(WHO), "suport": []})],
    ids=["empty", "no JSON", "keys missing", "key misspelt"],
)
def test_a_damaged_questions_file_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line)
    with pytest.raises(UsageError, match=r"q\.jsonl"):
        load_questions(path)


def test_the_same_id_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(f"{json.dumps(vars(WHO))}\n" * 2)
    with pytest.raises(UsageError, match="twice"):
        load_questions(path)


def test_questions_are_chosen_by_kind_by_id_and_by_number() -> None:
    assert choose([WHO, NEVER, BENT], "far", None) == [NEVER]
    assert choose([WHO, NEVER, BENT], "wrong-1", None) == [BENT]
    assert choose([WHO, NEVER, BENT], None, 2) == [WHO, NEVER]
    with pytest.raises(UsageError, match="kinds: far, who"):
        choose([WHO, NEVER], "whom", None)


# The judge


def test_a_right_answer_gets_every_figure() -> None:
    row = judge(WHO, good(WHO), ARTICLES)
    assert row["right"]
    assert row["faults"] == []
    expected = {"citation_precision": 1, "citation_recall": 1, "verbatim": 1, "supported": 1,
                "exact": True, "content_words": True, "rightly_cited": True, "confidence": 0.8,
                "recall@1": 0, "recall@3": 1, "recall@10": 1, "mrr": 1 / 2, "seconds": 2.0, "evidence_seconds": 0.1,
                "first_sentence_seconds": 0.5, "prompt_tokens": 300}  # fmt: skip
    assert {name: row[name] for name in expected} == expected
    assert row["ndcg@10"] == pytest.approx(1 / math.log2(3))


def test_a_citation_of_the_copy_is_as_right_as_one_of_the_original() -> None:
    assert judge(WHO, asked(answer(article="b")), ARTICLES)["citation_recall"] == 1


def test_a_citation_of_another_sentence_is_not_right() -> None:
    row = judge(WHO, asked(answer("Ana Ruiz.", "It cost 4 million.")), ARTICLES)
    assert (row["right"], row["citation_precision"], row["citation_recall"], row["verbatim"]) == (
        True,
        0,
        0,
        1,
    )


def test_a_quote_that_is_not_at_its_offsets_is_not_verbatim() -> None:
    given = answer()
    given["citations"][0]["start"] += 1
    assert judge(WHO, asked(given), ARTICLES)["verbatim"] == 0


def test_an_answer_without_citation_or_with_a_doubtful_sentence_is_not_supported() -> None:
    doubtful = answer(sentences=[{"text": "x", "citations": [1], "verdict": "partly"}])
    bare = answer(sentences=[{"text": "x", "citations": [], "verdict": "supported"}], citations=[])
    assert judge(WHO, asked(doubtful), ARTICLES)["supported"] == 0
    assert judge(WHO, asked(bare), ARTICLES)["supported"] == 0
    assert math.isnan(judge(WHO, asked(bare), ARTICLES)["verbatim"])


def test_refusing_and_answering_are_judged_by_what_was_expected() -> None:
    assert judge(NEVER, asked(refusal()), ARTICLES)["right"]
    assert judge(NEVER, asked(answer()), ARTICLES)["faults"] == ["answered, though the archive does not say"]
    assert judge(WHO, asked(refusal()), ARTICLES)["faults"] == ["refused, though the archive says it"]
    assert judge(BENT, asked(refusal()), ARTICLES)["right"]
    assert judge(BENT, asked(answer("Because of rain.")), ARTICLES)["faults"] == ["missing: Ana Ruiz"]


def test_twins_must_be_cited_as_one_source_with_both_addresses() -> None:
    twin = replace(WHO, also_in=["one.txt", "copy.txt"])
    assert not judge(twin, asked(answer()), ARTICLES)["right"]
    named = answer()
    named["citations"][0]["also_in"] = ["b"]
    assert judge(twin, asked(named), ARTICLES)["right"]
    named["citations"].append({**answer(article="b")["citations"][0], "n": 2})
    assert judge(twin, asked(named), ARTICLES)["faults"] == ["one source is cited twice"]


def test_a_proof_missing_from_the_stored_texts_is_told_and_counts_as_not_found() -> None:
    lost = replace(WHO, support=[{"file": "one.txt", "quote": "Ana Ruiz resigned"}])
    row = judge(lost, good(lost), ARTICLES)
    assert row["lost_proofs"] == ["Ana Ruiz resigned"]
    assert (row["citation_recall"], row["recall@5"]) == (0, 0)


def test_the_summary_counts_by_hand() -> None:
    rows = [
        *rows_of(WHO, NEVER),
        judge(WHO, asked(refusal()), ARTICLES),
        judge(NEVER, asked(answer()), ARTICLES),
        judge(BENT, asked(refusal()), ARTICLES),
    ]
    summary = summarise(rows)
    assert summary["answers_right"] == pytest.approx(2 / 3)  # the bent premise may be refused
    assert summary["refusals_right"] == 1 / 2
    assert summary["refusals_wrong"] == 1 / 2
    assert (summary["refusal_precision"], summary["refusal_f1"]) == (1 / 2, 1 / 2)
    assert summary["prompt_tokens"] == 300
    assert summary["seconds_p95"] == 2.0


def test_tokens_that_nobody_counted_are_not_a_number() -> None:
    assert math.isnan(summarise([judge(WHO, asked(answer(usage={})), ARTICLES)])["prompt_tokens"])


# The floors


def a_run(*rows: Row) -> dict[str, Any]:
    return {"questions": len(rows), "summary": summarise(rows), "kinds": {}, "rows": list(rows)}


def bounds(**at_least: float) -> dict[str, Any]:
    return {"questions": 2, "at_least": at_least, "at_most": {"prompt_tokens": 400}, "lowered": []}


def test_a_good_run_is_above_its_floors() -> None:
    assert floors.broken(a_run(*rows_of(WHO, NEVER)), bounds(answers_right=1.0, mrr=0.5)) == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"at_least": {"mrr": 0.51}}, "mrr: 0.500, must be at least 0.51"),
        ({"at_most": {"prompt_tokens": 299}}, "prompt_tokens: 300.000, must be at most 299"),
        ({"at_least": {"mmr": 0.1}}, "mmr: nan, must be at least 0.1"),
        ({"questions": 3}, "questions: 2 asked, 3 expected"),
    ],
    ids=["below a floor", "above a ceiling", "unknown name", "question count"],
)
def test_what_breaks_a_floor(changed: dict[str, Any], problem: str) -> None:
    assert floors.broken(a_run(*rows_of(WHO, NEVER)), bounds(answers_right=1.0) | changed) == [problem]


def test_a_figure_that_is_not_a_number_fails() -> None:
    only_refusals = a_run(*rows_of(NEVER, NEVER))
    assert floors.broken(only_refusals, bounds(answers_right=0.0)) == ["answers_right: nan, must be at least 0.0"]


def test_a_missing_answer_and_an_error_fail() -> None:
    lost = a_run(*rows_of(WHO, NEVER)) | {"rows": rows_of(WHO)}
    assert floors.broken(lost, bounds(mrr=0.5)) == ["questions: 2 asked, 1 judged"]

    def dead(question: Question) -> Asked:
        raise EndpointError("no answer from 127.0.0.1:9")

    rows = run.ask_all([WHO], dead, ARTICLES) + rows_of(WHO)
    assert floors.broken(a_run(*rows), bounds(mrr=0.5)) == ["who-1: no answer from 127.0.0.1:9"]
    assert summarise(rows)["answers_right"] == 1 / 2
    with pytest.raises(DatelineError, match="ended in an error"):
        floors.moved(a_run(*rows), bounds(mrr=0.5), "x")


def test_floors_rise_to_the_run_by_themselves() -> None:
    moved = floors.moved(a_run(*rows_of(WHO, NEVER)), bounds(answers_right=0.5, mrr=0.499), None)
    assert moved == {
        "questions": 2, "at_least": {"answers_right": 1.0, "mrr": 0.5}, "at_most": {"prompt_tokens": 300.0},
        "lowered": [],
    }  # fmt: skip


def test_a_floor_is_lowered_only_with_a_reason_which_is_kept() -> None:
    worse = a_run(*rows_of(WHO, NEVER))
    with pytest.raises(DatelineError, match=r"would lower mrr 0.9 -> 0.5; .*--allow-regression"):
        floors.moved(worse, bounds(mrr=0.9), None)
    moved = floors.moved(worse, bounds(mrr=0.9), "smaller model")
    assert moved["at_least"] == {"mrr": 0.5}
    assert moved["lowered"] == [{"what": ["mrr 0.9 -> 0.5"], "why": "smaller model"}]
    assert floors.moved(worse, moved, None)["lowered"] == moved["lowered"]


def test_fewer_questions_and_a_higher_ceiling_are_lowerings_too() -> None:
    tight = bounds(mrr=0.5) | {"questions": 3, "at_most": {"prompt_tokens": 200}}
    with pytest.raises(DatelineError, match=r"questions 3 -> 2, prompt_tokens 200 -> 300"):
        floors.moved(a_run(*rows_of(WHO, NEVER)), tight, None)


def test_a_broken_measure_never_becomes_a_floor() -> None:
    with pytest.raises(DatelineError, match="answers_right was not measured"):
        floors.moved(a_run(*rows_of(NEVER)), bounds(answers_right=0.9), "any reason")


@pytest.mark.parametrize("damage", ["", "[]", '{"questions": 1}', json.dumps(bounds()), json.dumps(bounds(mrr="x"))])  # type: ignore[arg-type]
def test_a_damaged_floors_file_fails(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "floors.json"
    path.write_text(damage)
    with pytest.raises(DatelineError, match=r"floors\.json"):
        floors.read(path)


def test_the_floors_in_the_repository_are_for_the_questions_beside_them() -> None:
    kept = floors.read(floors.FLOORS)
    assert kept["questions"] == len(load_questions(QUESTIONS))
    figures = summarise(rows_of(WHO, NEVER))
    assert {*kept["at_least"], *kept["at_most"]} <= set(figures)


# The command


@pytest.fixture
def evaluate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """`dateline eval` over two questions of ours, a fake asker, and floors in a folder of their own."""
    path = tmp_path / "questions.jsonl"
    path.write_text("".join(f"{json.dumps(vars(question))}\n" for question in (WHO, NEVER)))
    monkeypatch.setattr(run, "QUESTIONS", path)
    monkeypatch.setattr(floors, "FLOORS", tmp_path / "floors.json")
    floors.FLOORS.write_text(json.dumps(bounds(answers_right=1.0)))

    def command(*words: str, ask: Any = good) -> int:
        @contextmanager
        def open_home(settings: Settings, *, fresh: bool) -> Iterator[tuple[Any, Sequence[Article]]]:
            yield ask, ARTICLES

        monkeypatch.setattr(run, "open_home", open_home)
        parser = argparse.ArgumentParser()
        run.add_arguments(parser)
        return run.main(parser.parse_args(words), SETTINGS)

    return command


def test_a_good_run_exits_0_and_says_so(evaluate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate() == 0
    printed = capsys.readouterr().out
    assert "Every floor holds." in printed
    assert "No question failed." in printed


def test_a_bad_answer_exits_1_and_is_printed_to_be_read(evaluate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(ask=lambda question: asked(answer("Nobody knows."))) == 1
    printed = capsys.readouterr().out
    assert "BELOW THE FLOOR  answers_right: 0.000, must be at least 1.0" in printed
    assert "who-1: Who opened it?\n    got: Nobody knows.\n    [1] " + QUOTE in printed
    assert "    wrong: missing: Ana Ruiz" in printed
    assert "    wrong: answered, though the archive does not say" in printed


def test_part_of_the_questions_is_never_gated(evaluate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("--only", "who", ask=lambda question: asked(refusal())) == 0
    assert "Not gated" in capsys.readouterr().out
    with pytest.raises(UsageError, match="whole set"):
        evaluate("--limit", "1", "--update-floors")


def test_a_regression_is_allowed_only_together_with_moving_the_floors(evaluate: Any) -> None:
    for words in (["--allow-regression", "why"], ["--update-floors", "--allow-regression", " "]):
        with pytest.raises(UsageError, match="needs a reason"):
            evaluate(*words)


def test_moving_the_floors_writes_them(evaluate: Any) -> None:
    def bad(question: Question) -> Asked:
        return asked(answer("Nobody knows.") if question.expect == "answer" else refusal())

    assert evaluate("--update-floors") == 0
    assert floors.read(floors.FLOORS)["at_most"] == {"prompt_tokens": 300.0}
    with pytest.raises(DatelineError, match="would lower"):
        evaluate("--update-floors", ask=bad)
    assert floors.read(floors.FLOORS)["at_least"] == {"answers_right": 1.0}
    assert evaluate("--update-floors", "--allow-regression", "a trial", ask=bad) == 0
    assert floors.read(floors.FLOORS)["lowered"] == [{"what": ["answers_right 1.0 -> 0.0"], "why": "a trial"}]


def test_the_run_is_written_as_strict_json(evaluate: Any, tmp_path: Path) -> None:
    def no_constant(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    assert evaluate("--json", str(tmp_path / "run.json")) == 0
    written = json.loads((tmp_path / "run.json").read_text(), parse_constant=no_constant)
    assert [row["id"] for row in written["rows"]] == ["who-1", "far-1"]
    assert written["kinds"]["far"]["answers_right"] is None
    assert written["summary"]["peak_memory_gb"] > 0


# The report and the bench


def test_the_page_shows_failures_first_and_escapes_every_text(evaluate: Any, tmp_path: Path) -> None:
    evil = "<script>alert(1)</script>"
    path = tmp_path / "run.html"
    evaluate(
        "--report",
        str(path),
        ask=lambda q: good(q) if q.id == "who-1" else asked(answer(evil)),
    )
    page = path.read_text()
    assert "<script" not in page
    assert page.index("Who won the cup?") < page.index("Who opened it?")


def test_markdown_keeps_an_answer_from_being_markup() -> None:
    row = judge(WHO, asked(answer("# Title\n```")), ARTICLES)
    page = report.markdown(a_run(row) | {"summary": summarise([row]) | {"peak_memory_gb": 1.0}})
    assert "| all |" in page
    assert not any(line.startswith(("```", "# Title")) for line in page.splitlines())


def test_the_bench_leaves_out_the_first_answer_and_takes_medians() -> None:
    answers = [answer(timings_ms={"retrieve": r, "first_token": None, "total": t}) for r, t in
               ((9000, 99000), (100, 1000), (300, 3000), (200, 8000))]  # fmt: skip
    asks = [bench.Finished("", 20.0, 2.5), bench.Finished("", 12.0, 3.0)]
    figures = bench.figures_of(
        [*answers, {"question": "?", "error": "x"}], bench.Finished("", 5.0, 1.0), asks, asks[1:]
    )
    assert (figures["questions"], figures["failed"]) == (3, 1)
    assert (figures["evidence_seconds_median"], figures["answer_seconds_median"]) == (0.2, 3.0)
    assert (figures["cold_seconds_median"], figures["peak_memory_gb"], figures["index_seconds"]) == (
        12.0,
        3.0,
        5.0,
    )


def test_the_bench_asks_lines_that_a_batch_can_read(tmp_path: Path) -> None:
    lines = [json.loads(line) for line in bench.batch_lines(QUESTIONS, 10)]
    assert len(lines) == 10
    assert all(set(line) == {"question", "date", "history"} for line in lines)
    assert len(bench.batch_lines(QUESTIONS, 1000)) == len(load_questions(QUESTIONS))
