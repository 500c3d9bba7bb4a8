from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from eval import duplicates
from eval.copies import WAYS, Story, make_copies, news, paragraphs, swapped
from eval.templates import TEMPLATES, make_templated


def story(seed: int) -> str:
    dice = Random(seed)
    return "\n\n".join(f"{news(dice)} In Ellery {dice.randint(20, 90)} people came, Bell said." for _ in range(6))


def test_copies_are_the_same_for_the_same_seed_and_all_of_one_family() -> None:
    base = Story("7", "7", "article", story(7))
    copies = make_copies(base, 1)
    assert copies == make_copies(base, 1)
    assert {copy.family for copy in copies} == {"7"}
    assert [copy.kind for copy in copies] == [*WAYS, "same", "combined"]


@pytest.mark.parametrize("way", WAYS)
def test_every_way_changes_the_text(way: str) -> None:
    text = story(1)
    assert any(WAYS[way](text, Random(seed)) != text for seed in range(5))


def test_a_reordered_story_keeps_its_lead_and_loses_nothing() -> None:
    text = story(1)
    made = paragraphs(WAYS["reordered"](text, Random(3)))
    assert made[0] == paragraphs(text)[0]
    assert sorted(made) == sorted(paragraphs(text))


def test_swapped_facts_are_other_facts_and_the_same_ones_throughout() -> None:
    text = swapped("The mayor of Ellery told Bell that 12 people of Ellery left.", Random(1))
    assert "Ellery" not in text
    assert "12" not in text
    words = text.split()
    assert words[3] == words[10]
    assert (words[0], words[-1]) == ("The", "left.")


def test_every_template_makes_stories_of_its_own() -> None:
    made = make_templated(5, 1)
    assert len({one.text for one in made}) == len({one.family for one in made}) == 5 * len(TEMPLATES)


def test_equal_articles_are_one_family_and_articles_that_share_sentences_are_not_judged() -> None:
    first, shared = story(1), story(2)
    stories, open_pairs = duplicates.collect([first, first, shared, f"{shared}\n\n{story(3)}"], 1, 1)
    families = {one.id: one.family for one in stories}
    assert families["0"] == families["1"] == "0"
    assert frozenset(("2", "3")) in open_pairs
    assert frozenset(("0", "2")) not in open_pairs


def test_the_command_prints_what_it_measured(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text("".join(json.dumps({"text": story(seed)}) + "\n" for seed in range(8)), encoding="utf-8")
    assert duplicates.main(["--articles", str(path), "--templated", "2", "--many", "120"]) == 0
    said = capsys.readouterr().out
    assert "precision 1.0000" in said
    assert "120 articles" in said
