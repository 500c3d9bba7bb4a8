"""Questions to begin with, made from what the loaded articles say, so that each of them can be answered."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path

from rag.config import BUNDLED_CORPUS
from rag.schema import Article, Sentence
from rag.words import FUNCTION_WORDS

MOST = 4  # as many as fit one screen of a phone
LOOKED_AT = 40  # articles read for examples; more would not make better ones
LONGEST_TITLE = 90  # characters, the length of a headline
BUNDLED = (
    "When did Lavrov visit Havana?",
    "Which countries did Raisi visit on his tour?",
    "What did Putin and Díaz-Canel discuss on the telephone?",
    "Did Lavrov go to Brazil?",
)
# What a sentence says was done, and how it is asked for. Each takes a name before and a name behind it.
_ASKED = {
    "arrived in": "arrive in",
    "visited": "visit",
    "travelled to": "travel to",
    "traveled to": "travel to",
    "flew to": "fly to",
    "met with": "meet with",
    "met": "meet",
    "spoke with": "speak with",
    "addressed": "address",
}
CALENDAR = (
    "(?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:January|February|March|April|May|June|July|August"
    "|September|October|November|December)\\b)"
)
_CAPITALISED = CALENDAR + r"[A-Z][^\W\d_]+(?:[-’'][A-Z]?[^\W\d_]+)*(?<![’']s)"
FULL_NAME = rf"{_CAPITALISED} (?:(?:de|da|del|van|von|bin|al|el) )*{_CAPITALISED}"
_SURNAME = rf"(?<=[a-z,] ){_CAPITALISED}(?<!s)"  # inside a sentence, and no team or people
PLACE = rf"(?:the )?{_CAPITALISED}(?: {_CAPITALISED})*"
_ENDS = r"(?=[.,;]| (?:on|in|for|after|to|at|during|as|before|last|where|when)\b)"  # the name is whole
_DID = re.compile(rf"(?P<who>{FULL_NAME}|{_SURNAME}) (?P<did>{'|'.join(_ASKED)}) (?P<whom>{PLACE}){_ENDS}")
_ARTICLE_BEFORE = re.compile(r"\b(?:the|a|an)(?: [A-Z]\S*)* $", re.IGNORECASE)
_SPEAKER = re.compile(rf"\b(?:said|says) (?P<who>{FULL_NAME}(?: {_CAPITALISED})?), (?:the|a|an) [a-z]")


def examples_for(listed: Sequence[Article], load: Callable[[str], Article]) -> tuple[str, ...]:
    """For the archive whose articles are `listed`; `load` gives one of them with its sentences."""
    if listed and all(Path(article.path).is_relative_to(BUNDLED_CORPUS) for article in listed):
        return BUNDLED
    return example_questions([load(article.id) for article in listed[:LOOKED_AT]])


def example_questions(articles: Sequence[Article]) -> tuple[str, ...]:
    """At most four, one an article: two that ask when, two who, the rest what a headline announces."""
    kinds = ((_whens, 2), (_whos, 2), (_headlines, MOST))
    found: dict[str, str] = {}
    for questions, most in kinds:
        firsts = ((article.id, next(questions(article), None)) for article in articles if article.id not in found)
        new = {question: id for id, question in firsts if question and question not in found.values()}
        found |= {id: question for question, id in islice(new.items(), most)}
    return tuple(islice(found.values(), MOST))


def _whens(article: Article) -> Iterator[str]:
    """When did NAME visit PLACE? Only of a sentence that tells a time."""
    for sentence in article.sentences:
        said = _said(article, sentence)
        for match in _DID.finditer(said):
            if sentence.dates and not _ARTICLE_BEFORE.search(said[: match.start()]):
                yield f"When did {match['who']} {_ASKED[match['did']]} {match['whom']}?"


def _whos(article: Article) -> Iterator[str]:
    """Who is NAME? Of one who speaks and is explained: "said Rui Alves, the harbour master"."""
    for sentence in article.sentences:
        for match in _SPEAKER.finditer(_said(article, sentence)):
            yield f"Who is {match['who']}?"


def _headlines(article: Article) -> Iterator[str]:
    """What does TITLE report? Not of a title that is too long or broken off."""
    words = re.sub(r'["“”]', "", article.title.split(" | ")[0]).split()
    title = " ".join(words).strip(" .:")
    if title.isprintable() and 0 < len(title) <= LONGEST_TITLE and words[-1].lower() not in FUNCTION_WORDS:
        yield f"What does “{title}” report?"


def _said(article: Article, sentence: Sentence) -> str:
    return " ".join(article.text[sentence.start : sentence.end].split())
