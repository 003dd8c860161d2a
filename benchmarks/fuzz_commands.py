"""Random bad inputs over all commands: tracebacks, hangs, exit codes.

python benchmarks/fuzz_commands.py [NUMBER] [SEED]    writes nothing, prints a Markdown row and each fault
"""

from __future__ import annotations

import importlib.util
import os
import resource
import sys
import tempfile
from pathlib import Path

HELPER = Path(__file__).parents[1] / "tests" / "fuzz" / "commands.py"
_spec = importlib.util.spec_from_file_location("fuzzed_commands", HELPER)
assert _spec is not None and _spec.loader is not None
_helper = importlib.util.module_from_spec(_spec)
sys.modules[_spec.name] = _helper
_spec.loader.exec_module(_helper)


def main() -> None:
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    os.environ.pop("STANDOFF_DOSSIER", None)
    with tempfile.TemporaryDirectory() as home, tempfile.TemporaryDirectory() as folder:
        for name in ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
            os.environ[name] = home
        found = _helper.fuzz(Path(folder), number, seed)
    for fault in found.wrong:
        print(fault, flush=True)
    codes = ", ".join(f"{n} with exit {code}" for code, n in sorted(found.codes.items()))
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"| {found.tried:,} random bad inputs, seed {seed} | 0 tracebacks, 0 hangs | "
          f"{len(found.wrong)} faults; {codes}; {most} MB at most |")  # fmt: skip


if __name__ == "__main__":
    main()
