"""The shipped description holds together, and one that does not is refused with the place named."""

from __future__ import annotations

import re
from importlib import resources

import pytest

from standoff.errors import DescriptionError, UnknownActor
from standoff.systems import load_system, parse_system
from standoff.terms import Role, SourceGrade

TEXT = (
    resources.files("standoff.systems") / "data" / "west-pacific-2021" / "system.toml"
).read_text(encoding="utf-8")


def test_the_reference_case() -> None:
    system = load_system("west-pacific-2021")
    assert (system.challenger, system.protege, system.patron) == ("CHN", "TWN", "USA")
    assert system.roles("JPN") == (Role.DEFENDER, Role.PROLIFERATOR)
    # 78 of 2,539: no major power owes the protege defence. tests/unit/forecast counts it.
    assert round(system.default_class.probability, 4) == 0.0307
    assert all(c.source and c.unit for c in system.covariates)


def test_a_covariate_without_a_reference_refers_to_itself() -> None:
    system = load_system("west-pacific-2021")
    assert system.reference("cinc", "CHN") == system.value("cinc", "CHN")
    assert system.reference("law", "JPN") == 0.2
    assert system.reference("mood", "JPN") == 1.0


def test_sources_are_graded_by_rule_with_the_reason() -> None:
    system = load_system("west-pacific-2021")
    letter, because = system.grade("Reuters via National Post 2021-06-28")
    assert letter is SourceGrade.B and because
    assert system.grade("")[0] is SourceGrade.F


@pytest.mark.parametrize(
    ("pattern", "replacement", "named"),
    [
        (r'challenger = "CHN"\n', "", "roles.challenger"),
        (r'protege = "TWN"\n', 'protege = "CHN"\n', "CHN as challenger and protege"),
        (r'defenders = \["USA", "JPN"\].*\n', "", "roles.defenders"),
        (r'"USA", "JPN"\]', '"USA", "USA"]', "each actor once"),
        (r'"GBR", "DEU"', '"GBR", "JPN"', "defender and supporter"),
        (r"default = true\n", "", "default reference class"),
        (r'KOR = "South Korea.*\n', "", "name for KOR"),
        (r'as_of = "2021-08-13"', 'as_of = "2021-02-30"', "2021-02-30"),
        (r"\[system\]", "[system", "valid TOML"),
        (r'origin = "elicited"\nvalues = \{ JPN = 1 \}', "values = { JPN = 1 }", "origin"),
    ],
)
def test_a_description_that_does_not_hold_together_is_refused(
    pattern: str, replacement: str, named: str
) -> None:
    changed = re.sub(pattern, replacement, TEXT, count=1)
    if changed == TEXT:
        # The last case removes the origin of a published covariate instead.
        changed = TEXT.replace('origin = "published"\n', "", 1)
    with pytest.raises(DescriptionError) as caught:
        parse_system(changed, "mine.toml")
    assert named in str(caught.value)


def test_a_covariate_that_is_absent_is_named() -> None:
    with pytest.raises(DescriptionError, match="'shoe_size' of JPN"):
        load_system("west-pacific-2021").value("shoe_size", "JPN")


def test_an_actor_outside_the_system_is_refused() -> None:
    with pytest.raises(UnknownActor, match="FRA"):
        load_system("west-pacific-2021").require("FRA")
