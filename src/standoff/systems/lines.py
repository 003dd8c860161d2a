"""On which line of a TOML text a table or key stands, so that an error can point at it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

__all__ = ["find_line"]

_HEADER = re.compile(r"\s*\[(\[?)\s*([\w.-]+)\s*\]\]?")
_KEY = re.compile(r"\s*([\w-]+)\s*=")


def find_line(text: str, path: Sequence[str | int]) -> int:
    """The line of a path such as ("covariate", 2, "unit"); of its table where the key is not there.

    Line 1 where nothing of the path is in the text. The number counts tables of one name from 0.

    >>> find_line("[roles]\\nprotege = 'TWN'", ("roles", "protege"))
    2
    >>> find_line("[[site]]\\n[[site]]\\nplace = 'x'", ("site", 1, "unit"))
    2
    """
    wanted = [str(p) for p in path if not isinstance(p, int)]
    index = next((p for p in path if isinstance(p, int)), 0)
    if not wanted:
        return 1
    seen: Counter[str] = Counter()
    here, found, quoted = False, 0, False
    for number, line in enumerate(text.splitlines(), start=1):
        inside, quoted = quoted, quoted ^ (line.count('"""') % 2 == 1)
        if inside:
            continue
        if header := _HEADER.match(line):
            name = header[2]
            here = name == wanted[0] and (not header[1] or seen[name] == index)
            seen[name] += 1
            found = number if here else found
        elif here and len(wanted) > 1 and (key := _KEY.match(line)) and key[1] == wanted[1]:
            return number
    return found or 1
