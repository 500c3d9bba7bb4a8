"""Bytes to text, whatever the encoding: marked, UTF-8, declared by the file, or recognised."""

from __future__ import annotations

import codecs
import re

from rag.errors import ReadError

_BOMS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x01-\x08\x0e-\x1a\x7f]")
_UNDECODED = re.compile("[\udc80-\udcff]")
_MEANT = {  # what a page means by these names (WHATWG Encoding Standard, "names and labels")
    "iso8859-1": "cp1252",
    "ascii": "cp1252",
    "iso8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
}


def decoded(path: str, data: bytes, declared: str | None = None) -> str:
    """The text of a file; `declared` is the encoding the file itself names, believed where UTF-8 does not fit.

    Raises ReadError, naming the path, if it is no text.
    """
    try:
        return decode(data, declared)
    except ValueError as error:
        raise ReadError(f"{path}: {error}; save it again as UTF-8 text") from error


def decode(data: bytes, declared: str | None = None) -> str:
    """Decode text of any encoding. Raises ValueError, saying why, if it is no text."""
    text = _decode_unicode(data)
    if text is None and declared:
        text = _decode_declared(data, declared)
    if text is None:
        if b"\0" in data:
            raise ValueError("holds NUL bytes, so it is binary and not text")
        text = _decode_legacy(data)
    if "\0" in text or len(_CONTROLS.findall(text)) > len(text) / 100:
        raise ValueError("holds control characters, so it is binary and not text")
    return text


def marked_encoding(start: bytes) -> str | None:
    """The encoding that the first bytes of a file mark it as; None if it bears no mark."""
    return next((encoding for mark, encoding in _BOMS if start.startswith(mark)), None)


def mend(text: str) -> str:
    """Text decoded as UTF-8 with "surrogateescape", its stray bytes read as Windows-1252, the usual cause."""
    return _UNDECODED.sub(lambda match: bytes([ord(match[0]) - 0xDC00]).decode("cp1252", "replace"), text)


def whole_characters(text: str) -> str:
    """The text with U+FFFD for halves of surrogate pairs, which JSON and PDF can hold and no file can store."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _decode_unicode(data: bytes) -> str | None:
    encoding = marked_encoding(data)
    if encoding:
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


def _decode_declared(data: bytes, declared: str) -> str | None:
    try:
        name = codecs.lookup(declared.strip()).name
        text = data.decode(_MEANT.get(name, name))
    except (LookupError, ValueError):  # no such encoding, no text encoding, or not what the bytes are in
        return None
    return text if isinstance(text, str) and "\0" not in text else None


def _decode_legacy(data: bytes) -> str:
    """Text that is not wholly UTF-8: UTF-8 with stray Windows bytes, Windows-1252, or a guess.

    charset-normalizer takes short English texts for Central European or Mac ones, so where nearly all is
    ASCII the few other bytes are read as Windows-1252, the usual cause.
    """
    mixed = data.decode("utf-8", "surrogateescape")
    foreign = sum(char > "\x7f" for char in mixed)
    undecoded = len(_UNDECODED.findall(mixed))
    if undecoded <= foreign / 2 or foreign < len(mixed) / 20:
        return mend(mixed)
    from charset_normalizer import from_bytes

    guess = from_bytes(data).best()
    if guess is None:
        raise ValueError("is in no encoding that can be recognised, or is binary")
    return str(guess)
