"""The story out of the page around it. Every line ends up in one block, kept or dropped, with the reason.

Three questions in turn: which run of lines is the story (they read like sentences), which line above it is
the headline, and what is each other line in or near the story (caption, byline, note). All else is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from rag.ingest import cues
from rag.ingest.lines import Line, to_lines
from rag.ingest.span import NEAR, names_picture, story_span
from rag.schema import Block, BlockKind

TALK_WORDS = 60
"""A site's own words between paragraphs are fewer; a longer paragraph is about sites."""

LEAD_WORDS = 20
"""A caption that stands between headline and story has fewer."""
DATE_ABOVE = 2
"""Lines above the headline in which a date is the article's; farther up it is the day the page was looked at."""
LONG_TITLE = 18
"""Words; a longer line above a story is seldom its headline."""
REPEAT_WORDS = 6
"""Fewer words come twice in a story by chance."""
LAST_WORDS = 3
"""Paragraphs at the end of a story among which its writer is told of."""

_Label = tuple[BlockKind, str]


def clean(text: str) -> tuple[Block, ...]:
    """The blocks of a document, in order; the words of all blocks together are the words of the document."""
    lines = to_lines(text)
    first, last = story_span(lines)
    title = _find_title(lines, first) if last > first else None
    if title is not None and title >= first:
        first = title + 1
    labels = [_label(lines, index, first, last, title) for index in range(len(lines))]
    _take_lead(lines, labels, first, title)
    _drop_link_lists(lines, labels, first, last)
    _drop_repeats(lines, labels)
    _set_author_apart(lines, labels)
    return tuple(_blocks(lines, labels))


def whole(text: str) -> tuple[Block, ...]:
    """The blocks of a text that is known to be nothing but a story."""
    return tuple(Block("story", line.text, "the format gives the story alone") for line in to_lines(text))


def story_text(blocks: Sequence[Block]) -> str:
    """The paragraphs of the story, a blank line between them: the article's stored text."""
    return "\n\n".join(block.text for block in blocks if block.kind == "story")


def _find_title(lines: Sequence[Line], first: int) -> int | None:
    """The headline: above the story, or its first line if that is no sentence.

    One that the page repeats wins (breadcrumb, window title, picture text), then a longer one, for names of
    sections are short, then the upper one, for a standfirst comes below.
    """
    candidates = [
        index
        for index in range(max(0, first - 2 * NEAR), min(first + 1, len(lines) - 1))
        if lines[index].is_headline and (index < first or not lines[index].is_sentence or _is_short(lines[index]))
    ]

    def merit(index: int) -> tuple[int, int]:
        line = lines[index]
        repeats = sum(other.key.startswith(line.key) for other in lines) - 1 if line.words >= 4 else 0
        marked = 5 if line.text.startswith("#") else 0
        far = 3 if index < first - NEAR else 0
        return 10 * repeats + marked + min(line.words, 6) - far - (4 if line.words > LONG_TITLE else 0), -index

    best = max(candidates, key=merit, default=None)
    return best if best is None or lines[best].words >= 3 or best == 0 else None


def _is_short(line: Line) -> bool:
    """So short that a line ending in "?", "!" or "..." is a headline and not the story's first sentence."""
    return line.words <= 15


def _label(lines: Sequence[Line], index: int, first: int, last: int, title: int | None) -> _Label:
    line = lines[index]
    top = first if title is None else min(title, first)
    if index == title:
        return "title", "headline above the story"
    if first <= index < last:
        if names_picture(lines, index):
            return "caption", "words for a picture"
        return _label_inside(line, lines, title)
    if last <= first:
        return "dropped", "no story found on the page"
    if (
        index < top - NEAR
        or index >= last + NEAR
        or any(line.is_wall or line.is_end for line in lines[last : index + 1])
    ):
        return "dropped", "outside the story"
    above = index < first
    if line.is_note:
        return "note", "note beside the story"
    if line.is_caption and above:
        return "caption", _why_caption(line)
    if above and index > (title or 0) and (line.is_byline or line.is_dated or line.is_source):
        return "byline", "byline above the story"
    if title is not None and title - DATE_ABOVE <= index < title and line.is_date:
        return "byline", "date above the headline"
    if line.is_source or (line.is_published and not above):
        return "byline", "byline above the story" if above else "footer below the story"
    return "dropped", "outside the story"


