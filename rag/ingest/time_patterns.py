"""The ways English news writes time. The group `what` is the expression; the words around it are its context.

Month and weekday names are matched in their own case, since "may" and "march" are verbs.
"""

from __future__ import annotations

import re

from rag.ingest.calendar_days import DAY, FULL_DATE, MONTH, WEEKDAY, YEAR

_COUNT = r"(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
_MANY = rf"""(?:{_COUNT} | \w+teen | \w+ty(?:-\w+)? | (?:a\s+)?(?:few|dozen) | several | many
    | (?:a\s+)?couple(?:\s+of)? | (?:dozens|hundreds)\s+of)"""
_UNIT = r"(?:second|minute|hour|day|night|week|weekend|month|quarter|season|year|decade|century|generation)"
_UNITS = rf"(?:{_UNIT}s|centuries)"
_NAMED_DAYS = "Black Good Holy Bloody Super Cyber Giving Ash Fat Shrove Palm Easter Ruby Sheffield Maundy".split()
_NOT_NAMED_DAY = "".join(rf"(?<!\b{name}\s)" for name in _NAMED_DAYS)
_NOT_A_TITLE = r"""(?!\s+(?:Times|Mirror|Telegraph|Express|Post|Mail|Independent|Addams
    |Night\s+(?:Live|Lights|Football)|the\s+13th))"""
_NOT_AN_AMOUNT = r"""(?![\d%] | [,.:/-]\d | s\b | -[a-z] | \s+(?:people|men|women|children|troops|soldiers
    |feet|meters|metres|miles|kg|km|pounds|dollars|euros|homes|houses|jobs|workers|employees|deaths|cases
    |calories|words|years|hours|block)\b)"""
_EVENT = r"""(?=['’]?s?\s+(?:attacks?|terror\w*|committee|panel|hearings?|insurrection|riots?|revolution|coup
    |movement)\b)"""
_REL = r"(?P<rel>[Tt]his|[Ll]ast|[Nn]ext)"
_ITS_YEAR = rf"(?:,?\s+(?P<year>{YEAR})\b | ,?\s+(?:of\s+)?{_REL}\s+year\b)"
_EARLY = r"(?:\b(?:[Ee]arly|[Ll]ate|[Mm]id)(?:\s+in)?[\s-]+)"
_PART = r"(?:\s+(?:morning|afternoon|evening|night|midday|midnight|lunchtime))?"
_ON_WEEKDAY = rf"(?:\b(?P<weekday>{WEEKDAY}),?\s+)?"
_BETWEEN = r"(?P<between>\b(?:[Bb]etween|[Ff]rom)\s+)?"
_TO = r"(?:\s*[-–—]\s* | \s+(?:to|through|until)\s+ | (?(between)\s+and\s+|(?!)))"
_MONTH_CUE = r"""\b(?:[Ii]n | [Ss]ince | [Uu]ntil | [Tt]ill | [Dd]uring | (?:[Ee]nd|[Ss]tart|[Bb]eginning
  |[Mm]onth)\s+of
    | (?:[Bb]y|[Ff]rom|[Aa]fter|[Bb]efore|[Tt]hrough|[Aa]round|[Ff]or)(?=\s+(?!May\b|MAY\b)))\s+(?:the\s+)?"""
_YEAR_CUE = r"""(?i:\b(?:in|since|by|until|till|of|from|to|during|before|after|around|through|for|between
  |and|or
    |than|as|back|the|a|his|her|its|their|our|early|late|mid|year|season|election)[\s-]+)"""
_SEASON = r"(?:spring|summer|autumn|fall|winter)"

