from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from rag.desk.conversations import LONGEST_TITLE, Conversations, purge
from rag.desk.database import NAME, SCRIPTS, DeskFile
from rag.desk.recording import cited
from rag.desk.records import Feedback, Place
from rag.errors import DeskError, HomeError
from tests.scripted import ARTICLES, FIRST, REFUSAL, SAID, answered

BEGUN = datetime(2026, 11, 2, 9, 0, tzinfo=timezone.utc)


class Ticking:
    """A clock that moves on a second each time it is looked at."""

    def __init__(self) -> None:
        self.now = BEGUN

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DeskFile]:
    with closing(DeskFile(tmp_path)) as opened:
        yield opened


@pytest.fixture
def desk(file: DeskFile) -> Conversations:
    return Conversations(file, None, Ticking())


def kept(desk: Conversations, question: str, conversation: str | None = None) -> Place:
    place = desk.begin(question, conversation)
    answer = answered(question)
    desk.put(place, "answered", answer, cited(answer.citations, ARTICLES), index_version="v1")
    return place


def test_an_answer_comes_back_as_it_was_with_what_stood_around_its_quotes(desk: Conversations) -> None:
    place = kept(desk, "When did Lavrov come?")
    found = desk.get(place.conversation)

    assert found is not None
    (exchange,) = found.exchanges
    assert exchange.answer == answered("When did Lavrov come?")
    assert exchange.cited == cited(exchange.answer.citations, ARTICLES)
    assert exchange.cited[0].paragraph.startswith(FIRST)
    assert (exchange.state, exchange.index_version, exchange.trouble) == ("answered", "v1", None)
    assert exchange.asked == BEGUN + timedelta(seconds=1)


def test_a_conversation_goes_on_and_goes_by_its_first_question(desk: Conversations) -> None:
    place = kept(desk, "When did\n Lavrov come?")
    assert kept(desk, "And who?", place.conversation) == Place(place.conversation, 2)

    (listed,) = desk.listed()
    assert (listed.id, listed.title, listed.questions) == (place.conversation, "When did Lavrov come?", 2)
    assert listed.changed == BEGUN + timedelta(seconds=2)


def test_the_newest_comes_first_and_a_new_question_makes_it_new(desk: Conversations) -> None:
    first, second = kept(desk, "One?"), kept(desk, "Two?")
    assert [each.title for each in desk.listed()] == ["Two?", "One?"]
    kept(desk, "More?", first.conversation)
    assert [each.id for each in desk.listed()] == [first.conversation, second.conversation]
    assert [each.title for each in desk.listed(most=1)] == ["One?"]


def test_a_permalink_cannot_be_guessed(desk: Conversations) -> None:
    ids = {kept(desk, "Same?").conversation for _ in range(20)}
    assert len(ids) == 20
    assert {len(each) for each in ids} == {22}  # 128 random bits in base64


def test_a_question_without_its_end_is_kept_as_asked(desk: Conversations) -> None:
    place = desk.begin("Who?")
    found = desk.get(place.conversation)
    assert found is not None
    assert (found.exchanges[0].state, found.exchanges[0].answer, found.exchanges[0].cited) == ("asked", None, ())


@pytest.mark.parametrize(
    ("words", "titles"),
    [
        ("diaz", ["Whom did Díaz-Canel meet?"]),
        ("DÍAZ canel", ["Whom did Díaz-Canel meet?"]),
        ("canel diaz", ["Whom did Díaz-Canel meet?"]),
        ("meet bridge", []),
        ("bri", ["The bridge?"]),
        ("arrived hav", ["The bridge?", "Whom did Díaz-Canel meet?"]),
        ("", ["The bridge?", "Whom did Díaz-Canel meet?"]),
        ('"*()-^: ', ["The bridge?", "Whom did Díaz-Canel meet?"]),
        ("nothing like it", []),
        ('bridge" OR "x', []),
        ("NEAR(bridge)", []),
        ("²", []),
    ],
)
def test_all_the_words_of_a_search_stand_in_a_question_or_its_answer(
    desk: Conversations, words: str, titles: list[str]
) -> None:
    kept(desk, "Whom did Díaz-Canel meet?")
    kept(desk, "The bridge?")
    assert [each.title for each in desk.listed(words)] == titles


