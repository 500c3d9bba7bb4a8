"""The evidence pack as one HTML file that needs nothing else, runs nothing, and prints well."""

from __future__ import annotations

from rag.desk import wording
from rag.desk.pack import Pack
from rag.desk.records import Cited, Kept
from rag.safe_text import escaped, web_address

STYLE = """
:root { color-scheme: light dark }
body { max-width: 42rem; margin: 2rem auto; padding: 0 1rem; font: 1.05rem/1.55 Georgia, "Times New Roman", serif;
  overflow-wrap: anywhere }
h1, h2 { line-height: 1.25; font-size: 1.5rem } h2 { font-size: 1.25rem; margin-top: 2.5rem }
.answer { font-size: 1.15rem } sup a { text-decoration: none }
.small, footer { font: .8rem/1.5 system-ui, sans-serif; opacity: .8 }
ol { padding-left: 1.5rem } li { margin: 0 0 1.25rem; break-inside: avoid }
blockquote { margin: .25rem 0; padding-left: .75rem; border-left: 3px solid; white-space: pre-line }
mark { background: #ffe9a8; color: #1a1a1a } .name { font-weight: bold }
@media print { body { margin: 0; max-width: none; font-size: 11pt } h2 { break-after: avoid }
  mark { background: none; text-decoration: underline } a { color: inherit }
  .name a::after { content: " <" attr(href) ">"; font-weight: normal } }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


def to_html(pack: Pack) -> str:
    several = len(pack.exchanges) > 1
    heading = f"<h1>{escaped(pack.title)}</h1>" if several else ""
    body = "".join(_exchange(kept, "h2" if several else "h1") for kept in pack.exchanges)
    return (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="referrer" content="no-referrer">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escaped(pack.title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n{heading}{body}</main>\n"
        f"<footer>Made by Dateline {escaped(pack.version)}, {wording.moment(pack.made)}</footer>\n</body>\n</html>\n"
    )


def _exchange(kept: Kept, tag: str) -> str:
    answer = kept.answer
    parts = [f'<{tag} dir="auto">{escaped(kept.question)}</{tag}>']
    if answer and answer.standalone_question and answer.standalone_question != kept.question:
        parts.append(f'<p class="small" dir="auto">Read as: {escaped(answer.standalone_question)}</p>')
    if answer and answer.answer:
        parts.append(f'<p class="answer" dir="auto">{_answer(kept)}</p>')
    if ended := wording.ended(kept):
        parts.append(f'<p class="small">{escaped(ended)}</p>')
    if kept.cited:
        parts.append(f"<ol>{''.join(_source(cited, kept) for cited in kept.cited)}</ol>")
    elif answer and answer.evidence:
        quotes = (f'<blockquote dir="auto">{escaped(hit.text)}</blockquote>' for hit in answer.evidence)
        parts.append("<p>Nearest passages:</p>" + "".join(list(quotes)[: wording.NEAREST]))
    parts.append(f'<p class="small">{escaped(wording.made_by(kept))}</p>')
    return f"<section>{''.join(parts)}</section>\n"


def _answer(kept: Kept) -> str:
    if kept.answer is None or not kept.answer.sentences:
        return escaped(kept.answer.answer) if kept.answer else ""
    there = {cited.citation.n for cited in kept.cited}
    return " ".join(
        escaped(s.text)
        + wording.VERDICTS[s.verdict]
        + "".join(f'<sup><a href="#{_anchor(kept, n)}">[{n}]</a></sup>' for n in s.citations if n in there)
        for s in kept.answer.sentences
    )


def _source(cited: Cited, kept: Kept) -> str:
    citation = cited.citation
    url = web_address(citation.url)
    name = escaped(wording.name_card(cited))
    linked = f'<a href="{escaped(url)}" rel="noopener noreferrer">{name}</a>' if url else name
    notes = [*wording.date_notes(cited), *(f"Also in {copy}" for copy in wording.copies(cited))]
    rows = "".join(f'<p class="small">{escaped(note)}</p>' for note in notes)
    return (
        f'<li id="{_anchor(kept, citation.n)}" value="{citation.n}"><div class="name" dir="auto">{linked}</div>'
        f'<blockquote dir="auto">{_in_paragraph(cited)}</blockquote>{rows}'
        f'<p class="small">{escaped(citation.path)}<br>{escaped(wording.provenance(cited, kept))}</p></li>'
    )


def _in_paragraph(cited: Cited) -> str:
    """The quote marked inside the paragraph as it was."""
    start = cited.citation.start - cited.paragraph_start
    end = start + len(cited.citation.quote)
    if start < 0 or cited.paragraph[start:end] != cited.citation.quote:
        return f"<mark>{escaped(cited.citation.quote)}</mark>"
    before, behind = cited.paragraph[:start], cited.paragraph[end:]
    return f"{escaped(before)}<mark>{escaped(cited.citation.quote)}</mark>{escaped(behind)}"


def _anchor(kept: Kept, n: int) -> str:
    return f"q{kept.position}-{n}"
