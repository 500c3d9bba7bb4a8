"""The run as one HTML file that needs nothing else: figures, plots, and every question, failures first.

All text is escaped, and the page's own policy lets nothing run but the one script that is written into it.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from eval import plots
from eval.figures import FIGURES, GROUPS, Figure, measured, outcome
from eval.judge import CUTS, Row
from eval.report import COLUMNS, LEGEND, compared, conditions, lead, table
from eval.results import changes, turned
from rag.safe_text import escaped

HERE = Path(__file__).resolve().parent
FAILURES = ("wrong", "invented", "wrongly refused", "error")
SUCCESSES = ("right", "rightly refused")
STEPS = {
    "evidence_seconds": "passages shown", "first_sentence_seconds": "first sentence", "seconds": "whole answer",
}  # fmt: skip


def html_page(run: Mapping[str, Any], accepted: Mapping[str, Any] | None = None) -> str:
    style, script = ((HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    policy = f"default-src 'none'; style-src '{_digest(style)}'; script-src '{_digest(script)}'; base-uri 'none'"
    moved = changes(run, accepted)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Dateline, evaluated</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f'<header><h1>Dateline, evaluated</h1><p class="lead">{escaped(lead(run))}</p>'
        f'<p class="of">{escaped(compared(run, accepted))}</p></header>\n<main>\n'
        f"{figures(run, moved)}\n{drawn(run)}\n{by_kind(run)}\n{questions(run, turned(run, accepted))}\n</main>\n"
        f"<footer>{_conditions(run)}</footer>\n<script>{script}</script>\n</body>\n</html>\n"
    )


def figures(run: Mapping[str, Any], moved: Mapping[str, float]) -> str:
    groups = "".join(
        f"<section><h3>{name}</h3><dl>{''.join(_figure(one, run, moved) for one in group)}</dl></section>"
        for name, group in ((name, measured(run["summary"], group)) for name, group in GROUPS.items())
    )
    return f'<h2>Figures</h2><div class="groups">{groups}</div>'


def drawn(run: Mapping[str, Any]) -> str:
    summary, ends = run["summary"], run["intervals"]
    recalls = plots.recall_by_k(
        {k: summary[f"recall@{k}"] for k in CUTS}, {k: ends.get(f"recall@{k}", ()) for k in CUTS}
    )
    steps = [(name, summary[f"{key}_median"], summary[f"{key}_p95"]) for key, name in STEPS.items()]
    kinds = {kind: [row["right"] for row in run["rows"] if row["kind"] == kind] for kind in run["kinds"]}
    counts = {kind: (sum(right), len(right)) for kind, right in kinds.items()}
    drawings = (
        ("Risk over coverage", "answers that are wrong, when only the most certain are shown",
         plots.risk_coverage(run["curve"])),
        ("Recall by number of passages", "facts found, with 95 % intervals", recalls),
        ("Seconds by step", "bar: median, line: 95th percentile", plots.seconds_by_step(steps)),
        ("Right by kind of question", "answered or refused as it should be", plots.right_by_kind(counts)),
    )  # fmt: skip
    shown = "".join(f"<figure><figcaption>{name}<small>{what}</small></figcaption>{svg}</figure>"
                    for name, what, svg in drawings)  # fmt: skip
    return f'<h2>Plots</h2><div class="plots">{shown}</div>'


def by_kind(run: Mapping[str, Any]) -> str:
    head, *rows = table(run)
    meanings = [FIGURES[name].label if name in FIGURES else name.replace("_", " ") for name in COLUMNS]
    header = "<th>kind</th>" + "".join(
        f'<th title="{escaped(meaning)}">{escaped(cell)}</th>' for cell, meaning in zip(head[1:], meanings, strict=True)
    )
    body = "".join("<tr>" + "".join(f"<td>{escaped(cell)}</td>" for cell in row) + "</tr>" for row in rows)
    return (
        f'<h2>By kind</h2><div class="scroll" tabindex="0" role="region" aria-label="Figures by kind"><table>'
        f'<thead><tr>{header}</tr></thead><tbody>{body}</tbody></table></div><p class="of">{escaped(LEGEND)}</p>'
    )


def questions(run: Mapping[str, Any], changed: Mapping[str, str]) -> str:
    rows = sorted(run["rows"], key=lambda row: (*FAILURES, *SUCCESSES).index(outcome(row)))
    found = {outcome(row) for row in rows}
    kinds = _options({kind: kind for kind in run["kinds"]})
    outcomes = {"|".join(FAILURES): "all failures"} | {o: o for o in (*FAILURES, *SUCCESSES) if o in found}
    form = (
        f'<form hidden><label>Kind<select name="kind"><option value="">all</option>{kinds}</select></label>'
        f'<label>Outcome<select name="outcome"><option value="">all</option>{_options(outcomes)}</select></label>'
        '<label>Words<input name="words" type="search" autocomplete="off"></label>'
        '<output name="count" aria-live="polite"></output></form>'
    )
    return f"<h2>Questions</h2>{form}{''.join(_question(row, changed.get(row['id'], '')) for row in rows)}"


def _figure(figure: Figure, run: Mapping[str, Any], moved: Mapping[str, float]) -> str:
    told = figure.tell(run["summary"].get(figure.name))
    ends = figure.tell_interval(run["intervals"].get(figure.name))
    interval = f'<small title="95 % interval">{ends}</small>' if ends else ""
    change = figure.tell_change(moved.get(figure.name))
    kind = "" if change in ("", "no change") else "up-good" if figure.better(moved[figure.name]) else "up-bad"
    arrow = {"up-good": "▲ ", "up-bad": "▼ "}.get(kind, "")
    note = f'<small class="{kind}" title="since the accepted run">{arrow}{change}</small>' if change else ""
    return (
        f"<div><dt>{escaped(figure.label)}<small>{escaped(figure.meaning)}</small></dt>"
        f"<dd><b>{told}</b>{interval}{note}</dd></div>"
    )


def _question(row: Row, changed: str) -> str:
    verdict, good = outcome(row), outcome(row) in SUCCESSES
    aside = [row["id"], row["kind"], *([changed] if changed else [])]
    if row.get("confidence") is not None:
        aside.append(f"confidence {row['confidence']:.2f}")
    if row.get("judged") is not None:
        aside.append(f"{'right' if row['judged'] else 'wrong'} by the model's judgement")
    if row.get("seconds") is not None:
        aside.append(f"{row['seconds']:.1f} s")
    read_as = row.get("standalone_question") or row["question"]
    parts = [f'<p class="soft" dir="auto">Read as: {escaped(read_as)}</p>' if read_as != row["question"] else ""]
    parts.append(f'<p class="answer" dir="auto">{escaped(row["answer"] or "No answer.")}</p>')
    parts += [f'<p class="fault">{escaped(fault)}</p>' for fault in row["faults"]]
    if not good and row["wanted"]:
        parts.append(f'<p dir="auto">Wanted: {escaped("; ".join(row["wanted"]))}</p>')
    parts += [
        f'<blockquote dir="auto">[{quote["n"]}] {escaped(quote["quote"])}<small>{escaped(_source(quote))}</small>'
        "</blockquote>"
        for quote in row["citations"]
    ]
    if row.get("evidence"):
        found = "".join(map(_passage, row["evidence"]))
        parts.append(f"<details><summary>Passages found, best first</summary>{found}</details>")
    parts += [f'<p class="fault">Not in the archive: {escaped(lost)}</p>' for lost in row.get("lost_proofs", ())]
    return (
        f'<details class="q{" ok" if good else ""}" data-kind="{escaped(row["kind"])}" data-outcome="{verdict}"'
        f'{"" if good else " open"}><summary><span class="verdict">{verdict}</span>'
        f'<span class="asked" dir="auto">{escaped(row["question"])}</span></summary>'
        f'<div class="body">{"".join(parts)}<p class="of">{escaped(", ".join(aside))}</p></div></details>\n'
    )


def _passage(passage: Mapping[str, Any]) -> str:
    about = f"{passage['title']}{', proves it' if passage['proves'] else ''}"
    return f'<blockquote dir="auto">{escaped(passage["text"])}<small>{escaped(about)}</small></blockquote>'


def _conditions(run: Mapping[str, Any]) -> str:
    return "".join(f"<p>{escaped(name)}: <code>{escaped(what)}</code></p>" for name, what in conditions(run).items())


def _source(citation: Mapping[str, Any]) -> str:
    return ", ".join(part for part in (citation["title"], citation["outlet"], citation["published"]) if part)


def _options(options: Mapping[str, str]) -> str:
    return "".join(f'<option value="{escaped(value)}">{escaped(name)}</option>' for value, name in options.items())


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"
