"""Whether the data could tell the parameters at all, before any search is made.

Only differences of one player's utilities move choices. So a part that stands in all of the
player's utilities under one of his moves cancels, and nothing about it can be learnt; nor can the
size of the choice errors, beside utilities that are all free. Both are refused with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from standoff.errors import ModelError
from standoff.fit.likelihood import Likelihood
from standoff.fit.tree import Move, Tree

__all__ = ["check_identified", "common_part"]

Array = npt.NDArray[np.float64]
_ZERO = 1e-10


def common_part(matrices: list[Array]) -> Array | None:
    """Weights on the first matrix of a column that lies in the span of every matrix, or None.

    The spans meet where [Q1 -Q2 0; Q1 0 -Q3; ...] has a null vector; its Gram matrix is built
    block by block, so that the number of cases costs nothing.

    Example:
        >>> ones, x = np.ones((4, 1)), np.arange(4.0)[:, None]
        >>> common_part([np.hstack([ones, x]), np.hstack([x, x**2])]).round(6).tolist()
        [0.0, 1.0]
        >>> common_part([ones, x]) is None
        True
    """
    parts = [np.linalg.qr(m) for m in matrices]
    bases = [q for q, _ in parts]
    sizes = [q.shape[1] for q in bases]
    edges = np.concatenate([[0], np.cumsum(sizes)])
    gram = np.zeros((edges[-1], edges[-1]))
    first = slice(0, sizes[0])
    for k in range(1, len(bases)):
        here = slice(edges[k], edges[k + 1])
        gram[first, first] += np.eye(sizes[0])
        gram[here, here] += np.eye(sizes[k])
        cross = bases[0].T @ bases[k]
        gram[first, here] -= cross
        gram[here, first] -= cross.T
    if len(bases) == 1:
        return None
    values, vectors = np.linalg.eigh(gram)
    if values[0] > _ZERO:
        return None
    weights = np.linalg.solve(parts[0][1], vectors[first, 0])
    return weights / weights[int(np.argmax(np.abs(weights)))]


def check_identified(likelihood: Likelihood) -> None:
    """Refuse a model whose parameters the observed moves cannot tell.

    Raises:
        ModelError: naming the player and the part that cannot be learnt, and what to fix.
    """
    tree = likelihood.tree
    if not likelihood.names:
        raise ModelError(
            "a model in which every utility is a number",
            "at least one regressor or a free scale",
            "give a design, or scale='common'",
        )
    if likelihood.error == "private" and (likelihood.link == "logit" or tree.moves_twice()):
        raise ModelError(
            "private information with a logit link or a player who moves twice on one path",
            "a probit link and one move per player and path",
            "link='probit', or error='agent'",
        )
    by_key = {b.key: b for b in likelihood.blocks if b.key is not None}
    for player, outcome in by_key:
        if not tree.can_matter(player, outcome):
            raise ModelError(
                f"regressors for u{player}({outcome})",
                f"outcomes that player {player} can bring about or avoid",
                f"leave u{player}({outcome}) out: no choice of player {player} depends on it",
            )
    for player in tree.players:
        for move in _first_moves(tree.root, player):
            outcomes = Tree("part", move).outcomes
            blocks = [by_key.get((player, o)) for o in outcomes]
            matrices = [b.matrix for b in blocks if b is not None and b.matrix is not None]
            if len(matrices) < len(outcomes):
                continue
            weights = common_part(matrices)
            block = blocks[0]
            if weights is None or block is None:
                continue
            labels = [n.split(":", 1)[1] for n in likelihood.names[block.start : block.stop]]
            shared = [n for n, w in zip(labels, weights, strict=True) if abs(w) > 1e-6]
            raise ModelError(
                f"{' + '.join(shared)} in all utilities of player {player} at {', '.join(outcomes)}",
                "at least one of them without it: what all share cancels from every comparison",
                f"set u{player}({outcomes[0]}) to zero, or drop {' + '.join(shared)} there",
            )
    _check_scale(likelihood)


def _check_scale(likelihood: Likelihood) -> None:
    groups: dict[int, set[int]] = {}
    for player, column in likelihood.scale_of.items():
        groups.setdefault(column, set()).add(player)
    for players in groups.values():
        anchored = any(
            value != 0.0 and p in players and likelihood.tree.can_matter(p, o)
            for (p, o), value in likelihood.fixed.items()
        )
        if not anchored:
            who = " and ".join(f"player {p}" for p in sorted(players))
            raise ModelError(
                f"a free scale of {who} beside utilities that are free or zero",
                "a utility fixed at a number other than zero, which sets the unit",
                "scale='fixed'",
            )


def _first_moves(node: Move | str, player: int) -> Iterator[Move]:
    if isinstance(node, str):
        return
    if node.player == player:
        yield node
        return
    yield from _first_moves(node.left, player)
    yield from _first_moves(node.right, player)
