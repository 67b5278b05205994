"""Print who said what in the articles given: `python examples/who_said_what.py examples/news/*.txt`."""

import sys
from pathlib import Path

import quotex


def main(paths: list[str]) -> None:
    """Print one line a quote: speaker, then what was said."""
    for path in paths:
        article = quotex.extract(Path(path).read_bytes().decode("utf-8"), id=path)
        print(f"{path}: {len(article.quotes)} quotes")
        for quote in article.quotes:
            speaker = quote.speaker.name if quote.speaker else "?"
            print(f"  {speaker}: {quote.text}")


if __name__ == "__main__":
    main(sys.argv[1:])
