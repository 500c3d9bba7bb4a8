from __future__ import annotations

import codecs
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.web import Address
from rag.ingest.readers import MAX_BYTES, Source, find_files, holds, read, to_source
from rag.schema import Document
from tests.documents import every, only, tried

ENGLISH = "The café owner said “no” to the £5 fee — and José agreed.\n"


def write(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def test_folders_are_walked_in_order_and_hidden_files_left_out(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.txt", "a/1.md", ".git/config.txt", ".hidden.txt", "c.weird"):
        write(tmp_path, name, b"x")
    found = [path.relative_to(tmp_path).as_posix() for path in find_files([tmp_path])]
    assert found == ["a/1.md", "a/2.txt", "b.txt", "c.weird"]


def test_a_file_named_twice_or_by_a_link_comes_once(tmp_path: Path) -> None:
    one = write(tmp_path, "one.txt", b"x")
    (tmp_path / "same.txt").symlink_to(one)
    assert list(find_files([one, tmp_path])) == [one]


def test_a_hidden_file_is_read_when_it_is_named_itself(tmp_path: Path) -> None:
    hidden = write(tmp_path, ".draft.txt", b"x")
    assert list(find_files([hidden])) == [hidden]


def test_links_that_lead_back_up_do_not_loop(tmp_path: Path) -> None:
    write(tmp_path, "deep/story.txt", b"x")
    (tmp_path / "deep" / "up").symlink_to(tmp_path, target_is_directory=True)
    assert [path.name for path in find_files([tmp_path])] == ["story.txt"]


def test_a_missing_path_is_named_before_anything_is_yielded(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"x")
    with pytest.raises(ReadError, match=r"nowhere.*no such file"):
        next(find_files([tmp_path, tmp_path / "nowhere"]))


@pytest.mark.skipif(os.name != "posix", reason="folder permissions")
def test_a_folder_that_cannot_be_listed_is_yielded_and_read_says_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, "a.txt", b"x")
    locked = tmp_path / "locked"
    locked.mkdir()
    listing = Path.iterdir

    def refuse(path: Path):  # type: ignore[no-untyped-def]
        if path == locked:
            raise PermissionError(13, "Permission denied")
        return listing(path)

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert list(find_files([tmp_path])) == [tmp_path / "a.txt", locked]
    with pytest.raises(ReadError, match=r"locked.*Permission denied"):
        only(read(locked))


def test_the_path_of_a_document_is_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "a.txt", b"Text.")
    monkeypatch.chdir(tmp_path)
    assert only(read(Path("a.txt"))).path == str(tmp_path / "a.txt")


@pytest.mark.parametrize(
    "data",
    [
        ENGLISH.encode("utf-8"),
        codecs.BOM_UTF8 + ENGLISH.encode("utf-8"),
        ENGLISH.encode("cp1252"),
        ENGLISH.encode("utf-16"),
        codecs.BOM_UTF16_BE + ENGLISH.encode("utf-16-be"),
        ENGLISH.encode("utf-16-le"),
        ENGLISH.encode("utf-16-be"),
        ENGLISH.encode("utf-32"),
    ],
    ids=["utf-8", "utf-8 bom", "cp1252", "utf-16 bom", "utf-16-be bom", "utf-16-le", "utf-16-be", "utf-32"],
)
def test_the_same_text_is_read_from_any_encoding(tmp_path: Path, data: bytes) -> None:
    assert only(read(write(tmp_path, "a.txt", data))).text == ENGLISH


def test_a_stray_windows_byte_in_utf8_does_not_spoil_the_rest(tmp_path: Path) -> None:
    data = "José Díaz said “yes” ".encode() + b"and it\x92s done."
    assert only(read(write(tmp_path, "a.txt", data))).text == "José Díaz said “yes” and it’s done."


def test_an_encoding_that_is_not_western_is_recognised(tmp_path: Path) -> None:
    russian = "Министр иностранных дел прибыл в столицу страны для переговоров в среду вечером. " * 3
    assert only(read(write(tmp_path, "a.txt", russian.encode("cp1251")))).text == russian


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\r\n", "empty"),
        ("a.txt", "\ufeff\n".encode(), "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary"),
        ("a.txt", b"good text\x00more text", "binary"),
        ("a.txt", bytes(range(1, 32)) * 10, "binary"),
        ("a.txt", codecs.BOM_UTF16_LE + b"a", "save it again"),
        ("a.exe", b"MZ", "not read"),
        ("noending", b"text", "not read"),
    ],
)
def test_what_cannot_be_read_is_named_with_the_reason(tmp_path: Path, name: str, data: bytes, reason: str) -> None:
    path = write(tmp_path, name, data)
    with pytest.raises(ReadError, match=reason) as caught:
        only(read(path))
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_folder_is_no_article(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="folder"):
        only(read(tmp_path))


