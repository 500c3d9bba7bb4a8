"""The page's words as safe HTML: a pure function of the conversation. Knows nothing of Gradio.

Nothing here passes through Markdown, and every string that an article, a model or a user wrote goes
through `ui.text.escaped`, so no text can become an element, an image or a link.
"""

from __future__ import annotations

from collections.abc import Sequence

from rag.ingest.page_numbers import spoken_page
from rag.schema import AnswerSentence, Citation
from ui.cards import citation_card, folded, passage_cards, passages
from ui.conversations import tools
from ui.exchange import Exchange
from ui.refusal import refusal
from ui.text import clipped, counted, escaped, opened, opens, when
from ui.timeline import timeline

PROOF_SHOWN = 600  # characters of a quote; the panel has it whole
QUESTION_SHOWN = 400  # characters: a pasted page must not push its own answer off the screen

VERDICTS = {
    "supported": ("✓", "checked: its quote supports it"),
    "partly": ("partly supported", "checked: its quote supports a part of it"),
    "unsupported": ("not supported", "checked: its quote does not support it"),
}


def masthead(articles: int, where: str, theme: str = "system") -> str:
    """`where` says what reads them, and where; the theme is empty where the browser knows its reader's own."""
    about = f"{articles:,} article{'' if articles == 1 else 's'}, {where}"
    return f'<header data-theme="{escaped(theme)}"><h1>Dateline</h1><p dir="auto">{escaped(about)}</p></header>'


def conversation(so_far: Sequence[Exchange], examples: Sequence[str], empty: bool = False) -> str:
    """All exchanges, oldest first; before the first one, an invitation; `empty` is an archive without articles."""
    if not so_far:
        return welcome() if empty else invitation(examples)
    drawn = "".join(exchange(each, f"q{number}") for number, each in enumerate(so_far, 1))
    place = so_far[-1].place
    kept = f' data-conversation="{escaped(place.conversation)}"' if place else ""
    return f'<div role="log" aria-label="Conversation"{kept}>{drawn}</div>'


def welcome() -> str:
    """To an archive that has nothing to ask yet."""
    return (
        '<section class="invitation"><h2>Your archive is empty.</h2>'
        "<p>Add the articles that you want to ask: saved pages, PDFs, wire copy, mails, or a zip of them. "
        "They stay on this machine.</p>"
        '<button type="button" class="solid" data-tab="Archive">Add articles</button></section>'
    )


def invitation(examples: Sequence[str]) -> str:
    buttons = "".join(
        f'<li><button type="button" data-question="{escaped(question)}">{escaped(question)}</button></li>'
        for question in examples
    )
    tried = f'<h3>For example</h3><ul class="examples">{buttons}</ul>' if buttons else ""
    return (
        '<section class="invitation"><h2>Ask your archive. Read the proof.</h2>'
        "<p>Every sentence of an answer comes with the sentence of the article that supports it, "
        "word for word. What the articles do not say is not answered.</p>"
        f"{tried}</section>"
    )


def exchange(now: Exchange, anchor: str) -> str:
    """One question with its answer, and its sources beside it."""
    question = escaped(clipped(now.question.strip(), QUESTION_SHOWN)) or "…"
    state = "running" if now.running else "refused" if now.refused else "ended"
    return (
        f'<article class="exchange {state}" aria-labelledby="{anchor}">'
        f'<div class="reading"><h2 id="{anchor}" dir="auto">{question}</h2>'
        f"{understood(now)}{narrowed(now)}{answer(now, anchor)}{timeline(now)}{status(now)}{tools(now)}</div>"
        f"{sources(now, anchor)}</article>"
    )


def understood(now: Exchange) -> str:
    """How a follow-up was read, when that differs from how it was put."""
    if not now.standalone or now.standalone.strip() == now.question.strip():
        return ""
    return f'<p class="understood" dir="auto">Read as: {escaped(clipped(now.standalone, QUESTION_SHOWN))}</p>'


def narrowed(now: Exchange) -> str:
    """What the question was narrowed to and, once that is known, what that left."""
    if now.answer and now.answer.narrowed and now.answer.narrowed.filters:
        line = str(now.answer.narrowed)
    elif now.filters:
        line = f"Only articles {now.filters}."
    else:
        return ""
    return f'<p class="understood narrowed" dir="auto">{escaped(line)}</p>'


