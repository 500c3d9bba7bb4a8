"""One embedding model, two engines: 8 bits for searching, in bulk and at once; in full for weighing what was found."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from llama_index.core.base.embeddings.base import BaseEmbedding

from rag.index.onnx_graph import IDS, LENGTHS, MASK, Shape, bert_graph
from rag.ingest.workers import cores

if TYPE_CHECKING:
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding
    from numpy.typing import NDArray

TOKENS_AT_ONCE = 1024
"""In one batch, with padding: some 8 chunks. From 4 to 32 chunks a core reads about as many tokens a second."""
PASSAGES_AT_ONCE = 128
SENTENCES_AT_ONCE = 32


class Engines(BaseEmbedding):
    """What is searched, passages and questions, goes through `searched`; what reading weighs against each other,
    through `weighed`; each is loaded when it is first needed, by one thread: searching goes one at a time, and so does
    reading.

    The first is loaded in 1 s for 9, and takes 4 ms a short question for 28; in 8 bits a vector's mean cosine to that
    in full is .993. With passages in 8 bits and questions in 8 or in full, the MRR of the whole of retrieval is .951
    and .950 for 1,190 questions of XQuAD, .566 and .562 for 60 of news; by vectors alone .887 and .892, .548 and .560
    (`python -m eval.engines`).
    """

    folder: Path

    def __init__(self, folder: Path) -> None:
        super().__init__(model_name=str(folder), embed_batch_size=PASSAGES_AT_ONCE, folder=folder)  # type: ignore[call-arg]

    @cached_property
    def searched(self) -> OnnxBert:
        return OnnxBert(self.folder)

    @cached_property
    def weighed(self) -> HuggingFaceEmbedding:
        """sentence-transformers, on the processor, running no code that came with the model."""
        from llama_index.embeddings.huggingface import HuggingFaceEmbedding

        return HuggingFaceEmbedding(
            model_name=str(self.folder),
            device="cpu",
            embed_batch_size=SENTENCES_AT_ONCE,
            trust_remote_code=False,
            model_kwargs={"torch_dtype": "bfloat16" if has_bfloat16() else "float32"},
        )

    def knows(self, word: str) -> bool:
        """Whether a folded word is one of the 30,000 of its vocabulary; rare names and slips are made of pieces."""
        return word in self.searched.vocabulary

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return self.searched.embed(texts)

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._get_text_embedding(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def has_bfloat16() -> bool:
    """Whether the processor multiplies bfloat16 itself. Where it does, embedding is 2.6 times as fast as in float32
    with a mean cosine of 1.00 (62 chunks/s to 24, with AMX); where it does not, 5 times as slow."""
    import torch

    able = torch.cpu.get_capabilities()
    return bool(able.get("amx_bf16") or able.get("avx512_bf16"))


class OnnxBert:
    """The model in `folder` as ONNX Runtime runs it: a batch on each core, so that none waits for another."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        config, limits = (_json(folder / name) for name in ("config.json", "sentence_bert_config.json"))
        most_tokens = limits["max_seq_length"]
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(most_tokens)
        self.vocabulary = frozenset(self._tokenizer.get_vocab())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        graph = bert_graph(load_file(folder / "model.safetensors"), Shape.from_config(config), most_tokens)
        self._session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])

    def embed(self, texts: Sequence[str]) -> list[list[float]]:
        """One vector a text, in order; what is too long for the model is cut."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        batches = list(alike([len(some) for some in ids], TOKENS_AT_ONCE))
        if len(batches) == 1:  # to start a thread takes a fifth of the time of a question
            return self._run(ids)
        with ThreadPoolExecutor(cores()) as pool:
            found = pool.map(lambda batch: self._run([ids[at] for at in batch]), batches)
            vectors = dict(zip(chain(*batches), chain(*found), strict=True))
        return [vectors[at] for at in range(len(texts))]

    def _run(self, texts: Sequence[Sequence[int]]) -> list[list[float]]:
        import numpy as np

        lengths = np.array([len(ids) for ids in texts], np.int32)
        mask = (np.arange(lengths.max()) < lengths[:, None]).astype(np.int64)
        ids = np.zeros_like(mask)
        ids[mask == 1] = np.concatenate(texts)
        vectors: NDArray[np.float32] = self._session.run(None, {IDS: ids, MASK: mask, LENGTHS: lengths})[0]
        return [vector.tolist() for vector in vectors]


def alike(lengths: Sequence[int], most: int) -> Iterator[list[int]]:
    """Places of `lengths` in batches of like length, the longest first, each padded to no more than `most` in all."""
    batch: list[int] = []
    for at in sorted(range(len(lengths)), key=lambda at: -lengths[at]):
        if batch and (len(batch) + 1) * lengths[batch[0]] > most:
            yield batch
            batch = []
        batch.append(at)
    if batch:
        yield batch


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))
