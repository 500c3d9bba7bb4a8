from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import archives, bench, floors, results, run
from eval.judge import Asked, judge, summarise
from eval.metrics import find_spans
from eval.questions import QUESTIONS, Question, choose, load_questions
from eval.run import Opened
from rag.answer.llm import LanguageModel
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import DatelineError, EndpointError, UsageError
from tests.conftest import QueueLLM
from tests.judged import ARTICLES, BENT, NEVER, QUOTE, WHO, a_run, answer, asked, good, refusal, rows_of

SETTINGS = Settings(home=Path("home"), cache=Path("cache"))


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "DRAWS", 20)


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


def bounds(**at_least: float) -> dict[str, Any]:
    return {"questions": 2, "corpus": "c0ffee", "at_least": at_least, "at_most": {"prompt_tokens": 400}, "lowered": []}


def test_a_good_run_is_above_its_floors() -> None:
    assert floors.broken(a_run(*rows_of(WHO, NEVER)), bounds(answers_right=1.0, mrr=0.5)) == []


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"at_least": {"mrr": 0.51}}, "mrr: 0.500, must be at least 0.51"),
        ({"at_most": {"prompt_tokens": 299}}, "prompt_tokens: 300.000, must be at most 299"),
        ({"at_least": {"mmr": 0.1}}, "mmr: nan, must be at least 0.1"),
        ({"questions": 3}, "questions: 2 asked, 3 expected"),
        ({"corpus": "bad"}, 'corpus: not the one the floors are for; --update-floors --allow-regression "why"'),
    ],
    ids=["below a floor", "above a ceiling", "unknown name", "question count", "another corpus"],
)
def test_what_breaks_a_floor(changed: dict[str, Any], problem: str) -> None:
    assert floors.broken(a_run(*rows_of(WHO, NEVER)), bounds(answers_right=1.0) | changed) == [problem]


def test_a_figure_that_is_not_a_number_fails() -> None:
    only_refusals = a_run(*rows_of(NEVER, NEVER))
    problems = floors.broken(only_refusals, bounds(answers_right=0.0))
    assert problems[0] == "answers_right: nan, must be at least 0.0"
    assert {"recall@10: is no number", "aurc: is no number", "verbatim: is no number"} <= set(problems)


def test_none_is_no_number_either() -> None:
    run = a_run(*rows_of(WHO, NEVER))
    run["summary"] |= {"mrr": None, "answers_right": None}
    assert floors.broken(run, bounds(answers_right=0.0)) == [
        "answers_right: nan, must be at least 0.0",
        "mrr: is no number",
    ]


def test_a_question_of_the_accepted_run_that_was_not_asked_fails() -> None:
    run = a_run(*rows_of(WHO, NEVER))
    assert floors.broken(run, bounds(mrr=0.5), ["who-1", "far-1"]) == []
    assert floors.broken(run, bounds(mrr=0.5), ["who-1", "who-2"]) == [
        "who-2: was asked in the accepted run, and is missing"
    ]


def test_another_corpus_needs_a_reason_as_a_lower_floor_does() -> None:
    elsewhere = a_run(*rows_of(WHO, NEVER), corpus={"sha256": "beef", "articles": 2, "without_evidence": False})
    with pytest.raises(DatelineError, match=r"corpus changed; .*--allow-regression"):
        floors.moved(elsewhere, bounds(mrr=0.5), None)
    moved = floors.moved(elsewhere, bounds(mrr=0.5), "a sixth article")
    assert (moved["corpus"], moved["lowered"]) == ("beef", [{"what": ["corpus changed"], "why": "a sixth article"}])


def test_a_missing_answer_and_an_error_fail() -> None:
    lost = a_run(*rows_of(WHO, NEVER)) | {"rows": rows_of(WHO)}
    assert floors.broken(lost, bounds(mrr=0.5)) == ["questions: 2 asked, 1 judged"]

    def dead(question: Question) -> Asked:
        raise EndpointError("no answer from 127.0.0.1:9")

    rows = run.ask_all([WHO], dead, ARTICLES) + rows_of(WHO, NEVER)
    assert floors.broken(a_run(*rows), bounds(mrr=0.5) | {"questions": 3}) == ["who-1: no answer from 127.0.0.1:9"]
    assert summarise(rows)["answers_right"] == 1 / 2
    with pytest.raises(DatelineError, match="ended in an error"):
        floors.moved(a_run(*rows), bounds(mrr=0.5), "x")


