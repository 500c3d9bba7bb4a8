"""A page as the run of its blocks of text, with what their tags say of them; and its headline among them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from rag.ingest.formats.fragments import BLOCKS, UNSEEN
from rag.ingest.formats.linked_data import same_words

_ASIDE_TAGS = frozenset({"nav", "aside", "figcaption", "blockquote"})
_ASIDE = re.compile(
    r"""(?<![a-z])(?:related|sidebar|side-bar|comments?|respond|(?<!post-)(?<!entry-)(?<!article-)footer|recommend\w*|trending|popular|most-?(?:read|viewed)
    |latest|more-?(?:from|stories|news)|read-?(?:more|next)|newsletter|promo|teasers?|widgets?|archives?|calendar|cookie\w*
    |breaking-news|ticker|colophon|caption|credits?|copyright|you-?may|also-?like|outbrain|taboola|next-?post|prev\w*-?post|pagination)(?![a-z])""",
    re.VERBOSE,
)
_ABOUT_DATE = re.compile(
    r"(?:date|(?<![a-z])time|published|pubdate|posted|byline|timestamp|(?<![a-z])meta(?![a-z])|submitted|datum|fecha)"
)
_UPDATED = re.compile(r"updated|modified")
_WHOLE = frozenset({"html", "body", "main", "article"})
"""Elements around everything, whose classes ("has-sidebar") say nothing of the text in them."""


@dataclass(frozen=True)
class Stamp:
    """The value of a <time> element; `updated`: its class says that it is the last change's."""

    value: str
    updated: bool


@dataclass
class PageBlock:
    """A run of text without a block element in it, white space folded.

    `aside` says that it stands in a menu, a list of other stories, the comments or the footer; `dated` that
    its tags or classes say that a date is told here; `stamps` are the values of its <time> elements.
    """

    text: str = ""
    tag: str = ""
    aside: bool = False
    dated: bool = False
    stamps: list[Stamp] = field(default_factory=list)


@dataclass(frozen=True)
class _Around:
    tag: str = ""
    aside: bool = False
    dated: int = 0
    updated: bool = False
    article: bool = False


def page_blocks(tree: Any) -> list[PageBlock]:
    """The blocks of a page in order, empty ones left out. Comments and asides are among them, marked."""
    blocks = [PageBlock()]
    for kind, value, around in _events(tree):
        block = blocks[-1]
        if kind == "edge":
            if block.text.strip() or block.stamps:
                blocks.append(PageBlock())
            continue
        if kind == "stamp":
            block.stamps.append(Stamp(value, around.updated))
            block.dated = True
        else:
            block.text += value
            if not value.strip():
                continue
        block.tag, block.aside = around.tag, block.aside or around.aside
        block.dated = block.dated or around.dated > 0
    for block in blocks:
        block.text = " ".join(block.text.split())
    return [block for block in blocks if block.text or block.stamps]


def headline(blocks: Sequence[PageBlock], title: str | None) -> int | None:
    """The index of the headline: the h1 or h2 that says what the title says, else the only h1."""
    titled = [i for i, block in enumerate(blocks) if block.tag in ("h1", "h2", "h3") and same_words(block.text, title)]
    first = [i for i, block in enumerate(blocks) if block.tag == "h1" and not block.aside]
    said = [i for i, block in enumerate(blocks) if same_words(block.text, title) and not block.aside]
    inside = [i for i in titled if not blocks[i].aside]
    for found in (inside, titled, first[-1:] if len(first) > 1 else first, said):
        if found:
            return found[0]
    return None


def _events(tree: Any) -> Iterator[tuple[str, str, _Around]]:
    """Text and the edges of blocks in document order, without recursion: pages may be nested thousands deep."""
    stack: list[tuple[Any, str, _Around]] = [(tree, "", _Around())]
    while stack:
        node, kind, around = stack.pop()
        if kind:
            yield kind, node, around
            continue
        if not isinstance(node.tag, str) or node.tag in UNSEEN:
            continue
        here = _around(node, around)
        later: list[tuple[Any, str, _Around]] = []
        edge = node.tag in BLOCKS or node.tag == "br"
        if edge:
            later.append(("", "edge", here))
        if node.tag == "time" and node.get("datetime"):
            later.append((node.get("datetime"), "stamp", here))
        apart = here.dated and node.tag in ("span", "time", "abbr")  # <span>19</span><span>April</span>
        if apart:
            later.append((" ", "text", here))
        if node.text:
            later.append((node.text, "text", here))
        for child in node:
            later.append((child, "", here))
            if child.tail:
                later.append((child.tail, "text", here))
        if apart:
            later.append((" ", "text", here))
        if edge:
            later.append(("", "edge", here))
        stack.extend(reversed(later))


def _around(node: Any, around: _Around) -> _Around:
    tag = node.tag if node.tag in BLOCKS else around.tag
    if node.tag in _WHOLE:
        return _Around(tag, around.aside, around.dated, article=around.article or node.tag == "article")
    marks = f"{node.get('class') or ''} {node.get('id') or ''}".lower().replace("_", "-")
    said = f"{marks} {(node.get('itemprop') or '').lower()}"
    aside = around.aside or node.tag in _ASIDE_TAGS or _is_aside(node, marks)
    aside = aside or (node.tag == "footer" and not around.article)
    dated = 3 if node.tag == "time" or _ABOUT_DATE.search(said) else max(0, around.dated - 1)
    return _Around(tag, aside, dated, node.tag == "time" and bool(_UPDATED.search(said)), around.article)


def _is_aside(node: Any, marks: str) -> bool:
    """Whether its classes say that an element stands beside the story; a frame around the headline does not,
    though it "has-sidebar"."""
    return bool(marks.strip() and _ASIDE.search(marks)) and node.find(".//h1") is None
