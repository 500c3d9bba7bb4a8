"""The press calls governments by their capitals: Moscow wants what Russia wants, but stands where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence

from rag.schema import Article
from rag.words import FUNCTION_WORDS, content_words, fold, names_it, stem, stems

# Those of which papers speak so, without those that are as often persons or towns elsewhere (Wellington, Victoria).
_STATES = dict(
    pair.replace("_", " ").split("/")
    for pair in """Moscow/Russia Kyiv/Ukraine Kiev/Ukraine Minsk/Belarus Warsaw/Poland Prague/the_Czech_Republic
    Budapest/Hungary Bucharest/Romania Belgrade/Serbia Athens/Greece Ankara/Turkey Rome/Italy Paris/France
    London/the_United_Kingdom Berlin/Germany Madrid/Spain Lisbon/Portugal Vienna/Austria Copenhagen/Denmark Oslo/Norway
    Stockholm/Sweden Helsinki/Finland Tallinn/Estonia Riga/Latvia Vilnius/Lithuania Dublin/Ireland Tbilisi/Georgia
    Yerevan/Armenia Baku/Azerbaijan Tehran/Iran Baghdad/Iraq Damascus/Syria Riyadh/Saudi_Arabia Doha/Qatar Cairo/Egypt
    Algiers/Algeria Rabat/Morocco Khartoum/Sudan Addis_Ababa/Ethiopia Nairobi/Kenya Kampala/Uganda Kigali/Rwanda
    Abuja/Nigeria Accra/Ghana Pretoria/South_Africa Harare/Zimbabwe Islamabad/Pakistan New_Delhi/India Delhi/India
    Dhaka/Bangladesh Kathmandu/Nepal Kabul/Afghanistan Tashkent/Uzbekistan Astana/Kazakhstan Beijing/China Taipei/Taiwan
    Tokyo/Japan Seoul/South_Korea Pyongyang/North_Korea Hanoi/Vietnam Bangkok/Thailand Jakarta/Indonesia
    Manila/the_Philippines Canberra/Australia Ottawa/Canada Washington/the_United_States Havana/Cuba Caracas/Venezuela
    Managua/Nicaragua Bogotá/Colombia Bogota/Colombia Quito/Ecuador Brasília/Brazil Brasilia/Brazil
    Buenos_Aires/Argentina""".split()
)
_LISTED = "|".join(sorted(_STATES, key=len, reverse=True))
_OTHERS = r"(?:[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)?(?:,\s+|,?\s+and\s+))*"
_CAPITAL = re.compile(rf"(?<![\w–/-])(?:{_LISTED})(?![\w–/-])(?!\s+[A-Z])(?!,\s+(?:D\.C\.|Texas|Ontario))")
# What governments do and cities seldom: Tokyo reports cases, Paris bans scooters, Madrid beats Barcelona.
_ACTS = (
    r"(?:agree[sd]?|accept(?:s|ed)?|accus(?:e[sd]?|ing)|acknowledge[sd]?|admit(?:s|ted)?|allege[sd]?|argue[sd]?"
    r"|ask(?:s|ed)?|back(?:s|ed)?|believe[sd]?|blame[sd]?|call(?:s|ed)?|claim(?:s|ed)?|condemn(?:s|ed)?|consider(?:s|ed)?"
    r"|critici[sz]e[sd]?|define[sd]?|demand(?:s|ed)?|den(?:y|ies|ied)|deploy(?:s|ed)?|describe[sd]?|expel(?:s|led)?"
    r"|fear(?:s|ed)?|grant(?:s|ed)?|hope[sd]?|insist(?:s|ed)?|intend(?:s|ed)?|join(?:s|ed)?|licen[cs]e[sd]?|maintain(?:s|ed)?"
    r"|mean(?:s|t)?|negotiate[sd]?|object(?:s|ed)?|ow(?:e[sd]?|n(?:s|ed)? up)|pledge[sd]?|promise[sd]?|propose[sd]?"
    r"|protest(?:s|ed)?|recall(?:s|ed)?|recogni[sz]e[sd]?|refuse[sd]?|regard(?:s|ed)?|reject(?:s|ed)?|respond(?:s|ed)?"
    r"|retaliate[sd]?|sanction(?:s|ed)|sa(?:y|ys|id)|se(?:ek|eks|nd|nds|nt)|sought|ship(?:s|ped)?|sign(?:s|ed)?|suppl(?:y|ies|ied)"
    r"|support(?:s|ed)?|suspect(?:s|ed)?|summon(?:s|ed)?|tell(?:s)?|told|threaten(?:s|ed)?|urge[sd]?|use"
    r"|vow(?:s|ed)?|want(?:s|ed)?|warn(?:s|ed)?|withdr(?:aw|aws|ew))\b"
)
_IS = r"(?:one of|an? (?:ally|partner|member)|allies|partners|members|party to|behind|ready|willing|prepared)\b"
_ADVERBS = (
    r"(?:(?:has|have|had|would|will|may|could|should|must|is|are|was|were|also|both|ever|not|since|already|still|now"
    r"|again|later|then|long|once|\w+n['’]t|\w+ly)\s+)*"
)
_OWNS = (
    r"['’]s?\s+(?:\w+\s+){0,3}?(?:demands?|envoys?|ambassadors?|governments?|presidents?|ministers?|sanctions|all(?:y|ies)"
    r"|partners?|polic(?:y|ies)|position|stance|response|decisions?|support|relations|ties|influence|interests|forces"
    r"|army|military|troops|war|leaders?|leadership|proposals?|behalf|side|view|help|backing|diplomats?|diplomacy)\b"
)
_ACTING = re.compile(rf"(?:(?:,\s+|,?\s+and\s+)[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)?)*\s+{_ADVERBS}(?:{_ACTS}|{_IS})")
_OWNING = re.compile(_OWNS)
_DEALT_WITH = re.compile(
    r"\b(?:with|against|accus(?:e[sd]?|ing)|warn(?:s|ed|ing)?|urg(?:e[sd]?|ing)|blam(?:e[sd]?|ing)|sanctions on"
    r"|help(?:s|ed|ing)?|arm(?:s|ed|ing)?|(?:ties|talks|relations|deals?|agreements?|pacts?|war|disputes?|tensions?|cooperation|partnership"
    r"|treaty|alliance|friendship) (?:\w+ )?between"
    r"|(?:send(?:s|ing)?|sent|suppl\w+|gave|give[sn]?|giving|s(?:ell|ells|old|elling)|provid\w+|export\w*|offer\w*"
    r"|deliver\w*|ship\w*|lend|lent|aid|loans?|arms|weapons|oil|fuel|drones) (?:[\w’'.-]+ ){0,4}to)\s+$",
    re.I,
)
_PLACED = re.compile(r"\b(?:in|at|near|from|outside|inside|around|of|the|an?)\s+$", re.I)
_BEFORE_IN_LIST = re.compile(rf"{_OTHERS}$")
_FIRST_NAME = re.compile(r"(?<!\w)([A-Z][\w’'-]*|[A-Z]\.)\s+$")  # George Washington
_NO_FIRST_NAME = FUNCTION_WORDS | frozenset(
    "monday tuesday wednesday thursday friday saturday sunday meanwhile however yesterday today".split()
)
_QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")
_OF_MANY_NAMES = {
    "the United States": r"United States|U\.S\.|\bUS\b|American",
    "the United Kingdom": r"United Kingdom|\bUK\b|Brit(?:ain|ish)",
}


def as_states(question: str, articles: Iterable[Article]) -> str:
    """The question with a capital that acts as a government, or is dealt with as one, called by the name of its state,
    where these articles speak more of the state: "Did Moscow agree?" asks of Russia."""
    meant = list(governments(question))
    texts = [article.text for article in articles] if meant else []
    for one in reversed(meant):
        state = _STATES[one.group()]
        of_state = _OF_MANY_NAMES.get(state) or rf"\b{_name_of(state)}"
        if _count(of_state, texts) > _count(rf"\b{one.group()}\b", texts):
            question = _put(state, one, question)
    return question


def in_words_of(said: str, text: str) -> str:
    """The text with a government's capital called by the name of its state where `said` has that name and not the
    capital's."""
    ours = stems(said)
    for one in reversed(list(governments(text))):
        state = _STATES[one.group()]
        if _named(state, ours) and not _named(one.group(), ours):
            text = _put(state, one, text)
    return text


