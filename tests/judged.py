"""Two articles, three questions, and what an evaluation may get for an answer: for tests of judging and reporting."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from eval.judge import Asked, Row, judge
from eval.metrics import Span
from eval.questions import Question
from eval.results import make_run
from rag.schema import Article

TEXT = "Ana Ruiz opened the bridge on Monday. It cost 4 million."
QUOTE = "Ana Ruiz opened the bridge on Monday."
ARTICLES = [
    Article("a", "/news/one.txt", "Bridge", TEXT),
    Article("b", "/news/copy.txt", "Bridge", "x " + TEXT),
]

WHO = Question("who-1", "who", "Who opened it?", "answer", [["Ana Ruiz", "Ruiz"]], [],
               [{"file": "one.txt", "quote": "Ana Ruiz opened"}])  # fmt: skip
NEVER = Question("far-1", "far", "Who won the cup?", "refuse", [], [], [])
BENT = replace(WHO, id="wrong-1", kind="wrong", question="Why did Ana Ruiz close it?", refusal_ok=True)


def answer(text: str = "Ana Ruiz opened it. [1]", *quotes: str, article: str = "a", **changes: Any) -> dict[str, Any]:
    """An answer as `Answer.to_json` gives it, citing `quotes` where they stand in `article`."""
    text_of = {a.id: a.text for a in ARTICLES}[article]
    places = [(text_of.index(quote), quote) for quote in quotes or (QUOTE,)]
    return {
        "question": "?", "standalone_question": "?", "answer": text, "abstained": False,
        "sentences": [{"text": text, "citations": [1], "verdict": "supported"}],
        "citations": [
            {"n": n, "article_id": article, "title": "Bridge", "outlet": None, "published": None,
             "start": start, "end": start + len(quote), "quote": quote, "also_in": []}
            for n, (start, quote) in enumerate(places, 1)
        ],
        "timings_ms": {"retrieve": 100, "first_token": 500, "total": 2000},
        "usage": {"prompt_tokens": 300, "completion_tokens": 20},
    } | changes  # fmt: skip


def refusal() -> dict[str, Any]:
    return answer("The archive does not say.", abstained=True, citations=[], sentences=[])


def asked(given: dict[str, Any], *hits: Span) -> Asked:
    return Asked(given, hits or (Span("a", 40, 50), Span("b", 0, 30)), None if given["abstained"] else 0.8)


def good(question: Question) -> Asked:
    return asked(refusal() if question.expect == "refuse" else answer())


def rows_of(*questions: Question) -> list[Row]:
    return [judge(question, good(question), ARTICLES) for question in questions]


def about(**changes: Any) -> dict[str, Any]:
    return {
        "date": "2026-01-02 03:04 UTC", "model": "scripted", "versions": {"dateline": "0"},
        "corpus": {"sha256": "c0ffee", "articles": 2, "without_evidence": False},
        "questions": {"file": "q.jsonl", "sha256": "facade"},
        "machine": {"processor": "abacus", "cores": 2, "memory_gb": 1.0, "system": "Linux"},
    } | changes  # fmt: skip


def a_run(*rows: Row, **changes: Any) -> Row:
    return make_run(rows, len(rows), about(**changes), peak_memory_gb=1.0)
