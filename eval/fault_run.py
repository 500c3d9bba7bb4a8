"""What can happen to a run of the program: its model dies, it is killed, its clock or its port is not its own."""

from __future__ import annotations

import secrets
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date, datetime

from eval.fault_ground import QUESTION, Command, Ground, Outcome, Seen, stories
from rag.config import BUNDLED_CORPUS, DEFAULT_LLM, load_settings

SMALL_LLM = "qwen2.5-coder-0.5b"
KILLS = 50
SEED = 7
NEW_YEAR = "2001-01-01"


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
