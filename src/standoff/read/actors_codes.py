"""Codes of actors as dictionaries write them: a state or organisation, then roles.

"GBRMIL" is the state GBR and the role MIL; "PSEREBHMS" is PSE, REB and a group of its own. The
sector of a record is PLOVER's, so the first role that PLOVER knows counts, roles of CAMEO are put
into PLOVER's, and what neither knows stays as it was written. The code itself is never changed:
a row keeps it whole.
"""

from __future__ import annotations

from functools import lru_cache

from standoff.reference import states

PLOVER_SECTORS = frozenset(
    "COP GOV JUD LEG MIL PRM PTY REB SPY UAF UNK AGR BUS CRM CVL EDU ELI JRN LAB MED REF OPP PRE "
    "REL SOC IGO NGO".split()
)
"""PLOVER manual 0.8, with the two kinds of organisation that our tables name as sectors."""

CAMEO_SECTORS = {
    "CIV": "CVL", "HRI": "CVL", "ENV": "CVL", "INS": "REB", "SEP": "REB", "HLH": "CVL", "TOP": "ELI",
    "MIR": "MIL", "JUR": "JUD", "NGM": "NGO",
}  # fmt: skip
"""Roles of CAMEO and its forerunners that PLOVER renamed or joined with another."""

ORGANISATIONS = frozenset("IGO MULTI XXX NGO NGM IMG MNC UNO ISM".split())
"""Heads of codes that stand for no state (PLOVER's non-state actors and our own)."""

NULL = frozenset(("---", "+++", "###"))
"""How PETRARCH writes that a name is known and is no actor."""


@lru_cache(maxsize=1)
def state_codes() -> frozenset[str]:
    """The alpha-3 codes of the shipped table of states."""
    return frozenset(s.actor for s in states())


def sector_of(code: str) -> str | None:
    """The PLOVER sector of a code, by its roles of three letters; as written where none is known.

    >>> sector_of("GBRMIL"), sector_of("PSEREBHMS"), sector_of("HOBCIV"), sector_of("MORORC")
    ('MIL', 'REB', 'CVL', 'ORC')
    >>> sector_of("GBR") is None, sector_of("~GOVFRM"), sector_of("NGO~")
    (True, 'GOV', 'NGO')
    """
    rest = code.strip("~") if "~" in code else code[3:]
    rest = rest.split("/")[0]
    roles = [rest[i : i + 3] for i in range(0, len(rest), 3)]
    for role in roles:
        plain = CAMEO_SECTORS.get(role, role)
        if plain in PLOVER_SECTORS:
            return plain
    return rest or None


def actor_of(code: str) -> str:
    """The state or organisation of a code; nothing for an agent, whose state the text gives.

    >>> actor_of("GBRMIL"), actor_of("~GOV"), actor_of("MULTI")
    ('GBR', '', 'MULTI')
    """
    if "~" in code:
        return ""
    return code if code in ORGANISATIONS else code[:3]


def is_code(code: str) -> bool:
    """Whether it can be a code at all: an agent, a null code, or letters with three to begin with.

    >>> is_code("GBRMIL"), is_code("~GOV"), is_code("ELR/GAL"), is_code("G8"), is_code("12")
    (True, True, True, False, False)
    """
    if code in NULL:
        return True
    plain = code.strip("~").replace("/", "")
    return len(plain) >= 3 and plain.isascii() and plain.isalnum() and plain[0].isalpha()


def nearest_code(code: str) -> str:
    """The code of a state that differs from this one in one letter; empty where there is none.

    >>> nearest_code("JPM")
    'JPN'
    """
    head = code[:3]
    near = [
        known
        for known in sorted(state_codes())
        if sum(a != b for a, b in zip(head, known, strict=False)) == 1
        or sorted(head) == sorted(known)
    ]
    near.sort(key=lambda known: (sorted(head) != sorted(known), head[:2] != known[:2]))
    return near[0] if near else ""
