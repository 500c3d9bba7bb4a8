"""Few shapes of question that a sentence can be turned into, each of which gives plain English: when somebody did a
thing, how many were counted, who said a sentence, who it is that a headline tells of.

A sentence that fits no shape exactly gives no question: many are passed over for each that is taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePath

from eval.proposal import Proposal
from rag.examples import CALENDAR, FULL_NAME, PLACE
from rag.ingest.spoken import spoken_day
from rag.schema import Article, DateMention, Sentence
from rag.words import FUNCTION_WORDS, fold, words

SHORTEST_QUOTE, LONGEST_QUOTE = 6, 25  # words: fewer are said by many, more make no question
LONGEST_SENTENCE = 60  # words; what is longer is mostly a list
LONGEST_HEADLINE = 14  # words
# What was done, and how it is asked for.
ASKED = dict(
    pair.split("/")
    for pair in """acquired/acquire addressed/address adopted/adopt announced/announce appointed/appoint
    approved/approve arrested/arrest arrived/arrive attacked/attack banned/ban began/begin bought/buy built/build
    cancelled/cancel captured/capture closed/close created/create crossed/cross declared/declare defeated/defeat
    delivered/deliver died/die donated/donate earned/earn elected/elect ended/end entered/enter exported/export
    filed/file fired/fire flew/fly founded/found gave/give granted/grant held/hold hosted/host imported/import
    imposed/impose injured/injure introduced/introduce invested/invest issued/issue joined/join killed/kill
    launched/launch left/leave lost/lose made/make met/meet moved/move named/name opened/open ordered/order paid/pay
    passed/pass produced/produce published/publish raised/raise reached/reach received/receive rejected/reject
    released/release replaced/replace resigned/resign retired/retire returned/return scored/score sent/send
    shipped/ship signed/sign sold/sell spent/spend started/start struck/strike sued/sue took/take traveled/travel
    travelled/travel unveiled/unveil visited/visit won/win""".split()
)
_DONE_TO = (
    "acquired|arrested|assassinated|attacked|banned|born|built|convicted|created|elected|founded|impeached|indicted|"
    "killed|named|published|re-elected|released|rescued|sentenced|shot|sold|sworn in|opened|launched|signed"
)
_HURT = "killed|injured|arrested|wounded|evacuated|rescued|displaced|detained|hurt|trapped|infected|stranded|laid off"
_TELLS = "arrives|visits|meets|wins|resigns|dies|signs|announces|launches|returns|heads|travels|calls|urges|warns|vows"
_ROLE = (
    "President|Minister|Senator|Sen\\.|Gov\\.|Governor|Mayor|Rep\\.|Mr\\.?|Mrs\\.?|Ms\\.?|Dr\\.?|Prof\\.|Secretary|"
    "Director|Judge|King|Queen|Prince|Princess|Pope|Leader|leader|actor|actress|singer|coach|spokesman|spokeswoman"
)
_ALONE = ("died", "resigned", "retired")  # verbs that are whole without an object
_BREAKS_OFF = FUNCTION_WORDS | {"around", "early", "late", "first", "nearly"}
_NO_FIRST_NAME = frozenset(
    "Mr Mrs Ms Dr Prof President Minister Senator Sen Rep Gov Governor Duchess Duke King Queen Prince Princess Pope "
    "Coach Judge Justice Sir Lady Lord Captain General Sheriff Chief Director".split()
)
_VAGUE = re.compile(
    r"\b(?:it|its|he|him|his|she|her|they|them|their|this|that|these|those|which|who|whose|what|last|next|"
    r"ago|today|yesterday|tomorrow|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b",
    re.I,
)
"""What a reader of the question alone would not understand."""
_NAME = rf"{CALENDAR}[A-Z][\w&’'-]*(?<![’']s)"
_SUBJECT = rf"(?P<who>(?:[Tt]he )?{_NAME}(?: {_NAME}){{0,4}})"
_REST = r"(?P<rest>(?: (?!(?:and|but|or)\b)[^\s,.;:“”\"()—–-]+){0,9}?)"
_PASSIVE = re.compile(rf"{_SUBJECT} (?P<was>was|were) (?P<did>(?:{_DONE_TO}){_REST})(?: on| in| at)?")
_ACTIVE = re.compile(rf"{_SUBJECT} (?P<did>{'|'.join(ASKED)}){_REST}(?: on| in| at)?")
_BEFORE_IT = re.compile(r"(?:On |In |At )?")
_STOPS = r"(?:[,;](?!\d)|(?<!\b[A-Z])\.(?=\s|$)|$)"
_PREPOSITION = re.compile(r"(?:\b(?:of|aboard|on|in|at|by|with|from|for|to|or)|(?<!,) and) $")
_REACHES_TO_IT = re.compile(r"\b(?:since|until|till|from|to|by|before|after|through|than|of|for) $", re.I)
_AFTER_IT = re.compile(rf"\s*{_STOPS}")
_GOES_ON = r" (?:after|along|amid|and|as|because|but|during|following|since|when|where|while)\b"
_CLAUSE_ENDS = re.compile(rf"\s*{_STOPS}|{_GOES_ON}| for\b| to (?!the\b|an?\b)[a-z]")
_SAYS = "said|says|added|told reporters|wrote|tweeted"
_QUOTE = r"[“\"](?P<quote>[^“”\"()\[\]]+?)[,.]?[”\"],?"
_SAID = (
    re.compile(rf"{_QUOTE} (?:{_SAYS}) (?P<who>{FULL_NAME})\b(?! [A-Z])"),
    re.compile(rf"{_QUOTE} (?P<who>{FULL_NAME}|{CALENDAR}[A-Z][^\W\d_]{{2,}}) (?:{_SAYS})\b"),
)
_DIGITS = r"(?:\d+(?:[.,]\d+)*)(?: (?:hundred|thousand|million|billion|trillion))?"
_WORDS = r"(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: (?:hundred|thousand|million|billion))?"
_SOME = r"(?i:(?:about|around|nearly|almost|roughly|approximately|more than|at least|up to|over|some) )?"
_NUMBER = rf"{_SOME}(?P<number>{_DIGITS}|(?i:{_WORDS}))"
_NOUN = r"(?P<noun>(?:[a-z]+ )?(?:people|men|women|children|[a-z]{3,}[^s\W]s)(?: of [a-z]+)?)"
_COUNT = re.compile(rf"{_SUBJECT} (?P<did>{'|'.join(ASKED)}) {_NUMBER} {_NOUN}{_REST}(?={_STOPS}|{_GOES_ON})")
_MONEY = re.compile(
    rf"{_SUBJECT} (?P<did>paid|spent|donated|raised|lost|earned|invested) "
    rf"{_SOME}(?P<number>[$€£]{_DIGITS}){_REST}(?={_STOPS}|{_GOES_ON})"
)
_WERE = re.compile(rf"(?:^|[,;] |\b(?:and|that|said) ){_NUMBER} {_NOUN} (?P<did>were (?:{_HURT})){_REST}(?={_STOPS})")
_HEADLINE = re.compile(rf"(?P<who>(?:{CALENDAR}[A-Z][^\W\d_]+ ?){{1,3}}) (?P<rest>(?:{_TELLS}) .+)")
_LAST_PLACE = re.compile(rf".*\b(?:to|from|in|for|at|near) (?P<place>{PLACE})")


def day_spellings(mention: DateMention) -> tuple[str, ...]:
    """How an answer may tell its days: of a day, a month or a year; none for what lies otherwise."""
    first, last = mention.first, mention.last
    if first is None or last is None:
        return ()
    if first == last:
        return spoken_day(first), first.isoformat(), f"{first:%B} {first.day}, {first.year}"
    if (first.year, first.month, first.day) == (last.year, last.month, 1) and (last - first).days >= 27:
        return f"{first:%B %Y}", f"{first:%Y-%m}"
    if first.year == last.year and (last - first).days >= 364:
        return (str(first.year),)
    return ()


def whens(article: Article) -> Iterator[Proposal]:
    """Of a sentence with a single time in it that is a day, a month or a year, and past."""
    for sentence, said in _sentences(article):
        if len(sentence.dates) != 1 or sentence.dates[0].kind != "past":
            continue
        mention = sentence.dates[0]
        answers = day_spellings(mention)
        question = _when(said, mention.start - sentence.start, mention.end - sentence.start) if answers else None
        if question and _is_named(question, article):
            yield Proposal("when", question, answers, _file(article), said, _place(question))


def _when(said: str, start: int, end: int) -> str | None:
    """Asked of a sentence that is: who did what, and right behind it or before it the time, at [start:end]."""
    if _REACHES_TO_IT.search(said[:start]):  # since 2001
        return None
    if _BEFORE_IT.fullmatch(said[:start]):  # On Tuesday, Ana Ruiz opened the bridge.
        clause, ends = said[end:].removeprefix(",").lstrip(), _CLAUSE_ENDS
    elif _AFTER_IT.match(said[end:]):  # Ana Ruiz opened the bridge on Tuesday.
        clause, ends = said[:start].rstrip(), re.compile("$")
    else:
        return None
    for pattern, asked in ((_PASSIVE, "When {was} {who} {did}?"), (_ACTIVE, "When did {who} {did}{rest}?")):
        match = next((m for m in _growing(pattern, clause) if ends.match(clause[m.end() :])), None)
        if match is None or _VAGUE.search(match[0]) or fold(match["who"]) in FUNCTION_WORDS:
            continue
        parts = match.groupdict() | {"who": _inside(match["who"]), "did": ASKED.get(match["did"], match["did"])}
        if pattern is _PASSIVE or match["did"] in _ALONE or _tells_enough(parts["rest"]):
            return asked.format(**parts)
    return None


def speakers(article: Article) -> Iterator[Proposal]:
    for _, said in _sentences(article):
        for match in (match for pattern in _SAID for match in pattern.finditer(said)):
            quote = match["quote"].strip()
            whole = SHORTEST_QUOTE <= len(quote.split()) <= LONGEST_QUOTE and quote[0].isupper() and quote[-1].isalnum()
            if whole and fold(match["who"]) not in FUNCTION_WORDS:
                names = _names(match["who"], article)
                yield Proposal("who", f"Who said “{quote}”?", names, _file(article), said)


def counts(article: Article) -> Iterator[Proposal]:
    for _, said in _sentences(article):
        for pattern, asked in (
            (_COUNT, "How many {noun} did {who} {did}{rest}?"),
            (_MONEY, "How much did {who} {did}{rest}?"),
            (_WERE, "How many {noun} {did}{rest}?"),
        ):
            match = pattern.search(said)
            if match is None or _VAGUE.search(match[0]) or _PREPOSITION.search(said[: match.start()]):
                continue  # who acts is not the station of "aboard the station"
            parts = match.groupdict()
            who = _inside(parts.get("who") or "")
            question = asked.format(**parts | {"who": who, "did": ASKED.get(parts["did"], parts["did"])})
            if _tells_enough(match["rest"]) and _names_something(question) and _is_named(question, article):
                yield Proposal("how_many", question, (parts["number"],), _file(article), said, _place(question))


def headlines(article: Article) -> Iterator[Proposal]:
    """Who arrives in Havana? Of a headline whose first words the story uses as somebody's name."""
    title = article.title.split(" | ")[0].strip(" .")
    match = _HEADLINE.fullmatch(title)
    if match is None or len(title.split()) > LONGEST_HEADLINE or re.search(r"[:;“”\"'’?!…]|\.\.", article.title):
        return
    who, surname = match["who"].strip(), match["who"].split()[-1]
    named = re.compile(rf"\b(?:{_ROLE}) (?:[A-Z]\S+ ){{0,3}}{re.escape(surname)}\b")
    for _, said in _sentences(article):
        if named.search(said):
            yield Proposal("who", f"Who {match['rest']}?", _names(who, article), _file(article), said)
            return


