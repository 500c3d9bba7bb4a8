"""The chat page's wiring to Gradio. What is said lives in `ui.exchange`, how it looks in `ui.render`."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import gradio as gr
from starlette.middleware import Middleware
from starlette.routing import BaseRoute

from rag.addresses import is_loopback
from ui import reader, render
from ui.archive_tab import archive_tab
from ui.ask_tab import ask_tab, talk_of
from ui.controls import Controls
from ui.desk import Desk
from ui.desk_tab import conversations_tab, desk_board, keep_conversation, keep_list
from ui.exchange import Ask, Exchange
from ui.guard import Guard
from ui.holdings import Holdings
from ui.parts import PRIVATE, resource, scripted
from ui.port import require_free
from ui.programs import endpoints
from ui.settings_tab import settings_tab

SANS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Helvetica Neue", "Liberation Sans", "sans-serif")
MONO = ("ui-monospace", "Menlo", "Consolas", "Liberation Mono", "monospace")
# What keeps the page on this machine even if some text were to become an element one day.
HEAD = """<meta http-equiv="Content-Security-Policy" content="default-src 'self' 'unsafe-inline' 'unsafe-eval'
 data: blob:; base-uri 'self'; form-action 'none'; object-src 'none'">
<meta name="referrer" content="no-referrer">"""

Admits = Callable[[str, str], bool]


def build_page(
    ask: Ask, holdings: Holdings, where: str, desk: Desk | None = None, controls: Controls | None = None
) -> gr.Blocks:
    """The page over `ask`, whose events are shown as they come, and over the articles of `holdings`.

    `where` says what reads them, and where, unless `controls` can change that; without a desk nothing is kept.
    """

    def masthead() -> str:
        return render.masthead(
            len(holdings.rows()), controls.where() if controls else where, controls.theme if controls else "system"
        )

    page = gr.Blocks(title="Dateline", analytics_enabled=False, fill_width=True)
    with page:
        head = gr.HTML(masthead(), elem_id="masthead", **scripted("theme.js"))
        with gr.Tabs(elem_id="views") as views:
            with gr.Tab("Ask", id="ask") as asking:
                talk = ask_tab(ask, holdings, desk)
            if desk:
                with gr.Tab("Conversations", id="conversations") as kept:
                    kept_list = conversations_tab()
            with gr.Tab("Archive", id="archive"):
                archive = archive_tab(holdings)
            changed: list[Callable[..., Any]] = []
            if controls:
                with gr.Tab("Settings", id="settings") as settings:
                    changed = settings_tab(settings, controls)
        reading_panel(holdings)
        begun: Callable[..., Any] = page.load
        if desk:  # what the address asks for is shown first
            board = desk_board()
            keep_list(desk, kept, kept_list, board)
            begun = keep_conversation(desk, page, board, views, talk).then
        endpoints(holdings.programs(ask))

        def look(now: tuple[Exchange, ...]) -> list[str]:
            """What depends on the articles that are here, which may have changed meanwhile."""
            return [masthead(), talk_of(now, holdings)]

        for event in (begun, asking.select, archive.change, *changed):
            event(look, talk.said, [head, talk.html], show_progress="hidden", **PRIVATE)
    return page


def reading_panel(holdings: Holdings) -> None:
    """The panel that opens an article beside the page. Its content is asked for by `reader.js`."""

    def read_article(asked: dict[str, Any]) -> str:
        cited = reader.passage(asked)
        article = holdings.article(str(asked.get("article")))
        return reader.panel(article, cited, holdings.copies(article)) if article else reader.gone(cited.quote)

    def read_file(article_id: str) -> str:
        return reader.original(holdings.original(article_id))

    gr.HTML(reader.frame(), elem_id="reading", server_functions=[read_article, read_file], **scripted("reader.js"))


def launch(
    page: gr.Blocks, host: str, port: int, admits: Admits | None = None, routes: Sequence[BaseRoute] = ()
) -> None:
    """Serve until interrupted, to those that `admits` if it is given; prints the address once the page answers.

    `routes` are served beside the page, and let in whom they want. No page of another address gets at either.

    Raises DatelineError if the port cannot be had.
    """
    require_free(host, port)
    _keep_direct(host)
    page.launch(
        server_name=host,
        server_port=port,
        share=False,
        quiet=True,
        footer_links=[],
        run_history=False,
        prevent_thread_lock=True,
        auth=_beside(admits) if admits else None,  # type: ignore[arg-type]  # it awaits what is awaitable
        theme=gr.themes.Base(font=SANS, font_mono=MONO),
        css=resource("style.css"),
        head=HEAD,
        app_kwargs={"routes": list(routes), "middleware": [Middleware(Guard, local=is_loopback(host) and not admits)]},
    )
    print(f"http://{host}:{port}", flush=True)
    try:
        while page.server.thread.is_alive():
            page.server.thread.join(timeout=1)
    except KeyboardInterrupt:
        page.close(verbose=False)


def _beside(admits: Admits) -> Callable[[str, str], Awaitable[bool]]:
    """A password takes a while to check; the page goes on meanwhile."""

    async def admitted(name: str, password: str) -> bool:
        return await asyncio.to_thread(admits, name, password)

    return admitted


def _keep_direct(host: str) -> None:
    """Gradio asks its own server whether it is up; a proxy set for the web must not carry that question."""
    for name in ("no_proxy", "NO_PROXY"):
        os.environ[name] = ",".join(filter(None, (os.environ.get(name), host)))
