"""`python -m standoff`: the command line without its script on the path."""

from __future__ import annotations

from standoff.cli import main

if __name__ == "__main__":
    main()
