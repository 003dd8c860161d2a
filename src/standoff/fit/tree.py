"""The games that can be fitted: trees of two-way moves, each move owned by one player.

The catalogue holds the shapes of the literature on strategic estimation; any other tree of two-way
moves is written with :class:`Move` and outcomes as plain strings.

References: Signorino, *American Political Science Review* 93 (1999); Signorino, *Political
Analysis* 11 (2003); Kenkel and Signorino, *Journal of Statistical Software* 56 (2014).

Examples:
    >>> egame12().outcomes
    ('~esc', 'esc,~war', 'esc,war')
    >>> egame122().players
    (1, 2)
    >>> [m.player for m, _ in egame123().path("RRL")]
    [1, 2, 3]
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from standoff.errors import GameError

__all__ = ["Move", "Tree", "egame12", "egame122", "egame123"]


@dataclass(frozen=True, slots=True)
class Move:
    """A choice of one player between two ways on; an outcome is the string that names it."""

    player: int
    left: Move | str
    right: Move | str


@dataclass(frozen=True, slots=True)
class Tree:
    """A finite game of two-way moves with perfect information about past moves.

    Raises:
        GameError: an outcome stands twice, or a player's number is not positive.

    Example:
        >>> Tree("take it or leave it", Move(1, "leave", "take")).outcomes
        ('leave', 'take')
    """

    name: str
    root: Move

    def __post_init__(self) -> None:
        names = self.outcomes
        twice = sorted({o for o in names if names.count(o) > 1})
        if twice:
            raise GameError(
                f"the outcome {twice[0]!r} twice in the tree {self.name!r}",
                "one name per outcome",
                "rename one of them",
            )
        if any(m.player < 1 for m in self.moves()):
            raise GameError(
                f"a player below 1 in {self.name!r}", "players 1, 2, ...", "number the players"
            )

    @property
    def outcomes(self) -> tuple[str, ...]:
        """Outcomes from left to right."""
        return tuple(_leaves(self.root))

    @property
    def players(self) -> tuple[int, ...]:
        """Players in ascending order."""
        return tuple(sorted({m.player for m in self.moves()}))

    def moves(self) -> tuple[Move, ...]:
        """Moves, first mover first, left before right."""
        return tuple(_moves(self.root))

    def path(self, outcome: str) -> tuple[tuple[Move, bool], ...]:
        """The moves that lead to an outcome, with True where the way on was to the right.

        Raises:
            GameError: no such outcome.

        Example:
            >>> [right for _, right in egame12().path("esc,~war")]
            [True, False]
        """
        found = _path(self.root, outcome)
        if found is None:
            raise GameError(
                f"the outcome {outcome!r}", " | ".join(self.outcomes), f"see {self.name!r}"
            )
        return found

    def can_matter(self, player: int, outcome: str) -> bool:
        """Does the player choose on some way to the outcome? Otherwise the utility moves nothing.

        Example:
            >>> egame12().can_matter(2, "~esc"), egame12().can_matter(1, "~esc")
            (False, True)
        """
        return any(m.player == player for m, _ in self.path(outcome))

    def moves_twice(self) -> bool:
        """Does a player choose more than once on one path?"""
        for outcome in self.outcomes:
            owners = [m.player for m, _ in self.path(outcome)]
            if len(set(owners)) < len(owners):
                return True
        return False


def _leaves(node: Move | str) -> Iterator[str]:
    if isinstance(node, str):
        yield node
    else:
        yield from _leaves(node.left)
        yield from _leaves(node.right)


def _moves(node: Move | str) -> Iterator[Move]:
    if isinstance(node, Move):
        yield node
        yield from _moves(node.left)
        yield from _moves(node.right)


def _path(node: Move | str, outcome: str) -> tuple[tuple[Move, bool], ...] | None:
    if isinstance(node, str):
        return () if node == outcome else None
    for child, right in ((node.left, False), (node.right, True)):
        rest = _path(child, outcome)
        if rest is not None:
            return ((node, right), *rest)
    return None


def egame12(first: str = "esc", second: str = "war") -> Tree:
    """Player 1 stops or goes on; player 2 then stops or goes on: the deterrence game.

    Example:
        >>> egame12("challenge", "resist").outcomes
        ('~challenge', 'challenge,~resist', 'challenge,resist')
    """
    return Tree("egame12", Move(1, f"~{first}", Move(2, f"{first},~{second}", f"{first},{second}")))


def egame122() -> Tree:
    """Player 1 moves left or right, and player 2 answers either.

    Example:
        >>> egame122().outcomes
        ('LL', 'LR', 'RL', 'RR')
    """
    return Tree("egame122", Move(1, Move(2, "LL", "LR"), Move(2, "RL", "RR")))


def egame123() -> Tree:
    """Three players in a row, each of whom may end the game.

    Example:
        >>> egame123().outcomes
        ('L', 'RL', 'RRL', 'RRR')
    """
    return Tree("egame123", Move(1, "L", Move(2, "RL", Move(3, "RRL", "RRR"))))
