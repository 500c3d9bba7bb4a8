"""Days that a page shows its reader: beside the headline, after "Published", in the dateline of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.ingest.formats.days import find_days, to_day
from rag.ingest.formats.page_blocks import PageBlock

_PUBLISHED = re.compile(
    r"""\b(?:(?:originally|first)\ )?(?:publi(?:shed|cation|ée?|cado|cada|cato|é)|posted|filed|issued|released|pubdate
    |created|submitted|written|uploaded|veröffentlicht|erstellt|publicado|pubblicato|gepubliceerd|geplaatst|opublikowano
    |julkaistu|publicerad|publisert|udgivet|yayınlanma|опубликовано|date|datum|fecha|data|stand)\b[^.;|•·]{0,40}$""",
    re.IGNORECASE | re.VERBOSE,
)
_UPDATED = re.compile(
    r"""\b(?:updated?|modified|revised|edited|corrected|reviewed|last\ (?:changed?|update|saved)|aktualisiert|geändert
    |mis\ à\ jour|modifié|actualizado|aggiornato|atualizado|bijgewerkt|zaktualizowano|päivitetty|uppdaterad|oppdatert
    |opdateret|güncelleme|обновлено)\b[^;|•·]{0,30}$""",
    re.IGNORECASE | re.VERBOSE,
)
_NOT_ITS_OWN = re.compile(
    r"©|\(c\)\s|copyright|all rights reserved|today is|\bborn\b|\bdied\b|expires?|deadline|\bevents?\b|\bwhen:"
    r"|valid until|accessed|retrieved|\bjoined\b|member since|registered",
    re.IGNORECASE,
)
_DATELINE = re.compile(r"^[^.!?]{0,60}$")
_AFTER_DATELINE = re.compile(r"^\s*(?:\([^)]{1,40}\)\s*)?[-–—:/)|]")
SHORT_WORDS = 30
LONE_WORDS = 8
"""Words beside the date in a block that says little else: "By Ann Lee, Staff writer | 19 April 2023"."""
NEAR_AFTER = 12
NEAR_BEFORE = 4
LABEL, MARKED, LONE, NEAR, ASIDE, FAR = 4, 3, 2, 2, -5, -2
ENOUGH = 4
"""Two signs that the date is the article's: of a label, the page's own marks, standing alone, nearness."""
FIRST_YEAR = 1990
"""Pages that show an earlier day near the headline mostly speak of history there."""


@dataclass(frozen=True)
class Shown:
    """A day shown on the page. `labelled`: a word says that it is the publication; `marked`: the page's tags do."""

    day: date
    score: int
    labelled: bool
    marked: bool
    updated: bool


def shown_days(blocks: Sequence[PageBlock], title: int | None, day_first: bool | None) -> list[Shown]:
    """Days shown as the article's own, likeliest first; those after "updated" are marked so and come last."""
    found: list[tuple[int, int, int, Shown]] = []
    for index in range(len(blocks)):
        for at, shown in enumerate(_of_block(blocks, index, title, day_first)):
            if shown.score >= ENOUGH or shown.updated:
                found.append((-shown.score, _away(index, title), at, shown))
    found.sort(key=lambda entry: (entry[3].updated, *entry[:3]))
    return [entry[3] for entry in found]


def days_in_short_blocks(blocks: Sequence[PageBlock], day_first: bool | None) -> list[date]:
    """Every day that a short line outside of menus and footers shows, once each: what may confirm another sign."""
    days = [
        found.day
        for block in blocks
        if not block.aside and len(block.text.split()) <= SHORT_WORDS and not _NOT_ITS_OWN.search(block.text)
        for found in find_days(block.text, day_first)
        if not _UPDATED.search(block.text[: found.start])
    ]
    return list(dict.fromkeys(days))


def _of_block(blocks: Sequence[PageBlock], index: int, title: int | None, day_first: bool | None) -> Iterator[Shown]:
    block = blocks[index]
    if _NOT_ITS_OWN.search(block.text[:400]) and not _PUBLISHED.search(block.text[:60]):
        return
    words = len(block.text.split())
    place = _place(index, title) + (ASIDE if block.aside else 0)
    before = blocks[index - 1].text if index and len(blocks[index - 1].text.split()) <= 4 else ""
    reached = 0
    days = list(find_days(block.text, day_first))
    for number, found in enumerate(days):
        if found.day.year < FIRST_YEAR:
            continue
        lead = block.text[reached : found.start] if number else f"{before} {block.text[: found.start]}"
        reached = found.end
        updated = bool(_UPDATED.search(lead[-60:]))
        labelled = bool(_PUBLISHED.search(lead[-80:])) and words <= 2 * SHORT_WORDS
        if words > SHORT_WORDS and not (labelled or updated):
            if number == 0 and _is_dateline(block.text, found.start, found.end) and place > 0:
                yield Shown(found.day, ENOUGH, False, False, False)
            continue
        lone = words - len(block.text[found.start : found.end].split()) <= LONE_WORDS
        score = place + LABEL * labelled + MARKED * block.dated + LONE * lone
        yield Shown(found.day, score, labelled, block.dated, updated)
    if not days:  # "2 hours ago" with the hour in the tag
        for stamp in block.stamps:
            day = to_day(stamp, day_first)
            if day and words <= SHORT_WORDS:
                updated = bool(_UPDATED.search(f"{before} {block.text}"[:80]))
                yield Shown(day, place + MARKED + LONE, bool(_PUBLISHED.search(before)), True, updated)


def _place(index: int, title: int | None) -> int:
    if title is None:
        return 0
    return NEAR if -NEAR_BEFORE <= index - title <= NEAR_AFTER else FAR


def _away(index: int, title: int | None) -> int:
    """Blocks from the headline; above it counts double, for the day of today stands there."""
    if title is None:
        return index
    return index - title if index >= title else 2 * (title - index)


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a paragraph begins as a wire story does: "HAVANA, April 19, 2023 (AP) - ..."."""
    return bool(_DATELINE.match(text[:start]) and _AFTER_DATELINE.match(text[end:]))
