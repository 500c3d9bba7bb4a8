"""JSON-LD of a page (schema.org): the entity that is the article itself, not one of those it links to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

Node: TypeAlias = Mapping[str, Any]

_ARTICLE = re.compile(r"(?:Article|BlogPosting|LiveBlogPosting|Posting|NewsItem|Report|Review|PressRelease)$")
_PAGE = frozenset({"WebPage", "ItemPage"})
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//<!\[CDATA\[|/\*<!\[CDATA\[\*/|<!\[CDATA\[)|(?:-->|//\]\]>|/\*\]\]>\*/|\]\]>)\s*$"
)
_LAST_COMMA = re.compile(r",(?=\s*[}\]])")
_STRING = r'"{name}"\s*:\s*"((?:[^"\\]|\\.)*)"'
_RECOVERED = ("headline", "datePublished", "dateModified")
MAX_DEPTH = 4
SAME_CHARS = 12
"""A headline within a longer one: the site adds its name, or cuts the end."""


def article_node(scripts: Sequence[str], title: str | None, address: str | None) -> Node:
    """What the page's JSON-LD says of its article; {} where it says nothing or speaks of many articles alike.

    Of several articles the one with the page's address or headline is meant; where none has them, the
    one that all dates agree on.
    """
    nodes = [node for script in scripts for node in _nodes(_parse(script), 0)]
    found = [node for node in nodes if _is_type(node, _ARTICLE.search)]
    pages = [node for node in nodes if _is_type(node, _PAGE.__contains__)]
    if not found:
        return _only(pages)
    merits = [_merit(node, title, address) for node in found]
    best = max(merits)
    if best:
        return found[merits.index(best)]
    return _only(found)


def named(value: Any) -> str | None:
    """The name of a publisher or person, given as a string, an object or a list of these."""
    if isinstance(value, list):
        return next(filter(None, map(named, value)), None)
    if isinstance(value, dict):
        value = value.get("name")
    return value if isinstance(value, str) else None


def same_words(one: object, other: object) -> bool:
    """Whether two headlines are one, whatever their case and punctuation, and what a site adds behind them; what is no
    text is no headline."""
    texts = [text if isinstance(text, str) else "" for text in (one, other)]
    first, second = (" ".join(re.findall(r"\w+", text.lower())) for text in texts)
    shorter, longer = sorted((first, second), key=len)
    return bool(shorter) and (shorter == longer or (len(shorter) >= SAME_CHARS and shorter in longer))


def same_address(one: object, other: object) -> bool:
    first, second = (re.sub(r"^https?://(?:www\.)?|[?#].*$", "", str(url or "")).rstrip("/") for url in (one, other))
    return "/" in first and first == second


def _merit(node: Node, title: str | None, address: str | None) -> int:
    page = node.get("mainEntityOfPage")
    addresses = [node.get("url"), node.get("@id"), page.get("@id") if isinstance(page, dict) else page]
    same = any(same_address(url, address) for url in addresses if isinstance(url, str))
    return 2 * same + (same_words(node.get("headline") or node.get("name"), title))


def _only(nodes: Sequence[Node]) -> Node:
    """The first of nodes that agree on the day; {} if they do not."""
    days = {str(node.get("datePublished"))[:10] for node in nodes}
    return nodes[0] if len(days) == 1 else {}


def _nodes(value: Any, depth: int) -> Iterator[Node]:
    """Entities about the page: those on top, in its graph, and the main ones of these; none from lists."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for part in value:
            yield from _nodes(part, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage"):
            yield from _nodes(value.get(key), depth + 1)


def _is_type(node: Node, test: Any) -> bool:
    kinds = node.get("@type")
    return any(
        isinstance(kind, str) and test(kind.rsplit("/", 1)[-1])
        for kind in (kinds if isinstance(kinds, list) else [kinds])
    )


def _parse(script: str) -> Any:
    """The JSON of a script; of broken JSON the few strings that matter, if it has one of each."""
    bare = _WRAPPING.sub("", _WRAPPING.sub("", script)).strip().rstrip(";")
    for text in (bare, _LAST_COMMA.sub("", bare)):
        try:
            return json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
    found = {name: re.findall(_STRING.format(name=name), script) for name in _RECOVERED}
    one = {name: values[0] for name, values in found.items() if len(set(values)) == 1}
    return {"@type": "Article", **one} if "datePublished" in one else {}
