"""What the address of a page tells: its day, its month, and whether its site writes the day first."""

from __future__ import annotations

import re
from datetime import date

from rag.ingest.formats.days import plausible

_IN_ADDRESS = re.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<sep>[/_-]?)(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    r"|/(?P<y2>(?:19|20)\d\d)/(?P<month>[a-z]{3})/(?P<d2>\d\d?)/"
)
_MONTH_IN_ADDRESS = re.compile(r"/(?P<y>20\d\d)/(?P<m>0?[1-9]|1[0-2])/")
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
DAY_FIRST_ENDS = (".uk", ".ie", ".au", ".nz", ".in", ".za", ".ng", ".ke", ".sg", ".my", ".pk", ".lk", ".eu")


def address_day(address: str | None) -> date | None:
    """The day in an address such as /2023/04/19/; None where it holds only a month, or a number like one."""
    match = _IN_ADDRESS.search((address or "").split("?")[0].lower())
    if not match:
        return None
    try:
        if match["y"]:
            return plausible(date(int(match["y"]), int(match["m"]), int(match["d"])))
        return plausible(date(int(match["y2"]), _MONTHS.index(match["month"]) + 1, int(match["d2"])))
    except ValueError:
        return None


def reads_day_first(language: str | None, address: str | None) -> bool | None:
    """How a site writes 04/05/2023; None where that cannot be known."""
    host = re.sub(r"^https?://|[/:?#].*$", "", (address or "").lower())
    if host.endswith(DAY_FIRST_ENDS):
        return True
    tag = (language or "").lower().replace("_", "-")
    if tag.startswith("en-us"):
        return False
    return None if not tag or tag == "en" else True


def address_month(address: str | None) -> tuple[int, int] | None:
    """Year and month of an address such as /2023/04/crane-falls/."""
    match = _MONTH_IN_ADDRESS.search(address or "")
    return (int(match["y"]), int(match["m"])) if match else None
