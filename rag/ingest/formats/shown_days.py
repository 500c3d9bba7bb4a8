"""Days that a page shows its reader: beside the headline, after "Published", in the dateline of the story."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from rag.ingest.formats.days import Day, day_of_month, find_days, to_day
from rag.ingest.formats.page_blocks import PageBlock

_LABEL = re.compile(
    r"""\b(?:(?P<published>(?:(?:originally|first)\ )?(?:publi(?:shed|cation|ée?|cado|cada|cato|é)|posted|filed|issued
    |released|pubdate|submitted|uploaded|veröffentlicht|erschienen|publicado|pubblicato|gepubliceerd|geplaatst
    |opublikowano|julkaistu|publicerad|publisert|udgivet|yayınlanma|опубликовано))
    |(?P<dated>created|written|date|datum|fecha|data|on)
    |(?P<updated>updated?|modified|revised|edited|corrected|reviewed|last\ (?:changed?|saved)|aktualisiert|geändert
    |mis\ à\ jour|modifié|actualizado|aggiornato|atualizado|bijgewerkt|zaktualizowano|päivitetty|uppdaterad|oppdatert
    |opdateret|güncelleme|обновлено))\b""",
    re.IGNORECASE | re.VERBOSE,
)
_LABEL_CHARS = 45
"""A label stands at most so far before its date: "Published by Mara Quill of the Ellery Post on"."""
_NOT_ITS_OWN = re.compile(
    r"©|\(c\)\s|copyright|all rights reserved|today is|\bborn\b|\bdied\b|expires?|effective|\bevents?\b"
    r"|\bwhen:|deadline|valid until|accessed|retrieved|\bjoined\b|member since|registered"
    r"|\b(?:photo|image|picture|foto|video)\b|\bGetty\b|\bcomments? by\b",
    re.IGNORECASE,
)
_AFTER_DATELINE = re.compile(r"^\s*(?:\([^)]{1,40}\)\s*)?[-–—:/)|]")
_IN_SENTENCE = re.compile(
    r"\b(?:on|in|since|until|from|before|after|by|of|for|between|through|to|and|the|this|till|seit|am|bis|vom|depuis|desde)\s+$",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:by|von|par|por|di|door|av|af)\b", re.IGNORECASE)
_DIGIT = re.compile(r"\d")
_STOP = re.compile(r"[.!?…][\"'”’)]*$")
_SENTENCE_END = re.compile(r"\w{3}[.!?][\"'”’)]*$")
SHORT_WORDS = 30
STORY_WORDS = 12
LONE_WORDS = 12
"""Words beside the date in a block that says little else: "By Ann Lee, Staff writer | 19 April 2023"."""
NEAR_AFTER = 12
NEAR_BEFORE = 4
LABEL, MARKED, LONE, NEAR, ASIDE, FAR = 4, 3, 2, 2, -5, -1
ENOUGH = 4
"""Two signs that the date is the article's: of a label, the page's own marks, standing alone, nearness."""
FIRST_YEAR = 1990
"""Pages that show an earlier day near the headline mostly speak of history there."""


@dataclass(frozen=True)
class Shown:
    """A day shown on the page. `labelled`: a word says that it is the publication; `marked`: the page's tags do.

    `ahead`: it stands where bylines do, from just above the headline to the beginning of the story.
    """

    day: date
    score: int
    labelled: bool = False
    marked: bool = False
    updated: bool = False
    ahead: bool = False


def shown_days(blocks: Sequence[PageBlock], title: int | None, day_first: bool | None) -> list[Shown]:
    """Days shown as the article's own, likeliest first; those after "updated" are marked so and come last."""
    found: list[tuple[bool, int, int, int, int, Shown]] = []
    for index in range(len(blocks)):
        for at, shown in enumerate(_of_block(blocks, index, title, day_first)):
            if shown.score >= ENOUGH or shown.updated:
                rank = 2 - shown.ahead - (shown.ahead and index > (title or 0))  # today's day stands above headlines
                found.append((shown.updated, rank, -shown.score, _away(index, title), at, shown))
    return [entry[-1] for entry in sorted(found, key=lambda entry: entry[:-1])]


def days_in_short_blocks(blocks: Sequence[PageBlock], title: int | None, day_first: bool | None) -> list[date]:
    """Every day that a short line from the headline on shows, once each, menus and footers left out: what may
    confirm another sign."""
    days = [
        found.day
        for block in blocks[max(0, (title or 0) - NEAR_BEFORE) :]
        if not block.aside and _is_short(block) and not _NOT_ITS_OWN.search(block.text)
        for found in find_days(block.text, day_first)
        if _label(block.text[: found.start]) != "updated"
    ]
    return list(dict.fromkeys(days))


