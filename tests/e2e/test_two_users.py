"""Two people at one page at the same time: the real program, the real models, a browser for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from playwright.sync_api import Browser, Page

from rag.desk.users import add_user
from tests.e2e.browser import CHAT, PATIENCE, ask, chat_server, chromium, wait_for_answer

pytestmark = pytest.mark.e2e

WHEN = "When did Lavrov visit Havana?"
PHONE = "What did Putin and Díaz-Canel discuss on the telephone?"
PASSWORD = "correct horse"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("users")
    for name in ("ana", "ben"):
        add_user(folder / "users", name, PASSWORD)
    with chat_server(folder / "home", (*CHAT, "--auth", str(folder / "users"))) as ready:
        yield ready


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@contextmanager
def logged_in(browser: Browser, address: str, name: str) -> Iterator[Page]:
    page = browser.new_context().new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(address)
    page.get_by_label("username").fill(name)
    page.get_by_label("password").fill(PASSWORD)
    page.get_by_role("button", name="Login").click()
    page.wait_for_selector("#question textarea")
    yield page
    page.context.close()


def kept(page: Page) -> list[str]:
    page.get_by_role("tab", name="Conversations").click()
    page.wait_for_selector("#desk-list .kept")
    return page.locator(".kept .title").all_inner_texts()


def test_two_who_ask_at_once_get_an_answer_and_conversations_each_of_their_own(browser: Browser, address: str) -> None:
    with logged_in(browser, address, "ana") as ana, logged_in(browser, address, "ben") as ben:
        ask(ana, WHEN)
        ask(ben, PHONE)
        wait_for_answer(ana)
        wait_for_answer(ben)

        assert "19 April 2023" in ana.inner_text(".answer")
        assert "bilateral cooperation" in ben.inner_text(".answer")
        assert (kept(ana), kept(ben)) == ([WHEN], [PHONE])
        ben.goto(ana.url)  # her permalink
        ben.wait_for_selector("#note p")
        assert "not here any more" in ben.inner_text("#note")
        assert ben.locator(".exchange").count() == 0

        ben.get_by_role("tab", name="Settings").click()
        ben.wait_for_selector(".settings")
        assert ben.locator("#settings button, #settings input:not([name=theme])").count() == 0
        ben.get_by_label("Dark").check()
        assert ben.evaluate("document.body.classList.contains('dark')")
        ana.reload()
        ana.wait_for_selector("#question textarea")
        assert not ana.evaluate("document.body.classList.contains('dark')")
