"""Which run of lines of a page is the story: the one that reads most like running text.

Kadane's maximum subarray over line weights. A paragraph among paragraphs weighs its words; one that stands alone
between links, as teasers and comments do, weighs a part of them; links, buttons and headings of other things cost.
The numbers lie on a plateau: with any one of them a quarter to a half lower or higher, shingle F1 on the sites of
`eval.dumps` that they were tuned on moved by less than 0.005.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.ingest.lines import Line

SENTENCE_GAIN = 50
"""A paragraph counts its words up to this, so that one long legal notice does not outweigh a story."""
SECOND_HAND = 0.5
"""Behind the heading of other stories or of comments running text counts half."""
ENOUGH = 40
"""Words; before so many were seen, "Most read" and "12 comments" stand above the story."""
ALONE_ONE, ALONE_MORE = 0.3, 0.6
"""Share of it that a paragraph between links counts, of one sentence and of more: teasers have one."""
TEASER = 0.5
"""Of that share, where the line above is as long as a headline; subheadings are shorter."""
HEADLINE = 7
LINK_COST = 8
"""A line that is no sentence costs eight words: one subheading is cheaply bridged, ten links are not."""
RUN_COST = 80
"""A run of lines that are no text costs no more, so that a long story goes on behind a menu or a table."""
NAMED_COST = 3
BYLINE_COST = 40
"""A byline or date behind the story's beginning is another story's, or a comment's."""
TALK_COST = 20
SITE_COST = 10
WALL_COST = 15
END_COST = 200
HEAD_GAIN = 30
"""A run that begins just below a byline or date is likelier the story."""
PICTURE_WORDS = 8
NEAR = 8
"""How many lines above the headline or below the story a caption, byline or note may stand."""


def story_span(lines: Sequence[Line]) -> tuple[int, int]:
    """The story as a half-open range of line numbers; empty if nothing reads like one."""
    best = (0.0, 0, 0)
    total, start, trust = 0.0, 0, 1.0
    spent, walled = 0.0, False
    weights = [_weight(lines, index) for index in range(len(lines))]
    for index, (line, weight) in enumerate(zip(lines, weights, strict=True)):
        if weight > 0:
            spent = 0.0
        elif not line.is_end:
            weight = max(weight, spent - RUN_COST)
            spent -= weight
        walled = walled or ((line.is_wall or line.is_end) and best[0] >= ENOUGH)
        if total <= 0 and weight > 0:
            total, start = _head_gain(lines, index), index
            trust = SECOND_HAND if walled else 1.0
        total += weight
        if total * trust > best[0] and weight > 0:
            best = (total * trust, start, index + 1)
    _, first, last = best
    while first < last and (weights[first] <= 0 or _is_teaser(lines, first)):
        first += 1
    while first < last and (weights[last - 1] <= 0 or _is_teaser(lines, last - 1)):
        last -= 1
    if last > first and lines[last - 1].text.endswith(":"):  # the list that the last paragraph announces
        while last < len(lines) and not lines[last].has_name:
            last += 1
    return first, last


def _weight(lines: Sequence[Line], index: int) -> float:
    line = lines[index]
    if line.is_end:
        return -END_COST
    if line.is_wall:
        return -WALL_COST
    if line.is_talk_back:
        return -TALK_COST
    if line.is_site_talk:
        return -SITE_COST
    if line.is_byline and not line.is_wire_mark and not line.is_hour:
        return -BYLINE_COST
    if line.has_name:
        return -NAMED_COST
    if not line.is_sentence or line.is_shouted:
        return -LINK_COST
    gain = float(min(line.words, SENTENCE_GAIN))
    if line.bullet:
        gain /= 2
    if stands_alone(lines, index):
        gain *= ALONE_MORE if line.sentences > 1 else ALONE_ONE
        gain *= TEASER if _has_headline(lines, index) else 1
    return gain


def _is_teaser(lines: Sequence[Line], index: int) -> bool:
    """One sentence under a headline, alone."""
    return stands_alone(lines, index) and lines[index].sentences <= 1 and _has_headline(lines, index)


def _has_headline(lines: Sequence[Line], index: int) -> bool:
    above = lines[index - 1] if index else lines[index]
    return not above.is_sentence and not above.has_name and above.words >= HEADLINE


def stands_alone(lines: Sequence[Line], index: int) -> bool:
    """No running text above or below, pictures and advertisements between paragraphs aside."""
    return not any(_is_text(_neighbour(lines, index, step)) for step in (-1, 1)) and len(lines) > 1


def _is_text(line: Line | None) -> bool:
    return line is not None and line.is_sentence and not line.has_name and not line.is_site_talk


def _neighbour(lines: Sequence[Line], index: int, step: int) -> Line | None:
    at = index + step
    while 0 <= at < len(lines) and _is_transparent(lines, at):
        at += step
    return lines[at] if 0 <= at < len(lines) else None


def _is_transparent(lines: Sequence[Line], at: int) -> bool:
    line = lines[at]
    return line.is_caption or line.is_note or line.is_furniture or names_picture(lines, at)


def names_picture(lines: Sequence[Line], at: int) -> bool:
    """The words that stand for a picture, just above its caption."""
    line, below = lines[at], lines[at + 1] if at + 1 < len(lines) else None
    return below is not None and below.is_caption and not line.is_sentence and line.words <= PICTURE_WORDS


def _head_gain(lines: Sequence[Line], index: int) -> float:
    return HEAD_GAIN if any(line.is_byline for line in lines[max(0, index - NEAR) : index]) else 0.0
