"""Parts that pages of many sites share: menus, teasers, comments, captions; `dump_sites` puts pages together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from eval import dump_copy as words
from eval.dump_render import Piece


@dataclass(frozen=True)
class Told:
    """An article to build a page around."""

    title: str
    paragraphs: tuple[str, ...]

    @property
    def topic(self) -> str:
        names = re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}", " ".join(self.paragraphs[:4]))
        return names[0] if names else "this"

    @property
    def standfirst(self) -> str:
        return re.split(r"(?<=[a-z][.!?]) ", self.paragraphs[min(1, len(self.paragraphs) - 1)])[0]


Page = list[Piece]


def story(told: Told) -> Page:
    return [Piece("story", text) for text in told.paragraphs]


def items(texts: Sequence[str], depth: int = 0) -> Page:
    return [Piece("item", text, depth) for text in texts]


def lines(*texts: str) -> Page:
    return [Piece("line", text) for text in texts]


def links(texts: Sequence[str]) -> Page:
    return [Piece("link", text) for text in texts]


def paragraphs(*texts: str) -> Page:
    return [Piece("paragraph", text) for text in texts]


def heading(text: str) -> Page:
    return [Piece("heading", text)]


def menu(rng: Random, count: int, *, nested: bool = False) -> Page:
    names = [rng.choice(words.SECTIONS) for _ in range(count)]
    if not nested:
        return items(names)
    return [Piece("item", name, 0 if at % 6 == 0 else 1) for at, name in enumerate(names)]


def crumbs(rng: Random, told: Told) -> Page:
    return items(["Home", rng.choice(words.SECTIONS), told.title])


def caption(rng: Random, told: Told, credit: str = "") -> Page:
    first = re.split(r"(?<=[a-z][.!?]) ", rng.choice(told.paragraphs))[0]
    credit = credit or rng.choice(
        (f"Photograph: {words.person(rng)}/AP", "(Getty Images)", f"Photo: {words.person(rng)}")
    )
    return [Piece("picture", f"{told.topic} in {rng.choice(words.TOWNS)}"), Piece("line", f"{first[:160]} {credit}")]


def headlines(others: Sequence[Told]) -> Page:
    return links([other.title for other in others])


def teasers(rng: Random, others: Sequence[Told], *, timed: bool = True) -> Page:
    """Headline, a sentence or two of the story, when it was posted."""
    page: Page = []
    for other in others:
        page += links([other.title])
        summary = other.paragraphs[0]
        page += paragraphs(summary if rng.random() < 0.6 else f"{summary[:140].rsplit(' ', 1)[0]}...")
        if timed:
            page += lines(rng.choice((words.ago(rng), words.day(rng))))
    return page


def comments(rng: Random, told: Told, count: int, *, style: str = "blog") -> Page:
    page: Page = []
    for _ in range(count):
        who = rng.choice((words.person(rng), f"{rng.choice(words.FIRST).lower()}{rng.randint(1, 99)}"))
        said = words.opinion(rng, told.topic)
        if style == "blog":
            page += lines(f"{who} says:", f"{words.day(rng)} at {rng.randint(1, 12)}:{rng.randint(10, 59)} pm")
            page += paragraphs(said)
            page += links(["Reply"])
        elif style == "tabloid":
            page += lines(f"{who}, {rng.choice(words.TOWNS)}, United Kingdom, {words.ago(rng)}")
            page += paragraphs(said)
            page += lines(str(rng.randint(1, 900)), str(rng.randint(1, 90)), "Click to rate")
        elif style == "app":
            page += lines(who, words.ago(rng))
            page += paragraphs(said)
            page += lines(f"Like {rng.randint(0, 20)} Reply Share Report")
        else:
            page += lines(f"Posted by {who} on {words.day(rng)}")
            page += paragraphs(said)
    return page


def footer(rng: Random, count: int, owner: str, *, legal: int = 1) -> Page:
    page = items([rng.choice(words.FOOTER) for _ in range(count)])
    page += lines(f"© {rng.randint(2015, 2023)} {owner}. All rights reserved.")
    return page + paragraphs(*rng.sample(words.LEGAL, legal))


def between(body: Page, extras: Sequence[Page], rng: Random) -> Page:
    """The story with each extra after one of its paragraphs, never before the first or behind the last."""
    if len(body) < 2:
        return [*body, *(piece for extra in extras for piece in extra)]
    places: dict[int, list[Page]] = {}
    for extra in extras:
        places.setdefault(rng.randrange(len(body) - 1), []).append(extra)
    page: Page = []
    for at, piece in enumerate(body):
        page.append(piece)
        for extra in places.get(at, ()):
            page += extra
    return page
