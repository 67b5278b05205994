"""What breaks on damaged input: readers, results, marks, the pipeline, requests, journals, corrections.

python -m tests.benchmarks.fuzz [TARGET ...] [--seconds N] [--seed N] [--keep FOLDER]

Each input is a good one with some damage. What neither works nor is refused by name is printed, kept in FOLDER,
and makes the status 1.
"""

import argparse
import gzip
import io
import json
import logging
import socket
import sys
import traceback
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import monotonic, process_time, sleep
from zlib import crc32

import quotex
from quotex.batch.journal import Journal, State
from quotex.convert import FORMATS
from quotex.convert.parts import Losses
from quotex.convert.texts import Texts
from quotex.errors import QuotexError
from quotex.evaluation import read_gold_or_names
from quotex.evaluation.corrections import digest_text
from quotex.read import Failure, ReadOptions, read_articles
from quotex.results import find_results
from quotex.serve.corrections import Corrections
from quotex.serve.settings import Settings
from quotex.tally import Tally
from quotex.types import QUOTED, Article
from quotex.write import Output, make_file_writer
from quotex.write.voices import write_records
from tests.hostile import SHAPES
from tests.invariants import check_found
from tests.paths import NEWS, SHARED, TEXTS
from tests.serve.conftest import Running, load_marks

MAX_TEXT = 3_000  # characters; what is found in long ones is found in short ones, sooner
MAX_READ = 1_000  # characters, for all of the pipeline: thousands of texts in ten minutes
MAX_REPEATS = 300
SLOW = 20.0  # seconds of CPU for one input; they are all short
# Of a packed document that file is damaged which has its text: whatever else is, its check sum tells.
WITHIN = {".docx": "word/document.xml", ".odt": "content.xml"}
CORPORA = ("news_dev.jsonl", "wikinews_dev.jsonl", "polnear_dev.jsonl")
WORDS = [  # what readers and rules look out for
    *("“", "”", "‘", "’", '"', "'", "«", "»", "``", "''", "\n", "\r\n", "\n\n", "\u2028", "\x85", "\x00"),
    *("\ufeff", "\u0301", "\u200b", "\u202e", "\U0001f600", " said ", "I said", "she", "he ", "Q:", "A:", "By "),
    *("U.S.", "(", ")", "{", "}", "[", "]", ",", ":", "null", "NaN", "-1", "1e999", "\\ud800", "\\u0000"),
    *('"text"', '"id"', '""', "\t", "<p>", "</p>", "<!--", "&#0;", "<meta charset=", "<script>", "<html><body>"),
    *("<div>" * 300, "%", "\r\n\r\n", "Content-Length: ", "Transfer-Encoding: chunked\r\n", "HTTP/1.1"),
    *("Host: ", "charset=utf-7", "99999999999999999999"),
]
HEADS = ["id", "text", "url"]


