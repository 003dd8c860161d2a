"""Read a system description from TOML and refuse one that does not hold together."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.systems.lines import find_line
from standoff.systems.origins import (
    Absence,
    Absent,
    Candidate,
    Covariate,
    Cover,
    DyadicCovariate,
    Territory,
)
from standoff.systems.system import (
    Ceiling,
    Commitment,
    GradeRule,
    Rate,
    RedLine,
    ReferenceClass,
    Rule,
    Site,
    System,
)
from standoff.systems.validate import SCHEMA_VERSION, schema_findings
from standoff.terms import Origin, SourceGrade

Table = Mapping[str, Any]
Trail = tuple[str | int, ...]
_CODE = re.compile(r"[A-Z]{3}")


def shipped_systems() -> tuple[str, ...]:
    """Slugs of the systems in the package.

    >>> "west-pacific-2021" in shipped_systems()
    True
    """
    folder = resources.files("standoff.systems") / "data"
    return tuple(sorted(p.name for p in folder.iterdir() if (p / "system.toml").is_file()))


@lru_cache(maxsize=8)
def load_system(name: str) -> System:
    """A shipped system by slug, or a description of your own by path.

    >>> load_system("west-pacific-2021").defenders
    ('USA', 'JPN')
    """
    return parse_system(*system_text(name))


def system_text(name: str) -> tuple[str, str]:
    """The text of a description by slug or path, and what it is called in messages.

    >>> system_text("west-pacific-2021")[1]
    'west-pacific-2021'
    """
    if name in shipped_systems():
        path = resources.files("standoff.systems") / "data" / name / "system.toml"
        return path.read_text(encoding="utf-8"), name
    path = Path(name)
    if not path.is_file():
        raise DescriptionError(
            f"system {name!r}",
            f"one of {', '.join(shipped_systems())}, or a path to a TOML file",
            "standoff system new --challenger X --protege Y --on DAY",
        )
    return path.read_text(encoding="utf-8"), str(path)


def parse_system(text: str, origin: str) -> System:
    """Parse and validate a description. `origin` names it in messages, with the line.

    >>> parse_system("[system]", "mine.toml")
    Traceback (most recent call last):
    ...
    standoff.errors.DescriptionError: description: mine.toml:1 without [roles] came; ...
    """
    raw = read_raw(text, origin)
    for finding in schema_findings(raw, text, origin):
        if finding.error:
            raise finding.failure()
    reader = _Reader(raw, text, origin)
    head = raw["system"]
    system = System(
        slug=head["slug"],
        title=head["title"],
        as_of=reader.day(head["as_of"], ("system", "as_of")),
        question=head["question"],
        act=head["act"],
        challenge=head["challenge"],
        worldview=head.get("worldview", ""),
        challenger=raw["roles"]["challenger"],
        protege=raw["roles"]["protege"],
        defenders=tuple(raw["roles"]["defenders"]),
        supporters=tuple(raw["roles"]["supporters"]),
        proliferators=tuple(raw["roles"]["proliferators"]),
        names=dict(raw["names"]),
        reference_classes=tuple(_reference_class(t) for t in reader.tables("reference_class")),
        challenge_rate=_rate(raw["challenge_rate"], "challenges", "events", "dyad_years"),
        joining_rates=tuple(
            _rate(t, t["name"], "joined", "cases") for t in reader.tables("joining_rate")
        ),
        published_rates=tuple(
            Rate(t["name"], float(t["rate"]), t["source"]) for t in reader.tables("published_rate")
        ),
        commitments=tuple(
            Commitment(t["owner"], t["protege"], t["obligation"], day, t["source"])
            for t, day in reader.dated("commitment", "since")
        ),
        red_lines=tuple(
            RedLine(t["owner"], t["act"], t["consequence"], day, t["by"], t.get("signal", ""))
            for t, day in reader.dated("red_line", "drawn")
        ),
        rules=tuple(
            Rule(t["actor"], t["name"], day, t["trigger"], t["source"])
            for t, day in reader.dated("rule", "since")
        ),
        ceilings=tuple(
            Ceiling(
                t["actor"], t["measure"], float(t["value"]), day, t.get("note", ""), t["source"]
            )
            for t, day in reader.dated("ceiling", "since")
        ),
        sites=tuple(_site(t) for t in reader.tables("site")),
        covariates=tuple(_covariates(reader)),
        grade_rules=tuple(
            GradeRule(t["pattern"], SourceGrade(t["grade"]), t["because"])
            for t in reader.tables("source_grade")
        ),
        schema=int(head.get("schema", 1)),
        territories=tuple(
            Territory(
                t["code"], t["name"], t["holder"], tuple(t["claimants"]), day, t["source"],
                t.get("note", ""),
            )
            for t, day in reader.dated("territory", "since")
        ),
        candidates=tuple(
            Candidate(t["actor"], t["role"], tuple(t["because"]))
            for t in reader.tables("candidate")
        ),
        relations=tuple(_relations(reader)),
        absent=tuple(_absent(t) for t in reader.tables("absent")),
    )  # fmt: skip
    _validate(system, reader)
    return system


def read_raw(text: str, origin: str) -> dict[str, Any]:
    """The tables of a TOML text. Raises `DescriptionError` with the line, or for a newer schema."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        where = f"{origin}:{line[1]}" if line else origin
        raise DescriptionError(f"{where} {error}", "valid TOML", "correct that line") from error
    head = raw.get("system")
    version = cast("dict[str, Any]", head).get("schema", 1) if isinstance(head, dict) else 1
    if isinstance(version, int) and version > SCHEMA_VERSION:
        where = f"{origin}:{find_line(text, ('system', 'schema'))}"
        raise DescriptionError(
            f"{where} with schema {version}",
            f"schema {SCHEMA_VERSION} or older",
            "install a newer standoff, or write the file again: standoff system new",
        )
    return raw


