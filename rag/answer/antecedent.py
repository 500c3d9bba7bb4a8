"""Whom a pronoun, a short name or "the capital" means: the sentence of the article that gives the full name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.index.passages import POINTS_BACK, Passage
from rag.schema import Sentence
from rag.words import FUNCTION_WORDS, fold, names, proves_name, stem, stems, words

_POINTER = re.compile(
    r"\b(?:he|she|it|they|him|her|them|his|its|their|you|your|we|our|us"
    r"|(?:the|both) (?:[A-Za-z]+ ){0,2}"
    r"(?:two|governments?|leaders?|presidents?|ministers?|sides?|company|group|country|countries|nation|capital|city))\b",
    re.I,
)
_PLURAL = re.compile(
    r"they|them|their|our|we|us|two|both|governments|leaders|presidents|ministers|sides|group|countries", re.I
)
_SPOKEN_TO = re.compile(r"you|your|we|us|our", re.I)
_PLACE = re.compile(r"country|nation|capital|city", re.I)
_NOT_PLACED = r"(?<!\bin )(?<!\bat )(?<!\bto )(?<!\bof )(?<!\bfrom )"
CAPITAL = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
_FULL_NAME = re.compile(rf"{_NOT_PLACED}{CAPITAL}(?:\s+(?:{CAPITAL}|de|da|al|bin|van|von))*")
_QUOTED = re.compile(r"[\"“”]")
_SAID = re.compile(r"\b(?:said|says|told|added|commented|wrote|reported|stated|according)\b", re.I)
TIME_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)


def antecedent(unnamed: Sequence[str], quote: Sentence, passage: Passage, echoed: bool) -> Sentence | None:
    """The nearest sentence before the quote that gives the full name of whom the quote points at or names in short.

    A name that only echoes the question may be any that is named there.
    """
    text = passage.said(quote)
    pointers = [found.group() for found in _POINTER.finditer(text)]
    short = {stem(name) for name in names(text)}
    for sentence in reversed([s for s in passage.article.sentences if s.start < quote.start]):
        said = passage.said(sentence)
        called = [{stem(word) for word in name} for name in full_names(said)]
        meant = [name for name in called if name & short]
        if pointers and quote.paragraph - sentence.paragraph <= POINTS_BACK:
            meant = called if any(map(_PLURAL.search, pointers)) else [*meant, *called[:1]]
            meant += [name for pointer in pointers for name in _also_meant(pointer, said)] if echoed else []
        if all(proves_name(name, set().union(*meant)) for name in unnamed):
            return sentence
    if _QUOTED.search(text):
        return next((s for s in _rest_of_paragraph(quote, passage) if _speaks(s, unnamed, passage)), None)
    return None


def _also_meant(pointer: str, sentence: str) -> list[set[str]]:
    """Whom "you" speaks to may be anybody of the sentence, and "the capital" be where something happens in it."""
    if _SPOKEN_TO.match(pointer):
        return [{stem(word) for word in name} for name in full_names(sentence)]
    return [{stem(name)} for name in names(sentence)] if _PLACE.search(pointer) else []


def _rest_of_paragraph(quote: Sentence, passage: Passage) -> list[Sentence]:
    return [s for s in passage.article.sentences if s.start > quote.start and s.paragraph == quote.paragraph]


def _speaks(sentence: Sentence, unnamed: Sequence[str], passage: Passage) -> bool:
    """Whether a sentence says who spoke the quotation that it ends."""
    text = passage.said(sentence)
    return bool(_SAID.search(text)) and all(proves_name(name, stems(text)) for name in unnamed)


def full_names(text: str) -> list[list[str]]:
    """The runs of capitalised words that act or are acted on: not those that say where or of what."""
    runs = (words(found.group()) for found in _FULL_NAME.finditer(text))
    named = ([word for word in run if fold(word) not in FUNCTION_WORDS | TIME_NAMES] for run in runs)
    return [run for run in named if run]
