"""Texts of Latin letters that are not English, however short: by words that English does not have.

Small words tell languages apart in a paragraph; a headline may hold none. But nine in ten words of
English that stand in lower case are in the lexicon, and of another language hardly one in three.
Names are left out, because they begin with a capital. Which language it is, is then told by small
words, by letters and by clusters of letters; where none of them speaks, it is one that cannot be told.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from standoff.read.lexicon import lexicon_word
from standoff.read.scan import words

_MOST = 400
"""Lower-case words that are looked up; more would not change the answer."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|<[^>]*>")
_LOWER = re.compile(r"(?<![\w@/&=.])[^\W\d_]{2,}(?![\w@/=])")

_MORE_ENGLISH = words(
    "ll ve re isn didn doesn don wasn weren hasn haven hadn wouldn couldn shouldn ain won aren mustn "
    "the of and to in a is that for it as was with on by at be this have from or had but not are which "
    "were has its an their been will would who they he she his her said after over we you more no if "
    "there than what when where why how all any both each every few many most other some such only own "
    "same so too very can could may might must shall should do does did done having being am i me my "
    "mine your yours him them us our ours it's itself himself herself themselves these those into onto "
    "upon against during until till because although though while since despite amid among amongst "
    "between toward towards per via versus vs nor either neither whether unless whereas without within "
    "throughout across along behind beneath beside besides beyond under above below off out up down "
    "about around near before again further then once here one two three four five six seven eight nine "
    "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty forty "
    "fifty sixty seventy eighty ninety hundred thousand million billion trillion first second third "
    "fourth fifth sixth seventh eighth ninth tenth january february march april may june july august "
    "september october november december jan feb mar apr jun jul aug sep sept oct nov dec monday tuesday "
    "wednesday thursday friday saturday sunday mon tue wed thu fri sat sun km kg mg cm mm mph kmh nm kt "
    "ft lb lbs oz pm am etc ie eg st nd rd th northern southern eastern western euros cyber non pre pro "
    "anti ex mid de facto el bin der von van la le"
)

_ANYWHERE = words(
    "an in as or no so me he on do de la le el al is at was van der den von die son sans plus con con "
    "mar ten dom sur pour per des les una se si est et ad en es os da di du to be men war hat am man "
    "not will of bin ai lit dans rue mais real final central global regional militar general normal"
)
"""Words of English that are also words of other languages: they say nothing."""

_LETTERS: Mapping[str, str] = {
    "fr": "àâçéèêëîïôûùœ", "de": "äöüß", "es": "áéíóúñü", "pt": "ãõáâàçéêíóôú", "it": "àèéìòù",
    "sv": "åäö", "da": "æøå", "fi": "äö", "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýžľôŕĺ",
    "ro": "ăâîșțşţ", "hu": "áéíóöőúüű", "tr": "çğıöşü", "lv": "āčēģīķļņšūž",
    "lt": "ąčęėįšųūž", "et": "äõöüš", "sq": "ëç", "hr": "čćđšž", "nl": "ëï",
    "vi": "ăâđêôơưàáãèéìíòóõùúýạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỷỹ",
}  # fmt: skip
"""Letters beyond a to z that a language uses."""

_CLUSTERS: Mapping[str, str] = {
    "fr": "eux ait aux oie que eau elle nne cc ent ge_ ne_ ie_",
    "de": "sch cht ung eit pf tz hei eg ier ig aft ew eu ck kt_ rt_ ver eilt gt_ ff",
    "es": "ción ía ando endo iento quie ón ue ie aza lanz usia ca_",
    "pt": "ção ções lh nh ão ndo ou_ eia ei ou qu",
    "it": "zione gli ità cci tti cc zz cia gg ia",
    "nl": "ij ijk oe aan eer sch cht ui ee nd bedr aa",
    "sv": "ar_ ade skt ät å_ tar_",
    "da": "ede_ er_ ske ø rke",
    "fi": "aa ii uu kk ssa lla nen uhk ksi_ ää",
    "pl": "rz sz cz ski owi uj ą_ ow prz wa_ je_ oj",
    "cs": "ou ova ání í_ ch ý_ hr",
    "ro": "ul_ lor_ ează ește ii_ ț ș",
    "hu": "meg gy sz ett_ ek_ ot_ ak_ ny t_",
    "tr": "lar ler yor ın dı tı ti_ ye_ ya_ ü ş",
    "id": "meng mem ber kan_ nya_ men peng per an_ ang meny",
    "tl": "nag ng_ mga pag na_ ka ip in_ sa_",
    "et": "ab_ id_ ud_ öö aa õ se_",
    "lv": "ās_ āj ība š_ ē_ ā_",
    "lt": "ina as_ us_ ui_ oja ų_ ai_",
    "sq": "ë_ ën ësh sh nj ua_",
    "hr": "ije nje jet ava_ ti_ ju_ skog prij u_",
}  # fmt: skip
"""Runs of letters that are common in a language; `_` is the end of a word."""