def perhaps_the_same(missing: Collection[str], question: str, quotes: Sequence[str]) -> bool:
    """Whether a name of the question that the quotes lack is perhaps in them: a government's capital by its state, or
    a state by its capital."""
    have, lacked = stems(" ".join(quotes)), {stem(word) for word in missing}
    acting = any(_named(one.group(), lacked) and _named(_STATES[one.group()], have) for one in governments(question))
    return acting or any(_named(state, lacked) and _named(capital, have) for capital, state in _STATES.items())


def governments(text: str) -> Iterator[re.Match[str]]:
    """The capitals of a text that stand for governments there: not "in Moscow", "Moscow police", "Washington Post"."""
    quoted = [found.span() for found in _QUOTATION.finditer(text)]
    for found in _CAPITAL.finditer(text):
        if any(start <= found.start() < end for start, end in quoted):
            continue
        before = _BEFORE_IN_LIST.sub("", text[: found.start()])
        first_name = _FIRST_NAME.search(before) if found.group() == "Washington" else None
        if first_name and fold(first_name[1]) not in _NO_FIRST_NAME:
            continue
        acting = _ACTING.match(text, found.end()) and not _PLACED.search(text[: found.start()])
        if acting or _OWNING.match(text, found.end()) or _DEALT_WITH.search(before):
            yield found


def _put(state: str, capital: re.Match[str], text: str) -> str:
    behind = text[capital.end() :]
    return text[: capital.start()] + state + (re.sub(r"^(['’])s\b", r"\1", behind) if state.endswith("s") else behind)


def _named(name: str, have: Collection[str]) -> bool:
    return all(names_it(word, have) for word in content_words(name))


def _name_of(state: str) -> str:
    return state.removeprefix("the ")


def _count(pattern: str, texts: Iterable[str]) -> int:
    return sum(len(re.findall(pattern, text)) for text in texts)
