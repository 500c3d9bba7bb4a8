"""What becomes of an archive when things go wrong: `python -m eval.faults` does each fault in earnest.

A fault must end in one line for people and the right exit status, and leave the archive as it was. Every fault has a
home of its own in a temporary folder; the table of what was expected and what was seen is written from the run.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path

from eval.fault_ground import Ground, Outcome
from eval.fault_home import chroma_damaged, disk_full, files_limited, locked, read_only, sqlite_damaged
from eval.fault_run import clock_back, model_killed, port_in_use, power_cut
from eval.markdown import head, row
from eval.results import machine, write_json

Case = Callable[[Ground], Outcome]
CASES: dict[str, Case] = {
    case.__name__: case
    for case in (
        model_killed,
        disk_full,
        files_limited,
        read_only,
        locked,
        power_cut,
        clock_back,
        port_in_use,
        sqlite_damaged,
        chroma_damaged,
    )
}
MARKS = {True: "yes", False: "NO", None: "not tried"}


def main(argv: Sequence[str] | None = None) -> int:
    """0 when everything that could be tried ended as expected, 1 when something did not."""
    parser = argparse.ArgumentParser(prog="python -m eval.faults", description=__doc__)
    parser.add_argument("--only", choices=CASES, action="append", metavar="NAME", help=f"some of {', '.join(CASES)}")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT")
    parser.add_argument("--markdown", type=Path, metavar="OUT.md")
    args = parser.parse_args(argv)
    with tempfile.TemporaryDirectory(prefix="dateline-faults-") as folder:
        ground = Ground(Path(folder))
        outcomes = [tried(name, CASES[name], ground) for name in args.only or CASES]
    if args.json_out:
        write_json(args.json_out, {"machine": machine(), "faults": [asdict(outcome) for outcome in outcomes]})
    if args.markdown:
        args.markdown.parent.mkdir(parents=True, exist_ok=True)
        args.markdown.write_text(table(outcomes), encoding="utf-8")
    return 1 if any(outcome.ok is False for outcome in outcomes) else 0


def tried(name: str, case: Case, ground: Ground) -> Outcome:
    """The outcome of a fault, printed as soon as it is known."""
    print(f"{name} ...", file=sys.stderr, flush=True)
    try:
        outcome = case(ground)
    except PermissionError as error:
        outcome = Outcome(name.replace("_", " "), "", (f"cannot be done here: {error}",), None)
    seen = tuple(words.replace(f"{ground.folder}/", "") for words in outcome.seen)  # the same in every run
    outcome = replace(outcome, seen=seen)
    print(f"{MARKS[outcome.ok]:10}{outcome.fault}", flush=True)
    for words in outcome.seen:
        print(f"{'':10}{words}", flush=True)
    return outcome


def table(outcomes: Sequence[Outcome]) -> str:
    """As Markdown."""
    rows = [row(one.fault, one.expected, "; ".join(one.seen), MARKS[one.ok]) for one in outcomes]
    return "\n".join([*head("fault", "expected", "seen", "ok"), *rows, ""])


if __name__ == "__main__":
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    sys.exit(main())
