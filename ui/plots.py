"""Small plots of the archive: articles over time as columns, articles by outlet as bars. Drawn as SVG and as lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from ui.text import clipped, counted, escaped

MOST_MONTHS = 60
"""As many columns fit a phone; an archive of more is told by years."""
MOST_OUTLETS = 8
NARROWEST = 4  # columns; the names of the two ends stand side by side below them
HEIGHT = 60

Column = tuple[str, int]
"""What it stands for, and how many articles there are of it."""


def over_time(published: Iterable[date | None]) -> str:
    """Columns by month, or by year for a long time; the undated ones are counted beside."""
    dates = list(published)
    known = sorted(one for one in dates if one)
    if not known:
        return ""
    columns = by_month(known)
    if len(columns) > MOST_MONTHS:
        columns = by_year(known)
    undated = len(dates) - len(known)
    beside = f", {undated} undated" if undated else ""
    label = f"{_peak(columns)}{beside}"
    return (
        f'<figure class="plot"><figcaption>Over time</figcaption>'
        f'<div class="columns" style="max-width:{max(len(columns), NARROWEST) * 3}rem">{columns_svg(columns, label)}'
        f'<p class="ends" aria-hidden="true">{_ends(columns)}</p></div>'
        f'<p class="said">{escaped(label)}</p></figure>'
    )


def by_outlet(outlets: Iterable[str | None]) -> str:
    """The outlets with most articles, as a list with bars; the others are counted together."""
    counts = Counter(outlet or "" for outlet in outlets)
    if not counts:
        return ""
    named = sorted(counts.items(), key=lambda pair: (not pair[0], -pair[1], pair[0].casefold()))
    shown, rest = named[:MOST_OUTLETS], named[MOST_OUTLETS:]
    most = max(counts.values())
    rows = "".join(
        f'<li><span dir="auto">{escaped(clipped(outlet, 40)) or "Outlet unknown"}</span>'
        f'<svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect width="{100 * count / most:.1f}" height="8"></rect></svg><b>{count:,}</b></li>'
        for outlet, count in shown
    )
    others = f'<p class="said">{counted(len(rest), "other outlet")}</p>' if rest else ""
    return f'<figure class="plot"><figcaption>By outlet</figcaption><ul class="bars">{rows}</ul>{others}</figure>'


def by_month(dates: Sequence[date]) -> list[Column]:
    """Every month from the first to the last date; `dates` are sorted and not empty."""
    counts = Counter((one.year, one.month) for one in dates)
    first, last = dates[0].year * 12 + dates[0].month - 1, dates[-1].year * 12 + dates[-1].month - 1
    months = (date(at // 12, at % 12 + 1, 1) for at in range(first, last + 1))
    return [(f"{month:%B} {month.year}", counts[month.year, month.month]) for month in months]


def by_year(dates: Sequence[date]) -> list[Column]:
    """Every year from the first to the last date; `dates` are sorted and not empty."""
    counts = Counter(one.year for one in dates)
    return [(str(year), counts[year]) for year in range(dates[0].year, dates[-1].year + 1)]


def columns_svg(columns: Sequence[Column], label: str) -> str:
    most = max(count for _, count in columns)
    heights = [HEIGHT * count / most for _, count in columns]
    bars = "".join(
        f'<rect x="{at + 0.1:.1f}" y="{HEIGHT - height:.1f}" width="0.8" height="{height:.1f}">'
        f"<title>{name}: {count:,}</title></rect>"
        for at, ((name, count), height) in enumerate(zip(columns, heights, strict=True))
        if count
    )
    return (
        f'<svg viewBox="0 0 {max(len(columns), NARROWEST)} {HEIGHT}" preserveAspectRatio="none" role="img" '
        f'aria-label="{escaped(label)}">{bars}</svg>'
    )


def _ends(columns: Sequence[Column]) -> str:
    first, last = columns[0][0], columns[-1][0]
    return f"<span>{first}</span>" + (f"<span>{last}</span>" if last != first else "")


def _peak(columns: Sequence[Column]) -> str:
    """`3 articles, most in April 2023 (2)`."""
    total = sum(count for _, count in columns)
    name, count = max(columns, key=lambda column: column[1])
    return f"{counted(total, 'dated article')}, most in {name} ({count:,})"
