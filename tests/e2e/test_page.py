"""The page as a reader meets it: the real program, the real models, a real Chromium."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import ROOT, ask, chat_server, chromium, open_page, wait_for_answer

pytestmark = pytest.mark.e2e

LAVROV = "When did Lavrov visit Havana?"
UNANSWERED = "How many people live in Reykjavik?"
NOTE_ORDER = """() => {
  window.seen = {};
  const note = () => { for (const name of ["card", "sentence"])
    if (!(name in seen) && document.querySelector("." + name)) seen[name] = Object.keys(seen).length; };
  new MutationObserver(note).observe(document.body, { childList: true, subtree: true });
}"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chat_server(tmp_path_factory.mktemp("home") / "dateline") as ready:
        yield ready


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A fresh page in a profile of its own. Whatever the test does, nothing may leave the machine or fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    asked: list[str] = []
    failed: list[str] = []
    opened.on("request", lambda request: asked.append(request.url))
    opened.on("pageerror", lambda error: failed.append(str(error)))
    open_page(opened, address)
    yield opened
    context.close()
    wired = [urlsplit(url) for url in asked if not url.startswith(("data:", "blob:"))]
    assert {url.hostname for url in wired} == {"127.0.0.1"}
    assert failed == []


def test_a_question_gets_its_answer_with_the_proof_beside_it(page: Page) -> None:
    page.evaluate(NOTE_ORDER)
    page.keyboard.type(LAVROV)
    page.keyboard.press("Enter")
    wait_for_answer(page)

    assert "19 April 2023" in page.inner_text(".answer")
    assert page.evaluate("seen") == {"card": 0, "sentence": 1}  # evidence first

    mark = page.locator(".answer .mark").first
    assert mark.inner_text() == "[1]"
    mark.click()
    page.wait_for_selector("#reader[open] mark")
    card = page.locator(f"#{mark.get_attribute('data-card')}")
    marked = card.locator("mark").text_content()
    assert marked == mark.get_attribute("data-quote") == page.locator("#reader mark").text_content()
    source = (ROOT / "corpus" / "002_2a875578f3e8dcbd.txt").read_text(encoding="utf-8")
    assert marked in re.sub(r"\s+", " ", source)
    assert marked in (card.locator("blockquote").text_content() or "")
    assert "Lavrov arrives in Havana" in card.locator("h4").inner_text()
    assert "20 April 2023" in card.locator(".where").inner_text()


def test_a_follow_up_is_understood_and_earlier_citations_stay(page: Page) -> None:
    ask(page, LAVROV)
    wait_for_answer(page)
    first = page.locator(".exchange:nth-child(1)").inner_html()
    ask(page, "Who was he expected to meet there?")
    wait_for_answer(page, 2)

    assert re.search(r"D[ií]az-Canel", page.inner_text(".exchange:nth-child(2) .answer"))
    assert "Lavrov" in page.inner_text(".exchange:nth-child(2) .understood")
    assert page.locator(".exchange:nth-child(1)").inner_html() == first


def test_a_refusal_shows_the_nearest_passages(page: Page) -> None:
    ask(page, UNANSWERED)
    page.wait_for_selector(".exchange.refused")

    assert page.locator("aside h3").inner_text().lower() == "nearest passages"
    assert page.locator(".card.found").count() > 0
    assert page.locator(".mark").count() == 0


def test_stop_ends_the_answer_keeps_the_evidence_and_frees_the_model(page: Page) -> None:
    ask(page, LAVROV)
    page.wait_for_selector(".card")
    page.click("#stop")
    wait_for_answer(page)

    assert page.inner_text(".exchange:nth-child(1) .trouble").startswith("Stopped.")
    assert page.locator(".exchange:nth-child(1) .card").count() > 0
    ask(page, LAVROV)
    wait_for_answer(page, 2)
    assert "19 April 2023" in page.inner_text(".exchange:nth-child(2) .answer")


@pytest.mark.parametrize(
    "question",
    [
        '<img src=x onerror="window.ran=1"><script>window.ran=1</script>',
        "{{constructor.constructor('window.ran=1')()}} {{#each this}}{{@key}}{{/each}}",
        '"><svg onload=window.ran=1> ![x](http://192.0.2.1/x.png) [y](javascript:window.ran=1)',
        "\x07\x1b[31m\u202ehavana\u0000 \ud83d",
    ],
    ids=["html", "template", "svg and markdown", "binary"],
)
def test_hostile_questions_run_nothing_and_get_an_end(page: Page, question: str) -> None:
    ask(page, question)
    wait_for_answer(page)

    assert page.evaluate("window.ran") is None
    assert page.locator(".exchange img, .exchange script, .exchange svg").count() == 0
    ask(page, LAVROV)
    wait_for_answer(page, 2)
    assert "19 April 2023" in page.inner_text(".exchange:nth-child(2) .answer")


def test_a_question_of_20000_characters_gets_one_clear_line(page: Page) -> None:
    ask(page, "When did it happen? " * 1000)
    wait_for_answer(page)

    line = page.inner_text(".trouble")
    assert "characters" in line
    assert "\n" not in line


def test_an_empty_question_gets_a_line_and_the_page_stays(page: Page) -> None:
    ask(page, "   ")
    page.wait_for_selector("#note p")

    assert page.inner_text("#note") == "Type a question first."
    assert page.locator(".exchange").count() == 0


def test_an_example_can_be_asked_with_the_keyboard(page: Page) -> None:
    example = page.locator("[data-question]").first
    example.focus()
    page.keyboard.press("Enter")
    wait_for_answer(page)

    assert page.inner_text("h2") == LAVROV


def test_a_question_is_narrowed_and_its_follow_up_too_until_the_chip_is_taken_away(page: Page) -> None:
    page.click("#narrow summary")
    page.get_by_label("teleSUR English").check()
    page.wait_for_selector("#chips:has-text('1 of 5 articles')")
    ask(page, "Who did Putin speak with by telephone?")  # another outlet tells it
    wait_for_answer(page)
    assert page.inner_text(".narrowed") == "Looked through 1 article published in teleSUR English."
    assert "Al Mayadeen" not in page.inner_text(".exchange")

    ask(page, LAVROV)
    wait_for_answer(page, 2)
    assert "19 April 2023" in page.inner_text(".exchange:nth-child(2) .answer")
    page.click(".chips [data-outlet]")
    page.wait_for_selector(".chips", state="detached")
    assert not page.get_by_label("teleSUR English").is_checked()

    page.reload()
    page.wait_for_selector(".exchange:nth-child(2) .narrowed")
    page.wait_for_selector(".chips [data-outlet='teleSUR English']")


def test_a_new_conversation_starts_empty(page: Page) -> None:
    ask(page, UNANSWERED)
    wait_for_answer(page)
    page.click("#fresh")
    page.wait_for_selector(".invitation")

    assert page.locator(".exchange").count() == 0


@pytest.mark.parametrize("width", [360, 1920])
def test_nothing_is_cut_off_on_a_phone_or_a_wide_screen(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    ask(page, LAVROV)
    wait_for_answer(page)

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for part in (".reading", ".card", "#question-row"):
        box = page.locator(part).first.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width


def test_dark_follows_the_system(browser: Browser, address: str) -> None:
    context = browser.new_context(color_scheme="dark")
    page = context.new_page()
    open_page(page, address)

    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert max(map(int, re.findall(r"\d+", ground)[:3])) < 64
    context.close()
