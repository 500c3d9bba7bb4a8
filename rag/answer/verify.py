"""Reads an answer sentence against the sentences of the article: which of them prove it, and do they.

What is compared, in order: who does it to whom, negation, numbers and dates (as resolved), names, then the
remaining words by meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answer.roles import conflict, misplaced, other_owner
from rag.index.meaning import Meaning
from rag.index.passages import POINTS_BACK, Passage
from rag.ingest.dates import find_dates
from rag.ingest.spoken import dated
from rag.schema import Sentence, Verdict
from rag.words import FUNCTION_WORDS, content_words, fold, names, names_it, numbers, stem, stems, words

NEAR = 0.55  # cosine from which two words are taken to mean the same
SAME_NAME = 0.6  # cosine from which two names are taken for one thing: Americans and U.S.
GROUNDED = 0.75  # share of the answer's words that its quotes must hold, in letter or in meaning
ECHOED = 0.6  # the same where all that is missing are words of the question, said otherwise in the quotes
_OPENING = re.compile(r"^(yes|no)\b[,.:;]?\s*", re.I)
_BARE_NEGATION = re.compile(r"\b(?:not|never|no|\w+n['’]t)\b", re.I)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t"
    r"|declin(?:ed|es|ing) to|refus(?:ed|es|ing) to|refrain(?:ed|s|ing) from|fail(?:ed|s|ing) to"
    r"|den(?:ied|ies|ying)|reject(?:ed|s|ing)|ruled out|stopped short of)\b",
    re.I,
)
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
_CAPITAL = r"[^\W\d_a-zß-ÿ][\w.'’-]*"
_FULL_NAME = re.compile(rf"{_NOT_PLACED}{_CAPITAL}(?:\s+(?:{_CAPITAL}|de|da|al|bin|van|von))*")
_LAST_CLAUSE = re.compile(r",?\s+(?:before|after|when|while|during)\b[^,]*$", re.I)
_QUOTED = re.compile(r"[\"“”]")
_SAID = re.compile(r"\b(?:said|says|told|added|commented|wrote|reported|stated|according)\b", re.I)
_CLAUSE_END = re.compile(r"[,;:.–—]")
# Words that a paraphrase may not bring in: they count, order or limit.
_STRICT = frozenset(
    "few several many most all both each every half dozens hundreds thousands only first last next previous former sole"
    " largest biggest smallest highest lowest oldest youngest best worst".split()
)
_DEICTIC = frozenset("next previous".split())  # in a question they point at what was said before it
_LASTS = re.compile(r"\b(to|will|would|can|could|may|might|must|should|not|did|does|do)\s+last\b", re.I)
_TIME_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december".split()
)


@dataclass(frozen=True)
class Proof:
    """The sentences that prove an answer sentence, least text first, and what the check says of them."""

    verdict: Verdict
    quotes: tuple[Sentence, ...]
    reason: str


def opening(claim: str) -> str | None:
    """ "yes" or "no" where the claim begins so."""
    found = _OPENING.match(claim)
    return found[1].casefold() if found else None


def without_opening(claim: str) -> str:
    return _OPENING.sub("", claim)


def denies(claim: str) -> bool:
    """Whether a claim only negates: "He did not go", not "He declined to go"."""
    return bool(_BARE_NEGATION.search(claim))


def check(claim: str, question: str, passage: Passage, meaning: Meaning) -> Proof:
    """The first proof of the claim that supports it or, if none does, what the likeliest sentence says of it."""
    found = proofs(claim, question, passage, meaning)
    return next((proof for proof in found if proof.verdict == "supported"), found[0])


def proofs(claim: str, question: str, passage: Passage, meaning: Meaning) -> list[Proof]:
    """What each sentence proves of the claim, with one more for whom its pronoun means; the likeliest first.

    What the claim lacks proof for makes it unsupported, or only partly supported where it echoes the question.
    """
    said = _head(without_opening(claim), question)
    likely = sorted(passage.sentences, key=lambda sentence: (-_shared(said, passage, sentence), sentence.start))
    return [_prove(said, quote, question, passage, meaning) for quote in likely]


def _prove(said: str, quote: Sentence, question: str, passage: Passage, meaning: Meaning) -> Proof:
    text = dated(passage.article.text, quote)
    elsewhere = [passage.said(s) for s in passage.article.sentences if s != quote]
    if found := conflict(said, text, elsewhere) or other_owner(question, text, elsewhere):
        return Proof("unsupported", (quote,), found)
    if place := misplaced(said, text):
        return Proof("partly", (quote,), place)
    if denied(said) & set(stems(text)) - denied(text) or denied(text) & set(stems(said)) - denied(said):
        return Proof("unsupported", (quote,), "one denies what the other says")
    deictic = _DEICTIC & strict_words(question)
    uncounted = numbers(_undated(said)) - numbers(_undated(passage.said(quote)))
    if missing := (numbers(said) - numbers(text)) | uncounted | (strict_words(said) - strict_words(text) - deictic):
        echoed = missing <= numbers(question) | strict_words(question)
        return Proof("partly" if echoed else "unsupported", (quote,), f"the quote lacks {_listed(missing)}")
    quotes = [quote]
    if unnamed := [name for name in _names_of(said, passage) if not names_it(name, stems(text))]:
        unnamed = [name for name in unnamed if not _describes(name, said, passage)]
    if unnamed:
        echoed = all(names_it(name, stems(question)) for name in unnamed)
        if _TIME_NAMES & set(unnamed) or not (helper := _antecedent(unnamed, quote, passage, echoed)):
            return Proof("partly" if echoed else "unsupported", (quote,), f"the quote lacks {_listed(unnamed)}")
        quotes.insert(0, helper)
    texts = [dated(passage.article.text, sentence) for sentence in quotes]
    share = grounding(content_words(said), texts, meaning)
    told = [word for word in content_words(said) if not names_it(word, stems(question))]
    if share < (ECHOED if told and grounding(told, texts, meaning) >= GROUNDED else GROUNDED):
        return Proof("partly", tuple(quotes), f"the quote has {share:.0%} of it")
    return Proof("supported", tuple(quotes), "")


def _undated(text: str) -> str:
    """A text without its dates, whose numbers count nothing."""
    for mention in reversed(find_dates(text, 0, len(text), None)):
        text = text[: mention.start] + text[mention.end :]
    return text


def _head(said: str, question: str) -> str:
    """The claim without a last clause that only echoes the question: "… before he reached Cuba"."""
    found = _LAST_CLAUSE.search(said)
    if found and set(stems(found.group())) <= set(stems(question)) and content_words(said[: found.start()]):
        return said[: found.start()]
    return said


def unmet_names(question: str, texts: Sequence[str], meaning: Meaning) -> list[str]:
    """The names of the question that no text has, in letter or in another word for the same."""
    offered = [word for text in texts for word in content_words(text)]
    have = {stem(word) for word in offered}
    missing = [name for name in dict.fromkeys(names(question)) if not names_it(name, have)]
    near = meaning.nearest(missing, [fold(word) for word in offered])
    return [name for name, value in zip(missing, near, strict=True) if value < SAME_NAME]


def grounding(said: Sequence[str], quotes: Iterable[str], meaning: Meaning) -> float:
    """The share of the words of `said` that stand in the quotes, or near in meaning to one that does."""
    offered = [word for quote in quotes for word in content_words(quote)]
    have = {stem(word) for word in offered}
    wanted = list(dict.fromkeys(fold(word) for word in said))
    missing = [word for word in wanted if not names_it(word, have)]
    near = sum(value >= NEAR for value in meaning.nearest(missing, offered))
    return (len(wanted) - len(missing) + near) / len(wanted) if wanted else 0.0


def _shared(said: str, passage: Passage, sentence: Sentence) -> int:
    """How many stems of the claim the sentence holds; names and numbers count twice, they are what is looked up."""
    text = dated(passage.article.text, sentence)
    offered = set(stems(text))
    named = {name for name in names(said) if names_it(name, offered)}
    return len(set(stems(said)) & offered) + len(named) + len(numbers(said) & numbers(text))


def _names_of(said: str, passage: Passage) -> list[str]:
    """The claim's names, its first word too if the article uses it as one."""
    found = names(said)
    first = next(iter(content_words(said[: len(said.split(" ", 1)[0])])), "")
    inside = re.search(rf"[\w,] {re.escape(first)}\b", passage.article.text) if first[:1].isupper() else None
    return [*found, fold(first)] if inside and fold(first) not in found else found


