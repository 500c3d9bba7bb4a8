"""What came of something, and what it came from, are said in certain words or not at all: who deserved to win lost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.needs import WHOLE
from rag.words import content_words

# Asked with the first, told with one of the others.
_OUTCOMES = [
    (re.compile(asked, re.I), re.compile(rf"\b(?:{told})\b", re.I))
    for asked, told in (
        (
            r"\bwho(?: has| had)? (?:won|wins)\b|\b(?:which|what)\b[^?,]*? won\b",
            r"w[io]n(?:s|ning|ners?)?|victor\w*|beat(?:s|en|ing)?|defeat\w*|champions?|clinch\w*|t(?:ook|aken?|akes|aking)"
            r"|triumph\w*|crown\w*|prevail\w*|awarded|receiv\w*|named|elected|landed|claim\w*|earn\w*|bagged|scooped"
            r"|edged|outlast\w*|downed|lost|loses?|losing|coasted|picked up|secur\w*|captur\w*|went to|goes to"
            r"|honou?r\w*|share[ds]?|first place",
        ),
        (
            r"\bhow many\b[^?]*\b(?:killed|died|dead|die|perish\w*)\b",
            r"kill\w*|d(?:ie[ds]?|ying|ead|eaths?)|perish\w*|los[te]\w*|toll|fatal\w*|slain|victims?|claim\w*|murder\w*"
            r"|massacre\w*|lives?|shot|drown\w*",
        ),
        (
            r"\bhow many\b[^?]*\b(?:injured|wounded|hurt)\b",
            r"injur\w*|wound\w*|hurt|casualt\w*|hospitali[sz]ed|burn\w*|shot",
        ),
        (r"\bhow many\b[^?]*\b(?:arrested|detained)\b", r"arrest\w*|detain\w*|custody|held|jailed|charged"),
    )
]
_ASKS_CAUSE = re.compile(
    r"\bwhat\b[^?,]* (?:caused|set off|sparked|triggered)\b|\bwhat (?:is|was) the (?:\w+ )?cause\b", re.I
)
_TELLS_CAUSE = re.compile(
    r"\b(?:caus\w+|due|because|since|spark\w*|ignit\w+|trigger\w*|blam\w+|result\w*|le(?:d|ads?) to|owing|thanks to"
    r"|from|by|after|follow\w+|prompt\w*|start(?:ed|s)|set off|attribut\w+|responsible|reason|brought|when|contribut\w+"
    r"|link\w*|through|as|over|amid|with|drove|driven|behind|creat\w+|produc\w+)\b",
    re.I,
)


def lacks_outcome(question: str, claim: str, quotes: Sequence[str]) -> str | None:
    """What is asked that nothing in the quotes tells in any word for it: who won, how many died, what was the cause.

    A whole sentence that tells a cause has the word for it itself; "A spark" leaves that to its quote.
    """
    told = [claim] if len(content_words(claim)) >= WHOLE else [claim, *quotes]
    if _ASKS_CAUSE.search(question) and not any(_TELLS_CAUSE.search(text) for text in told):
        return "a cause"
    for asked, words_for_it in _OUTCOMES:
        if (found := asked.search(question)) and not any(words_for_it.search(quote) for quote in quotes):
            return f"{found.group().split()[-1]} or a word for it"
    return None
