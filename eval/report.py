"""The run, to be read: as tables for the terminal and as Markdown. `page` has it as HTML."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from eval import markdown as md
from eval.figures import FIGURES, measured
from eval.judge import Row
from eval.results import changes, comparable, turned
from rag.safe_text import visible

COLUMNS = {
    "questions": "n", "answers_right": "right", "rightly_cited": "cited", "citation_precision": "cit.P",
    "citation_recall": "cit.R", "verbatim": "verb.", "supported": "supp.", "refusals_right": "ref.ok",
    "refusals_wrong": "ref.bad", "recall@1": "R@1", "recall@3": "R@3", "recall@5": "R@5", "recall@10": "R@10",
    "mrr": "MRR", "seconds_median": "s med", "seconds_p95": "s p95", "prompt_tokens": "p.tok",
    "completion_tokens": "c.tok",
}  # fmt: skip

LEGEND = (
    "right: answers that say every required fact. cited: questions answered with a quote that proves it. cit.P, cit.R: "
    "citation precision and recall. verb.: quotes found at their offsets. supp.: sentences marked supported, with a "
    "citation. ref.ok: questions to refuse that were refused; ref.bad: answerable ones refused. R@k, MRR: retrieval. "
    "s: seconds. p.tok, c.tok: mean tokens."
)


def text(run: Mapping[str, Any]) -> str:
    """The table by kind, the figures of the whole, and every failed question with the answer it got."""
    rows = table(run)
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    lines = [
        "  ".join(
            cell.rjust(width) if i else cell.ljust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in rows
    ]
    return "\n".join([*lines, "", LEGEND, whole(run["summary"]), "", *spans(run), "", *failures(run["rows"])])


def spans(run: Mapping[str, Any]) -> list[str]:
    """Each figure that has one with its 95 % interval, a line each."""
    summary, intervals = run["summary"], run["intervals"]
    told = (
        (figure.label, figure.tell(summary[figure.name]), figure.tell_interval(intervals[figure.name]))
        for figure in measured(summary, (FIGURES[name] for name in intervals))
    )
    return [f"{label:28}{value:>8}   {ends}".rstrip() for label, value, ends in told]


def markdown(run: Mapping[str, Any], accepted: Mapping[str, Any] | None = None) -> str:
    """A summary for where a change is reviewed: figures with interval and change, kinds, and what failed."""
    moved, turns = changes(run, accepted), turned(run, accepted)
    names, *body = table(run)
    lines = ["# Evaluation", "", lead(run), "", compared(run, accepted), ""]
    lines += md.head("figure", "value", "95 %", "change")
    for figure in measured(run["summary"], FIGURES.values()):
        told = figure.tell(run["summary"].get(figure.name)), figure.tell_interval(run["intervals"].get(figure.name))
        lines.append(md.row(figure.label, *told, figure.tell_change(moved.get(figure.name))))
    lines += ["", *md.head(*names), *(md.row(*cells) for cells in body), "", LEGEND, ""]
    for verdict in ("now wrong", "now right"):
        ids = [id for id, turn in turns.items() if turn == verdict]
        lines += [f"{verdict.capitalize()}: {', '.join(map(_code, ids))}.", ""] if ids else []
    # Indented, so that Markdown takes nothing in an answer for markup.
    failed = [f"    {visible(line)}" for line in "\n".join(failures(run["rows"])).splitlines()]
    told_of = [f"- {name}: {_code(what)}" for name, what in conditions(run).items()]
    return "\n".join([*lines, *failed, "", *told_of, ""])


def lead(run: Mapping[str, Any]) -> str:
    """What came of the run, in a sentence or two."""
    rows, of = run["rows"], run["about"]["corpus"]
    wanted = [row for row in rows if row["expect"] == "answer"]
    others = [row for row in rows if row["expect"] == "refuse"]
    parts = []
    if wanted:
        right, refused = (sum(told(row) for row in wanted) for told in (_right, _refused))
        rest = len(wanted) - right - refused
        parts.append(
            f"Of {len(wanted)} questions with an answer {right} were answered right, {rest} wrong, {refused} refused."
        )
    if others:
        right = sum(map(_right, others))
        what = "whose evidence was taken away" if of["without_evidence"] else "without an answer"
        parts.append(f"Of {len(others)} {what} {right} were refused, {len(others) - right} answered all the same.")
    count = of["articles"]
    return f"{' '.join(parts)} Asked of {count} article{'' if count == 1 else 's'}, read by {run['about']['model']}."


def _right(row: Row) -> bool:
    return bool(row["right"])


def _refused(row: Row) -> bool:
    return bool(row.get("abstained")) and not row["right"]


def compared(run: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> str:
    """What the changes are against, or why there are none."""
    if accepted is None:
        return "There is no accepted run to compare with yet."
    if not comparable(run, accepted):
        return "Not compared with the accepted run, which asked other questions or other articles."
    return f"Changes are against the accepted run of {accepted['about']['date']} ({accepted['about']['model']})."


def conditions(run: Mapping[str, Any]) -> dict[str, str]:
    """What the run was of and made with, by name."""
    of, machine = run["about"], run["about"]["machine"]
    told = [machine["processor"], f"{machine['cores']} cores", machine["system"]]
    told += [f"{machine['memory_gb']} GB"] if machine["memory_gb"] else []
    return {
        "Date": of["date"],
        "Model": of["model"],
        "Judge": of.get("judge") or "words",
        "Corpus": of["corpus"]["sha256"] or "a home of the user's",
        "Questions": f"{of['questions']['file']} {of['questions']['sha256']}",
        "Versions": ", ".join(f"{name} {version}" for name, version in of["versions"].items()),
        "Machine": ", ".join(filter(None, told)),
    }


def table(run: Mapping[str, Any]) -> list[list[str]]:
    """Header, one row a kind, the whole last; a dash where a measure does not apply."""
    named = [*run["kinds"].items(), ("all", run["summary"])]
    return [["kind", *COLUMNS.values()]] + [
        [kind, *(figure(name, summary[name]) for name in COLUMNS)] for kind, summary in named
    ]


def whole(summary: Row) -> str:
    names = ("refusal_precision", "refusal_f1", "ndcg@10", "evidence_seconds_median", "evidence_seconds_p95",
             "prompt_tokens_median", "prompt_tokens_p95", "peak_memory_gb", "errors")  # fmt: skip
    return ", ".join(f"{name.replace('_', ' ')} {figure(name, summary[name])}" for name in names)


def failures(rows: Sequence[Row]) -> list[str]:
    """Each failed question with what it was answered and what is wrong with that."""
    lines = []
    for row in rows:
        if not row["right"]:
            lines += [f"{row['id']}: {row['question']}", f"    got: {row['answer']}"]
            lines += [f"    [{c['n']}] {c['quote']}" for c in row["citations"]]
            lines += [f"    wrong: {fault}" for fault in row["faults"]] + [""]
        for quote in row.get("lost_proofs", ()):
            lines += [f"{row['id']}: its proof is not in the stored texts: {quote}", ""]
    return lines or ["No question failed."]


def figure(name: str, value: float | None) -> str:
    if value is None or math.isnan(value):
        return "-"
    if name in ("questions", "errors"):
        return str(value)
    return f"{value:.0f}" if "token" in name else f"{value:.2f}"


def _code(text: str) -> str:
    return f"`{visible(text).replace('`', chr(39))}`"
