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
