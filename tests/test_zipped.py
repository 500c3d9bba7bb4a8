from __future__ import annotations

import io
import json
import struct
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.zipped import FREE_BYTES, MAX_RATIO
from rag.ingest.readers import read
from tests.documents import every, tried


def zipped(members: Mapping[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()


def unzip(folder: Path, data: bytes) -> tuple[dict[str, str], dict[str, str]]:
    path = folder / "news.zip"
    path.write_bytes(data)
    documents, reasons = every(read(path))
    return {name: document.text for name, document in documents.items()}, reasons


def test_every_article_of_a_zip_has_its_own_name(tmp_path: Path) -> None:
    lines = json.dumps({"text": "One."}).encode() + b"\n{bad\n"
    texts, reasons = unzip(
        tmp_path, zipped({"a/b.txt": b"Text.", "c.jsonl": lines, "новости/день.txt": "Да.".encode()})
    )
    assert texts == {"a/b.txt": "Text.", "c.jsonl!/1": "One.", "новости/день.txt": "Да."}
    assert list(reasons) == ["c.jsonl!/2"]


def test_hidden_members_and_what_a_mac_adds_are_left_out(tmp_path: Path) -> None:
    texts, reasons = unzip(
        tmp_path, zipped({"a.txt": b"Text.", ".hidden.txt": b"x", "__MACOSX/._a.txt": b"x", ".git/b.txt": b"x"})
    )
    assert (list(texts), reasons) == (["a.txt"], {})


def test_members_that_cannot_be_read_are_named_and_the_rest_go_in(tmp_path: Path) -> None:
    members = {
        "a.txt": b"Text.",
        "empty.txt": b"",
        "b.png": b"\x89PNG",
        "c.txt": b"a\0b",
        "d.pdf": b"no",
        "e.zip": b"no",
    }
    texts, reasons = unzip(tmp_path, zipped(members))
    assert list(texts) == ["a.txt"]
    assert sorted(reasons) == ["b.png", "c.txt", "d.pdf", "e.zip", "empty.txt"]
    assert "broken zip" in reasons["e.zip"]


@pytest.mark.parametrize("name", ["../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "..\\evil.txt", "C:\\evil.txt"])
def test_names_that_lead_out_of_the_zip_are_refused(tmp_path: Path, name: str) -> None:
    texts, reasons = unzip(tmp_path, zipped({name: b"Text.", "a.txt": b"Text."}))
    assert list(texts) == ["a.txt"]
    assert "leads out of the zip" in "".join(reasons.values())


def test_a_link_in_a_zip_is_not_followed(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.txt")
    link.external_attr = 0o120777 << 16
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    assert "is a link" in unzip(tmp_path, data.getvalue())[1]["link.txt"]


def test_a_zip_in_a_zip_is_read_and_no_deeper_one(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": b"Deep."})
    texts, reasons = unzip(tmp_path, zipped({"one.zip": inner, "two.zip": zipped({"three.zip": inner})}))
    assert texts == {"one.zip!/deep.txt": "Deep."}
    assert "zip in a zip in a zip" in reasons["two.zip!/three.zip"]


def test_two_members_of_one_name_are_two_articles(tmp_path: Path) -> None:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("a.txt", "One.")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("a.txt", "Two.")
    assert unzip(tmp_path, data.getvalue())[0] == {"a.txt": "One.", "a (2).txt": "Two."}


def test_a_bomb_is_not_unpacked(tmp_path: Path) -> None:
    zeros = b" " * (20 << 20)
    data = zipped({f"{number}.txt": zeros for number in range(4)})
    assert len(data) * MAX_RATIO < FREE_BYTES
    texts, reasons = unzip(tmp_path, data)
    assert not texts
    assert [name for name, reason in reasons.items() if "zip bomb" in reason] == ["2.txt", "3.txt"]


def test_zips_in_a_bomb_share_its_allowance(tmp_path: Path) -> None:
    inner = zipped({"a.txt": b" " * (40 << 20)})
    _, reasons = unzip(tmp_path, zipped({"one.zip": inner, "two.zip": inner, "three.zip": inner}))
    assert ["zip bomb" in reason for reason in reasons.values()] == [False, True, True]


def test_a_member_whose_name_is_empty_is_told(tmp_path: Path) -> None:
    data = zipped({"a.txt": b"Text.", "b.txt": b"More."}).replace(b"a.txt", b"\0.txt")  # a name ends at a zero
    texts, reasons = unzip(tmp_path, data)
    assert texts == {"b.txt": "More."}
    assert "has no name" in reasons[""]


def test_an_encrypted_member_says_so(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"Text."}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(mark) + offset
        struct.pack_into("<H", data, at, struct.unpack_from("<H", data, at)[0] | 1)
    assert "encrypted" in unzip(tmp_path, bytes(data))[1]["a.txt"]


def test_a_damaged_member_is_named_and_the_rest_go_in(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"The first of two texts in here.", "b.txt": b"Text."}))
    at = data.index(b"a.txt") + 6
    data[at : at + 10] = b"\xff" * 10
    texts, reasons = unzip(tmp_path, bytes(data))
    assert list(texts) == ["b.txt"]
    assert "damaged" in reasons["a.txt"]


def test_a_member_whose_name_is_no_text_is_named(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": b"Text.", "b.txt": b"Text."}))
    data[7], data[30] = 8, 0xFF  # its own header says that its name is UTF-8, which it is not
    texts, reasons = unzip(tmp_path, bytes(data))
    assert list(texts) == ["b.txt"]
    assert "damaged" in reasons["a.txt"]


@pytest.mark.parametrize("data", [b"no zip", b"PK\x03\x04", zipped({"a.txt": b"Text." * 99})[:60]])
def test_a_broken_zip_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"news\.zip: is a broken zip"):
        unzip(tmp_path, data)


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_a_zip_with_any_bytes_changed_gives_articles_or_reasons(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    good = zipped({"a.txt": b"Some text in here.", "b.html": b"<p>x</p>", "c.zip": zipped({"d.txt": b"Deep."})})
    changed = bytearray(good)
    for at in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.getbasetemp() / "changed.zip"
    path.write_bytes(changed)
    tried(read(path))