def test_a_search_shows_where_it_found_the_words(desk: Conversations) -> None:
    kept(desk, "The bridge?")
    (found,) = desk.listed("havana")
    assert found.excerpt == SAID.text
    assert desk.listed()[0].excerpt == ""


def test_a_refusals_fixed_words_are_not_found(desk: Conversations) -> None:
    place = desk.begin("The moon?")
    desk.put(place, "answered", answered("The moon?", abstained=True))
    assert desk.listed(REFUSAL) == []
    assert len(desk.listed("moon")) == 1


def test_a_name_given_to_it_is_shown_and_found_and_taken_back_by_an_empty_one(desk: Conversations) -> None:
    place = kept(desk, "One?")
    desk.rename(place.conversation, "  Tour\nof the Caribbean ")
    assert [each.title for each in desk.listed("caribbean")] == ["Tour of the Caribbean"]
    desk.rename(place.conversation, "  ")
    assert [each.title for each in desk.listed()] == ["One?"]
    assert desk.listed("caribbean") == []


def test_a_long_title_is_cut_and_halves_of_characters_are_kept_out(desk: Conversations) -> None:
    place = kept(desk, "x" * 500)
    assert len(desk.listed()[0].title) == LONGEST_TITLE
    desk.rename(place.conversation, "a\ud800b")
    assert desk.listed()[0].title == "a?b"
    found = desk.get(desk.begin("caf\udce9").conversation)
    assert found is not None
    assert found.exchanges[0].question == "caf?"


def test_what_is_deleted_is_out_of_sight_until_it_is_restored(desk: Conversations) -> None:
    place = kept(desk, "One?")
    desk.delete(place.conversation)
    assert desk.listed() == desk.listed("one") == []
    assert desk.get(place.conversation) is None
    with pytest.raises(DeskError, match="not here any more"):
        desk.begin("More?", place.conversation)

    desk.restore(place.conversation)
    assert [each.title for each in desk.listed("one")] == ["One?"]


def test_an_answer_that_comes_after_the_deletion_is_there_when_it_is_restored(desk: Conversations) -> None:
    place = desk.begin("One?")
    desk.delete(place.conversation)
    desk.put(place, "answered", answered("One?"))
    desk.restore(place.conversation)
    found = desk.get(place.conversation)
    assert found is not None
    assert found.exchanges[0].answer == answered("One?")


def test_purging_leaves_nothing_of_what_was_deleted_before_then(desk: Conversations, file: DeskFile) -> None:
    old, new, stays = (kept(desk, f"{word} zebra?") for word in ("Old", "New", "Here"))
    desk.rename(old.conversation, "Quagga")
    desk.rate(old, "down", reason="wrong quagga")
    desk.delete(old.conversation)
    deleted = file.rows("select deleted from conversation where id = ?", old.conversation)[0]["deleted"]
    desk.delete(new.conversation)

    assert purge(file, datetime.fromisoformat(deleted) + timedelta(microseconds=1)) == 1
    desk.restore(new.conversation)
    assert {each.id for each in desk.listed("zebra")} == {new.conversation, stays.conversation}
    with pytest.raises(DeskError):
        desk.restore(old.conversation)
    assert [len(file.rows(f"select * from {table}")) for table in ("exchange", "words", "titles", "feedback")] == [
        2, 2, 0, 0,
    ]  # fmt: skip
    file.rows("pragma wal_checkpoint (truncate)")
    assert b"wrong quagga" not in file.path.read_bytes()