_FIRST = words("air war sea sub gun pro pre non web sun oil gas new ice net key day")
"""Short words that begin compounds."""


@lru_cache(maxsize=65536)
def is_english_word(lower: str) -> bool:
    """Whether a lower-case word is English, as far as the lexicon and English word-building say.

    >>> [w for w in "missiles airstrikes amid menace drohen ağır".split() if is_english_word(w)]
    ['missiles', 'airstrikes', 'amid', 'menace']
    """
    if lower in _MORE_ENGLISH or lexicon_word(lower).known:
        return True
    if not lower.isascii():
        return False
    for ending in ("s", "es", "ed", "d", "ing", "er", "ers", "ly", "ist", "ists", "ness"):
        if lower.endswith(ending) and len(lower) - len(ending) > 3:
            stem = lower[: -len(ending)]
            if lexicon_word(stem).known or lexicon_word(stem + "e").known:
                return True
    return any(
        (cut > 3 or lower[:3] in _FIRST)
        and lexicon_word(lower[:cut]).known
        and lexicon_word(lower[cut:]).known
        for cut in range(3, len(lower) - 3)
    )


def is_foreign(sample: str) -> bool:
    """Whether the words of a text in lower case say that it is not English.

    Two or three words decide if English has none of them, more if it has at most one in four (one
    in three beside letters with accents; of many fewer than half). One word alone decides in a text
    of few words. No word in lower case decides nothing.

    >>> [is_foreign(t) for t in ("China droht Taiwan.", "China warns Taiwan.", "CHINA, TAIWAN")]
    [True, False, False]
    """
    found = _LOWER.findall(_ADDRESS.sub(" ", sample))
    lower = [w for w in found if w.islower() and w not in _ANYWHERE and _spoken(w)][:_MOST]
    if not lower:
        return False
    unknown = sum(not is_english_word(w) for w in lower)
    known = len(lower) - unknown
    if len(lower) >= 12:
        return known < 0.5 * len(lower)
    if len(lower) >= 2:
        accents = any(c.isalpha() and ord(c) > 0x7F for c in sample)
        return unknown >= 2 and known * (2 if accents else 3) <= unknown
    return unknown == 1 and len(lower[0]) >= 4 and 2 <= len(found) <= 8


def _spoken(word: str) -> bool:
    """Whether it can be a word and no abbreviation: it has a vowel, or a letter beyond a to z."""
    return not word.isascii() or any(c in "aeiouy" for c in word)


def name_foreign(sample: str, small: Mapping[str, frozenset[str]]) -> str:
    """The likeliest language of a text of Latin letters that is not English; "mis" if none speaks.

    >>> from standoff.read.language import SMALL
    >>> name_foreign("Rosja atakuje Kijów", SMALL), name_foreign("Bộ trưởng phản đối", SMALL)
    ('pl', 'vi')
    """
    tokens = [w.lower() for w in re.findall(r"[^\W\d_]+", sample)][:_MOST]
    text = " ".join(tokens)
    beyond = [c for c in text if c.isalpha() and ord(c) > 0x7F]
    using = {c: [code for code, letters in _LETTERS.items() if c in letters] for c in set(beyond)}
    ended = "_".join(tokens) + "_"
    score: dict[str, float] = {}
    for code in sorted(small):
        if code == "en":
            continue
        value = 2.0 * sum(t in small[code] for t in tokens)
        for char in beyond:
            value += 3.0 / len(using[char]) if code in using[char] else -1.0 if using[char] else 0.0
        for run in _CLUSTERS.get(code, "").split():
            value += (1.0 if len(run) > 2 else 0.5) * ended.count(run)
        score[code] = value
    best = max(score, key=lambda code: score[code])
    return best if score[best] >= 1.0 else "mis"
