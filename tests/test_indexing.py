from __future__ import annotations

import io
import json
import os
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from zipfile import ZipFile

import pytest

from rag import indexing
from rag.answer.llm import LanguageModel
from rag.answer.prompts import NOT_SAID
from rag.errors import HomeError, ReadError
from rag.index.archive import Archive
from rag.index.store import Store
from rag.indexing import build_index, rebuild, remove
from rag.ingest import intake, readers
from rag.ingest.formats.web import Address
from rag.pipeline import ask
from rag.schema import Chunk, Document, EvidenceFound, Unread
from rag.survey import IndexReport, Survey, preview
from tests.conftest import DIMENSIONS, WordsEmbedding

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
    ids = sorted(archive.store.chunk_ids())
    return articles, ids, archive.vectors.ids(), archive.vectors.get(ids), archive.store.wrong_words()


# Files into the archive


def test_a_folder_becomes_articles_chunks_and_vectors(archive: Archive, news: Path) -> None:
    told: list[tuple[int, float]] = []
    report = build_index([news], archive, lambda done, share: told.append((done, share)))
    assert names(report.added) == ["bridge.txt", "storm.txt"]
    assert report == IndexReport(added=report.added)
    assert told[-1] == (2, 1.0)
    assert told == sorted(told)
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
        assert build_index([path], indexed).added == []
    (news.parent / "link").symlink_to(news)
    assert build_index([news.parent / "link"], indexed).added == []
    assert state(indexed) == before


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
    assert (names(report.added), report.removed) == (["fair.txt"], [])
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
    assert (names(report.failed), report.removed) == (["storm.txt"], [])
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
    assert (report.removed, names(report.failed)) == ([], ["below"])
    assert state(archive) == before


def test_a_path_that_does_not_exist_changes_nothing(indexed: Archive, news: Path) -> None:
    before = state(indexed)
    with pytest.raises(ReadError, match="nowhere"):
        build_index([news.parent / "nowhere", news], indexed)
    assert state(indexed) == before


def test_many_files_go_in_by_batches(archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "EMBED_AT_ONCE", 2)
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
        patch.setattr(indexing, "link_copies", cut)
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


# Files known by their marks, and files that hold many articles


def settle(*files: Path) -> None:
    """Dates files an hour back, so that their times tell that nobody is writing them."""
    hour_ago = time.time() - 3600
    for file in files:
        os.utime(file, (hour_ago, hour_ago))


