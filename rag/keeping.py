"""What each command that keeps the archive does: index, articles, article, doctor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from rag import terminal
from rag.config import BUNDLED_CORPUS, Settings
from rag.errors import DatelineError, HomeError, ReadError, UsageError
from rag.filters import checked_days, chosen_outlets
from rag.schema import EVERYTHING, Article, Filters

if TYPE_CHECKING:
    from rag.ingest.readers import Source
    from rag.survey import IndexReport

Command = Callable[[argparse.Namespace, Settings], int]

FAILED = "failed.txt"  # in the home: the files that the last run could not read, with the reasons


def index(args: argparse.Namespace, settings: Settings) -> int:
    from rag.indexing import build_index, rebuild, remove
    from rag.ingest.readers import to_source
    from rag.pipeline import open_archive
    from rag.progress import articles as progress

    if (args.remove and not args.paths) or args.remove + args.rebuild + args.dry_run > 1:
        raise UsageError(
            "--remove needs a PATH, and goes with neither --rebuild nor --dry-run, nor they with each other"
        )
    named: list[Source] = [to_source(name, allow_private=args.allow_private) for name in args.paths]
    if args.dry_run:
        return _dry_run(named or [BUNDLED_CORPUS], settings)
    knows = settings.home.exists()
    paths = named or ([] if args.rebuild and knows else [BUNDLED_CORPUS])
    if not knows and (args.remove or not _any_files(paths)):  # a slip of the pen makes and clears no home
        raise ReadError(f"{', '.join(map(str, paths))}: no files there; name files or folders of articles")
    with open_archive(settings, index_corpus=False) as archive:
        if args.remove:
            done = remove(args.paths, archive)
        else:
            with progress("indexing") as report:
                if args.rebuild:
                    done = rebuild(paths, archive, report, allow_private=args.allow_private)
                else:
                    done = build_index(paths, archive, report)
    _tell(done, settings)
    if not (done.added or done.changed or done.unchanged or done.removed):
        raise ReadError("nothing was indexed; name files or folders of articles")
    return 0


def articles(args: argparse.Namespace, settings: Settings) -> int:
    if args.text and not args.json:
        raise UsageError("--text goes with --json")
    filters = checked_days(Filters(args.since, args.until, tuple(args.outlet or ())))
    stored = _stored(settings)
    rows = chosen(stored, filters, args.title, args.sort) if stored else []
    if args.json:
        for row in rows:
            terminal.print_json(row.to_json(with_text=args.text))
    elif rows:
        print(terminal.article_table(rows))
    elif stored:
        print(f"dateline: none of the {len(stored)} articles is like that", file=sys.stderr)
    else:
        print(f"dateline: no articles in {settings.home} yet; `dateline index PATH` adds some", file=sys.stderr)
    return 0


def article(args: argparse.Namespace, settings: Settings) -> int:
    found = next(iter(_stored(settings, {args.id})), None)
    if found is None:
        raise DatelineError(f"no article has the id {args.id}; `dateline articles` lists them")
    if args.json:
        terminal.print_json(found.to_json(with_text=True) | {"captions": found.captions, "notes": found.notes})
    else:
        print(terminal.whole_article(found))
    return 0


def doctor(args: argparse.Namespace, settings: Settings) -> int:
    from rag.doctor import examine
    from rag.pipeline import open_archive

    if not settings.home.exists():
        raise HomeError(f"{settings.home}: is not there, so there is nothing to mend; `dateline index PATH` makes it")
    with open_archive(settings, index_corpus=False) as archive:
        findings = 0
        for finding in examine(archive):
            print(finding, flush=True)
            findings += 1
        count, passages = len(archive.store.articles()), len(archive.store.chunk_ids())
        print(f"{count} articles, {passages} passages: {'all is well now' if findings else 'all is well'}")
    return 0


def chosen(
    listed: Sequence[Article],
    filters: Filters = EVERYTHING,
    title: str | None = None,
    sort: str | None = None,
) -> list[Article]:
    """Those that pass the filters, as questions read them, and whose title holds these words, in any case. Sorted by
    name, or the newest or the longest first; unknown ones last. Raises UsageError for an outlet that nobody has."""
    outlets = chosen_outlets(filters.outlets, {one.outlet for one in listed if one.outlet})
    found = [
        one
        for one in listed
        if (not outlets or one.outlet in outlets)
        and (not filters.by_date or _is_between(filters.since, one.published, filters.until))
        and (title is None or title.casefold() in one.title.casefold())
    ]
    if sort == "date":
        found.sort(key=lambda one: -(one.published or date.min).toordinal())
    elif sort == "words":
        found.sort(key=lambda one: -one.words)
    elif sort:
        found.sort(key=lambda one: (not getattr(one, sort), str(getattr(one, sort)).casefold()))
    return found


def _is_between(since: date | None, day: date | None, until: date | None) -> bool:
    """Both included; an unknown day is never between."""
    return day is not None and (since or date.min) <= day <= (until or date.max)


def _dry_run(paths: Sequence[Source], settings: Settings) -> int:
    from rag.pipeline import open_archive
    from rag.survey import preview

    if settings.home.exists():
        with open_archive(settings, index_corpus=False) as archive:
            done = preview(paths, archive.store.known(), archive.store.read_files())
    else:
        done = preview(paths, {}, {})
    for what in ("added", "changed", "removed"):
        for path in getattr(done, what):
            print(f"{what} {terminal.one_line(path)}")
    for reason in done.failed.values():
        print(f"skipped {terminal.one_line(reason)}", file=sys.stderr)
    print(f"{done} (nothing was written)")
    return 0


def _tell(done: IndexReport, settings: Settings) -> None:
    """What was done; each thing that failed with its reason, and in a file of the home too."""
    for remark in done.notices.values():
        print(f"note: {terminal.one_line(remark)}", file=sys.stderr)
    lines = [terminal.one_line(reason) for reason in done.failed.values()]
    for line in lines:
        print(f"skipped {line}", file=sys.stderr)
    listed = settings.home / FAILED
    if lines:
        listed.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8", errors="replace")
        print(f"{done} (see {listed})")
    else:
        listed.unlink(missing_ok=True)
        print(done)


def _any_files(paths: Sequence[Source]) -> bool:
    from rag.ingest.readers import find_files

    return any(find_files(paths))


def _stored(settings: Settings, ids: set[str] | None = None) -> list[Article]:
    """The articles of those ids, or all; of a home that is not there, none: looking does not make one."""
    from rag.pipeline import open_archive

    if not settings.home.exists():
        return []
    with open_archive(settings, index_corpus=False) as archive:
        return archive.store.articles(ids)
