"""Twelve crises set up from the command alone, and covariates against the user's data files.

Run: .venv/bin/python benchmarks/systems.py [crises|covariates|all]

`crises`: for each pair and day the seconds of processor time of a fresh process, how many values have a
source, how many facts stand as absent with their reason, and how many values have neither (invented: must
be none). Judgements that are left to the analyst are counted apart. `covariates`: 500 random dyad-days
(seed 1) whose capabilities, contiguity, rivalry and pacts are held against the files in
../shared/data/history, read with `csv` alone.
"""

from __future__ import annotations

import csv
import random
import resource
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

from standoff.errors import StandoffError
from standoff.forecast import describe_crisis
from standoff.forecast.facts import cow_code
from standoff.reference import states
from standoff.systems import System, parse_system

SHARED = Path(__file__).resolve().parents[1].parent / "shared" / "data" / "history"
CRISES = (
    ("Soviet Union", "West Germany", "1961-08-01"),
    ("North Vietnam", "South Vietnam", "1964-08-01"),
    ("USSR", "Czechoslovakia", "1968-08-01"),
    ("Argentina", "Falklands", "1982-03-26"),
    ("Iraq", "Kuwait", "1990-07-25"),
    ("China", "Taiwan", "1996-03-01"),
    ("United States", "Yugoslavia", "1999-03-01"),
    ("Russia", "Georgia", "2008-08-01"),
    ("North Korea", "South Korea", "2017-08-10"),
    ("India", "Pakistan", "2019-02-20"),
    ("Russia", "Ukraine", "2022-01-15"),
    ("Venezuela", "Essequibo", "2023-12-08"),
)
PAIRS = (
    "contiguity", "rivalry", "disputes_begun", "owes_defence", "defence_pact", "nonaggression_pact",
)  # fmt: skip
COMMAND = "from standoff.cli import main; main()"


def crises(folder: Path, extra: tuple[str, ...] = ()) -> None:
    """Set each up in a process of its own, and count what stands in the file."""
    slowest, total, sourced, invented = 0.0, 0, 0, 0
    low, enough = 1.0, 0
    for challenger, protege, day in CRISES:
        out = folder / f"{day}.toml"
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "system", "new", "--challenger", challenger,
             "--protege", protege, "--on", day, "-o", str(out), *extra],
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        spent = sum(after[i] - before[i] for i in (0, 1))
        if done.returncode:
            print(f"{day}  {challenger} {protege}: FAILED {done.stderr.strip()}")
            continue
        system = parse_system(out.read_text("utf-8"), str(out))
        with_source, absent, judged, made_up = count(system)
        share = with_source / (with_source + absent)
        print(
            f"{day}  {system.challenger}>{system.protege}  {spent:4.1f} s  {with_source:3} sourced  "
            f"{absent:2} absent  {share:4.0%}  {judged:2} judgements left  {made_up} invented"
        )
        slowest, low = max(slowest, spent), min(low, share)
        enough += share >= 0.8
        total, sourced, invented = (
            total + with_source + absent,
            sourced + with_source,
            invented + made_up,
        )
    print(
        f"twelve: slowest {slowest:.1f} s of processor; {sourced} of {total} values sourced "
        f"({sourced / total:.0%}; {enough} of 12 have 80% or more, least {low:.0%}); {invented} invented"
    )


