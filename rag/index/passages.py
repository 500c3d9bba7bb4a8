"""From chunks to what is read: each sentence weighed against the question, the best ones kept."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rag.index.cross_encoders import Rank
from rag.index.meaning import Meaning
from rag.index.quoted import holds, quoted
from rag.index.retrieve import RECENCY_WEIGHT, recency
from rag.ingest.spoken import dated, spoken_day
from rag.schema import Article, Hit, Sentence
from rag.words import HOME, content_words, fold, names_it, stem

NEAR = 0.5  # cosine from which a word of a sentence stands for a word of the question
NEAR_COUNTS = 0.6
CONTEXT_COUNTS = 0.3  # a word found only in the title or the rest of the chunk
POINTS_BACK = 3  # paragraphs over which a pronoun may point
POINTING_COUNTS = 0.8  # the worth of words that stand in the sentence pointed back to
RERANKED = (
    24  # sentences that a reranker is given; of 60 news questions the proof is among them for 46, among 12 for 45
)
OPENING_WORDS = 6  # within which a pronoun stands for somebody of the sentence before
_POINTS_BACK = re.compile(r"\b(?:he|she|it|they|his|her|its|their)\b", re.I)
_ENDS = re.compile(r"[.!?…][\"”’')\]]*$")  # a line that does not end so is a heading, which proves nothing
# Words that frame a question and stand in no answer.
_FRAME = frozenset(
    "name names called date day days month year time person people country countries kind sort exact exactly"
    " mention happen happened according word office position".split()
)


@dataclass(frozen=True)
class Passage:
    """A sentence that may answer, `focus`, with the one before it, and how well it fits the question.

    `words` is the share of the question's words it accounts for, `meaning` its cosine to the question;
    `quotes` are the phrases it has that the question quotes.
    """

    article: Article
    sentences: tuple[Sentence, ...]
    focus: Sentence
    words: float
    meaning: float
    quotes: tuple[str, ...] = ()

    @property
    def score(self) -> float:
        """On the questions of eval/, words and meaning together put the proving sentence first for 50 of 54;
        meaning alone for 42, the order of the chunks for 38."""
        return (self.words + self.meaning) / 2

    def said(self, sentence: Sentence) -> str:
        """The sentence as it stands in the article."""
        return self.article.text[sentence.start : sentence.end]

    def before(self, sentence: Sentence) -> list[str]:
        """What is said just before a sentence, as far back as a pronoun reaches."""
        return [
            self.said(s)
            for s in self.article.sentences
            if s.start < sentence.start and sentence.paragraph - s.paragraph <= POINTS_BACK
        ]

    def just_before(self, sentence: Sentence) -> list[str]:
        """The sentence before, dates resolved, if it stands in the same paragraph: a date in it holds on."""
        at = self.article.sentences.index(sentence)
        last = self.article.sentences[max(at - 1, 0)]
        return [dated(self.article.text, last)] if at and last.paragraph == sentence.paragraph else []

    @property
    def lines(self) -> list[str]:
        """The title, then the sentences with resolved dates in brackets behind their words."""
        return [self.article.title, *(dated(self.article.text, sentence) for sentence in self.sentences)]

    @property
    def prompt(self) -> str:
        """The passage as a model reads it."""
        title, *body = self.lines
        published = spoken_day(self.article.published) if self.article.published else "date unknown"
        return f"{title} ({published})\n{' '.join(body)}"


def find_passages(
    question: str,
    hits: Sequence[Hit],
    articles: Mapping[str, Article],
    meaning: Meaning,
    weights: Mapping[str, float],
    asked_on: date | None = None,
) -> list[Passage]:
    """Every sentence of the hits with the one before it, the best fitting first; `weights` are the stems' rarities.

    For a question of a day, the articles of the days before it come sooner.
    """
    found: dict[tuple[str, int], Passage] = {}
    phrases = quoted(question)
    for hit in hits:
        article = articles[hit.article_id]
        inside = [s for s in article.sentences if s.start < hit.end and s.end > hit.start]
        texts = [dated(article.text, sentence) for sentence in inside]
        near = meaning.nearest(texts, [question])
        windows = [_window(sentence, article) for sentence in inside]
        read = [" ".join([article.title, *(dated(article.text, s) for s in window)]) for window in windows]
        near_read = meaning.nearest(read, [question])
        for at, sentence in enumerate(inside):
            if not _ENDS.search(texts[at]):
                continue
            around = [article.title, *texts[:at], *texts[at + 1 :]]
            share = words_met(question, [sentence], article, around, meaning, weights)
            held = tuple(holds(article.text[sentence.start : sentence.end], phrases))
            passage = Passage(article, windows[at], sentence, share, (near[at] + near_read[at]) / 2, held)
            found.setdefault((article.id, sentence.start), passage)

    holding = Counter(phrase for passage in found.values() for phrase in passage.quotes)

    def rank(passage: Passage) -> float:
        recent = recency(passage.article.published, asked_on) if asked_on else 0.0
        return (
            passage.score + RECENCY_WEIGHT * recent + max((1 / holding[phrase] for phrase in passage.quotes), default=0)
        )

    return sorted(found.values(), key=rank, reverse=True)


def reranked(question: str, passages: Sequence[Passage], rank: Rank) -> list[Passage]:
    """The foremost in the order in which a reranker has them, the others behind."""
    foremost, others = passages[:RERANKED], passages[RERANKED:]
    scores = rank(question, [passage.prompt for passage in foremost])
    order = sorted(range(len(foremost)), key=lambda at: -scores[at])
    return [*(foremost[at] for at in order), *others]


def words_met(
    question: str,
    said: Sequence[Sentence],
    article: Article,
    around: Sequence[str],
    meaning: Meaning,
    weights: Mapping[str, float],
) -> float:
    """The share of the question's words that sentences account for, with the one that a pronoun in them points at."""
    texts = [dated(article.text, sentence) for sentence in said]
    share = accounted_for(question, texts, around, meaning, weights)
    if meant := pointed_at(said[0], article):
        with_meant = accounted_for(question, [dated(article.text, meant), *texts], around, meaning, weights)
        share = max(share, POINTING_COUNTS * with_meant)
    return share


