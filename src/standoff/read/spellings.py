"""Other spellings of a person's name, as English-language reports write it.

A table holds one spelling, or a few; reports use many for the same person. These rules make them
for the languages whose names are written in several ways: accents left out, hyphens of Korean and
Taiwanese names, Arabic and Persian names and family names, Slavic endings, initials in South Asia.
Spellings that read text differently are for CHECK; these are all the same name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from itertools import product

_PLAIN = str.maketrans({
    "ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae",
    "Æ": "Ae", "þ": "th", "ð": "d", "œ": "oe", "ə": "e", "Ə": "E", "ʻ": "'", "’": "'",
})  # fmt: skip
FAMILY_FIRST = frozenset("CHN TWN KOR PRK VNM KHM SGP HKG".split())
"""States whose people are called by the name that stands first."""
SPANISH = frozenset(
    "ESP MEX COL VEN ARG CHL PER ECU BOL PRY URY CUB DOM GTM HND SLV NIC CRI PAN GNQ PHL".split()
)
_HYPHENED = frozenset(("KOR", "PRK", "TWN"))
_MUSLIM = frozenset(
    "SAU ARE QAT KWT BHR OMN IRN IRQ YEM JOR SYR LBN EGY PSE PAK AFG BGD MYS IDN BRN MDV LBY DZA MAR "
    "TUN SDN".split()
)  # fmt: skip
_SLAVIC = frozenset(("RUS", "UKR", "BLR", "BGR", "SRB", "MKD"))
_SOUTH_ASIA = frozenset(("IND", "PAK", "BGD", "LKA", "NPL"))

_SAME: dict[str, tuple[tuple[str, ...], ...]] = {
    "muslim": (
        ("Mohammed", "Mohammad", "Muhammad", "Mohamed"), ("Hussein", "Hossein", "Hussain"),
        ("Tariq", "Tarik"), ("Khalid", "Khaled"), ("Qasem", "Qassem", "Ghassem"),
        ("Khalifa", "Khalifah"), ("Abdulla", "Abdullah"), ("Yusuf", "Yousuf", "Yousef"),
        ("Faisal", "Faysal"), ("Sheikh", "Shaikh"), ("Amir", "Amer"), ("Baqeri", "Bagheri"),
    ),
    "slavic": (
        ("Sergei", "Sergey"), ("Dmitry", "Dmitri", "Dmitriy"), ("Valery", "Valerii", "Valeriy"),
        ("Alexei", "Aleksei", "Alexey", "Aleksey"), ("Andrei", "Andrey"), ("Andrii", "Andriy"),
        ("Yuri", "Yury", "Yuriy", "Yurii"), ("Alexander", "Aleksandr", "Aleksander"),
        ("Oleksii", "Oleksiy"), ("Vasily", "Vasili", "Vasyl"), ("Gennady", "Gennadi"),
        ("Anatoly", "Anatoliy", "Anatoli"), ("Nikolai", "Nikolay"), ("Igor", "Ihor"),
        ("Arseniy", "Arsenii", "Arseny"), ("Vitaly", "Vitaliy", "Vitalii"), ("Maksim", "Maxim"),
    ),
}  # fmt: skip
_HOUSE = re.compile(r" (?:[Aa]l|Āl)[ -](?:Saud|Nahyan|Thani|Khalifa|Said|Sabah|Maktoum|Nuaimi)\Z")
_PARTICLE = re.compile(r"\b([Aa])l[- ](?=[A-Z])")
_FATHER = re.compile(r" bin (?:[A-Z][\w'-]+(?: bin )?)+(?= [Aa]l[- ])")
_JUNIOR = re.compile(r",? (Jr|Sr)\.?\Z")
_ENDINGS = (("skyi", "sky", "skyy", "skiy", "ski"), ("nyi", "ny", "nyy", "niy"), ("kov", "koff"))


def plain(name: str) -> str:
    """The name without accents.

    >>> plain("Mevlüt Çavuşoğlu"), plain("Mariusz Błaszczak")
    ('Mevlut Cavusoglu', 'Mariusz Blaszczak')
    """
    if name.isascii():
        return name
    split = unicodedata.normalize("NFKD", name.translate(_PLAIN))
    return "".join(c for c in split if not unicodedata.combining(c))


def spellings(name: str, actor: str) -> tuple[str, ...]:
    """The name and its other spellings, the name first, none twice.

    >>> spellings("Kim Kwan-jin", "KOR")
    ('Kim Kwan-jin', 'Kim Kwan Jin', 'Kim Kwan-Jin', 'Kim Kwanjin')
    >>> "Faisal bin Farhan" in spellings("Faisal bin Farhan Al Saud", "SAU")
    True
    >>> "KP Sharma Oli" in spellings("Khadga Prasad Sharma Oli", "NPL")
    True
    """
    found = [name, plain(name)]
    if _JUNIOR.search(name):
        found += [_JUNIOR.sub(tail, n) for n in found[:2] for tail in ("", " Jr.", ", Jr.", " Jr")]
    if actor in _HYPHENED:
        found += _hyphens(name)
    if actor in _MUSLIM:
        found += _arabic(plain(name))
    if actor in _SLAVIC:
        found += _slavic(plain(name))
    if actor in _SOUTH_ASIA:
        found += _initials(plain(name))
    if actor in ("ETH", "ERI"):  # the third name is the grandfather's
        found += [" ".join(n.split(" ")[:2]) for n in found[:2]]
    elif actor in SPANISH:
        found += [n for own in dict.fromkeys(found[:2]) for n in _two_surnames(own)]
    elif actor not in FAMILY_FIRST:
        found += [n for own in dict.fromkeys(found[:2]) for n in _shorter(own)]
    return tuple(dict.fromkeys(n for n in found if " " in n))


def _shorter(name: str) -> list[str]:
    """Of three given and family names the first and last, and the last two: "Javier Gerardo
    Milei" is Javier Milei, "Mohammed Irfaan Ali" Irfaan Ali."""
    words = name.split(" ")
    if len(words) != 3 or not all(len(w) > 2 and w[:1].isupper() and w.isalpha() for w in words):
        return []
    return [f"{words[0]} {words[2]}", f"{words[1]} {words[2]}"]


