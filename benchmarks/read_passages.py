"""Score the reader on passages that two coders coded blind; how sure each field is.

    python benchmarks/read_passages.py FOLDER [--ids held.txt] [--show N] [--unsourced]

FOLDER holds texts/ID.txt, meta_*.jsonl (id, published), and code1/ID.jsonl, code2/ID.jsonl: a line a signal
with quote, trigger, sources, targets, plover, plover_alt, status, explicit, protege, or "trap": true. A
signal is found if it covers the middle of the coded trigger and overlaps the coded quote with IoU of at least .2,
one to one; strict is sources, event and status right.

The coders saw who published a passage, and so does the reader, as with `standoff read --source`; with --unsourced
it does not. --ids scores only the passages of a list.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path
from typing import Any

from standoff.read import read_report
from standoff.terms import Signal

FIELDS = ("sources", "targets", "event", "status")
NOBODY = {"XXX", "IGO", "MULTI"}
Row = dict[str, Any]


def coded(folder: Path, coder: str, name: str, text: str) -> tuple[list[Row], list[Row]]:
    """The signals and the traps of one passage, with offsets."""
    signals: list[Row] = []
    traps: list[Row] = []
    for line in (folder / coder / f"{name}.jsonl").read_text("utf-8").splitlines():
        row: Row = json.loads(line)
        row["start"] = text.find(row["quote"])
        at = text.find(row["trigger"], max(0, row["start"]))
        if row["start"] < 0:
            continue
        row["end"] = row["start"] + len(row["quote"])
        row["middle"] = (at if at >= 0 else row["start"]) + len(row["trigger"]) / 2
        (traps if row.get("trap") else signals).append(row)
    return signals, traps


def actors(codes: Any) -> set[str]:
    """Codes as a set, as coders write them: the Soviet Union counts as Russia, both Vietnams as VNM."""
    return {{"SUN": "RUS", "RVN": "VNM"}.get(c, c) for c in codes}


def read(text: str, published: date, source: str = "") -> list[Row]:
    """The signals of the reader, in the coders' terms."""
    return [_row(s) for s in read_report(text, published=published, source=source).signals]


def _row(signal: Signal) -> Row:
    return {
        "start": signal.span.start, "end": signal.span.end, "quote": signal.span.quote,
        "sources": signal.source_actors, "targets": signal.target_actors,
        "plover": signal.event.value, "status": signal.status.value, "rule": signal.rule,
        "explicit": signal.explicitness, "sure": dict(signal.confidences),
    }  # fmt: skip


def matched(told: list[Row], gold: list[Row]) -> list[tuple[int, int]]:
    """Pairs of places, best overlap first, one to one."""
    pairs: list[tuple[float, int, int]] = []
    for i, p in enumerate(told):
        for j, g in enumerate(gold):
            common = max(0, min(p["end"], g["end"]) - max(p["start"], g["start"]))
            both = max(p["end"], g["end"]) - min(p["start"], g["start"])
            if p["start"] <= g["middle"] <= p["end"] and common / both >= 0.2:
                pairs.append((common / both, -i, -j))
    left: set[int] = set()
    right: set[int] = set()
    out: list[tuple[int, int]] = []
    for _, i, j in sorted(pairs, reverse=True):
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((-i, -j))
    return out


def right_fields(told: Row, gold: Row) -> dict[str, bool]:
    """Which fields of a found signal are right."""
    event = told["plover"] == gold["plover"] or told["plover"] in (gold.get("plover_alt") or ())
    return {
        "sources": actors(told["sources"]) == actors(gold["sources"]),
        "targets": actors(told["targets"]) == actors(gold["targets"]),
        "event": event,
        "status": told["status"] == gold["status"],
    }


def kappa(pairs: list[tuple[int, int]]) -> float:
    """Cohen's kappa with quadratic weights over 0 to 3."""
    n = len(pairs)
    seen = sum((a - b) ** 2 for a, b in pairs) / n
    chance = sum((a - b) ** 2 for a, _ in pairs for _, b in pairs) / n**2
    return 1 - seen / chance


def calibration(points: list[tuple[float, bool]], bins: int = 10) -> float:
    """Expected calibration error over equal bins of confidence."""
    held: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for p, ok in points:
        held[min(int(p * bins), bins - 1)].append((p, ok))
    return sum(abs(sum(p - ok for p, ok in b)) for b in held.values()) / len(points)


