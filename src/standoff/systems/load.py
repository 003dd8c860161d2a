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
from standoff.systems.system import (
    Ceiling,
    Commitment,
    Covariate,
    GradeRule,
    Rate,
    RedLine,
    ReferenceClass,
    Rule,
    Site,
    System,
)
from standoff.terms import Origin, SourceGrade

Table = Mapping[str, Any]
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
    if name in shipped_systems():
        path = resources.files("standoff.systems") / "data" / name / "system.toml"
        return parse_system(path.read_text(encoding="utf-8"), name)
    path = Path(name)
    if not path.is_file():
        raise DescriptionError(
            f"system {name!r}",
            f"one of {', '.join(shipped_systems())}, or a path to a TOML file",
            "standoff new NAME --system west-pacific-2021",
        )
    return parse_system(path.read_text(encoding="utf-8"), str(path))


def parse_system(text: str, origin: str) -> System:
    """Parse and validate a description. `origin` names it in messages.

    >>> parse_system("[system]", "mine.toml")
    Traceback (most recent call last):
    ...
    standoff.errors.DescriptionError: description: mine.toml without system.slug came; ...
    """
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise DescriptionError(f"{origin}: {error}", "valid TOML", "correct that line") from error
    reader = _Reader(raw, origin)
    system = System(
        slug=reader.text("system", "slug"),
        title=reader.text("system", "title"),
        as_of=reader.day(reader.text("system", "as_of")),
        question=reader.text("system", "question"),
        act=reader.text("system", "act"),
        challenge=reader.text("system", "challenge"),
        worldview=reader.text("system", "worldview", ""),
        challenger=reader.code(reader.text("roles", "challenger")),
        protege=reader.code(reader.text("roles", "protege")),
        defenders=reader.codes("defenders"),
        supporters=reader.codes("supporters"),
        proliferators=reader.codes("proliferators"),
        names={reader.code(k): str(v) for k, v in reader.table("names").items()},
        reference_classes=tuple(_reference_class(t) for t in reader.tables("reference_class")),
        challenge_rate=_rate(reader.table("challenge_rate"), "challenges", "events", "dyad_years"),
        joining_rates=tuple(
            _rate(t, t["name"], "joined", "cases") for t in reader.tables("joining_rate")
        ),
        published_rates=tuple(
            Rate(t["name"], float(t["rate"]), t["source"]) for t in reader.tables("published_rate")
        ),
        commitments=tuple(
            Commitment(
                t["owner"], t["protege"], t["obligation"], reader.day(t["since"]), t["source"]
            )
            for t in reader.tables("commitment")
        ),
        red_lines=tuple(
            RedLine(
                t["owner"],
                t["act"],
                t["consequence"],
                reader.day(t["drawn"]),
                t["by"],
                t.get("signal", ""),
            )
            for t in reader.tables("red_line")
        ),
        rules=tuple(
            Rule(t["actor"], t["name"], reader.day(t["since"]), t["trigger"], t["source"])
            for t in reader.tables("rule")
        ),
        ceilings=tuple(
            Ceiling(
                t["actor"],
                t["measure"],
                float(t["value"]),
                reader.day(t["since"]),
                t.get("note", ""),
                t["source"],
            )
            for t in reader.tables("ceiling")
        ),
        sites=tuple(_site(t, origin) for t in reader.tables("site")),
        covariates=tuple(_covariates(reader)),
        grade_rules=tuple(
            GradeRule(t["pattern"], SourceGrade(t["grade"]), t["because"])
            for t in reader.tables("source_grade")
        ),
    )
    _validate(system, origin)
    return system


class _Reader:
    """Typed access to the raw tables; every miss names the key and the file."""

    def __init__(self, raw: Table, origin: str) -> None:
        self.raw = raw
        self.origin = origin

    def fail(self, came: str, expected: str) -> DescriptionError:
        return DescriptionError(
            f"{self.origin} {came}", expected, "see docs/reference/systems.md for the format"
        )

    def table(self, name: str) -> dict[str, Any]:
        value = self.raw.get(name)
        if not isinstance(value, dict):
            raise self.fail(f"without [{name}]", f"a table [{name}]")
        return cast("dict[str, Any]", value)

    def tables(self, name: str) -> list[dict[str, Any]]:
        return [_Named(self, name, t) for t in cast("list[Table]", self.raw.get(name) or [])]

    def text(self, table: str, key: str, default: str | None = None) -> str:
        value = self.table(table).get(key, default)
        if not isinstance(value, str):
            raise self.fail(f"without {table}.{key}", f"a text {table}.{key}")
        return value

    def code(self, value: str) -> str:
        if not _CODE.fullmatch(value):
            raise self.fail(f"with actor {value!r}", "an ISO 3166-1 alpha-3 code")
        return value

    def codes(self, role: str) -> tuple[str, ...]:
        value = self.table("roles").get(role)
        if not isinstance(value, list):
            raise self.fail(f"without roles.{role}", f"a list of codes (may be empty) roles.{role}")
        return tuple(self.code(str(v)) for v in cast("list[Any]", value))

    def day(self, value: str) -> date:
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise self.fail(f"with date {value!r}", "an ISO date such as 2021-08-13") from error


class _Named(dict[str, Any]):
    """A table whose missing keys are reported by name."""

    def __init__(self, reader: _Reader, name: str, values: Table) -> None:
        super().__init__(values)
        self._reader = reader
        self._name = name

    def __missing__(self, key: str) -> Any:
        raise self._reader.fail(f"with a [[{self._name}]] without {key!r}", f"the key {key!r}")


def _rate(table: Table, name: str, events: str, cases: str) -> Rate:
    count, of = int(table[events]), int(table[cases])
    return Rate(name, count / of, table["source"], count, of)


def _site(t: Table, origin: str) -> Site:
    reach = t.get("reach_km")
    if reach is not None and not (isinstance(reach, int | float) and reach > 0):
        raise DescriptionError(
            f"{origin}: reach_km {reach!r} of {t['place']}", "kilometres above zero", "correct it"
        )
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
    for table in reader.tables("covariate"):
        values = cast("dict[str, float]", table["values"])
        references = cast("dict[str, float]", table.get("references") or {})
        for actor, value in values.items():
            # Without a reference the long-run value is the value: the term cancels there.
            fallback = float(table.get("reference", value))
            reference = references.get(actor, fallback)
            yield Covariate(
                table["name"],
                reader.code(actor),
                float(value),
                float(reference),
                table["unit"],
                table["source"],
                Origin(table["origin"]),
            )


def _validate(system: System, origin: str) -> None:
    def fail(came: str, expected: str) -> DescriptionError:
        return DescriptionError(
            f"{origin} {came}", expected, "correct the [roles] or [names] table"
        )

    if system.challenger == system.protege:
        raise fail(f"with {system.challenger} as challenger and protege", "two different actors")
    for role in ("defenders", "supporters", "proliferators"):
        codes: tuple[str, ...] = getattr(system, role)
        if len(set(codes)) != len(codes):
            raise fail(f"with {role} {codes}", "each actor once")
        if system.challenger in codes:
            raise fail(f"with {system.challenger} among the {role}", "the challenger in one role")
    if set(system.defenders) & set(system.supporters):
        raise fail("with an actor as defender and supporter", "one of the two roles")
    if sum(c.default for c in system.reference_classes) != 1:
        raise fail("without one default reference class", "exactly one with default = true")
    for actor in system.actors:
        if actor not in system.names:
            raise fail(f"without a name for {actor}", "an entry in [names]")
