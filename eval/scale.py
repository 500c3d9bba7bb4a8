"""How cost grows with the archive: `python -m eval.scale [--articles 250 500 1000] [--chunks 10000 100000]`.

Archives of so many articles are really embedded; archives of so many chunks have vectors drawn from those (see
`scale_homes`). Each is made, then searched, in processes of their own. It reports, it never gates: seconds belong to
the machine and to what else runs on it, so processor time stands beside them. The growth is the k of cost ~ n ** k.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.bench import run
from eval.growth import exponent
from eval.results import machine, write_json
from eval.scale_homes import VECTORS, Made, make_drawn, make_embedded
from eval.scale_search import Searched, search_home

FIRST_QUESTION = "Who said that the vote was close?"
MADE = "made.json"  # beside the home: what its making cost
STARTS = 2  # of which the quicker counts: the other waited for something else


@dataclass(frozen=True)
class Sized:
    """An archive of one size; `first_seconds` from the start of `dateline search` to its end, `first_gb` its peak."""

    kind: str
    made: Made
    searched: Searched
    first_seconds: float
    first_gb: float


AIMS: Mapping[str, str] = {
    "search, p95, ms": "<=50",
    "start to first search, s": "<=8",
    "memory of search, GiB": "<=2",
    "recall@10": ">=0.98",
    "processor s": "k<=1.05",
}
ROWS: Mapping[str, Callable[[Sized], float]] = {
    "articles": lambda one: one.made.articles,
    "chunks": lambda one: one.made.chunks,
    "seconds": lambda one: one.made.seconds,
    "processor s": lambda one: one.made.cpu_seconds,
    "articles/s": lambda one: one.made.articles / one.made.seconds,
    "articles/processor s": lambda one: one.made.articles / one.made.cpu_seconds,
    "of it finding copies": lambda one: one.made.end_cpu_seconds,
    "memory of index, GiB": lambda one: one.made.peak_gb,
    "SQLite, MB": lambda one: one.made.disk["sqlite"] / 1e6,
    "word index, MB": lambda one: one.made.disk["words"] / 1e6,
    "Chroma, MB": lambda one: one.made.disk["chroma"] / 1e6,
    "search, p50, ms": lambda one: one.searched.warm["p50"],
    "search, p95, ms": lambda one: one.searched.warm["p95"],
    "search, p99, ms": lambda one: one.searched.warm["p99"],
    "processor, p50, ms": lambda one: one.searched.cpu["p50"],
    "processor, p95, ms": lambda one: one.searched.cpu["p95"],
    "cold, p50, ms": lambda one: one.searched.cold["p50"],
    "cold, p95, ms": lambda one: one.searched.cold["p95"],
    "cold, p99, ms": lambda one: one.searched.cold["p99"],
    "of it the question, ms": lambda one: one.searched.parts["question"],
    "of it the vectors, ms": lambda one: one.searched.parts["vectors"],
    "of it the words, ms": lambda one: one.searched.parts["words"],
    "recall@10": lambda one: one.searched.recall,
    "memory of search, GiB": lambda one: one.searched.peak_gb,
    "start to first search, s": lambda one: one.first_seconds,
}
NOT_FITTED = ("articles", "chunks", "recall@10")


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.scale", description=__doc__)
    parser.add_argument("--articles", type=int, nargs="*", default=[250, 500, 1000], metavar="N", help="250 500 1000")
    parser.add_argument("--chunks", type=int, nargs="*", default=[10_000, 100_000], metavar="N", help="10000 100000")
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="of the stories and of what is drawn (1)")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="leaves the archives there, and makes none again")
    parser.add_argument("--run", nargs=4, help=argparse.SUPPRESS)  # what a process of its own is told
    args = parser.parse_args(argv)
    if args.run:
        what, size, folder, sample = args.run
        print(json.dumps(asdict(_do(what, int(size), args.seed, Path(folder), Path(sample)))))
        return 0
    if not args.articles or min(args.articles + args.chunks) < 1:
        parser.error("--articles needs a size, from whose vectors the others are drawn; sizes are 1 or more")
    with tempfile.TemporaryDirectory(prefix="dateline-scale-") as folder:
        kept = (args.keep or Path(folder)) / f"seed-{args.seed}"
        sizes = measure(kept, sorted(args.articles), sorted(args.chunks), args.seed)
    for kind in ("embedded", "drawn"):
        some = [one for one in sizes if one.kind == kind]
        if some:
            print(f"{kind}\n{table(some)}\n")
    if args.json_out:
        rows = [{"kind": one.kind, **{name: tell(one) for name, tell in ROWS.items()}} for one in sizes]
        write_json(args.json_out, {"machine": machine(), "seed": args.seed, "sizes": rows})
    return 0


def measure(folder: Path, articles: Sequence[int], chunks: Sequence[int], seed: int) -> list[Sized]:
    embedded = {f"embedded-{size}": size for size in articles}
    drawn = {f"drawn-{size}": size for size in chunks}
    sample = folder / f"embedded-{articles[-1]}" / VECTORS
    found = []
    for name, size in (embedded | drawn).items():
        kind = name.partition("-")[0]
        made = _made(kind, size, seed, folder / name, sample)
        searched = Searched(**_in_own_process("search", size, seed, folder / name, sample))
        starts = [run("search", FIRST_QUESTION, "--home", str(folder / name / "home")) for _ in range(STARTS)]
        first = min(starts, key=lambda start: start.seconds)
        found.append(Sized(kind, made, searched, first.seconds, first.peak_gb))
    return found


def table(sizes: Sequence[Sized]) -> str:
    """A row for each figure, a column for each size, how it grows with the chunks, and the aim."""
    chunks = [one.made.chunks for one in sizes]
    lines = []
    for name, tell in ROWS.items():
        values = [tell(one) for one in sizes]
        growth = "" if name in NOT_FITTED or len(sizes) < 2 else f"n^{exponent(chunks, values):.2f}"
        cells = "".join(f"{_short(value):>12}" for value in values)
        lines.append(f"{name:26}{cells}{growth:>9}{AIMS.get(name, ''):>9}")
    return "\n".join(lines)


def _do(what: str, size: int, seed: int, folder: Path, sample: Path) -> Made | Searched:
    if what == "search":
        return search_home(folder, seed)
    if what == "embedded":
        return make_embedded(size, seed, folder)
    import numpy as np

    return make_drawn(size, seed, folder, np.load(sample))


def _made(kind: str, size: int, seed: int, folder: Path, sample: Path) -> Made:
    """As it was made now or before; one whose making was cut short is begun anew."""
    report = folder / MADE
    if not report.exists():
        shutil.rmtree(folder, ignore_errors=True)
        write_json(report, _in_own_process(kind, size, seed, folder, sample))
    return Made(**json.loads(report.read_text(encoding="utf-8")))


def _in_own_process(what: str, size: int, seed: int, folder: Path, sample: Path) -> dict[str, Any]:
    """Raises SystemExit if it fails; what it says goes to our stderr."""
    print(f"{what} {size} ...", file=sys.stderr, flush=True)
    words = ["--seed", str(seed), "--run", what, str(size), str(folder), str(sample)]
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "eval.scale", *words], stdout=subprocess.PIPE, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{what} {size} ended with status {done.returncode}; nothing was measured")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def _short(value: float) -> str:
    return f"{value:.0f}" if value >= 1000 or value == int(value) else f"{value:.3g}"


if __name__ == "__main__":
    os.environ.pop("DATELINE_CHROMA_URL", None)  # what is measured is a home that holds its vectors itself
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    sys.exit(main())
