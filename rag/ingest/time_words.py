"""The pieces that expressions of time are built of, as patterns, and the words without which there is none.

Written for `re.VERBOSE`; month and weekday names are matched in their own case, since "may" and "march" are verbs.
"""

from __future__ import annotations

import re

from rag.ingest.calendar_days import FIXED_HOLIDAYS, MONTH, WEEKDAY, YEAR

COUNT = r"(?i:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,3})"
MANY = rf"""(?:(?:{COUNT} | (?i:\w+teen | \w+ty(?:-\w+)? | (?:a\s+)?(?:few|dozen) | several | many
    | (?:a\s+)?couple(?:\s+of)? | (?:dozens|hundreds)\s+of)))"""
UNIT = r"(?:second|minute|hour|day|night|week|weekend|month|quarter|season|year|decade|century|generation)"
UNITS = rf"(?:{UNIT}s|centuries)"
_NAMED_DAYS = "Black Good Holy Bloody Super Cyber Giving Ash Fat Shrove Palm Easter Ruby Sheffield Maundy News".split()
NOT_NAMED_DAY = "".join(rf"(?<!\b{name}\s)" for name in _NAMED_DAYS)
NOT_A_TITLE = r"""(?!\s+(?:Times|Mirror|Telegraph|Express|Post|Mail|Independent|Addams
    |Night|Morning|the\s+13th))"""
NOT_AN_AMOUNT = r"""(?![\d%] | [,.:/-]\d | s\b | -[a-z] | (?:(?<=00)\s+(?:to|and|or)\s+[\d,]+)?
    \s+(?:people|men|women|children|troops|soldiers
    |feet|meters|metres|miles|kg|km|pounds|dollars|euros|homes|houses|jobs|workers|employees|deaths|cases
    |hectares|acres|(?:kilo|mega|giga)watts|tons|tonnes|barrels|litres|liters|gallons|yards|kilomet(?:re|er)s|votes
    |calories|words|years|hours|hrs|block|GMT|BST|UTC|CET|local\s+time)\b)"""
_OF_A_YEAR = r"""(?:levels|figures|prices|sales|results|totals|rates|profits|elections|polls|primaries|midterms|games
    |finals|championships|protests|riots|attacks|bombings|floods|fires|talks|accords|rules|reforms|sanctions|awards)"""
_THINGS = rf"(?!{_OF_A_YEAR}\b)[a-z]{{3,}}(?<![sui])s\b"  # a plural noun
SOME = rf"""(?:\s+(?:percent|per\s+cent|more|others)\b
    | \s+(?:[\w'’-]+\s+)?(?:people\b|men\b|women\b|children\b|troops\b|police\b|{_THINGS}))"""
MANY_HUNDREDS = rf"\d\d00(?:(?:\s+(?:to|and|or)\s+|[-–])\d[\d,]*)?\s+(?:[A-Z][a-z]+\s+)?{_THINGS}"
COUNTED_IN_MONTH = rf"(?<=\b[Ii]n\s){MONTH}\s+\d{{1,2}}(?:(?:\s+(?:to|or)\s+|[-–])\d+)?{SOME}"
EVENT = r"""(?=['’]?s?\s+(?:attacks?|terror\w*|committee|panel|hearings?|insurrection|riots?|revolution|coup
    |movement)\b)"""
REL = r"(?P<rel>[Tt]his|[Ll]ast|[Nn]ext)"
YEAR_ROUND = r"(?:\s+(?:(?:of\s+)?(?:each|every)\s+year|annually|yearly)\b)"
ITS_YEAR = rf"(?:,?\s+(?P<year>{YEAR})\b | ,?\s+(?:of\s+)?{REL}\s+year\b)"
EARLY = r"(?:\b(?:[Ee]arly|[Ll]ate|[Mm]id)(?:\s+in)?[\s-]+)"
PART = r"(?:\s+(?:morning|afternoon|evening|night|midday|midnight|lunchtime))?"
ON_WEEKDAY = rf"(?:\b(?P<weekday>{WEEKDAY}),?\s+)?"
BETWEEN = r"(?P<between>\b(?:[Bb]etween|[Ff]rom)\s+)?"
TO = r"(?:\s*[-–—]\s* | \s+(?:to|through|until)\s+ | (?(between)\s+and\s+|(?!)))"
YEARS_TO = r"(?:\s+(?:to|through|until|and)\s+)"
NTH = r"(?:first|second|third|fourth|fifth|last)"
AT_END = r"""(?=\s*(?:$|[.,;:!?)”"’–—])|\s+(?:at|in(?!\s+a\b)|after|when|because|but|for|to|with)\b)"""
_MONTH_END = "(?:ary|rch|ril|May|une|uly|ust|ber)"
MONTH_CUE = rf"""(?:\b(?:[Ii]n | [Ss]ince | [Uu]ntil | [Tt]ill | [Dd]uring | (?:[Ee]nd|[Ss]tart|[Bb]eginning
    |[Mm]onth)\s+of
    | (?:[Bb]y|[Ff]rom|[Aa]fter|[Bb]efore|[Tt]hrough|[Aa]round|[Ff]or)(?=\s+(?!May\b|MAY\b)))\s+(?:the\s+)?
    | (?<={_MONTH_END}\sand\s) | (?<={_MONTH_END}\sor\s))"""