def _two_surnames(name: str) -> list[str]:
    """With the father's name alone: "Jose Daniel Ortega Saavedra" is Daniel Ortega."""
    words = name.split(" ")
    if len(words) not in (3, 4) or not all(w[:1].isupper() for w in words):
        return []
    return [f"{given} {family}" for family in words[1:] for given in words[: words.index(family)]]


def _hyphens(name: str) -> list[str]:
    family, _, given = name.partition(" ")
    parts = re.split(r"[- ]", given)
    if len(parts) != 2 or not all(p.isalpha() for p in parts):
        return []
    first, second = parts[0].capitalize(), parts[1].lower()
    upper = second.capitalize()
    return [
        f"{family} {first}-{second}", f"{family} {first} {upper}", f"{family} {first}-{upper}",
        f"{family} {first}{second}",
    ]  # fmt: skip


def _arabic(name: str) -> list[str]:
    short = _HOUSE.sub("", name)
    # Of a ruling house the father's name tells people apart; elsewhere reports leave it out.
    other = _FATHER.sub("", name) if short == name else short
    bases = [name, other] if other.count(" ") > 1 else [name]
    out: list[str] = []
    for base in dict.fromkeys(bases):
        out.append(base)
        if _PARTICLE.search(base):
            out += [_PARTICLE.sub(form, base) for form in ("Al ", "al ", "al-", "Al-")]
    return _same(dict.fromkeys(out), "muslim")


def _slavic(name: str) -> list[str]:
    out = [name]
    for group in _ENDINGS:
        ending = next((e for e in sorted(group, key=len, reverse=True) if name.endswith(e)), None)
        if ending:
            out += [name[: -len(ending)] + other for other in group]
            break
    return _same(out, "slavic")


def _same(names: Iterable[str], kind: str) -> list[str]:
    """Every name with every word put in any spelling of its group; two words at most vary."""
    groups = {word: group for group in _SAME[kind] for word in group}
    out: list[str] = []
    for name in names:
        words = name.split(" ")
        varying = [w in groups for w in words]
        if sum(varying) > 2:
            continue
        choices = [groups.get(w, (w,)) for w in words]
        out += [" ".join(chosen) for chosen in product(*choices)]
    return out


def _initials(name: str) -> list[str]:
    """With initials for all given names, the last one or two words whole: "K. P. Sharma Oli"."""
    words = name.split(" ")
    out: list[str] = []
    for whole in (1, 2):
        given = words[:-whole]
        if not given or not all(w[:1].isupper() for w in words):
            continue
        letters = [w[0] for w in given]
        rest = " ".join(words[-whole:])
        if len(letters) == 1 and whole == 2:
            continue
        dotted = [f"{letter}." for letter in letters]
        out += [f"{' '.join(dotted)} {rest}", f"{''.join(dotted)} {rest}"]
        if len(letters) > 1:
            out.append(f"{''.join(letters)} {rest}")
    return out