class Tally:
    """What one coder's passages give, summed."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.points: dict[str, list[tuple[float, bool]]] = defaultdict(list)
        self.explicit: list[tuple[int, int]] = []
        self.misses: list[str] = []

    def add(self, name: str, told: list[Row], gold: list[Row], traps: list[Row]) -> None:
        """Add one passage."""
        c = self.counts
        pairs = matched(told, gold)
        authors = {a for g in gold for a in actors(g["sources"])}
        c.update(told=len(told), gold=len(gold), found=len(pairs), traps=len(traps))
        c["pledges"] += sum(_pledges(g) for g in gold)
        c["stray"] += sum(bool(actors(p["sources"]) - authors - NOBODY) for p in told)
        matched_told = {i for i, _ in pairs}
        c["trapped"] += sum(
            any(
                i not in matched_told and p["start"] <= t["middle"] <= p["end"]
                for i, p in enumerate(told)
            )
            for t in traps
        )
        for i, j in pairs:
            p, g = told[i], gold[j]
            right = right_fields(p, g)
            for field in FIELDS:
                c[field] += right[field]
                self.points[field].append((p["sure"].get(field, 0.5), right[field]))
            strict = right["sources"] and right["event"] and right["status"]
            c["strict"] += strict
            c["four"] += strict and right["targets"]
            c["pledges_right"] += _pledges(g) and all(right.values())
            ours, theirs = actors(p["sources"]), actors(g["sources"])
            c["swapped"] += not ours & theirs and bool(ours & actors(g["targets"]) - NOBODY)
            self.explicit.append((p["explicit"], g["explicit"]))
            if not all(right.values()):
                self.misses.append(f"{name} {p['rule']}: {p['quote'][:90]!r} {right}")
        found = {j for _, j in pairs}
        self.misses += [
            f"{name} missed: {g['quote'][:110]!r}" for j, g in enumerate(gold) if j not in found
        ]

    def report(self, label: str) -> None:
        """Print one line of figures and one of calibration."""
        c = self.counts
        both, n = c["told"] + c["gold"], max(1, c["found"])
        exact = sum(a == b for a, b in self.explicit) / n
        print(
            f"{label}: gold {c['gold']} told {c['told']}",
            f"P {c['found'] / c['told']:.3f} R {c['found'] / c['gold']:.3f} F1 {2 * c['found'] / both:.3f}",
            f"strict {2 * c['strict'] / both:.3f} four {2 * c['four'] / both:.3f}",
            f"\n   right on matches: {', '.join(f'{f} {c[f] / n:.2f}' for f in FIELDS)};",
            f"other side as author {c['swapped'] / c['told']:.3f}, nowhere author {c['stray'] / c['told']:.3f}",
            f"\n   threats and pledges, all four {c['pledges_right']} of {c['pledges']};",
            f"traps {c['trapped']} of {c['traps']};",
            f"explicitness exact {exact:.2f}, kappa {kappa(self.explicit):.2f}",
            f"\n   calibration error: {', '.join(f'{f} {calibration(self.points[f]):.3f}' for f in FIELDS)}",
        )


def _pledges(gold: Row) -> bool:
    return gold["plover"] == "THREATEN" or (
        gold["plover"] == "SUPPORT" and bool(gold.get("protege"))
    )


def main() -> None:
    """Print the figures."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("folder", type=Path)
    ask.add_argument("--ids", type=Path)
    ask.add_argument("--show", type=int, default=0)
    ask.add_argument("--unsourced", action="store_true")
    given = ask.parse_args()
    rows: list[Row] = [
        json.loads(line)
        for meta in sorted(given.folder.glob("meta_*.jsonl"))
        for line in meta.read_text("utf-8").splitlines()
    ]
    if given.ids:
        chosen = set(given.ids.read_text("utf-8").split())
        rows = [r for r in rows if r["id"] in chosen]
    tallies = {"code1": Tally(), "code2": Tally()}
    for row in rows:
        text = (given.folder / "texts" / f"{row['id']}.txt").read_text("utf-8")
        source = "" if given.unsourced else row.get("publisher", "")
        told = read(text, date.fromisoformat(row["published"]), source)
        for coder, tally in tallies.items():
            if (given.folder / coder / f"{row['id']}.jsonl").exists():
                tally.add(row["id"], told, *coded(given.folder, coder, row["id"], text))
    for coder, tally in tallies.items():
        if tally.counts["gold"]:
            tally.report(f"{coder}, {len(rows)} passages")
    print("\n".join(tallies["code1"].misses[: given.show]))


if __name__ == "__main__":
    main()
