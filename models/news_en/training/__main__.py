"""The one command: read, learn, finish (export, calibrate, check). See README.md beside model.onnx."""

import argparse
import logging
import tomllib
from pathlib import Path

STEPS = ("read", "learn", "finish")
parser = argparse.ArgumentParser(prog="python -m models.news_en.training", description=__doc__)
parser.add_argument(
    "--data",
    type=Path,
    default=Path(),
    help="folder with the files that the configuration names; learn needs none",
)
parser.add_argument("--out", type=Path, required=True, help="folder to write the model to")
parser.add_argument("--config", type=Path, default=Path(__file__).with_name("config.toml"))
parser.add_argument(
    "--from",
    dest="start",
    type=Path,
    metavar="MODEL",
    help="go on from a model, with the numbers of going_on.toml in the place of some",
)
parser.add_argument("--device", default=None, help="cuda or cpu; the first of these that there is")
parser.add_argument("--limit", type=int, default=None, help="read only so many articles of each file")
parser.add_argument("--workers", type=int, default=0, help="processes that make batches; for a GPU ten or more")
parser.add_argument(
    "--only",
    choices=STEPS,
    help="one step: read needs the corpora, learn a GPU (or days) and nothing but its folder",
)
arguments = parser.parse_args()
logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
config = tomllib.loads(arguments.config.read_text(encoding="utf-8"))
if arguments.start:
    going_on = tomllib.loads(Path(__file__).with_name("going_on.toml").read_text(encoding="utf-8"))
    config |= {name: config[name] | table for name, table in going_on.items()}
steps = [arguments.only] if arguments.only else STEPS
if "read" in steps:
    from models.news_en.training.recipe import read

    read(config, data=arguments.data, out=arguments.out, limit=arguments.limit)
if "learn" in steps:
    from models.news_en.training.learning import learn

    learn(
        config,
        out=arguments.out,
        start=arguments.start,
        device=arguments.device,
        n_workers=arguments.workers,
    )
if "finish" in steps:
    from models.news_en.training.recipe import finish

    finish(config, data=arguments.data, out=arguments.out, limit=arguments.limit)
