"""Degenerate cases of the extended-deterrence game, where the right answer is known beforehand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from standoff.errors import GameError, ModelError
from standoff.game import (
    Game,
    build_game,
    calibrate,
    load_coefficients,
    solve_batch,
    under_class,
    with_lever,
)
from standoff.game.calibration import class_game
from standoff.game.evaluate import evaluate
from standoff.game.extended import AVERAGE
from standoff.game.ops import NumpyOps
from standoff.systems import load_system

N = 200


@pytest.fixture(scope="module")
def west():
    return load_system("west-pacific-2021")


def stances(system, n=N, seed=3):
    rng = np.random.default_rng(seed)
    found = {k: rng.normal(0.4, 0.5, (n, 2)) for k in (*system.defenders, *system.supporters)}
    found["hostility"] = rng.normal(0.3, 0.3, n)
    return found


@pytest.fixture(scope="module")
def built(west):
    return build_game(
        west, stances(west), load_coefficients(), draws=N, rng=np.random.default_rng(4)
    )


def test_the_class_average_reproduces_every_target(built) -> None:
    game, draws = built
    alone, x = class_game(game, draws, "USA")
    x |= {**draws.constants, f"join:{AVERAGE}": draws.constants["join:USA"]}
    p = evaluate(NumpyOps(), alone, x)[0]
    for name, target in {
        "war": "attack",
        "challenge": "challenge",
        "resist|attack": "resist_attack",
        "resist|challenge": "resist_challenge",
        f"fight:{AVERAGE}": "join:USA",
    }.items():
        np.testing.assert_allclose(p[name], draws.targets[target], rtol=1e-9)


def test_protectors_of_the_system_move_the_answer(west) -> None:
    """Calibrated at the system's own values every one of these cancelled."""

    def strategic(system):
        game, draws = build_game(
            system, {}, load_coefficients(), draws=N, rng=np.random.default_rng(4)
        )
        solved = solve_batch(game, draws)
        return float(solved.strategic.mean()), solved.probabilities

    def with_value(name, actor, value):
        items = [
            replace(c, value=value) if (c.name, c.actor) == (name, actor) else c
            for c in west.covariates
        ]
        return replace(west, covariates=tuple(items))

    whole, p = strategic(west)
    assert strategic(replace(west, defenders=(), supporters=()))[0] > whole + 1.0
    weak = with_value("cinc", "USA", west.value("cinc", "USA") / 1000)
    assert strategic(weak)[0] > whole
    assert strategic(with_value("distance", "USA", 9000.0))[0] > whole
    bound = [
        replace(c, obligation="defence") if (c.owner, c.protege) == ("USA", "TWN") else c
        for c in west.commitments
    ]
    lower, q = strategic(replace(west, commitments=tuple(bound)))
    assert lower < whole and q["fight:USA"].mean() > 1.3 * p["fight:USA"].mean()


def test_the_class_of_a_crisis_is_that_of_the_sampled_rates(west) -> None:
    """P(war | challenge) of the class: that of its targets, raised by members without a protector."""
    game, draws = build_game(west, {}, load_coefficients(), draws=N, rng=np.random.default_rng(4))
    t = draws.targets
    most = 0.5 * t["challenge"] * t["resist_challenge"]
    led = np.minimum(t["crisis_share"] * t["attack"], most) / t["challenge"]
    alone, x = class_game(game, draws, "USA")
    x |= {**draws.constants, f"join:{AVERAGE}": draws.constants["join:USA"]}
    p = evaluate(NumpyOps(), alone, x)[0]
    np.testing.assert_allclose(p["escalate|challenge"], led, rtol=1e-9)
    # More than half of the class has no protector: there a challenge leads to war more often.
    assert (draws.crisis - np.log(led) + np.log1p(-led)).mean() > 0.1
    solved = solve_batch(game, draws)
    alone = solve_batch(*certain_to_abstain(game, draws))
    # At the node as from the first move on, protectors that stay away make war likelier.
    assert solved.strategic_in_crisis.mean() < alone.strategic_in_crisis.mean()
    assert solved.strategic.mean() < alone.strategic.mean()


def certain_to_abstain(game, draws):
    for k in game.movers:
        game, draws, _ = with_lever(game, draws, f"certain_abstain:{k}", 1.0)
    return game, draws


def test_no_distance_ends_the_calibration(west) -> None:
    for km in (0.0, 20_000.0, 1e6):
        items = [replace(c, value=km) if c.name == "distance" else c for c in west.covariates]
        game, draws = build_game(
            replace(west, covariates=tuple(items)),
            {},
            load_coefficients(),
            draws=40,
            rng=np.random.default_rng(4),
        )
        assert np.isfinite(solve_batch(game, draws).probabilities["war"]).all()


