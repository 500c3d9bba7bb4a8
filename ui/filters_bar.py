"""The wiring of the filters above the question: what is chosen goes into a state, and from there into each question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import gradio as gr
from gradio.events import Dependency

from rag.errors import DatelineError
from rag.filters import parse_filters
from rag.schema import EVERYTHING, Filters
from ui import chips
from ui.exchange import Exchange
from ui.holdings import Holdings
from ui.parts import PLAIN, PRIVATE, scripted

QUICK: dict[str, Any] = PRIVATE | {"show_progress": "hidden", "queue": False}


@dataclass(frozen=True)
class FiltersBar:
    """`chosen` holds the `Filters` of the next question; `shown` are its outputs."""

    chosen: gr.State
    shown: list[Any]
    holdings: Holdings

    def follow(self, event: Dependency, said: gr.State) -> None:
        """After `event` the filters are those of the conversation's last question, or none."""
        event.then(lambda now: self.draw(last(now)), said, self.shown, **QUICK)

    def draw(self, filters: Filters) -> list[Any]:
        try:
            narrowed = self.holdings.narrow(filters)
        except DatelineError as error:  # an outlet that has left the archive since
            return [filters, chips.chips(filters, trouble=str(error))]
        tally = chips.left(narrowed.articles, len(self.holdings.rows()), narrowed.undated)
        return [narrowed.filters, chips.chips(narrowed.filters, tally)]


def filters_bar(holdings: Holdings) -> FiltersBar:
    def list_outlets(_: Any) -> str:
        return chips.outlets(holdings.outlets())

    def narrowing(event: gr.EventData, before: Filters) -> list[Any]:
        asked = event._data or {}
        try:
            wanted = parse_filters(asked.get("since"), asked.get("until"), asked.get("outlets"))
            holdings.narrow(wanted)
        except DatelineError as error:
            return [before, chips.chips(before, trouble=str(error))]
        return bar.draw(wanted)

    chosen = gr.State(EVERYTHING)
    with gr.Row(elem_id="filters"):
        shown = gr.HTML("", elem_id="chips", **PLAIN)
        form = gr.HTML(chips.frame(), elem_id="narrow", server_functions=[list_outlets], **scripted("filters.js"))
    bar = FiltersBar(chosen, [chosen, shown], holdings)
    form.change(narrowing, chosen, bar.shown, **QUICK)
    return bar


def last(said: tuple[Exchange, ...]) -> Filters:
    return said[-1].filters if said else EVERYTHING
