"""Texts as runs of words, and which texts share any: no text is ever compared with all others.

Of the hashes of a text's runs those are kept that fall in a fixed fraction of the hash space, its sketch; sorted
together, equal ones of several texts lie side by side. It is the MinHash variant that also finds a text within a
longer one (the modulo sketch of A. Broder, "On the resemblance and containment of documents", 1997).
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

SHINGLE_WORDS = 5
SAMPLE = 8
"""One run in eight is kept: of 200 shared ones none is with a chance of (7/8)^200, or 3 in 10^12."""
SHORT = 128
"""Runs up to which all are kept: of the 77 that a longer copy shares none is sampled with a chance of 3 in 10^5."""
NEIGHBOURS = 3
"""Each holder of a run is paired with so many after it: a roundup may stand between two copies, several seldom do."""

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Sketch:
    """What of a text is needed to find its copies; `whole` is the same 64 bits for texts of the same words in order."""

    whole: int
    runs: Hashes

    def to_bytes(self) -> bytes:
        return np.concatenate((np.array([self.whole], np.uint64), self.runs)).astype("<u8").tobytes()

    @classmethod
    def from_bytes(cls, stored: bytes) -> Sketch:
        whole, *_ = runs = np.frombuffer(stored, "<u8").astype(np.uint64)
        return cls(int(whole), runs[1:])


_WORD = re.compile(r"\w+")


def words_of(text: str) -> list[str]:
    return _WORD.findall(text)


def runs_of(words: Sequence[str]) -> Hashes:
    """64-bit hashes of the runs of five words, in order, case folded; a text shorter than that is one run."""
    hashes = np.fromiter(map(_word_hash, words), np.uint64, len(words))
    size = min(SHINGLE_WORDS, len(words))
    runs = len(words) - size + 1
    total = np.zeros(runs if words else 0, np.uint64)
    for offset in range(size):
        total = total * np.uint64(0x100000001B3) + hashes[offset : offset + runs]
    total ^= total >> np.uint64(29)  # the low bits, by which runs are sampled, need mixing
    mixed: Hashes = total * np.uint64(0xBF58476D1CE4E5B9) >> np.uint64(1)
    return mixed


def sketch_text(text: str) -> Sketch:
    runs = runs_of(words_of(text))
    distinct = np.unique(runs)
    kept = distinct if len(distinct) <= SHORT else sampled(distinct)
    return Sketch(int.from_bytes(blake2b(runs.tobytes(), digest_size=8).digest(), "little"), kept)


def sampled(runs: Hashes) -> Hashes:
    kept: Hashes = runs[runs % np.uint64(SAMPLE) == 0]
    return kept


def candidates(sketches: Sequence[Hashes]) -> list[tuple[int, int]]:
    """Pairs of places in `sketches`, the smaller first, that share a run; sorted."""
    count = len(sketches)
    if not count:
        return []
    runs = np.concatenate(sketches)
    holders = np.repeat(np.arange(count, dtype=np.int64), [len(sketch) for sketch in sketches])
    order = np.argsort(runs, kind="stable")  # stable: the holders of a run stay in their order
    runs, holders = runs[order], holders[order]
    pairs = [
        holders[:-step][same] * count + holders[step:][same]
        for step in range(1, NEIGHBOURS + 1)
        for same in [runs[:-step] == runs[step:]]
    ]
    return [divmod(pair, count) for pair in np.unique(np.concatenate(pairs)).tolist()]


@lru_cache(maxsize=1 << 17)
def _word_hash(word: str) -> int:
    return zlib.crc32(word.lower().encode()) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF
