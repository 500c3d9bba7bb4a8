"""What can happen to the home, each really done to one of its own: no room, no right to write, a lock, damage."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from importlib import import_module
from pathlib import Path

from eval.fault_ground import QUESTION, Ground, Outcome, Seen, stories
from rag.config import BUNDLED_CORPUS

DISK_BYTES = 24_000_000
LEFT_BYTES = 150_000  # on the full disk: enough to begin, not to end
MANY = 60  # articles, more than fit
NOBODY = 65534
LIBRARIES = (
    *("filelock", "rag.commands", "rag.doctor", "rag.index.vectors", "rag.indexing"),
    *("rag.keeping", "rag.pipeline", "rag.programs", "rag.serving"),
)
PERSISTED = 700  # articles of two passages: Chroma writes its vectors to files from 1,000 on
PAGE = 4096  # of SQLite


def disk_full(ground: Ground) -> Outcome:
    """Of a small file system of its own where that can be mounted; else files may not grow beyond a limit."""
    seen, news = Seen(), stories(ground.folder / "many", MANY)
    expected = "one line, status 1; the articles from before stay; with room again the same command ends the work"
    with small_disk(ground.folder / "disk") as disk:
        home = ground.home("home", disk)
        ballast = disk / "ballast"
        ballast.write_bytes(b"\0" * (shutil.disk_usage(disk).free - LEFT_BYTES))
        seen.refused(ground.run("index", str(news), home=home), "index")
        ballast.unlink()
        ground.kept(seen, home, "afterwards")
        seen.done(ground.run("index", str(news), home=home), "with room")
        seen.done(ground.run("index", "--remove", str(news), home=home), "taken out again")
        ground.intact(seen, home, "in the end")
    return seen.outcome("the disk is full while indexing (a small file system of its own)", expected)


def files_limited(ground: Ground) -> Outcome:
    import resource

    def limit() -> None:
        largest = max(path.stat().st_size for path in home.rglob("*") if path.is_file())
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest + LEFT_BYTES, largest + LEFT_BYTES))

    seen, home, news = Seen(), ground.home("limited"), stories(ground.folder / "more", MANY)
    seen.refused(ground.run("index", str(news), home=home, before=limit), "index")
    ground.kept(seen, home, "afterwards")
    seen.done(ground.run("index", str(news), home=home), "without the limit")
    seen.done(ground.run("index", "--remove", str(news), home=home), "taken out again")
    ground.intact(seen, home, "in the end")
    expected = "one line, status 1; the articles from before stay; without the limit the same command ends the work"
    return seen.outcome("no file may grow (RLIMIT_FSIZE) while indexing", expected)


def read_only(ground: Ground) -> Outcome:
    """The home taken from who runs the program; root, who may write anywhere, becomes nobody for it."""

    def become_nobody() -> None:
        for name in LIBRARIES:  # where they lie may be closed to nobody
            import_module(name)
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)

    seen, home, news = Seen(), ground.home("readonly"), stories(ground.folder / "few", 3)
    modes = {path: path.stat().st_mode for path in (home, *home.rglob("*"))}
    for path in modes:
        path.chmod(0o555 if path.is_dir() else 0o444)
    ground.folder.chmod(0o755)
    try:
        for words in (("index", str(news)), ("articles",), ("search", QUESTION), ("doctor",)):
            seen.refused(ground.run(*words, home=home, before=become_nobody), words[0], str(home))
    finally:
        for path, mode in modes.items():
            path.chmod(mode)
    ground.intact(seen, home, "afterwards")
    return seen.outcome("the home cannot be written to", "one line, status 1, for each command; nothing is changed")


def locked(ground: Ground) -> Outcome:
    """Another process in the middle of a transaction that it does not end."""
    seen, home, news = Seen(), ground.home("locked"), stories(ground.folder / "other", 3)
    with closing(sqlite3.connect(home / "archive.sqlite", isolation_level=None)) as db:
        db.execute("begin exclusive")
        seen.done(ground.run("search", QUESTION, home=home), "search meanwhile")
        ran = ground.run("index", str(news), home=home)
        seen.refused(ran, f"index, after {ran.seconds:.0f} s", "locked")
        db.execute("rollback")
    ground.intact(seen, home, "afterwards")
    seen.done(ground.run("index", str(news), home=home), "index once it is free")
    return seen.outcome(
        "SQLite is locked by another process", "searching goes on; indexing waits 30 s, then one line, status 1"
    )


def sqlite_damaged(ground: Ground) -> Outcome:
    """Three ways: another file in its place, pages overwritten in the middle, and cut short."""
    seen = Seen()
    for name, damage in (
        ("no database", lambda path: path.write_bytes(b"no database " * 1000)),
        ("pages overwritten", _overwrite_pages),
        ("cut short", lambda path: os.truncate(path, path.stat().st_size // 2)),
    ):
        home = ground.home(f"sqlite {name}")
        damage(home / "archive.sqlite")
        (home / "uploads").mkdir()
        (home / "uploads" / "kept.txt").write_text("kept")
        seen.refused(ground.run("doctor", home=home), f"{name}: doctor", "damaged", "archive.sqlite")
        seen.refused(ground.run("articles", "--json", "--text", home=home), f"{name}: articles", "archive.sqlite")
        (home / "archive.sqlite").unlink()  # what the line says to do
        seen.done(ground.run("index", str(BUNDLED_CORPUS), home=home), "indexed again without that file")
        seen.note((home / "uploads" / "kept.txt").exists(), "uploads are there")
        ground.intact(seen, home, "then")
    return seen.outcome(
        "the SQLite file is damaged", "one line that says what to do, status 1; it done, all is as before"
    )


def chroma_damaged(ground: Ground) -> Outcome:
    """Small, when Chroma still has all in its SQLite file, and large, when it has its vectors in others."""
    seen = Seen()
    damages: dict[str, Callable[[Path], object]] = {
        "gone": shutil.rmtree,
        "its SQLite file is no database": lambda path: (path / "chroma.sqlite3").write_bytes(b"no database " * 1000),
        "its vectors are overwritten": lambda path: [file.write_bytes(b"\xff" * 1000) for file in path.glob("*/*.*")],
        "its vectors are gone": _remove_folders,
    }
    large, news = ground.home("large"), stories(ground.folder / "thousand", PERSISTED)
    seen.done(ground.run("index", str(news), home=large), "index")
    for size, seed in (("small", ground.seed), ("large", large)):
        whole = ground.held(seed)
        for name, damage in damages.items():
            home = Path(shutil.copytree(seed, ground.folder / f"{size}, {name}"))
            damage(home / "chroma")
            ran = ground.run("search", QUESTION, home=home)
            told = " | ".join(ran.told) or "as ever"
            right = ran.status in (0, 1) and len(ran.told) <= 1 and ("dateline doctor" in told or not ran.told)
            seen.note(right, f"{size}, {name}: search: status {ran.status}, “{told}”")
            seen.note(bool(ran.told) or ground.held(home) == whole, "it was told, or all is there")
            seen.done(ground.run("doctor", home=home), "doctor")
            seen.note(ground.held(home) == whole, "articles and search as before")
    return seen.outcome(
        "the Chroma folder is missing or damaged",
        "nothing is lost, or one line names `dateline doctor`, which mends it",
    )


@contextmanager
def small_disk(at: Path) -> Iterator[Path]:
    """A file system of DISK_BYTES in memory. Raises OSError where this user may mount none."""
    at.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={DISK_BYTES}", "none", str(at)]
    if subprocess.run(command, capture_output=True, check=False).returncode:
        raise PermissionError("no file system can be mounted here")
    try:
        yield at
    finally:
        subprocess.run(["umount", "--lazy", str(at)], check=True)


def _overwrite_pages(path: Path) -> None:
    """All but the first pages, which say what the tables are."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(min(4 * PAGE, size // 2))
        file.write(b"\xa5" * (size - file.tell()))


def _remove_folders(path: Path) -> None:
    for folder in (inner for inner in path.iterdir() if inner.is_dir()):
        shutil.rmtree(folder)
