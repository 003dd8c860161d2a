"""The causal links that a text asserts: a signed graph, each link with the way it is to be tested.

A description of causes is kept apart from the description of the system: it is what somebody says,
not what the model assumes. Columns of the file:

```
from, to     what moves what, in the words of the text
sign         + or -
order        1: about the world; 2: about a belief; 3: about a belief about a belief
assertion    asserted, attributed, inferred, conditional, hypothetical or forecast
chain        the chain of the text that it belongs to
test         game, record or none
base         game: changes that hold before and after
change       game: NAME+1; NAME*1.5; NAME=1, names as in the draws of the game
given        game: changes under which the link is to be stronger (a second difference)
outcome      game: a probability or utility, "A - B", "- A" or "logit A"; record: a series
rests_on     game: coefficients that are taken out together as well; each alone is tried anyway
note         what the test takes for the words of the text
```
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from standoff.errors import DescriptionError
from standoff.systems.load import shipped_systems

COLUMNS = (
    "from", "to", "sign", "order", "assertion", "chain", "test",
    "base", "change", "given", "outcome", "rests_on", "note",
)  # fmt: skip
ASSERTIONS = ("asserted", "attributed", "inferred", "conditional", "hypothetical", "forecast")
TESTS = ("game", "record", "none")


@dataclass(frozen=True, slots=True)
class CausalLink:
    """One signed link: `cause` moves `effect` up (sign +1) or down (-1). See the file's columns."""

    cause: str
    effect: str
    sign: int
    order: int
    assertion: str
    chain: str
    test: str
    base: tuple[str, ...]
    change: tuple[str, ...]
    given: tuple[str, ...]
    outcome: str
    rests_on: tuple[str, ...]
    note: str


def load_chains(system: str) -> tuple[CausalLink, ...]:
    """The links of a shipped system, or of the file NAME.chains.csv beside one's own NAME.toml.

    A system without such a file has no links.

    >>> load_chains("west-pacific-2021")[0].effect
    'region_concern'
    """
    if system in shipped_systems():
        path = resources.files("standoff.systems") / "data" / system / "chains.csv"
        return parse_chains(path.read_text("utf-8"), system) if path.is_file() else ()
    beside = Path(system).with_suffix(".chains.csv")
    if not beside.is_file():
        return ()
    return parse_chains(beside.read_text(encoding="utf-8-sig"), str(beside))


def parse_chains(text: str, origin: str) -> tuple[CausalLink, ...]:
    """Parse a file of links. Raises `DescriptionError` with the line that does not hold.

    >>> parse_chains("from,to", "mine.csv")
    Traceback (most recent call last):
    ...
    standoff.errors.DescriptionError: description: mine.csv without the columns sign, order, ...
    """
    reader = csv.DictReader(io.StringIO(text))
    missing = [c for c in COLUMNS if c not in (reader.fieldnames or ())]
    if missing:
        raise DescriptionError(
            f"{origin} without the columns {', '.join(missing)}",
            f"a header with {', '.join(COLUMNS)}",
            "add the columns; cells may be empty",
        )
    return tuple(_link(row, f"{origin} line {reader.line_num}") for row in reader)


def _link(row: dict[str, str | None], where: str) -> CausalLink:
    cell = {k: (row.get(k) or "").strip() for k in COLUMNS}
    known = (
        ("sign", ("+", "-")),
        ("order", ("1", "2", "3")),
        ("assertion", ASSERTIONS),
        ("test", TESTS),
    )
    for column, values in known:
        if cell[column] not in values:
            raise DescriptionError(
                f"{where}: {column} {cell[column]!r}", f"one of {', '.join(values)}", "correct it"
            )
    if cell["test"] != "none" and not cell["outcome"]:
        raise DescriptionError(f"{where}: no outcome", "what the test looks at", "fill outcome")
    if cell["test"] == "none" and not cell["note"]:
        raise DescriptionError(f"{where}: no test and no note", "why not", "fill note")
    return CausalLink(
        cause=cell["from"],
        effect=cell["to"],
        sign=1 if cell["sign"] == "+" else -1,
        order=int(cell["order"]),
        assertion=cell["assertion"],
        chain=cell["chain"],
        test=cell["test"],
        base=_list(cell["base"]),
        change=_list(cell["change"]),
        given=_list(cell["given"]),
        outcome=cell["outcome"],
        rests_on=_list(cell["rests_on"]),
        note=cell["note"],
    )


def _list(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(";") if part.strip())
