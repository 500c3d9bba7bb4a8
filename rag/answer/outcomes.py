"""What came of something, and what it came from: who deserved to win is not told to have won."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.needs import WHOLE
from rag.words import content_words

# Asked with the first; a quote with one of the second, and none of the third, tells of something else.
_OUTCOMES = [
    (re.compile(asked, re.I), re.compile(rf"\b(?:{beside})\b", re.I), re.compile(rf"\b(?:{told})\b", re.I))
    for asked, beside, told in (
        (
            r"(?:^|[.?!,:]\s+)\W*who(?: has| had)? (?:won|wins)\b|\b(?:which|what) [a-z]+ (?:has |had )?won\b",
            r"deserv\w*|(?:should|could|would) have|snub\w*|nominat\w*|favou?rites?|contend\w*|hop(?:es?|ed|ing)",
            r"w[io]n(?:s|ning|ners?)?|victor\w*|beat(?:s|en|ing)?|defeat\w*|champions?|clinch\w*|t(?:ook|aken?|akes|aking)"
            r"|awarded|receiv\w*|(?:re-?)?elected|earn\w*|picked up|secur\w*|went to|first",
        ),
        (
            r"\bhow many (?:(?!who|that|which)\w+ ){0,4}(?:killed|died|dead|die|perished)\b",
            r"evacuat\w*|injur\w*|wound\w*|displac\w*|hurt|trapped|missing|homeless|rescued|arrested|sickened|infected",
            r"kill\w*|d(?:ie[ds]?|ying|ead|eaths?)|perish\w*|los[te]\w*|toll|fatal\w*|slain|victims?|claim\w*|murder\w*"
            r"|massacre\w*|lives?|drown\w*|bodies|gunned down",
        ),
        (
            r"\bhow many (?:(?!who|that|which)\w+ ){0,4}(?:injured|wounded|hurt)\b",
            r"kill\w*|died|dead|deaths?|evacuat\w*|arrested",
            r"injur\w*|wound\w*|hurt|casualt\w*|hospital\w*|burn\w*|treated",
        ),
    )
]
_ASKS_CAUSE = re.compile(
    r"\bwhat\s+(?:(?:has|had|have|may|might|could|likely|reportedly|first|do|does|did)\s+)?"
    r"(?:\w+\s+(?:now\s+)?(?:believe|think|say)s?\s+)?(?:caused|set off|sparked|triggered)\b"
    r"|\b(?:what|which) [a-z]+ (?:(?:was|is|were|are) (?:\w+ )?(?:found|thought|believed|said|suspected) to have )?"
    r"caused\b"
    r"|\bwhat (?:is|was) the (?:\w+ )?cause\b",
    re.I,
)
_TELLS_CAUSE = re.compile(
    r"\b(?:caus\w+|due|because|since|spark\w*|ignit\w+|trigger\w*|blam\w+|result\w*|le(?:d|ads?) to|owing|thanks to"
    r"|from|of|by|after|follow\w+|prompt\w*|start(?:ed|s)|set off|attribut\w+|responsible|reason|brought|when"
    r"|contribut\w+|link\w*|through|as|over|amid|with|drove|driven|behind|creat\w+|produc\w+)\b",
    re.I,
)


def lacks_outcome(question: str, claim: str, quotes: Sequence[str]) -> str | None:
    """What is asked and not told where the quotes tell of something beside it: who won, how many died, of what cause.

    A whole sentence that tells a cause has the word for it itself; "A spark" leaves that to its quote.
    """
    told = [claim] if len(content_words(claim)) >= WHOLE else [claim, *quotes]
    if _ASKS_CAUSE.search(question) and not any(_TELLS_CAUSE.search(text) for text in told):
        return "a cause"
    for asks, beside, tells in _OUTCOMES:
        found = asks.search(question)
        if found and any(map(beside.search, quotes)) and not any(map(tells.search, quotes)):
            return f"{found.group().split()[-1]} or a word for it"
    return None
