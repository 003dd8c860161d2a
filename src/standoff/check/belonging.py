"""Part-of logic: a place in the region it is said to lie in."""

from __future__ import annotations

from standoff.check.verdicts import unknown
from standoff.reference import find_places, is_part_of
from standoff.terms import Outcome, PartContent, Reference, Verdict


def check_part(claim: str, content: PartContent) -> Verdict:
    """Some reading of `inner` lies in some reading of `outer`; contested places are not judged."""
    inner, outer = find_places(content.inner), find_places(content.outer)
    if not inner or not outer:
        missing = content.inner if not inner else content.outer
        return unknown(claim, f"no place {missing} in the gazetteer")
    if any(p.contested for p in (*inner, *outer)):
        return unknown(claim, f"{content.inner} is claimed by more than one side")
    for i in inner:
        for o in outer:
            if i == o or is_part_of(i, o):
                return Verdict(
                    claim, Outcome.SUPPORTED, f"{i.name} lies in {o.name}",
                    Reference(f"{i.name} in {o.name}", "gazetteer"),
                )  # fmt: skip
    return unknown(claim, f"the gazetteer does not place {content.inner} in {content.outer}")
