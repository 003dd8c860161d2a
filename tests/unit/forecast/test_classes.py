"""Classes counted by hand in a made-up world, and every count that the shipped system prints."""

from __future__ import annotations

import importlib.util
from datetime import date
from pathlib import Path

import pytest

from standoff.forecast import classes_for, default_class, reference_counts
from standoff.systems import load_system

spec = importlib.util.spec_from_file_location("small", Path(__file__).with_name("small.py"))
small = importlib.util.module_from_spec(spec)
spec.loader.exec_module(small)


def test_a_world_counted_by_hand() -> None:
    counts = reference_counts(small.small_facts())
    rivals = counts["all territorial rivals"]
    # 1949 to 1990, both directions; A in 1970 and 1985 (an attack), B in 1989.
    assert (rivals.dyad_years, rivals.disputes, rivals.attacks) == (84, 3, 1)
    assert [(c.year, c.challenger, c.protege) for c in rivals.cases] == [(1985, "CHN", "TWN")]
    held = counts["territorial rivals, target protected by a major power"]
    # Taiwan is protected from 1955 to 1979: A against B only, with the dispute of 1970.
    assert (held.dyad_years, held.disputes, held.attacks) == (25, 1, 0)
    free = counts["territorial rivals, target not protected by a major power"]
    assert (free.dyad_years, free.attacks) == (59, 1)
    # Korea is no neighbour here and the war of 1988 was begun by the other side.
    assert counts["neighbours on land or over up to 400 miles of water"].attacks == 1


def test_membership_follows_the_treaty() -> None:
    facts = small.small_facts()
    then, later = (
        {c.name.split(", 1946")[0]: c.member for c in classes_for("CHN", "TWN", day, facts=facts)}
        for day in (date(1970, 1, 1), date(1985, 1, 1))
    )
    protected = "territorial rivals, target protected by a major power"
    assert then[protected] and not later[protected]


def test_the_own_record_grows_with_the_clashes() -> None:
    own = classes_for("CHN", "TWN", date(2011, 1, 1))[0]
    assert (own.attacks, own.dyad_years) == (1, 62)
    assert [c.year for c in own.cases] == [1958]
    armenia = classes_for("AZE", "ARM", date(2023, 1, 1))[0]
    assert {2016, 2020} <= {c.year for c in armenia.cases}


def test_every_count_of_the_shipped_system() -> None:
    system = load_system("west-pacific-2021")
    on = date(2021, 8, 13)
    classes = {c.name.split(", 1946")[0]: c for c in classes_for("CHN", "TWN", on)}
    for shipped in system.reference_classes:
        if shipped.name == "the pair's own record, shrunk to its class":
            own = classes_for("CHN", "TWN", date(2011, 1, 1))[0]
            assert (shipped.attacks, shipped.dyad_years) == (own.attacks, own.dyad_years)
            continue
        found = classes[shipped.name]
        assert (shipped.attacks, shipped.dyad_years) == (found.attacks, found.dyad_years)
    default = default_class(tuple(classes.values()))
    assert default is not None and default.name.startswith(system.default_class.name)
    assert (default.attacks, default.dyad_years) == (78, 2539)
    rivals = classes["all territorial rivals"]
    assert rivals.disputes - rivals.attacks == 368 and rivals.dyad_years == 4388


def test_protected_and_unprotected_make_all() -> None:
    counts = reference_counts()
    held = counts["territorial rivals, target protected by a major power"]
    free = counts["territorial rivals, target not protected by a major power"]
    rivals = counts["all territorial rivals"]
    assert (held.attacks, held.dyad_years) == (24, 1849)
    assert held.attacks + free.attacks == rivals.attacks == 102
    assert held.dyad_years + free.dyad_years == rivals.dyad_years == 4388
    assert 100 * free.attacks / free.dyad_years == pytest.approx(3.07, abs=0.005)
