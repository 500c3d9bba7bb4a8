from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from rag.ingest import workers
from rag.ingest.intake import Failed, Finished, Same, Taken, Task, take_in
from rag.ingest.workers import take_in_all

STORY = "Storm closes Norwick airport\n\nA storm closed the airport of Norwick for a day, the fire brigade said.\n"


@pytest.fixture
def tasks(tmp_path: Path) -> list[Task]:
    for number in range(5):
        (tmp_path / f"{number}.txt").write_text(STORY.replace("Norwick", f"Norwick{'abcde'[number]}"))
    (tmp_path / "empty.txt").write_text("")
    for path in tmp_path.iterdir():
        os.utime(path, (1e9, 1e9))  # long ago: what is made of files that may still be written depends on the clock
    return [Task(path) for path in sorted(tmp_path.iterdir())]


def test_processes_make_ready_what_would_be_made_ready_here(tasks: list[Task]) -> None:
    here = {outcome for outcome in take_in_all(tasks, 0) if not isinstance(outcome, Taken)}
    stories = {outcome.article.text for outcome in take_in_all(tasks, 0) if isinstance(outcome, Taken)}
    there = list(take_in_all(tasks, 2))
    assert {outcome for outcome in there if not isinstance(outcome, Taken)} == here
    assert {outcome.article.text for outcome in there if isinstance(outcome, Taken)} == stories
    assert len(there) == 5 + 1 + 6  # articles, the empty file, and the last word on each file


def test_a_process_that_a_file_brings_down_is_followed_by_another(
    tasks: list[Task], monkeypatch: pytest.MonkeyPatch
) -> None:
    falls = "import rag.ingest.intake as i, rag.ingest.workers as w; w.take_in = lambda t: {falls}; w.serve()"
    after = "i.take_in(t) if t.source.name != '2.txt' else 1 / 0"
    start = "import sys; sys.path[:] = {path!r}; " + falls.format(falls=after)
    monkeypatch.setattr(workers, "START", start)
    outcomes = list(take_in_all(tasks, 1))
    (failed,) = [o for o in outcomes if isinstance(o, Failed) and o.path.endswith("2.txt")]
    assert failed.reason.startswith(f"{tasks[2].source}: reading it failed (ZeroDivisionError: division by zero)")
    assert sum(isinstance(outcome, Taken) for outcome in outcomes) == 4
    assert sum(isinstance(outcome, Finished) for outcome in outcomes) == 6


def test_who_asks_no_further_leaves_no_process(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[subprocess.Popen[bytes]] = []
    start = workers._Reader._start

    def watched(reader: workers._Reader) -> subprocess.Popen[bytes]:
        started.append(start(reader))
        return started[-1]

    monkeypatch.setattr(workers._Reader, "_start", watched)
    outcomes = take_in_all(tasks, 1)
    next(outcomes)
    outcomes.close()
    assert [process.poll() is not None for process in started] == [True]


def test_little_is_read_here_and_much_elsewhere(tasks: list[Task], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers._Reader, "take_in", lambda reader, task: iter([Finished("x")]))
    monkeypatch.setattr(workers, "take_in", lambda task: iter([Finished("here")]))
    assert {outcome.file for outcome in take_in_all(tasks)} == {"here"}  # type: ignore[union-attr]
    monkeypatch.setattr(workers, "WORTH_IT", 100)
    assert {outcome.file for outcome in take_in_all(tasks)} == {"x"}  # type: ignore[union-attr]


def test_what_is_known_is_the_same(tasks: list[Task]) -> None:
    taken, finished = take_in(tasks[0])
    assert isinstance(taken, Taken)
    known = {taken.article.path: taken.article.content_hash}
    same, _ = take_in(Task(tasks[0].source, None, known))
    assert same == Same(taken.file, taken.article.path, taken.size)
    assert isinstance(finished, Finished)
