"""`quotex serve` under load, against the batch runner on the same cores: throughput, errors, memory.

    python -m tests.benchmarks.load [TEXTS.jsonl] [--seconds N] [--clients N] [--quick]

Clients post articles of 500 words, each as soon as its last one is answered. The batch runner does the same
articles before and after, so that what else the machine does hits both; the ratio over CPU seconds, of all
processes and the clients, leaves that out.
"""

import io
import json
import os
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import monotonic, sleep
from urllib.parse import urlsplit

from quotex.batch.ahead import ReadAhead
from quotex.batch.pool import share_out
from quotex.batch.run import count_cores
from quotex.select import make_selection, put_into
from quotex.types import Article, Findings
from quotex.workers import Supervisor
from quotex.write import make_writer
from tests.benchmarks.common import chain, make_parser, print_table, read_texts
from tests.paths import ROOT

N_WORDS = 500  # of an article
N_ARTICLES = 24  # different ones
SETTLED = 0.25  # of the time, after which memory is compared
JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True)
class Rate:
    """How much was done: articles, in seconds, with CPU seconds of all processes."""

    n_articles: int
    seconds: float
    cpu_seconds: float

    def __add__(self, other: "Rate") -> "Rate":
        return Rate(
            self.n_articles + other.n_articles,
            self.seconds + other.seconds,
            self.cpu_seconds + other.cpu_seconds,
        )

    @property
    def by_clock(self) -> float:
        """Articles a second."""
        return self.n_articles / self.seconds

    @property
    def by_cpu(self) -> float:
        """Articles a CPU second."""
        return self.n_articles / self.cpu_seconds


@dataclass
class Load:
    """What the clients have seen.

    Attributes:
        answered: How many articles of each client.
        statuses: How many answers of each status.
        problems: What should not have happened.
        memory: Megabytes of the server and its workers, second by second.
        rate: How much was done.
        lock: Held by the client that counts.
    """

    answered: Counter[int] = field(default_factory=Counter)
    statuses: Counter[int] = field(default_factory=Counter)
    problems: list[str] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)
    rate: Rate | None = None
    lock: threading.Lock = field(default_factory=threading.Lock)


def main() -> None:
    """Measure, and print the tables."""
    parser = make_parser(__doc__, n_words=N_WORDS)
    parser.add_argument("--seconds", type=float, default=60.0, help="how long the clients post")
    parser.add_argument("--clients", type=int, default=32, help="how many there are")
    options = parser.parse_args()
    seconds, n_clients = (5.0, 4) if options.quick else (options.seconds, options.clients)
    texts = make_texts(read_texts(options.texts), options.words)
    n_workers = count_cores()
    before = run_batch(texts, n_workers, seconds / 3)
    load = run_load(texts, n_workers, n_clients, seconds)
    after = run_batch(texts, n_workers, seconds / 3)
    report(load, before + after, f"{n_clients} clients, {seconds:g} s, {n_workers} workers")


def make_texts(texts: Sequence[str], n_words: int) -> list[str]:
    """Make articles of so many words, each beginning elsewhere."""
    paragraphs = [part for text in texts for part in text.split("\n\n") if part.strip()]
    step = max(1, len(paragraphs) // N_ARTICLES)
    turns = (paragraphs[at:] + paragraphs[:at] for at in range(0, len(paragraphs), step))
    return [chain(turn, n_words) for turn in turns][:N_ARTICLES]


def run_batch(texts: Sequence[str], n_workers: int, seconds: float) -> Rate:
    """Let the batch runner work for some time, counted from its first result on."""
    ahead = ReadAhead(Article(str(number), text) for number, text in enumerate(cycle(texts)))
    supervisor = Supervisor(None, n_workers)
    writer = make_writer("json", io.StringIO())
    selection = make_selection()
    n_done, start, cpu = 0, 0.0, 0.0
    try:
        for item, result in share_out(ahead, supervisor):
            ahead.release(item)
            assert isinstance(item, Article) and isinstance(result, Findings)
            writer.write(put_into(item, result, selection))
            if not start:
                start, cpu = monotonic(), measure_cpu()
            elif monotonic() - start > seconds:
                return Rate(n_done, monotonic() - start, measure_cpu() - cpu)
            n_done += 1
    finally:
        ahead.close()
        supervisor.close()
    raise AssertionError("articles go on for ever")


def run_load(texts: Sequence[str], n_workers: int, n_clients: int, seconds: float) -> Load:
    """Start a server, and let clients post to it for some time."""
    load = Load()
    with TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "quotex", "serve", "--port", "0", "--workers", str(n_workers)]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        server = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
        try:
            port = urlsplit(server.stdout.readline().split()[1]).port
            expected = [len(post(HTTPConnection("127.0.0.1", port), 0, text)[1]["quotes"]) for text in texts]
            start, cpu = monotonic(), measure_cpu()
            end = start + seconds
            clients = [
                threading.Thread(target=be_client, args=(load, port, texts, expected, number, end))
                for number in range(n_clients)
            ]
            for client in clients:
                client.start()
            while monotonic() < end:
                load.memory.append(measure_memory(server.pid))
                sleep(min(1.0, seconds / 20))
            for client in clients:
                client.join()
            load.rate = Rate(load.statuses[200], monotonic() - start, measure_cpu() - cpu)
        finally:
            server.terminate()
            status = server.wait(30)
            server.stdout.close()
    if status:
        load.problems.append(f"the server ended with status {status}")
    return load


