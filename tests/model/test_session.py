"""Opening a model: what is checked, and what is said when it fails."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from quotex.errors import ModelError
from quotex.model.decode import allow_steps
from quotex.model.session import FORMAT, LISTS, META_FILE, MODEL_FILE, TOKENIZER_FILE, open_model

CONTENT = b"no model at all"


@pytest.fixture
def meta() -> dict[str, Any]:
    digest = hashlib.sha256(CONTENT).hexdigest()
    return {
        "format": FORMAT,
        "name": "toy",
        "version": "0",
        **LISTS,
        "windows": {"max_positions": 64, "n_context": 8},
        "temperature": 1.0,
        "transitions": [[None if x < 0 else 0.0 for x in row] for row in allow_steps(7).tolist()],
        "calibration": {"cue": [1.0, 0.0]},
        "ranking": {"named": {"inside": 1.5, "outside": -2}},
        "sha256": {MODEL_FILE: digest, TOKENIZER_FILE: digest},
    }


def write(folder: Path, meta: object, content: bytes = CONTENT) -> Path:
    (folder / META_FILE).write_text(json.dumps(meta))
    for name in (MODEL_FILE, TOKENIZER_FILE):
        (folder / name).write_bytes(content)
    return folder


def test_a_folder_without_a_model(tmp_path: Path) -> None:
    """Q301 names the file that is missing."""
    with pytest.raises(ModelError, match=r"\[Q301\].*meta\.json: cannot be read"):
        open_model(tmp_path)


@pytest.mark.parametrize("part", ["session", "tokenizer"])
def test_a_file_that_was_changed(tmp_path: Path, meta: dict[str, Any], part: str) -> None:
    """Q302: one changed byte is seen before the file is used."""
    model = open_model(write(tmp_path, meta, CONTENT + b"!"))
    with pytest.raises(ModelError, match=r"\[Q302\]"):
        getattr(model, part)


@pytest.mark.parametrize("part", ["session", "tokenizer"])
def test_a_file_that_is_damaged(tmp_path: Path, meta: dict[str, Any], part: str) -> None:
    """Q303: the file is the one described, and still no model."""
    model = open_model(write(tmp_path, meta))
    with pytest.raises(ModelError, match=r"\[Q303\]"):
        getattr(model, part)


@pytest.mark.parametrize("damage", [{}, [], {"format": FORMAT}, "x"])
def test_a_description_that_is_damaged(tmp_path: Path, damage: object) -> None:
    """Q303: meta.json lacks what it must say."""
    with pytest.raises(ModelError, match=r"\[Q303\].*meta\.json"):
        open_model(write(tmp_path, damage))


@pytest.mark.parametrize(
    "damage", [{"ranking": None}, {"ranking": {"named": 1}}, {"ranking": {"named": {"a": "b"}}}]
)
def test_weights_that_are_none(tmp_path: Path, meta: dict[str, Any], damage: dict[str, Any]) -> None:
    """Q303: the weights of the ranking are numbers, by form of source and feature."""
    with pytest.raises(ModelError, match=r"\[Q303\].*meta\.json"):
        open_model(write(tmp_path, meta | damage))


@pytest.mark.parametrize(
    "damage",
    [
        *({"temperature": value} for value in (0, -1, float("nan"), float("inf"), 1e-300, 10**400, None)),
        {"windows": {"max_positions": 10, "n_context": 8}},
        {"windows": {"max_positions": float("inf"), "n_context": 8}},
        {"calibration": {"cue": [float("nan"), 0.0]}},
        {"ranking": {"named": {"inside": float("inf")}}},
        {"ranking": {"named": {"inside": 1e300}}},
        {"transitions": [[float("nan")] * 7] * 8},
        {"transitions": [[0.0] * 7] * 2},
    ],
)
def test_numbers_that_find_nothing(tmp_path: Path, meta: dict[str, Any], damage: dict[str, Any]) -> None:
    """Q303: with a temperature of 0, or NaN anywhere, there would be no quotes and no word of it."""
    with pytest.raises(ModelError, match=r"\[Q303\].*meta\.json"):
        open_model(write(tmp_path, meta | damage))


def test_a_description_nested_deep(tmp_path: Path, meta: dict[str, Any]) -> None:
    """Q303: JSON that no stack can hold."""
    write(tmp_path, meta)
    (tmp_path / META_FILE).write_text("[" * 200_000)
    with pytest.raises(ModelError, match=r"\[Q303\].*meta\.json"):
        open_model(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"format": FORMAT - 1},
        {"format": 99},
        {"shapes": ["big", "small"]},
        {"role_labels": ["O"]},
        {"name_labels": ["O"]},
        {"beside_labels": ["O"]},
    ],
)
def test_a_model_of_another_version(tmp_path: Path, meta: dict[str, Any], change: dict[str, Any]) -> None:
    """Q304: its numbers mean something else."""
    with pytest.raises(ModelError, match=r"\[Q304\]"):
        open_model(write(tmp_path, meta | change))


def test_what_a_description_says(tmp_path: Path, meta: dict[str, Any]) -> None:
    """Opening reads meta.json only; the large files wait for their first use."""
    write(tmp_path, meta)
    (tmp_path / MODEL_FILE).unlink()
    model = open_model(tmp_path)
    assert model.meta.max_positions == 64
    assert model.meta.calibration == {"cue": (1.0, 0.0)}
    assert model.meta.ranking == {"named": {"inside": 1.5, "outside": -2.0}}
    with pytest.raises(ModelError, match=r"\[Q301\]"):
        _ = model.session


def test_other_weights_are_another_model(tmp_path: Path, meta: dict[str, Any]) -> None:
    """One that is open already is given again only where its description has not changed."""
    model = open_model(write(tmp_path, meta))
    assert open_model(tmp_path) is model
    assert open_model(write(tmp_path, {**meta, "ranking": {}})).meta.ranking == {}
