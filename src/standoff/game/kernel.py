"""The compiled kernel: made from the recorded template, kept on disk, run on all cores.

Needs numba (extra `fast`). Source and machine code lie in `cache_folder()`; a folder that cannot
be written is read through a copy. The NumPy twin is the oracle, and solves the draws whose
utilities are too large for the kernel's exponentials.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from standoff.errors import MissingExtra
from standoff.game.evaluate import FORECAST, evaluate
from standoff.game.extended import Game
from standoff.game.ops import Value
from standoff.game.trace import Tape, TraceOps, generate

Array = npt.NDArray[np.float64]
LANES = 32
BOUND = 300.0
LEAST = 20_000
"""Below this many draws, starting the compiled kernel costs more than it saves."""
VERSION = 2

_HEAD = """# Generated from the template by standoff; safe to delete.
from standoff.game.inline import *  # noqa: F403
"""


@dataclass(frozen=True, slots=True)
class Kernel:
    """A compiled game: names of its inputs and outputs in order, and the machine code."""

    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    run: Callable[..., None]
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


def structure(game: Game) -> Game:
    """The game without what the kernel does not depend on."""
    return Game(
        "",
        game.challenger,
        game.protege,
        game.defenders,
        game.supporters,
        game.proliferators,
        game.barred,
        game.armed,
        game.second_order,
    )


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
    text, _, _ = _source(structure(game), names, wanted)
    folder = cache_folder()
    return any(folder.glob(f"__pycache__/{_name(text)}.kernel-*.nbc"))


def _name(text: str) -> str:
    return f"game_{VERSION}_{hashlib.sha256(text.encode()).hexdigest()[:16]}"


@lru_cache(maxsize=64)
def kernel(game: Game, names: frozenset[str], wanted: tuple[str, ...] | None = None) -> Kernel:
    """The kernel of a game's structure; compiled at its first run unless the cache holds it.

    Raises `MissingExtra` without numba.
    """
    if not available():
        raise MissingExtra("backend 'numba'", "the extra `fast`", "pip install 'standoff[fast]'")
    text, inputs, outputs = _source(structure(game), names, wanted)
    path = _place(_name(text), text)
    module = _load(path)
    return Kernel(inputs, outputs, module.kernel, str(path))


def _place(name: str, text: str) -> Path:
    """The source file in a folder that can be written; a read-only cache is copied."""
    folder = cache_folder()
    path = folder / f"{name}.py"
    try:
        try_writing(folder / "__pycache__")
        if not is_private(folder):
            return _copy(folder, name, text)
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            fresh = folder / f"{name}.{os.getpid()}.tmp"
            fresh.write_text(text, encoding="utf-8")
            fresh.replace(path)
    except OSError:
        return _copy(folder, name, text)
    return path


def try_writing(folder: Path) -> None:
    """Make the folder and a file in it. Raises `OSError` where that is not allowed."""
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    with tempfile.TemporaryFile(dir=folder):
        pass


def is_private(folder: Path) -> bool:
    """Whether nobody else can write into the folder of kernels: what lies there is run as it is.

    The folder and its `__pycache__` must belong to this user or to root, and be closed to the rest.
    """
    if sys.platform == "win32":  # Rights there follow the user's own folder.
        return True
    for place in (folder, folder / "__pycache__"):
        if place.exists():
            found = place.stat()
            if found.st_uid not in (0, os.geteuid()) or found.st_mode & 0o022:
                return False
    return True


def _copy(folder: Path, name: str, text: str) -> Path:
    """A private copy of what a read-only cache holds; removed when the process ends."""
    import atexit

    private = Path(tempfile.mkdtemp(prefix="standoff-kernels-"))
    atexit.register(shutil.rmtree, private, ignore_errors=True)
    (private / "__pycache__").mkdir()
    path = private / f"{name}.py"
    kept = folder / f"{name}.py"
    if is_private(folder) and kept.is_file() and kept.read_text(encoding="utf-8") == text:
        # Times are kept: numba trusts its code by the source's time and size.
        shutil.copy2(kept, path)
        for item in (folder / "__pycache__").glob(f"{name}.*"):
            shutil.copy2(item, private / "__pycache__" / item.name)
    else:
        path.write_text(text, encoding="utf-8")
    return path


def _load(path: Path) -> Any:
    name = f"standoff_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise MissingExtra(f"kernel {path}", "a Python file", "empty the cache folder")
    module = importlib.util.module_from_spec(spec)
    # Numba finds a cached function's home by this name.
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def compile_game(game: Game, names: frozenset[str]) -> tuple[str, ...]:
    """Compile the kernels of a game (all results, war alone, what a forecast takes); keep them."""
    paths: list[str] = []
    for wanted in (None, ("war",), FORECAST):
        run(game, dict.fromkeys(names, 1.0), 1, 1.0, wanted)
        paths.append(kernel(structure(game), names, wanted).path)
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
    made = kernel(structure(game), frozenset(x), wanted)
    columns = [
        np.ascontiguousarray(
            np.atleast_1d(np.asarray(precision if k == "precision" else x[k], dtype=float))
        )
        for k in made.inputs
    ]
    addresses = np.array([c.ctypes.data for c in columns], dtype=np.int64)
    strides = np.array([8 if len(c) == n and n > 1 else 0 for c in columns], dtype=np.int64)
    out = np.empty((len(made.outputs) + 1, n))
    if threads <= 1 or n < 2 * LANES * threads:
        made.run(addresses, strides, 0, n, out)
    else:
        step = -(-n // (threads * LANES)) * LANES
        # Compile or load once, not in every thread.
        made.run(addresses, strides, 0, min(n, LANES), out)

        def part(first: int) -> None:
            made.run(addresses, strides, first, min(n, first + step), out)

        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(part, range(0, n, step)))
    bad = np.flatnonzero(~(out[-1] <= BOUND)).astype(np.int64)
    rows = dict(zip(made.outputs, out[:-1], strict=True))
    p = {k[2:]: v for k, v in rows.items() if k.startswith("p ")}
    u = {k[2:]: v for k, v in rows.items() if k.startswith("u ")}
    return p, u, bad
