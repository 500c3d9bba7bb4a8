"""Many people at one page at once: `python -m eval.load --people 50 --seconds 120`.

The real page with users, the real models, everybody logged in, each with an article and questions of their own, over
the page's typed API on loopback. Everybody thinks, then searches, and now and then asks. Held against it: that nobody
gets what another asked for, and that nobody's question is lost: each ends in its answer, or is told at once that too
many are waiting. Seconds belong to the machine and to what else runs on it, so that is told beside them.
"""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from eval.load_people import Call, Person, log_in, people, visit
from eval.load_server import Server, others_share, serve
from eval.metrics import percentile
from eval.results import machine, write_json

AIM_S = 0.3  # the 95th percentile of searching, while somebody else's question is being read


def main(argv: Sequence[str] | None = None) -> int:
    """1 when somebody got another's answer, or none."""
    parser = argparse.ArgumentParser(prog="python -m eval.load", description=__doc__)
    parser.add_argument("--people", type=int, default=50, metavar="N")
    parser.add_argument("--seconds", type=float, default=120.0, metavar="S", help="how long they go on")
    parser.add_argument("--think", type=float, default=5.0, metavar="S", help="between two calls of one person (5)")
    parser.add_argument("--asks", type=float, default=0.04, metavar="SHARE", help="of the calls that ask (0.04)")
    parser.add_argument("--model", metavar="NAME|FILE.gguf", help="another model than the default one")
    parser.add_argument("--json", dest="json_out", type=Path, metavar="OUT")
    args = parser.parse_args(argv)
    password = secrets.token_urlsafe(12)
    with tempfile.TemporaryDirectory(prefix="dateline-load-") as folder:
        crowd = people(args.people)
        with serve(Path(folder), crowd, password, args.model) as server:
            calls, load = asyncio.run(measured(server, crowd, password, args.seconds, args.think, args.asks))
    figures = {kind: figures_of([call for call in calls if call.kind == kind]) for kind in ("search", "ask")}
    print(table(figures, args.people, load))
    if args.json_out:
        about = {"machine": machine(), "people": args.people, "seconds": args.seconds, "think": args.think, **load}
        write_json(args.json_out, {**about, **figures, "troubles": troubles(calls)})
    for trouble in troubles(calls):
        print(f"NOT SO  {trouble}")
    return 1 if troubles(calls) else 0


async def measured(
    server: Server, crowd: Sequence[Person], password: str, seconds: float, think: float, asks: float
) -> tuple[list[Call], dict[str, Any]]:
    """All calls of all people, and how busy others kept the machine meanwhile."""
    clients = [await log_in(server.address, person, password) for person in crowd]
    print(f"{len(crowd)} people are logged in", file=sys.stderr, flush=True)
    before = server.times()
    visits = [visit(client, one, seconds, think, asks) for client, one in zip(clients, crowd, strict=True)]
    calls = [call for made in await asyncio.gather(*visits) for call in made]
    load = others_share(before, server.times())
    for client in clients:
        await client.aclose()
    return calls, load


def figures_of(calls: Sequence[Call]) -> dict[str, Any]:
    """Counts by how the calls ended, and seconds from call to answer. `overtaken`: answered calls that another one
    answered, which came more than a moment later, was before."""
    answered = [call for call in calls if call.end == "answered"]
    seconds = [call.seconds for call in answered]
    return {
        "calls": len(calls),
        **{end: sum(call.end == end for call in calls) for end in ("answered", "busy", "another's", "lost")},
        "overtaken": overtaken(answered),
        **{f"p{p}": percentile(seconds, p) for p in (50, 95, 99)},
        "longest": max(seconds, default=float("nan")),
    }


def overtaken(calls: Sequence[Call], moment: float = 1.0) -> int:
    """How many ended after one that had begun more than a moment after them."""
    ends = [(call.began, call.began + call.seconds) for call in calls]
    return sum(any(began > mine + moment and end < ended for began, end in ends) for mine, ended in ends)


def troubles(calls: Sequence[Call]) -> list[str]:
    return [f"{call.kind} {call.question!r}: {call.end}: {call.said}" for call in calls if call.wrong]


def table(figures: dict[str, dict[str, Any]], people: int, load: dict[str, Any]) -> str:
    lines = [f"{people} people at once{'':16}" + "".join(f"{kind:>10}" for kind in figures)]
    for name in next(iter(figures.values())):
        cells = (row[name] for row in figures.values())
        lines.append(
            f"{name:36}" + "".join(f"{cell:>10}" if isinstance(cell, int) else f"{cell:>10.2f}" for cell in cells)
        )
    aim = "holds" if figures["search"]["p95"] < AIM_S else "does not hold"
    lines.append(
        f"search p95 below {AIM_S} s {aim}; {load['others_cpu']:.0%} of the processor was with other programs,"
    )
    lines.append(f"{load['page_cpu']:.0%} with the page; load average {load['load_average']:.1f}")
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
