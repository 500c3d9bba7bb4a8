from __future__ import annotations

import statistics
from collections import Counter
from datetime import date
from itertools import islice
from math import exp

import pytest

from eval.synthetic_news import DAYS, FIRST_DAY, LOG_WORDS, LONGEST, SHORTEST, made_up, questions_of, zipf
from rag.ingest.dedupe import near_duplicates
from rag.ingest.split import split_sentences

STORIES = list(made_up(150, seed=7))


def test_the_same_seed_tells_the_same_stories_however_many() -> None:
    assert list(islice(made_up(1000, seed=7), 10)) == STORIES[:10]
    assert next(made_up(1, seed=8)) != STORIES[0]


def test_the_shares_of_zipf_fall_with_the_rank_and_add_up() -> None:
    shares = zipf(3)
    assert sum(shares) == pytest.approx(1.0)
    assert shares[0] / shares[2] == pytest.approx((5.7 / 3.7) ** 1.05)


def test_stories_are_as_long_as_news_and_their_words_as_common() -> None:
    words = [story.text.split() for story in STORIES]
    middle = statistics.median(map(len, words))
    assert 0.75 * exp(LOG_WORDS) < middle < 1.25 * exp(LOG_WORDS)
    assert min(map(len, words)) < middle / 2
    assert max(map(len, words)) > middle * 2
    counted = Counter(word.strip(".").lower() for said in words for word in said)
    assert 0.01 < counted["the"] / counted.total() < 0.06
    seen_once = sum(count == 1 for count in counted.values())
    assert seen_once > len(counted) / 4


def test_a_story_is_dated_and_its_sentences_are_what_its_text_splits_into() -> None:
    story = STORIES[0]
    assert FIRST_DAY <= story.published < date.fromordinal(FIRST_DAY.toordinal() + DAYS)
    spans = split_sentences(story.text)
    assert [story.text[start:end] for start, end in spans] == [one for some in story.paragraphs for one in some]
    assert SHORTEST <= len(story.text.split()) <= LONGEST + 100


def test_some_are_copies_and_are_found_to_be() -> None:
    taken = {story.key: story.copied_from for story in STORIES if story.copied_from is not None}
    assert 2 <= len(taken) <= 16
    found = near_duplicates({str(story.key): story.text for story in STORIES})
    together = {frozenset(map(int, cluster)) for cluster in found}
    assert all(any({key, original} <= cluster for cluster in together) for key, original in taken.items())
    assert sum(len(cluster) - 1 for cluster in together) == len(taken)


def test_questions_are_put_in_the_words_of_a_story() -> None:
    asked = questions_of(STORIES[:5], 6, seed=1)
    assert len(asked) == 6
    assert questions_of(STORIES[:5], 6, seed=1) == asked
    told = " ".join(f"{story.title} {story.text}" for story in STORIES[:5])
    for question in asked:
        name, said = question.removeprefix("What did ").removesuffix("?").split(" say about ")
        assert name in told
        assert said in told
