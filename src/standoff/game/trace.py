"""Record a solver's operations as straight-line code for a compiled kernel.

`TraceOps` runs the very lines that `NumpyOps` runs, on symbols. Equal expressions are recorded
once. A normal belief is kept as powers of exp(precision * eta / 2) at the quadrature nodes, so that
an averaged choice takes two or three exponentials instead of one per node and action.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from standoff.errors import GameError
from standoff.game.emit import guards, statements
from standoff.game.ops import Value

Key = tuple[Any, ...]


class Symbol:
    """A traced value: a number of the recording, with arithmetic."""

    __slots__ = ("number", "tape")

    def __init__(self, tape: Tape, number: int) -> None:
        self.tape, self.number = tape, number

    def __add__(self, other: Value) -> Value:
        return self.tape.add(self, other)

    def __radd__(self, other: Value) -> Value:
        return self.tape.add(other, self)

    def __sub__(self, other: Value) -> Value:
        return self.tape.subtract(self, other)

    def __rsub__(self, other: Value) -> Value:
        return self.tape.subtract(other, self)

    def __mul__(self, other: Value) -> Value:
        return self.tape.multiply(self, other)

    def __rmul__(self, other: Value) -> Value:
        return self.tape.multiply(other, self)

    def __truediv__(self, other: Value) -> Value:
        return self.tape.record("/", self, other)

    def __rtruediv__(self, other: Value) -> Value:
        return self.tape.record("/", other, self)

    def __neg__(self) -> Value:
        return self.tape.subtract(0.0, self)


class Tape:
    """Recorded operations: (operator, arguments), each once; arguments are numbers or floats."""

    def __init__(self) -> None:
        self.steps: list[Key] = []
        self.known: dict[Key, int] = {}

    def record(self, operator: str, *arguments: Value) -> Symbol:
        """The symbol of an operation; the same symbol for the same operation."""
        key = (
            operator,
            *(("s", a.number) if isinstance(a, Symbol) else ("c", float(a)) for a in arguments),
        )
        if key not in self.known:
            self.known[key] = len(self.steps)
            self.steps.append(key)
        return Symbol(self, self.known[key])

    def input(self, name: str) -> Symbol:
        """The symbol of a named input."""
        key: Key = ("input", name)
        if key not in self.known:
            self.known[key] = len(self.steps)
            self.steps.append(key)
        return Symbol(self, self.known[key])

    def part(self, of: Symbol, which: int) -> Symbol:
        """One of the results of an operation with several."""
        return self.record(f"part{which}", of)

    def add(self, a: Value, b: Value) -> Value:
        """a + b, folded where one is zero or both are numbers."""
        if not isinstance(a, Symbol):
            if not isinstance(b, Symbol):
                return a + b
            a, b = b, a
        if not isinstance(b, Symbol) and b == 0:
            return a
        return self.record("+", a, b)

    def subtract(self, a: Value, b: Value) -> Value:
        """a - b, folded."""
        if not isinstance(b, Symbol):
            return self.add(a, -b)
        return self.record("-", a, b)

    def multiply(self, a: Value, b: Value) -> Value:
        """a * b, folded where one is zero or one."""
        if not isinstance(a, Symbol):
            if not isinstance(b, Symbol):
                return a * b
            a, b = b, a
        if not isinstance(b, Symbol):
            if b == 0:
                return 0.0
            if b == 1:
                return a
        return self.record("*", a, b)


class TraceOps:
    """Operations on symbols; the precision is an input of the kernel."""

    def __init__(self, tape: Tape) -> None:
        self.tape = tape
        self.scale = tape.input("precision")
        self.precision = 1.0

    def exp(self, x: Value) -> Value:
        """The exponential."""
        return self.tape.record("exp", x)

    def log(self, x: Value) -> Value:
        """The natural logarithm."""
        return self.tape.record("log", x)

    def positive(self, x: Value) -> Value:
        """The larger of x and zero."""
        return self.tape.record("positive", x)

    def logistic(self, x: Value) -> Value:
        """1 / (1 + exp(-x))."""
        return self.tape.record("logistic", x)

    def prefer(self, gain: Value) -> Value:
        """Logit choice of two."""
        return self.logistic(self.scale * gain)

    def choose(self, utilities: Sequence[Value]) -> list[Value]:
        """Logit choice of two or three actions."""
        return self._choice(utilities, None)[0]

    def belief(self, mean: Value, sd: Value) -> Value:
        """Powers of exp(precision eta / 2) at the nodes, with mean and spread."""
        half = 0.5 * self.scale
        return (mean, sd, self.tape.record("powers", half * mean, half * sd))

    def averaged(
        self, utilities: Sequence[Value], loadings: Sequence[float], belief: Value
    ) -> tuple[list[Value], Value]:
        """Choice averaged over a belief."""
        if tuple(loadings) != (0.0, 0.5, 1.0)[: len(loadings)]:
            raise GameError(f"loadings {loadings}", "0, 1/2, 1", "use backend='numpy'")
        p, eta = self._choice(utilities, belief)
        value: Value = eta
        for weight, u in zip(p, utilities, strict=True):
            value = value + weight * u
        return p, value

    def _choice(self, utilities: Sequence[Value], belief: Value) -> tuple[list[Value], Value]:
        if not 2 <= len(utilities) <= 3:
            raise GameError(f"{len(utilities)} actions", "two or three", "use backend='numpy'")
        gains = [self.scale * (u - utilities[0]) for u in utilities[1:]]
        kind = f"choice{len(utilities)}" if belief is None else f"averaged{len(utilities)}"
        made = self.tape.record(kind, *gains, *(belief or ()))
        parts = [self.tape.part(made, i) for i in range(len(utilities) + 1)]
        return list(parts[:-1]), parts[-1]


# How many values an operation fills, and about how many instructions it stands for.
WIDTH = {"choice2": 3, "choice3": 4, "averaged2": 3, "averaged3": 4, "powers": 7}
WEIGHT = {"averaged2": 40, "averaged3": 60, "powers": 60, "exp": 15, "log": 25, "logistic": 17}


def needed(tape: Tape, outputs: Iterable[Value]) -> list[int]:
    """Steps that the outputs rest on, in order."""
    wanted: set[int] = set()
    stack = [o.number for o in outputs if isinstance(o, Symbol)]
    while stack:
        n = stack.pop()
        if n in wanted:
            continue
        wanted.add(n)
        if tape.steps[n][0] != "input":
            stack += [int(a[1]) for a in tape.steps[n][1:] if a[0] == "s"]
    return sorted(wanted)


def generate(
    tape: Tape, outputs: Mapping[str, Value], lanes: int, segment: int = 400
) -> tuple[str, list[str]]:
    """Source of the kernel's body, and the names of its inputs in the order of its rows.

    The steps are cut into functions of about `segment` instructions, each one loop over lanes;
    what one leaves to another goes through rows of a work array, reused when dead.
    """
    steps = needed(tape, outputs.values())
    inputs = [n for n in steps if tape.steps[n][0] == "input"]
    results = {o.number for o in outputs.values() if isinstance(o, Symbol)}
    body = [n for n in steps if tape.steps[n][0] != "input"]
    groups: list[list[int]] = [[]]
    load = 0
    for n in body:
        weight = WEIGHT.get(tape.steps[n][0], 1)
        if load + weight > segment and groups[-1]:
            groups.append([])
            load = 0
        # Parts stay with the operation that they are parts of.
        groups[-1].append(n)
        load += 0 if str(tape.steps[n][0]).startswith("part") else weight
    groups = _keep_parts(tape, groups)
    last: dict[int, int] = {}
    for g, group in enumerate(groups):
        for n in group:
            for kind, a in tape.steps[n][1:]:
                if kind == "s":
                    last[int(a)] = g
    for n in results:
        last[n] = len(groups)
    rows: dict[int, int] = {}
    free: dict[int, list[int]] = {}
    # Row 0 keeps the largest argument of a clipped exponential: beyond BOUND a draw is not valid.
    size = 1
    for n in inputs:
        rows[n] = size
        size += 1
    text: list[str] = []
    for g, group in enumerate(groups):
        inside = set(group)
        reads = sorted(
            {int(a) for n in group for kind, a in tape.steps[n][1:] if kind == "s"} - inside
        )
        lines: list[str] = []
        for r in reads:
            for w in range(WIDTH.get(tape.steps[r][0], 1) if tape.steps[r][0] == "powers" else 1):
                lines.append(f"v{r}_{w} = get(W, {(rows[r] + w) * lanes} + i)")
        for n in group:
            lines += statements(tape.steps[n], n)
        checks = [check for n in group for check in guards(tape.steps[n])]
        if checks:
            lines.append("worst = get(W, i)")
            lines += [f"worst = max(worst, {check})" for check in checks]
            lines.append("put(W, i, worst)")
        for n in group:
            width = 7 if tape.steps[n][0] == "powers" else 1
            if tape.steps[n][0] in WIDTH and width == 1:
                continue
            if last.get(n, -1) > g:
                pool = free.setdefault(width, [])
                if pool:
                    rows[n] = pool.pop()
                else:
                    rows[n] = size
                    size += width
                lines += [f"put(W, {(rows[n] + w) * lanes} + i, v{n}_{w})" for w in range(width)]
        for n in [k for k in rows if last.get(k, -1) == g and k not in inputs]:
            free.setdefault(7 if tape.steps[n][0] == "powers" else 1, []).append(rows.pop(n))
        text.append(f'segment{g} = body("""')
        text += lines
        text.append('""")')
    calls = "\n".join(
        f"        for i in range({lanes}):\n            segment{g}(W, i)"
        for g in range(len(groups))
    )
    # Results that are plain numbers have rows of their own, filled once.
    fixed: dict[float, int] = {}
    places: list[int] = []
    for value in outputs.values():
        if isinstance(value, Symbol):
            places.append(rows[value.number])
        else:
            places.append(fixed.setdefault(float(value), size + len(fixed)))
    constants = "".join(
        f"    for i in range({lanes}):\n        put_at(W + {8 * row * lanes} + 8 * i, {value!r})\n"
        for value, row in fixed.items()
    )
    results = "\n".join(
        f"            put_at(out + 8 * ({o} * width + at + i), peek(W + {8 * row * lanes} + 8 * i))"
        for o, row in enumerate([*places, 0])
    )
    text.append(
        f"""
scratch = stack({(size + len(fixed)) * lanes})

@cfunc(SIGNATURE, **OUTER)
def kernel(addresses, strides, start, stop, out, width):
    W = scratch()
{constants}    for at in range(start, stop, {lanes}):
        count = min({lanes}, stop - at)
        for i in range({lanes}):
            put_at(W + 8 * i, 0.0)
        for k in range({len(inputs)}):
            address, stride = whole(addresses + 8 * k), whole(strides + 8 * k)
            for i in range({lanes}):
                # Lanes beyond the last draw repeat it.
                value = peek(address + stride * min(at + i, stop - 1))
                put_at(W + 8 * ((k + 1) * {lanes} + i), value)
{calls}
        for i in range(count):
{results}
"""
    )
    return "\n".join(text), [str(tape.steps[n][1]) for n in inputs]


def _keep_parts(tape: Tape, groups: list[list[int]]) -> list[list[int]]:
    """Move parts into the group of their operation."""
    home = {n: g for g, group in enumerate(groups) for n in group}
    moved: list[list[int]] = [[] for _ in groups]
    for g, group in enumerate(groups):
        for n in group:
            if str(tape.steps[n][0]).startswith("part"):
                home[n] = home[int(tape.steps[n][1][1])]
                moved[home[n]].append(n)
            else:
                moved[g].append(n)
    return [sorted(m) for m in moved]
