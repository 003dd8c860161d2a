"""PLOVER contexts of a signal, what was promised in a few words, and where it happened."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from standoff.read.frames import Frame
from standoff.read.reading import Reading, Token
from standoff.reference import find_places
from standoff.terms import PlaceMention, Signal, Valence

_WORDS: dict[str, str] = {}
for _context, _list in (
    ("military", ("military army navy troop troops missile missiles warship warships destroyer drill "
     "drills exercise exercises frigate fighter bomber submarine soldier soldiers defence defense "
     "warplane weapon weapons artillery tank brigade airspace carrier rocket drone deploy shell")),
    ("intelligence", "intelligence spy spies espionage surveillance reconnaissance spying"),
    ("diplomatic", ("ambassador embassy diplomat diplomats envoy consul consulate diplomatic summit "
     "minister communique demarche charge persona")),
    ("territory", ("territory sovereignty border island islands annex annexation eez airspace shoal "
     "reef territorial waters maritime")),
    ("economic", ("sanction sanctions tariff tariffs trade export exports import imports loan loans "
     "investment bank banks embargo gas oil currency budget economic financial")),
    ("legal", ("court judge lawsuit treaty tribunal prosecutor verdict ruling convention law article "
     "warrant constitution")),
    ("legislative", "parliament lawmaker lawmakers bill senate congress diet duma bundestag knesset"),
    ("executive", "president cabinet"),
    ("election", "election elections vote ballot referendum poll polls candidate"),
    ("terrorism", "terrorist terrorists terrorism jihadist jihadists militant militants extremist"),
    ("cbrn", ("nuclear uranium chemical biological radiological warhead icbm plutonium enrichment "
     "sarin novichok centrifuge")),
    ("cyber", "cyber cyberattack cyberattacks hack hackers hacking malware ransomware"),
    ("misinformation", "disinformation misinformation propaganda deepfake"),
    ("human_rights", "rights abuses genocide atrocities torture prisoners"),
    ("human_security", "civilians humanitarian"),
    ("peacekeeping", "peacekeeper peacekeepers peacekeeping unifil monusco minusma"),
    ("migration", "migrant migrants refugee refugees migration"),
    ("asylum", "asylum"),
    ("disasters", "earthquake flood floods tsunami disaster wildfire"),
    ("health", "vaccine vaccines pandemic medicine medical hospital hospitals"),
    ("crime", "crime criminal smuggling fraud murder"),
    ("illegal_drugs", "drug drugs cocaine heroin fentanyl narcotics"),
    ("trafficking", "trafficking trafficker traffickers"),
    ("corruption", "corruption bribery embezzlement"),
    ("environment", "climate environment environmental emissions wastewater"),
    ("natural_resource", "fishing fishermen fishery pipeline drilling minerals seabed"),
    ("technology", "chip chips semiconductor semiconductors technology satellite"),
    ("religion_ethnicity", "religious muslim christian ethnic hindu jewish buddhist mosque church"),
    ("repression", "crackdown dissident dissidents censorship"),
    ("reparations", "reparations compensation"),
):  # fmt: skip
    for _word in _list.split():
        _WORDS.setdefault(_word, _context)
_LOCATIVE = frozenset(
    "in at near off around over through into from across towards toward to along outside onto".split()
)
_PROMISING = (Valence.COMMIT, Valence.THREATEN, Valence.REASSURE)
LONGEST = 14
"""Words of a commitment at most."""


def contexts_of(words: Sequence[Token]) -> tuple[str, ...]:
    """PLOVER contexts that the words name, in order of first mention, at most four.

    >>> from datetime import date
    >>> from standoff.read.report import prepare
    >>> r = prepare("Japan summoned the Chinese ambassador over the missiles.", date(2021, 8, 13))
    >>> contexts_of(r.tokens)
    ('diplomatic', 'military')
    """
    out: dict[str, None] = {}
    for token in words:
        context = _WORDS.get(token.lower)
        if context is not None:
            out[context] = None
    return tuple(out)[:4]


def commitment_of(signal: Signal, frame: Frame, words: Sequence[Token]) -> str:
    """What is promised or threatened, in the text's own words; "" where nothing is."""
    promises = frame.pledge or signal.event.value in ("AGREE", "THREATEN") or (
        signal.valence in _PROMISING and signal.channel.value == "words"
    )  # fmt: skip
    if not promises or signal.valence not in (*_PROMISING, Valence.CONCILIATE):
        return ""
    kept: list[Token] = []
    for token in words:
        if token.start < signal.trigger.start:
            continue
        if len(kept) >= LONGEST or (len(kept) > 3 and token.text[0] in ',;:()—"”'):
            break
        kept.append(token)
    while kept and kept[-1].tag in ("PUNCT", "PREP", "DET", "CONJ", "TO", "SUB"):
        kept.pop()
    if not kept:
        return ""
    start = signal.span.quote[kept[0].start - signal.span.start : kept[-1].end - signal.span.start]
    return " ".join(start.split())


def places_of(reading: Reading) -> tuple[PlaceMention, ...]:
    """Places named behind a word of place ("in", "near", "off"), with their coordinates."""
    out: list[PlaceMention] = []
    tokens = reading.tokens
    for place, token in enumerate(tokens):
        if token.lower not in _LOCATIVE or token.tag not in ("PREP", "TO"):
            continue
        first = place + 1
        if first < len(tokens) and tokens[first].lower == "the":
            first += 1
        last = first
        while (
            last < len(tokens)
            and last - first < 5
            and tokens[last].text[:1].isupper()
            and tokens[last].sentence == token.sentence
            and tokens[last].tag not in ("PUNCT",)
        ):
            last += 1
        for end, name in _names(reading, first, last):
            found = find_places(name)
            if found:
                spot = found[0]
                out.append(
                    PlaceMention(
                        reading.token_span(first, end), spot.name, spot.actor or None,
                        spot.point.lat, spot.point.lon,
                    )
                )  # fmt: skip
                break
    return tuple(out)


def _names(reading: Reading, first: int, last: int) -> Iterator[tuple[int, str]]:
    """Readings of a run of capitalised words, the longest first, with the token behind each."""
    for end in range(last, first, -1):
        yield end, reading.token_span(first, end).quote
