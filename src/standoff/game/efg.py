"""Gambit's .efg files: read and write extensive games (format 2).

A file states the players, then every node in prefix order: chance (`c`), personal (`p`) or
terminal (`t`). Actions and names of an information set, and the numbers of an outcome, are
written once and may be left out later. Whatever the file says about its own sizes is checked.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field
from fractions import Fraction

from standoff.errors import GameError
from standoff.game.expression import MOST, Expression
from standoff.game.quantal import given
from standoff.game.tree import GameOutcome, Node, Tree

_TOKEN = re.compile(r'\s*(?:"(?P<text>(?:[^"\\]|\\.)*)"|(?P<brace>[{}])|(?P<word>[^\s{}",]+)|,)')
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?:/\d+)?")
MOST_NODES = 1_000_000


@dataclass(slots=True)
class _Reader:
    """Tokens with their lines, and what has been declared so far."""

    place: str
    tokens: list[tuple[str, str, int]]
    at: int = 0
    players: tuple[str, ...] = ()
    sets: dict[tuple[int, int], tuple[str, tuple[str, ...]]] = field(
        default_factory=dict[tuple[int, int], "tuple[str, tuple[str, ...]]"]
    )
    chances: dict[int, tuple[tuple[str, ...], tuple[float, ...]]] = field(
        default_factory=dict[int, "tuple[tuple[str, ...], tuple[float, ...]]"]
    )
    outcomes: dict[int, tuple[str, tuple[float, ...]]] = field(
        default_factory=dict[int, "tuple[str, tuple[float, ...]]"]
    )

    def refuse(self, came: str, expected: str, remedy: str = "correct the file") -> GameError:
        line = self.tokens[min(self.at, len(self.tokens) - 1)][2] if self.tokens else 1
        return GameError(f"{self.place}, line {line}: {came}", expected, remedy)

    def peek(self) -> tuple[str, str]:
        if self.at >= len(self.tokens):
            return "end", ""
        kind, text, _ = self.tokens[self.at]
        return kind, text

    def take(self, kind: str, what: str) -> str:
        found, text = self.peek()
        if found != kind:
            raise self.refuse(f"{text!r}" if found != "end" else "the end of the file", what)
        self.at += 1
        return text

    def brace(self, mark: str, what: str) -> None:
        if self.peek() != ("brace", mark):
            raise self.refuse(self.peek()[1] or "the end of the file", f"{mark!r} of {what}")
        self.at += 1

    def integer(self, what: str, low: int = 0) -> int:
        text = self.take("word", what)
        if not re.fullmatch(r"\d+", text) or int(text) < low:
            self.at -= 1
            raise self.refuse(repr(text), f"{what}: a whole number of {low} or more")
        return int(text)

    def number(self, what: str) -> float:
        kind, text = self.peek()
        if kind != "word" or not _NUMBER.fullmatch(text):
            raise self.refuse(text or "the end of the file", f"{what}: a finite number")
        top, _, bottom = text.partition("/")
        under = float(bottom) if bottom else 1.0
        value = float(top) / under if under else math.inf
        if not -MOST <= value <= MOST or not math.isfinite(under):
            raise self.refuse(text, f"{what}: a finite number below 1e300")
        self.at += 1
        return value


def read_efg(text: str, place: str = "game.efg") -> Tree:
    """Read an extensive game. Raises `GameError` with file and line.

    >>> tree = read_efg('''EFG 2 R "entry" { "entrant" "incumbent" }
    ... p "" 1 1 "" { "out" "in" } 0
    ... t "" 1 "out" { 1 2 }
    ... p "" 2 1 "" { "yield" "fight" } 0
    ... t "" 2 "shared" { 2 1 }
    ... t "" 3 "fought" { 0 0 }''')
    >>> tree.players, len(tree.nodes), len(tree.outcomes)
    (('entrant', 'incumbent'), 2, 3)
    """
    reader = _Reader(place, _scan(text, place))
    for word in ("EFG", "2"):
        if reader.peek() != ("word", word):
            raise reader.refuse(reader.peek()[1], f"{word!r}: a file that begins EFG 2 R")
        reader.at += 1
    if reader.peek() not in (("word", "R"), ("word", "D")):
        raise reader.refuse(reader.peek()[1], "'R'")
    reader.at += 1
    title = reader.take("text", "a title in quotes")
    reader.players = tuple(_texts(reader, "players"))
    if len(set(reader.players)) != len(reader.players):
        # Unnamed or equally named players are told apart by their numbers.
        reader.players = tuple(f"{n or 'player'} {i}" for i, n in enumerate(reader.players, 1))
    note = ""
    if reader.peek()[0] == "text":
        note = reader.take("text", "a comment")
    nodes: dict[str, Node] = {}
    outcomes: dict[str, GameOutcome] = {}
    _read_nodes(reader, nodes, outcomes)
    if reader.peek()[0] != "end":
        raise reader.refuse(
            f"{reader.peek()[1]!r} after the last node",
            "the end of the file: every action has its node",
            "remove what is left, or add the missing action",
        )
    return Tree(title or place, reader.players, "n1", nodes, outcomes, note=note.strip())


def _scan(text: str, place: str) -> list[tuple[str, str, int]]:
    found: list[tuple[str, str, int]] = []
    at, line = 0, 1
    end = len(text.rstrip())
    while at < end:
        match = _TOKEN.match(text, at)
        if match is None:
            line += text.count("\n", 0, at)
            raise GameError(
                f"{place}, line {line}: {text[at : at + 20]!r}", "a token", "correct it"
            )
        line += text.count("\n", at, match.start(match.lastgroup) if match.lastgroup else at)
        if match.lastgroup:
            raw = match[match.lastgroup]
            found.append((match.lastgroup, raw.replace('\\"', '"'), line))
            line += raw.count("\n")
            tail = text.count("\n", match.end(match.lastgroup), match.end())
            line += tail
        else:
            line += text.count("\n", at, match.end())
        at = match.end()
    return found


def _texts(reader: _Reader, what: str) -> list[str]:
    reader.brace("{", what)
    found: list[str] = []
    while reader.peek() != ("brace", "}"):
        found.append(reader.take("text", f"{what}: a name in quotes, or '}}'"))
    reader.at += 1
    return found


@dataclass(slots=True)
class _Open:
    """A node whose children are still to come."""

    name: str
    player: int
    information: str
    actions: tuple[str, ...]
    chance: tuple[float, ...]
    payoffs: tuple[float, ...]
    to: list[str] = field(default_factory=list[str])


def _read_nodes(reader: _Reader, nodes: dict[str, Node], outcomes: dict[str, GameOutcome]) -> None:
    stack: list[_Open] = []
    counts = [0, 0]
    while True:
        kind = reader.take(
            "word", "a node: c, p or t (more nodes than the actions so far announce)"
        )
        if kind == "t":
            counts[1] += 1
            name = _terminal(reader, outcomes, counts[1])
        elif kind in ("c", "p"):
            counts[0] += 1
            if counts[0] > MOST_NODES:
                raise reader.refuse(f"more than {MOST_NODES:,} nodes", "a smaller game")
            name = f"n{counts[0]}"
        else:
            reader.at -= 1
            raise reader.refuse(repr(kind), "a node: c, p or t")
        if stack:
            stack[-1].to.append(name)
        if kind != "t":
            node = _chance(reader, name) if kind == "c" else _personal(reader, name)
            stack.append(node)
        while stack and len(stack[-1].to) == len(stack[-1].actions):
            _close(reader, stack.pop(), nodes)
        if not stack:
            break
    if not nodes:
        raise reader.refuse("a game without a decision", "at least one move")


def _close(reader: _Reader, node: _Open, nodes: dict[str, Node]) -> None:
    labels = node.actions
    if len(set(labels)) != len(labels):
        labels = tuple(f"{a or 'action'} {i}" for i, a in enumerate(labels, 1))
    nodes[node.name] = Node(
        node.name,
        reader.players[node.player - 1] if node.player else None,
        tuple(zip(labels, node.to, strict=True)),
        node.information,
        tuple(Expression.number(v) for v in node.chance),
        tuple(Expression.number(v) for v in node.payoffs),
    )


def _outcome(reader: _Reader) -> tuple[str, tuple[float, ...]] | None:
    """Number, then name and payoffs if they stand here; None for outcome 0."""
    number = reader.integer("an outcome number")
    name = reader.take("text", "an outcome name") if reader.peek()[0] == "text" else ""
    if reader.peek() == ("brace", "{"):
        reader.at += 1
        found: list[float] = []
        while reader.peek() != ("brace", "}"):
            found.append(reader.number(f"utility {len(found) + 1} of outcome {number}"))
        reader.at += 1
        if len(found) != len(reader.players):
            reader.at -= 1
            raise reader.refuse(
                f"outcome {number} with {len(found)} utilities",
                f"{len(reader.players)}, one per player",
            )
        known = reader.outcomes.setdefault(number, (name, tuple(found)))
        if number and known[1] != tuple(found):
            reader.at -= 1
            raise reader.refuse(
                f"outcome {number} with utilities {found}, before {list(known[1])}",
                "one set of utilities per outcome number",
            )
    if number == 0:
        return None
    if number not in reader.outcomes:
        raise reader.refuse(
            f"outcome {number} without utilities", "utilities where an outcome first stands"
        )
    return reader.outcomes[number]


def _terminal(reader: _Reader, outcomes: dict[str, GameOutcome], count: int) -> str:
    """An end of the game. Outcome 0 is no outcome: it adds nothing to what was earned on the way."""
    reader.take("text", "the name of a terminal node")
    found = _outcome(reader)
    label, payoffs = found or ("", (0.0,) * len(reader.players))
    name = f"t{count}{' ' + label if label else ''}"
    outcomes[name] = GameOutcome(name, tuple(Expression.number(v) for v in payoffs))
    return name


def _personal(reader: _Reader, name: str) -> _Open:
    reader.take("text", "the name of a personal node")
    player = reader.integer("a player number", 1)
    if player > len(reader.players):
        reader.at -= 1
        raise reader.refuse(f"player {player}", f"one of the {len(reader.players)} players")
    number = reader.integer("an information set number", 1)
    label = reader.take("text", "a name") if reader.peek()[0] == "text" else ""
    key = (player, number)
    if reader.peek() == ("brace", "{"):
        actions = tuple(_texts(reader, "actions"))
        if not actions:
            raise reader.refuse(f"player {player} without moves", "at least one action")
        known = reader.sets.setdefault(key, (label, actions))
        if known[1] != actions:
            raise reader.refuse(
                f"information set {number} of player {player} with actions {', '.join(actions)}, "
                f"before {', '.join(known[1])}",
                "the same actions at each node of an information set",
            )
    elif key not in reader.sets:
        raise reader.refuse(f"information set {number} without actions", "its actions in braces")
    found = _outcome(reader)
    return _Open(name, player, str(number), reader.sets[key][1], (), found[1] if found else ())


def _chance(reader: _Reader, name: str) -> _Open:
    reader.take("text", "the name of a chance node")
    number = reader.integer("an information set number", 1)
    if reader.peek()[0] == "text":
        reader.at += 1
    if reader.peek() == ("brace", "{"):
        reader.at += 1
        labels: list[str] = []
        chances: list[float] = []
        while reader.peek() != ("brace", "}"):
            labels.append(reader.take("text", "an action in quotes, or '}'"))
            chances.append(reader.number(f"the chance of {labels[-1]!r}"))
        reader.at += 1
        if not labels or min(chances) < 0 or abs(math.fsum(chances) - 1.0) > 1e-9:
            reader.at -= 1
            raise reader.refuse(
                f"chances {', '.join(f'{c:g}' for c in chances)}", "probabilities that sum to one"
            )
        reader.chances[number] = (tuple(labels), tuple(chances))
    elif number not in reader.chances:
        raise reader.refuse(f"chance {number} without actions", "its actions in braces")
    actions, odds = reader.chances[number]
    found = _outcome(reader)
    return _Open(name, 0, "", actions, odds, found[1] if found else ())


def _exact(chances: list[float]) -> list[Fraction]:
    """The same chances as fractions whose sum is exactly one, which Gambit asks for."""
    simple = [Fraction(c).limit_denominator(1_000_000) for c in chances]
    if sum(simple) == 1 and all(
        abs(float(s) - c) <= 1e-15 for s, c in zip(simple, chances, strict=True)
    ):
        return simple
    whole = [Fraction(c) for c in chances]
    largest = max(range(len(whole)), key=lambda i: whole[i])
    # What rounding left over is too small to matter anywhere but beside a tiny chance.
    whole[largest] += 1 - sum(whole)
    return whole


def write_efg(tree: Tree, values: dict[str, float] | None = None) -> str:
    """Write a game with its numbers at `values` (or its defaults) as .efg.

    Merged states are written once per history. Raises `GameError` where that would split an
    information set of several nodes, or pass a million nodes.

    >>> text = write_efg(read_efg('EFG 2 R "g" { "A" } p "" 1 1 "" { "l" "r" } 0 '
    ...                           't "" 1 "" { 0 } t "" 2 "" { .1 }'))
    >>> read_efg(text).outcomes["t2 t2"].payoffs[0].value({})
    0.1
    """
    x, draws = given(tree, values)
    if draws != 1:
        raise GameError(f"values of {draws} draws", "one number per name", "write one draw")

    def quoted(text: str) -> str:
        return '"' + text.replace("\\", "/").replace('"', '\\"') + '"'

    def numbers(found: tuple[Expression, ...]) -> str:
        return "{ " + " ".join(repr(float(e.value(x))) for e in found) + " }"

    shared = {n for names in tree.sets.values() if len(names) > 1 for n in names}
    set_numbers: dict[tuple[str, str], int] = {}
    used = dict.fromkeys(tree.players, 0)
    lines = [f"EFG 2 R {quoted(tree.title)} {{ {' '.join(map(quoted, tree.players))} }}"]
    lines.append(quoted(tree.note or tree.source))
    outcome_numbers: dict[str, int] = {}
    chances, seen = 0, set[str]()
    stack = [tree.start]
    while stack:
        name = stack.pop()
        if name not in tree.nodes:
            number = outcome_numbers.setdefault(name, len(outcome_numbers) + 1)
            lines.append(f't "" {number} {quoted(name)} {numbers(tree.outcomes[name].payoffs)}')
            continue
        node = tree.nodes[name]
        if (name in seen and name in shared) or len(lines) > MOST_NODES:
            raise GameError(
                f"{tree.title}: node {name!r} on several histories within an information set",
                "sets of unmerged nodes",
                "give each history its own node",
            )
        seen.add(name)
        earned = "0"
        if node.payoffs:
            number = outcome_numbers.setdefault(f"on {name}", len(outcome_numbers) + 1)
            earned = f"{number} {quoted('on ' + name)} {numbers(node.payoffs)}"
        if node.player is None:
            chances += 1
            exact = _exact([float(e.value(x)) for e in node.chance])
            odds = " ".join(
                f"{quoted(a)} {q.numerator}/{q.denominator}"
                for a, q in zip(node.actions, exact, strict=True)
            )
            lines.append(f"c {quoted(name)} {chances} {quoted('')} {{ {odds} }} {earned}")
        else:
            key = (node.player, node.information or name)
            if name not in shared or key not in set_numbers:
                used[node.player] += 1
                set_numbers[key] = used[node.player]
            index = tree.players.index(node.player) + 1
            actions = " ".join(map(quoted, node.actions))
            lines.append(
                f"p {quoted(name)} {index} {set_numbers[key]} {quoted(key[1])} "
                f"{{ {actions} }} {earned}"
            )
        stack += [to for _, to in reversed(node.moves)]
    return "\n".join(lines) + "\n"
