"""English words as retrieval and checking compare them: folded, stemmed, names told apart."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

# Words that say how a question or sentence is built, not what it is about.
FUNCTION_WORDS = frozenset(
    """a about after again against all along also am amid among an and any are as at be because been before being
    between both but by can could did do does doing done dr during each either else ever every few for from further
    get gets getting give given gives go goes going gone got had has have having he her here hers herself him
    himself his how i if in into is it its itself just know let like made make makes many may me might mine more
    most mr mrs ms much must my myself near neither no nor not now of off on once one only onto or other our out
    over own per please s said same say saying says shall she should so some such t take taken takes tell than that
    the their theirs them themselves then there these they thing things this those through thus till to told too
    took toward towards under until up upon us use used very via was way we well went were what when where whether
    which while who whom whose why will with within without would yes yet you your""".split()
)
HOME = "US"  # no "us"; of a question or a claim it is not asked for, as the country's own papers seldom say it
# Past forms that no stemmer brings back to the verb.
_IRREGULAR = dict(
    pair.split("/")
    for pair in """met/meet sent/send flew/fly flown/fly spoke/speak spoken/speak held/hold won/win lost/lose
    beaten/beat bitten/bite bought/buy brought/bring caught/catch built/build began/begin begun/begin broke/break
    broken/break chose/choose chosen/choose
    fell/fall fallen/fall felt/feel found/find fought/fight grew/grow grown/grow kept/keep knew/know known/know
    led/lead left/leave lent/lend meant/mean paid/pay ran/run rose/rise risen/rise sank/sink saw/see seen/see
    sold/sell spent/spend stood/stand stole/steal stolen/steal struck/strike swore/swear taught/teach thought/think
    threw/throw thrown/throw understood/understand woke/wake wore/wear wrote/write written/write died/die dying/die
    shot/shoot sought/seek laid/lay heard/hear drew/draw drawn/draw drove/drive driven/drive""".split()
)
_IN_SHORT = {"united states": "u.s.", "united states of america": "u.s.", "united kingdom": "uk"}
# A country and its people, where neither word begins the other as Russia begins Russian; the stem of "U.S." is u.
_NATIONS = """american u usa/british britain uk/belgian belgium/burmese burma myanmar/chinese china/cypriot cyprus
danish denmark/dutch netherlands holland/english england/filipino philippine philippines/finnish finland
french france/greek greece/irish ireland/lebanese lebanon/maltese malta/mexican mexico/norwegian norway/polish poland
scottish scotland/spanish spain spaniard/swedish sweden/swiss switzerland/turkish turkey/welsh wales"""
# What may follow the four letters of a name: Peru is in Peruvian.
_ENDINGS = ("", *"n an ian vian ean i ish ese es les s er ic al".split())
_LETTERS = r"[^\W\d_]+(?:[\u0300-\u036f]+[^\W\d_]+)*[\u0300-\u036f]*"  # an accent may be a character of its own
# One name, as U.S. and UK are.
UNITED = r"(?:United|UNITED)\s+(?:(?:States|STATES)(?:\s+(?:of|OF)\s+(?:America|AMERICA))?|(?:Kingdom|KINGDOM))(?!\w)"
WORD = re.compile(rf"\d+(?:[.,]\d+)*|{UNITED}(?:['’]s?(?!\w))?|{_LETTERS}(?:['’.]{_LETTERS})*")
_MEASURED = re.compile("[aeiouy][^aeiouy]")  # what Porter's rules want before an ending
_POSSESSIVE = re.compile(r"['’]s?$", re.I)


def fold(text: str) -> str:
    """Lower case without accents: Díaz becomes diaz."""
    folded = text.casefold()
    if folded.isascii():  # most words are, and ranking folds thousands for a question
        return folded
    return "".join(c for c in unicodedata.normalize("NFKD", folded) if not unicodedata.combining(c))


def words(text: str) -> list[str]:
    """The words and numbers of a text as written, possessive endings off; `re-elected` gives two."""
    return [_POSSESSIVE.sub("", word) if "'" in word or "’" in word else word for word in WORD.findall(text)]


def content_words(text: str) -> list[str]:
    """The words that say what a text is about, as written, in order."""
    return [word for word in words(text) if word == HOME or fold(word) not in FUNCTION_WORDS]


def irregular(word: str) -> bool:
    """Whether a folded word is an irregular verb, in the past or not."""
    return word in _IRREGULAR or word in _IRREGULAR.values()


def past_verb(word: str) -> bool:
    """Whether a word looks like a verb in the past: "visited", "flew"."""
    return word.endswith("ed") or fold(word) in _IRREGULAR


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """Porter's stem of the folded word, but "met" stems as "meet"."""
    folded = fold(word)
    if folded.startswith("united"):
        folded = " ".join(folded.split())
    folded = _IN_SHORT.get(folded, folded).replace(".", "")
    return indexed(_IRREGULAR.get(folded, folded))


