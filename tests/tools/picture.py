"""The picture of a report in the README, made anew from one of our examples.

python -m tests.tools.picture
"""

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.paths import NEWS, ROOT
from tests.tools.browser import find_missing, set_window, start_browser

PICTURE = ROOT / "examples" / "report.png"
ARTICLE = "footbridge.txt"
SIZE = {"width": 1240, "height": 780}  # pixels


def main() -> None:
    """Write a report, open it, and take the picture."""
    if missing := find_missing():
        sys.exit(missing)
    with TemporaryDirectory() as folder:
        report = Path(folder) / "report.html"
        command = [sys.executable, "-m", "quotex", "extract", ARTICLE, "-o", str(report), "--quiet"]
        subprocess.run(command, check=True, cwd=NEWS)
        driver = start_browser(Path(folder) / "profile")
        try:
            set_window(driver, **SIZE)
            driver.get(report.as_uri())
            driver.save_screenshot(str(PICTURE))
        finally:
            driver.quit()
    print(f"{PICTURE.name}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
