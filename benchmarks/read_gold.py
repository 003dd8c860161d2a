"""Score the default coder on a folder of hand-coded texts, and on the same texts swapped.

    python benchmarks/read_gold.py FOLDER              # figures
    python benchmarks/read_gold.py FOLDER --rules      # and what each rule got wrong
    python benchmarks/read_gold.py FOLDER --swap       # countries and dates exchanged
    python benchmarks/read_gold.py FOLDER --show       # what was missed and what was made up
    python benchmarks/read_gold.py FOLDER --errors rules.toml   # write the error table

FOLDER holds NN.txt, NN.signals.jsonl and manifest.json with the day of publication of each text.
A prediction matches a coded signal if it covers the middle of its trigger and overlaps its span by
a fifth or more (intersection over union), one to one, the best overlap first. Strict also asks for
the sources, the event and the status. A trap is hit if an unmatched signal covers its trigger's
middle and is neither hypothetical nor denied.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from read_swap import SWAPS, Swap, swapped
from standoff.read import read_report
from standoff.terms import Signal, Status

HELD_BACK = (Status.HYPOTHETICAL, Status.DENIED)
NAMES = {"talk": "words", "act": "deeds"}
Gold = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Coded:
    """One hand-coded text."""

    doc: str
    text: str
    published: date
    signals: list[Gold]
    traps: list[Gold]


@dataclass(slots=True)
class Tally:
    """What was counted over texts."""

    gold: int = 0
    found: int = 0
    matched: int = 0
    strict: int = 0
    traps: int = 0
    hit: int = 0
    silent: int = 0
    fields: Counter[str] = field(default_factory=Counter)
    dated: int = 0
    rules: dict[str, list[int]] = field(default_factory=dict)

    @property
    def f1(self) -> float:
        return 2 * self.matched / max(1, self.gold + self.found)

    @property
    def f1_strict(self) -> float:
        return 2 * self.strict / max(1, self.gold + self.found)


def load(folder: Path) -> list[Coded]:
    """The texts of a folder, in the order of its manifest."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    rows = (
        manifest if isinstance(manifest, list) else [r for part in manifest.values() for r in part]
    )
    out: list[Coded] = []
    for row in rows:
        name = Path(row["file"]).name
        text = (folder / name).read_bytes().decode("utf-8")
        lines = (folder / name.replace(".txt", ".signals.jsonl")).read_text("utf-8").splitlines()
        coded = [json.loads(line) for line in lines if line.strip()]
        out.append(
            Coded(
                row["doc"], text, date.fromisoformat(row["published"]),
                [g for g in coded if g.get("gold", "signal") == "signal"],
                [g for g in coded if g.get("gold") == "trap"],
            )
        )  # fmt: skip
    return out


def overlap(signal: Signal, gold: Gold) -> float:
    """Intersection over union of the two spans."""
    a, b = (signal.span.start, signal.span.end), (gold["start"], gold["end"])
    return max(0, min(a[1], b[1]) - max(a[0], b[0])) / max(1, max(a[1], b[1]) - min(a[0], b[0]))


def covers(signal: Signal, gold: Gold) -> bool:
    """True if the signal's span covers the middle of the coded trigger."""
    middle = (gold["trigger"]["start"] + gold["trigger"]["end"]) / 2
    return signal.span.start <= middle <= signal.span.end


def pairs(signals: list[Signal], gold: list[Gold]) -> list[tuple[Signal, Gold]]:
    """One-to-one matches, the best overlap first."""
    found = sorted(
        (
            (overlap(s, g), i, j)
            for i, s in enumerate(signals)
            for j, g in enumerate(gold)
            if covers(s, g) and overlap(s, g) >= 0.2
        ),
        reverse=True,
    )
    left, right, out = set[int](), set[int](), list[tuple[Signal, Gold]]()
    for _, i, j in found:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            out.append((signals[i], gold[j]))
    return out


def states(gold: Gold, name: str) -> set[str]:
    """The coded actors of a side."""
    return {a["state"] for a in gold[name]}


def event_right(signal: Signal, gold: Gold) -> bool:
    """True if the event is the coded one or an alternative to it."""
    return signal.event.value in (gold["plover"], *gold.get("plover_alt", ()))


