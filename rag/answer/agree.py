"""Who else says it: sentences of other articles that prove the same answer sentence, by the same check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from difflib import SequenceMatcher

from rag.answer.claims import without_opening
from rag.answer.verify import check, grounding
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.ingest.calendar_days import Days
from rag.ingest.spoken import dated
from rag.schema import Article, DateMention, SaidBy, Sentence
from rag.words import content_words, coverage, fold, names, stems, words

LIKE = 0.6  # cosine to the cited sentence from which another may tell the same event
HELD = 0.6  # share of the claim's stems that the other sentence must hold in letter
SAME_NEWS = timedelta(days=14)  # between the days on which two articles of one event are published
TAKEN_OVER = 8  # words in a row that two sentences have in common only if one was taken over from the other
TOLD_BY = 3  # citations of a sentence at most
_CLOSING = "\"”’')] "


@dataclass(frozen=True)
class Support:
    """Other sources of a claim: `quotes`, best first, one an independent article, each with the ids of the articles
    that took the sentence over; `taken_over` are these of the sentence cited first."""

    quotes: tuple[tuple[Passage, tuple[str, ...]], ...]
    taken_over: tuple[str, ...]
    said_by: SaidBy


def others(passages: Sequence[Passage], cited: Article, quote: Sentence, meaning: Meaning) -> Iterator[Passage]:
    """The sentences of other stories that may tell of the same event as a quote, best fitting the question first, each
    without the one before it."""
    family = {cited.id, *cited.also_in}
    elsewhere = [passage for passage in passages if passage.article.id not in family]
    texts = [dated(passage.article.text, passage.focus) for passage in elsewhere]
    near = meaning.nearest(texts, [dated(cited.text, quote)])
    for passage, value in zip(elsewhere, near, strict=True):
        if value >= LIKE and _same_news(passage.article, cited):
            yield replace(passage, sentences=(passage.focus,))


def support(
    claim: str,
    cited: Article,
    quotes: Sequence[Sentence],
    passages: Sequence[Passage],
    articles: Mapping[str, Article],
    meaning: Meaning,
) -> Support:
    """Which other sentences fully support a claim that the last of the quotes proves.

    The question's words have no leave here, as they have in the check of what the model read: it was not asked about
    these sentences. A claim without a name may be of anybody, and is proved by its own article only. Articles that have
    the very sentence are counted, and are not independent; nor are two of one outlet.
    """
    said = cited.text[quotes[-1].start : quotes[-1].end]
    voices: list[tuple[str, list[str]]] = [(said, [])]  # a sentence, and the articles beside the first that have it
    found: list[Passage] = []
    counted = {cited.id, *cited.also_in}
    for passage in others(passages, cited, quotes[-1], meaning) if names(without_opening(claim)) else ():
        article, text = passage.article, passage.said(passage.focus)
        if article.id in counted or other_times(quotes[-1], passage.focus) or not fully_says(claim, passage, meaning):
            continue
        counted |= {article.id, *article.also_in}
        same = next((voice for voice in voices if _one_voice(voice[0], text)), None)
        if same is None:
            voices.append((text, []))
            found.append(passage)
        else:
            same[1].append(article.id)
    first = [cited, *(passage.article for passage in found)]
    copies = sum(
        _has(articles[copy].text, text)
        for article, (text, _) in zip(first, voices, strict=True)
        for copy in article.also_in
        if copy in articles
    )
    outlets = {article.outlet or article.id for article in first}
    said_by = SaidBy(articles=len(voices) + copies + sum(len(ids) for _, ids in voices), independent=len(outlets))
    room = max(TOLD_BY - len(quotes), 0)
    kept = [(passage, tuple(ids)) for passage, (_, ids) in zip(found, voices[1:], strict=True)]
    return Support(tuple(kept[:room]), tuple(voices[0][1]), said_by)


def fully_says(claim: str, passage: Passage, meaning: Meaning) -> bool:
    """Whether the passage's one sentence passes the check by itself and leaves no word of the claim unsaid; a question
    says nothing."""
    text, said = dated(passage.article.text, passage.focus), without_opening(claim)
    if text.rstrip(_CLOSING).endswith("?"):
        return False
    if coverage(stems(said), stems(text)) < HELD or grounding(content_words(said), [text], meaning) < 1:
        return False
    proof = check(claim, "", passage, meaning)
    return proof.verdict == "supported" and len(proof.quotes) == 1


def other_times(one: Sentence, other: Sentence) -> bool:
    """Whether two sentences that both name times name no common one."""
    ours, theirs = spans(one.dates), spans(other.dates)
    return bool(ours and theirs) and not any(
        first <= end and begin <= last for first, last in ours for begin, end in theirs
    )


def spans(mentions: Iterable[DateMention]) -> list[Days]:
    """The days of those that are resolved."""
    return [(mention.first, mention.last) for mention in mentions if mention.first and mention.last]


def _same_news(one: Article, other: Article) -> bool:
    """Whether two articles may tell of one event; of one without a date nobody knows."""
    return one.published is None or other.published is None or abs(one.published - other.published) <= SAME_NEWS


def _one_voice(one: str, other: str) -> bool:
    """Whether a sentence was taken over from another, whole or in part."""
    ours, theirs = ([fold(word) for word in words(text)] for text in (one, other))
    run = SequenceMatcher(None, ours, theirs, autojunk=False).find_longest_match().size
    return run >= min(TAKEN_OVER, len(ours), len(theirs))


def _has(text: str, quote: str) -> bool:
    """Whether the words of a quote stand in a text one after the other."""
    return f" {' '.join(map(fold, words(quote)))} " in f" {' '.join(map(fold, words(text)))} "
