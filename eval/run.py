"""`dateline eval`: ask every question as `dateline ask --batch` would, judge, print, and hold the floors.

Any archive and any questions can be given; only the whole of our own questions on the bundled corpus is gated.
"""

from __future__ import annotations

import argparse
import math
import signal
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

from eval import archives, floors, report, results
from eval.judge import DEPTH, Asked, Row, failed, judge
from eval.metrics import Span
from eval.model_judge import judge_all, settings_of
from eval.page import html_page
from eval.questions import QUESTIONS, Question, choose, load_questions, without_evidence
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import DatelineError, UsageError
from rag.schema import Article

if TYPE_CHECKING:
    from rag.answer.llm import LanguageModel
    from rag.index.archive import Archive

Asker: TypeAlias = Callable[[Question], Asked]


@dataclass(frozen=True)
class Opened:
    """An archive to be asked: how, what it holds, and the name of the model that reads."""

    ask: Asker
    articles: Sequence[Article]
    model: str


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """What `dateline eval` takes beside the flags it shares with `ask`."""
    parser.add_argument("action", nargs="?", choices=["make"], help="make questions of the articles of a home instead")
    parser.add_argument("--out", type=Path, metavar="FILE.jsonl", help="make: where they go (questions.jsonl)")
    parser.add_argument("--yes", action="store_true", help="make: take every question that is proposed")
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl", help="other questions")
    parser.add_argument(
        "--corpus", type=Path, metavar="DIR|FILE", help="other articles, indexed apart from any home (default: corpus/)"
    )
    parser.add_argument(
        "--without-evidence",
        action="store_true",
        help="take away the articles that the questions' support names: then to refuse is right",
    )
    parser.add_argument(
        "--judge",
        metavar="MODEL|URL",
        help="have a language model judge the answers too: a name, a GGUF file, an endpoint",
    )
    parser.add_argument("--limit", type=int, metavar="N", help="only the first N questions, or N proposals")
    parser.add_argument("--only", metavar="KIND|ID", help="only one kind of questions, or one question")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT", help="write the whole run as JSON")
    parser.add_argument("--report", type=Path, metavar="OUT.html", help="write the run as one page to be read")
    parser.add_argument("--markdown", type=Path, metavar="OUT.md", help="write a summary as Markdown")
    parser.add_argument("--accept", action="store_true", help="if every floor holds, keep the run as the latest one")
    parser.add_argument("--update-floors", action="store_true", help="raise the floors to this run's figures")
    parser.add_argument("--allow-regression", metavar="REASON", help="with --update-floors: lower them, and say why")


def main(args: argparse.Namespace, settings: Settings) -> int:
    """0 when every floor holds; 1 when one does not. A part of the questions, or other ones, are never gated.

    Raises KeyboardInterrupt if it was stopped, after the questions asked by then have been told and written.
    """
    if args.action == "make":
        from eval.make import main as make

        return make(args, settings)
    gated = check(args)
    listed = load_questions(args.questions)
    questions = choose(listed, args.only, args.limit)
    corpus = args.corpus or (None if getattr(args, "home", None) else BUNDLED_CORPUS)
    without = frozenset[str]()
    if args.without_evidence:
        without = frozenset().union(*(question.named for question in listed))
        questions = without_evidence(questions)
        if not without:
            raise UsageError(f"{args.questions.name}: no question names an article that holds its answer")
    bounds, accepted = floors.read(floors.FLOORS), results.read_accepted(results.LATEST)
    with open_home(settings, corpus, without) as opened:
        rows = ask_until_stopped(questions, opened)
    stopped = len(rows) < len(questions)
    if args.judge and not stopped:
        rows = judged_by(args.judge, settings, rows)
    of = results.about(
        model=opened.model,
        questions=args.questions,
        corpus=archives.corpus_hash(corpus) if corpus else None,
        articles=len(opened.articles),
        without_evidence=args.without_evidence,
        judge=None if stopped else args.judge,
    )
    run = results.make_run(rows, len(questions), of, peak_memory_gb())
    print(report.text(run))
    write_out(args, run, accepted)
    if stopped:
        print(f"Stopped after {len(rows)} of {len(questions)} questions: the figures are of those. Not gated.")
        raise KeyboardInterrupt
    if not gated:
        print("Not gated: the floors are for the whole set of questions on the bundled corpus.")
        return 0
    if args.update_floors:
        bounds = floors.moved(run, bounds, args.allow_regression)
        results.write_json(floors.FLOORS, bounds)
        print(f"Floors moved to this run's figures in {floors.FLOORS.name}.")
    problems = floors.broken(run, bounds, () if args.update_floors or not accepted else accepted["right"])
    print("\n".join(f"BELOW THE FLOOR  {problem}" for problem in problems) or "Every floor holds.")
    if args.accept and not problems:
        results.write_json(results.LATEST, results.accepted_form(run))
        print(f"Accepted: later runs are compared with this one ({results.LATEST.name}).")
    return 1 if problems else 0


