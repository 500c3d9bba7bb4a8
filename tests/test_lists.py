from __future__ import annotations

import io
import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.lists import MAX_FIELD, read_json, read_lines, read_table
from rag.ingest.readers import read
from rag.schema import Given
from tests.documents import every, only, tried

TEXT = "The quay was closed. Divers went down at noon."
CARD = Given(
    title="Quay closed",
    outlet="Ellery Post",
    authors=("Mara Quill", "Bo Lin"),
    published=date(2023, 4, 19),
    url="https://e.example/quay",
)


def stated(card: Given) -> Given:
    return Given(card.title, card.outlet, card.authors, card.published, card.updated, card.language, card.url)


@pytest.mark.parametrize(
    "names",
    [
        "title text date source url author",
        "headline body published outlet url authors",
        "title content publish_date publisher url author",
        "Headline Body published_at site URL Author",
        "title text publishedAt source link byline",
        "title articleBody datePublished publisher url author",
    ],
)
def test_the_usual_names_of_columns_are_known(names: str) -> None:
    values = [CARD.title, TEXT, "2023-04-19T22:00:00Z", CARD.outlet, CARD.url, "By Mara Quill and Bo Lin"]
    record = dict(zip(names.split(), values, strict=True))
    document = only(read_json("a.json", io.BytesIO(json.dumps(record).encode())))
    assert (document.text, stated(document.given), document.is_story) == (TEXT, CARD, True)
    assert document.given.sources["title"] == f"column {names.split()[0]}"


def test_names_in_objects_and_lists_are_read() -> None:
    record = {
        "title": "Quay closed",
        "source": {"id": None, "name": "Ellery Post"},
        "authors": [{"name": "Mara Quill"}, "Bo Lin"],
        "publishedAt": 1681900000,
        "url": "https://e.example/quay",
        "content": ["The quay was closed.", "Divers went down at noon."],
    }
    document = only(read_json("a.json", io.BytesIO(json.dumps(record).encode())))
    assert document.text == "The quay was closed.\n\nDivers went down at noon."
    assert stated(document.given) == CARD


@pytest.mark.parametrize("wrap", [lambda x: x, lambda x: {"articles": x}, lambda x: {"response": {"docs": x}}])
def test_a_list_is_found_where_services_put_it(wrap) -> None:  # type: ignore[no-untyped-def]
    data = json.dumps(wrap([{"text": "One."}, {"title": "no text"}, 7, {"body": "Four."}])).encode()
    documents, reasons = every(read_json("a.json", io.BytesIO(data)))
    assert {name: document.text for name, document in documents.items()} == {"1": "One.", "4": "Four."}
    assert "has no text" in reasons["2"]
    assert "a number" in reasons["3"]


def test_html_in_a_field_is_told_as_text() -> None:
    data = json.dumps({"content": "<p>Fish &amp; chips</p><p>5 &lt; 6<br>end</p><script>x()</script>"}).encode()
    assert only(read_json("a.json", io.BytesIO(data))).text == "Fish & chips\n\n5 < 6\nend"
    plain = json.dumps({"content": "If a<b and c>d &amp; e"}).encode()
    assert only(read_json("a.json", io.BytesIO(plain))).text == "If a<b and c>d &amp; e"


def test_one_bad_line_is_named_and_the_rest_go_in() -> None:
    lines = [
        b'{"text": "One."}',
        b"{bad",
        b"",
        b'{"text": "caf\xe9"}',
        b'{"text": "a\x00b"}',
        b"[1]",
        b"\xff\xfe\x00",
        b'{"text": "Last."}',
    ]
    documents, reasons = every(read_lines("a.jsonl", io.BytesIO(b"\n".join(lines))))
    assert {name: document.text for name, document in documents.items()} == {"1": "One.", "4": "café", "8": "Last."}
    assert list(reasons) == ["2", "5", "6", "7"]
    assert (
        reasons["2"] == "a.jsonl!/2: the line is no JSON (Expecting property name enclosed in double quotes); mend it"
    )


def test_halves_of_characters_and_nul_in_json_do_no_harm() -> None:
    data = rb'{"title": "a\ud83d", "text": "one \ud83d two"}' + b"\n" + rb'{"text": "a\u0000b"}'
    documents, reasons = every(read_lines("a.jsonl", io.BytesIO(data)))
    assert documents["1"].text == "one \ufffd two"
    assert documents["1"].given.title is None
    assert "NUL" in reasons["2"]


