"""Who wrote a story and who published it, as the bylines and the footer of its page name them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rag.ingest.calendar_days import FULL_DATE
from rag.schema import Block

_ORIGINAL = re.compile(
    r"^(?:originally|first)\s+published\s*(?::|\b(?:by|in|on|at)\b)\s*(?P<name>[^|()]+?)"
    r"(?=\s+(?:on|by)\s|\s*[,|(]|\s*$)",
    re.IGNORECASE,
)
_CREDIT = re.compile(r"\b(?:by|written by|story by)\s+(?P<names>[^()|]+)", re.IGNORECASE)
_SOURCE = re.compile(r"^(?:sou?r[cs]e|via)\s*:\s*(?P<name>[^|]+)", re.IGNORECASE)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:©\s*)?(?:(?:19|20)\d\d(?:\s*[-–]\s*(?:19|20)\d\d)?,?\s*)(?:by\s+)?"
    r"(?P<name>[A-Z][\w’'& ]*?(?:\.\w{2,})?)(?=\s*(?:[.,|]|all rights|$))",
    re.IGNORECASE | re.MULTILINE,
)
_DOMAIN = re.compile(r"^(?:https?://)?(?:www\.)?(?P<host>(?:[a-z0-9-]+\.)+[a-z]{2,})(?P<path>/\S*)?/?$", re.IGNORECASE)
_MEDIA = re.compile(
    r"""\b(?:news|newspaper|newsroom|times|press|agency|herald|tribune|journal|gazette|observer|telegraph
      |chronicle
    |daily|weekly|magazine|tv|television|radio|media|online|broadcasting|reuters|afp|ap|bbc|cnn|npr|upi|tass
      |xinhua
    |bloomberg)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NOBODY = re.compile(
    r"""^(?:(?:news\ )?agenc(?:y|ies)|wires?(?:\ services?|\ reports?)?|staff(?:\ (?:writers?|reporters?))?
      |web\ ?desk
    |news\ ?desk|admin|editors?|reporters?|correspondents?|our\ .*|the\ newsroom|contributors?)$""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Found:
    """Something the page says, and where."""

    value: str
    source: str


def bylines(blocks: Sequence[Block]) -> Iterator[str]:
    """Byline texts without the bullet of a list."""
    for block in blocks:
        if block.kind == "byline":
            yield re.sub(r"^\W+(?=\w)", "", block.text)


def find_authors(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The people in the bylines, in order and once each."""
    return tuple(dict.fromkeys(name for name, is_outlet in credited(blocks) if not is_outlet))


def find_outlet(blocks: Sequence[Block]) -> Found | None:
    """Who first published it: said outright, credited, named as the source, or the owner of the page's rights."""
    story_seen = False
    sources: list[Found] = []
    for block in blocks:
        story_seen = story_seen or block.kind == "story"
        if block.kind != "byline":
            continue
        line = re.sub(r"^\W+(?=\w)", "", block.text)
        original = _ORIGINAL.match(line)
        if original and not FULL_DATE.match(original["name"]):
            return Found(original["name"].strip(), "byline")
        source = _SOURCE.match(line)
        if source and not _NOBODY.match(source["name"].strip()):
            sources.append(Found(host(source["name"].strip(" .")), "footer" if story_seen else "byline"))
    agencies = [Found(name, "byline") for name, is_outlet in credited(blocks) if is_outlet]
    rights = [
        Found(match["name"].strip(), "copyright line")
        for block in blocks
        if block.kind == "dropped"
        for match in _COPYRIGHT.finditer(block.text)
    ]
    return next(iter(agencies + sources + rights), None)


def host(name: str) -> str:
    """The host of a web address, without its www; any other name as it is."""
    domain = _DOMAIN.match(name)
    return domain["host"].lower() if domain else name


def credited(blocks: Sequence[Block]) -> Iterator[tuple[str, bool]]:
    """The names after "By", and whether each is an outlet: a masthead of the page, or news in its name."""
    mastheads = {
        line.strip(" •|-").lower() for block in blocks if block.kind == "dropped" for line in block.text.split("\n")
    }
    for line in bylines(blocks):
        match = _CREDIT.search(line)
        if not match or line.lower().startswith(("source", "via")):
            continue
        names = FULL_DATE.split(match["names"])[0]
        for part in re.split(r",|\s+(?:and|&|for|of|in|on)\s+|\s[-–—]\s", names):
            name = " ".join((part or "").split()).strip(" .:;")
            if name and re.match(r"[^\W\d_]", name) and not _NOBODY.match(name) and len(name.split()) <= 6:
                yield name, name.lower() in mastheads or bool(_MEDIA.search(name))
