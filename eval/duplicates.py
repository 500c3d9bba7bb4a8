"""How well copies of one story are found: `python -m eval.duplicates --articles FILE.jsonl`.

The articles (one JSON object with a `text` a line) are copied in every way of `eval.copies`; between them stand
stories from one template, the articles with all their facts swapped, and roundups of several. A pair is right
where both are of one family. Pairs that the articles themselves leave open are not judged: two that share a good
part of their sentences are versions of one story for one reader and two for another, and a roundup is no copy of
its parts, and holds them.
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path
from random import Random

from eval.copies import Story, make_copies, roundup, swapped
from eval.templates import make_templated
from rag.ingest.dedupe import near_duplicates

RELATED = 0.1
"""Share of the shorter article's runs of eight words that stand in the other; from there the pair is not judged."""
SWAPPED = 0.1  # of the words; a page with fewer facts tells no story
AIMS = {"precision": 0.99, "recall": 0.95, "seconds": 60.0}


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.duplicates", description=__doc__)
    parser.add_argument("--articles", type=Path, required=True, metavar="FILE.jsonl")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--templated", type=int, default=100, metavar="N", help="stories from each template (100)")
    parser.add_argument("--many", type=int, default=20_000, metavar="N", help="articles of the timed run (20000)")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print N pairs that are wrong or missed")
    args = parser.parse_args(argv)
    texts = [json.loads(line)["text"] for line in args.articles.read_text(encoding="utf-8").splitlines()]
    stories, open_pairs = collect(texts, args.templated, args.seed)
    score(stories, open_pairs, args.show)
    if args.many:
        time_many(stories, args.many, args.seed)
    return 0


def collect(texts: Sequence[str], templated: int, seed: int) -> tuple[list[Story], set[frozenset[str]]]:
    """All stories, and the pairs of families that are not judged. Equal articles are one family."""
    first: dict[str, str] = {}
    bases = [
        Story(str(n), first.setdefault(" ".join(text.split()), str(n)), "article", text) for n, text in enumerate(texts)
    ]
    dice = Random(seed)
    stories = list(bases)
    for base in bases:
        if base.family == base.id:
            stories += make_copies(base, seed)
            other = swapped(base.text, dice)
            if differs(base.text, other):
                stories.append(Story(f"{base.id}.swapped", f"{base.id}.swapped", "swapped", other))
    roundups, holding = make_roundups(bases, dice)
    return stories + roundups + make_templated(templated, seed), related(bases) | holding


def make_roundups(bases: Sequence[Story], dice: Random) -> tuple[list[Story], set[frozenset[str]]]:
    """One for ten articles, and the pairs of each with what it holds and with roundups that hold the same."""
    made: list[Story] = []
    holds: dict[str, set[str]] = {}
    for n in range(len(bases) // 10):
        parts = dice.sample(bases, k=3)
        made.append(Story(f"roundup-{n}", f"roundup-{n}", "roundup", roundup([part.text for part in parts], dice)))
        holds[made[-1].family] = {part.family for part in parts}
    holding = {frozenset((name, family)) for name, families in holds.items() for family in families}
    return made, holding | {frozenset(pair) for pair in combinations(holds, 2) if holds[pair[0]] & holds[pair[1]]}


def differs(text: str, other: str) -> bool:
    """Whether enough facts were there to be swapped for it to be another story."""
    pairs = list(zip(text.split(), other.split(), strict=True))
    return sum(one != two for one, two in pairs) >= SWAPPED * len(pairs)


def related(bases: Iterable[Story]) -> set[frozenset[str]]:
    """The pairs of families whose articles share sentences."""
    runs = {base.family: _runs(base.text) for base in bases}
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for family, said in runs.items():
        for run in said:
            holders[run].append(family)
    shared = Counter(frozenset(pair) for held in holders.values() for pair in combinations(held, 2))
    return {pair for pair, count in shared.items() if count >= RELATED * min(len(runs[family]) for family in pair)}


def _runs(text: str) -> set[tuple[str, ...]]:
    words = text.split()
    return {tuple(words[n : n + 8]) for n in range(len(words) - 7)}


def score(stories: Sequence[Story], open_pairs: set[frozenset[str]], show: int) -> None:
    by_id = {story.id: story for story in stories}
    families: dict[str, list[str]] = defaultdict(list)
    for story in stories:
        families[story.family].append(story.id)
    wanted = {frozenset(pair) for members in families.values() for pair in combinations(members, 2)}
    started = time.process_time()
    clusters = near_duplicates({story.id: story.text for story in stories})
    seconds = time.process_time() - started
    found = {frozenset(pair) for cluster in clusters for pair in combinations(cluster, 2)}
    open_found = {pair for pair in found if frozenset(by_id[key].family for key in pair) in open_pairs}
    wrong, missed = found - wanted - open_found, wanted - found
    right = len(found & wanted)
    print(f"{len(stories)} stories of {len(families)} families, {seconds:.1f} s of one core")
    print(f"precision {right / max(1, right + len(wrong)):.4f} (aim {AIMS['precision']}), {len(wrong)} pairs wrong")
    print(f"recall    {right / max(1, len(wanted)):.4f} (aim {AIMS['recall']}), {len(missed)} of {len(wanted)} missed")
    print(f"{len(open_found)} pairs found that are not judged")
    for name, pairs in (("wrong", wrong), ("missed", missed)):
        kinds = Counter(" + ".join(sorted(by_id[key].kind for key in pair)) for pair in pairs)
        print(f"{name}: " + (", ".join(f"{kind} {count}" for kind, count in kinds.most_common(12)) or "none"))
        for pair in sorted(map(sorted, pairs))[:show]:
            print("   ", *pair)


def time_many(stories: Sequence[Story], many: int, seed: int) -> None:
    """`many` articles: the stories, and articles of their words in another order, a tenth of them told twice."""
    dice = Random(seed)
    texts = {story.id: story.text for story in stories[:many]}
    bases = [story.text for story in stories if story.kind == "article"]
    while len(texts) < many:
        words = dice.choice(bases).split()
        dice.shuffle(words)
        texts[f"other-{len(texts)}"] = " ".join(words)
        if len(texts) < many and dice.random() < 0.1:
            texts[f"other-{len(texts)}"] = "Our own headline. " + " ".join(words[: len(words) * 4 // 5])
    before = _peak_gb()
    started = time.process_time()
    clusters = near_duplicates(texts)
    seconds = time.process_time() - started
    print(f"{len(texts)} articles, {sum(len(text.split()) for text in texts.values()) / 1e6:.1f} million words")
    print(f"{seconds:.1f} s of one core (aim under {AIMS['seconds']:.0f}), {len(clusters)} clusters")
    print(f"peak memory {_peak_gb():.2f} GB, {before:.2f} GB of it before")


def _peak_gb() -> float:
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (1 << 30 if sys.platform == "darwin" else 1 << 20)


if __name__ == "__main__":
    sys.exit(main())
