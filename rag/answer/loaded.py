"""The model that reads at the moment, and another put in its place while the program runs."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress

from rag.answer.llm import LanguageModel, open_language_model
from rag.config import DEFAULT_LLM, Settings
from rag.errors import DatelineError, EndpointError, ModelError
from rag.models import find_model
from rag.schema import Turn

NONE_YET = "there is no model to read with yet: fetch one in Settings"
TRIAL_TOKENS = 40  # as many as a draft may have: who cannot answer within them cannot read

Opener = Callable[[Settings], AbstractContextManager[LanguageModel]]


class LoadedModel:
    """At most one model at a time, as memory allows. While it reads for somebody nothing takes its place."""

    def __init__(self, opener: Opener = open_language_model) -> None:
        self._opener = opener
        self._busy = threading.Lock()  # a lock that another thread may release: an answer's end comes from anywhere
        self._open = ExitStack()
        self._warming: threading.Thread | None = None
        self._model: LanguageModel | None = None
        self._settings: Settings | None = None

    @property
    def settings(self) -> Settings | None:
        """Of the model that is loaded."""
        return self._settings

    @property
    def model(self) -> LanguageModel | None:
        return self._model

    @contextmanager
    def reading(self) -> Iterator[LanguageModel]:
        """The model, for one question. Raises ModelError if there is none."""
        with self._busy:
            if self._model is None:
                raise ModelError(NONE_YET)
            yield self._model

    def load(self, settings: Settings) -> None:
        """The first model, fetched if it is missing. Raises DatelineError if it cannot be had."""
        with self._busy:
            self._start(settings)

    def switch(self, settings: Settings) -> None:
        """Puts a model in the place of the one that is loaded, once the answer in hand is over.

        What can be known of it is known before: a local one must be here, and an endpoint must answer. Then the one
        before is let go, for there may be memory for one. Raises DatelineError, with the one before loaded as it was.
        """
        self._try_out(settings)
        with self._busy:
            before = self._settings
            self._release()
            try:
                self._start(settings)
            except DatelineError:
                if before:
                    self._start(before)
                raise

    def close(self) -> None:
        """At the end of the program; what is still being warmed up is not waited for."""
        self._model = self._settings = None
        self._open.close()

    def _try_out(self, settings: Settings) -> None:
        if settings.llm_url:
            with self._opener(settings) as model:
                model.reply("Answer in one word.", [Turn("user", "Is water wet?")], "read", TRIAL_TOKENS)
            return
        if not is_at_hand(settings):
            raise ModelError(f"{settings.llm or DEFAULT_LLM} is not here; fetch it first")

    def _start(self, settings: Settings) -> None:
        self._model = self._open.enter_context(self._opener(settings))
        self._settings = settings
        self._warming = warming(self._model)

    def _release(self) -> None:
        if self._warming:
            self._warming.join()
        self._model = self._settings = self._warming = None
        self._open.close()


def is_at_hand(settings: Settings) -> bool:
    """Whether nothing has to be fetched for it. Raises ModelError if the file is not what it should be."""
    return bool(settings.llm_url) or find_model(settings.llm or DEFAULT_LLM, settings) is not None


def warming(model: LanguageModel) -> threading.Thread:
    """Has the engine in this process know its worked examples while the rest is still being loaded."""

    def prepare() -> None:
        with suppress(EndpointError):  # the question will meet it too, and tell
            model.prepare("read")

    thread = threading.Thread(target=prepare, daemon=True)
    thread.start()
    return thread
