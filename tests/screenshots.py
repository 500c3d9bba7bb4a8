"""Pictures of the real page for the README: `python tests/screenshots.py --out docs`.

Each view is taken light and dark, on a laptop, a wide screen and a phone, from one running `dateline chat`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from playwright.sync_api import Browser, Page

from tests.e2e.browser import ask, chat_server, chromium, open_page, wait_for_answer

SCREENS = {"laptop": (1280, 800), "wide": (1920, 1080), "phone": (360, 740)}
ANSWERED = "When did Lavrov visit Havana?"
FOLLOW_UP = "Who was he expected to meet there?"
OUTLET = "teleSUR English"
TABS = {"Conversations": ".kept", "Archive": ".listing table", "Settings": ".settings"}
REFUSED = "How many people live in Reykjavik?"
SETTLED = 800  # milliseconds, for the last sentence to have faded in


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder for the PNG files")
    parser.add_argument("--home", type=Path, help="an index that is already there")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as fresh,
        chat_server(args.home or Path(fresh) / "home") as address,
        chromium() as browser,
    ):
        for screen, (width, height) in SCREENS.items():
            for theme in ("light", "dark"):
                page = open_with(browser, address, width, height, theme)
                for view, image in views(page):
                    path = args.out / f"{view}-{screen}-{theme}.png"
                    path.write_bytes(image)
                    print(path)
                page.context.close()


def open_with(browser: Browser, address: str, width: int, height: int, theme: str) -> Page:
    context = browser.new_context(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page = context.new_page()
    open_page(page, address)
    return page


def views(page: Page) -> list[tuple[str, bytes]]:
    """The start, the filters, evidence before the answer, the answer, an article opened, a follow-up and a refusal,
    what is narrowed, and the other tabs."""
    taken = [("start", picture(page))]
    page.click("#narrow summary")
    page.get_by_label(OUTLET).check()
    page.fill("#narrow-since", "2023-04-01")
    page.wait_for_selector(".chips [data-since]")
    taken.append(("filters", picture(page)))
    while page.locator(".chips button").count():
        page.click(".chips button >> nth=0")
        page.wait_for_timeout(SETTLED)
    page.click("#narrow summary")
    ask(page, ANSWERED)
    page.wait_for_selector(".card.found")
    taken.append(("evidence", picture(page)))
    wait_for_answer(page)
    taken.append(("answer", picture(page)))
    page.locator(".mark").first.hover()
    taken.append(("proof", picture(page)))
    page.locator(".mark").first.click()
    page.wait_for_selector("#reader[open] mark")
    taken.append(("article", picture(page)))
    page.keyboard.press("Escape")
    ask(page, FOLLOW_UP)
    wait_for_answer(page, 2)
    taken.append(("follow-up", picture(page)))
    ask(page, REFUSED)
    wait_for_answer(page, 3)
    taken.append(("refusal", picture(page)))
    page.click("#narrow summary")
    page.get_by_label(OUTLET).check()
    page.wait_for_selector(".chips")
    page.click("#narrow summary")
    ask(page, ANSWERED)
    wait_for_answer(page, 4)
    taken.append(("narrowed", picture(page)))
    for tab, there in TABS.items():
        page.get_by_role("tab", name=tab).click()
        page.wait_for_selector(there)
        taken.append((tab.lower(), picture(page)))
    return taken


def picture(page: Page) -> bytes:
    page.wait_for_timeout(SETTLED)
    return page.screenshot()


if __name__ == "__main__":
    main()
