"""What each step is worth: everything on, then each step off by itself, on the same questions.

`python -m eval.ablation [--questions FILE] [--corpus DIR|FILE]` writes eval/results/ablation.json and .md. The model's
replies are recorded and asked for once only, so that a second run, and most steps of the first, need no model.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from eval import archives, results
from eval.figures import FIGURES
from eval.judge import Row, summarise
from eval.markdown import head, row
from eval.questions import QUESTIONS, Question, load_questions, spread
from eval.recorded import Recording, open_recording, recorded
from eval.run import ask_all, asker
from eval.steps import ALL_ON, Step, all_steps
from rag.config import BUNDLED_CORPUS, load_settings
from rag.errors import DatelineError, UsageError

RESULTS = results.LATEST.parent
RETRIEVAL = ("recall@1", "recall@3", "recall@5", "mrr", "ndcg@10")
COLUMNS = {
    "step": "switched off", "answers_right": "right", "wrong": "wrong shown", "refusals_right": "refused rightly",
    "citation_precision": "citation precision", "calls": "calls a question", "recall@1": "R@1", "recall@3": "R@3",
    "recall@5": "R@5", "mrr": "MRR", "ndcg@10": "nDCG@10", "changed": "questions changed",
}  # fmt: skip
LEGEND = (
    "right: answers right, of the questions that the articles answer. wrong shown: questions that were shown a wrong "
    "answer. refused rightly: of the questions that they do not answer. calls: requests to the language model. "
    "questions changed: those with another answer, other citations or other passages found than with everything on."
)


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.ablation", description=__doc__)
    parser.add_argument("--questions", type=Path, action="append", metavar="FILE.jsonl", help="may be given again")
    parser.add_argument("--corpus", type=Path, default=BUNDLED_CORPUS, metavar="DIR|FILE")
    parser.add_argument("--limit", type=int, metavar="N", help="only N of each file, spread over it")
    parser.add_argument("--step", action="append", metavar="NAME", help="only this step off; may be given again")
    parser.add_argument("--recording", type=Path, metavar="FILE", help="the model's replies (default: in the cache)")
    parser.add_argument("--json", dest="json_out", type=Path, default=RESULTS / "ablation.json", metavar="OUT")
    parser.add_argument("--markdown", type=Path, default=RESULTS / "ablation.md", metavar="OUT")
    args = parser.parse_args(argv)
    try:
        return ablate(args)
    except DatelineError as error:
        print(f"eval.ablation: {error}", file=sys.stderr)
        return error.exit_status


def ablate(args: argparse.Namespace) -> int:
    from rag.answer.llm import open_language_model

    settings = load_settings()
    files = args.questions or [QUESTIONS]
    sets = {file: spread(load_questions(file), args.limit) for file in files}
    steps = chosen(args.step)
    with (
        archives.open_asked(settings, args.corpus) as archive,
        open_language_model(settings) as model,
        open_recording(args.recording or settings.cache / "recorded.sqlite") as recording,
    ):
        archive.warm()
        ask, articles = asker(archive, recorded(model, recording)), archive.store.articles()
        tables: dict[str, Any] = {}
        for file, questions in sets.items():
            of = results.about(
                model=model.name, questions=file, corpus=archives.corpus_hash(args.corpus), articles=len(articles)
            )
            for table in measure(lambda asked: ask_all(asked, ask, articles), questions, steps, recording):
                tables[file.name] = table | {"about": of}  # whoever stops it has what was measured so far
                results.write_json(args.json_out, tables)
                args.markdown.write_text(markdown(tables), encoding="utf-8")
    print(markdown(tables))
    return 0


def chosen(names: Sequence[str] | None) -> list[Step]:
    """The steps of those names, or all. Raises UsageError for a name that none has."""
    steps = all_steps()
    if unknown := set(names or ()) - {step.name for step in steps}:
        raise UsageError(f"no step {sorted(unknown)[0]!r}; there are: {', '.join(step.name for step in steps)}")
    return [step for step in steps if names is None or step.name in names]


def measure(
    ask: Callable[[Sequence[Question]], list[Row]],
    questions: Sequence[Question],
    steps: Sequence[Step],
    recording: Recording,
) -> Iterator[dict[str, Any]]:
    """The table after each of its lines, the first with every step on, and the steps that changed nothing so far."""
    lines: list[Row] = []
    whole: list[Row] = []
    for step in (None, *steps):
        asked, new = recording.asked, recording.new
        with step.off() if step else nullcontext():
            rows = ask(questions)
        whole = whole or rows
        line = figures(rows, recording.asked - asked) | {"changed": len(changed(rows, whole))}
        line |= {
            "step": step.name if step else ALL_ON,
            "group": step.group if step else "",
            "turned": turned(rows, whole),
        }
        lines.append(line)
        print(f"{line['step']}: {line['changed']} changed, {recording.new - new} new requests", file=sys.stderr)
        idle = [line["step"] for line in lines[1:] if not line["changed"]]
        yield {"questions": len(questions), "lines": list(lines), "changed_nothing": idle}


def figures(rows: Sequence[Row], calls: int) -> Row:
    summary = summarise(rows)
    wrong = sum(row["answer"] is not None and not row["abstained"] and not row["right"] for row in rows)
    names = ("answers_right", "refusals_right", "citation_precision", *RETRIEVAL)
    return {name: summary[name] for name in names} | {"wrong": wrong, "calls": calls / len(rows)}


def changed(rows: Sequence[Row], before: Sequence[Row]) -> list[str]:
    """The ids of the questions that were answered, proven or searched otherwise."""
    pairs = zip(rows, before, strict=True)
    return [row["id"] for row, other in pairs if _outcome(row) != _outcome(other)]


def turned(rows: Sequence[Row], before: Sequence[Row]) -> dict[str, list[str]]:
    """The ids of the questions that are now right, or now wrong."""
    pairs = [(row["id"], row["right"], other["right"]) for row, other in zip(rows, before, strict=True)]
    return {
        "now_right": [id for id, now, then in pairs if now and not then],
        "now_wrong": [id for id, now, then in pairs if then and not now],
    }


def markdown(tables: Mapping[str, Mapping[str, Any]]) -> str:
    """A table for each file of questions, and under it what changed nothing there."""
    lines = ["# What each step is worth", "", LEGEND, ""]
    for name, table in tables.items():
        lines += [f"## {name}, {table['questions']} questions, read by {table['about']['model']}", ""]
        lines += head(*COLUMNS.values())
        lines += [row(*(_cell(column, line[column]) for column in COLUMNS)) for line in table["lines"]]
        lines += ["", f"Changed nothing here: {', '.join(table['changed_nothing']) or 'none'}.", ""]
    idle = [set(table["changed_nothing"]) for table in tables.values()]
    common = [step.name for step in all_steps() if all(step.name in some for some in idle)] if tables else []
    return "\n".join([*lines, f"Changed nothing anywhere: {', '.join(common) or 'none'}.", ""])


def _outcome(row: Row) -> Any:
    return results.nulled([row.get(name) for name in ("answer", "citations", "evidence", *RETRIEVAL)])


def _cell(column: str, value: Any) -> str:
    if column in ("step", "wrong", "changed"):
        return str(value)
    if column == "calls":
        return f"{value:.2f}"
    return FIGURES[column].tell(value)


if __name__ == "__main__":
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    sys.exit(main())
