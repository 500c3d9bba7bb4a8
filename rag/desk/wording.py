"""What an exported answer says in words, whatever it is written in: whose a quote is, where and when it was found."""

from __future__ import annotations

from datetime import datetime
from pathlib import PurePath

from rag.desk.records import Cited, Kept
from rag.ingest.page_numbers import spoken_page
from rag.ingest.spoken import spoken_day
from rag.terminal import meaning

NO_ANSWER = {
    "asked": "No answer was kept: it was still being made, or the program ended in the middle of it.",
    "stopped": "Stopped before the end; what had passed its check by then stands here.",
    "failed": "The answer broke off.",
}
VERDICTS = {"supported": "", "partly": " (partly supported by its quote)", "unsupported": " (not supported)"}
NEAREST = 3  # passages shown with a refusal


def name_card(cited: Cited) -> str:
    """Title, outlet, date and page, if there is one: "Storm closes Lisbon port, outlet unknown, 3 March 2021, p. 2"."""
    citation = cited.citation
    day = spoken_day(citation.published) if citation.published else "no date"
    if (cited.published_from or "").startswith("borrowed"):
        day += f" ({cited.published_from})"
    title = citation.title.rstrip(" .") or PurePath(citation.path).name
    return ", ".join(filter(None, [title, citation.outlet or "outlet unknown", day, spoken_page(citation.page)]))


def date_notes(cited: Cited) -> list[str]:
    """What the times said in the quote mean: "“Wednesday night” is 19 April 2023"."""
    return [note for note in map(meaning, cited.citation.dates) if note]


def copies(cited: Cited) -> list[str]:
    """The other addresses of the same text; those of which only the number is known are counted."""
    named = [", ".join(filter(None, (copy.outlet, copy.url or copy.path))) for copy in cited.copies]
    others = len(cited.citation.also_in) - len(named)
    return [*named, *([f"{others} more"] if others > 0 else [])]


def provenance(cited: Cited, kept: Kept) -> str:
    """Where the quote stands and in what, for whoever wants to check it."""
    citation = cited.citation
    said = f"article {citation.article_id}, characters {citation.start} to {citation.end}"
    told = [said, f"SHA-256 of its text {cited.text_sha256}" if cited.text_sha256 else ""]
    told += [f"content hash {cited.content_hash}" if cited.content_hash else "", f"retrieved {moment(kept.asked)}"]
    return ", ".join(filter(None, told))


def made_by(kept: Kept) -> str:
    """Which model read which index, and when."""
    model = kept.answer.model if kept.answer else None
    told = [f"asked {moment(kept.asked)}", f"model {model}" if model else ""]
    return ", ".join(filter(None, [*told, f"index {kept.index_version}" if kept.index_version else ""]))


def ended(kept: Kept) -> str | None:
    """The line that stands in place of an answer's end, or None where it came to its end."""
    if kept.state == "answered":
        return None
    line = NO_ANSWER[kept.state]
    return f"{line} {kept.trouble}" if kept.trouble and kept.state == "failed" else line


def moment(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M} {when.tzname() or ''}".strip()
