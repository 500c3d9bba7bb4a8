from __future__ import annotations

import random
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.dedupe import best_copy, copies, lend, near_duplicates, unlend
from rag.ingest.shingles import Sketch, sketch_text
from rag.ingest.split import make_sentences
from rag.schema import Article

VOCABULARY = [
    f"{first}{second}" for first in "ba de fi go lu ma ne pi ro su".split() for second in "lar men tis vok wen".split()
]


def prose(seed: int, paragraphs: int = 8, words: int = 40) -> list[str]:
    """Paragraphs of made-up words: two seeds share no five words in a row."""
    dice = random.Random(seed)
    return [" ".join(dice.choices(VOCABULARY, k=words)).capitalize() + "." for _ in range(paragraphs)]


def test_unrelated_texts_are_no_copies() -> None:
    assert near_duplicates({str(seed): " ".join(prose(seed)) for seed in range(30)}) == ()


def test_equal_texts_are_copies_however_many() -> None:
    text = " ".join(prose(1))
    assert near_duplicates({"b": text, "a": text, "c": text, "z": " ".join(prose(2))}) == (("a", "b", "c"),)


@pytest.mark.parametrize(
    "change", ["cut", "wire prefix", "reordered", "word changed", "within a longer one", "white space"]
)
def test_a_changed_copy_is_still_a_copy(change: str) -> None:
    parts = prose(1)
    other = {
        "cut": parts[:3],
        "wire prefix": ["LONDON (Wire) — " + parts[0], *parts[1:]],
        "reordered": parts[::-1],
        "word changed": [part.replace("lar ", "lark ", 1) for part in parts],
        "within a longer one": [*prose(2), *parts, *prose(3)],
        "white space": ["\n\n  ".join(parts)],
    }[change]
    texts = {"one": " ".join(parts), "two": " ".join(other), "none": " ".join(prose(9))}
    assert near_duplicates(texts) == (("one", "two"),)


def test_copies_of_a_copy_are_in_one_cluster() -> None:
    parts = prose(1, paragraphs=9)
    texts = {"full": " ".join(parts), "head": " ".join(parts[:5]), "tail": " ".join(parts[4:])}
    assert near_duplicates(texts) == (("full", "head", "tail"),)


def test_an_update_with_another_toll_is_the_same_story() -> None:
    parts = prose(1)
    early = " ".join([*parts, "The toll rose to 12 on Monday, officials in Ellery said in the evening."])
    late = " ".join([*parts, "The toll rose to 17 on Tuesday, officials in Ellery said in the evening."])
    assert near_duplicates({"early": early, "late": late}) == (("early", "late"),)


def test_different_stories_from_one_template_are_not_merged() -> None:
    def match_report(home: str, away: str, score: str, scorer: str, minute: int, crowd: int) -> str:
        return (
            f"{home} beat {away} {score} on Saturday in front of a crowd that sang from the first minute to "
            f"the last. {scorer} opened the scoring after {minute} minutes with a shot from the edge of the "
            f"box that left the goalkeeper without a chance, and from then on the visitors never looked like "
            f"coming back into the game. The attendance was {crowd}, the best of the season so far, and the "
            f"manager of {home} said that he was proud of his players and that there was a long way to go."
        )

    texts = {
        "a": match_report("Ellery", "Norwick", "2-0", "Bell", 14, 20311),
        "b": match_report("Hamden", "Portsea", "3-1", "Okoro", 52, 18744),
        "c": match_report("Stoke Vale", "Lindale", "1-0", "Ruiz", 77, 9120),
    }
    assert near_duplicates(texts) == ()


def test_very_short_texts_are_copies_only_if_equal() -> None:
    assert near_duplicates({"a": "No story.", "b": "No story.", "c": "No comment.", "d": ""}) == (("a", "b"),)


def test_kept_sketches_find_the_same_copies_and_ask_only_for_texts_that_share_words() -> None:
    first, second = prose(1), prose(2)
    texts = {"a": first, "b": first[:5], "c": second, "d": second[::-1], "e": prose(3), "f": prose(3)}
    said = {key: " ".join(parts) for key, parts in texts.items()}
    stored = {key: sketch_text(text).to_bytes() for key, text in said.items()}
    asked: list[str] = []

    def text_of(key: str) -> str:
        asked.append(key)
        return said[key]

    found = copies({key: Sketch.from_bytes(stored[key]) for key in stored}, text_of)
    assert found == near_duplicates(said) == (("a", "b"), ("c", "d"), ("e", "f"))
    assert sorted(asked) == ["a", "b", "c", "d"]


