"""Priors and the file of coefficients: what is refused, and where the message points."""

from __future__ import annotations

import numpy as np
import pytest
from scipy import stats

from standoff.errors import DescriptionError, ModelError
from standoff.game import Prior, load_coefficients
from standoff.game.coefficients import parse_coefficients

LINE = """
[[coefficient]]
name = "a"
block = "b"
unit = "u"
prior = {prior}
origin = "elicited"
source = "s"
"""


@pytest.mark.parametrize(
    ("kind", "numbers", "frozen"),
    [
        ("normal", (1.0, 2.0), stats.norm(1.0, 2.0)),
        ("lognormal", (4.0, 0.35), stats.lognorm(0.35, scale=4.0)),
        ("uniform", (0.2, 0.9), stats.uniform(0.2, 0.7)),
    ],
)
def test_a_prior_is_the_quantile_function_of_its_distribution(kind, numbers, frozen) -> None:
    z = np.linspace(-3, 3, 31)
    ranks = stats.norm.cdf(z)
    np.testing.assert_allclose(Prior(kind, numbers).transform(z), frozen.ppf(ranks), rtol=1e-10)


def test_a_spike_is_exactly_zero_as_often_as_said() -> None:
    z = stats.norm.ppf((np.arange(1000) + 0.5) / 1000)
    values = Prior("spike_lognormal", (0.4, 2.0, 0.5)).transform(z)
    assert int(np.sum(values == 0.0)) == 400
    assert np.median(values[values > 0]) == pytest.approx(2.0, rel=0.01)


@pytest.mark.parametrize(
    ("prior", "named"),
    [
        ('{ kind = "normal", mean = 0.0, sd = -1.0 }', "standard deviation"),
        ('{ kind = "lognormal", median = 0.0, sd = 1.0 }', "median"),
        ('{ kind = "uniform", low = 1.0, high = 0.0 }', "low"),
        ('{ kind = "normal", mean = inf, sd = 1.0 }', "finite"),
        ('{ kind = "spike_lognormal", zero = 1.0, median = 1.0, sd = 1.0 }', "zero"),
        ('{ kind = "cauchy", scale = 1.0 }', "cauchy"),
        ('{ kind = "normal", mean = 0.0 }', "exactly mean, sd"),
    ],
)
def test_a_bad_prior_is_refused_with_its_place(prior: str, named: str) -> None:
    with pytest.raises(ModelError, match=named) as caught:
        parse_coefficients(LINE.format(prior=prior), "mine.toml")
    assert "mine.toml: coefficient 'a'" in str(caught.value)


def test_every_shipped_line_has_unit_source_origin_and_a_known_block() -> None:
    shipped = load_coefficients()
    assert len(shipped.items) > 50
    for item in shipped.items:
        assert item.unit and item.source and item.block
        item.prior.check(item.name)
    tags = {item.tag for item in shipped.items if item.block == "challenger payoffs"}
    assert {"denial", "punishment"} <= tags


def test_prior_sets_replace_known_names_and_share_everything() -> None:
    text = LINE.format(prior='{ kind = "normal", mean = 0.0, sd = 1.0 }')
    wrong = (
        text
        + '[[prior_set]]\nname = "x"\nshare = 1.0\npriors = { z = { kind = "fixed", value = 1.0 } }'
    )
    with pytest.raises(DescriptionError, match="replaces z"):
        parse_coefficients(wrong, "mine.toml")
    short = text + '[[prior_set]]\nname = "x"\nshare = 0.5'
    with pytest.raises(DescriptionError, match="sum to one"):
        parse_coefficients(short, "mine.toml")
    with pytest.raises(DescriptionError, match="prior set 'y'"):
        load_coefficients().only("y")


def test_a_file_twice_the_same_name_or_missing_is_refused() -> None:
    text = LINE.format(prior='{ kind = "fixed", value = 1.0 }')
    with pytest.raises(DescriptionError, match="each coefficient once"):
        parse_coefficients(text + text, "mine.toml")
    with pytest.raises(DescriptionError, match="path to a TOML file"):
        load_coefficients("no-such-file")
