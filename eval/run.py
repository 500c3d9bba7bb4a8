"""`dateline eval`: ask every question as `dateline ask --batch` would, judge, print, and hold the floors."""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeAlias

from eval import floors, report
from eval.judge import DEPTH, Asked, Row, by_kind, failed, judge, summarise
from eval.metrics import Span
from eval.questions import QUESTIONS, Question, choose, load_questions
from rag.config import Settings
from rag.errors import DatelineError, UsageError
from rag.schema import Article

Asker: TypeAlias = Callable[[Question], Asked]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `dateline eval` takes beside the flags it shares with `ask`."""
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl", help="other questions")
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions")
    parser.add_argument("--only", metavar="KIND|ID", help="only one kind of questions, or one question")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT", help="write the whole run as JSON")
    parser.add_argument("--report", type=Path, metavar="OUT.html|OUT.md", help="write the run to be read")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to this run's figures")
    parser.add_argument("--allow-regression", metavar="REASON", help="with --update-floors: lower them, and say why")


def main(args: argparse.Namespace, settings: Settings) -> int:
    """0 when every floor holds; 1 when one does not. A partial or foreign set of questions is never gated."""
    if args.allow_regression is not None and not (args.update_floors and args.allow_regression.strip()):
        raise UsageError('--allow-regression goes with --update-floors and needs a reason: "why it may fall"')
    questions = choose(load_questions(args.questions), args.only, args.limit)
    gated = args.only is None and args.limit is None and args.questions.resolve() == QUESTIONS
    if args.update_floors and not gated:
        raise UsageError("--update-floors needs the whole set: leave out --questions, --limit and --only")
    bounds = floors.read(floors.FLOORS)
    with open_home(settings, fresh=getattr(args, "home", None) is None) as (ask, articles):
        rows = ask_all(questions, ask, articles)
    run: Row = {"questions": len(questions), "summary": summarise(rows), "kinds": by_kind(rows), "rows": rows}
    run["summary"]["peak_memory_gb"] = peak_memory_gb()
    if args.json_out:
        args.json_out.write_text(json.dumps(nulled(run), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    if args.report:
        args.report.write_text(report.page(run, html=args.report.suffix == ".html"), encoding="utf-8")
    print(report.text(run))
    if args.update_floors:
        bounds = floors.moved(run, bounds, args.allow_regression)
        floors.FLOORS.write_text(json.dumps(bounds, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
        print(f"Floors moved to this run's figures in {floors.FLOORS.name}.")
    if not gated:
        print("Not gated: the floors are for the whole set of questions.")
        return 0
    problems = floors.broken(run, bounds)
    print("\n".join(f"BELOW THE FLOOR  {problem}" for problem in problems) or "Every floor holds.")
    return 1 if problems else 0


@contextmanager
def open_home(settings: Settings, *, fresh: bool) -> Iterator[tuple[Asker, Sequence[Article]]]:
    """What `dateline ask --batch` opens. `fresh` takes a home of its own, which is given the bundled corpus:
    the figures must not depend on what the user has indexed."""
    from rag.answer.llm import open_language_model
    from rag.pipeline import answer, open_archive

    with tempfile.TemporaryDirectory(prefix="dateline-eval-") as folder:
        if fresh:
            settings = replace(settings, home=Path(folder) / "home")
        with open_language_model(settings) as model, open_archive(settings) as archive:

            def ask(question: Question) -> Asked:
                said = answer(archive, model, question.question, question.turns, question.today)
                hits = archive.search(said.standalone_question, DEPTH)
                spans = [Span(hit.article_id, hit.start, hit.end) for hit in hits]
                return Asked(said.to_json(), spans, said.confidence)

            yield ask, archive.store.articles()


def ask_all(questions: Sequence[Question], ask: Asker, articles: Sequence[Article]) -> list[Row]:
    """One row a question, in order; a question that raises is a wrong answer with the error as its fault."""
    rows = []
    for number, question in enumerate(questions, 1):
        print(f"\rquestion {number} of {len(questions)}", end="", file=sys.stderr, flush=True)
        try:
            rows.append(judge(question, ask(question), articles))
        except DatelineError as error:
            rows.append(failed(question, str(error)))
    print(file=sys.stderr)
    return rows


def peak_memory_gb() -> float:
    """The most this process has held, in GiB; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:
        return math.nan
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes on macOS, KiB elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30


def nulled(value: Any) -> Any:
    """NaN becomes null: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: nulled(item) for key, item in value.items()}
    if isinstance(value, list):
        return [nulled(item) for item in value]
    return None if isinstance(value, float) and math.isnan(value) else value
