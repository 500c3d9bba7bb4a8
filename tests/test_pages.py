# ruff: noqa: E501  markup is easier to read unbroken
from __future__ import annotations

import io
import re
import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from rag.errors import ReadError
from rag.ingest.formats.fragments import fragment_text, parse, tree_text
from rag.ingest.formats.page_story import MAX_ELEMENTS, page_story
from rag.ingest.formats.pages import page_card, page_document, read_page
from rag.schema import Given
from tests.documents import only, tried
from tests.pages import CARDS, FOOTER, H1, PARAGRAPHS, STORY, TITLE, article, linked, meta, page


def card(html: str, address: str | None = None) -> Given:
    return page_card(html, parse(html), address)


def letters(text: str) -> str:
    return re.sub(r"\s+", "", text)


def test_a_page_is_its_story_without_headline_menus_and_other_stories() -> None:
    html = page(f"<nav><a href='/'>Home</a></nav><main><article>{H1}{PARAGRAPHS}</article></main>{CARDS}{FOOTER}")
    document = page_document("a.html", html)
    assert document.text == "\n\n".join(STORY)
    assert document.is_story


def test_the_card_is_read_from_linked_data_and_meta_tags() -> None:
    node = article(
        author=[{"@type": "Person", "name": "Mara Quill"}, {"@type": "Person", "name": "Bo Lin"}],
        publisher={"@type": "Organization", "name": "Ellery Media Group"},
        inLanguage="en-GB",
    )
    head = linked(node) + meta(og__site_name="The Ellery Post", og__title=TITLE, og__url="https://e.example/other")
    given = card(page(H1 + PARAGRAPHS, head + '<link rel="canonical" href="https://e.example/crane">', lang=""))
    assert (given.title, given.outlet, given.authors) == (TITLE, "The Ellery Post", ("Mara Quill", "Bo Lin"))
    assert (given.url, given.language) == ("https://e.example/crane", "en")
    assert given.sources == {
        "title": "JSON-LD",
        "outlet": "meta tag",
        "authors": "JSON-LD",
        "language": "JSON-LD",
        "url": "canonical link",
    }


@pytest.mark.parametrize(
    ("html", "title", "source"),
    [
        (page(PARAGRAPHS, meta(og__title=f"{TITLE} | Ellery Post", og__site_name="Ellery Post")), TITLE, "meta tag"),
        (page(H1 + PARAGRAPHS, title="x"), TITLE, "headline"),
        (page(PARAGRAPHS, title=f"{TITLE} - Ellery Post"), TITLE, "title tag"),
        (page(PARAGRAPHS, title="Cuba – Russia"), "Cuba – Russia", "title tag"),
        (page(f"<h1>Ellery Post</h1><h2>{TITLE}</h2>{PARAGRAPHS}", title=f"{TITLE} | Ellery Post"), TITLE, "headline"),
        (page(PARAGRAPHS, title=""), None, None),
    ],
)
def test_a_title_is_told_without_its_site(html: str, title: str | None, source: str | None) -> None:
    given = card(html)
    assert (given.title, given.sources.get("title")) == (title, source)


def test_what_is_escaped_twice_in_tags_is_read_as_it_was_meant() -> None:
    head = linked(
        article(headline="Crane falls across the quay at Port Ellery&#8217;s dock", author="Al Day, Jr. &amp; Bo Lin")
    )
    given = card(page(PARAGRAPHS, head, title="Crane falls across the quay at Port Ellery’s dock"))
    assert given.title == "Crane falls across the quay at Port Ellery’s dock"
    assert given.authors == ("Al Day Jr", "Bo Lin")


def test_an_address_is_no_author() -> None:
    assert card(page(H1, meta(article__author="https://social.example/mara"))).authors == ()
    assert card(page(H1, '<meta name="author" content="By Mara Quill, Bo Lin and Cy Day">')).authors == (
        "Mara Quill",
        "Bo Lin",
        "Cy Day",
    )


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("iso-8859-1", "cp1252"),
        ("windows-1251", "cp1251"),
        ("shift_jis", "cp932"),
        ("utf-8", "cp1252"),
        ("nonsense", "utf-8"),
    ],
)
def test_a_page_is_decoded_as_it_declares_unless_that_is_wrong(declared: str, encoding: str) -> None:
    word = {"cp1251": "Крановщик", "cp932": "港湾"}.get(encoding, "Café “Quay” – 5 €")
    html = page(
        f"<article>{H1}{PARAGRAPHS}<p>{word} said that the quay would open again in a week or two.</p></article>"
    )
    data = (
        html.replace('charset="utf-8"', f'charset="{declared}"')
        .replace("“We", '"We')
        .replace("evening,”", 'evening,"')
        .encode(encoding)
    )
    assert f"{word} said that" in only(read_page("a.html", io.BytesIO(data))).text


def test_numbers_of_windows_characters_and_double_entities_are_decoded_once() -> None:
    html = page(
        f"<article>{PARAGRAPHS}<p>He said &#147;yes&#148; &#150; and wrote &amp;lt;b&amp;gt; &eacute;&#x2014;&nbsp;twice over.</p></article>"
    )
    assert "He said “yes” – and wrote &lt;b&gt; é— twice over." in page_document("a", html).text


def test_a_page_without_a_story_gives_all_its_text_to_be_cleaned() -> None:
    html = "<html><body><ul><li>Home</li><li>One</li></ul></body></html>"
    document = page_document("a.html", html)
    if not document.is_story:
        assert document.text == "Home\n\nOne"
    assert document.text.strip()


