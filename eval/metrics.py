"""The measures, as tiny pure functions over plain data; nothing here knows files, models or articles.

A support *fact* is a tuple of spans, each of which proves it: the places where the question's quote, one of
its stated alternatives or a copy of either stands. A fact with no span can never be covered. A share over
nothing is NaN, so that a broken measurement cannot pass for a good one.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeAlias


class Span(NamedTuple):
    """`text[start:end]` of one stored article, in Unicode code points."""

    article_id: str
    start: int
    end: int


Fact: TypeAlias = Sequence[Span]


Says: TypeAlias = Callable[[str, str], bool]
_LINKING = frozenset("a an and at by for from in of on or the to with".split())


class Refusals(NamedTuple):
    precision: float
    recall: float
    f1: float


def fold(text: str) -> str:
    """Words that compare alike: no case, accents, punctuation, `[1]` marks, possessive or plural s.

    "U.S." is "us", "16,000" is "16000", "1.5" stays itself, so that neither writing decides a verdict.
    """
    plain = unicodedata.normalize("NFKD", re.sub(r"\[\d+\]", " ", text)).lower()
    plain = "".join(char for char in plain if not unicodedata.combining(char))
    plain = re.sub(r"['\u2019]s\b|(?<=[a-z])['\u2019](?=[a-z])|(?<=\b[a-z])\.(?=[a-z]\b)", "", plain)
    plain = re.sub(r"(?<=\d),(?=\d{3}\b)", "", plain)
    words = re.findall(r"\d+(?:\.\d+)?|[^\W\d_]+", plain)
    return " ".join(_singular(word) for word in words)


def says(answer: str, fact: str) -> bool:
    """Whole words only: "19 April" is not said by "2019 April"."""
    folded = fold(fact)
    return bool(folded) and f" {folded} " in f" {fold(answer)} "


def says_words(answer: str, fact: str) -> bool:
    """Every content word of the fact, wherever it stands; one that is all linking words must have all of them."""
    wanted = fold(fact).split()
    wanted = [word for word in wanted if word not in _LINKING] or wanted
    return bool(wanted) and set(wanted) <= set(fold(answer).split())


def says_all(answer: str, required: Sequence[Sequence[str]], said: Says = says) -> bool:
    """Whether every fact is said, by any of its spellings."""
    return all(any(said(answer, spelling) for spelling in spellings) for spellings in required)


def answer_faults(
    answer: str,
    required: Sequence[Sequence[str]],
    forbidden: Sequence[str] = (),
    yes_no: str | None = None,
    said: Says = says,
) -> list[str]:
    """What is wrong with an answer, in words: every required fact by any of its spellings, nothing forbidden,
    and to a yes/no question the right first word. No faults: it is right."""
    faults = [f"missing: {spellings[0]}" for spellings in required if not says_all(answer, [spellings], said)]
    faults += [f"must not say: {word}" for word in forbidden if says(answer, word)]
    if yes_no and fold(answer).split(" ", 1)[0] != yes_no:
        faults.append(f"does not begin with {yes_no}")
    return faults


def answer_right(
    answer: str,
    required: Sequence[Sequence[str]],
    forbidden: Sequence[str] = (),
    yes_no: str | None = None,
    said: Says = says,
) -> bool:
    return not answer_faults(answer, required, forbidden, yes_no, said)


def find_spans(texts: Mapping[str, str], quote: str) -> tuple[Span, ...]:
    """Every place where `quote` stands in the texts by article id, white space folded; copies included."""
    pattern = re.compile(r"\s+".join(map(re.escape, quote.split())))
    return tuple(
        Span(article_id, match.start(), match.end())
        for article_id, text in texts.items()
        for match in pattern.finditer(text)
    )


def overlap(one: Span, other: Span) -> bool:
    return one.article_id == other.article_id and one.start < other.end and other.start < one.end


def covers(span: Span, fact: Fact) -> bool:
    return any(overlap(span, place) for place in fact)


def citation_precision(citations: Sequence[Span], facts: Sequence[Fact]) -> float:
    """Right citations / citations, a citation being right when it overlaps the proof of some fact.

    After ALCE (Gao et al., 2023, "Enabling Large Language Models to Generate Text with Citations"): there a citation
    is right when the statement needs it, and a statement is recalled when its citations together entail it, both
    judged by an entailment model. Here a person has named the proof of each fact, and to overlap it takes that
    model's place.
    """
    return mean(any(covers(citation, fact) for fact in facts) for citation in citations)


def citation_recall(citations: Sequence[Span], facts: Sequence[Fact]) -> float:
    """Facts covered by at least one citation / facts (ALCE, as above)."""
    return mean(any(covers(citation, fact) for citation in citations) for fact in facts)


def verbatim_share(quotes: Iterable[tuple[str, Span]], texts: Mapping[str, str]) -> float:
    """Quotes with `text[start:end] == quote` / quotes; an unknown article or an empty quote is a miss."""
    return mean(
        bool(quote) and 0 <= span.start < span.end and texts.get(span.article_id, "")[span.start : span.end] == quote
        for quote, span in quotes
    )


def refusal_scores(outcomes: Iterable[tuple[bool, bool]]) -> Refusals:
    """Of (should refuse, did refuse): precision = right refusals / refusals, recall = right refusals /
    questions to refuse, F1 = 2PR / (P + R) (van Rijsbergen, 1979)."""
    pairs = list(outcomes)
    precision = mean(should for should, did in pairs if did)
    recall = mean(did for should, did in pairs if should)
    total = precision + recall
    return Refusals(precision, recall, 0.0 if total == 0 else 2 * precision * recall / total)


def recall_at_k(hits: Sequence[Span], facts: Sequence[Fact], k: int) -> float:
    """Facts covered by the first k hits / facts."""
    return citation_recall(hits[:k], facts)


def reciprocal_rank(hits: Sequence[Span], facts: Sequence[Fact]) -> float:
    """1 / rank of the first hit that covers a fact, 0 if none does; its mean is MRR (Voorhees, 1999)."""
    ranks = (rank for rank, hit in enumerate(hits, 1) if any(covers(hit, fact) for fact in facts))
    first = next(ranks, None)
    return 0.0 if first is None else 1 / first


def ndcg(hits: Sequence[Span], facts: Sequence[Fact], k: int) -> float:
    """DCG / ideal DCG, DCG = sum of gain / log2(rank + 1) over the first k (Järvelin & Kekäläinen, 2002).

    The gain of a hit is the number of facts it is the first to cover, so a second copy earns nothing; the
    ideal brings one fact a rank. A hit that covers two facts at once could beat it, so 1 is the most given.
    """
    if not facts or k < 1:
        return math.nan
    left, gained = list(facts), 0.0
    for rank, hit in enumerate(hits[:k], 1):
        still = [fact for fact in left if not covers(hit, fact)]
        gained += (len(left) - len(still)) / math.log2(rank + 1)
        left = still
    ideal = sum(1 / math.log2(rank + 1) for rank in range(1, min(k, len(facts)) + 1))
    return min(1.0, gained / ideal)


def mean(values: Iterable[float]) -> float:
    """Arithmetic mean; NaN of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else math.nan


def percentile(values: Iterable[float], p: float) -> float:
    """Nearest rank: the smallest value with at least p % of all at or below it; NaN of nothing."""
    ordered = sorted(values)
    return ordered[max(0, math.ceil(p / 100 * len(ordered)) - 1)] if ordered else math.nan


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def shingle_f1(text: str, gold: str, size: int = 4) -> float:
    """How much of `gold` is in `text` and of `text` in `gold`, by runs of `size` words, repeats counted; 0 to 1."""
    found, wanted = _shingles(text, size), _shingles(gold, size)
    common = sum((found & wanted).values())
    return 2 * common / (sum(found.values()) + sum(wanted.values())) if wanted else math.nan


def _shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    words = re.findall(r"\w+", text.lower())
    size = min(size, len(words))
    return Counter(tuple(words[at : at + size]) for at in range(len(words) - size + 1) if size)
