"""The lines of a file grouped into paragraphs: what a mail program, a PDF or a converter broke is joined again.

Joining is white space only; no character is changed, so a wrong guess costs a paragraph break and no word.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from rag.ingest import cues

MIN_WIDTH, MAX_WIDTH = 40, 120
"""Columns between which text is wrapped by programs."""
LONG = 0.7
"""Of the width; a line that long stands in running text."""
FULL = 0.45
"""Share of long lines that must end where the next word had no room; at 0.6 pages with many headlines were missed."""
TOO_LONG = 0.02
"""Share of lines that may be longer, those with an address aside, which no program breaks."""
FRAGMENT_WORDS = 5
"""What a link in mid-sentence is at most, where a converter put it on a line of its own."""

_ENDS_OPEN = re.compile(
    r"(?:,|\b(?:a|an|and|as|at|by|for|from|in|into|of|on|or|than|that|the|their|to|was|were|with|who|whose))$"
)
_ADDRESS = re.compile(r"\w://|\]\(")
_SMALL = r"[^\W\d_A-Z]"
_GOES_ON = re.compile(rf"{_SMALL}+(?:['’-]{_SMALL}+)*(?=[\s,.;:!?)\]”\"’…]|$)(?!\.\w)|[,.;:)\]”’](?:\s|$)")


def group_lines(text: str) -> list[tuple[str, ...]]:
    """The lines of `text` that hold more than white space, in order, those of one paragraph together."""
    groups = list(_runs(text))
    width = _wrap_width(groups)
    if width is not None:
        return [paragraph for group in groups for paragraph in _unwrapped(group, width)]
    return [paragraph for group in groups for paragraph in _mended(_hung(group))]


def _runs(text: str) -> Iterator[list[str]]:
    """Lines without a blank line between them."""
    group: list[str] = []
    for raw in [*text.splitlines(), ""]:
        if raw.strip():
            group.append(raw.rstrip())
        elif group:
            yield group
            group = []


def _wrap_width(groups: Sequence[Sequence[str]]) -> int | None:
    """The column at which the file is wrapped, None if it is not.

    A wrapping program breaks a line exactly where the next word would not fit, which is what is looked for.
    """
    pairs = [pair for group in groups for pair in pairwise(group)]
    lengths = [len(line) for group in groups for line in group if not _ADDRESS.search(line)]
    best: tuple[int, int] | None = None
    for width in sorted({length for length in lengths if MIN_WIDTH <= length <= MAX_WIDTH}):
        if sum(length > width for length in lengths) > len(lengths) * TOO_LONG:
            continue
        long = [pair for pair in pairs if width * LONG <= len(pair[0]) <= width]
        full = [line for line, following in long if _had_no_room(line, following, width)]
        in_sentence = sum(not _ends(line) for line in full)
        enough = len(full) >= 2 and len(full) >= len(long) * FULL and in_sentence >= len(full) * LONG
        if enough and (best is None or len(full) >= best[0]):
            best = len(full), width
    return best[1] if best else None


def _had_no_room(line: str, following: str, width: int) -> bool:
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _unwrapped(group: Sequence[str], width: int) -> Iterator[tuple[str, ...]]:
    paragraph = [group[0]]
    for line, following in pairwise(group):
        over = len(line) > width and _ends(line)  # a paragraph that was never wrapped
        if _had_no_room(line, following, width) and not over and not _begins_item(following):
            paragraph.append(following)
        else:
            yield tuple(paragraph)
            paragraph = [following]
    yield tuple(paragraph)


def _hung(group: Sequence[str]) -> list[list[str]]:
    """What is indented deeper than the list item above it belongs to that item."""
    items: list[list[str]] = []
    for raw in group:
        hanging = items and _indent(raw) > 1 and _indent(raw) > _indent(items[-1][0])
        if hanging and _begins_item(items[-1][0]) and not _begins_item(raw):
            items[-1].append(raw)
        else:
            items.append([raw])
    return items


def _mended(items: Sequence[Sequence[str]]) -> Iterator[tuple[str, ...]]:
    """Sentences that were broken around a link: "told" / "Reuters" / "on Monday."."""
    paragraph: list[str] = []
    for at, item in enumerate(items):
        rest = items[at + 1][0] if at + 1 < len(items) else ""
        if paragraph and _continues(" ".join(paragraph), item[0], rest):
            paragraph.extend(item)
            continue
        if paragraph:
            yield tuple(paragraph)
        paragraph = list(item)
    if paragraph:
        yield tuple(paragraph)


def _continues(before: str, line: str, rest: str) -> bool:
    said, line = before.strip(), line.strip()
    if _ends(said) or _begins_item(line) or len(said.split()) < 2:
        return False
    if _GOES_ON.match(line) or _ENDS_OPEN.search(said):
        return True
    is_fragment = len(line.split()) <= FRAGMENT_WORDS < len(said.split()) and not _ends(line)
    return is_fragment and bool(_GOES_ON.match(rest.strip()))


def _begins_item(line: str) -> bool:
    return bool(cues.BULLET.match(line.strip()))


def _ends(line: str) -> bool:
    return bool(re.search(r"[.!?:][\"'”’)\]]*$", line))


def _indent(raw: str) -> int:
    return len(raw) - len(raw.lstrip())
