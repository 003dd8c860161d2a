"""The compiled kernel against its NumPy twin, in a cache of its own; extreme cases and what is kept."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from standoff.game import build_game, kernel, load_coefficients, machine, solve_batch
from standoff.game.grid import solve_grid
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
        forget()
        yield folder
    forget()


def forget() -> None:
    """As a new process: nothing is loaded."""
    kernel.kernel.cache_clear()
    kernel._compiled.cache_clear()


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


def kept(cache):
    return {p: p.stat().st_mtime_ns for p in cache.rglob("*") if p.is_file()}


def test_what_is_kept_is_loaded_without_numba(small, cache, monkeypatch) -> None:
    game, draws = small
    solve_batch(game, draws, backend="numba", outputs=NAMES)
    before = kept(cache)
    assert any(p.suffix == ".o" for p in before)

    def refuse(text):
        raise AssertionError("compiled again")

    monkeypatch.setattr(machine, "_compile", refuse)
    forget()
    fast = solve_batch(game, draws, backend="numba", outputs=NAMES)
    plain = solve_batch(game, draws, backend="numpy", outputs=NAMES)
    assert largest(fast, plain) < CLOSE and kept(cache) == before
    forget()


def test_a_file_cut_short_is_compiled_again(small, cache) -> None:
    game, draws = small
    solve_batch(game, draws, backend="numba", outputs=NAMES)
    for path in kept(cache):
        path.write_bytes(path.read_bytes()[:-200])
    forget()
    fast = solve_batch(game, draws, backend="numba", outputs=NAMES)
    assert largest(fast, solve_batch(game, draws, backend="numpy", outputs=NAMES)) < CLOSE


def test_a_folder_that_cannot_be_written_stops_nothing(small, tmp_path, monkeypatch) -> None:
    game, draws = small
    (tmp_path / "file").write_text("no folder")
    monkeypatch.setenv("STANDOFF_CACHE", str(tmp_path / "file"))
    forget()
    fast = solve_batch(game, draws, backend="numba", outputs=NAMES)
    assert largest(fast, solve_batch(game, draws, backend="numpy", outputs=NAMES)) < CLOSE
    forget()


def test_games_of_one_shape_share_a_kernel(small, cache) -> None:
    game, draws = small
    solve_batch(game, draws, backend="numba", outputs=NAMES)
    before = kept(cache)
    other = replace(game, challenger="RUS")
    moved = replace(
        draws,
        values={k.replace(":CHN", ":RUS"): v for k, v in draws.values.items()},
        constants={k.replace(":CHN", ":RUS"): v for k, v in draws.constants.items()},
    )
    fast = solve_batch(other, moved, backend="numba", outputs=("war", "fight:USA@RUS"))
    again = solve_batch(game, draws, backend="numba", outputs=("war", "fight:USA@CHN"))
    np.testing.assert_array_equal(
        fast.probabilities["fight:USA@RUS"], again.probabilities["fight:USA@CHN"]
    )
    assert len(kept(cache)) == len(before) + 1


def test_changes_one_by_one_equal_all_at_once(small, cache) -> None:
    game, draws = small
    axes = [{"words:USA": [0.0, draws.values["words:USA"], 1.5]}, {"foresight": [0.0, 0.7]}]
    fast = solve_grid(game, draws, axes, ("war", "hold"), backend="numba")
    plain = solve_grid(game, draws, axes, ("war", "hold"), backend="numpy")
    for name in fast:
        assert fast[name].shape == (3, 2, 300)
        np.testing.assert_allclose(fast[name], plain[name], rtol=1e-11)


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
    compiled: list[str] = []

    def compiling(text: str) -> tuple[bytes, str]:
        compiled.append(text)
        return b"code", "symbol"

    monkeypatch.setattr(machine, "_compile", compiling)
    monkeypatch.setattr(machine, "_load", lambda code, symbol: code)
    folder = tmp_path / "kernels"
    for expected in (1, 1):  # kept the first time, read the second
        machine.load_or_compile("k", "a = 1", folder)
        assert len(compiled) == expected
    folder.chmod(0o777)
    assert not machine.is_private(folder)
    machine.load_or_compile("k", "a = 1", folder)
    assert len(compiled) == 2  # what lies there may be somebody else's
    folder.chmod(0o700)
    machine.load_or_compile("k", "a = 1", folder)
    assert len(compiled) == 2
