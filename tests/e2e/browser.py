"""The real program and a real browser, for the tests of the page and for its screenshots."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parent.parent.parent
CHAT = (sys.executable, "-m", "rag.cli", "chat")
# The browser's own errands (updates, sync) are off: what is left on the wire is what the page does.
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PATIENCE = 120_000  # milliseconds; a cold model on a busy machine


@contextmanager
def chat_server(home: Path, command: tuple[str, ...] = CHAT) -> Iterator[str]:
    """`dateline chat` on a free port with its index in `home`; gives the address it prints when ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    arguments = [*command, "--port", str(port), "--home", str(home)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        try:
            ready = f"http://127.0.0.1:{port}"
            if not any(ready in line for line in server.stdout):
                raise RuntimeError(f"`dateline chat` ended with {server.wait()} before it was ready")
            yield ready
        finally:
            server.terminate()
            server.wait(30)


@contextmanager
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=list(FLAGS), headless=True)
        yield browser
        browser.close()


def chromium_path() -> str | None:
    """The browser at DATELINE_CHROMIUM, or one on the PATH; None is the one that playwright installed."""
    return os.environ.get("DATELINE_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


def open_page(page: Page, address: str) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.wait_for_selector("#question textarea:focus")


def ask(page: Page, question: str) -> None:
    """Type into the box that has the focus, and send with Enter; does not wait for the answer."""
    page.fill("#question textarea", question)
    page.press("#question textarea", "Enter")


def wait_for_answer(page: Page, number: int = 1) -> None:
    """Until exchange `number` is over, whether answered, refused or failed."""
    page.wait_for_selector(f".exchange:nth-child({number}):not(.running)")
