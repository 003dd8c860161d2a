"""The argument of a text as a picture: SVG without any library, the same bytes for the same argument.

Columns run from first causes to last effects, rows in the order of the text. What an arrow says is in
words beside it, so that nothing hangs on colour; a dashed arrow is not plainly asserted. Colours follow
the reader's light or dark setting; every box and arrow has its full words as a title.
"""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from standoff.assess import JudgedArgument, JudgedEdge
from standoff.brief.argument_words import holder_words, sign_word

WIDTH, GAP, LINE, PAD, ROW = 230, 150, 15, 8, 18
"""Width of a box, room for an arrow, height of a line, margin in a box and between boxes: pixels."""
LETTERS, LINES = 34, 5
_STYLE = """
svg{color-scheme:light dark;--ink:#1a1a1a;--paper:#ffffff;--box:#f2f4f7;--rule:#5b6470;--up:#005a9c;--down:#a33b00}
@media (prefers-color-scheme:dark){svg{
--ink:#ececec;--paper:#16181c;--box:#24282f;--rule:#9aa4b1;--up:#7cc0ff;--down:#ffa36b}}
.paper{fill:var(--paper)}.box{fill:var(--box);stroke:var(--rule)}
text{font:12px sans-serif;fill:var(--ink)}.note{font-size:11px}.up{stroke:var(--up)}.down{stroke:var(--down)}
.edge{fill:none;stroke-width:2}.halo{stroke:var(--paper);stroke-width:4;paint-order:stroke}
.join{stroke:var(--rule);stroke-dasharray:2 4}.tip{stroke:none}.tip.up{fill:var(--up)}.tip.down{fill:var(--down)}
"""


@dataclass(frozen=True, slots=True)
class _Box:
    x: int
    y: int
    height: int
    lines: tuple[str, ...]
    title: str


