"""Ten texts with thirty planted errors each, written before any check ran on them.

`python benchmarks/check_second.py [--set 2|3] [--half open|held] [--all]` prints, per half, how many planted
errors were caught and every false alarm. A planted error counts as caught if a verdict
CONTRADICTED or INCONSISTENT stands on a claim whose span meets the words of the error; any other
such verdict is a false alarm.
"""

from __future__ import annotations

import argparse
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from standoff.assess import read_and_check
from standoff.terms import Claim, Outcome, Verdict

FOLDER = Path(__file__).resolve().parents[1] / "cases" / "claims-2"
ALARMS = (Outcome.CONTRADICTED, Outcome.INCONSISTENT)


@dataclass(frozen=True, slots=True)
class Planted:
    """One planted error, with the verdicts that meet its words."""

    case: str
    quote: str
    kind: str
    truth: str
    caught: tuple[tuple[Claim, Verdict], ...]


@dataclass(frozen=True, slots=True)
class CaseResult:
    """One text: its planted errors, what was called false although it is true, all verdicts."""

    case: str
    half: str
    planted: tuple[Planted, ...]
    alarms: tuple[tuple[Claim, Verdict], ...]
    verdicts: tuple[tuple[Claim, Verdict], ...]


def run(path: Path) -> CaseResult:
    """Read and check one text."""
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    text: str = case["text"].lstrip("\n")
    report, verdicts = read_and_check(text, published=case["published"])
    pairs = tuple(zip(report.claims, verdicts, strict=True))
    bad = [(c, v) for c, v in pairs if v.outcome in ALARMS]
    planted: list[Planted] = []
    owned: set[str] = set()
    for item in case["planted"]:
        start = text.index(item["quote"])
        end = start + len(item["quote"])
        hits = tuple((c, v) for c, v in bad if c.span.start < end and start < c.span.end)
        owned.update(c.id for c, _ in hits)
        planted.append(Planted(path.stem, item["quote"], item["kind"], item["truth"], hits))
    alarms = tuple((c, v) for c, v in bad if c.id not in owned)
    return CaseResult(path.stem, case["half"], tuple(planted), alarms, pairs)


def main() -> int:
    """Print the figures; 0 always: a study, not a gate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--set", choices=("2", "3"), default="2", dest="which")
    parser.add_argument("--half", choices=("open", "held"), default=None)
    parser.add_argument("--all", action="store_true", help="every claim with its verdict")
    options = parser.parse_args()
    folder = FOLDER if options.which == "2" else FOLDER.with_name("claims-3")
    results = [run(p) for p in sorted(folder.glob("*.toml"))]
    for half in ("open", "held"):
        if options.half not in (None, half):
            continue
        chosen = [r for r in results if r.half == half]
        planted = [p for r in chosen for p in r.planted]
        caught = sum(bool(p.caught) for p in planted)
        claims = sum(len(r.verdicts) for r in chosen)
        alarms = [(r.case, c, v) for r in chosen for c, v in r.alarms]
        kinds = Counter(str(v.outcome) for r in chosen for _, v in r.verdicts)
        print(f"{half}: {caught} of {len(planted)} planted errors caught; "
              f"{len(alarms)} false alarms over {claims} claims; {dict(kinds)}")  # fmt: skip
        for p in planted:
            if not p.caught:
                print(f"  missed  {p.case}: {p.kind}: {p.quote} ({p.truth})")
        for case, c, v in alarms:
            print(f"  alarm   {case}: {c.kind}: {c.statement}: {v.why}")
        if options.all:
            for r in chosen:
                for c, v in r.verdicts:
                    print(f"  {r.case:18} {v.outcome.value:13} {c.kind:11} {c.statement[:70]} | "
                          f"{v.why[:150]} | {v.slip}")  # fmt: skip
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