def test_a_file_of_the_same_size_and_time_is_not_read(
    archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(*news.iterdir())
    build_index([news], archive)
    with monkeypatch.context() as patch:
        patch.setattr(intake, "read", lambda source: pytest.fail("read again"))
        assert names(build_index([news], archive).unchanged) == ["bridge.txt", "storm.txt"]
        os.utime(news / "storm.txt", (1e9, 1e9))  # touched: only its bytes are looked at
        assert names(build_index([news], archive).unchanged) == ["bridge.txt", "storm.txt"]


def test_a_file_that_has_just_been_written_is_looked_into_again(indexed: Archive, news: Path) -> None:
    before = (news / "storm.txt").stat()
    (news / "storm.txt").write_text(STORM.replace("Norwick", "Bornick"))
    os.utime(news / "storm.txt", ns=(before.st_atime_ns, before.st_mtime_ns))  # written twice in one tick
    assert names(build_index([news], indexed).changed) == ["storm.txt"]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    """A format of many articles: one a paragraph, "(…)" for one that cannot be read."""

    def read(source: Path) -> Iterator[Document | Unread]:
        if source.suffix != ".many":
            yield from readers.read(source)
            return
        for number, text in enumerate(source.read_text().split("\n---\n")):
            path = f"{source}!/{number}"
            yield Unread(path, f"{path}: cannot be read") if text.startswith("(") else Document(path, text)

    monkeypatch.setattr(intake, "read", read)


@pytest.mark.usefixtures("many")
def test_articles_that_are_gone_from_a_file_of_many_go(archive: Archive, news: Path) -> None:
    file = news / "all.many"
    file.write_text(f"{BRIDGE}\n---\n{STORM}")
    settle(file)
    assert names(build_index([file], archive).added) == ["0", "1"]
    assert names(build_index([file], archive).unchanged) == ["0", "1"]
    file.write_text(BRIDGE)
    report = build_index([file], archive)
    assert (names(report.unchanged), names(report.removed)) == (["0"], ["1"])
    assert [article.path for article in archive.store.articles()] == [f"{file}!/0"]
    assert set(archive.store.chunk_ids()) == archive.vectors.ids()
    file.unlink()
    assert names(build_index([news], archive).removed) == ["0"]


@pytest.mark.usefixtures("many")
def test_an_article_of_many_that_cannot_be_read_any_more_stays_and_is_told_every_time(
    archive: Archive, news: Path
) -> None:
    file = news / "all.many"
    file.write_text(f"{BRIDGE}\n---\n{STORM}")
    build_index([file], archive)
    file.write_text(f"{BRIDGE}\n---\n(rotten)")
    settle(file)
    for _ in range(2):
        report = build_index([file], archive)
        assert (names(report.unchanged), names(report.failed), report.removed) == (["0"], ["1"], [])
    assert len(archive.store.articles()) == 2


def test_articles_of_a_zip_and_of_an_address_come_and_go_on_their_own(
    archive: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = news / "list.jsonl"
    lines.write_text(f"{json.dumps({'text': BRIDGE})}\n{json.dumps({'text': STORM})}\n{{bad\n")
    address = Address("https://news.example/a")
    monkeypatch.setattr(readers, "fetch", lambda address, kinds: (".txt", io.BytesIO(STORM.encode())))
    report = build_index([lines, address], archive)
    assert names(report.added) == ["1", "2", "a"]
    assert names(report.failed) == ["3"]
    lines.write_text(json.dumps({"text": BRIDGE}) + "\n")
    assert names(build_index([lines], archive).removed) == ["2"]
    monkeypatch.setattr(readers, "fetch", lambda address, kinds: (".txt", io.BytesIO(b"")))
    report = build_index([address], archive)
    assert (names(report.failed), report.removed) == (["a"], [])
    assert {article.path for article in archive.store.articles()} == {f"{lines}!/1", address.url}


def test_a_file_taken_out_of_a_zip_goes_with_the_zip_read_again(archive: Archive, news: Path) -> None:
    packed = news / "news.zip"
    with ZipFile(packed, "w") as file:
        file.writestr("bridge.txt", BRIDGE)
        file.writestr("old/storm.txt", STORM)
    build_index([packed], archive)
    assert {article.path for article in archive.store.articles()} == {
        f"{packed}!/bridge.txt",
        f"{packed}!/old/storm.txt",
    }
    with ZipFile(packed, "w") as file:
        file.writestr("bridge.txt", BRIDGE)
        file.writestr("empty.txt", "")
    report = build_index([news / "news.zip"], archive)
    assert (names(report.unchanged), names(report.removed), names(report.failed)) == (
        ["bridge.txt"], ["storm.txt"], ["empty.txt"],
    )  # fmt: skip
    packed.write_bytes(b"PK no zip")
    report = build_index([packed], archive)
    assert (names(report.failed), report.removed) == (["news.zip"], [])
    packed.unlink()
    assert names(build_index([news], archive).removed) == ["bridge.txt"]


def test_an_address_is_fetched_anew_by_a_rebuilding_and_can_be_removed(
    indexed: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Address] = []

    def fetch(address: Address, kinds: object) -> tuple[str, io.BytesIO]:
        asked.append(address)
        return ".txt", io.BytesIO(STORM.replace("Norwick", address.url[-1] * 7).encode())

    monkeypatch.setattr(readers, "fetch", fetch)
    over, under = Address("https://news.example/a"), Address("https://news.example/a/b")
    build_index([over, under], indexed)
    assert names(build_index([news], indexed).unchanged) == ["bridge.txt", "storm.txt"]
    asked.clear()
    report = rebuild([], indexed, allow_private=True)
    assert (len(report.changed), report.failed) == (4, {})
    assert asked == [Address(over.url, True), Address(under.url, True)]
    assert remove([over.url], indexed).removed == [over.url]
    assert under.url in {article.path for article in indexed.store.articles()}


# Nothing is embedded twice


def test_one_text_in_two_files_is_stored_twice_and_embedded_once(
    archive: Archive, news: Path, embedder: WordsEmbedding
) -> None:
    (news / "twin.txt").write_text(STORM)
    build_index([news], archive)
    asked = embedder.asked
    assert asked == 2
    (news / "again.txt").write_text(STORM)
    shutil.move(news / "bridge.txt", news / "moved.txt")
    report = build_index([news], archive)
    assert (names(report.added), names(report.removed)) == (["again.txt", "moved.txt"], ["bridge.txt"])
    assert embedder.asked == asked
    vectors = archive.vectors.get(archive.store.chunk_ids())
    assert len(vectors) == 4
    assert len({tuple(round(x, 3) for x in vector) for vector in vectors.values()}) == 2


# What is to be seen, taken out, made anew


def test_a_preview_tells_all_and_writes_nothing(indexed: Archive, news: Path) -> None:
    before = state(indexed)
    (news / "storm.txt").write_text(STORM.replace("Norwick", "Hamden"))
    (news / "bridge.txt").rename(news / "new.txt")
    (news / "empty.txt").write_text("")
    report = preview([news], indexed.store.known(), indexed.store.read_files())
    assert [names(paths) for paths in (report.added, report.changed, report.removed, report.failed)] == [
        ["new.txt"], ["storm.txt"], ["bridge.txt"], ["empty.txt"],
    ]  # fmt: skip
    assert state(indexed) == before


def test_what_is_removed_is_gone_until_it_is_indexed_again(indexed: Archive, news: Path) -> None:
    assert names(remove([str(news / "storm.txt")], indexed).removed) == ["storm.txt"]
    assert names(article.path for article in indexed.store.articles()) == ["bridge.txt"]
    assert set(indexed.store.chunk_ids()) == indexed.vectors.ids()
    assert names(build_index([news], indexed).added) == ["storm.txt"]
    with pytest.raises(ReadError, match="nowhere: nothing in the index came from there"):
        remove([str(news / "nowhere")], indexed)
    assert names(remove([str(news)], indexed).removed) == ["bridge.txt", "storm.txt"]


@pytest.mark.usefixtures("many")
def test_one_article_of_many_can_be_removed(archive: Archive, news: Path) -> None:
    (news / "all.many").write_text(f"{BRIDGE}\n---\n{STORM}")
    build_index([news / "all.many"], archive)
    assert names(remove([f"{news / 'all.many'}!/0"], archive).removed) == ["0"]
    assert names(article.path for article in archive.store.articles()) == ["1"]


def test_rebuilding_embeds_all_that_is_known_and_loses_nothing(
    indexed: Archive, news: Path, embedder: WordsEmbedding
) -> None:
    before, asked = state(indexed), embedder.asked
    indexed.vectors.add([Chunk("stray", "x", 0, 1, "")], [[1.0] * embedder.dimensions])
    report = rebuild([], indexed)
    assert names(report.changed) == ["bridge.txt", "storm.txt"]
    assert (state(indexed), embedder.asked) == (before, asked + 2)
    (news / "storm.txt").unlink()
    report = rebuild([], indexed)
    assert (names(report.changed), names(report.failed), report.removed) == (["bridge.txt"], ["storm.txt"], [])
    assert len(indexed.store.articles()) == 2
    assert set(indexed.store.chunk_ids()) == indexed.vectors.ids()


def test_rebuilding_from_paths_leaves_only_what_is_there(indexed: Archive, news: Path) -> None:
    assert names(rebuild([news / "storm.txt"], indexed).changed) == ["storm.txt"]
    assert names(article.path for article in indexed.store.articles()) == ["storm.txt"]
    assert set(indexed.store.chunk_ids()) == indexed.vectors.ids()


def test_a_rebuilding_cut_short_is_ended_by_the_next_run(
    indexed: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = state(indexed)

    def cut(*_: object) -> None:
        raise KeyboardInterrupt

    for where in ("drop_vectors", "put"):
        with monkeypatch.context() as patch:
            patch.setattr(Archive, where, cut)
            with pytest.raises(KeyboardInterrupt):
                rebuild([], indexed)
        build_index([news], indexed)
        assert state(indexed) == before


def test_an_article_in_another_language_is_told(news: Path) -> None:
    (taken, *_) = [one for one in intake.take_in(intake.Task(news / "storm.txt")) if isinstance(one, intake.Taken)]
    survey = Survey([news / "storm.txt"], {}, {})
    survey.note(taken)
    assert survey.report.notices == {}
    survey.note(replace(taken, article=replace(taken.article, language="es")))
    assert list(survey.report.notices.values()) == [f"{news / 'storm.txt'}: is in another language than English (es)"]


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


def test_only_texts_that_share_words_are_read_to_find_copies(
    copied: Archive, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    text = Store.text
    monkeypatch.setattr(Store, "text", lambda store, key: (read.append(key), text(store, key))[1])
    (news / "storm.txt").write_text(STORM.replace("Norwick", "Hamden"))
    build_index([news], copied)
    found = by_name(copied)
    assert set(read) <= {found["bridge.txt"].id, found["copy.txt"].id}  # type: ignore[attr-defined]
    assert found["copy.txt"].also_in == (found["bridge.txt"].id,)  # type: ignore[attr-defined]


def test_copies_are_one_hit_and_come_with_the_evidence(copied: Archive, says: Says) -> None:
    found, *_ = ask(copied, says(*[NOT_SAID] * 20), OPENED)
    assert isinstance(found, EvidenceFound)
    assert names(found.articles[hit.article_id].path for hit in found.hits) == ["bridge.txt", "storm.txt"]
    assert names(article.path for article in found.articles.values()) == [
        "bridge.txt", "copy.txt", "storm.txt",
    ]  # fmt: skip


# A SQLite file that was damaged and deleted


def test_the_vectors_of_a_sqlite_file_that_is_gone_go_too(archive: Archive, news: Path) -> None:
    build_index([news], archive)
    before = state(archive)
    archive.vectors.add([Chunk("stray", "gone", 0, 1, "")], [[1.0] * DIMENSIONS])
    archive.close()
    (archive.home / "archive.sqlite").unlink()
    opened = Archive(archive.settings)
    opened.__dict__["embedder"] = archive.embedder
    build_index([news], opened)
    assert state(opened) == before
    opened.close()