def _growing(pattern: re.Pattern[str], clause: str) -> Iterator[re.Match[str]]:
    """The matches at the beginning of a clause, the shortest first."""
    for end in (space.start() for space in re.finditer(r"(?=[\s,.;]|$)", clause)):
        match = pattern.fullmatch(clause, 0, end)
        if match:
            yield match


def _names(who: str, article: Article) -> tuple[str, ...]:
    """The name in full, where the article gives it, as it was found, and its last word."""
    surname = who.split()[-1]
    firsts = re.findall(rf"({CALENDAR}[A-Z][^\W\d_]+) {re.escape(surname)}\b", article.text) if who == surname else []
    alone = {first for first in firsts if first not in _NO_FIRST_NAME and fold(first) not in FUNCTION_WORDS}
    full = f"{alone.pop()} {surname}" if len(alone) == 1 else who
    return tuple(dict.fromkeys([full, who, surname]))


def _inside(who: str) -> str:
    """A name as it stands inside a sentence."""
    return re.sub(r"^(?:The|Former)\b", lambda first: first[0].lower(), who)


def _is_named(question: str, article: Article) -> bool:
    """Whether the first name in it is one inside a sentence too, and no word that merely begins one: "Hackers"."""
    first = next((word for word in words(question)[1:] if word[0].isupper()), None)
    return first is None or bool(re.search(rf"(?:[a-z,’'\d-]|[a-z]\.) {re.escape(first)}\b", article.text))


def _place(question: str) -> str | None:
    match = _LAST_PLACE.match(question)
    return match["place"] if match else None


def _tells_enough(rest: str) -> bool:
    """Not of "signed a deal": of which, nobody could say. Nor of what breaks off: "left the Philippines around"."""
    told = rest.split()
    if not told or told[-1].casefold() in _BREAKS_OFF or told[-1].endswith("ing"):
        return False
    return len(told) > 2 or any(word[0].isupper() or word[0].isdigit() for word in told)


def _names_something(question: str) -> bool:
    return any(word[0].isupper() for word in question.split()[1:])


def _sentences(article: Article) -> Iterator[tuple[Sentence, str]]:
    for sentence in article.sentences:
        said = article.text[sentence.start : sentence.end]
        if len(said.split()) <= LONGEST_SENTENCE:
            yield sentence, said


def _file(article: Article) -> str:
    return PurePath(article.path).name
