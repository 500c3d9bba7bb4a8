"""The Settings view in a real Chromium, over a scripted model and an endpoint that answers in earnest."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rag.desk.settings_file import NAME
from tests.e2e.browser import ROOT, chromium
from tests.e2e.scripted_server import scripted_server, watched
from tests.endpoints import KEY, dead_url, endpoint

pytestmark = pytest.mark.e2e


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home") / "dateline"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    """Offline, with no model at all yet, and dark since an earlier start."""
    home.mkdir()
    (home / NAME).write_text('{"theme": "dark"}')
    with scripted_server(home, [ROOT / "corpus"], "--pull-later") as ready:
        yield ready


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as opened:
        open_settings(opened)
        yield opened


def open_settings(page: Page) -> None:
    page.get_by_role("tab", name="Settings").click()
    page.wait_for_selector(".settings")


def said(page: Page, kind: str, words: str) -> str:
    page.wait_for_selector(f"#settings-notice .{kind}:has-text('{words}')")
    return page.locator("#settings-notice").inner_text()


def test_a_page_without_a_model_says_where_one_is_to_be_had(page: Page) -> None:
    assert page.evaluate("document.body.classList.contains('dark')")
    assert "Settings has some" in page.locator("#masthead").inner_text()
    page.click("[data-fetch]")
    assert "\n" not in said(page, "trouble", "Not fetched: DATELINE_OFFLINE is set")


def test_an_endpoint_is_taken_once_it_answers_and_its_key_never_comes_back(page: Page, home: Path) -> None:
    came: list[str] = []
    page.on("response", lambda response: came.append(response.text()) if "json" in str(response.headers) else None)
    page.fill("#endpoint-url", dead_url())
    page.keyboard.press("Enter")
    said(page, "trouble", "cannot be reached")
    with endpoint() as server:
        page.fill("#endpoint-url", server.url)
        page.fill("#endpoint-key", KEY)
        page.click("#endpoint-use")
        said(page, "report", "From now on")
        page.wait_for_selector(f"#masthead:has-text('{server.url}')")
        assert page.input_value("#endpoint-key") == ""
        assert json.loads((home / NAME).read_text())["key"] == KEY
        assert (home / NAME).stat().st_mode & 0o777 == 0o600

        page.reload()
        open_settings(page)
        assert page.input_value("#endpoint-url") == server.url
        page.fill("#endpoint-url", dead_url())
        page.keyboard.press("Enter")
        assert "reads on" in said(page, "trouble", "Not changed")
        page.wait_for_selector(f"#masthead:has-text('{server.url}')")
    assert KEY not in page.content()
    assert [text for text in came if KEY in text] == []


def test_colours_hold_over_a_reload_and_number_of_passages_over_a_redraw(page: Page, home: Path) -> None:
    page.get_by_label("Light").check()
    said(page, "report", "Saved.")
    page.wait_for_function("!document.body.classList.contains('dark')")
    page.fill("#passages", "31")
    page.keyboard.press("Enter")
    said(page, "trouble", "must be 1 to 30")
    page.fill("#passages", "12")
    page.keyboard.press("Enter")
    said(page, "report", "Saved.")
    saved = json.loads((home / NAME).read_text())
    assert (saved["theme"], saved["passages"]) == ("light", 12)

    page.get_by_label("Dark").check()
    page.wait_for_function("document.body.classList.contains('dark')")
    page.reload()
    page.wait_for_function("document.body.classList.contains('dark')")
    open_settings(page)
    assert page.get_by_label("Dark").is_checked()
