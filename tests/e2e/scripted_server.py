"""The real page in a process of its own, over an archive that needs no model: see `tests.scripted_page`."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Browser, Page

from tests.e2e.browser import chat_server, open_page


@contextmanager
def scripted_server(home: Path, paths: Sequence[Path] = (), *more: str) -> Iterator[str]:
    """Its address; `paths` are indexed first, `more` are other arguments of the program."""
    command = (sys.executable, "-m", "tests.scripted_page", *map(str, paths), *more)
    with chat_server(home, command) as address:
        yield address


@contextmanager
def watched(
    browser: Browser, address: str, width: int = 1440, height: int = 900, theme: str = "light"
) -> Iterator[Page]:
    """A fresh page. In the end: nothing ran that was not ours, nothing failed, nothing was asked of another machine."""
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=theme,  # type: ignore[arg-type]
        permissions=["clipboard-read", "clipboard-write"],
    )
    page = context.new_page()
    asked: list[str] = []
    wrong: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: wrong.append(f"error: {error}"))
    page.on("dialog", lambda dialog: (wrong.append(f"dialog: {dialog.message}"), dialog.dismiss()))
    page.on("popup", lambda popup: wrong.append(f"popup: {popup.url}"))
    open_page(page, address)
    yield page
    ran = page.evaluate("window.__hit")
    context.close()
    hosts = {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))}
    assert (ran, wrong, hosts) == (None, [], {"127.0.0.1"})


def open_archive_tab(page: Page) -> None:
    page.get_by_role("tab", name="Archive").click()
    page.wait_for_selector(".listing .tally")
