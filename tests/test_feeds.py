# ruff: noqa: E501  markup is easier to read unbroken
from __future__ import annotations

import io
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.feeds import read_feed
from tests.documents import every, tried

RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Ellery Post</title><language>en-gb</language>{items}</channel></rss>"""
ITEM = """<item><title>Fish &amp;amp; ships</title><link>https://e.example/1</link><dc:creator>Mara Quill</dc:creator>
<pubDate>Wed, 19 Apr 2023 23:30:00 -0400</pubDate><description>&lt;p&gt;Short.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>The quay – café &amp; all – was closed.</p><p>Divers went<br>down.</p>]]></content:encoded></item>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Ellery Post</title><entry><title>Quay closed</title>
<id>urn:1</id><link href="https://e.example/1"/><published>2023-04-19T23:30:00-04:00</published><updated>2023-04-21T08:00:00Z</updated>
<author><name>Mara Quill</name></author><content type="html">&lt;p&gt;The quay was closed.&lt;/p&gt;</content></entry></feed>"""


def feed(items: str, encoding: str = "utf-8") -> io.BytesIO:
    return io.BytesIO(RSS.format(items=items, encoding=encoding).encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_an_rss_entry_is_an_article_with_its_whole_text(encoding: str) -> None:
    documents, reasons = every(read_feed("a.rss", feed(ITEM, encoding)))
    (document,) = documents.values()
    assert document.path == "a.rss!/https://e.example/1"
    assert document.text == "The quay – café & all – was closed.\n\nDivers went\ndown."
    assert document.is_story
    given = document.given
    assert (given.title, given.outlet, given.authors, given.language) == (
        "Fish & ships",
        "Ellery Post",
        ("Mara Quill",),
        "en",
    )
    assert (given.published, given.url) == (date(2023, 4, 19), "https://e.example/1")
    assert set(given.sources.values()) == {"feed"}
    assert not reasons


def test_an_atom_entry_keeps_publication_and_update_apart() -> None:
    documents, _ = every(read_feed("a.atom", io.BytesIO(ATOM.encode())))
    (document,) = documents.values()
    assert (document.given.published, document.given.updated) == (date(2023, 4, 19), date(2023, 4, 21))


def test_an_update_alone_is_no_publication() -> None:
    atom = ATOM.replace("<published>2023-04-19T23:30:00-04:00</published>", "")
    (document,) = every(read_feed("a.atom", io.BytesIO(atom.encode())))[0].values()
    assert (document.given.published, document.given.updated) == (None, date(2023, 4, 21))


def test_entries_without_text_are_named_and_the_rest_go_in() -> None:
    documents, reasons = every(
        read_feed("a.rss", feed("<item><title>T</title><link>https://e.example/0</link></item>" + ITEM))
    )
    assert list(documents) == ["https://e.example/1"]
    assert "name the address itself" in reasons["https://e.example/0"]


def test_two_entries_with_one_address_are_two_articles() -> None:
    assert list(every(read_feed("a.rss", feed(ITEM + ITEM)))[0]) == ["https://e.example/1", "https://e.example/1 (2)"]


@pytest.mark.parametrize(
    "data", [b"", b"<a><b/></a>", b"no xml", b"\0\0", b"<rss><channel></channel></rss>", b"/etc/passwd"]
)
def test_what_is_no_feed_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.xml: "):
        every(read_feed("a.xml", io.BytesIO(data)))


def test_entities_are_not_fetched_from_files_or_blown_up() -> None:
    doctype = '<!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/passwd"><!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'
    body = RSS.format(
        items=ITEM.replace("Short.", "&f; &c;")
        .replace("<content:encoded>", "<x>")
        .replace("</content:encoded>", "</x>"),
        encoding="utf-8",
    )
    data = body.replace("?><rss", f"?>{doctype}<rss").encode()
    assert not any("root:" in document.text for document in tried(read_feed("a.rss", io.BytesIO(data))))


@settings(deadline=None, max_examples=40)
@given(st.data())
def test_a_feed_with_any_bytes_changed_gives_articles_or_reasons(data: st.DataObject) -> None:
    changed = bytearray(feed(ITEM).getvalue())
    for at in data.draw(st.lists(st.integers(0, len(changed) - 1), min_size=1, max_size=6)):
        changed[at] = data.draw(st.integers(0, 255))
    tried(read_feed("a.rss", io.BytesIO(bytes(changed))))
