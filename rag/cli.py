"""The door: `dateline COMMAND`. Here the words of a command are read and its errors told, no more."""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from rag import __version__, commands, keeping, serving
from rag.config import load_settings
from rag.desk.commands import feedback
from rag.errors import DatelineError, UsageError
from rag.filters import period
from rag.terminal import one_line

COLLECT_AFTER = 100_000
"""New objects before Python looks for unreachable ones. At its own 700 it looks 1,600 times while the libraries are
imported, which is 16 % of that time (1.8 s of 11 s); so, 10 times and 4 to 8 %."""
STOPPED = 130  # what a shell gives a program that Ctrl-C ended: 128 + SIGINT


def main(argv: Sequence[str] | None = None) -> int:
    """The whole program. 0 done, 1 an error told in one line on stderr, 2 wrong usage."""
    _quiet_libraries()
    _print_anything()
    gc.set_threshold(COLLECT_AFTER)
    args = make_parser().parse_args(argv)
    settings = load_settings(
        home=args.home,
        model=getattr(args, "model", None),
        llm_url=getattr(args, "llm_url", None),
        llm_key=getattr(args, "llm_key", None),
        chroma_url=getattr(args, "chroma_url", None),
    )
    try:
        return int(args.command(args, settings))
    except DatelineError as error:
        return _told(str(error), error.exit_status)
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        return _told(f"{error.filename or 'the system says'}: {error.strerror or error}", DatelineError.exit_status)
    except KeyboardInterrupt:
        return _told("stopped", STOPPED)


def make_parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="dateline",
        description="Ask a folder of news articles; every sentence of the answer carries its proof.",
    )
    parser.add_argument("--version", action="version", version=f"dateline {__version__}")
    subparsers = parser.add_subparsers(metavar="COMMAND", required=True)

    def add(
        name: str, command: keeping.Command, help: str, *, reads: bool = False, opens: bool = True
    ) -> argparse.ArgumentParser:
        sub = subparsers.add_parser(name, help=help, description=help)
        sub.set_defaults(command=command)
        sub.add_argument("--home", metavar="DIR", help="where index and settings are kept (default ./.dateline)")
        if opens:
            sub.add_argument("--chroma-url", metavar="URL", help="a Chroma server that keeps the vectors instead")
        if reads:
            sub.add_argument("--model", metavar="NAME|FILE.gguf", help="another local model, or the endpoint's model")
            sub.add_argument("--llm-url", metavar="URL", help="an OpenAI-compatible endpoint to read with instead")
            sub.add_argument("--llm-key", metavar="KEY", help="its key (better given as DATELINE_LLM_KEY)")
        return sub

    sub = add("index", keeping.index, "bring the index up to date with files, folders and addresses of articles")
    sub.add_argument(
        "paths",
        nargs="*",
        metavar="PATH",
        help="files, folders, patterns, http(s) addresses (default: the bundled corpus)",
    )
    sub.add_argument("--allow-private", action="store_true", help="fetch addresses of the local network as well")
    sub.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    sub.add_argument("--remove", action="store_true", help="take what came from PATH out of the index; files stay")
    sub.add_argument(
        "--rebuild", action="store_true", help="read and embed anew what the index knows, or only what is under PATH"
    )

    sub = add("articles", keeping.articles, "list the articles")
    sub.add_argument("--json", action="store_true", help="one JSON object a line")
    sub.add_argument("--text", action="store_true", help="with --json: the cleaned text too")
    _add_filters(sub)
    sub.add_argument("--title", metavar="WORDS", help="only those with these words in the title")
    sub.add_argument(
        "--sort", choices=["date", "outlet", "title", "words"], help="newest or longest first; else by path"
    )

    sub = add("article", keeping.article, "print one article as it is stored")
    sub.add_argument("id", metavar="ID")
    sub.add_argument("--json", action="store_true", help="print JSON")

    add("doctor", keeping.doctor, "look the index over, and mend what is wrong with it")

    sub = add("search", commands.search, "find passages")
    _add_question(sub)
    sub.add_argument("-k", type=_positive, default=10, help="how many passages (default 10)")

    sub = add("ask", commands.ask, "answer a question with citations", reads=True)
    _add_question(sub)
    sub.add_argument(
        "--export", type=Path, metavar="FILE.md|.html|.json", help="write the answer with all its evidence as well"
    )

    sub = add("chat", commands.chat, "open the chat page", reads=True)
    sub.add_argument("--port", type=_port, default=7860, help="default 7860")
    sub.add_argument("--host", default="127.0.0.1", help="default 127.0.0.1: only this machine")
    sub.add_argument("--auth", type=Path, metavar="FILE", help="let in only its users, each with conversations apart")
    sub.add_argument("--add-user", metavar="NAME", help="add a user to FILE (default HOME/users), or a new password")
    sub.add_argument("--pull-later", action="store_true", help="open the page at once; fetch a missing model from it")
    sub.add_argument("--insecure", action="store_true", help="listen on any address without --auth")

    add("mcp", serving.mcp, "serve the archive as tools to an assistant (MCP, over standard input)", reads=True)

    sub = add("feedback", feedback, "what readers thought of answers", opens=False)
    sub.add_argument("action", choices=["list", "export"], help="list it, or make evaluation questions of it")
    sub.add_argument("--json", action="store_true", help="one JSON object a line; an export is that anyway")
    sub.add_argument("--output", type=Path, metavar="FILE.jsonl", help="export: into a file for `dateline eval`")

    from eval.run import add_arguments

    sub = add("eval", commands.evaluate, "ask the evaluation's questions and judge the answers", reads=True)
    add_arguments(sub)

    sub = add("models", commands.models, "list the models, or fetch one", opens=False)
    sub.add_argument("action", nargs="?", choices=["pull"], help="pull NAME: fetch or mend a model")
    sub.add_argument("name", nargs="?", metavar="NAME")
    sub.add_argument("--check", action="store_true", help="hash every byte of the models that are here")
    return parser


def _add_question(parser: argparse.ArgumentParser) -> None:
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("question", nargs="?", metavar="Q")
    what.add_argument("--batch", type=Path, metavar="FILE.jsonl", help="one question a line, one JSON object a line")
    parser.add_argument("--json", action="store_true", help="print JSON")
    _add_filters(parser)


def _add_filters(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--since",
        type=_first_day,
        metavar="DAY",
        help="only articles published then or later: YYYY-MM-DD, YYYY-MM, YYYY",
    )
    parser.add_argument("--until", type=_last_day, metavar="DAY", help="only articles published then or earlier")
    parser.add_argument(
        "--outlet", action="append", metavar="NAME", help="only articles of this outlet; may be given again"
    )


def _first_day(text: str) -> date:
    return _period(text)[0]


def _last_day(text: str) -> date:
    return _period(text)[1]


def _period(text: str) -> tuple[date, date]:
    try:
        return period(text)
    except UsageError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _positive(text: str) -> int:
    return _whole(text, 1, sys.maxsize, "must be a whole number, 1 or more")


def _port(text: str) -> int:
    return _whole(text, 1, 65535, "must be a port, 1 to 65535")


def _whole(text: str, least: int, most: int, otherwise: str) -> int:
    if not (text.isascii() and text.isdigit() and least <= int(text) <= most):
        raise argparse.ArgumentTypeError(otherwise)
    return int(text)


def _told(message: str, status: int) -> int:
    print(f"dateline: {one_line(message)}", file=sys.stderr)
    return status


def _print_anything() -> None:
    """A terminal that cannot show a character shows a question mark, and the program goes on."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


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
