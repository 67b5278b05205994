"""Export: a trained network as an ONNX file with 8-bit weights, and back.

The graph is written node by node, for ONNX Runtime, in its fused operators. Weights of the transformer are int8
with one scale a column, word pieces int8 with one scale a row; what comes in is quantised as it comes, with
one scale for a whole window, which is why windows are run one at a time: a window's results never depend on
what else is in a batch.
"""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from quotex.model.encode import NO_PIECE
from quotex.model.labels import BESIDE_LABELS, MENTION_LABELS, NAME_LABELS, ROLE_LABELS
from quotex.training.network import NetworkSize

OPSET = 17
FUSED = "com.microsoft"  # the domain of ONNX Runtime's own operators
WORD_OUTPUTS = {
    "roles": ROLE_LABELS,
    "inner": ROLE_LABELS,
    "mentions": MENTION_LABELS,
    "names": NAME_LABELS,
    "beside": BESIDE_LABELS,
}  # logits of each word's labels
EPSILON = 1e-12  # of layer norms, BERT's
Weights = dict[str, np.ndarray]


@dataclass(slots=True)
class GraphWriter:
    """The graph while it is written.

    Attributes:
        limit: Largest absolute value of an 8-bit weight. 127 uses all of it; 63 cannot overflow the 16-bit sums of
            processors without VNNI instructions.
        exact: Prefixes of weights that are kept as float32.
    """

    limit: int
    exact: tuple[str, ...] = ()
    nodes: list[onnx.NodeProto] = field(default_factory=list)
    constants: list[onnx.TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: np.ndarray) -> str:
        """Store a constant and give its name back."""
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(
        self, operator: str, inputs: list[str], output: str, *, domain: str = "", **attributes: object
    ) -> str:
        """Write a node with one output and give the output's name back."""
        node = helper.make_node(operator, inputs, [output], name=output, domain=domain, **attributes)
        self.nodes.append(node)
        return output

    def linear(self, x: str, name: str, weights: Weights) -> str:
        """Multiply `x` by a weight and add its bias."""
        matrix = weights[f"{name}.weight"].T  # (n_in, n_out)
        bias = self.constant(f"{name}.bias", weights[f"{name}.bias"])
        if name.startswith(self.exact):
            product = self.node("MatMul", [x, self.constant(f"{name}.weight", matrix)], f"{name}.product")
            return self.node("Add", [product, bias], f"{name}.sum")
        scale = np.maximum(np.abs(matrix).max(axis=0), 1e-8).astype(np.float32) / self.limit
        quantised = np.clip(np.rint(matrix / scale), -self.limit, self.limit).astype(np.int8)
        inputs = [
            x,
            self.constant(f"{name}.weight", quantised),
            self.constant(f"{name}.scale", scale),
            self.constant(f"{name}.zero", np.zeros(len(scale), dtype=np.int8)),
            bias,
        ]
        return self.node("DynamicQuantizeMatMul", inputs, f"{name}.sum", domain=FUSED)

    def look_up(self, ids: str, name: str, weights: Weights) -> str:
        """Look rows of an embedding up; the big one is int8."""
        table = weights[f"{name}.weight"]
        if name.startswith(self.exact) or len(table) < 1000:
            return self.node("Gather", [self.constant(f"{name}.weight", table), ids], f"{name}.row")
        scale = np.maximum(np.abs(table).max(axis=1, keepdims=True), 1e-8).astype(np.float32) / 127
        quantised = np.rint(table / scale).astype(np.int8)
        row = self.node("Gather", [self.constant(f"{name}.weight", quantised), ids], f"{name}.quantised")
        row = self.node("Cast", [row], f"{name}.float", to=TensorProto.FLOAT)
        row_scale = self.node("Gather", [self.constant(f"{name}.scale", scale), ids], f"{name}.row_scale")
        return self.node("Mul", [row, row_scale], f"{name}.row")

    def norm(self, x: str, added: str, name: str, weights: Weights) -> str:
        """Add two inputs and normalise the sum."""
        inputs = [
            self.node("Add", [x, added], f"{name}.sum"),
            *(self.constant(f"{name}.{kind}", weights[f"{name}.{kind}"]) for kind in ("weight", "bias")),
        ]
        return self.node("LayerNormalization", inputs, f"{name}.normal", axis=-1, epsilon=EPSILON)


