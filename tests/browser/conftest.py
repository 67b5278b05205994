"""A browser without a window, for the pages that quotex writes and serves. It reaches nothing but this machine.

It needs Chromium with its driver, from the system, and the extra `browser`; without them these tests are skipped.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.paths import ROOT
from tests.tools.browser import find_missing, set_window, start_browser


@pytest.fixture(scope="session")
def driver(tmp_path_factory) -> Iterator:
    """One browser for all tests."""
    if missing := find_missing():
        pytest.skip(missing)
    driver = start_browser(tmp_path_factory.mktemp("profile"))
    yield driver
    driver.quit()


def set_up(driver, width: int, theme: str) -> None:
    """Give the window a width and a theme, and put the pointer out of the way."""
    set_window(driver, width=width, theme=theme)
    driver.get("about:blank")
    driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 0, "y": 0})
    driver.get_log("browser")


@pytest.fixture
def show(driver, tmp_path) -> Callable:
    """Show a page: `show(html, width=900, theme="light", script=True, at="#a1-q1")`."""

    def show(page: str, *, width: int = 900, theme: str = "light", script: bool = True, at: str = ""):
        path = Path(tmp_path, "report.html")
        path.write_text(page, "utf-8", newline="")
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
        set_up(driver, width, theme)
        driver.get(path.as_uri() + at)
        return driver

    yield show
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})


@pytest.fixture(scope="session")
def server(driver, tmp_path_factory) -> Iterator:
    """`quotex serve`, with our model and three articles to review; its address and its file of corrections."""
    folder = tmp_path_factory.mktemp("server")
    for number in (1, 2, 3):
        (folder / f"{number}.txt").write_text(f"“It holds,” said Bo Lind. It was day {number}.\n")
    command = [sys.executable, "-m", "quotex", "serve", "1.txt", "2.txt", "3.txt", "--port", "0", "--workers", "1"]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True)
    line = process.stdout.readline()
    yield line.split()[1], folder / "corrections.jsonl"
    process.send_signal(signal.SIGTERM)
    assert process.wait(30) == 0
    process.stdout.close()


@pytest.fixture
def page(driver, server) -> Iterator[Callable]:
    """Open the page of a server that has no corrections yet: `page(width=900, theme="light")`."""
    address, corrections = server

    def page(*, width: int = 1400, theme: str = "light"):
        set_up(driver, width, theme)
        driver.get(address)
        return driver

    corrections.unlink(missing_ok=True)
    driver.get(address)
    driver.execute_script("localStorage.clear(); sessionStorage.clear()")
    yield page
    driver.execute_script("localStorage.clear(); sessionStorage.clear()")
    driver.get("about:blank")


def find_axe() -> str:
    """Find axe-core: the file that QUOTEX_AXE names, or that of the extra `browser`."""
    if path := os.environ.get("QUOTEX_AXE"):
        return Path(path).read_text("utf-8")
    axe = pytest.importorskip("axe_core_python", reason="needs the extra browser: axe-core-python")
    return (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")


@pytest.fixture
def run_axe() -> Callable:
    """Run axe-core over what the browser shows; gives the faults that it finds."""

    def run_axe(driver) -> list:
        # Not as a script of the page, which its policy would forbid.
        run = "axe.run(document).then(result => arguments[0](result.violations.map(one => [one.impact, one.id])))"
        driver.execute_script(find_axe())
        return driver.execute_async_script(run)

    return run_axe
