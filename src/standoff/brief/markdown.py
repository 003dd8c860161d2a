"""Blocks as Markdown: paragraphs that may be reworded stand under a comment with their name."""

from __future__ import annotations

from collections.abc import Sequence

from standoff.brief.blocks import Block, Heading, PictureBlock, TableBlock, Text

__all__ = ["markdown_of"]


def markdown_of(blocks: Sequence[Block], run: str) -> str:
    """The text of a Markdown file. A picture is its description: its numbers stand in the tables."""
    parts: list[str] = []
    for block in blocks:
        match block:
            case Heading():
                parts.append(f"{'#' * block.level} {_plain(block.text)}")
            case Text():
                name = f"<!-- {block.name}, {run} -->\n" if block.name else ""
                stale = f"\n\n> {block.stale}" if block.stale else ""
                parts.append(f"{name}{_plain(block.text)}{_marks(block.notes)}{stale}")
            case TableBlock():
                parts.append(_table(block))
            case PictureBlock():
                parts.append(f"*Figure: {_plain(block.words)}*")
    return "\n\n".join(parts) + "\n"


def _marks(notes: Sequence[int]) -> str:
    return f" [{', '.join(map(str, notes))}]" if notes else ""


def _table(table: TableBlock) -> str:
    lines = [f"*{table.caption}*", ""] if table.caption else []
    lines += [_row(table.head), _row(["---"] * len(table.head))]
    return "\n".join([*lines, *(_row(r) for r in table.rows)])


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(_plain(c).replace("|", "\\|") for c in cells) + " |"


def _plain(text: str) -> str:
    """Words of reports are never markup."""
    found = " ".join(text.split())
    for sign in ("\\", "`", "*", "_", "<", "#"):
        found = found.replace(sign, f"\\{sign}")
    return found
