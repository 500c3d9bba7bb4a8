"""A page of pieces put into plain text, in the ways that browsers and converters do it."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal

Role = Literal["story", "paragraph", "heading", "line", "item", "picture", "link", "gap"]


@dataclass(frozen=True)
class Piece:
    """A block of a page; `story` pieces are the gold. `depth` counts from 0 for items of nested lists."""

    role: Role
    text: str
    depth: int = 0


def gold(pieces: Sequence[Piece]) -> str:
    return "\n\n".join(piece.text for piece in pieces if piece.role == "story")


def _lines(pieces: Sequence[Piece], rng: Random) -> str:
    """One block a line, no blank lines, no bullets: as a text extractor with newlines gives it."""
    return "\n".join(piece.text for piece in pieces if piece.text)


def _airy(pieces: Sequence[Piece], rng: Random) -> str:
    """A blank line after every block, menu items too."""
    return "\n\n".join(piece.text for piece in pieces if piece.text)


def _browser(pieces: Sequence[Piece], rng: Random) -> str:
    """Bulleted, indented lists and blank lines around paragraphs, as text browsers dump a page."""
    out: list[str] = []
    for piece in pieces:
        if piece.role == "item":
            out.append(f"{'  ' * (piece.depth + 1)}• {piece.text}")
        elif piece.role in ("story", "paragraph", "heading"):
            out += ["", piece.text, ""]
        else:
            out.append(piece.text)
    return _squeeze("\n".join(out))


def _wrapped(pieces: Sequence[Piece], rng: Random) -> str:
    """Hard-wrapped at 72 columns, a blank line between blocks and stars before items."""
    out: list[str] = []
    for piece in pieces:
        if piece.role == "item":
            out.append(textwrap.fill(piece.text, 72, initial_indent="  * ", subsequent_indent="    "))
        else:
            out += ["", textwrap.fill(piece.text, 72), ""]
    return _squeeze("\n".join(out))


def _tight(pieces: Sequence[Piece], rng: Random) -> str:
    """Hard-wrapped at 80 columns with no blank line anywhere: only short last lines end a paragraph."""
    return "\n".join(textwrap.fill(piece.text, 80) for piece in pieces if piece.text)


def _markdown(pieces: Sequence[Piece], rng: Random) -> str:
    """Links, pictures and headings marked as in Markdown."""
    out: list[str] = []
    for piece in pieces:
        slug = re.sub(r"\W+", "-", piece.text.lower())[:40]
        if piece.role == "item":
            out.append(f"{'  ' * piece.depth}* [{piece.text}](/{slug})")
        elif piece.role == "link":
            out += ["", f"[{piece.text}](/{slug}.html)", ""]
        elif piece.role == "picture":
            out += ["", f"![{piece.text}](/img/{slug}.jpg)", ""]
        elif piece.role == "heading":
            out += ["", f"## {piece.text}", ""]
        else:
            out += ["", piece.text, ""]
    return _squeeze("\n".join(out))


def _broken(pieces: Sequence[Piece], rng: Random) -> str:
    """A newline around every link in a paragraph, as extractors that know no inline elements do."""
    out: list[str] = []
    for piece in pieces:
        text = piece.text
        if piece.role == "story" and rng.random() < 0.4:
            names = re.findall(r"(?<=[a-z,] )[A-Z][a-z]+(?: [A-Z][a-z]+)*(?= [a-z])", text)
            if names:
                text = text.replace(f" {names[0]} ", f"\n{names[0]}\n", 1)
        if text:
            out.append(text)
    return "\n".join(out)


def _pictured(pieces: Sequence[Piece], rng: Random) -> str:
    """Pictures as "[image: …]", indented paragraphs, tabs before items."""
    out: list[str] = []
    for piece in pieces:
        if piece.role == "picture":
            out.append(f"[image: {piece.text}]")
        elif piece.role == "item":
            out.append("\t" * (piece.depth + 1) + piece.text)
        elif piece.role in ("story", "paragraph"):
            out += [f"    {piece.text}", ""]
        else:
            out.append(piece.text)
    return _squeeze("\n".join(out))


def _squeeze(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


RENDERINGS: dict[str, Callable[[Sequence[Piece], Random], str]] = {
    "lines": _lines,
    "airy": _airy,
    "browser": _browser,
    "wrapped": _wrapped,
    "tight": _tight,
    "markdown": _markdown,
    "broken": _broken,
    "pictured": _pictured,
}
