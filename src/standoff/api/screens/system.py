"""The System screen: who deters whom from what, each edge with its effect and its interval."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standoff.api.screens.benches import BENCHES
from standoff.api.screens.picture import Picture, canvas, link, path, tag, title, words
from standoff.api.screens.stored import assessment_of
from standoff.api.screens.view import View
from standoff.api.tables import Table
from standoff.assess import Workbench
from standoff.brief import interval, level, multiplier, percent
from standoff.errors import StandoffError
from standoff.systems import System, ceiling_distances
from standoff.terms import Estimate, Relation

Array = npt.NDArray[np.float64]
Address = Callable[[str], str]
"""Where a handle is explained."""


@dataclass(frozen=True, slots=True)
class Edge:
    """What one thing does to the chance of an attack: the difference that it makes, in points.

    `kind` is deters, provokes or contingent; `clear` is false where the interval holds zero.
    `without` is the chance were it not there; `lever` what the What-if screen would set.
    """

    source: str
    target: str
    kind: str
    label: str
    difference: str
    interval: str
    without: str
    size: float
    clear: bool
    lever: str
    amount: float


@dataclass(frozen=True, slots=True)
class Node:
    """An actor: its roles, and what it has signalled."""

    code: str
    name: str
    roles: str
    words: str
    deeds: str
    handle: str
    signals: int


@dataclass(frozen=True, slots=True)
class SystemScreen:
    """The system with its edges, and what was declared and measured about it."""

    system: System
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    attack: str
    interval: str
    picture: Picture
    argument: Table
    commitments: Table
    red_lines: Table
    rules: Table
    ceilings: Table
    run: str


def system_screen(view: View, *, why: Address, whatif: Callable[[str, float], str]) -> SystemScreen:
    """The system of a dossier on the view's day. Edges are differences on common draws."""
    system, bench = view.system, BENCHES.of(view)
    before = bench.answer().arrays["all"]
    nodes = tuple(_node(view, bench, a) for a in system.actors)
    edges = tuple(_edges(system, bench, before))
    chance = Estimate.of(before)
    return SystemScreen(
        system=system,
        nodes=nodes,
        edges=edges,
        attack=percent(chance.mean),
        interval=interval(chance),
        picture=_picture(system, nodes, edges, chance, why, whatif),
        argument=_argument(view),
        commitments=Table(
            tuple(
                {"owner": system.name(c.owner), "towards": system.name(c.protege),
                 "obligation": c.obligation, "since": str(c.since), "source": c.source}
                for c in system.commitments
            ),
            "Commitments",
            ("owner", "towards", "obligation", "since", "source"),
        ),
        red_lines=Table(
            tuple(
                {"owner": system.name(r.owner), "act": r.act, "consequence": r.consequence,
                 "drawn": str(r.drawn), "by": r.by}
                for r in system.red_lines if r.drawn <= view.day
            ),
            "Red lines",
            ("owner", "act", "consequence", "drawn", "by"),
        ),
        rules=Table(
            tuple(
                {"actor": system.name(r.actor), "rule": r.name, "since": str(r.since),
                 "trigger": r.trigger, "source": r.source}
                for r in system.rules if r.since <= view.day
            ),
            "Rules on the use of force",
            ("actor", "rule", "since", "trigger", "source"),
        ),
        ceilings=Table(
            tuple(
                {"actor": system.name(c.ceiling.actor), "ceiling": f"{c.ceiling.value:g} {c.ceiling.measure}",
                 "year": c.year, "spent": f"{c.share:g}", "left": f"{c.left:+.3f}"}
                for c in ceiling_distances(system, view.day)
            ),
            "Ceilings that an actor has set itself",
            ("actor", "ceiling", "year", "spent", "left"),
        ),
        run=view.run.handle if view.run else "",
    )  # fmt: skip


def _node(view: View, bench: Workbench, actor: str) -> Node:
    system = view.system
    roles = ", ".join(r.value for r in system.roles(actor))
    t = system.protege
    if actor in (*system.defenders, *system.supporters):
        found = bench.stance.level(actor, t)
    elif actor == system.challenger:
        found = bench.stance.level(actor, t, Relation.HOSTILITY)
    else:
        return Node(actor, system.name(actor), roles, "", "", "", 0)
    return Node(
        actor, system.name(actor), roles, level(found.words), level(found.deeds), found.handle,
        found.n_signals,
    )  # fmt: skip