MONTH_NOUN = r"(?=\s+(?!(?:to|on|for|of|at|in|is|was|has|had|will|and|or|said|says|told|also|who|the)\b)[a-z]{3})"
YEAR_CUE = rf"""(?:(?i:\b(?:in|since|by|until|till|during|before|after|through|back|early|late|mid|year|season|election
    |winter|spring|summer|autumn|fall)[\s-]+)
    | (?i:\b(?:than|around)\s+)(?!\d{{4}}(?:{SOME}|\s+(?:were|are)\b))
    | (?:(?i:\b(?:of|from|to|for|between|and|or|as|the|a|his|her|its|their|our)[\s-]+)|\(|^)(?!{MANY_HUNDREDS}))"""
YEAR_NOUN = r"(?=\s+(?:[A-Z][a-z]|elections\b|[a-z]+(?<!s)(?<!people)(?<!men)(?<!women)(?<!children)(?<!and)\b))"
SEASON = r"(?:spring|summer|autumn|fall|winter)"
ZONE = r"(?:\s+(?:ET|EDT|EST|CT|CDT|CST|MT|PT|PDT|PST|GMT|BST|CET|UTC|Eastern|Pacific|local\s+time)\b)?"
_HOUR = r"\d{1,2}(?:[:.]\d\d)?"
_HALF = r"\s?(?:[ap]\.m\.|[ap]m\b)"
CLOCK = rf"""(?:\b{_HOUR}(?:(?:{_HALF}{ZONE})?(?:\s*[-–/]\s*|\s+(?:to|and|until)\s+){_HOUR})?{_HALF}{ZONE}
    | \b\d{{1,2}}:\d\d\s+(?:GMT|BST|CET|UTC|local\s+time)\b
    | (?<=\b[Aa]t\s)(?:noon|midnight)\b{ZONE} | \b(?:noon|midnight)(?=\s+(?:on\s+)?{WEEKDAY}))"""
HOLIDAY = "|".join(re.escape(name).replace("'", "['’]?") for name in sorted(FIXED_HOLIDAYS, key=len, reverse=True))
HOLIDAY = rf"(?<!Lunar\s)(?<!Orthodox\s)(?:{HOLIDAY})"
MOVABLE = r"""(?:Thanksgiving(?:\s+(?:Day|weekend|week))? | Easter(?:\s+(?:Sunday|Monday|weekend))? | Good\s+Friday
    | Christmastime | (?:Memorial|Labou?r|Presidents?['’]?|Mother['’]s|Father['’]s|Independence)\s+Day(?:\s+weekend)?
    | Ramadan | Passover | Hanukkah | (?:the\s+)?(?:Lunar|Chinese)\s+New\s+Year)"""
HOLIDAY_CUE = r"""\b(?:[Oo]n|[Bb]y|[Bb]efore|[Aa]fter|[Ss]ince|[Uu]ntil|[Tt]ill|[Tt]hrough|[Aa]t|[Oo]ver
    |[Dd]uring|[Aa]round|[Ff]rom)\s+"""

_WORD = re.compile(r"[a-z]+")
_DIGITS = re.compile(r"\d{4}|[‘’'][3-9]0|\d[/.]\d")
_SIGNS: dict[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "month": """jan january feb february mar march apr april may jun june jul july aug august sep sept september
            oct october nov november dec december""",
        "weekday": """monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays
            fridays saturdays sundays""",
        "day word": "tonight night yesterday today tomorrow morning afternoon evening",
        "unit": """second minute hour day night morning evening week weekend month quarter half season year decade
            century generation seconds minutes hours days nights weeks weekends months quarters seasons years decades
            centuries generations spring summer autumn fall winter""",
        "ago": "ago now",
        "later": "earlier later before after prior previously",
        "season": "spring summer autumn fall winter",
        "clock": "m am pm noon midnight gmt bst cet utc local",
        "holiday": """christmas christmastime eve day halloween juneteenth fourth thanksgiving easter friday ramadan
            passover hanukkah year""",
    }.items()
}


def kinds_of_words(sentence: str) -> set[str]:
    """Which kinds of words of time a sentence holds; an expression of time holds one of its own kind."""
    said = set(_WORD.findall(sentence.lower()))
    kinds = {kind for kind, words in _SIGNS.items() if not words.isdisjoint(said)}
    return kinds | {"digits"} if _DIGITS.search(sentence) else kinds
