"""A story into sentences and chunks, as offsets into its text. No character is changed or left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from rag.ingest.dates import find_dates
from rag.schema import Chunk, Sentence

CHUNK_WORDS = 110
"""MiniLM reads 256 tokens. The 3,403 chunks of 400 news articles, headed by their titles, have 134 tokens in
the median (1.31 a word) and 240 at most."""
LONG_SENTENCE_WORDS = 150
"""The end of a longer sentence would never be seen by the embedder, so it is spread over several chunks."""
_CONTEXT = 200  # characters on either side of a full stop that are looked at
_WORD_CHARS = 8  # at most, in a text that hardly has spaces
_PIECE = re.compile(r"\d{1,2}|[^\W\d]+|[^\w\s]")
_WORD_PIECES = 1.5  # figures and marks are tokens of their own: a table of results has few words and many tokens

_TITLES = frozenset(
    "mr mrs ms messrs dr prof gen sen sens rep reps gov lt col sgt capt cpt rev hon maj cmdr cdr adm brig "
    "supt insp det sec pres amb st ft mt fr sr mme mlle m vs v e.g i.e cf al approx".split()
)
_BEFORE_NUMBER = frozenset(
    "no nos vol art ch fig p pp sec op jan feb mar apr jun jul aug sep sept oct nov dec c ca".split()
)
_MAYBE_END = frozenset("inc corp ltd co bros llc plc jr sr a.m p.m etc ave blvd rd dept univ assn est".split())
_STARTERS = frozenset(
    "the a an in on at for from with by after before as when while if since he she it we they i you his her "
    "its our their this that these those there here but and or yet so however also then now what who why how "
    "where which one some many most all no not more still earlier later last meanwhile both each such under "
    "over during although though because despite among once until according another other several few".split()
)
_END = re.compile(r"(?P<stop>[.!?…]+)(?P<close>[\"'”’)\]»]*)(?P<space>\s+)(?P<open>[\"'“‘(\[«¿¡]*)(?=\S)")
_LAST_WORD = re.compile(r"(?:\w+\.)*\w+$")
_FIRST_WORD = re.compile(r"[\w’']+")
_SPEAKER = re.compile(
    r"(?:[A-Z][\w.’'-]*,? ){1,5}"
    r"(?:said|says|asked|asks|told|added|wrote|tweeted|shouted|replied|cried|quipped|joked)\b"
)


def make_sentences(text: str, published: date | None) -> tuple[Sentence, ...]:
    """The sentences of a story, each with its paragraph and the dates it speaks of."""
    made = []
    for number, (begin, finish) in enumerate(_paragraphs(text)):
        for start, end in _sentences_within(text, begin, finish):
            made.append(Sentence(start, end, number, find_dates(text, start, end, published)))
    return tuple(made)


def split_sentences(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open offsets of the sentences, in order; a line end always ends a sentence.

    The spans do not overlap, touch no outer white space, and together hold every character but white space.
    """
    return tuple(span for begin, finish in _paragraphs(text) for span in _sentences_within(text, begin, finish))


def split_chunks(article_id: str, text: str, sentences: Sequence[Sentence]) -> tuple[Chunk, ...]:
    """Runs of whole sentences of at most CHUNK_WORDS words, broken at a paragraph's end where one is near.

    Chunks do not overlap and together hold every sentence; only a sentence too long for the embedder is cut.
    """
    spans = [span for run in _runs(text, sentences) for span in _cut_long(text, run[0].start, run[-1].end)]
    return tuple(Chunk(f"{article_id}:{start}-{end}", article_id, start, end, text[start:end]) for start, end in spans)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    for match in re.finditer(r"[^\n]+", text):
        if match[0].strip():
            yield match.start(), match.end()


def _sentences_within(text: str, begin: int, finish: int) -> Iterator[tuple[int, int]]:
    start = begin
    for match in _END.finditer(text, begin, finish):
        before = text[max(start, match.start() - _CONTEXT) : match.start()]
        after = text[match.end() : min(match.end() + _CONTEXT, finish)]
        if _ends_sentence(before, match, after):
            yield _trimmed(text, start, match.end("close"))
            start = match.end("space")
    yield _trimmed(text, start, finish)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return end - len(piece.lstrip()), start + len(piece.rstrip())


def _ends_sentence(before: str, match: re.Match[str], after: str) -> bool:
    """Whether the stop at `match` ends a sentence; `before` and `after` are what stands around it."""
    opened = bool(match["open"])
    if after[0].islower():
        return False
    if before.count("(") > before.count(")") and ")" not in match["close"] and ")" in after:
        return False
    if match["close"] and match["stop"][-1] in "!?" and not opened and _SPEAKER.match(after):
        return False  # “Really?” Smith asked.
    if not match["stop"].endswith((".", "…")) or (match["close"].strip(")]") and not opened):
        return True
    first = _FIRST_WORD.match(after)
    starts = opened or (bool(first) and first[0].lower() in _STARTERS)  # type: ignore[index]
    if match["stop"] in ("...", "…", "....") or len(match["stop"]) > 1:
        return starts
    last = _LAST_WORD.search(before)
    word = last[0] if last else ""
    lower = word.lower()
    if lower in _TITLES and not match["close"]:
        return False
    if lower in _BEFORE_NUMBER:
        return not after[0].isdigit()
    if lower in _MAYBE_END or ("." in word and word.replace(".", "").isalpha() and len(word) <= 7):
        return starts
    if len(word) == 1 and word.isupper() and not match["close"]:
        return (starts and word != "I") or word == "I"
    return True


def _runs(text: str, sentences: Sequence[Sentence]) -> Iterator[list[Sentence]]:
    """Greedy packing; on overflow it goes back to the last paragraph end if that leaves a run half full."""
    run: list[Sentence] = []
    for sentence in sentences:
        while run and _words(text, run[0].start, sentence.end) > CHUNK_WORDS:
            cut = _paragraph_break(text, run, sentence)
            yield run[:cut]
            run = run[cut:]
        run.append(sentence)
    if run:
        yield run


def _paragraph_break(text: str, run: Sequence[Sentence], following: Sentence) -> int:
    after = [*run[1:], following]
    for cut in range(len(run), 0, -1):
        if run[cut - 1].paragraph != after[cut - 1].paragraph:
            full = _words(text, run[0].start, run[cut - 1].end)
            return cut if full >= CHUNK_WORDS / 2 else len(run)
    return len(run)


def _words(text: str, start: int, end: int) -> int:
    """Length in words of prose; denser text counts for more."""
    part = text[start:end]
    return max(len(part.split()), len(part) // _WORD_CHARS, int(len(_PIECE.findall(part)) / _WORD_PIECES))


def _cut_long(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    if _words(text, start, end) <= LONG_SENTENCE_WORDS:
        yield start, end
        return
    limit = CHUNK_WORDS * _WORD_CHARS
    pieces = [
        (word.start() + at, min(word.start() + at + limit, word.end()))
        for word in re.finditer(r"\S+", text[:end][start:])
        for at in range(0, word.end() - word.start(), limit)
    ]
    first = 0
    for index, (_, stop) in enumerate(pieces):
        last = index + 1 == len(pieces)
        if last or _words(text, start + pieces[first][0], start + pieces[index + 1][1]) > CHUNK_WORDS:
            yield start + pieces[first][0], start + stop
            first = index + 1
