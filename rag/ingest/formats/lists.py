"""Files that hold many articles, a record each: JSON, JSON lines and tables of comma-separated values."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from rag.errors import ReadError
from rag.ingest.encodings import decode, decoded, marked_encoding, mend
from rag.ingest.formats.records import has_text, record_document
from rag.ingest.formats.whole import MAX_BYTES, whole
from rag.schema import Document, Unread

MAX_FIELD = 10 * 1024 * 1024
"""Characters of one field of a table; more is a quote that was never closed."""
_LISTS = "articles items entries documents docs posts stories results data news response".split()
_NUL = "\ud800"
"""Stands for a NUL byte, which the csv module of Python 3.10 does not take; no decoded text holds it."""


def read_json(path: str, file: BinaryIO) -> Iterator[Document | Unread]:
    """An article, a list of articles, or an object with such a list in it."""
    text = decoded(path, whole(path, file))
    try:
        content = json.loads(text, strict=False)
    except (ValueError, RecursionError) as error:
        if _is_lines(text):
            yield from read_lines(path, io.BytesIO(text.encode()))
            return
        raise ReadError(f"{path}: is no JSON ({error}); mend it or save it anew") from error
    records = _records(content)
    if isinstance(content, dict) and records is None:
        yield record_document(path, content, _source)
        return
    if not records:
        raise ReadError(f"{path}: holds no article; it should be a list of objects with title and text")
    for number, record in enumerate(records, start=1):
        yield _article(f"{path}!/{number}", record)


def read_lines(path: str, file: BinaryIO) -> Iterator[Document | Unread]:
    """An object a line; read line by line, so that any size will do. A line is named by its number."""
    encoding = marked_encoding(file.read(4))
    file.seek(0)
    if encoding and encoding != "utf-8-sig":
        file = io.BytesIO(decoded(path, whole(path, file)).encode())
    number = 0
    while line := file.readline(MAX_BYTES):
        number += 1
        name = f"{path}!/{number}"
        if len(line) == MAX_BYTES and not line.endswith(b"\n"):
            yield Unread(name, f"{name}: a line larger than {MAX_BYTES >> 20} MiB; split the file")
            return
        if not line.strip(b" \t\r\n\xef\xbb\xbf"):
            continue
        try:
            record = json.loads(decode(line), strict=False)
        except (ValueError, RecursionError) as error:
            yield Unread(name, f"{name}: the line is no JSON ({_short(error)}); mend it")
            continue
        yield _article(name, record)
    if number == 0:
        raise ReadError(f"{path}: is empty; put articles in it or leave it out")


def read_table(path: str, file: BinaryIO) -> Iterator[Document | Unread]:
    """A row an article, the first row naming the columns; read row by row and named by the row's first line."""
    csv.field_size_limit(MAX_FIELD)
    rows = _Rows(file)
    header: list[str] = []
    first = 1
    while True:
        try:
            row = next(rows.reader, None)
        except csv.Error as error:
            yield Unread(f"{path}!/{first}", f"{path}!/{first}: cannot be read from this line on ({error}); mend it")
            return
        if row is None:
            break
        if not header:
            header = [name.strip().lstrip("\ufeff") for name in row]
            if not has_text(iter(header)):
                raise ReadError(f"{path}: no column is named text, body or content; name the columns in the first line")
        elif any(map(str.strip, row)):
            yield _row_article(f"{path}!/{first}", header, row)
        first = rows.reader.line_num + 1
    if not header:
        raise ReadError(f"{path}: is empty; put articles in it or leave it out")


class _Rows:
    """A csv reader over the decoded lines of a file, its delimiter read off the first line."""

    def __init__(self, file: BinaryIO) -> None:
        encoding = marked_encoding(file.read(4)) or "utf-8"
        file.seek(0)
        self._text = io.TextIOWrapper(file, encoding, errors="surrogateescape", newline="")
        start = self._text.readline(MAX_FIELD)
        delimiter = max(",;\t|", key=start.count)
        self.reader: Any = csv.reader(self._lines(start), delimiter=delimiter)

    def _lines(self, start: str) -> Iterator[str]:
        line = start
        while line:
            yield mend(line).replace("\0", _NUL)
            line = self._text.readline(MAX_FIELD)
        self._text.detach()


def _row_article(name: str, header: list[str], row: list[str]) -> Document | Unread:
    if len(row) > len(header):
        return Unread(name, f"{name}: has {len(row)} fields where the first line names {len(header)}; quote its text")
    if any(_NUL in field for field in row):
        return Unread(name, f"{name}: holds NUL bytes, so it is binary and not text; save it again as UTF-8 text")
    return _article(name, {column: field for column, field in zip(header, row, strict=False) if field.strip()})


def _article(name: str, record: object) -> Document | Unread:
    if not isinstance(record, dict):
        return Unread(name, f"{name}: is no article but {_kind(record)}; it should be an object with title and text")
    try:
        return record_document(name, record, _source)
    except ReadError as error:
        return Unread(name, str(error))


def _records(content: object) -> list[Any] | None:
    """The list of articles in a JSON value; None if there is no such list."""
    if isinstance(content, list):
        return content
    if not isinstance(content, Mapping):
        return None
    for name in _LISTS:
        inner = content.get(name)
        if isinstance(inner, list) and any(isinstance(record, dict) for record in inner):
            return inner
        if isinstance(inner, dict) and _records(inner):
            return _records(inner)
    return None


def _is_lines(text: str) -> bool:
    """Whether the first line alone is JSON, as in JSON lines saved under the name of JSON."""
    start = text.lstrip().split("\n", 1)[0]
    try:
        return isinstance(json.loads(start, strict=False), dict)
    except (ValueError, RecursionError):
        return False


def _source(column: str) -> str:
    return f"column {column}"


def _short(error: Exception) -> str:
    return str(error).split(":")[0][:100]


def _kind(value: object) -> str:
    kinds = {list: "a list", str: "a string", bool: "true or false", int: "a number", float: "a number"}
    return kinds.get(type(value), "nothing")
