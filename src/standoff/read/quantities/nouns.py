"""What is counted: the noun head after a number, found without a parser.

The head of "149 Chinese military aircraft" is the last word before the phrase ends; the phrase
ends at a mark, a function word or a word that no noun phrase holds. After a plural number the
head must look like a plural.
"""

from __future__ import annotations

from standoff.read.quantities.tokens import GRAMMAR, Scan

_PLURAL, _NOT_PLURAL, _STOP, _IRREGULAR = (
    GRAMMAR.words(name) for name in ("plural", "not_plural", "stop", "irregular")
)
_ADJECTIVAL = tuple(GRAMMAR.words("adjectival"))
REACH = 5
"""How many words after the number are looked at."""


def singular(word: str) -> str:
    """The singular of a plural noun, by rule and a short list.

    >>> [singular(w) for w in ("missiles", "countries", "people", "men", "classes", "aircraft")]
    ['missile', 'country', 'person', 'man', 'class', 'aircraft']
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes")):
        return word[:-2]
    return (
        word[:-1]
        if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 3
        else word
    )


def is_plural(word: str) -> bool:
    """True for a word that looks like a plural noun.

    >>> is_plural("ships"), is_plural("this"), is_plural("aircraft")
    (True, False, True)
    """
    if word in _PLURAL or (word.endswith("men") and len(word) > 4):
        return True
    ending = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s")) and len(word) > 3
    return ending and word not in _NOT_PLURAL and word not in _STOP


def counted_noun(scan: Scan, index: int, value: float) -> tuple[str, int] | None:
    """The noun counted by a number that ends before token `index`: (as printed, next token).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> counted_noun(scan_text("149 Chinese military aircraft entered"), 1, 149)
    ('aircraft', 4)
    """
    found: tuple[str, int] | None = None
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
        plural = is_plural(word)
        if (
            scan.kind(j) != "w"
            or word in _STOP
            or "\n" in scan.gap(j)
            or word.endswith(("'s", "s'"))
        ):
            break
        if found is not None and not plural:
            break
        if value == 1.0:
            if not word.endswith(_ADJECTIVAL) and not scan.raw[j][:1].isupper() and len(word) > 2:
                return word, j + 1
        elif plural:
            found = word, j + 1
            if not scan.has(j, "first_of_two"):
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
    if scan.word(j + 1) != "-" or scan.kind(j + 2) != "n" or not scan.glued(j + 2):
        return j
    k = j + 3
    while k < min(len(scan), j + 6) and scan.glued(k) and scan.kind(k) in ("w", "n"):
        k += 1
    return k
