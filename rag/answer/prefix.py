"""The worked examples as the engine has read them, kept on disk: reading them anew takes 6 to 8 s on two cores.

What is kept is llama.cpp's own state of a slot after it has read a task's examples with nothing to answer, so no word
of an article or a question is in it. The engine trusts what it restores; so a file's name holds the hash of its bytes,
and one that is cut short, changed, or of another model, engine or prompt is never shown to it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from rag.answer.endpoint import CONTEXT_TOKENS
from rag.answer.prompts import CONDENSING, READING, condensing_turns, reading_turns
from rag.schema import Turn

Task = Literal["read", "condense"]

# Each task keeps its worked examples in a slot of its own: neither pushes the other's out of the cache.
SLOTS: dict[Task, int] = {"read": 0, "condense": 1}
TIMEOUT_S = 60.0  # to write or read back 13 MB, behind whatever the engine is doing
HEX = 16  # characters of a hash that tell models and prompts apart


def worked_examples(task: Task) -> tuple[str, list[Turn]]:
    """What every prompt of a task begins with: the instruction and the examples, with nothing to answer."""
    if task == "read":
        return READING, reading_turns("", "")
    return CONDENSING, condensing_turns((), "")


@dataclass(frozen=True)
class Prefixes:
    """The slots of the engine at `address`, which runs `model`, and the folder it may save them to."""

    folder: Path
    model: Path
    address: str
    key: str = field(repr=False)
    _ready: set[Task] = field(default_factory=set)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def prepare(self, task: Task, read: Callable[[], object]) -> None:
        """Once a task: restores its slot, or has the engine `read` the examples and keeps what came of it.

        Who asks meanwhile waits: a slot is saved before the first question can be in it.
        """
        with self._lock:
            if task in self._ready:
                return
            if not self._restore(task):
                read()
                self._keep(task)
            self._ready.add(task)

    def _restore(self, task: Task) -> bool:
        with suppress(OSError):
            for path in self.folder.glob(f"{self._made_of(task)}-*.bin"):
                if path.name == self._name(task, path) and self._slot("restore", task, path.name):
                    return True
        return False

    def _keep(self, task: Task) -> None:
        """In the place of all that was kept for this task and model. A folder that cannot be written keeps nothing."""
        part = self.folder / f"{self._whose(task)}-{secrets.token_hex(8)}.part"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            saved = self._slot("save", task, part.name)
            whole = saved is not None and saved.get("n_written") == part.stat().st_size
            kept = part.replace(self.folder / self._name(task, part)) if whole else None
            for path in self.folder.glob(f"{self._whose(task)}-*"):
                if path != kept:
                    path.unlink(missing_ok=True)

    def _name(self, task: Task, path: Path) -> str:
        return f"{self._made_of(task)}-{hashlib.sha256(path.read_bytes()).hexdigest()}.bin"

    def _made_of(self, task: Task) -> str:
        """Changes with everything that a saved slot depends on: the model's file, the engine and what it read."""
        from importlib.metadata import version

        file = self.model.stat()
        system, turns = worked_examples(task)
        words = [system, *((turn.role, turn.content) for turn in turns)]
        made_of = [file.st_size, file.st_mtime_ns, version("xllamacpp"), CONTEXT_TOKENS, words]
        return f"{self._whose(task)}-{_hash(made_of)}"

    def _whose(self, task: Task) -> str:
        return f"{task}-{_hash(self.model.name)}"

    def _slot(self, action: str, task: Task, name: str) -> dict[str, Any] | None:
        """What the engine says of a slot saved or restored, None where it could not."""
        import httpx

        try:
            said = httpx.post(
                f"{self.address}/slots/{SLOTS[task]}",
                params={"action": action},
                json={"filename": name},
                headers={"Authorization": f"Bearer {self.key}"},
                timeout=TIMEOUT_S,
                trust_env=False,
            )
            return dict(said.json()) if said.is_success else None
        except (httpx.HTTPError, ValueError):
            return None


def save_path(folder: Path) -> str:
    """As llama.cpp wants it: it puts the file's name right behind."""
    return f"{folder}{os.sep}"


def _hash(made_of: object) -> str:
    return hashlib.sha256(json.dumps(made_of).encode()).hexdigest()[:HEX]
