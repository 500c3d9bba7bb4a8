"""How far a long job is, on stderr: a bar on a terminal, a plain line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from time import monotonic
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int], AbstractContextManager[Callable[[int], None]]]

MEGABYTE = 1_000_000
LINE_EVERY_S = 10.0


@contextmanager
def megabytes(label: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yields `show(done)`: how many of the `total` bytes are there now, counted from the beginning."""
    with _bar(label, total) if sys.stderr.isatty() else _lines(label, total) as show:
        yield show


@contextmanager
def articles(label: str, clock: Callable[[], float] = monotonic) -> Iterator[Callable[[int, float], None]]:
    """Yields `show(done, share)`: how many articles are done, and how much of the whole work, 0 to 1."""
    began = clock()
    if sys.stderr.isatty():
        from tqdm import tqdm

        layout = "{desc}: {percentage:3.0f}%|{bar}| {postfix[0]}"
        with tqdm(desc=label, total=1.0, bar_format=layout, postfix=[""], leave=False, file=sys.stderr) as bar:

            def show(done: int, share: float) -> None:
                bar.postfix[0] = _pace(done, share, clock() - began)
                bar.update(share - bar.n)

            yield show
        return
    last = began

    def say(done: int, share: float) -> None:
        nonlocal last
        if clock() - last >= LINE_EVERY_S:
            last = clock()
            print(f"{label}: {share:.0%}, {_pace(done, share, last - began)}", file=sys.stderr, flush=True)

    yield say


def _pace(done: int, share: float, seconds: float) -> str:
    """`1,240 articles, 8.3 articles/s, 2:05 left`; the time left once there is something to reckon it from."""
    said = f"{done:,} articles, {done / max(seconds, 0.001):.1f} articles/s"
    if not 0 < share < 1:
        return said
    left = round(seconds * (1 - share) / share)
    hours = f"{left // 3600}:{left // 60 % 60:02}" if left >= 3600 else f"{left // 60}"
    return f"{said}, {hours}:{left % 60:02} left"


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
