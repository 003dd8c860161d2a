"""What is counted: the noun head after a number, found without a parser.

The head of "149 Chinese military aircraft" is the last word before the phrase ends; the phrase
ends at a mark, a function word or a word that no noun phrase holds. After a plural number the
head must look like a plural.
"""

from __future__ import annotations

from standoff.read.quantities.tokens import Scan, words

PLURALS = words(
    "people men women children aircraft spacecraft hovercraft watercraft personnel troops "
    "police crew staff sheep fish species series headquarters dead wounded injured missing "
    "survivors cattle infantry offspring media data mice feet teeth lives wives knives halves "
    "thieves leaves shelves alumni criteria phenomena bacteria crises bases analyses theses "
    "countrymen servicemen policemen lawmakers airmen seamen fishermen gunmen militiamen "
    "congressmen civilians ordnance ammunition artillery sorties sites clergy youth poor rich "
    "homeless unemployed others"
)
NOT_PLURAL = words(
    "is was has does this thus plus us as its his hers yes always perhaps across towards "
    "overseas besides afterwards likewise versus less unless various previous serious "
    "religious dangerous says comes goes takes makes gives gets remains becomes appears seems "
    "means includes lies focus virus campus status chorus bus gas press pass access process "
    "loss boss class mass glass congress business address crisis analysis basis thesis "
    "politics economics mathematics news physics ethics needs wants allows requires brings "
    "leaves shows calls puts sits stands"
)
STOP = words(
    "the a an and or but nor of in on at by to from for with within without over under above "
    "below about around than between through into onto upon after before since until while "
    "when where if that this these those is are was were be been being has have had will "
    "would could should may might must can do does did not no it he she they we you i who "
    "whom which what how why because although as so yet then there here out up down off per "
    "via plus minus against among amid despite during following including ago later earlier "
    "away apart long wide deep high tall old each every such also just only even still "
    "already now today yesterday tomorrow said say told added killed came went got took made "
    "left were fell rose"
)
PERSONS = {
    "people": "person",
    "persons": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
}
IRREGULAR = PERSONS | {
    "lives": "life", "wives": "wife", "knives": "knife", "feet": "foot", "teeth": "tooth", "mice": "mouse",
    "series": "series", "species": "species", "crises": "crisis", "bases": "base", "analyses": "analysis",
    "headquarters": "headquarters", "troops": "troop", "criteria": "criterion", "halves": "half",
    "thieves": "thief", "shelves": "shelf", "movies": "movie", "ties": "tie", "zombies": "zombie",
    "caches": "cache", "axes": "axe", "buses": "bus", "gases": "gas", "cookies": "cookie",
}  # fmt: skip
ADJECTIVAL = (
    "al",
    "ic",
    "ive",
    "ous",
    "ary",
    "ese",
    "ian",
    "ish",
    "able",
    "ible",
    "ful",
    "less",
    "ing",
    "ed",
    "est",
)
REACH = 5
"""How many words after the number are looked at."""


def singular(word: str) -> str:
    """The singular of a plural noun, by rule and a short list.

    >>> [singular(w) for w in ("missiles", "countries", "people", "men", "classes", "aircraft")]
    ['missile', 'country', 'person', 'man', 'class', 'aircraft']
    """
    if word in IRREGULAR:
        return IRREGULAR[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3:
        return word[:-1]
    return word


def is_plural(word: str) -> bool:
    """True for a word that looks like a plural noun.

    >>> is_plural("ships"), is_plural("this"), is_plural("aircraft")
    (True, False, True)
    """
    if word in PLURALS:
        return True
    if word.endswith("men") and len(word) > 4:
        return True
    return (
        len(word) > 3
        and word.endswith("s")
        and not word.endswith(("ss", "us", "is", "'s"))
        and word not in NOT_PLURAL
        and word not in STOP
    )


def counted_noun(scan: Scan, index: int, value: float) -> tuple[str, int] | None:
    """The noun counted by a number that ends before token `index`: (as printed, next token).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> counted_noun(scan_text("149 Chinese military aircraft entered"), 1, 149)
    ('aircraft', 4)
    """
    found: tuple[str, int] | None = None
    single = value == 1.0
    j, reach = index, index + REACH
    while j < min(len(scan), reach):
        word = scan.word(j)
        if word in ("-", "‑") and scan.glued(j) and scan.glued(j + 1) and j > index:
            j += 1
            continue
        after = _past_name(scan, j)
        if after > j:
            reach, j = reach + after - j, after
            continue
        if scan.kind(j) != "w" or word in STOP or "\n" in scan.gap(j):
            break
        if word.endswith(("'s", "s'")):
            break
        if found is not None and not is_plural(word):
            break
        if single:
            if not word.endswith(ADJECTIVAL) and not scan.raw[j][:1].isupper() and len(word) > 2:
                return word, j + 1
        elif is_plural(word):
            found = word, j + 1
            if word not in ("sales", "arms", "sports", "goods", "women", "defense"):
                return found
        elif word.endswith("ly") and j > index + 1:
            break
        j += 1
    return found


def _past_name(scan: Scan, j: int) -> int:
    """The token after a name that may stand before the noun: U.S., F-16V, H-6."""
    if scan.kind(j) != "w":
        return j
    if len(scan.raw[j]) == 1 and scan.word(j + 1) == "." and scan.glued(j + 1):
        k = j
        while len(scan.word(k)) == 1 and scan.kind(k) == "w" and scan.word(k + 1) == ".":
            k += 2
        return k if k > j + 2 else j
    if scan.word(j + 1) == "-" and scan.kind(j + 2) == "n" and scan.glued(j + 2):
        k = j + 3
        while k < min(len(scan), j + 6) and scan.glued(k) and scan.kind(k) in ("w", "n"):
            k += 1
        return k
    return j
