"""A question typed all in small letters gets its names back from the articles: rules know names by their capitals."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from rag.schema import Article
from rag.words import FUNCTION_WORDS, fold, words


def with_names(question: str, articles: Iterable[Article]) -> str:
    """The question with those words capitalised that these articles never write small; as it is if it has a capital."""
    if any(letter.isupper() for letter in question):
        return question
    named = _always_named(articles)

    def written(found: re.Match[str]) -> str:
        forms = named.get(fold(found[0]), set())
        same = [form for form in sorted(forms) if form.casefold() == found[0].casefold()]
        return same[0] if same else found[0].capitalize() if forms else found[0]

    return re.sub(r"[^\W_]+", written, question)


def _always_named(articles: Iterable[Article]) -> dict[str, set[str]]:
    """From the folded word to how it is written, for words that are capitalised wherever they open no sentence."""
    forms: defaultdict[str, set[str]] = defaultdict(set)
    for article in articles:
        for sentence in article.sentences:
            for word in words(article.text[sentence.start : sentence.end])[1:]:
                forms[fold(word)].add(word)
    return {
        word: written
        for word, written in forms.items()
        if word not in FUNCTION_WORDS and all(form[0].isupper() for form in written)
    }