def test_one_readers_conversations_are_not_anothers(file: DeskFile) -> None:
    ana, ben, nobody = (Conversations(file, name, Ticking()) for name in ("ana", "ben", None))
    place = kept(ana, "Ana's question?")
    for other in (ben, nobody):
        assert other.listed() == other.listed("ana") == []
        assert other.get(place.conversation) is None
        for attempt in (
            lambda other=other: other.begin("Mine now?", place.conversation),
            lambda other=other: other.put(place, "failed"),
            lambda other=other: other.rename(place.conversation, "x"),
            lambda other=other: other.delete(place.conversation),
            lambda other=other: other.restore(place.conversation),
            lambda other=other: other.rate(place, "down"),
        ):
            with pytest.raises(DeskError):
                attempt()
    assert [each.title for each in ana.listed()] == ["Ana's question?"]


def test_a_thumb_is_kept_changed_and_taken_back(desk: Conversations) -> None:
    place = kept(desk, "One?")

    def now() -> Feedback | None:
        found = desk.get(place.conversation)
        assert found is not None
        return found.exchanges[0].feedback

    assert now() is None
    desk.rate(place, "up")
    desk.rate(place, "down", "should_refuse", "  not in it ")
    given = now()
    assert given is not None
    assert (given.thumb, given.fault, given.reason) == ("down", "should_refuse", "not in it")
    desk.rate(place, None)
    assert now() is None
    with pytest.raises(DeskError, match="question is not here"):
        desk.rate(Place(place.conversation, 2), "up")


def test_two_processes_and_many_threads_lose_nothing(tmp_path: Path) -> None:
    """Two connections, as two programs have them, four threads each, all in one conversation."""
    with closing(DeskFile(tmp_path)) as one, closing(DeskFile(tmp_path)) as two:
        desks = [Conversations(file) for file in (one, two)]
        conversation = kept(desks[0], "First?").conversation
        failed: list[Exception] = []

        def work(desk: Conversations) -> None:
            try:
                for number in range(5):
                    kept(desk, f"Question {number}?", conversation)
                    desk.listed("question")
            except (DeskError, HomeError, sqlite3.Error) as error:
                failed.append(error)

        threads = [threading.Thread(target=work, args=(desk,)) for desk in desks for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = desks[1].get(conversation)

    assert failed == []
    assert found is not None
    assert [each.position for each in found.exchanges] == list(range(1, 42))
    assert {each.state for each in found.exchanges} == {"answered"}


def test_a_transaction_that_fails_leaves_nothing_and_no_lock(desk: Conversations, file: DeskFile) -> None:
    place = kept(desk, "One?")

    def interrupted() -> None:
        with file.writing() as db:
            db.execute("delete from conversation")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    desk.rename(place.conversation, "Still here")
    assert [each.title for each in desk.listed()] == ["Still here"]


def test_it_is_there_after_a_restart_and_for_nobody_elses_eyes(tmp_path: Path) -> None:
    with closing(DeskFile(tmp_path)) as file:
        kept(Conversations(file), "One?")
        modes = {path.stat().st_mode & 0o777 for path in tmp_path.glob(f"{NAME}*")}
    assert modes == {0o600}
    with closing(DeskFile(tmp_path)) as file:
        assert [each.title for each in Conversations(file).listed()] == ["One?"]
        assert file.rows("pragma user_version")[0][0] == len(SCRIPTS)


def test_a_file_of_a_later_version_or_damaged_is_told_in_one_line(tmp_path: Path) -> None:
    DeskFile(tmp_path).close()
    with closing(sqlite3.connect(tmp_path / NAME)) as db:
        db.execute(f"pragma user_version = {len(SCRIPTS) + 1}")
    with pytest.raises(HomeError, match="made by a later version"):
        DeskFile(tmp_path)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / NAME).write_bytes(b"no database at all" * 100)
    with pytest.raises(HomeError, match="is damaged") as told:
        DeskFile(tmp_path / "other")
    assert "\n" not in str(told.value)
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeError, match="cannot be opened"):
        DeskFile(tmp_path / "file")
