"""Files read and cleaned by processes of their own, while this one embeds what they have made ready.

The processes are plain ones that speak over their standard streams: forking one that runs torch is not safe, and
multiprocessing's other ways run the user's main module again and outlive a parent that is killed. These end with
the stream they read from.
"""

from __future__ import annotations

import os
import pickle
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Generator, Iterator, Sequence
from contextlib import suppress

from rag.ingest.intake import Failed, Finished, Outcome, Task, size_of, take_in

WORTH_IT = 2_000_000
"""Bytes to read from which on processes are worth their start: reading them here would take about as long, 2 s."""
MOST_WORKERS = 4
"""One process reads and cleans some 65 articles a second, several times what two cores embed."""
AHEAD = 256  # articles made ready and not yet asked for; some 50 KB each
START = "import sys; sys.path[:] = {path!r}; from rag.ingest.workers import serve; serve()"


def take_in_all(tasks: Sequence[Task], workers: int | None = None) -> Generator[Outcome, None, None]:
    """What all the files hold. The articles of one file come in order; files may come in any.

    `workers` is the number of processes; 0 reads here, None lets the amount of work decide.
    """
    if workers is None:
        workers = cores() - 1 or 1 if sum(size_of(task.source) for task in tasks) > WORTH_IT else 0
    workers = min(workers, len(tasks), MOST_WORKERS)
    if not workers:
        for task in tasks:
            yield from take_in(task)
        return
    ready: queue.Queue[Outcome | None] = queue.Queue(AHEAD)
    left = iter(tasks)
    lock, stop = threading.Lock(), threading.Event()

    def fetch(reader: _Reader) -> None:
        while True:
            with lock:
                task = next(left, None)
            if task is None or stop.is_set():
                break
            for outcome in reader.take_in(task):
                _put(ready, outcome, stop)
        _put(ready, None, stop)

    readers = [_Reader() for _ in range(workers)]
    threads = [threading.Thread(target=fetch, args=(reader,), daemon=True) for reader in readers]
    try:
        for thread in threads:
            thread.start()
        while workers:
            outcome = ready.get()
            if outcome is None:
                workers -= 1
            else:
                yield outcome
    finally:
        stop.set()
        for reader in readers:
            reader.close()
        for thread in threads:
            thread.join()
        for reader in readers:
            reader.close()  # one that was started while the others ended


def serve() -> None:
    """The whole life of such a process: a task in, its outcomes out, until there is nobody to read for."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the one that asked
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not come between

    def say(outcome: Outcome | str) -> None:
        pickle.dump(outcome, out, pickle.HIGHEST_PROTOCOL)
        out.flush()

    sys.excepthook = lambda kind, error, trace: say(f"{kind.__name__}: {error}")
    try:
        while True:
            for outcome in take_in(pickle.load(sys.stdin.buffer)):
                say(outcome)
    except (EOFError, BrokenPipeError):
        os._exit(0)


class _Reader:
    """A process that takes files in; one that a file has brought down is followed by another."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def take_in(self, task: Task) -> Iterator[Outcome]:
        process = self._process or self._start()
        assert process.stdin
        assert process.stdout
        file = str(task.source)
        last_words = ""
        try:
            pickle.dump(task, process.stdin, pickle.HIGHEST_PROTOCOL)
            process.stdin.flush()
            while True:
                said: Outcome | str = pickle.load(process.stdout)
                if isinstance(said, str):
                    last_words = said
                    continue
                yield said
                if isinstance(said, Finished):
                    return
        except (EOFError, OSError, ValueError, pickle.UnpicklingError):
            why = last_words or f"status {process.wait()}"
            self.close()
            yield Failed(file, file, f"{file}: reading it failed ({why}); leave it out, or save it as plain text")
            yield Finished(file)

    def close(self) -> None:
        process, self._process = self._process, None
        if process:
            process.kill()
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream:
                    with suppress(OSError):  # what was still to be written has no reader any more
                        stream.close()

    def _start(self) -> subprocess.Popen[bytes]:
        self._process = subprocess.Popen(
            [sys.executable, "-c", START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        return self._process


def _put(ready: queue.Queue[Outcome | None], outcome: Outcome | None, stop: threading.Event) -> None:
    """Waits for room as long as there is somebody who will make some."""
    while not stop.is_set():
        try:
            ready.put(outcome, timeout=0.1)
        except queue.Full:
            continue
        return


def cores() -> int:
    """Those this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
