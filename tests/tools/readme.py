"""The blocks of README.md and docs/ that are held to the code, and the tool that writes them anew.

    python -m tests.tools.readme

`<!-- output -->` comes before a block that begins with `$ COMMAND` and goes on with what the command prints; with
`<!-- terminal -->` it is what it prints at a terminal of 100 columns.
"""

import os
import re
import shlex
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
SHOWN = re.compile(r"<!-- (output|terminal) -->\n```console\n\$ (quotex [^\n]+)\n(.*?)```\n", re.DOTALL)
COMMAND = re.compile(r"<!-- command: (\w+) -->\n```sh\n(.*?)```\n", re.DOTALL)
PYTHON = re.compile(r"```python\n(.*?)```\n", re.DOTALL)
RUN = re.compile(r"<!-- run -->\n```(\w+)\n(.*?)```\n", re.DOTALL)
PROGRESS = re.compile(r"^\d+ articles?, [\d,]+ words?/s, .*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command that a page shows with its output."""

    command: str
    output: str
    is_terminal: bool

    def run(self) -> str:
        """Run the command in the root of the project; both streams, but for what a busy machine says."""
        arguments = shlex.split(self.command)[1:]
        if self.is_terminal and arguments[0] in {"extract", "speakers"}:
            arguments += ["--format", "table"]
        environment = {key: value for key, value in os.environ.items() if key not in {"FORCE_COLOR", "PYTHONPATH"}}
        done = subprocess.run(
            [sys.executable, "-X", "utf8", "-m", "quotex", *arguments],
            cwd=ROOT,
            env=environment | {"COLUMNS": "100"},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
        )
        return PROGRESS.sub("", done.stdout)


def find_run(page: str, language: str) -> list[str]:
    """Find the blocks of a page, or of a section of it, that a test runs: those after `<!-- run -->`."""
    return [match[2] for match in RUN.finditer(page) if match[1] == language]


def find_shown(page: str) -> list[Shown]:
    """Find the commands that are shown with their outputs."""
    return [Shown(match[2], match[3], match[1] == "terminal") for match in SHOWN.finditer(page)]


def refresh(page: str) -> str:
    """Write the outputs anew."""
    for shown in find_shown(page):
        head = f"```console\n$ {shown.command}\n"
        page = page.replace(head + shown.output, head + shown.run())
    return page


if __name__ == "__main__":
    for path in PAGES:
        path.write_text(refresh(path.read_text("utf-8")), "utf-8")
