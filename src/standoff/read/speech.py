"""Who says so: speech verbs, "according to", "X, saying ..."; nested, outermost first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from standoff.read.reading import Clause, Reading, Sentence, Speech, SpeechKind
from standoff.read.roles import Roles
from standoff.terms import Party, Span

SPEECH_VERBS = frozenset(
    "say tell add state declare announce claim argue note reply respond stress insist report warn "
    "reiterate reaffirm confirm deny allege admit acknowledge explain conclude write comment remark "
    "maintain emphasize emphasise underline assert contend observe swear vow pledge promise caution "
    "reveal disclose repeat affirm assure inform recall concede tweet post quote suggest indicate "
    "signal predict estimate believe think theorize speculate cite resolve demand urge respond "
    "call describe ask define restate add recount complain agree hint joke retort counter".split()
)
_ACCORDING = re.compile(r"\b(?:according to|in the words of|as reported by|citing|quoting)\b", re.I)
_ANONYMOUS = re.compile(
    r"\b(?:sources?|officials?|insiders?|diplomats?|aides?|person|people|official who)\b"
    r"(?=[^.;]{0,80}\b(?:anonymous|anonymity|not (?:to )?be (?:named|identified)|doesn['’]t name|"
    r"unnamed|unidentified|familiar with|declined to be|not authori[sz]ed|briefed on|close to"
    r"|spoke on condition|does(?:n['’]t| not) name))"
    r"|\b(?:two|three|four|five|several|senior|military|army|defen[cs]e|intelligence|security|diplomatic"
    r"|western|government) (?:officials?|sources?|diplomats?|officers?|aides?)\b"
    r"(?:,? (?:in|from|with) [\w ]{2,30})?,? (?:say|said|told|tell|confirmed)\b"
    r"|\b(?:unnamed|anonymous|unidentified|undisclosed)\b[\w \t-]{0,30}\b(?:sources?|officials?"
    r"|diplomats?|aides?)\b|\b(?:government|govt|diplomatic|military|defen[cs]e|security"
    r"|intelligence|informed|ministry) sources?\b",
    re.I,
)
_HEARSAY = re.compile(
    r"\b(?:rumou?rs?|reportedly|allegedly|unconfirmed|purported(?:ly)?|hearsay|supposed(?:ly)?"
    r"|someone in my|some (?:say|claim)|it is said|is said to|are said to|word is|speculation)\b",
    re.I,
)


def find_speeches(
    reading: Reading, sentence: Sentence, clauses: Sequence[Clause], roles: Roles, number: int
) -> list[Speech]:
    """The speeches of one sentence, outer before inner."""
    out: list[Speech] = []
    tokens = reading.tokens
    for place, clause in enumerate(clauses):
        verb = clause.verb
        if verb.lemma not in SPEECH_VERBS or (clause.kind == "relative" and clause.antecedent):
            continue
        following = clauses[place + 1] if place + 1 < len(clauses) else None
        later = next(
            (
                c
                for c in clauses[place + 1 :]
                if c.kind == "complement" and c.parent == clause.index
            ),
            None,
        )
        following = later or following
        holds = following is not None and following.kind in (
            "complement", "infinitive", "condition",
        ) and following.parent is not None  # fmt: skip
        if holds and following is not None:
            start, end = tokens[following.first].start, sentence.end
        elif verb.last < clause.last and verb.lemma in (
            "say",
            "tell",
            "add",
            "reply",
            "call",
            "describe",
        ):
            start, end = tokens[verb.last].start, tokens[clause.last - 1].end
        else:
            start, end = sentence.start, tokens[clause.first].start
        tail = place == len(clauses) - 1 and clause.first > sentence.first and not holds
        if tail:
            start, end = sentence.start, tokens[clause.first].start
        if end <= start:
            continue
        subject = clause.subject
        speaker = reading.token_span(*subject).quote if subject else ""
        mention = None
        if subject:
            found = roles.mentions(*subject)
            mention = reading.mention_number(found[0]) if found else None
        content = Span.of(reading.text, start, end)
        out.append(
            Speech(
                index=number + len(out),
                sentence=sentence.index,
                cue=reading.token_span(verb.first, verb.last),
                lemma=verb.lemma,
                speaker=speaker,
                mention=mention,
                content=content,
                kind=_kind(content.quote, speaker),
                negated=verb.negated,
                outer=_outer(out, start, end),
                parties=_parties(roles, clause),
            )
        )
    if not out:
        out.extend(_credited(reading, sentence, roles, number))
    return out


def _parties(roles: Roles, clause: Clause) -> tuple[Party, ...]:
    """Who speaks, as far as known."""
    return tuple(roles.senders(*clause.subject)) if clause.subject else ()


def _credited(reading: Reading, sentence: Sentence, roles: Roles, number: int) -> Iterator[Speech]:
    """Speeches without a verb: "Kremlin: no talks", "..., according to the ministry"."""
    tokens = reading.sentence_tokens(sentence)
    colon = next((i for i, t in enumerate(tokens[:14]) if t.text == ":"), None)
    if colon and colon + 1 < len(tokens) and not any(t.tag in _VERBAL for t in tokens[:colon]):
        first, cue, last = sentence.first, sentence.first + colon, sentence.first + colon
        start, end = tokens[colon + 1].start, sentence.end
    else:
        found = _ACCORDING.search(reading.text, sentence.start, sentence.end)
        if found is None or found.group().lower() in ("citing", "quoting"):
            return
        cue = next((t.index for t in tokens if t.start >= found.start()), sentence.last)
        first = next((t.index for t in tokens if t.start >= found.end()), sentence.last)
        last = first
        while last < sentence.last and reading.tokens[last].text[0] not in ",.;:—":
            last += 1
        if first >= last:
            return
        before = found.start() > sentence.start + 2
        start, end = (
            (sentence.start, found.start())
            if before
            else (reading.tokens[last - 1].end, sentence.end)
        )
    mentions = roles.mentions(first, last)
    if not mentions or end <= start:
        return
    yield Speech(
        index=number,
        sentence=sentence.index,
        cue=reading.token_span(cue, cue + 1),
        lemma="say",
        speaker=reading.token_span(first, last).quote,
        mention=reading.mention_number(mentions[0]),
        content=Span.of(reading.text, start, end),
        kind=_kind(reading.text[start:end], "x"),
        parties=(mentions[-1].party if mentions[-1].party.person else mentions[0].party,),
    )


_VERBAL = frozenset(("VERB", "AUX", "MODAL", "WH", "SUB"))


def _outer(before: Sequence[Speech], start: int, end: int) -> int | None:
    for speech in reversed(before):
        if speech.content.start <= start and end <= speech.content.end:
            return speech.index
    return None


def _kind(content: str, speaker: str) -> SpeechKind:
    if not speaker:
        return "unnamed"
    stripped = content.strip()
    if stripped[:1] in '"“‘' or stripped.count('"') >= 2 or "“" in stripped:
        return "verbatim"
    return "paraphrase"


def is_anonymous(text: str) -> bool:
    """True if the words credit officials whom they do not name.

    >>> is_anonymous("citing several government sources"), is_anonymous("officials said")
    (True, False)
    """
    return _ANONYMOUS.search(text) is not None


def is_hearsay(text: str) -> bool:
    """True if the words pass on a rumour.

    >>> is_hearsay("Troops reportedly left."), is_hearsay("Troops left.")
    (True, False)
    """
    return _HEARSAY.search(text) is not None


def according_to(text: str) -> re.Match[str] | None:
    """The words "according to", "citing" ... in a sentence."""
    return _ACCORDING.search(text)
