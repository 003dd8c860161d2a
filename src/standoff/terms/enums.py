"""The closed vocabularies of the field, one enum each. Values are what is printed and stored."""

from __future__ import annotations

from enum import StrEnum


class Channel(StrEnum):
    """The one pair: what is said, and what is done."""

    WORDS = "words"
    DEEDS = "deeds"


class Status(StrEnum):
    """How far an act has got; the last two are printed as non-signals, never coded as done."""

    DONE = "done"
    ONGOING = "ongoing"
    PLANNED = "planned"
    PROPOSED = "proposed"
    CONDITIONAL = "conditional"
    HISTORICAL = "historical"
    ALLEGED = "alleged"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"


class Officialness(StrEnum):
    """In whose name a signal is sent. The numbers used by measurement stand in `measure`."""

    OFFICIAL = "official"
    ANONYMOUS_OFFICIAL = "anonymous_official"
    SEMI_OFFICIAL = "semi_official"
    RETIRED_OFFICIAL = "retired_official"
    UNOFFICIAL = "unofficial"
    UNKNOWN = "unknown"


class Cost(StrEnum):
    """Costly signals use up money, risk or freedom of action."""

    COSTLY = "costly"
    CHEAP = "cheap"


class Valence(StrEnum):
    """What the signal does to its target."""

    COMMIT = "commit"
    THREATEN = "threaten"
    ACCUSE = "accuse"
    CONCILIATE = "conciliate"
    REASSURE = "reassure"
    RETRACT = "retract"
    PREPARE = "prepare"
    NEUTRAL = "neutral"


class PloverEvent(StrEnum):
    """The sixteen events of PLOVER 0.8, and NONE where it has no category."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"
    NONE = "NONE"


class ExtensionEvent(StrEnum):
    """Our additions, kept under `x_standoff` as PLOVER allows."""

    PLEDGE = "PLEDGE"
    RED_LINE = "RED_LINE"
    REAFFIRM = "REAFFIRM"
    DENY = "DENY"
    WITHDRAW = "WITHDRAW"
    LAW = "LAW"
    BUDGET = "BUDGET"
    DEPLOY = "DEPLOY"
    TRANSIT = "TRANSIT"
    PROLIFERATE = "PROLIFERATE"
    ULTIMATUM = "ULTIMATUM"
    EVACUATE = "EVACUATE"


class DateBasis(StrEnum):
    """Where a date came from."""

    STATED = "stated"
    INFERRED = "inferred"
    PUBLICATION = "publication"
    UNSTATED = "unstated"


class Comparator(StrEnum):
    """How a number was hedged. UP and DOWN are changes: "rose by 3 %"."""

    EQUAL = "="
    ABOUT = "~"
    LESS = "<"
    MORE = ">"
    UP = "up"
    DOWN = "down"


class AttributionKind(StrEnum):
    """How the words of a speaker reached the text."""

    VERBATIM = "verbatim"
    PARAPHRASE = "paraphrase"
    HEARSAY = "hearsay"
    UNNAMED = "unnamed"


class Outcome(StrEnum):
    """What a check can say."""

    SUPPORTED = "SUPPORTED"
    CONTRADICTED = "CONTRADICTED"
    INCONSISTENT = "INCONSISTENT"
    NOT_CHECKABLE = "NOT_CHECKABLE"


class Relation(StrEnum):
    """The two latent stances: of i towards protege k, and of i towards j."""

    COMMITMENT = "commitment"
    HOSTILITY = "hostility"


class Role(StrEnum):
    """Roles in extended deterrence. A role belongs to a system, not to an actor."""

    CHALLENGER = "challenger"
    PROTEGE = "protege"
    DEFENDER = "defender"
    SUPPORTER = "supporter"
    PROLIFERATOR = "proliferator"


class Origin(StrEnum):
    """Where a coefficient comes from; printed beside it, always."""

    HISTORICAL = "historical"
    PUBLISHED = "published"
    ELICITED = "elicited"
