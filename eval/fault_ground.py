"""Where faults are done: a home that is well, copied for each of them, and `dateline`'s commands run on the copy.

A command is a process of its own, forked from this one, which never opens a home: so each can be killed, limited or
made another user, and none pays for the imports. Embedded is with words: what vectors mean has no part in it.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from runpy import run_module
from typing import Any, NoReturn

from rag.config import BUNDLED_CORPUS, load_settings

QUESTION = "When did Lavrov visit Havana?"
PASSAGES = 5
PASSED_OVER = ("indexing: ", "note: ", "skipped ")  # lines on stderr that tell of no error


@dataclass(frozen=True)
class Outcome:
    """A line of the table. `ok` is None where the machine would not let the fault be done."""

    fault: str
    expected: str
    seen: tuple[str, ...]
    ok: bool | None


@dataclass(frozen=True)
class Ran:
    """A command that ended; a negative status is the signal that ended it."""

    status: int
    out: str
    err: str
    seconds: float

    @property
    def told(self) -> list[str]:
        """The lines on stderr that are no progress."""
        return [line for line in self.err.splitlines() if line.strip() and not line.startswith(PASSED_OVER)]

    @property
    def one_line(self) -> bool:
        """Whether it ended as an error is to end: status 1, one line that begins with the program's name."""
        return self.status == 1 and len(self.told) == 1 and self.told[0].startswith("dateline: ")


@dataclass
class Seen:
    """What was looked at, in words, and whether all of it was as it should be."""

    words: list[str] = field(default_factory=list)
    ok: bool = True

    def note(self, right: bool, words: str) -> None:
        self.words.append(words if right else f"NOT SO: {words}")
        self.ok = self.ok and right

    def refused(self, ran: Ran, what: str, *about: str) -> None:
        """One line that names each of `about`, and status 1."""
        right = ran.one_line and all(word in ran.told[0] for word in about)
        said = ran.told[0] if ran.one_line else " | ".join(ran.told[-4:]) or "nothing"
        self.note(right, f"{what}: status {ran.status}, “{said}”")

    def done(self, ran: Ran, what: str) -> None:
        last = (ran.out.strip().splitlines() or [""])[-1][:80]
        said = " | ".join(ran.told[-4:]) or last
        self.note(ran.status == 0 and not ran.told, f"{what}: status {ran.status}, {said}")

    def outcome(self, fault: str, expected: str) -> Outcome:
        return Outcome(fault, expected, tuple(self.words), self.ok)


class Command:
    """A command that was started. `before` is called in its process first."""

    def __init__(self, folder: Path, run: Callable[[], int]) -> None:
        self._out, self._err = folder / "stdout", folder / "stderr"
        self._began = time.monotonic()
        sys.stdout.flush()
        sys.stderr.flush()
        with self._out.open("wb") as out, self._err.open("wb") as err:
            self._pid = os.fork()
            if self._pid == 0:
                os.dup2(out.fileno(), 1)
                os.dup2(err.fileno(), 2)
                _end_with(run)

    def running(self) -> bool:
        return os.waitid(os.P_PID, self._pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None

    def wait(self) -> Ran:
        status = os.waitstatus_to_exitcode(os.waitpid(self._pid, 0)[1])
        out, err = (path.read_text(encoding="utf-8", errors="replace") for path in (self._out, self._err))
        return Ran(status, out, err, time.monotonic() - self._began)


class Ground:
    """A folder in which every fault has a home of its own."""

    def __init__(self, folder: Path) -> None:
        import chromadb  # noqa: F401  # imported once, for all that are forked
        import llama_index.vector_stores.chroma  # noqa: F401

        os.environ.update(DATELINE_OFFLINE="1")
        self.folder = folder
        self.seed = folder / "seed"
        ran = self.run("index", str(BUNDLED_CORPUS), home=self.seed)
        if ran.status:
            raise SystemExit(f"the home to begin with could not be made: {ran.err}")
        self.whole = self.held(self.seed)

    def home(self, name: str, at: Path | None = None) -> Path:
        """A copy of the home that is well."""
        return Path(shutil.copytree(self.seed, (at or self.folder) / name))

    def run(self, *words: str, home: Path, before: Callable[[], object] = bool) -> Ran:
        """Runs `dateline WORDS` to its end; `before` is called in its process first."""
        return self.start(*words, home=home, before=before).wait()

    def start(self, *words: str, home: Path, before: Callable[[], object] = bool) -> Command:
        """Starts `dateline WORDS` and does not wait."""

        def run() -> int:
            before()
            _embed_with_words()
            sys.argv = ["dateline", *words, "--home", str(home)]
            run_module("rag.cli", run_name="__main__")
            return 0

        return Command(self.folder, run)

    def held(self, home: Path) -> dict[str, Any]:
        """What `dateline articles --json --text` prints of a home, and the passages that a search finds in it."""
        ran = Command(self.folder, lambda: _print_held(home)).wait()
        if ran.status:
            return {"articles": [], "hits": [], " | ".join(ran.told[-4:]): ""}
        return dict(json.loads(ran.out))

    def intact(self, seen: Seen, home: Path, when: str) -> None:
        """The articles and the search are what they were before."""
        held = self.held(home)
        unlike = [what for what in held if held[what] != self.whole.get(what)]
        seen.note(not unlike, f"articles and search as before {when}{': other ' if unlike else ''}{', '.join(unlike)}")

    def kept(self, seen: Seen, home: Path, when: str) -> None:
        """Every article that was there before is there as it was, whatever came to it."""
        held = self.held(home)["articles"]
        lost = [row["path"] for row in self.whole["articles"] if row not in held]
        seen.note(not lost, f"the articles from before are there {when}{', but for ' if lost else ''}{', '.join(lost)}")


def stories(folder: Path, count: int) -> Path:
    """A folder with so many short articles, each of another town."""
    folder.mkdir()
    for number in range(count):
        said = "\n\n".join(
            f"The council of Tasburg {number} paid {number * 100 + part} euros for bridge {part}, a clerk said."
            for part in range(8)
        )
        text = f"Tasburg {number} pays for its bridges\n\nPublished on June 3, 2021\n\n{said}\n"
        (folder / f"{number:04}.txt").write_text(text, encoding="utf-8")
    return folder


def _end_with(run: Callable[[], int]) -> NoReturn:
    """Ends this process as Python would: what is not dealt with is shown."""
    status = 1
    try:
        status = run()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 1
    finally:
        if sys.exc_info()[0]:
            traceback.print_exc()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def _print_held(home: Path) -> int:
    from dataclasses import replace

    _embed_with_words()
    from rag.index.archive import Archive
    from rag.programs import found

    with closing(Archive(replace(load_settings(), home=home))) as archive:
        rows = [article.to_json(with_text=True) for article in archive.store.articles()]
        hits = found(archive, QUESTION, PASSAGES)["hits"]
        for hit in hits:  # vectors alike may come in another order once they are made anew, which moves it a little
            del hit["score"]
        print(json.dumps({"articles": rows, "hits": hits}))
    return 0


def _embed_with_words() -> None:
    from eval.words_embedder import WordsEmbedding
    from rag.index.archive import Archive

    Archive.embedder = WordsEmbedding()  # type: ignore[assignment]
