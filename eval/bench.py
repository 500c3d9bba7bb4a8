"""How fast and how big: `python -m eval.bench` runs the real commands and reads their own clocks. It reports,
it never gates: seconds belong to the machine.

Warm is one `dateline ask --json --batch` process; its first question, which finds the model's memory empty,
is left out. Cold is `dateline ask` started anew on a ready home, its worked examples read and kept by the warm run
(the system's file cache stays as it is).
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.metrics import percentile
from eval.questions import QUESTIONS, load_questions, spread
from eval.results import machine, write_json
from rag.config import BUNDLED_CORPUS

COMMAND = (sys.executable, "-c", "import sys; from rag.cli import main; sys.exit(main())")
COLD_QUESTION = "When did Lavrov visit Havana?"
AIMS = {
    "evidence_seconds_median": 0.5,
    "first_sentence_seconds_median": None,
    "answer_seconds_median": 8.0,
    "answer_seconds_p95": None,
    "cold_seconds_median": 25.0,
    "peak_memory_gb": 3.5,
    "index_seconds": None,
}


@dataclass(frozen=True)
class Finished:
    """A command that ran to its end: what it printed, its wall time and its own peak memory in GiB."""

    stdout: str
    seconds: float
    peak_gb: float


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.bench", description=__doc__)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, metavar="FILE.jsonl")
    parser.add_argument("--limit", type=int, default=30, metavar="N", help="warm questions, spread over the file (30)")
    parser.add_argument("--cold", type=int, default=3, metavar="N", help="cold starts (3)")
    parser.add_argument("--cores", type=int, default=2, metavar="N", help="cores to keep to, where possible (2)")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT")
    args = parser.parse_args(argv)
    keep_to(args.cores)
    with tempfile.TemporaryDirectory(prefix="dateline-bench-") as folder:
        figures = measure(Path(folder), args.questions, args.limit, args.cold)
    print(f"{'figure':32}{'measured':>10}{'aim':>8}")
    for name, aim in AIMS.items():
        print(f"{name:32}{figures[name]:10.2f}{'' if aim is None else f'<{aim:g}':>8}")
    if args.json_out:
        write_json(args.json_out, {"machine": machine(), **figures})
    return 0


def measure(folder: Path, questions: Path, limit: int, cold_starts: int) -> dict[str, Any]:
    home = ("--home", str(folder / "home"))
    indexed = run("index", str(BUNDLED_CORPUS), *home)
    batch = folder / "batch.jsonl"
    batch.write_text("".join(f"{line}\n" for line in batch_lines(questions, limit)), encoding="utf-8")
    warm = run("ask", "--json", "--batch", str(batch), *home)
    cold = [run("ask", "--json", COLD_QUESTION, *home) for _ in range(max(1, cold_starts))]
    return figures_of([json.loads(line) for line in warm.stdout.splitlines()], indexed, [warm, *cold], cold)


def batch_lines(questions: Path, limit: int) -> list[str]:
    """`limit` questions spread evenly over the file, so that every kind is timed, as `--batch` wants them."""
    return [
        json.dumps({"question": q.question, "date": q.date, "history": [asdict(turn) for turn in q.turns]})
        for q in spread(load_questions(questions), max(1, limit))
    ]


def figures_of(
    answers: Sequence[dict[str, Any]], indexed: Finished, asks: Sequence[Finished], cold: Sequence[Finished]
) -> dict[str, Any]:
    """Medians and p95 of the warm answers' own clocks (the first left out), wall time of the cold ones."""
    warm = [answer["timings_ms"] for answer in answers[1:] if "error" not in answer]

    def seconds(name: str) -> list[float]:
        return [clock[name] / 1000 for clock in warm if clock[name] is not None]

    return {
        "questions": len(warm),
        "failed": sum("error" in answer for answer in answers),
        "evidence_seconds_median": percentile(seconds("retrieve"), 50),
        "evidence_seconds_p95": percentile(seconds("retrieve"), 95),
        "first_sentence_seconds_median": percentile(seconds("first_token"), 50),
        "answer_seconds_median": percentile(seconds("total"), 50),
        "answer_seconds_p95": percentile(seconds("total"), 95),
        "cold_seconds_median": percentile([start.seconds for start in cold], 50),
        "cold_seconds": [start.seconds for start in cold],
        "peak_memory_gb": max(ask.peak_gb for ask in asks),
        "index_seconds": indexed.seconds,
        "index_peak_memory_gb": indexed.peak_gb,
    }


def run(*words: str) -> Finished:
    """Runs `dateline WORDS` and tells its own peak memory (of it and the processes it waited for)."""
    with tempfile.TemporaryFile() as out:
        started = time.perf_counter()
        process = subprocess.Popen([*COMMAND, *words], stdout=out)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - started
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode("utf-8")
    if process.returncode and not text:  # a batch with one failed line still tells the others
        raise SystemExit(f"dateline {words[0]} ended with status {process.returncode}; nothing was measured")
    unit = 1 if sys.platform == "darwin" else 1024  # bytes on macOS, KiB elsewhere
    return Finished(text, seconds, usage.ru_maxrss * unit / 2**30)


def keep_to(cores: int) -> None:
    """Keeps this process and its children to so many cores, where the system can (Linux)."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])


if __name__ == "__main__":
    sys.exit(main())
