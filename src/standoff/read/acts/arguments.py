"""Who may be source or target of an act, each with the path that leads to it and what the path shows.

A party is an argument only if grammar or coreference reaches it: a phrase of the sentence, who speaks,
who issued the text, or who was told of just before. Which one it is the fitted models say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from standoff.read.acts.parties import Parties
from standoff.read.acts.recall import Reached, Recall, told_apart
from standoff.read.lexicon_words import words_of
from standoff.read.reading import Token
from standoff.read.syntax import Tree
from standoff.terms import Party, Signal

_PHRASES = frozenset(("NOUN", "PROPN", "PRON", "NUM", "DET"))
_LONG = 6
_APART = 12
_MEETING = ("CONSULT", "AGREE", "COOPERATE")
_QUOTED = re.compile(r'"[^"]*"')
Phrase = tuple[int, tuple[Reached, ...]]


@dataclass(slots=True)
class Argument:
    """A party that may take part in one act: how it was reached, nearest first, the heads of the phrases
    that stand for it, and its features."""

    reached: Reached
    nearness: tuple[int, int] = (99, 99)
    heads: list[int] = field(default_factory=list[int])
    features: set[str] = field(default_factory=set[str])

    @property
    def has_path(self) -> bool:
        """Whether the sentence leads to the party, not only what was told before it."""
        return self.nearness < (99, 99) or not self.features.isdisjoint(("speaker", "author"))


def phrases_of(tree: Tree, parties: Parties) -> list[Phrase]:
    """Each phrase of a sentence that stands for somebody, by its head."""
    out: list[Phrase] = []
    for token in tree.tokens:
        own = token.index in parties.named
        if not own and (
            token.tag not in _PHRASES or (token.dep == "compound" and not _short(token))
        ):
            continue
        found = parties.of(token.index) or _body(token, parties)
        if found:
            out.append((token.index, found))
    return out


def _short(token: Token) -> bool:
    return token.lemma.lower() in words_of("common_bodies") and token.form in ("NN", "NNP")


def _body(token: Token, parties: Parties) -> tuple[Reached, ...]:
    """ "The Council", after "the Security Council"."""
    if not _short(token):
        return ()
    before = [
        m for m in parties.reading.mentions
        if m.span.start < token.start and m.party.actor in ("IGO", "MULTI") and " " in m.span.quote
    ]  # fmt: skip
    last = next((m for m in reversed(before) if m.span.quote.lower().endswith(token.lower)), None)
    found = last or (before[-1] if before and token.lower in ("bloc", "alliance") else None)
    return (_before(found.party, f'"{token.text}": {found.span.quote}'),) if found else ()


def arguments_of(
    tree: Tree, trigger: Token, phrases: Sequence[Phrase], speakers: Sequence[Reached], recall: Recall,
    told: Mapping[str, int], subject: str,
) -> dict[str, Argument]:  # fmt: skip
    """By actor; `told` counts how often the text names each, `subject` is the subject of the act's clause
    where no phrase of the sentence says whom it stands for ("he", "leaders"), "" elsewhere."""
    out: dict[str, Argument] = {}
    above = {word: i for i, word in enumerate((trigger.index, *tree.up(trigger.index)))}
    paths = {head: _path(tree, above, head) for head, _ in phrases}
    for head, found in phrases:
        path, steps = paths[head]
        nearness = (steps, abs(head - trigger.index))
        for reached in found:
            kept = out.setdefault(reached.party.actor, Argument(reached))
            if nearness < kept.nearness:
                kept.reached, kept.nearness = reached, nearness
            kept.heads.append(head)
            side = "b" if head < trigger.index else "a"
            kept.features |= {
                f"p:{path}", f"rk:{_kind(reached.path)}", f"side:{side}",
            }  # fmt: skip
    _nearest(tree, trigger, phrases, paths, out)
    for reached, *shown in _remembered(speakers, recall):
        kept = out.setdefault(reached.party.actor, Argument(reached)).features
        kept.update(shown, (f"s:{subject}|{f}" for f in shown if ":" not in f))
    ranked = sorted(told, key=lambda a: -told[a])[:3]  # of equals the first named, never by code
    for actor, argument in out.items():
        if actor in told:
            argument.features.add(f"doc:{min(told[actor], 5)}")
        if actor in ranked:
            argument.features.add(f"top{ranked.index(actor)}")
    return out


def _nearest(
    tree: Tree, trigger: Token, phrases: Sequence[Phrase], paths: Mapping[int, tuple[str, int]],
    found: Mapping[str, Argument],
) -> None:  # fmt: skip
    """Add what the nearest phrase of each party shows."""
    where: dict[str, tuple[int, int, int]] = {}
    for head, reached in phrases:
        nearness = (paths[head][1], abs(head - trigger.index), head)
        for r in reached:
            actor = r.party.actor
            where[actor] = min(nearness, where.get(actor, nearness))
    order = sorted(where, key=lambda a: where[a])
    for rank, actor in enumerate(order):
        argument, head = found[actor], where[actor][-1]
        steps, words = argument.nearness
        argument.features |= {
            f"near:{min(rank, 3)}", f"np:{paths[head][0]}", f"ns:{'b' if head < trigger.index else 'a'}",
            f"nd:{min(steps, 6)}", f"sure:{argument.reached.sure}", f"nw:{min(words // 4, 6)}",
            f"tag:{tree[head].tag}", f"ofn:{min(len(order), 4)}",
        }  # fmt: skip


def _path(tree: Tree, above: Mapping[int, int], end: int) -> tuple[str, int]:
    """The way through the tree from a word to another, and its length; `above` numbers the word and
    those that it hangs below."""
    down: list[int] = []
    for word in (end, *tree.up(end)):
        if word in above:
            break
        down.append(word)
    else:
        return "apart", _APART  # two trees in one sentence
    rising = list(above)[: above[word]]
    steps = [f"^{tree[w].dep}" for w in rising]
    for word in reversed(down):
        dep = tree[word].dep
        steps.append(f"vprep:{tree[word].lower}" if dep == "prep" else f"v{dep}")
    return (" ".join(steps) or "self") if len(steps) <= _LONG else "long", len(steps)


def _kind(path: str) -> str:
    return _QUOTED.sub('""', path)[:40]


def _remembered(
    speakers: Sequence[Reached], recall: Recall
) -> Iterator[tuple[Reached, *tuple[str, ...]]]:
    """Who speaks, who issued the text, and who was told of just before, with what that shows."""
    for r in speakers:
        yield r, "speaker", f"spk:{_kind(r.path)}"
    for r in recall.author:
        yield r, "author"
    for party in recall.one_state():
        yield _before(party, "subject of the sentence before"), "before1"
    for party in recall.pair:
        yield _before(party, "one of the two told of together"), "pair"
    for r in recall.said:
        yield r, "said"
    for r in recall.speaker:
        yield r, "spokelast"
    for signal in recall.signals[-2:]:
        yield from _of_signal(signal)
    met = next((s for s in reversed(recall.signals) if s.event.value in _MEETING), None)
    for party in (*met.sources, *met.targets) if met is not None else ():
        yield _before(told_apart(party), "one of those who met"), "met"
    for entity in recall.sentences[-1] if recall.sentences else ():
        for party in entity.parties:
            shown = ("prevsent", "prevsubj") if entity.subject else ("prevsent",)
            yield (_before(party, "told of in the sentence before"), *shown)


def _of_signal(signal: Signal) -> Iterator[tuple[Reached, str]]:
    for party in signal.sources:
        yield _before(told_apart(party), "source of the act told before"), "lastsrc"
    for party in signal.targets:
        yield _before(told_apart(party), "target of the act told before"), "lasttgt"


def _before(party: Party, path: str) -> Reached:
    return Reached(Party(party.actor, organisation=party.organisation), path, False)
