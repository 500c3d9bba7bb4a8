"""What the Settings view reads and changes: everything here does what is asked, and draws nothing."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from rag.answer.loaded import LoadedModel
from rag.config import DEFAULT_LLM, Settings
from rag.desk.settings_file import LEAST_PASSAGES, MOST_PASSAGES, Saved, Theme, checked, load, save, with_saved
from rag.errors import DatelineError, ModelError, UsageError
from rag.models import ModelRow, list_models, pull_model
from rag.progress import Progress

NOT_YOURS = "several people use this page: its model is chosen by whoever starts it, with --model or --llm-url"


@dataclass(frozen=True)
class Standing:
    """How things are set. `reads` is the name of what reads, None if there is nothing yet; `named` says that a flag or
    the environment chose it this time; `shared` that whoever looks may change nothing of it."""

    reads: str | None
    address: str | None
    models: tuple[ModelRow, ...]
    has_key: bool
    passages: int
    theme: Theme
    named: bool
    shared: bool


class Controls:
    """The settings of a page: those of the home, those given at its start, and the model that reads.

    `shared` is a page that others than the one who started it can open: they see what reads, and change nothing.
    """

    def __init__(self, given: Settings, loaded: LoadedModel, passages: int, *, shared: bool = False) -> None:
        self._given = given
        self._loaded = loaded
        self._usual = passages
        self._changing = threading.Lock()
        self.saved = load(given.home)
        self.shared = shared

    @property
    def passages(self) -> int:
        return self.saved.passages or self._usual

    @property
    def theme(self) -> str:
        """Empty where each reader has one of their own, in the browser."""
        return "" if self.shared else self.saved.theme

    def reads(self) -> str:
        """The name of what reads; empty if there is nothing yet."""
        model = self._loaded.model
        return model.name if model else ""

    def where(self) -> str:
        """What reads the articles, and where, in words."""
        model = self._loaded.model
        if model is None:
            return "no model to read them yet: Settings has some"
        return f"read by {model.name} at {model.address}" if model.address else f"read here by {model.name}"

    def standing(self) -> Standing:
        now = self._loaded.settings
        local = (now.llm or DEFAULT_LLM) if now and not now.llm_url else None
        return Standing(
            reads=local or self.reads() or None,
            address=now.llm_url if now else None,
            models=tuple(row for row in list_models(self._given) if row.kind == "llm"),
            has_key=self.saved.key is not None,
            passages=self.passages,
            theme=self.saved.theme,
            named=bool(self._given.llm or self._given.llm_url),
            shared=self.shared,
        )

    def set_theme(self, theme: object) -> None:
        self._save(replace(self.saved, theme=theme))  # type: ignore[arg-type]  # looked at by `checked`

    def set_passages(self, number: object) -> None:
        text = str(number)
        if not (text.isascii() and text.isdigit() and len(text) < 5):
            raise UsageError(f"the number of passages must be {LEAST_PASSAGES} to {MOST_PASSAGES}")
        self._save(replace(self.saved, passages=int(text)))

    def read_with(self, name: object) -> None:
        """Has a local model read, now and from the next start on. Raises DatelineError, and the one before reads on."""
        known = {row.name for row in list_models(self._given) if row.kind == "llm"}
        if name not in known:
            raise ModelError(f"no local model is called {name}")
        self._switch(replace(self.saved, model=str(name), endpoint=None, key=None))

    def read_at(self, address: object, model: object = None, key: object = None) -> None:
        """As `read_with`, of an endpoint. Without a key the one that was saved with this very address is used."""
        url = str(address or "").strip()
        if not url:
            raise UsageError("type the endpoint's address first, like http://127.0.0.1:8080/v1")
        kept = self.saved.key if url == self.saved.endpoint else None
        self._switch(
            replace(
                self.saved,
                model=str(model or "").strip() or None,
                endpoint=url,
                key=str(key or "").strip() or kept,
            )
        )

    def forget_key(self) -> None:
        """Of what is saved; the endpoint that reads is asked with it until the program ends."""
        self._save(replace(self.saved, key=None))

    def pull(self, name: object) -> Iterator[float]:
        """Fetches a model; yields what share of it is here, 0 to 1. Where nothing reads yet, it does in the end.

        Goes on to its end even if nobody listens any more. Raises DatelineError if it cannot be had.
        """
        self._require_own()
        yield from _told(lambda show: pull_model(str(name), self._given, _progress(show)))
        if self._loaded.model is None:
            self.read_with(name)

    def _switch(self, wanted: Saved) -> None:
        self._require_own()
        checked(wanted)
        plain = replace(self._given, llm=None, llm_url=None)
        with self._changing:
            try:
                self._loaded.switch(with_saved(plain, wanted))
            except DatelineError as error:
                line = str(error)
                for key in filter(None, (wanted.key, plain.llm_key)):  # some endpoints repeat what they refuse
                    line = line.replace(key, "…")
                raise type(error)(line) from None
            self._save(wanted)

    def _save(self, wanted: Saved) -> None:
        self._require_own()
        save(wanted, self._given.home)
        self.saved = wanted

    def _require_own(self) -> None:
        if self.shared:
            raise UsageError(NOT_YOURS)


def _progress(show: Callable[[float], None]) -> Progress:
    @contextmanager
    def progress(_: str, total: int) -> Iterator[Callable[[int], None]]:
        yield lambda done: show(done / total)

    return progress


def _told(work: Callable[[Callable[[float], None]], object]) -> Iterator[float]:
    """Runs the work in a thread of its own, so that it outlives whoever watches; yields each new percentage."""
    said: queue.Queue[float | DatelineError | None] = queue.Queue()

    def run() -> None:
        try:
            work(said.put)
            said.put(None)
        except DatelineError as error:
            said.put(error)
        finally:
            said.put(ModelError("fetching broke off unexpectedly; the terminal says why"))

    threading.Thread(target=run, daemon=True).start()
    last = -1
    while (one := said.get()) is not None:
        if isinstance(one, DatelineError):
            raise one
        if round(100 * one) > last:
            last = round(100 * one)
            yield one
