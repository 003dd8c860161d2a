"""Make `src/standoff/forecast/data/dyads-1.zip` from the files of public data sets.

python scripts/make_dyads.py ../shared/data/history
"""

from __future__ import annotations

import sys
from pathlib import Path

from standoff.forecast import gather_facts, write_facts

TARGET = Path(__file__).parents[1] / "src/standoff/forecast/data/dyads-1.zip"

if __name__ == "__main__":
    write_facts(gather_facts(Path(sys.argv[1])), TARGET)
    print(f"{TARGET.name}: {TARGET.stat().st_size} bytes")
