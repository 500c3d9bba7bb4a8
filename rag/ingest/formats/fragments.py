"""Bits of HTML as fields of records and feeds hold them: all their text, the marks taken away."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any

_NAMES = r"(?:p|div|br|h[1-6]|ul|ol|li|a|b|i|em|strong|span|blockquote|img|figure|table|section|article)"
_TAG = re.compile(rf"</{_NAMES}\s*>|<{_NAMES}(?:\s+[\w:-]+\s*=[^<>]*|\s*/?)>", re.IGNORECASE)
_REFERENCE = re.compile(r"&#(12[89]|1[345]\d);")
UNSEEN = frozenset(
    "script style template noscript head title iframe object svg math select textarea button form".split()
)
BLOCKS = frozenset(
    """address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer h1 h2
    h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul""".split()
)
_CELLS = frozenset({"cell"})


def is_fragment(text: str) -> bool:
    """Whether a string is HTML and not plain text in which a "<" stands."""
    return bool(_TAG.search(text[:20_000]))


def fragment_text(html: str) -> str:
    """The text of a bit of HTML, a blank line between its blocks, entities decoded, nothing else changed.

    Raises ValueError as `parse` does.
    """
    tree = parse(f"<div>{html}</div>")
    return "" if tree is None else tree_text(tree)


def parse(html: str) -> Any:
    """The lxml tree of a page or fragment; None where there is nothing to parse.

    Numeric references to 128 to 159 mean Windows-1252, as browsers read them (WHATWG HTML, 13.2.5.80).
    Raises ValueError for elements nested so deep that the parser drops what is in them.
    """
    from lxml import etree
    from lxml import html as lxml_html

    html = _REFERENCE.sub(lambda match: bytes([int(match[1])]).decode("cp1252", "replace"), html.replace("\0", ""))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_pis=True, huge_tree=True)
    try:
        tree = lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing but comments, or nothing at all
        return None
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        raise ValueError("nests its elements thousands deep")
    return tree


def tree_text(
    tree: Any,
    blocks: Collection[str] = BLOCKS,
    line_ends: Collection[str] = ("br",),
    unseen: Collection[str] = UNSEEN,
) -> str:
    """All text of a tree that a reader would see, in order: blocks apart by a blank line, <br> a line end.

    Without recursion and in linear time: pages may be nested deep and hold a million elements.
    """
    paragraphs: list[str] = []
    lines = [""]
    pieces: list[str] = []
    stack: list[tuple[Any, str]] = [(tree, "node")]

    def end_line() -> None:
        lines[-1] = " ".join("".join(pieces).split())
        pieces.clear()

    while stack:
        node, kind = stack.pop()
        if kind == "text":
            pieces.append(node)
        elif kind == "line":
            end_line()
            lines.append("")
        elif kind == "block":
            end_line()
            if any(lines):
                paragraphs.append("\n".join(line for line in lines if line))
            lines[:] = [""]
        elif isinstance(node.tag, str) and node.tag not in unseen:  # comments have no tag
            _push(node, stack, blocks, line_ends)
    end_line()
    return "\n\n".join([*paragraphs, *(["\n".join(filter(None, lines))] if any(lines) else [])])


def _push(node: Any, stack: list[tuple[Any, str]], blocks: Collection[str], line_ends: Collection[str]) -> None:
    """What is in a node onto the stack, the first of it on top."""
    is_block = node.tag in blocks
    if is_block:
        stack.append((None, "block"))
    elif node.tag in line_ends:
        stack.append((None, "line"))
    elif node.tag in _CELLS:
        stack.append((" ", "text"))
    for child in reversed(node):
        if child.tail:
            stack.append((child.tail, "text"))
        stack.append((child, "node"))
    if node.text:
        stack.append((node.text, "text"))
    if is_block:
        stack.append((None, "block"))
