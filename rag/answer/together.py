"""The model reads all passages in one request; code decides, by the same checks, what of its sentences may be shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answer.choose import READABLE, could_answer
from rag.answer.claims import denies, opening, without_opening
from rag.answer.endpoint import one_line
from rag.answer.llm import LanguageModel
from rag.answer.prompts import IN_SCHEMA, IN_WORDS, SCHEMA, TOGETHER, together_turns
from rag.answer.read import SHOWN, called_in_full, cut, most_likely
from rag.answer.replies import Said, said_in
from rag.answer.weigh import Finding, weigh
from rag.errors import EndpointError
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.schema import Step

TOGETHER_TOKENS = 1000  # an answer has 100 at most; some models think aloud before it
WEIGHED = 5  # sentences of a reply at most; three are asked for


def read_together(
    question: str,
    passages: Sequence[Passage],
    model: LanguageModel,
    meaning: Meaning,
    weights: Mapping[str, float],
) -> Iterator[Step | Finding]:
    """The steps, and each sentence of the reply that is proven and says something new, as it is found to be.

    Raises EndpointError for a reply in no form that can be read.
    """
    readable = [passage for passage in passages if passage.score >= READABLE]
    if not any(could_answer(question, passage, meaning) for passage in readable):
        return
    articles = by_article(readable)
    yield Step(f"reading {len(articles)} article{'' if len(articles) == 1 else 's'} together")
    replied = reply(question, articles, model)
    told: set[str] = set()
    shown = 0
    for said in replied[:WEIGHED]:
        finding = proven(said, question, articles, meaning, weights)
        if finding and not (shown and finding.said <= told):
            told |= finding.said
            shown += 1
            yield called_in_full(cut(finding, question, meaning), question, meaning)
    if shown < len(replied):
        yield Step(f"{len(replied) - shown} of {len(replied)} sentences left out: not proven, or said before")


def by_article(passages: Sequence[Passage]) -> list[list[Passage]]:
    """The passages of each article, that of the best passage first."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.article.id, []).append(passage)
    return list(found.values())


def reply(question: str, articles: Sequence[Sequence[Passage]], model: LanguageModel) -> list[Said]:
    """What the model says, asked for in a JSON schema or, where it takes none, in words."""
    texts = [in_one(passages).prompt for passages in articles]
    written = model.reply_in_schema(
        TOGETHER + IN_SCHEMA, together_turns(texts, question, in_schema=True), SCHEMA, TOGETHER_TOKENS
    )
    if written is None:
        turns = together_turns(texts, question, in_schema=False)
        written = model.reply(TOGETHER + IN_WORDS, turns, "read", TOGETHER_TOKENS)
    said = said_in(written)
    if said is None:
        raise EndpointError(
            f"{model.address or 'the local engine'} answered in no form that can be read"
            f" ({one_line(written)[:60]!r}); try again, or name another model with --model"
        )
    return said


def in_one(passages: Sequence[Passage]) -> Passage:
    """All that was found of an article, in its order."""
    sentences = {sentence.start: sentence for passage in passages for sentence in passage.sentences}
    return replace(passages[0], sentences=tuple(sentences[start] for start in sorted(sentences)))


def proven(
    said: Said,
    question: str,
    articles: Sequence[Sequence[Passage]],
    meaning: Meaning,
    weights: Mapping[str, float],
) -> Finding | None:
    """The sentence with the quotes that prove it, out of the articles it points at; of all where it points at none.

    Which sentence of an article that is, code finds. A bare "No, he did not" is proven by none.
    """
    if opening(said.text) == "no" and denies(without_opening(said.text)):
        return None
    pointed_at = [articles[n - 1] for n in dict.fromkeys(said.numbers) if 1 <= n <= len(articles)]
    best: list[Finding] = []
    for passages in pointed_at or articles:
        weighed = (weigh(question, said.text, passage, meaning, weights) for passage in passages)
        if supported := [finding for finding in weighed if finding.verdict == "supported"]:
            best.append(max(supported, key=lambda finding: finding.score))
    quoting = any(passage.quotes for passages in articles for passage in passages)
    likeliest = most_likely(best, quoting)
    return likeliest if likeliest and likeliest.score >= SHOWN else None
