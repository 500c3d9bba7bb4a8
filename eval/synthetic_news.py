"""Made-up news with the statistics of real news, for archives of any size: the same seed tells the same stories.

The figures come from 400 articles of one other year: 645 words in the geometric mean (their logarithms deviate by
.59), sentences of 19 words give or take 12, 1.7 of them a paragraph, the commonest word 6 % of all, a tail of words
that are seen once. A story has its topic, people and places, which come back in it, so that passages of one topic are
nearer to each other than to others. It means nothing, which does not matter to an index.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, chain
from random import Random

LOG_WORDS, LOG_WORDS_DEVIATION = 6.46, 0.59
SHORTEST, LONGEST = 60, 4_000  # words of a story
SENTENCE_WORDS, SENTENCE_DEVIATION, SHORTEST_SENTENCE = 19, 12, 4
ENDS_PARAGRAPH = 1 / 1.7
COPIES = 0.05  # share of stories that an outlet took over from another
OWN, DATED, QUOTED = (
    0.25,
    0.2,
    0.3,
)  # words that are the story's own, sentences that end with a day, that begin with a name
ZIPF, ZIPF_SHIFT = 1.05, 2.7  # Mandelbrot's law: the word of rank r has a share of 1 / (r + 2.7) ** 1.05
TAIL = 60_000  # words, names among them, beyond those that are listed here
FIRST_DAY, DAYS = date(2015, 1, 1), 3650

_SMALL = """the to and of a in for that on is said it with as was at he by from his have be has who are not an but they
this will had we their after or about more been her would one she which were all when people new also its up than out
there some can what into over last two could if other first so time no year may them state our now him before against
just only like most during where while because how many under since through""".split()
_COMMON = """government president minister police officials company country city week month report percent million
group statement members public national former court family home school world case house power plan leader according
told made called support including work number local information service group women men children office program
future change question problem reason result meeting decision agreement system process issue law order right member
night morning week official spokesman agency region street hospital director chief deputy council union""".split()
_TOPICS = [
    topic.split()
    for topic in """election vote ballot campaign candidate parliament senate coalition poll turnout mandate opposition
    hurricane flood storm rainfall evacuation shelter coast river levee damage rescue forecast wind
    vaccine virus patients doctors infection outbreak clinic symptoms treatment trial nurses ward
    oil gas pipeline refinery barrel energy electricity grid fuel exports diesel output
    match goal striker coach league penalty stadium season champions transfer defender injury
    bank inflation rates bonds investors currency shares market debt deficit lender earnings
    army troops missile border ceasefire artillery general drone convoy offensive brigade shelling
    murder suspect detective trial jury verdict prison lawyer charges evidence sentence robbery
    satellite rocket launch orbit astronauts telescope mission spacecraft module planet probe engine
    film actor festival director award audience album singer theatre museum novel painting
    climate emissions carbon forest glacier warming drought wildfire species coral reef farmland
    software phones chips engineers startup data privacy network hackers users platform cloud
    railway airport flights passengers bridge tunnel ferry motorway harbour cargo shipping strike
    teachers pupils university exams curriculum tuition campus students professor scholarship lecture classroom
    treaty embassy ambassador summit sanctions talks diplomat envoy visit delegation cooperation alliance
    farmers wheat harvest cattle prices grain fertiliser vineyard dairy orchard irrigation soil""".split("\n")
]
_OPENINGS = """ba be bo ca ce da de do fa ga go ha he ja ka ke la le lo ma me mo na ne no pa po ra re ro sa se ta to
va ve wi za""".split()
_MIDDLES = """ban ber cor dal den fer gan ker lan len lor man mer mon nor per ran ren ric ros sen ston tan ten tor van
ver vin""".split()
_ENDINGS = "a o e er in on ov ski sen ton ville ford ham ley ez ini ard ell ic um al ing ane ish ow and".split()
_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_OUTLET_KINDS = "Times,Post,Herald,Echo,Courier,Daily News,Press Agency,Tribune,Observer,Gazette".split(",")


@dataclass(frozen=True)
class Story:
    """`paragraphs` holds the sentences of each; `key` is a number of its own, `copied_from` that of the original."""

    key: int
    title: str
    outlet: str
    published: date
    paragraphs: tuple[tuple[str, ...], ...]
    copied_from: int | None = None

    @property
    def text(self) -> str:
        return "\n\n".join(" ".join(sentences) for sentences in self.paragraphs)


def made_up(count: int, seed: int) -> Iterator[Story]:
    """So many stories, always the same ones; a longer run begins as a shorter one does."""
    newsroom = _Newsroom(seed)
    kept: list[Story] = []  # of the last ones, any of which may be taken over
    for key in range(count):
        if kept and newsroom.draw.random() < COPIES:
            yield newsroom.take_over(newsroom.draw.choice(kept), key)
            continue
        story = newsroom.tell(key)
        kept = [*kept[-99:], story]
        yield story


def questions_of(stories: Sequence[Story], count: int, seed: int) -> list[str]:
    """Questions in the words of single sentences of the stories, spread over them: words that are said seldom, and
    words that are said everywhere."""
    draw = Random(seed)
    asked = []
    for _ in range(count):
        story = draw.choice(stories)
        said = draw.choice(draw.choice(story.paragraphs)).rstrip(".").split()
        start = draw.randrange(max(len(said) - 8, 1))
        asked.append(f"What did {story.title.split(' over ')[0]} say about {' '.join(said[start : start + 8])}?")
    return asked


def zipf(count: int) -> list[float]:
    """The shares of the words of rank 1 to `count`; their sum is 1."""
    weights = [1 / (rank + ZIPF_SHIFT) ** ZIPF for rank in range(1, count + 1)]
    total = sum(weights)
    return [weight / total for weight in weights]


class _Newsroom:
    """Everything that is drawn from, and the generator that draws."""

    def __init__(self, seed: int) -> None:
        self.draw = Random(seed)
        coined = [*dict.fromkeys(self._coin() for _ in range(TAIL))]
        half = len(coined) // 2
        self._rare = coined[half // 2 : half]
        self._words = _Ranked([*dict.fromkeys([*_SMALL, *_COMMON, *chain(*_TOPICS), *coined[:half]])])
        self._names = _Ranked([word.capitalize() for word in coined[half:]])
        self._outlets = _Ranked([f"{name} {kind}" for kind in _OUTLET_KINDS for name in self._names.ranked[:30]])

    def tell(self, key: int) -> Story:
        draw = self.draw
        length = min(max(int(draw.lognormvariate(LOG_WORDS, LOG_WORDS_DEVIATION)), SHORTEST), LONGEST)
        topic = draw.choice(_TOPICS)
        people = [" ".join(self._names.some(draw, 2)) for _ in range(3)]
        place, *places = self._names.some(draw, 2)
        own = [*topic, *topic, *people, *people, place, *places, *draw.choices(self._rare, k=6)]
        published = FIRST_DAY + timedelta(days=draw.randrange(DAYS))
        paragraphs: list[tuple[str, ...]] = []
        paragraph: list[str] = []
        while length > 0:
            size = max(int(draw.gauss(SENTENCE_WORDS, SENTENCE_DEVIATION)), SHORTEST_SENTENCE)
            paragraph.append(self._sentence(size, own, people, published))
            length -= size
            if length <= 0 or draw.random() < ENDS_PARAGRAPH:
                paragraphs.append(tuple(paragraph))
                paragraph = []
        title = f"{people[0]} over {draw.choice(topic)} {draw.choice(topic)} in {place}"
        return Story(key, title, self._outlets.some(draw, 1)[0], published, tuple(paragraphs))

    def take_over(self, story: Story, key: int) -> Story:
        """Another outlet's copy of it, a day or two later, with an end of its own."""
        return Story(
            key,
            story.title,
            self._outlets.some(self.draw, 1)[0],
            story.published + timedelta(days=self.draw.randrange(3)),
            (*story.paragraphs[: max(len(story.paragraphs) - 1, 1)], (f"First published by {story.outlet}.",)),
            copied_from=story.key,
        )

    def _sentence(self, size: int, own: Sequence[str], people: Sequence[str], published: date) -> str:
        """Three words in four by their rank among all, the fourth one of the story's own."""
        draw = self.draw
        words = [draw.choice(own) if draw.random() < OWN else word for word in self._words.some(draw, size)]
        if draw.random() < DATED:
            words[-1] = self._day(published)
        if draw.random() < QUOTED:
            words[0] = f"{draw.choice(people)} said"
        return f"{words[0][0].upper()}{words[0][1:]} {' '.join(words[1:])}."

    def _day(self, published: date) -> str:
        day = published - timedelta(days=self.draw.randrange(60))
        return f"on {_DAYS[day.weekday()]}" if self.draw.random() < 0.6 else f"on {day.day} {day:%B %Y}"

    def _coin(self) -> str:
        draw = self.draw
        return f"{draw.choice(_OPENINGS)}{''.join(draw.choices(_MIDDLES, k=draw.randint(1, 2)))}{draw.choice(_ENDINGS)}"


class _Ranked:
    """Words by rank, drawn as often as their rank says."""

    def __init__(self, ranked: list[str]) -> None:
        self.ranked = ranked
        self._sums = list(accumulate(zipf(len(ranked))))

    def some(self, draw: Random, count: int) -> list[str]:
        return draw.choices(self.ranked, cum_weights=self._sums, k=count)
