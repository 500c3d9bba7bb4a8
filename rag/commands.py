"""What each command does: it opens what it needs, imports it only then, and prints what came of it."""

from __future__ import annotations

import argparse
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from rag import terminal
from rag.batch import Asked, read_lines, replies
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import DatelineError, EndpointError, ReadError, UsageError
from rag.schema import Article, Done, Event, SentencePassed, Step

if TYPE_CHECKING:
    from rag.answer.llm import LanguageModel
    from rag.index.archive import Archive

Command = Callable[[argparse.Namespace, Settings], int]


def index(args: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from rag.ingest.readers import Source, find_files, to_source
    from rag.pipeline import build_index, open_archive

    named = [to_source(name, allow_private=args.allow_private) for name in args.paths]
    paths: list[Source] = named or [BUNDLED_CORPUS]
    if not any(find_files(paths)) and not settings.home.exists():  # a slip of the pen makes and clears no home
        raise ReadError(f"{', '.join(map(str, paths))}: no files there; name files or folders of articles")
    with open_archive(settings, index_corpus=False) as archive, tqdm(unit=" articles", disable=None) as bar:
        if args.rebuild:
            with archive.writing():
                archive.clear()

        def report(done: int, total: int, source: Source) -> None:
            bar.total = total
            bar.update(done - bar.n)

        done = build_index(paths, archive, report)
    for reason in done.failed.values():
        print(f"skipped {terminal.one_line(reason)}", file=sys.stderr)
    print(done)
    if not (done.added or done.changed or done.unchanged or done.removed):
        raise ReadError("nothing was indexed; name files or folders of articles")
    return 0


def articles(args: argparse.Namespace, settings: Settings) -> int:
    if args.text and not args.json:
        raise UsageError("--text goes with --json")
    rows = _stored(settings)
    if args.json:
        for row in rows:
            _print_json(row.to_json(with_text=args.text))
    elif rows:
        print(terminal.article_table(rows))
    else:
        print(f"dateline: no articles in {settings.home} yet; `dateline index PATH` adds some", file=sys.stderr)
    return 0


def article(args: argparse.Namespace, settings: Settings) -> int:
    found = next(iter(_stored(settings, {args.id})), None)
    if found is None:
        raise DatelineError(f"no article has the id {args.id}; `dateline articles` lists them")
    if args.json:
        _print_json(found.to_json(with_text=True) | {"captions": found.captions, "notes": found.notes})
    else:
        print(terminal.whole_article(found))
    return 0


def search(args: argparse.Namespace, settings: Settings) -> int:
    from rag.answer.scope import check_question
    from rag.pipeline import open_archive

    lines = read_lines(args.batch) if args.batch else []
    question = None if args.batch else check_question(args.question)
    with open_archive(settings) as archive:

        def find(asked: Asked) -> dict[str, Any]:
            wanted = check_question(asked.question)
            return {"question": wanted, "hits": [hit.to_json() for hit in archive.search(wanted, args.k)]}

        if question is None:
            return _print_replies(replies(lines, find))
        if args.json:
            _print_json(find(Asked(question)))
            return 0
        hits = archive.search(question, args.k)
        print(terminal.hit_list(hits, archive.articles_of(hits)) if hits else "Nothing was found.")
    return 0


def ask(args: argparse.Namespace, settings: Settings) -> int:
    from rag import pipeline
    from rag.answer.llm import open_language_model
    from rag.answer.scope import check_question

    lines = read_lines(args.batch) if args.batch else []
    question = None if args.batch else check_question(args.question)
    with pipeline.open_archive(settings) as archive:
        try:
            with open_language_model(settings) as model:
                _warm(model)

                def reply(asked: Asked) -> dict[str, Any]:
                    return pipeline.answer(archive, model, asked.question, asked.history, asked.today).to_json()

                if question is None:
                    return _print_replies(replies(lines, reply))
                if args.json:
                    _print_json(reply(Asked(question)))
                else:
                    _tell(pipeline.ask(archive, model, question), archive)
                return 0
        except EndpointError:
            if question is not None and not args.json:  # what was found needs no model
                hits = archive.search(question, terminal.NEAREST)
                print(terminal.nearest(hits, archive.articles_of(hits)), flush=True)
            raise


def chat(args: argparse.Namespace, settings: Settings) -> int:
    from rag import pipeline
    from rag.answer.llm import open_language_model
    from rag.examples import examples_for
    from ui.app import build_page, launch

    signal.signal(signal.SIGTERM, signal.default_int_handler)  # whoever manages services ends it like Ctrl-C
    with open_language_model(settings) as model, pipeline.open_archive(settings) as archive:
        archive.warm()
        _warm(model)
        listed = archive.store.articles()
        where = f"read by {model.name} at {model.address}" if model.address else f"read here by {model.name}"
        page = build_page(
            lambda question, history: pipeline.ask(archive, model, question, history),
            examples_for(listed, archive.article),
            f"{len(listed)} {'article' if len(listed) == 1 else 'articles'}, {where}",
        )
        launch(page, args.host, args.port)
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


def _warm(model: LanguageModel) -> None:
    """Lets the engine in this process read its worked examples while the rest is still being loaded."""
    from rag.answer.read import warm

    if model.address is None:
        threading.Thread(target=warm, args=(model.metered(),), daemon=True).start()


def _stored(settings: Settings, ids: set[str] | None = None) -> list[Article]:
    """The articles of those ids, or all; of a home that is not there, none: looking does not make one."""
    from rag.pipeline import open_archive

    if not settings.home.exists():
        return []
    with open_archive(settings, index_corpus=False) as archive:
        return archive.store.articles(ids)


def _tell(events: Iterator[Event], archive: Archive) -> None:
    """Each sentence as soon as it has passed, then the proof; where stderr is a terminal, the steps there."""
    shown = False
    for event in events:
        if isinstance(event, Step) and sys.stderr.isatty():
            print(terminal.clipped(event.text, terminal.columns()), file=sys.stderr, flush=True)
        elif isinstance(event, SentencePassed):
            print(terminal.answer_sentence(event.sentence), flush=True)
            shown = True
        elif isinstance(event, Done):
            said = event.answer
            if not shown:
                print(terminal.paragraph(said.answer))
            print(f"\n{terminal.proof(said, archive.articles_of(said.evidence))}")


def _print_replies(rows: Iterator[dict[str, Any]]) -> int:
    failed = False
    for row in rows:
        failed = failed or "error" in row
        _print_json(row)
    return 1 if failed else 0


def _print_json(row: dict[str, Any]) -> None:
    print(terminal.json_line(row, sys.stdout.encoding or "utf-8"), flush=True)
