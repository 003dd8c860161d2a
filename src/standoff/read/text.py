"""Sentences and tokens with exact offsets; boilerplate found and set aside.

One pass of one regular expression finds the tokens, a second looks at the marks between them.
Both are linear in the length of the text: runs of one mark become one token, and a sentence
that never ends is cut after `LONGEST` tokens. The text itself is never changed.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from functools import cache

from standoff.read.boilerplate import find_boilerplate, heading_kind
from standoff.read.reading import SentenceKind
from standoff.reference import state_names
from standoff.terms import Span

LONGEST = 220
"""Tokens after which a sentence is cut. The longest sentence of ordinary prose has about 120."""

TOKEN = re.compile(
    r"""
    (?:https?://|www\.)\S{1,2000}          # addresses
  | Nos?\.[ \t]?\d+                         # No. 10 is an address and denies nothing
  | [@\#]\w+                               # handles and hashtags
  | (?:[^\W\d_]\.){2,}                     # U.S., e.g.
  | \d+(?:[.,:]\d+)*(?:st|nd|rd|th)?(?![^\W\d_])  # 1,200.5  12:30  4th
  | [^\W_]+(?:[-‑'’.&][^\W_]+)*            # words, hyphens, contractions, AT&T
  | [\U0001F1E6-\U0001F1FF]{2}             # flags
  | ([^\w\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\x00-\x1f\x7f])\1*  # marks
    """,
    re.VERBOSE,
)
# What splits off the end of a word: don't -> do n't, Japan's -> Japan 's.
TAIL = re.compile(r"(?:n['’]t|['’](?:s|S|re|ve|ll|d|m))$")
ABBREVIATIONS = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr adm sgt rep sen gov st no vs etc inc ltd co corp "
    "jr sr hon rev pres sec dept est approx fig art vol pp op ed jan feb mar apr jun jul aug sep "
    "sept oct nov dec mon tue tues wed thu thurs fri sat sun brig amb min fr messrs viz cf ft mt"
    .split()
)  # fmt: skip
INITIALS_END = frozenset("u.s. u.k. u.n. e.u. u.a.e. d.c. p.m. a.m. d.p.r.k. p.r.c.".split())
TERMINAL = frozenset(".!?…")
CLOSERS = frozenset("\"”’')]»")
CLOSED_SPEECH = frozenset('"”’»')
OPENERS = frozenset("\"“‘'([«")
MARKER = re.compile(
    r"[ \t]*(?:\[\d{1,3}/\d{1,3}\]|\d{1,3}/\d{0,3}(?=\s)|\(?\d{1,2}[.)](?=\s)|\([a-z]\)"
    r"|[-*•–—·>]+(?=\s)|#{1,6}(?=\s)|\d{1,2}️⃣)[ \t]*"
)
DATELINE = re.compile(
    r"[ \t]*(?:[A-Z][A-Z.'’-]+(?:[ /,]+[A-Z][A-Z.'’-]+){0,4})"
    r"(?:,? *\([A-Za-z .]{2,30}\)|, [A-Z][\w .,]{2,40}?)?(?:,? *\([A-Za-z .]{2,30}\))?"
    r" ?[-–—]{1,2} (?=\S)"
)


@dataclass(frozen=True, slots=True)
class RawToken:
    """Offsets and words of one token, before it is classed."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class RawSentence:
    """Raw tokens `first:last` of one sentence."""

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    kind: SentenceKind


@dataclass(frozen=True, slots=True)
class RawText:
    """A text cut up: tokens, sentences and what was set aside."""

    tokens: tuple[RawToken, ...]
    sentences: tuple[RawSentence, ...]
    boilerplate: tuple[Span, ...]


def split_text(text: str) -> RawText:
    """Cut `text` into sentences and tokens; find what is no prose.

    >>> raw = split_text("The U.S. fleet sailed. Japan didn't object.")
    >>> [t.text for t in raw.tokens][-5:]
    ['Japan', 'did', "n't", 'object', '.']
    >>> [(s.start, s.end) for s in raw.sentences]
    [(0, 22), (23, 43)]
    """
    tokens: list[RawToken] = []
    sentences: list[RawSentence] = []
    blocks = _blocks(text)
    junk = find_boilerplate(text, blocks)
    aside: list[Span] = []
    for paragraph, (start, end) in enumerate(blocks):
        if junk[paragraph]:
            aside.append(Span.of(text, start, end))
            sentences.append(
                RawSentence(start, end, len(tokens), len(tokens), paragraph, "boilerplate")
            )
            continue
        marker = MARKER.match(text, start, end)
        begin = marker.end() if marker and marker.end() < end else start
        dateline = DATELINE.match(text, begin, min(end, begin + 120))
        if dateline and dateline.end() < end:
            begin = dateline.end()
        first = len(tokens)
        tokens.extend(_tokens(text, begin, end))
        kind = heading_kind(text[start:end])
        _cut(text, tokens, first, paragraph, kind, sentences)
    return RawText(tuple(tokens), tuple(sentences), tuple(aside))


def _blocks(text: str) -> list[tuple[int, int]]:
    """Lines joined into blocks: a line goes on with the next if it was plainly wrapped there."""
    blocks: list[tuple[int, int]] = []
    open_block: tuple[int, int] | None = None
    position = 0
    lines = text.splitlines(keepends=True)
    width = max((len(line.strip()) for line in lines), default=0)
    # Set to a width only if some line plainly goes on in the next.
    if not any(len(a) > 55 and b[:1].islower() for a, b in itertools.pairwise(lines)):
        width = len(text) + 1
    for line in lines:
        start, end = position, position + len(line)
        position = end
        stripped = line.strip()
        if not stripped:
            if open_block:
                blocks.append(open_block)
            open_block = None
            continue
        left = start + (len(line) - len(line.lstrip()))
        right = left + len(stripped)
        if open_block and _wrapped(text, open_block, stripped, width):
            open_block = (open_block[0], right)
        else:
            if open_block:
                blocks.append(open_block)
            open_block = (left, right)
    if open_block:
        blocks.append(open_block)
    return blocks


def _wrapped(text: str, block: tuple[int, int], line: str, width: int) -> bool:
    """True if `line` continues the block: the block stopped mid-sentence.

    A line that begins with a capital goes on only where its first word did not fit on the line
    before, in a text set to `width`; else it is a headline or an item of its own.
    """
    last = text[block[1] - 1]
    if last in TERMINAL or last in CLOSERS or last in ":;|" or MARKER.match(line):
        return False
    tail = text[max(block[0], block[1] - 400) : block[1]].rsplit("\n", 1)[-1]
    if line[0].islower():
        return len(tail) > 30
    full = len(tail) + 1 + len(line.split(None, 1)[0]) > width
    return len(tail) >= 55 and (last in ",-" or (full and line[0].isalnum())) and len(line) > 3


def _tokens(text: str, start: int, end: int) -> list[RawToken]:
    found: list[RawToken] = []
    for match in TOKEN.finditer(text, start, end):
        left, right = match.span()
        word = match.group()
        if "'" in word or "’" in word:
            tail = TAIL.search(word)
            if tail and tail.start() > 0:
                cut = left + tail.start()
                found.append(RawToken(left, cut, word[: tail.start()]))
                found.append(RawToken(cut, right, tail.group()))
                continue
        found.append(RawToken(left, right, word))
    return found


def _cut(
    text: str,
    tokens: list[RawToken],
    first: int,
    paragraph: int,
    kind: SentenceKind,
    sentences: list[RawSentence],
) -> None:
    """Cut the tokens from `first` on into sentences of one block."""
    total = len(tokens)
    begin = index = first
    while index < total:
        ended = (
            index - begin >= LONGEST
            or (tokens[index].text[0] in TERMINAL and _ends(text, tokens, index, total))
            or (tokens[index].text.lower() in INITIALS_END and _begins(tokens, index + 1, total))
        )
        index += 1
        if not ended:
            continue
        while (
            index < total
            and tokens[index].text[0] in CLOSERS
            and tokens[index].start == tokens[index - 1].end
        ):
            index += 1
        _add(tokens, begin, index, paragraph, kind, sentences)
        begin = index
    if begin < total:
        _add(tokens, begin, total, paragraph, kind, sentences)


def _add(
    tokens: list[RawToken],
    first: int,
    last: int,
    paragraph: int,
    kind: SentenceKind,
    sentences: list[RawSentence],
) -> None:
    asks = any(t.text.startswith("?") for t in tokens[max(first, last - 3) : last])
    sentences.append(
        RawSentence(
            tokens[first].start,
            tokens[last - 1].end,
            first,
            last,
            paragraph,
            "question" if asks and kind == "prose" else kind,
        )
    )


_OPENS = frozenset(
    "the a an it he she they this these those but in on at both however meanwhile there when".split()
)
_SAYS = frozenset("said says has have is are was were will would did".split())


@cache
def _states() -> frozenset[str]:
    return frozenset(n.name for n in state_names() if n.kind == "name" and " " not in n.name)


def _begins(tokens: list[RawToken], index: int, total: int) -> bool:
    """Whether a new sentence begins at `index`, behind "U.S.": with a small word, or with a state that
    acts ("by the U.K. Russia condemned"); "U.S. Navy said" goes on."""
    if index >= total or not tokens[index].text[:1].isupper():
        return False
    if tokens[index].text.lower() in _OPENS:
        return True
    verb = tokens[index + 1].text if index + 1 < total else ""
    acts = verb in _SAYS or (verb.islower() and verb.endswith("ed"))
    return acts and tokens[index].text in _states()


def _ends(text: str, tokens: list[RawToken], index: int, total: int) -> bool:
    """True if the mark at `index` ends a sentence, and is not part of an abbreviation."""
    follow = index + 1
    while (
        follow < total
        and tokens[follow].text[0] in CLOSERS
        and tokens[follow].start == tokens[follow - 1].end
    ):
        follow += 1
    if follow >= total:
        return True
    after = tokens[follow]
    if after.start == tokens[follow - 1].end and after.text[0] not in OPENERS:
        return False
    head = after.text[0]
    if head.islower():
        if tokens[follow - 1].text[0] in CLOSED_SPEECH:
            return False  # '"We attacked India!" said the general'
        # Posts go on in lower case; edited prose has this only after abbreviations.
        word = tokens[index - 1].text if index else ""
        return (
            tokens[index].text != "." and follow == index + 1 and tokens[index].text[0] not in "?!…"
        ) or (len(word) > 2 and word.isalpha() and word.lower() not in ABBREVIATIONS)
    if tokens[index].text != "." or index == 0:
        return True
    before = tokens[index - 1]
    if before.end != tokens[index].start:
        return True
    word = before.text.lower()
    if word in ABBREVIATIONS and before.text[0].isupper() | (word in ("vs", "etc", "cf", "approx")):
        return word == "etc"
    return not (len(word) == 1 and word.isalpha() and before.text.isupper())
