"""The catalogue of classical games: a folder of TOML files whose path is the citation."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

from standoff.errors import GameError, UnreadableFile
from standoff.game.efg import read_efg
from standoff.game.tree import Tree

LARGEST = 64_000_000
"""Bytes: a game file beyond this is refused before it is read."""


def catalogue_folder() -> Path:
    """Where the games are: beside the package when installed, `cases/games` in a checkout.

    >>> catalogue_folder().name
    'games'
    """
    shipped = Path(str(resources.files("standoff.game"))) / "games"
    if shipped.is_dir():
        return shipped
    checkout = Path(__file__).resolve().parents[3] / "cases" / "games"
    if checkout.is_dir():
        return checkout
    raise GameError("no catalogue of games", "cases/games or an installed copy", "install again")


def list_games(folder: Path | None = None) -> dict[str, Path]:
    """Games by citation, such as "kenkel_signorino2014/egame12".

    >>> "zagare_kilgour2000/unilateral_deterrence" in list_games()
    True
    """
    root = folder or catalogue_folder()
    files = sorted(p for s in ("*.toml", "*.efg") for p in root.rglob(s))
    return {p.relative_to(root).with_suffix("").as_posix(): p for p in files}


def load_game(name: str | Path) -> Tree:
    """A game of the catalogue by citation, or any .toml or .efg file.

    Raises `UnreadableFile` or `GameError` naming the place.

    >>> load_game("kenkel_signorino2014/egame12").players
    ('1', '2')
    """
    path = Path(name)
    if not path.is_file():
        known = list_games()
        if str(name) not in known:
            raise UnreadableFile(
                f"game {str(name)!r}",
                "a .efg or .toml file, or a citation",
                "standoff game list",
            )
        path = known[str(name)]
    if path.stat().st_size > LARGEST:
        raise UnreadableFile(
            f"{path.name} with {path.stat().st_size:,} bytes",
            f"at most {LARGEST:,}",
            "a smaller file",
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(f"{path.name}: {error}", "a text file in UTF-8", "check it") from error
    if path.suffix.casefold() == ".toml":
        return Tree.parse(text, path.name)
    return read_efg(text, path.name)
