"""The wiring of the Ask tab: the question box, what has been said, and the answer as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import gradio as gr

from rag.schema import Filters
from ui import render
from ui.desk import Desk
from ui.desk_tab import owner_of
from ui.exchange import Ask, Exchange, converse, settled, stopping_now
from ui.filters_bar import filters_bar
from ui.holdings import Holdings
from ui.parts import ANSWERS, PLAIN, PRIVATE, Talk, scripted

Said = tuple[Exchange, ...]


def ask_tab(ask: Ask, holdings: Holdings, desk: Desk | None = None) -> Talk:
    """What has been said, and the box for the next question. One answer is made at a time."""
    said = gr.State(())
    talk = gr.HTML(talk_of((), holdings), elem_id="talk", **scripted("page.js"))
    with gr.Column(elem_id="composer"):
        bar = filters_bar(holdings)
        with gr.Row(elem_id="question-row"):
            box = gr.Textbox(
                label="Question",
                placeholder="Ask the articles…",
                elem_id="question",
                lines=1,
                max_lines=6,
                autofocus=True,
                show_label=False,
                container=False,
            )
            send = gr.Button("Ask", elem_id="send", variant="primary", min_width=80, scale=0)
            stop = gr.Button("Stop", elem_id="stop", min_width=80, scale=0, visible=False)
        with gr.Row(elem_id="under-row"):
            note = gr.HTML("", elem_id="note", **PLAIN)
            fresh = gr.Button("New conversation", elem_id="fresh", min_width=80, scale=0, visible=False)

    shown = [said, talk, note, send, stop, fresh]

    def draw(now: Said, line: str = "") -> list[Any]:
        running = bool(now) and now[-1].running
        return [
            now,
            talk_of(now, holdings),
            render.notice(line),
            gr.update(visible=not running),
            gr.update(visible=running),
            gr.update(visible=bool(now) and not running),
        ]

    def going_on(question: str, before: Said, only: Filters, request: gr.Request | None) -> Iterator[Said]:
        if desk:
            return desk.converse(ask, question, before, owner_of(request), only)
        return converse(ask, question, before, only)

    def typed(
        question: str | None, before: Said, only: Filters, request: gr.Request | None = None
    ) -> Iterator[list[Any]]:
        if not question or not question.strip():
            yield [gr.skip(), *draw(settled(before), "Type a question first.")]
            return
        asked: Any = ""  # emptied once: what is typed while the answer comes is the next question
        for now in going_on(question, before, only, request):
            yield [asked, *draw(now)]
            asked = gr.skip()

    def picked(
        event: gr.EventData, before: Said, only: Filters, request: gr.Request | None = None
    ) -> Iterator[list[Any]]:
        for now in going_on(str(event.question), before, only, request):
            yield draw(now)

    def stopping(now: Said) -> list[Any]:
        return draw(stopping_now(now))

    def over(now: Said) -> list[Any]:
        ended = settled(now)
        return [gr.skip()] * len(shown) if ended == now else draw(ended)

    slow = PRIVATE | ANSWERS | {"show_progress": "minimal", "show_progress_on": note}
    quick = PRIVATE | {"show_progress": "hidden", "queue": False}
    by_hand = gr.on([box.submit, send.click], typed, [box, said, bar.chosen], [box, *shown], **slow)
    by_example = talk.submit(picked, [said, bar.chosen], shown, **slow)
    for answering in (by_hand, by_example):
        answering.then(over, said, shown, **quick)
        answering.failure(over, said, shown, **quick)
    stop.click(stopping, said, shown, cancels=[by_hand, by_example], **quick)
    bar.follow(fresh.click(lambda: draw(()), None, shown, **quick), said)
    return Talk(said, talk, shown, draw, lambda event: bar.follow(event, said))


def talk_of(now: Said, holdings: Holdings) -> str:
    return render.conversation(now, () if now else holdings.examples(), not now and not holdings.rows())
