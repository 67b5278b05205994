"""The command `quotex`. Nothing slow is imported here: `quotex --help` answers at once."""

from typing import Annotated

import typer

from quotex import __version__
from quotex.cli.convert import convert_cli
from quotex.cli.evaluate import ErrorsCommand, evaluate_cli
from quotex.cli.extract import extract_cli
from quotex.cli.guard import exit_at_once, use_utf8
from quotex.cli.schema import schema_cli
from quotex.cli.serve import serve_cli
from quotex.cli.speakers import speakers_cli
from quotex.cli.train import train_cli
from quotex.cli.verify import verify_cli

app = typer.Typer(
    name="quotex",
    rich_markup_mode=None,  # plain help and errors: half the time, and fit for pipes and screen readers
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def show_version(is_asked: bool) -> None:
    """Print the version and exit."""
    if is_asked:
        typer.echo(f"quotex {__version__}")
        raise typer.Exit()


@app.callback(invoke_without_command=True)
def quotex_cli(
    context: typer.Context,
    show: Annotated[
        bool,
        typer.Option("--version", callback=show_version, is_eager=True, help="Show the version and exit."),
    ] = False,
) -> None:
    """Read news articles and say who said what.

    \b
    Example:
      quotex extract article.txt
    """  # noqa: D301  (\b keeps the lines of an example as they are)
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit()


app.command("extract")(extract_cli)
app.command("speakers")(speakers_cli)
app.command("verify")(verify_cli)
app.command("convert")(convert_cli)
app.command("evaluate", cls=ErrorsCommand)(evaluate_cli)
app.command("train")(train_cli)
app.command("serve")(serve_cli)
app.command("schema")(schema_cli)


def main() -> None:
    """Run the command."""
    use_utf8()
    try:
        app(prog_name="quotex")
    except SystemExit as end:
        exit_at_once(end.code if isinstance(end.code, int) else int(end.code is not None))
