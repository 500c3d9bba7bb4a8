"""Whether the page can have its port, which is known before anything is loaded."""

from __future__ import annotations

import socket

from rag.errors import DatelineError


def require_free(host: str, port: int) -> None:
    """Raises DatelineError if nothing can listen there."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise DatelineError(
                f"cannot listen on {host}:{port} ({error.strerror}); choose another port with PORT= or --port"
            ) from error