def day_in_month(blocks: Sequence[PageBlock], title: int | None, year: int, month: int) -> date | None:
    """The day of a month that the address names, where the page shows "Apr 19" beside its headline."""
    if title is None:
        return None
    for block in blocks[max(0, title - NEAR_BEFORE) : title + NEAR_AFTER]:
        if not block.aside and not _NOT_ITS_OWN.search(block.text[:200]):
            day = day_of_month(block.text if _is_short(block) else block.text[:60], year, month)
            if day:
                return day
    return None


def _of_block(blocks: Sequence[PageBlock], index: int, title: int | None, day_first: bool | None) -> Iterator[Shown]:
    block = blocks[index]
    if not block.stamps and not _DIGIT.search(block.text):
        return
    days = list(find_days(block.text, day_first)) if _is_short(block) or block.stamps else _first_day(block, day_first)
    before = blocks[index - 1].text if index and _is_bare_label(blocks[index - 1]) else ""
    changed = {to_day(stamp.value) for stamp in block.stamps if stamp.updated}
    kept = {to_day(stamp.value) for stamp in block.stamps if not stamp.updated}
    near = _is_ahead(blocks, index, title) and not block.aside
    place = (ASIDE if block.aside else 0) + (NEAR if near else 0 if title is None else FAR)
    foreign = bool(_NOT_ITS_OWN.search(block.text[:400]))
    reached = 0
    for number, found in enumerate(days):
        lead = block.text[reached : found.start] if number else f"{before} {block.text[: found.start]}"
        reached = found.end
        label = _label(lead)
        if found.day.year < FIRST_YEAR or (foreign and label != "published"):
            continue
        if near and number == 0 and _is_dateline(block.text, found.start, found.end):
            yield Shown(found.day, ENOUGH)
            continue
        if not _is_short(block) and label not in ("published", "updated"):
            continue
        updated = label == "updated" or (label != "published" and found.day in changed - kept)
        labelled = label == "published" or (label == "dated" and near)
        if label is None and _IN_SENTENCE.search(lead) and not _BY.match(block.text):
            continue
        score = place + LABEL * labelled + MARKED * block.dated + LONE * _is_lone(block, found.start, found.end)
        ahead = near and (labelled or block.dated or index > (title or 0))
        yield Shown(found.day, score, labelled, block.dated, updated, ahead)
    if not days and _is_short(block) and not foreign:  # "2 hours ago" with the hour in the tag
        for stamp in block.stamps:
            day = to_day(stamp.value, day_first)
            if day:
                updated = stamp.updated or _label(f"{before} {block.text}"[:80]) == "updated"
                yield Shown(day, place + MARKED + LONE, False, True, updated, near)


def _label(lead: str) -> str | None:
    """What the last words before a date say of it: "published", "dated", "updated"; None if they say nothing."""
    lead = lead[-2 * _LABEL_CHARS :]
    labels = list(_LABEL.finditer(lead))
    plain = [label for label in labels if not label["dated"]] or labels  # "posted by Mara Quill on"
    if not plain or (plain[-1]["dated"] or "").lower() == "on":
        return None
    between = lead[plain[-1].end() :]
    if len(between) > _LABEL_CHARS or re.search(r"[;|•·]|\w{3}\.\s", between):
        return None
    return plain[-1].lastgroup


def _is_bare_label(block: PageBlock) -> bool:
    return len(block.text.split()) <= 4 and not any(char.isdigit() for char in block.text)


def _is_short(block: PageBlock) -> bool:
    return len(block.text.split()) <= SHORT_WORDS


def _is_lone(block: PageBlock, start: int, end: int) -> bool:
    others = len(block.text[:start].split()) + len(block.text[end:].split())
    return others <= 5 or (others <= LONE_WORDS and not _SENTENCE_END.search(block.text))


def _is_ahead(blocks: Sequence[PageBlock], index: int, title: int | None) -> bool:
    if title is None or not -NEAR_BEFORE <= index - title <= NEAR_AFTER:
        return False
    said = [b for b in blocks[title + 1 : index] if len(b.text.split()) >= STORY_WORDS and _STOP.search(b.text)]
    return len(said) <= 1  # a standfirst


def _first_day(block: PageBlock, day_first: bool | None) -> list[Day]:
    """The day at the very beginning or end of a long block, the only ones that can be the article's own."""
    starts, offset = block.text[:200], max(0, len(block.text) - 120)
    found = list(find_days(starts, day_first))[:1]
    last = [Day(day.day, day.start + offset, day.end + offset) for day in find_days(block.text[offset:], day_first)]
    return found + [day for day in last if not found or day.start > found[0].end]


def _away(index: int, title: int | None) -> int:
    """Blocks from the headline; above it counts double, for the day of today stands there."""
    if title is None:
        return index
    return index - title if index >= title else 2 * (title - index)


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Whether a paragraph begins as a wire story does: "HAVANA, April 19, 2023 (AP) - ..."."""
    begins = re.match(r"[^.!?]{0,60}$", text[:start])
    return bool(begins and _AFTER_DATELINE.match(text[end:]) and len(text) - end > 60)
