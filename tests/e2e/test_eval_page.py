"""The evaluation's page in a real Chromium: its filter, its size on a phone, and text of strangers in it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from eval import results
from eval.judge import judge
from eval.page import html_page
from tests.e2e.browser import chromium
from tests.hostile import HOSTILE
from tests.judged import ARTICLES, NEVER, WHO, a_run, answer, asked, refusal, rows_of

pytestmark = pytest.mark.e2e

SIZES = {"laptop": (1280, 800), "phone": (360, 740)}


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=SIZES)
def page(
    request: pytest.FixtureRequest, scheme: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Page]:
    monkeypatch.setattr(results, "DRAWS", 20)
    evil = [answer(text) for text in HOSTILE]
    for given, text in zip(evil, HOSTILE, strict=True):
        given["citations"][0] |= {"quote": text, "title": text, "outlet": text}
    rows = [*rows_of(WHO, NEVER), judge(WHO, asked(refusal()), ARTICLES)]
    rows += [judge(WHO, asked(given), ARTICLES) | {"question": given["answer"]} for given in evil]
    path = tmp_path / "evaluation.html"
    path.write_text(html_page(a_run(*rows)), encoding="utf-8", errors="replace")
    width, height = SIZES[request.param]
    with chromium() as browser:
        opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)  # type: ignore[arg-type]
        opened.goto(path.as_uri())
        yield opened


def shown(page: Page) -> int:
    return page.locator("details.q:visible").count()


def test_questions_are_filtered_by_kind_outcome_and_words(page: Page) -> None:
    count = page.locator("output")
    assert count.inner_text() == f"{len(HOSTILE) + 3} of {len(HOSTILE) + 3} questions"
    page.select_option("select[name=kind]", "far")
    assert (shown(page), count.inner_text()) == (1, f"1 of {len(HOSTILE) + 3} questions")
    page.select_option("select[name=kind]", "")
    page.select_option("select[name=outcome]", label="wrongly refused")
    assert shown(page) == 1
    page.select_option("select[name=outcome]", label="all failures")
    assert shown(page) == len(HOSTILE) + 1
    page.select_option("select[name=outcome]", "")
    page.fill("input[name=words]", "won THE cup")
    assert shown(page) == 1


def test_the_page_fits_is_accessible_and_runs_nothing_of_strangers(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.locator("script, img, iframe, object, embed, link, base, video").count() == 1  # its own script
    assert page.evaluate("window.__hit") is None
    found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []
