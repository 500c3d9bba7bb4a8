"""The ways English news writes time. The group `what` is the expression; the words around it are its context.

The patterns stand under the kind of word that a sentence must hold for any of them to match: most sentences hold
no word of most kinds, and looking a word up in a set costs a hundredth of trying the patterns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from rag.ingest.calendar_days import DAY, FULL_DATE, MONTH, WEEKDAY, YEAR
from rag.ingest.time_words import (
    AT_END,
    BETWEEN,
    CLOCK,
    COUNT,
    COUNTED_IN_MONTH,
    EARLY,
    EVENT,
    HOLIDAY,
    HOLIDAY_CUE,
    ITS_YEAR,
    MANY,
    MANY_HUNDREDS,
    MONTH_CUE,
    MONTH_NOUN,
    MOVABLE,
    NOT_A_TITLE,
    NOT_AN_AMOUNT,
    NOT_NAMED_DAY,
    NTH,
    ON_WEEKDAY,
    PART,
    REL,
    SEASON,
    TO,
    UNIT,
    UNITS,
    YEAR_CUE,
    YEAR_NOUN,
    YEAR_ROUND,
    YEARS_TO,
    kinds_of_words,
)

_PATTERNS: dict[str, dict[str, str]] = {
    "digits": {
        "full_date": FULL_DATE.pattern,
        # a fiscal year is no year of the calendar
        "fiscal": rf"\b(?:fiscal|financial|school|academic)\s+(?:year\s+)?{YEAR}(?:[-–/](?:\d{{4}}|\d\d))?\b",
        "years": rf"""(?:{YEAR_CUE}|(?<=\d\d\d\d,\s))
            (?P<what>{EARLY}?(?P<year>{YEAR})(?:[-–/](?P<year2>\d{{4}}|\d\d)\b)?{NOT_AN_AMOUNT})""",
        "years_to": rf"""\b(?:[Ff]rom|[Bb]etween)\s+(?!{MANY_HUNDREDS})
            (?P<what>(?P<year>{YEAR}){YEARS_TO}(?P<year2>{YEAR}){NOT_AN_AMOUNT})""",
        "early_year": rf"{EARLY}(?P<year>{YEAR})(?P<year2>){NOT_AN_AMOUNT}",
        # "Trump's 2016 campaign", "a classic 1943 novel"; 1900 and 2000 before a noun are as often a number
        "year_noun": rf"""(?<![\d$£€]\s)(?<=[\w’']\s)(?<!\b[Aa]t\s)(?<!\b[Nn]o\s)
            (?P<what>(?P<year>19(?!00)\d\d|20(?!00)[0-4]\d)(?P<year2>)){YEAR_NOUN}{NOT_AN_AMOUNT}""",
        "decade": r"\b(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b",
        # the '20s may be of this century or the last
        "short_decade": r"(?<!\b[Hh]is\s)(?<!\b[Hh]er\s)(?<!\btheir\s)(?:\bthe\s+)?(?:\b(?:early|late|mid)[\s-]+)?"
        r"(?<!\w)['’‘](?P<decade>[3-9]0)['’]?s\b",
    },
    "month": {
        "event": rf"\b(?P<what>{MONTH}\s+{DAY}){EVENT}",  # "the Jan. 6 committee" names no day of this year
        "every_date": rf"""\b(?:(?:[Ee]ach|[Ee]very)\s+{MONTH}(?:\s+{DAY})?\b
            | {MONTH}\s+{DAY}{YEAR_ROUND})""",
        "day_range": rf"""{BETWEEN}(?!{COUNTED_IN_MONTH})(?P<what>\b(?P<month>{MONTH})\s+(?P<day>{DAY}){TO}
            (?:(?P<month2>{MONTH})\s+)?(?P<day2>{DAY})(?![\d%]|[.,:]\d|\s+percent|\s?[ap]\.?m\b){ITS_YEAR}?)""",
        "day_range_uk": rf"""{BETWEEN}(?P<what>\b(?P<day>{DAY})(?:\s+(?P<month>{MONTH}))?{TO}
            (?P<day2>{DAY})\s+(?:of\s+)?(?P<month2>{MONTH})(?!\w){ITS_YEAR}?)""",
        "month_day": rf"""{ON_WEEKDAY}\b(?!{COUNTED_IN_MONTH})(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DAY})
            (?![\w%]|[,.:]\d|-\d){ITS_YEAR}?""",
        "day_month": rf"""{ON_WEEKDAY}(?:\bthe\s+)?(?<![\w.,:$£€-])(?P<day>{DAY})\s+(?:of\s+)?
            (?P<month>{MONTH})(?!\w){ITS_YEAR}?""",
        "month_range": rf"""{BETWEEN}(?P<what>\b(?P<month>{MONTH})(?:\s+(?P<year1>{YEAR}))?{TO}
            (?P<month2>{MONTH})(?!\w)(?!\s+\d{{1,2}}\b)(?:\s+(?:of\s+)?(?P<year>{YEAR})\b)?)""",
        "month_year": rf"{EARLY}?\b(?P<month>{MONTH})(?!\w)(?:,|\s+of)?\s+(?:(?P<year>{YEAR})|{REL}\s+year)\b",
        "rel_month": rf"\b(?:{REL}\s+|{EARLY})(?P<month>{MONTH})(?!\w)(?!\s+\d)",
        "bare_month": rf"{MONTH_CUE}(?P<what>(?P<month>{MONTH})(?!\w))(?!\s+\d)",
        "month_count": rf"\b(?P<what>(?={COUNTED_IN_MONTH})(?P<month>{MONTH})(?!\w))",
        "month_noun": rf"(?:\b(?:[Aa]n?|[Tt]he|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir)|['’]s)\s+"
        rf"(?P<what>(?P<month>{MONTH})(?!\w)){MONTH_NOUN}",
    },
    "weekday": {
        "every_day": rf"""\b(?:(?:[Ee]very|[Ee]ach|[Oo]n(?:e|\s+a)|[Tt]he\s+(?:following|previous|next|same|first|last))
            \s+(?:other\s+)?{WEEKDAY}\b{PART} | {WEEKDAY}s\b)""",
        # "for two weeks from Monday" begins on that day
        "weeks_from": rf"""(?<!\b[Ff]or\s)(?<!\blast\s)(?<!\blasts\s)(?<!\blasting\s)(?<!\bwithin\s)(?<!\bnext\s)
            \b(?P<count>{COUNT})\s+weeks?\s+from\s+(?P<weekday>{WEEKDAY})\b{PART}""",
        "weekday_week": rf"\b(?P<weekday>{WEEKDAY})\s+week\b{AT_END}",
        "weeks_ago": rf"""\b(?P<count>{COUNT})\s+(?P<unit>week|month|year)s?\s+ago(?:,?\s+on)?\s+
            (?P<weekday>{WEEKDAY})\b(?!['’]){PART}""",
        "week_and_day": rf"\b[Aa]\s+week\s+(?:on|last|next)\s+{WEEKDAY}\b",
        "before_last": rf"\b[Tt]he\s+(?P<weekday>{WEEKDAY})\s+before\s+last\b",
        "nth_weekday": rf"""\b[Tt]he\s+(?P<nth>{NTH})\s+(?P<weekday>{WEEKDAY})\s+(?:of|in)
            \s+(?P<month>{MONTH})(?!\w)(?:,?\s+(?P<year>{YEAR})\b)?""",
        "nth_of_any": rf"\b[Tt]he\s+{NTH}\s+{WEEKDAY}\b(?:\s+(?:of|in)\s+(?:the|each|every|this|next|last)\s+month\b)?",
        "weekday_number": rf"""{NOT_NAMED_DAY}\b(?P<weekday>{WEEKDAY}),?\s+the\s+(?!13th)
            (?P<day>{DAY})(?<=[a-z]){AT_END}""",
        "weekday": rf"""{NOT_NAMED_DAY}\b(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:coming|past))?)\s+)?
            (?:(?:early|late|overnight)\s+(?:on\s+)?)?(?P<weekday>{WEEKDAY})\b{NOT_A_TITLE}{PART}
            (?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?""",
    },
    "day word": {
        "day_word": rf"""\b(?:[Tt]he\s+day\s+(?:before\s+yesterday|after\s+tomorrow) | [Tt]onight | [Ll]ast\s+night
            | (?:[Ee]arlier\s+|[Ll]ater\s+)?(?:[Yy]esterday
                |(?<!USA\s)(?<!Russia\s)[Tt]oday(?![”"]?\s+[Ss]how)|[Tt]omorrow){PART}
            | [Tt]his\s+(?:morning|afternoon|evening))\b""",
    },
    "unit": {
        "unit": rf"""(?<!\b[Tt]he\s)\b(?:(?P<side>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate|[Mm]id)[\s-]+(?:in\s+)?)?
            {REL}\s+(?P<unit>week|weekend|month|year)\b(?!-)""",
        "weekend": r"\b(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n)\s+(?P<what>the\s+weekend)\b",
        "span": rf"""\b(?:[Tt]he(?:se)?\s+(?:last|past|next|coming|recent|previous|preceding|following)
            | (?<=\b[Ii]n\s)coming | [Rr]ecent)\s+(?:{MANY}\s+)*(?:and\s+a\s+half\s+)?{UNITS}\b""",
        "past_unit": rf"""\b[Tt]he\s+(?:past|last|coming|previous|following|preceding|next|same)\s+{UNIT}\b
            (?!\s+(?:of|in)\b)""",
        "rel_season": r"\b(?:[Tt]his|[Ll]ast|[Nn]ext)\s+(?:season|quarter)\b",
        "other_day": rf"\b[Tt]hat\s+(?:same\s+)?(?:day|night|morning|evening|week|weekend|month|year|{SEASON})\b",
        "part_of": r"\b(?:[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate)\s+in\s+the\s+(?:day|night|week|month|year|decade)\b",
        "edge": rf"""\b(?:[Tt]he\s+)?(?:end|beginning|start|middle|rest|turn|(?:first|second)\s+half)
            \s+of\s+the\s+{UNIT}\b""",
        "quarter": rf"""\b(?:[Tt]he\s+)?(?:first|second|third|fourth|final)[\s-](?:quarter|half)\s+of
            \s+(?:{YEAR}|(?:this|last|next)\s+year)\b""",
        "bare_quarter": r"""\b(?:[Tt]he|[Ii]ts|['’]s)\s+(?P<what>(?:first|second|third|fourth)[\s-]quarter)\b""",
        "century": r"""\b(?:(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?\d\d?(?:st|nd|rd|th)[\s-]century
            | (?:this|last|next)\s+(?:decade|century))\b""",
    },
    "ago": {
        "about_ago": rf"""\b(?:[Nn]early | [Aa]lmost | [Aa]bout | [Oo]ver | [Ss]ome | [Aa]round | [Rr]oughly | [Jj]ust
            | [Mm]any | [Ss]everal | [Aa]\s+few | [Aa]t\s+least | (?:[Mm]ore|[Ll]ess|[Ff]ewer)\s+than)
            (?:\s+(?:over|under))?\s+(?:{MANY}\s+)?{UNIT}s?\s+ago\b""",
        "ago": rf"\b(?P<count>{COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|from\s+now)\b",
        "long_ago": rf"\b(?:{MANY}\s+(?:and\s+a\s+half\s+)?)?(?i:{UNITS}|{UNIT})\s+ago\b",
    },
    "later": {
        "later": rf"\b{MANY}\s+(?:{UNITS}|{UNIT})\s+(?:earlier|later|before|after|prior|previously)\b",
        "uncounted_later": rf"\b(?i:{UNITS})\s+(?:earlier|later)\b",
        "unit_before": r"\b[Tt]he\s+(?:day|night|week|month|year)\s+(?:before|after|earlier|prior)\b",
    },
    "season": {
        "season": rf"""{EARLY}?\b(?:(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]he\s+(?:past|previous|following|coming))\s+{SEASON}
            | (?:[Tt]he\s+)?{SEASON}\s+(?:of\s+)?{YEAR})\b""",
        "bare_season": rf"""\b(?:[Ii]n|[Oo]ver|[Dd]uring|[Bb]y|[Ss]ince|[Uu]ntil|[Tt]hroughout)\s+(?:the\s+)?
            (?P<what>{EARLY}?{SEASON})\b(?!\s+(?:of|from)\b)""",
    },
    "clock": {"clock": CLOCK},
    "holiday": {
        "holiday": rf"""(?:{HOLIDAY_CUE}|(?:\b(?:[Ll]ate|[Ee]arly|[Aa]|[Tt]he)|['’]s)\s+(?=[^\n]{{1,20}}(?:Day|Eve)\b)
            |(?=\b(?:[Ll]ast|[Nn]ext|[Tt]his|the\s+F)))
            (?P<what>(?:{REL}\s+)?(?P<holiday>{HOLIDAY})(?![\w-])(?!\s+(?:break|tree|market|music|card|party|shopping|gift))
            {PART}(?:,?\s+(?P<year>{YEAR})\b)?)""",
        "movable": rf"{HOLIDAY_CUE}(?P<what>{MOVABLE}{PART}(?:,?\s+{YEAR})?)\b",
    },
}

PATTERNS = {
    name: re.compile(pattern if "(?P<what>" in pattern else f"(?P<what>{pattern})", re.VERBOSE)
    for group in _PATTERNS.values()
    for name, pattern in group.items()
}
"""By name, in the order in which they win over one another."""


def candidates(sentence: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns that can match the sentence at all, in their order."""
    said = kinds_of_words(sentence)
    return ((name, PATTERNS[name]) for kind, group in _PATTERNS.items() if kind in said for name in group)
