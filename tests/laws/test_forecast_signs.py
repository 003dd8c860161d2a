"""Signs and monotonicity of the forecast: no piece of evidence moves the mean the wrong way."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from standoff.assess import forecast_events
from standoff.forecast import (
    Ingredients,
    Parties,
    chances,
    draft_system,
    events_of,
    load_evidence,
    volumes,
    weigh,
)

HOSTILE = ("THREATEN", "MOBILIZE", "COERCE", "ASSAULT", "SANCTION", "ACCUSE", "REJECT", "PROTEST")
CALM = ("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT")
OPEN = ("REQUEST", "NONE")
PAIRS = (
    ("CHN", "TWN", date(2021, 8, 13)),
    ("RUS", "UKR", date(2022, 1, 15)),
    ("IRQ", "KWT", date(1990, 7, 1)),
    ("ARG", "GBR", date(1982, 3, 1)),
)
N = 200


def record(challenger, protege, event, valence, channel, day, **more):
    return {
        "event": event,
        "channel": channel,
        "valence": valence,
        "sources": [challenger],
        "targets": [protege],
        "status": "done",
        "date": str(day),
        "grade": "A",
        **more,
    }


def ingredients(seed=0):
    rng = np.random.default_rng(seed)
    model = load_evidence()
    return Ingredients(
        np.exp(rng.normal(-1.5, 0.5, N)),
        rng.beta(4, 40, N),
        {"game": rng.normal(-1.0, 1.0, N)},
        {"game": rng.normal(-0.5, 2.0, N)},
        model.draws(N, rng),
        model,
    )


def mean(use, records, challenger, protege, at, months):
    events = events_of(records).events
    pieces, _ = weigh(events, Parties(challenger, protege), use.model, at=at)
    return float(chances(use, volumes(pieces, use.model, at))[0][months].mean())


def additions():
    """Four hundred: every event class, words and deeds, both signs, on thin and thick records."""
    rng = np.random.default_rng(11)
    kinds = [(e, v, 1) for e in (*HOSTILE, *OPEN) for v in ("threaten", "accuse", "prepare")]
    kinds += [(e, v, -1) for e in (*CALM, *OPEN) for v in ("conciliate", "reassure")]
    for i in range(400):
        event, valence, sign = kinds[i % len(kinds)]
        c, t, at = PAIRS[int(rng.integers(len(PAIRS)))]
        thick = [
            record(c, t, e, v, ch, at - timedelta(days=int(rng.integers(0, 200))))
            for e, v, ch in [
                ("MOBILIZE", "threaten", "deeds"),
                ("CONSULT", "conciliate", "words"),
                ("ACCUSE", "accuse", "words"),
                ("RETREAT", "conciliate", "deeds"),
            ]
            for _ in range(int(rng.integers(0, 6)) if i % 2 else 0)
        ]
        day = at - timedelta(days=int(rng.integers(0, 30)))
        channel = ("words", "deeds")[int(rng.integers(2))]
        yield c, t, at, thick, record(c, t, event, valence, channel, day, event_key="new"), sign


def test_no_addition_moves_the_mean_the_wrong_way() -> None:
    use = ingredients()
    wrong = 0
    moved = 0
    for c, t, at, thick, added, sign in additions():
        for months in (3, 6, 12):
            before = mean(use, thick, c, t, at, months)
            after = mean(use, [*thick, added], c, t, at, months)
            wrong += sign * (after - before) < 0
            moved += abs(after - before) > 1e-12
    assert wrong == 0
    assert moved > 1100  # of 1,200: the law is not kept by saying nothing


def test_another_hostile_deed_never_lowers_it_and_another_step_back_never_raises_it() -> None:
    use = ingredients(3)
    c, t, at = PAIRS[0]
    for event, valence, sign in (("MOBILIZE", "threaten", 1), ("RETREAT", "conciliate", -1)):
        row = [
            mean(
                use,
                [
                    record(c, t, event, valence, "deeds", at - timedelta(days=i), event_key=f"k{i}")
                    for i in range(n)
                ],
                c,
                t,
                at,
                12,
            )
            for n in range(0, 40, 3)
        ]
        assert all(sign * (b - a) >= 0 for a, b in itertools.pairwise(row))


@settings(max_examples=200, deadline=None)
@given(
    before=st.floats(-6, 6),
    at_node=st.floats(-30, 6),
    volume=st.floats(0.01, 1e6),
    months=st.sampled_from((3, 6, 12)),
)
def test_an_open_crisis_never_lowers_the_chance_of_an_attack(
    before, at_node, volume, months
) -> None:
    """Whatever the game says at its node, even that nobody would escalate, in every draw."""
    made = ingredients(7)
    kind = made.model.kinds[0].name
    use = replace(
        made,
        strategic={"game": np.full(N, before)},
        in_crisis={"game": np.full(N, at_node)},
        # Evidence that opens a crisis and says nothing of how it ends.
        parameters={**made.parameters, f"{kind}.severity": np.zeros(N)},
    )
    shut, low, _ = chances(use, {})
    opened, high, _ = chances(use, {kind: volume})
    assert (high > low).all()
    assert (opened[months] >= shut[months]).all()


def test_the_node_of_the_crisis_moves_an_open_crisis_and_nothing_else() -> None:
    use = ingredients(8)
    firm = replace(use, in_crisis={"game": use.in_crisis["game"] - 2.0})
    kind = use.model.kinds[0].name
    for volume, moves in (({}, False), ({kind: 3.0}, True)):
        a, b = chances(use, volume)[0][3], chances(firm, volume)[0][3]
        assert (b <= a).all() and bool(a.mean() > 1.2 * b.mean()) is moves


def test_thirty_mobilisations_are_heard_and_forgotten() -> None:
    """At least three times likelier; after twelve quiet months less than half as likely again."""
    c, t, at = PAIRS[0]
    system = draft_system(c, t, at, defenders=["USA"])
    build_up = [
        record(c, t, "MOBILIZE", "threaten", "deeds", at - timedelta(days=i)) for i in range(30)
    ]
    later = at + timedelta(days=365)

    def chance(records, day):
        events = events_of(records).events
        return forecast_events(system, events, as_of=day, draws=N).answer.at(12).mean

    assert chance(build_up, at) > 3 * chance([], at)
    assert chance(build_up, later) < 1.5 * chance([], later)


def test_an_ultimatum_is_gone_where_a_complaint_never_mattered() -> None:
    """An ultimatum that runs out tomorrow and a complaint of ten months ago do not enter alike."""
    use = ingredients(5)
    c, t, at = PAIRS[1]
    calm = mean(use, [], c, t, at, 3)
    near = record(
        c, t, "THREATEN", "threaten", "words", at, x_event="ULTIMATUM", status="conditional"
    )
    old = record(c, t, "ACCUSE", "accuse", "words", at - timedelta(days=300))
    assert mean(use, [near], c, t, at, 3) > 3 * calm
    assert calm < mean(use, [old], c, t, at, 3) < 1.02 * calm


def test_base_rates_differ_by_thirty_times_before_any_report() -> None:
    from standoff.forecast import pair_rate

    pairs = [
        ("CHN", "TWN", date(2021, 8, 13)),
        ("RUS", "UKR", date(2022, 1, 15)),
        ("RUS", "EST", date(2022, 1, 15)),
        ("PRK", "KOR", date(2017, 1, 1)),
        ("EGY", "ISR", date(1973, 9, 1)),
        ("IRQ", "KWT", date(1990, 7, 1)),
        ("ARG", "GBR", date(1982, 3, 1)),
    ]
    chances_ = [
        float(pair_rate(*p).attack(12, 2000, np.random.default_rng(1)).mean()) for p in pairs
    ]
    assert max(chances_) > 30 * min(chances_)


def test_seeds_agree_within_five_per_cent() -> None:
    c, t, at = PAIRS[1]
    system = draft_system(c, t, at, defenders=["USA"])
    records = [record(c, t, "MOBILIZE", "threaten", "deeds", at - timedelta(days=9))]
    events = events_of(records).events

    def chance(seed):
        return forecast_events(system, events, as_of=at, draws=2000, seed=seed).answer.at(12).mean

    several = np.array([chance(s) for s in range(4)])
    assert several.max() / several.min() < 1.05


def test_the_rarer_the_quarrel_the_more_an_act_says_and_none_says_less() -> None:
    """Rarity adds to evidence where a pair seldom quarrels, and takes nothing away anywhere."""
    use = ingredients(7)
    model = use.model
    plain = replace(model, rarity_full=1e9)
    at_start = mean_of(use, {}), mean_of(replace(use, model=plain), {})
    assert at_start[0] == at_start[1]
    added = []
    for rate in (0.001, 0.02, 0.3, 2.0):
        pair = replace(use, onset=np.full_like(use.onset, rate))
        with_it = mean_of(pair, {"ultimatum": 1.0})
        without = mean_of(replace(pair, model=plain), {"ultimatum": 1.0})
        assert with_it >= without
        added.append(with_it / without)
    assert added == sorted(added, reverse=True)
    assert added[0] > 2
    assert added[-1] == 1.0


def mean_of(use, volume):
    return float(chances(use, volume, None, (3,))[0][3].mean())
