"""The compiled kernel: made from the recorded template, kept on disk, run on all cores.

Needs numba (extra `fast`). Machine code lies in `cache_folder()`, see `machine`. The NumPy twin is
the oracle, and solves the draws whose utilities are too large for the kernel's exponentials.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from standoff.errors import MissingExtra
from standoff.game.evaluate import FORECAST, evaluate
from standoff.game.extended import Game
from standoff.game.machine import Run, is_kept, load_or_compile
from standoff.game.ops import Value
from standoff.game.trace import Tape, TraceOps, generate

Array = npt.NDArray[np.float64]
LANES = 32
BOUND = 300.0
LEAST = 100
"""Fewer draws than any answer has are solved by NumPy: a kernel need not be compiled for them."""
VERSION = 3

_CODE = re.compile(r"\bA\d\d\b")
_ACTOR = re.compile(r"\w+")
_HEAD = """# Generated from the template by standoff; safe to delete.
from standoff.game.inline import *  # noqa: F403
"""


@dataclass(frozen=True, slots=True)
class Kernel:
    """A compiled game: names of its inputs and outputs in order, and the machine code."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    run: Run
    path: str


def available() -> bool:
    """Whether numba is installed."""
    return importlib.util.find_spec("numba") is not None


def cache_folder() -> Path:
    """Where kernels are kept: $STANDOFF_CACHE, else standoff in the user's cache folder.

    >>> cache_folder().name
    'kernels'
    """
    own = os.environ.get("STANDOFF_CACHE")
    if own:
        return Path(own) / "kernels"
    shared = os.environ.get("XDG_CACHE_HOME")
    return (Path(shared) if shared else Path.home() / ".cache") / "standoff" / "kernels"


def codes(game: Game) -> dict[str, str]:
    """A code for each actor by its first role: games of one shape share one kernel.

    >>> codes(Game("", "CHN", "TWN", ("USA",), (), ("USA",)))
    {'CHN': 'A00', 'TWN': 'A01', 'USA': 'A02'}
    """
    actors = dict.fromkeys(
        (game.challenger, game.protege, *game.defenders, *game.supporters, *game.proliferators)
    )
    return {actor: f"A{i:02d}" for i, actor in enumerate(actors)}


@lru_cache(maxsize=256)
def structure(game: Game) -> Game:
    """The game without what the kernel does not depend on, its actors by their codes."""
    code = codes(game)

    def of(actors: Iterable[str]) -> tuple[str, ...]:
        return tuple(code[a] for a in actors)

    return Game(
        "",
        code[game.challenger],
        code[game.protege],
        of(game.defenders),
        of(game.supporters),
        of(game.proliferators),
        frozenset(of(game.barred)),
        frozenset(of(game.armed)),
        game.second_order,
    )


def _coded(name: str, code: Mapping[str, str]) -> str:
    """An input by the codes of actors: words:USA is words:A02."""
    head, colon, actor = name.rpartition(":")
    return f"{head}{colon}{code[actor]}" if colon and actor in code else name


