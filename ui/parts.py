"""What the wiring of every part of the page has in common."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import gradio as gr
from gradio.events import Dependency

PLAIN: dict[str, Any] = {"apply_default_css": False, "js_on_load": None}
"""An element of ours that runs nothing."""
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
"""An event that is the page's own and no endpoint for programs."""
ANSWERS: dict[str, Any] = {"concurrency_id": "answer", "concurrency_limit": None}
"""What makes an answer: the line in which they wait is `rag.one_at_a_time`'s, which says when it is too long."""


@dataclass(frozen=True)
class Talk:
    """The conversation on the page: `draw` gives the values of `shown` for what has been `said`, and a line of note.

    `opened` is told of an event that puts another conversation in its place.
    """

    said: gr.State
    html: gr.HTML
    shown: list[Any]
    draw: Callable[..., list[Any]]
    opened: Callable[[Dependency], None]


def scripted(name: str) -> dict[str, Any]:
    """An element of ours with its script."""
    return {"apply_default_css": False, "js_on_load": resource(name)}


def resource(name: str) -> str:
    return files("ui").joinpath(name).read_text(encoding="utf-8")
