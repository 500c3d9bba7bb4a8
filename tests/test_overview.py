from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from eval import overview
from eval.scale import ROWS

MACHINE = {"processor": "Abacus", "cores": 2}


def keep(folder: Path, file: str, found: dict[str, Any]) -> list[str]:
    (folder / file).write_text(json.dumps(found))
    assert overview.main(["--results", str(folder)]) == 0
    return (folder / overview.PAGE).read_text().splitlines()


def test_what_was_not_measured_is_said_with_its_command(tmp_path: Path) -> None:
    lines = overview.page(tmp_path).splitlines()
    assert [line for line in lines if line.startswith("## ")] == [f"## {part.title}" for part in overview.PARTS]
    assert sum(line.startswith("Not measured yet: `python -m eval.") for line in lines) == len(overview.PARTS) - 1


def test_other_programs_stand_side_by_side(tmp_path: Path) -> None:
    rows = [
        {"peer": "bm25", "right": True, "rightly_cited": True, "refused": False, "seconds": 0.25},
        {"peer": "bm25", "right": False, "rightly_cited": False, "refused": True, "seconds": 0.5},
        {"peer": "dateline", "right": True, "rightly_cited": True, "refused": False, "seconds": 6.0},
    ]
    found = {"about": {"machine": MACHINE}, "seconds_to_get_ready": {"bm25": 1.0, "dateline": 2.0}, "rows": rows}
    lines = keep(tmp_path, "peers.json", found)
    assert "| bm25 | 2 | 1 | 1 | 1 | 0.25 |" in lines
    assert "| dateline | 1 | 1 | 1 | 0 | 6.00 |" in lines
    assert "`python -m eval.peers`, Abacus, 2 cores" in lines


def test_claims_have_a_line_for_each_part_and_kind(tmp_path: Path) -> None:
    rows = [{"claims": "unseen all", "true": 10, "true_shown": 9, "false": 12, "false_shown": 2}]
    assert "| unseen all | 9 of 10 | 2 of 12 |" in keep(tmp_path, "claims.json", {"machine": MACHINE, "claims": rows})


def test_growth_has_a_column_a_size_and_the_aim(tmp_path: Path) -> None:
    sizes = [dict.fromkeys(ROWS, 1.5) | {"kind": kind, "chunks": n} for kind, n in (("embedded", 90), ("drawn", 9000))]
    lines = keep(tmp_path, "scale.json", {"machine": MACHINE, "sizes": sizes})
    assert "|  | 90 chunks, embedded | 9,000 chunks, drawn | aim |" in lines
    assert "| search, p95, ms | 1.5 | 1.5 | &lt;=50 |" in lines


def test_faults_that_ended_otherwise_stand_out(tmp_path: Path) -> None:
    faults = [{"fault": "disk full", "ok": True}, {"fault": "power cut", "ok": False}]
    lines = keep(tmp_path, "faults.json", {"machine": MACHINE, "faults": faults})
    assert "| disk full | yes |" in lines
    assert "| power cut | **no** |" in lines


def test_the_steps_that_carry_most_come_first(tmp_path: Path) -> None:
    def line(step: str, right: float) -> dict[str, Any]:
        return {"step": step, "answers_right": right, "refusals_right": 1.0, "wrong": 1, "recall@1": 0.5, "changed": 2}

    lines = [line("(everything on)", 0.9), *(line(f"step {n}", 0.1 + n / 20) for n in range(14, -1, -1))]
    page = keep(tmp_path, "ablation.json", {"q.jsonl": {"questions": 40, "lines": lines}})
    shown = [row.split(" | ")[0][2:] for row in page if row.startswith(("| step", "| (every"))]
    assert shown == ["(everything on)", *(f"step {n}" for n in range(overview.STEPS))]


def test_the_kinds_that_fare_worst_come_first() -> None:
    def kind(right: float | None, refused: float | None) -> dict[str, Any]:
        return {"questions": 3, "answers_right": right, "refusals_right": refused, "seconds_median": 4.0}

    found = {
        "about": {"corpus": {"articles": 5}, "model": "m", "date": "2021-06-03"},
        "questions": 9,
        "summary": {"answers_right": 0.5},
        "intervals": {"answers_right": [0.25, 0.75]},
        "kinds": {"who": kind(1.0, None), "far": kind(None, 1 / 3), "where": kind(0.5, None)},
    }
    lines = overview.answers(found)
    assert "| Answered right | 50 % | 25\N{EN DASH}75 % |" in lines
    assert lines[-3:] == [
        "| far | 3 | \N{EN DASH} | 33 % | 4 |",
        "| where | 3 | 50 % | \N{EN DASH} | 4 |",
        "| who | 3 | 100 % | \N{EN DASH} | 4 |",
    ]
