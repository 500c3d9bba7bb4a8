"""The story out of a page of HTML, by trafilatura."""

from __future__ import annotations

import logging
import re
from typing import Any

from rag.ingest.formats.whole import DAMAGE

MAX_ELEMENTS = 100_000
"""A page of more elements is no article; what its text is like decides then, in `clean`."""
_BLOCKS = frozenset("p head item quote row list table div body main article section figure blockquote".split())


def page_story(html: str) -> str:
    """The story of a page, a blank line between its blocks; "" where none is found.

    Its words are trafilatura's; its characters are the page's, for the marks that trafilatura's own text
    output adds (bars in tables, dashes before items) and its Unicode normalisation are left out.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        found = trafilatura.bare_extraction(html, include_comments=False)
    except DAMAGE:
        return ""
    body = getattr(found, "body", None)
    return "" if body is None else _text(body)


def _text(body: Any) -> str:
    parts: list[str] = []
    _collect(body, parts)
    blocks = re.split(r"\s*\v(?:\s*\v)+\s*", "".join(parts))
    return "\n\n".join(re.sub(r"[^\S\v]*\v[^\S\v]*", "\n", block).strip() for block in blocks if block.strip())


def _collect(node: Any, parts: list[str]) -> None:
    block = node.tag in _BLOCKS
    if block:
        parts.append("\v\v")
    if node.tag == "lb":
        parts.append("\v")
    if node.text:
        parts.append(" ".join(re.split(r"\s+", node.text)))
    for child in node:
        _collect(child, parts)
        if child.tail:
            parts.append(" ".join(re.split(r"\s+", child.tail)))
    if node.tag == "cell":
        parts.append(" ")
    if block:
        parts.append("\v\v")
