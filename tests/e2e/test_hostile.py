"""Sixty hostile strings wherever a page takes text from others; what they do is looked for in the browser itself."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from playwright.sync_api import Page

from rag.ingest.split import make_sentences, split_chunks
from rag.schema import Article
from tests.e2e.browser import ask, chromium, wait_for_answer
from tests.e2e.scripted_server import open_archive_tab, scripted_server, watched
from tests.hostile import HOSTILE
from tests.scripted_page import open_scripted

pytestmark = pytest.mark.e2e

# What only text of others could have put there; Gradio draws its own icons outside of these.
STRANGE = ", ".join(
    f"{place} {tag}"
    for place in ("#talk", "#reader", "#intake", ".listing", ".notice", "#masthead")
    for tag in ("script", "img", "iframe", "object", "embed", "style", "link", "base", "form", "video", "math")
)
HANDLERS = """() => [...document.querySelectorAll("#talk *, #reader *, #shelf *, #intake *")]
  .flatMap((one) => [...one.attributes]).filter((one) => one.name.startsWith("on")).length"""


def hostile_article(number: int, text: str) -> Article:
    """One whose every field is the string, but for its id."""
    story = f"The harbour of Norwick was closed on Monday. {text} Boats will pass on Tuesday.\n\n{text}"
    plain = Article(
        id=f"hostile{number}",
        path=f"/news/{text}.txt",
        title=text,
        text=story,
        outlet=text,
        authors=(text,),
        published=date(2021, 3, number % 28 + 1),
        other_dates=((date(2021, 3, 1), text),),
        place=text,
        url=f"https://example.org/{text}",
        sources={"published": text, "outlet": text},
        captions=(text,),
        notes=(text,),
        also_in=(f"hostile{number ^ 1}",),
    )
    return replace(plain, sentences=make_sentences(story, plain.published))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home") / "dateline"
    archive = open_scripted(home)
    made = [hostile_article(number, text.replace("\0", "")) for number, text in enumerate(HOSTILE)]
    archive.put([(one, split_chunks(one.id, one.text, one.sentences)) for one in made])
    archive.close()
    with scripted_server(home) as ready:
        yield ready


@pytest.fixture
def page(address: str) -> Iterator[Page]:
    with chromium() as browser, watched(browser, address) as opened:
        yield opened
        assert opened.locator(STRANGE).count() == 0
        assert opened.evaluate(HANDLERS) == 0


def test_as_questions_they_are_only_asked(page: Page) -> None:
    for text in HOSTILE:
        ask(page, text)
        page.wait_for_selector(".exchange:not(.running)")
        shown = page.locator(".exchange h2").first.text_content() or ""
        assert len(shown) > 5
        page.locator(".card .link").first.hover()
        page.click("#fresh")
        page.wait_for_selector(".invitation")


def test_in_articles_they_are_only_read(page: Page) -> None:
    ask(page, "When was the harbour of Norwick closed?")
    wait_for_answer(page)
    for mark in page.locator(".mark").all():
        mark.hover()
        mark.click()
        page.wait_for_selector("#reader[open] mark")
        page.keyboard.press("Escape")
    open_archive_tab(page)
    page.wait_for_selector(".listing table")
    assert page.locator(".listing tbody tr").count() == len(HOSTILE)
    for number, text in enumerate(HOSTILE):
        page.locator(f"#row-hostile{number}").click()
        page.wait_for_selector("#reader[open] .beside")
        title = page.locator("#reader h2").text_content() or ""
        assert title.replace("\N{REPLACEMENT CHARACTER}", "") == "".join(
            c for c in text if c >= " " or c in "\n\t"
        ).replace("\u202e", "").replace("\u202c", "")
        page.click("[data-view=file]")
        page.wait_for_selector("#reader [data-shown=file] .hint")
        page.keyboard.press("Escape")
    page.click("[data-remove=hostile10]")
    page.wait_for_selector("#undo")
    page.click("#undo")
    page.wait_for_selector("[data-remove=hostile10]")
    for text in HOSTILE[:20]:
        page.fill("#shelf-find", text)
        page.wait_for_selector(".tally")
    page.fill("#shelf-find", "")
    page.click("#shelf-copies")
    page.wait_for_selector(".group")


def test_as_file_names_they_are_only_names(page: Page) -> None:
    open_archive_tab(page)
    story = "The port of Lisbon was closed on Tuesday after winds of 120 km/h, harbour master Ana Lima said.\n"
    page.set_input_files(
        "#shelf-files",
        [
            {
                "name": f"{text}.{'exe' if number % 3 else 'txt'}",
                "mimeType": "text/plain",
                "buffer": f"{number} {story}".encode(),
            }
            for number, text in enumerate(HOSTILE)
        ],
    )
    page.wait_for_selector("#intake .report")
    for summary in page.locator("#intake summary").all():
        summary.click()
    assert "could not be read" in page.locator("#intake").inner_text()
