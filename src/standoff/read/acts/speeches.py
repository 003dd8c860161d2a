"""Who says what: verbs of saying with their clause, quotations, "according to", and what goes on from
one sentence to the next."""

from __future__ import annotations

import re
from collections.abc import Sequence

from standoff.read.acts.parties import Parties
from standoff.read.acts.predicates import Predicate
from standoff.read.acts.recall import Reached, Recall
from standoff.read.acts.scope import Scope
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Reading, Sentence, Speech, SpeechKind
from standoff.read.syntax import Tree
from standoff.terms import Span

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
_ACCORDING = frozenset("according per citing".split())


class Speeches:
    """The speeches of one sentence, and who speaks the clause of each verb."""

    def __init__(
        self, reading: Reading, sentence: Sentence, tree: Tree, verbs: dict[int, Predicate],
        parties: Parties, recall: Recall, quotations: Sequence[Span],
    ) -> None:  # fmt: skip
        self.reading, self.sentence, self.tree, self.verbs = reading, sentence, tree, verbs
        self.parties, self.recall = parties, recall
        self.quotations = quotations
        self.found: list[Speech] = []
        self.asides: dict[int, int] = {}
        """Verbs that an inserted "he said" makes words of its speaker."""
        self.by_cue: dict[int, tuple[Speech, tuple[Reached, ...]]] = {}
        for verb in verbs.values():
            self._said(verb)
        self._according()

    def _said(self, verb: Predicate) -> None:
        aside = (
            verb.relation == "parataxis"
            and verb.lemma in words_of("quoting")
            and verb.governor in self.verbs
        )
        if verb.lemma not in words_of("saying") or (
            verb.complement < 0 and not aside and not self._beside_quotation(verb)
        ):
            return
        speaker = verb.doer
        reached = self.parties.of(speaker, outsiders=False) if speaker >= 0 else ()
        content = self._content(verb)
        if aside:
            first, last = self.tree.span(verb.governor)
            content = self.reading.token_span(first, last)
            self.asides[verb.governor] = verb.head
        if content is None:
            return
        content = self._closed(content)
        speech = self._speech(verb.head, verb.lemma, speaker, content, reached, verb.negated)
        self.by_cue[verb.head] = (speech, reached)
        self.found.append(speech)

    def _closed(self, content: Span) -> Span:
        """The words with the closing mark of a quotation that begins in them."""
        for quotation in self.quotations:
            if content.start <= quotation.start < content.end <= quotation.end:
                end = min(quotation.end + 1, self.sentence.end)
                return Span.of(self.reading.text, content.start, end)
        return content

    def _speech(
        self, cue: int, lemma: str, speaker: int, content: Span, reached: Sequence[Reached], negated: bool
    ) -> Speech:  # fmt: skip
        words = ""
        mention = None
        if speaker >= 0:
            first, last = self.tree.span(speaker)
            words = self.reading.token_span(first, last).quote
            named = self.parties.named.get(speaker)
            mention = self.reading.mention_number(named) if named is not None else None
        return Speech(
            index=0, sentence=self.sentence.index, cue=self.reading.token_span(cue, cue + 1),
            lemma=lemma, speaker=words, mention=mention, content=content,
            kind=self._kind(content, words), negated=negated, parties=tuple(r.party for r in reached),
        )  # fmt: skip

    def _kind(self, content: Span, speaker: str) -> SpeechKind:
        if not speaker:
            return "unnamed"
        within = any(q.start < content.end and content.start < q.end for q in self.quotations)
        return "verbatim" if within else "paraphrase"

    def _content(self, verb: Predicate) -> Span | None:
        """The clause that is said, or the quotation beside the verb."""
        if verb.complement >= 0:
            first, last = self.tree.span(verb.complement)
            inner = list(range(first, last))
            if verb.head in inner:  # the verb of saying stands within its clause
                last = verb.head if verb.complement < verb.head else last
                first = verb.head + 1 if verb.complement > verb.head else first
                if verb.subject >= 0 and first <= self.tree.span(verb.subject)[0] < last:
                    last = self.tree.span(verb.subject)[0]
            if first < last:
                return self.reading.token_span(first, last)
        return self._beside_quotation(verb)

    def _beside_quotation(self, verb: Predicate) -> Span | None:
        if verb.lemma not in words_of("quoting"):
            return None
        at = self.tree[verb.head].start
        for quotation in self.quotations:
            inside = self.sentence.start <= quotation.start < self.sentence.end
            if inside and not quotation.start <= at < quotation.end:
                return quotation
        return None

    def _according(self) -> None:
        """Keep whom "according to ..." credits with the whole sentence."""
        for token in self.tree.tokens:
            if token.lower in _ACCORDING and token.dep in ("prep", "advcl", "acl"):
                goal = self._object_of(token.index)
                reached = self.parties.of(goal, outsiders=False) if goal >= 0 else ()
                content = Span.of(self.reading.text, self.sentence.start, self.sentence.end)
                speech = self._speech(token.index, "say", goal, content, reached, False)
                self.found.append(speech)
                self.by_cue[token.index] = (speech, reached)
                return

    def _object_of(self, index: int) -> int:
        for kid in self.tree.kids(index, "prep"):
            found = self.tree.kid(kid, "pobj")
            if found >= 0:
                return found
        return self.tree.kid(index, "pobj", "dobj")

    def chain(self, verb: Predicate, scope: Scope) -> list[Speech]:
        """The speeches that hold the clause of a verb, outermost first."""
        return [s for s, _ in self._held_by(verb, scope)]

    def _held_by(self, verb: Predicate, scope: Scope) -> list[tuple[Speech, tuple[Reached, ...]]]:
        out = [self.by_cue[t] for t in scope.told_by if t in self.by_cue]
        for above in (verb.head, *self.tree.up(verb.head)):
            if (
                above in self.asides
                and self.by_cue[self.asides[above]] not in out
                and self.asides[above] != verb.head
            ):
                out.insert(0, self.by_cue[self.asides[above]])
        if not out:
            at = self.tree[verb.head].start
            for speech, reached in self.by_cue.values():
                if speech.content.start <= at < speech.content.end and speech.cue.start != at:
                    inside = any(q.start <= at < q.end for q in self.quotations)
                    if speech.lemma == "say" or inside:
                        out.append((speech, reached))
        return out

    def speakers(self, verb: Predicate, scope: Scope) -> tuple[Reached, ...]:
        """Who speaks the clause of a verb, innermost; () where it is the writer's own."""
        for _, reached in reversed(self._held_by(verb, scope)):
            if reached:
                return reached
        if self._held_by(verb, scope):
            return ()
        return self.carried(verb)

    def carried(self, verb: Predicate) -> tuple[Reached, ...]:
        """Who goes on speaking: a quotation without a verb of saying, or what stands behind a colon."""
        at = self.tree[verb.head].start
        inside = next((q for q in self.quotations if q.start <= at < q.end), None)
        alone = inside is not None and not any(
            s.cue.start >= self.sentence.start and not inside.start <= s.cue.start < inside.end
            for s, _ in self.by_cue.values()
        )
        if alone or self._after_colon():
            return tuple(
                Reached(r.party, f"goes on speaking: {r.path}", False) for r in self.recall.speaker
            )
        return ()

    def _after_colon(self) -> bool:
        before = self.reading.text[max(0, self.sentence.start - 4) : self.sentence.start].rstrip()
        return before.endswith(":")


def is_anonymous(text: str) -> bool:
    """True if the words credit officials whom they do not name.

    >>> is_anonymous("citing several government sources"), is_anonymous("officials said")
    (True, False)
    """
    return _ANONYMOUS.search(text) is not None
