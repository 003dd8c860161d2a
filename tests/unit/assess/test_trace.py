"""From any handle back to words that stand in a document."""

from __future__ import annotations

import pytest

from standoff.assess import Why, why
from standoff.errors import InputError, UnknownHandle
from standoff.ledger import Ledger


def leaves(node: Why) -> list[Why]:
    return [node] if not node.rests_on else [x for c in node.rests_on for x in leaves(c)]


@pytest.fixture
def ledger(dossier, answer):
    with Ledger.open(dossier) as opened:
        yield opened


def test_the_answer_walks_down_to_quotes_that_stand_in_their_documents(ledger, answer) -> None:
    found = [x for x in leaves(why(ledger, f"{answer.run}#war")) if x.handle.startswith("S-")]
    assert len(found) >= 5
    for leaf in found:
        signal = ledger.signal(leaf.handle)
        text = ledger.document(signal.document).text
        span = signal.signal.span
        assert text[span.start : span.end] == span.quote
        noted = signal.signal.coder == "chronology"
        assert leaf.line == (f"note: {span.quote}" if noted else f"«{span.quote}»")


def test_every_part_of_a_run_is_explained(ledger, answer) -> None:
    top = why(ledger, answer.run)
    names = dict(top.details)["numbers"].split(", ")
    assert "war" in names and "effect.events" in names
    for name in names[::7]:
        assert why(ledger, f"{answer.run}#{name}").details[0][0] == "how"


@pytest.mark.parametrize("kind", ["S", "E", "D", "L"])
def test_each_kind_of_handle_answers(ledger, answer, kind) -> None:
    handle = {
        "S": ledger.signals()[0].handle,
        "E": ledger.signals()[-1].event,
        "D": "D-002",
        "L": "L-JPN>TWN@2021-08-13",
    }[kind]
    node = why(ledger, handle)
    assert node.handle == handle and node.line
    assert node.record()["handle"] == handle


def test_short_forms_of_a_handle_are_understood(ledger) -> None:
    assert why(ledger, "s-1").handle == "S-001"


@pytest.mark.parametrize(
    "handle", ["S-99999", "C-99999", "E-99999", "D-999", "R-ffff", "R-zz", "JPN"]
)
def test_unknown_handles_are_refused_by_name(ledger, handle) -> None:
    with pytest.raises(UnknownHandle, match=handle):
        why(ledger, handle)


def test_an_unknown_number_of_a_run_lists_the_known_ones(ledger, answer) -> None:
    with pytest.raises(UnknownHandle, match=r"stage\.3"):
        why(ledger, f"{answer.run}#peace")


def test_an_impossible_day_is_named(ledger) -> None:
    with pytest.raises(InputError, match="2021-13"):
        why(ledger, "L-JPN>TWN@2021-13-01")


def nodes(node: Why) -> list[Why]:
    return [node, *(x for c in node.rests_on for x in nodes(c))]


def test_a_factor_lists_its_coefficient_first_with_origin_and_source(ledger, answer) -> None:
    """What trade contributes is, by construction, mostly the cost of lost trade."""
    node = why(ledger, f"{answer.run}#factor.trade")
    first = node.rests_on[0]
    assert first.handle == "challenger_trade_loss"
    assert "coefficient:" in first.line and "elicited" in first.line and "(" in first.line
    details = dict(first.details)
    assert details["source"] and float(details["share"].split("%")[0]) > 40


def test_who_fights_rests_on_its_stance_and_that_on_words(ledger, answer) -> None:
    node = why(ledger, f"{answer.run}#fight.USA")
    stance = next(c for c in node.rests_on if c.handle == "L-USA>TWN@2021-08-13")
    assert dict(stance.details)["share"].endswith("of the spread of the number above")
    assert stance.rests_on and stance.rests_on[0].handle.startswith("S-")
    # A signal of another pair is not among what it rests on.
    below = {x.handle for x in nodes(node) if x.handle.startswith("S-")}
    assert below <= {h for x in answer.levels if x.actor == "USA" for h in x.signals}


def test_shares_are_the_squared_correlation_with_the_draws() -> None:
    import numpy as np

    from standoff.assess.resting import Input, shares
    from standoff.terms import Estimate

    rng = np.random.default_rng(3)
    a, b, noise = rng.standard_normal((3, 4000))
    one = Estimate(0.0, 0.0, 0.0)
    inputs = {n: (Input(n, "coefficient", one, "", "", ""), x) for n, x in (("a", a), ("b", b))}
    found = shares({"sum": 3.0 * a + 4.0 * b, "few": a[::4], "noise": noise}, inputs)
    assert found["sum"]["a"] == pytest.approx(9 / 25, abs=0.03)
    assert found["sum"]["b"] == pytest.approx(16 / 25, abs=0.03)
    assert found["few"]["a"] == pytest.approx(1.0) and found["noise"] == {}


def test_the_lines_of_the_answer_are_ranked_by_how_far_they_go(ledger, answer) -> None:
    node = why(ledger, f"{answer.run}#war")
    lines = [c for c in node.rests_on if "#" in c.handle]
    share = [int(dict(c.details)["weight"].split("%")[0]) for c in lines]
    assert len(lines) >= 3 and share == sorted(share, reverse=True)
    for line in lines:
        above = dict(why(ledger, line.handle).details)["used by"]
        assert f"{answer.run}#war" in above


def test_every_number_leads_to_words_a_count_or_a_declared_coefficient(ledger, answer) -> None:
    names = dict(why(ledger, answer.run).details)["numbers"].split(", ")
    orphans = []
    for name in names:
        node = why(ledger, f"{answer.run}#{name}")
        how = dict(node.details)["how"]
        if not node.rests_on and not any(c.isdigit() for c in how):
            orphans.append((name, how))
    assert orphans == []


def test_a_coefficient_names_the_numbers_that_rest_on_it(ledger, answer) -> None:
    node = why(ledger, "challenger_trade_loss")
    users = [v for k, v in node.details if k == "used by"]
    assert any(f"{answer.run}#factor.trade" in v for v in users)


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_depth_bounds_the_steps_down(ledger, answer, depth) -> None:
    def deepest(node: Why) -> int:
        return 1 + max(map(deepest, node.rests_on)) if node.rests_on else 0

    assert deepest(why(ledger, "#war", depth=depth)) == depth