def main() -> None:
    """Damage and read until the time is up."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("targets", nargs="*", choices=[*TARGETS, []], help="all in turn if left out")
    parser.add_argument("--seconds", type=float, default=60.0, help="for each target")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="folder for what broke")
    options = parser.parse_args()
    n_broken = 0
    for name in options.targets or TARGETS:
        n_inputs, broken = fuzz(name, options.seconds, Random(f"{name} {options.seed}"))
        print(f"{name}: {n_inputs:,} inputs, {len(broken)} broke something", flush=True)
        for number, (data, trace) in enumerate(broken):
            print(repr(data[:500]), trace, sep="\n")
            if options.keep:
                options.keep.mkdir(parents=True, exist_ok=True)
                (options.keep / f"{name}-{options.seed}-{number}").write_bytes(data)
        n_broken += len(broken)
    sys.exit(1 if n_broken else 0)


def fuzz(name: str, seconds: float, random: Random) -> tuple[int, list[tuple[bytes, str]]]:
    """Try one target for so long; gives the number of inputs, and those that broke it with what was raised.

    Of those that raise at the same place, only the first is given.
    """
    broken: dict[str, tuple[bytes, str]] = {}
    n_inputs = 0
    end = monotonic() + seconds
    with TARGETS[name]() as (seeds, use):
        while monotonic() < end:
            data = damage(random.choice(seeds), seeds, random)
            n_inputs += 1
            begun = process_time()
            try:
                use(data)
                if process_time() - begun > SLOW:
                    raise TimeoutError(f"{process_time() - begun:.1f} s")
            except QuotexError:
                continue
            except Exception as err:
                place = traceback.extract_tb(err.__traceback__)[-1]
                broken.setdefault(f"{type(err)} {place.filename} {place.lineno}", (data, traceback.format_exc()))
    return n_inputs, list(broken.values())


def damage(data: bytes, others: list[bytes], random: Random) -> bytes:
    """Change a few things: bytes turned, put in, taken out, said again and again, or those of another input."""
    for _ in range(random.choice((1, 1, 2, 4, 8))):
        start = random.randint(0, len(data))
        end = min(len(data), start + random.choice((0, 1, 2, 8, 60)))
        data = data[:start] + replace(data[start:end], random.choice(others), random) + data[end:]
    return data if random.random() < 0.9 else data[: random.randint(0, len(data))]


def replace(piece: bytes, other: bytes, random: Random) -> bytes:
    """Make something that takes the place of a piece."""
    match random.randrange(7):
        case 0:
            return b""
        case 1 | 2:
            return random.choice(WORDS).encode()
        case 3:
            return random.randbytes(max(1, len(piece)))
        case 4:
            return bytes(byte ^ 1 << random.randrange(8) for byte in piece)
        case 5:
            return (piece or b'"') * random.randint(2, MAX_REPEATS)
    start = random.randint(0, len(other))
    return piece + other[start : start + MAX_REPEATS]


Target = tuple[list[bytes], Callable[[bytes], object]]  # good inputs, and what is done with damaged ones


@cache
def read_seeds() -> list[str]:
    """Read texts: our own, some that grow, and the development corpora where they are."""
    paths = [*sorted(NEWS.glob("*.txt")), *sorted(TEXTS.glob("*.txt"))[:8]]
    texts = [path.read_text("utf-8") for path in paths]
    texts += [write(1 + 20_000 // len(write(100))) for write in SHAPES.values()]
    for path in (SHARED / name for name in CORPORA):
        if path.exists():
            texts += [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()[:20]]
    return [text[:MAX_TEXT] for text in texts]


def to_text(data: bytes) -> str:
    """Take bytes for a text as far as they are one."""
    return data.decode("utf-8", errors="replace")


@contextmanager
def open_marks() -> Iterator[Target]:
    """Paragraphs, sentences and marks: nothing is lost, and spans nest."""
    nlp = load_marks()

    def use(data: bytes) -> None:
        doc = nlp(text := to_text(data))
        assert doc.text == text
        open_ends: list[int] = []
        for span in doc.spans[QUOTED]:
            while open_ends and open_ends[-1] <= span.start_char:
                open_ends.pop()
            assert span.text.strip()
            assert not open_ends or span.end_char <= open_ends[-1]
            open_ends.append(span.end_char)

    yield [text.encode() for text in read_seeds()], use


@contextmanager
def open_pipeline() -> Iterator[Target]:
    """All of it: places are right, and twice is the same."""
    nlp = quotex.load()

    def use(data: bytes) -> None:
        article = quotex.extract(text := to_text(data)[:MAX_READ], nlp=nlp)
        assert article.text == text
        check_found(article)
        assert quotex.extract(text, nlp=nlp) == article

    yield [text[: MAX_READ // 2].encode() for text in read_seeds()], use


@contextmanager
def open_readers() -> Iterator[Target]:
    """Files of all formats, the first byte saying which: articles and failures come out, whatever is in them."""
    files = make_files() | make_documents()
    packed = {suffix: unpack(files[suffix]) for suffix in WITHIN}
    files |= {suffix: packed[suffix][member] for suffix, member in WITHIN.items()}
    suffixes = list(files)
    with TemporaryDirectory() as folder:

        def use(data: bytes) -> None:
            suffix = suffixes[(data or b"\0")[0] % len(suffixes)]
            path = Path(folder, "a" + suffix)
            path.write_bytes(pack(packed[suffix], suffix, data[1:]) if suffix in WITHIN else data[1:])
            for found in read_articles([str(path)], ReadOptions(max_chars=100_000, encoding="utf-8")):
                assert isinstance(found, Failure) or found.text.encode().strip()
            path.unlink()

        yield [bytes([number]) + data for number, data in enumerate(files.values())], use


def make_files() -> dict[str, bytes]:
    """Make a good file of each format, by its suffix."""
    import pyarrow
    import pyarrow.parquet
    import zstandard

    texts = read_seeds()[:3]
    rows = [{"id": f"{n}", "text": text[:300], "url": None} for n, text in enumerate(texts)]
    lines = "".join(json.dumps(row) + "\n" for row in rows).encode()
    paragraphs = "".join(f"<p>{text}</p>" for text in texts)
    table = io.BytesIO()
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), table)
    quoted = [",".join(f'"{str(row[name]).replace(chr(34), chr(34) * 2)}"' for name in HEADS) for row in rows]
    csv = "\n".join([",".join(HEADS), *quoted]).encode()
    page = f"<html><head><title>A</title></head><body><article>{paragraphs}</article></body></html>"
    return {
        ".txt": texts[0].encode(),
        ".jsonl": lines,
        ".json": json.dumps({"articles": rows}).encode(),
        ".csv": csv,
        ".tsv": csv.replace(b'","', b'"\t"').replace(b"id,text,url", b"id\ttext\turl"),
        ".html": page.encode(),
        ".parquet": table.getvalue(),
        ".txt.gz": gzip.compress(texts[0].encode(), mtime=0),
        ".jsonl.zst": zstandard.compress(lines),
    }


def make_documents() -> dict[str, bytes]:
    """Make a good document of each format, by its suffix."""
    import docx
    import fpdf
    import odfdo

    text = "“We are ready,” said Ann Lee, the mayor.\n“Come in,” she said."
    word, written, pages = docx.Document(), odfdo.Document("text"), fpdf.FPDF()
    pages.set_compression(False)
    pages.add_page()
    pages.set_font("helvetica", size=12)
    for line in text.split("\n"):
        word.add_paragraph(line)
        written.body.append(odfdo.Paragraph(line))
        pages.multi_cell(90, 6, line.translate(str.maketrans("“”", '""')))
    streams = {".docx": io.BytesIO(), ".odt": io.BytesIO()}
    word.save(streams[".docx"])
    written.save(streams[".odt"])
    mail = (
        "Subject: =?utf-8?q?Rain?=\r\nDate: Fri, 01 Mar 2024 10:00:00 +0100\r\nFrom: a@post.example\r\n"
        "Content-Type: multipart/alternative; boundary=x\r\n\r\n--x\r\nContent-Type: text/plain; charset=utf-8; "
        f"format=flowed\r\n\r\n{text}\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>{text}</p>\r\n--x--\r\n"
    )
    feed = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Post</title><item>'
        "<title>A</title><guid>1</guid><pubDate>Fri, 01 Mar 2024 10:00:00 +0100</pubDate>"
        f"<description><![CDATA[<p>{text}</p>]]></description></item></channel></rss>"
    )
    rich = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Times;}}\f0 \ldblquote Yes,\rdblquote  said {\b Ann} L\'e9e.\par}"
    )
    return {
        **{suffix: stream.getvalue() for suffix, stream in streams.items()},
        ".pdf": bytes(pages.output()),
        ".eml": mail.encode(),
        ".rss": feed.encode(),
        ".rtf": rich,
    }


def unpack(data: bytes) -> dict[str, bytes]:
    """Unpack a zip file."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def pack(members: dict[str, bytes], suffix: str, text: bytes) -> bytes:
    """Pack a document again, with another text."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, data in (members | {WITHIN[suffix]: text}).items():
            file.writestr(name, data)
    return made.getvalue()


def find_articles() -> list[Article]:
    """Find what there is in two texts."""
    texts = ("“We are ready,” said Ann Lee, the mayor. “Come in.”\n\nShe said it was late.", "Bo Lind said no.")
    return quotex.extract(texts, id="a")


@contextmanager
def open_conversions() -> Iterator[Target]:
    """Results in the formats of others, the first byte saying which: articles whose places are right, or Q802."""
    names = list(FORMATS)
    with TemporaryDirectory() as folder:
        articles, files = find_articles(), []
        for number, name in enumerate(names):
            path = Path(folder, name)
            FORMATS[name].write(path, articles[:1], Losses())
            found = sorted(path.rglob("*.ann")) + sorted(path.rglob("a*.xmi")) if path.is_dir() else [path]
            files.append((found[0], bytes([number]) + found[0].read_bytes()))

        def use(data: bytes) -> None:
            number = (data or b"\0")[0] % len(names)
            path = files[number][0]
            path.write_bytes(data[1:])
            for article in FORMATS[names[number]].read(path, Losses(), Texts()):
                for quote in article.quotes:
                    for span in (*quote.content, *quote.cue, *quote.source):
                        assert article.text[span.start : span.end] == span.text

        yield [data for _, data in files], use


@contextmanager
def open_results() -> Iterator[Target]:
    """What `extract` wrote, the first byte saying in which format: `speakers` counts it, or names the file."""
    suffixes = {".jsonl": "jsonl", ".json": "json", ".db": "sqlite", ".parquet": "parquet"}
    with TemporaryDirectory() as folder:
        path, files = Path(folder, "q"), []
        for number, form in enumerate(suffixes.values()):
            output = Output(str(path))
            writer = make_file_writer(form, output, keep=["url"])
            for article in find_articles():
                writer.write(article)
            writer.close()
            output.complete()
            files.append(bytes([number]) + path.read_bytes())
        paths = [path.with_suffix(suffix) for suffix in suffixes]

        def use(data: bytes) -> None:
            path = paths[(data or b"\0")[0] % len(paths)]
            path.write_bytes(data[1:])
            tally = Tally()
            for found in find_results([str(path)], ReadOptions(keep=("url",))) or ():
                if isinstance(found, Article):
                    tally.add(found)
            for form in ("json", "csv"):
                write_records(form, io.StringIO(), tally)
            path.unlink()

        yield files, use


@contextmanager
def open_requests() -> Iterator[Target]:
    """A server: it answers, with no 500, or hangs up; others are answered after that."""
    with TemporaryDirectory() as folder:
        server = Running(Settings(corrections=Path(folder, "c.jsonl"), timeout_s=20.0), [])
        log = Tracebacks()
        logging.getLogger().addHandler(log)  # of uvicorn, and of asyncio
        server.start()
        try:

            def use(data: bytes) -> None:
                reply = send(server.port, data)
                assert not reply.startswith(b"HTTP/1.1 500"), reply.decode("utf-8", errors="replace")
                assert server.ask("GET", "/healthz").status == 200
                assert not log.texts, log.texts.pop()

            yield make_requests(server.port), use
        finally:
            server.stop()


class Tracebacks(logging.Handler):
    """Keeps what a server says of errors of its own."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.texts: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it if an exception belongs to it."""
        if record.exc_info:
            self.texts.append("".join(traceback.format_exception(*record.exc_info)))


