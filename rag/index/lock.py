"""The lock of the one process that may change a home."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rag.errors import HomeError


@contextmanager
def writing(home: Path) -> Iterator[None]:
    """Holds the home's write lock. Raises HomeError naming the process that has it."""
    from filelock import FileLock, Timeout

    owner = home / "writer.pid"
    lock = FileLock(home / "writer.lock")
    try:
        lock.acquire(timeout=0)
        owner.write_text(str(os.getpid()))
    except Timeout as error:
        raise HomeError(
            f"{home}: process {_read(owner)} is indexing it; wait for it to end, then run this again"
        ) from error
    except OSError as error:
        lock.release()
        raise HomeError(f"{home}: cannot be written to ({error.strerror or error})") from error
    try:
        yield
    finally:
        lock.release()


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return "(unknown)"
