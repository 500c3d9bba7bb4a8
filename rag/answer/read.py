"""The model reads the passages one at a time, best first; code decides what of its drafts may be shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rag.answer.claims import denies, opening, without_opening
from rag.answer.llm import LanguageModel
from rag.answer.needs import asks_for, gives, lacking_dates
from rag.answer.prompts import INSTEAD, NOT_SAID, READING, reading_turns
from rag.answer.verify import Proof, proofs, unmet_names
from rag.answer.yes_no import settle
from rag.index.meaning import Meaning
from rag.index.passages import Passage, words_met
from rag.ingest.spoken import dated
from rag.schema import Sentence, Step, Turn, Verdict
from rag.words import stems

READ = 3  # sentences read one at a time, before the chunks are read together
READABLE = 0.3  # reading passages below this score changed no outcome in eval/; far-off questions are refused unread
ANSWER_TOKENS = 80  # the longest of the worked answers has 20
ENOUGH = 0.55  # score from which a finding is shown without reading on
SHOWN = 0.42
"""Score below which a finding is no answer. Of the 162 questions of eval/ and of somebody who had not seen this
program, 111 to be answered: from .42 on 86 right and 5 wrong, from .46 82 and 5, from .50 80 and 3; all 51 others
refused."""
BARE = 0.5  # the same for an answer that shares no word with the question, which the checks can hold less against

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
    chunks: Sequence[Passage],
    model: LanguageModel,
    meaning: Meaning,
    weights: Mapping[str, float],
) -> Iterator[Step | Finding]:
    """The steps, then the finding to show, if any: the first that is good enough, else the best that will do.

    Sentences are read one at a time first; if none of them answers, the chunks are read together.
    """
    chosen = [passage for passage in passages[:READ] if passage.score >= READABLE]
    found: list[Finding] = []
    for number, passage in enumerate(chosen, start=1):
        yield Step(f"reading {number} of {len(chosen)}: {passage.article.title}")
        for draft in write_drafts(question, passage.prompt, model):
            found.append(weigh(question, draft, [passage], meaning, weights))
            if found[-1].verdict == "supported":
                break
        if found and found[-1].verdict == "supported" and found[-1].score >= ENOUGH:
            break
    if chosen and not any(_will_do(finding) for finding in found):
        yield Step(f"reading {len(chunks)} passages together")
        for draft in write_drafts(question, "\n\n".join(chunk.prompt for chunk in chunks), model):
            found.append(weigh(question, draft, chunks, meaning, weights))
    passed = [finding for finding in found if _will_do(finding)]
    if passed:
        yield max(passed, key=lambda finding: finding.score)


def _will_do(finding: Finding) -> bool:
    return finding.verdict == "supported" and finding.score >= SHOWN


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


def weigh(
    question: str, draft: str, passages: Sequence[Passage], meaning: Meaning, weights: Mapping[str, float]
) -> Finding:
    """The draft against the passages it was read from and against the question: the proof that fits best."""
    found = [
        judge(question, draft, passage, proof, meaning, weights)
        for passage in passages
        for proof in proofs(draft, question, passage, meaning)
    ]
    return max(found, key=lambda finding: (finding.verdict == "supported", finding.score))


def judge(
    question: str, draft: str, passage: Passage, proof: Proof, meaning: Meaning, weights: Mapping[str, float]
) -> Finding:
    """Whether a draft that a proof supports answers the question."""
    texts = [dated(passage.article.text, quote) for quote in proof.quotes]
    around = [passage.article.title, *passage.before(proof.quotes[-1])]
    words = words_met(question, proof.quotes, passage.article, around, meaning, weights)
    score = fit(words, max(meaning.nearest(texts, [question])), max(meaning.nearest(texts, [without_opening(draft)])))
    bare = not set(stems(draft)) & set(stems(question))
    need, verdict, reason = asks_for(question), proof.verdict, proof.reason
    told = [*texts, *passage.just_before(proof.quotes[0])]
    if verdict == "supported" and need != "yes_no" and (other := lacking_dates(question, told)):
        verdict, reason = "unsupported", f"the quote says nothing of {other}"
    if verdict == "supported" and need != "yes_no" and bare and score < BARE:
        verdict, reason = "partly", "a bare answer that fits the question too little"
    if verdict == "supported" and not gives(need, draft, question):
        verdict, reason = "partly", f"no {need} in it that the question did not say"
    if verdict == "supported" and need != "yes_no" and (unmet := unmet_names(question, [*texts, *around], meaning)):
        verdict, reason = "partly", f"nothing of {', '.join(unmet)}"
    if verdict == "supported" and need == "yes_no":
        settled = settle(question, draft, texts, around, meaning)
        draft = settled or draft
        verdict, reason = ("supported", "") if settled else ("partly", "neither yes nor no follows from it")
    return Finding(draft, passage, proof.quotes, verdict, score, reason)


def fit(words: float, question: float, claim: float) -> float:
    """How well quotes answer a question: its words they meet, and their cosines to it and to the claim; 0 to 1.

    The claim counts a quarter: on 126 of those questions, shown from .50 on, 66 are right and 1 wrong; without it 62
    and 1.
    """
    return (words + question + claim / 4) / 2.25


def warm(model: LanguageModel) -> None:
    """Lets the model read the worked examples, so that the first question need not wait for them."""
    model.reply(READING, reading_turns("", ""), "read", max_tokens=1)
