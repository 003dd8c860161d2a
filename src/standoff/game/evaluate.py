"""Solve the template once: from named values to named probabilities and expected utilities.

Written against `Ops`: the same lines are the NumPy reference and the source of the kernel.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping

from standoff.game.extended import FIGHT, SUPPORT, Game
from standoff.game.induct import (
    CONCEDED,
    HOLD,
    ROOT,
    STATES,
    TAKEN,
    Acts,
    Crisis,
    Setup,
    War,
    challenged,
    challenger_branches,
    escalation,
    outcome_state,
    protege_at_war,
    set_up,
    solve_crisis,
    solve_wars,
    supporters,
)
from standoff.game.ops import Ops, Value

Named = dict[str, Value]
MOVES = frozenset(
    "hold challenge attack resist|attack resist|challenge escalate|challenge war".split()
)
"""What the moves of challenger and protege give, without who defends, arms and gains what."""
FORECAST = ("war", "escalate|challenge")
"""What a forecast takes from the game: war from the first move on, and from an open crisis on."""


def evaluate(
    ops: Ops, game: Game, x: Mapping[str, Value], wanted: Collection[str] | None = None
) -> tuple[Named, Named]:
    """Probabilities and expected utilities of one play, by name (see docs/reference/game.md).

    Where nothing but `MOVES` is `wanted`, nothing else is computed.

    Two minds: the challenger's own belief gives its three moves, the analyst's gives everyone
    else's. The others anticipate the challenger's second move as it will make it.
    """
    s = set_up(ops, game, x)
    own = solve_wars(ops, s, s.challenger)
    third: dict[Acts | None, War] = {}
    if game.second_order:
        # What the challenger thinks the protege expects decides whether it resists.
        third = solve_wars(ops, s, s.third)
        for pattern, war in third.items():
            own[pattern].resist = war.resist
    second = escalation(ops, s, own)
    read = solve_crisis(ops, s, s.challenger, own, second)
    if game.second_order:
        seen = challenged(ops, s, solve_crisis(ops, s, s.third, third, second), third, second)
    else:
        seen = challenged(ops, s, read, own, second)
    branches = challenger_branches(ops, s, read, own, second, ops.prefer(seen))
    moves = ops.choose(branches)

    world = solve_wars(ops, s, s.world)
    crisis = solve_crisis(ops, s, s.world, world, second)
    resist = ops.prefer(challenged(ops, s, crisis, world, second))
    p: Named = {}
    u: Named = {}
    p["hold"], p["challenge"], p["attack"] = moves
    p["resist|attack"], p["resist|challenge"] = world[ROOT].resist, resist
    escalated: Value = 0.0
    for pattern, w in crisis.patterns.items():
        escalated = escalated + w * second[pattern]
    p["escalate|challenge"] = resist * escalated
    p["war"] = p["attack"] + p["challenge"] * p["escalate|challenge"]
    if wanted is not None and MOVES.issuperset(wanted):
        return p, u
    _defence(p, game, world[ROOT], "")
    _defence(p, game, own[ROOT], f"@{game.challenger}")
    _crisis(p, game, crisis)
    others = _supporters(ops, p, s, world[ROOT])
    p["win"] = world[ROOT].lost
    _arming(p, s, world[ROOT])
    _utilities(u, s, branches, p, world, crisis, second, others)
    return p, u


def _reach(game: Game, war: War, first: int | None = None) -> dict[Acts, Value]:
    """Probability of every combination of the defenders' acts in a resisted attack.

    With `first`, given that the patron does that.
    """
    reach: dict[Acts, Value] = {(): 1.0} if first is None else {(first,): 1.0}
    for _ in game.defenders[len(next(iter(reach))) :]:
        reach = {
            (*before, a): w * q
            for before, w in reach.items()
            for a, q in enumerate(war.acts[before])
        }
    return reach


def _sum(values: list[Value]) -> Value:
    total: Value = 0.0
    for v in values:
        total = total + v
    return total


def _defence(p: Named, game: Game, war: War, reader: str) -> None:
    """Who fights and who supports in a resisted attack; reader "@CHN" for the challenger's view."""
    reach = _reach(game, war)
    for i, k in enumerate(game.defenders):
        p[f"fight:{k}{reader}"] = _sum([w for acts, w in reach.items() if acts[i] == FIGHT])
        p[f"support:{k}{reader}"] = _sum([w for acts, w in reach.items() if acts[i] == SUPPORT])
        if i == 0 or reader:
            continue
        for name, first in (("fights", FIGHT), ("abstains", 0)):
            if first == FIGHT and game.patron in game.barred:
                continue
            # Weighed inside the patron's branch: its own probability may be zero.
            inside = _reach(game, war, first)
            both = [w for acts, w in inside.items() if acts[0] == first and acts[i] == FIGHT]
            p[f"fight:{k}|{game.patron} {name}"] = _sum(both)


def _crisis(p: Named, game: Game, crisis: Crisis) -> None:
    for i, k in enumerate(game.defenders):
        stands = [w for pattern, w in crisis.patterns.items() if pattern[i]]
        p[f"support:{k}|crisis"] = _sum(stands)
    for k in game.supporters:
        p[f"support:{k}|crisis"] = crisis.backers[k]