CHECKS: dict[str, Callable[[Signal, Gold], bool]] = {
    "event": event_right,
    "mode": lambda s, g: s.mode == g.get("mode"),
    "sources": lambda s, g: set(s.source_actors) == states(g, "sources"),
    "targets": lambda s, g: set(s.target_actors) == states(g, "targets"),
    "channel": lambda s, g: s.channel.value == NAMES.get(g["talk_act"], g["talk_act"]),
    "status": lambda s, g: s.status.value == g["status"],
    "officialness": lambda s, g: s.officialness.value == g["official"],
    "explicitness": lambda s, g: s.explicitness == g["explicit"],
    "cost": lambda s, g: s.cost.value == g.get("cost"),
    "valence": lambda s, g: s.valence.value == g.get("valence"),
    "protege": lambda s, g: s.protege == g.get("protege"),
    "negated": lambda s, g: s.negated == bool(g.get("negated")),
    "aggregate": lambda s, g: s.aggregate == bool(g.get("aggregate")),
}
STRICT = ("event", "sources", "status")


def dated_right(signal: Signal, gold: Gold) -> bool | None:
    """True if both ends of the date are right; None where the text does not say it."""
    when = gold.get("date") or {}
    if not when.get("from") or when.get("basis") not in ("text", "publication"):
        return None
    start, end = signal.date.start, signal.date.end
    return (start.isoformat() if start else None, end.isoformat() if end else None) == (
        when["from"],
        when["to"],
    )


def count(texts: list[Coded], show: bool = False) -> Tally:
    """Everything counted over the texts."""
    total = Tally()
    for item in texts:
        signals = list(read_report(item.text, published=item.published).signals)
        for signal in signals:
            assert item.text[signal.span.start : signal.span.end] == signal.span.quote
        matched = pairs(signals, item.signals)
        used = {s.id for s, _ in matched}
        total.gold += len(item.signals)
        total.found += len(signals)
        total.matched += len(matched)
        total.traps += len(item.traps)
        total.silent += sum(s.id not in used for s in signals) if not item.signals else 0
        for trap in item.traps:
            total.hit += any(
                s.id not in used and covers(s, trap) and s.status not in HELD_BACK for s in signals
            )
        right = {s.id: _count_fields(total, s, g) for s, g in matched}
        for signal in signals:
            wrong = total.rules.setdefault(signal.rule, [0, 0])
            wrong[1] += 1
            wrong[0] += not right.get(signal.id, False)
        if show:
            for line in differences(item, signals, matched):
                print(line)
    return total


def _count_fields(total: Tally, signal: Signal, gold: Gold) -> bool:
    """Count the fields of one match; True if it is strictly right."""
    for name, check in CHECKS.items():
        total.fields[name] += check(signal, gold)
    right = dated_right(signal, gold)
    if right is not None:
        total.dated += 1
        total.fields["date"] += right
    strict = all(CHECKS[name](signal, gold) for name in STRICT)
    total.strict += strict
    return strict


def differences(
    item: Coded, signals: list[Signal], matched: list[tuple[Signal, Gold]]
) -> Iterator[str]:
    """What was missed, what was made up, and which fields are wrong."""
    found, used = {id(g) for _, g in matched}, {s.id for s, _ in matched}
    for gold in item.signals:
        if id(gold) not in found:
            who = f"{sorted(states(gold, 'sources'))} > {sorted(states(gold, 'targets'))}"
            yield f"{item.doc} MISSED {gold['plover']} {who}: {gold['quote']!r}"
    for signal in signals:
        if signal.id not in used:
            yield f"{item.doc} EXTRA {signal.rule} {signal.source_actors}: {signal.span.quote!r}"
    for signal, gold in matched:
        wrong = [
            f"{name} {_said(signal, name)} for {_coded(gold, name)}"
            for name, check in CHECKS.items()
            if not check(signal, gold)
        ]
        if dated_right(signal, gold) is False:
            wrong.append(f"date {signal.date.start}..{signal.date.end} for {gold['date']}")
        if wrong:
            yield f"{item.doc} WRONG {signal.rule} {'; '.join(wrong)}: {signal.span.quote!r}"


def _said(signal: Signal, name: str) -> object:
    if name in ("sources", "targets"):
        return sorted(getattr(signal, name[:-1] + "_actors"))
    value = getattr(signal, name)
    return getattr(value, "value", value)


def _coded(gold: Gold, name: str) -> object:
    key = {"event": "plover", "channel": "talk_act", "officialness": "official",
           "explicitness": "explicit"}.get(name, name)  # fmt: skip
    return sorted(states(gold, name)) if name in ("sources", "targets") else gold.get(key)


