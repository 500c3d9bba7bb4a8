"""One reader's conversations: begun, gone on with, listed, searched, renamed, deleted and brought back."""

from __future__ import annotations

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from rag.clock import utc_now
from rag.desk.database import DeskFile
from rag.desk.records import Cited, Conversation, Fault, Listed, Place, State, Thumb
from rag.desk.rows import EXCHANGES, to_kept
from rag.errors import DeskError
from rag.schema import Answer

LISTED = 200  # conversations in one list; older ones are found by searching
LONGEST_TITLE = 120  # characters; a list shows less
LONGEST_REASON = 2000
KEPT_DELETED = timedelta(days=7)  # how long a deletion can be taken back
_MARK = re.compile(r"\s?\[\d+\]")

Clock = Callable[[], datetime]


class Conversations:
    """Those of one owner, and no other's: a user's name, or None where nobody has to log in.

    Everything said of a conversation that is not here, is deleted or is another's raises DeskError alike.
    """

    def __init__(self, file: DeskFile, owner: str | None = None, clock: Clock = utc_now) -> None:
        self._file = file
        self._owner = owner
        self._clock = clock

    def begin(self, question: str, conversation: str | None = None) -> Place:
        """Keeps a question as it is asked, in a conversation or in a new one; its end is kept with `put`."""
        now, question = self._now(), storable(question)
        with self._file.writing() as db:
            if conversation is None:
                conversation = secrets.token_urlsafe(16)
                row = (conversation, self._owner, now, now)
                db.execute("insert into conversation (id, owner, created, changed) values (?, ?, ?, ?)", row)
            number = self._number(db, conversation)
            (last,) = db.execute("select max(position) from exchange where conversation = ?", (number,)).fetchone()
            exchange = db.execute(
                "insert into exchange (conversation, position, asked, state, question) values (?, ?, ?, 'asked', ?)",
                (number, (last or 0) + 1, now, question),
            ).lastrowid
            db.execute("insert into words (rowid, question, answer) values (?, ?, '')", (exchange, question))
            db.execute("update conversation set changed = ? where number = ?", (now, number))
        return Place(conversation, (last or 0) + 1)

    def put(
        self,
        place: Place,
        state: State,
        answer: Answer | None = None,
        cited: Sequence[Cited] = (),
        trouble: str | None = None,
        index_version: str | None = None,
    ) -> None:
        """Keeps what has come of a question so far, in the place of what was kept of it before."""
        values = (
            state,
            json.dumps(answer.to_json()) if answer else None,
            json.dumps([each.to_json() for each in cited]),
            trouble,
            index_version,
        )
        said = _MARK.sub("", answer.answer) if answer and not answer.abstained else ""
        with self._file.writing() as db:
            exchange = self._exchange(db, place, even_deleted=True)  # deleted while its answer was being made
            db.execute(
                "update exchange set state = ?, answer = ?, cited = ?, trouble = ?, index_version = ? where number = ?",
                (*values, exchange),
            )
            db.execute("update words set answer = ? where rowid = ?", (said, exchange))

    def get(self, conversation: str) -> Conversation | None:
        """The whole conversation, oldest question first."""
        found = self._file.rows(
            "select * from conversation where id = ? and owner is ? and deleted is null", conversation, self._owner
        )
        if not found:
            return None
        exchanges = tuple(map(to_kept, self._file.rows(EXCHANGES, found[0]["number"])))
        title = found[0]["title"] or one_line(exchanges[0].question)
        return Conversation(conversation, title, datetime.fromisoformat(found[0]["created"]), exchanges)

    def listed(self, search: str = "", most: int = LISTED) -> list[Listed]:
        """The newest first; with `search`, those whose title, questions or answers have all of its words."""
        excerpts = self._search(search)
        chosen = "" if excerpts is None else f"and c.number in ({', '.join(map(str, excerpts))})"
        rows = self._file.rows(
            "select c.number, c.id, c.changed, count(*) as questions,"
            " coalesce(c.title, (select question from exchange where conversation = c.number and position = 1)) title"
            " from conversation c join exchange e on e.conversation = c.number"
            f" where c.owner is ? and c.deleted is null {chosen}"
            " group by c.number order by c.changed desc, c.number desc limit ?",
            self._owner,
            most,
        )
        return [
            Listed(
                id=row["id"],
                title=one_line(row["title"]),
                questions=row["questions"],
                changed=datetime.fromisoformat(row["changed"]),
                excerpt=(excerpts or {}).get(row["number"], ""),
            )
            for row in rows
        ]

    def rename(self, conversation: str, title: str) -> None:
        """An empty title is the first question again."""
        title = one_line(title)
        with self._file.writing() as db:
            number = self._number(db, conversation)
            db.execute("update conversation set title = ? where number = ?", (title or None, number))
            db.execute("delete from titles where rowid = ?", (number,))
            db.execute("insert into titles (rowid, title) values (?, ?)", (number, title))

    def delete(self, conversation: str) -> None:
        """Takes it out of sight; `restore` brings it back until it is purged."""
        with self._file.writing() as db:
            number = self._number(db, conversation)
            db.execute("update conversation set deleted = ? where number = ?", (self._now(), number))

    def restore(self, conversation: str) -> None:
        with self._file.writing() as db:
            number = self._number(db, conversation, even_deleted=True)
            db.execute("update conversation set deleted = null where number = ?", (number,))

    def rate(self, place: Place, thumb: Thumb | None, fault: Fault | None = None, reason: str = "") -> None:
        """Keeps what the reader thinks of an answer, in the place of what they thought before; None takes it back."""
        with self._file.writing() as db:
            exchange = self._exchange(db, place)
            db.execute("delete from feedback where exchange = ?", (exchange,))
            if thumb:
                row = (exchange, thumb, fault, storable(reason).strip()[:LONGEST_REASON], self._now())
                db.execute("insert into feedback values (?, ?, ?, ?, ?)", row)

    def _search(self, search: str) -> dict[int, str] | None:
        """The numbers of conversations, whosever, in which the words stand, each with an excerpt; None: no words."""
        words = re.findall(r"\w+", search)
        if not words:
            return None
        match = " ".join(f'"{word}"*' for word in words)  # any may be half typed
        in_titles = self._file.rows("select rowid, '' from titles where titles match ?", match)
        in_words = self._file.rows(
            "select e.conversation, snippet(words, -1, '', '', '…', 16) from words"
            " join exchange e on e.number = words.rowid where words match ? order by words.rowid desc",
            match,
        )
        return {row[0]: row[1] for row in (*in_titles, *in_words)}

    def _number(self, db: sqlite3.Connection, conversation: str, *, even_deleted: bool = False) -> int:
        found = db.execute(
            "select number from conversation where id = ? and owner is ? and (? or deleted is null)",
            (conversation, self._owner, even_deleted),
        ).fetchone()
        if found is None:
            raise DeskError("this conversation is not here any more; it may have been deleted")
        return int(found[0])

    def _exchange(self, db: sqlite3.Connection, place: Place, *, even_deleted: bool = False) -> int:
        number = self._number(db, place.conversation, even_deleted=even_deleted)
        found = db.execute(
            "select number from exchange where conversation = ? and position = ?", (number, place.position)
        ).fetchone()
        if found is None:
            raise DeskError("this question is not here any more")
        return int(found[0])

    def _now(self) -> str:
        return self._clock().isoformat(timespec="microseconds")


def purge(file: DeskFile, before: datetime) -> int:
    """Deletes for good what was deleted before then, with its feedback; says how many conversations that were."""
    with file.writing() as db:
        stamp = before.isoformat(timespec="microseconds")
        return db.execute("delete from conversation where deleted < ?", (stamp,)).rowcount


def storable(text: str) -> str:
    """Without the lone surrogates that a browser may send and that SQLite does not take."""
    return text.encode("utf-8", "replace").decode("utf-8")


def one_line(text: str) -> str:
    line = " ".join(storable(text).split())
    return line if len(line) <= LONGEST_TITLE else f"{line[: LONGEST_TITLE - 1].rstrip()}…"
