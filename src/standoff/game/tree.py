"""Any finite sequential game: players, moves, information, utilities linear in named terms.

A game is a graph of named nodes without cycles. Two histories that lead to the same node share
it: equal states are merged by giving them one name. Nodes of one player that carry the same
`information` cannot be told apart by it.

Written by hand as TOML (see `cases/games/`), read from .efg (`read_efg`), or built from records.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

from standoff.errors import GameError
from standoff.game.expression import Expression


@dataclass(frozen=True, slots=True)
class Node:
    """A point of the game: a player's choice, or chance (`player` is None).

    `chance` holds a probability per move at a chance node. `payoffs`, one per player, are earned
    on arrival (empty: nothing). `information` names the information set; by default the node.
    """

    name: str
    player: str | None
    moves: tuple[tuple[str, str], ...]
    information: str = ""
    chance: tuple[Expression, ...] = ()
    payoffs: tuple[Expression, ...] = ()

    @property
    def actions(self) -> tuple[str, ...]:
        """Labels of the moves, in order."""
        return tuple(label for label, _ in self.moves)


@dataclass(frozen=True, slots=True)
class GameOutcome:
    """An end of the game with one utility per player."""

    name: str
    payoffs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """A finite sequential game; `order` lists the nodes so that each precedes those it leads to.

    `defaults` gives values to names in utilities; a solve may replace them, one number per draw.

    >>> tree = Tree.parse('''
    ... players = ["A"]
    ... [nodes.start]
    ... player = "A"
    ... moves = { hold = "peace", attack = "war" }
    ... [outcomes.peace]
    ... A = 0
    ... [outcomes.war]
    ... A = "gain - cost"
    ... [values]
    ... gain = 2
    ... cost = 1
    ... ''')
    >>> tree.order, sorted(tree.names)
    (('start',), ['cost', 'gain'])
    """

    title: str
    players: tuple[str, ...]
    start: str
    nodes: Mapping[str, Node]
    outcomes: Mapping[str, GameOutcome]
    defaults: Mapping[str, float] = field(default_factory=dict[str, float])
    source: str = ""
    note: str = ""
    order: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check(self)
        object.__setattr__(self, "order", _order(self))
        _check_sets(self)

    @classmethod
    def parse(cls, text: str, place: str = "game") -> Tree:
        """Read a game written as TOML. Raises `GameError` naming the place."""
        try:
            raw = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise GameError(f"{place}: {error}", "valid TOML", "correct that line") from error
        players = tuple(str(p) for p in raw.get("players", ()))
        nodes = {k: _node(k, v, players, place) for k, v in _tables(raw, "nodes", place).items()}
        outcomes = {
            k: GameOutcome(k, _payoffs(v, players, f"{place}: outcome {k!r}"))
            for k, v in _tables(raw, "outcomes", place).items()
        }
        values = _tables(raw, "values", place, inner=False)
        made = cls(
            title=str(raw.get("title", place)),
            players=players,
            start=str(raw.get("start", next(iter(nodes), ""))),
            nodes=nodes,
            outcomes=outcomes,
            defaults={k: _number(v, f"{place}: value {k!r}") for k, v in values.items()},
            source=str(raw.get("source", "")),
            note=str(raw.get("note", "")),
        )
        # A game written by hand: a player who never moves is a slip. Elsewhere it is legal.
        movers = {n.player for n in made.nodes.values()}
        for player in made.players:
            if player not in movers:
                raise GameError(
                    f"{made.title}: player {player!r} without moves",
                    "a node for each player",
                    f"remove {player!r} from the players",
                )
        return made

    @property
    def names(self) -> frozenset[str]:
        """Every name that utilities and chances use."""
        return frozenset(n for e in self._expressions() for n in e.names)

    @property
    def sets(self) -> dict[tuple[str, str], tuple[str, ...]]:
        """Nodes of each information set, by (player, information), in order of play."""
        found: dict[tuple[str, str], tuple[str, ...]] = {}
        for name in self.order:
            node = self.nodes[name]
            if node.player is not None:
                key = (node.player, node.information or name)
                found[key] = (*found.get(key, ()), name)
        return found

    @property
    def perfect(self) -> bool:
        """Whether every mover sees all past moves."""
        return all(len(v) == 1 for v in self.sets.values())

    def _expressions(self) -> Iterator[Expression]:
        for node in self.nodes.values():
            yield from node.chance
            yield from node.payoffs
        for outcome in self.outcomes.values():
            yield from outcome.payoffs


def _tables(
    raw: Mapping[str, Any], name: str, place: str, *, inner: bool = True
) -> dict[str, dict[str, Any]]:
    table = raw.get(name, {})
    if not isinstance(table, dict) or (
        inner and not all(isinstance(v, dict) for v in cast("dict[str, Any]", table).values())
    ):
        raise GameError(f"{place}: {name} = {table!r}", f"tables [{name}.NAME]", "correct it")
    return cast("dict[str, dict[str, Any]]", table)


def _number(raw: object, place: str) -> float:
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise GameError(f"{place}: {raw!r}", "a number", "correct the value")
    value = Expression.number(raw, place)
    return float(value.value({}))


def _payoffs(
    raw: Mapping[str, Any], players: tuple[str, ...], place: str
) -> tuple[Expression, ...]:
    missing = [p for p in players if p not in raw]
    unknown = sorted(set(raw) - set(players))
    if missing or unknown:
        raise GameError(
            f"{place}: utilities of {', '.join(raw) or 'nobody'}",
            f"one of each of {', '.join(players)}",
            f"add {', '.join(missing)}" if missing else f"remove {', '.join(unknown)}",
        )
    return tuple(Expression.parse(raw[p], f"{place}, {p}") for p in players)


def _node(name: str, raw: Mapping[str, Any], players: tuple[str, ...], place: str) -> Node:
    where = f"{place}: node {name!r}"
    unknown = sorted(set(raw) - {"player", "moves", "information", "chance", "payoffs"})
    if unknown:
        raise GameError(
            f"{where} with {', '.join(unknown)}",
            "player, moves, information, chance, payoffs",
            "correct the key",
        )
    moves = cast("dict[str, Any]", raw.get("moves", {}))
    chance: dict[str, Any] = raw.get("chance", {})
    if "player" in raw and chance:
        raise GameError(f"{where} with a player and chance", "one of them", "remove one")
    if chance and set(chance) != set(moves):
        raise GameError(
            f"{where}: chance of {', '.join(chance)}", f"of {', '.join(moves)}", "correct it"
        )
    return Node(
        name=name,
        player=str(raw["player"]) if "player" in raw else None,
        moves=tuple((label, str(to)) for label, to in moves.items()),
        information=str(raw.get("information", "")),
        chance=tuple(
            Expression.parse(chance[m], f"{where}, chance of {m}") for m in moves if chance
        ),
        payoffs=_payoffs(raw["payoffs"], players, where) if "payoffs" in raw else (),
    )


def _check(tree: Tree) -> None:
    """Refuse what is no game, naming the place."""
    if not tree.players or len(set(tree.players)) != len(tree.players):
        raise GameError(
            f"{tree.title}: players {', '.join(tree.players) or 'none'}",
            "each player once, at least one",
            "correct the list of players",
        )
    if tree.start not in tree.nodes:
        raise GameError(f"{tree.title}: start {tree.start!r}", "the name of a node", "correct it")
    both = sorted(set(tree.nodes) & set(tree.outcomes))
    if both:
        raise GameError(f"{tree.title}: {both[0]!r} as node and outcome", "one", "rename one")
    for node in tree.nodes.values():
        place = f"{tree.title}: node {node.name!r}"
        if not node.moves:
            raise GameError(f"{place} without moves", "at least one move", "make it an outcome")
        if len(set(node.actions)) != len(node.actions):
            raise GameError(f"{place} with a move twice", "each move once", "rename one")
        if node.player is None and len(node.chance) != len(node.moves):
            raise GameError(
                f"{place} with {len(node.chance)} chances for {len(node.moves)} moves",
                "a player, or one chance per move",
                "add player or chance",
            )
        if node.player is not None and node.player not in tree.players:
            raise GameError(
                f"{place} of player {node.player!r}",
                f"one of {', '.join(tree.players)}",
                "correct the player",
            )
        for label, to in node.moves:
            if to not in tree.nodes and to not in tree.outcomes:
                raise GameError(
                    f"{place}: move {label!r} to {to!r}", "a node or an outcome", f"add {to!r}"
                )
        if node.payoffs and len(node.payoffs) != len(tree.players):
            raise GameError(
                f"{place} with {len(node.payoffs)} utilities",
                f"{len(tree.players)}, one per player",
                "correct it",
            )
    for outcome in tree.outcomes.values():
        if len(outcome.payoffs) != len(tree.players):
            raise GameError(
                f"{tree.title}: outcome {outcome.name!r} with {len(outcome.payoffs)} utilities",
                f"{len(tree.players)}, one per player",
                "give each player a utility",
            )


def _order(tree: Tree) -> tuple[str, ...]:
    """Topological order, on a tree that of the file; refuses cycles and unreachable nodes."""
    done: list[str] = []
    state: dict[str, int] = {}
    path: list[tuple[str, Iterator[tuple[str, str]]]] = [
        (tree.start, reversed(tree.nodes[tree.start].moves))
    ]
    state[tree.start] = 1
    # Last move first, so that the reversed postorder keeps moves in the order written.
    while path:
        name, rest = path[-1]
        step = next(rest, None)
        if step is None:
            state[name] = 2
            done.append(name)
            path.pop()
            continue
        to = step[1]
        if to not in tree.nodes or state.get(to) == 2:
            continue
        if state.get(to) == 1:
            names = [n for n, _ in path]
            loop = " -> ".join([*names[names.index(to) :], to])
            raise GameError(
                f"{tree.title}: the cycle {loop}",
                "a game that ends",
                f"let move {step[0]!r} of node {name!r} lead elsewhere",
            )
        state[to] = 1
        path.append((to, reversed(tree.nodes[to].moves)))
    lost = [n for n in tree.nodes if n not in state]
    if lost:
        raise GameError(
            f"{tree.title}: node {lost[0]!r}, which no move leads to",
            f"nodes reached from {tree.start!r}",
            "remove it or lead a move to it",
        )
    return tuple(reversed(done))


def _check_sets(tree: Tree) -> None:
    """Refuse sets whose nodes their player could tell apart by the moves."""
    for (player, information), names in tree.sets.items():
        actions = {tree.nodes[n].actions for n in names}
        if len(actions) > 1:
            raise GameError(
                f"{tree.title}: information {information!r} of {player}: nodes "
                f"{', '.join(names)} have different moves",
                "the same moves at each node of an information set",
                "split the set or correct the moves",
            )
