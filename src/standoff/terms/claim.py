"""Checkable statements, and what a check returns.

A claim carries its content as one of a few frozen records, so that `check` needs no text.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from standoff.terms.enums import Outcome
from standoff.terms.quantity import Period, Quantity
from standoff.terms.text import Span


@dataclass(frozen=True, slots=True)
class DistanceContent:
    """`quantity` lies between two places. `basis` is what the text says of the method.

    `bearing` is the way from the destination to the origin where the text gives one, in degrees from
    north: "170 km north-east of Taiwan" has 45.
    """

    origin: str
    destination: str
    quantity: Quantity
    basis: str = "unstated"
    bearing: float | None = None


@dataclass(frozen=True, slots=True)
class UnitContent:
    """One quantity printed in two units: "80 km (roughly 65 nautical miles)"."""

    first: Quantity
    second: Quantity


@dataclass(frozen=True, slots=True)
class ShareContent:
    """A measure of an actor: defence spending as a share of GDP, warheads, troops ..."""

    actor: str
    measure: str
    quantity: Quantity
    period: Period


@dataclass(frozen=True, slots=True)
class RatioContent:
    """`quantity` times as much: stated ratio, with the two numbers where the text gives them."""

    numerator_actor: str
    denominator_actor: str
    measure: str
    quantity: Quantity
    numerator: Quantity | None
    denominator: Quantity | None
    period: Period


@dataclass(frozen=True, slots=True)
class SumContent:
    """Parts that should add up to a total; with `part_only`, parts that may not exceed it."""

    total: Quantity
    parts: tuple[Quantity, ...]
    part_only: bool = False


@dataclass(frozen=True, slots=True)
class OfficeContent:
    """`person` held `office` of `actor` in `period`.

    `office` is the phrase of the text ("prime minister"), `actor` empty if no state is named.
    `others` holds further dates that the paragraph speaks of: a title may belong to one of them, so
    they can keep a claim from being contradicted, never support it. `present` says that the clause
    is told of its period and of no earlier time ("says", "will meet in May"); `named` that the words
    name the state.
    """

    person: str
    office: str
    actor: str
    period: Period
    former: bool = False
    others: tuple[Period, ...] = ()
    present: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True)
class NameContent:
    """A proper name that may be misspelt. `kind` is person, party, force, place ..."""

    name: str
    kind: str
    actor: str | None
    office: str | None
    period: Period


@dataclass(frozen=True, slots=True)
class ShipContent:
    """What a naval ship is said to be: `aspect` is hull, class or type, `said` the words.

    `name` has the prefix of its navy: "USS Nimitz" with hull "CVN-68", class "Nimitz", type
    "aircraft carrier".
    """

    name: str
    actor: str
    aspect: str
    said: str
    period: Period


@dataclass(frozen=True, slots=True)
class DateContent:
    """A date with something that must agree with it: a weekday, an interval, another date.

    `weekday` counts from Monday = 0. `impossible` says why the words name no day of the calendar.
    """

    period: Period
    weekday: int | None = None
    about: str = ""
    impossible: str = ""


@dataclass(frozen=True, slots=True)
class SequenceContent:
    """`later` is said to have come after `earlier`; both are signal ids of the document."""

    earlier: str
    later: str


@dataclass(frozen=True, slots=True)
class OrderContent:
    """`first` is said to precede `second`. Each moment is `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`."""

    first: str
    first_at: str
    second: str
    second_at: str


@dataclass(frozen=True, slots=True)
class DurationContent:
    """`quantity` (days, weeks, months, years) is said to lie between the start and the end."""

    quantity: Quantity
    start: Period
    end: Period


@dataclass(frozen=True, slots=True)
class ChangeContent:
    """A number is said to go from `before` to `after`, by `change` (an amount or per cent).

    `rising` is what the verb says; None where it says nothing of the direction.
    """

    before: Quantity
    after: Quantity
    change: Quantity | None
    rising: bool | None = None


@dataclass(frozen=True, slots=True)
class ComparisonContent:
    """`first` is said to be `more` than `second`, or less.

    `own` says that the sentence gives the numbers itself; else a table of the text does. `exact` that
    the second is a limit, not a rounded number.
    """

    first: Quantity
    second: Quantity
    more: bool
    own: bool = True
    exact: bool = False


@dataclass(frozen=True, slots=True)
class RankContent:
    """`actor` stands at `rank` (1 is the extreme) by a measure, counted from `end` in `group`.

    `end` is "highest" or "lowest". `rank` is None for "one of the highest".
    """

    actor: str
    measure: str
    rank: int | None
    end: str
    group: str
    period: Period


@dataclass(frozen=True, slots=True)
class TermContent:
    """`person` entered (`edge` start) or left (`edge` end) `office` of `actor` in `period`."""

    person: str
    office: str
    actor: str
    edge: str
    period: Period


@dataclass(frozen=True, slots=True)
class PartContent:
    """`inner` is said to lie in, or to belong to, `outer`."""

    inner: str
    outer: str


@dataclass(frozen=True, slots=True)
class RepeatContent:
    """One thing, named by `label`, counted twice in the text: prose and table, two sentences.

    In a live report `first` is the latest figure, and `outdated` says when the text itself gave the
    second one; "" elsewhere.
    """

    label: str
    first: Quantity
    second: Quantity
    outdated: str = ""


@dataclass(frozen=True, slots=True)
class LawContent:
    """A legal fact: what was done to which law when, and what it allows."""

    actor: str
    subject: str
    action: str
    period: Period


@dataclass(frozen=True, slots=True)
class AttributionContent:
    """`person` is said to have said `words`."""

    person: str
    words: str
    period: Period


@dataclass(frozen=True, slots=True)
class StatementsContent:
    """Statements told before, as (person, words), are all said to have been made in `period`."""

    said: tuple[tuple[str, str], ...]
    period: Period


@dataclass(frozen=True, slots=True)
class OpenContent:
    """A claim that cannot be checked: a motive, a forecast, too vague. `reason` says which."""

    reason: str


Content = (
    DistanceContent
    | UnitContent
    | ShareContent
    | RatioContent
    | SumContent
    | OfficeContent
    | NameContent
    | ShipContent
    | DateContent
    | SequenceContent
    | OrderContent
    | DurationContent
    | ChangeContent
    | ComparisonContent
    | RankContent
    | TermContent
    | PartContent
    | RepeatContent
    | LawContent
    | AttributionContent
    | StatementsContent
    | OpenContent
)


@dataclass(frozen=True, slots=True)
class Claim:
    """A checkable statement. `id` is unique within its document ("c7").

    `coder` says who proposed it; what it says was read by our grammars in any case.
    """

    id: str
    span: Span
    kind: str
    statement: str
    content: Content
    coder: str = "rules"


@dataclass(frozen=True, slots=True)
class Reference:
    """The fact a claim was held against, with its origin."""

    value: str
    source: str
    release: str = ""
    dated: date | None = None
    url: str = ""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found, with its arithmetic.

    `formula` has the numbers filled in; `difference` is relative where a number was checked;
    `tolerance` says how much was allowed and why; `slip` names a likely cause; `against` holds
    the ids of claims of the same text that this one clashes with.
    """

    claim: str
    outcome: Outcome
    why: str
    reference: Reference | None = None
    formula: str = ""
    difference: float | None = None
    tolerance: str = ""
    slip: str = ""
    against: tuple[str, ...] = ()
    alternatives: tuple[Reference, ...] = ()
