"""What works on plain text needs nothing slow."""

import pkgutil
import subprocess
import sys

import pytest

import quotex.text

MODULES = [module.name for module in pkgutil.iter_modules(quotex.text.__path__, "quotex.text.")]


@pytest.mark.parametrize("names", [MODULES, ["quotex.tally"], ["quotex.select"], ["quotex.write.html.writer"]])
def test_neither_spacy_nor_numpy_is_imported(names):
    """Counting who speaks, choosing quotes and writing a report take what was found as it is."""
    code = f"import sys, {', '.join(names)}; print({{'spacy', 'numpy', 'quotex.pipeline'}} & {{*sys.modules}})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout.strip(), done.stderr) == ("set()", "")


def test_the_tally_is_there_at_once():
    """In 0.15 seconds of CPU, whatever else runs here; the best of three, as the first may find no bytecode."""
    code = "import time; start = time.process_time(); import quotex.tally; print(time.process_time() - start)"
    runs = [subprocess.run([sys.executable, "-c", code], capture_output=True, text=True) for _ in range(3)]
    assert min(float(done.stdout) for done in runs) < 0.15