@lru_cache(maxsize=64)
def _source(
    game: Game, names: frozenset[str], wanted: tuple[str, ...] | None
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    tape = Tape()
    probabilities, utilities = evaluate(
        TraceOps(tape), game, {k: tape.input(k) for k in sorted(names)}
    )
    found: dict[str, Value] = {f"p {k}": v for k, v in probabilities.items()}
    found |= {f"u {k}": v for k, v in utilities.items()}
    if wanted is not None:
        found = {f"p {k}": found[f"p {k}"] for k in wanted}
    text, inputs = generate(tape, found, LANES)
    return _HEAD + text, tuple(inputs), tuple(found)


def compiled(game: Game, names: frozenset[str], wanted: tuple[str, ...] | None = None) -> bool:
    """Whether the kernel is on disk, so that using it costs no compilation."""
    code = codes(game)
    text, _, _ = _source(
        structure(game), frozenset(_coded(n, code) for n in names), _wanted(wanted, code)
    )
    return is_kept(_name(text), cache_folder())


def _wanted(wanted: tuple[str, ...] | None, code: Mapping[str, str]) -> tuple[str, ...] | None:
    if wanted is None:
        return None
    return tuple(_ACTOR.sub(lambda m: code.get(m[0], m[0]), w) for w in wanted)


def _name(text: str) -> str:
    return f"game_{VERSION}_{hashlib.sha256(text.encode()).hexdigest()[:16]}"


@lru_cache(maxsize=64)
def kernel(game: Game, names: frozenset[str], wanted: tuple[str, ...] | None = None) -> Kernel:
    """The kernel of a game's structure; compiled at its first run unless the cache holds it.

    Raises `MissingExtra` without numba.
    """
    if not available():
        raise MissingExtra("backend 'numba'", "the extra `fast`", "pip install 'standoff[fast]'")
    code = codes(game)
    coded = {_coded(n, code): n for n in names}
    text, inputs, outputs = _source(structure(game), frozenset(coded), _wanted(wanted, code))
    made = _compiled(_name(text), text)
    back = {v: k for k, v in code.items()}
    return Kernel(
        tuple(coded.get(i, i) for i in inputs),
        tuple(_CODE.sub(lambda m: back[m[0]], o) for o in outputs),
        made[0],
        made[1],
    )


@lru_cache(maxsize=64)
def _compiled(name: str, text: str) -> tuple[Run, str]:
    """The machine code of one shape, and where it is kept."""
    return load_or_compile(name, text, cache_folder())


def compile_game(game: Game, names: frozenset[str]) -> tuple[str, ...]:
    """Compile the kernels of a game (all results, war alone, what a forecast takes); keep them."""
    paths: list[str] = []
    for wanted in (None, ("war",), FORECAST):
        run(game, dict.fromkeys(names, 1.0), 1, 1.0, wanted)
        paths.append(kernel(_bare(game), names, wanted).path)
    return tuple(paths)


def run(
    game: Game,
    x: Mapping[str, Value],
    n: int,
    precision: float,
    wanted: tuple[str, ...] | None = None,
    threads: int = 1,
) -> tuple[dict[str, Array], dict[str, Array], npt.NDArray[np.int64]]:
    """Probabilities and utilities by name, and the draws that NumPy must solve (axis: draw)."""
    made = kernel(_bare(game), frozenset(x), wanted)
    columns = _columns(made, x, precision)
    addresses = np.array([c.ctypes.data for c in columns], dtype=np.int64)
    strides = _strides(columns, n)
    out = np.empty((len(made.outputs) + 1, n))
    if threads <= 1 or n < 2 * LANES * threads:
        _run(made, addresses, strides, 0, n, out)
    else:
        step = -(-n // (threads * LANES)) * LANES

        def part(first: int) -> None:
            _run(made, addresses, strides, first, min(n, first + step), out)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, range(0, n, step)))
    bad = np.flatnonzero(~(out[-1] <= BOUND)).astype(np.int64)
    rows = dict(zip(made.outputs, out[:-1], strict=True))
    p = {k[2:]: v for k, v in rows.items() if k.startswith("p ")}
    u = {k[2:]: v for k, v in rows.items() if k.startswith("u ")}
    return p, u, bad


def run_each(
    game: Game,
    x: Mapping[str, Value],
    n: int,
    precision: float,
    wanted: tuple[str, ...],
    changes: Sequence[Mapping[str, Value]],
) -> tuple[Array, npt.NDArray[np.bool_]]:
    """Named probabilities under each of several changes of `x`, and the draws NumPy must solve.

    Axes: change, name, draw; change, draw. What is not changed is laid out once for all.
    """
    made = kernel(_bare(game), frozenset(x), wanted)
    place = {name: i for i, name in enumerate(made.inputs)}
    columns = _columns(made, x, precision)
    addresses = np.array([c.ctypes.data for c in columns], dtype=np.int64)
    strides = _strides(columns, n)
    found = np.empty((len(changes), len(made.outputs) + 1, n))
    for row, change in zip(found, changes, strict=True):
        own, step = addresses.copy(), strides.copy()
        held = {place[k]: _column(v) for k, v in change.items() if k in place}
        for i, column in held.items():
            own[i], step[i] = column.ctypes.data, _stride(column, n)
        _run(made, own, step, 0, n, row)
    return found[:, :-1], ~(found[:, -1] <= BOUND)


def _run(
    made: Kernel,
    addresses: npt.NDArray[np.int64],
    strides: npt.NDArray[np.int64],
    first: int,
    last: int,
    out: Array,
) -> None:
    """Solve draws `first` to `last` into `out`, axes: result, draw."""
    made.run(addresses.ctypes.data, strides.ctypes.data, first, last, out.ctypes.data, out.shape[1])


@lru_cache(maxsize=256)
def _bare(game: Game) -> Game:
    """The game by its own names, without notes: what a kernel is looked up by."""
    return replace(game, system="", reference_class="", warnings=(), priors=())


def _columns(made: Kernel, x: Mapping[str, Value], precision: float) -> list[Array]:
    return [_column(precision if k == "precision" else x[k]) for k in made.inputs]


def _column(value: Value) -> Array:
    return np.ascontiguousarray(np.atleast_1d(np.asarray(value, dtype=float)))


def _strides(columns: Sequence[Array], n: int) -> npt.NDArray[np.int64]:
    return np.array([_stride(c, n) for c in columns], dtype=np.int64)


def _stride(column: Array, n: int) -> int:
    return 8 if len(column) == n and n > 1 else 0
