"""What each command that answers does: it opens what it needs, imports it only then, and prints what came of it."""

from __future__ import annotations

import argparse
import signal
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING, Any

from rag import terminal
from rag.batch import Asked, read_lines, replies
from rag.config import Settings
from rag.desk.commands import USERS, add_user, check_export, chosen, export, let_in
from rag.errors import EndpointError, UsageError
from rag.schema import EVERYTHING, Answer, Done, Event, EvidenceFound, Filters, SentencePassed, Step, Turn
from rag.terminal import print_json

if TYPE_CHECKING:
    from rag.index.archive import Archive


def search(args: argparse.Namespace, settings: Settings) -> int:
    from rag.answer.scope import check_question
    from rag.pipeline import open_archive
    from rag.programs import found

    lines = read_lines(args.batch) if args.batch else []
    question = None if args.batch else check_question(args.question)
    filters = _filters(args)
    with open_archive(settings) as archive:
        _warn_of_lost_vectors(archive)

        def find(asked: Asked) -> dict[str, Any]:
            return found(archive, asked.question, args.k, asked.filters)

        if question is None:
            return _print_replies(replies(lines, find, filters))
        if args.json:
            print_json(find(Asked(question, filters=filters)))
            return 0
        narrowed = archive.narrow(filters)
        hits = archive.search(question, args.k, filters=narrowed.filters)
        print(terminal.hit_list(hits, archive.articles_of(hits)) if hits else "Nothing was found.")
        if narrowed.filters:
            print(f"\n{terminal.paragraph(str(narrowed))}")
    return 0


def ask(args: argparse.Namespace, settings: Settings) -> int:
    from rag import pipeline
    from rag.answer.llm import open_language_model
    from rag.answer.loaded import warming
    from rag.answer.scope import check_question

    if args.export:
        check_export(args)
    lines = read_lines(args.batch) if args.batch else []
    question = None if args.batch else check_question(args.question)
    filters = _filters(args)
    settings, passages = chosen(settings)
    with pipeline.open_archive(settings) as archive:
        _warn_of_lost_vectors(archive)
        filters = filters if args.batch else archive.narrow(filters).filters  # told before a model is loaded
        try:
            with open_language_model(settings) as model:
                warming(model)

                def reply(asked: Asked) -> dict[str, Any]:
                    return pipeline.answer(
                        archive, model, asked.question, asked.history, asked.today, passages, asked.filters
                    ).to_json()

                if question is None:
                    return _print_replies(replies(lines, reply, filters))
                if args.json:
                    said = pipeline.answer(archive, model, question, passages=passages, filters=filters)
                    print_json(said.to_json())
                else:
                    events = pipeline.ask(archive, model, question, passages=passages, filters=filters)
                    said = _tell(events, archive, question)
                if args.export:
                    export(said, archive, args.export)
                return 0
        except EndpointError:
            if question is not None and not args.json:  # what was found needs no model
                hits = archive.search(question, terminal.NEAREST, filters=filters)
                print(terminal.nearest(hits, archive.articles_of(hits)), flush=True)
            raise


def chat(args: argparse.Namespace, settings: Settings) -> int:
    from ui.port import require_free

    if args.add_user:
        return add_user(args.add_user, args.auth or settings.home / USERS)
    users = let_in(args)
    require_free(args.host, args.port)
    from rag import pipeline
    from rag.addresses import is_loopback
    from rag.answer.loaded import LoadedModel, is_at_hand
    from rag.clock import utc_now
    from rag.desk.conversations import KEPT_DELETED, purge
    from rag.desk.database import DeskFile
    from rag.one_at_a_time import one_at_a_time
    from ui.app import build_page, launch
    from ui.controls import Controls
    from ui.desk import Desk
    from ui.holdings import Holdings
    from ui.openai_api import routes

    given = settings
    settings, passages = chosen(settings)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever manages services ends it like Ctrl-C
    with closing(LoadedModel()) as loaded:
        if not (args.pull_later and not is_at_hand(settings)):
            loaded.load(settings)
        with pipeline.open_archive(settings) as archive, closing(DeskFile(settings.home)) as file:
            purge(file, utc_now() - KEPT_DELETED)
            _warn_of_lost_vectors(archive)
            archive.warm()
            controls = Controls(given, loaded, passages, shared=users is not None or not is_loopback(args.host))

            def asked(question: str, history: tuple[Turn, ...], only: Filters = EVERYTHING, /) -> Iterator[Event]:
                with loaded.reading() as model:
                    yield from pipeline.ask(archive, model, question, history, passages=controls.passages, filters=only)

            desk = Desk(file, archive.store, controls.reads)
            in_turn, admits = one_at_a_time(asked), users.admits if users else None
            page = build_page(in_turn, Holdings(archive), controls.where(), desk, controls)
            launch(page, args.host, args.port, admits, routes(in_turn, admits))
    return 0


def evaluate(args: argparse.Namespace, settings: Settings) -> int:
    from eval.run import main as run

    return run(args, settings)


def models(args: argparse.Namespace, settings: Settings) -> int:
    from rag.models import list_models, pull_model

    if args.action == "pull":
        if not args.name:
            raise UsageError("which model? `dateline models` lists the names")
        print(pull_model(args.name, settings))
    else:
        print(terminal.model_table(list_models(settings, check=args.check)))
    return 0


def _warn_of_lost_vectors(archive: Archive) -> None:
    if archive.lacks_vectors():
        print(
            f"dateline: {archive.home}: its vectors are not there, so only words are looked for; "
            "`dateline doctor` mends that",
            file=sys.stderr,
        )


def _filters(args: argparse.Namespace) -> Filters:
    return Filters(args.since, args.until, tuple(args.outlet or ()))


def _tell(events: Iterator[Event], archive: Archive, question: str) -> Answer:
    """How the question was read, if otherwise than it was put; each sentence as soon as it has passed, then the proof;
    where stderr is a terminal, the steps there."""
    shown = False
    for event in events:
        if isinstance(event, EvidenceFound) and event.standalone_question != question:
            print(f"{terminal.paragraph(f'Read as: {event.standalone_question}')}\n", flush=True)
        elif isinstance(event, Step) and sys.stderr.isatty():
            print(terminal.clipped(event.text, terminal.columns()), file=sys.stderr, flush=True)
        elif isinstance(event, SentencePassed):
            print(terminal.answer_sentence(event.sentence), flush=True)
            shown = True
        elif isinstance(event, Done):
            said = event.answer
            if not shown:
                print(terminal.paragraph(said.answer))
            print(f"\n{terminal.proof(said, archive.articles_of(said.evidence))}")
            if said.narrowed:
                print(f"\n{terminal.paragraph(str(said.narrowed))}")
            return said
    raise EndpointError("the answer broke off; try again")


def _print_replies(rows: Iterator[dict[str, Any]]) -> int:
    failed = False
    for row in rows:
        failed = failed or "error" in row
        print_json(row)
    return 1 if failed else 0
