from __future__ import annotations

from datetime import date

import pytest

from rag.ingest.dateline import read_dateline


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("HAVANA, Cuba — The president met", "HAVANA, Cuba", None),
        ("LONDON (Reuters) - Shares fell", "LONDON", None),
        ("NEW YORK — Shares fell", "NEW YORK", None),
        ("CONCORD, N.C. – Jumping into the crowd", "CONCORD, N.C.", None),
        ("Washington (CNN) — The senate", "Washington", None),
        ("Jeddah, Saudi Arabia CNN — The king", "Jeddah, Saudi Arabia", None),
        ("Port Ellery, Coastland — The harbour", "Port Ellery, Coastland", None),
        ("TOKYO, May 3 (Kyodo) - The yen", "TOKYO", None),
        ("BEIJING, Dec. 12, 2022 (Xinhua) -- China", "BEIJING", date(2022, 12, 12)),
        ("NEW DELHI: The minister", "NEW DELHI", None),
    ],
)
def test_a_dateline_tells_the_place_and_a_full_day(text: str, place: str, day: date | None) -> None:
    found = read_dateline(text)
    assert found is not None
    assert (found.place, found.day) == (place, day)


@pytest.mark.parametrize(
    "text",
    [
        "CNN — The senate",
        "BREAKING: The harbour is closed",
        "UPDATE — The harbour is closed",
        "The harbour — closed since Tuesday — opens",
        "Ann Bell — who lives there — said so",
        "Russia-Cuba relations are excellent",
        "",
    ],
)
def test_what_is_no_dateline_tells_nothing(text: str) -> None:
    assert read_dateline(text) is None