@pytest.mark.parametrize(
    "data", [b"", b"<html></html>", b"<!-- -->", b"<script>x()</script>", b"\x89PNG\r\n\x1a\n\x00"]
)
def test_what_is_no_page_with_text_is_refused(data: bytes) -> None:
    with pytest.raises(ReadError, match=r"^a\.html: "):
        only(read_page("a.html", io.BytesIO(data)))


@pytest.mark.parametrize(
    "html",
    [
        "<p>" * (MAX_ELEMENTS * 2) + "Some words here.",
        "<ul>" + "<li>Some words here.</li>" * MAX_ELEMENTS + "</ul>",
        "<p>Some words here.</p>" + "<b>" * 1500 + "deep" + "</b>" * 1500,
    ],
    ids=["paragraphs", "items", "deep"],
)
def test_a_page_of_hundreds_of_thousands_of_tags_is_read_in_seconds(html: str) -> None:
    started = time.monotonic()
    assert "Some words here." in page_document("a.html", html).text
    assert time.monotonic() - started < 20


def test_a_page_nested_too_deep_is_named_and_not_cut_short() -> None:
    with pytest.raises(ReadError, match="thousands deep"):
        page_document("a.html", "<p>Some words here.</p>" + "<div>" * 1_000_000 + "lost")


def test_a_story_below_hundreds_of_unclosed_tags_is_read() -> None:
    html = page("<font>" * 400 + H1 + PARAGRAPHS)
    assert STORY[-1] in page_document("a.html", html).text


@pytest.mark.parametrize(
    "inner",
    [
        "<code><code>word</code></code>",
        "<q>word <del>and</del> word</q>",
        "<code>word <q>and</q></code>",
        "<time>word</time>",
        "<b>on <time>a word</time> then</b>",
    ],
)
def test_what_is_marked_up_within_a_line_stays_where_it_stands(inner: str) -> None:
    ends = "the harbour master said that the crane would be taken away by ship"
    html = page(f"<article>{H1}{PARAGRAPHS}<p>Then {inner} {ends}.</p></article>")
    words = re.sub(r"<[^>]+>", "", inner)
    assert f"Then {words} {ends}." in page_story(html, parse(html))


def test_the_time_of_a_byline_is_no_story() -> None:
    html = page(f"<article>{H1}<p>Updated <time>7 June 2021</time></p>{PARAGRAPHS}</article>")
    assert "7 June" not in page_story(html, parse(html))


INLINE = st.sampled_from(
    [
        "b",
        "i",
        "em",
        "strong",
        "a href='/x'",
        "span class='x'",
        "u",
        "code",
        "q",
        "small",
        "sup",
        "font color='red'",
        "time",
    ]
)
TEXT = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="<>&\ufeff"), min_size=1, max_size=12)
WORDS = st.lists(TEXT, min_size=12, max_size=25).map(" ".join)


@st.composite
def paragraphs(draw: st.DrawFn) -> str:
    words = draw(WORDS).split(" ")
    for _ in range(draw(st.integers(0, 3))):
        at, tag = draw(st.integers(0, len(words) - 1)), draw(INLINE)
        words[at] = f"<{tag}>{words[at]}</{tag.split()[0]}>"
    glue = draw(st.sampled_from([" ", "\n  ", "&nbsp;", "<br>", " "]))
    block = draw(st.sampled_from(["p", "p", "p", "li", "blockquote", "h2", "td", "pre"]))
    inner = glue.join(words)
    return {"li": f"<ul><li>{inner}</li></ul>", "td": f"<table><tr><td>{inner}</td></tr></table>"}.get(
        block, f"<{block}>{inner}</{block}>"
    )


@settings(deadline=None, max_examples=25)
@given(st.lists(paragraphs(), min_size=1, max_size=5))
@example(["<p><code><code>0</code></code> 0 0 0 0 0 0 0 0 0 0 1</p>"])
def test_the_story_is_the_pages_own_letters(inner: list[str]) -> None:
    html = page(f"<article>{H1}{PARAGRAPHS}{''.join(inner)}</article>")
    whole = letters(tree_text(parse(html)))
    for line in page_story(html, parse(html)).split("\n"):
        assert letters(line) in whole


@settings(deadline=None, max_examples=40)
@given(st.binary(max_size=300) | st.text(st.sampled_from("<>/=\"' abphtml!-[]&;#1\n\0"), max_size=300).map(str.encode))
def test_any_bytes_are_a_page_or_refused(data: bytes) -> None:
    tried(read_page("a.html", io.BytesIO(data)))


@settings(deadline=None, max_examples=40)
@given(st.text(max_size=200))
def test_any_linked_data_leaves_a_card(script: str) -> None:
    card(page(H1 + PARAGRAPHS, f'<script type="application/ld+json">{script}</script>'))


JSON = st.recursive(
    st.none() | st.integers() | st.text(max_size=9) | st.sampled_from(["NewsArticle", "2023-04-19", TITLE]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                "@type @graph headline datePublished author publisher name url mainEntity mainEntityOfPage @id".split()
            ),
            inner,
        )
    ),
    max_leaves=20,
)


@settings(deadline=None, max_examples=40)
@given(JSON)
@example({"@type": "NewsArticle", "headline": {"name": "0", "datePublished": TITLE}})
def test_linked_data_of_any_shape_leaves_a_card(node: object) -> None:
    given = card(page(H1 + PARAGRAPHS, linked(node)))
    assert given.title == TITLE


@given(st.lists(TEXT, min_size=1, max_size=6))
def test_a_fragment_keeps_every_letter(words: list[str]) -> None:
    assert letters(fragment_text("".join(f"<p>{word}</p>" for word in words))) == letters("".join(words))
