"""The model reads the passages one at a time, best first; code decides what of its drafts may be shown."""

from __future__ import annotations

import re
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
READABLE = 0.3  # reading passages below this score changed no outcome in eval/; far-off questions are refused unread
ANSWER_TOKENS = 80  # the longest of the worked answers has 20
ENOUGH = 0.55  # score from which a finding is shown without reading on
SHOWN = 0.42  # score below which a finding is no answer


_OF_THE_PASSAGE = re.compile(r"\bThe passage (?:says|states|mentions)(?: that)?\s+", re.I)


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
    """The steps, then the finding to show, if any: the first that is good enough, else the best that will do."""
    chosen = [passage for passage in passages[:READ] if passage.score >= READABLE]
    found: list[Finding] = []
    for number, passage in enumerate(chosen, start=1):
        yield Step(f"reading {number} of {len(chosen)}: {passage.article.title}")
        for draft in write_drafts(question, passage, model):
            found.append(weigh(question, draft, passage, meaning, weights))
            if found[-1].verdict == "supported":
                break
        if found and found[-1].verdict == "supported" and found[-1].score >= ENOUGH:
            break
    passed = [finding for finding in found if finding.verdict == "supported" and finding.score >= SHOWN]
    if passed:
        yield max(passed, key=lambda finding: finding.score)


def write_drafts(question: str, passage: Passage, model: LanguageModel) -> Iterator[str]:
    """One sentence by the model, none where it finds no answer. After a yes or no not liked, what is so instead.

    A bare "No, he did not" is never liked: no quote could prove it.
    """
    turns = reading_turns(passage.prompt, question)

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


def weigh(question: str, draft: str, passage: Passage, meaning: Meaning, weights: Mapping[str, float]) -> Finding:
    """The draft against the passage it was read from, and against the question."""
    proof = check(draft, question, passage, meaning)
    texts = [dated(passage.article.text, quote) for quote in proof.quotes]
    around = [passage.article.title, *passage.before(proof.quotes[-1])]
    words = accounted_for(question, texts, around, meaning, weights)
    score = (words + max(meaning.nearest(texts, [question]))) / 2
    need, verdict, reason = asks_for(question), proof.verdict, proof.reason
    if verdict == "supported" and need != "yes_no" and (other := lacking_dates(question, texts)):
        verdict, reason = "unsupported", f"the quote says nothing of {other}"
    if verdict == "supported" and not gives(need, draft, question):
        verdict, reason = "partly", f"no {need} in it that the question did not say"
    if verdict == "supported" and need != "yes_no" and (unmet := unmet_names(question, [*texts, *around], meaning)):
        verdict, reason = "partly", f"nothing of {', '.join(unmet)}"
    if verdict == "supported" and need == "yes_no":
        settled = settle(question, draft, texts, around, meaning)
        draft = settled or draft
        verdict, reason = ("supported", "") if settled else ("partly", "neither yes nor no follows from it")
    return Finding(draft, passage, proof.quotes, verdict, score, reason)


def warm(model: LanguageModel) -> None:
    """Lets the model read the worked examples, so that the first question need not wait for them."""
    model.reply(READING, reading_turns("", ""), "read", max_tokens=1)
