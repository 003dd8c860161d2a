"""Make `src/standoff/read/data/lexicon.bin` from lemminflect's dictionaries.

    python scripts/make_lexicon.py

lemminflect 0.2.3 (MIT, Brad Jascob) takes its tables from the NIH SPECIALIST lexicon. What is kept
is exactly what READ asks of it: for every lower-case form `getAllLemmas`, for every verb
`getAllInflections(..., upos="VERB")`. The test `tests/unit/read/test_lexicon.py` compares the two.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import lemminflect
from lemminflect.core.Inflections import Inflections
from lemminflect.core.Lemmatizer import Lemmatizer

from standoff.read.lexicon import pack_lexicon

TARGET = Path(__file__).parents[1] / "src/standoff/read/data/lexicon.bin"
TAGS = ("VBD", "VBN", "VBG", "VBZ")


def words() -> list[str]:
    """Every lower-case word that either dictionary of lemminflect can be asked for."""
    lemmatizer: Any = Lemmatizer()
    inflections: Any = Inflections()
    lemminflect.getAllLemmas("go")
    lemminflect.getAllInflections("go")
    known = {
        *lemmatizer._getLemmaDict(), *lemmatizer._getOverridesDict(),
        *inflections._getInflDict(), *inflections._getOverridesDict(),
    }  # fmt: skip
    return sorted(w for w in known if w and w == w.lower())


def line_of(word: str) -> str:
    """The line of one word; empty if nothing is known that READ asks for."""
    found = lemminflect.getAllLemmas(word)
    forms = lemminflect.getAllInflections(word, upos="VERB")
    classes = ("a" if "ADJ" in found else "") + ("d" if "ADV" in found else "")
    if set(found) - {"VERB", "NOUN", "ADJ", "ADV"}:
        classes += "x"
    told = ",".join("/".join(forms.get(tag, ())) for tag in TAGS) if forms else ""
    cells = ("/".join(found.get("VERB", ())), "/".join(found.get("NOUN", ())), classes, told)
    return "\t".join((word, *cells)) if any(cells) else ""


def main() -> None:
    """Write the file."""
    data = pack_lexicon([line for word in words() if (line := line_of(word))])
    TARGET.write_bytes(data)
    print(f"wrote {TARGET.name}, {len(data)} bytes")


if __name__ == "__main__":
    main()
