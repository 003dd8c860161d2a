"""`python -m standoff.read.codebook [FILE]`: write the codebook."""

from __future__ import annotations

import sys
from pathlib import Path

from standoff.read.codebook import render_codebook

target = Path(sys.argv[1] if len(sys.argv) > 1 else "docs/reference/codebook.md")
if __name__ == "__main__":
    target.write_text(render_codebook(), encoding="utf-8")
