"""HOME/desk.sqlite: its connection, its short transactions, its tables brought up to date."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rag.errors import HomeError

NAME = "desk.sqlite"
BUSY_S = 30.0  # how long another's transaction is waited for; ours take milliseconds
PRIVATE = 0o600  # what somebody asked is for nobody else on the machine

# The tables, one script a version: a file of version n has had the first n. Scripts are only ever added.
SCRIPTS = (
    """
create table conversation (
    number integer primary key, id text not null unique, owner text, title text,
    created text not null, changed text not null, deleted text);
create index conversation_owner on conversation (owner, changed);
create table exchange (
    number integer primary key,
    conversation integer not null references conversation (number) on delete cascade,
    position integer not null, asked text not null, state text not null, question text not null,
    answer text, cited text not null default '[]', trouble text, index_version text,
    unique (conversation, position));
create table feedback (
    exchange integer primary key references exchange (number) on delete cascade,
    thumb text not null, fault text, reason text not null, given text not null);
create virtual table words using fts5 (question, answer, tokenize = 'unicode61 remove_diacritics 2');
create virtual table titles using fts5 (title, tokenize = 'unicode61 remove_diacritics 2');
create trigger exchange_gone after delete on exchange begin delete from words where rowid = old.number; end;
create trigger conversation_gone after delete on conversation begin delete from titles where rowid = old.number; end;
""",
)


class DeskFile:
    """One connection for all threads of a process; what they do goes one after the other.

    Other processes may have connections of their own: readers never wait, and writers wait for each other.
    Raises HomeError if the file cannot be opened, is damaged, or was made by a later program.
    """

    def __init__(self, home: Path) -> None:
        self.path = home / NAME
        self._lock = threading.RLock()
        with self._errors_told():
            home.mkdir(parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, PRIVATE))  # its -wal and -shm get its mode
            self._db = sqlite3.connect(self.path, timeout=BUSY_S, check_same_thread=False, isolation_level=None)
        self._db.row_factory = sqlite3.Row
        try:
            with self._errors_told():
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma synchronous = normal")  # a power cut may take the last moment
                self._db.execute("pragma foreign_keys = on")
                self._db.execute("pragma secure_delete = on")  # what is purged is overwritten
            self._bring_up_to_date()
        except HomeError:
            self._db.close()
            raise

    def close(self) -> None:
        with self._lock:
            self._db.close()

    def rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._lock, self._errors_told():
            return self._db.execute(sql, values).fetchall()

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction, which holds the file from its beginning: what is read in it is true when it writes."""
        with self._lock, self._errors_told():
            self._db.execute("begin immediate")
            try:
                yield self._db
                self._db.execute("commit")
            except BaseException:  # a stopped answer too must not leave the file locked
                with suppress(sqlite3.OperationalError):  # SQLite has rolled back by itself
                    self._db.execute("rollback")
                raise

    def _bring_up_to_date(self) -> None:
        with self.writing() as db:
            made_with = int(db.execute("pragma user_version").fetchone()[0])
            if made_with > len(SCRIPTS):
                raise HomeError(f"{self.path}: made by a later version of Dateline; bring this program up to date")
            for script in SCRIPTS[made_with:]:
                for statement in _statements(script):
                    db.execute(statement)
            db.execute(f"pragma user_version = {len(SCRIPTS)}")

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            raise HomeError(f"{self.path}: cannot be opened ({error.strerror or error})") from error
        except sqlite3.OperationalError as error:
            raise HomeError(f"{self.path}: {error}; is the disk full, the folder read-only?") from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # its other kinds are mistakes of the program
                raise
            raise HomeError(
                f"{self.path}: is damaged ({error}); move it away, and new conversations go into a new one"
            ) from error


def _statements(script: str) -> Iterator[str]:
    """The statements of a script one by one, for `executescript` would end the transaction."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
