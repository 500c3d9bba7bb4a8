"""Do the checks tell a true sentence from a false one? `python -m eval.claims` weighs those of eval/claims.jsonl.

Each is a sentence that a small model might write of one quoted sentence, true or subtly false, of invented news and
written by others than the checks were. Those of the part `seen` were looked at when the checks were made; those
`unseen` only counted. No language model is asked.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eval.markdown import head, row
from eval.results import LATEST, machine, write_json
from eval.steps import ALL_ON, all_steps
from rag.answer.weigh import weigh
from rag.config import DEFAULT_EMBEDDER, load_settings
from rag.errors import DatelineError, UsageError
from rag.index.meaning import Meaning
from rag.index.passages import find_passages
from rag.ingest.split import make_sentences
from rag.schema import Article, Hit

CLAIMS = Path(__file__).with_name("claims.jsonl")
RESULTS = LATEST.with_name("claims.json")
PUBLISHED = date(2023, 4, 20)  # the day that "on Monday" is counted from


@dataclass(frozen=True)
class Claim:
    """`right` says whether the quote proves the claim."""

    id: str
    part: str
    kind: str
    quote: str
    question: str
    claim: str
    right: bool


@dataclass(frozen=True)
class Tally:
    """Of claims of one kind: how many are true and how many of these are shown, the same of the false ones."""

    true: int
    true_shown: int
    false: int
    false_shown: int


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.claims", description=__doc__)
    parser.add_argument("--claims", type=Path, default=CLAIMS, metavar="FILE.jsonl", help="other claims")
    parser.add_argument("--json", dest="json_out", type=Path, default=RESULTS, metavar="OUT")
    parser.add_argument("--checks", action="store_true", help="also with each check off by itself; 20 minutes")
    parser.add_argument("--failed", action="store_true", help="print the claims that were taken for what they are not")
    args = parser.parse_args(argv)
    try:
        claims = load_claims(args.claims)
        meaning = open_meaning()
    except DatelineError as error:
        print(f"eval.claims: {error}", file=sys.stderr)
        return error.exit_status
    shown = {claim.id: is_shown(claim, meaning) for claim in claims}
    tallies = {" ".join(name): tally(some, shown) for name, some in by_kind(claims)}
    print("\n".join(table(tallies)))
    for claim in claims if args.failed else ():
        if shown[claim.id] != claim.right:
            print(f"\n{claim.id} {claim.kind}: {claim.quote}\n  {claim.question}\n  {claim.claim}")
    rows = [{"claims": name, **vars(one)} for name, one in tallies.items()]
    found: dict[str, Any] = {"machine": machine(), "claims": rows}
    if args.checks:
        off = {ALL_ON: tally(claims, shown), **dict(without_each(claims, meaning))}
        print("", *table(off, "switched off"), sep="\n")
        found["checks"] = [{"off": name, **vars(one)} for name, one in off.items()]
    write_json(args.json_out, found)
    return 0


def load_claims(path: Path) -> list[Claim]:
    """Raises UsageError naming the line that is none."""
    claims = []
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from error
    for number, line in enumerate(lines, start=1):
        try:
            claims.append(Claim(**json.loads(line)))
        except (TypeError, ValueError) as error:
            raise UsageError(f"{path}, line {number}: no claim ({error})") from error
    return claims


def open_meaning() -> Meaning:
    from rag.index.embed import embed_sentences, load_embedder
    from rag.models import ensure_model

    embedder = load_embedder(ensure_model(DEFAULT_EMBEDDER, load_settings()))
    return Meaning(lambda texts: embed_sentences(embedder, texts))


def is_shown(claim: Claim, meaning: Meaning) -> bool:
    """Whether the checks let through the claim, or what they leave of it."""
    text = claim.quote
    article = Article(claim.id, "", "News", text, published=PUBLISHED, sentences=make_sentences(text, PUBLISHED))
    hit = Hit(claim.id, 0, len(text), text, 1.0)
    passages = find_passages(claim.question, [hit], {claim.id: article}, meaning, {})
    found = [weigh(claim.question, claim.claim, passage, meaning, {}) for passage in passages]
    return any(finding.verdict == "supported" for finding in found)


def without_each(claims: Sequence[Claim], meaning: Meaning) -> Iterator[tuple[str, Tally]]:
    """Each check by its name, and what is shown while it is off."""
    for step in all_steps():
        if step.group == "check":
            print(f"without {step.name}", file=sys.stderr)
            with step.off():
                yield step.name, tally(claims, {claim.id: is_shown(claim, meaning) for claim in claims})


def by_kind(claims: Sequence[Claim]) -> Iterator[tuple[tuple[str, str], list[Claim]]]:
    """Each part whole, then its kinds."""
    for part in sorted({claim.part for claim in claims}):
        of_part = [claim for claim in claims if claim.part == part]
        yield (part, "all"), of_part
        for kind in sorted({claim.kind for claim in of_part}):
            yield (part, kind), [claim for claim in of_part if claim.kind == kind]


def tally(claims: Sequence[Claim], shown: Mapping[str, bool]) -> Tally:
    true = [shown[claim.id] for claim in claims if claim.right]
    false = [shown[claim.id] for claim in claims if not claim.right]
    return Tally(len(true), sum(true), len(false), sum(false))


def table(tallies: Mapping[str, Tally], of: str = "claims") -> list[str]:
    lines = head(of, "true, shown", "false, shown")
    for name, one in tallies.items():
        lines.append(row(name, f"{one.true_shown} of {one.true}", f"{one.false_shown} of {one.false}"))
    return lines


if __name__ == "__main__":
    sys.exit(main())
