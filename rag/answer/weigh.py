"""A draft against its passage and its question: what of it may be shown, with which quotes, and how sure that is."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rag.answer.capitals import in_words_of
from rag.answer.choose import told_before
from rag.answer.claims import lacks_last, strict_words, undated, without_opening
from rag.answer.confidence import Signs, confidence
from rag.answer.core import LEAST_HELD, core, held, new_words, share_held
from rag.answer.kinds import lacks_sort
from rag.answer.named import unmet_names
from rag.answer.needs import asks_for, beside, gives, lacking_dates, wants_one
from rag.answer.owners import other_owner
from rag.answer.quantities import contradicted
from rag.answer.verify import Proof, contradiction, proofs
from rag.answer.yes_no import settle
from rag.index.meaning import Meaning
from rag.index.passages import Passage, accounted_for
from rag.ingest.spoken import dated
from rag.numerals import numbers
from rag.schema import Sentence, Verdict
from rag.words import content_words, names_it, stem, stems

_AGE = re.compile(r"\b[\w-]+[- ]years?[- ]old\b(?P<of>(?:\s+[a-z-]+){0,3})", re.I)


@dataclass(frozen=True)
class Finding:
    """A draft, or what is proven of it, with the sentences it rests on and what the checks say of it.

    `said` are the stems it adds to the question, by which findings of several passages agree.
    """

    text: str
    passage: Passage
    quotes: tuple[Sentence, ...]
    verdict: Verdict
    signs: Signs
    said: frozenset[str]
    reason: str = ""

    @property
    def score(self) -> float:
        return confidence(self.signs)

    @property
    def texts(self) -> list[str]:
        """Its quotes, their dates written out."""
        return written(self.passage, self.quotes)


def written(passage: Passage, quotes: Sequence[Sentence]) -> list[str]:
    """What the quotes say, their dates written out."""
    return [dated(passage.article.text, quote) for quote in quotes]


def weigh(question: str, draft: str, passage: Passage, meaning: Meaning, weights: Mapping[str, float]) -> Finding:
    """The draft against its passage and the question: whole if a quote proves it, else what of it a quote holds."""
    need = asks_for(question)
    said = without_opening(draft)
    new = new_words(said, question)

    def finding(text: str, quotes: tuple[Sentence, ...], verdict: Verdict, reason: str = "") -> Finding:
        if passage.quotes and passage.focus not in quotes:
            quotes = (passage.focus, *quotes)  # whoever asks for a quotation wants to see it
        texts = written(passage, quotes)
        signs = Signs(
            context=accounted_for(question, passage.lines, [], meaning, weights),
            quote=max(meaning.nearest(texts, [question])),
            window=passage.meaning,
            held=float(any(held(new, text) for text in texts)),
            checked=float(text == draft or need == "yes_no"),
        )
        return Finding(text, passage, quotes, verdict, signs, frozenset(map(stem, new)), reason)

    def follows(one: Finding) -> bool:
        return meaning.entails(" ".join(one.texts), f"{question} {one.text}")

    def denied_by(quote: Sentence) -> bool:
        text = dated(passage.article.text, quote)
        elsewhere = [passage.said(other) for other in passage.article.sentences if other != quote]
        told_of_more = strict_words(said) - strict_words(text) - strict_words(question)  # "all" where it says "most"
        return bool(told_of_more) or contradiction(said, question, text, elsewhere) is not None

    whole = [judge(question, draft, passage, proof, meaning) for proof in proofs(draft, question, passage, meaning)]
    passed = [finding(text, quotes, "supported") for text, quotes, reason in whole if not reason]
    if need not in ("yes_no", "date") and not passed:  # a date alone does not say of what it is the date
        passed = [
            finding(text, (quote,), "supported")
            for quote in passage.sentences
            if not denied_by(quote)
            and (text := core(said, question, dated(passage.article.text, quote), wants_one(question)))
            and numbers(undated(text)) <= numbers(undated(passage.said(quote))) | numbers(question)
            and not lacking(question, text, (quote,), passage, meaning)
        ]
    if following := [one for one in passed if follows(one)]:
        return max(following, key=lambda one: one.score)
    text, quotes, reason = whole[0]
    return finding(text, quotes, "unsupported", reason or "it does not follow from the quote")


def judge(
    question: str, draft: str, passage: Passage, proof: Proof, meaning: Meaning
) -> tuple[str, tuple[Sentence, ...], str]:
    """The draft as it may be shown, the quotes of its proof, and why it may not be shown, empty if it may."""
    if proof.verdict != "supported":
        return draft, proof.quotes, proof.reason
    if asks_for(question) == "yes_no":
        texts = [in_words_of(question, text) for text in written(passage, proof.quotes)]
        around = [passage.article.title, *passage.before(proof.quotes[-1])]
        settled = settle(question, draft, texts, around, meaning)
        return settled or draft, proof.quotes, "" if settled else "neither yes nor no follows from it"
    return draft, proof.quotes, lacking(question, draft, proof.quotes, passage, meaning)


def lacking(question: str, said: str, quotes: Sequence[Sentence], passage: Passage, meaning: Meaning) -> str:
    """What a quoted answer lacks of what is asked: its owner, a name, the day, the kind of thing; empty if nothing."""
    article, texts = passage.article, [in_words_of(question, text) for text in written(passage, quotes)]
    elsewhere = [passage.said(s) for s in article.sentences if s not in quotes]
    if reason := next((found for text in texts if (found := other_owner(question, text, elsewhere))), None):
        return reason
    if unmet := unmet_names(question, [*texts, article.title, *told_before(passage, quotes[-1])], elsewhere, meaning):
        return f"nothing of {', '.join(unmet)}"
    if other := lacking_dates(question, [*texts, *passage.just_before(quotes[0])], article.published):
        return f"the quote says nothing of {other}"
    if amount := contradicted(question, " ".join(texts)):
        return f"the quote says {amount.text} of what the question counts"
    if sort := lacks_sort(question, said, texts):
        return f"it does not name {sort}"
    if beside(said, question):
        return "it has no word of the question"
    if lacks_last(question, " ".join(texts)):
        return "the quote says nothing of a last one"
    need = asks_for(question)
    new = new_words(said, question)
    if need != "yes_no" and share_held(new, " ".join(texts)) < LEAST_HELD:
        return "the quote has too little of what it adds to the question"
    if need == "duration" and not numbers(said) <= numbers(question) | numbers(
        _without_ages(" ".join(texts), question)
    ):
        return "in the quote it is an age"
    new_number = bool(numbers(said) - numbers(question))
    if gives(need, said, question) or (new_number and any(gives(need, text, question, said) for text in texts)):
        return ""
    return f"no {need} in it that the question did not say"


def _without_ages(text: str, question: str) -> str:
    """The text without how old somebody is: "the 84-year-old man", but not "the eight-year-old war" if it is asked."""
    asked = stems(question)
    return _AGE.sub(lambda age: age.group() if any(names_it(w, asked) for w in content_words(age["of"])) else "", text)