def test_floors_rise_to_the_run_by_themselves() -> None:
    moved = floors.moved(a_run(*rows_of(WHO, NEVER)), bounds(answers_right=0.5, mrr=0.499), None)
    assert moved == {
        "questions": 2, "corpus": "c0ffee", "at_least": {"answers_right": 1.0, "mrr": 0.5},
        "at_most": {"prompt_tokens": 300.0}, "lowered": [],
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
    assert kept["corpus"] == archives.corpus_hash(BUNDLED_CORPUS)
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
    monkeypatch.setattr(results, "LATEST", tmp_path / "results" / "latest.json")
    bundled = archives.corpus_hash(BUNDLED_CORPUS)
    floors.FLOORS.write_text(json.dumps(bounds(answers_right=1.0) | {"corpus": bundled}))

    opened: list[Any] = []

    def command(*words: str, ask: Any = good, home: str | None = None) -> int:
        @contextmanager
        def open_home(settings: Settings, corpus: Path | None, without: frozenset[str]) -> Iterator[Opened]:
            opened.append((corpus, without))
            yield Opened(ask, ARTICLES, "scripted")

        monkeypatch.setattr(run, "open_home", open_home)
        parser = argparse.ArgumentParser()
        run.add_arguments(parser)
        return run.main(argparse.Namespace(**vars(parser.parse_args(words)), home=home), SETTINGS)

    command.opened = opened  # type: ignore[attr-defined]
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


def test_a_run_that_is_stopped_tells_and_keeps_what_was_asked(
    evaluate: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def stopped_at_the_second(question: Question) -> Asked:
        if question.id == NEVER.id:
            raise KeyboardInterrupt
        return good(question)

    kept = tmp_path / "run.json"
    with pytest.raises(KeyboardInterrupt):
        evaluate("--accept", "--json", str(kept), ask=stopped_at_the_second)
    run = json.loads(kept.read_text())
    assert (run["questions"], [row["id"] for row in run["rows"]]) == (2, ["who-1"])
    assert "Stopped after 1 of 2 questions" in capsys.readouterr().out
    assert not results.LATEST.exists()


def test_a_run_that_is_stopped_before_its_first_answer_writes_nothing(evaluate: Any, tmp_path: Path) -> None:
    def stopped(question: Question) -> Asked:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        evaluate("--json", str(tmp_path / "run.json"), ask=stopped)
    assert not (tmp_path / "run.json").exists()


def test_a_model_may_judge_too_and_one_that_is_not_there_loses_no_run(
    evaluate: Any, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    @contextmanager
    def open_model(settings: Settings) -> Iterator[LanguageModel]:
        if settings.llm_url:
            raise EndpointError(f"{settings.llm_url} cannot be reached")
        yield LanguageModel(QueueLLM("wrong"), settings.llm or "")

    monkeypatch.setattr("rag.answer.llm.open_language_model", open_model)
    kept = tmp_path / "run.json"
    assert evaluate("--judge", "other-3b", "--json", str(kept)) == 0
    run = json.loads(kept.read_text())
    assert (run["about"]["judge"], run["summary"]["judged"], run["summary"]["answers_right"]) == ("other-3b", 0.0, 1.0)
    assert "By a model's judgement" in capsys.readouterr().out
    assert evaluate("--judge", "http://127.0.0.1:1/v1", "--json", str(kept)) == 0
    told = capsys.readouterr()
    assert "dateline: not judged by a model: http://127.0.0.1:1/v1 cannot be reached" in told.err
    assert "By a model's judgement" not in told.out
    assert "judged" not in json.loads(kept.read_text())["summary"]


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


def test_an_accepted_run_is_kept_and_the_next_one_told_against_it(
    evaluate: Any, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert evaluate("--accept", ask=lambda question: asked(refusal())) == 1
    assert not results.LATEST.exists()  # what is below a floor is never accepted
    assert evaluate("--accept") == 0
    assert "Accepted" in capsys.readouterr().out
    kept = json.loads(results.LATEST.read_text())
    assert kept["right"] == {"who-1": True, "far-1": True}
    assert kept["about"]["corpus"]["sha256"] == archives.corpus_hash(BUNDLED_CORPUS)
    assert set(kept["about"]) == {"date", "model", "judge", "corpus", "questions", "versions", "machine"}
    page = tmp_path / "run.md"
    assert evaluate("--markdown", str(page), ask=lambda question: asked(refusal())) == 1
    assert "| Answered right | 0 % | 0–0 % | −100 points |" in page.read_text()
    assert "Now wrong: `who-1`." in page.read_text()


def test_a_question_left_out_since_the_accepted_run_fails(evaluate: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate("--accept") == 0
    kept = json.loads(results.LATEST.read_text())
    results.LATEST.write_text(json.dumps(kept | {"right": kept["right"] | {"who-0": True}}))
    assert evaluate() == 1
    assert "who-0: was asked in the accepted run, and is missing" in capsys.readouterr().out


def test_a_damaged_accepted_run_is_told_before_anything_is_asked(evaluate: Any) -> None:
    results.LATEST.parent.mkdir()
    results.LATEST.write_text("{}")
    with pytest.raises(DatelineError, match=r"latest\.json is damaged"):
        evaluate()
    assert evaluate.opened == []


def test_other_articles_and_questions_are_asked_and_never_gated(
    evaluate: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain.jsonl"
    plain.write_text(json.dumps({"question": "Who opened it?", "answer": "Ana Ruiz", "support": ["one.txt"]}))
    assert evaluate("--questions", str(plain), "--corpus", str(tmp_path)) == 0
    assert evaluate.opened == [(tmp_path, frozenset())]
    told = capsys.readouterr().out
    assert "Not gated" in told
    assert "No question failed." in told


def test_without_evidence_the_named_articles_go_and_every_answer_is_wrong(
    evaluate: Any, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = tmp_path / "plain.jsonl"
    rows = [{"question": f"Who opened it in {n}?", "answer": "Ana", "support": [f"{n}.txt"]} for n in range(3)]
    plain.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    words = ["--questions", str(plain), "--corpus", str(tmp_path), "--without-evidence", "--limit", "2"]
    assert evaluate(*words, "--json", str(tmp_path / "run.json"), ask=lambda question: asked(answer())) == 0
    assert evaluate.opened == [(tmp_path, frozenset({"0.txt", "1.txt", "2.txt"}))]  # of those not asked too
    written = json.loads((tmp_path / "run.json").read_text())
    assert written["summary"]["refusals_right"] == 0
    assert written["about"]["corpus"]["without_evidence"] is True
    assert "wrong: answered, though the archive does not say" in capsys.readouterr().out


def test_without_evidence_needs_questions_that_name_it(evaluate: Any, tmp_path: Path) -> None:
    plain = tmp_path / "plain.jsonl"
    plain.write_text('{"question": "Who?", "answer": "Ana"}')
    with pytest.raises(UsageError, match=r"plain\.jsonl: no question names an article"):
        evaluate("--questions", str(plain), "--without-evidence")


@pytest.mark.parametrize(
    ("words", "home", "told"),
    [
        (["--corpus", "nowhere"], None, "nowhere: not there"),
        (["--corpus", "corpus"], "home", "leave out --home"),
        (["--accept", "--limit", "1"], None, "--accept needs the whole set"),
        (["--accept"], "home", "--accept needs the whole set"),
        (["--update-floors", "--without-evidence"], None, "--update-floors needs the whole set"),
    ],
)
def test_flags_that_do_not_go_together(evaluate: Any, words: list[str], home: str | None, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        evaluate(*words, home=home)


def test_a_home_of_the_users_is_asked_as_it_is_and_never_gated(
    evaluate: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(home="there") == 0
    assert evaluate.opened == [(None, frozenset())]
    assert "Not gated" in capsys.readouterr().out


# The bench


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
