"""Put on a program's path, this lets no socket of it leave loopback, and writes down each that tried."""

from __future__ import annotations

import os
import sys
from typing import Any

LOOPBACK = ("", "localhost", "127.0.0.1", "::1")
WITH_AN_ADDRESS = ("socket.connect", "socket.sendto", "socket.sendmsg")
WITH_A_NAME = ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr")


def watch(event: str, args: tuple[Any, ...]) -> None:
    if event in WITH_AN_ADDRESS and isinstance(args[1], tuple):
        host = args[1][0]
    elif event in WITH_A_NAME:
        host = args[0]
    else:
        return
    name = host.decode() if isinstance(host, bytes) else host or ""
    if name not in LOOPBACK:
        with open(os.environ["LEFT_LOOPBACK"], "a", encoding="utf-8") as log:
            log.write(f"{event} {name}\n")
        raise OSError(f"{event} {name}: not allowed to leave loopback")


sys.addaudithook(watch)
