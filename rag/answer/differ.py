"""Who says otherwise: a sentence of another story that tells the same with another number, or another day."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeAlias

from rag.answer.agree import fully_says, other_times, others, spans
from rag.answer.claims import undated
from rag.answer.needs import asks_for
from rag.answer.quantities import Amount, amounts, compatible, same_kind
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.ingest.spoken import spoken_dates, spoken_day
from rag.schema import Article, DateMention, Sentence
from rag.words import stems, words

SAME_MATTER = 0.7  # cosine of two sentences, their figures left out, from which they tell the same
SAME_EVENT = timedelta(days=31)  # by which two accounts of one event may differ; what is further apart happened twice
GAP = "…"
_LEFT_OF_A_DATE = re.compile(r"\s*\(\s*\)|[\s.]+$")
_SAID = re.compile(
    r"\b(?:said|says|told|announced|reported|confirmed|added|stated|wrote|tweeted)\b(?:\s+\w+){0,3}\s+$", re.I
)


@dataclass(frozen=True)
class Difference:
    """`passage` has `theirs` where the cited article has `ours`; both as they stand there."""

    passage: Passage
    ours: str
    theirs: str


Compare: TypeAlias = Callable[[Passage, Meaning], Difference | None]
"""Compares a sentence with a claim."""


def difference(
    claim: str, question: str, cited: Article, quote: Sentence, passages: Sequence[Passage], meaning: Meaning
) -> Difference | None:
    """The best fitting sentence of an independent story that contradicts the figure or the day asked for.

    Precision comes first: both articles have dates, near each other, and not one outlet, which only follows its own
    story; neither has the other's figure anywhere; and the other sentence fully says the claim with its own figure or
    day in the place of that.
    """
    compare = _of_amounts(claim, question, cited, quote) or _of_days(claim, question, cited, quote)
    if compare is None or cited.published is None:
        return None
    for passage in others(passages, cited, quote, meaning):
        other = passage.article
        if not other.published or (cited.outlet and cited.outlet == other.outlet):
            continue
        if found := compare(passage, meaning):
            return found
    return None


def told(found: Difference, cited: Article) -> str:
    """In words, with outlets and days: which has what, and which is later."""
    ours, theirs = cited.published, found.passage.article.published
    first, second = f"{_named(cited)} has {found.ours}", f"{_named(found.passage.article)} has {found.theirs}"
    return f"Sources differ: {first}{_later(ours, theirs)}; {second}{_later(theirs, ours)}."


def later(found: Difference, cited: Article) -> Article | None:
    """The article of the two that was published later; None where they are of one day."""
    other = found.passage.article
    if not cited.published or not other.published or cited.published == other.published:
        return None
    return max(cited, other, key=lambda article: article.published or date.min)


def _of_amounts(claim: str, question: str, cited: Article, quote: Sentence) -> Compare | None:
    """How a sentence is compared with a claim whose one new figure stands once in its quote."""
    asked = [one for one in amounts(claim) if str(one.value) not in {str(said.value) for said in amounts(question)}]
    text = cited.text[quote.start : quote.end]
    ours = [one for one in amounts(text) if len(asked) == 1 and one.value == asked[0].value]
    if len(ours) != 1 or not _asks_for_amount(claim, asked[0], question):
        return None
    figure, our = asked[0], ours[0]

    def compare(passage: Passage, meaning: Meaning) -> Difference | None:
        said = passage.said(passage.focus)
        theirs = [one for one in amounts(said) if same_kind(one, our)]
        if len(theirs) != 1 or compatible(our, theirs[0]) or other_times(quote, passage.focus):
            return None
        their = theirs[0]
        rival = claim[: figure.start] + their.text + claim[figure.end :]
        if not _same_matter(_without(text, our), _without(said, their), meaning):
            return None
        if not fully_says(rival, passage, meaning):
            return None
        known = _knows(cited, their) or _knows(passage.article, our)
        return None if known else Difference(passage, _in_words(text, our), _in_words(said, their))

    return compare


def _of_days(claim: str, question: str, cited: Article, quote: Sentence) -> Compare | None:
    """The same for a claim that says when, of which its quote gives the one day."""
    ours = _days(quote)
    if asks_for(question) != "date" or len(ours) != 1:
        return None

    def compare(passage: Passage, meaning: Meaning) -> Difference | None:
        theirs = _days(passage.focus)
        if len(theirs) != 1:
            return None
        ((our_day, _),), ((their_day, _),) = spans(ours), spans(theirs)
        if not timedelta(0) < abs(our_day - their_day) <= SAME_EVENT:
            return None
        if not _once(sorted((our_day, their_day)), [cited.published, passage.article.published]):
            return None
        bare = _LEFT_OF_A_DATE.sub("", undated(claim))
        if _of_saying(quote, cited.text) or _of_saying(passage.focus, passage.article.text):
            return None
        if not _same_matter(bare, undated(passage.said(passage.focus)), meaning):
            return None
        if not fully_says(f"{bare} on {spoken_day(their_day)}.", passage, meaning):
            return None
        return Difference(passage, _spoken(ours[0]), _spoken(theirs[0]))

    return compare


def _asks_for_amount(claim: str, figure: Amount, question: str) -> bool:
    """Whether the figure is what was asked for: by "how many", or as all that the claim says anew."""
    if asks_for(question) in ("number", "duration"):
        return True
    return set(stems(_without(claim, figure))) <= {*stems(question), *figure.units}


def _same_matter(ours: str, theirs: str, meaning: Meaning) -> bool:
    """Whether two sentences without their figures tell the same."""
    (near,) = meaning.nearest([theirs], [ours])
    return near >= SAME_MATTER


def _once(days: Sequence[date], published: Sequence[date | None]) -> bool:
    """Whether both days were over when both articles came out, or both to come. Else it is what happens every week, and
    each article tells of its own."""
    out = sorted(day for day in published if day)
    return days[-1] <= out[0] or days[0] >= out[-1]


def _of_saying(sentence: Sentence, text: str) -> bool:
    """Whether a day is that on which somebody said it: "said on Tuesday that", "reported late on Tuesday"."""
    return any(_SAID.search(text[sentence.start : mention.start]) for mention in _days(sentence))


def _without(text: str, figure: Amount) -> str:
    return text[: figure.start] + GAP + text[figure.end :]


def _in_words(text: str, figure: Amount) -> str:
    """The figure with what it counts: "4,300 people"."""
    rest = (
        " ".join(words(text[figure.end :])[: len(figure.units)]) if figure.units and figure.units[0].isalpha() else ""
    )
    return f"{figure.text} {rest}".strip()


def _knows(article: Article, figure: Amount) -> bool:
    """Whether an article has a figure anywhere, and so may tell both."""
    return any(one.value == figure.value and same_kind(one, figure) for one in amounts(article.text))


def _days(sentence: Sentence) -> list[DateMention]:
    """The single days that it names."""
    return [mention for mention in sentence.dates if mention.first and mention.first == mention.last]


def _spoken(mention: DateMention) -> str:
    """The day, with the words that stand for it where these are others: "1 June 2021 (“Tuesday”)"."""
    days = spoken_dates(mention) or mention.text
    return days if days.casefold() in mention.text.casefold() else f"{days} (“{mention.text}”)"


def _named(article: Article) -> str:
    who = article.outlet or f"“{article.title}”"
    return f"{who} of {spoken_day(article.published)}" if article.published else who


def _later(mine: date | None, yours: date | None) -> str:
    return " (later)" if mine and yours and mine > yours else ""
