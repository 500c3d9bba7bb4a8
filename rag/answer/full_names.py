"""Whom an answer calls by one name only, as "LeBron", is called in full where the article does so before."""

from __future__ import annotations

import re

from rag.answer.antecedent import TIME_NAMES, full_names
from rag.answer.claims import offices
from rag.index.passages import Passage
from rag.schema import Sentence
from rag.words import content_words, fold, names_it, stems

_ROLES = (
    "athlete player runner swimmer driver star legend actor actress singer rapper musician artist celebrity"
    " author writer journalist scientist researcher astronaut billionaire entrepreneur executive boss politician leader"
    " lawmaker congressman congresswoman candidate official diplomat figure person man woman"
).split()
_SOMEBODY = re.compile(rf"\bwho(?:m|se)?\b|\b(?:which|what)\s+(?:[\w’'-]+\s+){{0,4}}?(?:{'|'.join(_ROLES)})s?\b", re.I)
_WHICH = re.compile(r"\b(?:which|what)\b[^,?]*", re.I)


def asks_for_somebody(question: str) -> bool:
    """Whether a question asks who somebody is, or which player or official."""
    asked = _WHICH.search(question)
    return bool(_SOMEBODY.search(question) or (asked and offices(" ".join(asked.group().split()[:4]))))


def in_full(answer: str, question: str, passage: Passage, quote: Sentence) -> str | None:
    """The answer with the full name of the one person it calls by a single name; None where that is not sure.

    Sure is a name of two or three words that sentences before the quote give, and no other with the same word in it.
    """
    if not asks_for_somebody(question):
        return None
    new = [word for word in content_words(answer) if word[:1].isupper() and not names_it(word, stems(question))]
    if len(new) != 1 or not _stands_alone(new[0], answer) or fold(new[0]) in TIME_NAMES:
        return None
    (short,) = new
    before = [sentence for sentence in passage.article.sentences if sentence.start < quote.start]
    runs = (tuple(_untitled(run)) for sentence in before for run in full_names(passage.said(sentence)))
    forms = {run for run in runs if short in run and 2 <= len(run) <= 3}
    if len(forms) != 1:
        return None
    (full,) = forms
    return re.sub(rf"\b{re.escape(short)}\b", " ".join(full), answer, count=1)


def _stands_alone(name: str, text: str) -> bool:
    """Whether no other capitalised word is beside a name."""
    return not re.search(rf"[A-Z][\w’'-]*\s+{re.escape(name)}\b|\b{re.escape(name)}\s+[A-Z]", text)


def _untitled(run: list[str]) -> list[str]:
    """A run of capitalised words without what stands up to its last office: "Iranian President Ebrahim Raisi"."""
    last = max((at for at, word in enumerate(run) if offices(word)), default=-1)
    return run[last + 1 :]
