"""The Archive tab's wiring to Gradio: `ui.shelf` and `ui.intake` draw it, `ui.holdings` does what is asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.utils import get_upload_folder

from rag.errors import DatelineError
from rag.ingest.readers import FORMATS
from ui import intake, shelf
from ui.holdings import Holdings, Progress
from ui.parts import PRIVATE, scripted
from ui.uploads import brought


def archive_tab(holdings: Holdings) -> gr.HTML:
    """All articles in a table, files taken in, articles taken out and brought back.

    The element that is returned tells of every change of the archive by its event `change`.
    """

    def list_articles(asked: dict[str, Any]) -> list[str]:
        rows = holdings.rows()
        return [shelf.plots(rows), shelf.listing(rows, shelf.View.of(asked))]

    def remove_article(article_id: str) -> str:
        try:
            return intake.removed(holdings.remove(str(article_id)))
        except DatelineError as error:
            return intake.trouble(str(error))

    def restore_article(article_id: str) -> str:
        try:
            return intake.restored(holdings.restore(str(article_id)))
        except DatelineError as error:
            return intake.trouble(str(error))

    def check_health(_: Any) -> str:
        try:
            return intake.health(holdings.examine(), len(holdings.rows()))
        except DatelineError as error:
            return intake.trouble(str(error))

    def taking_in(event: gr.EventData) -> Iterator[str]:
        files = brought(event.files, Path(get_upload_folder()))
        if not files:
            yield intake.trouble("no file arrived; try again")
            return
        try:
            for told in holdings.add(files):
                if isinstance(told, Progress):
                    yield intake.progress(told.articles, told.share, len(files))
                else:
                    yield intake.report(told, holdings.uploads)
        except DatelineError as error:
            yield intake.trouble(str(error))

    report = gr.HTML("", elem_id="intake", **scripted("intake.js"))
    table = gr.HTML(
        shelf.frame(FORMATS),
        elem_id="shelf",
        server_functions=[list_articles, remove_article, restore_article, check_health],
        **scripted("shelf.js"),
    )
    table.upload(
        taking_in, None, report, concurrency_id="intake", concurrency_limit=1, show_progress="hidden", **PRIVATE
    )
    return table