def judged_by(judge: str, settings: Settings, rows: list[Row]) -> list[Row]:
    """The rows with a model's judgement; without, and a line that says why, where it cannot be had: a run is not lost
    for it."""
    from rag.answer.llm import open_language_model

    try:
        with open_language_model(settings_of(judge, settings)) as model:
            return judge_all(rows, model)
    except DatelineError as error:
        print(f"\ndateline: not judged by a model: {error}", file=sys.stderr)
        return rows


def check(args: argparse.Namespace) -> bool:
    """Whether the run will be gated. Raises UsageError for flags that do not go together."""
    if args.allow_regression is not None and not (args.update_floors and args.allow_regression.strip()):
        raise UsageError('--allow-regression goes with --update-floors and needs a reason: "why it may fall"')
    if args.out or args.yes:
        raise UsageError("--out and --yes go with `dateline eval make`")
    if args.corpus and getattr(args, "home", None):
        raise UsageError("--corpus has an index of its own; leave out --home")
    if args.corpus and not args.corpus.exists():
        raise UsageError(f"{args.corpus}: not there; name a folder or a file of articles")
    ours = args.questions.resolve() == QUESTIONS and args.corpus in (None, BUNDLED_CORPUS)
    part = args.only or args.limit is not None or args.without_evidence or getattr(args, "home", None)
    if (args.update_floors or args.accept) and (part or not ours):
        flag = "--update-floors" if args.update_floors else "--accept"
        raise UsageError(f"{flag} needs the whole set on the bundled corpus: no other flag that says what is asked")
    return ours and not part


def write_out(args: argparse.Namespace, run: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> None:
    if args.json_out:
        results.write_json(args.json_out, run)
    written = [(args.markdown, report.markdown), (args.report, html_page)]
    if args.report and args.report.suffix == ".md":
        written = [(args.markdown, report.markdown), (args.report, report.markdown)]
    for path, tell in written:
        if path:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(tell(run, accepted), encoding="utf-8")


@contextmanager
def open_home(settings: Settings, corpus: Path | None, without: frozenset[str]) -> Iterator[Opened]:
    """What `dateline ask --batch` opens, on an archive of the corpus (of the home where none is given) that no user's
    indexing touches."""
    from rag.answer.llm import open_language_model

    with archives.open_asked(settings, corpus, without) as archive, open_language_model(settings) as model:
        archive.warm()  # or the first question would be charged with it
        yield Opened(asker(archive, model), archive.store.articles(), model.name)


def asker(archive: Archive, model: LanguageModel) -> Asker:
    """Puts a question as `dateline ask --batch` would, and then what it was taken for to `dateline search`."""
    from rag.pipeline import answer

    def ask(question: Question) -> Asked:
        said = answer(archive, model, question.question, question.turns, question.today)
        hits = archive.search(said.standalone_question, DEPTH, question.today)
        spans = [Span(hit.article_id, hit.start, hit.end) for hit in hits]
        return Asked(said.to_json(), spans, said.confidence)

    return ask


def ask_until_stopped(questions: Sequence[Question], opened: Opened) -> list[Row]:
    """The rows of all questions, or of those asked when Ctrl-C came or a limit of time was up.

    Raises KeyboardInterrupt if that was none.
    """
    rows: list[Row] = []
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        for row in ask_each(questions, opened.ask, opened.articles):
            rows.append(row)  # one by one: what is asked is kept when the next one is broken off
    except KeyboardInterrupt:
        print(file=sys.stderr)
        if not rows:
            raise
    finally:
        signal.signal(signal.SIGTERM, before)
    return rows


def ask_all(questions: Sequence[Question], ask: Asker, articles: Sequence[Article]) -> list[Row]:
    return list(ask_each(questions, ask, articles))


def ask_each(questions: Sequence[Question], ask: Asker, articles: Sequence[Article]) -> Iterator[Row]:
    """One row a question, in order; a question that raises is a wrong answer with the error as its fault."""
    for number, question in enumerate(questions, 1):
        print(f"\rquestion {number} of {len(questions)}", end="", file=sys.stderr, flush=True)
        try:
            yield judge(question, ask(question), articles)
        except DatelineError as error:
            yield failed(question, str(error))
    print(file=sys.stderr)


def peak_memory_gb() -> float:
    """The most this process has held, in GiB; NaN where the system does not tell."""
    try:
        import resource
    except ImportError:
        return math.nan
    unit = 1 if sys.platform == "darwin" else 1024  # getrusage counts bytes on macOS, KiB elsewhere
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**30
