"""The real page over a real archive, with a model that needs none: for tests and pictures of the page in a browser.

`python -m tests.scripted_page --home HOME --port PORT [PATH ...]` indexes the paths and serves. What is asked is
answered with sentences of the passages found; a word of the question chooses another end, see `answers`.
"""

from __future__ import annotations

import argparse
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from rag.answer.cite import make_citation, marked
from rag.answer.llm import LanguageModel, open_language_model
from rag.answer.loaded import LoadedModel
from rag.answer.prompts import REFUSAL
from rag.config import Settings
from rag.desk.database import DeskFile
from rag.desk.settings_file import load, with_saved
from rag.desk.users import Users
from rag.errors import EndpointError
from rag.index.archive import Archive
from rag.indexing import build_index
from rag.one_at_a_time import one_at_a_time
from rag.schema import (
    EVERYTHING,
    Answer,
    AnswerSentence,
    Citation,
    Done,
    Event,
    EvidenceFound,
    Filters,
    Hit,
    SentencePassed,
    Step,
    Turn,
)
from tests.conftest import QueueLLM, WordsEmbedding
from ui.app import build_page, launch
from ui.controls import Controls
from ui.desk import Desk
from ui.holdings import Holdings
from ui.openai_api import routes

CITED = 3  # sentences of an answer
LONG = 60  # of a very long one


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--auth", type=Path)
    parser.add_argument("--pull-later", action="store_true")
    args = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    archive = open_scripted(args.home)
    given, loaded = archive.settings, LoadedModel(scripted_model)
    if not args.pull_later:
        loaded.load(with_saved(given, load(args.home)))
    controls = Controls(given, loaded, 8, shared=args.auth is not None)
    if args.paths:
        build_index(args.paths, archive, workers=0)
    ask = one_at_a_time(lambda question, history, filters=EVERYTHING: answers(archive, question, history, filters))
    desk = Desk(DeskFile(args.home), archive.store, lambda: "scripted")
    page = build_page(ask, Holdings(archive), "read by nobody", desk, controls)
    admits = Users(args.auth).admits if args.auth else None
    launch(page, "127.0.0.1", args.port, admits, routes(ask, admits))
    archive.close()


@contextmanager
def scripted_model(settings: Settings) -> Iterator[LanguageModel]:
    """An endpoint is spoken to in earnest; a local model is one that needs none."""
    if settings.llm_url:
        with open_language_model(settings) as model:
            yield model
    else:
        yield LanguageModel(QueueLLM(), "nobody")


def open_scripted(home: Path) -> Archive:
    archive = Archive(Settings(home=home, cache=home / "cache", offline=True))
    archive.__dict__["embedder"] = WordsEmbedding()
    return archive


def answers(
    archive: Archive, question: str, history: tuple[Turn, ...] = (), filters: Filters = EVERYTHING
) -> Iterator[Event]:
    """`Reykjavik` is refused, `down` finds the endpoint dead, `broken` what nobody foresaw, `slow` takes its time,
    `long` is very long."""
    if "broken" in question:
        raise RuntimeError("nobody foresaw this")
    narrowed = archive.narrow(filters) if filters else None
    hits = tuple(archive.search(question, 8, filters=narrowed.filters if narrowed else filters))
    articles = archive.articles_of(hits)
    yield EvidenceFound(question, hits, articles)
    yield Step(f"{len(hits)} passages from {len(articles)} articles, 0.0 s")
    if "down" in question:
        raise EndpointError("the model at http://127.0.0.1:9/v1 does not answer; start it and ask again")
    sentences: list[AnswerSentence] = []
    citations: list[Citation] = []
    for hit in () if "Reykjavik" in question else _cited(hits, LONG if "long" in question else CITED):
        yield Step(f"reading {len(citations) + 1} of {CITED}")
        time.sleep(2 if "slow" in question else 0)
        article = articles[hit.article_id]
        quote = next(one for one in article.sentences if one.start >= hit.start)
        new = () if len(citations) >= CITED else (make_citation(len(citations) + 1, article, quote),)
        citations += new
        said = " ".join(article.text[quote.start : quote.end].split())
        sentences.append(AnswerSentence(said, (citations[-1].n,), "supported"))
        yield SentencePassed(sentences[-1], new)
    yield Done(replace(_answer(question, sentences, citations, hits), narrowed=narrowed))


def _cited(hits: tuple[Hit, ...], count: int) -> Iterator[Hit]:
    """The best passages of different articles, again and again until there are `count`."""
    best = list({hit.article_id: hit for hit in reversed(hits)}.values())[::-1]
    return (best[at % len(best)] for at in range(min(count, max(count if count == LONG else len(best), 0))) if best)


def _answer(question: str, sentences: list[AnswerSentence], citations: list[Citation], hits: Any) -> Answer:
    return Answer(
        question=question,
        standalone_question=question,
        answer=" ".join(map(marked, sentences)) or REFUSAL,
        abstained=not sentences,
        sentences=tuple(sentences),
        citations=tuple(citations),
        evidence=hits,
        model="scripted",
        timings_ms={"retrieve": 20, "first_token": 900, "total": 1234},
    )


if __name__ == "__main__":
    main()