def _describes(name: str, said: str, passage: Passage) -> bool:
    """Whether a name only describes a noun, "the Iranian leader", and the passage's context knows it."""
    around = [passage.article.title, *(passage.said(sentence) for sentence in passage.sentences)]
    known = names_it(name, {stem(word) for text in around for word in names(text)})
    after = re.search(rf"(?<!\bin )(?<!\bto )(?<!\bat )(?<!\bof )(?i:\b{re.escape(name)})\s+([a-z]+)", said)
    return known and bool(after and fold(after[1]) not in FUNCTION_WORDS)


def _antecedent(unnamed: Sequence[str], quote: Sentence, passage: Passage, echoed: bool) -> Sentence | None:
    """The nearest sentence before the quote that gives the full name of whom the quote points at or names in short.

    A name that only echoes the question may be any that is named there.
    """
    points = _POINTER.search(passage.said(quote))
    short = {stem(name) for name in names(passage.said(quote))}
    for sentence in reversed([s for s in passage.article.sentences if s.start < quote.start]):
        called = [{stem(word) for word in name} for name in full_names(passage.said(sentence))]
        meant = [name for name in called if name & short]
        if points and quote.paragraph - sentence.paragraph <= POINTS_BACK:
            meant = called if _PLURAL.search(points.group()) else [*meant, *called[:1]]
            meant += _also_meant(points.group(), passage.said(sentence)) if echoed else []
        if all(names_it(name, set().union(*meant)) for name in unnamed):
            return sentence
    if _QUOTED.search(passage.said(quote)):
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
    return bool(_SAID.search(text)) and all(names_it(name, stems(text)) for name in unnamed)


def full_names(text: str) -> list[list[str]]:
    """The runs of capitalised words that act or are acted on: not those that say where or of what."""
    runs = (words(found.group()) for found in _FULL_NAME.finditer(text))
    named = ([word for word in run if fold(word) not in FUNCTION_WORDS | _TIME_NAMES] for run in runs)
    return [run for run in named if run]


def strict_words(text: str) -> set[str]:
    return {fold(word) for word in words(_LASTS.sub(r"\1", text))} & _STRICT


def denied(text: str, reach: int = 1) -> set[str]:
    """The first `reach` stems behind each negation, in the same clause: what it denies."""
    return {
        word
        for found in _NEGATION.finditer(text)
        for word in stems(_CLAUSE_END.split(text[found.end() :], maxsplit=1)[0])[:reach]
    }


def _listed(found: Iterable[str]) -> str:
    return ", ".join(sorted(set(found)))
