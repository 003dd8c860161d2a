"""`standoff facts waters`: whose waters a place lies in, by coast and by claim."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from standoff.cli.common import FormatOption, OutputFormat, emit_json, parse_day, say
from standoff.errors import UnknownPlace


def waters(
    place: Annotated[str, typer.Argument(help="A strait, a sea or any other place by its name.")],
    on: Annotated[str, typer.Option("--on", help="The day, YYYY-MM-DD.")],
    near: Annotated[
        str | None, typer.Option("--near", help="Only the coasts of these states: CHN,TWN.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Whose waters a place lies in: bands of the coasts nearby, and what states claimed on the day.

    Example: standoff facts waters "Taiwan Strait" --on 2022-07-01 --near CHN,TWN
    """
    from standoff.assess import waters_of
    from standoff.reference import find_places

    day = parse_day(on, "--on")
    found = find_places(place)
    if not found:
        raise UnknownPlace(
            f"the place {place!r}", "a name of the table", "standoff facts list places"
        )
    actors = tuple(a.strip().upper() for a in near.split(",") if a.strip()) if near else ()
    known = waters_of(found[0], day, actors)
    if form is OutputFormat.JSON:
        emit_json(
            {
                "place": known.place.id, "on": day.isoformat(),
                "bands": [asdict(b) for b in known.bands],
                "claims": [asdict(c) for c in known.claims],
                "sides": [{"line": c.id, "side": side} for c, side in known.sides],
            }
        )  # fmt: skip
        return
    point = known.place.point
    say(f"{known.place.name}, measured at {point.lat:g} N {point.lon:g} E, on {day}")
    for line in known.lines():
        say(f"  {line}")
    say("bands are measured from the coast, not from declared baselines, which lie further out")
