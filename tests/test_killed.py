"""A run may be killed at any moment: the next one leaves what an undisturbed run would have left."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rag.index.vectors import Vectors
from tests.killing import KILLS

ROOT = Path(__file__).parent.parent
TABLES = {
    "article": "select * from article order by id",
    "sentence": "select * from sentence order by article_id, start",
    "chunk": "select id, article_id, start, end, hash from chunk order by id",
    "words": "select chunk.id, title, body from words left join chunk on number = words.rowid order by chunk.id",
    "origin": "select * from origin order by article_id",
}


def held(home: Path) -> dict[str, object]:
    """All that a home holds, but for the order of its rows, the times of its files and when an article went in.

    Chroma scales what it is given to length 1 and back, which may change the last bit of a number.
    """
    with closing(sqlite3.connect(home / "archive.sqlite")) as db:
        with closing(db.execute("select * from article limit 0")) as none:
            at = [column[0] for column in none.description].index("added")
        found: dict[str, object] = {table: db.execute(sql).fetchall() for table, sql in TABLES.items()}
        found["article"] = [row[:at] + row[at + 1 :] for row in found["article"]]  # type: ignore[attr-defined]
    vectors = Vectors(home / "chroma")
    found["vectors"] = vectors.get(sorted(vectors.ids()))
    vectors.close()
    return found


def test_twenty_kills_leave_what_an_undisturbed_run_leaves(tmp_path: Path) -> None:
    seed = "7"
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.killing", str(tmp_path), seed],
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.stdout.split() == [str(KILLS), "0"], done.stderr
    killed, undisturbed = held(tmp_path / "home"), held(tmp_path / "undisturbed")
    assert len(undisturbed["article"]) >= 8  # type: ignore[arg-type]
    for table, rows in undisturbed.items():
        if table != "vectors":
            assert killed[table] == rows, table
    vectors, expected = killed["vectors"], undisturbed["vectors"]
    assert vectors == {key: pytest.approx(vector, rel=1e-5) for key, vector in expected.items()}  # type: ignore[attr-defined]
