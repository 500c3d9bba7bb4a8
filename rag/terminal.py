"""Answers, passages and tables as plain text; nothing in strangers' articles steers the terminal."""

from __future__ import annotations

import json
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.ingest.page_numbers import page_of, spoken_page
from rag.ingest.spoken import spoken_dates, spoken_day
from rag.schema import Answer, AnswerSentence, Article, Citation, DateMention, Hit

if TYPE_CHECKING:
    from rag.models import ModelRow

WIDEST = 100  # columns; longer lines are hard to read
NEAREST = 3  # passages shown with a refusal
OUTLET_COLUMNS = 24
LONGEST_TITLE = 90  # characters; a story without a headline goes by its whole first sentence
# Escape sequences and overrides of the writing direction; line ends are dealt with by wrapping.
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def one_line(text: str) -> str:
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def paragraph(text: str, first: str = "", rest: str = "") -> str:
    """Wrapped to the terminal; `first` and `rest` stand before its first and its other lines."""
    return textwrap.fill(
        one_line(text),
        columns(),
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def columns() -> int:
    return min(shutil.get_terminal_size().columns, WIDEST)


def answer_sentence(sentence: AnswerSentence) -> str:
    return paragraph(" ".join([sentence.text, *(f"[{n}]" for n in sentence.citations)]))


def proof(said: Answer, articles: Mapping[str, Article]) -> str:
    """The quotes behind an answer, or on a refusal the nearest passages."""
    if said.citations:
        by = [paragraph(_said_by(one)) for one in said.sentences if one.said_by and one.said_by.articles > 1]
        return "\n\n".join([*by, *(quote(citation, articles) for citation in said.citations)])
    return nearest(said.evidence, articles)


def nearest(hits: Sequence[Hit], articles: Mapping[str, Article]) -> str:
    """What is shown where there is no answer."""
    if not hits:
        return "The archive holds nothing near it."
    return f"Nearest passages:\n\n{hit_list(hits[:NEAREST], articles)}"


def quote(citation: Citation, articles: Mapping[str, Article]) -> str:
    """The number and the quote; below it whose it is, what its dates mean, its file and its copies."""
    label = f"[{citation.n}] "
    indent = " " * len(label)
    copies = [articles[copy] for copy in citation.also_in if copy in articles]
    lines = [
        name_card(citation, articles.get(citation.article_id), citation.page),
        *filter(None, map(meaning, citation.dates)),
        place(citation.path),
        *(f"also in {_named(copy)}" for copy in copies),
    ]
    return "\n".join(
        [
            paragraph(f"“{citation.quote}”", label, indent),
            *(paragraph(line, indent, indent) for line in lines),
        ]
    )


def hit_list(hits: Sequence[Hit], articles: Mapping[str, Article]) -> str:
    """Passages numbered from 1, with score, the article's name card and the address of the text."""
    return "\n\n".join(_passage(number, hit, articles.get(hit.article_id)) for number, hit in enumerate(hits, start=1))


def name_card(named: Citation | Article, article: Article | None, page: int | None = None) -> str:
    """Title, outlet, date and, of a place in a file that has pages, its page; a date that was borrowed from a copy
    says so."""
    published = spoken_day(named.published) if named.published else "no date"
    provenance = article.sources.get("published", "") if article else ""
    if provenance.startswith("borrowed"):
        published += f" ({provenance})"
    title = textwrap.shorten(named.title.rstrip(" ."), LONGEST_TITLE, placeholder="…")
    return ", ".join(filter(None, [title, named.outlet or "outlet unknown", published, spoken_page(page)]))


def place(path: str) -> str:
    """The path as seen from the current folder, where it lies below it."""
    return str(Path(path).relative_to(Path.cwd())) if Path(path).is_relative_to(Path.cwd()) else path


def article_table(articles: Sequence[Article]) -> str:
    rows = [("ID", "PUBLISHED", "OUTLET", "TITLE")]
    for article in articles:
        published = article.published.isoformat() if article.published else "-"
        rows.append((article.id, published, clipped(article.outlet or "-", OUTLET_COLUMNS), one_line(article.title)))
    return table(rows)


def whole_article(article: Article) -> str:
    body = "\n\n".join(paragraph(part) for part in article.text.split("\n") if part.strip())
    return "\n".join([paragraph(name_card(article, article)), place(article.path), "", body])


def model_table(models: Iterable[ModelRow]) -> str:
    rows = [("NAME", "KIND", "SIZE", "LICENCE", "STATE", "WHERE")]
    for model in models:
        name = f"{model.name} *" if model.default else model.name
        where = str(model.path) if model.state != "missing" else f"dateline models pull {model.name}"
        rows.append((name, model.kind, f"{model.size / 1e6:5,.0f} MB", model.licence, model.state, where))
    return f"{table(rows, clip=False)}\n* used unless another is named"


def table(rows: Sequence[Sequence[str]], *, clip: bool = True) -> str:
    """Columns two spaces apart; the last one is cut to the terminal's width, if `clip`."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    room = max(columns() - sum(widths) - 2 * len(widths), 20) if clip else None
    return "\n".join(
        "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), clipped(row[-1], room)])
        for row in rows
    )


def clipped(text: str, most: int | None) -> str:
    """One line of at most `most` characters, the last an ellipsis when something was cut."""
    line = one_line(text)
    return line if most is None or len(line) <= most else f"{line[: most - 1].rstrip()}…"


def json_line(row: Mapping[str, Any], encoding: str) -> str:
    """Readable text where the encoding can carry it, else JSON's own escapes; lone surrogates need them."""
    line = json.dumps(row, ensure_ascii=False)
    try:
        line.encode(encoding)
    except UnicodeEncodeError:
        return json.dumps(row)
    return line


def print_json(row: Mapping[str, Any]) -> None:
    print(json_line(row, sys.stdout.encoding or "utf-8"), flush=True)


def _said_by(sentence: AnswerSentence) -> str:
    """`[1] [2] said by 3 articles, 2 independent`"""
    return " ".join([*(f"[{n}]" for n in sentence.citations), str(sentence.said_by)])


def _passage(number: int, hit: Hit, article: Article | None) -> str:
    label = f"{number:2}. "
    indent = " " * len(label)
    card = name_card(article, article, page_of(article, hit.start)) if article else hit.article_id
    address = f"score {hit.score:.2f}, article {hit.article_id}, characters {hit.start} to {hit.end}"
    return "\n".join([paragraph(card, label, indent), paragraph(hit.text, indent, indent), f"{indent}{address}"])


def meaning(mention: DateMention) -> str | None:
    """`“Wednesday night” is 19 April 2023`, or None where the words say it themselves."""
    days = spoken_dates(mention)
    if days is None:
        return f"“{mention.text}” is as said; the article does not tell the day"
    if days.casefold() in mention.text.casefold():
        return None
    return f"“{mention.text}” is {'about ' if mention.kind == 'vague' else ''}{days}"


def _named(copy: Article) -> str:
    return f"{copy.outlet} ({place(copy.path)})" if copy.outlet else place(copy.path)
