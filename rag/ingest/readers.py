"""Files to documents: which files there are, and what text each one holds.

A new format is one function from bytes to text and one row in `_FORMATS`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from rag.errors import ReadError
from rag.schema import Document, Unread

MAX_BYTES = 50 * 1024 * 1024
"""A text of 50 MiB is some 8 million words: a database dump or a log, not an article."""

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x7f]")
_UNDECODED = re.compile("[\udc80-\udcff]")


def find_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Every file under `paths`, in order and once each; folders recursively and sorted by name.

    Hidden files and folders are skipped unless named in `paths` itself. A folder that cannot be listed is
    yielded itself, so that `read` tells why and the rest still go in.

    Raises ReadError before the first file if one of `paths` does not exist.
    """
    for path in paths:
        if not path.exists():
            raise ReadError(f"{path}: no such file or folder; check the path")
    seen: set[Path] = set()
    for path in paths:
        yield from _walk(path.absolute(), seen)


def read(path: Path) -> Iterator[Document | Unread]:
    """The articles of one file, their text decoded but otherwise as it is; one that cannot be read is named.

    Raises ReadError, naming the file and the reason, for a file that cannot be read at all.
    """
    decode = _FORMATS.get(path.suffix.lower())
    try:
        if path.is_dir():
            next(path.iterdir(), None)  # says whether it is the folder's permission that is in the way
            raise ReadError(f"{path}: is a folder, not an article; name the files in it")
        if decode is None:
            known = ", ".join(_FORMATS)
            raise ReadError(f"{path}: files of this kind are not read; convert it to one of {known}")
        if not path.is_file():
            raise ReadError(f"{path}: is not a regular file (or no longer there); leave it out")
        if path.stat().st_size > MAX_BYTES:
            raise ReadError(f"{path}: larger than {MAX_BYTES >> 20} MiB, too long for an article; split it")
        data = path.read_bytes()
    except OSError as error:
        raise ReadError(f"{path}: cannot be read ({error.strerror or error}); check its permissions") from error
    try:
        text = decode(data)
    except ValueError as error:
        raise ReadError(f"{path}: {error}; save it again as UTF-8 text") from error
    if not text.strip():
        raise ReadError(f"{path}: is empty; put text in it or leave it out")
    yield Document(str(path.absolute()), text)


def _walk(path: Path, seen: set[Path]) -> Iterator[Path]:
    real = path.resolve()
    if real in seen:  # the same file by another road, or a link back to a folder above
        return
    seen.add(real)
    if not path.is_dir():
        yield path
        return
    try:
        entries = sorted(path.iterdir())
    except OSError:
        yield path
        return
    for entry in entries:
        if not entry.name.startswith("."):
            yield from _walk(entry, seen)


def _decode_text(data: bytes) -> str:
    """Decode text of any encoding. Raises ValueError, saying why, if it is no text."""
    text = _decode_unicode(data)
    if text is None:
        if b"\0" in data:
            raise ValueError("holds NUL bytes, so it is binary and not text")
        text = _decode_legacy(data)
    if "\0" in text or len(_CONTROLS.findall(text)) > len(text) / 100:
        raise ValueError("holds control characters, so it is binary and not text")
    return text


def _decode_unicode(data: bytes) -> str | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    if text is not None and "\0" not in text:
        return text
    for encoding, zeros in (("utf-16-le", data[1::2]), ("utf-16-be", data[0::2])):
        # In UTF-16 of an English text nearly every second byte is zero, and none of the others.
        if len(data) % 2 == 0 and zeros.count(0) > len(zeros) * 0.8 and data.count(0) == zeros.count(0):
            return data.decode(encoding)
    return None


def _decode_legacy(data: bytes) -> str:
    """Text that is not wholly UTF-8: UTF-8 with stray Windows bytes, Windows-1252, or a guess.

    charset-normalizer takes short English texts for Central European or Mac ones, so where nearly all is
    ASCII the few other bytes are read as Windows-1252, the usual cause.
    """
    mixed = data.decode("utf-8", "surrogateescape")
    foreign = sum(char > "\x7f" for char in mixed)
    undecoded = len(_UNDECODED.findall(mixed))
    if undecoded <= foreign / 2 or foreign < len(mixed) / 20:
        return _UNDECODED.sub(lambda m: bytes([ord(m[0]) - 0xDC00]).decode("cp1252", "replace"), mixed)
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise ValueError("is in no encoding that can be recognised, or is binary")
    return str(guess)


_FORMATS: dict[str, Callable[[bytes], str]] = {
    ".txt": _decode_text,
    ".text": _decode_text,
    ".md": _decode_text,
}
