"""The evidence pack as a file: Markdown, HTML or JSON, as its name ends."""

from __future__ import annotations

import json
from pathlib import Path

from rag.desk.pack import Pack
from rag.desk.pack_html import to_html
from rag.desk.pack_markdown import to_markdown
from rag.errors import UsageError

KINDS = {".md": "markdown", ".html": "html", ".json": "json"}


def written(pack: Pack, suffix: str) -> str:
    """As the text of a file of that suffix: .md, .html or .json. Raises UsageError for another."""
    kind = check_suffix(suffix)
    if kind == "json":
        return json.dumps(pack.to_json(), ensure_ascii=False, indent=1).encode("utf-8", "replace").decode() + "\n"
    return to_html(pack) if kind == "html" else to_markdown(pack)


def check_suffix(suffix: str) -> str:
    kind = KINDS.get(suffix.casefold())
    if kind is None:
        raise UsageError(f"an export ends in {', '.join(KINDS)}, not in {suffix or 'nothing'}")
    return kind


def write(pack: Pack, path: Path) -> None:
    path.write_text(written(pack, path.suffix), encoding="utf-8", errors="replace")
