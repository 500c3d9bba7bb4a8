"""Who published an article, under which headline, when; each with where on the page that was read.

Only lines that speak of the article itself are believed: its headline, its bylines and its footer. A date in
the story, in a caption or in a list of other stories is never a publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.ingest.calendar_days import FULL_DATE, full_date
from rag.ingest.clean import story_text
from rag.ingest.split import split_sentences
from rag.schema import Block, Document

_RANK = {"originally published": 3, "first published": 3, "published": 2, "": 2, "posted": 1}
"""The original publication wins; "updated" is no publication date at all."""
_LABEL = re.compile(
    r"\b(?:originally published|first published|published|posted|(?:last )?(?:updated|modified))\b",
    re.IGNORECASE,
)
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
_URL = re.compile(r"https?://[^\s<>\"')\]]+")
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
class Description:
    """The name card of an article. `other_dates` are the page's dates about it that are not `published`."""

    title: str
    outlet: str | None
    authors: tuple[str, ...]
    published: date | None
    url: str | None
    sources: dict[str, str]
    other_dates: tuple[tuple[date, str], ...]


@dataclass(frozen=True)
class _Found:
    value: str
    source: str


def describe(document: Document, blocks: Sequence[Block]) -> Description:
    """Read the name card off the cleaned page; what the page does not say is None and has no source."""
    sources: dict[str, str] = {}
    title = _title(document, blocks)
    sources["title"] = title.source
    outlet = _outlet(blocks)
    if outlet:
        sources["outlet"] = outlet.source
    authors = tuple(dict.fromkeys(name for name, is_outlet in _credits(blocks) if not is_outlet))
    if authors:
        sources["authors"] = "byline"
    dates = sorted(_dates(blocks), key=lambda found: -_RANK.get(found[1], -1))
    published = dates[0][0] if dates and dates[0][1] in _RANK else None
    if published:
        sources["published"] = "byline"
    others = tuple((day, label or "byline") for day, label in dict.fromkeys(dates) if day != published)
    url = next((match[0].rstrip(".,;") for line in _bylines(blocks) for match in _URL.finditer(line)), None)
    if url:
        sources["url"] = "byline"
    return Description(title.value, outlet.value if outlet else None, authors, published, url, sources, others)


def _title(document: Document, blocks: Sequence[Block]) -> _Found:
    for block in blocks:
        if block.kind == "title":
            return _Found(block.text.lstrip("# "), "first line" if block is blocks[0] else "headline")
    text = story_text(blocks)
    for start, end in split_sentences(text):
        return _Found(text[start:end], "first sentence")
    return _Found(re.split(r"[/\\]", document.path)[-1], "file name")


def _bylines(blocks: Sequence[Block]) -> Iterator[str]:
    """Byline texts without the bullet of a list."""
    for block in blocks:
        if block.kind == "byline":
            yield re.sub(r"^\W+(?=\w)", "", block.text)


def _dates(blocks: Sequence[Block]) -> Iterator[tuple[date, str]]:
    """Every full date of the bylines with the word that says what it is, "" if there is none."""
    for line in _bylines(blocks):
        reached = 0
        for match in FULL_DATE.finditer(line):
            labels = _LABEL.findall(line[reached : match.start()])
            day = full_date(match)
            reached = match.end()
            if day and day.year > 1970:  # 1 January 1970 is a clock that was never set
                yield day, labels[-1].lower() if labels else ""


def _outlet(blocks: Sequence[Block]) -> _Found | None:
    story_seen = False
    sources: list[_Found] = []
    for block in blocks:
        story_seen = story_seen or block.kind == "story"
        if block.kind != "byline":
            continue
        line = re.sub(r"^\W+(?=\w)", "", block.text)
        original = _ORIGINAL.match(line)
        if original and not FULL_DATE.match(original["name"]):
            return _Found(original["name"].strip(), "byline")
        source = _SOURCE.match(line)
        if source and not _NOBODY.match(source["name"].strip()):
            sources.append(_Found(_host(source["name"].strip(" .")), "footer" if story_seen else "byline"))
    credited = [_Found(name, "byline") for name, is_outlet in _credits(blocks) if is_outlet]
    rights = [
        _Found(match["name"].strip(), "copyright line")
        for block in blocks
        if block.kind == "dropped"
        for match in _COPYRIGHT.finditer(block.text)
    ]
    return next(iter(credited + sources + rights), None)


def _host(name: str) -> str:
    domain = _DOMAIN.match(name)
    return domain["host"].lower() if domain else name


def _credits(blocks: Sequence[Block]) -> Iterator[tuple[str, bool]]:
    """The names after "By", and whether each is an outlet: a masthead of the page, or news in its name."""
    mastheads = {
        line.strip(" •|-").lower() for block in blocks if block.kind == "dropped" for line in block.text.split("\n")
    }
    for line in _bylines(blocks):
        match = _CREDIT.search(line)
        if not match or line.lower().startswith(("source", "via")):
            continue
        names = FULL_DATE.split(match["names"])[0]
        for part in re.split(r",|\s+(?:and|&|for|of|in|on)\s+|\s[-–—]\s", names):
            name = " ".join((part or "").split()).strip(" .:;")
            if name and re.match(r"[^\W\d_]", name) and not _NOBODY.match(name) and len(name.split()) <= 6:
                yield name, name.lower() in mastheads or bool(_MEDIA.search(name))
