"""HOME/settings.json: what was chosen on the page and holds until something else is. Only its owner can read it."""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import asdict, dataclass, field, fields, replace
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from rag.config import Settings
from rag.errors import HomeError, UsageError

NAME = "settings.json"
Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = ("system", "light", "dark")
LEAST_PASSAGES, MOST_PASSAGES = 1, 30
LONGEST = 2000  # characters of a name or an address


@dataclass(frozen=True)
class Saved:
    """`model` names a local model, or the endpoint's if `endpoint` is set; None is the default, or its first.

    `passages` is how many are looked at for a question, None what the program thinks best. `key` is the endpoint's
    own and goes to no other; it is never shown.
    """

    model: str | None = None
    endpoint: str | None = None
    passages: int | None = None
    theme: Theme = "system"
    key: str | None = field(default=None, repr=False)


def load(home: Path) -> Saved:
    """What was saved, or the defaults. Raises HomeError if the file is not what `save` writes."""
    path = home / NAME
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(row, dict):
            raise UsageError("it is no JSON object")
        if unknown := sorted(set(row) - {field.name for field in fields(Saved)}):
            raise UsageError(f"unknown key {unknown[0]}")
        return checked(Saved(**row))
    except FileNotFoundError:
        return Saved()
    except OSError as error:
        raise HomeError(f"{path}: cannot be read ({error.strerror or error})") from error
    except (ValueError, UsageError) as error:
        raise HomeError(f"{path}: {error}; mend the file or delete it") from error


def save(saved: Saved, home: Path) -> None:
    """In one step: whoever reads meanwhile sees the old or the new. Raises UsageError if a value cannot be one."""
    row = asdict(checked(saved))
    if saved.key is None:
        del row["key"]
    write_whole(home / NAME, json.dumps(row, indent=1) + "\n")


def checked(saved: Saved) -> Saved:
    """The same. Raises UsageError saying which value cannot be one."""
    for name in ("model", "endpoint", "key"):
        value = getattr(saved, name)
        if value is not None and not (isinstance(value, str) and 0 < len(value) <= LONGEST and value.isprintable()):
            raise UsageError(f"{name} must be a line of text or nothing")
    if saved.endpoint is not None:
        check_address(saved.endpoint)
    elif saved.key is not None:
        raise UsageError("a key goes with the address of its endpoint")
    passages = saved.passages
    if passages is not None and (type(passages) is not int or not LEAST_PASSAGES <= passages <= MOST_PASSAGES):
        raise UsageError(f"the number of passages must be {LEAST_PASSAGES} to {MOST_PASSAGES}")
    if saved.theme not in THEMES:
        raise UsageError(f"the theme must be {', '.join(THEMES)}")
    return saved


def check_address(url: str) -> None:
    """An address that hides a key, as user:key@host or ?key=…, is refused: it would be kept, shown and logged.

    The refusal does not repeat it.
    """
    from rag.answer.endpoint import check_url

    try:
        parts = urlsplit(url)
        hides = bool(parts.username or parts.password or parts.query or parts.fragment)
    except ValueError:
        hides = False
    if hides:
        raise UsageError(
            "the address must hold no name, key, ? or #; give the key apart, in Settings or DATELINE_LLM_KEY"
        )
    check_url(url)


def with_saved(settings: Settings, saved: Saved) -> Settings:
    """A model or an endpoint named by flag or environment stands; else what was saved is taken, all together.

    A key given now goes before the one that was saved, which goes to the address that was saved with it only.
    """
    if settings.llm or settings.llm_url:
        return settings
    return replace(settings, llm=saved.model, llm_url=saved.endpoint, llm_key=settings.llm_key or saved.key)


def write_whole(path: Path, text: str) -> None:
    """Written beside and moved into place, readable to its owner only. Raises HomeError if it cannot be."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, beside = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
            os.replace(beside, path)
        except OSError:
            os.unlink(beside)
            raise
    except OSError as error:
        raise HomeError(f"{path}: cannot be written ({error.strerror or error})") from error
