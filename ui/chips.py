"""What the next question is narrowed to, as chips that can be taken away, and the form they come from: safe HTML."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rag.schema import Filters
from ui.text import counted, day, escaped


def frame() -> str:
    """The form, which stands still; `filters.js` fills it in from the chips and sends off what is chosen."""
    return (
        '<details><summary>Narrow to outlets or dates</summary><div class="narrow">'
        '<fieldset class="days"><legend>Published</legend>'
        '<label>from <input type="date" id="narrow-since"></label>'
        '<label>to <input type="date" id="narrow-until"></label></fieldset>'
        '<fieldset><legend>Outlets</legend><div class="outlets"></div></fieldset></div></details>'
    )


def outlets(known: Sequence[tuple[str, int]]) -> str:
    """A box to tick for each outlet, with how many of its articles are here."""
    if not known:
        return '<p class="hint">No article here names its outlet.</p>'
    return "".join(
        f'<label dir="auto"><input type="checkbox" value="{escaped(name)}"> {escaped(name)} '
        f'<span class="source">{articles:,}</span></label>'
        for name, articles in known
    )


def chips(filters: Filters, said: str = "", trouble: str = "") -> str:
    """A chip for each outlet and each end of the days; `said` is what they leave, `trouble` why they cannot be."""
    rows = [
        *(_chip(name, "outlet", name) for name in filters.outlets),
        *(_end("since", "from", filters.since) if filters.since else ()),
        *(_end("until", "to", filters.until) if filters.until else ()),
    ]
    alert = f'<span role="alert">{escaped(trouble[:1].upper() + trouble[1:])}</span>' if trouble else ""
    if not rows:
        return alert
    return (
        f'<ul class="chips" aria-label="Only articles of">{"".join(rows)}</ul>'
        f'<span class="hint" role="status">{escaped(said)}</span>{alert}'
    )


def left(articles: int, of: int, undated: int) -> str:
    """`3 of 5 articles, 1 without a date left out`."""
    out = f", {undated:,} without a date left out" if undated else ""
    return f"{articles:,} of {counted(of, 'article')}{out}"


def _end(kind: str, word: str, when: date) -> tuple[str]:
    return (_chip(f"{word} {day(when)}", kind, when.isoformat()),)


def _chip(name: str, kind: str, value: str) -> str:
    return (
        f'<li><button type="button" class="quiet" data-{kind}="{escaped(value)}" dir="auto" '
        f'aria-label="Remove {escaped(name)}">{escaped(name)}<span aria-hidden="true"> ×</span></button></li>'
    )