def answer(now: Exchange, anchor: str) -> str:
    """The sentences that have passed; a refusal with what to try; the line of an error."""
    trouble = f'<p class="trouble" role="alert">{escaped(opened(now.trouble))}</p>' if now.trouble else ""
    if now.answer is not None and now.refused:
        return refusal(now)
    if not now.sentences:
        return trouble
    cited = {citation.n: citation for citation in now.citations}
    said = " ".join(answer_sentence(each, cited, anchor, at) for at, each in enumerate(now.sentences, 1))
    return f'<p class="answer" dir="auto">{said}</p>{trouble}'


def answer_sentence(sentence: AnswerSentence, cited: dict[int, Citation], anchor: str, at: int = 1) -> str:
    """The sentence, its `[n]` marks with their proof, and its verdict; `at` is its place in the answer."""
    marks = "".join(mark(cited[n], anchor, at) for n in sentence.citations if n in cited)
    word, meaning = VERDICTS[sentence.verdict]
    return (
        f'<span class="sentence">{escaped(sentence.text)}&nbsp;{marks}'
        f'<span class="verdict {sentence.verdict}" title="{meaning}" role="img" aria-label="{meaning}">'
        f"{word}</span></span>"
    )


def mark(citation: Citation, anchor: str, at: int) -> str:
    """`[n]`: shows its quote to whoever points at it or comes to it by keyboard, and opens the article there."""
    name = f"{anchor}-{at}-{citation.n}"
    source = " · ".join(
        filter(None, [clipped(citation.title, 120), when(citation.published), spoken_page(citation.page)])
    )
    quote = escaped(clipped(citation.quote, PROOF_SHOWN))
    return (
        f'<span class="cite"><button type="button" class="mark" id="{name}" data-card="{anchor}-s{citation.n}" '
        f'aria-label="Source {citation.n}" aria-describedby="{name}-proof" '
        f"{opens(citation.article_id, citation.start, citation.end, citation.quote)}>[{citation.n}]</button>"
        f'<span class="proof" role="tooltip" id="{name}-proof" dir="auto">“{quote}”'
        f'<span class="source">{escaped(source)}</span></span></span>'
    )


def status(now: Exchange) -> str:
    """While it runs, the step it is at; afterwards the steps folded away behind what it took."""
    if now.running:
        at = now.steps[-1] if now.steps else "Looking through the articles"
        pulse = '<span class="pulse" aria-hidden="true"></span>'
        return f'<p class="status" role="status">{pulse}{escaped(opened(at))}</p>'
    rows = "".join(f"<li>{escaped(opened(step))}</li>" for step in now.steps)
    if not rows:
        return ""
    return f'<div class="steps">{folded(_took(now), f"<ol>{rows}</ol>")}</div>'


def sources(now: Exchange, anchor: str) -> str:
    """Cited cards first, by number; the passages found fill the panel until there are any."""
    if not now.hits and not now.citations:
        return ""
    if not now.citations:
        title = "Nearest passages" if not now.running else "Passages found"
        body = passages(now.hits, now.articles)
    else:
        title = "Sources"
        cards = (
            citation_card(each, now.articles, f"{anchor}-s{each.n}", now.remarks.get(each.n, ""))
            for each in now.citations
        )
        others = folded(f"{counted(len(now.hits), 'passage')} found", passage_cards(now.hits, now.articles))
        body = f'<ol class="cards">{"".join(cards)}</ol>{others if now.hits else ""}'
    return f'<aside aria-label="{title}" aria-live="off"><h3>{title}</h3>{body}</aside>'


def notice(line: str) -> str:
    """One line under the question box; empty text clears it."""
    return f'<p role="alert">{escaped(line)}</p>' if line else ""


def _took(now: Exchange) -> str:
    if now.answer is None:
        return "How far it got"
    total = now.answer.timings_ms.get("total")
    checked = f"{counted(len(now.sentences), 'sentence')} checked" if now.sentences else "No support found"
    took = f"{total / 1000:.1f} s" if total is not None else ""
    return " · ".join(part for part in (checked, took, now.answer.model) if part)
