"""The archive as a table that can be searched and sorted, its copies, and what was done to it: all as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from ui.plots import by_outlet, over_time
from ui.text import clipped, counted, day, escaped, opens, when

PAGE = 100  # rows drawn at once
COLUMNS = {"title": "Title", "outlet": "Outlet", "date": "Date", "added": "Added", "words": "Words", "copies": "Copies"}


@dataclass(frozen=True)
class Row:
    """An article as the table shows it; `also_in` are the ids of its copies, `added` is when it went in."""

    id: str
    title: str
    path: str
    outlet: str | None
    published: date | None
    words: int
    also_in: tuple[str, ...] = ()
    added: datetime | None = None

    @property
    def name(self) -> str:
        return self.title or PurePath(self.path).name


@dataclass(frozen=True)
class View:
    """What of the archive is shown: rows that hold all of these words, sorted, page after page."""

    words: str = ""
    sort: str = "date"
    descending: bool = True
    page: int = 0
    only_copies: bool = False

    @classmethod
    def of(cls, asked: Mapping[str, Any]) -> View:
        """What the browser asks for; whatever it cannot mean is as at the beginning."""
        sort, page = asked.get("sort"), str(asked.get("page") or 0)
        return cls(
            words=str(asked.get("words") or "")[:200],
            sort=str(sort) if sort in COLUMNS else "date",
            descending=asked.get("descending") is not False,
            page=int(page) if page.isdecimal() and len(page) < 7 else 0,
            only_copies=asked.get("only_copies") is True,
        )


def frame(formats: Sequence[str]) -> str:
    """What stands still in the tab; `shelf.js` fills in the plots and the table, and sends off what is dropped."""
    return (
        '<div class="drop"><input type="file" id="shelf-files" class="unseen" multiple>'
        '<label for="shelf-files"><b>Choose files</b> or drop them here</label>'
        f'<p class="hint">{escaped(", ".join(formats))}</p></div>'
        '<div class="overview"></div>'
        '<div class="tools" role="search"><label for="shelf-find">Find</label>'
        '<input type="search" id="shelf-find" placeholder="title, outlet, date or file" autocomplete="off">'
        '<button type="button" class="quiet" id="shelf-copies" aria-pressed="false">Copies only</button>'
        '<button type="button" class="quiet" id="shelf-health">Check health</button></div>'
        '<div class="notice"></div><div class="listing"></div>'
    )


def listing(rows: Sequence[Row], view: View) -> str:
    """How many there are, and one page of them as a table, or in groups of copies."""
    found = chosen(rows, view)
    first = min(view.page, max(len(found) - 1, 0) // PAGE) * PAGE
    shown = found[first : first + PAGE]
    if not found:
        body = ""
    elif view.only_copies:
        body = groups(shown)
    else:
        body = table(shown, view)
    return f'<p class="tally" role="status">{tally(rows, found, view)}</p>{body}{pager(first, len(shown), len(found))}'


def chosen(rows: Iterable[Row], view: View) -> list[Row]:
    """The rows that hold every word of the view in title, outlet, date or file name, sorted; unknown ones last."""
    wanted = view.words.casefold().split()
    found = [row for row in rows if all(word in _searched(row) for word in wanted)]
    if view.only_copies:
        found = [row for row in found if row.also_in]
        return sorted(found, key=lambda row: (min(row.id, *row.also_in), row.path))
    known = [row for row in found if _key(row, view.sort) is not None]
    known.sort(key=lambda row: (_key(row, view.sort), row.path), reverse=view.descending)
    return known + [row for row in found if _key(row, view.sort) is None]


def table(rows: Sequence[Row], view: View) -> str:
    heads = "".join(_head(name, label, view) for name, label in COLUMNS.items())
    body = "".join(_row(row) for row in rows)
    return (
        '<table><caption class="unseen">Articles of the archive</caption>'
        f"<thead><tr>{heads}<td></td></tr></thead><tbody>{body}</tbody></table>"
    )


def groups(rows: Sequence[Row]) -> str:
    """The copies of one text together, the groups in the order of the rows."""
    together: dict[str, list[Row]] = {}
    for row in rows:
        together.setdefault(min(row.id, *row.also_in), []).append(row)
    return "".join(
        f'<section class="group"><h3>{counted(len(group), "article")}, one text</h3><ul>'
        + "".join(f'<li dir="auto">{_opening(row)} {_where(row)}</li>' for row in group)
        + "</ul></section>"
        for group in together.values()
    )


def tally(rows: Sequence[Row], found: Sequence[Row], view: View) -> str:
    """`5 articles`, `2 of 5 articles`; an empty archive says what to do."""
    if not rows:
        return "There are no articles yet. Drop some files here, or choose them."
    if view.only_copies:
        return f"{counted(len(found), 'article')} with copies" if found else "No article has a copy here."
    if len(found) == len(rows):
        return counted(len(rows), "article")
    return f"{len(found):,} of {counted(len(rows), 'article')}"


def pager(first: int, shown: int, total: int) -> str:
    if total <= PAGE:
        return ""
    at = first // PAGE
    before = "" if first else " disabled"
    behind = "" if first + shown < total else " disabled"
    return (
        '<nav class="pager" aria-label="Pages of the table">'
        f'<button type="button" id="shelf-before" data-page="{at - 1}"{before}>Before</button>'
        f"<span>{first + 1:,}–{first + shown:,} of {total:,}</span>"
        f'<button type="button" id="shelf-next" data-page="{at + 1}"{behind}>Next</button></nav>'
    )


def plots(rows: Sequence[Row]) -> str:
    """The archive over time and by outlet, copies counted each."""
    drawn = over_time(row.published for row in rows) + by_outlet(row.outlet for row in rows)
    return f'<div class="plots">{drawn}</div>' if rows else ""


def _head(name: str, label: str, view: View) -> str:
    current = name == view.sort
    order = f' aria-sort="{"descending" if view.descending else "ascending"}"' if current else ""
    arrow = f'<span aria-hidden="true">{"↓" if view.descending else "↑"}</span>' if current else ""
    return (
        f'<th scope="col" class="of-{name}"{order}>'
        f'<button type="button" id="sort-{name}" data-sort="{name}">{label}{arrow}</button></th>'
    )


def _row(row: Row) -> str:
    copies = str(len(row.also_in)) if row.also_in else ""
    cells = (
        ("outlet", escaped(clipped(row.outlet, 60)) if row.outlet else '<span class="unknown">unknown</span>'),
        ("date", when(row.published) if row.published else '<span class="unknown">undated</span>'),
        ("added", _moment(row.added)),
        ("words", f"{row.words:,}"),
        ("copies", copies),
    )
    rest = "".join(
        f'<td class="of-{name}" data-label="{COLUMNS[name]}" dir="auto">{value}</td>' for name, value in cells
    )
    name = escaped(clipped(row.name, 80))
    return (
        f'<tr><th scope="row" dir="auto">{_opening(row)}</th>{rest}'
        f'<td class="of-remove"><button type="button" class="quiet" data-remove="{escaped(row.id)}" '
        f'aria-label="Remove {name}">Remove</button></td></tr>'
    )


def _opening(row: Row) -> str:
    return f'<button type="button" class="link" id="row-{escaped(row.id)}" {opens(row.id)}>{escaped(row.name)}</button>'


def _where(row: Row) -> str:
    outlet = escaped(row.outlet) if row.outlet else escaped(PurePath(row.path).name)
    return f'<span class="source">{outlet} · {when(row.published)}</span>'


def _moment(added: datetime | None) -> str:
    """The day, in the reader's time; the hour and minute to who points at it."""
    if added is None:
        return '<span class="unknown">unknown</span>'
    local = added.astimezone()
    return f'<time datetime="{local.isoformat()}" title="{local:%H:%M}">{day(local.date())}</time>'


def _searched(row: Row) -> str:
    iso = row.published.isoformat() if row.published else ""
    return f"{row.title} {row.outlet or ''} {when(row.published)} {iso} {PurePath(row.path).name}".casefold()


def _key(row: Row, sort: str) -> Any:
    """What a column is sorted by; None is unknown."""
    if sort == "title":
        return row.name.casefold()
    if sort == "outlet":
        return row.outlet.casefold() if row.outlet else None
    if sort == "date":
        return row.published
    if sort == "added":
        return row.added
    return row.words if sort == "words" else len(row.also_in)
