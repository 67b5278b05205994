"""The command `quotex`. Nothing slow is imported here: `quotex --help` answers at once."""

import gc
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from quotex import __version__
from quotex.cli.convert import convert_cli
from quotex.cli.evaluate import ErrorsCommand, evaluate_cli
from quotex.cli.extract import extract_cli
from quotex.cli.guard import NOT_STARTED, drop_stdout, leave, tell, use_utf8
from quotex.cli.schema import schema_cli
from quotex.cli.serve import serve_cli
from quotex.cli.speakers import speakers_cli
from quotex.cli.train import train_cli
from quotex.cli.verify import verify_cli
from quotex.errors import Msg
from quotex.read import STDIN
from quotex.text.printable import make_printable


class Commands(TyperGroup):
    """The commands; what is a file instead is pointed to the one that reads it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Find the command."""
        if self.get_command(ctx, args[0]) is None and is_input(args[0]):
            command = shlex.join(["quotex", "extract", *args])
            leave(Msg.Q244.format(name=args[0], command=command), NOT_STARTED)
        return super().resolve_command(ctx, args)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read what stands before the command."""
        with showing_all():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        with showing_all():
            return super().invoke(ctx)


@contextmanager
def showing_all() -> Iterator[None]:
    """Show in what typer says of wrong usage all that would control the terminal: a pattern gave it a name."""
    try:
        yield
    except typer.TyperException as err:
        err.message = "\n".join(map(make_printable, err.message.split("\n")))
        raise


def is_input(name: str) -> bool:
    """Tell whether a name is that of a file or folder, or of stdin."""
    return name == STDIN or Path(name).exists() or Path(name).suffix != "" or "/" in name


app = typer.Typer(
    name="quotex",
    cls=Commands,
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
app.command("verify", short_help="Check that the quotations of ARTICLE stand in EDITED as they were.")(verify_cli)
app.command("convert")(convert_cli)
app.command("evaluate", cls=ErrorsCommand, short_help="Compare the quotes found with those that people marked.")(
    evaluate_cli
)
app.command("train")(train_cli)
app.command("serve", short_help="Check and correct quotes on a page of your own machine; REST.")(serve_cli)
app.command("schema")(schema_cli)


def main() -> NoReturn:
    """Run the command."""
    use_utf8()
    try:
        sys.exit(app(prog_name="quotex"))
    except (OSError, SystemExit):
        failure = drop_stdout()
        if failure is None or isinstance(failure, BrokenPipeError):  # a reader who has had enough
            raise
        tell(Msg.Q209.format(path="stdout", reason=failure.strerror or failure, kept=""))
        sys.exit(NOT_STARTED)
    finally:
        drop_stdout()
        gc.freeze()  # what is held goes with the process; to search it for cycles took a quarter of a short run
