"""The faults: each is really done to a home of its own, and what came of it is looked at."""

from __future__ import annotations

import os
import secrets
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime
from importlib import import_module
from pathlib import Path

from eval.fault_ground import QUESTION, Command, Ground, Outcome, Seen, stories
from rag.config import BUNDLED_CORPUS, DEFAULT_LLM, load_settings

SMALL_LLM = "qwen2.5-coder-0.5b"
KILLS = 50
SEED = 7
DISK_BYTES = 24_000_000
LEFT_BYTES = 150_000  # on the full disk: enough to begin, not to end
MANY = 60  # articles, more than fit
NOBODY = 65534
LIBRARIES = "filelock rag.commands rag.doctor rag.index.vectors rag.indexing rag.keeping rag.pipeline rag.programs rag.serving".split()
PERSISTED = 700  # articles of two passages: Chroma writes its vectors to files from 1,000 on
PAGE = 4096  # of SQLite
NEW_YEAR = "2001-01-01"

Case = Callable[[Ground], Outcome]


def model_killed(ground: Ground) -> Outcome:
    """A served model ended by SIGKILL when it has written the first tokens of an answer."""
    home, seen = ground.home("model"), Seen()
    fault, expected = "the served model is killed in mid-answer", "one line, status 1, the nearest passages shown"
    key = secrets.token_urlsafe(16)
    with served(ground, key) as (server, url):
        asking = ground.start("ask", QUESTION, "--llm-url", url, "--llm-key", key, home=home)
        killed = _kill_while_writing(server, url, key, asking)
        ran = asking.wait()
    seen.note(killed, "killed while it wrote")
    seen.refused(ran, "ask", url)
    seen.note("Nearest passages:" in ran.out, "the nearest passages were shown")
    ground.intact(seen, home, "afterwards")
    return seen.outcome(fault, expected)


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


def power_cut(ground: Ground) -> Outcome:
    """SIGKILL at random moments of runs that index, over and over."""
    folder, seen = ground.folder / "kills", Seen()
    folder.mkdir()
    command = [sys.executable, "-W", "ignore", "-m", "eval.kills", str(folder), str(SEED), str(KILLS)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    killed, failed, *unlike = done.stdout.split() or ["none", "1"]
    seen.note((killed, failed) == (str(KILLS), "0"), f"{killed} killed, the last run ended with {failed}")
    seen.note(not unlike, f"equal to an undisturbed run{', but for ' if unlike else ''}{', '.join(unlike)}")
    return seen.outcome(
        f"{KILLS} times SIGKILL at a random moment of indexing (embedder of words)",
        "the next run leaves what an undisturbed one leaves",
    )


def clock_back(ground: Ground) -> Outcome:
    """The program's clock shows a day long before the articles'."""
    seen, home, news = Seen(), ground.home("clock"), stories(ground.folder / "dated", 2)

    def set_back() -> None:
        from rag import clock

        clock.utc_now = lambda: datetime.fromisoformat(f"{NEW_YEAR}T00:00:00+00:00")
        clock.this_day = lambda: date.fromisoformat(NEW_YEAR)

    seen.done(ground.run("index", str(BUNDLED_CORPUS), str(news), home=home, before=set_back), "index")
    seen.done(ground.run("index", "--rebuild", home=home, before=set_back), "rebuild")
    with closing(sqlite3.connect(home / "archive.sqlite")) as db:
        added = {row[0][:10] for row in db.execute("select added from article where path like ?", (f"{news}%",))}
    seen.note(added == {NEW_YEAR}, f"new articles went in on {', '.join(added)}")
    published = {row["published"] for row in ground.held(home)["articles"] if str(news) in row["path"]}
    seen.note(published == {"2021-06-03"}, f"days of the new articles: {', '.join(map(str, published))}")
    seen.done(ground.run("index", "--remove", str(news), home=home, before=set_back), "taken out again")
    ground.intact(seen, home, "in the end")
    return seen.outcome(
        f"the clock goes back to {NEW_YEAR}", "indexing and rebuilding end well, and no article loses its day"
    )


def port_in_use(ground: Ground) -> Outcome:
    seen, home = Seen(), ground.home("port")
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        ran = ground.run("chat", "--port", port, home=home)
    seen.refused(ran, f"chat, after {ran.seconds:.0f} s", f"127.0.0.1:{port}", "--port")
    ground.intact(seen, home, "afterwards")
    return seen.outcome("the port is in use", "one line that names it, status 1, before a model is loaded")


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
            seen.note(bool(ran.told) or ground.held(home) == whole, "or nothing was lost")
            seen.done(ground.run("doctor", home=home), "doctor")
            seen.note(ground.held(home) == whole, "articles and search as before")
    return seen.outcome(
        "the Chroma folder is missing or damaged",
        "nothing is lost, or one line names `dateline doctor`, which mends it",
    )


CASES: dict[str, Case] = {
    case.__name__: case
    for case in (
        model_killed,
        disk_full,
        files_limited,
        read_only,
        locked,
        power_cut,
        clock_back,
        port_in_use,
        sqlite_damaged,
        chroma_damaged,
    )
}


@contextmanager
def served(ground: Ground, key: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A llama.cpp server in a process of its own, with the smaller model where that is here; and its address."""
    from rag.models import find_model

    model = find_model(SMALL_LLM, load_settings()) or find_model(DEFAULT_LLM, load_settings())
    if model is None:
        raise SystemExit(f"no model is here to be killed; `dateline models pull {DEFAULT_LLM}` fetches one")
    command = [sys.executable, "-m", "eval.llama_server", str(model), key]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            yield server, server.stdout.readline().strip()
        finally:
            server.kill()


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


def _kill_while_writing(server: subprocess.Popen[str], url: str, key: str, asking: Command) -> bool:
    """Kills the server as soon as it has written tokens for somebody; whether it came to that."""
    import httpx

    with httpx.Client(headers={"Authorization": f"Bearer {key}"}, trust_env=False) as client:
        while asking.running():
            slots = client.get(f"{url.removesuffix('/v1')}/slots").json()
            if any(slot["is_processing"] and _written(slot) for slot in slots):
                server.send_signal(signal.SIGKILL)
                server.wait()
                return True
            time.sleep(0.01)
    return False


def _written(slot: dict[str, object]) -> int:
    """How many tokens a slot of llama.cpp has written of its reply."""
    coming = slot.get("next_token")
    first = coming[0] if isinstance(coming, list) and coming else coming
    return int(first.get("n_decoded", 0)) if isinstance(first, dict) else 0


def _remove_folders(path: Path) -> None:
    for folder in (inner for inner in path.iterdir() if inner.is_dir()):
        shutil.rmtree(folder)


def _overwrite_pages(path: Path) -> None:
    """All but the first pages, which say what the tables are."""
    size = path.stat().st_size
    with path.open("r+b") as file:
        file.seek(min(4 * PAGE, size // 2))
        file.write(b"\xa5" * (size - file.tell()))
