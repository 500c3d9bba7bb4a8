"""What a terminal shows: wrapped, named, dated, and with nothing in it that could steer the terminal."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import terminal
from rag.models import ModelRow
from rag.schema import AnswerSentence, DateKind, DateMention
from tests.scripted import ARTICLES, HITS, answered, article, citation


@pytest.fixture(autouse=True)
def width(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")


def test_a_sentence_carries_its_marks() -> None:
    said = AnswerSentence("He went to Lisbon.", (1, 3), "supported")
    assert terminal.answer_sentence(said) == "He went to Lisbon. [1] [3]"


def test_a_quote_is_wrapped_with_its_card_dates_and_file_below(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(article().path).parent.parent)
    assert terminal.quote(citation(), ARTICLES).splitlines() == [
        "[1] “On Wednesday night, Russian Foreign Minister Sergei",
        "    Lavrov arrived in Havana for talks that will focus on",
        "    promoting political, economic, educational and cultural",
        "    cooperation.”",
        "    Lavrov arrives in Havana to promote Russia-Cuba",
        "    cooperation, teleSUR English, 20 April 2023",
        "    “Wednesday night” is 19 April 2023",
        "    corpus/002_2a875578f3e8dcbd.txt",
    ]


def test_copies_are_named_by_outlet_and_file() -> None:
    known = {
        "named": article(id="named", outlet="The Paper", path="/news/a.txt"),
        "nameless": article(id="nameless", outlet=None, path="/news/b.txt"),
    }
    shown = terminal.quote(citation(also_in=("named", "nameless", "removed")), known)
    assert shown.splitlines()[-2:] == ["    also in The Paper (/news/a.txt)", "    also in /news/b.txt"]


def test_what_is_unknown_or_borrowed_is_said() -> None:
    bare = article(outlet=None, published=None, sources={})
    lent = article(sources={"published": "borrowed from b.txt"})
    assert terminal.name_card(bare, bare) == f"{bare.title}, outlet unknown, no date"
    assert terminal.name_card(lent, lent).endswith("teleSUR English, 20 April 2023 (borrowed from b.txt)")


def test_a_place_in_a_file_with_pages_is_told_with_its_page() -> None:
    assert "Russia-Cuba cooperation, teleSUR English, 20 April 2023, p. 3" in flat(
        terminal.quote(citation(page=3), ARTICLES)
    )
    paged = {"lavrov": article(page_starts=(0, HITS[1].start))}
    found = flat(terminal.hit_list(HITS, paged))
    assert [f"20 April 2023, p. {page} {hit.text[:20]}" in found for page, hit in enumerate(HITS, 1)] == [True, True]


def flat(shown: str) -> str:
    return " ".join(shown.split())


NOVEMBER = date(2022, 11, 1)


@pytest.mark.parametrize(
    ("text", "first", "last", "kind", "meaning"),
    [
        ("last month", NOVEMBER, date(2022, 11, 30), "past", "is November 2022"),
        ("some days ago", NOVEMBER, date(2022, 11, 3), "vague", "is about 1 to 3 November 2022"),
        ("on Thursday", None, None, "past", "is as said; the article does not tell the day"),
    ],
)
def test_a_date_is_said_with_its_own_words(
    text: str, first: date | None, last: date | None, kind: DateKind, meaning: str
) -> None:
    shown = terminal.quote(citation(dates=(DateMention(text, 0, 9, first, last, kind),)), ARTICLES)
    assert f"“{text}” {meaning}" in " ".join(shown.split())


def test_a_date_that_says_itself_is_not_repeated() -> None:
    full = DateMention("19 April 2023", 0, 13, date(2023, 4, 19), date(2023, 4, 19), "past")
    assert "is 19 April" not in terminal.quote(citation(dates=(full,)), ARTICLES)


def test_a_refusal_shows_the_nearest_passages() -> None:
    shown = terminal.proof(answered("moon?", abstained=True), ARTICLES)
    assert shown.startswith("Nearest passages:\n\n 1. Lavrov arrives")
    assert f"score 0.90, article lavrov, characters 0 to {HITS[0].end}" in shown
    assert "\n\n 2. " in shown


def test_an_empty_archive_says_so() -> None:
    empty = replace(answered("moon?", abstained=True), evidence=())
    assert terminal.proof(empty, {}) == "The archive holds nothing near it."


def test_a_passage_of_an_article_removed_meanwhile_keeps_its_id() -> None:
    assert terminal.hit_list(HITS[:1], {}).startswith(" 1. lavrov\n")


def test_the_table_of_articles_fits_the_terminal() -> None:
    rows = terminal.article_table([article(), article(id="b", outlet=None, published=None)]).splitlines()
    assert rows[0].split() == ["ID", "PUBLISHED", "OUTLET", "TITLE"]
    assert rows[1].startswith("lavrov  2023-04-20  teleSUR English  Lavrov arrives")
    assert rows[1].endswith("…")
    assert rows[2].split()[:3] == ["b", "-", "-"]
    assert max(map(len, rows)) <= 60


def test_the_table_of_models_marks_the_default_and_says_what_to_run() -> None:
    here = ModelRow("small", "llm", 491_400_064, "Apache-2.0", "ready", Path("/cache/small.gguf"), True)
    missing = replace(here, name="large", state="missing", default=False)
    _, first, second, note = terminal.model_table([here, missing]).splitlines()
    assert first.split() == ["small", "*", "llm", "491", "MB", "Apache-2.0", "ready", "/cache/small.gguf"]
    assert second.endswith("missing  dateline models pull large")
    assert note.startswith("*")


def test_a_first_sentence_that_stands_for_a_title_is_cut() -> None:
    long = article(title="The winds were strong in the port. " * 4)
    assert terminal.name_card(long, long).startswith("The winds were strong in the port. The winds")
    assert "…, teleSUR English, " in terminal.name_card(long, long)
    short = article(title="The winds were strong.")
    assert terminal.name_card(short, short).startswith("The winds were strong, teleSUR")


def test_an_article_is_shown_by_paragraphs() -> None:
    shown = terminal.whole_article(article(text="One.\nTwo.\n\nThree."))
    assert shown.endswith("\n\nOne.\n\nTwo.\n\nThree.")


@given(st.text())
def test_no_text_can_steer_the_terminal(text: str) -> None:
    shown = terminal.paragraph(text)
    assert all(char == "\n" or char >= " " for char in shown)
    assert not set(shown) & set("\x7f\x9b\u202e\u2066")


@given(st.dictionaries(st.text(max_size=5), st.text(max_size=20)), st.sampled_from(["utf-8", "ascii", "cp1252"]))
def test_a_json_line_can_be_printed_and_read_back(row: dict[str, str], encoding: str) -> None:
    line = terminal.json_line(row, encoding)
    assert "\n" not in line
    assert json.loads(line.encode(encoding).decode(encoding)) == row


def test_json_is_readable_where_it_can_be() -> None:
    assert terminal.json_line({"a": "Díaz"}, "utf-8") == '{"a": "Díaz"}'
    assert terminal.json_line({"a": "\ud83d"}, "utf-8") == '{"a": "\\ud83d"}'