def _edges(system: System, bench: Workbench, before: Array) -> list[Edge]:
    """Every patron, and the cascade, each taken away alone on the same draws."""
    found: list[Edge] = []
    plans = [
        (k, system.challenger, "deters", f"{system.name(k)} is certain to abstain",
         f"certain_abstain:{k}", 1.0)
        for k in (*system.defenders, *system.supporters)
    ]  # fmt: skip
    if system.proliferators:
        spread = " ".join(system.proliferators)
        plans.append(
            (
                spread,
                system.challenger,
                "contingent",
                "the cascade is not foreseen",
                "foresight",
                0.0,
            )
        )
    for source, target, kind, label, lever, amount in plans:
        after = bench.setting({lever: amount}).answer().arrays["all"]
        # What it does is the chance with it less the chance without it.
        e = Estimate.of(before - after)
        clear = e.low > 0 or e.high < 0
        shown = kind if e.mean <= 0 or kind == "contingent" else "provokes"
        found.append(
            Edge(
                source, target, shown, label, _points(e.mean), f"{_points(e.low)} to {_points(e.high)}",
                percent(float(after.mean())), abs(e.mean), clear, lever, amount,
            )
        )  # fmt: skip
    return found


def _points(value: float) -> str:
    return f"{100 * value:+.2f}".replace("-", "−")


def _argument(view: View) -> Table:
    """What contributes in the strategic model, from the run of the day."""
    columns = ("factor", "multiplies the odds by (90 %)", "draws lower", "handle")
    if view.run is None:
        return Table((), "The argument", columns)
    try:
        a = assessment_of(view.run)
    except StandoffError:
        return Table((), "The argument", columns)
    return Table(
        tuple(
            {
                "factor": f"{f.name}{f' ({f.tag})' if f.tag else ''}",
                columns[1]: multiplier(f.multiplier),
                "draws lower": percent(f.share_lower),
                "handle": f"{a.run}#{f.key}",
            }
            for f in a.factors
        ),
        "The argument",
        columns,
    )


# ------------------------------------------------------------ the drawing

CASCADE = "cascade"
CARD, TALL, STEP = 236.0, 62.0, 84.0
MIDDLE, FAR, WIDTH = 600.0, 830.0, 1000.0


def _picture(
    system: System,
    nodes: tuple[Node, ...],
    edges: tuple[Edge, ...],
    chance: Estimate,
    why: Address,
    whatif: Callable[[str, float], str],
) -> Picture:
    by_code = {n.code: n for n in nodes}
    patrons = (*system.defenders, *system.supporters)
    others = (CASCADE,) if system.proliferators else ()
    rows = max(len(patrons) + len(others), 2)
    height = STEP * rows + 30
    centre = (height - 20) / 2
    at = {k: 8.0 + STEP * i for i, k in enumerate((*patrons, *others))}
    parts = [_arrowheads()]
    widest = max((e.size for e in edges), default=0.0) or 1.0
    for k in patrons:
        y = at[k] + TALL - 12
        parts.append(
            tag("path", {"d": f"M{CARD:g},{y:g} C{MIDDLE:g},{height - 8:g} {MIDDLE:g},{height - 8:g} "
                              f"{FAR + 20:g},{centre + TALL / 2 + 6:g}",
                         "fill": "none", "stroke": "currentColor", "opacity": 0.22,
                         "marker-end": "url(#to)", "class": "commits"},
                title(f"{system.name(k)} commits to {system.name(system.protege)}"))
        )  # fmt: skip
    for e in edges:
        parts += _edge(e, at, centre, widest, whatif)
    attack = f"attack within a year {percent(chance.mean)} ({interval(chance)})"
    parts.append(tag("path", {"d": path([(MIDDLE + 112, centre), (FAR - 8, centre)]),
                              "stroke": "currentColor", "stroke-width": 2,
                              "marker-end": "url(#to)"}, title(attack)))  # fmt: skip
    parts.append(words(percent(chance.mean), (MIDDLE + 112 + FAR) / 2, centre - 10, text_anchor="middle",
                       font_weight=600, font_size=14))  # fmt: skip
    parts.append(
        words("attack", (MIDDLE + 112 + FAR) / 2, centre + 18, text_anchor="middle", font_size=11)
    )
    for k in patrons:
        parts.append(_card(by_code[k], 0.0, at[k], CARD, why))
    if others:
        names = ", ".join(_short(system.name(k)) for k in system.proliferators)
        parts.append(
            tag("rect", {"x": 1.0, "y": at[CASCADE], "width": CARD - 1, "height": TALL, "rx": 6.0,
                         "fill": "none", "stroke": "currentColor", "stroke-dasharray": "5 4",
                         "class": "node"})
        )  # fmt: skip
        parts.append(words("Feared cascade", 11, at[CASCADE] + 18, font_weight=600, font_size=12.5))
        parts.append(words(f"might arm: {names}"[:38], 11, at[CASCADE] + 35, font_size=10.5))
    parts.append(_card(by_code[system.challenger], MIDDLE - 64, centre - TALL / 2, 176.0, why))
    parts.append(_card(by_code[system.protege], FAR, centre - TALL / 2, 168.0, why))
    caption = (
        f"Who deters {system.name(system.challenger)} from an attack on {system.name(system.protege)}: "
        "width is the effect on the chance of an attack, in percentage points, each taken away alone; "
        "a bar at the end deters, an arrow provokes, dashes are contingent, hollow lines are not "
        "distinguishable from none; grey arrows commit"
    )
    table = Table(
        tuple(
            {"who": e.source, "effect on": e.target, "kind": e.kind, "points": e.difference,
             "90 %": e.interval, "told apart from none": "yes" if e.clear else "no",
             "without it": e.without}
            for e in edges
        ),
        "Edges",
        ("who", "effect on", "kind", "points", "90 %", "told apart from none", "without it"),
    )  # fmt: skip
    return Picture(canvas(WIDTH, height, caption, *parts, class_="system"), caption, table)


