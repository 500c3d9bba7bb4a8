"""Files that are read as a whole: how large they may be, and what their parsers raise when they are damaged."""

from __future__ import annotations

import struct
import zlib
from typing import BinaryIO

from rag.errors import ReadError

MAX_BYTES = 50 * 1024 * 1024
"""A text of 50 MiB is some 8 million words: a database dump or a log, not an article."""

DAMAGE = (
    ValueError,
    LookupError,
    TypeError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    EOFError,
    struct.error,
    zlib.error,
)
"""What parsers of PDF, Word and HTML were seen to raise on damaged files beside their own errors: they follow
broken references wherever these lead. Caught only right around a call of such a parser."""


def whole(path: str, file: BinaryIO) -> bytes:
    """All bytes of a file. Raises ReadError if it is empty or larger than MAX_BYTES."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ReadError(f"{path}: larger than {MAX_BYTES >> 20} MiB, too long for an article; split it")
    if not data:
        raise ReadError(f"{path}: is empty; put text in it or leave it out")
    return data
