"""Read the sentences of ICBe one by one and count who, to whom, and with which sign comes out.

    python benchmarks/reading_icbe.py                          # 600 sentences, seed 0
    python benchmarks/reading_icbe.py --sample 0               # all that can be scored
    python benchmarks/reading_icbe.py --show 20                # misses: sentence, wanted, got
    python benchmarks/reading_icbe.py --show 20 --only sign    # source | pair | sign | swapped
    python benchmarks/reading_icbe.py --out A.json             # keep the result of each act
    python benchmarks/reading_icbe.py --against A.json --show 20   # what was gained and lost since A

The data (`--data`, default ../shared/data/reading/icbe_open.jsonl) are sentences of the narratives of
international crises 1918-2017, coded by trained people (Douglass and others 2022). A coding names who
says something to whom (say_actor_a, say_actor_b, sayintkind) and who does something to whom
(do_actor_a, do_actor_b, do_interact_kind or do_kind); with an utterance, what is done is its content.

What is wanted. From each coding one act: the utterance if there is one, else the deed. Both its actors
must stand for a state on the day of the coding, by the names that ship with the program and `ALIASES`;
organisations, movements and peoples are left out and counted. The same actors coded twice in a
sentence are one act. Its sign is that of `UTTERANCES`, or of the deed's kind (escalatory and
uncooperative: conflict; cooperative and deescalatory: cooperation); intents and promises take the sign
of their content; codings that contradict each other, and appeals, allow either sign.

What is counted. An act of several sources and targets is scored pair by pair, each pair an equal share.
    source  some signal has the coded source among its sources
    pair    some signal has source and target
    sign    some signal has both, and its event has the coded sign
The table has all acts, and those whose two actors are both named in the sentence itself: no reader can
find the others in a sentence read alone. `swapped` is the share of emitted signals none of whose
sources is a coded author while one is a coded target; `stray` the share with a state as source that
is neither. The coders did not code every clause: these two shares compare readers and reach no zero.

A day of publication is the end of the crisis year. States and their successors count as one (`FOLD`).
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from standoff.read import read_report
from standoff.reference import StateName, state_names, states
from standoff.terms import Signal, Valence

DATA = Path("../shared/data/reading/icbe_open.jsonl")

# Names of the data that the reference tables do not hold, because no report of today uses them.
ALIASES = {
    "russian soviet federative socialist republic": "RUS",
    "mutawakkilite kingdom of yemen": "YEM",
    "yemen arab republic": "YEM",
    "ottoman empire": "TUR",
    "united arab republic": "EGY",
    "rhodesia": "ZWE",
    "zimbabwe rhodesia": "ZWE",
    "republic of upper volta": "BFA",
    "tanganyika": "TZA",
    "kingdom of hejaz": "SAU",
    "sultanate of nejd": "SAU",
    "kingdom of nejd and hejaz": "SAU",
}

# A state and what it became: which of the two a reader names is another figure than who acted.
FOLD = {"SUN": "RUS", "YUG": "SRB", "SCG": "SRB", "CSK": "CZE", "YMD": "YEM"}

# Signs of what is said; 0 allows either, None asks the content.
UTTERANCES: Mapping[str, int | None] = {
    "accuse": -1, "disapprove": -1, "reject": -1, "demand": -1, "ultimatum": -1, "threaten": -1,
    "accept": 1, "praise": 1, "offer": 1, "offer - without conditions": 1,
    "appeal": 0, "express intent": None, "promise": None,
}  # fmt: skip
KINDS = {"escalatory": -1, "uncooperative": -1, "cooperative": 1, "deescalatory": 1}

# PLOVER's quads 1 and 2 are cooperation; REQUEST is conflict in words of score 0 and fits either.
COOPERATION = frozenset("AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT".split())
EITHER = frozenset(["REQUEST"])
NONE_SIGNS = {
    Valence.COMMIT: 1, Valence.CONCILIATE: 1, Valence.REASSURE: 1, Valence.THREATEN: -1,
    Valence.ACCUSE: -1,
}  # fmt: skip

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Act:
    """One coded act of a sentence.

    `signs` are those that are right; `named` says that both sides stand in the sentence by name,
    `times` how many codings give it, `alone` that no coding of the sentence gives another.
    """

    sources: frozenset[str]
    targets: frozenset[str]
    signs: frozenset[int]
    said: bool
    kind: str
    named: bool
    times: int = 1
    alone: bool = False

    @property
    def pairs(self) -> list[Pair]:
        """Who to whom, in order; never a state to itself."""
        return sorted((a, b) for a in self.sources for b in self.targets if a != b)


@dataclass(frozen=True, slots=True)
class Item:
    """A sentence with at least one act that can be scored."""

    key: str
    text: str
    published: date
    acts: tuple[Act, ...]
    authors: frozenset[str]
    others: frozenset[str]


class Naming:
    """Names to states, on a day; and the names of a state that stand in a sentence."""

    def __init__(self) -> None:
        self.by_name: dict[str, list[StateName]] = defaultdict(list)
        self.by_state: dict[str, set[str]] = defaultdict(set)
        self.codes = {s.actor for s in states()}
        for item in state_names():
            self.by_name[item.name.lower().removeprefix("the ")].append(item)
            self.by_state[fold(item.actor)].add(item.name.removeprefix("the "))
        for name, actor in ALIASES.items():
            self.by_state[fold(actor)].add(name)
        self.patterns: dict[str, re.Pattern[str]] = {}

    def state(self, name: str, on: date) -> str | None:
        """The state of a name, the one whose days fit if there are several."""
        key = name.lower().removeprefix("the ")
        if key in ALIASES:
            return fold(ALIASES[key])
        found = [n for n in self.by_name.get(key, ()) if n.actor in self.codes]
        if not found:
            return None
        fit = [n for n in found if (n.start or on) <= on <= (n.end or on)] or found
        return fold(fit[0].actor)

    def stands_in(self, state: str, text: str) -> bool:
        """True if a name, demonym, capital or abbreviation of the state is among the words."""
        if state not in self.patterns:
            names = sorted(self.by_state[state], key=len, reverse=True)
            self.patterns[state] = re.compile(
                rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)"
            )
        return self.patterns[state].search(text) is not None


def fold(actor: str) -> str:
    """A state as it is compared."""
    return FOLD.get(actor, actor)


def values(coding: Mapping[str, str], *names: str) -> list[str]:
    """The values of the first of these fields that is filled; several are parted by semicolons."""
    for name in names:
        if coding.get(name):
            return [v.strip() for v in coding[name].split(";") if v.strip()]
    return []


def years_of(rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """The last year of each crisis; years that one coding only has, and slips, do not count."""
    seen: dict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        for coding in row["codings"]:
            for field in ("date_earliest_year", "date_latest_year"):
                for year in values(coding, field):
                    if year.isdigit() and 1917 <= int(year) <= 2018:
                        seen[row["crisis"]][int(year)] += 1
    return {
        crisis: max([y for y, n in found.items() if n > 1] or found)
        for crisis, found in seen.items()
    }


def sign_of(coding: Mapping[str, str], said: bool) -> set[int]:
    """The signs that are right for one coding."""
    content = {KINDS[k] for k in values(coding, "do_interact_kind", "do_kind") if k in KINDS}
    if not said:
        return content
    out: set[int] = set()
    for kind in values(coding, "sayintkind"):
        sign = UTTERANCES.get(kind)
        out |= {-1, 1} if sign == 0 else content if sign is None else {sign}
    return out or content


def load(path: Path, naming: Naming) -> tuple[list[Item], Counter[str]]:
    """The sentences that can be scored, and what was left out."""
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    years = years_of(rows)
    left: Counter[str] = Counter()
    items: list[Item] = []
    for row in rows:
        end = date(years.get(row["crisis"], 2017), 12, 31)
        acts: dict[tuple[Any, ...], Act] = {}
        authors, others = set[str](), set[str]()
        for coding in filter(None, row["codings"]):
            said = bool(coding.get("say_actor_a"))
            side = "say" if said else "do"
            year = next((y for y in values(coding, "date_earliest_year") if y.isdigit()), "")
            on = date(int(year), 7, 1) if year and 1900 < int(year) < 2019 else end
            a, b = (
                {naming.state(name, on) for name in values(coding, f"{side}_actor_{x}")}
                for x in "ab"
            )
            authors |= {s for s in a if s}
            others |= {s for s in b if s}
            if not a or not b:
                left["codings without two actors"] += 1
                continue
            if not a - {None} or not b - {None}:
                left["codings with no state on a side"] += 1
                continue
            if None in a | b:
                left["codings with a part of a side that is no state"] += 1
            sources = frozenset(s for s in a if s)
            targets = frozenset(s for s in b if s)
            key = (said, sources, targets)
            old = acts.get(key)
            signs = frozenset(sign_of(coding, said)) | (old.signs if old else frozenset())
            named = any(naming.stands_in(s, row["sentence"]) for s in sources) and any(
                naming.stands_in(s, row["sentence"]) for s in targets
            )
            kind = ";".join(values(coding, "sayintkind") if said else deed(coding))
            times = old.times + 1 if old else 1
            act = Act(sources, targets, signs, said, old.kind if old else kind, named, times)
            if act.pairs:
                acts[key] = act
        if acts:
            key = f"{row['crisis']}.{row['sentence_no']}"
            if len(acts) == 1:
                acts = {k: replace(a, alone=True) for k, a in acts.items()}
            items.append(
                Item(
                    key, row["sentence"], end, tuple(acts.values()),
                    frozenset(authors), frozenset(others),
                )
            )  # fmt: skip
        else:
            left["sentences without an act to score"] += 1
    return items, left


def deed(coding: Mapping[str, str]) -> list[str]:
    """What was done, as finely as it is coded."""
    fine = [
        v
        for f in ("escalate", "deescalate", "increasecoop", "decreasecoop")
        for v in values(coding, f"interact_{f}", f"act_{f}")
    ]
    return fine or values(coding, "do_interact_kind", "do_kind") or ["?"]


def signs_of(signal: Signal) -> frozenset[int]:
    """The signs that a signal's event can stand for."""
    event = signal.event.value
    if event in EITHER:
        return frozenset({-1, 1})
    if event == "NONE":
        sign = NONE_SIGNS.get(signal.valence)
        return frozenset({sign}) if sign else frozenset()
    return frozenset({1 if event in COOPERATION else -1})


