"""The numbered sources under an answer that is passed on as plain text."""

from __future__ import annotations

from rag.safe_text import visible, web_address
from rag.schema import Answer, Citation
from rag.terminal import meaning, name_card

HEADING = "\n\nSources:\n"


def sources(answer: Answer) -> str:
    """Each with its quote, whose it is, where it stands and what its dates mean; "" where nothing is cited."""
    return HEADING + "\n".join(map(_source, answer.citations)) if answer.citations else ""


def without_sources(said: str) -> str:
    """An answer as it was before its sources were put under it: they are no part of the conversation."""
    return said.rpartition(HEADING)[0] or said


def _source(citation: Citation) -> str:
    where = web_address(citation.url) or citation.path
    dates = "".join(f" ({said})" for said in map(meaning, citation.dates) if said)
    line = f"[{citation.n}] “{citation.quote}” {name_card(citation, None, citation.page)}, {where}{dates}"
    return " ".join(visible(line).split())
