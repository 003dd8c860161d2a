"""What a clause says once its governors are heard: modality, negation, and zones for frames.

"plans to deploy", "refused to sign", "did not say that it would fight": the clause that holds the
act is coloured by the clauses it hangs on. `colour` climbs them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standoff.read.frames import View
from standoff.read.reading import Clause, Token
from standoff.read.verbs import INTENTIONS, REFUSALS

_NOUN_MODALITY = {
    "plan": "plan", "decision": "plan", "intention": "plan", "order": "plan", "agreement": "plan",
    "commitment": "plan", "pledge": "plan", "promise": "plan", "vow": "plan", "deal": "plan",
    "proposal": "consider", "bid": "seek", "attempt": "seek", "effort": "seek", "push": "seek",
    "threat": "threaten", "ability": "may", "capability": "may", "power": "may", "right": "may",
    "option": "may", "chance": "may", "way": "may", "reason": "may", "need": "urge",
    "call": "urge", "demand": "urge", "request": "urge", "appeal": "urge",
    "refusal": "refuse", "failure": "refuse", "reluctance": "refuse",
}  # fmt: skip
_DENYING = frozenset("deny rule refute reject dismiss dispute rebut doubt".split())
_SUPPOSING = frozenset(
    "fear worry suspect theorize speculate imagine suppose doubt wonder think believe hope expect "
    "suggest predict argue".split()
)
_FEARING = frozenset("fear worry doubt speculate wonder imagine predict theorize guess".split())
_ACCUSING = frozenset(
    "accuse suspect condemn criticize criticise blame denounce fault slam chide rebuke lambaste "
    "castigate charge".split()
)
_CONTRADICTING = frozenset(
    "contradict reject deny dismiss refute rebut dispute doubt question debunk disprove".split()
)
_CLAIM_NOUNS = frozenset(
    "claim report allegation accusation rumor rumour suggestion speculation belief fear notion "
    "assertion charge idea impression".split()
)
_EXCLUDING = frozenset("exclude rule deny dismiss doubt".split())
_PROOFS = frozenset("evidence proof sign indication suggestion hint trace confirmation".split())
_NONE = frozenset("no little scant zero".split())
_ABOUT = frozenset("than over about around nearly".split())
_NOBODY = frozenset("no nobody none neither no-one".split())
_WITHOUT = frozenset("without instead than despite from".split())
_GIVING = frozenset("hand give send offer deliver grant".split())
_JOINT = frozenset("joint jointly together trilateral bilateral multilateral multinational".split())


@dataclass(frozen=True, slots=True)
class Colour:
    """Modality and negation of a clause with everything above it.

    `reason` is set when the clause tells nothing that was done or said: why, in a word.
    `governor` is the clause index whose verb decided.
    """

    modality: str
    negated: bool
    reason: str = ""
    governor: int | None = None


def colour(clauses: Sequence[Clause], clause: Clause, tokens: Sequence[Token]) -> Colour:
    """The colour of `clause`, climbing its governors (at most six)."""
    verb = clause.verb
    modality, negated, reason = verb.modality, verb.negated, ""
    governor: int | None = None
    current = clause
    first = clauses[0].index if clauses else 0
    if clause.kind == "condition":
        reason = "hypothetical"
    if clause.subject and tokens[clause.subject[0]].lower in _NOBODY:
        negated = True
    if (
        verb.last < clause.last
        and tokens[verb.last].lower == "no"
        and (
            verb.last + 1 < len(tokens)
            and tokens[verb.last + 1].lower not in ("longer", "more", "doubt")
        )
    ):
        negated = True  # "expelled no diplomats"
    if _supposed(clauses, clause, tokens):
        reason = "hypothetical"
    ahead = verb.first - 1
    while ahead > 0 and tokens[ahead].tag == "ADV":
        ahead -= 1
    if ahead >= 0 and tokens[ahead].lower in ("neither", "nor"):
        negated = True
    for _ in range(6):
        if current.parent is None:
            break
        above = clauses[current.parent - first]
        lemma = above.verb.lemma
        if current.kind == "infinitive":
            before = tokens[current.verb.first - 1] if current.verb.first else None
            found = _governing(lemma, before, current, above)
            if found == "refuse":
                negated = not negated
            elif found is None:
                reason = reason or "purpose"
            elif found and not modality:
                modality = found
            governor = governor if governor is not None else above.index
            if above.verb.negated and found is not None:
                negated = True
            if not modality and above.verb.modality:
                modality = above.verb.modality
        elif current.kind == "participial" and current.marker in _WITHOUT:
            if current.marker == "from" and lemma not in (
                "refrain",
                "abstain",
                "stop",
                "prevent",
                "ban",
                "bar",
                "keep",
                "desist",
                "deter",
                "dissuade",
                "discourage",
                "restrain",
                "hinder",
            ):
                pass
            else:
                negated = True
        elif (
            current.kind == "participial" and not current.marker and _hangs_on_noun(current, above)
        ):
            break
        elif current.kind == "participial" and (meant := _meant(tokens, current, above)):
            if not modality:
                modality = meant
            negated = negated or above.verb.negated or tokens[above.verb.last].lower == "no"
            governor = governor if governor is not None else above.index
        elif current.kind == "participial" and (shade := _gerund(tokens, current, above)):
            if shade == "refuse":
                negated = not negated
            elif not modality:
                modality = shade
            governor = governor if governor is not None else above.index
        elif (
            current.kind == "participial"
            and current.marker in ("of", "for", "over", "against")
            and (lemma in _ACCUSING)
        ):
            reason = reason or "told in an accusation"
        elif current.kind == "complement":
            nobody = above.subject and tokens[above.subject[0]].lower in _NOBODY
            claimed = _claim_noun(tokens, current)
            if claimed and lemma in _CONTRADICTING:
                reason = reason or "denied"
            elif claimed and tokens[current.first - 1].lemma in (
                "allegation",
                "accusation",
                "charge",
            ):
                reason = reason or "told in an accusation"
            elif claimed:
                modality = modality or "allege"
            if above.verb.negated and lemma in _EXCLUDING:
                modality = modality or "allege"  # "it cannot be excluded that": two negations
            elif above.verb.negated or lemma in _DENYING or nobody or _no_proof(tokens, current):
                reason = reason or "denied"
            elif lemma in _FEARING and modality in ("would", "could", "may", "will"):
                reason = reason or "hypothetical"
            elif current.marker in ("whether", "if", "how", "what", "why"):
                reason = reason or "open question"
            elif lemma in _SUPPOSING and above.verb.modality not in ("will",):
                modality = modality or "allege"
            if above.kind == "condition":
                reason = reason or "hypothetical"
        elif current.kind in ("relative", "adverbial"):
            break
        if above.kind == "condition":
            reason = reason or "hypothetical"
        current = above
    return Colour(modality, negated, reason, governor)


def _no_proof(tokens: Sequence[Token], current: Clause) -> bool:
    """True for "no evidence that", "little sign that": the noun that holds the clause is denied."""
    if current.first < 2 or tokens[current.first - 1].lemma not in _PROOFS:
        return False
    return any(t.lower in _NONE for t in tokens[max(0, current.first - 4) : current.first - 1])


def _hangs_on_noun(current: Clause, above: Clause) -> bool:
    """True for "a deal brokered by Oman": it has its own noun and takes no colour from above."""
    return (
        current.verb.passive
        and current.subject is not None
        and current.subject != above.subject
        and current.subject[1] == current.verb.first
    )


def _claim_noun(tokens: Sequence[Token], clause: Clause) -> bool:
    """True for "Moscow's claim that it was pulling back"."""
    before = clause.first - 1
    return (
        clause.marker == "that"
        and before >= 0
        and tokens[before].tag == "NOUN"
        and tokens[before].lemma in _CLAIM_NOUNS
    )


def _supposed(clauses: Sequence[Clause], clause: Clause, tokens: Sequence[Token]) -> bool:
    """True in "Had India sent ...", "Should NATO expel ...", "Suppose that ...", "In case ..."."""
    first = clauses[0].first
    opening = tokens[first].lower
    if opening in ("suppose", "supposing", "imagine", "assume", "assuming"):
        return True
    ahead = [t.lower for t in tokens[first : first + 3]]
    early = clause.index - clauses[0].index <= 1
    if opening in ("had", "should", "were") and early:
        comma = next((t.index for t in tokens[first : clause.verb.first] if t.text == ","), None)
        if comma is not None and clause.verb.modality in ("will", "would"):
            return clause.verb.perfect  # "would have followed" did not; "would defend" promises
        return clause.verb.first > first or clause.verb.head > first
    return ahead[:2] == ["in", "case"] and ahead[2:3] != ["of"] and early and len(clauses) > 1


def _meant(tokens: Sequence[Token], current: Clause, above: Clause) -> str:
    """What the noun says of the gerund after it: "has no intention of sending"."""
    before = tokens[current.first - 1] if current.first else None
    if current.marker not in ("of", "for") or before is None or before.index < above.verb.last:
        return ""
    return _NOUN_MODALITY.get(before.lemma, "") if before.tag == "NOUN" else ""


def _gerund(tokens: Sequence[Token], current: Clause, above: Clause) -> str:
    """What a verb says of the gerund after it: "considers sending", "stopped short of sending"."""
    between = [t.lower for t in tokens[above.verb.last : current.verb.first]]
    lemma = above.verb.lemma
    if between[:2] == ["short", "of"]:
        return "refuse"
    if between in (["out"], ["against"]) and lemma in ("rule", "decide", "advise", "vote", "opt"):
        return "consider" if above.verb.negated else "refuse"
    if between not in ([], ["on"], ["from"]):
        return ""
    if lemma in REFUSALS:
        return "refuse" if not above.verb.negated else ""
    found = INTENTIONS.get(lemma, "")
    return "" if found in ("urge", "allow") else found


def _governing(lemma: str, before: Token | None, current: Clause, above: Clause) -> str | None:
    """Modality that the governing verb, adjective or noun gives; "refuse"; None for a purpose."""
    if before is not None and before.lower == "yet" and lemma in ("have", "be"):
        return "refuse"
    if before is not None and before.lower in ("nothing", "none", "nobody") and lemma == "be":
        return "refuse"
    if before is not None and before.index >= above.verb.last:
        if before.tag == "NOUN" and before.lemma in _NOUN_MODALITY:
            return _NOUN_MODALITY[before.lemma]
        if before.tag in ("ADJ", "ADV", "NOUN") and before.lower in (
            "ready", "able", "likely", "about", "due", "willing", "bound", "set", "poised",
            "prepared", "unlikely", "unable", "unwilling", "reluctant", "slow", "quick", "first",
        ):  # fmt: skip
            if before.lower in ("unlikely", "unable", "unwilling", "reluctant", "slow"):
                return "refuse"
            return {"ready": "seek", "able": "may", "willing": "seek", "likely": "expect",
                    "prepared": "seek", "first": "", "quick": ""}.get(before.lower, "plan")  # fmt: skip
    if lemma in REFUSALS:
        return "refuse"
    if lemma in INTENTIONS:
        return INTENTIONS[lemma]
    return None


def view_of(
    clauses: Sequence[Clause], place: int, tokens: Sequence[Token], shade: Colour,
    thing: Sequence[Token] = (),
) -> View:  # fmt: skip
    """The zones of the clause at `place` among `clauses` of its sentence; a lone "it" to which
    something is done stands for `thing`."""
    clause = clauses[place]
    verb = clause.verb
    end = clause.last
    following = clauses[place + 1] if place + 1 < len(clauses) else None
    after = tokens[verb.last : end]
    subject = tokens[clause.subject[0] : clause.subject[1]] if clause.subject else ()
    if verb.passive and len(subject) == 1 and subject[0].lower in ("it", "they"):
        subject = [*subject, *thing]
    complement, complement_verb = "", ""
    negated = following is not None and following.verb.negated
    if following is not None and following.parent == clause.index:
        if following.kind == "infinitive":
            complement, complement_verb = "inf", following.verb.lemma
        elif following.kind == "complement":
            complement, complement_verb = "that", following.verb.lemma
        elif following.kind == "participial":
            complement, complement_verb = "ing", following.verb.lemma
    objects = subject if verb.passive else _object(after)
    if verb.passive and verb.lemma in _GIVING and after and after[0].tag in ("DET", "NUM", "ADJ"):
        objects = [*_object(after), *subject]  # "was handed a note of protest"
    if clause.antecedent:
        objects = [*tokens[clause.antecedent[0] : clause.antecedent[1]], *objects]
    near = tokens[max(clause.first, verb.first - 14) : min(end, verb.last + 14)]
    return View(
        clause=clause,
        subject=subject,
        after=after,
        objects=objects,
        complement=complement,
        complement_verb=complement_verb,
        complement_negated=negated,
        modality=shade.modality,
        negated=shade.negated,
        joint=any(t.lower in _JOINT for t in near),
    )


def _object(after: Sequence[Token]) -> Sequence[Token]:
    """The object: up to the first preposition that is not "of", at most fourteen words."""
    if after and after[0].lower == "what":  # "launched what it called an operation"
        named = next((i for i, t in enumerate(after[:6]) if t.tag == "VERB"), None)
        after = after[named + 1 :] if named is not None else after
    for place, token in enumerate(after[:14]):
        if token.tag in ("SUB", "WH") or token.text[0] in ";:":
            return after[:place]
        counted = (
            token.lower in _ABOUT
            and after[place + 1 : place + 2]
            and (after[place + 1].tag == "NUM")
        )
        if token.tag == "PREP" and token.lower != "of" and place > 0 and not counted:
            return after[:place]
    return after[:14]