class _Reader:
    """The raw tables of a text that keeps to the schema; misses name the file and the line."""

    def __init__(self, raw: Table, text: str, origin: str) -> None:
        self.raw = raw
        self.source = text
        self.origin = origin

    def fail(self, path: Trail, came: str, expected: str, remedy: str) -> DescriptionError:
        where = f"{self.origin}:{find_line(self.source, path)}"
        return DescriptionError(f"{where} {came}", expected, remedy)

    def tables(self, name: str) -> list[dict[str, Any]]:
        return cast("list[dict[str, Any]]", self.raw.get(name) or [])

    def dated(self, name: str, key: str) -> Iterator[tuple[dict[str, Any], Any]]:
        """Each table with the day under a key; None where the schema lets it be missing."""
        for i, table in enumerate(self.tables(name)):
            yield table, self.day(table[key], (name, i, key)) if key in table else None

    def day(self, value: str, path: Trail) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.fail(
                path, f"with date {value!r}", "an ISO date such as 2021-08-13", "correct the day"
            ) from error


def _rate(table: Table, name: str, events: str, cases: str) -> Rate:
    count, of = int(table[events]), int(table[cases])
    return Rate(name, count / of, table["source"], count, of)


def _site(t: Table) -> Site:
    reach = t.get("reach_km")
    return Site(
        t["actor"],
        t["place"],
        t["unit"],
        t["status"],
        t["from"],
        t.get("signal", ""),
        t.get("weapon", ""),
        None if reach is None else float(reach),
        t.get("reach_source", ""),
    )


