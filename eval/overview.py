"""What every benchmark found last, on one page: `python -m eval.overview` writes `eval/results/README.md`.

Each part is read from the JSON that its command left in `eval/results/`; of one that has not been run the page says so.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from eval.bench import AIMS as SECONDS_AIMS
from eval.claims import Tally, table
from eval.figures import FIGURES, known, measured
from eval.markdown import head, row
from eval.metrics import percentile
from eval.results import LATEST
from eval.scale import AIMS as SCALE_AIMS
from eval.scale import ROWS as SCALE_ROWS

RESULTS = LATEST.parent
PAGE = "README.md"
STEPS = 12  # of the ablation that are shown, those that cost most when they are switched off
_NOT_SHOWN = ("word index, MB", "SQLite, MB", "cold, p99, ms", "search, p99, ms", "processor, p95, ms")
Found = Mapping[str, Any]


class Part(NamedTuple):
    """`file` holds what `command` found; `tell` makes lines of Markdown of it."""

    title: str
    file: str
    command: str
    tell: Callable[[Found], list[str]]


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.overview", description=__doc__)
    parser.add_argument("--results", type=Path, default=RESULTS, metavar="DIR", help="eval/results")
    results = parser.parse_args(argv).results
    (results / PAGE).write_text(page(results), encoding="utf-8")
    return 0


def page(results: Path) -> str:
    lines = ["# What was measured", ""]
    for part in PARTS:
        lines += [f"## {part.title}", ""]
        if not (results / part.file).exists():
            lines += [f"Not measured yet: `{part.command}`.", ""]
            continue
        found = json.loads((results / part.file).read_text(encoding="utf-8"))
        lines += [*part.tell(found), "", f"`{part.command}`{_machine(found)}", ""]
    return "\n".join(lines)


def answers(found: Found) -> list[str]:
    """The headline figures of the accepted run, then how the kinds of questions fare, the worst first."""
    summary, ends = found["summary"], found["intervals"]
    of = found["about"]
    lines = [
        f"{found['questions']} questions to {of['corpus']['articles']} articles, read by {of['model']}, {of['date']}.",
        "",
        *head("figure", "value", "95 %"),
    ]
    for figure in measured(summary, FIGURES.values()):
        told = figure.tell(summary.get(figure.name)), figure.tell_interval(ends.get(figure.name))
        lines.append(row(figure.label, *told))
    lines += ["", *head("kind", "questions", "answered right", "rightly refused", "seconds")]
    for kind, of_kind in sorted(found["kinds"].items(), key=lambda pair: _worst_first(pair[1])):
        shares = (_percent(of_kind[name]) for name in ("answers_right", "refusals_right"))
        lines.append(row(kind, of_kind["questions"], *shares, _short(of_kind["seconds_median"])))
    return lines


def peers(found: Found) -> list[str]:
    lines = head("program", "asked", "right", "rightly cited", "refused", "seconds a question")
    for name in found["seconds_to_get_ready"]:
        rows = [row for row in found["rows"] if row["peer"] == name]
        counts = (sum(row[what] for row in rows) for what in ("right", "rightly_cited", "refused"))
        lines.append(row(name, len(rows), *counts, f"{percentile((row['seconds'] for row in rows), 50):.2f}"))
    return lines


def claims(found: Found) -> list[str]:
    """Of true and of false sentences about one quote, how many the checks let through."""
    return table({one["claims"]: Tally(*(one[name] for name in Tally.__match_args__)) for one in found["claims"]})


def seconds(found: Found) -> list[str]:
    told = [(name, found[name], aim) for name, aim in SECONDS_AIMS.items()]
    return [
        *head("figure", "measured", "aim"),
        *(row(name.replace("_", " "), _short(value), "" if aim is None else f"< {aim:g}") for name, value, aim in told),
    ]


def scale(found: Found) -> list[str]:
    """A column a size: archives that were really embedded, and such with vectors drawn from theirs."""
    lines = head("", *(f"{size['chunks']:,} chunks, {size['kind']}" for size in found["sizes"]), "aim")
    for name in (name for name in SCALE_ROWS if name not in (*_NOT_SHOWN, "chunks")):
        lines.append(row(name, *(_short(size[name]) for size in found["sizes"]), SCALE_AIMS.get(name, "")))
    return lines


def load(found: Found) -> list[str]:
    lines = [
        f"{found['people']} people on one page for {found['seconds']:.0f} s, thinking {found['think']:g} s in between.",
        "",
        *head("", "calls", "answered", "lost", "another's", "overtaken", "p50, s", "p95, s", "p99, s"),
    ]
    for what in ("search", "ask"):
        of = found[what]
        counts = (of[name] for name in ("calls", "answered", "lost", "another's", "overtaken"))
        lines.append(row(what, *counts, *(f"{of[share]:.2f}" for share in ("p50", "p95", "p99"))))
    return lines


def faults(found: Found) -> list[str]:
    told = [row(each["fault"], "yes" if each["ok"] else "**no**") for each in found["faults"]]
    return [*head("fault", "as expected"), *told, "", "What was seen of each: [faults.md](faults.md)."]


def ablation(found: Found) -> list[str]:
    """The steps that cost most right answers and right refusals when they are switched off, of each set."""
    lines = []
    for name, of in found.items():
        every, *steps = of["lines"]
        steps.sort(key=lambda line: line["answers_right"] + line["refusals_right"])
        lines += [f"{of['questions']} questions of {name}; the {STEPS} steps of {len(steps)} that carry most:", ""]
        lines += head("switched off", "right", "rightly refused", "answers wrong", "R@1", "questions changed")
        for line in (every, *steps[:STEPS]):
            shares = (_percent(line[share]) for share in ("answers_right", "refusals_right"))
            lines.append(row(line["step"], *shares, line["wrong"], _percent(line["recall@1"]), line["changed"]))
        lines.append("")
    return [*lines, "All of them: [ablation.md](ablation.md)."]


PARTS = (
    Part("Answers", LATEST.name, "dateline eval --accept", answers),
    Part("True and false sentences told apart", "claims.json", "python -m eval.claims", claims),
    Part("Beside other programs", "peers.json", "python -m eval.peers", peers),
    Part("Seconds and memory", "bench.json", "python -m eval.bench", seconds),
    Part("Growth", "scale.json", "python -m eval.scale", scale),
    Part("Many people at once", "load.json", "python -m eval.load", load),
    Part("Faults", "faults.json", "python -m eval.faults", faults),
    Part("What each step is worth", "ablation.json", "python -m eval.ablation", ablation),
)


def _worst_first(of_kind: Found) -> float:
    shares = [of_kind[name] for name in ("answers_right", "refusals_right") if known(of_kind[name])]
    return sum(shares) / len(shares) if shares else 0.0


def _machine(found: Found) -> str:
    machine = found.get("machine") or found.get("about", {}).get("machine")
    return f", {machine['processor']}, {machine['cores']} cores" if machine else ""


def _percent(value: float | None) -> str:
    return "\N{EN DASH}" if value is None else f"{100 * value:.0f} %"


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
