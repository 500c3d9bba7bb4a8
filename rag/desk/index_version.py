"""Which state of the index an answer was made from, in a few letters."""

from __future__ import annotations

import hashlib

from rag.index.contents import FINGERPRINT
from rag.index.database import VERSION
from rag.index.store import Store

LETTERS = 16  # of a SHA-256: enough that no two states of one home share a name


def index_version(store: Store) -> str:
    """The same for the same articles of the same content, indexed in the same way; changes with any of them."""
    told = sorted((path, hash) for articles in store.known().values() for path, hash in articles.items())
    made_with = sorted({**FINGERPRINT, **store.get_meta()}[key] for key in FINGERPRINT)
    return hashlib.sha256(repr((VERSION, made_with, told)).encode()).hexdigest()[:LETTERS]
