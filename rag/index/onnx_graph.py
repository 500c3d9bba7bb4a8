"""A BERT such as MiniLM as an ONNX graph that multiplies in 8 bits, made from the publisher's own weights.

Made anew at every start (half a second): nothing has to be downloaded, exported, kept or checked but the weights.
The operators are those that ONNX Runtime's optimiser would fuse a BERT into, so nothing is left to be optimised.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Weights = Mapping[str, "NDArray[np.float32]"]

OPSET, IR_VERSION = 18, 9
MOST = 63
"""A weight is a whole number from -63 to 63 times its column's scale. AVX2 adds two products of 8 bits in 16, which
larger weights would overflow: with 127 the mean cosine to the vectors of 32 bits is .9923, with 63 .9935."""
IDS, MASK, LENGTHS, VECTORS = "ids", "mask", "lengths", "vectors"
_ONNX, _RUNTIME = "", "com.microsoft"


@dataclass(frozen=True)
class Shape:
    """What a model's `config.json` says of its size; `epsilon` keeps layer normalisation from dividing by 0."""

    layers: int
    heads: int
    hidden: int
    epsilon: float

    @classmethod
    def from_config(cls, config: Mapping[str, Any]) -> Shape:
        return cls(
            config["num_hidden_layers"], config["num_attention_heads"], config["hidden_size"], config["layer_norm_eps"]
        )


def bert_graph(weights: Weights, shape: Shape, most_tokens: int) -> bytes:
    """The model, its mean pooling and normalisation: ids and mask (int64, texts x tokens) and each text's count of
    tokens (int32, texts) to vectors of length 1 (float32, texts x hidden). Shorter texts are padded at the end."""
    return _Graph(weights, shape).build(most_tokens)


class _Graph:
    """Nodes and constants in the making; each method adds some and returns the name of what they yield."""

    def __init__(self, weights: Weights, shape: Shape) -> None:
        self._weights, self._shape = weights, shape
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def build(self, most_tokens: int) -> bytes:
        from onnx import TensorProto, helper

        hidden = self._embeddings(most_tokens)
        for layer in range(self._shape.layers):
            hidden = self._layer(hidden, f"encoder.layer.{layer}")
        self._pooled(hidden)
        inputs = [
            helper.make_tensor_value_info(IDS, TensorProto.INT64, ["texts", "tokens"]),
            helper.make_tensor_value_info(MASK, TensorProto.INT64, ["texts", "tokens"]),
            helper.make_tensor_value_info(LENGTHS, TensorProto.INT32, ["texts"]),
        ]
        outputs = [helper.make_tensor_value_info(VECTORS, TensorProto.FLOAT, ["texts", self._shape.hidden])]
        graph = helper.make_graph(self._nodes, "bert", inputs, outputs, self._constants)
        opsets = [helper.make_opsetid(_ONNX, OPSET), helper.make_opsetid(_RUNTIME, 1)]
        model: bytes = helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION).SerializeToString()
        return model

    def _embeddings(self, most_tokens: int) -> str:
        import numpy as np

        words = self._constant("words", self._weights["embeddings.word_embeddings.weight"])
        places = self._constant(
            "places",
            self._weights["embeddings.position_embeddings.weight"][:most_tokens]
            + self._weights["embeddings.token_type_embeddings.weight"][0],
        )
        zero = self._constant("zero", np.zeros(1, np.int64))
        tokens = self._node("Shape", [IDS], start=1, end=2)
        here = self._node("Slice", [places, zero, tokens, zero])
        summed = self._node("Add", [self._node("Gather", [words, IDS]), here])
        name = "embeddings.LayerNorm"
        return self._node("LayerNormalization", [summed, *self._norm(name)], axis=-1, epsilon=self._shape.epsilon)

    def _layer(self, hidden: str, name: str) -> str:
        import numpy as np

        inner = f"{name}.attention.self"
        parts = [f"{inner}.{part}" for part in ("query", "key", "value")]
        together = np.concatenate([self._weights[f"{part}.weight"] for part in parts])
        biases = np.concatenate([self._weights[f"{part}.bias"] for part in parts])
        multiplied = self._product(hidden, inner, together)
        names = [f"{part}.y" for part in parts]
        self._node("Split", [multiplied], names, axis=-1, num_outputs=3)
        attention = self._node(
            "MultiHeadAttention",
            [*names, self._constant(f"{inner}.bias", biases), LENGTHS],
            domain=_RUNTIME,
            num_heads=self._shape.heads,
        )
        attended = self._added(self._dense(attention, f"{name}.attention.output.dense"), hidden, f"{name}.attention")
        inner = f"{name}.intermediate.dense"
        bias = self._constant(f"{inner}.bias", self._weights[f"{inner}.bias"])
        wide = self._node("BiasGelu", [self._dense(attended, inner), bias], domain=_RUNTIME)
        return self._added(self._dense(wide, f"{name}.output.dense"), attended, name)

    def _pooled(self, hidden: str) -> None:
        """The mean over a text's tokens is its sum but for the length, and the length is made 1."""
        import numpy as np
        from onnx import TensorProto

        axis = self._constant("axis", np.ones(1, np.int64))
        weights = self._node("Unsqueeze", [self._node("Cast", [MASK], to=TensorProto.FLOAT), axis])
        summed = self._node("Squeeze", [self._node("MatMul", [weights, hidden]), axis])
        self._node("LpNormalization", [summed], [VECTORS], axis=-1, p=2)

    def _dense(self, hidden: str, name: str) -> str:
        """Without its bias, which the next node adds."""
        return self._product(hidden, name, self._weights[f"{name}.weight"])

    def _added(self, dense: str, hidden: str, name: str) -> str:
        """Both summed with the bias of the one, and normalised."""
        norm = self._norm(f"{name}.output.LayerNorm")
        bias = self._constant(f"{name}.output.dense.bias", self._weights[f"{name}.output.dense.bias"])
        return self._node(
            "SkipLayerNormalization", [dense, hidden, *norm, bias], domain=_RUNTIME, epsilon=self._shape.epsilon
        )

    def _norm(self, name: str) -> tuple[str, str]:
        weight, bias = f"{name}.weight", f"{name}.bias"
        return self._constant(weight, self._weights[weight]), self._constant(bias, self._weights[bias])

    def _product(self, hidden: str, name: str, weight: NDArray[np.float32]) -> str:
        """Times the weight (out x in), each of whose columns has a scale of its own."""
        import numpy as np

        columns = weight.T
        scales = np.maximum(np.abs(columns).max(axis=0) / MOST, np.finfo(np.float32).tiny).astype(np.float32)
        whole = np.rint(columns / scales).astype(np.int8)
        parts = {"whole": whole, "scale": scales, "zero": np.zeros_like(scales, np.int8)}
        constants = [self._constant(f"{name}.{part}", values) for part, values in parts.items()]
        return self._node("DynamicQuantizeMatMul", [hidden, *constants], domain=_RUNTIME)

    def _constant(self, name: str, values: NDArray[Any]) -> str:
        import numpy as np
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _node(self, kind: str, inputs: list[str], outputs: list[str] | None = None, **options: Any) -> str:
        from onnx import helper

        names = outputs or [f"{kind}.{len(self._nodes)}"]
        self._nodes.append(helper.make_node(kind, inputs, names, **options))
        return names[0]