def build_model(
    weights: Weights, size: NetworkSize, *, limit: int = 127, exact: tuple[str, ...] = tuple(WORD_OUTPUTS)
) -> onnx.ModelProto:
    """Write a trained network as an ONNX model.

    Inputs, int64: `pieces` (n_positions, n_parts), `shapes` and `marks` (n_positions,), `words` (n_words,), the
    position of each.
    Outputs, float32: those of WORD_OUTPUTS, (n_words, n_labels): logits; `cues`, `sources`
    and `mates` (n_words, n_words + 1): log probabilities, columns as in network.NetworkOutput.

    Args:
        weights: The network's weights by name, float32.
        size: The network's sizes.
        limit: Largest absolute value of an 8-bit weight.
        exact: Prefixes of weights that stay float32.
    """
    graph = GraphWriter(limit, exact)
    x = _write_embeddings(graph, weights)
    for number in range(size.n_layers):
        x = _write_layer(graph, x, f"layers.{number}", weights, size)
    x = graph.node("Squeeze", [x, "axis_0"], "pieces_out")
    words = graph.node("Gather", [x, "words"], "words_out", axis=0)
    for name in WORD_OUTPUTS:
        graph.node("Identity", [graph.linear(words, name, weights)], name)
    one = graph.constant("first_piece", np.array([0], dtype=np.int64))
    targets = graph.node(
        "Gather", [x, graph.node("Concat", [one, "words"], "target_ids", axis=0)], "targets", axis=0
    )
    for name in ("cues", "sources", "mates"):
        _write_links(graph, words, targets, name, weights, size)
    return _make_model(graph, size)


def _write_embeddings(graph: GraphWriter, weights: Weights) -> str:
    graph.constant("axis_0", np.array([0], dtype=np.int64))
    positions = graph.constant("all_positions", weights["positions.weight"])
    length = graph.node("Shape", ["shapes"], "n_positions")
    origin = graph.constant("origin", np.array([0], dtype=np.int64))
    rows = graph.node("Slice", [positions, origin, length, "axis_0"], "positions")
    x = graph.node("Add", [_write_means(graph, weights), rows], "placed")
    for name in ("shapes", "marks"):
        row = graph.look_up(name, f"{name}_table", {f"{name}_table.weight": weights[f"{name}.weight"]})
        x = graph.node("Add", [x, row], f"with_{name}")
    x = graph.node("Unsqueeze", [x, "axis_0"], "batched")
    scale, shift = (graph.constant(f"norm.{kind}", weights[f"norm.{kind}"]) for kind in ("weight", "bias"))
    return graph.node("LayerNormalization", [x, scale, shift], "embedded", axis=-1, epsilon=EPSILON)


def _write_means(graph: GraphWriter, weights: Weights) -> str:
    """Write the mean of each position's pieces, with the factors on its first piece, second and so on."""
    table = weights["pieces.weight"].copy()
    table[NO_PIECE] = 0
    pieces = graph.look_up("pieces", "pieces_table", {"pieces_table.weight": table})
    factors = graph.constant("all_factors", weights["parts.weight"])
    axis = graph.constant("axis_1", np.array([1], dtype=np.int64))
    n_parts = graph.node("Shape", ["pieces"], "n_parts", start=1)
    factors = graph.node("Slice", [factors, "origin", n_parts, "axis_0"], "factors")
    total = graph.node("ReduceSum", [graph.node("Mul", [pieces, factors], "parts"), axis], "total", keepdims=0)
    is_piece = graph.node("Cast", [graph.node("Sign", ["pieces"], "is_piece")], "counted", to=TensorProto.FLOAT)
    return graph.node("Div", [total, graph.node("ReduceSum", [is_piece, axis], "count", keepdims=1)], "means")