def _edge(
    e: Edge,
    at: dict[str, float],
    centre: float,
    widest: float,
    whatif: Callable[[str, float], str],
) -> list[str]:
    cascade = e.kind == "contingent"
    y = at[CASCADE if cascade else e.source] + TALL / 2 - 8
    end = (MIDDLE - 78, centre - 14 + 28 * (y / max(centre * 2, 1)))
    start = (CARD + 4, y)
    width = 1.5 + 7.0 * e.size / widest
    # Level at first, so that its numbers stand clear of the others, then bent towards the challenger.
    bend = CARD + 185
    line = f"M{start[0]:g},{y:g} H{bend:g} C{bend + 60:g},{y:g} {end[0] - 60:g},{end[1]:.1f} "
    line += f"{end[0]:g},{end[1]:.1f}"
    dash = "7 5" if cascade else None
    told = f"{e.label}: attack {e.without} without it; effect {e.difference} points ({e.interval})"
    if not e.clear:
        told += ", not distinguishable from none"
    shape = [title(told)]
    given = {"d": line, "stroke": "#0072B2", "class": f"edge {e.kind}", "fill": "none",
             "stroke-dasharray": dash}  # fmt: skip
    shape.append(tag("path", {**given, "stroke-width": width}))
    if not e.clear:
        # Hollow: the inside of the line is the page's own colour.
        shape.append(tag("path", {**given, "stroke": "white", "class": "hollow",
                                  "stroke-width": max(width - 2.0, 0.8)}))  # fmt: skip
    if e.kind == "deters" or cascade:
        shape.append(tag("path", {"d": path([(end[0] + 4, end[1] - 9), (end[0] + 4, end[1] + 9)]),
                                  "stroke": "#0072B2", "class": "edge", "stroke-width": 3}))  # fmt: skip
    else:
        shape.append(tag("path", {"d": path([(end[0] - 4, end[1] - 6), (end[0] + 6, end[1]),
                                             (end[0] - 4, end[1] + 6)]),
                                  "stroke": "#0072B2", "class": "edge", "fill": "none",
                                  "stroke-width": 2}))  # fmt: skip
    said = f"{e.difference} pp ({e.interval})"
    text = words(said, CARD + 14, y - 4 - width / 2, font_size=11.5,
                 class_="edge-label")  # fmt: skip
    return [link(whatif(e.lever, e.amount), *shape, text, class_="edge-link")]


def _card(n: Node, x: float, y: float, width: float, why: Address) -> str:
    inner = [
        title(f"{n.name}: {n.roles}"),
        tag("rect", {"x": x + 1, "y": y, "width": width - 1, "height": TALL, "rx": 6.0, "fill": "none",
                     "stroke": "currentColor", "class": "node"}),
        words(_short(n.name)[:24], x + 10, y + 18, font_weight=600, font_size=12.5),
        words(n.roles[:36], x + 10, y + 33, font_size=10.5, opacity=0.75),
    ]  # fmt: skip
    if n.words:
        said = (
            f"words {n.words.partition(' ')[0]}  deeds {n.deeds.partition(' ')[0]}  ({n.signals})"
        )
        inner.append(words(said, x + 10, y + 51, font_size=11))
    shape = tag("g", {"data-h": n.code}, *inner)
    if not n.handle:
        return shape
    return link(why(n.handle), shape, class_="node-link")


def _short(name: str) -> str:
    """A name without what stands in brackets behind it."""
    return name.partition(" (")[0]


def _arrowheads() -> str:
    head = tag("path", {"d": "M0,0 L8,4 L0,8", "fill": "none", "stroke": "currentColor"})
    return tag(
        "defs", None,
        tag("marker", {"id": "to", "viewBox": "0 0 10 8", "refX": 7, "refY": 4, "markerWidth": 8,
                       "markerHeight": 8, "orient": "auto-start-reverse"}, head),
    )  # fmt: skip
