from __future__ import annotations

from pathlib import Path

from rag.doctor import Finding
from rag.survey import IndexReport
from tests.scripted import Seen, article
from ui.intake import LISTED, health, progress, removed, report, restored, trouble

UPLOADS = Path("/home/me/.dateline/uploads")
HOSTILE = '<img src=x onerror="window.ran=1">'


def test_the_report_names_what_came_of_each_file_without_its_folder() -> None:
    done = IndexReport(
        added=[f"{UPLOADS}/a.txt"],
        unchanged=[f"{UPLOADS}/b.txt"],
        failed={f"{UPLOADS}/c.exe": f"{UPLOADS}/c.exe: files of this kind are not read"},
        notices={f"{UPLOADS}/a.txt": f"{UPLOADS}/a.txt: is in another language than English (de)"},
    )
    said = Seen(report(done, UPLOADS)).text

    assert said.startswith("Added 1, already here 1 · 1 could not be read")
    assert "c.exe: files of this kind are not read" in said
    assert "a.txt: is in another language than English (de)" in said
    assert str(UPLOADS) not in said


def test_long_lists_are_cut_and_counted() -> None:
    html = report(IndexReport(added=[f"{n}.txt" for n in range(LISTED + 7)]), UPLOADS)

    assert "and 7 more" in html
    assert html.count("<li") == LISTED + 1


def test_nothing_added_says_so() -> None:
    assert "Nothing was added" in report(IndexReport(), UPLOADS)


def test_progress_is_a_bar_with_words() -> None:
    assert 'max="100" value="42">42%</progress>' in progress(3, 0.42, 5)
    assert "3 articles in" in progress(3, 0.42, 5)
    assert "Reading 5 files" in progress(0, 0, 5)


def test_what_was_removed_can_be_undone() -> None:
    assert 'data-undo="lavrov"' in removed(article())
    assert "not in the archive any more" in removed(None)
    assert "Back again: Lavrov arrives" in Seen(restored(article())).text
    assert "cannot be brought back" in restored(None)


def test_health_tells_each_thing_that_was_mended() -> None:
    assert "5 articles: all is well" in health([], 5)
    assert "2 strays: they were removed" in health([Finding("2 strays", "they were removed")], 5)


def test_hostile_names_become_text() -> None:
    done = IndexReport(added=[HOSTILE], failed={HOSTILE: HOSTILE}, notices={HOSTILE: HOSTILE})
    html = report(done, UPLOADS) + removed(article(id=HOSTILE, title=HOSTILE)) + restored(article(title=HOSTILE))
    html += health([Finding(HOSTILE, HOSTILE)], 1) + trouble(HOSTILE)

    assert "img" not in {tag for tag, _ in Seen(html).elements}
