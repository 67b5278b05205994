"""The JSON Schema of the records."""

from importlib.resources import files


def load_schema() -> str:
    """Read the published schema: JSON, draft 2020-12."""
    return files("quotex.write").joinpath("schema.json").read_text(encoding="utf-8")
