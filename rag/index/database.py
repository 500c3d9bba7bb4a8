"""One SQLite file: its connection, its transactions, its tables brought up to date, its errors told for people."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, TypeVar

from rag.errors import HomeError

BUSY_S = 30.0  # how long another's transaction is waited for; one batch of articles takes well under a second
AT_ONCE = 500  # values in one statement; SQLite before 3.32 takes no more than 999
CACHE_KIB = 64 * 1024
"""Of pages read, at most. SQLite's own 2 MB is less than the lists of a few words among 100,000 chunks: with 64 BM25
takes 8.4 ms of processor time there for 11.7; mapping the file into memory instead takes 8.6."""
VERSION = 4
"""Of the tables. A home of an earlier version is brought up to this one when it is opened: columns that it lacks
are added. What they hold of articles that are there is empty."""
READ_ANEW = 2
"""The articles of homes before this version are read anew from their files by the next `dateline index`."""

T = TypeVar("T")


class Database:
    """One connection to one home. Readers and the one writer do not block each other (WAL)."""

    def __init__(self, path: Path, schema: str) -> None:
        self.path = path
        with self._errors_told():
            self._db = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)
        try:
            with self._errors_told():
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma foreign_keys = on")
                self._db.execute(f"pragma cache_size = -{CACHE_KIB}")
                self._bring_up_to_date(schema)
        except HomeError:
            self._db.close()
            raise

    def close(self) -> None:
        self._db.close()

    def get_meta(self) -> dict[str, str]:
        return {row["key"]: row["value"] for row in self._rows("select key, value from meta")}

    def set_meta(self, values: Mapping[str, str]) -> None:
        with self._transaction():
            self._put_meta(values)

    def version(self) -> int:
        """A number that changes when another process has written."""
        return int(self._rows("pragma data_version")[0]["data_version"])

    def state(self) -> tuple[int, int]:
        """Changes whenever anything may have been written, by this process or by another."""
        return self.version(), self._db.total_changes

    def damage(self) -> str | None:
        """What SQLite finds wrong with its file, in its own words."""
        found = [row[0] for row in self._rows("pragma integrity_check (1)")]
        return None if found == ["ok"] else " ".join(found[0].split())

    def _put_meta(self, values: Mapping[str, str]) -> None:
        self._db.executemany("insert or replace into meta values (?, ?)", values.items())

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        with self._errors_told():
            cursor = self._db.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors_told(), self._db:
            yield

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise HomeError(
                f"{self.path}: {error}; is another program using it, the disk full, the folder read-only?"
            ) from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # its other kinds are mistakes of the program
                raise
            raise damaged(self.path, str(error)) from error

    def _bring_up_to_date(self, schema: str) -> None:
        """Raises HomeError if a later program made this home."""
        made_with = int(self._db.execute("pragma user_version").fetchone()[0])
        if made_with == VERSION:
            return
        if made_with > VERSION:
            raise HomeError(f"{self.path}: made by a later version of Dateline; bring this program up to date")
        self._db.execute("begin immediate")
        try:
            wanted = _columns(schema)
            for table, columns in wanted.items():
                there = {row[1] for row in self._db.execute(f"pragma table_info ({table})")}
                for name, declared in columns.items() if there else ():
                    if name not in there:
                        self._db.execute(f"alter table {table} add column {name} {declared}")
                if table == "article" and there and made_with < READ_ANEW:
                    self._db.execute("update article set content_hash = ''")
            for statement in _statements(schema):
                self._db.execute(statement)
            self._db.execute(f"pragma user_version = {VERSION}")
            self._db.commit()
        except sqlite3.Error:
            self._db.rollback()
            raise


def damaged(path: Path, how: str) -> HomeError:
    """What else the home holds, conversations and uploads, is in other files and is to stay."""
    return HomeError(
        f"{path}: is damaged ({how}); delete this one file, then run `dateline index` on your articles again"
    )


def batches(values: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Runs of at most `size` of them, in order."""
    return (values[at : at + size] for at in range(0, len(values), size))


def marks(values: Sequence[object]) -> str:
    """As many question marks, for the values of a statement."""
    return ", ".join("?" * len(values))


def _columns(schema: str) -> dict[str, dict[str, str]]:
    """The columns of each plain table of a schema, each with its type and default as `alter table` wants them.

    One that may not be null and has no default cannot be added to rows that are there; it is given ''.
    """
    with closing(sqlite3.connect(":memory:")) as empty:
        empty.executescript(schema)
        tables = [
            row[0]
            for row in empty.execute("select name from sqlite_master where type = 'table' and sql not like '%virtual%'")
        ]
        return {
            table: {
                name: kind + (f" not null default {default or repr('')}" if required else "")
                for _, name, kind, required, default, _ in empty.execute(f"pragma table_info ({table})")
            }
            for table in tables
            if not table.startswith(("words_", "sqlite_"))
        }


def _statements(schema: str) -> Iterator[str]:
    """The statements of a script one by one, for `executescript` would end the transaction."""
    statement = ""
    for line in schema.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