def count(system: System) -> tuple[int, int, int, int]:
    """(values with a source, absent facts, judgements left, values with neither)."""
    gaps = {(g.name, a) for g in system.absent for a in g.actors}
    # A number of a pair that is missing names both sides and is one value.
    facts = sum(
        max(len(g.actors) // (2 if g.name in PAIRS else 1), 1)
        for g in system.absent
        if g.kind == "fact"
    )
    judged = sum(len(g.actors) for g in system.absent if g.kind == "judgement")
    held = [c for c in system.covariates if (c.name, c.actor) not in gaps]
    told = [c for c in held if c.source and c.year and c.coverage]
    pairs = [r for r in system.relations if r.source and r.year and r.coverage]
    made_up = len(held) - len(told) + len(system.relations) - len(pairs)
    # Commitments, laws, territories, classes and rates are values too: each has its source by schema.
    other = (
        len(system.commitments) + len(system.rules) + len(system.territories)
        + len(system.reference_classes) + len(system.joining_rates) + 1
    )  # fmt: skip
    return len(told) + len(pairs) + other, facts, judged, made_up


# ---------------------------------------------------------------------- against the user's files


def read(name: str) -> list[dict[str, str]]:
    with (SHARED / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def covariates(n: int = 500, seed: int = 1) -> None:
    """Draft random dyad-days and compare each number with the file that it is said to come from."""
    share = {(int(r["ccode"]), int(r["year"])): float(r["cinc"] or "nan")
             for r in read("cow_nmc_v6_peacesciencer.csv") if r["cinc"] not in ("", "NA")}  # fmt: skip
    border: dict[tuple[int, int], list[tuple[int, int, int]]] = defaultdict(list)
    for r in read("cow_contdir_v3_2.csv"):
        spell = (int(r["stdate"][:4]), int(r["enddate"][:4]), int(r["conttype"]))
        border[int(r["ccode1"]), int(r["ccode2"])].append(spell)
    rivals: dict[frozenset[int], list[tuple[int, int]]] = defaultdict(list)
    for r in read("tss_rivalries.csv"):
        rivals[frozenset((int(r["ccode1"]), int(r["ccode2"])))].append(
            (int(r["start"]), int(r["end"]))
        )
    pacts = {(int(r["ccode1"]), int(r["ccode2"]), int(r["year"])): r
             for r in read("atop5_1_directed_dyadyear.csv")}  # fmt: skip
    dice = random.Random(seed)
    codes = sorted({s.actor for s in states() if s.cow})
    compared: dict[str, int] = defaultdict(int)
    wrong: list[str] = []
    done = 0
    while done < n:
        a, b = dice.sample(codes, 2)
        day = date(dice.randint(1947, 2016), dice.randint(1, 12), dice.randint(1, 28))
        try:
            ca, cb = cow_code(a, day), cow_code(b, day)
            s = describe_crisis(a, b, day, defenders=(), supporters=(), proliferators=())
        except StandoffError:
            continue
        if (ca, cb) != (cow_code(s.challenger, day), cow_code(s.protege, day)):
            continue
        done += 1
        checks = [*((f"cinc {x}", _cinc(s, x), share.get((c, _year(s, x, day))))
                    for x, c in ((a, ca), (b, cb)))]  # fmt: skip
        kinds = [k for f, last, k in border[ca, cb] if f <= day.year <= last]
        checks.append(
            ("contiguity", _relation(s, "contiguity", a, b), float(kinds[0] if kinds else 0))
        )
        enmity = any(f <= day.year <= last for f, last in rivals[frozenset((ca, cb))])
        checks.append(("rivalry", _relation(s, "rivalry", a, b), float(enmity)))
        row = pacts.get((ca, cb, day.year), {})
        for name, column in (
            ("defence_pact", "atop_defense"),
            ("nonaggression_pact", "atop_nonagg"),
        ):
            checks.append((name, _relation(s, name, a, b), float(row.get(column) in ("1", "1.0"))))
        for what, ours, theirs in checks:
            if ours is None and theirs is None:
                continue
            compared[what.split(" ")[0]] += 1
            if (
                ours is None
                or theirs is None
                or abs(ours - theirs) > 0.006 * max(abs(theirs), 1e-6)
            ):
                wrong.append(f"{a}>{b} {day} {what}: {ours} here, {theirs} in the file")
    for line in wrong[:20]:
        print("differs", line)
    print(f"{done} dyad-days, compared: {dict(compared)}; {len(wrong)} differ")


def _year(s: System, actor: str, day: date) -> int:
    """The year of the figure: the one before the day, or the first of a state that was born in it."""
    item = s.covariate("cinc", actor)
    stated = item.year if item is not None else None
    return stated if stated in (day.year - 1, day.year) else day.year - 1


def _cinc(s: System, actor: str) -> float | None:
    item = s.covariate("cinc", actor)
    return None if item is None or item.source.startswith("absent") else item.value


def _relation(s: System, name: str, a: str, b: str) -> float | None:
    item = s.relation(name, a, b)
    return None if item is None else item.value


if __name__ == "__main__":
    import tempfile

    what = sys.argv[1] if len(sys.argv) > 1 else "all"
    if what in ("crises", "all"):
        with tempfile.TemporaryDirectory() as made:
            crises(Path(made))
        if SHARED.is_dir():
            print("with --data ../shared/data/history:")
            with tempfile.TemporaryDirectory() as made:
                crises(Path(made), ("--data", str(SHARED)))
    if what in ("covariates", "all"):
        covariates()
