"""Name cards: what a file states of an article, each fact with where it was read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from html import unescape
from typing import Literal, TypeAlias

from rag.ingest.formats.days import to_day
from rag.schema import Given

Field: TypeAlias = Literal["title", "outlet", "authors", "published", "updated", "language", "url"]
Fact: TypeAlias = tuple[Field, object, str]
"""A field of the card, its value as it was found, and where: ("title", "Two held", "meta tag")."""

MAX_CHARS = 500
"""A longer title, outlet or name is a paragraph that lost its way."""
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?![A-Za-z])")
_NAMES_APART = re.compile(r"\s*[;|\n]\s*|\s*,\s*(?:and\s+)?|\s+(?:and|&)\s+")
_RANK = re.compile(r",\s+((?:Jr|Sr|II|III|IV|MD|M\.D|PhD|Ph\.D)\b\.?)")
_BY = re.compile(r"^(?:by|von|par|por|di)\s*:?\s+", re.IGNORECASE)


def card(facts: Iterable[Fact]) -> Given:
    """The first usable value of each field, with its source."""
    given = Given()
    sources: dict[str, str] = {}
    for name, raw, source in facts:
        value = None if name in sources else _value(name, raw)
        if value:
            sources[name] = source
            given = replace(given, **{name: value})  # type: ignore[arg-type]
    return replace(given, sources=sources)


def names(raw: object) -> tuple[str, ...]:
    """Authors as lists, as objects with a name, or as one string with commas; addresses are no names."""
    if isinstance(raw, dict):
        return names(raw.get("name"))
    if isinstance(raw, list | tuple):
        return tuple(dict.fromkeys(name for part in raw for name in names(part)))
    text = line(raw)
    if not text:
        return ()
    parts = (part.strip(" .") for part in _NAMES_APART.split(_RANK.sub(r" \1", _BY.sub("", text))))
    return tuple(dict.fromkeys(part for part in parts if re.search(r"[^\W\d_]", part) and "://" not in part))


def line(raw: object) -> str | None:
    """A string with its white space folded; None for anything else, for nothing and for what is no line."""
    if not isinstance(raw, str):
        return None
    text = " ".join(unescape(raw).split())  # meta tags and JSON-LD are often escaped twice
    return text if text and len(text) <= MAX_CHARS and "\0" not in text and _is_text(text) else None


def _value(name: Field, raw: object) -> object:
    if name == "authors":
        return names(raw)
    if name in ("published", "updated"):
        return to_day(raw)
    if isinstance(raw, dict):  # {"id": null, "name": "The Daily Example"}
        raw = raw.get("name") or raw.get("title")
    text = line(raw)
    if name == "language":
        match = _LANGUAGE.match(text or "")
        return match[0].lower() if match else None
    if name == "url":
        return text if text and re.match(r"https?://[^\s/]", text, re.IGNORECASE) else None
    return text


def _is_text(text: str) -> bool:
    """Whether it holds no half of a surrogate pair, which JSON can smuggle in and no file can store."""
    return not any("\ud800" <= char <= "\udfff" for char in text)