def test_probabilities_are_distributions(built) -> None:
    game, draws = built
    p = solve_batch(game, draws).probabilities
    np.testing.assert_allclose(p["hold"] + p["challenge"] + p["attack"], 1.0, rtol=1e-13)
    for name in ("hold", "conceded", "attack"):
        total = sum(p[f"new_nuclear:{c}|{name}"] for c in range(3))
        np.testing.assert_allclose(total, 1.0, rtol=1e-13)
    for name, column in p.items():
        if not name.startswith("encirclement"):
            assert column.min() >= 0.0 and column.max() <= 1.0, name
    assert np.all(p["fight:USA"] + p["support:USA"] < 1.0)


def test_without_cost_no_signal_has_any_effect(built) -> None:
    game, draws = built
    silent = draws.with_values(
        {
            "hand_tying": 0.0,
            "demonstration_cost": 0.0,
            "effectiveness": 0.0,
            "preparedness": 0.0,
            "provocation_deeds": 0.0,
            "provocation_words": 0.0,
        }
    )
    before = solve_batch(game, silent).probabilities
    loud = silent
    for k in game.movers:
        for c in ("words", "deeds"):
            _, loud, _ = with_lever(game, loud, f"{c}:{k}", 2.0)
    after = solve_batch(game, loud).probabilities
    for name in before:
        assert np.array_equal(before[name], after[name]), name


def test_true_resolve_alone_does_not_reach_the_direct_attack(built) -> None:
    game, draws = built
    before = solve_batch(game, draws).probabilities
    _, moved, _ = with_lever(game, draws, "true:USA", 1.0)
    after = solve_batch(game, moved).probabilities
    own = [f"fight:USA@{game.challenger}", f"fight:JPN@{game.challenger}"]
    for name in own:
        assert np.array_equal(before[name], after[name])
    # The challenge looks ahead to the challenger's own second move and to its own belief only.
    assert np.array_equal(before["attack"], after["attack"])
    assert np.all(after["fight:USA"] > before["fight:USA"])


def test_infinite_precision_is_the_subgame_perfect_path(built) -> None:
    game, draws = built
    p = solve_batch(game, draws, precision=float("inf")).probabilities
    near = solve_batch(game, draws, precision=1e7).probabilities
    for name in ("hold", "challenge", "attack", "resist|attack", "resist|challenge"):
        assert set(np.unique(p[name])) <= {0.0, 1.0}, name
        np.testing.assert_allclose(near[name], p[name], atol=1e-6)


def test_vanishing_precision_is_uniform(built) -> None:
    game, draws = built
    p = solve_batch(game, draws, precision=1e-12).probabilities
    np.testing.assert_allclose(p["hold"], 1 / 3, atol=1e-9)
    np.testing.assert_allclose(p["fight:USA"], 1 / 3, atol=1e-9)
    np.testing.assert_allclose(p["arm:JPN|hold"], 1 / 2, atol=1e-9)


def test_a_war_next_door_is_no_reason_at_the_war_nodes(built) -> None:
    game, draws = built
    before = solve_batch(game, draws).probabilities
    # It is lost whatever the defender does in war, so only its crisis choice may move.
    moved = draws.with_values({"war_nearby": np.asarray(draws.values["war_nearby"]) + 3.0})
    after = solve_batch(game, moved).probabilities
    for name in ("fight:USA", "fight:JPN", "support:JPN", "resist|attack"):
        np.testing.assert_allclose(before[name], after[name], rtol=0, atol=1e-15)
    assert not np.array_equal(before["support:JPN|crisis"], after["support:JPN|crisis"])


def test_relabelling_actors_relabels_the_answer(west) -> None:
    swap = {"USA": "GBR", "GBR": "USA", "JPN": "KOR", "KOR": "JPN"}

    def rename(code):
        return swap.get(code, code)

    other = replace(
        west,
        defenders=tuple(map(rename, west.defenders)),
        supporters=tuple(map(rename, west.supporters)),
        proliferators=tuple(map(rename, west.proliferators)),
        covariates=tuple(replace(c, actor=rename(c.actor)) for c in west.covariates),
        rules=tuple(replace(r, actor=rename(r.actor)) for r in west.rules),
    )
    given = stances(west)
    moved = {rename(k): v for k, v in given.items()}
    a = solve_batch(
        *build_game(west, given, load_coefficients(), draws=N, rng=np.random.default_rng(4))
    )
    b = solve_batch(
        *build_game(other, moved, load_coefficients(), draws=N, rng=np.random.default_rng(4))
    )
    np.testing.assert_array_equal(a.probabilities["war"], b.probabilities["war"])
    np.testing.assert_array_equal(a.probabilities["fight:JPN"], b.probabilities["fight:KOR"])