def send(port: int, data: bytes) -> bytes:
    """Send raw bytes to a server, some in two parts, say that this is all, and take what comes."""
    middle = crc32(data) % (2 * len(data) + 1)  # the same for the same data
    with socket.create_connection(("127.0.0.1", port), timeout=60) as connection:
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        try:
            connection.sendall(data[:middle])
            if middle < len(data):
                sleep(0.001)
                connection.sendall(data[middle:])
            with suppress(OSError):  # it hung up already; what it said is still there
                connection.shutdown(socket.SHUT_WR)
            return b"".join(iter(lambda: connection.recv(1 << 16), b""))
        except (ConnectionError, BrokenPipeError):
            return b""


def make_requests(port: int) -> list[bytes]:
    """Make good requests of all kinds."""
    text = "“Yes,” said Ann Lee. “No,” said Bo Moe."
    quote = {"content": [[1, 5]], "cue": [[7, 11]], "source": [[12, 19]], "speaker": "Ann Lee", "type": "direct"}
    bodies: list[tuple[str, str, object]] = [
        ("/v1/extract?type=direct&min_confidence=0.5&thoughts", "text/plain; charset=utf-8", text),
        ("/v1/extract", "application/json", [{"id": "a", "text": text}, {"text": text}]),
        ("/v1/extract", "application/json", {"articles": [{"id": "a", "text": text}]}),
        ("/review/find", "application/json", {"id": "a", "text": text, "anew": True}),
        ("/review/view", "application/json", {"id": "a", "text": text, "quotes": [quote], "speakers": []}),
        ("/review/save", "application/json", {"id": "a", "text": text, "quotes": [quote], "base": 0}),
        ("/review/open?name=a.jsonl", "application/octet-stream", json.dumps({"id": "a", "text": text})),
    ]
    requests = [
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"
        for path in ("/", "/docs", "/openapi.json", "/healthz", "/static/review.js", "/review/articles/1")
    ]
    for path, kind, body in bodies:
        content = body if isinstance(body, str) else json.dumps(body)
        requests.append(
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\n"
            f"Content-Type: {kind}\r\nContent-Length: {len(content.encode())}\r\n\r\n{content}"
        )
    return [request.encode() for request in requests]


