"""`dateline eval make`: questions of one's own archive are proposed, and a person says which are to be asked.

What is taken is saved at once, in a file for `dateline eval --questions`; a second run proposes what is not in it yet.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from eval.propose import proposals
from rag import terminal
from rag.config import Settings
from rag.errors import DatelineError, UsageError
from rag.words import content_words, fold

OUT = Path("questions.jsonl")
CHOICES = "[y] take it, [e] edit it, [n] leave it, [q] stop: "
BETWEEN = " | "  # spellings of one answer, as they are shown and typed

Row = dict[str, Any]
Read = Callable[[str], str]
"""Shows a line and gives what is typed. Raises EOFError where nobody types any more."""


def main(args: argparse.Namespace, settings: Settings) -> int:
    """Raises UsageError without a terminal to ask in, unless everything is to be taken."""
    from rag.desk.commands import all_rated
    from rag.desk.feedback import question_rows
    from rag.pipeline import open_archive

    out = args.out or OUT
    if not args.yes and not sys.stdin.isatty():
        raise UsageError("there is no terminal to ask you in; --yes takes every question that is proposed")
    known = taken_before(out)
    with open_archive(settings) as archive:
        articles = [archive.article(article.id) for article in archive.store.articles()]

        def holds(word: str) -> bool:
            return bool(archive.store.bm25([fold(one) for one in content_words(word)], 1))

        with all_rated(settings) as rated:
            rows = [*question_rows(rated), *(one.row() for one in proposals(articles, holds))]
    new = list(islice(unknown(rows, known), args.limit))
    if not new:
        raise DatelineError(f"nothing new is to be asked of {settings.home}; index more articles")
    taken = 0
    for row in new if args.yes else chosen(new, input):
        append(out, row)
        taken += 1
    print(f"{taken} of {len(new)} questions taken into {out}; ", end="")
    print(f"`dateline eval --questions {out} --home {settings.home}` asks them")
    return 0


def taken_before(path: Path) -> list[Row]:
    """The questions that the file has already. Raises UsageError if it holds something else."""
    if not path.exists():
        return []
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8-sig").splitlines() if line.strip()]
        _ = [(row["id"], row["question"]) for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"{path}: holds no questions ({error!r}); name another file with --out") from error
    return rows


def unknown(rows: Iterable[Row], known: Sequence[Row]) -> Iterator[Row]:
    """Those that are not known, neither by their ids nor by their words; none twice."""
    ids, asked = {row["id"] for row in known}, {fold(row["question"]) for row in known}
    for row in rows:
        if row["id"] not in ids and fold(row["question"]) not in asked:
            ids.add(row["id"])
            asked.add(fold(row["question"]))
            yield row


def chosen(rows: Sequence[Row], read: Read) -> Iterator[Row]:
    """Shows each, and gives those that are taken, as they were edited, at once; until all are seen or it is stopped."""
    for number, row in enumerate(rows, 1):
        print(f"\n{number} of {len(rows)}\n{shown(row)}")
        try:
            choice = _choice(read)
            if choice == "e":
                row = edited(row, read)
            if choice == "q":
                return
        except EOFError:
            print()
            return
        if choice in ("y", "e"):
            yield row


def shown(row: Mapping[str, Any]) -> str:
    """The question, what is right, and the sentence that it is made of."""
    right = "; ".join(BETWEEN.join(spellings) for spellings in row["answers"])
    wrong = f", but not {BETWEEN.join(row['forbidden'])}" if row["forbidden"] else ""
    lines = [f"  {row['question']}", f"  right: {right or _without_answers(row)}{wrong}"]
    lines += [f"  {proof['file']}: “{proof['quote']}”" for proof in row["support"]]
    return "\n".join(terminal.paragraph(line.strip(), "  ", "    ") for line in lines)


def edited(row: Row, read: Read) -> Row:
    """Asks for the question and for each answer; an empty line keeps what is there."""
    question = read(f"Question [{terminal.one_line(row['question'])}]: ").strip() or row["question"]
    answers = []
    for spellings in row["answers"]:
        typed = read(f"Answer, its spellings with {BETWEEN.strip()} between [{BETWEEN.join(spellings)}]: ")
        answers.append([one.strip() for one in typed.split(BETWEEN.strip()) if one.strip()] or spellings)
    return row | {"question": question, "answers": answers}


def append(path: Path, row: Mapping[str, Any]) -> None:
    """Adds one line; a file that does not end with one is given its end first."""
    path.parent.mkdir(parents=True, exist_ok=True)
    ended = not path.exists() or path.read_bytes()[-1:] in (b"", b"\n")
    with path.open("a", encoding="utf-8") as file:
        file.write(f"{'' if ended else chr(10)}{terminal.json_line(row, 'utf-8')}\n")


def _choice(read: Read) -> str:
    """Asks until it is one of them; Enter takes it."""
    while True:
        typed = read(CHOICES).strip().casefold()[:1] or "y"
        if typed in "yenq":
            return typed


def _without_answers(row: Mapping[str, Any]) -> str:
    return "a refusal, for the articles do not say it" if row["expect"] == "refuse" else "any answer"
