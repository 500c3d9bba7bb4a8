"""The evaluation of the checks themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from eval.claims import CLAIMS, Claim, Tally, by_kind, is_shown, load_claims, table, tally, without_each
from rag.errors import UsageError
from rag.index.meaning import Meaning
from tests.conftest import WordsEmbedding

TRUE = Claim("a", "seen", "roles", "Kenya sent 300 tents to Peru.", "Who sent tents?", "Kenya sent 300 tents.", True)
FALSE = Claim("b", "seen", "numbers", "Kenya sent 300 tents.", "How many tents?", "Kenya sent 900 tents.", False)
OTHER = Claim("c", "unseen", "roles", "Kenya sent tents.", "Who sent tents?", "Peru sent tents.", False)


def test_a_claim_is_shown_if_the_checks_let_it_through() -> None:
    meaning = Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)
    assert [is_shown(claim, meaning) for claim in (TRUE, FALSE, OTHER)] == [True, False, False]


def test_shown_claims_are_counted_by_part_and_kind() -> None:
    shown = {"a": True, "b": True, "c": False}
    found = {name: tally(some, shown) for name, some in by_kind([TRUE, FALSE, OTHER])}
    assert found == {
        ("seen", "all"): Tally(1, 1, 1, 1),
        ("seen", "numbers"): Tally(0, 0, 1, 1),
        ("seen", "roles"): Tally(1, 1, 0, 0),
        ("unseen", "all"): Tally(0, 0, 1, 0),
        ("unseen", "roles"): Tally(0, 0, 1, 0),
    }
    assert table({"seen all": found["seen", "all"]})[-1] == "| seen all | 1 of 1 | 1 of 1 |"


def test_each_check_is_off_by_itself() -> None:
    meaning = Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)
    found = dict(without_each([TRUE, FALSE, OTHER], meaning))
    assert found["all checks"] == Tally(1, 1, 2, 2)
    assert found["negation"] == Tally(1, 1, 2, 0)
    assert "BM25" not in found


def test_the_claims_at_hand_are_true_and_false_in_like_numbers() -> None:
    claims = load_claims(CLAIMS)
    assert len({claim.id for claim in claims}) == len(claims) == 720
    assert sum(claim.right for claim in claims) == 368
    assert {claim.part for claim in claims} == {"seen", "unseen"}


def test_a_line_that_is_no_claim_is_named(tmp_path: Path) -> None:
    file = tmp_path / "claims.jsonl"
    file.write_text('{"id": "a"}\n')
    with pytest.raises(UsageError, match="line 1: no claim"):
        load_claims(file)
    with pytest.raises(UsageError, match="cannot be read"):
        load_claims(tmp_path / "none.jsonl")
