"""Text of strangers made safe to stand in a page, a document or a link."""

from __future__ import annotations

import html
import re
from urllib.parse import urlsplit

CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]")


def visible(value: str) -> str:
    """Control characters, halves of characters and overrides of the writing direction shown as U+FFFD, one for one,
    so that nothing can hide or reorder what stands there."""
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", value)


def escaped(value: str) -> str:
    """Safe between the tags of HTML and inside double-quoted attributes."""
    return html.escape(visible(value), quote=True)


def web_address(url: str | None) -> str | None:
    """`url` if a click on it can only open a web page, else None."""
    if not url:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in ("http", "https") and parts.netloc else None
