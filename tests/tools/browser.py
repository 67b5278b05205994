"""A browser without a window: Chromium and its driver from the system, Selenium from the extra `browser`."""

import shutil
from importlib.util import find_spec
from pathlib import Path

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
DRIVER = shutil.which("chromedriver")
OPTIONS = (
    "--headless=new --no-sandbox --disable-gpu --disable-background-networking --disable-component-update "
    "--disable-sync --no-first-run --disable-quic --disable-dev-shm-usage --hide-scrollbars"
).split()
NO_NETWORK = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"


def find_missing() -> str:
    """Say what is missing to start one; empty if nothing is."""
    if not CHROMIUM or not DRIVER:
        return "needs Chromium and its driver"
    return "" if find_spec("selenium") else "needs the extra browser: selenium"


def start_browser(profile: Path):
    """Start one, which reaches nothing but this machine; whoever starts it must quit it."""
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for option in [*OPTIONS, f"--user-data-dir={profile}", NO_NETWORK]:
        options.add_argument(option)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))


def set_window(driver, *, width: int, height: int = 800, theme: str = "light") -> None:
    """Give the window a size and a theme."""
    feature = {"name": "prefers-color-scheme", "value": theme}
    size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
    driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [feature]})
    driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
