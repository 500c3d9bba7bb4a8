from __future__ import annotations

from pathlib import Path

from ui.uploads import LONGEST_NAME, brought, keep


def file(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def test_files_are_moved_into_the_folder(tmp_path: Path) -> None:
    one = file(tmp_path / "in", "a.txt", "A")

    assert keep([one], tmp_path / "home") == [tmp_path / "home" / "a.txt"]
    assert not one.exists()
    assert (tmp_path / "home" / "a.txt").read_text() == "A"


def test_another_file_of_the_same_name_stays_beside_it_and_the_same_file_is_kept_once(tmp_path: Path) -> None:
    home = tmp_path / "home"
    first = keep([file(tmp_path / "in", "a.txt", "A")], home)
    second = keep([file(tmp_path / "in", "a.txt", "B")], home)
    again = keep([file(tmp_path / "in", "a.txt", "B")], home)

    assert [first[0].name, second[0].name, again[0].name] == ["a.txt", "a (2).txt", "a (2).txt"]
    assert sorted(path.name for path in home.iterdir()) == ["a (2).txt", "a.txt"]


def test_hidden_and_very_long_names_become_plain_ones(tmp_path: Path) -> None:
    hidden, long = file(tmp_path / "in", ".a.txt", "A"), file(tmp_path / "in", "n" * 200 + ".txt", "B")
    kept = keep([hidden, long], tmp_path / "home")

    assert kept[0].name == "a.txt"
    assert len(kept[1].name) == LONGEST_NAME
    assert kept[1].suffix == ".txt"


def test_only_files_below_the_folder_of_uploads_count_as_brought(tmp_path: Path) -> None:
    uploads = tmp_path / "gradio"
    good, secret = file(uploads / "x", "a.txt", "A"), file(tmp_path, "secret.txt", "S")
    link = uploads / "link.txt"
    link.symlink_to(secret)
    named = [str(good), str(secret), str(link), f"{uploads}/../secret.txt", f"{uploads}/none.txt", "a\0b", 7, None]

    assert brought(named, uploads) == [good]