def pointed_at(sentence: Sentence, article: Article) -> Sentence | None:
    """Of whom a sentence that opens with a pronoun speaks: the nearest one before it that opens with none."""
    if not points_back(article.text[sentence.start : sentence.end]):
        return None
    before = [
        s for s in article.sentences if s.start < sentence.start and sentence.paragraph - s.paragraph <= POINTS_BACK
    ]
    return next((s for s in reversed(before) if not points_back(article.text[s.start : s.end])), None)


def accounted_for(
    question: str, said: Sequence[str], around: Sequence[str], meaning: Meaning, weights: Mapping[str, float]
) -> float:
    """The share of the question's words, weighted by rarity, that stand in what is said, or near, or around it."""
    wanted = sorted({fold(word) for word in content_words(question) if word != HOME} - _FRAME)
    offered = [word for text in said for word in content_words(text)]
    have = {stem(word) for word in offered}
    context = {stem(word) for text in around for word in content_words(text)}
    missing = [word for word in wanted if not names_it(word, have)]
    near = dict(zip(missing, meaning.nearest(missing, offered), strict=True))

    def worth(word: str) -> float:
        if word not in near:
            return 1.0
        if near[word] >= NEAR:
            return NEAR_COUNTS
        return CONTEXT_COUNTS if names_it(word, context) else 0.0

    total = sum(weights.get(stem(word), 1.0) for word in wanted)
    return sum(weights.get(stem(word), 1.0) * worth(word) for word in wanted) / total if total else 0.0


def points_back(text: str) -> bool:
    """Whether a sentence opens with a word that only points to something said before."""
    return bool(_POINTS_BACK.search(" ".join(text.split()[:OPENING_WORDS])))


def _window(sentence: Sentence, article: Article) -> tuple[Sentence, ...]:
    """The sentence behind the one before it, for pronouns look back; more would only lead a small model astray."""
    at = article.sentences.index(sentence)
    return article.sentences[max(at - 1, 0) : at + 1]
