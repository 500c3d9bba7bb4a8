from __future__ import annotations

from eval.markdown import head, row


def test_a_table_begins_with_its_names_and_where_they_stand() -> None:
    assert head("kind", "right", "wrong") == ["| kind | right | wrong |", "| --- | --: | --: |"]


def test_what_a_cell_holds_stays_in_it_and_is_no_markup() -> None:
    assert row("a|b", "<b>c</b>\nd", 4, "`e`") == "| a\\|b | &lt;b&gt;c&lt;/b&gt; d | 4 | 'e' |"
