"""Dictionaries of actors and agents in the format of TABARI and PETRARCH.

    GOLLUM                      # a name; a comment runs to the end of the line
    +SMEAGOL                    # another name for the same
        [HOB <950601]           # what it means until a day,
        [HOBGOV 19950601-19990815]  # between two days,
        [HOBREB >990816]        # from a day on
    FOREIGN_MINISTER {FOREIGN_MINISTERS} [~GOV]   # an agent: its state comes from the text
    !PERSON! = MAN, WOMAN       # words put in for !PERSON! in the lines below

Years of two digits up to 30 belong to this century (as in PETRARCH). Both ends of a range count.
A code without days holds where no dated code of the name does. `{}` means that a word has no
plural; without braces the regular plural is added. A line that cannot be used is named with its
number and changes nothing else. Format: openeventdata/petrarch2, `PETRreader.py`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from standoff.read.actors_codes import is_code

_COMMENT = re.compile(r"<!\s*--.*?(?:-->|\Z)", re.DOTALL)
_BLOCK = re.compile(r"\[([^\[\]]*)\]?")
_PLURAL = re.compile(r"\{([^{}]*)\}")
_INSIDE = re.compile(
    r"\s*(?P<code>[^\s<>\[\]]+?)\s*"
    r"(?:(?P<sign>[<>])\s*(?P<one>\d+)|(?P<first>\d{6,8})\s*-\s*(?P<last>\d{6,8}))?\s*"
)
_SET = re.compile(r"!(\w+)!\s*=\s*(.+)")
_MARK = re.compile(r"!(\w+)!")


@dataclass(frozen=True, slots=True)
class Fault:
    """A line that cannot be used, and why."""

    line: int
    text: str
    why: str

    def __str__(self) -> str:
        return f"line {self.line}: {self.text!r}: {self.why}"


@dataclass(frozen=True, slots=True)
class PetrarchRow:
    """One name with one code and the days between which it has it."""

    line: int
    name: str
    code: str
    start: date | None = None
    end: date | None = None


@dataclass(slots=True)
class _Block:
    """A name with its other names, until the next name begins; of each, whether it has braces."""

    line: int
    text: str
    names: list[tuple[int, str, bool]] = field(default_factory=list[tuple[int, str, bool]])
    codes: list[PetrarchRow] = field(default_factory=list[PetrarchRow])
    broken: bool = False


def looks_like_petrarch(text: str) -> bool:
    """Whether a text is such a dictionary and not a table: its first entry holds a bracket.

    >>> looks_like_petrarch("GONDOR [GON]"), looks_like_petrarch("name,code\\nGondor,GON")
    (True, False)
    """
    for line in _without_comments(text).split("\n"):
        if line.strip():
            if re.search(r"\bname\b.*,.*\bcode\b|\bcode\b.*,.*\bname\b", line, re.IGNORECASE):
                return False
            return "[" in _without_comments(text)
    return False


def parse_petrarch(text: str) -> tuple[tuple[PetrarchRow, ...], tuple[Fault, ...]]:
    """Every name with every code, in the order of the file, and the lines that cannot be used.

    >>> rows, faults = parse_petrarch("GONDOR [GON 700101-990101]\\n+MINAS_TIRITH\\nX [GON 991332-]")
    >>> [(r.name, r.code, str(r.start), str(r.end)) for r in rows][1]
    ('MINAS TIRITH', 'GON', '1970-01-01', '1999-01-01')
    >>> faults[0].line
    3
    """
    rows: list[PetrarchRow] = []
    faults: list[Fault] = []
    words: dict[str, list[str]] = {}
    block: _Block | None = None
    for number, line in enumerate(_without_comments(text).split("\n"), start=1):
        line = line.strip()
        if not line:
            continue
        given = _SET.fullmatch(line)
        if given:
            words[given.group(1)] = [w.strip() for w in given.group(2).split(",") if w.strip()]
            continue
        if not line.startswith(("+", "[")):
            _close(block, rows, faults)
            block = _Block(number, line)
        elif block is None:
            faults.append(Fault(number, line, "no name stands before it"))
            continue
        _take(block, number, line, words, faults)
    _close(block, rows, faults)
    return tuple(rows), tuple(sorted(faults, key=lambda f: f.line))


def _without_comments(text: str) -> str:
    """The text with comments blanked out, every line still in its place."""
    text = _COMMENT.sub(lambda m: "\n" * m.group().count("\n"), text.replace("\r\n", "\n"))
    return "\n".join(re.split(r"[#;]", line, maxsplit=1)[0] for line in text.split("\n"))


def _take(
    block: _Block, number: int, line: str, words: dict[str, list[str]], faults: list[Fault]
) -> None:
    """Put the names and codes of one line into the block."""
    head = line.split("[", 1)[0]
    names, why = _names(head.lstrip("+"), words) if not line.startswith("[") else ([], "")
    if why:
        faults.append(Fault(number, line, why))
    plain = "{" not in head
    block.names += [(number, name, plain) for name in names]
    for found in _BLOCK.finditer(line):
        row = _code(number, found.group(0))
        if isinstance(row, str):
            faults.append(Fault(number, line, row))
            block.broken = True
        else:
            block.codes.append(row)


def _close(block: _Block | None, rows: list[PetrarchRow], faults: list[Fault]) -> None:
    if block is None:
        return
    if not block.codes and not block.broken:
        faults.append(Fault(block.line, block.text, "no code in [ ] belongs to it"))
    # Dated codes first: a code without days is what holds when none of them does.
    codes = sorted(block.codes, key=lambda r: r.start is None and r.end is None)
    for line, name, plain in block.names:
        for code in codes:
            forms = (name, plural_of(name)) if plain and "~" in code.code else (name,)
            rows += [PetrarchRow(line, f, code.code, code.start, code.end) for f in forms]


def _names(head: str, words: dict[str, list[str]]) -> tuple[list[str], str]:
    """The names that the part before the code stands for, with plurals; and what is wrong."""
    braces = _PLURAL.search(head)
    plain = _clean(_PLURAL.sub("", head))
    if not plain:
        return [], "no name stands in it"
    unknown = [m for m in _MARK.findall(head) if m not in words]
    if unknown:
        return [], f"!{unknown[0]}! was not set in a line before"
    found = [plain]
    if braces:
        found += [_clean(p) for p in braces.group(1).split(",") if _clean(p)]
    for mark in _MARK.findall(plain):
        found = [f.replace(f"!{mark}!", w) for f in found for w in words[mark]]
    return list(dict.fromkeys(_clean(f) for f in found)), ""


def _clean(name: str) -> str:
    """A name without underscores, and without the escapes and control characters that exports leave
    in dictionaries ("\\\\00")."""
    name = re.sub(r"\\(?:x[0-9A-Fa-f]{1,2}|\d{1,3})|[\x00-\x1f\x7f]", " ", name)
    return " ".join(name.replace("_", " ").split())


def _code(number: int, inside: str) -> PetrarchRow | str:
    """A code with its days, or what is wrong with it."""
    if not inside.endswith("]"):
        return "the bracket is not closed"
    found = _INSIDE.fullmatch(inside[1:-1])
    if found is None or not is_code(found["code"].upper()):
        return f"{inside} is no code of at least three letters with days as <950601, >950601 or 950601-991231"
    days: list[date | None] = [None, None]
    given = {"<": (1, found["one"]), ">": (0, found["one"])}
    wanted = [given[found["sign"]]] if found["sign"] else [(0, found["first"]), (1, found["last"])]
    for place, written in wanted:
        if written:
            day = _day(written)
            if day is None:
                return f"{written} is no day (YYMMDD or YYYYMMDD)"
            days[place] = day
    start, end = days
    if start and end and start > end:
        return f"{inside} ends before it begins"
    return PetrarchRow(number, "", found["code"].upper(), start, end)


def _day(written: str) -> date | None:
    if len(written) == 6:
        written = ("20" if int(written[:2]) <= 30 else "19") + written
    if len(written) != 8:
        return None
    try:
        return date(int(written[:4]), int(written[4:6]), int(written[6:]))
    except ValueError:
        return None


def plural_of(name: str) -> str:
    """The regular plural of an agent's name.

    >>> plural_of("FOREIGN MINISTRY"), plural_of("JUDGE"), plural_of("CHURCH")
    ('FOREIGN MINISTRIES', 'JUDGES', 'CHURCHES')
    """
    if name.endswith("Y") and name[-2:-1] not in ("A", "E", "I", "O", "U"):
        return f"{name[:-1]}IES"
    return name + ("ES" if name.endswith(("S", "X", "Z", "CH", "SH")) else "S")
