"""Years in a row: frozen rules give the closed form, lags are lags, a seat changes no luck."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from typer.testing import CliRunner

from standoff.cli.app import app
from standoff.errors import GameError
from standoff.game import (
    build_game,
    economies,
    load_coefficients,
    play_seat,
    play_years,
    repayment,
    solve_batch,
)
from standoff.game.years import (
    NEVER,
    Happened,
    deploy,
    draw_rules,
    first_state,
    lift_chance,
    next_year,
    values_of,
)
from standoff.systems import load_system

N = 60
SLUG = "west-pacific-2021"


def rules_file(tmp_path, **fixed):
    """The shipped dynamics with some constants fixed."""
    lines = [
        f'[[coefficient]]\nname = "{c.name}"\nblock = "{c.block}"\nunit = "u"\norigin = "elicited"\n'
        f'source = "test"\nprior = {{ kind = "fixed", value = {float(fixed[c.name])} }}'
        for c in load_coefficients("dynamics-1").items
    ]
    path = tmp_path / "rules.toml"
    path.write_text('name = "test"\n' + "\n".join(lines))
    return load_coefficients(str(path))


STILL = {
    "words_half_life": 1e300,
    "deeds_half_life": 1e300,
    "stance_anchor": 0,
    "crisis_hostility": 0,
    "fear_half_life": 2,
    "fear_risk": 0,
    "doubt_step": 0,
    "budget_fear": 0,
    "budget_parity": 0,
    "budget_noise": 0,
    "budget_lag": 2,
    "stock_wear": 0,
    "ceiling_lift": -700,
    "ceiling_fear": 0,
    "ceiling_release": 0,
    "deployment_lag": 2,
    "deployment_life": 3,
    "deeds_fear": 0,
    "arming_lag": 3,
    "discount": 0,
}


@pytest.fixture(scope="module")
def west():
    return load_system(SLUG)


@pytest.fixture(scope="module")
def built(west):
    return build_game(west, {}, load_coefficients(), draws=N, rng=np.random.default_rng(2))


def test_the_first_year_is_the_one_year_game(built, west) -> None:
    game, draws = built
    found = play_years(game, draws, west, years=1, paths=3)
    p = solve_batch(game, draws).probabilities
    np.testing.assert_allclose(found.curves["war"].by_draw[0], p["war"], rtol=1e-12)
    np.testing.assert_allclose(found.curves["challenge"].by_draw[0], p["challenge"], rtol=1e-12)


def test_frozen_rules_give_one_minus_the_power(west, tmp_path) -> None:
    """Nothing is carried: h years are 1 - (1 - p)^h, and a first crisis follows hold^(h-1)."""
    alone = replace(west, proliferators=())
    game, draws = build_game(alone, {}, load_coefficients(), draws=N, rng=np.random.default_rng(2))
    found = play_years(
        game, draws, alone, years=6, paths=200, dynamics=rules_file(tmp_path, **STILL)
    )
    p = solve_batch(game, draws).probabilities
    for h in range(6):
        np.testing.assert_allclose(
            found.curves["war"].by_draw[h], 1 - (1 - p["war"]) ** (h + 1), rtol=1e-9
        )
        exact = sum(p["hold"] ** s * p["challenge"] for s in range(h + 1))
        error = found.curves["challenge"].by_draw[h] - exact
        # 200 paths a draw, 60 draws: the mean error is within four of its standard errors.
        assert abs(error.mean()) < 4 * max(error.std() / np.sqrt(N), 1e-9)


def test_a_weapon_comes_a_lag_after_its_programme(built, west, tmp_path) -> None:
    game, draws = built
    found = play_years(game, draws, west, years=8, dynamics=rules_file(tmp_path, **STILL))
    for m in ("JPN", "KOR"):
        began = found.curves[f"programme:{m}"].by_draw
        has = found.curves[f"weapon:{m}"].by_draw
        np.testing.assert_allclose(has[:3], 0.0)
        np.testing.assert_allclose(has[3:], began[:-3], rtol=1e-12)
        assert np.all(np.diff(began, axis=0) >= 0) and began.max() <= 1


def test_a_deployment_comes_after_its_lag_and_leaves_after_its_life(built, west, tmp_path) -> None:
    game, draws = built
    rules = rules_file(tmp_path, **STILL)
    runs = [
        play_years(game, draws, west, years=8, dynamics=rules, orders=orders)
        for orders in (None, {"JPN": 1.5})
    ]
    gap = runs[1].tracks["deeds:JPN"].by_draw - runs[0].tracks["deeds:JPN"].by_draw
    expected = np.array([0, 0, 1.5, 1.5, 1.5, 0, 0, 0])
    np.testing.assert_allclose(gap, np.broadcast_to(expected[:, None], gap.shape), atol=1e-12)


def year(game, draws, state, rules, seed=0, **changes):
    n = draws.n
    no = np.zeros(n, dtype=bool)
    happened = Happened(
        **{"crisis": no, "conceded": no, "backed": no, "risk": np.zeros(n), **changes}
    )
    return next_year(game, draws, rules, state, happened, np.random.default_rng(seed))


def started(built, west, tmp_path, **changes):
    game, draws = built
    budgets, _ = economies(west)
    rules = draw_rules(
        rules_file(tmp_path, **{**STILL, **changes}), budgets, N, np.random.default_rng(0)
    )
    return game, draws, rules, first_state(game, draws, rules)


def test_fear_rises_near_a_crisis_and_half_of_it_is_gone_in_a_half_life(
    built, west, tmp_path
) -> None:
    game, draws, rules, state = started(built, west, tmp_path)
    state = year(game, draws, state, rules, crisis=np.ones(N, dtype=bool))
    assert state.fear["TWN"][0] == pytest.approx(0.2)
    assert state.fear["JPN"][0] == pytest.approx(0.2) and state.fear["USA"][0] < 0.1
    for _ in range(2):
        state = year(game, draws, state, rules)
    assert state.fear["TWN"][0] == pytest.approx(0.1)


def test_fear_arms_spends_and_deploys(built, west, tmp_path) -> None:
    game, draws, rules, calm = started(
        built, west, tmp_path, budget_fear=0.1, deeds_fear=0.5, ceiling_lift=-2, ceiling_fear=2
    )
    afraid = replace(calm, fear={k: v + 1.0 for k, v in calm.fear.items()})
    before, after = (values_of(game, draws, rules, s) for s in (calm, afraid))
    p, q = (solve_batch(game, d).probabilities["arm:JPN|hold"] for d in (before, after))
    assert np.all(q > p)
    assert np.all(lift_chance(rules, afraid, "JPN") > lift_chance(rules, calm, "JPN"))
    spent = [year(game, draws, s, rules).budgets["USA"][-1] for s in (calm, afraid)]
    assert np.all(spent[1] > spent[0])
    ordered = year(game, draws, calm, rules, conceded=np.ones(N, dtype=bool))
    assert ordered.orders["JPN"] and not calm.orders["JPN"]


def test_a_crisis_moves_the_doubt_about_the_patron_within_bounds(built, west, tmp_path) -> None:
    game, draws, rules, state = started(built, west, tmp_path, doubt_step=0.5)
    yes = np.ones(N, dtype=bool)
    left = stood = state
    for _ in range(12):
        left = year(game, draws, left, rules, crisis=yes)
        stood = year(game, draws, stood, rules, crisis=yes, backed=yes)
    assert np.all(left.doubt > 0.99) and np.all(left.doubt <= 1)
    assert np.all(stood.doubt < 0.01) and np.all(stood.doubt >= 0)
    assert np.array_equal(year(game, draws, state, rules).doubt, state.doubt)


def test_money_reaches_the_forces_after_its_lag(built, west, tmp_path) -> None:
    game, draws, rules, plain = started(built, west, tmp_path, stock_wear=0.1, budget_lag=3)
    rich = plain
    gaps = []
    for i in range(5):
        no = np.zeros(N, dtype=bool)
        happened = Happened(no, no, no, np.zeros(N))
        luck = [np.random.default_rng(i) for _ in range(2)]
        plain = next_year(game, draws, rules, plain, happened, luck[0])
        extra = {"USA": 0.2} if i == 0 else None
        rich = next_year(game, draws, rules, rich, happened, luck[1], extra_growth=extra)
        gaps.append(float(np.mean(rich.forces["USA"] - plain.forces["USA"])))
    assert gaps[:3] == [0.0, 0.0, 0.0] and 0 < gaps[3] < gaps[4]
    # A budget is early evidence of forces: it is seen three years before them.
    assert np.all(rich.budgets["USA"][1] > plain.budgets["USA"][1])


def test_an_arms_race_answers_growth_above_the_trend(built, west, tmp_path) -> None:
    game, draws, rules, state = started(built, west, tmp_path, budget_parity=0.3)
    still = year(game, draws, state, rules)
    assert np.allclose(still.growth["USA"], rules.economies["USA"].growth)
    racing = replace(state, growth={**state.growth, "CHN": state.growth["CHN"] + 0.1})
    answered = year(game, draws, racing, rules)
    for k in ("USA", "TWN"):
        assert np.allclose(answered.growth[k] - still.growth[k], 0.03)
    # And the challenger answers in turn, so that a race runs through both.
    assert np.all(year(game, draws, answered, rules).growth["CHN"] > still.growth["CHN"])
    # The ceiling holds Japan, whatever the rival does, until it is lifted.
    assert np.allclose(answered.share["JPN"], state.share["JPN"])
    lifted = replace(racing, lifted={"JPN": np.zeros(N)})
    assert np.all(year(game, draws, lifted, rules).share["JPN"] > state.share["JPN"])


def test_the_ceiling_and_the_room_below_it(west, tmp_path) -> None:
    found, notes = economies(west)
    assert found["JPN"].ceiling == 1.0 and found["USA"].ceiling is None
    assert "above its ceiling" in notes[0]
    game, draws = build_game(west, {}, load_coefficients(), draws=20, rng=np.random.default_rng(0))
    campaign = play_years(
        game, draws, west, years=5, dynamics=rules_file(tmp_path, **{**STILL, "budget_fear": 0.5})
    )
    room = campaign.tracks["room:JPN"].by_draw
    np.testing.assert_allclose(room[0], 1.0 - 1.06)
    assert np.all(room >= 1.0 - 1.06 - 1e-9), "held where it was"
    assert campaign.curves["lifted:JPN"].by_draw.max() < 1e-12


def test_an_armed_neighbour_is_a_neighbour_and_a_weapon_counts_from_its_lag(
    built, west, tmp_path
) -> None:
    game, draws, rules, state = started(built, west, tmp_path)
    begun = replace(state, programme={**state.programme, "JPN": np.zeros(N)})
    now = values_of(game, draws, rules, begun)
    p = solve_batch(game, now).probabilities
    assert np.all(p["arm:JPN|attack"] < 1e-300)
    assert np.all(p["arm:KOR|hold"] > solve_batch(game, draws).probabilities["arm:KOR|hold"])
    assert np.array_equal(
        now.values["encirclement_base"], draws.values["encirclement_base"] + np.zeros(N)
    )
    late = values_of(game, draws, rules, replace(begun, year=3))
    assert np.allclose(late.values["encirclement_base"], 0.25 + 0.30)
    assert np.all(late.values["nuclear:JPN"] == 1.0)


def test_same_seed_same_bytes_and_another_seed_another_path(built, west) -> None:
    game, draws = built
    a, b, c = (play_years(game, draws, west, years=3, seed=s) for s in (1, 1, 2))
    assert a.curves["challenge"].by_draw.tobytes() == b.curves["challenge"].by_draw.tobytes()
    assert a.curves["challenge"].by_draw.tobytes() != c.curves["challenge"].by_draw.tobytes()
    assert "crisis_hostility" in a.elicited and "words_half_life" not in a.elicited


def test_a_deployment_gains_nothing_before_it_is_there(built, west, tmp_path) -> None:
    game, draws = built
    found = repayment(
        game, draws, west, "JPN", years=6, dynamics=rules_file(tmp_path, **STILL), amount=1.0
    )
    assert np.all(found.gain["JPN"][:2] == 0) and found.share_repaid[1] == 0
    assert np.median(found.gain["JPN"][4]) > 0
    # It left after three years: later sums stay but for the wars it made rarer before.
    assert found.repaid[1].median == 0 < found.repaid[5].median < 1
    assert np.median(found.war[4]) < 0
    np.testing.assert_allclose(found.cost, draws.values["demonstration_cost"])


def sit(built, west, answers, seat="JPN", years=3, seed=4):
    return play_seat(
        *built, west, seat, lambda ask: answers.get((ask.year, ask.place)), years=years, seed=seed
    )


def test_a_move_changes_what_follows_and_not_the_luck(built, west) -> None:
    plain, moved = (sit(built, west, a) for a in ({}, {(1, "this year"): "deploy"}))
    assert plain.years[0].chances == moved.years[0].chances
    for a, b in zip(plain.years, moved.years, strict=False):
        mine = [m for m in a.moves if m.place == "first move"]
        theirs = [m for m in b.moves if m.place == "first move"]
        assert [m.act for m in mine] == [m.act for m in theirs]
    # A unit on a site in use may be there within the year, as three of seven cases were.
    assert 0.5 < moved.years[1].state["deeds on their way"] < 1.0


def test_a_war_ends_the_game_and_every_side_moves_in_it(built, west) -> None:
    attack = {(1, "first move"): "attack"}
    found = sit(built, west, attack, seat="CHN")
    assert found.ended == "war" and len(found.years) == 1
    assert found.years[0].moves[0].by == "you"
    places = {(m.actor, m.place) for m in found.years[0].moves}
    assert {("TWN", "attacked"), ("USA", "war"), ("JPN", "war")} <= places
    told = [m for m in found.years[0].moves if m.by == "model"]
    assert all(0 < m.probability <= 1 for m in told)


def test_seats_and_answers_that_are_none_are_refused(built, west) -> None:
    with pytest.raises(GameError, match="FRA for 3 years"):
        sit(built, west, {}, seat="FRA")
    with pytest.raises(GameError, match="move 'fly' of JPN in year 1"):
        sit(built, west, {(1, "this year"): "fly"})
    for years in (0, 51):
        with pytest.raises(GameError, match=f"{years} years"):
            play_years(*built, west, years=years)
    with pytest.raises(GameError, match=r"a deployment of 1\.0 by FRA"):
        repayment(*built, west, "FRA", years=2)


def run(*arguments, text=None):
    return CliRunner().invoke(app, [str(a) for a in arguments], input=text)


COMMON = ("play", "--system", SLUG, "--draws", 60, "--seed", 4)


def test_play_prints_curves_state_and_what_is_elicited() -> None:
    table = run(*COMMON, "--years", 4)
    assert table.exit_code == 0 and "elicited, not estimated: " in table.stdout
    assert "has happened by the end of year" in table.stdout
    once, again = (run(*COMMON, "--years", 4, "--format", "json") for _ in range(2))
    assert once.stdout == again.stdout
    found = json.loads(once.stdout)
    war = found["happened_by_end_of_year"]["war"]["by_year"]
    assert len(war) == 4 and war[0]["low"] < war[0]["median"] < war[3]["median"]
    assert "arming_lag" in found["elicited"]


def test_piped_moves_are_taken_line_by_line_and_orders_from_anywhere() -> None:
    text = "# first the forces\ndeploy\n\nwords # aloud\ncrisis=support\n"
    found = json.loads(
        run(*COMMON, "--years", 4, "--as", "JPN", "--format", "json", text=text).stdout
    )
    own = [m for y in found["years"] for m in y["moves"] if m["place"] == "this year"]
    assert [m["move"] for m in own] == ["deploy", "wait", "words", "wait"]
    assert [m["by"] for m in own] == ["you", "model", "you", "model"]
    assert found["model_moves_from_year"] == 4
    assert all(
        m["move"] == "support"
        for y in found["years"]
        for m in y["moves"]
        if m["actor"] == "JPN" and m["place"] == "crisis"
    )
    left = run(*COMMON, "--years", 2, "--as", "TWN", text="").stdout
    assert "The input ended in year 1" in left and "by you" not in left


@pytest.mark.parametrize(
    ("arguments", "text", "named"),
    [
        (("--as", "JPN"), "deploy\nfly\n", "line 2: 'fly' in year 2, this year"),
        (("--as", "XXX"), "", "XXX for 10 years"),
        (("--years", "0"), None, "0 years"),
        (("--deploy", "XXX=1"), None, "by XXX"),
        (("--deploy", "JPN=-1"), None, "a deployment of -1"),
        (("--deploy", "JPN"), None, "--deploy 'JPN'"),
        (("--as", "JPN", "--deploy", "JPN=1"), "", "--as with --deploy"),
    ],
)
def test_bad_games_of_years_are_refused_with_the_place(arguments, text, named) -> None:
    found = run(*COMMON, *arguments, text=text)
    assert found.exit_code == 2 and named in found.output + str(found.exception)


def test_a_deployment_on_the_command_line() -> None:
    found = run(*COMMON, "--years", 8, "--deploy", "JPN=1", "--format", "json")
    record = json.loads(found.stdout)
    assert record["share_of_cost_repaid"][0]["median"] == 0
    assert len(record["share_of_draws_repaid"]) == 8
    assert "repaid of its cost" in run(*COMMON, "--years", 8, "--deploy", "JPN=1").stdout


def test_an_order_waits_for_its_day(built, west, tmp_path) -> None:
    _, _, rules, state = started(built, west, tmp_path)
    ordered = deploy(state, rules, "USA", 0.7)
    assert not state.orders["USA"] and ordered.orders["USA"][0].due[0] == 2
    assert np.all(ordered.programme["JPN"] == NEVER)


def test_the_lag_of_a_deployment_is_that_of_the_cases_in_the_table() -> None:
    """The prior is counted: seven units from first budget line, plan or agreement to arrival."""
    from datetime import date

    from standoff.reference import lead_time

    known = lead_time(date(2026, 11, 30))
    prior = load_coefficients("dynamics-1")["deployment_lag"]
    assert prior.origin.value == "historical"
    assert prior.prior.numbers == pytest.approx((known.median, known.log_sd), abs=0.005)
