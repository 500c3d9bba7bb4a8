from __future__ import annotations

import io
import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import pipeline
from rag.answer.llm import LanguageModel
from rag.answer.prompts import NOT_SAID, REFUSAL
from rag.answer.scope import LONGEST_QUESTION, check_question
from rag.config import Settings
from rag.errors import EndpointError, HomeError, ModelError, ReadError, UsageError
from rag.index.archive import Archive
from rag.ingest.formats.web import Address
from rag.pipeline import IndexReport, answer, ask, build_index, open_archive
from rag.schema import Done, Event, EvidenceFound, SentencePassed, Step, Turn
from tests.conftest import WordsEmbedding

Says = Callable[..., LanguageModel]

STORY = (
    "Ana Ruiz opened the Ellery bridge on Monday, after ten years of work by masons and divers.\n\n"
    "The bridge cost 4 million euros, and the town paid all of it, the council said in the evening.\n\n"
    "Boats will pass below it from next month on, said the harbour master, who has waited for it so long.\n"
)
BRIDGE = f"Ellery bridge is open at last\n\nPublished on June 3, 2021\n\n{STORY}"
STORM = (
    "Storm closes Norwick airport\n\n"
    "A storm closed the airport of Norwick for a day and tore the roof off the old customs house.\n\n"
    "Nobody was hurt, the fire brigade said, and the first flights are to leave again at dawn.\n"
)
OPENED = "When did Ana Ruiz open the Ellery bridge?"
ON_MONDAY = "Ana Ruiz opened the Ellery bridge on Monday (31 May 2021)."


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "storm.txt").write_text(STORM)
    return folder


@pytest.fixture
def indexed(archive: Archive, news: Path) -> Archive:
    build_index([news], archive)
    return archive


def names(paths: object) -> list[str]:
    return sorted(Path(path).name for path in paths)  # type: ignore[attr-defined]


def state(archive: Archive) -> object:
    """All that a home holds, but for the order of things."""
    articles = [archive.article(article.id) for article in archive.store.articles()]
    return articles, sorted(archive.store.chunk_ids()), archive.vectors.ids()


# Files into the archive


def test_a_folder_becomes_articles_chunks_and_vectors(archive: Archive, news: Path) -> None:
    told: list[tuple[int, int, str]] = []
    report = build_index([news], archive, lambda done, total, path: told.append((done, total, path.name)))
    assert names(report.added) == ["bridge.txt", "storm.txt"]
    assert report == IndexReport(added=report.added)
    assert told == [(1, 2, "bridge.txt"), (2, 2, "storm.txt")]
    bridge, storm = archive.store.articles()
    assert (bridge.title, bridge.published) == ("Ellery bridge is open at last", date(2021, 6, 3))
    assert (storm.title, storm.published) == ("Storm closes Norwick airport", None)
    assert bridge.text.startswith("Ana Ruiz opened")
    assert bridge.path == str(news / "bridge.txt")
    assert set(archive.store.chunk_ids()) == archive.vectors.ids() != set()
    whole = archive.article(bridge.id)
    assert whole.text[whole.sentences[0].start : whole.sentences[0].end].endswith("masons and divers.")
    assert str(report) == "added 2, changed 0, removed 0, unchanged 0, failed 0"


def test_the_same_files_again_change_nothing(indexed: Archive, news: Path, embedder: WordsEmbedding) -> None:
    before, asked = state(indexed), embedder.asked
    report = build_index([news], indexed)
    assert report == IndexReport(unchanged=report.unchanged)
    assert names(report.unchanged) == ["bridge.txt", "storm.txt"]
    assert (state(indexed), embedder.asked) == (before, asked)


