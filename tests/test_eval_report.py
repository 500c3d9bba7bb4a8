from __future__ import annotations

import math
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest

from eval import plots, report, results
from eval.figures import FIGURES, outcome
from eval.judge import Row, failed, judge
from eval.page import html_page
from eval.results import accepted_form, changes, turned
from tests.judged import ARTICLES, BENT, NEVER, WHO, a_run, answer, asked, good, refusal, rows_of

RIGHT, SHARE, SECONDS = FIGURES["answers_right"], FIGURES["mrr"], FIGURES["seconds_median"]
EVIL = '<script>alert(1)</script>" onload="x" \u202e &amp;'


@pytest.fixture(autouse=True)
def few_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(results, "DRAWS", 20)


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.said = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.said += data

    def named(self, name: str) -> Iterator[dict[str, str | None]]:
        return (attrs for tag, attrs in self.tags if tag == name)


def wrong(text: str = "Nobody knows.") -> Row:
    return judge(WHO, asked(answer(text)), ARTICLES)


# Figures


def test_figures_are_told_with_their_units() -> None:
    assert [RIGHT.tell(0.854), SHARE.tell(0.9), SECONDS.tell(6.94), SECONDS.tell(26.9)] == [
        "85 %", "0.90", "6.94 s", "26.9 s",
    ]  # fmt: skip
    assert [RIGHT.tell(None), RIGHT.tell(math.nan)] == ["–", "–"]
    assert [RIGHT.tell_interval((0.745, 0.92)), SHARE.tell_interval([0.8, 0.9])] == ["74–92 %", "0.80–0.90"]
    assert [RIGHT.tell_interval(None), RIGHT.tell_interval((math.nan, math.nan))] == ["", ""]


def test_a_change_is_told_in_points_and_whether_it_is_for_the_better() -> None:
    told = [RIGHT.tell_change(change) for change in (0.031, -0.01, 0.004, None, math.nan)]
    assert told == ["+3 points", "−1 point", "no change", "", ""]
    assert SECONDS.tell_change(-0.5) == "−0.50"
    assert (RIGHT.better(0.1), RIGHT.better(-0.1)) == (True, False)
    assert (SECONDS.better(0.1), SECONDS.better(-0.1)) == (False, True)


def test_what_came_of_a_question_has_a_name() -> None:
    rows = [*rows_of(WHO, NEVER), wrong(), failed(WHO, "dead")]
    rows += [judge(WHO, asked(refusal()), ARTICLES), judge(NEVER, asked(answer()), ARTICLES)]
    rows += [judge(BENT, asked(refusal()), ARTICLES)]
    assert [outcome(row) for row in rows] == [
        "right", "rightly refused", "wrong", "error", "wrongly refused", "invented", "rightly refused",
    ]  # fmt: skip


# Against the accepted run


def test_changes_are_told_only_against_a_run_of_the_same() -> None:
    before, now = accepted_form(a_run(*rows_of(WHO, NEVER))), a_run(wrong(), *rows_of(NEVER))
    assert changes(now, before)["answers_right"] == -1
    assert "peak_memory_gb" in changes(now, before)
    assert turned(now, before) == {"who-1": "now wrong"}
    other = a_run(wrong(), *rows_of(NEVER), corpus={"sha256": "beef", "articles": 2, "without_evidence": False})
    assert (changes(other, before), turned(other, before)) == ({}, {})
    assert (changes(now, None), turned(now, None)) == ({}, {})
    assert report.compared(other, before).startswith("Not compared")
    assert report.compared(now, None).startswith("There is no accepted run")


# The page


def page_of(*rows: Row, accepted: Any = None) -> tuple[str, Tags]:
    page = html_page(a_run(*rows), accepted)
    return page, Tags(page)


def test_the_page_shows_failures_first_and_open() -> None:
    _, tags = page_of(*rows_of(WHO, NEVER), judge(BENT, asked(answer("Rain.")), ARTICLES))
    shown = [attrs for attrs in tags.named("details") if "class" in attrs]
    assert [(q["data-outcome"], "open" in q) for q in shown] == [
        ("wrong", True), ("right", False), ("rightly refused", False),
    ]  # fmt: skip
    assert [q["data-kind"] for q in shown] == ["wrong", "who", "far"]


def test_a_question_is_shown_with_its_answer_proof_and_fault() -> None:
    _, tags = page_of(wrong(), *rows_of(NEVER))
    for text in ("Who opened it?", "Nobody knows.", "Passages found, best first", "x Ana Ruiz opened the bridge",
                 "Bridge, proves it", "missing: Ana Ruiz", "Wanted: Ana Ruiz or Ruiz",
                 "[1] Ana Ruiz opened the bridge on Monday.", "confidence 0.80, 2.0 s"):  # fmt: skip
        assert text in tags.said


