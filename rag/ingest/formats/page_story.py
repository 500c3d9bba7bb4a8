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


def page_story(html: str, tree: Any) -> str:
    """The story of a page, a blank line between its blocks; "" where none is found.

    Its words are trafilatura's; its characters are the page's, for the marks that trafilatura's own text
    output adds (bars in tables, dashes before items) and its Unicode normalisation are left out.
    """
    import trafilatura

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    deep = tree.xpath(f"boolean(//*[count(ancestor::*) > {DEEP}])")
    try:
        found = trafilatura.bare_extraction(deepcopy(tree) if deep else html, include_comments=False)
    except DAMAGE:
        return ""
    body = getattr(found, "body", None)
    return "" if body is None else tree_text(body, _BLOCKS, ("lb",), ())
