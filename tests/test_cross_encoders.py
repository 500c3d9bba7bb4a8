"""Real cross-encoders of sentence-transformers, small ones with weights drawn from a seed."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from rag.errors import ModelError
from rag.index.cross_encoders import load_entails, load_rank

Make = Callable[..., str]
LETTERS = "abcdefghijklmnopqrstuvwxyz"
TEXTS = ["the bridge", "a storm", "ana opened it"]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    def cross_encoder(*labels: str) -> str:
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertTokenizerFast

        vocabulary = tmp_path / "vocab.txt"
        vocabulary.write_text("\n".join(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *LETTERS, *(f"##{c}" for c in LETTERS)]))
        torch.manual_seed(7)
        config = BertConfig(
            vocab_size=56,
            hidden_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            intermediate_size=16,
            initializer_range=1.0,
            id2label=dict(enumerate(labels)),
            label2id={label: number for number, label in enumerate(labels)},
        )
        folder = tmp_path / f"model of {len(labels)}"
        BertForSequenceClassification(config).save_pretrained(folder)
        BertTokenizerFast(vocab=str(vocabulary)).save_pretrained(folder)
        return str(folder)

    return cross_encoder


def test_a_reranker_gives_each_text_the_score_of_its_pair(make: Make) -> None:
    from sentence_transformers import CrossEncoder

    folder = make("answers")
    scores = load_rank(folder)("who opened it", TEXTS)
    pairs = [("who opened it", text) for text in TEXTS]
    assert scores == pytest.approx(CrossEncoder(folder, device="cpu").predict(pairs).tolist(), abs=1e-5)
    assert len(set(scores)) == len(TEXTS)


def test_a_sentence_follows_where_entailment_is_the_likeliest_label(make: Make) -> None:
    from sentence_transformers import CrossEncoder

    labels = ("Entailment", "neutral", "contradiction")
    folder = make(*labels)
    entails = load_entails(folder)
    pairs = [(one, other) for one in TEXTS for other in TEXTS]
    likeliest = CrossEncoder(folder, device="cpu").predict(pairs).argmax(axis=1)
    assert [entails(*pair) for pair in pairs] == [labels[label] == "Entailment" for label in likeliest]
    assert len(set(likeliest)) > 1


def test_what_cannot_be_used_is_told_in_a_line(make: Make, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=re.escape(f"DATELINE_RERANKER={tmp_path / 'none'}: no cross-encoder there")):
        load_rank(str(tmp_path / "none"))
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "config.json").write_text("{}")
    with pytest.raises(ModelError, match=r"DATELINE_NLI=.*no cross-encoder that can be loaded") as caught:
        load_entails(str(damaged))
    assert "\n" not in str(caught.value)
    with pytest.raises(ModelError, match="gives 3 scores a pair"):
        load_rank(make("contradiction", "entailment", "neutral"))
    with pytest.raises(ModelError, match="no label 'entailment'"):
        load_entails(make("likely", "unlikely"))
