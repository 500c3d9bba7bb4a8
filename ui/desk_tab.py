"""The wiring of what is kept: the list of conversations, their permalinks, thumbs, and taking answers away."""

from __future__ import annotations

from typing import Any

import gradio as gr
from gradio.events import Dependency

from rag.errors import DatelineError
from ui import conversations
from ui.desk import Desk, Said
from ui.parts import PLAIN, PRIVATE, Talk, scripted

QUICK: dict[str, Any] = PRIVATE | {"show_progress": "hidden", "queue": False}
PERMALINK = "() => [new URLSearchParams(location.search).get('c') ?? '']"


def desk_board() -> gr.HTML:
    """The unseen element that `desk.js` sends everything through; outside the tabs, where it is there at once."""
    return gr.HTML("", elem_id="desk", **scripted("desk.js"))


def owner_of(request: gr.Request | None) -> str | None:
    """Who asks: a user's name, or None where nobody logs in."""
    return getattr(request, "username", None) or None


def conversations_tab() -> gr.HTML:
    """The tab's search and its list, which is returned."""
    gr.HTML(conversations.frame(), elem_id="desk-frame", **PLAIN)
    return gr.HTML("", elem_id="desk-list", **PLAIN)


def keep_list(desk: Desk, tab: gr.Tab, listing: gr.HTML, board: gr.HTML) -> None:
    """Draws the list anew when it is looked at, searched in, or something of it is renamed, deleted, restored."""

    def listed(request: gr.Request) -> str:
        return conversations.listing(desk.of(owner_of(request)).listed())

    def searched(event: gr.EventData, request: gr.Request) -> str:
        words = str(event.words)
        return conversations.listing(desk.of(owner_of(request)).listed(words), words)

    def edited(event: gr.EventData, request: gr.Request) -> str:
        mine, asked, notice = desk.of(owner_of(request)), event._data or {}, ""
        try:
            if asked.get("delete"):
                mine.delete(str(asked["delete"]))
                notice = conversations.deleted(str(asked["delete"]))
            elif asked.get("restore"):
                mine.restore(str(asked["restore"]))
            elif asked.get("rename"):
                mine.rename(str(asked["rename"]), str(asked.get("title") or ""))
        except DatelineError as error:
            notice = conversations.trouble(str(error))
        words = str(asked.get("words") or "")
        return conversations.listing(mine.listed(words), words, notice)

    tab.select(listed, None, listing, **QUICK)
    board.input(searched, None, listing, **QUICK)
    board.edit(edited, None, listing, **QUICK)


def keep_conversation(desk: Desk, page: gr.Blocks, board: gr.HTML, views: gr.Tabs, talk: Talk) -> Dependency:
    """What the list and the tools under an answer do to the conversation shown.

    Returns the event that shows the conversation of the page's address.
    """
    said, shown, draw = talk.said, talk.shown, talk.draw
    link = gr.Textbox(visible=False)
    carrier = gr.HTML("", elem_id="taken", **scripted("take.js"))

    def came(conversation: str, request: gr.Request) -> list[Any]:
        """The page as its address says: with that conversation, or fresh."""
        if not conversation:
            return draw(())
        try:
            return draw(desk.open(conversation, owner_of(request)))
        except DatelineError as error:
            return draw((), str(error))

    def chosen(event: gr.EventData, before: Said, request: gr.Request) -> list[Any]:
        if before and before[-1].running:
            line = "An answer is being made: wait for it, or stop it, then open another conversation."
            return [gr.Tabs(selected="ask"), *draw(before, line)]
        return [gr.Tabs(selected="ask"), *came(str(event.conversation), request)]

    def judged(event: gr.EventData, before: Said, request: gr.Request) -> list[Any]:
        try:
            return draw(desk.judge(before, event._data or {}, owner_of(request)))
        except DatelineError as error:
            return draw(before, str(error))

    def taken(event: gr.EventData, before: Said, request: gr.Request) -> str:
        try:
            return conversations.taken(*desk.taken(before, event._data or {}, owner_of(request)))
        except DatelineError as error:
            return conversations.trouble(str(error))

    arrived = page.load(came, link, shown, js=PERMALINK, **QUICK)
    talk.opened(arrived)
    talk.opened(board.select(chosen, said, [views, *shown], **QUICK))
    board.like(judged, said, shown, **QUICK)
    board.download(taken, said, carrier, **QUICK)
    return arrived
