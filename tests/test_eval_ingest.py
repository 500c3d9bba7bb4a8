from __future__ import annotations

import json
from pathlib import Path

import pytest

from eval.ingest import Ingest, stories, table, versions
from rag.errors import UsageError


def test_a_line_becomes_a_title_and_a_text(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("\n".join(json.dumps({"title": f"T{n}", "text": "One.\n\nTwo."}) for n in range(3)))
    assert stories(path, 2) == ["T0\n\nOne.\n\nTwo.\n", "T1\n\nOne.\n\nTwo.\n"]
    path.write_text('{"title": "T"}')
    with pytest.raises(UsageError, match="line 1: no title and text"):
        stories(path, None)


def test_versions_of_an_article_are_all_unlike() -> None:
    assert list(versions(["T\n\nOne.\n\nTwo."], 2)) == ["T\n\nOne.\n\nTwo.", "T 1\n\n1. Two.\n\n1. One."]


def test_the_table_tells_both_and_how_much_faster() -> None:
    ours = Ingest(10, 80, 4.0, 6.0, 1.0, 1000, 1000, 1.0)
    theirs = Ingest(10, 12, 8.0, 9.0, 1.0, 1000, 250, 1.25)
    lines = table({"dateline": ours, "starter": theirs}).splitlines()
    assert lines[0].split() == ["dateline", "starter"]
    told = {line[:20].strip(): line[20:].split() for line in lines[1:-2]}
    assert told["articles/s"] == ["2.50", "1.25"]
    assert told["chunks/s"] == ["20.0", "1.5"]
    assert told["text seen"] == ["100.0%", "25.0%"]
    assert told["peak memory, GiB"] == ["1.00", "1.25"]
    assert lines[-2:] == [
        "Dateline takes in 2.00 times the starter's articles a second,",
        "and 1.50 times as many a second of processor time.",
    ]
