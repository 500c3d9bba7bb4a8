"""The wiring of the Settings view: `ui.settings_view` draws it, `ui.controls` does what is asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import gradio as gr

from rag.errors import DatelineError
from ui import settings_view as view
from ui.controls import Controls
from ui.parts import PLAIN, PRIVATE, scripted

QUICK: dict[str, Any] = PRIVATE | {"show_progress": "hidden", "queue": False}
SLOW: dict[str, Any] = PRIVATE | {"show_progress": "hidden", "concurrency_id": "settings", "concurrency_limit": 1}


def settings_tab(tab: gr.Tab, controls: Controls) -> list[Callable[..., Any]]:
    """What is in the tab. Returns what to call with whatever is to be drawn after each change."""
    notice = gr.HTML("", elem_id="settings-notice", **PLAIN)
    board = gr.HTML("", elem_id="settings", **scripted("settings.js"))
    shown = [notice, board]

    def drawn(said: str = "") -> list[str]:
        return [said, view.board(controls.standing())]

    def saving(event: gr.EventData) -> list[str]:
        asked = event._data or {}
        try:
            if "theme" in asked:
                controls.set_theme(asked["theme"])
            elif "passages" in asked:
                controls.set_passages(asked["passages"])
            elif "forget" in asked:
                controls.forget_key()
        except DatelineError as error:
            return drawn(view.trouble(str(error)))
        return drawn(view.done("Saved."))

    def switching(event: gr.EventData) -> Iterator[list[Any]]:
        asked = event._data or {}
        local = asked.get("model") if "use" in asked else None
        before = controls.where()
        yield [view.going_on(f"Loading {local}" if local else "Asking the endpoint"), gr.skip()]
        try:
            if local:
                controls.read_with(local)
            else:
                controls.read_at(asked.get("url"), asked.get("model"), asked.get("key"))
        except DatelineError as error:
            yield drawn(view.trouble(f"{_now(before, controls)}: {error}"))
            return
        yield drawn(view.done(f"From now on {controls.reads()} reads."))

    def fetching(event: gr.EventData) -> Iterator[list[Any]]:
        name = str((event._data or {}).get("model"))
        try:
            for share in controls.pull(name):
                yield [view.fetching(name, share), gr.skip()]
        except DatelineError as error:
            yield drawn(view.trouble(f"Not fetched: {error}"))
            return
        yield drawn(view.done(f"{name} is here."))

    tab.select(drawn, None, shown, **QUICK)
    return [
        board.apply(saving, None, shown, **QUICK).then,
        board.select(switching, None, shown, **SLOW).then,
        board.download(fetching, None, shown, **SLOW).then,
    ]


def _now(before: str, controls: Controls) -> str:
    """What a change that failed has left."""
    if not controls.reads():
        return "Nothing reads now"
    if controls.where() == before:
        return f"Not changed, {controls.reads()} reads on"
    return f"{controls.reads()} reads now, and that is not saved"
