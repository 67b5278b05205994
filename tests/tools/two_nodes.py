"""Run `quotex extract --engine ray` on a cluster of two nodes on this machine, and kill one in the middle.

python -m tests.tools.two_nodes INPUT OUTPUT [--kill-after N]

Prints one JSON object: how many shards were done when the node was killed, whether both nodes worked then, and
the status and stderr of the command.
"""

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

import ray
from ray.cluster_utils import Cluster

SECONDS = 300  # for all; a test that takes so long has failed


def main() -> None:
    """Start the cluster, start the command, kill a node, wait."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("input")
    parser.add_argument("output", type=Path)
    parser.add_argument("--kill-after", type=int, default=2, help="shards")
    options = parser.parse_args()
    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 1, "include_dashboard": False})
    second = cluster.add_node(num_cpus=1)
    ray.init(address=cluster.address, log_to_driver=False)
    command = [sys.executable, "-m", "quotex", "extract", options.input, "-o", str(options.output)]
    command += ["--engine", "ray", "--address", cluster.address]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as run:
        both_work = wait_until(lambda: count_done(options.output) >= options.kill_after and is_busy(), run)
        n_done = count_done(options.output)
        cluster.remove_node(second, allow_graceful=False)
        _, said = run.communicate(timeout=SECONDS)
    end = time.monotonic() + SECONDS
    while (n_alive := sum(node["Alive"] for node in ray.nodes())) > 1 and time.monotonic() < end:
        time.sleep(0.1)  # the head notices after some seconds
    print(
        json.dumps({"done": n_done, "both": both_work, "alive": n_alive, "status": run.returncode, "said": said})
    )
    ray.shutdown()
    cluster.shutdown()


def count_done(folder: Path) -> int:
    """Count the shards that are done."""
    return len(list(folder.glob("*.parquet")))


def is_busy() -> bool:
    """Say whether the only core of each node is in use."""
    return not ray.available_resources().get("CPU", 0)


def wait_until(is_true, run: subprocess.Popen) -> bool:
    """Wait until something is true; False where the command ends before."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end and run.poll() is None:
        if is_true():
            return True
        time.sleep(0.05)
    return False


if __name__ == "__main__":
    main()
