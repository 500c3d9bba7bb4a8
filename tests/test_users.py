from __future__ import annotations

from pathlib import Path

import pytest

from rag.desk import users
from rag.desk.users import Users, add_user, check_host, load_users
from rag.errors import UsageError

PASSWORD = "correct horse"


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(users, "N", 2**10)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "users"
    assert add_user(path, "ana", PASSWORD)
    return path


def test_a_user_gets_in_by_the_right_password_only(file: Path) -> None:
    known = Users(file)
    assert known.admits("ana", PASSWORD)
    assert not known.admits("ana", PASSWORD + " ")
    assert not known.admits("ana", "")
    assert not known.admits("Ana", PASSWORD)
    assert not known.admits("ben", PASSWORD)
    assert not known.admits("", "")


def test_the_file_holds_no_password_and_is_for_its_owner_only(file: Path) -> None:
    text = file.read_text()
    assert PASSWORD not in text
    assert text.startswith("ana:scrypt$1024$8$1$")
    assert file.stat().st_mode & 0o777 == 0o600
    assert users.hash_password(PASSWORD) != users.hash_password(PASSWORD)


def test_an_accent_may_be_typed_either_way(file: Path) -> None:
    add_user(file, "zoé", "cafe\u0301 noir")
    assert Users(file).admits("zoé", "caf\u00e9 noir")


def test_another_password_takes_the_place_of_the_first_and_other_lines_stay(file: Path) -> None:
    file.write_text(f"# the desk\n\n{file.read_text()}")
    add_user(file, "ben", "ben's own word")
    ben = file.read_text().splitlines()[-1]
    assert not add_user(file, "ana", "another word")
    lines = file.read_text().splitlines()
    assert lines[:3] == ["# the desk", "", ben]
    assert list(load_users(file)) == ["ben", "ana"]
    assert Users(file).admits("ana", "another word")
    assert not Users(file).admits("ana", PASSWORD)


def test_a_user_taken_out_gets_in_no_more_without_a_restart(file: Path) -> None:
    known = Users(file)
    file.write_text("")
    assert not known.admits("ana", PASSWORD)
    file.unlink()
    assert not known.admits("ana", PASSWORD)


@pytest.mark.parametrize("name", ["", "a:b", "a b", "../x", "a" * 65, "_x", "a\n"])
def test_a_name_that_is_none_is_told(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError, match="user's name"):
        add_user(tmp_path / "users", name, PASSWORD)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("password", ["", "1234567", "x" * 1025])
def test_a_password_that_is_too_short_or_endless_is_told(tmp_path: Path, password: str) -> None:
    with pytest.raises(UsageError, match="8 to 1024"):
        add_user(tmp_path / "users", "ana", password)


@pytest.mark.parametrize(
    "line",
    [
        "ana",
        "ana:secret-in-clear",
        "ana:scrypt$16$8$1$AAAA$AAAA",
        "ana:scrypt$1073741824$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==",
        "ana:scrypt$1000$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==",
        "ana:scrypt$x$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAA==",
        "ana:scrypt$1024$8$1$!!!!$!!!!",
    ],
)
def test_a_line_that_is_none_is_named_without_what_is_in_it(tmp_path: Path, line: str) -> None:
    path = tmp_path / "users"
    path.write_text(f"\n{line}\n")
    with pytest.raises(UsageError, match="line 2") as told:
        Users(path)
    assert "secret" not in str(told.value)


def test_without_users_the_page_is_not_opened(tmp_path: Path, file: Path) -> None:
    with pytest.raises(UsageError, match="--add-user"):
        Users(tmp_path / "nowhere")
    file.write_text("# nobody\n")
    with pytest.raises(UsageError, match="names no user"):
        Users(file)
    file.write_text(f"{users.hash_password(PASSWORD)}")
    file.write_bytes(b"ana:\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        Users(file)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.1.2.3"])
def test_this_machine_needs_no_password(host: str) -> None:
    check_host(host, has_users=False, insecure=False)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "example.org", "", "localhost.example.org"])
def test_others_need_one_or_that_it_is_said(host: str) -> None:
    with pytest.raises(UsageError, match="--auth FILE, or --insecure"):
        check_host(host, has_users=False, insecure=False)
    check_host(host, has_users=True, insecure=False)
    check_host(host, has_users=False, insecure=True)