def print_tally(name: str, total: Tally) -> None:
    """The figures, one a line."""
    print(f"{name}: {total.gold} coded signals, {total.found} found, {total.matched} matched")
    print(f"  precision {total.matched / max(1, total.found):.3f}")
    print(f"  recall {total.matched / max(1, total.gold):.3f}")
    print(f"  F1 {total.f1:.3f}, strict F1 {total.f1_strict:.3f}")
    print(f"  traps hit {total.hit} of {total.traps}; signals in texts without any {total.silent}")
    print(f"  extra events {(total.found - total.matched) / max(1, total.gold):.3f} a coded one")
    for field_name in CHECKS:
        print(f"  {field_name} {total.fields[field_name] / max(1, total.matched):.3f}")
    print(f"  date, both ends {total.fields['date'] / max(1, total.dated):.3f} of {total.dated}")


def error_rates(total: Tally) -> dict[str, tuple[int, int, float]]:
    """Wrong, total and the Laplace-smoothed rate (wrong + 1) / (total + 2) by rule."""
    return {
        rule: (wrong, seen, (wrong + 1) / (seen + 2))
        for rule, (wrong, seen) in sorted(total.rules.items())
    }


def write_errors(path: Path, total: Tally, note: str) -> None:
    """The table of errors by rule, in TOML."""
    wrong = sum(w for w, _ in total.rules.values())
    seen = sum(n for _, n in total.rules.values())
    lines = [
        "# How often each rule of the default coder was wrong on hand-coded texts that were held back.",
        f"# {note}",
        "# wrong: no coded signal matched, or its sources, event or status were not the coded ones.",
        "# eps = (wrong + 1) / (n + 2). Written by benchmarks/read_gold.py.",
        "",
        "[all]",
        f"wrong = {wrong}\nn = {seen}\neps = {(wrong + 1) / (seen + 2):.4f}",
        "",
        "[rule]",
    ]
    for rule, (missed, times, rate) in error_rates(total).items():
        lines.append(f'"{rule}" = {{wrong = {missed}, n = {times}, eps = {rate:.4f}}}')
    path.write_text("\n".join(lines) + "\n", "utf-8")


def main() -> None:
    """Read the arguments, count, print."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else "")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--swap", action="store_true")
    parser.add_argument("--rules", action="store_true")
    parser.add_argument("--show", action="store_true")
    parser.add_argument("--errors", type=Path)
    parser.add_argument("--note", default="")
    options = parser.parse_args()
    texts = load(options.folder)
    total = count(texts, options.show)
    print_tally(str(options.folder), total)
    if options.swap:
        for swap in SWAPS:
            moved = count([swapped_text(t, swap) for t in texts], options.show)
            print_tally(f"swapped: {swap.name}", moved)
            print(
                f"  lost: F1 {total.f1 - moved.f1:+.3f}, strict {total.f1_strict - moved.f1_strict:+.3f}"
            )
    if options.rules:
        for rule, (wrong, seen, rate) in error_rates(total).items():
            print(f"  {rule}: {wrong} of {seen} wrong, eps {rate:.3f}")
    if options.errors:
        write_errors(options.errors, total, options.note)


def swapped_text(item: Coded, swap: Swap) -> Coded:
    """A coded text with its countries, people and dates exchanged; spans follow the words."""
    text, moved = swapped(item.text, swap)

    def place(gold: Gold) -> Gold:
        start, end = moved(gold["start"]), moved(gold["end"])
        trigger = gold["trigger"]
        new = dict(gold, start=start, end=end, quote=text[start:end])
        new["trigger"] = {"start": moved(trigger["start"]), "end": moved(trigger["end"])}
        for side in ("sources", "targets"):
            new[side] = [
                dict(a, state=swap.states.get(a["state"], a["state"])) for a in gold.get(side, ())
            ]
        new["protege"] = swap.states.get(gold.get("protege") or "", gold.get("protege"))
        when = dict(gold.get("date") or {})
        for end_name in ("from", "to"):
            if when.get(end_name):
                day = date.fromisoformat(when[end_name])
                when[end_name] = swap.moved_day(day).isoformat()
        new["date"] = when
        return new

    return Coded(
        item.doc, text, swap.moved_day(item.published),
        [place(g) for g in item.signals], [place(g) for g in item.traps],
    )  # fmt: skip


if __name__ == "__main__":
    main()
