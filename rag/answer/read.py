"""The model reads the passages one at a time, best first; code decides what of its drafts may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answer.choose import worth_reading
from rag.answer.claims import denies, opening, without_opening
from rag.answer.confidence import VOTES_COUNTED
from rag.answer.echo import without_echo
from rag.answer.full_names import in_full
from rag.answer.identity import answered, opened
from rag.answer.llm import LanguageModel
from rag.answer.needs import affirmed
from rag.answer.prompts import INSTEAD, NOT_SAID, READING, reading_turns
from rag.answer.verify import check
from rag.answer.weigh import Finding, lacking, weigh
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.schema import Step, Turn

ANSWER_TOKENS = 80  # the longest of the worked answers has 20
ENOUGH = 0.85  # confidence from which a finding is shown without reading on
SHOWN = 0.45
"""Confidence below which a finding is no answer. Of 146 answerable and 81 other questions (left out of the fit), shown
and right / shown though there is no answer: from .35 on 106 / 5, .40 105 / 4, .45 103 / 2, .50 101 / 2, .55 99 / 2."""

_OF_THE_PASSAGE = re.compile(r"\bThe passage (?:says|states|mentions)(?: that)?\s+", re.I)


def read_passages(
    question: str,
    passages: Sequence[Passage],
    model: LanguageModel,
    meaning: Meaning,
    weights: Mapping[str, float],
) -> Iterator[Step | Finding]:
    """The steps, then the finding to show, if any: the first that is good enough, else the best that will do.

    "Was Rouhani the last to visit?" is read as the question who was, and a yes or no said to that.
    """
    question = affirmed(question)
    whether = opened(question)
    question, name = whether or (question, "")
    chosen = worth_reading(question, passages, meaning)
    quoting = any(passage.quotes for passage in chosen)
    best: Finding | None = None
    found: list[Finding] = []
    for number, passage in enumerate(chosen, start=1):
        yield Step(f"reading {number} of {len(chosen)}: {passage.article.title}")
        for draft in write_drafts(question, passage.prompt, model):
            found.append(weigh(question, draft, passage, meaning, weights))
            if found[-1].verdict == "supported":
                break
        best = most_likely(found, quoting)
        if best and best.score >= ENOUGH:
            break
    if best and best.score >= SHOWN:
        said = called_in_full(cut(best, question, meaning), question, meaning)
        text = answered(said.text, name, question, said.texts) if whether else said.text
        if text:
            yield replace(said, text=text)


def most_likely(found: Sequence[Finding], quoting: bool) -> Finding | None:
    """The supported finding of the highest confidence, the votes of the other passages counted; `quoting`, only one
    from where the words stand that the question quotes."""
    able = [f for f in found if f.verdict == "supported" and (f.passage.quotes or not quoting)]
    voted = [replace(f, signs=replace(f.signs, votes=votes(f, found))) for f in able]
    return max(voted, key=lambda finding: finding.score, default=None)


def cut(finding: Finding, question: str, meaning: Meaning) -> Finding:
    """The finding without what it takes over from its question and its quotes do not say."""
    short = without_echo(finding.text, question, finding.texts, meaning)
    if short and not lacking(question, short, finding.quotes, finding.passage, meaning):
        return replace(finding, text=short)
    return finding


def called_in_full(finding: Finding, question: str, meaning: Meaning) -> Finding:
    """The finding with somebody's full name where it has a single one, if that is proven as well."""
    text = in_full(finding.text, question, finding.passage, finding.quotes[-1])
    proof = check(text, question, finding.passage, meaning) if text else None
    if text and proof and proof.verdict == "supported":
        others = (quote for quote in finding.quotes if quote not in proof.quotes)
        return replace(finding, text=text, quotes=(*others, *proof.quotes))
    return finding


def votes(finding: Finding, found: Sequence[Finding]) -> float:
    """The share, of as many as are counted, of other passages whose drafts say at least half of the same."""
    agreeing = [
        other
        for other in found
        if other.passage != finding.passage and 2 * len(finding.said & other.said) >= len(finding.said) > 0
    ]
    return min(len(agreeing), VOTES_COUNTED) / VOTES_COUNTED


def write_drafts(question: str, passage: str, model: LanguageModel) -> Iterator[str]:
    """One sentence by the model, none where it finds no answer. After a yes or no not liked, what is so instead.

    A bare "No, he did not" is never liked: no quote could prove it.
    """
    turns = reading_turns(passage, question)

    def reply() -> str:
        said = " ".join(model.reply(READING, turns, "read", ANSWER_TOKENS).split()).replace("U. S.", "U.S.")
        return _OF_THE_PASSAGE.sub("", said)

    draft = reply()
    if not draft or NOT_SAID.rstrip(".").casefold() in draft.casefold():
        return
    if not (opening(draft) == "no" and denies(without_opening(draft))):
        yield draft
    if opening(draft):
        turns += [Turn("assistant", draft), Turn("user", INSTEAD)]
        yield f"No. {without_opening(reply())}"
