"""The story out of a page of HTML, by trafilatura."""

from __future__ import annotations

import logging
from copy import deepcopy
from typing import Any

from rag.ingest.formats.fragments import tree_text
from rag.ingest.formats.whole import DAMAGE

MAX_ELEMENTS = 100_000
"""A page of more elements is no article; what its text is like decides then, in `clean`."""
DEEP = 250
"""Of elements nested deeper than this trafilatura's own parser drops what is in them."""
_BLOCKS = frozenset("p head item quote row list table div body main article section figure blockquote".split())
_NESTED = "//code[*] | //q[*]"  # of what is inside these trafilatura drops some and puts some behind what follows
# And of a sentence it drops the day, or takes the quotation out of it.
_MARKED = "(//p | //pre | //li | //td | //dd | //blockquote | //h2 | //h3)[.//time or .//q]"
PROSE = 8  # words beside its times from which a line is no byline


def page_story(html: str, tree: Any) -> str:
    """The story of a page, a blank line between its blocks; "" where none is found.

    Its words are trafilatura's; its characters are the page's, for the marks that trafilatura's own text
    output adds (bars in tables, dashes before items) and its Unicode normalisation are left out.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    own = tree.xpath(f"boolean(//*[count(ancestor::*) > {DEEP}] | {_NESTED} | {_MARKED})")
    try:
        found = trafilatura.bare_extraction(_flat(tree) if own else html, include_comments=False)
    except DAMAGE:
        return ""
    body = getattr(found, "body", None)
    return "" if body is None else tree_text(body, _BLOCKS, ("lb",), ())


def _flat(tree: Any) -> Any:
    """A copy in which code within a line holds text alone, and the times and quotations of a sentence are text."""
    from lxml import etree

    flat = deepcopy(tree)
    for element in flat.xpath(_NESTED):
        etree.strip_tags(element, "*")
    for block in flat.xpath(_MARKED):
        times = "".join(block.xpath(".//time//text()"))
        if len(block.xpath("string()").split()) - len(times.split()) >= PROSE:
            etree.strip_tags(block, "time", "q")
    return flat
