"""The one command: read, train, calibrate, export, check. See README.md beside model.onnx."""

import argparse
import logging
import tomllib
from pathlib import Path

from models.news_en.training.recipe import run

parser = argparse.ArgumentParser(prog="python -m models.news_en.training", description=__doc__)
parser.add_argument("--data", type=Path, required=True, help="folder with the files that the configuration names")
parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
parser.add_argument("--device", default=None, help="cuda or cpu; the first of these that there is")
parser.add_argument(
    "--epochs", type=int, default=None, help="of each cycle, instead of the configuration's, for trying things out"
)
parser.add_argument("--limit", type=int, default=None, help="read only so many articles of each file")
parser.add_argument("--weights", type=Path, default=None, help="safetensors of a trained network: only export it")
parser.add_argument(
    "--start", type=Path, default=None, help="safetensors of a trained network to go on from, in place of the base"
)
parser.add_argument(
    "--opinions",
    type=Path,
    default=None,
    help="folder of a model that is learned from where nobody has marked roles",
)
arguments = parser.parse_args()
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
with arguments.config.open("rb") as file:
    config = tomllib.load(file)
if arguments.epochs is not None:
    for cycle in config["training"]["cycles"]:
        cycle["n_epochs"] = arguments.epochs
run(
    config,
    data=arguments.data,
    out=arguments.out,
    device=arguments.device,
    limit=arguments.limit,
    weights=arguments.weights,
    start=arguments.start,
    opinions=arguments.opinions,
)