def _write_layer(graph: GraphWriter, x: str, name: str, weights: Weights, size: NetworkSize) -> str:
    qkv = graph.linear(x, f"{name}.qkv", weights)
    parts = [f"{name}.{part}" for part in ("query", "key", "value")]
    graph.nodes.append(helper.make_node("Split", [qkv], parts, name=f"{name}.split", axis=-1))
    attended = graph.node("MultiHeadAttention", parts, f"{name}.heads", domain=FUSED, num_heads=size.n_heads)
    attended = graph.linear(attended, f"{name}.attended", weights)
    x = graph.norm(x, attended, f"{name}.attention_norm", weights)
    up = graph.node("Gelu", [graph.linear(x, f"{name}.up", weights)], f"{name}.gelu", domain=FUSED)
    return graph.norm(x, graph.linear(up, f"{name}.down", weights), f"{name}.output_norm", weights)


def _write_links(
    graph: GraphWriter, words: str, targets: str, name: str, weights: Weights, size: NetworkSize
) -> None:
    link_from = graph.linear(words, f"{name}.link_from", weights)
    link_to = graph.linear(targets, f"{name}.link_to", weights)
    turned = graph.node("Transpose", [link_to], f"{name}.turned", perm=[1, 0])
    product = graph.node("MatMul", [link_from, turned], f"{name}.product")
    factor = graph.constant(f"{name}.factor", np.array(size.link_width**-0.5, dtype=np.float32))
    graph.node("LogSoftmax", [graph.node("Mul", [product, factor], f"{name}.logits")], name, axis=-1)


def _make_model(graph: GraphWriter, size: NetworkSize) -> onnx.ModelProto:
    sizes = {
        "pieces": ["n_positions", "n_parts"],
        "shapes": ["n_positions"],
        "marks": ["n_positions"],
        "words": ["n_words"],
    }
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, size) for name, size in sizes.items()]
    outputs = [
        *(
            helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n_words", len(labels)])
            for name, labels in WORD_OUTPUTS.items()
        ),
        helper.make_tensor_value_info("cues", TensorProto.FLOAT, ["n_words", "n_targets"]),
        helper.make_tensor_value_info("sources", TensorProto.FLOAT, ["n_words", "n_targets"]),
        helper.make_tensor_value_info("mates", TensorProto.FLOAT, ["n_words", "n_targets"]),
    ]
    proto = helper.make_graph(graph.nodes, "quotex", inputs, outputs, graph.constants)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(FUSED, 1)]
    return helper.make_model(proto, opset_imports=opsets, ir_version=8, producer_name="quotex")


def read_weights(model: onnx.ModelProto) -> Weights:
    """Read the weights of a network back out of its ONNX model, within the rounding of 8 bits.

    This is how training goes on from a model that is installed, which has no other copy of them.
    """
    constants = {tensor.name: numpy_helper.to_array(tensor) for tensor in model.graph.initializer}
    renamed = {"all_positions": "positions.weight", "all_factors": "parts.weight"}
    for name in ("pieces", "shapes", "marks"):
        renamed[f"{name}_table.weight"] = f"{name}.weight"
    weights: Weights = {}
    for name, value in constants.items():
        if not name.endswith((".weight", ".bias")) and name not in renamed:
            continue
        scale = constants.get(f"{name.removesuffix('.weight')}.scale")
        if value.dtype == np.int8 and scale is not None:
            value = value.astype(np.float32) * scale
        is_matrix = value.ndim == 2 and name not in renamed
        weights[renamed.get(name, name)] = value.T if is_matrix else value
    return weights


def save_model(model: onnx.ModelProto, path: Path) -> None:
    """Check a model and write it."""
    onnx.checker.check_model(model, full_check=False)
    onnx.save(model, str(path))
