"""`quotex serve`: a page to check and correct quotes on, and a REST interface."""

import signal
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from quotex.cli.guard import INTERRUPTED, run_or_exit, tell
from quotex.cli.options import (
    EncodingName,
    IdKey,
    ModelFolder,
    Quiet,
    TextKey,
    Thoughts,
    Workers,
    check_number,
    make_timeout,
)
from quotex.errors import Msg, UsageError
from quotex.read import Failure, ReadOptions, check_encoding, read_articles
from quotex.serve.settings import MB, Settings

if TYPE_CHECKING:
    from quotex.types import Article

MAX_ARTICLES = 10_000  # held in memory, to be reviewed
MAX_BODY = 1_000_000  # megabytes


def serve_cli(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATHS", help="Articles to review: files, folders, patterns.")
    ] = None,
    host: Annotated[str, typer.Option("--host", metavar="ADDRESS", help="Where to listen.")] = "127.0.0.1",
    port: Annotated[
        int, typer.Option("--port", metavar="N", min=0, max=65535, help="0: any that is free.")
    ] = 8765,
    corrections: Annotated[
        Path, typer.Option("--corrections", metavar="FILE", help="JSON Lines that corrections are added to.")
    ] = Path("corrections.jsonl"),
    api_key: Annotated[
        str | None,
        typer.Option("--api-key", envvar="QUOTEX_API_KEY", metavar="KEY", help="What requests must carry."),
    ] = None,
    max_body: Annotated[
        float,
        typer.Option(
            "--max-body",
            metavar="MB",
            min=0.001,
            max=MAX_BODY,
            callback=check_number,
            help="Megabytes of one request.",
        ),
    ] = 10.0,
    timeout: Annotated[float, make_timeout("What one request may take.")] = 120.0,
    max_requests: Annotated[
        int, typer.Option("--max-requests", metavar="N", min=1, help="At a time; more are told to come back.")
    ] = 64,
    workers: Workers = None,
    thoughts: Thoughts = False,
    model: ModelFolder = None,
    text_key: TextKey = "text",
    id_key: IdKey = None,
    encoding: EncodingName = "utf-8",
    quiet: Quiet = False,
) -> NoReturn:
    """Check quotes and correct them on a page of your own machine, and answer programs.

    What is corrected is added to FILE, as `quotex evaluate` and `quotex train` read it. Programs post texts to
    /v1/extract; /docs tells how. It ends with Ctrl-C.

    \b
    Examples:
      quotex serve
      quotex serve news/ --corrections mine.jsonl
      curl -H 'Content-Type: text/plain' --data-binary @article.txt http://127.0.0.1:8765/v1/extract

    Needs more packages: pip install 'quotex[serve]'

    Exit status: 0 ended by SIGTERM, 130 by Ctrl-C, 2 it could not start.
    """  # noqa: D301
    from quotex.batch.run import count_cores

    options = ReadOptions(encoding=encoding, text_key=text_key, id_key=id_key)
    settings = Settings(
        host=host,
        port=port,
        model=model,
        n_workers=workers or count_cores(),
        max_body=int(max_body * MB),
        max_requests=max_requests,
        timeout_s=timeout,
        api_key=api_key or None,
        corrections=corrections,
        thoughts=thoughts,
    )
    received = run_or_exit(lambda: serve(read_queue(paths or [], options), settings, quiet=quiet))
    raise typer.Exit(INTERRUPTED if received == signal.SIGINT else 0)


def serve(articles: "list[Article]", settings: Settings, *, quiet: bool) -> int | None:
    """Serve until a signal comes, and return it.

    Raises:
        UsageError: Q204, Q603, Q604, corrections cannot be saved; Q601, Q602, Q219, Q221, it cannot be started.
        ModelError: The model cannot be used.
    """
    try:
        from quotex.serve.listen import listen
        from quotex.serve.service import Service
    except ImportError as err:
        raise UsageError(Msg.Q221.format(what="quotex serve", missing=err.name, extra="serve")) from err
    service = Service(settings, articles)
    service.corrections.check()

    def announce(address: str) -> None:
        if not quiet:
            typer.echo(f"Open {address} in a browser; programs post to {address}v1/extract. Ctrl-C ends it.")

    return listen(service, announce)


def read_queue(paths: list[str], options: ReadOptions) -> "list[Article]":
    """Read the articles to review; what cannot be read is named on stderr.

    Raises:
        UsageError: Q201, there is no such encoding; Q607, there is no article.
    """
    check_encoding(options.encoding)
    articles: list[Article] = []
    for item in read_articles(paths, replace(options, warn=tell)):
        if isinstance(item, Failure):
            tell(item.message)
        elif len(articles) == MAX_ARTICLES:
            tell(Msg.Q608.format(limit=MAX_ARTICLES))
            break
        else:
            articles.append(item)
    if paths and not articles:
        raise UsageError(Msg.Q607.format(paths=", ".join(paths)))
    return articles
