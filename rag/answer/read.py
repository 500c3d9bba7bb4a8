"""The model reads the passages one at a time, best first; code decides what of its drafts may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.llm import LanguageModel
from rag.answer.needs import asks_for, gives, lacking_dates
from rag.answer.prompts import INSTEAD, NOT_SAID, READING, reading_turns
from rag.answer.verify import check, denies, opening, unmet_names, without_opening
from rag.answer.yes_no import settle
from rag.index.meaning import Meaning
from rag.index.passages import Passage, accounted_for
from rag.ingest.spoken import dated
from rag.schema import Sentence, Step, Turn, Verdict

READ = 4  # passages read at most
ANSWER_TOKENS = 80  # the longest of the worked answers has 20
ENOUGH = 0.55  # score from which a finding is shown without reading on
QUOTED = 0.54  # score from which a passage's sentence stands for an answer that the model could not word
SHOWN = 0.42  # score below which a finding is no answer


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
    question: str,
    passages: Sequence[Passage],
    model: LanguageModel,
    meaning: Meaning,
    weights: Mapping[str, float],
) -> Iterator[Step | Finding]:
    """The steps, then the finding to show, if there is one: the first that is good enough, else the best that will do."""
    chosen = passages[:READ]
    found: list[Finding] = []
    for number, passage in enumerate(chosen, start=1):
        yield Step(f"reading {number} of {len(chosen)}: {passage.article.title}")
        for draft in write_drafts(question, passage, model):
            found.append(weigh(question, draft, passage, meaning, weights))
            if found[-1].verdict == "supported":
                break
        if found and found[-1].verdict == "supported" and found[-1].score >= ENOUGH:
            break
    if best := choose(question, found, chosen, meaning):
        yield best


def choose(
    question: str, found: Sequence[Finding], read: Sequence[Passage], meaning: Meaning
) -> Finding | None:
    """The best of the drafts that passed, else the best passage's own sentence if it holds what is asked."""
    passed = [finding for finding in found if finding.verdict == "supported" and finding.score >= SHOWN]
    if passed:
        return max(passed, key=lambda finding: finding.score)
    first = next(iter(found), None)
    if (
        first
        and first.verdict == "partly"
        and first.passage is read[0]
        and quotable(question, read[0], meaning)
    ):
        passage = read[0]
        quote = passage.said(passage.focus)
        return Finding(quote, passage, (passage.focus,), "supported", passage.score, "the sentence itself")
    return None


def quotable(question: str, passage: Passage, meaning: Meaning) -> bool:
    """Whether the passage's sentence may stand for an answer that the model could not word."""
    texts = [dated(passage.article.text, sentence) for sentence in passage.sentences]
    return (
        passage.score >= QUOTED
        and asks_for(question) != "yes_no"
        and gives(asks_for(question), texts[-1], question)
        and not lacking_dates(question, texts)
        and not unmet_names(question, texts, meaning)
    )


def write_drafts(question: str, passage: Passage, model: LanguageModel) -> Iterator[str]:
    """One sentence by the model, none where it finds no answer. After a yes or no that is not liked, what is so instead.

    A bare "No, he did not" is never liked: it says nothing that a quote could prove.
    """
    turns = reading_turns(passage.prompt, question)

    def reply() -> str:
        return " ".join(model.reply(READING, turns, "read", ANSWER_TOKENS).split()).replace("U. S.", "U.S.")

    draft = reply()
    if not draft or NOT_SAID.rstrip(".").casefold() in draft.casefold():
        return
    if not (opening(draft) == "no" and denies(without_opening(draft))):
        yield draft
    if opening(draft):
        turns += [Turn("assistant", draft), Turn("user", INSTEAD)]
        yield f"No. {without_opening(reply())}"


def weigh(
    question: str, draft: str, passage: Passage, meaning: Meaning, weights: Mapping[str, float]
) -> Finding:
    """The draft against the passage it was read from, and against the question."""
    proof = check(draft, question, passage, meaning)
    texts = [dated(passage.article.text, quote) for quote in proof.quotes]
    around = [passage.article.title, *(passage.said(s) for s in passage.sentences if s not in proof.quotes)]
    words = accounted_for(question, texts, around, meaning, weights)
    score = (words + max(meaning.nearest(texts, [question]))) / 2
    need, verdict, reason = asks_for(question), proof.verdict, proof.reason
    if verdict == "supported" and need != "yes_no" and (other := lacking_dates(question, texts)):
        verdict, reason = "unsupported", f"the quote says nothing of {other}"
    if verdict == "supported" and not gives(need, draft, question):
        verdict, reason = "partly", f"no {need} in it that the question did not say"
    if (
        verdict == "supported"
        and need != "yes_no"
        and (unmet := unmet_names(question, [*texts, *around], meaning))
    ):
        verdict, reason = "partly", f"nothing of {', '.join(unmet)}"
    if verdict == "supported" and need == "yes_no":
        settled = settle(question, draft, texts, around, meaning)
        draft = settled or draft
        verdict, reason = ("supported", "") if settled else ("partly", "neither yes nor no follows from it")
    return Finding(draft, passage, proof.quotes, verdict, score, reason)
