from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from eval.dump_more_sites import MORE_SITES
from eval.dump_others import OTHERS
from eval.dump_parts import Told
from eval.dump_render import RENDERINGS, Piece, gold
from eval.dump_sites import SITES
from eval.dumps import dumps, main

TOLD = [
    Told(
        f"Storm number {number} closes harbour",
        tuple(
            f"The harbour of Port Ellery was closed on day {number}, as for the {part}th time a storm tore it open."
            for part in range(number % 4 + 6)
        ),
    )
    for number in range(40)
]
ALL = SITES | MORE_SITES | OTHERS


@pytest.mark.parametrize("rendering", RENDERINGS)
def test_a_rendering_keeps_every_word(rendering: str) -> None:
    pieces = [Piece("item", "News"), Piece("story", "The harbour is closed."), Piece("line", "Share")]
    text = RENDERINGS[rendering](pieces, Random(1))
    for word in ("News", "The harbour is closed.", "Share"):
        assert word in " ".join(text.split())


@pytest.mark.parametrize("site", ALL)
def test_a_site_holds_the_story_in_order_among_other_things(site: str) -> None:
    pieces = ALL[site](TOLD[0], TOLD[1:], Random(1))
    story = gold(pieces).split("\n\n")
    assert tuple(story) == TOLD[0].paragraphs[: len(story)]
    assert len(pieces) > len(story)


def test_sites_kept_aside_are_others() -> None:
    assert not set(OTHERS) & set(SITES | MORE_SITES)


def test_the_figures_are_printed_for_every_site(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [{"title": told.title, "text": "\n\n".join(told.paragraphs)} for told in TOLD * 2]
    path.write_text("\n".join(map(json.dumps, rows)))
    first = next(dumps(path, 1, others=True))
    assert first == next(dumps(path, 1, others=True))
    assert main(["--articles", str(path), "--pages", "1", "--others"]) == 0
    out = capsys.readouterr().out
    assert all(site in out for site in OTHERS)
