"""Runs `build_index` on a folder that changes, kills it at random moments, and compares what is left with what an
undisturbed run leaves: `python -m eval.kills FOLDER SEED KILLS`.

A program of its own, which forks: each run is a process that can be killed, and none pays for the imports. The
embedder is the one of words, so that a run takes a second or two.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from eval.words_embedder import WordsEmbedding
from rag import indexing
from rag.config import Settings
from rag.index.archive import Archive
from rag.index.vectors import Vectors
from rag.indexing import build_index

TOWNS = "Ellery Norwick Hamden Lindale Corwen Tasburg Polgate Ardley Sutwick Marlow".split()
CHUNKS_AT_ONCE = 8  # so that a run of a dozen articles has several moments at which something is half done
TABLES = {
    "article": "select * from article order by id",
    "sentence": "select * from sentence order by article_id, start",
    "chunk": "select id, article_id, start, end, hash from chunk order by id",
    "words": "select chunk.id, title, body from words left join chunk on number = words.rowid order by chunk.id",
    "origin": "select * from origin order by article_id",
}
LAST_BIT = 1e-5  # Chroma scales what it is given to length 1 and back


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


def main(folder: Path, seed: int, kills: int) -> None:
    """Leaves `home`, in which every run but the last was killed, and `undisturbed`; prints how many were killed, 0 if
    both last runs ended well, and the names of what the two do not hold alike."""
    import chromadb  # noqa: F401  # imported once, for all that are forked
    import llama_index.vector_stores.chroma  # noqa: F401

    indexing.EMBED_AT_ONCE = CHUNKS_AT_ONCE
    rng, news, home = random.Random(seed), folder / "news", folder / "home"
    news.mkdir()
    change(news, 0, rng)
    began = time.monotonic()
    os.waitpid(forked(news, folder / "first"), 0)
    longest = time.monotonic() - began  # how long a run takes here and now
    killed = round_ = 0
    while killed < kills and round_ < 3 * kills:
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
    unlike = [] if failed else differences(held(home), held(folder / "undisturbed"))
    print(killed, failed, *unlike)


def held(home: Path) -> dict[str, Any]:
    """All that a home holds, but for the order of its rows, the times of its files and when an article went in."""
    with closing(sqlite3.connect(home / "archive.sqlite")) as db:
        with closing(db.execute("select * from article limit 0")) as none:
            at = [column[0] for column in none.description].index("added")
        found: dict[str, Any] = {table: db.execute(sql).fetchall() for table, sql in TABLES.items()}
    found["article"] = [row[:at] + row[at + 1 :] for row in found["article"]]
    vectors = Vectors(home / "chroma")
    found["vectors"] = vectors.get(sorted(vectors.ids()))
    vectors.close()
    return found


def differences(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """The names of what two homes do not hold alike."""
    unlike = [table for table in TABLES if one[table] != other[table]]
    return unlike if _alike(one["vectors"], other["vectors"]) else [*unlike, "vectors"]


def _alike(one: Mapping[str, Sequence[float]], other: Mapping[str, Sequence[float]]) -> bool:
    return one.keys() == other.keys() and all(
        len(vector) == len(other[id]) and all(abs(x - y) <= LAST_BIT for x, y in zip(vector, other[id], strict=True))
        for id, vector in one.items()
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