def test_lines_under_the_name_of_json_and_in_utf16_are_read() -> None:
    lines = '{"text": "One."}\n{"text": "Two."}\n'
    for data in (lines.encode(), lines.encode("utf-16")):
        assert list(every(read_lines("a.jsonl", io.BytesIO(data)))[0]) == ["1", "2"]
    assert list(every(read_json("a.json", io.BytesIO(lines.encode())))[0]) == ["1", "2"]


def test_a_json_feed_is_read() -> None:
    items = [
        {
            "id": "1",
            "url": "https://e.example/1",
            "content_html": "<p>Body.</p>",
            "date_published": "2023-04-19T01:00:00Z",
        }
    ]
    document = only(read_json("a.json", io.BytesIO(json.dumps({"title": "Feed", "items": items}).encode())))
    assert (document.text, document.given.published) == ("Body.", date(2023, 4, 19))


@pytest.mark.parametrize("data", [b"{", b"[" * 100_000, b"[]", b"7", b'{"a": 1}', b"null", b'"text"'])
def test_json_without_an_article_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.json: "):
        every(read_json("a.json", io.BytesIO(data)))


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_is_read_whatever_parts_its_columns(delimiter: str) -> None:
    rows = [
        ["title", "date", "content"],
        ["One", "19.04.2023", '"First line\nsecond, ""said""; line"'],
        ["", "", ""],
        ["Two", "", "Text"],
    ]
    data = "\r\n".join(delimiter.join(row) for row in rows).encode()
    documents, reasons = every(read_table("a.csv", io.BytesIO(data)))
    assert {name: document.text for name, document in documents.items()} == {
        "2": 'First line\nsecond, "said"; line',
        "5": "Text",
    }
    assert documents["2"].given.published == date(2023, 4, 19)
    assert not reasons


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
def test_a_table_of_any_encoding_is_read(encoding: str) -> None:
    data = "title,text\r\nCafé,Né à Paris\r\n".encode(encoding)
    (document,) = every(read_table("a.csv", io.BytesIO(data)))[0].values()
    assert (document.given.title, document.text) == ("Café", "Né à Paris")


def test_rotten_rows_are_named_and_the_rest_go_in() -> None:
    data = b"title,text\nOne,caf\xe9\nTwo,too,many\nThree,\nFour,a\x00b\nFive,Text\n"
    documents, reasons = every(read_table("a.csv", io.BytesIO(data)))
    assert {name: document.text for name, document in documents.items()} == {"2": "café", "6": "Text"}
    assert "3 fields" in reasons["3"]
    assert "has no text" in reasons["4"]
    assert "NUL" in reasons["5"]


def test_a_quote_that_is_never_closed_is_named_with_its_line() -> None:
    data = b'text\nfine\n"' + b"x" * (MAX_FIELD + 10)
    documents, reasons = every(read_table("a.csv", io.BytesIO(data)))
    assert list(documents) == ["2"]
    assert "cannot be read from this line on" in reasons["3"]


@pytest.mark.parametrize(
    ("data", "reason"), [(b"", "empty"), (b"\n\n", "no column|empty"), (b"name,age\na,1", "no column is named text")]
)
def test_a_table_without_a_column_of_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        every(read_table("a.csv", io.BytesIO(data)))


def test_memory_stays_flat_however_long_the_list_is(tmp_path: Path) -> None:
    record = json.dumps({"title": "T", "text": "word " * 2000})
    path = tmp_path / "many.jsonl"
    with path.open("w") as file:
        for _ in range(2000):  # 20 MB
            file.write(record + "\n")
    tracemalloc.start()
    count = sum(1 for _ in read(path))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 2000
    assert peak < 2_000_000


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_articles_or_named(data: bytes) -> None:
    for reader in (read_json, read_lines, read_table):
        tried(reader("a.x", io.BytesIO(data)))


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("title text body date author source url items".split()) | st.text(max_size=5),
            inner,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=100)
@given(st.dictionaries(st.sampled_from("title text date authors source url updated language".split()), JSON))
def test_a_record_of_anything_states_what_can_be_stored(record: dict[str, object]) -> None:
    for document in tried(read_lines("a.jsonl", io.BytesIO(json.dumps(record).encode() + b"\n"))):
        for field in (document.given.title or "", document.given.outlet or "", *document.given.authors):
            field.encode()


@settings(deadline=None, max_examples=50)
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=100))
def test_the_text_of_a_record_is_its_own_letter_for_letter(text: str) -> None:
    if text.strip() and "<" not in text:
        assert only(read_lines("a", io.BytesIO(json.dumps({"text": text}).encode()))).text == text
