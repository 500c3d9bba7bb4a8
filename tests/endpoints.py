"""A small OpenAI-compatible endpoint on loopback that can be told to misbehave in the ways real ones do."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

KEY = "right-key"
USAGE = {
    "prompt_tokens": 30,
    "completion_tokens": 2,
    "total_tokens": 32,
    "prompt_tokens_details": {"cached_tokens": 10},
}
MISBEHAVIOURS = (
    "500",
    "429",
    "cut",
    "closed",
    "empty",
    "nothing",
    "page",
    "garbage",
    "trouble",
    "slow",
    "stuck",
    "no schema",
)


class Endpoint(ThreadingHTTPServer):
    """`mode` is "good" or one of MISBEHAVIOURS; `asked` keeps the requests' bodies."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.mode = "good"
        self.reply = "Hello there."
        self.delay = 1.0
        self.retry_after: str | None = None  # seconds, told with a 429
        self.recovers = False  # a 429 is told once only
        self.asked: list[dict[str, Any]] = []
        self.broken_off = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is what some of the tests are about."""


@contextmanager
def endpoint() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


def dead_url() -> str:
    """An address at which nobody listens."""
    with ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        return f"http://127.0.0.1:{server.server_port}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: Endpoint
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        if self._refused():
            return
        if self.server.mode == "page":
            self._send(200, b"<html>Welcome</html>", "text/html")
        else:
            models = [] if self.server.mode == "nothing" else [{"id": "served", "object": "model"}]
            self._send_json(200, {"object": "list", "data": models})

    def do_POST(self) -> None:
        self.server.asked.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
        mode = self.server.mode
        if self._refused():
            return
        if mode == "no schema" and "response_format" in self.server.asked[-1]:
            self._send_json(400, {"error": {"message": "response_format is not known here"}})
        elif mode.isdigit():
            self.server.mode = "good" if self.server.recovers else mode
            self._send_json(int(mode), {"error": {"message": "out of\norder", "type": "server_error"}})
        elif mode == "page":
            self._send(200, b"<html>Welcome</html>", "text/html")
        else:
            self._stream(mode)

    def _stream(self, mode: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        if mode == "cut":
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        if mode == "slow":
            time.sleep(self.server.delay)
        if mode == "trouble":
            self._event({"error": {"message": "the context is full", "code": 500}})
            return
        if mode == "garbage":
            self.wfile.write(b"data: {not json\n\n")
            return
        if mode == "nothing":
            return
        words = [] if mode == "empty" else self.server.reply.split(" ")
        for at, word in enumerate(words):
            self._event(_chunk(word if at == 0 else f" {word}"), chunked=mode == "cut")
            if mode in ("cut", "closed"):
                return
            if mode == "stuck":
                self._write_until_hung_up()
        self._event(_chunk("", "stop"))
        self._event(_chunk(None) | {"usage": USAGE})
        self.wfile.write(b"data: [DONE]\n\n")

    def _write_until_hung_up(self) -> None:
        try:
            while True:
                self._event(_chunk(" and"))
                time.sleep(0.01)
        except OSError:
            self.server.broken_off.set()
            raise

    def _event(self, row: dict[str, Any], *, chunked: bool = False) -> None:
        data = f"data: {json.dumps(row)}\n\n".encode()
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data) if chunked else data)
        self.wfile.flush()

    def _refused(self) -> bool:
        wrong = self.headers["Authorization"] != f"Bearer {KEY}"
        if wrong:
            self._send_json(401, {"error": {"message": "Invalid API Key", "type": "authentication_error"}})
        return wrong

    def _send_json(self, status: int, row: dict[str, Any]) -> None:
        self._send(status, json.dumps(row).encode(), "application/json")

    def _send(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if status == 429 and self.server.retry_after:
            self.send_header("Retry-After", self.server.retry_after)
        self.end_headers()
        self.wfile.write(body)


def _chunk(content: str | None, finish: str | None = None) -> dict[str, Any]:
    choices = [] if content is None else [{"index": 0, "delta": {"content": content}, "finish_reason": finish}]
    return {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "served", "choices": choices}
