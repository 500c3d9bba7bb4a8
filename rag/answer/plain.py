"""A question put politely, asked plainly: "Could you tell me who met Raisi?" is no yes-or-no question."""

from __future__ import annotations

import re

_PAPERS = (
    r"(?:the|these|those|your|any|any of the) (?:\w+ )?(?:articles?|archive|texts?|reports?|papers?|stor(?:y|ies))"
)
_ME = r"(?: (?:me|us))?"
_POLITE = re.compile(
    r"^[^\w\"“‘']*(?:(?:hi|hello|hey|please|so|ok|okay|well|now|sorry|excuse me|thanks|thank you)\b[\s,.!]*)*"
    r"(?:(?:can|could|would|will|might) (?:you|u) (?:(?:please|kindly|possibly|perhaps|maybe) )*"
    rf"(?:tell|say|show|remind|inform|let|explain to|find out|look up|check|see){_ME}(?: know)?"
    r"|(?:do|would) you (?:(?:happen to|by any chance|perhaps|maybe) )?(?:know|recall|remember)|(?:may|can|could) I ask"
    r"|I(?:['’]d| would| do)? (?:(?:really|just) )?(?:like|love|want|need|wish)(?: to)? (?:know|find out|learn|see|ask)"
    r"|I(?:['’]d| would) be (?:grateful|glad|interested) to (?:know|learn|hear)"
    r"|I(?:['’]m| am) (?:trying to (?:find out|work out|learn|see)|wondering|curious)"
    rf"|I (?:was )?wonder(?:ing)?(?: if you (?:(?:could|can|would|might) (?:tell|say){_ME}|know))?"
    r"|(?:do you have |have you )?any (?:idea|clue|word)(?: of| on| about)?"
    rf"|(?:tell|show|remind|inform){_ME}|let (?:me|us) know|please (?:say|check|explain)"
    rf"|(?:do|does|did) {_PAPERS} (?:say|tell|mention|report|state|show){_ME})"
    r"(?: please)?[\s,:–—-]+"
    r"(?=(?:who|whom|whose|what|when|where|why|how|which|whether|if"
    r"|(?:in|on|at|to|with|from|by|for|of|since|until) (?:who|whom|whose|what|which|where)"
    r"|the (?:exact |full |very )?(?:dates?|days?|years?|names?|numbers?|amounts?|places?|city|cities|country|countries"
    r"|titles?|reasons?|price|cost|sum|value))\b)",
    re.I,
)
_TO_DO = re.compile(
    r"^[^\w\"“‘']*(?:please )?(?:can|could|would|will) (?:you|u) (?:(?:please|kindly) )*"
    r"(?=(?:list|name|give|quote|identify|describe|explain)\b)",
    re.I,
)
# "List the fields in which they agreed": which fields.
_LISTING = re.compile(
    r"^[^\w\"“‘']*(?i:(?:please )?(?:list|name|give|identify|enumerate)(?: (?:me|us))? (?:all )?(?:of )?the "
    r"(?:(?:full |exact )?names? of (?:all )?(?:the )?)?)"
    r"(?!(?:names? of )?(?:exact |full |the )*(?:dates?|numbers?|amounts?|reasons?|same|those|people)\b)"
    r"(?P<what>[a-z][\w’'-]*(?: [\w’'-]+){0,2}?)"
    r"(?: (?P<place>in|on|at|to|from|with|for|by|of) (?:which|whom)\b| (?:who|that|which)\b|(?<=[^s]s)(?= [A-Z]))"
    r"\s+(?P<rest>\S.*)$"
)
_THANKS = re.compile(
    r"(?:\s*(?<![,;–—])[,;–—]\s*(?:please|thanks|thank you|thx|pls)(?: (?:a lot|so much|very much))?"
    r"|(?<=[a-z\d]) (?:please|pls|thx))[\s.?!]*$"
)
_SECOND_SENTENCE = re.compile(r"[.?!][\s\"”’']+\S")
_SEVERAL = re.compile(r"the (?:\w+ )?\w*[^s]s\b", re.I)


def plain(question: str) -> str:
    """The question without its polite or indirect beginning, a question of its own again; as it is without one, and
    where there is a second sentence.

    "I'd like to know when Raisi left." becomes "When Raisi left?", "Tell me the date of it" "What is the date of it?",
    "List the towns he saw" "Which towns he saw?".
    """
    if _SECOND_SENTENCE.search(question):
        return question
    small = question == question.lower()  # its names are still to be found
    question = _THANKS.sub("?", question)
    if order := _TO_DO.match(question):
        question = _begun(question[order.end() :].rstrip("?"), small)
    if listing := _LISTING.match(question):
        place = f"{listing['place']} " if listing["place"] else ""
        return _begun(f"{place}which {listing['what']} {listing['rest'].rstrip(' .?!')}?", small)
    polite = _POLITE.match(question)
    return _begun(_direct(question[polite.end() :].rstrip(" .?!")) + "?", small) if polite else question


def _direct(asked: str) -> str:
    """An indirect question as a direct one, but for the order of its words."""
    first, _, rest = asked.partition(" ")
    if first.lower() == "the":
        return f"what {'are' if _SEVERAL.match(asked) else 'is'} {asked}"
    return f"whether {rest}" if first.lower() == "if" else asked


def _begun(text: str, small: bool) -> str:
    return text if small else text[:1].upper() + text[1:]
