"""How much of a page dump's story is found: `python -m eval.dumps --articles FILE.jsonl`. It reports, it never gates.

Each article (`title` and `text`, paragraphs parted by blank lines) is wrapped into pages of unlike made-up sites,
put into plain text in unlike ways, cleaned, and compared by the runs of four words that story and gold share.
`--others` measures on the sites that no rule was tuned on. The pages are seeded: the same run gives the same figures.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import mean

from eval.dump_more_sites import MORE_SITES
from eval.dump_others import OTHERS
from eval.dump_parts import Told
from eval.dump_render import RENDERINGS, gold
from eval.dump_sites import SITES
from eval.metrics import shingle_f1
from rag.ingest.clean import clean, story_text

MIN_WORDS = 120
"""Less is what a crawler took for an article and is none."""


@dataclass(frozen=True)
class Dump:
    site: str
    rendering: str
    number: int
    text: str
    gold: str


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.dumps", description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument(
        "--others", action="store_true", help="the sites kept aside, and the other half of the articles"
    )
    parser.add_argument("--pages", type=int, default=2, metavar="N", help="pages for each site and rendering (2)")
    parser.add_argument("--show", metavar="SITE/RENDERING/N", help="print one page and what became of its blocks")
    args = parser.parse_args(argv)
    scores: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for dump in dumps(args.articles, args.pages, others=args.others):
        blocks = clean(dump.text)
        score = shingle_f1(story_text(blocks), dump.gold), shingle_f1(dump.text, dump.gold)
        name = f"{dump.site}/{dump.rendering}"
        if args.show == f"{name}/{dump.number}":
            for block in blocks:
                print(f"{block.kind:8} {block.reason:35.35} {block.text[:150]!r}")
            print(f"shingle F1 {score[0]:.3f}, as it is {score[1]:.3f}")
        for key in (dump.site, dump.rendering, "all"):
            scores[key].append(score)
        scores["below 0.8"] += [score] if score[0] < 0.8 else []
    print(f"{'pages of':20}{'pages':>7}{'shingle F1':>12}{'as it is':>10}")
    for key, pairs in scores.items():
        print(f"{key:20}{len(pairs):7}{mean(pair[0] for pair in pairs):12.3f}{mean(pair[1] for pair in pairs):10.3f}")
    return 0


def dumps(path: Path, pages: int, *, others: bool) -> Iterator[Dump]:
    """Every site in every rendering, `pages` times, each with another article."""
    told = [_told(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines()]
    told = [article for article in told if _is_article(article)][others::2]
    sites = OTHERS if others else SITES | MORE_SITES
    at = 0
    for site, make in sites.items():
        for rendering, render in RENDERINGS.items():
            for number in range(pages):
                rng = Random(f"{site} {rendering} {number}")
                at = (at + 1) % len(told)
                rest = rng.sample([article for article in told if article is not told[at]], 30)
                pieces = make(told[at], rest, rng)
                yield Dump(site, rendering, number, render(pieces, rng), gold(pieces))


def _is_article(told: Told) -> bool:
    first = " ".join(told.paragraphs[:4])
    return sum(len(text.split()) for text in told.paragraphs) >= MIN_WORDS and "newsletter ?" not in first


def _told(row: dict[str, str]) -> Told:
    paragraphs = (" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", row["text"]))
    title = re.sub(r"\s*(?:\.\.\.|[|].*)$", "", row["title"])
    return Told(title, tuple(paragraph for paragraph in paragraphs if paragraph))


if __name__ == "__main__":
    raise SystemExit(main())
