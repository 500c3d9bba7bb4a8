"""Every view of the page in a real Chromium, over a real archive and a scripted model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from rag.ingest.split import make_sentences, split_chunks
from rag.schema import Article
from tests.e2e.browser import ROOT, ask, chromium, wait_for_answer
from tests.e2e.scripted_server import open_archive_tab, scripted_server, watched
from tests.scripted_page import open_scripted

pytestmark = pytest.mark.e2e

LAVROV = "When did Lavrov visit Havana?"
REFUSED = "How many people live in Reykjavik?"
STORM = (
    "Storm closes Norwick airport\n\nPublished on June 3, 2021\n\n"
    "A storm closed the airport of Norwick on Monday and tore the roof off the old customs house.\n\n"
    "Nobody was hurt, the fire brigade said, and the first flights are to leave again at dawn.\n"
)
PHONE = {"width": 360, "height": 740}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as opened:
        yield opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with scripted_server(tmp_path_factory.mktemp("home") / "dateline", [ROOT / "corpus"]) as ready:
        yield ready


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    with watched(browser, address) as opened:
        yield opened


def focused(page: Page) -> str:
    return str(page.evaluate("document.activeElement.id || document.activeElement.className"))


def answered(page: Page, question: str = LAVROV) -> None:
    ask(page, question)
    wait_for_answer(page)


def faults(page: Page) -> list[str]:
    """What axe-core calls serious or critical in the view as it is now."""
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {node['html'][:160]}"
        for one in found
        if one["impact"] in ("serious", "critical")
        for node in one["nodes"]
    ]


def test_a_mark_opens_the_article_where_the_highlight_is_the_quote(page: Page) -> None:
    answered(page)
    for number in range(page.locator(".mark").count()):
        mark = page.locator(".mark").nth(number)
        mark.click()
        page.wait_for_selector("#reader[open] mark")

        assert page.locator("#reader mark").text_content() == mark.get_attribute("data-quote")
        assert page.locator("#reader mark").is_visible()
        page.keyboard.press("Escape")
        page.wait_for_selector("#reader", state="hidden")
        assert focused(page) == mark.get_attribute("id")


def test_a_quote_is_shown_to_pointer_and_keyboard_and_put_away_by_escape(page: Page) -> None:
    answered(page)
    proof = page.locator(".proof").first
    assert not proof.is_visible()
    page.locator(".mark").first.hover()
    assert proof.is_visible()
    page.keyboard.press("Escape")
    assert not proof.is_visible()
    page.mouse.move(0, 0)

    page.locator(".mark").first.focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    assert proof.is_visible()
    assert page.locator(".mark").first.get_attribute("aria-describedby") == proof.get_attribute("id")


def test_by_keyboard_alone_a_question_is_asked_and_its_proof_read(page: Page) -> None:
    page.keyboard.type(LAVROV)
    page.keyboard.press("Enter")
    wait_for_answer(page)
    for _ in range(20):
        page.keyboard.press("Shift+Tab")
        if page.evaluate("document.activeElement.classList.contains('mark')"):
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader[open] mark")

    assert page.evaluate("document.activeElement.className") == "reader-body"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('mark')")


def test_by_keyboard_alone_a_question_is_narrowed_and_widened_again(page: Page) -> None:
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # opens the form
    page.wait_for_selector(".outlets input")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "checkbox":
            break
    page.keyboard.press("Space")
    page.wait_for_selector(".chips button")
    page.keyboard.press("Escape")
    assert not page.locator(".outlets").is_visible()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")  # on the chip
    page.wait_for_selector(".chips", state="detached")
    assert page.evaluate("document.activeElement.tagName") == "TEXTAREA"


def test_the_panel_switches_to_the_file_as_it_came(page: Page) -> None:
    answered(page)
    page.locator(".mark").first.click()
    page.click("[data-view=file]")
    page.wait_for_selector("#reader pre")

    name = (page.locator("#reader [data-shown=file] .hint").text_content() or "").rpartition("/")[2]
    assert page.locator("#reader pre").text_content() == (ROOT / "corpus" / name).read_text(encoding="utf-8")
    assert not page.locator("#reader .story").is_visible()
    page.click("[data-view=story]")
    assert page.locator("#reader mark").is_visible()


def test_on_a_phone_the_panel_is_a_sheet_that_keeps_the_focus(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    answered(page)
    page.locator(".mark").first.click()
    page.wait_for_selector("#reader[open] mark")

    box = page.locator("#reader").bounding_box()
    assert box
    assert (box["x"], box["width"]) == (0, 360)
    assert page.locator("#reader mark").is_visible()
    for _ in range(8):
        page.keyboard.press("Tab")
        assert page.evaluate("!!document.activeElement.closest('#reader') || document.activeElement === document.body")
    page.click(".reader-close")
    assert focused(page) == page.locator(".mark").first.get_attribute("id")


def test_copies_open_from_the_panel_and_the_focus_returns_to_where_it_began(page: Page) -> None:
    open_archive_tab(page)
    page.click("#shelf-copies")
    first = page.locator(".group .link").first
    page.wait_for_selector(".group")
    first.click()
    title = page.locator("#reader [data-article]").first
    title.click()
    page.wait_for_selector("#reader[open] .story")
    page.keyboard.press("Escape")

    assert focused(page) == first.get_attribute("id")


def test_evidence_of_several_days_has_a_timeline(page: Page) -> None:
    answered(page)
    dates = page.locator(".timeline time").evaluate_all("each => each.map((one) => one.dateTime)")

    assert len(dates) >= 2
    assert dates == sorted(dates)


def test_a_refusal_says_what_was_missing_and_what_to_try(page: Page) -> None:
    answered(page, REFUSED)
    said = page.locator(".reading").inner_text()

    assert "Reykjavik" in said.partition("Not in them")[2]
    assert "WHAT TO TRY" in said.upper()
    assert page.locator(".card.found").count() > 0


def test_a_dead_endpoint_is_one_line_and_the_passages_stay(page: Page) -> None:
    answered(page, "Is the endpoint down in Havana?")

    assert page.locator(".trouble").inner_text().count("\n") == 0
    assert page.locator(".card.found").count() > 0


def test_a_very_long_answer_stays_in_its_column(page: Page) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    answered(page, "Tell a long story of Havana")

    assert page.locator(".sentence").count() == 60
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_files_dropped_in_are_reported_listed_asked_and_removed_with_undo(browser: Browser, tmp_path: Path) -> None:
    with scripted_server(tmp_path / "home") as address, watched(browser, address) as page:
        assert "empty" in page.locator(".invitation h2").inner_text()
        page.click("[data-tab=Archive]")
        page.set_input_files(
            "#shelf-files",
            [
                {"name": "storm.txt", "mimeType": "text/plain", "buffer": STORM.encode()},
                {"name": "tool.exe", "mimeType": "application/octet-stream", "buffer": b"MZ\0"},
            ],
        )
        page.wait_for_selector("#intake .report")
        assert "Added 1 · 1 could not be read" in page.locator("#intake").inner_text()
        assert "tool.exe: files of this kind are not read" in page.locator("#intake .reasons").inner_text()
        assert (tmp_path / "home" / "uploads" / "storm.txt").read_text() == STORM

        page.wait_for_selector("[data-remove]")
        page.wait_for_selector("#masthead:has-text('1 article,')")
        page.click("[data-remove]")
        page.wait_for_selector("#undo:focus")
        assert page.locator("[data-remove]").count() == 0
        page.keyboard.press("Enter")
        page.wait_for_selector("[data-remove]")

        page.get_by_role("tab", name="Ask").click()
        page.wait_for_selector(".examples")
        assert "1 article," in page.locator("#masthead").inner_text()
        answered(page, "What closed the airport of Norwick?")
        assert "storm" in page.locator(".answer").inner_text()


def test_while_another_process_indexes_uploads_are_refused_in_one_line(browser: Browser, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with scripted_server(home) as address, watched(browser, address) as page:
        other = open_scripted(home)
        with other.writing():
            open_archive_tab(page)
            buffer = STORM.encode()
            page.set_input_files("#shelf-files", [{"name": "a.txt", "mimeType": "text/plain", "buffer": buffer}])
            page.wait_for_selector("#intake .trouble")
            assert "is indexing it; wait for it to end" in page.locator("#intake .trouble").inner_text()
        other.close()


def test_an_article_that_is_gone_or_changed_says_so_when_its_citation_is_opened(
    browser: Browser, tmp_path: Path
) -> None:
    home = tmp_path / "home"
    with scripted_server(home, [ROOT / "corpus"]) as address, watched(browser, address) as page:
        answered(page)
        mark = page.locator(".mark").first
        other = open_scripted(home)
        with other.store._transaction():
            other.store._db.execute("update article set text = 'Before it. ' || text")
        mark.click()
        page.wait_for_selector("#reader[open] .trouble")
        assert "has changed since it was cited" in page.locator("#reader .trouble").inner_text()
        assert page.locator("#reader .trouble blockquote").text_content() == mark.get_attribute("data-quote")
        page.keyboard.press("Escape")
        for article in other.store.articles():
            other.delete(article.id)
        other.close()
        mark.click()
        page.wait_for_selector("#reader[open] .trouble")
        assert "no longer in the archive" in page.locator("#reader .trouble").inner_text()


def test_the_table_is_sorted_and_searched_without_losing_the_focus(page: Page) -> None:
    open_archive_tab(page)
    page.wait_for_selector(".listing table")
    page.click("#sort-words")
    page.wait_for_selector(".of-words[aria-sort]")
    assert focused(page) == "sort-words"
    words = page.locator("td.of-words").all_inner_texts()
    assert words == sorted(words)

    page.fill("#shelf-find", "lavrov 2023")
    page.wait_for_selector(".tally:has-text('1 of 5 articles')")
    assert focused(page) == "shelf-find"
    page.fill("#shelf-find", "nothing like it")
    page.wait_for_selector(".tally:has-text('0 of 5 articles')")


def test_health_is_told(page: Page) -> None:
    open_archive_tab(page)
    page.click("#shelf-health")
    page.wait_for_selector(".notice .report")

    assert "5 articles: all is well." in page.locator(".notice").inner_text()


def test_the_first_paint_of_a_warm_server_takes_less_than_two_seconds(browser: Browser, address: str) -> None:
    with watched(browser, address) as page:
        page.reload()
        page.wait_for_selector("#question textarea")
        painted = page.evaluate("performance.getEntriesByName('first-contentful-paint')[0].startTime")
    assert painted < 2000


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_no_view_has_a_serious_fault_of_access_or_is_cut_off(
    browser: Browser, address: str, theme: str, width: int
) -> None:
    found: dict[str, list[str]] = {}

    def look(view: str) -> None:
        page.wait_for_timeout(600)  # for what fades in
        found[view] = faults(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view

    with watched(browser, address, width, 800, theme) as page:
        look("start")
        page.click("#narrow summary")
        page.get_by_label("teleSUR English").check()
        page.wait_for_selector(".chips")
        look("filters")
        page.click(".chips button")
        page.click("#narrow summary")
        answered(page)
        look("answer")
        page.locator(".mark").first.click()
        page.wait_for_selector("#reader[open] mark")
        look("article")
        page.click("[data-view=file]")
        page.wait_for_selector("#reader pre")
        look("file")
        page.keyboard.press("Escape")
        ask(page, REFUSED)
        wait_for_answer(page, 2)
        look("refusal")
        ask(page, "Is the endpoint down?")
        wait_for_answer(page, 3)
        look("endpoint down")
        open_archive_tab(page)
        page.wait_for_selector(".listing table")
        look("archive")
        page.click("#shelf-copies")
        page.wait_for_selector(".group")
        look("copies")
        page.get_by_role("tab", name="Conversations").click()
        page.wait_for_selector("#desk-list .kept")
        look("conversations")
        page.get_by_role("tab", name="Settings").click()
        page.wait_for_selector(".settings")
        look("settings")
    assert {view: lines for view, lines in found.items() if lines} == {}


def test_an_empty_archive_has_no_serious_fault_of_access(browser: Browser, tmp_path: Path) -> None:
    with scripted_server(tmp_path / "home") as address, watched(browser, address) as page:
        assert faults(page) == []
        open_archive_tab(page)
        assert faults(page) == []


def stored(home: Path, title: str, text: str) -> None:
    archive = open_scripted(home)
    sentences = make_sentences(text, None)
    article = Article(id="one", path="/news/one.txt", title=title, text=text, sentences=sentences)
    archive.put([(article, split_chunks(article.id, text, sentences))])
    archive.close()


def test_right_to_left_text_runs_so_in_card_and_panel(browser: Browser, tmp_path: Path) -> None:
    text = "افتتح رئيس الوزراء جسرا جديدا في القاهرة يوم الاثنين. Norwick sent its congratulations."
    stored(tmp_path / "home", "افتتاح جسر جديد في القاهرة", text)
    with scripted_server(tmp_path / "home") as address, watched(browser, address) as page:
        answered(page, "Who sent Norwick its congratulations?")
        page.locator(".mark").first.click()
        page.wait_for_selector("#reader[open] mark")
        for where in ("#reader .story p", "#reader h2", ".card h4"):
            assert page.locator(where).first.evaluate("(one) => getComputedStyle(one).direction") == "rtl"


@pytest.mark.parametrize("title", ["W" * 200, "A headline of many words " * 8])
def test_a_title_of_200_characters_stays_within_a_phone(browser: Browser, tmp_path: Path, title: str) -> None:
    stored(tmp_path / "home", title, f"The harbour of Norwick was closed on Monday by {'x' * 300}, the mayor said.")
    with scripted_server(tmp_path / "home") as address, watched(browser, address, 360, 740) as page:
        answered(page, "When was the harbour of Norwick closed?")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
        page.locator(".mark").first.click()
        page.wait_for_selector("#reader[open] mark")
        assert page.evaluate("document.querySelector('.reader-body').scrollWidth") <= 360
        page.click(".reader-close")
        open_archive_tab(page)
        page.wait_for_selector(".listing table")
        assert page.evaluate("document.documentElement.scrollWidth") == 360
