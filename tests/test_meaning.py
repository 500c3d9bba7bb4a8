from __future__ import annotations

from collections.abc import Sequence

import pytest

from rag.index import meaning as meaning_module
from rag.index.meaning import Meaning

PLACES = {"east": [3.0, 0.0], "north": [0.0, 2.0], "northeast": [1.0, 1.0], "west": [-1.0, 0.0]}


class Embedder:
    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, texts: Sequence[str]) -> list[list[float]]:
        self.asked.append(list(texts))
        return [PLACES[text] for text in texts]


def test_each_text_gets_the_cosine_of_what_is_nearest_to_it() -> None:
    found = Meaning(Embedder()).nearest(["east", "north", "west"], ["northeast", "west"])
    assert found == pytest.approx([0.5**0.5, 0.5**0.5, 1.0])


def test_nothing_is_near_where_nothing_is() -> None:
    embed = Embedder()
    assert Meaning(embed).nearest(["east", "north"], []) == [0.0, 0.0]
    assert Meaning(embed).nearest([], ["east"]) == []
    assert embed.asked == []


def test_a_text_is_embedded_once() -> None:
    embed = Embedder()
    meaning = Meaning(embed)
    meaning.nearest(["east", "east", "north"], ["north"])
    meaning.nearest(["north"], ["east"])
    assert embed.asked == [["east", "north"]]


def test_memory_is_bounded_and_forgetting_changes_no_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(meaning_module, "REMEMBERED", 2)
    meaning = Meaning(Embedder())
    for _ in range(2):
        assert meaning.nearest(["east", "north"], ["northeast", "west"]) == pytest.approx([0.5**0.5] * 2)
        assert len(meaning._known) <= 2