@pytest.mark.parametrize("k", [0, 1, 2])
@pytest.mark.parametrize("m", [0, 1])
def test_any_number_of_actors(west, k, m) -> None:
    system = replace(west, defenders=west.defenders[:k], supporters=(), proliferators=("JPN",)[:m])
    game, draws = build_game(
        system, {}, load_coefficients(), draws=20, rng=np.random.default_rng(1)
    )
    p = solve_batch(game, draws).probabilities
    assert p["war"].min() > 0 and p["war"].max() < 1
    assert ("arm:JPN|attack" in p) == bool(m)
    assert sum(name.startswith("fight:") for name in p) == (0, 2, 6)[k]


def test_three_classes_share_draws_and_differ_in_level(west, built) -> None:
    game, draws = built
    found = {}
    for item in west.reference_classes:
        g, d = under_class(game, west, draws, item)
        s = solve_batch(g, d)
        found[item.name] = s
        assert g.reference_class == item.name
    war = [np.median(s.probabilities["war"]) for s in found.values()]
    ratio = [np.median(s.ratio_to_base) for s in found.values()]
    # The higher the class's own rate, the likelier war.
    rates = [c.probability for c in west.reference_classes]
    assert np.argsort(war).tolist() == np.argsort(rates).tolist()
    # Levels come from the base rate, ratios from the model.
    assert max(ratio) - min(ratio) < 0.05
    same = found[west.default_class.name]
    np.testing.assert_allclose(
        same.probabilities["war"], solve_batch(game, draws).probabilities["war"]
    )


def test_both_prior_sets_are_kept(built) -> None:
    game, draws = built
    both = solve_batch(game, draws).by_set("war")
    assert list(both) == ["hands-tied", "deeds-first"]
    assert np.bincount(draws.set_index).tolist() == [N // 2, N // 2]


def test_same_seed_same_bytes(west, built) -> None:
    game, draws = built
    _, again = build_game(
        west, stances(west), load_coefficients(), draws=N, rng=np.random.default_rng(4)
    )
    assert (
        solve_batch(game, draws).probabilities["war"].tobytes()
        == solve_batch(game, again).probabilities["war"].tobytes()
    )


def test_stances_far_out_warn(west) -> None:
    far = {"USA": np.full((N, 2), 4.0)}
    game, _ = build_game(west, far, load_coefficients(), draws=N, rng=np.random.default_rng(1))
    assert len(game.warnings) == 2 and "words:USA" in game.warnings[0]


def test_fewer_stance_draws_stay_joint(west) -> None:
    few = {"USA": np.array([[0.0, 0.0], [1.0, 2.0]]), "JPN": np.array([[0.0, 0.0], [3.0, 4.0]])}
    _, draws = build_game(west, few, load_coefficients(), draws=50, rng=np.random.default_rng(1))
    words = draws.values["words:USA"]
    np.testing.assert_array_equal(draws.values["deeds:JPN"], 4 * words)
    np.testing.assert_array_equal(draws.values["words:JPN"], 3 * words)


@pytest.mark.parametrize(
    ("given", "error", "named"),
    [
        ({"FRA": np.zeros((N, 2))}, GameError, "FRA"),
        ({"USA": np.zeros(N)}, ModelError, "USA"),
        ({"USA": np.full((N, 2), np.nan)}, ModelError, "USA"),
        ({"USA": np.zeros((N, 2)), "JPN": np.zeros((3, 2))}, ModelError, "lengths"),
    ],
)
def test_bad_stances_are_refused(west, given, error, named) -> None:
    with pytest.raises(error, match=named):
        build_game(west, given, load_coefficients(), draws=N, rng=np.random.default_rng(1))


@pytest.mark.parametrize("precision", [0.0, -1.0, float("nan"), float("-inf")])
def test_precision_without_meaning_is_refused(built, precision) -> None:
    with pytest.raises(GameError, match="precision"):
        solve_batch(*built, precision=precision)


def test_masks_and_roles_are_checked() -> None:
    with pytest.raises(GameError, match="mask"):
        Game("s", "C", "T", ("D",), (), (), barred=frozenset({"E"}))
    with pytest.raises(GameError, match="twice"):
        Game("s", "C", "T", ("D", "D"), (), ())
    with pytest.raises(GameError, match="second role"):
        Game("s", "C", "T", ("C",), (), ())


def test_calibrating_again_gives_the_same_constants(built) -> None:
    game, draws = built
    again = calibrate(game, draws)
    for name, column in draws.constants.items():
        np.testing.assert_allclose(again.constants[name], column, rtol=0, atol=1e-12)
