"""Zip files: every article in them, read one at a time and never unpacked to disk.

A zip lies about its size at will, so all that comes out of one, and of zips within it, is bounded (see
`Allowance`). Names are only ever names: one that leads out of the zip is refused all the same.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO

from rag.errors import ReadError
from rag.schema import Document, Unread

ReadMember = Callable[[str, BinaryIO], Iterator[Document | Unread]]

MAX_RATIO = 100
"""Texts and pages shrink to a third or a tenth; a file that grows a hundredfold was made to."""
FREE_BYTES = 50 * 1024 * 1024
"""What any zip may unpack to, however small it is."""
MAX_DEPTH = 2
"""A zip may hold zips, and these no more."""
_IN_MEMORY = 8 * 1024 * 1024
_SYMLINK = 0o120000


@dataclass
class Allowance:
    """How many bytes may still come out of a zip and the zips in it."""

    left: int

    def spend(self, size: int) -> bool:
        self.left -= size
        return self.left >= 0


def read_zip(
    path: str, file: BinaryIO, read_member: ReadMember, allowance: Allowance | None = None, depth: int = 1
) -> Iterator[Document | Unread]:
    """The articles of a zip, named "path!/member"; members that cannot be read are named with the reason.

    Hidden members are left out, as hidden files of folders are. Raises ReadError if it is no zip at all.
    """
    allowance = allowance or Allowance(max(FREE_BYTES, MAX_RATIO * _size(file)))
    try:
        archive = zipfile.ZipFile(file)
    except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError, EOFError) as error:
        raise ReadError(f"{path}: is a broken zip ({_short(error)}); fetch or make it again") from error
    with archive:
        seen: Counter[str] = Counter()
        for info in archive.infolist():
            if info.filename.endswith("/") or _is_hidden(info.filename):
                continue
            seen[info.filename] += 1
            name = f"{path}!/{_numbered(info.filename, seen[info.filename])}"
            refusal = _refusal(info, allowance)
            if refusal:
                yield Unread(name, f"{name}: {refusal}")
                continue
            try:
                yield from _read(name, archive, info, read_member, allowance, depth)
            except ReadError as error:
                yield Unread(name, str(error))
            except (zipfile.BadZipFile, zlib.error, EOFError, UnicodeDecodeError, RuntimeError, OSError) as error:
                yield Unread(name, f"{name}: is damaged in the zip ({_short(error)}); fetch or make the zip again")


def _read(
    name: str,
    archive: zipfile.ZipFile,
    info: zipfile.ZipInfo,
    read_member: ReadMember,
    allowance: Allowance,
    depth: int,
) -> Iterator[Document | Unread]:
    with archive.open(info) as member, tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        while block := member.read(1 << 20):
            copy.write(block)
        copy.seek(0)
        file: BinaryIO = copy  # type: ignore[assignment]
        if not name.lower().endswith(".zip"):
            yield from read_member(name, file)
        elif depth < MAX_DEPTH:
            yield from read_zip(name, file, read_member, allowance, depth + 1)
        else:
            raise ReadError(f"{name}: is a zip in a zip in a zip; unpack the outer ones first")


def _refusal(info: zipfile.ZipInfo, allowance: Allowance) -> str | None:
    """Why a member is not opened. Its size is the one it declares: zipfile never reads beyond that."""
    if not info.filename:
        return "has no name in the zip; make the zip again"
    parts = PurePosixPath(info.filename.replace("\\", "/"))
    if parts.is_absolute() or ".." in parts.parts or info.filename[1:2] == ":":
        return "its name leads out of the zip; make the zip again"
    if (info.external_attr >> 16) & 0o170000 == _SYMLINK:
        return "is a link and not a file; put the file itself in the zip"
    if info.flag_bits & 1:
        return "is encrypted; make the zip again without a password"
    if not allowance.spend(info.file_size):
        return f"the zip unpacks to more than {MAX_RATIO} times its size, as a zip bomb does; unpack it yourself"
    return None


def _numbered(name: str, number: int) -> str:
    """A zip may hold a name twice: "a.txt" and "a (2).txt"."""
    member = PurePosixPath(name)
    return name if number == 1 else name[: len(name) - len(member.suffix)] + f" ({number}){member.suffix}"


def _is_hidden(name: str) -> bool:
    parts = [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


def _size(file: BinaryIO) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size


def _short(error: BaseException) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__
