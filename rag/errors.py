"""Every error Dateline raises on purpose: one line that says what is wrong and what to do.

DatelineError
├── UsageError          the words of a command or a question cannot be used
├── ReadError           a file cannot be read as an article (it is named and skipped)
├── HomeError           the home folder: busy, damaged, made with other settings, not writable
├── ModelError          a model is missing, damaged, unknown or cannot be fetched
├── BusyError           too many questions wait for an answer already
├── DeskError           a conversation or an exchange is not there, or is another's
└── EndpointError       the language model's endpoint is dead, slow or refuses
"""

from __future__ import annotations

__all__ = [
    "BusyError",
    "DatelineError",
    "DeskError",
    "EndpointError",
    "HomeError",
    "ModelError",
    "ReadError",
    "UsageError",
]


class DatelineError(Exception):
    """The root: `cli` prints its text on one line and exits with `exit_status`."""

    exit_status = 1


class UsageError(DatelineError):
    exit_status = 2


class ReadError(DatelineError):
    pass


class HomeError(DatelineError):
    pass


class ModelError(DatelineError):
    pass


class BusyError(DatelineError):
    pass


class DeskError(DatelineError):
    pass


class EndpointError(DatelineError):
    pass
