"""A run may be killed at any moment: the next one leaves what an undisturbed run would have left."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from eval.kills import differences, held

ROOT = Path(__file__).parent.parent
KILLS = 20


def test_twenty_kills_leave_what_an_undisturbed_run_leaves(tmp_path: Path) -> None:
    seed = "7"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "eval.kills", str(tmp_path), seed, str(KILLS)],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == [str(KILLS), "0"], done.stderr
    assert len(held(tmp_path / "undisturbed")["article"]) >= 8


def test_what_two_homes_do_not_hold_alike_is_named() -> None:
    home = {table: [("a", 1)] for table in ("article", "sentence", "chunk", "words", "origin")}
    one = home | {"vectors": {"a:0": [1.0, 0.0]}}
    assert differences(one, home | {"vectors": {"a:0": [1.000001, 0.0]}}) == []
    assert differences(one, home | {"vectors": {"a:0": [0.9, 0.0]}}) == ["vectors"]
    assert differences(one, home | {"vectors": {}}) == ["vectors"]
    assert differences(one, one | {"words": [("a", 2)], "article": []}) == ["article", "words"]