_PATTERNS = {
    "full_date": FULL_DATE.pattern,
    "event": rf"\b(?P<what>{MONTH}\s+{DAY}){_EVENT}",  # "the Jan. 6 committee" names no day of this year
    "day_range": rf"""{_BETWEEN}(?P<what>\b(?P<month>{MONTH})\s+(?P<day>{DAY}){_TO}
        (?:(?P<month2>{MONTH})\s+)?(?P<day2>{DAY})(?![\d%]|[.,:]\d|\s+percent){_ITS_YEAR}?)""",
    "day_range_uk": rf"""{_BETWEEN}(?P<what>\b(?P<day>{DAY})(?:\s+(?P<month>{MONTH}))?{_TO}
        (?P<day2>{DAY})\s+(?:of\s+)?(?P<month2>{MONTH})(?!\w){_ITS_YEAR}?)""",
    "month_day": rf"""{_ON_WEEKDAY}\b(?P<month>{MONTH})\s+(?:the\s+)?(?P<day>{DAY})
        (?![\w%]|[,.:]\d|-\d){_ITS_YEAR}?""",
    "day_month": rf"""{_ON_WEEKDAY}(?:\bthe\s+)?(?<![\w.,:$£€-])(?P<day>{DAY})\s+(?:of\s+)?
        (?P<month>{MONTH})(?!\w){_ITS_YEAR}?""",
    "month_range": rf"""{_BETWEEN}(?P<what>\b(?P<month>{MONTH})(?:\s+(?P<year1>{YEAR}))?{_TO}
        (?P<month2>{MONTH})(?!\w)(?!\s+\d{{1,2}}\b)(?:\s+(?:of\s+)?(?P<year>{YEAR})\b)?)""",
    "month_year": rf"{_EARLY}?\b(?P<month>{MONTH})(?!\w)(?:,|\s+of)?\s+(?:(?P<year>{YEAR})|{_REL}\s+year)\b",
    "rel_month": rf"\b(?:{_REL}\s+|{_EARLY})(?P<month>{MONTH})(?!\w)(?!\s+\d)",
    "bare_month": rf"{_MONTH_CUE}(?P<what>(?P<month>{MONTH})(?!\w))(?!\s+\d)",
    "years": rf"""(?:{_YEAR_CUE}|\(|^)
        (?P<what>{_EARLY}?(?P<year>{YEAR})(?:[-–/](?P<year2>\d{{4}}|\d\d)\b)?{_NOT_AN_AMOUNT})""",
    "early_year": rf"{_EARLY}(?P<year>{YEAR})(?P<year2>){_NOT_AN_AMOUNT}",
    "decade": r"\b(?:the\s+)?(?:(?:early|late|mid)[\s-]+)?(?P<decade>(?:1[5-9]|20)\d0)['’]?s\b",
    "every_day": rf"""\b(?:[Ee]very|[Ee]ach|[Oo]n(?:e|\s+a)|[Tt]he\s+(?:following|previous|next|same|first
      |last))
        \s+{WEEKDAY}\b{_PART}""",
    "weekday": rf"""{_NOT_NAMED_DAY}\b(?:(?P<rel>[Ll]ast|[Nn]ext|[Tt]his(?:\s+(?:coming|past))?)\s+)?
        (?:(?:early|late)\s+(?:on\s+)?)?(?P<weekday>{WEEKDAY})\b{_NOT_A_TITLE}{_PART}
        (?:,?\s+(?:of\s+)?(?P<week>last|this|next)\s+week\b)?""",
    "day_word": rf"""\b(?:[Tt]he\s+day\s+(?:before\s+yesterday|after\s+tomorrow) | [Tt]onight
      | [Ll]ast\s+night
        | (?:[Ee]arlier\s+|[Ll]ater\s+)?(?:[Yy]esterday|(?<!USA\s)(?<!Russia\s)[Tt]oday|[Tt]omorrow){_PART}
        | [Tt]his\s+(?:morning|afternoon|evening))\b""",
    "unit": rf"""(?<!\b[Tt]he\s)\b(?:(?P<side>[Ee]arlier|[Ll]ater|[Ee]arly|[Ll]ate|[Mm]id)[\s-]+(?:in\s+)?)?
        {_REL}\s+(?P<unit>week|weekend|month|year)\b(?!-)""",
    "weekend": r"\b(?:[Oo]ver|[Aa]t|[Dd]uring|[Oo]n)\s+(?P<what>the\s+weekend)\b",
    "about_ago": rf"""\b(?:[Nn]early | [Aa]lmost | [Aa]bout | [Oo]ver | [Ss]ome | [Aa]round | [Rr]oughly
      | [Jj]ust
        | [Mm]any | [Ss]everal | [Aa]\s+few | [Aa]t\s+least | (?:[Mm]ore|[Ll]ess|[Ff]ewer)\s+than)
        (?:\s+(?:over|under))?\s+(?:{_MANY}\s+)?{_UNIT}s?\s+ago\b""",
    "ago": rf"\b(?P<count>{_COUNT})\s+(?P<unit>day|week|month|year)s?\s+(?P<way>ago|from\s+now)\b",
    "long_ago": rf"\b(?:{_MANY}\s+(?:and\s+a\s+half\s+)?)?(?:{_UNITS}|{_UNIT})\s+ago\b",
    "span": rf"""\b(?:[Tt]he(?:se)?\s+(?:last|past|next|coming|recent|previous|preceding|following)
        | (?<=\b[Ii]n\s)coming | [Rr]ecent)\s+(?:{_MANY}\s+)*(?:and\s+a\s+half\s+)?{_UNITS}\b""",
    "past_unit": rf"""\b[Tt]he\s+(?:past|last|coming|previous|following|preceding|next|same)\s+{_UNIT}\b
        (?!\s+(?:of|in)\b)""",
    "other_day": rf"\b[Tt]hat\s+(?:same\s+)?(?:day|night|morning|evening|week|month|{_SEASON})\b",
    "later": rf"\b{_MANY}\s+(?:{_UNITS}|{_UNIT})\s+(?:earlier|later|before|after|prior|previously)\b",
    "edge": rf"""\b(?:[Tt]he\s+)?(?:end|beginning|start|middle|rest|turn|(?:first|second)\s+half)
        \s+of\s+the\s+{_UNIT}\b""",
    "season": rf"""{_EARLY}?\b(?:(?:[Ll]ast|[Nn]ext|[Tt]his|[Tt]he\s+(?:past|previous|following
      |coming))\s+{_SEASON}
        | (?:[Tt]he\s+)?{_SEASON}\s+(?:of\s+)?{YEAR})\b""",
    "quarter": rf"""\b(?:[Tt]he\s+)?(?:first|second|third|fourth|final)[\s-](?:quarter|half)\s+of
        \s+(?:{YEAR}|(?:this|last|next)\s+year)\b""",
    "century": r"""\b(?:the\s+(?:(?:early|late|mid)[\s-]+)?\d\d?(?:st|nd|rd|th)\s+century
        | (?:this|last|next)\s+(?:decade|century))\b""",
}

PATTERNS = {
    name: re.compile(pattern if "(?P<what>" in pattern else f"(?P<what>{pattern})", re.VERBOSE)
    for name, pattern in _PATTERNS.items()
}
HINT = re.compile(
    r"\d{4}|(?i:day|night|morning|noon|week|month|year|decade|centur|quarter|ago\b|second|minute|hour|season|generation"
    r"|tomorrow|spring|summer|autumn|fall|winter|evening|\bJan|\bFeb|\bMar|\bApr|\bMay|\bJun|\bJul|\bAug|\bSep|\bOct"
    r"|\bNov|\bDec)|\d[/.]\d"
)
"""Every expression holds one of these; a sentence without any, as most are, need not be searched further."""
