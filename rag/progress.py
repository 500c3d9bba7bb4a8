"""How far a long job is, on stderr: a bar on a terminal, a plain line every tenth elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]

MEGABYTE = 1_000_000


@contextmanager
def megabytes(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yields `show(done)`: how many of the `total` bytes are there now, counted from the beginning."""
    with _bar(label, total) if sys.stderr.isatty() else _lines(label, total) as show:
        yield show


@contextmanager
def _bar(label: str, total: int) -> Iterator[Callable[[int], None]]:
    from tqdm import tqdm

    with tqdm(desc=label, total=total, unit="B", unit_scale=True, file=sys.stderr) as bar:

        def show(done: int) -> None:
            bar.update(done - bar.n)

        yield show


@contextmanager
def _lines(label: str, total: int) -> Iterator[Callable[[int], None]]:
    tenth = -1

    def show(done: int) -> None:
        nonlocal tenth
        reached = 10 * done // total
        if reached != tenth:
            tenth = reached
            print(f"{label}: {done // MEGABYTE} of {total // MEGABYTE} MB", file=sys.stderr, flush=True)

    yield show
