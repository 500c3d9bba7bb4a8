"""Articles and their sentences as rows of SQLite, and back."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from datetime import date
from typing import NamedTuple

from rag.schema import Article, DateMention, Sentence


class Head(NamedTuple):
    """What ranking wants to know of an article."""

    title: str
    published: date | None
    has_copies: bool


def headed(title: str, text: str) -> str:
    """The text of a chunk as it is embedded: under its article's title."""
    return f"{title}\n{text}"


def text_hash(text: str) -> str:
    """Texts of one hash share one vector; 128 bits of SHA-256, so that none do by chance."""
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def article_row(article: Article) -> dict[str, str | None]:
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "authors": json.dumps(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "other_dates": json.dumps([(day.isoformat(), label) for day, label in article.other_dates]),
        "place": article.place,
        "language": article.language,
        "url": article.url,
        "sources": json.dumps(dict(article.sources)),
        "captions": json.dumps(article.captions),
        "notes": json.dumps(article.notes),
        "content_hash": article.content_hash,
        "also_in": json.dumps(article.also_in),
        "page_starts": json.dumps(article.page_starts),
    }


def sentence_rows(article: Article) -> list[tuple[str, int, int, int, str]]:
    return [
        (article.id, s.start, s.end, s.paragraph, json.dumps([mention.to_json() for mention in s.dates]))
        for s in article.sentences
    ]


def to_article(row: sqlite3.Row) -> Article:
    """The article without its sentences, which have a table of their own, and without when it went in."""
    values = {name: value for name, value in dict(row).items() if name != "added"}
    return Article(
        **values
        | {key: tuple(json.loads(values[key])) for key in ("authors", "captions", "notes", "also_in", "page_starts")}
        | {key: _day(values[key]) for key in ("published", "updated")}
        | {"other_dates": tuple((date.fromisoformat(day), label) for day, label in json.loads(values["other_dates"]))}
        | {"sources": json.loads(values["sources"])}
    )


def to_head(row: sqlite3.Row) -> Head:
    return Head(row["title"], _day(row["published"]), row["also_in"] != json.dumps(()))


def to_sentence(row: sqlite3.Row) -> Sentence:
    dates = tuple(
        DateMention(d["text"], d["start"], d["end"], _day(d["from"]), _day(d["to"]), d["kind"])
        for d in json.loads(row["dates"])
    )
    return Sentence(row["start"], row["end"], row["paragraph"], dates)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
