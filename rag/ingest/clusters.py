"""From pairs of like texts to clusters of copies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeAlias

MOSTLY = 0.5
"""Of the longer text: two different stories cannot both make up half of a third one and more."""
MUCH = 0.3
"""Of the longer text: what makes up less of several texts may be a paragraph that they only share."""
ASKED = 5
"""Members of a cluster that are asked whether they know the newcomer."""

Shares: TypeAlias = tuple[float, float]
"""How much of each of two like texts stands in the other, 0 to 1."""
Like: TypeAlias = Callable[[str, str], Shares | None]


def cluster(keys: Iterable[str], pairs: Iterable[tuple[str, str]], like: Like) -> list[list[str]]:
    """The keys in groups of copies, each group sorted; singles too. The order of keys and pairs does not matter.

    Pairs that are alike for the most part of both are joined first. A text within a longer one then joins it only
    if all that is known to stand in the longer one belongs together, and all that the shorter one is known to stand
    in, if it is a small part: a roundup does not make copies of its stories, nor a shared paragraph of the stories
    it stands in.
    """
    groups = Groups(keys)
    within: list[tuple[str, str, float]] = []  # shorter, longer, and how much of the longer
    for one, other in pairs:
        shares = None if groups.root(one) == groups.root(other) else like(one, other)
        if shares is None:
            continue
        if min(shares) >= MOSTLY:
            groups.join(one, other)
        else:
            within.append((one, other, shares[1]) if shares[0] > shares[1] else (other, one, shares[0]))
    for one, other in list(_fitting(groups, within, like)):
        groups.join(one, other)
    return groups.listed()


def _fitting(groups: Groups, within: Sequence[tuple[str, str, float]], like: Like) -> Iterator[tuple[str, str]]:
    """The pairs of groups, by their roots, of which one stands within the other and nothing speaks against it."""
    members = {group[0]: group for group in groups.listed()}
    parts: dict[str, set[str]] = defaultdict(set)
    wholes: dict[str, set[str]] = defaultdict(set)
    much: dict[tuple[str, str], float] = defaultdict(float)
    for part, whole, share in within:
        ours, theirs = groups.root(part), groups.root(whole)
        if ours != theirs:
            parts[theirs].add(ours)
            wholes[ours].add(theirs)
            much[ours, theirs] = max(share, much[ours, theirs])

    def know(group: str, other: str) -> bool:
        asked, told = members[group][:ASKED], members[other][:ASKED]
        return 2 * sum(like(one, two) is not None for one in asked for two in told) > len(asked) * len(told)

    for (part, whole), share in much.items():
        if (
            know(part, whole)
            and all(know(part, other) for other in parts[whole] - {part})
            and (share >= MUCH or all(know(whole, other) for other in wholes[part] - {whole}))
        ):
            yield part, whole


class Groups:
    """Keys joined into groups (union-find); the least key of a group is its root, whatever the order of joining."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._parent = {key: key for key in sorted(keys)}

    def join(self, one: str, other: str) -> None:
        one, other = self.root(one), self.root(other)
        self._parent[max(one, other)] = min(one, other)

    def root(self, key: str) -> str:
        while self._parent[key] != key:
            self._parent[key] = self._parent[self._parent[key]]
            key = self._parent[key]
        return key

    def listed(self) -> list[list[str]]:
        groups: dict[str, list[str]] = defaultdict(list)
        for key in self._parent:
            groups[self.root(key)].append(key)
        return list(groups.values())
