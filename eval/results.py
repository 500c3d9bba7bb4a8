"""A run as it is kept and compared: what it was of, its figures with their intervals, and the last accepted one."""

from __future__ import annotations

import hashlib
import json
import math
import os
import platform
from collections.abc import Mapping, Sequence
from datetime import datetime, timezone
from importlib.metadata import version
from pathlib import Path
from typing import Any

from eval.intervals import intervals
from eval.judge import BY_MODEL, HEADLINE, Row, by_kind, confidences, summarise
from eval.selective import risk_coverage
from rag import __version__
from rag.errors import DatelineError

LATEST = Path(__file__).resolve().parent / "results" / "latest.json"
DRAWS = 1000  # resamplings; with 90 questions they take 2 s
_LIBRARIES = ("chromadb", "llama-index-core", "numpy", "onnxruntime", "sentence-transformers", "torch", "xllamacpp")


def about(
    *,
    model: str,
    questions: Path,
    corpus: str | None,
    articles: int,
    without_evidence: bool = False,
    judge: str | None = None,
) -> dict[str, Any]:
    """What a run is of, and the model that judged its answers, if one did. `corpus` is the hash of its files, None for
    a home whose files are not known."""
    return {
        "date": datetime.now(timezone.utc).strftime("%Y-%m-%d %H:%M UTC"),
        "model": model,
        "judge": judge,
        "corpus": {"sha256": corpus, "articles": articles, "without_evidence": without_evidence},
        "questions": {"file": questions.name, "sha256": hashlib.sha256(questions.read_bytes()).hexdigest()},
        "versions": {"dateline": __version__, "python": platform.python_version()}
        | {name: version(name) for name in _LIBRARIES},
        "machine": machine(),
    }


def machine() -> dict[str, Any]:
    """The processor, how many cores this process may use, memory in GiB and the system; None for what is not told."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    pages = "SC_PHYS_PAGES" in getattr(os, "sysconf_names", {})
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30 if pages else None
    return {
        "processor": _processor(),
        "cores": cores,
        "memory_gb": None if memory is None else round(memory, 1),
        "system": f"{platform.system()} {platform.machine()}",
    }


def make_run(rows: Sequence[Row], asked: int, of: Mapping[str, Any], peak_memory_gb: float) -> Row:
    summary = summarise(rows) | {"peak_memory_gb": peak_memory_gb}
    names = (*HEADLINE, *(name for name in BY_MODEL if name in summary))
    curve = risk_coverage(confidences(rows), len(rows))
    return {
        "about": dict(of),
        "questions": asked,
        "summary": summary,
        "intervals": intervals(rows, summarise, names, draws=DRAWS),
        "kinds": by_kind(rows),
        "curve": [point._asdict() for point in curve],
        "rows": list(rows),
    }


def accepted_form(run: Mapping[str, Any]) -> dict[str, Any]:
    """What is kept of an accepted run: all but the answers, of which only which were right."""
    kept = {name: run[name] for name in ("about", "questions", "summary", "intervals", "kinds", "curve")}
    return kept | {"right": {row["id"]: row["right"] for row in run["rows"]}}


def read_accepted(path: Path) -> dict[str, Any] | None:
    """The last accepted run, None before the first. Raises DatelineError if its file is damaged."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        (
            kept["about"]["corpus"]["sha256"],
            kept["about"]["questions"]["sha256"],
            dict(kept["summary"]),
            dict(kept["right"]),
        )
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatelineError(f"{path.name} is damaged ({error!r}); restore it") from error
    return dict(kept)


def comparable(run: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> bool:
    """Whether both asked the same questions of the same articles, all of them."""
    if accepted is None or not run["questions"] == len(run["rows"]) == accepted["questions"]:
        return False
    ours, theirs = run["about"], accepted["about"]
    same_questions = ours["questions"]["sha256"] == theirs["questions"]["sha256"]
    return bool(same_questions and ours["corpus"] == theirs["corpus"])


def changes(run: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> dict[str, float]:
    """How far each figure has moved since the accepted run; empty where the two cannot be compared."""
    if accepted is None or not comparable(run, accepted):
        return {}
    pairs = {name: (run["summary"].get(name), before) for name, before in accepted["summary"].items()}
    return {name: now - before for name, (now, before) in pairs.items() if _number(now) and _number(before)}


def turned(run: Mapping[str, Any], accepted: Mapping[str, Any] | None) -> dict[str, str]:
    """The questions whose verdict is another than in the accepted run: "now right" or "now wrong", by id."""
    before = accepted["right"] if accepted is not None and comparable(run, accepted) else {}
    return {
        row["id"]: "now right" if row["right"] else "now wrong"
        for row in run["rows"]
        if before.get(row["id"], row["right"]) != row["right"]
    }


def write_json(path: Path, value: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(nulled(value), ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8", errors="replace")  # halves of characters


def nulled(value: Any) -> Any:
    """NaN becomes null: JSON has no NaN."""
    if isinstance(value, dict):
        return {key: nulled(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [nulled(item) for item in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _number(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def _processor() -> str | None:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or None)