def test_the_same_folder_by_another_name_changes_nothing(
    indexed: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(indexed)
    (news / "sub").mkdir()
    monkeypatch.chdir(news / "sub")
    for path in (Path(".."), news / "sub" / ".."):
        assert build_index([path], indexed).added == ()
    (news.parent / "link").symlink_to(news)
    assert build_index([news.parent / "link"], indexed).added == ()
    assert state(indexed) == before


def test_articles_of_a_zip_and_of_an_address_come_and_go_on_their_own(
    archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = news / "list.jsonl"
    lines.write_text(f"{json.dumps({'text': BRIDGE})}\n{json.dumps({'text': STORM})}\n{{bad\n")
    address = Address("https://news.example/a")
    monkeypatch.setattr("rag.ingest.readers.fetch", lambda address, kinds: (".txt", io.BytesIO(STORM.encode())))
    report = build_index([lines, address], archive)
    assert names(report.added) == ["1", "2", "a"]
    assert names(report.failed) == ["3"]
    lines.write_text(json.dumps({"text": BRIDGE}) + "\n")
    assert names(build_index([lines], archive).removed) == ["2"]
    monkeypatch.setattr("rag.ingest.readers.fetch", lambda address, kinds: (".txt", io.BytesIO(b"")))
    report = build_index([address], archive)
    assert (names(report.failed), report.removed) == (["a"], ())
    assert {article.path for article in archive.store.articles()} == {f"{lines}!/1", address.url}


def test_a_changed_file_takes_the_place_of_the_old_one(indexed: Archive, news: Path) -> None:
    old = {article.id for article in indexed.store.articles()}
    (news / "storm.txt").write_text(STORM.replace("Norwick", "Hamden"))
    report = build_index([news], indexed)
    assert (names(report.changed), names(report.unchanged)) == (["storm.txt"], ["bridge.txt"])
    assert [article.title for article in indexed.store.articles()] == [
        "Ellery bridge is open at last",
        "Storm closes Hamden airport",
    ]
    assert len(old - {article.id for article in indexed.store.articles()}) == 1
    assert set(indexed.store.chunk_ids()) == indexed.vectors.ids()
    assert not any("Norwick" in hit.text for hit in indexed.search("Norwick airport", 9))


def test_a_file_that_is_gone_goes_but_only_from_below_the_paths_named(indexed: Archive, news: Path) -> None:
    other = news.parent / "other"
    other.mkdir()
    (other / "fair.txt").write_text("Fair in Lindale\n\nThe fair of Lindale drew a crowd of nine thousand on Sunday.")
    (news / "storm.txt").unlink()
    report = build_index([other], indexed)
    assert (names(report.added), report.removed) == (["fair.txt"], ())
    report = build_index([news], indexed)
    assert (names(report.removed), names(report.unchanged)) == (["storm.txt"], ["bridge.txt"])
    assert names(article.path for article in indexed.store.articles()) == ["bridge.txt", "fair.txt"]
    assert set(indexed.store.chunk_ids()) == indexed.vectors.ids()


def test_a_file_that_cannot_be_read_is_named_and_the_rest_go_in(archive: Archive, news: Path) -> None:
    (news / "empty.txt").write_text(" \n")
    (news / "picture.txt").write_bytes(b"\x89PNG\0\0\0")
    report = build_index([news], archive)
    assert names(report.added) == ["bridge.txt", "storm.txt"]
    assert names(report.failed) == ["empty.txt", "picture.txt"]
    assert all(path in reason and "\n" not in reason for path, reason in report.failed.items())


def test_a_name_that_is_no_text_is_told_and_the_rest_go_in(archive: Archive, news: Path) -> None:
    try:
        Path(os.fsdecode(bytes(news) + b"/\xff.txt")).write_text(BRIDGE)
    except OSError:
        return  # a file system that takes no such name
    report = build_index([news], archive)
    assert (names(report.added), next(iter(report.failed.values())).count("rename")) == (
        ["bridge.txt", "storm.txt"],
        1,
    )


def test_what_was_known_of_a_file_stays_when_it_cannot_be_read_any_more(indexed: Archive, news: Path) -> None:
    before = state(indexed)
    (news / "storm.txt").write_text("")
    report = build_index([news], indexed)
    assert (names(report.failed), report.removed) == (["storm.txt"], ())
    assert state(indexed) == before


def test_articles_of_a_folder_that_cannot_be_listed_stay(
    archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    below = news / "below"
    below.mkdir()
    shutil.move(news / "storm.txt", below)
    build_index([news], archive)
    before, list_folder = state(archive), Path.iterdir

    def iterdir(path: Path) -> Iterator[Path]:
        if path == below:
            raise PermissionError(13, "Permission denied")
        return list_folder(path)

    monkeypatch.setattr(Path, "iterdir", iterdir)
    report = build_index([news], archive)
    assert (report.removed, names(report.failed)) == ((), ["below"])
    assert state(archive) == before


def test_a_path_that_does_not_exist_changes_nothing(indexed: Archive, news: Path) -> None:
    before = state(indexed)
    with pytest.raises(ReadError, match="nowhere"):
        build_index([news.parent / "nowhere", news], indexed)
    assert state(indexed) == before


def test_many_files_go_in_by_batches(archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pipeline, "EMBED_AT_ONCE", 2)
    for n in range(3):
        (news / f"a{n}.txt").write_text(STORM.replace("Norwick", f"Norwick{'abc'[n]}"))
    (news / "z.txt").write_text("")  # the last file of all does not hold up the last batch
    assert len(build_index([news], archive).added) == 5
    assert len(archive.store.articles()) == 5


def test_a_run_that_was_cut_short_is_mended_by_the_next(
    archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (news / "copy.txt").write_text(STORY)

    def cut(archive: Archive) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(pipeline, "link_copies", cut)
        with pytest.raises(KeyboardInterrupt):
            build_index([news], archive)
    assert all(article.also_in == () for article in archive.store.articles())
    assert len(build_index([news], archive).unchanged) == 3
    assert sum(bool(article.also_in) for article in archive.store.articles()) == 2


def test_another_process_is_refused_with_the_pid_of_the_first(indexed: Archive, news: Path) -> None:
    second = Archive(indexed.settings)
    with indexed.writing(), pytest.raises(HomeError, match=f"process {os.getpid()} is indexing it"):
        build_index([news], second)
    second.close()


def test_another_embedder_is_refused_with_what_to_do(indexed: Archive, news: Path) -> None:
    indexed.store.set_meta({"embedder": "another"})
    with pytest.raises(HomeError, match=r"embedder 'another'.*`dateline index --rebuild"):
        build_index([news], indexed)
    with indexed.writing():
        indexed.clear()
    assert len(build_index([news], indexed).added) == 2


# Copies


@pytest.fixture
def copied(archive: Archive, news: Path) -> Archive:
    (news / "copy.txt").write_text(STORY)
    build_index([news], archive)
    return archive


def by_name(archive: Archive) -> dict[str, object]:
    return {Path(article.path).name: archive.article(article.id) for article in archive.store.articles()}


def test_a_copy_is_known_and_borrows_the_date(copied: Archive) -> None:
    found = by_name(copied)
    bridge, copy = found["bridge.txt"], found["copy.txt"]
    assert (copy.also_in, bridge.also_in) == ((bridge.id,), (copy.id,))  # type: ignore[attr-defined]
    assert (copy.published, copy.sources["published"]) == (  # type: ignore[attr-defined]
        date(2021, 6, 3),
        "borrowed from bridge.txt",
    )
    days = [mention.first for sentence in copy.sentences for mention in sentence.dates]  # type: ignore[attr-defined]
    assert days[0] == date(2021, 5, 31)


def test_what_was_borrowed_goes_with_the_one_who_lent_it(copied: Archive, news: Path) -> None:
    (news / "bridge.txt").unlink()
    build_index([news], copied)
    copy = by_name(copied)["copy.txt"]
    assert (copy.published, copy.also_in) == (None, ())  # type: ignore[attr-defined]
    assert "published" not in copy.sources  # type: ignore[attr-defined]
    assert copy.sentences  # type: ignore[attr-defined]
    assert all(
        mention.first is None
        for sentence in copy.sentences  # type: ignore[attr-defined]
        for mention in sentence.dates
    )


def test_copies_are_one_hit_and_come_with_the_evidence(copied: Archive, says: Says) -> None:
    found, *_ = ask(copied, says(*[NOT_SAID] * 20), OPENED)
    assert isinstance(found, EvidenceFound)
    assert names(found.articles[hit.article_id].path for hit in found.hits) == ["bridge.txt", "storm.txt"]
    assert names(article.path for article in found.articles.values()) == [
        "bridge.txt", "copy.txt", "storm.txt",
    ]  # fmt: skip


# A home's first time


@pytest.fixture
def bundled(monkeypatch: pytest.MonkeyPatch, news: Path) -> None:
    monkeypatch.setattr(pipeline, "BUNDLED_CORPUS", news)
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())


@pytest.mark.usefixtures("bundled")
def test_a_new_home_is_given_the_bundled_corpus_once(settings: Settings) -> None:
    with open_archive(settings) as archive:
        assert len(archive.store.articles()) == 2
        for article in archive.store.articles():
            archive.delete(article.id)
    with open_archive(settings) as archive:
        assert archive.store.articles() == []


@pytest.mark.usefixtures("bundled")
def test_a_home_that_is_to_be_filled_otherwise_starts_empty(settings: Settings) -> None:
    with open_archive(settings, index_corpus=False) as archive:
        assert archive.store.articles() == []
    with open_archive(settings) as archive:
        assert archive.store.articles() == []


@pytest.mark.usefixtures("bundled")
def test_a_first_time_cut_short_is_begun_again(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def cannot(*_: object) -> None:
        raise ModelError("the model is not here")

    with monkeypatch.context() as patch:
        patch.setattr(Archive, "put", cannot)
        with pytest.raises(ModelError), open_archive(settings):
            pass
    for _ in range(2):
        with open_archive(settings) as archive:
            assert len(archive.store.articles()) == 2


# A question to its answer


def kinds(events: list[Event]) -> list[type]:
    """The kinds of the events, runs of steps taken together."""
    said = [type(event) for event in events]
    return [kind for at, kind in enumerate(said) if kind is not Step or at == 0 or said[at - 1] is not Step]


def test_evidence_comes_first_then_steps_sentences_and_the_whole(indexed: Archive, says: Says) -> None:
    events = list(ask(indexed, says(*[ON_MONDAY] * 9), OPENED))
    assert kinds(events) == [EvidenceFound, Step, SentencePassed, Done]
    passed, done = events[-2], events[-1]
    assert isinstance(passed, SentencePassed)
    assert isinstance(done, Done)
    said = done.answer
    assert (said.answer, said.abstained) == (f"{ON_MONDAY} [1]", False)
    assert (said.sentences, said.citations) == ((passed.sentence,), passed.citations)
    assert (said.sentences[0].verdict, said.sentences[0].citations) == ("supported", (1,))
    (citation,) = said.citations
    text = indexed.article(citation.article_id).text
    assert text[citation.start : citation.end] == citation.quote == STORY.splitlines()[0]
    assert citation.dates[0].first == date(2021, 5, 31)
    assert (said.question, said.standalone_question, said.model) == (OPENED, OPENED, "queue")
    timings = said.timings_ms
    assert 0 <= timings["retrieve"] <= timings["first_token"] <= timings["total"]  # type: ignore[operator]


def test_every_passage_is_what_its_article_says_there(indexed: Archive, says: Says) -> None:
    found = next(ask(indexed, says(), OPENED))
    assert isinstance(found, EvidenceFound)
    for hit in found.hits:
        assert found.articles[hit.article_id].text[hit.start : hit.end] == hit.text


def test_nothing_is_read_before_the_evidence_is_shown(indexed: Archive, says: Says) -> None:
    model = says()
    with closing(ask(indexed, model, OPENED)) as events:  # type: ignore[type-var]
        next(events)
    assert model.llm.asked == []  # type: ignore[attr-defined]


@pytest.mark.parametrize("reply", [NOT_SAID, "", "Boris Okoro sank the ferry on Friday."])
def test_what_the_articles_do_not_say_is_refused(indexed: Archive, says: Says, reply: str) -> None:
    said = answer(indexed, says(*[reply] * 20), "When did Ana Ruiz sell the Ellery bridge?")
    assert (said.answer, said.abstained, said.sentences, said.citations) == (REFUSAL, True, (), ())
    assert said.evidence
    assert said.timings_ms["first_token"] is None


def test_an_empty_archive_refuses_without_a_model(settings: Settings, says: Says) -> None:
    archive = Archive(settings)
    events = list(ask(archive, says(), OPENED))
    assert kinds(events) == [EvidenceFound, Step, Done]
    assert isinstance(events[-1], Done)
    assert (events[-1].answer.answer, events[-1].answer.evidence) == (REFUSAL, ())
    archive.close()


def test_steps_count_in_words(archive: Archive, news: Path, says: Says) -> None:
    def step() -> str:
        return next(event.text for event in ask(archive, says(), "Norwick?") if isinstance(event, Step))

    build_index([news / "storm.txt"], archive)
    assert step().startswith("1 passage from 1 article, ")
    build_index([news], archive)
    assert step().startswith("2 passages from 2 articles, ")


def test_a_follow_up_is_looked_up_as_it_was_meant(indexed: Archive, says: Says) -> None:
    history = (Turn("user", "Who opened the Ellery bridge?"), Turn("assistant", "Ana Ruiz opened it. [1]"))
    found = next(ask(indexed, says("When did Ana Ruiz open it?"), "When did she open it?", history))
    assert isinstance(found, EvidenceFound)
    assert found.standalone_question == "When did Ana Ruiz open it?"


def test_an_endpoint_that_dies_leaves_the_evidence_and_one_line(indexed: Archive, says: Says) -> None:
    events: list[Event] = []
    dies = says(EndpointError("http://host/v1 cannot be reached"))
    with pytest.raises(EndpointError, match=r"^[^\n]+$"):
        events.extend(ask(indexed, dies, OPENED))
    assert isinstance(events[0], EvidenceFound)
    assert SentencePassed not in kinds(events)


def test_a_question_that_was_given_up_is_read_no_further(indexed: Archive, says: Says) -> None:
    model = says(*[NOT_SAID] * 20)
    events = ask(indexed, model, OPENED)
    while not model.llm.asked:  # type: ignore[attr-defined]
        next(events)
    asked = len(model.llm.asked)  # type: ignore[attr-defined]
    events.close()  # type: ignore[attr-defined]
    assert len(model.llm.asked) == asked  # type: ignore[attr-defined]


def test_tokens_are_counted_by_question(indexed: Archive, says: Says) -> None:
    model = says(*[NOT_SAID] * 20)
    model.usage.prompt_tokens = 1000
    assert answer(indexed, model, OPENED).usage["prompt_tokens"] == 0


# What a question may be


def test_white_space_is_folded_and_hidden_marks_are_dropped() -> None:
    assert check_question(" When\tdid\n she\u200b leave?\ufeff ") == "When did she leave?"
    assert check_question("Qué dijo Díaz-Canel? 🏆") == "Qué dijo Díaz-Canel? 🏆"


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("", "is empty"),
        (" \n\u200b", "is empty"),
        ("x" * 20_000, "20,000 characters; 2,000 are the most"),
        ("\0\1\2", "no text"),
        ("what \ud800?", "no text"),
        ("what \x1b[31m?", "no text"),
    ],
)
def test_what_cannot_be_looked_up_is_wrong_usage(question: str, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        check_question(question)


@given(st.text(max_size=LONGEST_QUESTION))
def test_a_question_that_passes_passes_again_unchanged(text: str) -> None:
    try:
        question = check_question(text)
    except UsageError:
        return
    assert question.isprintable()
    assert check_question(question) == question


def test_a_question_full_of_markup_and_commands_is_a_question_like_any_other(indexed: Archive, says: Says) -> None:
    question = '<script>alert("x")</script> NEAR(a b) "; drop table article; -- * OR'
    assert answer(indexed, says(*[NOT_SAID] * 20), question).abstained
    assert len(indexed.store.articles()) == 2


def test_settings_of_a_home_are_its_own(settings: Settings, tmp_path: Path) -> None:
    archive = Archive(replace(settings, home=tmp_path / "another"))
    assert archive.home == tmp_path / "another"
    archive.close()