def test_a_file_gone_since_it_was_found_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"gone\.txt"):
        only(read(tmp_path / "gone.txt"))


def test_a_huge_file_is_refused_without_reading_it(tmp_path: Path) -> None:
    path = tmp_path / "big.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    with pytest.raises(ReadError, match="larger than 50 MiB"):
        only(read(path))


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.binary(max_size=400))
def test_any_bytes_give_text_or_a_read_error(tmp_path: Path, data: bytes) -> None:
    path = write(tmp_path, "any.txt", data)
    try:
        text = only(read(path)).text
    except ReadError:
        return
    assert text.strip()
    assert "\0" not in text


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_utf8_text_comes_back_unchanged(tmp_path: Path, text: str) -> None:
    if text.startswith("\ufeff") or not text.strip():
        return
    assert only(read(write(tmp_path, "any.txt", text.encode()))).text == text


def test_a_pattern_names_the_files_it_matches(tmp_path: Path) -> None:
    for name in ("a/1.txt", "a/b/2.txt", "a/3.md", "odd[1].txt"):
        write(tmp_path, name, b"x")
    assert [path.name for path in found_in(tmp_path / "a/*.txt")] == ["1.txt"]
    assert [path.name for path in found_in(tmp_path / "**/*.txt")] == ["1.txt", "2.txt", "odd[1].txt"]
    assert [path.name for path in found_in(tmp_path / "odd[1].txt")] == ["odd[1].txt"]
    with pytest.raises(ReadError, match=r"no\*thing.*no such file"):
        found_in(tmp_path / "no*thing.txt")


def found_in(*sources: Source) -> list[Path]:
    return [source for source in find_files(sources) if isinstance(source, Path)]


def test_the_folder_a_browser_saves_beside_a_page_is_part_of_it(tmp_path: Path) -> None:
    for name in ("Story.html", "Story_files/frame.html", "Other_files/a.txt"):
        write(tmp_path, name, b"x")
    assert [path.name for path in found_in(tmp_path)] == ["a.txt", "Story.html"]


def test_addresses_are_sources_as_they_are(tmp_path: Path) -> None:
    file = write(tmp_path, "a.txt", b"x")
    address = to_source("https://e.example/a")
    assert isinstance(address, Address)
    assert not address.allow_private
    assert to_source("HTTP://e.example/", allow_private=True) == Address("HTTP://e.example/", True)
    assert to_source("news/a.txt") == Path("news/a.txt")
    assert list(find_files([address, file, address])) == [address, file]


@pytest.mark.parametrize(
    ("root", "path", "held"),
    [
        (Path("/news"), "/news/a.txt", True),
        (Path("/news"), "/news/b.zip!/a.txt", True),
        (Path("/news"), "/newspaper/a.txt", False),
        (Path("/news/b.zip"), "/news/b.zip!/a.txt", True),
        (Path("/news/b.zip"), "/news/b.zip2", False),
        (Path("/news"), "https://e.example/a", False),
        (Address("https://e.example/a"), "https://e.example/a", True),
        (Address("https://e.example/a"), "https://e.example/a!/3", True),
        (Address("https://e.example/a"), "https://e.example/a/b", False),
    ],
)
def test_what_a_source_holds(root: Source, path: str, held: bool) -> None:
    assert holds(root, path) is held


def test_files_of_any_size_are_read_if_they_are_read_in_pieces(tmp_path: Path) -> None:
    path = tmp_path / "big.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "First."}\n')
        file.truncate(MAX_BYTES * 2)
    documents, reasons = every(read(path))
    assert list(documents) == ["1"]
    assert "a line larger than 50 MiB" in reasons["2"]


@pytest.mark.parametrize("name", ["новости.txt", "新聞.html", "أخبار.json", "a b'\"c.csv", "naïve–“x”.md", "😀.eml"])
def test_names_in_any_script_are_read(tmp_path: Path, name: str) -> None:
    body = {".json": b'{"text": "Text."}', ".csv": b"text\nText.\n", ".eml": b"Subject: x\r\n\r\nText."}
    assert read_texts(write(tmp_path, name, body.get(Path(name).suffix, b"Text."))) == ["Text."]


def read_texts(path: Path) -> list[str]:
    return [found.text.strip() for found in read(path) if isinstance(found, Document)]


KINDS = st.sampled_from("txt md html mhtml pdf docx eml json jsonl csv rss zip".split())


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(KINDS, st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_under_any_name_are_articles_or_named(tmp_path: Path, kind: str, data: bytes) -> None:
    tried(read(write(tmp_path, f"any.{kind}", data)))
