"""The page's endpoints for programs, typed so that `gradio_client` can show what they take."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, ParamSpec, TypeVar, get_type_hints

import gradio as gr
from gradio.events import api
from pydantic.fields import FieldInfo

from rag.errors import DatelineError
from rag.programs import Programs
from ui.parts import ANSWERS

Takes = ParamSpec("Takes")
Gives = TypeVar("Gives")


def endpoints(programs: Programs) -> None:
    """`/ask`, which waits its turn with the page's own questions, `/search`, `/read_article` and `/articles`."""
    for fn, queue in (
        (programs.ask, ANSWERS),
        (programs.search, {}),
        (programs.read_article, {}),
        (programs.articles, {}),
    ):
        api(_told(fn), api_name=fn.__name__, api_description=_described(fn), **queue)


def _told(fn: Callable[Takes, Gives]) -> Callable[Takes, Gives]:
    """The same; its errors for people reach the program as their one line."""

    @wraps(fn)
    def telling(*args: Takes.args, **kwargs: Takes.kwargs) -> Gives:
        try:
            return fn(*args, **kwargs)
        except DatelineError as error:
            raise gr.Error(" ".join(str(error).split()), print_exception=False) from error

    return telling


def _described(fn: Callable[..., Any]) -> str:
    """What it does, and then what each of its values is."""
    hints = get_type_hints(fn, include_extras=True)
    values = {
        name: field.description
        for name, hint in hints.items()
        for field in getattr(hint, "__metadata__", ())
        if isinstance(field, FieldInfo)
    }
    return " ".join([*(fn.__doc__ or "").split(), *(f"{name}: {said}" for name, said in values.items())])