def _supporters(ops: Ops, p: Named, s: Setup, war: War) -> dict[str, Value]:
    """Supporters' probabilities in a resisted attack, and their expected utilities there."""
    game = s.game
    first = war.acts[()] if game.defenders else [1.0]
    value: dict[str, Value] = {}
    for a, weight in enumerate(first):
        patron = 0.5 * a if game.defenders else 0.0
        for k, (support, utility) in supporters(ops, s, s.world, patron, False).items():
            p[f"support:{k}"] = p.get(f"support:{k}", 0.0) + weight * support
            value[k] = value.get(k, 0.0) + weight * utility
    return value


def _outcomes(s: Setup, war: War) -> dict[str, Value]:
    """Distribution over states of the N stage after an attack."""
    found: dict[str, Value] = {TAKEN: 1.0 - war.resist}
    for acts, w in _reach(s.game, war).items():
        win = s.win[acts, True]
        for won, q in ((True, win), (False, 1.0 - win)):
            name = outcome_state(s.game, acts, won)
            found[name] = found.get(name, 0.0) + war.resist * w * q
    return found


def _arming(p: Named, s: Setup, war: War) -> None:
    """Who arms, and how many, after hold, a conceded challenge and an attack; encirclement."""
    game = s.game
    given: dict[str, dict[str, Value]] = {
        "hold": {HOLD: 1.0},
        "conceded": {CONCEDED: 1.0},
        "attack": _outcomes(s, war),
    }
    for name, states in given.items():
        for i, m in enumerate(game.proliferators):
            parts = [
                w * q
                for state, w in states.items()
                for armed, q in s.arming[state].sets.items()
                if armed[i]
            ]
            p[f"arm:{m}|{name}"] = _sum(parts)
        for count in range(len(game.proliferators) + 1):
            parts = [
                w * q
                for state, w in states.items()
                for armed, q in s.arming[state].sets.items()
                if sum(armed) == count
            ]
            p[f"new_nuclear:{count}|{name}"] = _sum(parts)
        p[f"encirclement|{name}"] = _sum([w * s.arming[g].share for g, w in states.items()])
    for i, m in enumerate(game.proliferators):
        if i == 0 or game.proliferators[0] in game.armed:
            continue
        # Weighed inside the branch in which the first has armed, after the protege is taken.
        before = game.proliferators[0]
        nodes = s.arming[TAKEN].nodes
        branch: dict[Acts, Value] = {(1,): 1.0}
        for m_next in game.proliferators[1 : i + 1]:
            grown: dict[Acts, Value] = {}
            for armed, w in branch.items():
                q = 0.0 if m_next in game.armed else nodes[armed]
                grown[(*armed, 0)], grown[(*armed, 1)] = w * (1.0 - q), w * q
            branch = grown
        p[f"arm:{m}|{before} arms"] = _sum([w for armed, w in branch.items() if armed[i]])


def _utilities(
    u: Named,
    s: Setup,
    branches: list[Value],
    p: Named,
    wars: dict[Acts | None, War],
    crisis: Crisis,
    second: dict[Acts, Value],
    others: dict[str, Value],
) -> None:
    """Expected utility of each actor in each branch and over the year.

    The challenger's are those of its own mind, everyone else's those of the analyst's.
    """
    game, x, root = s.game, s.x, wars[ROOT]
    moves = (p["hold"], p["challenge"], p["attack"])

    def put(actor: str, hold: Value, challenge: Value, attack: Value) -> None:
        values = (hold, challenge, attack)
        u[actor] = _sum([w * v for w, v in zip(moves, values, strict=True)])
        for name, value in zip(("hold", "challenge", "attack"), values, strict=True):
            u[f"{actor}|{name}"] = value

    put(game.challenger, *branches)
    resist = p["resist|challenge"]
    conceded = -x["partial_gain"] * x["protege_stake"]
    resisted: Value = x["constant:resist_challenge"] - crisis.pressure
    from_war = {pattern: protege_at_war(s, war) for pattern, war in wars.items()}
    for pattern, w in crisis.patterns.items():
        resisted = resisted + w * second[pattern] * from_war[pattern]
    put(game.protege, 0.0, conceded + resist * (resisted - conceded), from_war[ROOT])
    for k in game.defenders:
        given_up = -x["conceded_stake"] * x[f"stake:{k}"]
        taken = -x[f"stake:{k}"]
        challenge = given_up + resist * (crisis.own[k] - given_up)
        put(k, 0.0, challenge, taken + root.resist * (root.own[k] - taken))
    for k in game.supporters:
        put(k, 0.0, resist * crisis.backer_value[k], root.resist * others[k])
    for i, m in enumerate(game.proliferators):
        if m in game.movers or m == game.protege:
            continue
        near = x["war_nearby"] * x[f"proximity:{m}"]
        hold, given = _arming_value(s, i, HOLD), _arming_value(s, i, CONCEDED)
        fought = _sum([w * _arming_value(s, i, g) for g, w in _outcomes(s, root).items()])
        back = _arming_value(s, i, "backed_down")
        escalated = p["escalate|challenge"]
        challenge = (1.0 - resist) * given + (resist - escalated) * back
        put(m, hold, challenge + escalated * (fought - near), fought - root.resist * near)


def _arming_value(s: Setup, i: int, state: str) -> Value:
    """A proliferator's cost of threat and doubt in a state: what it loses where it stays unarmed."""
    threat, _ = STATES[state]
    armed = _sum([q for sets, q in s.arming[state].sets.items() if sets[i]])
    return -threat * (1.0 - armed)
