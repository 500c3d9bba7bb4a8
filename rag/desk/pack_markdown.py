"""The evidence pack as Markdown with footnotes, and an answer as plain text with notes, for the clipboard."""

from __future__ import annotations

import re

from rag.desk import wording
from rag.desk.pack import Pack
from rag.desk.records import Cited, Kept
from rag.safe_text import visible, web_address

# What Markdown takes for more than text, wherever it stands; the rest only at the beginning of a line.
_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~&!$^])|(?<=\w)(@)|(:)(?=//)|(?<=\bwww)(\.)", re.I)
_OPENING = re.compile(r"^(\s*)([-+=]|\d{1,9}(?=[.)]))")


def to_markdown(pack: Pack) -> str:
    """Everything; a footnote is named by its number, in a conversation with its question's number before it."""
    several = len(pack.exchanges) > 1
    parts = [f"# {plain(pack.title)}"] if several else []
    for kept in pack.exchanges:
        parts += _exchange(kept, f"{kept.position}-" if several else "", "##" if several else "#")
    parts.append(f"---\n\nMade by Dateline {plain(pack.version)}, {wording.moment(pack.made)}.")
    return "\n\n".join(parts) + "\n"


def to_plain_text(kept: Kept) -> str:
    """The answer and under it the quotes with their addresses, as it is pasted into a draft."""
    lines = [kept.answer.answer] if kept.answer and kept.answer.answer else []
    lines += filter(None, [wording.ended(kept)])
    for cited in kept.cited:
        address = web_address(cited.citation.url) or cited.citation.path
        lines.append(f"[{cited.citation.n}] “{_line(cited.citation.quote)}” {wording.name_card(cited)}, {address}")
        lines += [f"    {note}" for note in wording.date_notes(cited)]
    return "\n\n".join(visible(line) for line in lines)


def plain(text: str) -> str:
    """One line of text in which Markdown sees nothing but text: no link, no HTML, no list, no heading."""
    line = _SPECIAL.sub(lambda found: f"\\{found.group()}", _line(visible(text)))
    return _OPENING.sub(lambda found: found[1] + _unlisted(found[2]), line)


def _unlisted(opening: str) -> str:
    return f"{opening}\\" if opening.isdigit() else f"\\{opening}"


def _exchange(kept: Kept, prefix: str, heading: str) -> list[str]:
    parts = [f"{heading} {plain(kept.question)}"]
    answer = kept.answer
    if answer and answer.standalone_question and answer.standalone_question != kept.question:
        parts.append(f"Read as: {plain(answer.standalone_question)}")
    if answer and answer.sentences:
        said = (
            plain(s.text) + wording.VERDICTS[s.verdict] + "".join(f"[^{prefix}{n}]" for n in s.citations)
            for s in answer.sentences
        )
        parts.append(" ".join(said))
    elif answer and answer.answer:
        parts.append(plain(answer.answer))
    if ended := wording.ended(kept):
        parts.append(f"*{plain(ended)}*")
    if answer and not answer.sentences and answer.evidence:
        parts.append("Nearest passages:")
        parts += [f"> {plain(hit.text)}" for hit in answer.evidence[: wording.NEAREST]]
    parts.append(f"*{plain(wording.made_by(kept))}*")
    return parts + [_footnote(cited, kept, prefix) for cited in kept.cited]


def _footnote(cited: Cited, kept: Kept, prefix: str) -> str:
    citation = cited.citation
    url = web_address(citation.url)
    address = f"<{_link(url)}>" if url else plain(citation.path)
    rows = [
        f"“{plain(citation.quote)}” {plain(wording.name_card(cited))}. {address}",
        *(plain(note) for note in wording.date_notes(cited)),
        *(f"Also in {plain(copy)}" for copy in wording.copies(cited)),
        plain(wording.provenance(cited, kept)),
    ]
    return f"[^{prefix}{citation.n}]: " + "\n\n    ".join(rows)


def _link(url: str) -> str:
    """An address as it may stand between < and >."""
    return re.sub(r"[\s<>\\`]|[^\x21-\x7e]", lambda found: _percent(found.group()), url)


def _percent(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode("utf-8", "replace"))


def _line(text: str) -> str:
    return " ".join(text.split())
