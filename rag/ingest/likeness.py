"""Whether two texts tell one story in the same words, wholly or one within the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

import numpy as np
from numpy.typing import NDArray

from rag.ingest.shingles import SHINGLE_WORDS, Hashes, Sketch, runs_of, sampled, words_of

CONTAINED = 0.6
"""Share of the shorter text's runs that must stand in the longer one. Pairwise precision and recall on 100 news
articles, 1,176 altered copies and 322 decoys (`eval.duplicates`) are 1.000 and .998, and the same at 0.5; at 0.8 they
are 1.000 and .988, and at 0.4, on 400 articles, .995 and .997. Three pairs of follow-ups share half their runs."""
ENOUGH = 16
"""Runs that texts that are not equal must share at least: a line or two is no story."""
CONFLICTS = 0.02
"""Share of the common words beside which two copies may contradict each other (another number or name in its
place). On the same set, at 0.01 1.000 and .995, at 0.04 .995 and .998; without this check the precision is .802."""
_DOUBT = 0.5
"""A pair whose sketches share less than this part of what they must is not looked at further..."""
_FEW = 16
"""... unless a sketch has so few runs that its share says little."""
_GAP = 40  # words between two common runs that are still compared word by word


@dataclass(frozen=True)
class Runs:
    """A text prepared for comparing: its words, its runs in order, the same distinct and sorted, and where each is."""

    words: list[str]
    runs: Hashes
    distinct: Hashes
    place: NDArray[np.intp]


def prepare_runs(text: str) -> Runs:
    words = words_of(text)
    runs = runs_of(words)
    return Runs(words, runs, *np.unique(runs, return_index=True))


def worth_comparing(sketch: Sketch, other: Sketch) -> bool:
    """False where two sketches alone tell that the texts are no copies."""
    one, two = sampled(sketch.runs), sampled(other.runs)
    fewer = min(len(one), len(two))
    return fewer < _FEW or len(np.intersect1d(one, two, assume_unique=True)) >= _DOUBT * CONTAINED * fewer


def likeness(one: Runs, other: Runs) -> tuple[float, float] | None:
    """How much of each of two texts that are copies stands in the other, 0 to 1; None if they are none."""
    common: Hashes = np.intersect1d(one.distinct, other.distinct, assume_unique=True)
    ours, theirs = len(one.distinct), len(other.distinct)
    needed = max(1, CONTAINED * min(ours, theirs), min(ENOUGH, max(ours, theirs)))
    if len(common) < needed or _contradict(one, other, common):
        return None
    return len(common) / ours, len(common) / theirs


def _contradict(one: Runs, other: Runs, common: Hashes) -> bool:
    """Two stories from one template agree word for word except in their facts; two copies agree in them.

    A contradiction counts once: a name that one paper spells differently stands in every paragraph.
    """
    covered = _covered(one, common)
    allowed = CONFLICTS * max(1, int(covered.sum()))
    conflicts: set[tuple[str, str]] = set()
    for ours, theirs in _gaps(one, other, covered):
        conflicts.update(_conflicts(ours, theirs))
        if len(conflicts) > allowed:
            return True
    return False


def _covered(text: Runs, common: Hashes) -> NDArray[np.bool_]:
    """Which words of a text stand in a common run."""
    starts = np.flatnonzero(_find(text.runs, common) >= 0)
    covered = np.zeros(len(text.words), np.bool_)
    for offset in range(min(SHINGLE_WORDS, len(text.words))):
        covered[starts + offset] = True
    return covered


def _gaps(one: Runs, other: Runs, covered: NDArray[np.bool_]) -> Iterator[tuple[Sequence[str], Sequence[str]]]:
    """What stands in each text between two common runs that follow each other closely in both.

    A beginning or an end of both is such a place too.
    """
    size = min(SHINGLE_WORDS, len(one.words), len(other.words))
    starts, ends = np.flatnonzero(np.diff(np.concatenate(([1], covered.view(np.int8), [1])))).reshape(-1, 2).T
    inside = ends - starts <= _GAP
    starts, ends = starts[inside], ends[inside]
    runs = np.clip(np.stack((starts - size, ends)), 0, len(one.runs) - 1)
    before, after = other.place[_find(one.runs[runs], other.distinct)]
    begins = np.where(starts == 0, 0, before + size)
    finishes = np.where(ends == len(one.words), len(other.words), after)
    near = (begins < finishes) & (finishes - begins <= _GAP)
    for start, end, begin, finish in zip(starts[near], ends[near], begins[near], finishes[near], strict=True):
        yield one.words[start:end], other.words[begin:finish]


def _find(wanted: Hashes, known: Hashes) -> NDArray[np.intp]:
    """Where each wanted run is in the sorted known ones; -1 where it is not."""
    at = np.minimum(np.searchsorted(known, wanted), max(0, len(known) - 1))
    return np.where(known[at] == wanted, at, -1) if len(known) else np.full(len(wanted), -1)


def _conflicts(words: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The numbers and names of one text in whose place the other has others."""
    for tag, start, end, other_start, other_end in SequenceMatcher(None, words, other, False).get_opcodes():
        ours, theirs = words[start:end], other[other_start:other_end]
        if tag == "replace" and max(len(ours), len(theirs)) <= SHINGLE_WORDS and _has_fact(ours) and _has_fact(theirs):
            yield " ".join(ours), " ".join(theirs)


def _has_fact(words: Sequence[str]) -> bool:
    return any(word[0].isdigit() or word[0].isupper() for word in words)
