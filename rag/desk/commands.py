"""What the commands have to do with the desk: answers written to files, feedback, saved settings, users."""

from __future__ import annotations

import argparse
import getpass
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rag import terminal
from rag.config import Settings
from rag.errors import DatelineError, UsageError
from rag.schema import Answer

if TYPE_CHECKING:
    from rag.desk.records import Rated
    from rag.desk.users import Users
    from rag.index.archive import Archive

USERS = "users"  # in the home, unless another file is named
QUESTION_COLUMNS = 44


def feedback(args: argparse.Namespace, settings: Settings) -> int:
    from rag.desk.feedback import question_rows

    if args.output and args.action != "export":
        raise UsageError("--output goes with export")
    with all_rated(settings) as rated:
        if args.action == "list":
            return _list(list(rated), settings, as_json=args.json)
        rows = list(question_rows(rated))
    if not rows:
        raise DatelineError(f"there is no feedback in {settings.home} yet; it is given on the page")
    if args.output:
        lines = (terminal.json_line(row, "utf-8") for row in rows)
        args.output.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        print(f"{len(rows)} questions; `dateline eval --questions {args.output} --home {settings.home}` asks them")
    else:
        for row in rows:
            terminal.print_json(row)
    return 0


def check_export(args: argparse.Namespace) -> None:
    """Before a model is loaded for it. Raises UsageError if the answer could not be written there."""
    from rag.desk.pack_file import check_suffix

    if args.batch:
        raise UsageError("--export is for one question, not for --batch")
    check_suffix(args.export.suffix)
    if not args.export.absolute().parent.is_dir():
        raise UsageError(f"{args.export}: the folder is not there; make it first")


def export(answer: Answer, archive: Archive, path: Path) -> None:
    from rag.clock import utc_now
    from rag.desk.index_version import index_version
    from rag.desk.pack import pack_answer
    from rag.desk.pack_file import write

    write(pack_answer(answer, archive.articles_of(answer.evidence), index_version(archive.store), utc_now()), path)
    print(f"written to {path}", file=sys.stderr)


def chosen(settings: Settings) -> tuple[Settings, int]:
    """With what was saved in the home, and how many passages to look at; says on stderr if an endpoint reads."""
    from rag.desk.settings_file import load, with_saved
    from rag.pipeline import EVIDENCE

    saved = load(settings.home)
    with_them = with_saved(settings, saved)
    if with_them.llm_url and not settings.llm_url:
        print(f"dateline: read at {with_them.llm_url}, as saved in {settings.home}", file=sys.stderr)
    return with_them, saved.passages or EVIDENCE


def let_in(args: argparse.Namespace) -> Users | None:
    """Those who may open the page; None is whoever can reach it. Raises UsageError if that could be anyone."""
    from rag.desk.users import Users, check_host

    users = Users(args.auth) if args.auth else None
    check_host(args.host, has_users=users is not None, insecure=args.insecure)
    return users


def add_user(name: str, path: Path) -> int:
    """Asks for the password, twice on a terminal; else it is the first line of the input."""
    from rag.desk import users

    password = _typed(name) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    new = users.add_user(path, name, password)
    print(f"{name} {'can log in now' if new else 'has a new password'}: `dateline chat --auth {path}`")
    return 0


@contextmanager
def all_rated(settings: Settings) -> Iterator[Iterator[Rated]]:
    """Of a home without a desk, none: looking does not make one."""
    from rag.desk.database import NAME, DeskFile
    from rag.desk.feedback import rated

    if not (settings.home / NAME).exists():
        yield iter(())
        return
    with closing(DeskFile(settings.home)) as file:
        yield rated(file)


def _list(found: list[Rated], settings: Settings, *, as_json: bool) -> int:
    if as_json:
        for each in found:
            terminal.print_json(each.to_json())
    elif found:
        rows: list[tuple[str, ...]] = [("WHEN", "WHO", "", "QUESTION", "ANSWER", "REASON")]
        for each in found:
            said = each.kept.answer.answer if each.kept.answer else ""
            why = ": ".join(filter(None, ((each.feedback.fault or "").replace("_", " "), each.feedback.reason)))
            cells = (each.kept.question, said)
            clipped = (terminal.clipped(cell, QUESTION_COLUMNS) for cell in cells)
            day, who = f"{each.feedback.given:%Y-%m-%d}", terminal.one_line(each.owner or "-")
            rows.append((day, who, each.feedback.thumb, *clipped, why))
        print(terminal.table(rows))
    else:
        print(
            f"dateline: no feedback in {settings.home} yet; it is given on the page, under an answer", file=sys.stderr
        )
    return 0


def _typed(name: str) -> str:
    password = getpass.getpass(f"Password for {name}: ")
    if getpass.getpass("Once more: ") != password:
        raise UsageError("the two were not the same; nothing was changed")
    return password
