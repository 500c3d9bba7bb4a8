"""What a line of a page looks like: a sentence, a headline, a caption, a byline, a note, a link.

Nothing here knows where in the page the line stands; `clean` does.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from rag.ingest import cues
from rag.ingest.calendar_days import FULL_DATE
from rag.ingest.wrap import group_lines

HEADLINE_WORDS = 30
"""A longer line without a full stop is taken for text."""
NAME_WORDS = 8
PROSE_FLOW = 0.35
"""Under it a line of more than eight words is a row of names, links or figures; 0.9 % of dev paragraphs are."""
LINK_REST = 3
NAMED_CHARS = 1000
"""Captions, bylines and links are shorter than this; what is longer is not searched for their marks."""

DATED_WORDS = 20
CREDIT_CHARS = 120
"""At the end of a caption, in which its credit stands."""


@dataclass(frozen=True)
class Line:
    """One paragraph as it lies in the file: a line, a list item with what hangs under it, wrapped lines."""

    raw: tuple[str, ...]

    @cached_property
    def text(self) -> str:
        """White space folded to single spaces; no other character changed."""
        return " ".join(" ".join(self.raw).split())

    @cached_property
    def bullet(self) -> bool:
        return bool(cues.BULLET.match(self.text))

    @cached_property
    def bare(self) -> str:
        """Without its bullet or heading mark; of Markdown's links their words."""
        return cues.LINK.sub(r"\1", cues.BULLET.sub("", self.text, count=1)).lstrip("# ")

    @cached_property
    def key(self) -> str:
        """What the line says, whatever its case, bullets and punctuation."""
        return " ".join(re.findall(r"\w+", self.bare.lower()))

    @cached_property
    def words(self) -> int:
        return len(self.bare.split())

    @cached_property
    def ends_sentence(self) -> bool:
        return bool(re.search(r"[.!?…:;。！？؟।][\"'”’)\]»*_]*$", self.text)) and not self.text.endswith("...»")

    @cached_property
    def flow(self) -> float:
        """Share of words that do not begin with a capital, a figure or a sign: 0.81 in the median paragraph."""
        words = self.bare.split()
        return sum(word[0].isalpha() and not word[0].isupper() for word in words) / len(words) if words else 0.0

    @cached_property
    def is_sentence(self) -> bool:
        """Running text: it ends as a sentence does, or is too long to be a headline."""
        if self.is_link or (self.words > NAME_WORDS and self.flow < PROSE_FLOW):
            return False
        return (self.ends_sentence and self.words >= 3) or self.words > HEADLINE_WORDS

    @cached_property
    def sentences(self) -> int:
        """How many sentences end in it, roughly."""
        return len(re.findall(r"[.!?。！？][\"'”’)\]]*(?=\s+[\"'“‘(\[]?[^\W\d_a-z]|$)", self.text))

    @cached_property
    def is_link(self) -> bool:
        """Nothing but links, as Markdown writes them."""
        return "](" in self.text and len(cues.LINK.sub("", self.text).strip(" |·-")) <= LINK_REST

    @cached_property
    def is_headline(self) -> bool:
        """Short, no full stop, and nothing else that has a name."""
        stopped = re.search(r"(?<!\.\.)[.:;,][\"'”’)\]]*$", self.text)  # one that was cut off ends in "..."
        words_only = len(re.findall(r"[^\W\d_]{2,}", self.bare)) >= 2
        return words_only and self.words <= HEADLINE_WORDS and not stopped and not self.bullet and not self.has_name

    @cached_property
    def has_name(self) -> bool:
        return (
            self.is_caption
            or self.is_byline
            or self.is_note
            or self.is_furniture
            or self.is_wall
            or self.is_end
            or self.is_talk_back
        )

    @cached_property
    def short(self) -> bool:
        return len(self.text) <= NAMED_CHARS

    @cached_property
    def is_caption(self) -> bool:
        spoken = re.search('["“”]', self.text)  # people do repeat themselves
        doubled = self.short and self.words >= 10 and not spoken and _says_itself_twice(self.key.split())
        return self.has_credit or doubled

    @cached_property
    def has_credit(self) -> bool:
        if not self.short or (self.is_link and not self.text.lstrip("*• ").startswith("![")):
            return False
        end = self.bare[-CREDIT_CHARS:]
        return bool(
            cues.CAPTION_START.match(self.text)
            or cues.CREDIT_END.search(end)
            or (end.endswith(")") and cues.AGENCY_CREDIT.search(end))
        )

    @cached_property
    def is_note(self) -> bool:
        return bool(cues.NOTE.search(self.text))

    @cached_property
    def is_byline(self) -> bool:
        if not self.short or (cues.BY.match(self.bare) and (self.ends_sentence or self.words > 12)):
            return False
        return (self.words <= 30 and bool(cues.BYLINE.match(self.bare))) or self.is_date or self.is_wire_mark

    @cached_property
    def is_date(self) -> bool:
        """Nothing but a date, with or without a time of day."""
        return bool(cues.DAY.search(self.bare)) and self.words <= 12 and not cues.DATE_WORDS.sub("", self.bare)

    @cached_property
    def is_hour(self) -> bool:
        """A time of day without its day, as beside the entries of a running report."""
        return self.is_date and not cues.MONTH_OR_YEAR.search(self.bare)

    @cached_property
    def is_dated(self) -> bool:
        """A full date among names, sections and buttons: "Ann Bell | 20 April 2023 | Comments (12)"."""
        if self.words > DATED_WORDS or self.ends_sentence or not FULL_DATE.search(self.bare):
            return False
        rest = [word for word in FULL_DATE.sub(" ", self.bare).split() if word[0].isalpha()]
        return bool(cues.SEPARATOR.search(self.bare)) or sum(word[0].islower() for word in rest) <= len(rest) / 4

    @cached_property
    def is_published(self) -> bool:
        """Says itself to be the day of publication, so that it is believed below the story, too."""
        return self.is_byline and bool(cues.PUBLISHED.match(self.bare))

    @cached_property
    def is_wire_mark(self) -> bool:
        """A dateline that stands alone above the story: "NEW YORK (AP) —"."""
        return self.words <= 8 and bool(re.search(r"\w.*\s[—–]$", self.text))

    @cached_property
    def is_source(self) -> bool:
        return bool(cues.SOURCE.match(self.bare)) and self.words <= 8

    @cached_property
    def is_furniture(self) -> bool:
        return self.short and self.words <= 40 and bool(cues.FURNITURE.match(self.bare))

    @cached_property
    def is_site_talk(self) -> bool:
        """The site speaking of itself; a story does so only in quotation marks."""
        return self.short and self.text[0] not in "\"“‘'" and bool(cues.SITE_TALK.search(self.bare))

    @cached_property
    def is_talk_back(self) -> bool:
        """What stands around a comment or a teaser: its writer, its age, its buttons."""
        return self.words <= 15 and bool(cues.TALK_BACK.search(self.bare))

    @cached_property
    def is_wall(self) -> bool:
        """A heading under which other people's stories stand."""
        return self.short and bool(cues.WALL.match(self.bare.rstrip(" :|»›>")))

    @cached_property
    def is_shouted(self) -> bool:
        return bool(cues.SHOUTED.match(self.text))

    @cached_property
    def is_end(self) -> bool:
        """Behind it stands no story: comments or the owner's rights."""
        return self.short and bool(cues.END.match(self.bare))


def to_lines(text: str) -> list[Line]:
    """The paragraphs, list items and single lines of `text`, in order."""
    return [Line(raw) for raw in group_lines(text)]


def _says_itself_twice(words: list[str]) -> bool:
    """Alternative text and caption saved as one line: most words stand in a run of six that comes twice."""
    runs = [tuple(words[at : at + 6]) for at in range(len(words) - 5)]
    counts = Counter(runs)
    covered = {at + step for at, run in enumerate(runs) if counts[run] > 1 for step in range(6)}
    return len(covered) >= len(words) * 0.6
