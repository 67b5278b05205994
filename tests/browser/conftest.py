"""A browser without a window, for the pages that quotex writes. It reaches nothing but this machine.

It needs Chromium with its driver, from the system, and the extra `browser`; without them these tests are skipped.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run --disable-quic --disable-dev-shm-usage"
).split()


@pytest.fixture(scope="session")
def driver(tmp_path_factory) -> Iterator:
    """One browser for all tests."""
    if not CHROMIUM or not DRIVER:
        pytest.skip("needs Chromium and its driver")
    webdriver = pytest.importorskip("selenium.webdriver", reason="needs the extra browser: selenium")
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    profile = tmp_path_factory.mktemp("profile")
    for option in [*OPTIONS, f"--user-data-dir={profile}", "--host-resolver-rules=MAP * ~NOTFOUND"]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    yield driver
    driver.quit()


@pytest.fixture
def show(driver, tmp_path) -> Callable:
    """Show a page: `show(html, width=900, theme="light", script=True, at="#a1-q1")`."""

    def show(page: str, *, width: int = 900, theme: str = "light", script: bool = True, at: str = ""):
        path = Path(tmp_path, "report.html")
        path.write_text(page, "utf-8", newline="")
        feature = {"name": "prefers-color-scheme", "value": theme}
        size = {"width": width, "height": 800, "deviceScaleFactor": 1, "mobile": False}
        driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
        driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
        driver.get("about:blank")
        driver.execute_cdp_cmd("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": 0, "y": 0})
        driver.get_log("browser")
        driver.get(path.as_uri() + at)
        return driver

    yield show
    driver.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": False})
