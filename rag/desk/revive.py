"""Answers and citations made again from the JSON they were kept as. Keys unknown here are passed over."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rag.desk.records import Cited, Copy
from rag.schema import Answer, AnswerSentence, Citation, DateMention, Differs, Filters, Hit, Narrowed, SaidBy


def answer_from_json(row: Mapping[str, Any]) -> Answer:
    """What `Answer.to_json` was made from; scores come back as rounded there."""
    return Answer(
        question=row["question"],
        standalone_question=row["standalone_question"],
        answer=row["answer"],
        abstained=row["abstained"],
        sentences=tuple(map(_sentence, row["sentences"])),
        citations=tuple(map(citation_from_json, row["citations"])),
        evidence=tuple(Hit(h["article_id"], h["start"], h["end"], h["text"], h["score"]) for h in row["evidence"]),
        model=row["model"],
        timings_ms=row["timings_ms"],
        usage=row.get("usage", {}),
        narrowed=_narrowed(row["filters"]) if row.get("filters") else None,
    )


def citation_from_json(row: Mapping[str, Any]) -> Citation:
    return Citation(
        n=row["n"],
        article_id=row["article_id"],
        title=row["title"],
        outlet=row["outlet"],
        published=_day(row["published"]),
        path=row["path"],
        url=row["url"],
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        also_in=tuple(row["also_in"]),
        dates=tuple(
            DateMention(d["text"], d["start"], d["end"], _day(d["from"]), _day(d["to"]), d["kind"])
            for d in row["dates"]
        ),
        page=row.get("page"),
    )


def cited_from_json(row: Mapping[str, Any]) -> Cited:
    return Cited(
        citation=citation_from_json(row),
        content_hash=row["content_hash"],
        text_sha256=row["text_sha256"],
        paragraph=row["paragraph"],
        paragraph_start=row["paragraph_start"],
        published_from=row["published_from"],
        copies=tuple(Copy(c["article_id"], c["path"], c["outlet"], c["url"]) for c in row["copies"]),
    )


def _sentence(row: Mapping[str, Any]) -> AnswerSentence:
    by, differs = row.get("said_by"), row.get("differs")
    return AnswerSentence(
        text=row["text"],
        citations=tuple(row["citations"]),
        verdict=row["verdict"],
        said_by=SaidBy(by["articles"], by["independent"]) if by else None,
        differs=Differs(tuple((v["citation"], v["value"]) for v in differs["values"]), differs["later"])
        if differs
        else None,
    )


def _narrowed(row: Mapping[str, Any]) -> Narrowed:
    filters = Filters(_day(row["since"]), _day(row["until"]), tuple(row["outlets"]))
    return Narrowed(filters, row["articles"], row["undated"])


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
