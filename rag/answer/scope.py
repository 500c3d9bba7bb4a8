"""What Dateline does not do, told before any model reads: other languages, summaries, counts of articles."""

from __future__ import annotations

import re
import unicodedata

from rag.errors import UsageError
from rag.words import FUNCTION_WORDS, fold, words

LONGEST_QUESTION = 2000  # characters
OTHER_LANGUAGE = (
    "Dateline reads English articles and answers questions asked in English; please ask this one in English."
)
WHOLE_ARCHIVE = (
    "Dateline answers from the few sentences that prove the answer and cannot sum up the whole archive; "
    "please ask about one event, person, place or figure."
)
COUNTING = (
    "Dateline answers from the few sentences that prove the answer and cannot count or list articles; "
    "the passages nearest to the question are shown instead."
)

# Words that build sentences in other languages of the Latin alphabet, folded. Left out is what is English too
# or stands in names: la, el, de, le, von, van, der, che, sao, die, comment, war, mit.
_FOREIGN = frozenset(
    # Spanish, Portuguese, Italian
    """que quien quienes cuando donde cual cuales cuanto cuantos cuanta cuantas por fue fueron hizo dijo segun
    tiene tienen pero tambien visito llego quando onde quem qual quais quantos quantas porque foi foram disse
    nao pelo pela perche quale quali quanto quanti della delle degli nella stato stata anche gli
    """  # French, Dutch
    """quand quel quelle quels quelles qui qu quoi pourquoi combien sont dans avec etait cette selon
    wanneer waar waarom welke hoeveel het een niet voor naar zijn werd heeft
    """  # German, Danish, Norwegian, Swedish
    """wann wer warum welche welcher welches wieviel wieviele sind und nicht eine einen einem einer wurde
    wurden haben auf nach zum zur sagte besuchte hva hvad hvem hvor hvornar hvordan hvorfor vem vad varfor och
    inte ikke
    """  # Polish, Czech, Turkish, Indonesian, Romanian
    """kto kiedy gdzie dlaczego ile kdy jsou zaman nerede neden nasil kac kapan siapa dimana mengapa bagaimana
    berapa cand""".split()
)
_SHORT = 2  # letters: English words as short as this (a, in, no, me, on) are words of other languages as well
_ACCENTED = 3  # accented words from which a question without any English one is not just names

_POLITE = r"^\W*(?:(?:please|kindly|can you|could you|would you|will you|i want|i need|i would like)\W+)*"
_PAPERS = r"(?:(?:news )?(?:articles|stories)|documents|files|texts|news|archive|corpus|collection|library|folder)"
_THE = r"(?:(?:the|these|those|your|my|this|today's|of) )*"
_EVERYTHING = (
    rf"(?:(?:everything|it all|all|all of it|all of them)(?: in {_THE}{_PAPERS}| here| you have)?\W*$"
    rf"|{_THE}(?:(?:all|each|every|whole|entire|complete) )?{_THE}(?:{_PAPERS}\b|(?:thing|lot)\W*$))"
)
_SUMMARY = r"(?:(?:short|brief|quick|general|full|one-line) )?(?:summary|overview|digest|recap|outline)"
_WHOLE = re.compile(
    rf"{_POLITE}(?:"
    rf"(?:summari[sz]e|sum up|recap|outline|condense|digest|tl;?dr)(?: of| for me)? {_EVERYTHING}"
    rf"|(?:(?:give|write|make|provide|show|create|prepare)(?: me| us)? )?(?:(?:an?|the) )?{_SUMMARY} of"
    rf" {_EVERYTHING}"
    rf"|what (?:are|is) (?:all )?(?:the|these|those|your|this|my) {_PAPERS} about\W*$"
    rf"|what do (?:all )?(?:the|these|those|your|my) {_PAPERS} (?:say|contain|report|cover|discuss)\W*$"
    rf"|what(?: is|'s) in (?:all )?(?:the|these|those|your|this|my) {_PAPERS}\W*$"
    r"|(?:tell me everything|summari[sz]e|tl;?dr)\W*$)"
)
_ITEMS = r"(?:(?:news )?(?:articles|stories|items|reports)|documents|texts|files)"
_HERE = rf"(?:here|(?:in|of) {_THE}{_PAPERS})"
_TELL_OF = r"(?:(?:that|which) )?(?:mention|talk about|refer to|deal with|speak of|are about|discuss)\b"
_COUNTED = re.compile(
    rf"{_POLITE}(?:"
    rf"(?:how many|what number of|which|what) {_THE}{_ITEMS} (?:{_HERE} )?(?:{_TELL_OF}"
    rf"|do you (?:have|hold|know)|are there (?:{_HERE}|about)|are (?:there )?{_HERE}|are there\W*$)"
    r"|how many (?:news )?articles (?:about|on)\b"
    rf"|in (?:how many|which|what) {_THE}{_ITEMS} (?:is|are|was|were|do|does|did)\b.*"
    r" (?:mentioned|named|discussed|appear|come up)\b"
    r"|(?:count|list|show|give|name|enumerate|find)(?: me| us)?"
    r" (?:(?:(?:all|the|of) )*(?:news )?articles|(?:every|each) (?:news )?article)\b(?! of\b)"
    r"|which article (?:mentions|talks about|is about|discusses)\b"
    rf"|how (?:often|many times) .*\bmentioned(?: {_HERE})?\W*$)"
)


def check_question(question: str) -> str:
    """The question with its white space folded. Raises UsageError for one that cannot be looked up."""
    visible = "".join(
        char for char in question if unicodedata.category(char) != "Cf"
    )  # joiners and marks that pages hide
    folded = " ".join(visible.split())
    if not folded:
        raise UsageError("the question is empty; type one")
    if len(folded) > LONGEST_QUESTION:
        raise UsageError(f"the question has {len(folded):,} characters; {LONGEST_QUESTION:,} are the most")
    if not folded.isprintable():
        raise UsageError("the question holds characters that are no text; type it as plain words")
    return folded


def out_of_scope(question: str) -> str | None:
    """The sentence to say instead of an answer, or None for a question that may be read for."""
    if in_another_language(question):
        return OTHER_LANGUAGE
    asked = " ".join(fold(question).replace("’", "'").split())
    if _COUNTED.search(asked):
        return COUNTING
    return WHOLE_ARCHIVE if _WHOLE.search(asked) else None


def in_another_language(question: str) -> bool:
    """Whether a question is surely not English: in another script, or built of another language's words.

    Names come from every language and a terse question may hold nothing else: strangeness alone is no sign.
    """
    written = words(question)
    said = {fold(word) for word in written}
    english = len({word for word in said & FUNCTION_WORDS if len(word) > _SHORT} - {"was"})
    pieces = said | {piece for word in said for piece in re.split(r"['’]", word)}  # qu'a, l'Iran
    if "¿" in question or len(pieces & _FOREIGN) > english:
        return True
    letters = [c for c in question if c.isalpha()]
    of_other_scripts = sum("LATIN" not in unicodedata.name(c, "") for c in letters)
    accented = sum(not word.isascii() for word in written)
    strange = 2 * of_other_scripts > len(letters) or (accented >= _ACCENTED and 2 * accented > len(written))
    return strange and not english
