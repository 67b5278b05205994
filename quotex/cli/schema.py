"""`quotex schema`: the JSON Schema of the records."""

import typer

from quotex.write import load_schema


def schema_cli() -> None:
    """Print the JSON Schema of the records (draft 2020-12).

    \b
    Example:
      quotex schema > quotex.schema.json
    """  # noqa: D301
    typer.echo(load_schema(), nl=False)
