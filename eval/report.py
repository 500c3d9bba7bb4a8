"""The run, to be read: as a table for the terminal, as Markdown, as one self-contained HTML page."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from eval.judge import Row

COLUMNS = {
    "questions": "n", "answers_right": "right", "citation_precision": "cit.P", "citation_recall": "cit.R",
    "verbatim": "verb.", "supported": "supp.", "refusals_right": "ref.ok", "refusals_wrong": "ref.bad",
    "recall@1": "R@1", "recall@3": "R@3", "recall@5": "R@5", "mrr": "MRR", "seconds_median": "s med",
    "seconds_p95": "s p95", "prompt_tokens": "p.tok", "completion_tokens": "c.tok",
}  # fmt: skip

LEGEND = (
    "right: answers that say every required fact. cit.P, cit.R: citation precision and recall. verb.: quotes "
    "found at their offsets. supp.: sentences marked supported, with a citation. ref.ok: questions to refuse "
    "that were refused; ref.bad: answerable ones refused. R@k, MRR: retrieval. s: seconds. p.tok,"
    " c.tok: mean tokens."
)

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}"
    "table{border-collapse:collapse;font-size:.8rem}td,th{padding:.2rem .5rem;text-align:right}"
    "td,th{border:1px solid #ddd}td:first-child{text-align:left}div.x{overflow-x:auto}"
    "article{border-left:4px solid #2a7;padding-left:1rem}"
    "article.wrong{border-color:#c33}blockquote{margin:.3rem 1rem;color:#555}.fault{color:#c33}"
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
    return "\n".join([*lines, "", LEGEND, whole(run["summary"]), "", *failures(run["rows"])])


def page(run: Mapping[str, Any], *, html: bool) -> str:
    return html_page(run) if html else markdown(run)


def markdown(run: Mapping[str, Any]) -> str:
    head, *body = table(run)
    lines = ["# Evaluation", "", _md(head), _md(["---"] + ["--:"] * (len(head) - 1)), *map(_md, body)]
    # Indented, so that Markdown takes nothing in an answer for markup.
    failed = [f"    {line}" for line in "\n".join(failures(run["rows"])).splitlines()]
    return "\n".join([*lines, "", LEGEND, "", whole(run["summary"]), "", *failed, ""])


def html_page(run: Mapping[str, Any]) -> str:
    """Every question with its answer, quotes and verdict, failures first. All text is escaped."""
    head, *body = table(run)
    cells = "".join("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>" for row in body)
    header = "<tr>" + "".join(f"<th>{escape(cell)}</th>" for cell in head) + "</tr>"
    articles = "".join(map(html_question, sorted(run["rows"], key=lambda row: bool(row["right"]))))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Evaluation</title>'
        f"<style>{STYLE}</style>"
        f'<h1>Evaluation</h1><div class="x"><table>{header}{cells}</table></div><p>{escape(LEGEND)}</p>'
        f"<p>{escape(whole(run['summary']))}</p>{articles}</html>\n"
    )


def html_question(row: Row) -> str:
    quotes = "".join(
        f"<blockquote>[{c['n']}] {escape(c['quote'])}<br><small>{escape(_source(c))}</small></blockquote>"
        for c in row["citations"]
    )
    faults = "".join(f'<p class="fault">{escape(fault)}</p>' for fault in row["faults"])
    return (
        f'<article class="{"right" if row["right"] else "wrong"}"><h3>{escape(row["question"])}</h3>'
        f"<p>{escape(row['answer'] or 'no answer')}</p>{quotes}{faults}"
        f"<p><small>{escape(row['id'])}: {'right' if row['right'] else 'wrong'}</small></p></article>"
    )


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


def _source(citation: Mapping[str, Any]) -> str:
    parts = (citation["title"], citation["outlet"], citation["published"])
    return ", ".join(part for part in parts if part)


def _md(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cells) + " |"