def indexed(word: str) -> str:
    """The stem of a folded word by Porter's rules of 1980 with the two that he added later, for -logy and -bly: so
    SQLite's index has it, which is asked how many passages hold a stem."""
    made = str(_stemmer().stemWord(word))
    if made.endswith("logi") and _MEASURED.search(made[:-4]):
        return made[:-1]
    if made.endswith("bli") and _MEASURED.search(made[:-3]):
        return str(_stemmer().stemWord(f"{made[:-1]}e"))
    return made


def stems(text: str) -> list[str]:
    """The stems of the content words, in order, repeats kept."""
    return [stem(word) for word in content_words(text)]


def stems_among(text: str, wanted: Iterable[str]) -> set[str]:
    """The stems of the content words that may be among the wanted ones: a stem begins as its word does, so of words
    that begin otherwise none is made, which is what takes long."""
    begin = {letter for one in wanted for letter in (one[:1], one[:1].upper())}
    perhaps = {word for word in words(text) if word[0] in begin or not word[0].isascii()}
    return {
        stem(word)
        for word in perhaps
        if (folded := fold(word))[:1] in begin and (word == HOME or folded not in FUNCTION_WORDS)
    }


def names(text: str) -> list[str]:
    """Capitalised words that are not merely the first of a sentence, folded: the proper names, roughly.

    The first word counts when it is capitalised again later, or is followed by another capitalised word.
    """
    found: list[str] = []
    for sentence in re.split(r"(?<=[.!?:])[\"”’]?\s+[\"“‘]?", text):
        said = words(sentence)
        for at, word in enumerate(said):
            if not word[0].isupper() or fold(word) in FUNCTION_WORDS:
                continue
            followed = at + 1 < len(said) and said[at + 1][0].isupper() and not word.endswith("ing")
            if at > 0 or followed or any(c.isupper() for c in word[1:]):
                found.append(fold(word).replace(".", ""))
    return found


def names_it(name: str, offered: Iterable[str]) -> bool:
    """Russia names Russian, Iran Iranian, U.S. American: one stem, or one of four letters or more begins the other."""
    return stem_names(stem(name), offered)


def stem_names(wanted: str, offered: Iterable[str]) -> bool:
    """The same of what is a stem already: the stem of a stem may be another."""
    nations = _nations()
    if wanted in nations:
        offered = [nations.get(word, word) for word in offered]
        wanted = nations[wanted]
    return any(wanted == word or _begins(wanted, word) or _begins(word, wanted) for word in offered)


@cache
def _nations() -> dict[str, str]:
    """The stems of a country and its people, each with the one that stands for them."""
    return {stem(word): stem(one.split()[-1]) for one in re.split(r"[/\n]", _NATIONS) for word in one.split()}


def proves_name(name: str, offered: Iterable[str]) -> bool:
    """Whether the name itself stands there, or its people's: "tonight" names no Tony, as `names_it` would have it."""
    wanted = stem(name)
    return any(
        stem_names(wanted, [word]) and (len(wanted) != 4 or not word.startswith(wanted) or word[4:] in _ENDINGS)
        for word in offered
    )


def _begins(short: str, long: str) -> bool:
    return len(short) >= 4 and long.startswith(short)


def coverage(wanted: Iterable[str], offered: Iterable[str], weight: dict[str, float] | None = None) -> float:
    """The share of the wanted stems that are offered, weighted (by inverse document frequency) where given; 0 to 1."""
    need, have = set(wanted), set(offered)
    weights = {word: (weight or {}).get(word, 1.0) for word in need}
    total = sum(weights.values())
    return sum(weights[word] for word in need & have) / total if total else 0.0


@lru_cache(maxsize=1)
def _stemmer():  # type: ignore[no-untyped-def]  # PyStemmer ships no types
    """Snowball's, compiled: one stem is one call that no other thread comes between. Its Python version keeps the word
    in the stemmer meanwhile, so that two threads make wrong stems of each other's words."""
    import Stemmer

    return Stemmer.Stemmer("porter")
