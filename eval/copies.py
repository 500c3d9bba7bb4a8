"""Altered copies of articles, as archives hold them: each way is one function of a story and a seeded dice."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

Dice: TypeAlias = Random


@dataclass(frozen=True)
class Story:
    """A text under its name; two are copies where `family` is the same. `kind` is how it came about."""

    id: str
    family: str
    kind: str
    text: str


_AGENCIES = ("Reuters", "AP", "AFP", "DPA", "Xinhua", "PA")
_CITIES = ("LONDON", "NAIROBI", "NEW YORK", "BOGOTA", "WARSAW, Poland", "SAN FRANCISCO")
_SYNONYMS = dict(
    pair.split("/")
    for pair in """said/says also/too about/around before/prior after/following big/large began/started but/yet
    children/kids current/present do/does end/finish first/initial get/obtain help/aid however/though many/numerous
    more/further most/mostly near/close need/require new/fresh now/currently people/persons show/shows since/as
    still/yet told/informed used/utilised very/quite while/whilst will/shall would/might center/centre color/colour
    program/programme percent/% organization/organisation defense/defence labor/labour per cent""".split()
    if "/" in pair
)
_BOILERPLATE = (
    "Sign in Subscribe Home World Politics Business Sport Culture Opinion Newsletters Search",
    "We use cookies and similar technologies to run this site and to understand how you use it. By clicking accept "
    "you agree to our use of cookies. You can change your mind at any time in the settings of your account.",
    "Share this article on Facebook Share this article on Twitter Copy the link Print this page Save for later",
    "Sign up for our morning newsletter and get the stories that matter most in your inbox every day of the week.",
    "This material may not be published, broadcast, rewritten or redistributed without the permission of its owner. "
    "All rights reserved. Terms of use and privacy policy apply.",
    "More on this story Most read Most watched Trending now Recommended for you Related topics",
)


def cut(story: str, dice: Dice) -> str:
    """The head of it, as a paper with little room prints it: 45 to 90 % of its paragraphs."""
    parts = paragraphs(story)
    return join(parts[: max(1, round(len(parts) * dice.uniform(0.45, 0.9)))])


def thinned(story: str, dice: Dice) -> str:
    """Up to a third of the paragraphs are gone from anywhere in it."""
    parts = paragraphs(story)
    gone = set(dice.sample(range(len(parts)), k=round(len(parts) * dice.uniform(0.1, 0.33))))
    return join([part for n, part in enumerate(parts) if n not in gone])


def headline(story: str, dice: Dice) -> str:
    """Another headline and a byline stand before it."""
    words = re.findall(r"[A-Za-z]{4,}", story)
    title = " ".join(dice.sample(words, k=min(9, len(words)))).capitalize()
    return join([title, f"By {dice.choice(_CITIES).title()} Staff", *paragraphs(story)])


def wire(story: str, dice: Dice) -> str:
    """ "LONDON (Reuters) - " before it and the agency's last line behind it."""
    agency, city = dice.choice(_AGENCIES), dice.choice(_CITIES)
    end = f"(Reporting by the {city.title()} newsroom; Editing by the {agency} desk)"
    return join([f"{city} ({agency}) - {story}", end])


def reordered(story: str, dice: Dice) -> str:
    """The lead stays; the rest is in another order."""
    lead, *rest = paragraphs(story)
    return join([lead, *dice.sample(rest, k=len(rest))])


def edited(story: str, dice: Dice) -> str:
    """A sub-editor's hand: one word in forty is another, or gone; spelling of the other side of the sea."""

    def touch(match: re.Match[str]) -> str:
        word = match[0]
        chance = dice.random()
        if chance < 0.5 and word in _SYNONYMS:
            return _SYNONYMS[word]
        return "" if chance > 0.99 and word.islower() else word

    return re.sub(r"[^\W\d]+", touch, story)


def respelled(story: str, dice: Dice) -> str:
    """The paper's own spelling of the name that the story says most, throughout."""
    names = re.findall(r"(?<=[a-z] )[A-Z][a-z]{3,}", story)
    name = max(sorted(set(names)), key=names.count, default="")
    return re.sub(rf"\b{name}\b", name[:-1] + name[-1] * 2, story) if name else story


