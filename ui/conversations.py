"""The conversations kept, as a list, and what can be done with an answer: pure HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from rag.desk.records import Listed
from ui.exchange import Exchange
from ui.text import counted, day, escaped

FAULTS = {
    "wrong": "It is wrong",
    "incomplete": "It leaves something out",
    "should_refuse": "The articles do not say this",
    "should_answer": "The articles do answer this",
}
TAKEN_AS = {".md": "Markdown", ".html": "HTML", ".json": "JSON"}


def frame() -> str:
    """The tab without its list, which is drawn anew by itself; `desk.js` sends off what is typed here."""
    return (
        '<section class="desk"><h2>Conversations</h2>'
        '<label for="desk-find">Search in questions and answers</label>'
        '<input id="desk-find" type="search" autocomplete="off" spellcheck="false"></section>'
    )


def listing(found: Sequence[Listed], words: str = "", notice: str = "") -> str:
    """`notice` is HTML of ours, said above the list."""
    rows = "".join(map(_row, found))
    nothing = "Nothing was found." if words.strip() else "None yet: each question you ask is kept here."
    body = f'<ul class="kept">{rows}</ul>' if rows else f'<p class="hint">{nothing}</p>'
    return f'<div role="status">{notice}</div>{body}'


def deleted(conversation: str) -> str:
    return (
        '<p class="notice">Deleted. '
        f'<button type="button" id="desk-undo" class="link" data-restore="{escaped(conversation)}">Undo</button></p>'
    )


def trouble(line: str) -> str:
    return f'<p class="trouble" role="alert">{escaped(line)}</p>'


def tools(now: Exchange) -> str:
    """Under an answer that is kept: to judge it, to copy it, to take it away."""
    if now.place is None or now.running:
        return ""
    at = f'data-at="{now.place.position}"'
    judged = "".join(
        f'<button type="button" class="quiet" {at} data-thumb="{thumb}" '
        f'aria-pressed="{"true" if now.thumb == thumb else "false"}">{word}</button>'
        for thumb, word in (("up", "Helpful"), ("down", "Not helpful"))
    )
    taken = "".join(
        f'<li><button type="button" class="link" {at} data-take="{suffix}">{name}</button></li>'
        for suffix, name in TAKEN_AS.items()
    )
    whole = "".join(
        f'<li><button type="button" class="link" data-at="" data-take="{suffix}">{name}, the whole conversation'
        "</button></li>"
        for suffix, name in TAKEN_AS.items()
    )
    return (
        f'<div class="tools" role="group" aria-label="What to do with this answer">{judged}'
        f'<button type="button" class="quiet" {at} data-take="copy">Copy with footnotes</button>'
        f"<details><summary>Export</summary><ul>{taken}{whole}</ul></details>{_reason(now, at)}</div>"
    )


def taken(name: str, text: str) -> str:
    """Text on its way to the clipboard or into a file of that name: `take.js` sends it there."""
    return f'<template data-name="{escaped(name)}">{_whole(text)}</template>'


def file_name(title: str, suffix: str) -> str:
    """What no file system takes amiss, made of a title."""
    words = "".join(c if c.isalnum() else " " for c in title).split()
    return "-".join(words)[:60].strip("-").lower() + suffix if words else f"answer{suffix}"


def _row(listed: Listed) -> str:
    id, title = escaped(listed.id), escaped(listed.title)
    excerpt = f'<p class="hint" dir="auto">{escaped(listed.excerpt)}</p>' if listed.excerpt else ""
    return (
        f'<li><button type="button" class="link title" dir="auto" data-open="{id}">{title}</button>'
        f'<p class="hint">{counted(listed.questions, "question")} · {_when(listed.changed)}</p>{excerpt}'
        f'<button type="button" class="quiet" data-rename="{id}" data-title="{title}" '
        f'aria-label="Rename {title}">Rename</button>'
        f'<button type="button" class="quiet" data-delete="{id}" aria-label="Delete {title}">Delete</button></li>'
    )


def _when(moment: datetime) -> str:
    local = moment.astimezone()
    return f'<time datetime="{local.isoformat(timespec="minutes")}">{day(local.date())}, {local:%H:%M}</time>'


def _reason(now: Exchange, at: str) -> str:
    """Asked for once a thumb is down, and never insisted on."""
    if now.thumb != "down":
        return ""
    wanted = {"should_answer"} if now.refused else {"wrong", "incomplete", "should_refuse"}
    chips = "".join(
        f'<button type="button" class="quiet" {at} data-fault="{fault}">{word}</button>'
        for fault, word in FAULTS.items()
        if fault in wanted
    )
    return (
        f'<div class="reason"><p class="hint" id="why-{now.place.position if now.place else 0}">'
        f"Kept. What is the matter with it? (optional)</p>{chips}"
        f'<input type="text" maxlength="2000" {at} data-reason aria-label="In your own words" '
        'placeholder="In your own words, then Enter"></div>'
    )


def _whole(text: str) -> str:
    """Escaped, and nothing put in the place of anything: it is for a file, not for the page."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
