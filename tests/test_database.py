from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rag.errors import HomeError
from rag.index.database import VERSION
from rag.index.store import Store
from rag.ingest.shingles import sketch_text
from tests.test_store import ARTICLE, CHUNKS

FIRST = """
create table meta (key text primary key, value text not null);
create table article (
    id text primary key, path text not null unique, title text not null, text text not null,
    outlet text, authors text not null, published text, url text, sources text not null,
    captions text not null, notes text not null, content_hash text not null);
create table chunk (
    number integer primary key, id text not null unique, start integer not null, end integer not null,
    article_id text not null references article (id) on delete cascade);
insert into article values ('a', '/news/a.txt', 'Bridge', 'It is open.', null, '[]', null, null, '{}', '[]', '[]', 'h');
insert into chunk values (1, 'a:0', 0, 11, 'a');
"""
"""The tables of an early Dateline, without what was added since."""


def test_a_home_of_an_earlier_version_is_brought_up_to_date_and_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    with closing(sqlite3.connect(path)) as db:
        db.executescript(FIRST)
    store = Store(path)
    (article,) = store.articles()
    assert (article.title, article.also_in) == ("Bridge", ())
    assert (article.updated, article.other_dates, article.place, article.language) == (None, (), None, None)
    assert store.sketches()["a"].to_bytes() == sketch_text("It is open.").to_bytes()
    assert store.known() == {"/news/a.txt": {"/news/a.txt": ""}}  # no file has that content, so it is read anew
    assert store.headed_texts(["a:0"]) == {"a:0": "Bridge\nIt is open."}
    store.put(ARTICLE, CHUNKS)
    assert store.article("a") == ARTICLE
    store.close()


def test_when_articles_went_in_is_unknown_of_those_before_and_they_are_not_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    store = Store(path)
    store.put(ARTICLE, CHUNKS)
    store.close()
    with closing(sqlite3.connect(path)) as db:  # a home of the version before
        db.execute("alter table article drop column added")
        db.execute("pragma user_version = 2")
    store = Store(path)
    assert store.added() == {}
    assert store.article("a") == ARTICLE
    assert store.known() == {ARTICLE.path: {ARTICLE.path: ARTICLE.content_hash}}
    store.put(ARTICLE, CHUNKS)
    assert store.added() == {}  # it did not go in now
    store.close()


def test_articles_of_before_pages_were_known_have_none_and_are_not_read_anew(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    store = Store(path)
    store.put(ARTICLE, CHUNKS)
    store.close()
    with closing(sqlite3.connect(path)) as db:  # a home of the version before
        db.execute("alter table article drop column page_starts")
        db.execute("pragma user_version = 3")
    store = Store(path)
    assert store.article("a") == replace(ARTICLE, page_starts=())
    assert store.known() == {ARTICLE.path: {ARTICLE.path: ARTICLE.content_hash}}
    store.put(ARTICLE, CHUNKS)
    assert store.article("a") == ARTICLE
    store.close()


def test_a_home_of_a_later_version_is_told(tmp_path: Path) -> None:
    path = tmp_path / "archive.sqlite"
    Store(path).close()
    with closing(sqlite3.connect(path)) as db:
        assert db.execute("pragma user_version").fetchone() == (VERSION,)
        db.execute(f"pragma user_version = {VERSION + 1}")
    with pytest.raises(HomeError, match=r"archive\.sqlite: made by a later version .* up to date$"):
        Store(path)


def test_damage_is_told_in_one_line(tmp_path: Path) -> None:
    store = Store(tmp_path / "archive.sqlite")
    assert store.damage() is None
    store.close()
