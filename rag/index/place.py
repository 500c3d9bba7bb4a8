"""Where the vectors of a home are: in a folder of it, or in a Chroma server under a name that the home remembers."""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path
from uuid import uuid4

from rag.config import Settings
from rag.errors import HomeError
from rag.index.server import Server
from rag.index.store import Store
from rag.index.vectors import Vectors

COLLECTION = "collection"  # what a home remembers: the name in the server, or "" or nothing where the home has them
FOLDER = "chroma"


def place_of(settings: Settings, store: Store) -> Path | Server:
    """The folder, or the server that was named with a collection for this home alone. Raises as `check_place`."""
    check_place(settings, store)
    collection = store.get_meta().get(COLLECTION, "")
    wanted = (collection or _new_name()) if settings.chroma_url else ""
    if wanted != collection:
        store.set_meta({COLLECTION: wanted})
    return Server(settings.chroma_url, wanted) if settings.chroma_url else settings.home / FOLDER


def check_place(settings: Settings, store: Store) -> None:
    """Raises HomeError if the vectors are not where the settings say."""
    at_server = bool(store.get_meta().get(COLLECTION))
    if store.is_empty() or at_server == bool(settings.chroma_url):
        return
    raise HomeError(
        f"{settings.home}: its vectors are in a Chroma server; name it with --chroma-url,"
        " or run `dateline index --rebuild` to keep them in the home from now on"
        if at_server
        else f"{settings.home}: its vectors are in the home, not in a Chroma server; leave --chroma-url away,"
        " or run `dateline index --rebuild` with it to move them there"
    )


def leave_place(settings: Settings, store: Store) -> None:
    """Takes the vectors away with their folder or collection, which may be damaged or hold vectors of another size,
    and begins anew where the settings say. What is in a server that is not named any more stays there."""
    collection = store.get_meta().get(COLLECTION)
    if settings.chroma_url and collection:
        with closing(Vectors(Server(settings.chroma_url, collection))) as vectors:
            vectors.drop()
    shutil.rmtree(settings.home / FOLDER, ignore_errors=True)
    store.set_meta({COLLECTION: _new_name() if settings.chroma_url else ""})


def _new_name() -> str:
    return f"dateline-{uuid4().hex}"
