from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from rag.index.embed import embed_sentences, embed_texts
from rag.index.engines import Engines, OnnxBert, alike

WORDS = "[PAD] [UNK] [CLS] [SEP] the bridge of lisbon is shut storm harbour master said".split()
TEXTS = ["The bridge of Lisbon is shut", "Storm", "the storm said the harbour master " * 9, "", "unheard word"]
MOST_TOKENS = 32


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A very small BERT with weights of chance, in the files that all-MiniLM-L6-v2 has."""
    import torch
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import BertConfig, BertModel

    folder = tmp_path_factory.mktemp("bert")
    torch.manual_seed(1)
    sizes = {"hidden_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2, "intermediate_size": 128}
    BertModel(BertConfig(vocab_size=len(WORDS), **sizes)).save_pretrained(folder)
    tokenizer = Tokenizer(models.WordLevel({word: at for at, word in enumerate(WORDS)}, "[UNK]"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    tokenizer.enable_padding(length=MOST_TOKENS)  # as the published file has it
    tokenizer.save(str(folder / "tokenizer.json"))
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": MOST_TOKENS}))
    return folder


def in_full(folder: Path, text: str) -> Any:
    """By transformers, in float32: the mean over the tokens, made as long as 1."""
    import torch
    from transformers import BertModel

    ids = [2, *(WORDS.index(word) if word in WORDS else 1 for word in text.lower().split()[: MOST_TOKENS - 2]), 3]
    with torch.inference_mode():
        hidden = BertModel.from_pretrained(folder)(input_ids=torch.tensor([ids])).last_hidden_state[0]
    return (hidden.mean(0) / hidden.mean(0).norm()).numpy()


def cosines(one: Sequence[Sequence[float]], other: Sequence[Sequence[float]]) -> Any:
    return (np.asarray(one) * np.asarray(other)).sum(axis=1)


def test_passages_have_the_vectors_that_the_model_gives_them_in_full(model: Path) -> None:
    vectors = OnnxBert(model).embed(TEXTS)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)))
    assert cosines(vectors, [in_full(model, text) for text in TEXTS]).min() > 0.999
    assert len({tuple(vector) for vector in vectors}) == len(TEXTS)


def test_a_longer_neighbour_changes_next_to_nothing(model: Path) -> None:
    passages = OnnxBert(model)
    alone = [passages.embed([text])[0] for text in TEXTS]
    assert cosines(passages.embed(TEXTS), alone).min() > 0.999


def test_indexing_and_searching_load_one_engine(model: Path) -> None:
    embedder = Engines(model)
    assert embed_texts(embedder, TEXTS) == OnnxBert(model).embed(TEXTS)
    assert embedder.get_query_embedding("bridge") == OnnxBert(model).embed(["bridge"])[0]
    assert "weighed" not in embedder.__dict__
    assert embed_texts(embedder, []) == []


def test_what_is_weighed_has_an_engine_of_its_own(model: Path) -> None:
    from tests.conftest import WordsEmbedding

    embedder = Engines(model)
    embedder.__dict__["weighed"] = WordsEmbedding()
    assert embed_sentences(embedder, ["bridge", "storm"]) == [WordsEmbedding()._vector(w) for w in ("bridge", "storm")]
    assert "searched" not in embedder.__dict__


def test_batches_are_of_like_length_and_no_larger_than_told() -> None:
    assert list(alike([3, 9, 4, 10], 20)) == [[3, 1], [2, 0]]
    assert list(alike([3, 9, 4, 10], 19)) == [[3], [1, 2], [0]]
    assert list(alike([30], 20)) == [[0]]
    assert list(alike([], 20)) == []
