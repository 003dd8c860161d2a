"""Words against deeds of each patron, in one sentence without a number that the interval does not hold.

A level is called strong or weak where its whole interval lies on one side of an average commitment;
a gap likewise. A shift is spoken of where its probability is above .8 or below .2, else not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from standoff.assess import Explained, LevelLine, ShiftLine
from standoff.brief.sentences import Sentence
from standoff.brief.words import percent
from standoff.terms import Estimate

MOST_NAMES = 5
CLEAR = 0.8
"""A shift is named above this probability, and denied below one less it."""


def stands(told: Explained, names: Mapping[str, str], most: int, run: str) -> tuple[Sentence, ...]:
    """A sentence for each of the first `most` patrons, and one for the others."""
    lines = [x for x in told.levels if x.relation == "commitment"]
    known = [x for x in lines if not _silent(x)]
    shown = known[:most]
    found = [_stand(x, told.shifts, names, run) for x in shown]
    rest = [x for x in lines if x not in shown]
    others = (
        ("too few recent signals to tell", [x for x in rest if _silent(x)]),
        ("behind --full", [x for x in rest if not _silent(x)]),
    )
    told_of = [
        f"{_listed([names.get(x.actor, x.actor) for x in group])}: {what}"
        for what, group in others
        if group
    ]
    if told_of:
        found.append(Sentence("; ".join(told_of) + ".", tuple(x.handle for x in rest)))
    return tuple(found)


def _silent(line: LevelLine) -> bool:
    return line.words_status == line.deeds_status == "prior"


def _stand(
    line: LevelLine, shifts: Sequence[ShiftLine], names: Mapping[str, str], run: str
) -> Sentence:
    thin = [c for c in ("words", "deeds") if getattr(line, f"{c}_status") == "prior"]
    if thin:
        have = "words" if thin == ["deeds"] else "deeds"
        text = f"{have} {_side(getattr(line, have))}; too few recent {thin[0]}"
    else:
        words, deeds = _side(line.words), _side(line.deeds)
        told = f"words and deeds {words}" if words == deeds else f"words {words}, deeds {deeds}"
        text = f"{told}; {_gap(line.gap)}"
    shift, handles = _shift(line, shifts, run)
    return Sentence(f"{names.get(line.actor, line.actor)}: {text}{shift}.", (line.handle, *handles))


def _side(level: Estimate) -> str:
    if level.low > 0:
        return "stronger than an average patron's"
    if level.high < 0:
        return "weaker than an average patron's"
    return "like an average patron's"


def _gap(gap: Estimate) -> str:
    if gap.low > 0:
        return "deeds run ahead of words"
    if gap.high < 0:
        return "words run ahead of deeds"
    return "no clear gap"


def _shift(line: LevelLine, shifts: Sequence[ShiftLine], run: str) -> tuple[str, tuple[str, ...]]:
    mine = [s for s in shifts if s.level == line.handle and s.status == "measured"]
    if not mine:
        return "", ()
    top = max(mine, key=lambda s: s.probability)
    series = line.handle.removeprefix("L-").partition("@")[0]
    if top.probability > CLEAR:
        handle = f"{run}#shift.{series}.{top.channel}"
        return (
            f"; a {top.direction} of {top.channel} in a year ({percent(top.probability)})",
            (handle,),
        )
    if top.probability < 1.0 - CLEAR:
        return "; no recent shift", ()
    return "", ()


def _listed(names: Sequence[str]) -> str:
    """Five names at most, else four and how many more."""
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    shown = names[: MOST_NAMES - 1]
    return f"{', '.join(shown)} and {len(names) - len(shown)} more"
