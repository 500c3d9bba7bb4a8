"""What a draft says beyond its question, in its quote's own words: the answer where the rest of it is unproven."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.attribution import SAYS
from rag.numerals import numbers
from rag.words import FUNCTION_WORDS, content_words, fold, names, names_it, past_verb, stem, stems, words

_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*(?:st|nd|rd|th)?|[^\W\d_]+(?:['’.](?!s\b)[^\W\d_]+)*")
_ARTICLE = re.compile(r"\W*(?:(?:the|an?)\s+)?\W*", re.I)
_BEHIND = FUNCTION_WORDS - {"of", "and"}  # what stands between a thing and what is said of it
_SIGNS = tuple("$€£¥₹")  # "$3.8 million" is no 3.8 million
_OF_THE_THING = re.compile(r"[A-Z]|\b(?:not|never|no|nor|neither)\b")  # "Death in Venice"; and no denial is cut off
LEAST_HELD = 0.5  # share of a draft's new words that its quote must have, and its core hold


def new_words(draft: str, question: str) -> list[str]:
    """The content words of a draft that its question does not name, as written, in order."""
    asked = set(stems(question))
    return [word for word in content_words(draft) if not names_it(word, asked)]


def held(new: Sequence[str], quote: str) -> bool:
    """Whether a quote has every new word of a draft, its numbers as numbers."""
    have = set(stems(quote))
    return all(names_it(word, have) for word in new if not numbers(word)) and numbers(" ".join(new)) <= numbers(quote)


def share_held(new: Sequence[str], quote: str) -> float:
    """The share of new words that stand in a quote; 1 if there are none."""
    have, counted = set(stems(quote)), numbers(quote)
    return sum(names_it(word, have) or bool(numbers(word) & counted) for word in new) / len(new) if new else 1.0


def core(draft: str, question: str, quote: str, wants_thing: bool) -> str | None:
    """The runs of words that a draft and its quote share and the question has not, or None if they miss the point.

    "Rui Alves was on hand when the storm struck" answers "Who was there when the storm struck?" with "Rui Alves". Every
    new name and number must be in them, and half of all new words; where there is no name or number, all new words.
    """
    runs = [run for run in _shared_runs(draft, quote) if new_words(run, question) and not _clipped(run, draft, quote)]
    pieces = [_without_tail(run, question) for run in runs]
    new = new_words(draft, question)
    if not pieces:
        return None
    if wants_thing and _ARTICLE.fullmatch(draft[: draft.index(pieces[0])]):
        subject = _as_sentence(pieces[:1])  # what the draft says of it only echoes the question
        one = not any(fold(word) in SAYS for word in words(subject))  # "Police said Jones" is nobody's name
        return subject if one and numbers(subject) <= numbers(quote) else None
    kept = {stem(word) for piece in pieces for word in content_words(piece)}
    exact = {word for word in new if fold(word) in names(draft) or numbers(word)}
    missing = {word for word in new if stem(word) not in kept}
    if missing & exact or not numbers(draft) - numbers(question) <= numbers(quote) >= numbers(_as_sentence(pieces)):
        return None
    if len(missing) > (1 - LEAST_HELD) * len(new) or (missing and not exact):
        return None
    return _as_sentence(pieces)


def _clipped(run: str, draft: str, quote: str) -> bool:
    """Whether a run ends within a compound: "election" of "election workers" and of "the election administrator"."""
    ours, theirs = (_word_behind(run, text) for text in (draft, quote))
    common = run[:1].lower() + run[1:] in quote
    return bool(common and ours and theirs and stem(ours) != stem(theirs) and not past_verb(ours))


def _word_behind(run: str, text: str) -> str:
    """The content word right behind a run of words in a text; empty if none is."""
    behind = re.search(rf"{re.escape(run)}\s+([^\W\d_]+)", text, re.I)
    return behind[1] if behind and fold(behind[1]) not in FUNCTION_WORDS else ""


def _without_tail(run: str, question: str) -> str:
    """A run without what it ends on of the question: "Chicago Marathon in two hours" to one who asks of two hours."""
    new = new_words(run, question)
    end = run.rindex(new[-1]) + len(new[-1])
    start = next((word.start() for word in _TOKEN.finditer(run, end) if fold(word.group()) in _BEHIND), len(run))
    tail = run[start:]
    kept = not content_words(tail) or _OF_THE_THING.search(tail) or any(map(past_verb, words(run[:start])))
    return run if kept else run[:start].rstrip(" ,")


def _as_sentence(pieces: Sequence[str]) -> str:
    said = ", ".join(pieces)
    said = said.replace('"', "") if said.count('"') % 2 else said
    return f"{said[:1].upper()}{said[1:]}."


def _shared_runs(draft: str, quote: str) -> list[str]:
    """The longest runs of words of a draft that stand so in the quote, without function words at their ends."""
    tokens = list(_TOKEN.finditer(draft))
    said, offered = [stem(t.group()) for t in tokens], [stem(t.group()) for t in _TOKEN.finditer(quote)]
    found, at = [], 0
    while at < len(said):
        length = max((_common(said[at:], offered[start:]) for start in range(len(offered))), default=0)
        first, last = at, at + length - 1
        while first <= last and fold(tokens[first].group()) in FUNCTION_WORDS:
            first += 1
        while last >= first and fold(tokens[last].group()) in FUNCTION_WORDS:
            last -= 1
        if first <= last:
            start = tokens[first].start()
            signed = draft[max(start - 1, 0) : start] in _SIGNS and draft[start - 1 : tokens[first].end()] in quote
            end = tokens[last].end()
            share = draft[end : end + 1] == "%" and re.search(
                rf"{re.escape(tokens[last].group())}(?:%| per ?cent)", quote
            )
            found.append(_closed(draft, start - signed, end + bool(share)))
        at += max(length, 1)
    return found


def _common(these: Sequence[str], those: Sequence[str]) -> int:
    pairs = enumerate(zip(these, those, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(these), len(those)))


def _closed(text: str, start: int, end: int) -> str:
    """The slice with the bracket or quotation mark that it opens, or whose inside it is."""
    piece, behind = text[start:end], text[end : end + 1]
    closes = (piece.count("(") > piece.count(")") and behind == ")") or (piece.count('"') % 2 and behind == '"')
    return piece + behind if closes else piece
