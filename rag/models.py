"""Where a model is: found in the cache and checked, or pulled into it. Every command gets its models here."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rag.config import DEFAULT_EMBEDDER, DEFAULT_LLM, Settings
from rag.errors import ModelError
from rag.progress import Progress, megabytes
from rag.pull import pull, sha256
from rag.registry import MODELS, Kind, ModelSpec

State = Literal["ready", "missing", "damaged"]
MAGIC = b"GGUF"
STAMP = ".verified.json"


@dataclass(frozen=True)
class ModelRow:
    """A line of `dateline models`; `path` is where the model is or would be, `size` is in bytes."""

    name: str
    kind: Kind
    size: int
    licence: str
    state: State
    path: Path
    default: bool


def ensure_model(
    name_or_path: str, settings: Settings, progress: Progress = megabytes, *, kind: Kind | None = None
) -> Path:
    """The model's GGUF file, or folder for an embedding model; pulled first when it is missing.

    Raises ModelError if it is unknown, not of the `kind` asked for, damaged, or cannot be fetched.
    """
    if kind and name_or_path in MODELS and MODELS[name_or_path].kind != kind:
        raise ModelError(f"{name_or_path} is no {kind} model: {_choices(kind)}")
    return find_model(name_or_path, settings) or pull_model(name_or_path, settings, progress)


def find_model(name_or_path: str, settings: Settings) -> Path | None:
    """The model if it is on this machine, None if it is a known one that is not; opens no socket.

    Raises ModelError if the name is unknown, or the file is not what it should be.
    """
    if name_or_path not in MODELS:
        return _users_own(name_or_path)
    spec = MODELS[name_or_path]
    folder = _folder(spec, settings)
    if not _complete(spec, folder):
        return None
    _check(spec, folder)
    return _entry(spec, folder)


def pull_model(name: str, settings: Settings, progress: Progress = megabytes) -> Path:
    """Fetch a known model, or check the one that is there in full and replace it if it is damaged.

    A second process that wants the same model waits for the first one.
    """
    if name not in MODELS:
        raise ModelError(f"unknown model {name}: {_choices()}")
    spec = MODELS[name]
    folder = _folder(spec, settings)
    if settings.offline:
        raise ModelError(
            f"DATELINE_OFFLINE is set and {name} is not here: unset it and run `dateline models pull {name}`"
        )
    with _alone(spec, folder):
        with suppress(ModelError):
            if _complete(spec, folder):
                _check(spec, folder, in_full=True)
                return _entry(spec, folder)
        pull(spec, folder, progress)
        _write_stamp(spec, folder)
    return _entry(spec, folder)


def list_models(settings: Settings, *, check: bool = False) -> list[ModelRow]:
    """Every known model. With `check` the bytes of those present are all hashed, about 2 s a gigabyte."""
    return [
        ModelRow(
            name=spec.name,
            kind=spec.kind,
            size=spec.size,
            licence=spec.licence,
            state=_state(spec, _folder(spec, settings), in_full=check),
            path=_entry(spec, _folder(spec, settings)),
            default=spec.name in (DEFAULT_EMBEDDER, DEFAULT_LLM),
        )
        for spec in MODELS.values()
    ]


def _state(spec: ModelSpec, folder: Path, *, in_full: bool) -> State:
    if not _complete(spec, folder):
        return "missing"
    try:
        _check(spec, folder, in_full=in_full)
    except ModelError:
        return "damaged"
    return "ready"


def _folder(spec: ModelSpec, settings: Settings) -> Path:
    return settings.cache / "models" / spec.name


def _entry(spec: ModelSpec, folder: Path) -> Path:
    return folder if spec.kind == "embedding" else folder / spec.files[0].path


def _complete(spec: ModelSpec, folder: Path) -> bool:
    return all((folder / file.path).is_file() for file in spec.files)


def _check(spec: ModelSpec, folder: Path, *, in_full: bool = False) -> None:
    """Hash the files, unless they have not been touched since they were last found right."""
    stamp = _stamp(spec, folder)
    if not in_full and _read_stamp(folder) == stamp:
        return
    for file in spec.files:
        path = folder / file.path
        size = path.stat().st_size
        if size != file.size:
            found = f"has {size:,} bytes, not {file.size:,}"
        elif sha256(path) != file.sha256:
            found = f"is not the file whose SHA-256 is {file.sha256}"
        else:
            continue
        raise ModelError(f"{path} {found}: run `dateline models pull {spec.name}` to replace it")
    _write_stamp(spec, folder)


def _stamp(spec: ModelSpec, folder: Path) -> dict[str, list[str | int]]:
    """What is remembered of a check: hashing a gigabyte at every start would cost 2 s."""
    stats = {file: (folder / file.path).stat() for file in spec.files}
    return {file.path: [file.sha256, stat.st_size, stat.st_mtime_ns] for file, stat in stats.items()}


def _read_stamp(folder: Path) -> object:
    try:
        return json.loads((folder / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def _write_stamp(spec: ModelSpec, folder: Path) -> None:
    with suppress(OSError):  # a cache that cannot be written to is checked again next time
        (folder / STAMP).write_text(json.dumps(_stamp(spec, folder)), encoding="utf-8")


def _users_own(path: str) -> Path:
    own = Path(path).expanduser().absolute()
    if own.suffix.lower() != ".gguf" and not own.is_file():
        raise ModelError(f"unknown model {path}: {_choices('llm')}, or give the path of a .gguf file")
    try:
        with own.open("rb") as stream:
            magic = stream.read(len(MAGIC))
    except OSError as error:
        raise ModelError(f"{own} cannot be read as a model: {error.strerror or error}") from error
    if magic != MAGIC:
        raise ModelError(f"{own} is no model: a GGUF file begins with {MAGIC!r}, this one with {magic!r}")
    return own


def _choices(kind: Kind | None = None) -> str:
    return "choose " + " or ".join(spec.name for spec in MODELS.values() if kind in (None, spec.kind))


@contextmanager
def _alone(spec: ModelSpec, folder: Path) -> Iterator[None]:
    from filelock import FileLock, Timeout

    lock = FileLock(folder.with_name(f".{spec.name}.lock"))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout:
        print(f"waiting for another process, which is pulling {spec.name}", file=sys.stderr, flush=True)
        lock.acquire()
    except OSError as error:
        raise ModelError(
            f"no model can be kept in {folder.parent} ({error.strerror or error}): set DATELINE_CACHE to another folder"
        ) from error
    try:
        yield
    finally:
        lock.release()
