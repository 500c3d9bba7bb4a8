"""Tables as Markdown; what a cell holds stays in it and is no markup."""

from __future__ import annotations

from rag.safe_text import escaped


def head(*names: str) -> list[str]:
    """The first column to the left, the others, which hold figures, to the right."""
    return [row(*names), row("---", *["--:"] * (len(names) - 1))]


def row(*cells: object) -> str:
    plain = (escaped(" ".join(str(cell).split())).replace("|", "\\|").replace("`", "'") for cell in cells)
    return f"| {' | '.join(plain)} |"
