"""Which language a text is in: by script, by letters of one language, and by its small words.

The default coder reads English. A text in another language is recognised, named and left alone,
because English rules on foreign words yield nonsense. No model and no data file: the letters of a
script decide where a script belongs to few languages, and for Latin letters the commonest small
words of each language (articles, prepositions, pronouns, conjunctions), and the words that English
does not have (`foreign.py`), so that a headline is told apart too. A text too short or too
mixed to tell counts as English with confidence 0, so that short reports are never refused.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from standoff.read.foreign import is_foreign, name_foreign
from standoff.read.scan import words

SAMPLE = 20_000
"""Code points looked at, from the head, the middle and the end of a long text."""

NAMES: dict[str, str] = {
    "en": "English", "fr": "French", "de": "German", "es": "Spanish", "pt": "Portuguese",
    "it": "Italian",
    "nl": "Dutch", "sv": "Swedish", "da": "Danish or Norwegian", "fi": "Finnish", "pl": "Polish",
    "cs": "Czech or Slovak",
    "ro": "Romanian", "hu": "Hungarian", "tr": "Turkish", "vi": "Vietnamese",
    "id": "Indonesian or Malay",
    "tl": "Filipino", "et": "Estonian", "lv": "Latvian", "lt": "Lithuanian", "sq": "Albanian",
    "hr": "Croatian, Bosnian or Serbian", "ru": "Russian", "uk": "Ukrainian", "be": "Belarusian",
    "bg": "Bulgarian",
    "sr": "Serbian", "el": "Greek", "he": "Hebrew", "ar": "Arabic", "fa": "Persian", "ur": "Urdu",
    "hi": "Hindi",
    "bn": "Bengali", "pa": "Punjabi", "ta": "Tamil", "te": "Telugu", "si": "Sinhala", "th": "Thai",
    "my": "Burmese",
    "km": "Khmer", "lo": "Lao", "ka": "Georgian", "hy": "Armenian", "am": "Amharic",
    "zh": "Chinese", "ja": "Japanese",
    "ko": "Korean", "mis": "a language other than English", "und": "no language that can be told",
}  # fmt: skip

# The first and last code point of the blocks that carry a script, and the language it stands for.
SCRIPTS: tuple[tuple[int, int, str], ...] = (
    (0x0041, 0x024F, "latin"), (0x1E00, 0x1EFF, "latin"), (0x0370, 0x03FF, "el"), (0x0400, 0x052F,
    "cyrillic"),
    (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"), (0x0600, 0x06FF, "arabic"), (0x0750, 0x077F,
    "arabic"),
    (0xFB50, 0xFDFF, "arabic"), (0xFE70, 0xFEFC, "arabic"), (0x0900, 0x097F, "hi"), (0x0980,
    0x09FF, "bn"),
    (0x0A00, 0x0A7F, "pa"), (0x0B80, 0x0BFF, "ta"), (0x0C00, 0x0C7F, "te"), (0x0D80, 0x0DFF, "si"),
    (0x0E00, 0x0E7F, "th"), (0x0E80, 0x0EFF, "lo"), (0x1000, 0x109F, "my"), (0x10A0, 0x10FF, "ka"),
    (0x1200, 0x137F, "am"), (0x1780, 0x17FF, "km"), (0x3040, 0x30FF, "kana"), (0x31F0, 0x31FF,
    "kana"),
    (0x3400, 0x4DBF, "han"), (0x4E00, 0x9FFF, "han"), (0x20000, 0x2FA1F, "han"), (0x1100, 0x11FF,
    "ko"),
    (0x3130, 0x318F, "ko"), (0xAC00, 0xD7AF, "ko"),
)  # fmt: skip
# One sign of these scripts stands for about this many Latin letters.
WEIGHT = {"han": 3.0, "kana": 2.0, "ko": 2.5}

SMALL: dict[str, frozenset[str]] = {
    "en": words(
        "the of and to in a is that for it as was with on by at be this have from or had but not "
        "are which were "
        "has its an their been will would who they he she his her said after over we you more no "
        "if there than"
    ),
    "fr": words(
        "le la les de des du et un une en dans est pour que qui sur au aux par avec ne pas ce cette "
        "ces son sa ses il "
        "elle ils sont être ont été plus mais ou où leur leurs selon après entre contre l d qu"
    ),
    "de": words(
        "der die das und den dem des ein eine einen einer eines ist im nicht von mit für auf sich "
        "auch als an nach "
        "bei aus ins wird werden wurde hat haben sind dass er sie es zu zum zur über noch nur oder "
        "aber gegen durch"
    ),
    "es": words(
        "el la los las de del y en un una que por con para se su sus es al lo como más pero sobre "
        "entre ha han fue "
        "son este esta según también desde hasta sin contra tras no"
    ),
    "pt": words(
        "o os as de da do das dos e em um uma que por com para se na no nas nos ao aos à mais mas "
        "foi são pelo pela "
        "sua seu não como entre sobre após também até ser"
    ),
    "it": words(
        "il lo la i gli le di del della dei delle e un una in che per con non si è sono da dal al "
        "alla nel nella sul "
        "sulla come più ma ha hanno anche tra dopo contro questo questa"
    ),
    "nl": words(
        "de het een en van in op te dat die is voor met zijn niet aan er om als ook door naar bij "
        "uit over wordt "
        "werd heeft hebben maar nog tegen na zich dit deze"
    ),
    "sv": words(
        "och att det som en på är av för med den till inte har om ett var men de från vid så "
        "efter också sig kan "
        "ska skulle mot under eller när"
    ),
    "da": words(
        "og det at en på er af for med den til ikke har om et var men de fra ved så efter også "
        "sig kan skal ville "
        "mod under eller når som blev av"
    ),
    "fi": words(
        "ja on ei että se hän oli ovat mutta kun kuin myös sen joka tai jos ole mukaan sekä vain jo"
    ),
    "pl": words(
        "i w na z do się że nie jest to o jak po za od przez ale dla oraz są był była było przed "
        "tym który która "
        "które przy także może"
    ),
    "cs": words(
        "a v na se že je s z do o k i za by jsou byl byla pro ale od po při jako který která "
        "které také před podle sa"
    ),
    "ro": words(
        "și în de la cu pe a că nu este care un o din pentru mai sunt sau au fost prin după să ce "
        "ca al"
    ),
    "hu": words(
        "a az és hogy nem is egy van meg de el ki csak ez már még volt mint lesz vagy szerint "
        "után ezt azt"
    ),
    "tr": words(
        "ve bir bu da de için ile olan olarak çok daha gibi kadar sonra ise değil ancak var ne en "
        "göre iki tarafından"
    ),
    "vi": words(
        "và của là có được trong cho các với không một những này đã để người khi từ ở về theo sẽ "
        "tại"
    ),
    "id": words(
        "yang dan di dengan untuk dari pada ini itu dalam tidak akan oleh adalah ke juga telah "
        "sebagai atau kata dapat"
    ),
    "tl": words(
        "ang ng sa mga na ay at si ni hindi para kay siya ito kung may nito niya din rin lamang"
    ),
    "et": words("ja on ei et see oli ning kui ka mis aga seda oma või ta kes ole pärast"),
    "lv": words("un ir ar no uz ka par kas bija arī tas nav pēc lai bet to kā pie vai"),
    "lt": words("ir yra kad su iš į ne tai buvo bet kaip po už apie jau dėl taip pat kuris prie"),
    "sq": words("dhe në të për me nga një që është si nuk por më ka i e u se do janë"),
    "hr": words(
        "i je u da se na za su od s sa ne koji koja koje o iz po ali kao bi to nije bio bila nakon"
    ),
}  # fmt: skip
# Small words of other languages that are also English words, names or initials tell nothing.
SHARED = words(
    "do to on no in me he was die at an as or so of over per come is be has had men tot sin con bin den de la"
)
TELLING: dict[str, frozenset[str]] = {
    code: small
    if code == "en"
    else frozenset(w for w in small - SHARED if len(w) > 1 or not w.isascii())
    for code, small in SMALL.items()
}
CYRILLIC: dict[str, frozenset[str]] = {
    "uk": words("і в на що не з до та як за у про від який яка які також після є це"),
    "ru": words(
        "и в на что не с к по из как за о от который которая которые также после это был было"
    ),
    "bg": words("и в на че не с за от са се е по като който която които да след също това"),
    "sr": words("и је у да се на за су од са не који која које о из по али као након"),
    "be": words("і ў на што не з да як за па у аб ад які якая якія таксама пасля гэта быў"),
}
WORD = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Language:
    """What a text is written in.

    `code` is ISO 639-1, "mis" if it is not English and cannot be named, "und" if there are no
    letters; `confidence` from 0 (cannot tell) to 1, `share` the
    share of the letters that belong to the script of that language.
    """

    code: str
    confidence: float
    share: float = 1.0

    @property
    def english(self) -> bool:
        """True if the default coder may read the text."""
        return self.code in ("en", "und")

    @property
    def name(self) -> str:
        """The name in English."""
        return NAMES[self.code]

    def note(self) -> str:
        """One line for the reader of the output.

        >>> Language("zh", 0.98).note()
        'language: Chinese; the default coder reads English, so nothing was coded (use --coder llm)'
        """
        return (
            f"language: {self.name}; the default coder reads English, so nothing was coded "
            "(use --coder llm)"
        )


def language_of(text: str) -> Language:
    """The language of a text, always the same for the same text,
    in time that its length does not change.

    >>> language_of("China fired missiles.").code
    'en'
    >>> language_of("La Chine a tiré des missiles dans les eaux de la zone.").code
    'fr'
    >>> language_of("中国军队星期五在台湾海峡举行演习。").name
    'Chinese'
    """
    sample = _sample(text)
    shares = _scripts(sample)
    total = sum(shares.values())
    if total == 0:
        return Language("und", 0.0, 0.0)
    script = max(sorted(shares), key=lambda name: shares[name])
    share = shares[script] / total
    if script == "latin":
        return _by_words(sample, share)
    if script in ("han", "kana"):
        both = shares.get("han", 0.0) + shares.get("kana", 0.0)
        japanese = shares.get("kana", 0.0) > 0.1 * both
        return Language("ja" if japanese else "zh", min(1.0, both / total), both / total)
    if script == "cyrillic":
        return Language(_cyrillic(sample), share, share)
    if script == "arabic":
        return Language(_arabic(sample), share, share)
    return Language(script, share, share)


def _sample(text: str) -> str:
    if len(text) <= SAMPLE:
        return text
    third, middle = SAMPLE // 3, len(text) // 2
    return "\n".join((text[:third], text[middle : middle + third], text[-third:]))


def _scripts(sample: str) -> dict[str, float]:
    """The weight of each script among the letters."""
    counts: dict[str, int] = {}
    for char in sample:
        if char.isalpha():
            counts[char] = counts.get(char, 0) + 1
    shares: dict[str, float] = {}
    for char, count in counts.items():
        point = ord(char)
        for first, last, name in SCRIPTS:
            if first <= point <= last:
                shares[name] = shares.get(name, 0.0) + count * WEIGHT.get(name, 1.0)
                break
    return shares


def _by_words(sample: str, share: float) -> Language:
    """Among languages of Latin letters: the one whose small words are commonest."""
    tokens = [w.lower() for w in WORD.findall(sample)]
    if not tokens:
        return Language("und", 0.0, share)
    counts = Counter(tokens)
    rate = {code: sum(counts[w] for w in small) / len(tokens) for code, small in TELLING.items()}
    english = rate["en"]
    best = max((code for code in SMALL if code != "en"), key=lambda code: rate[code])
    hits = rate[best] * len(tokens)
    # English prose has about 35-45 small words in a hundred; headlines and lists of names have fewer.
    # Another language must be plainly there (one word in eight) and plainly ahead.
    kinds = sum(w in counts for w in TELLING[best])
    if hits >= 3 and kinds >= 2 and rate[best] >= 0.12 and rate[best] > 1.5 * english:
        return Language(best, min(1.0, (rate[best] - english) / rate[best]), share)
    if is_foreign(sample):
        return Language(name_foreign(sample, SMALL), 0.3, share)
    return Language("en", min(1.0, english / 0.3), share)


def _cyrillic(sample: str) -> str:
    text = sample.lower()
    letters = {c: text.count(c) for c in "ыэёъіїєґўђјљњћџ"}
    if letters["ў"]:
        return "be"
    if (
        letters["і"] + letters["ї"] + letters["є"] + letters["ґ"]
        > letters["ы"] + letters["э"] + letters["ё"]
    ):
        return "uk"
    if letters["ђ"] + letters["ј"] + letters["љ"] + letters["њ"] + letters["ћ"] + letters["џ"]:
        return "sr"
    if letters["ы"] + letters["э"] + letters["ё"]:
        return "ru"
    tokens = WORD.findall(text)
    rate = {code: sum(t in small for t in tokens) for code, small in CYRILLIC.items()}
    return max(rate, key=lambda code: rate[code]) if any(rate.values()) else "ru"


def _arabic(sample: str) -> str:
    if any(c in sample for c in "ٹڈڑےں"):
        return "ur"
    return (
        "fa"
        if sum(sample.count(c) for c in "پچژگکی") > sample.count("ي") + sample.count("ك")
        else "ar"
    )
