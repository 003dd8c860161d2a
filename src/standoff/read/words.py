"""Closed word classes, and what the dictionary knows of open ones.

The closed classes stand here; for the rest the lexicon (`lexicon.py`, from NIH SPECIALIST) gives
lemmas and possible classes. Every answer is cached: a text has few distinct words.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from standoff.read.lexicon import lexicon_word
from standoff.read.reading import Tag

BE = frozenset("be am is are was were been being 's 're 'm".split())
HAVE = frozenset("have has had having 've".split())
DO = frozenset("do does did".split())
MODALS = frozenset(
    "will would shall should can could may might must ought wo ca sha 'll 'd cannot".split()
)
NEGATIONS = frozenset(
    "not n't never neither nor nobody none nothing no-one hardly scarcely".split()
)
_CLOSED: dict[Tag, str] = {
    "DET": "the a an this that these those its their his her our my your every each some any no "
    "all both another such several many few most either much",
    "PREP": "of in on at by for with from against into toward towards over under near between "
    "among amid around across through during about above below beyond behind beside off onto "
    "out up down upon within without despite versus via per than regarding concerning including "
    "along inside outside throughout underneath alongside amidst unlike aboard plus minus",
    "CONJ": "and or but yet nor &",
    "SUB": "if unless whether because although though while when whenever once until till since "
    "after before as whereas lest provided so",
    "WH": "who which what whose whom where why how",
    "PRON": "he she it they we i you him them us me himself herself itself themselves himself "
    "someone anyone everyone somebody anybody everybody one others something",
    "MODAL": " ".join(sorted(MODALS)),
    "NEG": "not n't never",
    "TO": "to",
    "ADJ": "aged last next third fourth fifth sixth willing unwilling due worth more less fewer necessary new "
    "fresh major various",
    "ADV": "also again already just still even only now then there here soon later earlier too very "
    "however meanwhile therefore thus instead further back away ago together almost nearly ever "
    "yesterday today tomorrow tonight once twice well far perhaps maybe indeed abroad overnight "
    "separately jointly publicly repeatedly strongly reportedly allegedly",
}
_BY_WORD: dict[str, Tag] = {}
for _tag, _words in _CLOSED.items():
    for _word in _words.split():
        _BY_WORD.setdefault(_word, _tag)
for _word in (*sorted(BE), *sorted(HAVE), *sorted(DO)):
    _BY_WORD[_word] = "AUX"
CLOSED_LEMMAS = {
    **dict.fromkeys(BE, "be"),
    **dict.fromkeys(HAVE, "have"),
    **dict.fromkeys(DO, "do"),
    "n't": "not", "wo": "will", "'ll": "will", "ca": "can", "sha": "shall", "'d": "would",
    "cannot": "can",
}  # fmt: skip
# Words that a news text uses as nouns nearly always, though the dictionary has a verb too.
_SINGULAR = frozenset(
    "state states force forces ship ships troop troops man men people sea seas port house army "
    "weapon weapons leader power powers nation air land island islands border borders party "
    "minister ministers officer officers official officials company group groups law laws fleet "
    "missile missiles tension tensions tie ties row rows crisis time times year years week weeks "
    "day days month months hour hours area areas zone zones region talk talks member members "
    "people peace war wars aircraft body bodies side sides partner partners neighbor neighbour "
    "mine mines base bases school market house water waters paper press bill bills fund funds "
    "head heads case cases part parts place places fact facts line lines can being lot even "
    "fire field interest interests figure figures stance post spokesman spokeswoman spokesperson "
    "concern concerns conflict conflicts rocket rockets shell shells airline worker workers bank "
    "bomb bombs target targets center centre number numbers cost costs course front level levels "
    "north south east west coast question questions budget budgets author authors pilot pilots "
    "security defence defense policy foreign chief prime general major captain counsel chair "
    "embassy mission missions sanction sanctions ground right rights view views network second "
    "territory pact treaty accord summit treaty chairman lawmaker diplomat envoy premier "
    "president king prince speaker secretary ambassador council cabinet parliament court judge "
    "guard guards soldier soldiers envoys patrol battle outpost vessel vessels submarine carrier "
    "frigate destroyer civilian civilians "
    "source sources gas oil gun guns knife crowd crowds police campaign trial scale "
    "access advantage alarm album alley alliance ambush anchor animal arsenal article audience badge "
    "balloon band barrel battery beach bear bench bird bloc boat boats book books bottle box "
    "branch brand bridge bridges bus cabin cable calendar camera camp camps canal capital captain "
    "card cargo cartel castle cattle cave cell cement chain chamber champion channel chapter "
    "chart charter chicken child chip circle circuit class clock cloud club coal coalition coin "
    "colony column columns combat combine committee compass comrade concert concrete convoy "
    "copper copy corner corps corridor cotton county couple cousin cow creek crew cricket crop "
    "crown culture currency curtain cushion dam dams date dates daughter dawn deck degree delta "
    "desert desk diamond diet dinner disc dish district dock doctor document documents dog dollar "
    "dome door dozen draft dress drone drones drug duel dusk dust duty ear echelon edge egg "
    "election element elite empire engine engineer enterprise episode era euro evidence example "
    "exile expert eye eyes faction factory family famine farm farmer father fault feature ferry "
    "fever fiction file files film finger fish flag flags flame flank floor flower fog folk food "
    "foot football forest fort fortune forum foundation fraction frame freight fringe fruit fuel "
    "gap garden garrison gate gates gear gender general gesture ghost girl glass goal goals gold "
    "grain graph grass grenade grid gulf hall hamlet hand hands harbor harbour hardware hat "
    "hatred heart heat height helicopter helmet hero highway hill history hole holiday home honey "
    "horizon horse hospital hotel hull ice icon idea image industry ink insect institute "
    "intelligence iron item jacket jail jet jets job journal judgment junction jury key kidney "
    "king kitchen label lake lamp lane language laser lawsuit layer league lease leg lesson "
    "letter letters lever library licence license limb liquid list lobby lock log loop lorry "
    "machine magazine mail margin mask mass master material matter matters meal medal medicine "
    "medium melody memo menu merchant message metal meter metre middle mile militia milk mill "
    "mineral minute minutes mirror model models moment money monster month moon mortar mother "
    "motion motive motor mountain mouth movie mud muscle museum music myth nail nerve nest net "
    "nickel night noise noon norm nose notice novel nurse oath ocean office offices onion "
    "opinion option orbit organ outlet outline output outrage package page pages pain pair palace "
    "panel panic paradox parcel park parliament partner passage passport password path pattern "
    "peak pen pencil percent period person petrol phase phone phrase picture piece pig pilgrim "
    "pillar pin pipe pipeline pirate pit plane planes planet plant plants plate platform "
    "platforms platoon plaza pocket poem poet pole pool pope population portal portion portrait "
    "position positions pot powder prayer premier presence price prices priest prince principle "
    "prison prisoner prize process product professor profile program programme programmes "
    "programs project projects proof prophet proxy pub pulse pump purpose quarter quarters queen "
    "quota radar radars radio rail rain ramp rampart range rank ranks rat rate rates ratio "
    "readiness realm rear reason reef regime regiment relief rent reservoir residence resource "
    "revenue rice ring river road roads robot rock role roles roof room root rope round rounds "
    "route routes row runway salary salt sample sand satellite sauce scandal scene schedule "
    "scheme science scope screen script season seat seats sector seed segment sense series sheet "
    "shelf shirt shoe shop shore shoulder silence silver sister site sites skill skin sky slave "
    "slogan smoke snow soil son song soul spectrum speech speed sphere spirit spring squadron "
    "squadrons square stadium staff star stars station stations statue steel stem stone store "
    "stores storm story strait strategy straw stream street string strip structure student studio "
    "stuff style subject suburb summer sun surface surplus symbol system systems table tables "
    "tail tank tanks tape tariff tariffs task team teams technique telephone television temper "
    "temple tent term terms terrain text texture theatre theme theory thing things thousand "
    "throat throne thunder ticket tide tiger title tobacco toll tomb ton tongue tool tools topic "
    "torpedo tower towers town towns tract tradition tragedy trail trap trash treasure treasury "
    "tree triangle tribe trick triumph truck trucks trumpet tube tunnel tutor tv type types "
    "umbrella uniform union unit units universe uproar valley value values vehicle vein venture "
    "verdict verse victim video videos village villages vision volcano volume wagon wall walls "
    "war ward warehouse warhead warheads warrior wave waves wealth weather wedge weed weekend "
    "weight wheat wheel wind window windows wine wing wings winter wire wisdom woman wood wool "
    "word words world worm thirds halves yard year yesterday youth".split()
)
_ALSO_VERBS = frozenset(
    "matter value list package profit ring rank stem storm surface trail trap triumph wave word purpose "
    "light force head fire ship side state place face case number cost figure level question target guard "
    "group view partner house shell case can even fund people power time water".split()
)
NOUNS = _SINGULAR | {
    f"{word}s"
    for word in _SINGULAR
    if word not in _ALSO_VERBS and not word.endswith(("s", "y", "h", "x"))
}
# Plural nouns that are verbs only when a subject stands right before and an object right after.
PLURAL_NOUNS = frozenset(
    "attacks strikes drills exercises plans claims threats fires moves visits protests demands "
    "calls reports attempts launches tests raids patrols aims offers deals backs links remarks "
    "demands clashes flights doubts hopes fears pledges promises requests trades charges ends "
    "starts steps results shows works trips cuts increases wounds supports controls contacts "
    "statements notes orders limits measures warrants benefits supplies arms views hits changes "
    "issues answers resolves vows warnings faces comments debates hosts".split()
)
ING_NOUNS = frozenset(
    "meeting building training hearing warning beginning bombing shelling killing shooting spending "
    "briefing gathering ruling feeling funding understanding crossing landing standing sailing "
    "meetings fighting posting".split()
)
# Verbs that follow a singular noun far more often than their noun does: "the ministry says".
NEWS_VERBS = frozenset(
    "say tell want seek need make take give run lead open call warn vow pledge urge accuse condemn "
    "claim deny reject refuse demand threaten blame slam denounce hail praise back welcome join "
    "send deploy move hold meet visit remain become show mean come go see know think believe "
    "begin continue stop end keep put bring play pay spend sell buy build test fire launch hit "
    "strike kill attack seize arrest detain impose lift cut face fear hope plan aim agree sign "
    "offer consider suspend expel summon recall withdraw approve announce report confirm include "
    "lie stand sit belong follow raise add allow require expect insist argue note call host discuss deal".split()
)


@dataclass(frozen=True, slots=True)
class WordClass:
    """What a word may be: `closed` tag, or verb `lemma` with its `forms`, noun, adjective."""

    closed: Tag | None
    verb: str
    forms: frozenset[str]
    noun: str
    adjective: bool
    adverb: bool


@lru_cache(maxsize=65536)
def look_up(lower: str) -> WordClass:
    """What the dictionary knows of a lower-case word.

    >>> look_up("condemned").verb, sorted(look_up("condemned").forms)
    ('condemn', ['participle', 'past'])
    >>> look_up("against").closed
    'PREP'
    """
    closed = _BY_WORD.get(lower)
    if closed is not None:
        return WordClass(closed, "", frozenset(), "", False, False)
    if not lower[0].isalpha() or len(lower) > 40:
        return WordClass(None, "", frozenset(), "", False, False)
    found = lexicon_word(lower)
    verbs, nouns = found.verbs, found.nouns
    verb = _verb(lower, verbs)
    forms = _forms(lower, verb) if verb else frozenset[str]()
    noun = nouns[0] if nouns else ""
    if not found.known and "-" in lower:
        return _compound(lower)
    if not found.known and lower.endswith(("ise", "ised", "ises", "ising")):
        # British spelling: the dictionary holds the American one.
        stem = look_up(
            lower.replace("is", "iz")
            if lower.count("is") == 1
            else lower[::-1].replace("si", "zi", 1)[::-1]
        )
        return WordClass(None, stem.verb, stem.forms, stem.noun, stem.adjective, stem.adverb)
    return WordClass(
        None,
        verb,
        forms,
        noun,
        found.adjective,
        found.adverb or (not found.known and lower.endswith("ly")),
    )


def _verb(lower: str, lemmas: tuple[str, ...]) -> str:
    """The likeliest verb: `found` is of find, `saw` of see, unless the word is the base form."""
    if not lemmas:
        return ""
    if len(lemmas) == 1:
        return lemmas[0]
    other = [v for v in lemmas if v != lower]
    return (
        other[0]
        if lower
        in (
            "found",
            "saw",
            "felt",
            "left",
            "wound",
            "bound",
            "fell",
            "shot",
            "rose",
            "ground",
            "sped",
        )
        else (lower if lower in lemmas else other[0])
    )


def _forms(lower: str, lemma: str) -> frozenset[str]:
    forms: set[str] = set()
    if lower == lemma:
        forms.add("base")
    forms.update(name for name, spelt in lexicon_word(lemma.lower()).forms if lower in spelt)
    if not forms or (forms == {"past"} and lower.endswith("ed")):
        if lower.endswith("ing"):
            forms.add("ing")
        elif lower.endswith("ed"):
            forms |= {"past", "participle"}
        elif lower.endswith("s"):
            forms.add("s")
    return frozenset(forms)


def _compound(lower: str) -> WordClass:
    """A hyphenated word is an adjective, unless its head is a verb with a prefix (re-arm)."""
    prefix, _, head = lower.partition("-")
    if prefix in ("re", "un", "co", "pre", "over", "out", "counter", "de") and head:
        inner = look_up(head)
        if inner.verb:
            return WordClass(None, f"{prefix}{inner.verb}", inner.forms, inner.noun, False, False)
    if prefix in ("test", "air", "fast", "cross", "double") and head:
        inner = look_up(head)
        if inner.forms & {"past", "participle", "ing", "s"}:
            return WordClass(None, f"{prefix}-{inner.verb}", inner.forms, "", True, False)
    last = lower.rpartition("-")[2]
    inner = look_up(last) if last else WordClass(None, "", frozenset(), "", False, False)
    is_noun = bool(inner.noun) and not inner.forms & {"past", "participle", "ing"}
    return WordClass(
        None, "", frozenset(), lower if is_noun and not inner.adjective else "", True, False
    )
