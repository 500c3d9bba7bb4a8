from __future__ import annotations

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.clusters import Groups, Shares, cluster


def like_by(sets: dict[str, set[int]]) -> tuple[list[tuple[str, str]], dict[frozenset[str], Shares]]:
    """Texts as sets of sentences: alike if the shorter one stands for the most part in the longer."""
    known = {}
    for one, other in combinations(sets, 2):
        common = len(sets[one] & sets[other])
        if common >= 0.6 * min(len(sets[one]), len(sets[other])):
            known[frozenset((one, other))] = (common / len(sets[one]), common / len(sets[other]))
    return list(combinations(sets, 2)), known


def grouped(sets: dict[str, set[int]], order: list[tuple[str, str]] | None = None) -> list[list[str]]:
    pairs, known = like_by(sets)

    def like(one: str, other: str) -> Shares | None:
        if one == other:
            return 1.0, 1.0
        shares = known.get(frozenset((one, other)))
        return shares if shares is None or (one, other) in pairs else (shares[1], shares[0])

    return cluster(sets, order or pairs, like)


def test_texts_alike_for_the_most_part_are_one_group_also_in_a_chain() -> None:
    a, b, c = set(range(10)), set(range(3, 13)), set(range(6, 16))
    assert grouped({"a": a, "b": b, "c": c, "d": {99}}) == [["a", "b", "c"], ["d"]]


def test_a_brief_joins_the_longer_text_that_it_stands_in() -> None:
    assert grouped({"brief": set(range(4)), "long": set(range(20))}) == [["brief", "long"]]


def test_a_roundup_makes_no_copies_of_its_stories() -> None:
    one, two, three = set(range(10)), set(range(20, 30)), set(range(40, 50))
    sets = {"one": one, "roundup": one | two | three, "three": three, "two": two}
    assert grouped(sets) == [["one"], ["roundup"], ["three"], ["two"]]


def test_two_cuts_of_a_story_that_know_each_other_both_join_it() -> None:
    sets = {"cut": set(range(8)), "cut2": set(range(2, 9)), "full": set(range(20))}
    assert grouped(sets) == [["cut", "cut2", "full"]]


def test_a_paragraph_that_two_stories_share_does_not_join_them() -> None:
    background = set(range(4))
    sets = {"background": background, "one": background | set(range(10, 26)), "two": background | set(range(30, 46))}
    assert grouped(sets) == [["background"], ["one"], ["two"]]


def test_a_brief_that_is_much_of_two_texts_joins_both() -> None:
    brief = set(range(8))
    sets = {"brief": brief, "one": brief | set(range(10, 20)), "two": brief | set(range(30, 40))}
    assert grouped(sets) == [["brief", "one", "two"]]


@given(st.lists(st.sets(st.integers(0, 12), min_size=1, max_size=10), min_size=2, max_size=7), st.randoms())
def test_groups_do_not_depend_on_the_order_of_the_pairs(texts: list[set[int]], dice: object) -> None:
    sets = {chr(97 + n): text for n, text in enumerate(texts)}
    pairs = list(combinations(sets, 2))
    dice.shuffle(pairs)  # type: ignore[attr-defined]
    groups = grouped(sets)
    assert grouped(sets, pairs) == groups
    assert sorted(key for group in groups for key in group) == sorted(sets)


@pytest.mark.parametrize("joins", [["ab", "bc"], ["bc", "ab"], ["ca", "cb"], ["ba", "ac", "cb"]])
def test_the_least_key_names_a_group_whatever_joined_it(joins: list[str]) -> None:
    groups = Groups("dcba")
    for one, other in joins:
        groups.join(one, other)
    assert [groups.root(key) for key in "abcd"] == ["a", "a", "a", "d"]
    assert groups.listed() == [["a", "b", "c"], ["d"]]