def updated(story: str, dice: Dice) -> str:
    """A later version: fresh paragraphs on top and in the middle, one figure and one day changed."""
    parts = paragraphs(story)
    number = re.search(r"\b\d{2,3}\b", story)
    if number:
        parts = [part.replace(number[0], str(int(number[0]) + dice.randint(1, 9))) for part in parts]
    fresh = [news(dice) for _ in range(max(1, round(len(parts) * dice.uniform(0.1, 0.3))))]
    middle = dice.randrange(len(parts) + 1)
    return join([fresh[0], *parts[:middle], *fresh[1:], *parts[middle:]])


def page(story: str, dice: Dice) -> str:
    """The page around it was not all cleaned away."""
    before, after = dice.sample(_BOILERPLATE, k=2), dice.sample(_BOILERPLATE, k=3)
    return join([*before, story, *after])


def within(story: str, dice: Dice) -> str:
    """It stands whole in a longer text about the same thing."""
    length = len(story.split())
    more: list[str] = []
    while sum(len(part.split()) for part in more) < 0.8 * length:
        more.append(news(dice))
    return join([*more[: len(more) // 2], story, *more[len(more) // 2 :]])


WAYS: dict[str, Callable[[str, Dice], str]] = {
    way.__name__: way for way in (cut, thinned, headline, wire, reordered, edited, respelled, updated, page, within)
}


def same(story: str, dice: Dice) -> str:
    """Letter for letter but for white space."""
    return re.sub(r"\s+", " ", story)


def combined(story: str, dice: Dice) -> str:
    """Two ways at once, a cut one under another headline, say."""
    first, second = dice.sample(sorted(WAYS), k=2)
    return WAYS[second](WAYS[first](story, dice), dice)


def make_copies(story: Story, seed: int) -> list[Story]:
    """One copy in every way, one exact and one in two ways at once."""
    dice = Random(f"{seed} {story.id}")
    ways = {**WAYS, "same": same, "combined": combined}
    return [Story(f"{story.id}.{way}", story.family, way, make(story.text, dice)) for way, make in ways.items()]


def swapped(story: str, dice: Dice) -> str:
    """Another story in the same words: every name, number, day and month is another, and so throughout."""
    other: dict[str, str] = {}

    def swap(match: re.Match[str]) -> str:
        word = match[0]
        if word not in other:
            letters = "".join(dice.choices("bdfgklmnprstvz", k=3)) + dice.choice("aeiou") + dice.choice("nrst")
            other[word] = str(dice.randint(11, 987)) if word[0].isdigit() else letters.capitalize()
        return other[word]

    return re.sub(r"(?<![.!?:]\s)(?<!^)(?<!\n)(?<!“)(?<!\")\b(?:[A-Z][a-z]{2,}|\d+)\b", swap, story)


def roundup(stories: Sequence[str], dice: Dice) -> str:
    """The news of a day: several stories one after another."""
    return join([*(f"{n}. {cut(story, dice)}" for n, story in enumerate(stories, start=1)), news(dice)])


def news(dice: Dice) -> str:
    """A paragraph of its own that no other story has: words that do not exist in the order of English."""
    plan = "The {a} {v} the {b} of {n} on {d}, {n2} said, while the {c} {v2} a {e} near {m}.".split()
    sentences = []
    for _ in range(3):
        made = {key: _word(dice) for key in "a v b n d n2 c v2 e m".split()}
        sentences.append(" ".join(plan).format(**made, **{}) if dice.random() < 0.5 else _babble(dice))
    return " ".join(sentences)


def _babble(dice: Dice) -> str:
    return " ".join(_word(dice) for _ in range(14)).capitalize() + "."


def _word(dice: Dice) -> str:
    return "".join(dice.choice(("ba", "co", "di", "fe", "gu", "la", "mo", "ni", "pe", "ra", "so", "tu")) for _ in "abc")


def paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\s*\n\s*", text) if part.strip()]


def join(parts: Sequence[str]) -> str:
    return "\n\n".join(parts)
