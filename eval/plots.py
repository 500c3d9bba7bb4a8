"""The plots of a report, as inline SVG that takes its colours from the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from eval.figures import known
from rag.safe_text import escaped

WIDTH, HEIGHT = 340, 190
LEFT, RIGHT, TOP, BOTTOM = 44, 24, 14, 34  # room for axes and their names
ROW = 24  # of a plot with bars
NAMES = 118  # room for what stands before a bar
BEHIND = 84  # and behind it


def risk_coverage(points: Sequence[Mapping[str, float]]) -> str:
    """Share of answers that are wrong over share of questions answered, the most certain answers first."""
    if not points:
        return _nothing("no answer was given")
    last = points[-1]
    top = _ceiling(max(point["risk"] for point in points))
    places = [(_x(point["coverage"]), _y(point["risk"] / top), point) for point in points]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y, _ in places)
    marks = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2.5"><title>confidence {p["confidence"]:.2f} or more: '
        f"{_percent(p['coverage'])} answered, {_percent(p['risk'])} of them wrong</title></circle>"
        for x, y, p in places
    )
    label = (
        f"With {_percent(last['coverage'])} of the questions answered, {_percent(last['risk'])} of answers are wrong"
    )
    steps = [(share, _percent(share * top)) for share in (0, 0.5, 1)]
    across = [(share, _percent(share)) for share in (0, 0.25, 0.5, 0.75, 1)]
    return _framed(
        label,
        _axes(steps, [(_x(share), text) for share, text in across], "questions answered")
        + f'<polyline class="line" points="{line}"></polyline><g class="dots">{marks}</g>',
    )


def recall_by_k(values: Mapping[int, float], intervals: Mapping[int, Sequence[float]]) -> str:
    """Share of the facts in the first k passages, with its interval."""
    cuts = [k for k in values if known(values[k])]
    if not cuts:
        return _nothing("nothing was to be found")
    xs = {k: _x((at + 0.5) / len(cuts)) for at, k in enumerate(cuts)}
    line = " ".join(f"{xs[k]:.1f},{_y(values[k]):.1f}" for k in cuts)
    marks = "".join(
        _whisker(xs[k], intervals.get(k, ()))
        + f'<circle cx="{xs[k]:.1f}" cy="{_y(values[k]):.1f}" r="3.5"></circle>'
        + f'<text class="value" x="{xs[k] + 8:.1f}" y="{_y(values[k]) + 16:.1f}">{_percent(values[k])}</text>'
        for k in cuts
    )
    label = ", ".join(f"{_percent(values[k])} in the first {k}" for k in cuts)
    steps = [(share, _percent(share)) for share in (0, 0.5, 1)]
    return _framed(
        label,
        _axes(steps, [(xs[k], str(k)) for k in cuts], "passages looked at")
        + f'<polyline class="line" points="{line}"></polyline><g class="dots">{marks}</g>',
    )


def seconds_by_step(steps: Sequence[tuple[str, float, float]]) -> str:
    """Of each step (name, median, 95th percentile) a bar to the median and a line on to the percentile."""
    measured = [step for step in steps if known(step[1]) and known(step[2])]
    if not measured:
        return _nothing("no seconds were measured")
    longest = max(p95 for _, _, p95 in measured) or 1
    return _bars(
        [(name, median / longest, p95 / longest, f"{_s(median)} ({_s(p95)}) s") for name, median, p95 in measured]
    )


def right_by_kind(counts: Mapping[str, tuple[int, int]]) -> str:
    """Of each kind how many were right, of how many."""
    rows = [(kind.replace("_", " "), right, of) for kind, (right, of) in counts.items() if of]
    return _bars([(kind, right / of, 0.0, f"{right} of {of}") for kind, right, of in rows])


def _bars(rows: Sequence[tuple[str, float, float, str]]) -> str:
    """Of each row its name, how long the bar and the thin line beyond it are, 0 to 1, and what stands behind it."""
    room = WIDTH - NAMES - BEHIND
    drawn = ""
    for at, (name, share, beyond, text) in enumerate(rows):
        middle = at * ROW + ROW / 2
        drawn += (
            f'<text class="name" x="{NAMES - 8}" y="{middle + 4}">{escaped(_clipped(name))}</text>'
            f'<rect class="track" x="{NAMES}" y="{middle - 6}" width="{room}" height="12" rx="2"></rect>'
            f'<rect class="bar" x="{NAMES}" y="{middle - 6}" width="{room * share:.1f}" height="12" rx="2"></rect>'
        )
        if beyond > share:
            ends = f'x1="{NAMES + room * share:.1f}" x2="{NAMES + room * beyond:.1f}"'
            drawn += f'<line class="beyond" {ends} y1="{middle}" y2="{middle}"></line>'
        drawn += f'<text class="value" x="{NAMES + room + 8}" y="{middle + 4}">{escaped(text)}</text>'
    return _framed("; ".join(f"{name}: {text}" for name, _, _, text in rows), drawn, len(rows) * ROW)


def _axes(up: Sequence[tuple[float, str]], along: Sequence[tuple[float, str]], name: str) -> str:
    lines = "".join(f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{_y(v):.1f}" y2="{_y(v):.1f}"></line>'
                    f'<text class="up" x="{LEFT - 6}" y="{_y(v) + 4:.1f}">{text}</text>' for v, text in up)  # fmt: skip
    ticks = "".join(f'<text class="along" x="{x:.1f}" y="{HEIGHT - BOTTOM + 15}">{text}</text>' for x, text in along)
    return f'{lines}{ticks}<text class="along soft" x="{(LEFT + WIDTH - RIGHT) / 2}" y="{HEIGHT - 3}">{name}</text>'


def _whisker(x: float, interval: Sequence[float]) -> str:
    if len(interval) != 2 or not all(map(known, interval)):
        return ""
    return (
        f'<line class="whisker" x1="{x:.1f}" x2="{x:.1f}" y1="{_y(interval[0]):.1f}" y2="{_y(interval[1]):.1f}"></line>'
    )


def _framed(label: str, drawn: str, height: float = HEIGHT) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {height:g}" role="img" aria-label="{escaped(label)}">{drawn}</svg>'


def _nothing(why: str) -> str:
    return f'<p class="soft">Nothing to draw: {why}.</p>'


def _x(share: float) -> float:
    return LEFT + share * (WIDTH - LEFT - RIGHT)


def _y(share: float) -> float:
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _ceiling(risk: float) -> float:
    """The end of the axis: the least of these that holds the highest risk."""
    return next(end for end in (0.1, 0.2, 0.5, 1.0) if risk <= end)


def _percent(share: Any) -> str:
    return f"{100 * share:.0f} %"


def _s(seconds: float) -> str:
    return f"{seconds:.0f}" if seconds >= 10 else f"{seconds:.1f}" if seconds >= 1 else f"{seconds:.2f}"


def _clipped(name: str, most: int = 16) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"