def shares(act: Act, signals: Sequence[Signal]) -> tuple[float, float, float]:
    """The shares of an act's pairs with the right source, pair, and pair with sign."""
    right = [0, 0, 0]
    for source, target in act.pairs:
        by = [s for s in signals if source in map(fold, s.source_actors)]
        both = [s for s in by if target in map(fold, s.target_actors)]
        signed = [s for s in both if not act.signs or signs_of(s) & act.signs]
        for place, found in enumerate((by, both, signed)):
            right[place] += bool(found)
    n = len(act.pairs)
    return right[0] / n, right[1] / n, right[2] / n


def got(signals: Sequence[Signal]) -> str:
    """The signals of a sentence in a few words each."""
    return "; ".join(
        f"{','.join(s.source_actors)}>{','.join(s.target_actors)} {s.event.value} {s.status.value} "
        f"[{s.trigger.quote}]"
        for s in signals
    )


def wanted(act: Act) -> str:
    """An act in a few words."""
    sign = "".join("+" if s > 0 else "-" for s in sorted(act.signs)) or "any sign"
    how = "says" if act.said else "does"
    return (
        f"{','.join(sorted(act.sources))}>{','.join(sorted(act.targets))} {how} {act.kind} ({sign})"
    )


def rows_of(results: Sequence[tuple[Act, tuple[float, float, float]]]) -> Iterator[tuple[Any, ...]]:
    """The lines of the table: name, acts, source, pair, sign."""
    groups = {
        "all": results,
        "both named": [r for r in results if r[0].named],
        "  deeds": [r for r in results if r[0].named and not r[0].said],
        "  words": [r for r in results if r[0].named and r[0].said],
        "  conflict": [r for r in results if r[0].named and r[0].signs == {-1}],
        "  cooperation": [r for r in results if r[0].named and r[0].signs == {1}],
        "  one to one": [r for r in results if r[0].named and len(r[0].pairs) == 1],
        "  all codings agree": [r for r in results if r[0].named and r[0].alone],
        "  coded twice": [r for r in results if r[0].named and r[0].times > 1],
    }
    for name, some in groups.items():
        n = max(1, len(some))
        yield name, len(some), *(sum(r[1][i] for r in some) / n for i in range(3))


