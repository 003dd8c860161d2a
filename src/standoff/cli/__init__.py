"""The command line: parsing and printing only.

Every command prints the next useful command; every number prints its handle. Exit codes: 0 done,
1 done with items refused, 2 nothing done. Heavy imports live inside the commands, so that help
answers at once.
"""

from standoff.cli.app import app, main

__all__ = ["app", "main"]
