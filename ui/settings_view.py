"""The Settings view as safe HTML: how the page looks, how much is read, and what reads."""

from __future__ import annotations

from rag.config import DEFAULT_LLM
from rag.desk.settings_file import LEAST_PASSAGES, MOST_PASSAGES, THEMES
from rag.models import ModelRow
from ui.controls import NOT_YOURS, Standing
from ui.text import escaped, opened

THEME_NAMES = {"system": "As the system", "light": "Light", "dark": "Dark"}


def board(now: Standing) -> str:
    """All of it, drawn anew after every change; `settings.js` sends off what is chosen."""
    if now.shared:
        body = _theme("") + f'<h3>What reads</h3><p>{_reading(now)}</p><p class="hint">{opened(NOT_YOURS)}.</p>'
    else:
        body = _theme(now.theme) + _passages(now) + _models(now) + _endpoint(now)
    return f'<section class="settings"><h2>Settings</h2>{body}</section>'


def trouble(line: str) -> str:
    return f'<p class="trouble" role="alert">{escaped(opened(line))}</p>'


def done(line: str) -> str:
    return f'<p class="report" role="status">{escaped(line)}</p>'


def going_on(line: str) -> str:
    return f'<p class="status" role="status"><span class="pulse" aria-hidden="true"></span>{escaped(line)}</p>'


def fetching(name: str, share: float) -> str:
    return (
        f'<div class="progress"><label for="fetch-bar" role="status">Fetching {escaped(name)}</label>'
        f'<progress id="fetch-bar" max="100" value="{round(100 * share)}">{share:.0%}</progress></div>'
    )


def _theme(chosen: str) -> str:
    """Without one chosen here the browser knows its own."""
    shared = "" if chosen else " data-own"
    radios = "".join(
        f'<label><input type="radio" name="theme" id="theme-{theme}" value="{theme}"'
        f"{' checked' if theme == chosen else ''}> {THEME_NAMES[theme]}</label>"
        for theme in THEMES
    )
    return f'<fieldset class="choice"{shared}><legend>Colours</legend>{radios}</fieldset>'


def _passages(now: Standing) -> str:
    return (
        '<h3><label for="passages">Passages looked at for a question</label></h3>'
        f'<p><input type="number" id="passages" min="{LEAST_PASSAGES}" max="{MOST_PASSAGES}" '
        f'value="{now.passages}"></p>'
        '<p class="hint">More find more in a large archive, and take longer to read.</p>'
    )


def _models(now: Standing) -> str:
    named = (
        '<p class="hint">A flag or the environment named what reads this time. What is chosen here reads until '
        "Dateline ends, and is saved; at the next start the flag wins again, if it is given.</p>"
    )
    rows = "".join(_model(row, now) for row in now.models)
    return (
        f"<h3>What reads</h3><p>{_reading(now)}</p>{named if now.named else ''}"
        f'<ul class="kept" aria-label="Local models">{rows}</ul>'
    )


def _reading(now: Standing) -> str:
    if now.reads is None:
        return "Nothing yet. Fetch a model, and questions can be asked."
    if now.address:
        return f"{escaped(now.reads)} at {escaped(now.address)}. Questions and passages go there, and nowhere else."
    return f"{escaped(now.reads)}, on this machine. Nothing leaves it."


def _model(row: ModelRow, now: Standing) -> str:
    name = escaped(row.name)
    usual = ", the usual one" if row.name == DEFAULT_LLM else ""
    if row.name == now.reads and not now.address:
        state, act = "reads now", ""
    elif row.state == "ready":
        state, act = "here", _button("use", name, "Read with it")
    else:
        state = "not here" if row.state == "missing" else "damaged"
        act = _button("fetch", name, "Fetch")
    return (
        f'<li><b class="title">{name}</b><p class="hint">{row.size / 1e6:,.0f} MB, {escaped(row.licence)}{usual} · '
        f"{state}</p>{act}</li>"
    )


def _button(what: str, name: str, word: str) -> str:
    return (
        f'<button type="button" class="quiet" id="{what}-{name}" data-{what}="{name}" aria-label="{word}: {name}">'
        f"{word}</button>"
    )


def _endpoint(now: Standing) -> str:
    """The key goes one way only: what is kept is said to be there, and never sent back."""
    address = escaped(now.address or "")
    model = escaped(now.reads or "") if now.address else ""
    forget = '<button type="button" class="quiet" id="forget-key" data-forget>Forget the key</button>'
    return (
        "<h3>Another model, by its address</h3>"
        '<p class="hint">Any OpenAI-compatible endpoint, here or hosted. Questions and the passages found for them are '
        "sent to it; the rest of the archive stays here.</p>"
        '<form id="endpoint" autocomplete="off">'
        f'<label>Address <input type="url" id="endpoint-url" value="{address}" '
        'placeholder="http://127.0.0.1:8080/v1"></label>'
        f'<label>Model <input type="text" id="endpoint-model" value="{model}" '
        'placeholder="the first it serves"></label>'
        '<label>Key <input type="password" id="endpoint-key" autocomplete="off" '
        f'placeholder="{"the one that is kept" if now.has_key else "if it wants one"}"></label>'
        '<p class="hint">The key is kept in the home’s settings.json, which only you can read, and is not shown again. '
        "DATELINE_LLM_KEY goes before it.</p>"
        '<button type="submit" class="quiet" id="endpoint-use">Read there</button>'
        f"{forget if now.has_key else ''}</form>"
    )
