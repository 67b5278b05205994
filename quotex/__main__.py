"""`python -m quotex` is the command `quotex`."""

from quotex.cli.app import main

main()
