"""The exported network says what the trained one says; these need the packages of the extra "train"."""

from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("safetensors")

from quotex.model.encode import NO_PIECE  # noqa: E402
from quotex.model.session import OUTPUTS  # noqa: E402
from quotex.training.export import Weights, build_model, read_weights, save_model  # noqa: E402
from quotex.training.network import Network, NetworkSize  # noqa: E402

SIZE = NetworkSize(n_layers=2, n_heads=4, width=64, n_pieces=1200, max_positions=40, link_width=16)
TOLERANCE = 0.05  # of a logit of about 1, after the rounding to 8 bits


@pytest.fixture
def network() -> Network:
    torch.manual_seed(3)
    network = Network(SIZE).eval()
    for name in ("shapes", "marks", "parts"):
        torch.nn.init.normal_(getattr(network, name).weight, std=0.5)
    return network


def get_weights(network: Network) -> Weights:
    return {name: value.detach().numpy() for name, value in network.state_dict().items()}


def make_inputs() -> dict[str, np.ndarray]:
    rng = np.random.default_rng(5)
    return {
        "pieces": rng.integers(1, 1200, (30, 3)) * (np.arange(3) < rng.integers(1, 4, (30, 1))),
        "shapes": rng.integers(0, 8, 30),
        "marks": rng.integers(0, 4, 30),
        "words": np.arange(1, 29, 2),
    }


def run_trained(network: Network, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    tensors = [torch.from_numpy(inputs[name])[None] for name in ("pieces", "shapes", "marks", "words")]
    masks = [torch.ones_like(tensors[1], dtype=torch.bool), torch.ones_like(tensors[3], dtype=torch.bool)]
    with torch.no_grad():
        output = network(*tensors, *masks)
    return {
        "roles": output.roles[0].numpy(),
        "inner": output.inner[0].numpy(),
        "mentions": output.mentions[0].numpy(),
        "names": output.names[0].numpy(),
        "beside": output.beside[0].numpy(),
        "cues": output.cues[0].log_softmax(-1).numpy(),
        "sources": output.sources[0].log_softmax(-1).numpy(),
        "mates": output.mates[0].log_softmax(-1).numpy(),
    }


def run_exported(
    weights: Weights, inputs: dict[str, np.ndarray], path: Path, **options: object
) -> dict[str, np.ndarray]:
    import onnxruntime

    save_model(build_model(weights, SIZE, **options), path)  # type: ignore[arg-type]
    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    return dict(zip(OUTPUTS, session.run(OUTPUTS, inputs), strict=True))


@pytest.mark.parametrize("exact, tolerance", [(("layers", "pieces", *OUTPUTS), 1e-3), (("roles",), TOLERANCE)])
def test_exported_and_trained_agree(
    network: Network, tmp_path: Path, exact: tuple[str, ...], tolerance: float
) -> None:
    """With all weights exact the two are the same but for rounding; with 8 bits they are close."""
    inputs = make_inputs()
    trained = run_trained(network, inputs)
    # with a limit of 127, sums overflow on processors without VNNI
    exported = run_exported(get_weights(network), inputs, tmp_path / "model.onnx", exact=exact, limit=63)
    for name, values in trained.items():
        assert np.abs(values - exported[name]).max() < tolerance, name


def test_weights_come_back_out_of_the_exported_model(network: Network) -> None:
    """Training can go on from model.onnx: all weights are there, within the rounding of 8 bits."""
    weights = get_weights(network)
    back = read_weights(build_model(weights, SIZE))
    assert back.keys() == weights.keys()
    for name, value in weights.items():
        assert back[name].shape == value.shape
        rows = slice(NO_PIECE + 1 if name == "pieces.weight" else 0, None)  # what stands for no piece is nothing
        assert np.abs(back[name] - value)[rows].max() <= np.abs(value).max() / 127, name
