"""Conversations kept, their permalinks, thumbs, exports and users in a real Chromium, over a scripted model."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from rag.desk.database import DeskFile
from rag.desk.feedback import rated
from rag.desk.users import add_user
from tests.e2e.browser import PATIENCE, ROOT, ask, chromium, open_page, wait_for_answer
from tests.e2e.scripted_server import scripted_server

pytestmark = pytest.mark.e2e

LAVROV = "When did Lavrov visit Havana?"
PASSWORDS = {"ana": "correct horse", "ben": "battery staple"}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "dateline"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with scripted_server(home, [ROOT / "corpus"]) as ready:
        yield ready


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(accept_downloads=True, permissions=["clipboard-read", "clipboard-write"])
    opened.set_default_timeout(PATIENCE)
    yield opened
    opened.close()


def new_page(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    page, faults = context.new_page(), list[str]()
    page.on("pageerror", lambda error: faults.append(str(error)))
    open_page(page, address)
    return page, faults


def asked(page: Page, question: str, number: int = 1) -> None:
    ask(page, question)
    wait_for_answer(page, number)
    page.wait_for_function("location.search.includes('c=')")


def open_list(page: Page) -> None:
    page.get_by_role("tab", name="Conversations").click()
    page.wait_for_selector("#desk-list [data-open]")


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [one["id"] for one in found if one["impact"] in ("serious", "critical")]


def test_a_reload_and_a_second_tab_lose_nothing(context: BrowserContext, address: str) -> None:
    page, faults = new_page(context, address)
    asked(page, LAVROV)
    link, said = page.url, page.inner_text("#talk .answer")
    page.reload()
    page.wait_for_selector("#talk .tools")
    assert (page.url, page.inner_text("#talk .answer")) == (link, said)

    other, other_faults = new_page(context, link)
    other.wait_for_selector("#talk .tools")
    asked(other, "And who met him?", 2)
    asked(page, "And in Brazil?", 3)
    assert page.locator("#talk .exchange").count() == 3
    assert faults + other_faults == []


def test_a_restart_loses_nothing(context: BrowserContext, tmp_path: Path) -> None:
    home = tmp_path / "dateline"
    with scripted_server(home, [ROOT / "corpus"]) as first:
        page, _ = new_page(context, first)
        asked(page, LAVROV)
        query = page.url.removeprefix(first)
    with scripted_server(home) as second:
        page.goto(second + query)
        page.wait_for_selector("#talk .tools")
        assert page.inner_text("#talk h2") == LAVROV


def test_what_was_stopped_is_there_as_far_as_it_had_got(context: BrowserContext, address: str) -> None:
    page, _ = new_page(context, address)
    ask(page, "A slow one about Lavrov?")
    page.wait_for_selector("#talk .sentence")
    page.click("#stop")
    page.wait_for_selector("#talk .trouble")
    page.reload()
    page.wait_for_selector("#talk .trouble")
    assert "Stopped" in page.inner_text("#talk .trouble")
    assert page.locator("#talk .sentence").count() >= 1


def test_the_list_is_searched_renamed_deleted_and_brought_back(context: BrowserContext, address: str) -> None:
    page, faults = new_page(context, address)
    asked(page, "Which bridge did Raisi open?")
    open_list(page)
    assert serious(page) == []
    page.click("#desk-list [data-rename] >> nth=0")
    page.keyboard.type("<b>Raisi's tour</b>")
    page.keyboard.press("Enter")
    page.wait_for_selector('#desk-list .title:has-text("<b>Raisi\'s tour</b>")')
    page.fill("#desk-find", "bridge")
    page.wait_for_function("document.querySelectorAll('#desk-list [data-open]').length === 1")
    page.click("#desk-list [data-delete]")
    page.wait_for_selector("#desk-undo")
    assert page.locator("#desk-list [data-open]").count() == 0
    page.click("#desk-undo")
    page.wait_for_selector("#desk-list [data-open]")
    page.fill("#desk-find", "nothing like it")
    page.wait_for_selector("text=Nothing was found.")
    page.fill("#desk-find", "")
    page.click("#desk-list [data-open] >> nth=0")
    page.wait_for_selector("#talk .tools", state="visible")
    page.click("#fresh")
    page.wait_for_function("!location.search.includes('c=')")
    assert faults == []


def test_a_thumb_with_its_reason_is_kept(context: BrowserContext, address: str, home: Path) -> None:
    page, _ = new_page(context, address)
    asked(page, "Who welcomed Raisi?")
    page.click("#talk [data-thumb=down]")
    page.fill("#talk [data-reason]", "It was somebody else")
    page.click("#talk [data-fault=wrong]")
    page.wait_for_selector("text=Kept, thank you.")
    page.reload()
    page.wait_for_selector("#talk [data-fault=wrong][aria-pressed=true]")
    page.wait_for_selector("#talk [data-thumb=down][aria-pressed=true]")
    assert serious(page) == []
    with closing(DeskFile(home)) as file:
        (found,) = (each for each in rated(file) if each.kept.question == "Who welcomed Raisi?")
    assert (found.feedback.fault, found.feedback.reason) == ("wrong", "It was somebody else")


def test_an_answer_is_copied_and_exported(context: BrowserContext, address: str) -> None:
    page, _ = new_page(context, address)
    asked(page, LAVROV)
    page.click("#talk [data-take=copy]")
    page.wait_for_selector("#taken p")
    quote = page.get_attribute("#talk .mark", "data-quote")
    assert f"[1] “{quote}”" in page.evaluate("navigator.clipboard.readText()")
    page.click("#talk .tools summary")
    texts = {}
    for suffix in (".md", ".html", ".json"):
        with page.expect_download() as download:
            page.click(f'#talk [data-at="1"][data-take="{suffix}"]')
        assert download.value.suggested_filename == f"when-did-lavrov-visit-havana{suffix}"
        texts[suffix] = Path(download.value.path()).read_text(encoding="utf-8")
    assert json.loads(texts[".json"])["exchanges"][0]["citations"][0]["quote"] == quote
    assert texts[".md"].startswith(f"# {LAVROV}\n")
    page.set_content(texts[".html"])
    assert page.locator("mark").first.text_content() == quote


def test_an_address_of_nothing_says_so(context: BrowserContext, address: str) -> None:
    page, _ = new_page(context, f"{address}/?c=nonsense")
    page.wait_for_selector("#note p")
    assert "not here any more" in page.inner_text("#note")


def test_two_users_see_their_own_and_nobody_else_gets_in(browser: Browser, tmp_path: Path) -> None:
    users = tmp_path / "users"
    for name, password in PASSWORDS.items():
        add_user(users, name, password)
    with scripted_server(tmp_path / "dateline", [ROOT / "corpus"], "--auth", str(users)) as address:
        pages: dict[str, Page] = {}
        for name, password in PASSWORDS.items():
            page = browser.new_page()
            page.set_default_timeout(PATIENCE)
            page.goto(address)
            for tried in ("wrong password", password):  # Gradio empties both fields after a wrong one
                page.get_by_label("username").fill(name)
                page.get_by_label("password").fill(tried)
                page.get_by_role("button", name="Login").click()
                if tried != password:
                    page.wait_for_selector("text=Incorrect")
            page.wait_for_selector("#question textarea")
            pages[name] = page
        asked(pages["ana"], LAVROV)
        link = pages["ana"].url
        asked(pages["ben"], "Who welcomed Raisi?")
        for name, title in (("ana", LAVROV), ("ben", "Who welcomed Raisi?")):
            open_list(pages[name])
            assert pages[name].locator("#desk-list .title").all_inner_texts() == [title]
        pages["ben"].goto(link)
        pages["ben"].wait_for_selector("#note p")
        assert pages["ben"].locator("#talk .exchange").count() == 0
