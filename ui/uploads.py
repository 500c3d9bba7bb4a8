"""Files that a reader brings: kept in the home's own folder, so that they last, and told apart by name."""

from __future__ import annotations

import filecmp
import shutil
from collections.abc import Iterable
from pathlib import Path

FOLDER = "uploads"
"""In the home."""
LONGEST_NAME = 120  # characters; file systems take 255 bytes, and a letter may be four of them


def keep(uploads: Iterable[Path], folder: Path) -> list[Path]:
    """Moves the files into the folder and says where they lie; one that lies there already is not kept twice.

    Another file of the same name stays beside it: "storm.txt", "storm (2).txt".
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [_keep(upload, folder) for upload in uploads]


def brought(paths: Iterable[object], folder: Path) -> list[Path]:
    """Those of the paths that a browser names which really are files that were brought: below this folder."""
    named = [Path(path).resolve() for path in paths if isinstance(path, str) and "\0" not in path]
    return [path for path in named if path.is_relative_to(folder.resolve()) and path.is_file()]


def _keep(upload: Path, folder: Path) -> Path:
    name = upload.name.lstrip(".") or "file"  # hidden files are not read
    suffix = Path(name).suffix[-20:]
    stem = name[: len(name) - len(suffix)][: LONGEST_NAME - len(suffix)]
    number, target = 1, folder / f"{stem}{suffix}"
    while target.exists() and not filecmp.cmp(upload, target, shallow=False):
        number += 1
        target = folder / f"{stem} ({number}){suffix}"
    if target.exists():
        upload.unlink()
    else:
        shutil.move(upload, target)
    return target
