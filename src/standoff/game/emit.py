"""One recorded operation as lines of a kernel.

Choices are written out in full: a function that returns several values would go through memory,
and the loop over lanes would not vectorise.
"""

from __future__ import annotations

from typing import Any

from standoff.game.ops import NODES, WEIGHTS

# The seven nodes in pairs: the middle, then plus and minus of each distance.
PAIRED = (0.0, NODES[4], -NODES[4], NODES[5], -NODES[5], NODES[6], -NODES[6])
SHARES = (WEIGHTS[3], WEIGHTS[4], WEIGHTS[4], WEIGHTS[5], WEIGHTS[5], WEIGHTS[6], WEIGHTS[6])
Step = tuple[Any, ...]


def statements(step: Step, n: int) -> list[str]:
    """Lines that give `v{n}_0`, `v{n}_1`, ... the results of the operation.

    >>> statements(("+", ("s", 3), ("c", 1.0)), 4)
    ['v4_0 = v3_0 + 1.0']
    """
    operator = str(step[0])
    if operator.startswith("part"):
        return [f"v{n}_0 = v{int(step[1][1])}_{operator[4:]}"]

    def argument(a: tuple[str, Any]) -> str:
        return f"v{a[1]}_0" if a[0] == "s" else repr(float(a[1]))

    if operator == "averaged2" or operator == "averaged3":
        *given, powers = step[1:]
        return _averaged(n, [argument(a) for a in given], int(powers[1]))
    given = [argument(a) for a in step[1:]]
    if operator in ("+", "-", "*", "/"):
        return [f"v{n}_0 = {given[0]} {operator} {given[1]}"]
    if operator == "powers":
        return _powers(n, *given)
    if operator == "choice2":
        return [f"v{n}_0 = logistic(-{given[0]})", f"v{n}_1 = logistic({given[0]})"]
    if operator == "choice3":
        a, b = given
        return [
            f"t{n} = max(max({a}, {b}), 0.0)",
            f"z{n} = exp(-t{n})",
            f"x{n} = exp({a} - t{n})",
            f"y{n} = exp({b} - t{n})",
            f"r{n} = 1.0 / (x{n} + y{n} + z{n})",
            f"v{n}_0 = z{n} * r{n}",
            f"v{n}_1 = x{n} * r{n}",
            f"v{n}_2 = y{n} * r{n}",
        ]
    return [f"v{n}_0 = {operator}({given[0]})"]


def guards(step: Step) -> list[str]:
    """What must stay within BOUND for the operation to be exact (products of powers are finite)."""

    def argument(a: tuple[str, Any]) -> str:
        return f"v{a[1]}_0" if a[0] == "s" else repr(float(a[1]))

    if step[0] == "powers":
        return [f"2.0 * abs({argument(step[1])}) + {2 * PAIRED[5]!r} * abs({argument(step[2])})"]
    if step[0] in ("averaged2", "averaged3"):
        return [f"abs({argument(a)})" for a in step[1:-3]]
    return []


def _powers(n: int, mean: str, sd: str) -> list[str]:
    """exp(mean + sd t) at the seven nodes."""
    lines = [f"v{n}_0 = exp(clip({mean}))"]
    for j in (1, 3, 5):
        lines += [
            f"e{n}_{j} = exp(clip({sd} * {PAIRED[j]!r}))",
            f"v{n}_{j} = v{n}_0 * e{n}_{j}",
            f"v{n}_{j + 1} = v{n}_0 / e{n}_{j}",
        ]
    return lines


def _averaged(n: int, given: list[str], g: int) -> list[str]:
    """p_a = sum_q w_q softmax_a at node q, and E sum_a m_a p_a eta, with m = 0, 1/2, 1.

    exp(precision eta m_a) is 1, g_q, g_q^2; x and y are exp(precision gain) of support and fight.
    """
    *gains, mean, sd = given
    three = len(gains) == 2
    lines = [f"x{n} = exp(clip({gains[0]}))"]
    if three:
        lines.append(f"y{n} = exp(clip({gains[1]}))")
    for q, share in enumerate(SHARES):
        power = f"v{g}_{q}"
        if three:
            lines.append(f"z{n}_{q} = y{n} * {power}")
            lines.append(f"r{n}_{q} = {share!r} / (1.0 + {power} * (x{n} + z{n}_{q}))")
        else:
            lines.append(f"r{n}_{q} = {share!r} / (1.0 + {power} * x{n})")
        lines.append(f"q{n}_{q} = {power} * r{n}_{q}")
        if three:
            lines.append(f"s{n}_{q} = q{n}_{q} * z{n}_{q}")

    def total(letter: str) -> str:
        return " + ".join(f"{letter}{n}_{q}" for q in range(7))

    def spread(letter: str) -> str:
        pairs = ((1, 2), (3, 4), (5, 6))
        parts = [f"{PAIRED[a]!r} * ({letter}{n}_{a} - {letter}{n}_{b})" for a, b in pairs]
        return " + ".join(parts)

    lines += [f"v{n}_0 = {total('r')}", f"v{n}_1 = x{n} * ({total('q')})"]
    if not three:
        lines.append(f"v{n}_2 = 0.5 * ({mean} * v{n}_1 + {sd} * (x{n} * ({spread('q')})))")
        return lines
    lines += [
        f"v{n}_2 = {total('s')}",
        f"e{n} = 0.5 * x{n} * ({spread('q')}) + ({spread('s')})",
        f"v{n}_3 = {mean} * (0.5 * v{n}_1 + v{n}_2) + {sd} * e{n}",
    ]
    return lines
