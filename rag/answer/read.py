"""The model reads the passages one at a time, best first; code decides what of its drafts may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.fit import Fit, asks_for, gives, measure_fit
from rag.answer.llm import LanguageModel
from rag.index.meaning import Meaning
from rag.answer.passages import Passage
from rag.answer.prompts import INSTEAD, NOT_SAID, READING, reading_turns
from rag.answer.verify import Proof, check, denies, opening, without_opening
from rag.schema import Sentence, Step, Turn, Verdict

ANSWER_TOKENS = 80  # the longest of the worked answers has 20
ENOUGH = 0.8  # score from which a finding is not bettered by reading on
SHOWN = 0.5  # score below which a finding is no answer


@dataclass(frozen=True)
class Finding:
    """A draft, the sentences of the passage it rests on, and what the checks say of it; `score` from 0 to 1."""

    text: str
    passage: Passage
    quotes: tuple[Sentence, ...]
    verdict: Verdict
    score: float
    reason: str


def read_passages(
    question: str, passages: Sequence[Passage], model: LanguageModel, meaning: Meaning, weights: Mapping[str, float]
) -> Iterator[Step | Finding]:
    """Findings as they are made, good or bad, with the steps that led to them.

    Stops after the first that is good enough.
    """
    for number, passage in enumerate(passages, start=1):
        yield Step(f"reading {number} of {len(passages)}: {passage.article.title}")
        turns = reading_turns(passage.prompt, question)
        reply = model.reply(READING, turns, "read", ANSWER_TOKENS)
        draft = " ".join(reply.split())
        if not draft or NOT_SAID.rstrip(".").casefold() in draft.casefold():
            continue
        if opening(draft) == "no" and denies(without_opening(draft)):
            turns = [*turns, Turn("assistant", draft), Turn("user", INSTEAD)]
            reply = model.reply(READING, turns, "read", ANSWER_TOKENS)
            draft = f"No. {' '.join(reply.split())}"
        finding = weigh(question, draft, passage, meaning, weights)
        if finding.verdict == "supported" and finding.score >= SHOWN:
            yield finding
            return


def weigh(
    question: str, draft: str, passage: Passage, meaning: Meaning, weights: Mapping[str, float]
) -> Finding:
    """The draft against the passage it was read from, and against the question."""
    proof: Proof = check(draft, passage, meaning)
    fit: Fit = measure_fit(question, draft, proof.quotes, passage, meaning, weights)
    need = asks_for(question)
    verdict, reason = proof.verdict, proof.reason
    if verdict == "supported" and not gives(need, draft, question):
        verdict, reason = "partly", f"no {need} in it that the question did not say"
    return Finding(draft, passage, proof.quotes, verdict, fit.score, reason)