@contextmanager
def open_journal() -> Iterator[Target]:
    """The journal of a broken run: it is gone on with, no further than the output reaches, or refused by name."""
    run = {"quotex": "0", "inputs": ["a", "b"]}
    with TemporaryDirectory() as folder:
        path, part = Path(folder, "q.csv.part.journal"), Path(folder, "q.csv.part")
        part.write_bytes(b"x" * 100)
        journal = Journal.begin(path, run)
        for n in range(1, 4):
            journal.save(State(n, n, 2 * n, 0, "ab" * n, 30 * n, 0, {"url": n}))
        journal.close()
        good = path.read_bytes()

        def use(data: bytes) -> None:
            path.write_bytes(data)
            resumed = Journal.resume(path, run, part)
            if resumed:
                assert 0 <= resumed.state.n_bytes <= 100
                resumed.save(State(9))
                resumed.close()

        yield [good], use


@contextmanager
def open_corrections() -> Iterator[Target]:
    """A file of corrections, which `evaluate` reads too: another can be saved, or it is refused by name."""
    text = "“Yes,” said Ann Lee."
    quotes = [{"content": [[1, 5]], "speaker": "Ann Lee"}]
    row = {"sha256": digest_text(text), "id": "a", "text": text, "quotes": quotes}
    other = {**row, "sha256": digest_text("Yes"), "text": "Yes", "id": "b", "quotes": []}
    good = b"".join(json.dumps(one, ensure_ascii=False).encode() + b"\n" for one in (row, other, row))
    with TemporaryDirectory() as folder:
        path = Path(folder, "c.jsonl")

        def use(data: bytes) -> None:
            path.write_bytes(data)
            try:
                read_gold_or_names(str(path))
            except QuotexError:
                path.write_bytes(data)
            revision = Corrections(path).save(row, base=None)
            found = Corrections(path).find(row["sha256"])
            assert found is not None
            assert (found[0], found[1]["text"]) == (revision, text)

        yield [good], use


TARGETS = {
    "marks": open_marks,
    "journal": open_journal,
    "corrections": open_corrections,
    "readers": open_readers,
    "results": open_results,
    "conversions": open_conversions,
    "requests": open_requests,
    "pipeline": open_pipeline,
}

if __name__ == "__main__":
    main()
