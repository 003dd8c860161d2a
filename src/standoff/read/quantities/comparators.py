"""Hedges and directions around a number: about, more than, at least, rose by, a 5 % cut."""

from __future__ import annotations

from standoff.read.quantities.tokens import Scan, words
from standoff.terms import Comparator

_ABOUT = (
    "about|around|roughly|approximately|approx|approx .|nearly|almost|some|circa|ca|ca .|c .|~|≈|close to|"
    "an estimated|estimated|in the region of|in the order of|on the order of|in the neighborhood of|"
    "in the neighbourhood of|somewhere around|somewhere near|near|virtually|practically|just about|"
    "an approximate|an average of about|as about|believed to be|some where around|more or less|reported"
)
_MORE = (
    "more than|over|at least|no less than|no fewer than|not less than|not fewer than|a minimum of|"
    "minimum of|upwards of|upward of|north of|in excess of|exceeding|exceed|exceeds|exceeded|surpass|"
    "surpassed|surpasses|surpassing|topped|topping|tops|above|beyond|greater than|larger than|bigger than|"
    "higher than|longer than|older than|better than|well over|just over|slightly over|a little over|"
    "well above|just above|slightly more than|just more than|a little more than|well more than|much more than|"
    "far more than|even more than|>|> =|≥|>=|greater than or equal to|more than or equal to|equal to or more than|"
    "at least or equal to|bigger or equal than|higher or equal than|larger or equal than|greater or equal than|"
    "equal to or greater than|starting at|as few as|as little as|from at least|min|min .|passed the|heavier than|"
    "taller than|faster than|farther than|further than|wider than|deeper than|anything over|additional|minimum"
)
_LESS = (
    "less than|fewer than|under|up to|at most|no more than|not more than|no greater than|below|beneath|"
    "a maximum of|maximum of|as many as|as much as|as high as|as long as|as far as|smaller than|lower than|"
    "shorter than|younger than|just under|slightly under|a little under|well under|well below|just below|"
    "slightly less than|just less than|a little less than|much less than|far less than|far fewer than|"
    "even less than|<|< =|≤|<=|within|inside|less than or equal to|equal to or less than|smaller or equal than|"
    "less or equal than|lower or equal than|fewer than or equal to|closer than|not exceeding|no longer than|"
    "no later than|shy of|just shy of|short of|max|max .|capped at|limited to|maximum|nearer than|lighter than|"
    "cheaper than|not exceed|narrower than|slower than|to within|south of"
)
_UP = (
    "up|up by|rise of|increase of|gain of|growth of|jump of|surge of|hike of|climb of|an extra|"
    "increment of|raise of|boost of|uptick of|expansion of|advance of|leap of|spike of"
)
_DOWN = (
    "down|down by|fall of|drop of|decrease of|decline of|cut of|loss of|slump of|reduction of|plunge of|"
    "dip of|slide of|contraction of|shrinkage of|downturn of|discount of|tumble of"
)
_EQUAL = "exactly|precisely|equal to|equals|equals to|equaling to|equaling|is equal to|="


def _table() -> dict[str, list[tuple[tuple[str, ...], Comparator]]]:
    table: dict[str, list[tuple[tuple[str, ...], Comparator]]] = {}
    for phrases, comparator in (
        (_ABOUT, Comparator.ABOUT),
        (_MORE, Comparator.MORE),
        (_LESS, Comparator.LESS),
        (_UP, Comparator.UP),
        (_DOWN, Comparator.DOWN),
        (_EQUAL, Comparator.EQUAL),
    ):
        for phrase in phrases.split("|"):
            parts = tuple(phrase.split())
            table.setdefault(parts[-1], []).append((parts, comparator))
    for options in table.values():
        options.sort(key=lambda o: -len(o[0]))
    return table


