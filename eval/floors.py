"""The gate: figures that a change may raise but not lower, unless somebody says why.

`floors.json` holds the number of questions, the hash of the corpus they are asked of, `at_least` and `at_most` by name
of a figure of the summary, and the history of every time one was lowered. Quality and prompt tokens are gated; seconds
are not, they belong to the machine.
"""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import Any

from eval.judge import HEADLINE
from rag.errors import DatelineError

FLOORS = Path(__file__).resolve().parent / "floors.json"


def read(path: Path) -> dict[str, Any]:
    try:
        floors = json.loads(path.read_text(encoding="utf-8"))
        {name: float(bound) for side in ("at_least", "at_most") for name, bound in floors[side].items()}
        int(floors["questions"]), str(floors["corpus"]), list(floors["lowered"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise DatelineError(f"{path.name} is missing or damaged ({error!r}); restore it") from error
    if not floors["at_least"]:
        raise DatelineError(f"{path.name} holds no floor at all; restore it")
    return dict(floors)


def broken(run: Mapping[str, Any], floors: Mapping[str, Any], expected: Collection[str] = ()) -> list[str]:
    """One line for each thing that fails: a figure out of bounds, unknown or no number, another corpus, an answer
    missing, or one of the `expected` ids."""
    problems = []
    if run["about"]["corpus"]["sha256"] != floors["corpus"]:
        problems.append('corpus: not the one the floors are for; --update-floors --allow-regression "why"')
    problems += [f"{id}: was asked in the accepted run, and is missing" for id in missing(run, expected)]
    if run["questions"] != floors["questions"]:
        problems.append(f"questions: {run['questions']} asked, {floors['questions']} expected")
    if len(run["rows"]) != run["questions"]:
        problems.append(f"questions: {run['questions']} asked, {len(run['rows'])} judged")
    problems += [f"{row['id']}: {row['error']}" for row in run["rows"] if "error" in row]
    for name, bound in floors["at_least"].items():
        if not measured(run, name) >= bound:  # NaN is at least nothing
            problems.append(f"{name}: {measured(run, name):.3f}, must be at least {bound}")
    for name, bound in floors["at_most"].items():
        if not measured(run, name) <= bound:
            problems.append(f"{name}: {measured(run, name):.3f}, must be at most {bound}")
    bounded = {*floors["at_least"], *floors["at_most"]}
    problems += [
        f"{name}: is no number" for name in HEADLINE if name not in bounded and math.isnan(measured(run, name))
    ]
    return problems


def missing(run: Mapping[str, Any], expected: Collection[str]) -> list[str]:
    asked = {row["id"] for row in run["rows"]}
    return [id for id in expected if id not in asked]


def moved(run: Mapping[str, Any], floors: Mapping[str, Any], reason: str | None) -> dict[str, Any]:
    """Floors at this run's figures, cut to two decimals (tokens to the next ten). Without a reason nothing is
    lowered: `DatelineError` names what would be. A figure that is not a number never becomes a floor."""
    corpus = run["about"]["corpus"]["sha256"]
    new: dict[str, Any] = {"questions": run["questions"], "corpus": corpus, "at_least": {}, "at_most": {}}
    lowered = [f"questions {floors['questions']} -> {run['questions']}"] * (run["questions"] < floors["questions"])
    lowered += ["corpus changed"] * (corpus != floors["corpus"])
    for side, rounded, worse in (("at_least", _down, float.__lt__), ("at_most", _up, float.__gt__)):
        for name, bound in floors[side].items():
            if not math.isfinite(measured(run, name)):
                raise DatelineError(f"{name} was not measured in this run; mend it before moving floors")
            new[side][name] = rounded(measured(run, name))
            if worse(float(new[side][name]), float(bound)):
                lowered.append(f"{name} {bound} -> {new[side][name]}")
    if any("error" in row for row in run["rows"]):
        raise DatelineError("a question ended in an error; mend it before moving floors")
    if lowered and not reason:
        raise DatelineError(f'would lower {", ".join(lowered)}; if it must be: --allow-regression "why"')
    history = list(floors["lowered"])
    return new | {"lowered": [*history, {"what": lowered, "why": reason}] if lowered else history}


def measured(run: Mapping[str, Any], name: str) -> float:
    """NaN for a figure that no run has, so that a misspelt floor fails instead of passing."""
    value = run["summary"].get(name, math.nan)
    return float(value) if isinstance(value, int | float) else math.nan


def _down(value: float) -> float:
    return math.floor(value * 100 + 1e-9) / 100


def _up(value: float) -> float:
    """Ceilings: shares to the next hundredth, token counts to the next ten."""
    return math.ceil(value * 100 - 1e-9) / 100 if value <= 1 else float(math.ceil(value / 10) * 10)
