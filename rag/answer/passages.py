"""A hit made ready to be read: whole sentences of one article, headed by its name card, dates written out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from rag.schema import Article, DateMention, Hit, Sentence


@dataclass(frozen=True)
class Passage:
    article: Article
    sentences: tuple[Sentence, ...]
    score: float

    def said(self, sentence: Sentence) -> str:
        """The sentence as it stands in the article."""
        return self.article.text[sentence.start : sentence.end]

    @property
    def text(self) -> str:
        return " ".join(self.said(sentence) for sentence in self.sentences)

    @property
    def prompt(self) -> str:
        """The passage as a model reads it: a resolved date stands behind its words in brackets."""
        published = spoken_day(self.article.published) if self.article.published else "date unknown"
        body = " ".join(dated(self.article.text, sentence) for sentence in self.sentences)
        return f"{self.article.title} ({published})\n{body}"


def make_passage(hit: Hit, article: Article) -> Passage:
    inside = tuple(s for s in article.sentences if s.start < hit.end and s.end > hit.start)
    return Passage(article, inside, hit.score)


def dated(text: str, sentence: Sentence) -> str:
    """The sentence with "(19 April 2023)" behind "Wednesday night"; for reading only, never for quoting."""
    said, at = "", sentence.start
    for mention in sentence.dates:
        spoken = spoken_dates(mention)
        said += text[at : mention.end]
        at = mention.end
        if spoken and spoken.casefold() not in mention.text.casefold():
            said += f" ({spoken})"
    return said + text[at : sentence.end]


def spoken_dates(mention: DateMention) -> str | None:
    """The resolved days in words: "19 April 2023", "19 to 22 November 2022", "November 2022", "2022"; None if unresolved."""
    first, last = mention.first, mention.last
    if first is None or last is None:
        return None
    if first == last:
        return spoken_day(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        whole = first.day == 1 and last.day >= 28 and _next_day_is_first(last)
        return f"{first:%B %Y}" if whole else f"{first.day} to {spoken_day(last)}"
    return f"{spoken_day(first)} to {spoken_day(last)}"


def spoken_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _next_day_is_first(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1
