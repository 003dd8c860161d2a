"""One question put to the game and the evidence, on common random numbers.

The game is built and calibrated once, at the average of its class. A stance changes only the signals
that actors read in it, a piece of evidence only its own kind: draws, parameters and constants stay,
so that a difference between two answers is an effect and not noise.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import numpy.typing as npt

from standoff.errors import InputError
from standoff.forecast import (
    Answer,
    EvidenceModel,
    Ingredients,
    PairBasis,
    Parties,
    PassedOver,
    Piece,
    Rates,
    chances,
    forecast,
    load_evidence,
    pair_basis,
    volumes,
    weigh,
    with_members,
)
from standoff.game import (
    FORECAST,
    Coefficients,
    Draws,
    Game,
    Solutions,
    build_game,
    load_coefficients,
    solve_batch,
    solve_each,
    with_lever,
)
from standoff.measure import Stance, measure_stance
from standoff.systems import System
from standoff.terms import Event, Relation

Array = npt.NDArray[np.float64]
FACTS = "strength, distance, treaties, trade and law"


@dataclass(frozen=True, slots=True)
class Workbench:
    """The calibrated game of a system and its evidence, ready to be asked under changes.

    `game` and `draws` hold the stance with all reports; `few` is every fourth draw, for the many
    small contrasts. `prior` is the stance of a record without any report. `use` holds what the
    forecast is made from, `pieces` the evidence of `events`, `basis` the pair's base rate.
    """

    system: System
    coefficients: Coefficients
    at: date
    seed: int
    stance: Stance
    prior: Stance
    game: Game
    draws: Draws
    columns: Mapping[str, Array]
    use: Ingredients
    pieces: tuple[Piece, ...]
    passed: tuple[PassedOver, ...]
    basis: PairBasis
    events: tuple[Event, ...]

    @property
    def step(self) -> int:
        """How many draws apart the few are."""
        return 4 if self.draws.n >= 400 else 1

    @property
    def few(self) -> Draws:
        """Every fourth draw, both prior sets kept in proportion."""
        return self.draws.take(np.arange(0, self.draws.n, self.step))

    def answer(self) -> Answer:
        """The forecast with its ledger of updates."""
        return forecast(self.use, self.pieces, at=self.at)

    def attack(
        self, solved: Solutions, without: Collection[str] = (), added: Sequence[Piece] = ()
    ) -> Array:
        """Chance of an attack within a year under a solved game, axis: draw.

        `solved` has all draws or the few; `without` names events left out of the evidence, `added`
        pieces put in.
        """
        pieces = [p for p in self.pieces if p.key not in without] + list(added)
        return self._chance(solved, volumes(pieces, self.use.model, self.at))

    def adding(self, events: Sequence[Event]) -> Workbench:
        """The bench had these events been known too: same draws, parameters and constants."""
        if not events:
            return self
        known = (*self.events, *with_members(events, self.system.actors))
        stance = measure_stance(known, at=self.at)
        columns = self.columns_under(stance)
        pieces, passed = weigh(
            known, parties_of(self.system, self.basis), self.use.model, at=self.at
        )
        draws = self.draws.with_values(columns)
        blank = _columns(self.prior, self.system, self.draws.n, self.seed)
        steps, in_crisis = _steps(self.game, draws, columns, blank, self.system)
        return replace(
            self,
            stance=stance,
            draws=draws,
            columns=columns,
            use=replace(self.use, strategic=steps, in_crisis=in_crisis),
            pieces=pieces,
            passed=passed,
            events=known,
        )

    def setting(self, changes: Mapping[str, float]) -> Workbench:
        """The bench with levers of the game applied; they are the last step of its model."""
        game, draws = self.game, self.draws
        for lever, amount in changes.items():
            game, draws, _ = with_lever(game, draws, lever, amount)
        use = self.use
        if changes:
            name = "lever " + ", ".join(f"{k} = {amount:g}" for k, amount in changes.items())
            now = solve_batch(game, draws, outputs=FORECAST)
            steps, crisis = dict(use.strategic), dict(use.in_crisis)
            steps[name] = now.strategic - sum(steps.values())
            crisis[name] = now.strategic_in_crisis - sum(crisis.values())
            use = replace(use, strategic=steps, in_crisis=crisis)
        return replace(self, game=game, draws=draws, use=use)

    def _chance(self, solved: Solutions, volume: Mapping[str, float]) -> Array:
        step = -(-self.draws.n // len(solved.base))
        use = replace(
            self.use,
            onset=self.use.onset[::step],
            severity=self.use.severity[::step],
            strategic={"game": solved.strategic},
            in_crisis={"game": solved.strategic_in_crisis},
            parameters={k: v[::step] for k, v in self.use.parameters.items()},
        )
        return chances(use, volume, None, (12,))[0][12]

    def under(self, stance: Stance) -> Solutions:
        """The chance of war on the few draws, with what `stance` says in place of the full one."""
        return self.under_each([stance])[0]

    def under_each(self, stances: Sequence[Stance]) -> list[Solutions]:
        """The same for each of several stances."""
        changes = [
            {k: v[:: self.step] for k, v in found.items() if v is not self.columns[k]}
            for found in map(self.columns_under, stances)
        ]
        return solve_each(self.game, self.few, changes)

    def columns_under(self, stance: Stance) -> dict[str, Array]:
        """What a stance would put into the game: draws by the names of `Draws.values`.

        A series that rests on the same signals keeps its draws.
        """
        found: dict[str, Array] = {}
        for item in _series(self.system):
            same = stance.observations(*item.key) == self.stance.observations(*item.key)
            found.update(
                {name: self.columns[name] for name in item.names}
                if same
                else _drawn(item, stance, self.draws.n, self.seed)
            )
        return found


MOST_DRAWS = 100_000
"""More narrow no interval that is printed, and cost memory."""


def open_workbench(
    system: System,
    stance: Stance,
    prior: Stance,
    *,
    at: date,
    draws: int,
    seed: int,
    events: Sequence[Event] = (),
    coefficients: Coefficients | None = None,
    evidence: EvidenceModel | None = None,
    rates: Rates | None = None,
) -> Workbench:
    """Build and calibrate the game of `system` under `stance`, and weigh the evidence in `events`.

    Without `coefficients`, `evidence` or `rates` the shipped ones are used. Raises `InputError` for
    more than `MOST_DRAWS` draws or a seed below 0.
    """
    if draws > MOST_DRAWS or seed < 0:
        raise InputError(
            f"{draws:,} draws with seed {seed}", f"at most {MOST_DRAWS:,} draws, a seed from 0",
            "--draws 2000 --seed 1",
        )  # fmt: skip
    coefficients = coefficients or load_coefficients()
    evidence = evidence or load_evidence()
    basis = pair_basis(system, at, rates)
    columns = _columns(stance, system, draws, seed)
    blank = _columns(prior, system, draws, seed)
    game, drawn = build_game(
        system,
        _by_actor(columns, system),
        coefficients,
        draws=draws,
        rng=np.random.default_rng([seed, 0]),
        priors=resting_on_priors(stance, system),
        known=basis.known,
        joining=basis.joining(at, draws, np.random.default_rng([seed, 6])),
    )
    onset, severity = basis.draws(draws, np.random.default_rng([seed, 4]))
    parties = parties_of(system, basis)
    pieces, passed = weigh(events, parties, evidence, at=at)
    use = Ingredients(
        onset,
        severity,
        *_steps(game, drawn, columns, blank, system),
        evidence.draws(draws, np.random.default_rng([seed, 5])),
        evidence,
    )
    return Workbench(
        system,
        coefficients,
        at,
        seed,
        stance,
        prior,
        game,
        drawn,
        columns,
        use,
        pieces,
        passed,
        basis,
        tuple(events),
    )


def parties_of(system: System, basis: PairBasis) -> Parties:
    """Who is who, for weighing evidence."""
    patrons = frozenset((*system.defenders, *system.supporters))
    return Parties(system.challenger, system.protege, patrons, basis.holder)


def _steps(
    game: Game,
    draws: Draws,
    columns: Mapping[str, Array],
    blank: Mapping[str, Array],
    system: System,
) -> tuple[dict[str, Array], dict[str, Array]]:
    """What the game adds to the log-odds: first the facts, then each patron's signalled stance.

    Twice: as it stands before the first move, and at the node of an open crisis.
    """
    held = dict(blank)
    before = solve_batch(game, draws.with_values(held), outputs=FORECAST)
    steps, in_crisis = {FACTS: before.strategic}, {FACTS: before.strategic_in_crisis}
    for k in (*system.defenders, *system.supporters):
        own = {n: columns[n] for n in (f"words:{k}", f"deeds:{k}")}
        if all(np.array_equal(own[n], held[n]) for n in own):
            continue
        held |= own
        after = solve_batch(game, draws.with_values(held), outputs=FORECAST)
        name = f"signalled commitment of {system.name(k)}"
        steps[name] = after.strategic - before.strategic
        in_crisis[name] = after.strategic_in_crisis - before.strategic_in_crisis
        before = after
    return steps, in_crisis


@dataclass(frozen=True, slots=True)
class _Series:
    """A stance that the game reads: which, under which names, with a generator of its own."""

    key: tuple[str, str, Relation]
    names: tuple[str, str]
    stream: tuple[int, ...]


def _series(system: System) -> list[_Series]:
    """Every stance that the game reads, each with its stream of random numbers.

    Commitments alone: hostility and threats enter as evidence, by volume and recency, and would be
    counted twice. Each series has its own generator, so that one series' signals cannot move
    another's draws.
    """
    t = system.protege
    return [
        _Series((k, t, Relation.COMMITMENT), (f"words:{k}", f"deeds:{k}"), (1, i))
        for i, k in enumerate((*system.defenders, *system.supporters))
    ]


def _drawn(item: _Series, stance: Stance, n: int, seed: int) -> dict[str, Array]:
    """`n` joint posterior draws of a series; a thin one is wide."""
    pair = stance.draws(*item.key, n=n, rng=np.random.default_rng([seed, *item.stream]))
    return {name: pair[:, i] for i, name in enumerate(item.names)}


def _columns(stance: Stance, system: System, n: int, seed: int) -> dict[str, Array]:
    """Draws of every series that the game reads, by the names of `Draws.values`."""
    return {k: v for item in _series(system) for k, v in _drawn(item, stance, n, seed).items()}


def _by_actor(columns: Mapping[str, Array], system: System) -> dict[str, Array]:
    """The same draws by the names of `build_game`."""
    return {
        k: np.column_stack([columns[f"words:{k}"], columns[f"deeds:{k}"]])
        for k in (*system.defenders, *system.supporters)
    }


def resting_on_priors(stance: Stance, system: System) -> tuple[str, ...]:
    """Channels ("JPN:deeds") with too few recent signals to tell them from their prior."""
    found: list[str] = []
    for k in (*system.defenders, *system.supporters):
        level = stance.level(k, system.protege)
        for channel, status in (("words", level.words_status), ("deeds", level.deeds_status)):
            if status == "prior":
                found.append(f"{k}:{channel}")
    return tuple(found)
