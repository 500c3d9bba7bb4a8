"""Runs `build_index` on a folder that changes, and kills it at a random moment, time and again.

Run as a program of its own, which forks: each run is a process that can be killed, and none pays for the imports.
"""

from __future__ import annotations

import os
import random
import signal
import sys
import time
from pathlib import Path

from rag import indexing
from rag.config import Settings
from rag.index.archive import Archive
from rag.indexing import build_index
from tests.conftest import WordsEmbedding

TOWNS = "Ellery Norwick Hamden Lindale Corwen Tasburg Polgate Ardley Sutwick Marlow".split()
KILLS = 20


def story(number: int, version: int) -> str:
    town, other = TOWNS[number % len(TOWNS)], TOWNS[(number * 7 + version) % len(TOWNS)]
    said = "\n\n".join(
        f"The council of {town} paid {number * 10 + part} million euros to {other} for bridge {version}, clerks said."
        for part in range(3 + number % 4)
    )
    return f"{town} pays for bridge {number}\n\nPublished on June {1 + number % 28}, 2021\n\n{said}\n"


def change(news: Path, round_: int, rng: random.Random) -> None:
    """Some files more, some changed, some gone, some the same as others."""
    for number in rng.sample(range(12), 5):
        (news / f"{number}.txt").write_text(story(number, round_))
    for number in rng.sample(range(12), 2):
        (news / f"{number}.txt").unlink(missing_ok=True)
    (news / f"copy{round_ % 3}.txt").write_text(story(rng.randrange(12), round_))


def run(news: Path, home: Path) -> None:
    archive = Archive(Settings(home, home, offline=True))
    archive.__dict__["embedder"] = WordsEmbedding()
    build_index([news], archive)
    archive.close()


def forked(news: Path, home: Path) -> int:
    pid = os.fork()
    if pid == 0:
        try:
            run(news, home)
        finally:
            os._exit(0 if sys.exc_info()[0] is None else 1)
    return pid


def main(folder: Path, seed: int) -> None:
    """Leaves `home`, in which every run but the last was killed, and `undisturbed`; prints how many were killed."""
    import chromadb  # noqa: F401  # imported once, for all that are forked
    import llama_index.vector_stores.chroma  # noqa: F401

    indexing.EMBED_AT_ONCE = 8
    rng, news, home = random.Random(seed), folder / "news", folder / "home"
    news.mkdir()
    change(news, 0, rng)
    began = time.monotonic()
    os.waitpid(forked(news, folder / "first"), 0)
    longest = time.monotonic() - began  # how long a run takes here and now
    killed = round_ = 0
    while killed < KILLS and round_ < 3 * KILLS:
        round_ += 1
        pid = forked(news, home)
        wait = rng.random() * longest
        time.sleep(wait)
        os.kill(pid, signal.SIGKILL)
        if os.WIFSIGNALED(os.waitpid(pid, 0)[1]):
            killed += 1
        else:  # it was over before, so runs are faster now than the first
            longest = wait
        if round_ % 2:  # so that some runs find the same files as the one that was killed, some others
            change(news, round_, rng)
    failed = os.waitpid(forked(news, home), 0)[1] | os.waitpid(forked(news, folder / "undisturbed"), 0)[1]
    print(killed, failed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
