"""A claim read against the sentences of its passage."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.verify import check
from rag.index.meaning import Meaning
from rag.index.passages import Passage
from rag.ingest.split import make_sentences
from rag.schema import Article
from tests.conftest import WordsEmbedding

TEXT = (
    "Minister Jane Otieno arrived in Lima on Wednesday night for talks on fishing. "
    "She declined to comment on the ban.\n\n"
    'On Friday, she is expected to meet the Peruvian minister Rui Alves. "The catch has doubled in six years," '
    "the Andina agency commented."
)


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


@pytest.fixture
def passage() -> Passage:
    """The whole of a story published on Thursday 20 April 2023."""
    published = date(2023, 4, 20)
    article = Article(
        "a", "a.txt", "Otieno in Lima", TEXT, published=published, sentences=make_sentences(TEXT, published)
    )
    return Passage(article, article.sentences, article.sentences[0], 1.0, 1.0)


def quotes(passage: Passage, claim: str, meaning: Meaning, question: str = "What happened?") -> list[str]:
    proof = check(claim, question, passage, meaning)
    assert proof.verdict == "supported", proof.reason
    return [passage.said(quote)[:15] for quote in proof.quotes]


@pytest.mark.parametrize(
    ("claim", "starts"),
    [
        ("Jane Otieno arrived in Lima on Wednesday night (19 April 2023).", ["Minister Jane O"]),
        ("Otieno arrived in Lima on 19 April 2023.", ["Minister Jane O"]),
        ("Jane Otieno declined to comment on the ban.", ["Minister Jane O", "She declined to"]),
        ("Jane Otieno is expected to meet Rui Alves on Friday.", ["Minister Jane O", "On Friday, she "]),
        ("The catch has doubled in six years.", ['"The catch has ']),
    ],
)
def test_a_claim_is_proved_by_the_least_text(passage: Passage, meaning: Meaning, claim: str, starts: list[str]) -> None:
    assert quotes(passage, claim, meaning) == starts


@pytest.mark.parametrize(
    "claim",
    [
        "Jane Otieno arrived in Lima on 20 April 2023.",
        "Jane Otieno arrived in Quito on Wednesday night.",
        "Jane Otieno commented on the ban.",
        "Jane Otieno met the Peruvian minister Rui Alves.",
        "The catch has doubled in seven years.",
        "Mary Wanjiru arrived in Lima on Wednesday night.",
        "Jane Otieno arrived in Lima with her husband and two sons for a holiday.",
        "Only Jane Otieno arrived in Lima.",
    ],
)
def test_a_claim_beyond_the_text_is_not_supported(passage: Passage, meaning: Meaning, claim: str) -> None:
    assert check(claim, "What happened?", passage, meaning).verdict != "supported"


def test_what_only_echoes_the_question_is_partly_supported(passage: Passage, meaning: Meaning) -> None:
    claim = "Jane Otieno arrived in Lima in 1999 on Wednesday night."
    assert check(claim, "When did Otieno arrive in Lima in 1999?", passage, meaning).verdict == "partly"
    assert check(claim, "When did Otieno arrive in Lima?", passage, meaning).verdict == "unsupported"


def test_what_echoes_the_question_may_be_said_otherwise_in_the_quote(passage: Passage, meaning: Meaning) -> None:
    claim = "Jane Otieno touched down in Lima on Wednesday night for talks."
    assert check(claim, "When did Jane Otieno touch down in Lima?", passage, meaning).verdict == "supported"
    assert (
        check(claim.replace("talks", "golf and cards"), "When did Jane Otieno touch down?", passage, meaning).verdict
        == "partly"
    )


def test_what_is_said_anew_must_stand_in_the_quote(passage: Passage, meaning: Meaning) -> None:
    claim = "Jane Otieno arrived in Lima with musicians, dancers and cooks."
    assert check(claim, "With whom did Jane Otieno arrive in Lima?", passage, meaning).verdict != "supported"


def test_the_number_of_a_date_counts_nothing(passage: Passage, meaning: Meaning) -> None:
    claim = "The talks of Jane Otieno on Wednesday night ran for 19 hours."
    assert check(claim, "How long were the talks on Wednesday night?", passage, meaning).reason == "the quote lacks 19"


def test_an_echoed_name_may_be_the_place_a_noun_points_at(meaning: Meaning) -> None:
    text = "Otieno met traders in Lima on Monday. Afterwards Otieno saw plants in the western part of the capital."
    article = Article("a", "a.txt", "A tour", text, sentences=make_sentences(text, None))
    passage = Passage(article, article.sentences, article.sentences[1], 1.0, 1.0)
    claim, question = "Otieno saw plants in the western part of Lima.", "In what part of Lima did Otieno see plants?"
    assert check(claim, question, passage, meaning).quotes == article.sentences
    assert check(claim, "Where were the plants?", passage, meaning).verdict == "unsupported"


def test_an_office_may_not_be_said_otherwise(passage: Passage, meaning: Meaning) -> None:
    claim = "Jane Otieno arrived in Lima on Wednesday night as mayor for talks."
    assert check(claim, "When did the mayor arrive in Lima?", passage, meaning).reason == "the quote lacks mayor"
