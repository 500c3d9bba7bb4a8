"""The reading panel: one article with its card, its story with the quote marked, and the file it came from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from rag.ingest.page_numbers import page_of, spoken_page
from rag.schema import Article, DateMention
from ui.cards import resolved_dates
from ui.original import Original
from ui.text import clipped, day, escaped, opens, web_address

CHANGED = "This article has changed since it was cited. The words that were cited are no longer at their place:"
GONE = "This article is no longer in the archive. The words that were cited from it:"
NOT_HERE = "This article is not in the archive any more."

Mark = tuple[int, int]
"""A half-open range of code points of the story."""
_PARAGRAPH = re.compile(r".+?(?:\n\s*\n\s*|\Z)", re.DOTALL)


@dataclass(frozen=True)
class Passage:
    """What was cited: the words, and the code points of the story between which they stood; "" is nothing."""

    start: int = 0
    end: int = 0
    quote: str = ""


def frame() -> str:
    """The empty panel, closed; `reader.js` fills and opens it."""
    return (
        '<dialog id="reader" aria-labelledby="reader-title">'
        '<div class="reader-bar"><button type="button" class="quiet reader-close">Close</button></div>'
        '<div class="reader-body" tabindex="0" role="document" aria-labelledby="reader-title"></div></dialog>'
    )


def passage(asked: Mapping[str, Any]) -> Passage:
    """What an element that opens an article names; whatever is wrong with it, it names no place."""
    start, end = str(asked.get("start")), str(asked.get("end"))
    at = (int(start), int(end)) if start.isdecimal() and end.isdecimal() and len(start + end) < 30 else (0, 0)
    return Passage(*at, str(asked.get("quote") or ""))


def panel(article: Article, cited: Passage, copies: Sequence[Article]) -> str:
    """The whole panel. A quote that is not at its place any more is shown above the story, which stays unmarked."""
    there = bool(cited.quote) and article.text[cited.start : cited.end] == cited.quote
    mark = (cited.start, cited.end) if there else None
    changed = _quoted(CHANGED, cited.quote) if cited.quote and not there else ""
    return (
        f"{_head(article.title or PurePath(article.path).name)}{changed}{facts(article, copies, mark)}"
        f"{resolved_dates(_dates_in(article, mark)) if mark else ''}"
        f'<div class="switch" role="group" aria-label="Which text is shown">'
        f'<button type="button" data-view="story" aria-pressed="true">Story as cleaned</button>'
        f'<button type="button" data-view="file" aria-pressed="false" data-file="{escaped(article.id)}">'
        "File as it came</button></div>"
        f'<div data-shown="story"><div class="story">{story(article.text, mark)}</div>{beside(article)}</div>'
        f'<div data-shown="file" hidden aria-live="polite"></div>'
    )


def gone(quote: str) -> str:
    """The panel of an article that has been removed since it was cited or listed."""
    return _head("Not in the archive") + (_quoted(GONE, quote) if quote else f'<p class="trouble">{NOT_HERE}</p>')


def story(text: str, mark: Mark | None = None) -> str:
    """The paragraphs of a story, character for character: what the marks hold together is exactly the quote."""
    return "".join(f'<p dir="auto">{_marked(text, start, end, mark)}</p>' for start, end in paragraphs(text))


def paragraphs(text: str) -> Iterator[Mark]:
    """The ranges of the paragraphs, each with the blank lines behind it, so that none of the text is lost."""
    return (match.span() for match in _PARAGRAPH.finditer(text))


def facts(article: Article, copies: Sequence[Article], mark: Mark | None = None) -> str:
    """What is known of an article, each thing with where it was read; what is not known is said to be unknown.

    Of a file with pages, the one on which the marked quote begins."""
    sources = article.sources
    published = _told(day(article.published), sources.get("published")) if article.published else _unknown("undated")
    rows = [
        ("Outlet", _told(article.outlet, sources.get("outlet")) if article.outlet else _unknown("unknown")),
        ("Published", published),
        ("Quoted from", _page(article, mark[0]) if mark else ""),
        ("Updated", _told(day(article.updated), sources.get("updated")) if article.updated else ""),
        *((label.capitalize() or "Dated", escaped(day(when))) for when, label in article.other_dates),
        ("By", escaped(", ".join(article.authors))),
        ("Filed from", escaped(article.place or "")),
        ("Address", _link(article.url)),
        ("Also in", ", ".join(_copy(copy) for copy in copies)),
        ("File", escaped(article.path)),
    ]
    shown = "".join(f'<div><dt>{escaped(name)}</dt><dd dir="auto">{value}</dd></div>' for name, value in rows if value)
    return f'<dl class="facts">{shown}</dl>'


def beside(article: Article) -> str:
    """Captions and notes, apart from the story: they are never cited as it."""
    parts = (("Captions", article.captions), ("Notes", article.notes))
    return "".join(
        f'<section class="beside"><h3>{name}</h3>'
        + "".join(f'<p dir="auto">{escaped(text)}</p>' for text in texts)
        + "</section>"
        for name, texts in parts
        if texts
    )


def original(came: Original) -> str:
    """The file as it came, as plain text, under a line that says what it is."""
    text = f'<pre tabindex="0" dir="auto">{escaped(came.text)}</pre>' if came.text else ""
    return f'<p class="hint" dir="auto">{escaped(came.remark)}</p>{text}'


def _head(title: str) -> str:
    return f'<h2 id="reader-title" tabindex="-1" dir="auto">{escaped(title)}</h2>'


def _marked(text: str, start: int, end: int, mark: Mark | None) -> str:
    first, last = (max(start, mark[0]), min(end, mark[1])) if mark else (end, end)
    if first >= last:
        return escaped(text[start:end])
    return f"{escaped(text[start:first])}<mark>{escaped(text[first:last])}</mark>{escaped(text[last:end])}"


def _dates_in(article: Article, mark: Mark) -> tuple[DateMention, ...]:
    return tuple(d for s in article.sentences for d in s.dates if mark[0] <= d.start and d.end <= mark[1])


def _quoted(remark: str, quote: str) -> str:
    return f'<div class="trouble" role="note"><p>{remark}</p><blockquote dir="auto">{escaped(quote)}</blockquote></div>'


def _told(value: str, source: str | None) -> str:
    """`20 April 2023 (byline)`: the value, and where on the page it was read."""
    return escaped(value) + (f' <span class="source">({escaped(_from(source))})</span>' if source else "")


def _from(source: str) -> str:
    return source if source.startswith("borrowed") else f"from: {source}"


def _page(article: Article, start: int) -> str:
    page = page_of(article, start)
    return f"{spoken_page(page)} of {len(article.page_starts)}" if page else ""


def _unknown(word: str) -> str:
    return f'<span class="unknown">{word}</span>'


def _link(url: str | None) -> str:
    address = web_address(url)
    if not address:
        return escaped(url or "")
    return f'<a href="{escaped(address)}" target="_blank" rel="noopener noreferrer">{escaped(clipped(address, 90))}</a>'


def _copy(copy: Article) -> str:
    name = copy.outlet or clipped(PurePath(copy.path).name, 60)
    return f'<button type="button" class="link" {opens(copy.id)}>{escaped(name)}</button>'
