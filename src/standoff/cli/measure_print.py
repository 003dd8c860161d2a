"""How `measure` and `timeline` print levels: tables for people, records for programs."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from standoff.cli.common import emit_table, say, shorten

if TYPE_CHECKING:
    from standoff.measure import Level, Series, Shift, Stance
    from standoff.terms import Estimate


def span(e: Estimate) -> str:
    """Median and interval: +0.57 (-0.25 to +1.39)."""
    return f"{e.median:+.2f} ({e.low:+.2f} to {e.high:+.2f})"


def print_levels(
    levels: list[Level], moves: Mapping[Series, tuple[Shift, ...]], stance: Stance
) -> None:
    """One line per level, with the likelier move of each channel."""
    rows: list[tuple[object, ...]] = []
    for v in levels:
        rose = {s.channel.value: s for s in moves[v.series]}
        rows.append(
            (
                v.handle,
                span(v.words), v.words_status, _moved(rose.get("words")),
                span(v.deeds), v.deeds_status, _moved(rose.get("deeds")),
                v.n_signals, v.reviewed,
            )
        )  # fmt: skip
    columns = (
        "level",
        "words",
        "",
        "words moved",
        "deeds",
        "",
        "deeds moved",
        "signals",
        "reviewed",
    )
    d = stance.diagnostics
    title = (
        f"signalled stance on {stance.at}, in sd around the average series; 90 % intervals; "
        f"{d.model}, {d.items}"
    )
    emit_table(columns, rows, title=title)
    if d.refused:
        say(f"{len(d.refused)} events are no evidence on any series (--format json lists why)")


def _moved(shift: Shift | None) -> str:
    if shift is None or shift.status == "no signal":
        return ""
    mark = "" if shift.status == "measured" else f" ({shift.status})"
    return f"{shift.direction} {shift.probability:.2f}{mark}"


def print_one(level: Level, moves: tuple[Shift, ...], stance: Stance) -> None:
    """What one level rests on, and how it moved."""
    say()
    say(f"gap      deeds less what words lead to expect: {span(level.gap)}")
    for s in moves:
        if s.status == "no signal":
            continue
        known = "" if s.false_alarms is None else (
            f"; a series at rest shows as much {s.false_alarms:.2f} times a year"
        )  # fmt: skip
        between = f" between {s.between[0]} and {s.between[1]}" if s.between else ""
        carried = ", ".join(f"{h} +{g:.2f}" for h, g in s.signals[:4])
        say(
            f"moved    {s.channel.value}: {s.direction} of more than {s.delta:g} sd in {s.weeks:g} weeks "
            f"{s.probability:.2f}, the other way {s.opposite:.2f} ({s.status}){known}"
        )
        say(
            f"         a sudden change{between}: {s.jump:.2f}"
            + (f"; carried by {carried}" if carried else "")
        )
    ranked = sorted(level.weights, key=lambda w: (-w.share, w.key))[:12]
    unexpected = {
        s.key: s
        for s in stance.surprises(level.series.actor, level.series.object, level.series.relation)
    }
    emit_table(
        ("signal", "day", "words", "deeds", "share", "bits", "", "it rests on"),
        [
            (
                " ".join(w.handles),
                unexpected[w.key].day,
                f"{w.words:+.3f}",
                f"{w.deeds:+.3f}",
                f"{w.share:.2f}",
                f"{unexpected[w.key].bits:.1f}",
                "first of this kind" if unexpected[w.key].first else "",
                _words(stance, w.key),
            )
            for w in ranked
        ],
        title=f"what it rests on ({len(ranked)} of {len(level.weights)} shown): change of the level by "
        "each signal, heaviest first; how unexpected each was when it came, in bits",
    )


def _words(stance: Stance, key: str) -> str:
    event = stance.event(key)
    return "" if event is None else f'"{shorten(event.signal.span.quote, 56)}"'


def level_record(v: Level, moves: tuple[Shift, ...]) -> dict[str, Any]:
    """A level with its shifts as a plain record."""
    return {
        "handle": v.handle,
        "series": str(v.series),
        "at": v.at.isoformat(),
        "words": _estimate(v.words, v.words_status, v.n_words, v.effective_words),
        "deeds": _estimate(v.deeds, v.deeds_status, v.n_deeds, v.effective_deeds),
        "gap": {"median": v.gap.median, "low": v.gap.low, "high": v.gap.high},
        "signals": v.n_signals,
        "reviewed": v.reviewed,
        "rests_on": [
            {"signals": list(w.handles), "words": w.words, "deeds": w.deeds, "share": w.share}
            for w in sorted(v.weights, key=lambda w: (-w.share, w.key))
        ]
        or list(v.handles),
        "shifts": [
            {
                "channel": s.channel.value,
                "direction": s.direction,
                "probability": s.probability,
                "opposite": s.opposite,
                "delta": s.delta,
                "weeks": s.weeks,
                "jump": s.jump,
                "between": [d.isoformat() for d in s.between] if s.between else None,
                "signals": [{"signal": h, "adds": g} for h, g in s.signals],
                "status": s.status,
                "false_alarms_per_year": s.false_alarms,
            }
            for s in moves
        ],
    }


def _estimate(e: Estimate, status: str, n: int, effective: float) -> dict[str, Any]:
    return {
        "median": e.median,
        "low": e.low,
        "high": e.high,
        "coverage": e.coverage,
        "status": status,
        "n": n,
        "effective_n": effective,
    }
