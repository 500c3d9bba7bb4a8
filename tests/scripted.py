"""A real article, what the pipeline would tell about it, and a reader of HTML: for tests of the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

from rag.answer.prompts import REFUSAL
from rag.schema import (
    EVERYTHING,
    Answer,
    AnswerSentence,
    Article,
    Citation,
    DateMention,
    Done,
    Event,
    EvidenceFound,
    Filters,
    Hit,
    Sentence,
    SentencePassed,
    Step,
    Turn,
)

CORPUS = Path(__file__).parent.parent / "corpus"
FIRST = (
    "On Wednesday night, Russian Foreign Minister Sergei Lavrov arrived in Havana for talks that will focus "
    "on promoting political, economic, educational and cultural cooperation."
)
SECOND = "Previously, he visited Brazil, Venezuela and Nicaragua."
THIRD = (
    "On Thursday, he is expected to meet with President Miguel Diaz-Canel, whom the Cuban parliament "
    "yesterday re-elected for a second five-year term."
)
TEXT = f"{FIRST} {SECOND}\n\n{THIRD}"
AT_SECOND = len(FIRST) + 1
AT_THIRD = TEXT.index(THIRD)
WEDNESDAY = DateMention("Wednesday night", 3, 18, date(2023, 4, 19), date(2023, 4, 19), "past")


def article(**changes: object) -> Article:
    plain: dict[str, object] = {
        "id": "lavrov",
        "path": str(CORPUS / "002_2a875578f3e8dcbd.txt"),
        "title": "Lavrov arrives in Havana to promote Russia-Cuba cooperation",
        "text": TEXT,
        "outlet": "teleSUR English",
        "published": date(2023, 4, 20),
        "url": "https://example.org/lavrov",
        "sources": {"published": "byline"},
        "sentences": (
            Sentence(0, len(FIRST), 0, (WEDNESDAY,)),
            Sentence(AT_SECOND, AT_SECOND + len(SECOND), 0),
            Sentence(AT_THIRD, len(TEXT), 1),
        ),
    }
    return Article(**(plain | changes))  # type: ignore[arg-type]


def citation(n: int = 1, **changes: object) -> Citation:
    """The first sentence of `article()`, cited."""
    made = article()
    plain: dict[str, object] = {
        "n": n,
        "article_id": made.id,
        "title": made.title,
        "outlet": made.outlet,
        "published": made.published,
        "path": made.path,
        "url": made.url,
        "start": 0,
        "end": len(FIRST),
        "quote": FIRST,
        "dates": (WEDNESDAY,),
    }
    return Citation(**(plain | changes))  # type: ignore[arg-type]


def hit(start: int = 0, end: int = len(FIRST), score: float = 0.5, article_id: str = "lavrov") -> Hit:
    return Hit(article_id, start, end, TEXT[start:end], score)


HITS = (hit(score=0.9), hit(AT_THIRD, len(TEXT), 0.4))
ARTICLES = {"lavrov": article()}
SAID = AnswerSentence("Sergei Lavrov arrived in Havana on 19 April 2023.", (1,), "supported")


def answered(question: str, *, abstained: bool = False, standalone: str | None = None) -> Answer:
    return Answer(
        question=question,
        standalone_question=standalone or question,
        answer=REFUSAL if abstained else f"{SAID.text} [1]",
        abstained=abstained,
        sentences=() if abstained else (SAID,),
        citations=() if abstained else (citation(),),
        evidence=HITS,
        model="scripted",
        timings_ms={"retrieve": 20, "first_token": 900, "total": 1234},
    )


def tell(question: str, history: tuple[Turn, ...] = (), filters: Filters = EVERYTHING) -> Iterator[Event]:
    """What the pipeline tells for a question it can answer; a question about the moon is refused."""
    standalone = f"{question} (after {len(history)} messages)" if history else question
    yield EvidenceFound(standalone, HITS, ARTICLES)
    yield Step("2 passages from 1 articles, 0.0 s")
    yield Step("reading 1 of 2")
    if "moon" in question:
        yield Done(answered(question, abstained=True, standalone=standalone))
        return
    yield SentencePassed(SAID, (citation(),))
    yield Done(answered(question, standalone=standalone))


class Seen(HTMLParser):
    """What a browser would make of some HTML: its elements and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data
