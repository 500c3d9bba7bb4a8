"""Numbers as English sentences give them, in digits and in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from rag.words import WORD, fold

NUMBER_WORDS = {
    word: str(value)
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen twenty".split()
    )
} | {"first": "1", "second": "2", "third": "3", "fourth": "4", "fifth": "5", "thirty": "30", "forty": "40",
     "fifty": "50", "sixty": "60", "seventy": "70",
     "eighty": "80", "ninety": "90", "hundred": "100", "thousand": "1000", "million": "1000000",
     "billion": "1000000000", "trillion": "1000000000000", "dozen": "12", "half": "0.5", "decade": "10",
     "dozens": "12s", "hundreds": "100s", "thousands": "1000s", "millions": "1000000s", "billions": "1000000000s",
     "trillions": "1000000000000s"}  # fmt: skip
_SCALES = {"dozen": 12, "hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12,
           "k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12}  # fmt: skip
_SMALL_SCALES = ("dozen", "hundred")  # behind which a greater one may follow: "five hundred thousand"
_BETWEEN = ("", " ", "-")  # what stands between the words of one number
_ONE_OF = re.compile(r"\b(?:one|1)[ -](?=(?:half|third|quarter|fifth)\b)", re.I)  # "one third" is "a third"
_MINUS = re.compile(r"(?:^|[\s(])[-−]$")


def numbers(text: str) -> set[str]:
    """Every number said, in digits or in words, without thousands' commas and with its scale and sign worked in:
    {"1500000", "25", "-5"} for "1.5 million", "twenty-five" and "-5"; dozens and the like are "12s"."""
    return {_worth(run) for run in _runs(_ONE_OF.sub("", text))}


def _runs(text: str) -> Iterator[list[str]]:
    """The folded words of each number: ["two", "hundred", "and", "five"]."""
    run: list[str] = []
    end = 0
    for match in WORD.finditer(text):
        word, gap = fold(match.group()), text[end : match.start()]
        end = match.end()
        if run and gap in _BETWEEN and _goes_on(run[-1], word, gap):
            run.append(word)
            continue
        if run:
            yield run
        sign = "-" if _MINUS.search(text[max(match.start() - 2, 0) : match.start()]) else ""
        run = [sign + word] if match.group()[0].isdecimal() else [word] if word in NUMBER_WORDS else []
    if run:
        yield run


def _goes_on(last: str, word: str, gap: str) -> bool:
    """Whether a word behind `last` belongs to the same number: "25" "million", "twenty" "five", "hundred" "and"."""
    if word in _SCALES:
        return word in NUMBER_WORDS or not gap  # "5m" is five million, "5 m" is not
    if word in ("a", "and"):
        return last == "half" if word == "a" else last in _SCALES
    value = NUMBER_WORDS.get(word, "s")
    if value.endswith("s"):
        return False
    return last in _SCALES or last == "and" or (last.endswith("ty") and 0 < Decimal(value) < 10)


def _worth(run: Sequence[str]) -> str:
    whole, part = Decimal(0), Decimal(0)  # 300 thousand and 5 hundred
    for place, word in enumerate(run):
        if word in _SCALES and word not in _SMALL_SCALES:
            whole, part = whole + (part if place else 1) * _SCALES[word], Decimal(0)
        elif word in _SCALES:
            part = (part if place and part else Decimal(1)) * _SCALES[word]
        elif word.lstrip("-")[0].isdecimal():
            part = _value(word)
        elif word in NUMBER_WORDS and not (value := NUMBER_WORDS[word]).endswith("s"):
            part += Decimal(value)
        elif word in NUMBER_WORDS:
            return NUMBER_WORDS[word]
    plain = f"{whole + part:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _value(digits: str) -> Decimal:
    plain = re.sub(r",(?=\d{3}\b)", "", digits).replace(",", ".")
    return Decimal(plain if plain.count(".") < 2 else plain.replace(".", ""))
