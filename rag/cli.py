"""The door: `dateline COMMAND`. Each command imports the rooms it needs, so that all of them start fast."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag import __version__
from rag.config import BUNDLED_CORPUS, Settings, load_settings
from rag.errors import DatelineError, UsageError

if TYPE_CHECKING:
    from rag.schema import Answer, Hit

Command = Callable[[argparse.Namespace, Settings], int]
EXAMPLES = (
    "When did Lavrov visit Havana?",
    "Which countries did Raisi visit on his tour?",
    "What did Putin and Díaz-Canel discuss on the telephone?",
    "Did Lavrov go to Brazil?",
)


def main(argv: Sequence[str] | None = None) -> int:
    """The whole program. 0 done, 1 an error told in one line on stderr, 2 wrong usage."""
    _quiet_libraries()
    try:
        args = make_parser().parse_args(argv)
        settings = load_settings(
            home=args.home,
            model=getattr(args, "model", None),
            llm_url=getattr(args, "llm_url", None),
            llm_key=getattr(args, "llm_key", None),
        )
        return int(args.command(args, settings))
    except DatelineError as error:
        print(f"dateline: {error}", file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("dateline: stopped", file=sys.stderr)
        return 130


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline", description="Ask a folder of news articles; every sentence of the answer carries its proof."
    )
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(name: str, command: Command, help: str, *, reads: bool = False) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(command=command)
        sub.add_argument("--home", metavar="DIR", help="where index and settings are kept (default ./.dateline)")
        if reads:
            sub.add_argument("--model", metavar="NAME|FILE.gguf", help="another local model, or the endpoint's model")
            sub.add_argument("--llm-url", metavar="URL", help="an OpenAI-compatible endpoint to read with instead")
            sub.add_argument("--llm-key", metavar="KEY", help="its key (better given as DATELINE_LLM_KEY)")
        return sub

    sub = add("index", index, "bring the index up to date with files and folders of articles")
    sub.add_argument("paths", nargs="*", type=Path, metavar="PATH", help="default: the bundled corpus")
    sub.add_argument("--rebuild", action="store_true", help="forget the present index first")

    sub = add("articles", articles, "list the articles")
    sub.add_argument("--json", action="store_true", help="one JSON object a line")
    sub.add_argument("--text", action="store_true", help="with --json: the cleaned text too")

    sub = add("article", article, "print one article as it is stored")
    sub.add_argument("id", metavar="ID")
    sub.add_argument("--json", action="store_true")

    sub = add("search", search, "find passages")
    _add_question(sub)
    sub.add_argument("-k", type=_positive, default=10, help="how many passages (default 10)")

    _add_question(add("ask", ask, "answer a question with citations", reads=True))

    sub = add("chat", chat, "open the chat page", reads=True)
    sub.add_argument("--port", type=int, default=7860)
    sub.add_argument("--host", default="127.0.0.1", help=argparse.SUPPRESS)

    from eval.run import add_arguments

    add_arguments(add("eval", evaluate, "ask the evaluation's questions and judge the answers", reads=True))

    sub = add("models", models, "list the models, or fetch one")
    sub.add_argument("action", nargs="?", choices=["pull"], help="pull NAME: fetch or mend a model")
    sub.add_argument("name", nargs="?", metavar="NAME")
    sub.add_argument("--check", action="store_true", help="hash every byte of the models that are here")
    return parser


def index(args: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from rag.pipeline import build_index, open_archive

    with open_archive(settings, index_corpus=False) as archive, tqdm(unit=" articles", disable=None) as bar:
        if args.rebuild:
            archive.clear()

        def report(done: int, total: int, path: Path) -> None:
            bar.total = total
            bar.update(done - bar.n)

        done = build_index(args.paths or [BUNDLED_CORPUS], archive, report)
    for reason in done.failed.values():
        print(f"skipped {reason}", file=sys.stderr)
    print(done)
    if not (done.added or done.changed or done.unchanged):
        print("dateline: nothing was indexed; name files or folders of .txt or .md articles", file=sys.stderr)
        return 1
    return 0


def articles(args: argparse.Namespace, settings: Settings) -> int:
    if args.text and not args.json:
        raise UsageError("--text goes with --json")
    from rag.pipeline import open_archive

    with open_archive(settings, index_corpus=False) as archive:
        for item in archive.store.articles():
            if args.json:
                _print_json(item.to_json(with_text=args.text))
            else:
                published = item.published.isoformat() if item.published else "no date   "
                print(f"{item.id}  {published}  {item.outlet or '-':24.24}  {item.title[:70]}")
    return 0


def article(args: argparse.Namespace, settings: Settings) -> int:
    from rag.pipeline import open_archive

    with open_archive(settings, index_corpus=False) as archive:
        found = archive.store.article(args.id)
    if found is None:
        raise DatelineError(f"no article has the id {args.id}; `dateline articles` lists them")
    if args.json:
        _print_json(found.to_json(with_text=True) | {"captions": found.captions, "notes": found.notes})
    else:
        print(f"{found.title}\n{found.outlet or 'unknown outlet'}, {found.published or 'no date'}\n{found.path}\n")
        print(found.text)
    return 0


def search(args: argparse.Namespace, settings: Settings) -> int:
    from rag.pipeline import check_question, open_archive

    def find(row: dict[str, Any]) -> tuple[dict[str, Any], list[Hit]]:
        question = check_question(row["question"])
        hits = archive.search(question, args.k)
        return {"question": question, "hits": [hit.to_json() for hit in hits]}, hits

    with open_archive(settings) as archive:
        if args.batch:
            return _batch(args.batch, lambda row: find(row)[0])
        found, hits = find({"question": args.question})
        if args.json:
            _print_json(found)
        else:
            for hit in hits:
                print(f"{hit.score:.2f}  {hit.article_id}:{hit.start}-{hit.end}\n      {hit.text}\n")
    return 0


def ask(args: argparse.Namespace, settings: Settings) -> int:
    from rag.answer.llm import open_language_model
    from rag.pipeline import answer, open_archive

    with open_language_model(settings) as model, open_archive(settings) as archive:

        def reply(row: dict[str, Any]) -> Answer:
            return answer(archive, model, row["question"], _history(row), _today(row))

        if args.batch:
            return _batch(args.batch, lambda row: reply(row).to_json())
        said = reply({"question": args.question})
    if args.json:
        _print_json(said.to_json())
    else:
        print(render(said))
    return 0


def render(said: Answer) -> str:
    """An answer for a terminal: the text, then its quotes, or on a refusal the nearest passages."""
    lines = [said.answer, ""]
    for citation in said.citations:
        card = ", ".join(filter(None, [citation.title, citation.outlet, str(citation.published or "no date")]))
        copies = f" (+{len(citation.also_in)} copies)" if citation.also_in else ""
        lines += [f'[{citation.n}] "{citation.quote}"', f"    {card}{copies}", f"    {citation.path}"]
    if said.abstained:
        lines += ["Nearest passages:", *(f"- {hit.text}\n" for hit in said.evidence[:3])]
    return "\n".join(lines)


def chat(args: argparse.Namespace, settings: Settings) -> int:
    from rag import pipeline
    from rag.answer.llm import open_language_model
    from ui.app import build_page, launch

    with open_language_model(settings) as model, pipeline.open_archive(settings) as archive:
        archive.warm()
        count = len(archive.store.articles())
        where = f"read by {model.name} at {model.address}" if model.address else f"read here by {model.name}"
        page = build_page(
            lambda question, history: pipeline.ask(archive, model, question, history), EXAMPLES, f"{count} articles, {where}"
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
        return 0
    for row in list_models(settings, check=args.check):
        mark = "*" if row.default else " "
        print(f"{mark} {row.name:20} {row.kind:10} {row.size / 1e6:6.0f} MB  {row.licence:11} {row.state:8} {row.path}")
    return 0


def _add_question(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar="Q")
    what.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="one question a line, one answer a line")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _batch(path: Path, reply: Callable[[dict[str, Any]], dict[str, Any]]) -> int:
    """Prints one object a line, in order. A line that fails says so in its place, and the status is 1."""
    status = 0
    for line in _lines(path):
        question: Any = None
        try:
            row = json.loads(line)
            if not isinstance(row, dict) or not isinstance(row.get("question"), str):
                raise UsageError('a line is {"question": "…", "date": "YYYY-MM-DD", "history": […]}')
            question = row["question"]
            _print_json(reply(row))
        except json.JSONDecodeError as error:
            status = 1
            _print_json({"question": question, "error": f"not JSON: {error}"})
        except DatelineError as error:
            status = 1
            _print_json({"question": question, "error": str(error)})
    return status


def _lines(path: Path) -> Iterator[str]:
    try:
        with path.open(encoding="utf-8") as file:
            yield from (line for line in file if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: cannot be read ({error})") from error


def _history(row: dict[str, Any]) -> list[Any]:
    from rag.schema import Turn

    try:
        return [Turn(turn["role"], turn["content"]) for turn in row.get("history") or ()]
    except (TypeError, KeyError) as error:
        raise UsageError('history is a list of {"role": "user" or "assistant", "content": "…"}') from error


def _today(row: dict[str, Any]) -> date | None:
    try:
        return date.fromisoformat(row["date"]) if row.get("date") else None
    except (TypeError, ValueError) as error:
        raise UsageError(f"date {row['date']!r} is not YYYY-MM-DD") from error


def _print_json(row: dict[str, Any]) -> None:
    print(json.dumps(row, ensure_ascii=False), flush=True)


def _positive(text: str) -> int:
    value = int(text)
    if value < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return value


def _quiet_libraries() -> None:
    """No progress bars, telemetry or start-up chatter of others on our stderr, and no look at any hub."""
    for name, value in {
        "HF_HUB_OFFLINE": "1",
        "HF_HUB_DISABLE_TELEMETRY": "1",
        "HF_HUB_DISABLE_PROGRESS_BARS": "1",
        "TRANSFORMERS_VERBOSITY": "error",
        "TOKENIZERS_PARALLELISM": "false",
        "ANONYMIZED_TELEMETRY": "False",
        "GRADIO_ANALYTICS_ENABLED": "False",
    }.items():
        os.environ.setdefault(name, value)


if __name__ == "__main__":
    sys.exit(main())
