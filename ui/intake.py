"""What came of files that were brought, of articles removed, and of a look at the archive's health: as safe HTML."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from rag.doctor import Finding
from rag.schema import Article
from rag.survey import IndexReport
from ui.cards import folded
from ui.text import clipped, counted, escaped

LISTED = 50  # names of each kind; more are counted

KINDS = {"added": "Added", "changed": "Changed", "unchanged": "Already here", "removed": "Removed"}


def progress(articles: int, share: float, files: int) -> str:
    """A bar, and in words how far it is."""
    said = f"Reading {counted(files, 'file')}" if not articles else f"{counted(articles, 'article')} in"
    return (
        f'<div class="progress"><label for="intake-bar" role="status">{said}</label>'
        f'<progress id="intake-bar" max="100" value="{round(100 * share)}">{share:.0%}</progress></div>'
    )


def report(done: IndexReport, folder: Path) -> str:
    """What a run did, each kind with its names; what failed stands open, with the reasons."""
    kinds = [(label, list(getattr(done, kind))) for kind, label in KINDS.items()]
    summary = ", ".join(f"{label.lower()} {len(paths):,}" for label, paths in kinds if paths)
    failed = [_short(reason, folder) for reason in done.failed.values()]
    head = summary[:1].upper() + summary[1:] if summary else "Nothing was added"
    tail = f" · {len(failed):,} could not be read" if failed else ""
    names = "".join(
        folded(f"{label} {len(paths):,}", _names(_short(p, folder) for p in paths)) for label, paths in kinds if paths
    )
    notes = [_short(remark, folder) for remark in done.notices.values()]
    return (
        f'<div class="report" role="status"><p><b>{head}{tail}</b></p>{_listed(failed, "reasons")}'
        f"{_listed(notes, 'remarks')}{names}</div>"
    )


def removed(article: Article | None) -> str:
    """Said of an article that was taken out, with the way back."""
    if article is None:
        return trouble("this article is not in the archive any more")
    name = escaped(clipped(article.title, 120))
    return (
        f'<div class="report" role="status"><p>Removed <b dir="auto">{name}</b>. Its file stays where it is. '
        f'<button type="button" class="quiet" id="undo" data-undo="{escaped(article.id)}">Undo</button></p></div>'
    )


def restored(article: Article | None) -> str:
    if article is None:
        return trouble("it cannot be brought back any more; add its file again")
    name = escaped(clipped(article.title, 120))
    return f'<div class="report" role="status"><p>Back again: <b dir="auto">{name}</b></p></div>'


def health(findings: Sequence[Finding], articles: int) -> str:
    """What the doctor found and mended."""
    if not findings:
        return f'<div class="report" role="status"><p>{counted(articles, "article")}: all is well.</p></div>'
    rows = _listed([str(finding) for finding in findings], "remarks")
    return f'<div class="report" role="status"><p><b>Mended, all is well now</b></p>{rows}</div>'


def trouble(line: str) -> str:
    """The one line of an error."""
    return f'<p class="trouble" role="alert">{escaped(line[:1].upper() + line[1:])}</p>'


def _listed(lines: Sequence[str], kind: str) -> str:
    return f'<div class="{kind}">{_names(lines)}</div>' if lines else ""


def _names(lines: Iterable[str]) -> str:
    every = list(lines)
    rest = f"<li>and {len(every) - LISTED:,} more</li>" if len(every) > LISTED else ""
    rows = "".join(f'<li dir="auto">{escaped(line)}</li>' for line in every[:LISTED])
    return f"<ul>{rows}{rest}</ul>"


def _short(text: str, folder: Path) -> str:
    """Without the folder that uploads lie in, which says nothing to the reader."""
    return text.replace(f"{folder}/", "")
