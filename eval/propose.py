"""Questions proposed from what articles say, and refusals, which ask the same of somewhere that the archive never heard
of. A person decides which are worth asking."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import zip_longest

from eval.proposal import Proposal
from eval.shapes import counts, headlines, speakers, whens
from rag.schema import Article
from rag.words import fold

Holds = Callable[[str], bool]
"""Whether a word stands in any article."""

AN_ARTICLE = 3  # proposals; more of one article would only be more of the same
SAYINGS = 1  # of them: an article has many, and they are all alike
REFUSE_EVERY = 3  # about as many as our own questions have
# Where nobody in the news is likely to be. Those that the archive has heard of are left out.
ELSEWHERE = tuple("Reykjavik Ulaanbaatar Paramaribo Windhoek Thimphu Antananarivo Nuuk Honiara Vaduz Gaborone".split())


def proposals(articles: Sequence[Article], holds: Holds) -> Iterator[Proposal]:
    """The first of every article, then the second, so that the first few are of many; a refusal now and then."""
    asked: set[str] = set()
    elsewhere = [place for place in ELSEWHERE if not holds(place)]
    answered = refused = 0
    rounds = zip_longest(*([*of_article(article)][:AN_ARTICLE] for article in articles))
    for one in (one for round_ in rounds for one in round_ if one):
        if fold(one.question) in asked:
            continue
        asked.add(fold(one.question))
        yield one
        answered += 1
        other = refusal(one, elsewhere, refused) if answered >= REFUSE_EVERY * (refused + 1) else None
        if other and fold(other.question) not in asked:
            asked.add(fold(other.question))
            yield other
            refused += 1


def of_article(article: Article) -> Iterator[Proposal]:
    """One of each shape in turn, the surest first; each sentence gives one question at most."""
    taken: set[str] = set()
    shapes = [[*whens(article)], [*counts(article)], [*speakers(article)][:SAYINGS], [*headlines(article)]]
    for one in (one for round_ in zip_longest(*shapes) for one in round_ if one):
        if one.quote not in taken:
            taken.add(one.quote)
            yield one


def refusal(one: Proposal, elsewhere: Sequence[str], turn: int) -> Proposal | None:
    """The same asked of a place that no article has, or what the one who speaks said about it; None where the question
    has neither a place nor a speaker, or the archive has heard of all places."""
    if not elsewhere:
        return None
    place = elsewhere[turn % len(elsewhere)]
    if one.place:
        return Proposal("refuse", one.question.replace(one.place, place))
    if one.question.startswith("Who said") and " " in one.answers[0]:
        return Proposal("refuse", f"What did {one.answers[0]} say about {place}?")
    return None
