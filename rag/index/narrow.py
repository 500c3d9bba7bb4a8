"""Filters as the two indexes are asked them: within SQLite's query and within Chroma's, never on what these found."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypedDict

from rag.index.database import marks
from rag.schema import Article, Filters

if TYPE_CHECKING:
    from chromadb import Where

NO_DAY, NO_OUTLET = 0, ""  # day 1 is the first of the calendar, and no outlet has an empty name


class Label(TypedDict):
    """What Chroma knows of a chunk's article: the day as its ordinal, for Chroma compares numbers only."""

    published: int
    outlet: str


def label_of(article: Article) -> Label:
    day = article.published.toordinal() if article.published else NO_DAY
    return {"published": day, "outlet": article.outlet or NO_OUTLET}


def sql_of(filters: Filters, *, undated: bool = False) -> tuple[str, list[str]]:
    """A condition on the rows of `article`, with its values; `undated`: those that only lack a date."""
    conditions, values = [], []
    if filters.by_date:
        conditions.append("published is null" if undated else "published between ? and ?")
    if filters.by_date and not undated:
        values += [str(filters.since or "0001-01-01"), str(filters.until or "9999-12-31")]
    if filters.outlets:
        conditions.append(f"outlet in ({marks(filters.outlets)})")
        values += filters.outlets
    return " and ".join(conditions) or "true", values


def chroma_of(filters: Filters) -> Where | None:
    """The same condition on the labels; None where all may be found."""
    conditions: list[Any] = []
    if filters.by_date:
        conditions.append({"published": {"$gte": filters.since.toordinal() if filters.since else NO_DAY + 1}})
    if filters.until:
        conditions.append({"published": {"$lte": filters.until.toordinal()}})
    if filters.outlets:
        conditions.append({"outlet": {"$in": list(filters.outlets)}})
    return {"$and": conditions} if len(conditions) > 1 else next(iter(conditions), None)
