"""Causal links: the grammar, the arithmetic, and dispositions that follow from planted signs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pytest

import standoff.assess.chains as chains_module
from standoff.assess import judge_chains
from standoff.assess.bench import open_bench
from standoff.assess.effect import changed, effect_of, measured, without
from standoff.errors import DescriptionError
from standoff.game import solve_batch
from standoff.ledger import Ledger
from standoff.systems import load_chains, load_system, parse_chains
from standoff.systems.chains import COLUMNS

AT = date(2021, 8, 13)
SLUG = "west-pacific-2021"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory):
    path = tmp_path_factory.mktemp("chains") / "empty.standoff"
    with Ledger.create(path, system=SLUG) as made:
        yield made


@pytest.fixture(scope="module")
def bench(ledger):
    return open_bench(ledger, load_system(SLUG), as_of=AT, draws=200, seed=1)


@pytest.fixture(scope="module")
def judged(ledger):
    return judge_chains(ledger, load_system(SLUG), as_of=AT, draws=200)


def test_the_graph_of_the_reference_text_is_there_whole():
    links = load_chains(SLUG)
    assert len(links) == 28
    assert len({v.chain for v in links}) == 17  # CH02 and CH10 clash, CH07 and CH15 have no link
    assert [v.sign for v in links].count(-1) == 7
    assert {v.order for v in links} == {1, 2, 3}


def test_every_link_has_a_disposition_and_every_number_a_handle(ledger, judged):
    assert sum(judged.counts().values()) == 28
    parts = ledger.run(judged.run).payload["parts"]
    for v in judged.links:
        assert (v.effect is None) == (v.key not in parts)
        assert v.link.note or v.effect is not None


def test_a_turned_sign_turns_the_disposition(ledger, judged, monkeypatch):
    turned = tuple(replace(v, sign=-v.sign) for v in load_chains(SLUG))
    monkeypatch.setattr(chains_module, "chains_of", lambda _: turned)
    other = judge_chains(ledger, load_system(SLUG), as_of=AT, draws=200)
    for before, after in zip(judged.links, other.links, strict=True):
        if before.disposition in ("reproduced", "dependent", "assumed"):
            assert after.disposition == "contradicted"
        elif before.disposition == "not expressible":
            assert after.disposition == "not expressible"


def test_opposing_levers_of_the_text_are_told_apart(judged):
    """Acting with the patron against being bolder without it: the text asserts both."""
    by_effect = {v.link.effect: v for v in judged.links}
    assert by_effect["japan_assertiveness"].effect.median < 0
    assert by_effect["japan_domestic_rd"].effect.median > 0


def test_what_rests_on_one_term_is_assumed_and_falls_with_it(bench):
    law = next(v for v in load_chains(SLUG) if v.cause == "law_2015")
    assert (effect_of(bench.game, bench.few, law) > 0).all()
    left = effect_of(bench.game, without(bench.few, law.rests_on), law)
    assert np.abs(left).max() < 1e-9


def test_an_assumed_link_is_one_that_a_single_term_carries(bench, judged):
    """The slow way: every name of the term at zero by hand, the effect computed again."""
    by_effect = {v.link.effect: v for v in judged.links}
    law = by_effect["japan_feasible_role"]
    assert (law.disposition, law.leans_on[0].term) == ("assumed", "legal_bar")
    stake = by_effect["japan_role"]  # what Japan would lose counts by what it can prevent
    assert stake.disposition == "assumed"
    assert {"stake", "decisiveness"} <= {r.term for r in stake.leans_on if r.nothing}
    for v in judged.links:
        for r in v.leans_on:
            names = [n for n in bench.few.values if n.partition(":")[0] == r.term]
            if names and r.term != "strength_distance":
                left = effect_of(bench.game, without(bench.few, names), v.link)
                assert (np.abs(left).max() < 1e-9) == r.nothing, (v.link.effect, r.term)


def test_what_is_called_reproduced_survives_the_loss_of_every_single_term(bench, judged):
    kept = [v for v in judged.links if v.disposition == "reproduced"]
    assert kept
    for v in kept:
        for name in bench.coefficients.items:
            owned = [n for n in bench.few.values if n.partition(":")[0] == name.alias]
            if name.origin.value == "elicited" and owned and name.alias != "strength_distance":
                left = effect_of(bench.game, without(bench.few, owned), v.link)
                share = np.mean(np.sign(left) == v.link.sign)
                assert share >= 0.9, (v.link.effect, name.alias, share)


def test_effects_are_differences_and_second_differences(bench):
    link = next(v for v in load_chains(SLUG) if v.given)
    alone = replace(link, given=())
    here = effect_of(bench.game, bench.few, alone)
    there = effect_of(bench.game, changed(bench.few, link.given), alone)
    assert effect_of(bench.game, bench.few, link) == pytest.approx(there - here, abs=1e-12)


def test_outcomes_are_read_as_they_are_written(bench):
    solved = solve_batch(bench.game, bench.few)
    war = solved.probabilities["war"]
    assert measured(solved, "logit war") == pytest.approx(np.log(war / (1 - war)))
    assert measured(solved, "- war") == pytest.approx(-war)
    gap = solved.utilities["JPN|hold"] - solved.utilities["JPN|attack"]
    assert measured(solved, "JPN|hold - JPN|attack") == pytest.approx(gap)


@pytest.mark.parametrize("change", ["words:JPN", "words:JPN+", "words:ZZZ+1", "words:JPN+1+1", ""])
def test_a_change_that_names_nothing_is_refused(bench, change):
    with pytest.raises(DescriptionError, match="change"):
        changed(bench.few, [change])


def test_an_outcome_that_is_not_computed_is_refused(bench):
    with pytest.raises(DescriptionError, match="outcome 'peace'"):
        measured(solve_batch(bench.game, bench.few), "peace")


@pytest.mark.parametrize(
    ("column", "value"),
    [("sign", "?"), ("order", "4"), ("assertion", "sure"), ("test", "oracle"), ("outcome", "")],
)
def test_a_bad_line_is_refused_with_its_number(column, value):
    row = dict.fromkeys(COLUMNS, "") | {
        "from": "a", "to": "b", "sign": "+", "order": "1", "assertion": "asserted",
        "test": "game", "outcome": "war",
    }  # fmt: skip
    row[column] = value
    text = ",".join(COLUMNS) + "\n" + ",".join(row[c] for c in COLUMNS) + "\n"
    with pytest.raises(DescriptionError, match=r"mine\.csv line 2"):
        parse_chains(text, "mine.csv")


def test_a_system_without_links_says_what_to_write(tmp_path, ledger):
    with (
        Ledger.create(tmp_path / "other.standoff", system="elsewhere.toml") as other,
        pytest.raises(DescriptionError, match=r"NAME\.chains\.csv"),
    ):
        judge_chains(other, load_system(SLUG), as_of=AT, draws=200)
