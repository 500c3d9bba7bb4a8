"""The real page for the load test, in a process of its own, and how much of the processor it and others took."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.load_people import Person
from rag.desk.users import add_user

COMMAND = (sys.executable, "-c", "import sys; from rag.cli import main; sys.exit(main())")
ROOT = Path(__file__).resolve().parent.parent
PROC = Path("/proc")
IDLE = slice(3, 5)  # of the numbers of a processor in /proc/stat: idle, and waiting for the disk
OWN = slice(13, 15)  # of those of a process: its own time, and the system's for it


@dataclass(frozen=True)
class Times:
    """Seconds: of the clock, of processors at work, and of them for the page and for this program."""

    clock: float
    busy: float
    page: float
    here: float


@dataclass(frozen=True)
class Server:
    address: str
    pid: int

    def times(self) -> Times:
        """Busy and the page's are 0 where the system does not tell (it does on Linux)."""
        here = sum(os.times()[:2])
        if not (PROC / "stat").exists():
            return Times(time.monotonic(), 0.0, 0.0, here)
        ticks = os.sysconf("SC_CLK_TCK")
        numbers = [int(word) for word in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
        own = (PROC / str(self.pid) / "stat").read_text().rpartition(")")[2].split()  # its name may have spaces
        page = sum(int(word) for word in own[OWN.start - 2 : OWN.stop - 2])
        return Times(time.monotonic(), (sum(numbers) - sum(numbers[IDLE])) / ticks, page / ticks, here)


def others_share(before: Times, after: Times) -> dict[str, Any]:
    """Which share of all cores' time went to the page, and which to programs that are none of ours; and the load."""
    cores = os.cpu_count() or 1
    whole = (after.clock - before.clock) * cores
    page, here = after.page - before.page, after.here - before.here
    others = max(after.busy - before.busy - page - here, 0.0)
    return {"page_cpu": page / whole, "others_cpu": others / whole, "load_average": os.getloadavg()[0], "cores": cores}


@contextmanager
def serve(folder: Path, crowd: Sequence[Person], password: str, model: str | None) -> Iterator[Server]:
    """`dateline chat` for these people over their articles, until the end. Raises SystemExit if it does not start."""
    news, users, home = folder / "news", folder / "users", folder / "home"
    news.mkdir()
    for person in crowd:
        (news / f"{person.town}.txt").write_text(person.article, encoding="utf-8")
        add_user(users, person.name, password)
    subprocess.run([*COMMAND, "index", str(news), "--home", str(home)], check=True, cwd=ROOT, stdout=sys.stderr)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = str(probe.getsockname()[1])
    words = ["chat", "--port", port, "--auth", str(users), "--home", str(home), *(["--model", model] if model else [])]
    with subprocess.Popen([*COMMAND, *words], stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        assert process.stdout
        try:
            address = f"http://127.0.0.1:{port}"
            if not any(address in line for line in process.stdout):
                raise SystemExit(f"the page ended with status {process.wait()} before it was ready")
            yield Server(address, process.pid)
        finally:
            process.terminate()
            process.wait(60)
