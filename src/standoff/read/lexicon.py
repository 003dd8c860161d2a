"""The dictionary of English word forms, in one file that opens at once.

`data/lexicon.bin` holds what lemminflect 0.2.3 (MIT) knows from the NIH SPECIALIST lexicon:
lemmas of every lower-case form, and the forms of every verb. It is made by
`scripts/make_lexicon.py`; lemminflect itself takes a third of a second to load, which a cold
process cannot afford. The file is zlib over sorted lines

    word TAB verb lemmas TAB noun lemmas TAB classes TAB verb forms

with `/` between spellings, `a`, `d`, `x` in classes (adjective, adverb, any other), and the
verb forms as past `,` participle `,` -ing `,` third person. A word is found by halving.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from standoff.errors import DescriptionError

MAGIC = b"SLX1"


@dataclass(frozen=True, slots=True)
class LexiconWord:
    """What the dictionary holds of one form: lemmas by class, and its forms if it is a verb.

    `forms` maps past, participle, ing and s to their spellings. `known` is False for a word that
    no entry lists as a form (it may still be the base of `forms`).
    """

    known: bool
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    adjective: bool = False
    adverb: bool = False
    forms: tuple[tuple[str, tuple[str, ...]], ...] = ()


FORMS = ("past", "participle", "ing", "s")
_NOTHING = LexiconWord(False)


@lru_cache(maxsize=1)
def _lines() -> bytes:
    data = files("standoff.read").joinpath("data/lexicon.bin").read_bytes()
    if data[:4] != MAGIC:
        raise DescriptionError(
            f"a lexicon that begins with {data[:4]!r}", f"{MAGIC!r}", "make it with make_lexicon.py"
        )
    return zlib.decompress(data[4:])


def _split(text: str) -> tuple[str, ...]:
    return tuple(text.split("/")) if text else ()


@lru_cache(maxsize=65536)
def lexicon_word(lower: str) -> LexiconWord:
    """The entry of a lower-case word; one with nothing in it for a word that is not there.

    >>> lexicon_word("went").verbs, dict(lexicon_word("go").forms)["participle"]
    (('go',), ('gone',))
    >>> lexicon_word("zzyzx").known
    False
    """
    lines, wanted = _lines(), lower.encode("utf-8")
    low, high = 0, len(lines)
    while low < high:
        start = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        stop = lines.find(b"\t", start)
        word = lines[start:stop]
        if word == wanted:
            return _entry(lines[stop + 1 : lines.find(b"\n", stop)].decode("utf-8"))
        if word < wanted:
            low = lines.find(b"\n", stop) + 1
        else:
            high = start
    return _NOTHING


def _entry(line: str) -> LexiconWord:
    verbs, nouns, classes, forms = line.split("\t")
    told = tuple(
        (name, _split(spelt)) for name, spelt in zip(FORMS, forms.split(","), strict=False) if spelt
    )
    return LexiconWord(
        bool(verbs or nouns or classes), _split(verbs), _split(nouns), "a" in classes,
        "d" in classes, told,
    )  # fmt: skip


def pack_lexicon(lines: list[str]) -> bytes:
    """The file of a list of lines, which are sorted here by their bytes.

    >>> pack_lexicon(["go\\tgo\\t\\t\\t"])[:4]
    b'SLX1'
    """
    rows = [line.encode("utf-8") + b"\n" for line in lines]
    ordered = b"".join(sorted(rows, key=_word))
    return MAGIC + zlib.compress(ordered, 9)


def _word(row: bytes) -> bytes:
    return row.partition(b"\t")[0]
