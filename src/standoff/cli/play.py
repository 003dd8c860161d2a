"""`standoff play`: the year repeated with carried state, from the model's side or from a seat."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.common import (
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_json,
    emit_table,
    progress,
    say,
)
from standoff.cli.game import pairs
from standoff.cli.whatif import (
    CoefficientsOption,
    RunArgument,
    SeedOption,
    StanceDayOption,
    Start,
    SystemOption,
    estimate,
    start,
)
from standoff.errors import InputError

if TYPE_CHECKING:
    from standoff.game import Ask, Campaign, YearPlayed
    from standoff.terms import Estimate

CURVES = ("war", "challenge", "conceded", "programme", "weapon", "lifted")
TRACKS = ("fear", "doubt", "deeds", "share", "room", "forces")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("play")(play)


def play(
    run: RunArgument = None,
    years: Annotated[int, typer.Option("--years", help="How many years, 1 to 50.")] = 10,
    seat: Annotated[
        str | None,
        typer.Option("--as", help="Play this actor's moves yourself; piped input is read by line."),
    ] = None,
    deployment: Annotated[
        str | None,
        typer.Option("--deploy", help="ACTOR=SD: does a deployment repay its cost over the years?"),
    ] = None,
    system: SystemOption = None,
    dossier: DossierOption = None,
    as_of: StanceDayOption = None,
    recorded_by: RecordedByOption = None,
    draws: Annotated[
        int, typer.Option("--draws", max=100_000, help="Draws of the priors and stances.")
    ] = 1000,
    paths: Annotated[int, typer.Option("--paths", help="Paths that each draw is followed on.")] = 4,
    seed: SeedOption = None,
    coefficients: CoefficientsOption = None,
    dynamics: Annotated[
        str | None, typer.Option("--dynamics", help="Your own file of dynamics-1's form.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Years in a row with carried state: when does what happen first?

    Examples: standoff play --system west-pacific-2021 --years 10;
    standoff play --dossier demo.standoff --deploy JPN=1 --years 30;
    printf 'deploy\\nbudget\\ncrisis=support\\n' | standoff play --system west-pacific-2021 --as JPN
    """
    from standoff.game import load_coefficients, play_years

    if seat and deployment:
        raise InputError("--as with --deploy", "one of the two", "play the deployment as a move")
    at = start(system, dossier, as_of, draws, seed, coefficients, recorded_by, run)
    seed = at.seed
    if form is OutputFormat.TABLE:
        say(at.said)
    rules = load_coefficients(dynamics or "dynamics-1")
    if seat:
        _sit(at, seat, years, seed, rules, form)
    elif deployment:
        _repay(at, deployment, years, max(1, paths // 2), seed, rules, form)
    else:
        campaign = play_years(
            at.game, at.draws, at.system, years=years, paths=paths, seed=seed, dynamics=rules
        )
        if form is OutputFormat.JSON:
            emit_json(_campaign_record(campaign, at, seed))
        else:
            _print_campaign(campaign, at, seed)


def _chance(p: float) -> str:
    from standoff.brief import percent

    return percent(p) if p > 0 else "0"


def _span(e: Estimate) -> str:
    return f"{_chance(e.median)} ({_chance(e.low)} to {_chance(e.high)})"


def _shown_years(count: int) -> list[int]:
    """Years that a table has room for, the last among them."""
    step = -(-count // 5)
    return sorted({*range(step, count + 1, step), 1, count})


def _in_order(names: Any, heads: tuple[str, ...]) -> list[str]:
    return [n for h in heads for n in names if n.partition(":")[0] == h]


def _print_campaign(c: Campaign, at: Start, seed: int) -> None:
    shown = _shown_years(c.years)
    emit_table(
        ["has happened by the end of year", *[str(y) for y in shown]],
        [
            [c.curves[k].text, *[_span(c.curves[k].estimates[y - 1]) for y in shown]]
            for k in _in_order(c.curves, CURVES)
        ],
        title=f"{at.system.title}: {c.years} years, median and 90 % interval over draws",
    )
    say()
    emit_table(
        ["carried, at the start of year", *[str(y) for y in shown]],
        [
            [c.tracks[k].text, *[_number(c.tracks[k].estimates[y - 1]) for y in shown]]
            for k in _in_order(c.tracks, TRACKS)
        ],
        title="carried state where there is no war",
    )
    say()
    say(f"start: {at.basis}; {at.draws.n:,} draws, {c.paths} paths each, seed {at.seed}")
    say(
        "A path ends with war; programmes count the year of the war, and weapons come a lag later. "
        "Without the carried state, h years would be 1 - (1 - p)^h."
    )
    say(f"elicited, not estimated: {', '.join(c.elicited)}")
    for note in c.notes:
        say(f"note: {note}")


def _number(e: Estimate) -> str:
    return f"{e.median:.2f} ({e.low:.2f} to {e.high:.2f})"


def _shares(e: Estimate) -> str:
    return f"{e.median:.0%} ({e.low:.0%} to {e.high:.0%})"


def _points(e: Estimate) -> str:
    return f"{100 * e.median:+.2g} points ({100 * e.low:+.2g} to {100 * e.high:+.2g})"


def _campaign_record(c: Campaign, at: Start, seed: int) -> dict[str, Any]:
    def rows(table: Any) -> dict[str, Any]:
        return {
            k: {"text": v.text, "by_year": [estimate(e) for e in v.estimates]}
            for k, v in table.items()
        }

    return {
        "system": c.system,
        "years": c.years,
        "draws": at.draws.n,
        "paths": c.paths,
        "seed": at.seed,
        **at.record,
        "happened_by_end_of_year": rows(c.curves),
        "carried_at_start_of_year": rows(c.tracks),
        "elicited": list(c.elicited),
        "notes": list(c.notes),
    }


def _repay(
    at: Start, given: str, years: int, paths: int, seed: int, rules: Any, form: OutputFormat
) -> None:
    from standoff.game import repayment
    from standoff.terms import Estimate

    ((actor, amount),) = pairs([given], "--deploy").items()
    found = repayment(
        at.game, at.draws, at.system, actor, amount=amount, years=years, paths=paths, seed=seed,
        dynamics=rules,
    )  # fmt: skip
    gains = {k: Estimate.of(v[-1]) for k, v in found.gain.items()}
    war = [Estimate.of(row) for row in found.war]
    if form is OutputFormat.JSON:
        emit_json(
            {
                "actor": actor,
                "amount_sd": amount,
                "years": years,
                "seed": at.seed,
                **at.record,
                "share_of_cost_repaid": [estimate(e) for e in found.repaid],
                "share_of_draws_repaid": list(found.share_repaid),
                "change_of_probability_of_war": [estimate(e) for e in war],
                "gain_by_actor_logit_units": {k: estimate(e) for k, e in gains.items()},
                "cost_logit_units": estimate(Estimate.of(found.cost)),
            }
        )
        return
    emit_table(
        ["by the end of year", "repaid of its cost", "draws repaid", "change of P(war)"],
        [
            [
                str(y),
                _shares(found.repaid[y - 1]),
                f"{found.share_repaid[y - 1]:.0%}",
                _points(war[y - 1]),
            ]
            for y in _shown_years(years)
        ],
        title=f"{at.system.name(actor)} orders forces worth {amount:g} sd of deeds in year 1",
    )
    say()
    emit_table(
        ["gain over these years, logit units", "median", "90 % interval"],
        [[k, f"{e.median:+.3f}", f"{e.low:+.3f} to {e.high:+.3f}"] for k, e in gains.items()],
    )
    say(f"start: {at.basis}; {at.draws.n:,} draws, seed {at.seed}, the same luck with and without")
    say(
        "cost: what demonstrating commitment costs (demonstration_cost), elicited; gains discounted"
    )


# ---------------------------------------------------------------- a seat


class _Answers:
    """Moves from standard input: asked on a terminal, taken line by line from a pipe.

    A line is a move; "PLACE=MOVE" is a standing order for every choice at that place, wherever it
    stands in a pipe; an empty line or "model" leaves the choice to the model, and so does the end
    of the input; "#" begins a comment.
    """

    def __init__(self) -> None:
        self.live = sys.stdin.isatty()
        self.orders: dict[str, tuple[int, str]] = {}
        self.queue: list[tuple[int, str]] = []
        self.ended = 0
        if not self.live:
            for number, raw in enumerate(sys.stdin, 1):
                self._take(number, raw)

    def __call__(self, ask: Ask) -> str | None:
        if self.live:
            self._prompt(ask)
        if ask.place in self.orders:
            return self._fit(ask, *self.orders[ask.place])
        if not self.queue:
            self.ended = self.ended or ask.year
            return None
        return self._fit(ask, *self.queue.pop(0))

    def _take(self, number: int, raw: str) -> None:
        if raw.lstrip().startswith("#"):
            return
        text = raw.partition("#")[0].strip()
        place, is_order, move = text.partition("=")
        if is_order:
            self.orders[place.strip()] = (number, move.strip())
        else:
            self.queue.append((number, text))

    def _prompt(self, ask: Ask) -> None:
        progress(f"year {ask.year}, {ask.place}: {ask.actor} chooses")
        for word, meaning in ask.options.items():
            progress(f"  {word:10} {meaning}")
        while ask.place not in self.orders and not self.queue:
            sys.stderr.write("> ")
            sys.stderr.flush()
            raw = sys.stdin.readline()
            if not raw:
                return
            self._take(0, raw)
            if self.queue and self.queue[0][1] not in ("", "model", *ask.options):
                _, text = self.queue.pop()
                progress(f"{text!r} is none of {', '.join(ask.options)}")

    def _fit(self, ask: Ask, line: int, move: str) -> str | None:
        if move in ("", "model"):
            return None
        if move not in ask.options:
            raise InputError(
                f"line {line}: {move!r} in year {ask.year}, {ask.place}",
                f"one of {', '.join(ask.options)}, or an empty line for the model's choice",
                f"{ask.place}=MOVE is a standing order for every such choice",
            )
        return move


def _sit(at: Start, seat: str, years: int, seed: int, rules: Any, form: OutputFormat) -> None:
    from standoff.game import play_seat

    answers = _Answers()
    table = form is OutputFormat.TABLE
    history = play_seat(
        at.game,
        at.draws,
        at.system,
        seat,
        answers,
        years=years,
        seed=seed,
        dynamics=rules,
        tell=_print_year if table else None,
    )
    if not table:
        emit_json(
            {
                "seat": seat,
                "seed": at.seed,
                **at.record,
                "ended_by": history.ended or None,
                "model_moves_from_year": answers.ended or None,
                "elicited": [c.name for c in rules.items if c.origin.value == "elicited"],
                "years": [
                    {
                        "year": y.year,
                        "chances": {k: estimate(e) for k, e in y.chances.items()},
                        "state": dict(y.state),
                        "moves": [
                            {"actor": m.actor, "place": m.place, "move": m.act, "by": m.by,
                             "probability": m.probability}
                            for m in y.moves
                        ],
                        "events": list(y.events),
                    }
                    for y in history.years
                ],
            }
        )  # fmt: skip
        return
    end = "The game ends with war." if history.ended else f"{len(history.years)} years without war."
    say(end)
    if answers.ended:
        say(f"The input ended in year {answers.ended}: from there the model moved for {seat}.")
    say(f"start: {at.basis}; {at.draws.n:,} draws, seed {at.seed}")
    say("The others expect what the model expects of you; they do not foresee your moves.")


def _print_year(y: YearPlayed) -> None:
    say(f"year {y.year}   war {_span(y.chances['war'])}, crisis {_span(y.chances['challenge'])}")
    say("  you     " + ", ".join(f"{k} {v:.2f}" for k, v in y.state.items()))
    for m in y.moves:
        p = f" ({m.probability:.0%})" if m.by == "model" and m.probability is not None else ""
        say(f"  {m.actor:7} {m.place}: {m.act}{', by you' if m.by == 'you' else p}")
    for event in y.events:
        say(f"  *       {event}")
    say()
