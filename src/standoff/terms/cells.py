"""Cells of tables that people open in a spreadsheet.

A spreadsheet runs a cell that begins with = + - @ as a formula. Such a cell is written with an
apostrophe before it, as is a cell that begins with an apostrophe, so that reading is exact.
"""

from __future__ import annotations

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
