from __future__ import annotations

import re
from pathlib import Path

import pytest

CSS = (Path(__file__).parent.parent / "ui" / "style.css").read_text(encoding="utf-8")
READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of text, level AA
VISIBLE = 3.0  # 1.4.11: contrast of a focus ring or an icon

TEXT = [
    ("ink", "paper"),
    ("ink", "raised"),
    ("soft", "paper"),
    ("soft", "raised"),
    ("accent", "paper"),
    ("accent", "raised"),
    ("accent-ink", "accent"),
    ("marked-ink", "marked"),
    ("good", "paper"),
    ("doubt", "paper"),
]


def colours(selector: str) -> dict[str, str]:
    block = re.search(rf"^{re.escape(selector)} \{{(.*?)^\}}", CSS, re.MULTILINE | re.DOTALL)
    assert block
    return dict(re.findall(r"--([a-z-]+): (#[0-9a-f]{6})", block[1]))


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_known_pairs() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [":root", ".dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT)
def test_text_can_be_read_in_light_and_dark(theme: str, text: str, ground: str) -> None:
    assert contrast(colours(theme)[text], colours(theme)[ground]) >= READABLE


@pytest.mark.parametrize("theme", [":root", ".dark"])
def test_the_focus_ring_can_be_seen(theme: str) -> None:
    assert contrast(colours(theme)["accent"], colours(theme)["paper"]) >= VISIBLE


def test_every_colour_has_its_dark_one() -> None:
    assert colours(":root").keys() == colours(".dark").keys()


def test_the_style_fetches_nothing_and_stays_small() -> None:
    assert not re.search(r"@import|url\(|https?:|@font-face", CSS)
    assert len(CSS.splitlines()) < 300


def test_motion_can_be_turned_off() -> None:
    assert "@media (prefers-reduced-motion: reduce)" in CSS
