"""Reads an answer sentence against the sentences of the article: which of them prove it, and do they.

What is compared, in order: what is denied, what figures count, whether it is only claimed and by whom, who does it to
whom, plans and conditions, numbers and dates (as resolved), names, then the remaining words by meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rag.answer.antecedent import TIME_NAMES, antecedent
from rag.answer.attribution import only_claimed, other_speaker
from rag.answer.capitals import in_words_of
from rag.answer.claims import head, names_both, offices, strict_words, undated, without_opening
from rag.answer.counted import only_a_part, other_figure
from rag.answer.denials import denial
from rag.answer.holders import mistaken_holder
from rag.answer.owners import known_office, other_owner
from rag.answer.roles import conflict
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.ingest.spoken import dated
from rag.numerals import numbers
from rag.schema import Sentence, Verdict
from rag.words import FUNCTION_WORDS, HOME, content_words, fold, names, names_it, past_verb, proves_name, stem, stems

NEAR = 0.55  # cosine from which two words are taken to mean the same
GROUNDED = 0.75  # share of the answer's words that its quotes must hold, in letter or in meaning
ECHOED = 0.68
"""The same where all that is missing are words of the question, said otherwise in the quotes. On the 162 questions of
eval/, with SHOWN at .50: from .60 on 78 are right and 5 wrong, from .68 77 and 3, from .75 75 and 3."""
_US_ACTS = re.compile(
    r"(?i:the )?US (?:would|will|has|have|had|is|was|could|may|might|must|did|does|said|sent|\w+ed)\b"
)  # elsewhere "US" is not asked for
_DEICTIC = frozenset("next previous".split())  # in a question they point at what was said before it


@dataclass(frozen=True)
class Proof:
    """The sentences that prove an answer sentence, least text first, and what the check says of them."""

    verdict: Verdict
    quotes: tuple[Sentence, ...]
    reason: str


def check(claim: str, question: str, passage: Passage, meaning: Meaning) -> Proof:
    """The first proof of the claim that supports it or, if none does, what the likeliest sentence says of it."""
    found = proofs(claim, question, passage, meaning)
    return next((proof for proof in found if proof.verdict == "supported"), found[0])


def proofs(claim: str, question: str, passage: Passage, meaning: Meaning) -> list[Proof]:
    """What each sentence proves of the claim, with one more for whom its pronoun means; the likeliest first.

    What the claim lacks proof for makes it unsupported, or only partly supported where it echoes the question.
    """
    said = head(without_opening(claim), question)
    likely = sorted(passage.sentences, key=lambda sentence: (-_shared(said, passage, sentence), sentence.start))
    return [_prove(said, quote, question, passage, meaning) for quote in likely]


def _prove(said: str, quote: Sentence, question: str, passage: Passage, meaning: Meaning) -> Proof:
    text = in_words_of(f"{question} {said}", dated(passage.article.text, quote))
    elsewhere = [passage.said(s) for s in passage.article.sentences if s != quote]
    if found := contradiction(said, question, text, elsewhere) or other_owner(
        question, in_words_of(question, text), elsewhere
    ):
        return Proof("unsupported", (quote,), found)
    granted = _DEICTIC & strict_words(question) | ({"both"} if names_both(said, text) else set())
    uncounted = numbers(undated(said)) - numbers(undated(passage.said(quote)))
    if missing := (numbers(said) - numbers(text)) | uncounted | (strict_words(said) - strict_words(text) - granted):
        echoed = missing <= numbers(question) | strict_words(question)
        return Proof("partly" if echoed else "unsupported", (quote,), f"the quote lacks {_listed(missing)}")
    quotes = [quote]
    if unnamed := [name for name in _names_of(said, passage) if not proves_name(name, stems(text))]:
        unnamed = [name for name in unnamed if not _describes(name, said, passage)]
    if unnamed:
        echoed = all(names_it(name, stems(question)) for name in unnamed)
        if TIME_NAMES & set(unnamed) or not (helper := antecedent(unnamed, quote, passage, echoed)):
            return Proof("partly" if echoed else "unsupported", (quote,), f"the quote lacks {_listed(unnamed)}")
        quotes.insert(0, helper)
    if mistaken := next(filter(None, (mistaken_holder(said, passage.said(one)) for one in quotes)), None):
        return Proof("unsupported", tuple(quotes), mistaken)
    texts = [in_words_of(f"{question} {said}", dated(passage.article.text, sentence)) for sentence in quotes]
    unheld = offices(said) - set().union(*map(offices, texts))
    if missing := {office for office in unheld if not known_office(office, said, elsewhere)}:
        return Proof("partly", tuple(quotes), f"the quote lacks {_listed(missing)}")
    share = grounding(content_words(said), texts, meaning)
    told = [word for word in content_words(said) if not names_it(word, stems(question))]
    if share < (ECHOED if told and grounding(told, texts, meaning) >= GROUNDED else GROUNDED):
        return Proof("partly", tuple(quotes), f"the quote has {share:.0%} of it")
    return Proof("supported", tuple(quotes), "")


def contradiction(claim: str, question: str, quote: str, elsewhere: Sequence[str]) -> str | None:
    """What speaks against the claim in a quote; None if nothing. `elsewhere` is the rest of the article."""
    return (
        denial(claim, quote)
        or other_figure(claim, quote)
        or only_a_part(claim, quote)
        or only_claimed(claim, question, quote)
        or other_speaker(claim, quote)
        or conflict(claim, quote, elsewhere)
    )


def grounding(said: Sequence[str], quotes: Iterable[str], meaning: Meaning) -> float:
    """The share of the words of `said` that stand in the quotes, or near in meaning to one that does."""
    offered = [word for quote in quotes for word in content_words(quote)]
    have = {stem(word) for word in offered}
    wanted = list(dict.fromkeys(fold(word) for word in said if word != HOME))
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
    found = [*found, fold(first)] if inside and fold(first) not in found else found
    return [*found, fold(HOME)] if _US_ACTS.match(said) else found


def _describes(name: str, said: str, passage: Passage) -> bool:
    """Whether a name only describes a noun, "the Iranian leader", and the passage's context knows it."""
    around = [passage.article.title, *(passage.said(sentence) for sentence in passage.sentences)]
    known = names_it(name, {stem(word) for text in around for word in names(text)})
    after = re.search(rf"(?<!\bin )(?<!\bto )(?<!\bat )(?<!\bof )(?i:\b{re.escape(name)})\s+([a-z]+)", said)
    return known and bool(after and fold(after[1]) not in FUNCTION_WORDS and not past_verb(after[1]))


def _listed(found: Iterable[str]) -> str:
    return ", ".join(sorted(set(found)))