def main() -> None:
    """Read, count, print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--sample", type=int, default=600, help="sentences; 0 is all")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--show", type=int, default=0, help="print so many misses")
    parser.add_argument("--only", choices=("source", "pair", "sign", "swapped"), default="sign")
    parser.add_argument("--out", type=Path, help="keep each act's result")
    parser.add_argument("--against", type=Path, help="a file of --out; --show then prints changes")
    options = parser.parse_args()
    if not options.data.exists():
        sys.exit(f"{options.data} is not here: --data FILE")
    items, left = load(options.data, Naming())
    if options.sample and options.sample < len(items):
        chosen = set(random.Random(options.seed).sample(range(len(items)), options.sample))
        items = [item for place, item in enumerate(items) if place in chosen]
    before = json.loads(options.against.read_text("utf-8")) if options.against else None
    results: list[tuple[Act, tuple[float, float, float]]] = []
    kept: dict[str, list[list[float]]] = {}
    shown: list[str] = []
    emitted = swapped = stray = 0
    begun = time.perf_counter()
    for item in items:
        signals = read_report(item.text, published=item.published).signals
        told: list[str] = []
        scored = [(act, shares(act, signals)) for act in item.acts]
        results += scored
        kept[item.key] = [list(s) for _, s in scored]
        for signal in signals:
            sources = {fold(a) for a in signal.source_actors}
            emitted += 1
            wrong = not sources & item.authors and bool(sources & item.others)
            swapped += wrong
            stray += bool(sources - item.authors - item.others - {"XXX", "IGO", "MULTI"})
            if wrong and options.only == "swapped":
                told.append("swapped  " + "; ".join(wanted(a) for a in item.acts))
        place = {"source": 0, "pair": 1, "sign": 2}.get(options.only)
        if place is not None:
            old = before.get(item.key) if before is not None else None
            for number, (act, share) in enumerate(scored):
                if before is None and share[place] < 1 and act.named:
                    told.append("wanted   " + wanted(act))
                elif old is not None and number < len(old) and old[number][place] != share[place]:
                    change = "gained   " if share[place] > old[number][place] else "lost     "
                    told.append(change + wanted(act))
        if told:
            shown.append(
                f"{item.key}  {item.text}\n  " + "\n  ".join(told) + f"\n  got      {got(signals)}"
            )
    spent = time.perf_counter() - begun
    if options.show:
        shown = random.Random(options.seed).sample(shown, min(options.show, len(shown)))
        print("\n".join(shown) + "\n")
    print(f"{'acts':20s} {'n':>6s} {'source':>7s} {'pair':>7s} {'sign':>7s}")
    for name, n, *figures in rows_of(results):
        print(f"{name:20s} {n:6d} " + " ".join(f"{f:7.3f}" for f in figures))
    n = max(1, emitted)
    print(
        f"{len(items)} sentences, {emitted} signals ({emitted / max(1, len(items)):.2f} each), swapped "
        f"{swapped / n:.3f}, stray {stray / n:.3f}, {spent:.1f} s; left out: "
        + ", ".join(f"{count} {what}" for what, count in sorted(left.items()))
    )
    if options.out:
        options.out.write_text(json.dumps(kept), "utf-8")


if __name__ == "__main__":
    main()
