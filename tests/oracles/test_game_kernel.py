"""The compiled kernel against its NumPy twin, in a cache of its own; extreme and read-only cases."""

from __future__ import annotations

import os
from dataclasses import replace

import numpy as np
import pytest

from standoff.game import build_game, kernel, load_coefficients, solve_batch
from standoff.systems import load_system

pytest.importorskip("numba", reason="the extra `fast` is not installed")
CLOSE = 1e-12
"""Both sides sum the same terms in another order, and the kernel's exp is good to 5e-16."""


@pytest.fixture(scope="module")
def small():
    """A game of one defender and one proliferator: compiles in seconds."""
    system = load_system("west-pacific-2021")
    game, draws = build_game(
        system,
        {"USA": np.random.default_rng(3).normal(0, 1, (300, 2))},
        load_coefficients(),
        draws=300,
        rng=np.random.default_rng(2),
    )
    game = replace(game, defenders=("USA",), supporters=(), proliferators=("KOR",))
    return game, draws


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("STANDOFF_CACHE", str(folder))
        kernel.kernel.cache_clear()
        yield folder
    kernel.kernel.cache_clear()


NAMES = ("hold", "attack", "war", "fight:USA", "arm:KOR|attack")


def largest(a, b):
    return max(float(np.max(np.abs(a.probabilities[k] - b.probabilities[k]))) for k in NAMES)


@pytest.mark.parametrize("precision", [0.3, 1.0, 4.0])
def test_kernel_equals_numpy(small, cache, precision) -> None:
    game, draws = small
    fast = solve_batch(game, draws, backend="numba", outputs=NAMES, precision=precision)
    plain = solve_batch(game, draws, backend="numpy", outputs=NAMES, precision=precision)
    assert fast.backend == "numba" and plain.backend == "numpy"
    assert largest(fast, plain) < CLOSE


def test_draws_beyond_the_kernels_range_are_solved_by_numpy(small, cache) -> None:
    game, draws = small
    wild = draws.changed(**{"perceived_shift:USA": np.where(np.arange(300) % 3 == 0, 2000.0, 0.0)})
    fast = solve_batch(game, wild, backend="numba", outputs=NAMES)
    plain = solve_batch(game, wild, backend="numpy", outputs=NAMES)
    assert largest(fast, plain) < CLOSE
    assert np.isfinite(fast.probabilities["war"]).all()


def test_two_threads_give_the_same_bytes(small, cache) -> None:
    game, draws = small
    one = solve_batch(game, draws, backend="numba", outputs=NAMES)
    two = solve_batch(game, draws, backend="numba", outputs=NAMES, threads=2)
    for k in NAMES:
        assert one.probabilities[k].tobytes() == two.probabilities[k].tobytes()


def test_a_read_only_cache_is_read_through_a_copy(small, cache, monkeypatch) -> None:
    game, draws = small
    solve_batch(game, draws, backend="numba", outputs=NAMES)
    before = {p: p.stat().st_mtime_ns for p in cache.rglob("*") if p.is_file()}

    def refuse(*args, **kwargs):
        raise PermissionError("read-only file system")

    monkeypatch.setattr(kernel, "try_writing", refuse)
    kernel.kernel.cache_clear()
    fast = solve_batch(game, draws, backend="numba", outputs=NAMES)
    plain = solve_batch(game, draws, backend="numpy", outputs=NAMES)
    assert largest(fast, plain) < CLOSE
    assert {p: p.stat().st_mtime_ns for p in cache.rglob("*") if p.is_file()} == before
    kernel.kernel.cache_clear()


def test_without_the_extra_the_message_names_it(small, monkeypatch) -> None:
    from standoff.errors import MissingExtra

    game, draws = small
    monkeypatch.setattr(kernel, "available", lambda: False)
    kernel.kernel.cache_clear()
    with pytest.raises(MissingExtra, match="fast"):
        solve_batch(game, draws, backend="numba")
    assert solve_batch(game, draws).backend == "numpy"


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="needs rights of a folder")
def test_a_kernel_is_run_only_from_a_folder_nobody_else_can_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("STANDOFF_CACHE", str(tmp_path))
    folder = kernel.cache_folder()
    assert kernel._place("k", "a = 1\n") == folder / "k.py"
    for place in (folder, folder / "__pycache__"):
        place.chmod(0o777)
        (folder / "k.py").write_text("a = 1\n# put there by somebody else\n")
        assert not kernel.is_private(folder)
        used = kernel._place("k", "a = 1\n")
        assert used.parent != folder and used.read_text() == "a = 1\n"
        place.chmod(0o700)
    assert kernel.is_private(folder)
