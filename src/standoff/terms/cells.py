"""What strangers wrote, so that neither a spreadsheet nor a terminal runs it.

A spreadsheet runs a cell that begins with = + - @ as a formula. Such a cell is written with an
apostrophe before it, as is a cell that begins with an apostrophe, so that reading is exact.
"""

from __future__ import annotations

STEERS = (
    *range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F,
    *range(0x202A, 0x202F), *range(0x2066, 0x206A),
)  # fmt: skip
"""Controls of terminals (C0 without tab and line end, DEL, C1) and of the direction of writing."""

_SPELT = {c: f"\\x{c:02x}" if c < 256 else f"\\u{c:04x}" for c in STEERS}
# In JSON as escapes, beside the marks that some readers take for the end of a line in a string.
_ESCAPES = {code: f"\\u{code:04x}" for code in (*STEERS, 0x2028, 0x2029)}
GUARDED = ("=", "+", "-", "@", "\t", "\r", "'")


def guard(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> guard("=1+1"), guard("plain"), guard("'quoted")
    ("'=1+1", 'plain', "''quoted")
    """
    return "'" + cell if cell.startswith(GUARDED) else cell


def unguard(cell: str) -> str:
    """The cell as it was before `guard`. An apostrophe that guards nothing is part of the cell.

    >>> unguard(guard("-5")), unguard(guard("'")), unguard("plain"), unguard("'Ndrangheta")
    ('-5', "'", 'plain', "'Ndrangheta")
    """
    return cell[1:] if cell[:1] == "'" and cell[1:].startswith(GUARDED) else cell


def spelt(text: str) -> str:
    r"""A text as it is safe to show: what would steer a terminal or turn words round is spelt out.

    Reports, titles and names come from others: printed as they are, they could clear the screen, hide
    a line, or show a quotation backwards.

    >>> spelt("a\x1b[2Jb\u202ec\td")
    'a\\x1b[2Jb\\u202ec\td'
    """
    return text if text.isprintable() else text.translate(_SPELT)


def escaped(json: str) -> str:
    r"""A JSON text, the same value, that no reader cuts inside a string and no terminal obeys.

    >>> escaped('{"a": "x\u202ey"}')
    '{"a": "x\\u202ey"}'
    """
    return json.translate(_ESCAPES)
