from __future__ import annotations

import sqlite3
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import words as words_module
from rag.numerals import numbers
from rag.words import (
    content_words,
    coverage,
    fold,
    names,
    names_it,
    past_verb,
    proves_name,
    stem,
    stems,
    stems_among,
    words,
)

SUFFIXES = ("ed", "ing", "ational", "iveness", "ements", "fulness", "izations", "ically")


@pytest.mark.parametrize(("word", "past"), [("visited", True), ("Flew", True), ("fly", False), ("leader", False)])
def test_verbs_of_the_past_are_told_by_their_form(word: str, past: bool) -> None:
    assert past_verb(word) is past


def test_folding_takes_case_and_accents_away() -> None:
    assert fold("DÍAZ-Canel") == "diaz-canel"
    assert fold("Straße") == "strasse"


@given(st.text())
def test_folding_again_changes_nothing_in_letters(text: str) -> None:
    assert not any(unicodedata.combining(char) for char in fold(text))


def test_words_keep_their_spelling_and_lose_possessive_endings() -> None:
    assert words("Cuba’s re-elected leader, the U.S. envoy's 1,500.") == [
        "Cuba", "re", "elected", "leader", "the", "U.S", "envoy", "1,500",
    ]  # fmt: skip


def test_an_accent_written_as_a_character_of_its_own_does_not_cut_the_word() -> None:
    apart = unicodedata.normalize("NFD", "Díaz")
    assert len(apart) == 5
    assert words(apart) == [apart]
    assert stem(apart) == stem("Díaz") == "diaz"


def test_content_words_leave_out_how_the_question_is_built() -> None:
    assert content_words("When did he say that the bridge was opened?") == ["bridge", "opened"]


def test_stems_join_the_forms_of_a_word() -> None:
    assert stems("visited visits visiting") == ["visit"] * 3
    assert stem("U.S.") == stem("US")


@pytest.mark.parametrize(
    "word",
    "countries relational generously agreed visiting Díaz hopping happily technology biology incredibly doubly".split(),
)
def test_stems_are_those_that_the_index_of_words_holds(word: str) -> None:
    db = sqlite3.connect(":memory:")
    db.execute("create virtual table t using fts5 (x, tokenize = 'porter unicode61 remove_diacritics 2')")
    db.execute("create virtual table v using fts5vocab (t, row)")
    db.execute("insert into t values (?)", (word,))
    assert db.execute("select term from v").fetchall() == [(stem(word),)]
    db.close()


def test_names_are_capitals_that_do_not_merely_begin_a_sentence() -> None:
    assert names("Officials met Ana Ruiz in Porto. She left. Ana Ruiz spoke.") == [
        "ana", "ruiz", "porto", "ana", "ruiz",
    ]  # fmt: skip
    assert names("The U.S. envoy of NATO") == ["us", "nato"]
    assert names("The bridge was opened.") == []
    assert names("Leaving Porto aside, who came?") == ["porto"]


def test_a_country_names_its_people_but_a_short_word_names_only_itself() -> None:
    assert names_it("Iran", {"iranian"})
    assert names_it("Russian", {"russia"})
    assert not names_it("Ian", {"iandra"})
    assert not names_it("Havana", {"madrid", "hav"})
    assert not proves_name("Tony", {"tonight"})
    assert proves_name("Peru", {"peruvian"})
    assert proves_name("Mali", {"malian", "mali"})


@pytest.mark.parametrize(
    ("name", "offered", "same"),
    [("Americans", "U.S.", True), ("U.S.", "American", True), ("British", "UK", True), ("America", "U.S.", False)],
)
def test_two_countries_are_named_in_short_as_well(name: str, offered: str, same: bool) -> None:
    assert names_it(name, stems(f"the {offered}")) is same


@pytest.mark.parametrize(
    ("name", "offered", "same"),
    [
        ("French", "France", True),
        ("Turkey", "Turkish", True),
        ("Netherlands", "Dutch", True),
        ("China", "Mexican", False),
        ("Irish", "Iran", False),
    ],
)
def test_a_people_names_its_country_where_neither_word_begins_the_other(name: str, offered: str, same: bool) -> None:
    assert names_it(name, stems(f"the {offered}")) is same


def test_coverage_is_the_weighted_share_of_what_is_wanted() -> None:
    assert coverage(["a", "b", "b"], ["b", "c"]) == 0.5
    assert coverage(["a", "b"], ["b"], {"a": 3.0, "b": 1.0}) == 0.25
    assert coverage([], ["b"]) == 0.0


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    for found in words(text):
        assert found in text
    for reading in (content_words, stems, names, numbers):
        reading(text)


def test_of_a_text_only_stems_that_may_be_wanted_are_made() -> None:
    text = "Díaz met U.S. envoys in Élysée; 1,600 crossings were rebuilt, it is said. Straße ﬁnds ŒUVRE."
    assert stems_among(text, ["meet", "diaz"]) == {"meet", "diaz"}
    for one in sorted(set(stems(text))):
        assert stems_among(text, [one]) == {other for other in stems(text) if other[:1] == one[:1]}
    assert all(pair[0][0] == pair[1][0] for pair in words_module._IRREGULAR.items())


@given(
    st.lists(st.sampled_from([*"abÉeé8 1.,'’-_ßﬁ½", "e\u0301", "o\u0323\u0301"]), max_size=40).map("".join),
    st.sampled_from("abe18f"),
)
def test_words_that_begin_otherwise_are_all_that_is_left_out(text: str, letter: str) -> None:
    assert stems_among(text, [letter]) == {stem(word) for word in content_words(text) if fold(word)[:1] == letter}


def test_threads_do_not_spoil_each_others_stems() -> None:
    told = [f"{begin}{end}" for begin in ("arrang", "nation", "bridg", "harbour", "relat") for end in SUFFIXES]
    alone = [stem.__wrapped__(word) for word in told]
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(4) as pool:
            together = list(pool.map(lambda _: [stem.__wrapped__(word) for word in told], range(40)))
    finally:
        sys.setswitchinterval(interval)
    assert together == [alone] * 40


@pytest.mark.parametrize("name", ["the United States", "the United States of America", "the U.S.", "the USA", "the US"])
def test_the_united_states_have_one_name(name: str) -> None:
    offered = stems(f"Ships of {name} came.")
    assert all(names_it(other, offered) for other in ("United States", "U.S.", "US", "American"))
    assert not names_it("UK", offered)


@pytest.mark.parametrize("name", ["the United Kingdom", "the UK", "the U.K.", "Britain"])
def test_the_united_kingdom_has_one_name(name: str) -> None:
    assert names_it("UK", stems(f"Ships of {name} came."))


def test_the_united_states_are_one_word_as_written() -> None:
    assert content_words("The United States' ships") == ["United States", "ships"]


def test_us_is_a_name_in_capitals_only() -> None:
    assert content_words("The US told us of it") == ["US"]
    assert names("Did the US and United Airlines talk?") == ["united", "airlines"]
