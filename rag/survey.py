"""What there is to do for an archive, from what it knows and what is found; and what came of it, as files are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from rag.ingest.intake import Failed, Mark, Outcome, Same, Taken, Task, looks_as
from rag.ingest.readers import Source, find_files, holds, to_source
from rag.ingest.workers import take_in_all


@dataclass
class IndexReport:
    """What a run of `build_index` did, by path; `failed` and `notices` give the reason or the remark beside each."""

    added: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: dict[str, str] = field(default_factory=dict)
    notices: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return ", ".join(
            f"{name} {len(getattr(self, name))}" for name in ("added", "changed", "removed", "unchanged", "failed")
        )


class Survey:
    """What there is to do, from what is known and what is found; and, as files are read, what came of it."""

    def __init__(
        self, sources: Sequence[Source], known: Mapping[str, Mapping[str, str]], marks: Mapping[str, Mark]
    ) -> None:
        self.known = known
        self.report = IndexReport()
        self.tasks: list[Task] = []
        self._found: set[str] = set()  # paths of articles, of all files
        self._files = {str(source) for source in sources}
        for source in sources:
            file = str(source)
            if looks_as(source, marks.get(file)):
                self._untouched(file)
            else:
                self.tasks.append(Task(source, marks.get(file), known.get(file, {})))

    def note(self, outcome: Outcome) -> list[str]:
        """Enters an outcome in the report; of a file that is finished, returns the articles gone from it."""
        if isinstance(outcome, Taken):
            path = outcome.article.path
            self._found.add(path)
            (self.report.changed if path in self.known.get(outcome.file, {}) else self.report.added).append(path)
            language = outcome.article.language or "en"
            if language != "en":
                self.report.notices[path] = f"{path}: is in another language than English ({language})"
        elif isinstance(outcome, Same):
            self._found.add(outcome.path)
            self.report.unchanged.append(outcome.path)
        elif isinstance(outcome, Failed):
            self.report.failed[outcome.path] = outcome.reason
        elif outcome.untouched:
            self._untouched(outcome.file)
        else:
            missing = [path for path in self.known.get(outcome.file, {}) if path not in self._found]
            return self._gone(missing) if outcome.file not in self.report.failed else []
        return []

    def gone_below(self, roots: Sequence[Source]) -> list[str]:
        """The articles of known files that are there no more; not those of a folder that cannot be listed."""
        missing = [file for file in self.known if file not in self._files and under(file, roots)]
        return self._gone([path for file in missing for path in self.known[file]])

    def _gone(self, missing: Sequence[str]) -> list[str]:
        """Those of them that are not missing because something, that they are in, could not be read."""
        unread = [to_source(path) for path in self.report.failed] if missing else []
        gone = [path for path in missing if not under(path, unread)]
        self.report.removed += gone
        return gone

    def _untouched(self, file: str) -> None:
        self._found.update(self.known.get(file, {}))
        self.report.unchanged += self.known.get(file, {})


def preview(paths: Sequence[Source], known: Mapping[str, Mapping[str, str]], marks: Mapping[str, Mark]) -> IndexReport:
    """What `build_index` would do; reads everything that is new or changed and writes nothing."""
    roots, sources = look(paths)
    survey = Survey(sources, known, marks)
    for outcome in take_in_all(survey.tasks):
        survey.note(outcome)
    survey.gone_below(roots)
    return survey.report


def look(paths: Sequence[Source]) -> tuple[list[Source], list[Source]]:
    """The paths as they are from everywhere ("../news" is one folder, whoever names it), and the files under them."""
    roots = [path.resolve() if isinstance(path, Path) else path for path in paths]
    return roots, list(find_files(roots))


def under(path: str, roots: Sequence[Source]) -> bool:
    """Whether a file or article is one of these, or lies in a folder or a file of many articles that is."""
    return any(holds(root, path) for root in roots)
