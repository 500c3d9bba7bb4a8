"""A refusal that helps: what was looked for and where, what was not there, and what to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rag.answer.prompts import REFUSAL
from rag.schema import Article, Hit
from rag.words import FUNCTION_WORDS, content_words, fold, stem, stems
from ui.exchange import Exchange
from ui.text import clipped, counted, days, escaped

MISSING_SHOWN = 4
QUESTION_SHOWN = 300  # characters


def refusal(now: Exchange) -> str:
    """The refusing sentence; below it what was looked for and what to try, where reading found no answer.

    A question that is beyond what the program does has its reason in the sentence itself.
    """
    assert now.answer is not None
    said = f'<p class="answer" dir="auto">{escaped(now.answer.answer)}</p>'
    if now.answer.answer != REFUSAL:
        return said
    sought = now.standalone or now.question
    absent = missing(sought, now.hits, now.articles)
    rows = (
        ("Looked for", f"“{escaped(clipped(sought.strip(), QUESTION_SHOWN))}”"),
        ("Read", escaped(reach(now.hits, now.articles))),
        ("Not in them", escaped(", ".join(absent[:MISSING_SHOWN]))),
    )
    facts = "".join(f'<div><dt>{name}</dt><dd dir="auto">{value}</dd></div>' for name, value in rows if value)
    wider = ["Take away what narrows it, above the question, and ask again."] if now.filters else []
    tips = "".join(f"<li>{escaped(tip)}</li>" for tip in (*wider, *what_to_try(now.hits, absent)))
    return f'{said}<dl class="facts">{facts}</dl><h3>What to try</h3><ul class="tips">{tips}</ul>'


def missing(question: str, hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[str]:
    """The words of the question, as written, that none of the passages says, names first."""
    offered = {word for hit in hits for word in stems(f"{hit.text} {_title(hit, articles)}")}
    words = {stem(word): word for word in content_words(question) if fold(word) not in FUNCTION_WORDS}
    absent = [word for stemmed, word in words.items() if stemmed not in offered]
    return sorted(absent, key=lambda word: not word[:1].isupper()) if hits else []


def reach(hits: Sequence[Hit], articles: Mapping[str, Article]) -> str:
    """`8 passages of 3 articles, published 28 December 2022 – 20 April 2023`."""
    if not hits:
        return "no passage was found"
    read = {hit.article_id for hit in hits}
    dates: list[date] = sorted(
        found for key in read if key in articles and (found := articles[key].published) is not None
    )
    published = f", published {days(dates[0], dates[-1])}" if dates else ""
    return f"{counted(len(hits), 'passage')} of {counted(len(read), 'article')}{published}"


def what_to_try(hits: Sequence[Hit], absent: Sequence[str]) -> list[str]:
    """Two or three things that may help, those first that fit what was found."""
    if not hits:
        return ["Add articles about it: the Archive tab takes files by drag and drop."]
    tips = []
    if absent:
        names = [word for word in absent if word[:1].isupper()] or absent
        named = " or ".join(f"“{clipped(word, 40)}”" for word in names[:2])
        tips.append(f"Check how {named} is written, or name it as the articles do.")
    else:
        tips.append("Ask for one thing at a time: who, when, where or how much.")
    tips.append("Look through the nearest passages: a click on a title opens the article there.")
    tips.append("If no article tells it, add one that does in the Archive tab.")
    return tips


def _title(hit: Hit, articles: Mapping[str, Article]) -> str:
    return articles[hit.article_id].title if hit.article_id in articles else ""
