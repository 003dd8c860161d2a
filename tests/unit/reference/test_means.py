"""Military expenditure, obligations, nuclear facts and units, against what their sources print."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from standoff.errors import FactError, UnknownActor
from standoff.reference import (
    CURRENCIES,
    Coverage,
    allies_of,
    canonical_unit,
    convert,
    dimension_of,
    holds,
    is_latent,
    milex,
    milex_actors,
    milex_ranks,
    nuclear_status,
    obligations,
    warheads,
)


def test_shares_of_2019_differ_between_two_releases() -> None:
    """SIPRI, share of GDP 2019: Japan 0.937 and 0.992 %, South Korea 2.673 and 2.519 %."""
    for actor, old, new in (("JPN", 0.937, 0.992), ("KOR", 2.673, 2.519)):
        found = {f.release: f.value for f in milex(actor, 2019, "gdp_share_percent")}
        assert found["1949-2020"] == pytest.approx(old, abs=5e-4)
        assert found["1949-2024"] == pytest.approx(new, abs=5e-4)


def test_a_year_that_is_not_covered_is_no_zero() -> None:
    for fact in milex("PRK", 2019, "gdp_share_percent"):
        assert fact.value is None and fact.coverage is Coverage.NOT_COVERED
    for actor in milex_actors():
        for fact in milex(actor, 2019, "gdp_share_percent"):
            assert (fact.value is None) == (fact.coverage is Coverage.NOT_COVERED)
            if fact.value is not None:
                assert 0 <= fact.value < 60 and fact.source and fact.verified
            if fact.value == 0:
                assert fact.coverage is Coverage.TRUE_ZERO
    with pytest.raises(UnknownActor):
        milex("QQQ", 2019, "gdp_share_percent")


def test_ranks_run_from_the_largest() -> None:
    ranks = milex_ranks(2020, "current_usd_m", "1949-2024")
    values = [f.value for f in ranks]
    assert values == sorted(values, reverse=True) and len(ranks) > 20
    # SIPRI Fact Sheet, April 2021: the United States, China, India, Russia lead in 2020.
    assert [f.actor for f in ranks][:2] == ["USA", "CHN"]
    assert {"IND", "RUS"} <= {f.actor for f in ranks[:6]}
    # The older release holds shares only: no ranks of amounts are made up from it.
    assert milex_ranks(2020, "current_usd_m", "1949-2020") == ()


def test_obligations_are_directed() -> None:
    day = date(2021, 8, 13)
    assert holds("USA", "JPN", "defence", day).answer is True
    # The treaty of 1960 covers territories administered by Japan: Japan owes no defence.
    assert holds("JPN", "USA", "defence", day).answer is False
    assert holds("USA", "KOR", "defence", day).answer and holds("USA", "PHL", "defence", day).answer
    assert holds("USA", "TWN", "defence", day).answer is False
    assert holds("USA", "TWN", "defence", date(1975, 1, 1)).answer is True
    assert holds("QQQ", "USA", "defence", day).answer is None


def test_nato_grew_when_it_did() -> None:
    for actor, before, after in (
        ("FIN", date(2023, 4, 3), date(2023, 4, 4)),
        ("SWE", date(2024, 3, 6), date(2024, 3, 7)),
    ):
        assert holds("USA", actor, "defence", before).answer is False
        assert holds("USA", actor, "defence", after).answer is True
    # Whom the United States owe defence, and who owes it to them: Japan is in the first alone.
    day = date(2021, 1, 1)
    owed = {a for a in ("JPN", "KOR", "GBR") if holds("USA", a, "defence", day).answer}
    owing = set(allies_of("USA", "defence", day))
    assert owed == {"JPN", "KOR", "GBR"} and owing >= {"KOR", "GBR"} and "JPN" not in owing
    for item in obligations("USA", "JPN"):
        assert item.actor == "USA" and item.target == "JPN" and item.origin.source
        assert item.end is None or item.start <= item.end


def test_nuclear_status_by_year() -> None:
    armed = {"USA", "RUS", "GBR", "FRA", "CHN", "IND", "PAK", "ISR", "PRK"}
    for actor in armed:
        assert nuclear_status(actor, 2021) == "armed", actor
    for actor in ("JPN", "KOR", "DEU", "TWN", "AUS"):
        assert nuclear_status(actor, 2021) != "armed", actor
    # First tests: China October 1964, India May 1974, North Korea October 2006.
    assert nuclear_status("CHN", 1963) != "armed" and nuclear_status("CHN", 1965) == "armed"
    assert nuclear_status("PRK", 2000) != "armed" and nuclear_status("PRK", 2007) == "armed"
    assert is_latent("JPN") is True and is_latent("CHN") is False and is_latent("QQQ") is None
    # Federation of American Scientists through Our World in Data.
    assert [f.value for f in warheads("USA", 1994) if f.kind == "warheads_stockpile"] == [10979]


def test_units_that_are_defined_convert_exactly() -> None:
    # By definition: the international nautical mile, the statute mile, the foot; TNT by treaty use.
    for value, unit, other, want in (
        (70, "nmi", "km", 129.64),
        (70, "mi", "km", 112.65408),
        (1, "ft", "m", 0.3048),
        (1, "km^2", "m^2", 1e6),
        (100, "km/h", "knots", 100 / 1.852),
        (1, "Mt", "kt", 1000),
        (2, "wk", "d", 14),
    ):
        assert convert(value, unit, other) == pytest.approx(want, rel=1e-11), (unit, other)
    assert dimension_of("nmi") == dimension_of("km") != dimension_of("kg")
    assert canonical_unit("nautical miles") == canonical_unit("nmi") == "nmi"
    # A share of GDP, a plain share and a change in points are three things.
    assert len({dimension_of(u) for u in ("% of GDP", "%", "percentage point")}) == 3
    assert {"USD", "JPY", "TWD"} <= CURRENCIES


def test_units_that_do_not_fit_or_are_unknown_are_refused() -> None:
    with pytest.raises(FactError, match="km to kg"):
        convert(1, "km", "kg")
    with pytest.raises(FactError, match="furlong"):
        convert(1, "furlong", "km")


@given(
    st.floats(1e-3, 1e6),
    st.sampled_from([("km", "nmi"), ("mi", "km"), ("m", "ft"), ("kg", "t"), ("km/h", "kn")]),
)
def test_conversions_round_trip(value: float, pair: tuple[str, str]) -> None:
    there = convert(value, pair[0], pair[1])
    assert convert(there, pair[1], pair[0]) == pytest.approx(value, rel=1e-11)
