"""Clauses: each verb group with the words that belong to it, its subject, and what it hangs on.

Split at finite verb groups, subordinators, relatives, participles and quotations. The subject is
looked for to the left of the verb up to the last boundary; a clause without one takes that of the
clause it is joined to. One pass over the sentence; no parse.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from standoff.read.drafts import (
    Draft,
    awaiting,
    before_speech,
    goes_on,
    governor,
    inherit,
    joined_subject,
    last_finite,
    lists_objects,
    named_before,
    resumed,
)
from standoff.read.reading import Clause, ClauseKind, Token, VerbGroup
from standoff.read.subjects import (
    SAYING,
    antecedent,
    following_subject,
    inverted,
    object_control,
    subject_of,
)

CONDITIONS = frozenset("if unless provided lest once".split())
_HARD = frozenset(";:()[]—–")
_QUOTES = frozenset('"“”‘«»')
_CLOSED_BY = frozenset(('"', "”", "’", "»", "'", "''"))
_CLOSING = frozenset(('"', "”", ",", "’"))


def find_clauses(
    tokens: Sequence[Token], groups: Sequence[VerbGroup], number: int, start_index: int
) -> list[Clause]:
    """The clauses of one sentence. `number` is the sentence, `start_index` the first free index.

    >>> from standoff.read.text import split_text
    >>> from standoff.read.tags import tag_sentence
    >>> from standoff.read.verbs import find_verb_groups
    >>> text = "China fired missiles and Japan, which protested, urged it to stop."
    >>> raw = split_text(text)
    >>> tokens = tag_sentence(raw.tokens, raw.sentences[0], 0)
    >>> for c in find_clauses(tokens, find_verb_groups(tokens), 0, 0):
    ...     s = c.subject and text[tokens[c.subject[0]].start:tokens[c.subject[1] - 1].end]
    ...     print(c.kind, c.verb.lemma, "|", s)
    main fire | China
    relative protest | Japan
    main urge | Japan
    infinitive stop | it
    """
    if not tokens:
        return []
    base = tokens[0].index
    drafts: list[Draft] = []
    said = [g for g in groups if not _in_passing(tokens, base, g)]
    for order, group in enumerate(said):
        left = said[order - 1].last if order else base
        if group.finite:
            draft = _finite(tokens, base, group, left, drafts)
        else:
            alone = not any(g.finite for g in said[order + 1 :])
            draft = _nonfinite(tokens, base, group, left, drafts, alone)
        drafts.append(draft)
    end = base + len(tokens)
    clauses: list[Clause] = []
    for order, draft in enumerate(drafts):
        last = drafts[order + 1].first if order + 1 < len(drafts) else end
        if order == 0 and draft.kind in ("main", "infinitive", "participial"):
            draft.first = base
        clauses.append(
            Clause(
                index=start_index + order,
                sentence=number,
                first=draft.first,
                last=max(last, draft.verb.last),
                kind=draft.kind,
                marker=draft.marker,
                verb=draft.verb,
                subject=draft.subject,
                parent=None if draft.parent is None else start_index + draft.parent,
                antecedent=draft.antecedent,
            )
        )
    return clauses


def _in_passing(tokens: Sequence[Token], base: int, group: VerbGroup) -> bool:
    """True for "what it called an operation": a name in passing, no clause."""
    place = group.first - base
    if group.lemma not in ("call", "describe", "term", "dub", "say"):
        return False
    ahead = tokens[max(0, place - 4) : place]
    return any(t.lower == "what" for t in ahead) and place - len(ahead) > 0


def _finite(
    tokens: Sequence[Token], base: int, group: VerbGroup, left: int, drafts: list[Draft]
) -> Draft:
    """A finite clause: walk left from the verb to the word that opens it."""
    start, marker = left, ""
    previous = drafts[-1] if drafts else None
    before = group.first - 1 - base
    if before > 0 and tokens[before].text == ",":
        before -= 1
    if before > 0 and tokens[before].text in _CLOSED_BY:
        # '"We will attack Japan," said the minister': no name inside the quotation speaks.
        speaker = inverted(tokens, base, group)
        if speaker is not None:
            return Draft(group.first, "main", "", group, speaker, None)
    takes_clause = previous is not None and previous.verb.lemma in SAYING - _NEVER_BARE
    place = group.first - 1
    while place >= left:
        token = tokens[place - base]
        if token.tag in ("SUB", "WH") and not _is_phrase(tokens, place - base, group, base):
            start, marker = place, token.lower
            break
        if token.text == ")":
            opened = _opened(tokens, place - base, left - base)
            if opened is not None:
                place = opened + base - 1
                continue
        if token.tag == "PUNCT" and token.text[0] in _QUOTES and (
            opening := _short_quote(tokens, place - base, left - base)
        ) is not None:  # fmt: skip
            place = opening + base - 1
            continue
        if token.tag == "PUNCT" and (token.text[0] in _HARD or token.text[0] in _QUOTES):
            start = place + 1
            break
        if (
            token.tag == "CONJ"
            and previous is not None
            and group.lemma in SAYING
            and (comma := _credits(tokens[place + 1 - base : group.first - base])) is not None
        ):
            start = place + 2 + comma
            break
        if (
            token.tag == "CONJ"
            and previous is not None
            and _joins(tokens, base, place, group, left, takes_clause)
            and not lists_objects(tokens, base, place, group, drafts)
        ):
            start, marker = place, token.lower
            break
        place -= 1
    if not marker and previous is not None and not takes_clause:
        touched = _contact(tokens, base, group, previous)
        if touched is not None:  # "the groups it arms"
            return Draft(
                touched, "relative", "that", group, (touched, group.first), len(drafts) - 1,
                antecedent(tokens, base, touched),
            )  # fmt: skip
    body = start + 1 if marker else start
    subject = subject_of(tokens, base, body, group.first)
    if not marker and start == left and previous is not None:
        awaited = awaiting(tokens, base, drafts, group, subject)
        if awaited is None and tokens[group.first - 1 - base].text == ",":
            awaited = goes_on(tokens, base, drafts, group, left)
        if awaited is not None:
            subject, start = awaited, group.first
        elif subject is not None and subject[0] > start:
            start = subject[0]  # what stands before the comma belongs to the clause before
        elif previous.kind in ("relative", "participial") and tokens[start - base].tag in (
            "PREP", "ADV", "PUNCT",
        ):  # fmt: skip
            subject = previous.subject
            start = group.first
    kind: ClauseKind = "main"
    parent: int | None = None
    holds: tuple[int, int] | None = None
    if marker in CONDITIONS:
        kind = "condition"
    elif marker in ("who", "which", "whose", "whom", "where") or (
        marker == "that"
        and tokens[start + 1 - base].lower != "there"
        and (subject is None or _is_object_relative(tokens, base, start, previous, group))
    ):
        kind = "relative"
        if subject is not None and marker in ("which", "that", "whom"):
            holds = antecedent(tokens, base, start)
        subject = subject or antecedent(tokens, base, start)
    elif marker in ("that", "whether", "what", "how", "why"):
        kind = "complement"
    elif (
        marker in ("and", "or")
        and subject is None
        and previous is not None
        and previous.kind == "infinitive"
        and group.first == group.head
        and tokens[group.head - base].form == "base"
    ):
        # "to approve and then call off strikes"
        return Draft(group.first, "infinitive", "to", group, previous.subject, previous.parent)
    elif marker in ("and", "or", "but", "yet", "nor", "&"):
        beside = start > base and tokens[start - 1 - base].text != ","
        inner = previous is not None and previous.kind in ("adverbial", "relative")
        if subject is None and previous is not None and beside and inner and previous.subject:
            # "after militants stormed out of Gaza and killed": it goes on inside.
            return Draft(
                start, previous.kind, marker, inherit(tokens, base, group, previous.verb, marker),
                previous.subject, previous.parent,
            )  # fmt: skip
        if subject is None and previous is not None:
            group = inherit(tokens, base, group, last_finite(drafts).verb, marker)
            subject = joined_subject(drafts)
            kind = "complement" if last_finite(drafts).kind == "complement" else "main"
    elif marker:
        kind = "adverbial"
    elif (
        previous is not None
        and subject is not None
        and takes_clause
        and _touches(tokens, base, previous.verb.last, start, body)
    ):
        kind = "complement"
    if not marker and subject is None and start > base and tokens[start - 1 - base].text in _QUOTES:
        subject = antecedent(tokens, base, start)  # 'saying Japan "will defend" it'
        if subject is not None and takes_clause:
            kind = "complement"
    if previous is not None and kind != "main":
        parent = governor(drafts) if kind == "complement" else len(drafts) - 1
        if marker in ("and", "but", "or") and kind == "complement":
            parent = last_finite(drafts).parent
        if marker == "that" and start > base and tokens[start - 1 - base].tag == "CONJ":
            parent = next(
                (i for i in range(len(drafts) - 1, -1, -1) if drafts[i].verb.lemma in SAYING),
                parent,
            )
    elif previous is not None and previous.kind == "condition" and previous.parent is not None:
        above = drafts[previous.parent]
        if kind == "main" and above.verb.lemma in SAYING and above.verb.finite:
            # "said that if it came to war, Japan would act": both hang on "said".
            kind, parent = "complement", previous.parent
    if subject is None and group.first > base and tokens[group.first - 1 - base].text in _CLOSING:
        subject = inverted(tokens, base, group)
    if subject is None and previous is not None and not marker:
        subject = before_speech(tokens, base, group, drafts)
    if subject is None and previous is not None and not marker:
        subject = resumed(tokens, base, group, drafts)
    if subject is None:
        subject = inverted(tokens, base, group)
    return Draft(start, kind, marker, group, subject, parent, holds)


_NEVER_BARE = frozenset("hold lead post quote rule demand caution".split())
"""Verbs of saying that take no clause without "that": "we hold Tehran responsible"."""
_PLANS = frozenset(
    "plan decision intention order agreement commitment deal bid attempt effort push ability "
    "capability power right option way reason need call request appeal refusal failure".split()
)
_SAID_NOUNS = frozenset(
    "claim fact statement report news belief fear hope warning assurance suggestion idea view sign "
    "evidence allegation accusation rumor rumour announcement argument threat promise pledge demand "
    "condition possibility risk danger concern message notion charge vow chance doubt insistence "
    "conclusion assertion proposal word guarantee understanding question proof indication hint "
    "confirmation".split()
)


def _short_quote(tokens: Sequence[Token], place: int, left: int) -> int | None:
    """Where the few quoted words begin that the mark at `place` closes: a name, no speech."""
    for step in range(place - 1, max(left, place - 6) - 1, -1):
        if tokens[step].text[:1] in _QUOTES:
            return step if step < place - 1 and step > left else None
        if tokens[step].tag in ("VERB", "AUX", "MODAL", "PUNCT"):
            return None
    return None


def _contact(tokens: Sequence[Token], base: int, group: VerbGroup, previous: Draft) -> int | None:
    """The place of the pronoun that opens "the groups it arms", a relative without a marker."""
    place = group.first - 1
    while place > base and tokens[place - base].tag == "ADV":
        place -= 1
    if place - 1 <= previous.verb.last or tokens[place - base].lower not in _PRONOUNS:
        return None
    before = tokens[place - 1 - base]
    return place if before.tag == "NOUN" and before.lower not in _TIMES else None


_PRONOUNS = frozenset("it he she they we i you".split())
_TIMES = frozenset(
    "day week month year morning evening afternoon night time times moment minute hour monday tuesday "
    "wednesday thursday friday saturday sunday".split()
)


def _opened(tokens: Sequence[Token], place: int, left: int) -> int | None:
    """The place of the bracket that the one at `place` closes, at most twelve words back."""
    for step in range(place - 1, max(left, place - 12) - 1, -1):
        if tokens[step].text == "(":
            return step
    return None


def _is_object_relative(
    tokens: Sequence[Token], base: int, start: int, previous: Draft | None, group: VerbGroup
) -> bool:
    """True for "the exercises that China announced": a noun before "that", no verb of saying; and
    for "a charge that Athens denies", where the verb has no object of its own."""
    if start <= base:
        return False
    before = tokens[start - 1 - base]
    after = tokens[group.last - base] if group.last - base < len(tokens) else None
    answered = group.lemma in ("deny", "reject", "dispute", "dismiss", "refute", "make")
    if answered and before.tag == "NOUN" and (after is None or after.tag == "PUNCT"):
        return True
    if before.tag not in ("NOUN", "PROPN") or before.lemma in _SAID_NOUNS:
        return False
    if previous is None or previous.verb.lemma not in SAYING:
        return True
    between = tokens[previous.verb.last - base : start - base]
    # "said the drills that China announced would end", but "told reporters that China ..."
    return previous.verb.lemma not in _TO_WHOM and bool(between) and between[0].tag == "DET"


_TO_WHOM = frozenset("tell warn inform assure remind advise notify promise caution show".split())


def _is_phrase(tokens: Sequence[Token], place: int, group: VerbGroup, base: int) -> bool:
    """True for "after talks, Japan said": a subordinator that opens a phrase, not a clause."""
    token = tokens[place]
    if token.lower in ("after", "before", "since", "until", "till", "as", "so", "when", "while"):
        between = tokens[place + 1 : group.first - base]
        if between and between[-1].text == "," and sum(t.text == "," for t in between) == 2:
            return False  # "after the Speaker, Nancy Pelosi, visited": an apposition
        for step, word in enumerate(between):
            if word.tag == "PUNCT" and word.text == "," and 0 < step < len(between) - 1:
                return True
        return False
    return token.lower in ("once",) and place == 0


def _joins(
    tokens: Sequence[Token], base: int, place: int, group: VerbGroup, left: int, takes_clause: bool
) -> bool:
    """True if the conjunction joins clauses, not nouns ("Japan and Australia said")."""
    between = tokens[place + 1 - base : group.first - base]
    if between and between[-1].text == "," and tokens[max(place - 1 - base, 0)].text != ",":
        return False
    if not any(t.tag in ("NOUN", "PROPN", "PRON", "NUM", "DET") for t in between):
        return True
    before = tokens[left - base : place - base]
    if takes_clause and not any(t.tag == "PUNCT" for t in before):
        return False
    return bool(before) or place == left


def _credits(between: Sequence[Token]) -> int | None:
    """The place of the one comma in "... and missiles at Israel, the Guards said", or None."""
    commas = [i for i, t in enumerate(between) if t.text == ","]
    if len(commas) != 1 or not 0 < commas[0] < len(between) - 1:
        return None
    tail = between[commas[0] + 1 :]
    named = tail[0].tag in ("DET", "PROPN", "PRON", "NOUN", "ADJ")
    return commas[0] if named and commas[0] > 1 else None


def _touches(tokens: Sequence[Token], base: int, end: int, start: int, body: int) -> bool:
    gap = tokens[end - base : start - base]
    return all(t.tag in ("PUNCT", "ADV", "PREP", "PROPN", "NUM") for t in gap) or start == end


def _nonfinite(
    tokens: Sequence[Token], base: int, group: VerbGroup, left: int, drafts: list[Draft],
    last_group: bool = False,
) -> Draft:  # fmt: skip
    """An infinitive or a participle; its subject is its head noun or that of what it hangs on."""
    parent = len(drafts) - 1 if drafts else None
    above = drafts[-1] if drafts else None
    first = group.first
    if tokens[first - base].tag == "TO" and above is None and last_group:
        announced = subject_of(tokens, base, base, first)
        if announced is not None and tokens[first - 1 - base].tag in ("PROPN", "NOUN") and (
            tokens[first - 1 - base].lemma not in _SAID_NOUNS | _PLANS
        ):  # fmt: skip
            # A headline: "Philippines, Vietnam to hold drills".
            comma = announced[0] - 1 - base
            if comma > 0 and tokens[comma].text == "," and all(
                t.tag == "PROPN" for t in tokens[:comma]
            ):  # fmt: skip
                announced = (base, announced[1])
            planned = replace(group, finite=True, modality="will", tense="present")
            return Draft(base, "main", "", planned, announced, None)
    if tokens[first - base].tag == "TO" or tokens[group.head - base].form == "base":
        subject = object_control(tokens, base, above.verb, first) if above else None
        return Draft(
            first, "infinitive", "to", group, subject or (above.subject if above else None), parent
        )
    before = tokens[first - 1 - base] if first > base else None
    marker = ""
    start = first
    particle = (
        above is not None and above.verb.last == first - 1 and before is not None
        and before.lower in ("out", "up", "down", "off", "back")
    )  # fmt: skip
    if particle:
        pass  # "ruled out sending"
    elif before is not None and before.tag in ("PREP", "SUB") and first - 1 >= left:
        marker, start = before.lower, first - 1
    elif before is not None and before.tag in ("NOUN", "PROPN", "PRON") and first - 1 >= left:
        subject = antecedent(tokens, base, first)
        return Draft(first, "participial", "", group, subject, parent)
    subject = last_finite(drafts).subject if drafts else None
    named = named_before(tokens, base, first, left)
    if named is not None and (not drafts or tokens[named[0] - 1 - base].tag == "CONJ"):
        subject = named
    if subject is None and not drafts:
        subject = following_subject(tokens, base, group)
    return Draft(start, "participial", marker, group, subject, parent)
