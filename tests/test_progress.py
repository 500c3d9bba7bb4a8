from __future__ import annotations

import pytest

from rag.progress import LINE_EVERY_S, articles


def test_away_from_a_terminal_a_line_tells_pace_and_time_left(capsys: pytest.CaptureFixture[str]) -> None:
    now = [0.0]
    with articles("indexing", lambda: now[0]) as show:
        for seconds, done, share in ((1, 9, 0.1), (LINE_EVERY_S, 100, 0.25), (12, 120, 0.3), (3600, 1240, 0.5)):
            now[0] = seconds
            show(done, share)
    assert capsys.readouterr().err.splitlines() == [
        "indexing: 25%, 100 articles, 10.0 articles/s, 0:30 left",
        "indexing: 50%, 1,240 articles, 0.3 articles/s, 1:00:00 left",
    ]


def test_short_work_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    with articles("indexing") as show:
        show(5, 1.0)
    assert capsys.readouterr().err == ""