def argument_svg(found: JudgedArgument) -> str:
    """The picture as one SVG document, with a title and a description for those who do not see it.

    An argument without edges gives a picture that says so.
    """
    joins = _joins(found)
    columns = _columns([*((e.edge.cause, e.edge.effect) for e in found.edges), *joins])
    boxes, width, height = _placed(found, columns)
    name = found.argument.document.title or "a text"
    about = "; ".join(_told(found, e) for e in found.edges) or "no causal edge was found"
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="t d" {size}>',
        f'<title id="t">{escape(f"The causal argument of {name}")}</title>',
        f'<desc id="d">{escape(about)}</desc>',
        f"<style>{_STYLE}</style>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
    ]
    parts += [_join(boxes[a], boxes[b]) for a, b in joins]
    parts += [_arrow(found, e, boxes) for e in found.edges]
    parts += [_drawn(b) for b in boxes.values()]
    if not found.edges:
        parts.append(f'<text x="{PAD}" y="{2 * LINE}">no causal edge was found</text>')
    key = "+ raises, − lowers; solid: asserted; dashed: others' word or with reserve; dotted: the same again"
    parts.append(f'<text class="note" x="{PAD}" y="{height - PAD}">{key}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def _joins(found: JudgedArgument) -> list[tuple[str, str]]:
    """Where a chain goes on in other words: the effect of one edge, and the cause of the next."""
    edges = {e.edge.id: e.edge for e in found.edges}
    pairs = [
        (edges[a].effect, edges[b].cause)
        for chain in found.argument.chains
        for a, b in itertools.pairwise(chain)
    ]
    return [(a, b) for a, b in dict.fromkeys(pairs) if a != b]


def _columns(arrows: Sequence[tuple[str, str]]) -> dict[str, int]:
    """The column of each node: one behind its last cause; four columns where they go in a circle."""
    column: dict[str, int] = dict.fromkeys((node for pair in arrows for node in pair), 0)
    for _ in range(len(column)):
        moved = False
        for cause, effect in arrows:
            if column[effect] < column[cause] + 1 < len(column):
                column[effect] = column[cause] + 1
                moved = True
        if not moved:
            return column
    return {node: min(c, 3) for node, c in column.items()}


def _placed(found: JudgedArgument, columns: dict[str, int]) -> tuple[dict[str, _Box], int, int]:
    """Boxes row by row: an edge's effect stands beside its cause where there is room."""
    boxes: dict[str, _Box] = {}
    free = [ROW] * (max(columns.values(), default=0) + 1)
    causes = {e.edge.cause for e in found.edges}
    for e in found.edges:
        for id, other in ((e.edge.cause, ""), (e.edge.effect, e.edge.cause)):
            if id in boxes:
                continue
            node = found.argument.node(id)
            words = " ".join(node.span.quote.split())
            lines = tuple(textwrap.wrap(words, LETTERS, max_lines=LINES, placeholder=" …")) or ("",)
            height = len(lines) * LINE + 2 * PAD
            at = columns[id]
            y = max(free[at], boxes[other].y if other else free[at])
            boxes[id] = _Box(PAD + at * (WIDTH + GAP), y, height, lines, words)
            free[at] = y + height + ROW
        low = max(free[columns[e.edge.cause]], free[columns[e.edge.effect]])
        if e.edge.effect not in causes:
            free[columns[e.edge.cause]] = free[columns[e.edge.effect]] = low
    width = 2 * PAD + len(free) * WIDTH + (len(free) - 1) * GAP
    return boxes, max(width, 640), max(free) + 3 * LINE


def _drawn(box: _Box) -> str:
    rows = "".join(
        f'<tspan x="{box.x + PAD}" y="{box.y + PAD + (i + 1) * LINE - 3}">{escape(line)}</tspan>'
        for i, line in enumerate(box.lines)
    )
    return (
        f'<g><title>{escape(box.title)}</title><rect class="box" x="{box.x}" y="{box.y}" '
        f'width="{WIDTH}" height="{box.height}" rx="4"/><text>{rows}</text></g>'
    )


def _arrow(found: JudgedArgument, e: JudgedEdge, boxes: dict[str, _Box]) -> str:
    start, end = boxes[e.edge.cause], boxes[e.edge.effect]
    x1, y1 = start.x + WIDTH, start.y + start.height // 2
    x2, y2 = end.x, end.y + end.height // 2
    way = "up" if e.edge.sign > 0 else "down"
    dash = "" if e.edge.assertion == "asserted" else ' stroke-dasharray="6 4"'
    bend = GAP // 2 if x2 > x1 else 2 * GAP
    curve = f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2 - 7} {y2}"
    tip = f"M{x2 - 9} {y2 - 5} L{x2} {y2} L{x2 - 9} {y2 + 5} Z"
    x, y = (x1 + x2) // 2, (y1 + y2) // 2
    mark = ("not " if e.edge.denied else "") + ("+" if e.edge.sign > 0 else "−")
    labels = [f"{mark} {e.edge.id}", e.disposition or e.edge.assertion]
    words = "".join(
        f'<text class="note halo" text-anchor="middle" x="{x}" y="{y - 8 + i * 24}">{escape(t)}</text>'
        for i, t in enumerate(labels)
    )
    return (
        f'<g><title>{escape(_told(found, e))}</title><path class="edge {way}" d="{curve}"{dash}/>'
        f'<path class="tip {way}" d="{tip}"/>{words}</g>'
    )


def _join(start: _Box, end: _Box) -> str:
    """A dotted line without a tip: the same thing in other words."""
    x1, y1 = start.x + WIDTH, start.y + start.height // 2
    x2, y2 = end.x, end.y + end.height // 2
    bend = GAP // 2 if x2 > x1 else 2 * GAP
    curve = f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
    return f'<path class="edge join" d="{curve}"><title>in other words</title></path>'


def _told(found: JudgedArgument, e: JudgedEdge) -> str:
    cause, effect = (found.argument.node(i).span.quote for i in (e.edge.cause, e.edge.effect))
    text = f"{e.edge.id}: {cause} {sign_word(e.edge)} {effect} ({e.edge.assertion}"
    text += f"; {holder_words(e.edge)}" if e.edge.holders else ""
    text += f"; in the model {e.disposition})" if e.disposition else ")"
    return " ".join(text.split())