def test_nothing_of_a_stranger_becomes_markup_and_nothing_is_fetched() -> None:
    evil = answer(EVIL)
    evil["citations"][0] |= {"quote": EVIL, "title": EVIL}
    row = judge(WHO, asked(evil), ARTICLES) | {"kind": EVIL, "id": EVIL, "question": EVIL}
    page, tags = page_of(row, *rows_of(NEVER))
    assert len(list(tags.named("script"))) == 1
    assert not any("onload" in attrs for _, attrs in tags.tags)
    assert "\u202e" not in page
    assert not any({"src", "href", "style"} & set(attrs) for _, attrs in tags.tags)
    assert "url(" not in page
    assert "@import" not in page
    policy = next(a["content"] for a in tags.named("meta") if "content" in a and "default-src" in str(a["content"]))
    assert re.fullmatch(
        r"default-src 'none'; style-src 'sha256-[\w+/]{43}='; script-src 'sha256-[\w+/]{43}='; base-uri 'none'",
        str(policy),
    )


def test_a_figure_stands_with_its_interval_and_its_change() -> None:
    _, tags = page_of(*rows_of(WHO, NEVER), accepted=accepted_form(a_run(wrong(), *rows_of(NEVER))))
    assert "Answered rightof the questions that the archive answers100 %100–100 %▲ +100 points" in tags.said
    assert "Changes are against the accepted run of 2026-01-02 03:04 UTC (scripted)." in tags.said


def test_a_run_of_refusals_alone_still_makes_a_page() -> None:
    _, tags = page_of(*rows_of(NEVER))
    assert "Nothing to draw: no answer was given." in tags.said
    assert "Nothing to draw: nothing was to be found." in tags.said
    assert "Of 1 without an answer 1 were refused, 0 answered all the same." in tags.said


def test_an_error_makes_a_page_and_markdown_too() -> None:
    page, tags = page_of(failed(WHO, "no answer from there"), *rows_of(NEVER))
    assert next(tags.named("details"))["data-outcome"] == "error"
    assert "no answer from there" in page
    assert "no answer from there" in report.markdown(a_run(failed(WHO, "no answer from there")))


# Plots


def numbers(pattern: str, svg: str) -> list[float]:
    return [float(found) for found in re.findall(pattern, svg)]


def test_the_curve_runs_from_left_to_right_at_the_height_of_its_risk() -> None:
    points = [{"coverage": 0.25, "risk": 0.0, "confidence": 0.9}, {"coverage": 0.5, "risk": 0.5, "confidence": 0.6}]
    svg = plots.risk_coverage(points)
    xs, ys = numbers(r'cx="([\d.]+)"', svg), numbers(r'cy="([\d.]+)"', svg)
    width = plots.WIDTH - plots.LEFT - plots.RIGHT
    assert xs == pytest.approx([plots.LEFT + width / 4, plots.LEFT + width / 2], abs=0.06)
    assert ys == [plots.HEIGHT - plots.BOTTOM, plots.TOP]  # 50 % is the end of the axis
    assert "With 50 % of the questions answered, 50 % of answers are wrong" in svg
    assert "confidence 0.60 or more: 50 % answered, 50 % of them wrong" in svg


def test_recall_has_a_dot_for_each_k_and_a_line_for_each_interval() -> None:
    svg = plots.recall_by_k({1: 0.5, 3: 1.0, 5: math.nan}, {1: (0.25, 0.75), 3: (math.nan, math.nan)})
    assert (svg.count("<circle"), svg.count('class="whisker"')) == (2, 1)
    assert numbers(r'cy="([\d.]+)"', svg)[1] == plots.TOP
    assert 'aria-label="50 % in the first 1, 100 % in the first 3"' in svg


def test_bars_are_as_long_as_their_share_and_names_are_escaped() -> None:
    room = plots.WIDTH - plots.NAMES - plots.BEHIND
    svg = plots.right_by_kind({"how_many": (3, 4), "<b>": (0, 2), "none": (0, 0)})
    assert numbers(r'class="bar"[^>]* width="([\d.]+)"', svg) == pytest.approx([0.75 * room, 0])
    assert ">how many<" in svg
    assert "<b>" not in svg
    svg = plots.seconds_by_step([("whole answer", 5.0, 20.0), ("first sentence", math.nan, math.nan)])
    assert numbers(r'class="bar"[^>]* width="([\d.]+)"', svg) == pytest.approx([room / 4])
    assert "5.0 (20) s" in svg
    assert plots.seconds_by_step([]).startswith("<p")


# Markdown


def test_markdown_keeps_an_answer_from_being_markup() -> None:
    page = report.markdown(a_run(judge(WHO, asked(answer("# Title\n```")), ARTICLES)))
    assert "| all |" in page
    assert not any(line.startswith(("```", "# Title")) for line in page.splitlines())


def test_markdown_keeps_a_table_whole() -> None:
    page = report.markdown(a_run(judge(WHO, good(WHO), ARTICLES) | {"kind": "a|b\n<i>"}))
    assert "| a\\|b &lt;i&gt; |" in page


def test_intervals_are_printed_for_the_terminal() -> None:
    assert "Answered right                 100 %   100–100 %" in report.text(a_run(*rows_of(WHO, NEVER)))
