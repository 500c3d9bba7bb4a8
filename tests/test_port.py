from __future__ import annotations

import socket

import pytest

from rag.cli import main
from rag.errors import DatelineError
from ui.port import require_free


def test_a_port_that_another_program_has_is_named_and_a_free_one_passes() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DatelineError, match=rf"^cannot listen on 127\.0\.0\.1:{port} \(.*--port$"):
            require_free("127.0.0.1", port)
    require_free("127.0.0.1", port)


def test_the_page_says_so_before_it_loads_anything(
    tmp_path: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("rag.answer.loaded.LoadedModel.load", lambda self, settings: pytest.fail("loaded"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = str(other.getsockname()[1])
        assert main(["chat", "--port", port, "--home", f"{tmp_path}/home"]) == 1
    assert capsys.readouterr().err.startswith(f"dateline: cannot listen on 127.0.0.1:{port} ")
