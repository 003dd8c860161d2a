"""To whom, where no slot of the verb says it: a party elsewhere in what the verb governs, in what it
hangs on, or at whom the clauses beside it are directed.

"North Korea would scrap an agreement aimed at preventing clashes with South Korea", "delivered a note
to Chile objecting to the ruling", "protested the raid and threatened action against Thai forces". The
path says so, and such a target is less sure than one that stands in a slot.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate, supposed_goal
from standoff.read.acts.recall import Reached
from standoff.read.lexicon_words import words_of
from standoff.read.syntax import Tree

_NOBODY = frozenset(("XXX", "MULTI", "IGO"))


class Nearby:
    """Looks around a predicate of one sentence for somebody it may be directed at."""

    def __init__(self, tree: Tree, verbs: dict[int, Predicate], parties: Parties) -> None:
        self.tree, self.verbs, self.parties = tree, verbs, parties

    def of(
        self, verb: Predicate, sources: Sequence[Reached], protege: str | None
    ) -> tuple[Reached, ...]:
        """The nearest party that is no source and not the one protected, nobody where there is none."""
        own = {r.party.actor for r in sources} | {protege}
        answered = self.parties.doers(supposed_goal(self.tree, verb, self.verbs))
        if found := tuple(r for r in answered if r.party.actor not in own | _NOBODY):
            return tuple(replace(r, path=f"who would do it: {r.path}", sure=False) for r in found)
        for way, zone in self._zones(verb):
            for at in zone:
                if at not in self.parties.named:
                    continue
                found = tuple(
                    r
                    for r in self.parties.of(at)
                    if r.party.actor not in own | _NOBODY and r.party.sector != "MED"
                )
                if found:
                    return tuple(replace(r, path=f"{way}: {r.path}", sure=False) for r in found)
        return ()

    def _zones(self, verb: Predicate) -> Iterator[tuple[str, Sequence[int]]]:
        """Where to look, in order: (how it is called, tokens, nearest first)."""
        yield "in what the verb governs", self._governed(verb)
        yield "in its condition", self._condition(verb)
        for above in self._above(verb):
            yield f'with "{self.tree[above].text}"', self._beside(self.verbs[above], verb)

    def _condition(self, verb: Predicate) -> list[int]:
        """The subject of the clause of condition, with its owner."""
        for kid in self.tree.kids(verb.head, "advcl"):
            other = self.verbs.get(kid)
            if other is not None and other.subject >= 0 and other.marker in words_of("conditions"):
                return list(self.tree.under(other.subject))
        return []

    def _governed(self, verb: Predicate) -> list[int]:
        out: list[int] = []
        level = [verb.head]
        while level:
            below: list[int] = []
            for at in level:
                for kid in self.tree.kids(at):
                    if self._apart(verb, at, kid):
                        continue
                    out.append(kid)
                    below.append(kid)
            level = below
        return out

    def _apart(self, verb: Predicate, at: int, kid: int) -> bool:
        """Whether a branch tells something else: the subject, another clause, time and place."""
        token = self.tree[kid]
        if kid == verb.subject or (
            token.dep in ("nsubj", "nsubjpass", "agent") and at == verb.head
        ):
            return True
        if token.dep == "conj" and kid in self.verbs:
            return True
        if token.dep in ("advcl", "parataxis", "relcl"):
            return True
        return token.dep == "prep" and token.lower in words_of("aside")

    def _beside(self, other: Predicate, verb: Predicate) -> list[int]:
        """The arguments of another verb that do not hold the verb itself."""
        goals = [g for p, g in other.preps if p not in words_of("aside")]
        heads = [h for h in (*other.objects, other.dative, *goals) if h >= 0]
        zones = [list(self.tree.under(h)) for h in heads]
        return [t for zone in zones if verb.head not in zone for t in zone]

    def _above(self, verb: Predicate) -> Iterator[int]:
        """Verbs with the same subject that the verb hangs on or is joined to; a relative clause tells
        of something else."""
        if verb.relation == "relcl":
            return
        for at in (*self.tree.up(verb.head), *self.tree.kids(verb.head, "conj")):
            other = self.verbs.get(at)
            if other is not None and other.subject == verb.subject and verb.subject >= 0:
                yield at
