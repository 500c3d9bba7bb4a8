from __future__ import annotations

from eval.fault_ground import Outcome, Ran, Seen
from eval.faults import table

LINE = "dateline: /home/archive.sqlite: is damaged"


def ran(status: int = 1, err: str = LINE, out: str = "") -> Ran:
    return Ran(status, out, err, 0.1)


def test_an_error_told_as_it_should_is_one_line_with_status_1() -> None:
    assert ran().one_line
    assert ran(err=f"indexing: 10%, 3 articles\n{LINE}\n").one_line  # progress is no error
    assert not ran(status=0).one_line
    assert not ran(status=-11, err="").one_line
    assert not ran(err=f"{LINE}\n{LINE}").one_line
    assert not ran(err="Traceback (most recent call last):").one_line


def test_what_is_seen_says_what_was_not_so() -> None:
    seen = Seen()
    seen.refused(ran(), "doctor", "archive.sqlite")
    assert seen.ok
    seen.refused(ran(), "doctor", "chroma")
    assert not seen.ok
    seen.done(ran(status=0, err="", out="a\nadded 3\n"), "index")
    assert seen.words == [
        f"doctor: status 1, “{LINE}”",
        f"NOT SO: doctor: status 1, “{LINE}”",
        "index: status 0, added 3",
    ]
    assert not seen.ok


def test_a_command_that_was_to_be_done_and_complained_was_not() -> None:
    seen = Seen()
    seen.done(ran(status=0), "search")
    assert not seen.ok


def test_the_table_is_markdown_whatever_was_said() -> None:
    rows = table([Outcome("a | b", "c", ("d", "e\nf"), True), Outcome("g", "h", ("i",), None)]).splitlines()
    assert rows[2:] == ["| a \\| b | c | d; e f | yes |", "| g | h | i | not tried |"]
