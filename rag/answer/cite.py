"""A finding becomes a sentence of the answer, its quotes cut out of the stored text by code and numbered."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rag.answer.agree import Support
from rag.answer.differ import Difference, later, told
from rag.answer.weigh import Finding
from rag.ingest.page_numbers import page_of
from rag.schema import AnswerSentence, Article, Citation, Differs, Sentence


def cite(
    finding: Finding, so_far: Sequence[Citation], support: Support | None = None
) -> tuple[AnswerSentence, tuple[Citation, ...]]:
    """The sentence with its citations, and those of them that the answer does not have yet.

    Articles that took a quote over are named with its citation.
    """
    article = finding.passage.article
    places: list[tuple[Article, Sentence, tuple[str, ...]]] = [(article, quote, ()) for quote in finding.quotes[:-1]]
    places.append((article, finding.quotes[-1], support.taken_over if support else ()))
    for passage, taken_over in support.quotes if support else ():
        places.append((passage.article, passage.focus, taken_over))
    numbers, new = _numbered(places, so_far)
    said_by = support.said_by if support else None
    text = undated_told(finding.text, article, finding.quotes)
    return AnswerSentence(text, numbers, finding.verdict, said_by), new


def cite_difference(
    found: Difference, finding: Finding, so_far: Sequence[Citation]
) -> tuple[AnswerSentence, tuple[Citation, ...]]:
    """The sentence that tells of it, as `cite` does."""
    cited, other = finding.passage.article, found.passage.article
    places = [(cited, finding.quotes[-1], ()), (other, found.passage.focus, ())]
    numbers, new = _numbered(places, so_far)
    last = later(found, cited)
    of_last = None if last is None else numbers[0] if last.id == cited.id else numbers[-1]
    differs = Differs(((numbers[0], found.ours), (numbers[-1], found.theirs)), of_last)
    return AnswerSentence(told(found, cited), numbers, "supported", differs=differs), new


def make_citation(n: int, article: Article, quote: Sentence, taken_over: Iterable[str] = ()) -> Citation:
    return Citation(
        n=n,
        article_id=article.id,
        title=article.title,
        outlet=article.outlet,
        published=article.published,
        path=article.path,
        url=article.url,
        start=quote.start,
        end=quote.end,
        quote=article.text[quote.start : quote.end],
        also_in=tuple(dict.fromkeys([*article.also_in, *taken_over])),
        dates=quote.dates,
        page=page_of(article, quote.start),
    )


def undated_told(text: str, article: Article, quotes: Sequence[Sentence]) -> str:
    """The text with a word on it where it says "Thursday" or "last year" after an article of no known day."""
    loose = [m.text for quote in quotes for m in quote.dates if m.first is None and m.kind != "vague"]
    if article.published or not any(words.casefold() in text.casefold() for words in loose):
        return text
    return f"{text.rstrip('.')} (the article is undated)."


def marked(sentence: AnswerSentence) -> str:
    """The sentence with its marks: "Lavrov arrived on 19 April 2023. [1]"."""
    return " ".join([sentence.text, *(f"[{n}]" for n in sentence.citations)])


def _numbered(
    places: Iterable[tuple[Article, Sentence, tuple[str, ...]]], so_far: Sequence[Citation]
) -> tuple[tuple[int, ...], tuple[Citation, ...]]:
    """The numbers of the places, each once, and the citations that are new."""
    numbers: list[int] = []
    new: list[Citation] = []
    for article, quote, taken_over in places:
        known = next((c for c in [*so_far, *new] if _same_place(c, article, quote)), None)
        if known is None:
            known = make_citation(len(so_far) + len(new) + 1, article, quote, taken_over)
            new.append(known)
        if known.n not in numbers:
            numbers.append(known.n)
    return tuple(numbers), tuple(new)


def _same_place(citation: Citation, article: Article, quote: Sentence) -> bool:
    return (citation.article_id, citation.start, citation.end) == (article.id, quote.start, quote.end)