BEFORE = _table()
AFTER: tuple[tuple[tuple[str, ...], Comparator], ...] = tuple(
    (tuple(p.split()), c)
    for p, c in (
        ("or more than", Comparator.MORE),
        ("or greater than", Comparator.MORE),
        ("or equal to", Comparator.EQUAL),
        ("or equal", Comparator.EQUAL),
        ("or more", Comparator.MORE),
        ("and more", Comparator.MORE),
        ("or greater", Comparator.MORE),
        ("or higher", Comparator.MORE),
        ("or above", Comparator.MORE),
        ("or over", Comparator.MORE),
        ("or longer", Comparator.MORE),
        ("or better", Comparator.MORE),
        ("and above", Comparator.MORE),
        ("and over", Comparator.MORE),
        ("and up", Comparator.MORE),
        ("or so", Comparator.ABOUT),
        ("- odd", Comparator.ABOUT),
        ("odd", Comparator.ABOUT),
        ("- ish", Comparator.ABOUT),
        ("or less", Comparator.LESS),
        ("or fewer", Comparator.LESS),
        ("or under", Comparator.LESS),
        ("or below", Comparator.LESS),
        ("or lower", Comparator.LESS),
        ("and under", Comparator.LESS),
        ("at least", Comparator.MORE),
        ("at most", Comparator.LESS),
        ("- plus", Comparator.MORE),
        ("plus", Comparator.MORE),
        ("+", Comparator.MORE),
    )
)
UP_VERBS = words(
    "rise rises rose risen rising increase increases increased increasing grow grows grew "
    "grown growing gain gains gained gaining climb climbs climbed climbing jump jumps jumped "
    "jumping surge surges surged surging soar soars soared soaring advance advances advanced "
    "rally rallied rallies add adds expand expands expanded expanding boost boosts boosted "
    "raise raises raised raising hike hiked hikes leap leapt leaped spike spiked swell "
    "swelled edge edged improve improved strengthen strengthened extend extended widen "
    "widened lengthen lengthened accelerate accelerated appreciate appreciated up rebound "
    "rebounded"
)
DOWN_VERBS = words(
    "fall falls fell fallen falling drop drops dropped dropping decline declines declined "
    "declining decrease decreases decreased decreasing lose loses lost losing slide slid "
    "slides plunge plunged plunges slump slumped slumps tumble tumbled tumbles dip dipped "
    "dips shrink shrank shrunk shrinks cut cuts cutting reduce reduces reduced reducing lower "
    "lowered lowers trim trimmed slash slashed slashes contract contracted contracts sink "
    "sank sunk weaken weakened ease eased narrow narrowed shorten shortened retreat retreated "
    "depreciate depreciated devalue devalued down shed sheds slip slipped slips crash crashed"
)
# Verbs whose direct object can be a plain number without "by": "gained 3 percent".
DIRECT = words(
    "rise rises rose risen rising increase increases increased increasing grow grows grew "
    "grown growing gain gains gained gaining climb climbed climbs jump jumped jumps surge "
    "surged surges soar soared advance advanced rally rallied fall falls fell fallen falling "
    "drop drops dropped dropping decline declined declines decrease decreased slide slid "
    "plunge plunged slump slumped tumble tumbled dip dipped shrink shrank shrunk lose loses "
    "lost losing slip slipped sink sank edge edged up down lower higher shed sheds contracted "
    "expanded rebound rebounded spiked leapt leaped crashed eased weakened strengthened"
)
UP_NOUNS = words(
    "rise increase gain growth jump surge hike climb boost raise expansion advance uptick "
    "leap spike higher more larger bigger greater rally appreciation increases upsurge"
)
DOWN_NOUNS = words(
    "fall drop decrease decline cut loss slump reduction plunge dip slide lower less fewer "
    "smaller contraction cuts tumble discount downturn devaluation depreciation decreases "
    "shrinkage"
)
_SKIP = words("by a an the another further sharply slightly only just nearly up down")
# Between "by" and the number: "by an annualised 9.5%", "by a further 200".
ADVERBS = words(
    "annualised annualized annual estimated further total whopping record mere staggering average net full "
    "combined seasonally adjusted astonishing additional cumulative hefty modest sharp steep reported"
)
PERIODS = frozenset(("d", "wk", "mo", "yr", "decade", "century", "fortnight", "h", "min", "s"))


def comparator_before(scan: Scan, index: int) -> tuple[Comparator, int] | None:
    """The hedge that ends right before token `index`: (comparator, its first token).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> comparator_before(scan_text("rose to no more than 500"), 5)
    (<Comparator.LESS: '<'>, 2)
    """
    last = scan.word(index - 1)
    for phrase, comparator in BEFORE.get(last, ()):
        start = index - len(phrase)
        if start >= 0 and all(scan.lower[start + n] == w for n, w in enumerate(phrase)):
            return comparator, start
    return None


def comparator_after(scan: Scan, index: int) -> tuple[Comparator, int] | None:
    """The hedge that starts at token `index`: "or more", "-odd", "or so"."""
    if scan.word(index) not in ("or", "and", "-", "odd", "at", "plus", "+"):
        return None
    for phrase, comparator in AFTER:
        if all(scan.word(index + n) == w for n, w in enumerate(phrase)):
            if phrase[0] in ("-", "+") and not scan.glued(index):
                continue
            if phrase == ("plus",) and scan.kind(index + 1) in ("n", "w"):
                continue
            return comparator, index + len(phrase)
    return None


def direction(scan: Scan, first: int, last: int, share: bool) -> Comparator | None:
    """UP or DOWN where the number is the size of a change, else None.

    `first` is the token at which the number and its hedges start, `last` the one after; `share`
    says that the unit can measure a change of anything (per cent, points, ratio, money).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> direction(scan_text("exports fell by 3 percent"), 3, 5, True)
    <Comparator.DOWN: 'down'>
    """
    before, at = scan.word(first - 1), first - 1
    while before in ADVERBS or (before in ("a", "an") and scan.word(at - 1) == "by"):
        at -= 1
        before = scan.word(at)
    if before == "by":
        for j in range(at - 1, max(-1, first - 14), -1):
            word = scan.word(j)
            if word in (".", ";", "!", "?"):
                break
            if word in UP_VERBS or word in UP_NOUNS:
                return Comparator.UP
            if word in DOWN_VERBS or word in DOWN_NOUNS:
                return Comparator.DOWN
        return None
    j = first - 1
    while scan.word(j) in (
        "a",
        "an",
        "another",
        "further",
        "sharply",
        "slightly",
        "only",
        "just",
        "the",
    ):
        j -= 1
    verb = scan.word(j)
    if verb in DIRECT and (share or verb in ("up", "down")):
        return Comparator.UP if verb in UP_VERBS or verb == "higher" else Comparator.DOWN
    if share:
        for j in range(last, min(last + 3, len(scan))):
            word = scan.word(j)
            if word in UP_NOUNS:
                return Comparator.UP
            if word in DOWN_NOUNS:
                return Comparator.DOWN
            if scan.kind(j) != "w" or word in (
                "of",
                "to",
                "in",
                "from",
                "the",
                "and",
                "stake",
                "share",
            ):
                break
    return None
