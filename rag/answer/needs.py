"""What kind of thing a question wants, and whether a sentence says one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Literal

from rag.index.quoted import quotations
from rag.ingest.dates import find_dates
from rag.numerals import numbers
from rag.words import FUNCTION_WORDS, content_words, fold, irregular, names, names_it, stem, stems, words

Need = Literal["yes_no", "date", "duration", "number", "thing"]

_YES_NO = re.compile(
    r"^\W*(?:(?:while|when|during|before|after|in|on|at|since)\b[^,?]{2,60},\s*)?(?:(?:and|but|so)\s+)?"
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might|whether)\b",
    re.I,
)
_NEGATED = re.compile(r"^(\W*(?:did|does|do|is|are|was|were|has|have|had|would|could|should))n['’]t\b", re.I)
_SHARE = re.compile(r"\b(?:percentage|share|proportion|per cent|percent)\b", re.I)
_SHARES = re.compile(
    r"%|\b(?:per ?cent|half|third|quarter|fifth|majority|\w+ (?:of|in|out of) (?:every )?(?:\d+|ten))\b", re.I
)
_TAG = re.compile(
    r",\s*(?:right|correct|true|no|(?:is|are|was|were|did|does|do|has|have|had|will|would)n['’]t\s+\w+)\s*\?*\s*$", re.I
)
_DATE = re.compile(
    r"\bwhen\s+(?:\w+ly\s+)?(?:did|do|does|was|were|is|are|will|would|could|can|should|has|have|had)\b"
    r"|\b(?:what|which)\s+(?:exact\s+)?(?:day|date|dates|month|year|week|time)\b"
    r"|^\W*when\s+(?!.*(?:,|\b(?:who|whom|whose|what|which|where|why|how|did|does|do)\b))",  # "(tell me) when he came"
    re.I,
)
_DURATION = re.compile(
    r"\bhow (?:long|many (?:more )?(?:seconds|minutes|hours|days|weeks|months|years|decades))\b", re.I
)
_COUNTS_TIME = re.compile(r"\bhow many\b", re.I)
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|old|far|big|large|high|tall)|what (?:percentage|share|proportion|number|amount|sum))\b",
    re.I,
)
_ASKS = re.compile(
    r"\b(?:who|whom|whose|what|when|where|why|how|which)\b|^(?:did|does|do|is|are|was|were|has|have|had)\b",
    re.I,
)
_AND_ASKS = re.compile(
    r"(?:[,;]\s*|\s+)and\s+(?=(?:(?:on|in|at|to|from|for|by|with)\s+)?(?:who|whom|whose|what|when|where|why|how|which)\b)",
    re.I,
)
_PERSON = re.compile(
    r"(?<!^)(?<!\bin )(?<!\bto )(?<!\bat )(?<!\bof )(?<!\bfrom )(?<![\w-])([A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)*)"
)
_WHO = re.compile(r"^\W*(?:who|whom)\b", re.I)
_FULL_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)+")
_WHICH = re.compile(r"\b(?:which|what)\s+([a-z]+)\b(?<!did)(?<!was)(?<!does)(?<!had)(?<!has)(?<!were)", re.I)
_SEVERAL = re.compile(
    r"\b(?i:which|what|name|list)\s+(?:the\s+)?(?:\w+\s+)?"
    r"(?:two|three|four|five|six|seven|[a-z]{3,}(?<![aius])s(?<!\bwas)(?<!\bhas)(?<!\bdoes)(?<!\b90s)(?<!\bspecies)(?<!\bseries))\b"
)
_NAMED = re.compile(r"\b(?:who|whom|whose|which|what|name)\b", re.I)
_HOW_MANY = re.compile(r"\bhow (?:many|much) (?:more |other |new )?([^\W\d_]+)(?:\s+([^\W\d_]+))?", re.I)
_OWN_WORDS = re.compile(
    r"\b(?:why|how(?! (?:many|much|long|old|far|big))|happen\w*|sa(?:y|id|ys)|tell|told|descri\w+|caus\w+|f(?:ind|ound)"
    r"|conclu\w+)\b",
    re.I,
)
WHOLE = 6  # content words from which a claim is a sentence that could say what it is about
AROUND_DAYS = 10  # from "this week" to the day of an article that may tell of it
SHORTEST_PART = 4  # words of a question that is one by itself
COUNTED_WITHIN = 4  # words from a number to what it counts: "1.5 million barrels of fuel"
_LENGTH_OF_TIME = re.compile(r"\b(?:second|minute|hour|day|night|week|month|year|decade|centur)", re.I)


def asks_for(question: str) -> Need:
    """The kind of thing that a question wants."""
    if _YES_NO.match(question) or _TAG.search(question):
        return "yes_no"
    if _DURATION.search(question):
        return "duration"
    if _DATE.search(question):
        return "date"
    if _NUMBER.search(question):
        return "number"
    return "thing"


def affirmed(question: str) -> str:
    """ "Wasn't it Alves?" as "Was it Alves?": both are answered alike."""
    return _NEGATED.sub(r"\1", question)


def wants_one(question: str) -> bool:
    """Whether a question asks for a single thing: "which country", not "which two countries", not "how soon"."""
    return asks_for(question) == "thing" and bool(_NAMED.search(question)) and not _SEVERAL.search(question)


def gives(need: Need, claim: str, question: str, told: str | None = None) -> bool:
    """Whether the claim says something of the kind wanted that the question did not say itself.

    Of a quote only the numbers that were `told` count: "30 people" is no proof of a 2023.
    """
    new = set(stems(claim)) - set(stems(question)) - _names_in_full(claim, question)
    if need == "date":
        return any(fold(mention.text) not in fold(question) for mention in find_dates(claim, 0, len(claim), None))
    if need == "duration":
        counted = not _COUNTS_TIME.search(question) or numbers(claim) - numbers(question)
        return bool(new and counted and _LENGTH_OF_TIME.search(claim))
    if need == "number" and _SHARE.search(question):
        return bool(_SHARES.search(claim))
    if need == "number":
        return bool(numbers(claim) - numbers(question)) and _counts(claim, question, told or claim)
    return need == "yes_no" or bool(new)


def beside(claim: str, question: str) -> bool:
    """Whether a whole sentence has no word of its question, and so answers another.

    Not so of a reason or a manner, told in words of their own. Of some hundred sentences shown for 206 questions two
    were such, both wrong; without them the next best finding was shown, which was right for both.
    """
    said, asked = content_words(claim), stems(question)
    whole = len(said) >= WHOLE and any(
        word.endswith("ed") or irregular(fold(word)) for word in said
    )  # no list of names
    return whole and not _OWN_WORDS.search(question) and not any(names_it(word, asked) for word in said)


def _names_in_full(claim: str, question: str) -> set[str]:
    """The stems of names that a "who" has said in short: who was there before Otieno is not "Jane Otieno"."""
    if not _WHO.match(question):
        return set()
    asked = {stem(name) for name in names(question)}
    full = [stems(found.group()) for found in _FULL_NAME.finditer(claim)]
    return {word for name in full if name and name[-1] in asked for word in name}


def lacking_dates(question: str, quotes: Sequence[str], published: date | None) -> str | None:
    """The first date that the question names and neither the quotes, dates written out, nor the article's day meet.

    A month or year asked for is met by an article of that time; a "this week", which stands resolved in brackets, by
    one of the days around it. A day must be told.
    """
    have = {stem(word) for quote in quotes for word in words(quote)}
    for mention in find_dates(question, 0, len(question), None):
        if not mention.first or not mention.last or all(stem(word) in have for word in content_words(mention.text)):
            continue
        resolved = question[: mention.start].endswith("(")
        slack = timedelta(days=AROUND_DAYS if resolved else 0)
        a_day = mention.first == mention.last and not resolved
        if a_day or not published or not mention.first - slack <= published <= mention.last + slack:
            return mention.text
    return None


def _counts(claim: str, question: str, told: str) -> bool:
    """Whether a number of the claim that is told stands by the noun that "how many" asks for, where it asks for one."""
    asked = _HOW_MANY.search(question)
    if asked is None or fold(asked[1]) in FUNCTION_WORDS:  # "how much did it cost" names nothing to count
        return True
    said = [stem(word) for word in words(claim)]
    counts = [numbers(word) for word in words(told) if numbers(word)]
    near = (said[at + 1 : at + 1 + COUNTED_WITHIN] for at, word in enumerate(words(claim)) if numbers(word) in counts)
    nouns = [word for word in asked.groups() if word and fold(word) not in FUNCTION_WORDS]
    return any(not following or any(names_it(noun, following) for noun in nouns) for following in near)


def parts(question: str) -> list[str]:
    """The questions asked in one, each with the name and noun that the later ones leave to the first.

    "Who greeted Raisi, and on which day did he leave?" is two, the second with Raisi in it.
    """
    first, *rest = _AND_ASKS.split(question)
    if any(_AND_ASKS.search(phrase) for phrase in quotations(question)):
        return [question]
    if not rest or not _ASKS.search(first) or len(first.split()) < SHORTEST_PART:
        return [question]
    whom = _PERSON.search(first)
    noun = _WHICH.search(first)
    found = [first.strip(" ,;?") + "?"]
    for piece in rest:
        if noun:
            piece = re.sub(
                r"\b(which|what)(?=\s+(?:did|do|does|was|were|is|are|has|have|had)\b)",
                rf"\1 {noun[1]}",
                piece,
            )
        if whom:
            piece = re.sub(r"\b(?:he|she)\b", whom[1], piece, count=1)
        found.append(piece[:1].upper() + piece[1:].strip(" ,;?") + "?")
    return found
