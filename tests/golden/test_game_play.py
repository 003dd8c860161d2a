"""Each game of the catalogue played move by move, as a person would read it.

A golden file is text under `game_play/`. To accept a change: STANDOFF_ACCEPT=1 pytest this file,
then read the difference.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from standoff.game import list_games, load_game, play_through

FOLDER = Path(__file__).parent / "game_play"


@pytest.mark.parametrize("name", sorted(list_games()))
def test_play_through(name) -> None:
    golden = FOLDER / f"{name.replace('/', '.')}.txt"
    text = play_through(load_game(name)) + "\n"
    if os.environ.get("STANDOFF_ACCEPT"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text(text)
    assert golden.read_text() == text


def test_no_golden_file_without_a_game() -> None:
    known = {f"{n.replace('/', '.')}.txt" for n in list_games()}
    assert {p.name for p in FOLDER.iterdir()} == known
