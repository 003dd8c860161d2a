"""Distances between two named places, and one quantity printed in two units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from standoff.read.claims.apart import find_turned, meant_by_noun
from standoff.read.claims.common import Draft, Named, is_length, named_places, same_dimension
from standoff.read.claims.when import tree_of
from standoff.read.reading import Reading, Sentence
from standoff.reference import state_names
from standoff.terms import DistanceContent, PartContent, Quantity, UnitContent

# After the number: what leads to the place from which is measured.
_FROM = re.compile(
    r"\s*(?:\(\s*[^()]{1,40}\)\s*)?(?:away\s+|wide\s+|apart\s+)?"
    r"(?:(?:by\s+(?:air|sea|road|land|rail)|as\s+the\s+(?:crow|aircraft|plane)\s+flies|in\s+a\s+straight\s+line|"
    r"across\s+the\s+(?:water|sea|strait|gulf|bay|channel|border)|over\s+(?:water|land))\s+)?"
    r"(?:(?:due\s+)?(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?\s+)?"
    r"(?:from|off|of)\s+(?:the\s+)?(?:(?:nearest|closest|main|tip|edge|end)\s+)*"
    r"(?:(?:north|south|east|west)(?:-?(?:east|west))?(?:ern)?\s+)?"
    r"(?:(?:\w+\s+)?(?:coast(?:line)?|shores?|mainland|island|city|port|town|capital|territory|point|tip|"
    r"peninsula|province|region|resort|base|border)\s+of\s+)?"
    r"(?:the\s+)?",
    re.I,
)
# Between the place that is measured and the number: it lies there, or an apposition.
_LIES = re.compile(
    r"\s*(?:\([^()]{0,40}\)\s*)?(?:,\s*)?(?:(?:an?|the)\s+[\w\s'’-]{2,60}?,?\s+)?"
    r"(?:which\s+|that\s+)?(?:itself\s+)?"
    r"(?:(?:is|are|lies?|sits?|stands?|was|were|lay|located|situated)\s+)?"
    r"(?:(?:located|situated|only|just|some|merely|barely|no more than|less than|more than|about|"
    r"around|roughly|approximately|nearly|almost|an estimated|at|within|a mere|well over|well under|"
    r"under|over|close to|little more than|a little over|fully|a good)\s+)*[~≈]?\s*",
    re.I,
)
_BETWEEN = re.compile(
    r"(?:distance|gap|strait|water|stretch)\s+(?:of\s+[^.]{0,30}\s+)?(?:between|from)\s*$", re.I
)
_MOTION = re.compile(
    r"\b(?:flew|fly|flown|sail|sailed|travel\w*|range|reach\w*|radius|landed|fell|splash\w*|"
    r"fired|drift\w*|advanc\w*|march\w*|carrier|ship|vessel|aircraft|missiles?|submarine)\b",
    re.I,
)


def find_distances(reading: Reading) -> Iterator[Draft]:
    """`X, about 180 km from Y`, `X lies 180 km off Y`, `the distance between X and Y is 180 km`.

    The place measured must stand right before the number, by apposition or "lies": a ship 80 km
    off a coast names no second place. "and 125 km from Z" measures the same place again.
    """
    for sentence in reading.prose():
        yield from _in_sentence(reading, sentence)


def find_turned_distances(reading: Reading) -> Iterator[Draft]:
    """`it is 1,600 km from X to Y`, `just 110 km off Y, X has a garrison`: see `apart.py`."""
    for origin, target, q in find_turned(reading):
        yield draft_distance(reading, origin, target, q)


def _in_sentence(reading: Reading, sentence: Sentence) -> Iterator[Draft]:
    lengths = [q for q in reading.quantities_in(sentence.start, sentence.end) if is_length(q)]
    if not lengths:
        return
    names = named_places(reading.text, sentence.start, sentence.end)
    before: tuple[Named, int] | None = None
    for q in lengths:
        both = _between(reading, names, q)
        if both is not None:
            yield draft_distance(reading, both[0], both[1], q)
            continue
        target = _after(reading, names, q)
        if target is None:
            continue
        origin = _origin(reading, names, q, sentence.start)
        if origin is None and before is not None:
            gap = reading.text[before[1] : q.span.start]
            if re.fullmatch(r"[\w\s]{0,24},?\s*(?:and|but)\s+(?:\w+\s+){0,2}", gap):
                origin = before[0]
        if origin is None:
            origin = meant_by_noun(reading, sentence, q) or _subject(reading, sentence, names, q)
        if origin is None or origin.name == target.name:
            continue
        yield draft_distance(reading, origin, target, q)
        before = (origin, target.end)


_STANDS = frozenset("lie be locate situate sit stand consist comprise".split())


def _subject(
    reading: Reading, sentence: Sentence, names: tuple[Named, ...], q: Quantity
) -> Named | None:
    """The one place in the subject of a main verb of lying, where no other place stands before the
    number: `The Senkaku Islands consist of five islets, located 170 km from Taiwan`."""
    tree = tree_of(reading, sentence)
    if tree is None or tree[tree.root].lemma not in _STANDS:
        return None
    subject = tree.kid(tree.root, "nsubj", "nsubjpass")
    if subject < 0:
        return None
    first, last = tree.span(subject)
    start, end = tree[first].start, tree[last - 1].end
    held = [n for n in names if start <= n.start and n.end <= end]
    between = [n for n in names if n.end <= q.span.start and n not in held]
    if len(held) != 1 or between or held[0].end < tree[subject].start:
        return None
    if reading.text.startswith(("'s", "’s"), held[0].end):
        # "Klaipeda, Lithuania's port": what is measured has no name in the gazetteer.
        return None
    return _outer(reading, names, held[0], start)


def _after(reading: Reading, names: tuple[Named, ...], q: Quantity) -> Named | None:
    # A full match up to the name: "North" may be a direction or begin "North Korea".
    return next(
        (
            n
            for n in names
            if q.span.end < n.start <= q.span.end + 120
            and _FROM.fullmatch(reading.text, q.span.end, n.start)
        ),
        None,
    )


# A verb right after a comma closes an apposition: `Hualien, on the coast of Taiwan, is 120 km`.
_CLOSES = re.compile(
    r",\s+(?:itself\s+)?(?:is|are|lies?|sits?|stands?|was|were|lay)\s+(?:[\w~≈]+\s+){0,4}", re.I
)


# An apposition or a relative clause with commas of its own: `Djibouti, where France and Japan keep
# garrisons, is about 245 km from Aden`.
_ASIDE = re.compile(
    r",\s+(?:where|which|who|whose|home|seat|site|once|now|long|still|an?|the|its|their|now)\b[^.;:]*$",
    re.I,
)


def _head(reading: Reading, names: tuple[Named, ...], start: int, end: int) -> Named | None:
    """The place that opens the sentence or clause, an aside between it and its verb."""
    for n in names:
        if n.end > end:
            return None
        lead = reading.text[start : n.start]
        opens = re.fullmatch(
            r"(?:.*[;:]\s*|\s*(?:and|but|while)\s+)?(?:the\s+)?", lead, re.I | re.S
        )
        if opens and _ASIDE.match(reading.text, n.end, end):
            return n
    return None


def _origin(reading: Reading, names: tuple[Named, ...], q: Quantity, start: int) -> Named | None:
    closed = list(_CLOSES.finditer(reading.text, start, q.span.start))
    if closed and closed[-1].end() == q.span.start:
        opening = reading.text.rfind(",", start, closed[-1].start())
        head = next((n for n in names if opening >= 0 and n.end == opening), None)
        head = head or _head(reading, names, start, closed[-1].start())
        if head is not None:
            return head
        if opening >= 0:
            return None
    for name in reversed([n for n in names if n.end <= q.span.start]):
        gap = reading.text[name.end : q.span.start]
        if len(gap) > 90:
            return None
        if _LIES.fullmatch(gap) and gap.strip() and not _MOTION.search(gap):
            told = _TOLD_OF.match(gap) is not None and name.name not in _whole_states()
            return name if told else _outer(reading, names, name, start)
        return None
    return None


# "Missiles on Ishigaki, which lies 180 km from Taiwan": the place itself; of a state it would be its inside.
_TOLD_OF = re.compile(r",?\s*(?:which|that)\b", re.I)


@lru_cache(maxsize=1)
def _whole_states() -> frozenset[str]:
    return frozenset(n.name for n in state_names())


# "A base in Poland", "Ishigaki in Japan": what lies in a place is measured, not the place.
_WITHIN = re.compile(
    r"\w[\w’'.-]*(\s+(?:in|inside|within|near|at|on|off|along|around)\s+(?:the\s+)?"
    r"(?:(?:\w+ern|far|central|mainland)\s+)?)$",
    re.I,
)


def _outer(reading: Reading, names: tuple[Named, ...], name: Named, start: int) -> Named | None:
    """The place that a name in `X in NAME` tells more of; the name itself where it stands alone.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> texts = ["Ishigaki in Japan is 220 km from Taiwan.", "A base in Poland is 60 km from Belarus."]
    >>> texts += ["Missiles on Ishigaki, which lies 180 km from Taiwan."]
    >>> texts += ["A base in Poland, which is 60 km from Belarus."]
    >>> [[d.statement for d in find_distances(prepare(t, date(2021, 8, 13)))] for t in texts]
    [['Ishigaki to Taiwan: 220 km'], [], ['Ishigaki to Taiwan: 180 km'], []]
    """
    within = _WITHIN.search(reading.text[start : name.start])
    if within is None:
        return name
    head = start + within.start(1)
    return next(
        (n for n in names if n.end <= head and _FEATURE.fullmatch(reading.text, n.end, head)),
        None,
    )


# "The Senkaku archipelago in the East China Sea": the name and what kind of place it is.
_FEATURE = re.compile(
    r"(?:\s+(?:archipelago|islands?|islets?|atoll|reefs?|shoal|town|city|port|peninsula|strait))?",
    re.I,
)


def _between(reading: Reading, names: tuple[Named, ...], q: Quantity) -> tuple[Named, Named] | None:
    """`the distance between X and Y is Q` and `Q between X and Y`, `Q separate X from Y`."""
    text = reading.text
    earlier = [n for n in names if n.end <= q.span.start][-2:]
    if len(earlier) == 2:
        one, two = earlier
        joined = re.fullmatch(r"\s+(?:and|to)\s+(?:the\s+)?", text[one.end : two.start])
        is_ = re.fullmatch(
            r"\s*(?:,\s*)?(?:is|are|was|were|lies?|lay|stands?|sits?)\s+(?:\w+\s+){0,4}",
            text[two.end : q.span.start],
        )
        apart = re.match(r"\s*(?:apart|wide)\b", text[q.span.end :])
        parted = is_ and re.search(r"\bseparated\s+by\b", is_.group())
        if joined and is_ and (apart or parted or _BETWEEN.search(text[: one.start])):
            return one, two
    later = [n for n in names if n.start >= q.span.end][:2]
    if len(later) == 2:
        one, two = later
        verb = re.fullmatch(
            r"\s+(?:of\s+\w+\s+)?(?:(?:separates?|lies?|between)\s+)+(?:the\s+)?",
            text[q.span.end : one.start],
        )
        joined = re.fullmatch(r"\s+(?:and|from)\s+(?:the\s+)?", text[one.end : two.start])
        if verb and joined:
            return one, two
    return None


# What is travelled is longer than the straight line.
_WAY = re.compile(
    r"\b(?:by\s+(?:road|rail|train|car|bus|land|sea|ship|ferry|boat|truck)|road|rail(?:way|road)?|highway|"
    r"motorway|drive|driv\w+|on\s+foot|march|route|pipeline|voyage|crossing|flight|sail\w*|trail|river)\b",
    re.I,
)


_BEARINGS = {
    "north": 0.0, "northeast": 45.0, "east": 90.0, "southeast": 135.0, "south": 180.0,
    "southwest": 225.0, "west": 270.0, "northwest": 315.0,
}  # fmt: skip
_COMPASS = re.compile(
    r"\s+(?:to\s+the\s+)?((?:north|south)(?:[\s-]?(?:east|west))?|east|west)\s+(?:of|off|from)\s+(?:the\s+)?$",
    re.I,
)


def draft_distance(reading: Reading, origin: Named, target: Named, q: Quantity) -> Draft:
    """A claim that `q` lies between two places; `basis` is "way" where a route is meant."""
    start = min(q.span.start, origin.start, target.start)
    if origin.end < q.span.start:
        start = q.span.start
    end = max(target.end, q.span.end)
    statement = f"{origin.name} to {target.name}: {q.span.quote}"
    around = reading.text[max(0, min(start, origin.start) - 24) : end + 24]
    basis = "way" if _WAY.search(around) else "unstated"
    between = reading.text[q.span.end : target.start] if target.start > q.span.end else ""
    way = _COMPASS.match(between)
    bearing = _BEARINGS[re.sub(r"[\s-]", "", way.group(1).casefold())] if way else None
    content = DistanceContent(origin.name, target.name, q, basis, bearing)
    return Draft(reading.span(start, end), "distance", statement, content)


# "195 km from Palawan, which is 120 nautical miles": the same stretch once more.
_WHICH_IS = re.compile(
    r"(?:[^.;:,()]{0,60})?,?\s*(?:which|that|this)\s+(?:is|are|makes?|equals?|means|comes?\s+to|amounts?\s+to|"
    r"works?\s+out\s+(?:at|to|as)|corresponds?\s+to)\s+(?:\w+\s+){0,2}[~≈]?\s*",
    re.I,
)
_IN_BRACKETS = re.compile(
    r"\s*(?:\(|\[|/|[-–—]+\s|=|,?\s*or\b|,?\s*i\.e\.)\s*(?:\w+\s+){0,2}[~≈]?\s*", re.I
)


def find_units(reading: Reading) -> Iterator[Draft]:
    """One quantity in two units: `80 km (roughly 43 nautical miles)`."""
    for first, second in pairwise(reading.quantities):
        if first.unit == second.unit or first.unit in ("count", "ratio", "%", "% of GDP"):
            continue
        gap = reading.text[first.span.end : second.span.start]
        gap = re.sub(
            r"^\s+(?:long|wide|high|tall|deep|across|away|thick|broad|in\s+\w+)(?=\s*\()", "", gap
        )
        again = len(gap) <= 30 and _IN_BRACKETS.fullmatch(gap)
        again = again or (len(gap) <= 100 and _WHICH_IS.fullmatch(gap))
        if not again or not same_dimension(first, second):
            continue
        span = reading.span(first.span.start, second.span.end)
        statement = f"{first.span.quote} is {second.span.quote}"
        yield Draft(span, "unit", statement, UnitContent(first, second))


_CITY_IN = re.compile(r",\s+")


def find_parts(reading: Reading) -> Iterator[Draft]:
    """`Yilan, Taiwan`, beside a distance: the place is said to lie in the other."""
    for sentence in reading.prose():
        if not any(is_length(q) for q in reading.quantities_in(sentence.start, sentence.end)):
            continue
        names = named_places(reading.text, sentence.start, sentence.end)
        for inner, outer in pairwise(names):
            if inner.name == outer.name:
                # "Volgograd, Volgograd Oblast": a name proves nothing of itself.
                continue
            if _CITY_IN.fullmatch(reading.text[inner.end : outer.start]):
                span = reading.span(inner.start, outer.end)
                content = PartContent(inner.name, outer.name)
                yield Draft(span, "part", f"{inner.name} in {outer.name}", content)