def _relations(reader: _Reader) -> Iterator[DyadicCovariate]:
    for i, table in enumerate(reader.tables("relation")):
        for pair, value in cast("dict[str, float]", table["values"]).items():
            sides = pair.split(">")
            if len(sides) != 2 or not all(map(_CODE.fullmatch, sides)) or sides[0] == sides[1]:
                raise reader.fail(
                    ("relation", i, "values"), f"with the pair {pair!r}",
                    'a directed pair of two codes, such as "RUS>UKR"', "correct it",
                )  # fmt: skip
            yield DyadicCovariate(
                table["name"], sides[0], sides[1], float(value), table["unit"], table["source"],
                table.get("year"), _cover(table),
            )  # fmt: skip


def _absent(t: Table) -> Absent:
    stand_in = t.get("stand_in")
    return Absent(
        t["name"], Absence(t["kind"]), tuple(t["actors"]), t["because"],
        None if stand_in is None else float(stand_in),
    )  # fmt: skip


def _cover(t: Table) -> Cover | None:
    return Cover(t["coverage"]) if "coverage" in t else None


def _reference_class(table: Table) -> ReferenceClass:
    return ReferenceClass(
        name=table["name"],
        attacks=int(table["attacks"]),
        dyad_years=int(table["dyad_years"]),
        source=table["source"],
        default=bool(table.get("default", False)),
        rate=table.get("rate"),
        low=table.get("low"),
        high=table.get("high"),
    )


def _covariates(reader: _Reader) -> Iterator[Covariate]:
    for i, table in enumerate(reader.tables("covariate")):
        references = cast("dict[str, float]", table.get("references") or {})
        for actor, value in cast("dict[str, float]", table["values"]).items():
            if not _CODE.fullmatch(actor):
                raise reader.fail(
                    ("covariate", i, "values"), f"with actor {actor!r}",
                    "a code of three capitals", "correct it",
                )  # fmt: skip
            # Without a reference the long-run value is the value: the term cancels there.
            fallback = float(table.get("reference", value))
            yield Covariate(
                table["name"],
                actor,
                float(value),
                float(references.get(actor, fallback)),
                table["unit"],
                table["source"],
                Origin(table["origin"]),
                table.get("year"),
                _cover(table),
            )
    for table in reader.tables("absent"):
        # The game cannot do without these: what stands in for them is a judgement, and says so.
        yield from _absent(table).covariates()


def _validate(system: System, reader: _Reader) -> None:
    remedy = "correct the [roles] or [names] table"

    def fail(key: str, came: str, expected: str) -> DescriptionError:
        return reader.fail(("roles", key), came, expected, remedy)

    if system.challenger == system.protege:
        raise fail(
            "protege",
            f"with {system.challenger} as challenger and protege",
            "two different actors",
        )
    for role in ("defenders", "supporters", "proliferators"):
        codes: tuple[str, ...] = getattr(system, role)
        if len(set(codes)) != len(codes):
            raise fail(role, f"with {role} {codes}", "each actor once")
        if system.challenger in codes:
            raise fail(
                role, f"with {system.challenger} among the {role}", "the challenger in one role"
            )
    if set(system.defenders) & set(system.supporters):
        raise fail("supporters", "with an actor as defender and supporter", "one of the two roles")
    if sum(c.default for c in system.reference_classes) != 1:
        raise reader.fail(
            ("reference_class", 0), "without one default reference class",
            "exactly one with default = true", "mark the narrowest class that has enough cases",
        )  # fmt: skip
    for actor in system.actors:
        if actor not in system.names:
            raise reader.fail(
                ("names",), f"without a name for {actor}", "an entry in [names]",
                f'write {actor} = "its name"',
            )  # fmt: skip
    _validate_territories(system, reader)


def _validate_territories(system: System, reader: _Reader) -> None:
    held: dict[str, str] = {}
    for i, t in enumerate(system.territories):
        if held.setdefault(t.code, t.holder) != t.holder:
            raise reader.fail(
                ("territory", i, "holder"), f"with two holders of {t.code}, {held[t.code]} and {t.holder}",
                "one holder of a territory on a day: who is in control, not who is right",
                "keep one as holder and put the other among the claimants",
            )  # fmt: skip
