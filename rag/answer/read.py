"""The model reads the passages one at a time, best first; code decides what of its drafts may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.llm import LanguageModel
from rag.answer.needs import asks_for, gives
from rag.answer.prompts import INSTEAD, NOT_SAID, READING, reading_turns
from rag.answer.verify import check, denies, opening, without_opening
from rag.answer.yes_no import settle
from rag.index.meaning import Meaning
from rag.index.passages import Passage, accounted_for
from rag.ingest.spoken import dated
from rag.schema import Sentence, Step, Turn, Verdict

READ = 3  # passages read at most
ANSWER_TOKENS = 80  # the longest of the worked answers has 20
ENOUGH = 0.6  # score from which a finding is shown without reading on
SHOWN = 0.5  # score below which a finding is no answer


@dataclass(frozen=True)
class Finding:
    """A draft, the sentences it rests on, and what the checks say of it; `score` is how well those fit the question."""

    text: str
    passage: Passage
    quotes: tuple[Sentence, ...]
    verdict: Verdict
    score: float
    reason: str = ""


def read_passages(
    question: str, passages: Sequence[Passage], model: LanguageModel, meaning: Meaning, weights: Mapping[str, float]
) -> Iterator[Step | Finding]:
    """The steps, then the finding to show, if there is one: the first that is good enough, else the best that will do."""
    chosen = passages[:READ]
    best: Finding | None = None
    for number, passage in enumerate(chosen, start=1):
        yield Step(f"reading {number} of {len(chosen)}: {passage.article.title}")
        draft = write_draft(question, passage, model)
        finding = weigh(question, draft, passage, meaning, weights) if draft else None
        if finding and finding.verdict == "supported" and finding.score >= SHOWN:
            if best is None or finding.score > best.score:
                best = finding
            if best.score >= ENOUGH:
                break
    if best:
        yield best


def write_draft(question: str, passage: Passage, model: LanguageModel) -> str | None:
    """One sentence by the model, or None where it finds no answer; a bare "no" is asked what is so instead."""
    turns = reading_turns(passage.prompt, question)
    draft = " ".join(model.reply(READING, turns, "read", ANSWER_TOKENS).split())
    if not draft or NOT_SAID.rstrip(".").casefold() in draft.casefold():
        return None
    if opening(draft) == "no" and denies(without_opening(draft)):
        turns = [*turns, Turn("assistant", draft), Turn("user", INSTEAD)]
        draft = f"No. {' '.join(model.reply(READING, turns, 'read', ANSWER_TOKENS).split())}"
    return draft


def weigh(
    question: str, draft: str, passage: Passage, meaning: Meaning, weights: Mapping[str, float]
) -> Finding:
    """The draft against the passage it was read from, and against the question."""
    proof = check(draft, passage, meaning)
    texts = [dated(passage.article.text, quote) for quote in proof.quotes]
    around = [passage.article.title, *(passage.said(s) for s in passage.sentences if s not in proof.quotes)]
    words = accounted_for(question, texts, around, meaning, weights)
    score = (words + max(meaning.nearest(texts, [question]))) / 2
    need, verdict, reason = asks_for(question), proof.verdict, proof.reason
    if verdict == "supported" and not gives(need, draft, question):
        verdict, reason = "partly", f"no {need} in it that the question did not say"
    if verdict == "supported" and need == "yes_no":
        settled = settle(question, draft, texts, around, meaning)
        draft = settled or draft
        verdict, reason = ("supported", "") if settled else ("partly", "neither yes nor no follows from it")
    return Finding(draft, passage, proof.quotes, verdict, score, reason)