def post(connection: HTTPConnection, number: int, text: str) -> tuple[int, dict]:
    """Post one article; returns the status, and the record or the error."""
    connection.request("POST", "/v1/extract", json.dumps({"id": number, "text": text}), JSON)
    response = connection.getresponse()
    answer = json.loads(response.read())
    if response.status == 200:
        return 200, answer["articles"][0]
    return response.status, {"retry": response.getheader("Retry-After")} | answer


def be_client(
    load: Load, port: int, texts: Sequence[str], expected: Sequence[int], number: int, end: float
) -> None:
    """Post one article after the other; each must be answered, as itself."""
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    at = number
    while monotonic() < end:
        which = at % len(texts)
        try:
            status, answer = post(connection, at, texts[which])
        except (OSError, HTTPException, ValueError) as err:
            load.problems.append(f"request lost: {err!r}")
            return
        with load.lock:
            load.statuses[status] += 1
            load.answered[number] += status == 200
        if status == 503 and answer["retry"]:
            sleep(float(answer["retry"]))
            continue
        if status != 200:
            load.problems.append(f"status {status}: {answer}")
        elif answer["doc"] != str(at) or len(answer["quotes"]) != expected[which]:
            load.problems.append(f"request {at} got the answer of {answer['doc']}")
        at += len(texts) + 1
    connection.close()


def measure_memory(pid: int) -> float:
    """Measure the memory of a process and all that it has started, in megabytes; what they share counts once."""
    return sum(map(read_pss, find_family(pid))) / 1e6


def measure_cpu() -> float:
    """Measure the CPU seconds of this process and of all that it has started and that still run."""
    return sum(read_cpu(pid) for pid in find_family(os.getpid())) / os.sysconf("SC_CLK_TCK")


def find_family(pid: int) -> set[int]:
    """Find a process and all that it has started, and these, and so on."""
    parents = {}
    for path in Path("/proc").glob("[0-9]*"):
        if fields := read_stat(int(path.name)):
            parents[int(path.name)] = int(fields[1])
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return family


def read_stat(pid: int) -> list[str]:
    """Read what the system tells of a process, from its state on; nothing if it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def read_cpu(pid: int) -> int:
    """Read how long a process has worked, in ticks."""
    return sum(map(int, read_stat(pid)[11:13]))


def read_pss(pid: int) -> int:
    """Read how much memory a process has to itself, and its share of what it has with others, in bytes."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def report(load: Load, batch: Rate, title: str) -> None:
    """Print what was measured."""
    served = load.rate
    assert served
    settled = load.memory[int(len(load.memory) * SETTLED) :]
    third = max(1, len(settled) // 3)
    early, late = median(settled[:third]), median(settled[-third:])
    print(f"{title}, articles of {N_WORDS} words\n")
    rows = [
        ("batch runner", f"{batch.by_clock:.1f}", f"{batch.by_cpu:.2f}"),
        ("served", f"{served.by_clock:.1f}", f"{served.by_cpu:.2f}"),
        ("ratio", f"{served.by_clock / batch.by_clock:.2f}", f"{served.by_cpu / batch.by_cpu:.2f}"),
    ]
    print_table(("articles", "a second", "a CPU second"), rows)
    print()
    rows = [
        ("answered", load.statuses[200]),
        ("told to come back (503)", load.statuses[503]),
        ("other errors and lost requests", len(load.problems)),
        ("least and most of a client", f"{min(load.answered.values())}, {max(load.answered.values())}"),
        ("memory early, late (MB)", f"{early:,.0f}, {late:,.0f}"),
        ("memory, late to early", f"{late / early:.3f}"),
    ]
    print_table(("requests", ""), rows)
    for problem in load.problems[:10]:
        print(problem, file=sys.stderr)
    sys.exit(bool(load.problems))


if __name__ == "__main__":
    main()
