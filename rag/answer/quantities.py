"""Amounts as sentences give them: how much, of what, and how exactly. Dates are no amounts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rag.ingest.dates import find_dates
from rag.numerals import NUMBER_WORDS, numbers
from rag.words import FUNCTION_WORDS, fold, stem

ROUNDED = 0.1  # share by which "nearly 500" and "490" may be apart and still be one figure
_SCALES = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
_ORDINALS = ("second", "third", "fourth", "fifth")
_UNITS = "one|two|three|four|five|six|seven|eight|nine"
_IN_WORDS = rf"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)-(?:{_UNITS})|" + "|".join(
    word
    for word, value in NUMBER_WORDS.items()
    if value.isdigit() and 2 <= int(value) < 100 and word not in (*_ORDINALS, "dozen", "decade")
)
_AMOUNT = re.compile(
    r"(?<![\w.,/:-])(?<!(?-i:\bNo\. ))(?<!(?-i:\bNo ))(?<!\bnumber )(?P<currency>(?:US|A|C|HK)?[$£€¥])?\s?"
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|\b(?:{_IN_WORDS})\b)"
    r"(?:[\s-](?P<scale>hundred|thousand|million|billion|trillion)\b|(?P<short>m|bn)\b)?"
    r"(?P<share>\s?%|\s?per ?cent\b)?(?![\d:/]|\.\d|st\b|nd\b|rd\b|th\b)",
    re.I,
)
_HEDGE = re.compile(
    r"(?:about|around|nearly|almost|roughly|approximately|some|over|under|more than|less than|fewer than|up to"
    r"|as many as|at least|an estimated|close to|just (?:over|under))\s+$",
    re.I,
)
_TIMES = frozenset(map(stem, "second minute hour day week month year decade century time".split()))
_NEXT_WORD = re.compile(r"[\s-]+([^\W\d_][\w’'-]*)")
UNIT_WITHIN = 3  # words behind a number in which what it counts is named: "4,300 Turkish aid workers"


@dataclass(frozen=True)
class Amount:
    """`text` is as it stands in `[start:end]` of the sentence; `units` are the stems of what may be counted, or the
    sign of the currency or share."""

    text: str
    start: int
    end: int
    value: float
    units: tuple[str, ...]
    hedged: bool

    @property
    def exactly(self) -> bool:
        """Whether it is told to the last digit, and so differs from any other: not hedged, not a round thousand."""
        return not self.hedged and (self.value < 1000 or self.value % 100 != 0)


def amounts(text: str) -> list[Amount]:
    """In order; what stands in an expression of time ("19 April", "in 2022") is left out."""
    times = [(mention.start, mention.end) for mention in find_dates(text, 0, len(text), None)]
    return [
        _amount(found, text)
        for found in _AMOUNT.finditer(text)
        if not any(start < found.end("number") and found.start("number") < end for start, end in times)
    ]


def same_kind(one: Amount, other: Amount) -> bool:
    """Whether two amounts count the same: the same currency, or shares, or a noun in common."""
    return bool(set(one.units) & set(other.units))


def measures(one: Amount) -> bool:
    """Whether it is so much of money, a share or a time, and counts no things."""
    return bool(one.units) and (one.units[0] in _TIMES or not one.units[0].isalpha())


def compatible(one: Amount, other: Amount) -> bool:
    """Whether two amounts may be one figure, told more or less exactly."""
    if one.value == other.value:
        return True
    apart = abs(one.value - other.value) / max(one.value, other.value)
    return apart <= ROUNDED and not (one.exactly and other.exactly)


def contradicted(asked: str, told: str) -> Amount | None:
    """The amount of `told` that counts what one of `asked` does, and is another: a 20-year pact for a ten-year one.

    None where `told` has the amount asked about as well.
    """
    offered = amounts(told)
    missing = [wanted for wanted in amounts(asked) if not any(compatible(wanted, one) for one in offered)]
    return next((one for wanted in missing for one in offered if _count_the_same(wanted, one)), None)


def _count_the_same(one: Amount, other: Amount) -> bool:
    """Whether two amounts are of one noun, or of two words in common: of years and days there are many."""
    shared = set(one.units) & set(other.units)
    heads = {one.units[0], one.units[-1]} & {other.units[0], other.units[-1]} if shared else set()
    return len(shared) > 1 or bool(heads - _TIMES)


def _amount(found: re.Match[str], text: str) -> Amount:
    value = float(next(iter(numbers(found["number"]))))
    scale = _SCALES[fold(found["scale"] or found["short"])] if found["scale"] or found["short"] else 1.0
    units: list[str] = []
    if found["share"]:
        units = ["%"]
    elif found["currency"]:
        units = [found["currency"]]
    else:
        at = found.end()
        for _ in range(UNIT_WITHIN):
            word = _NEXT_WORD.match(text, at)
            if word is None or fold(word[1]) in FUNCTION_WORDS:
                break
            units.append(stem(word[1]))
            at = word.end()
    hedge = _HEDGE.search(text[: found.start()])
    end = found.end()
    start = found.start() + len(found.group()) - len(found.group().lstrip())
    return Amount(text[start:end], start, end, value * scale, tuple(units), hedge is not None)
