"""Bits of HTML as fields of records and feeds hold them: all their text, the marks taken away."""

from __future__ import annotations

import re
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


def is_fragment(text: str) -> bool:
    """Whether a string is HTML and not plain text in which a "<" stands."""
    return bool(_TAG.search(text[:20_000]))


def fragment_text(html: str) -> str:
    """The text of a bit of HTML, a blank line between its blocks, entities decoded, nothing else changed."""
    tree = parse(f"<div>{html}</div>")
    return "" if tree is None else tree_text(tree)


def parse(html: str) -> Any:
    """The lxml tree of a page or fragment; None where there is nothing to parse.

    Numeric references to 128 to 159 mean Windows-1252, as browsers read them (WHATWG HTML, 13.2.5.80).
    """
    from lxml import etree
    from lxml import html as lxml_html

    html = _REFERENCE.sub(lambda match: bytes([int(match[1])]).decode("cp1252", "replace"), html.replace("\0", ""))
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_pis=True)
    try:
        return lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):  # nothing but comments, or nothing at all
        return None


def tree_text(tree: Any) -> str:
    """All text of a tree that a reader would see, in order: blocks apart by a blank line, <br> a line end."""
    parts: list[str] = []
    stack: list[Any] = [tree]
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            parts.append(node)
            continue
        tag = node.tag if isinstance(node.tag, str) else None  # comments have none
        if tag is None or tag in UNSEEN:
            continue
        edge = "\v\v" if tag in BLOCKS else "\v" if tag == "br" else ""
        stack.append(edge)
        for child in reversed(node):
            if child.tail:
                stack.append(" ".join(re.split(r"[ \t\r\n\f\v]+", child.tail)))
            stack.append(child)
        if node.text:
            stack.append(" ".join(re.split(r"[ \t\r\n\f\v]+", node.text)))
        if tag in BLOCKS:
            stack.append(edge)
    blocks = re.split(r"\s*\v(?:\s*\v)+\s*", "".join(parts))
    return "\n\n".join(re.sub(r" *\v *", "\n", block).strip() for block in blocks if block.strip())