def _label_inside(line: Line, lines: Sequence[Line], title: int | None) -> _Label:
    if title is not None and line.key.startswith(lines[title].key) and (line.bullet or line.key == lines[title].key):
        if line.key == lines[title].key:
            return "dropped", "repeats the headline"
        return "caption", "list item that begins with the headline, as under a picture"
    if line.is_note:
        return "note", "note beside the story"
    if line.is_caption:
        return "caption", _why_caption(line)
    if line.is_wall or line.is_furniture or line.is_end or line.is_talk_back:
        return "dropped", "link or button"
    if line.is_site_talk and line.words <= TALK_WORDS:
        return "dropped", "the site speaking of itself"
    if line.is_byline:
        return "byline", "byline in the story"
    if line.is_sentence:
        return "story", "reads like a paragraph"
    return "story", "subheading or short line of the story"


def _why_caption(line: Line) -> str:
    return "picture credit" if line.has_credit else "says itself twice, as under a picture"


def _take_lead(lines: Sequence[Line], labels: list[_Label], first: int, title: int | None) -> None:
    """The first paragraph may be parted from the others by a box of links; it stands below title and bylines."""
    above = range(max(0, first - 2 * NEAR), first)
    head = max((index for index in above if labels[index][0] in ("title", "byline")), default=title)
    for index in range(head + 1, first) if head is not None else ():
        line = lines[index]
        is_text = line.is_sentence and not line.is_site_talk and line.words >= LEAD_WORDS
        if is_text and labels[index][0] == "dropped":
            labels[index] = ("story", "paragraph between the headline and the story")


def _drop_link_lists(lines: Sequence[Line], labels: list[_Label], first: int, last: int) -> None:
    """Three or more lines in a row that are no sentences are a menu, unless a colon announces them or most
    hold figures, as tables and results do."""
    inside = range(first, last)
    for is_short, run in groupby(inside, key=lambda i: labels[i][0] == "story" and not lines[i].is_sentence):
        indexes = list(run)
        announced = indexes[0] > first and lines[indexes[0] - 1].text.endswith(":")
        figures = sum(any(char.isdigit() for char in lines[index].bare) for index in indexes)
        if is_short and len(indexes) >= 3 and not announced and figures <= len(indexes) / 2:
            for index in indexes:
                labels[index] = ("dropped", "list of links in the story")


def _drop_repeats(lines: Sequence[Line], labels: list[_Label]) -> None:
    """Pull quotes and captions say again, letter for letter, what a longer paragraph says."""
    story = [index for index in range(len(lines)) if labels[index][0] == "story"]
    keys = {index: f" {lines[index].key} " for index in story}
    for index in story:
        key = keys[index]
        if len(key.split()) >= REPEAT_WORDS and any(key in keys[other] and key != keys[other] for other in story):
            labels[index] = ("dropped", "repeats a sentence of the story")


def _set_author_apart(lines: Sequence[Line], labels: list[_Label]) -> None:
    """The last paragraphs may tell who wrote the story: somebody whom the story itself does not name."""
    story = [index for index in range(len(lines)) if labels[index][0] == "story"]
    for at in range(len(story) - 1, max(len(story) - 1 - LAST_WORDS, 0), -1):
        about = cues.ABOUT_AUTHOR.match(lines[story[at]].text)
        if about and not any(about["name"] in lines[index].text for index in story[:at]):
            labels[story[at]] = ("note", "about the author")


def _blocks(lines: Sequence[Line], labels: Sequence[_Label]) -> list[Block]:
    blocks: list[Block] = []
    for line, (kind, reason) in zip(lines, labels, strict=True):
        if blocks and kind == "dropped" and (blocks[-1].kind, blocks[-1].reason) == (kind, reason):
            blocks[-1] = Block(kind, f"{blocks[-1].text}\n{line.text}", reason)
        else:
            blocks.append(Block(kind, line.text, reason))
    return blocks