def test_a_roundup_of_two_stories_does_not_make_them_copies() -> None:
    first, second = prose(1), prose(2)
    texts = {"one": first, "two": second, "both": [*first, *second, *prose(3)], "cut": first[:5]}
    assert near_duplicates({key: " ".join(parts) for key, parts in texts.items()}) == (("cut", "one"),)


@settings(max_examples=30, deadline=None)
@given(st.permutations(["a", "b", "c", "d", "e"]))
def test_clusters_do_not_depend_on_the_order_of_the_texts(order: list[str]) -> None:
    first, second = prose(1), prose(2)
    texts = {"a": first, "b": first[:4], "c": second, "d": second[2:], "e": prose(3)}
    assert near_duplicates({key: " ".join(texts[key]) for key in order}) == (("a", "b"), ("c", "d"))


BODY = "It rained in Ellery last month. The mayor of the town will speak on Friday."


def article(key: str, **changes: object) -> Article:
    plain = Article(id=key, path=f"/archive/{key}.txt", title="Rain", text=BODY, sentences=make_sentences(BODY, None))
    return replace(plain, **changes)  # type: ignore[arg-type]


DATED = {
    "published": date(2021, 6, 3),
    "sources": {"title": "headline", "published": "byline"},
    "outlet": "Echo",
}


def test_copies_know_each_other() -> None:
    a, b, c = lend([article("a"), article("b"), article("c")], [("a", "c")])
    assert (a.also_in, b.also_in, c.also_in) == (("c",), (), ("a",))


def test_an_undated_copy_borrows_the_date_but_not_the_outlet_and_says_so() -> None:
    a, b = lend([article("a"), article("b", **DATED)], [("a", "b")])
    assert (a.published, a.outlet) == (date(2021, 6, 3), None)
    assert a.sources["published"] == "borrowed from b.txt"
    assert b == article("b", **DATED, also_in=("a",))


def test_a_borrowed_date_resolves_the_dates_in_the_story() -> None:
    a, _ = lend([article("a"), article("b", **DATED)], [("a", "b")])
    mentions = [mention for sentence in a.sentences for mention in sentence.dates]
    assert [(mention.text, mention.first, mention.last) for mention in mentions] == [
        ("last month", date(2021, 5, 1), date(2021, 5, 31)),
        ("Friday", date(2021, 6, 4), date(2021, 6, 4)),
    ]


def test_lending_again_changes_nothing() -> None:
    once = lend([article("a"), article("b", **DATED)], [("a", "b")])
    assert lend(once, [("a", "b")]) == once


@settings(max_examples=40, deadline=None)
@given(
    st.lists(st.sampled_from([{}, DATED, {**DATED, "published": date(2021, 6, 9)}, {"outlet": "Echo"}]), max_size=5),
    st.data(),
)
def test_lending_and_giving_back_can_be_repeated_in_any_order(
    kinds: list[dict[str, object]], data: st.DataObject
) -> None:
    before = [article(str(number), **kind) for number, kind in enumerate(kinds)]
    keys = data.draw(st.permutations([one.id for one in before]))
    clusters = [tuple(keys[:2]), tuple(keys[2:])]
    lent = lend(before, clusters)
    assert lend(lent, clusters) == lent
    assert [unlend(one) for one in lent] == before
    assert lend([unlend(one) for one in lent], clusters[::-1]) == lent
    assert [one.outlet for one in lent] == [one.outlet for one in before]


def test_copies_without_any_date_stay_undated() -> None:
    a, b = lend([article("a"), article("b")], [("a", "b")])
    assert a.published is None
    assert "published" not in a.sources
    assert b.published is None


def test_what_was_lent_is_given_back() -> None:
    before = (article("a", sources={"title": "headline"}), article("b", **DATED))
    assert tuple(map(unlend, lend(before, [("a", "b")]))) == before
    assert tuple(map(unlend, before)) == before


def test_the_best_copy_is_complete_then_dated_by_itself_then_has_an_outlet() -> None:
    cut = article("cut", text=BODY.split(". ")[0], **DATED)
    undated, dated = article("undated"), article("dated", published=date(2021, 6, 3))
    borrowed = article("borrowed", published=date(2021, 6, 3), sources={"published": "borrowed from dated.txt"})
    named = article("named", **DATED)
    assert best_copy([cut, undated]) == undated
    assert best_copy([undated, borrowed, dated]) == dated
    assert best_copy([dated, named]) == named
    assert best_copy([article("later", **{**DATED, "published": date(2021, 6, 5)}), named]) == named
    assert best_copy([article("b"), article("a")]).id == "a"
