"""Who may call the server at all: not a web page from elsewhere that has the reader's browser do it.

Gradio looks at neither: it answers any host name, which lets a page whose name is made to point at this machine
(DNS rebinding) read everything, and it works for any origin, whoever may then read the reply.
"""

from __future__ import annotations

from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from rag.addresses import is_loopback

NOT_OURS = "this is another address than the page's own; open http://127.0.0.1 with the page's port"
ELSEWHERE = "a page of another address may not do this"


class Guard:
    """Refuses with 403 what comes from a page of another origin; where `local`, also what calls us by any name but
    this machine's own. Programs that are no browsers send no origin and pass."""

    def __init__(self, app: ASGIApp, local: bool) -> None:
        self._app = app
        self._local = local

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        refusal = why_not(Headers(scope=scope), self._local) if scope["type"] == "http" else None
        if refusal is None:
            await self._app(scope, receive, send)
        else:
            error = {"message": refusal, "type": "permission_error", "param": None, "code": None}
            await JSONResponse({"error": error}, status_code=403)(scope, receive, send)


def why_not(headers: Headers, local: bool) -> str | None:
    """The line of the refusal, or None for what may pass."""
    host = headers.get("host", "").casefold()
    if local and not is_loopback(_parts(f"//{host}")[1]):
        return NOT_OURS
    origin = headers.get("origin")
    if origin is None:
        return None
    forwarded = headers.get("x-forwarded-host", "").casefold()  # a page elsewhere may not send this
    netloc, name = _parts(origin.casefold())
    ours = {netloc} if local else {netloc, name}  # a proxy may leave the port out of the name it passes on
    return None if ours & ({host, forwarded} - {""}) else ELSEWHERE


def _parts(address: str) -> tuple[str, str]:
    """Host and port, and the host alone; empty for what is no address."""
    try:
        parts = urlsplit(address)
        return parts.netloc, parts.hostname or ""
    except ValueError:
        return "", ""
