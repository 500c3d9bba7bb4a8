"""What other programs may ask of an archive, over the page's API as over MCP: plain values in, JSON objects out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import Field

from rag.answer.scope import check_question
from rag.batch import parse_history
from rag.errors import EndpointError, UsageError
from rag.filters import parse_filters
from rag.index.archive import Archive
from rag.one_at_a_time import Ask
from rag.schema import EVERYTHING, Done, Event, Filters

MOST_HITS = 100
BROKEN_OFF = "the answer broke off; ask again"

Question = Annotated[str, Field(description="A question in English about one event, person, place or figure.")]
History = Annotated[
    list[dict[str, str]] | None,
    Field(description='The conversation so far, oldest first: {"role": "user" or "assistant", "content": "…"} each.'),
]
Since = Annotated[
    str | None, Field(description="Only articles published on this day or later: YYYY-MM-DD, YYYY-MM or YYYY.")
]
Until = Annotated[
    str | None, Field(description="Only articles published on this day or earlier: YYYY-MM-DD, YYYY-MM or YYYY.")
]
Outlet = Annotated[
    list[str] | None, Field(description="Only articles of these outlets: names, or words of names, in any case.")
]
HitCount = Annotated[int, Field(description=f"How many passages at most, 1 to {MOST_HITS}.")]
ArticleId = Annotated[str, Field(description="The article_id of a citation, a passage or a listed article.")]


class Programs:
    """The functions that programs see. Each raises DatelineError with one line for people where it cannot work."""

    def __init__(self, archive: Archive, ask: Ask) -> None:
        self._archive = archive
        self._ask = ask

    def events(
        self,
        question: str,
        history: list[dict[str, str]] | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: list[str] | str | None = None,
    ) -> Iterator[Event]:
        """An answer as it is being made. What is wrong with the values is told before that."""
        return self._ask(check_question(question), parse_history(history), parse_filters(since, until, outlet))

    def ask(
        self,
        question: Question,
        history: History = None,
        since: Since = None,
        until: Until = None,
        outlet: Outlet = None,
    ) -> dict[str, Any]:
        """Answer a question from the archive of news articles. Every sentence of the answer has the numbers of its
        citations, and every citation a quote that is, letter for letter, text[start:end] of its article. Dates said
        relatively ("on Wednesday") are resolved in the citation's dates. Where the articles do not say, abstained is
        true, there are no citations, and evidence holds the nearest passages. This takes some seconds."""
        for event in list(self.events(question, history, since, until, outlet)):
            if isinstance(event, Done):
                return event.answer.to_json()
        raise EndpointError(BROKEN_OFF)

    def search(
        self, question: Question, k: HitCount = 10, since: Since = None, until: Until = None, outlet: Outlet = None
    ) -> dict[str, Any]:
        """Find the passages of the archive that are nearest to a question, best first, without asking a model. Every
        hit has its article_id, start and end in that article's text, the text itself and a score."""
        if isinstance(k, bool) or not isinstance(k, int) or not 1 <= k <= MOST_HITS:
            raise UsageError(f"k is not a whole number from 1 to {MOST_HITS}")
        return found(self._archive, question, k, parse_filters(since, until, outlet))

    def read_article(self, article_id: ArticleId) -> dict[str, Any]:
        """Read one article as it is stored: title, outlet, authors, days, address, where each of them was read, the
        ids of its copies, and the whole cleaned text in which citations and hits count their characters."""
        return self._archive.article(article_id).to_json(with_text=True)

    def articles(self) -> list[dict[str, Any]]:
        """List every article of the archive, copies included, without the texts."""
        return [article.to_json() for article in self._archive.store.articles()]


def found(archive: Archive, question: str, k: int, filters: Filters = EVERYTHING) -> dict[str, Any]:
    """The reply to a search; what the filters left is told with it where there are any."""
    wanted, narrowed = check_question(question), archive.narrow(filters)
    hits = archive.search(wanted, k, filters=narrowed.filters)
    reply = {"question": wanted, "hits": [hit.to_json() for hit in hits]}
    return reply | ({"filters": narrowed.to_json()} if narrowed.filters else {})
