"""Write NOTICE and docs/reference/licences.md from scripts/notice.toml and pyproject.toml.

python scripts/make_notice.py
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def groups() -> dict[str, list[str]]:
    """What pyproject.toml asks for, by list: core, each extra, each group of the developers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    lists = {"core": project["project"]["dependencies"]}
    lists |= {f"extra {k}": v for k, v in project["project"]["optional-dependencies"].items()}
    lists |= {f"developers, {k}": v for k, v in project["dependency-groups"].items()}
    named = {k: [re.split(r"[<>=\[ ]", d)[0] for d in v] for k, v in lists.items()}
    return {k: [d for d in v if d != "standoff"] for k, v in named.items() if k != "extra all"}


def notice(held: dict[str, Any]) -> str:
    """The text of NOTICE: what ships that rests on the work of others."""
    lines = [
        "standoff",
        "Copyright (c) 2026 The standoff authors. MIT licence; see LICENSE.",
        "",
        "What ships with the program and rests on the work of others.",
        "Written by scripts/make_notice.py from scripts/notice.toml.",
    ]
    for row in held["data"]:
        if row["source"] == "written for this project":
            continue
        lines += ["", *(f"src/standoff/{f}" for f in row["files"])]
        lines += [f"    from:  {row['source']}", f"    terms: {row['terms']}"]
        lines += [f"    here:  {row['ours']}"]
    return "\n".join([*lines, ""])


def page(held: dict[str, Any]) -> str:
    """The page of the docs: the same as tables, with the packages."""
    lines = [
        "# Licences",
        "",
        "The program is under the MIT licence. What it ships and what it asks for is listed here;",
        "`python scripts/make_notice.py` writes this page and `NOTICE` from `scripts/notice.toml`.",
        "",
        "## Data that ship",
        "",
        "The military spending of SIPRI may be used for non-commercial purposes only. A commercial user asks",
        "SIPRI or deletes `reference/data/milex.csv`; claims about spending are then not checkable.",
        "",
        "| Files under `src/standoff/` | From | Terms | What is here |",
        "| --- | --- | --- | --- |",
    ]
    for row in held["data"]:
        files = ", ".join(f"`{f}`" for f in row["files"])
        lines.append(f"| {files} | {row['source']} | {row['terms']} | {row['ours']} |")
    lines += ["", "## Packages", "", "| For | Package and licence |", "| --- | --- |"]
    for name, asked in groups().items():
        told = ", ".join(f"{d} ({held['packages'][d]})" for d in asked)
        lines.append(f"| {name} | {told} |")
    lines += [
        "",
        "pygambit and pycountry are referees in tests; nothing that ships imports them.",
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Write both files."""
    held = tomllib.loads((ROOT / "scripts" / "notice.toml").read_text(encoding="utf-8"))
    (ROOT / "NOTICE").write_text(notice(held), encoding="utf-8")
    (ROOT / "docs" / "reference" / "licences.md").write_text(page(held), encoding="utf-8")


if __name__ == "__main__":
    main()
