"""Who may open the page: a file of `name:hash` lines, one a user. Passwords are kept as scrypt hashes only."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
import secrets
import threading
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from rag.addresses import is_loopback
from rag.desk.settings_file import write_whole
from rag.errors import UsageError

NAME = re.compile(r"[^\W_][\w.@-]{0,63}")
SHORTEST_PASSWORD = 8
LONGEST_PASSWORD = 1024
N, R, P = 2**15, 8, 1  # 32 MiB and about 0.1 s a guess
MOST_MEMORY = 2**27  # a line that asks for more than 128 MiB is refused
NOBODY = "scrypt$32768$8$1$AAAAAAAAAAAAAAAAAAAAAA==$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@dataclass(frozen=True)
class Hash:
    """`scrypt$n$r$p$salt$key`, the last two in base64."""

    n: int
    r: int
    p: int
    salt: bytes
    key: bytes

    def matches(self, password: str) -> bool:
        return hmac.compare_digest(_scrypt(password, self.salt, self.n, self.r, self.p, len(self.key)), self.key)


class Users:
    """Those of a file, as it is at each login: a user added or taken out of it needs no restart.

    Passwords are tried one at a time, so that guessing is slow and never takes the machine.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._one_at_a_time = threading.Lock()
        self._names = frozenset(load_users(path))
        if not self._names:
            raise UsageError(f"{path}: names no user; `dateline chat --auth {path} --add-user NAME` adds one")

    def admits(self, name: str, password: str) -> bool:
        """An unknown name takes as long as a wrong password."""
        try:
            known = load_users(self._path)
        except UsageError:  # taken away or spoilt while we run: nobody is let in
            return False
        with self._one_at_a_time:
            right = known.get(name, _parse(NOBODY)).matches(password[:LONGEST_PASSWORD])
        return right and name in known


def load_users(path: Path) -> Mapping[str, Hash]:
    """Blank lines and those that begin with # are passed over. Raises UsageError naming the line, not what is in it."""
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8 text"
        raise UsageError(
            f"{path}: cannot be read ({reason}); `dateline chat --auth {path} --add-user NAME` makes it"
        ) from error
    found: dict[str, Hash] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip() or line.startswith("#"):
            continue
        name, colon, rest = line.strip().partition(":")
        try:
            if not colon or not NAME.fullmatch(name) or name in found:
                raise ValueError
            found[name] = _parse(rest)
        except ValueError:
            raise UsageError(
                f"{path}, line {number}: is no name:hash line, or its name stands twice; "
                f"`dateline chat --auth {path} --add-user NAME` writes them"
            ) from None
    return found


def add_user(path: Path, name: str, password: str) -> bool:
    """Adds a user, or gives one another password; says whether the name was new. Other lines stay as they are."""
    if not NAME.fullmatch(name):
        raise UsageError("a user's name is of letters, digits and . _ - @, begins with a letter or digit, at most 64")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise UsageError(f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters")
    there = load_users(path) if path.exists() else {}
    lines = path.read_text(encoding="utf-8").splitlines() if there else []
    kept = [line for line in lines if line.strip().partition(":")[0] != name]
    write_whole(path, "".join(f"{line}\n" for line in [*kept, f"{name}:{hash_password(password)}"]))
    return name not in there


def hash_password(password: str) -> str:
    salt = secrets.token_bytes(16)
    key = _scrypt(password, salt, N, R, P, 32)
    return f"scrypt${N}${R}${P}${base64.b64encode(salt).decode()}${base64.b64encode(key).decode()}"


def check_host(host: str, *, has_users: bool, insecure: bool) -> None:
    """Raises UsageError if anyone on the network could read the archive and nobody has said that they may."""
    if not (is_loopback(host) or has_users or insecure):
        raise UsageError(
            f"on {host} anyone who can reach this machine could read the archive: give --auth FILE, "
            "or --insecure if that is meant"
        )


def _parse(text: str) -> Hash:
    """Raises ValueError if it is no hash of ours, or one that would take too much memory to check."""
    kind, *rest = text.split("$")
    if kind != "scrypt" or len(rest) != 5:
        raise ValueError
    n, r, p = map(int, rest[:3])
    try:
        salt, key = (base64.b64decode(part, validate=True) for part in rest[3:])
    except binascii.Error as error:
        raise ValueError from error
    if n < 2 or n & (n - 1) or min(r, p) < 1 or 128 * n * r * p > MOST_MEMORY or len(salt) < 8 or len(key) < 16:
        raise ValueError
    return Hash(n, r, p, salt, key)


def _scrypt(password: str, salt: bytes, n: int, r: int, p: int, length: int) -> bytes:
    """One password typed with composed or decomposed accents is one password."""
    folded = unicodedata.normalize("NFKC", password).encode("utf-8", "replace")
    return hashlib.scrypt(folded, salt=salt, n=n, r=r, p=p, dklen=length, maxmem=2 * MOST_MEMORY)
