"""Evidence packs, read back by parsers of their formats."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from rag import __version__
from rag.desk.cited import as_it_stands, sha256
from rag.desk.pack import Pack, pack_answer, pack_conversation
from rag.desk.pack_file import write, written
from rag.desk.pack_markdown import plain, to_plain_text
from rag.desk.records import Conversation, Kept
from rag.errors import UsageError
from rag.schema import Answer
from tests.scripted import FIRST, HITS, REFUSAL, SAID, SECOND, TEXT, Seen, answered, article, citation

MADE = datetime(2026, 11, 2, 9, 30, tzinfo=timezone.utc)
COPY = article(id="copy", path="/news/copy.txt", outlet="MR Online", url="https://example.org/copy")
ARTICLES = {"lavrov": article(content_hash="c0ffee"), "copy": COPY}
HOSTILE = (
    '<script>alert(1)</script><img src=x onerror="alert(1)">',
    "[click](javascript:alert(1)) ![x](http://evil.example/x.png)",
    "# Heading",
    "- item",
    "1. item",
    "> quoted",
    "`code` *bold* _it_ ~~gone~~ | a | b |",
    "see http://evil.example and www.evil.example, a@evil.example",
    "{{ 7*7 }} ${x} &lt;b&gt; [^1] [^1]: note",
    "--- \u202eevil\u202c \x1b[2J",
    "line\n\n    indented\n---",
)


def exchange(position: int = 1, **changes: object) -> Kept:
    plain_one: dict[str, object] = {
        "position": position,
        "question": "When did Lavrov come?",
        "asked": MADE - timedelta(minutes=30),
        "state": "answered",
        "answer": answered("When did Lavrov come?"),
        "cited": (as_it_stands(citation(also_in=("copy",)), ARTICLES),),
        "index_version": "v1",
    }
    return Kept(**(plain_one | changes))  # type: ignore[arg-type]


def pack(*exchanges: Kept) -> Pack:
    return Pack(exchanges[0].question, exchanges, MADE)


def hostile(text: str) -> Kept:
    """Every string of strangers is that text."""
    bad = citation(title=text, outlet=text, path=text, url=f"javascript:{text}", quote=text, end=len(text), dates=())
    made = answered(text, standalone=text)
    answer = replace(made, answer=text, sentences=(replace(SAID, text=text),), citations=(bad,), model=text)
    shown = as_it_stands(bad, {"lavrov": article(text=text, sentences=())})
    return exchange(question=text, answer=answer, cited=(shown,), trouble=text, index_version=text)


def test_the_json_has_all_it_takes_to_check_the_answer() -> None:
    row = json.loads(written(pack(exchange()), ".json"))
    assert (row["dateline"], row["made"]) == (__version__, "2026-11-02T09:30:00+00:00")
    (one,) = row["exchanges"]
    assert one["answer"] == f"{SAID.text} [1]"
    assert (one["model"], one["index_version"]) == ("scripted", "v1")
    (cited,) = one["citations"]
    assert TEXT[cited["start"] : cited["end"]] == cited["quote"] == FIRST
    assert cited["text_sha256"] == sha256(TEXT)
    assert (cited["content_hash"], cited["retrieved"]) == ("c0ffee", "2026-11-02T09:00:00+00:00")
    assert cited["url"] == "https://example.org/lavrov"
    assert cited["copies"][0]["outlet"] == "MR Online"
    assert [hit["text"] for hit in one["evidence"]] == [hit.text for hit in HITS]


def test_an_answer_just_given_is_packed_like_a_kept_one() -> None:
    answer = answered("When?")
    made = pack_answer(answer, ARTICLES, "v1", MADE)
    assert made == Pack("When?", (exchange(question="When?", asked=MADE, answer=answer,
                                           cited=(as_it_stands(citation(), ARTICLES),)),), MADE)  # fmt: skip


def test_a_conversation_is_packed_whole_or_one_exchange_of_it() -> None:
    both = (exchange(), exchange(2, question="And who?"))
    conversation = Conversation("id", "Tour", MADE, both)
    assert pack_conversation(conversation, MADE) == Pack("Tour", both, MADE, "id")
    assert pack_conversation(conversation, MADE, 2) == Pack("And who?", both[1:], MADE, "id")


def test_another_ending_is_wrong_usage(tmp_path: Path) -> None:
    for name in ("answer.pdf", "answer"):
        with pytest.raises(UsageError, match=r"ends in \.md, \.html, \.json"):
            write(pack(exchange()), tmp_path / name)
        assert not (tmp_path / name).exists()
    write(pack(exchange()), tmp_path / "ANSWER.HTML")
    assert "<!DOCTYPE html>" in (tmp_path / "ANSWER.HTML").read_text(encoding="utf-8")


# Markdown


def rendered(text: str) -> Seen:
    from markdown_it import MarkdownIt

    return Seen(MarkdownIt("commonmark").render(text))


def test_markdown_has_the_answer_with_a_footnote_for_each_quote() -> None:
    lines = written(pack(exchange()), ".md").splitlines()
    assert lines[0] == "# When did Lavrov come?"
    assert lines[2] == f"{SAID.text}[^1]"
    (note,) = [line for line in lines if line.startswith("[^1]: ")]
    assert note == (
        f"[^1]: “{FIRST}” Lavrov arrives in Havana to promote Russia-Cuba cooperation, teleSUR English, "
        "20 April 2023. <https://example.org/lavrov>"
    )
    assert "    “Wednesday night” is 19 April 2023" in lines
    assert "    Also in MR Online, https\\://example.org/copy" in lines
    assert f"SHA-256 of its text {sha256(TEXT)}" in lines[lines.index(note) + 6]
    assert "*asked 2026-11-02 09:00 UTC, model scripted, index v1*" in lines


def test_a_quote_from_a_file_with_pages_is_exported_with_its_page() -> None:
    paged = exchange(cited=(as_it_stands(citation(page=3), ARTICLES),))
    assert ", 20 April 2023, p. 3. <https://example.org/lavrov>" in written(pack(paged), ".md")
    assert ", 20 April 2023, p. 3</a>" in written(pack(paged), ".html")
    assert ", 20 April 2023, p. 3, https://example.org/lavrov" in to_plain_text(paged)
    assert json.loads(written(pack(paged), ".json"))["exchanges"][0]["citations"][0]["page"] == 3


def test_footnotes_of_a_conversation_do_not_mix() -> None:
    text = written(Pack("Tour", (exchange(), exchange(2, question="And who?")), MADE), ".md")
    assert text.startswith("# Tour\n\n## When did Lavrov come?\n")
    for label in ("[^1-1]", "[^2-1]"):
        assert text.count(label) == 2
        assert text.count(f"\n{label}: ") == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_markdown_makes_nothing_of_what_strangers_wrote(text: str) -> None:
    seen = rendered(plain(text))
    assert [tag for tag, _ in seen.elements] == ["p"]
    shown = " ".join(text.split()).replace("\u202e", "\ufffd").replace("\u202c", "\ufffd").replace("\x1b", "\ufffd")
    assert seen.text.strip() == shown


@pytest.mark.parametrize("text", HOSTILE)
def test_a_whole_pack_of_strangers_words_has_only_our_own_elements(text: str) -> None:
    seen = rendered(written(pack(hostile(text)), ".md"))
    assert {tag for tag, _ in seen.elements} <= {"h1", "p", "em", "pre", "code", "hr", "a"}
    assert all((attrs.get("href") or "").startswith("https://") for tag, attrs in seen.elements if tag == "a")


def test_an_address_cannot_break_out_of_its_brackets() -> None:
    bad = citation(url="https://example.org/a> <script>é [x](y)\\")
    text = written(pack(exchange(cited=(as_it_stands(bad, ARTICLES),))), ".md")
    assert "<https://example.org/a%3E%20%3Cscript%3E%C3%A9%20[x](y)%5C>" in text


def test_text_for_the_clipboard_has_its_notes_below() -> None:
    assert to_plain_text(exchange()).split("\n\n") == [
        f"{SAID.text} [1]",
        f"[1] “{FIRST}” Lavrov arrives in Havana to promote Russia-Cuba cooperation, teleSUR English, "
        "20 April 2023, https://example.org/lavrov",
        "    “Wednesday night” is 19 April 2023",
    ]


# HTML


def test_html_marks_the_quote_in_its_paragraph_and_links_the_number_to_it() -> None:
    html = written(pack(exchange()), ".html")
    seen = Seen(html)
    assert f"<mark>{FIRST}</mark> {SECOND}</blockquote>" in html
    links = [attrs["href"] for tag, attrs in seen.elements if tag == "a"]
    assert links == ["#q1-1", "https://example.org/lavrov"]
    assert [attrs["id"] for tag, attrs in seen.elements if tag == "li"] == ["q1-1"]
    assert "“Wednesday night” is 19 April 2023" in seen.text


def test_html_needs_nothing_else_and_runs_nothing() -> None:
    seen = Seen(written(pack(exchange(), exchange(2)), ".html"))
    tags = {tag for tag, _ in seen.elements}
    assert not tags & {"script", "link", "img", "iframe", "form", "object"}
    (policy,) = [attrs["content"] for _, attrs in seen.elements if attrs.get("http-equiv")]
    assert policy is not None
    assert policy.startswith("default-src 'none'")
    ids = [attrs["id"] for _, attrs in seen.elements if "id" in attrs]
    assert len(set(ids)) == len(ids) == 2


@pytest.mark.parametrize("text", HOSTILE)
def test_html_shows_what_strangers_wrote_as_text(text: str) -> None:
    ours = Seen(written(pack(hostile("Plain.")), ".html"))
    seen = Seen(written(pack(hostile(text)), ".html"))
    assert [tag for tag, _ in seen.elements] == [tag for tag, _ in ours.elements]
    assert all(not name.startswith("on") for _, attrs in seen.elements for name in attrs)
    assert all((attrs.get("href") or "#").startswith("#") for _, attrs in seen.elements)


# What has no answer


def unfinished(state: str, answer: Answer | None) -> Kept:
    return exchange(state=state, answer=answer, cited=(), trouble="it is down")


@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_what_was_not_answered_says_so(suffix: str) -> None:
    refused = written(pack(exchange(answer=answered("The moon?", abstained=True), cited=())), suffix)
    assert REFUSAL in refused
    assert "Nearest passages:" in refused
    assert HITS[0].text in refused
    assert "still being made" in written(pack(unfinished("asked", None)), suffix)
    assert "Stopped before the end" in written(pack(unfinished("stopped", None)), suffix)
    assert "The answer broke off. it is down" in written(pack(unfinished("failed", None)), suffix)
