"""`dateline mcp`: the archive served to an assistant, which starts this program and talks to it through its pipes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

from rag.config import Settings
from rag.desk.commands import chosen
from rag.schema import EVERYTHING, Event, Filters, Turn

if TYPE_CHECKING:
    from rag.answer.llm import LanguageModel
    from rag.programs import Programs


def mcp(args: argparse.Namespace, settings: Settings) -> int:
    from rag.tools import serve

    serve(lambda: programs(settings))
    return 0


@contextmanager
def programs(settings: Settings) -> Iterator[Programs]:
    """What programs may ask of the home; the model is loaded for the first question, searching needs none."""
    from rag import pipeline
    from rag.answer.llm import open_language_model
    from rag.one_at_a_time import one_at_a_time
    from rag.programs import Programs

    settings, passages = chosen(settings)
    with ExitStack() as stack:
        archive = stack.enter_context(pipeline.open_archive(settings))
        model: list[LanguageModel] = []

        def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /) -> Iterator[Event]:
            if not model:
                model.append(stack.enter_context(open_language_model(settings)))
            yield from pipeline.ask(archive, model[0], question, history, passages=passages, filters=filters)

        yield Programs(archive, one_at_a_time(ask))
