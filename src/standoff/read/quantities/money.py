"""Money: symbols, ISO 4217 codes and names of currencies, before or after the amount.

Names that several states share stay what they are ("rupee", "franc", "peso") unless an adjective
settles it; a bare dollar is the United States', a bare pound sterling, as in most reporting.
"""

from __future__ import annotations

from standoff.read.quantities.tokens import Scan, words

SIGNS = {
    "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "￥": "JPY", "₹": "INR", "₩": "KRW", "₽": "RUB",
    "₺": "TRY", "₪": "ILS", "₱": "PHP", "₫": "VND", "฿": "THB", "₴": "UAH", "₦": "NGN", "₡": "CRC",
    "₾": "GEL", "₭": "LAK", "₸": "KZT", "₼": "AZN", "₿": "BTC", "₲": "PYG", "₵": "GHS", "৳": "BDT",
    "₮": "MNT", "៛": "KHR", "元": "CNY", "円": "JPY", "원": "KRW",
}  # fmt: skip
# Letters before a dollar sign.
DOLLARS = {
    "us": "USD", "u.s": "USD", "usd": "USD", "a": "AUD", "au": "AUD", "aud": "AUD", "c": "CAD",
    "ca": "CAD", "cad": "CAD", "can": "CAD", "hk": "HKD", "hkd": "HKD", "nt": "TWD", "ntd": "TWD",
    "s": "SGD", "sg": "SGD", "sgd": "SGD", "nz": "NZD", "nzd": "NZD", "mex": "MXN", "mx": "MXN",
    "mxn": "MXN", "r": "BRL", "tt": "TTD", "j": "JMD", "z": "ZWL", "n": "NAD", "fj": "FJD",
}  # fmt: skip
CODES = words(
    "USD EUR GBP JPY CNY CNH RMB AUD CAD CHF HKD NZD SGD SEK NOK DKK ISK PLN CZK HUF RON BGN "
    "RUB UAH BYN TRY ILS AED SAR QAR KWD BHD OMR JOD IQD IRR YER SYP LBP EGP MAD DZD TND LYD "
    "SDG ETB KES UGX TZS NGN GHS ZAR XOF XAF INR PKR LKR BDT NPR AFN MMK THB VND KHR LAK MYR "
    "IDR PHP TWD NTD KRW KPW MNT KZT UZS GEL AMD AZN BRL MXN ARS CLP COP PEN VES BOB UYU PYG "
    "CUP DOP GTQ HNL CRC NIO PAB JMD TTD BTC ETH"
)
ALIASES = {"RMB": "CNY", "CNH": "CNY", "NTD": "TWD", "STG": "GBP"}
# Letters that stand before an amount and are currencies only there.
BEFORE = {"rs": "rupee", "rm": "MYR", "rp": "IDR", "kr": "krone", "sen": "sen", "dollar": "USD"}
NAMES = {
    "dollar": "USD", "dollars": "USD", "bucks": "USD", "greenbacks": "USD", "euro": "EUR",
    "euros": "EUR", "yen": "JPY", "yens": "JPY", "yuan": "CNY", "renminbi": "CNY", "rmb": "CNY",
    "kuai": "CNY", "won": "KRW", "rouble": "RUB", "roubles": "RUB", "ruble": "RUB", "rubles": "RUB",
    "rupee": "rupee", "rupees": "rupee", "rupiah": "IDR", "rupiahs": "IDR", "ringgit": "MYR",
    "baht": "THB", "dong": "VND", "peso": "peso", "pesos": "peso", "lira": "TRY", "liras": "TRY",
    "shekel": "ILS", "shekels": "ILS", "riyal": "riyal", "riyals": "riyal", "rial": "rial",
    "rials": "rial", "dirham": "dirham", "dirhams": "dirham", "dinar": "dinar", "dinars": "dinar",
    "franc": "franc", "francs": "franc", "krona": "krona", "kronor": "krona", "krone": "krone",
    "kroner": "krone", "zloty": "PLN", "zlotys": "PLN", "zlotych": "PLN", "forint": "HUF",
    "forints": "HUF", "koruna": "koruna", "hryvnia": "UAH", "hryvnias": "UAH", "hryvnya": "UAH",
    "lari": "GEL", "tenge": "KZT", "manat": "AZN", "naira": "NGN", "rand": "ZAR", "cedi": "GHS",
    "shilling": "shilling", "shillings": "shilling", "taka": "BDT", "kyat": "MMK", "kyats": "MMK",
    "kip": "LAK", "riel": "KHR", "tugrik": "MNT", "peseta": "peseta", "pesetas": "peseta",
    "markka": "markka", "guilder": "guilder", "guilders": "guilder", "deutschmark": "deutschmark",
    "deutschmarks": "deutschmark", "drachmas": "drachma", "cent": "cent", "cents": "cent",
    "pence": "pence", "penny": "penny", "pennies": "penny", "dime": "dime", "dimes": "dime",
    "kopecks": "kopeck", "bitcoin": "BTC", "bitcoins": "BTC", "satoshi": "satoshi",
    "satoshis": "satoshi", "reais": "BRL", "sterling": "GBP", "rmbs": "CNY",
}  # fmt: skip
ADJECTIVES = {
    "u.s": "us", "us": "us", "american": "us", "united": "us", "canadian": "cad", "australian": "aud",
    "singapore": "sgd", "singaporean": "sgd", "taiwan": "twd", "taiwanese": "twd", "zealand": "nzd",
    "kong": "hkd", "swiss": "swiss", "japanese": "japanese", "chinese": "chinese", "korean": "korean",
    "indian": "indian", "pakistani": "pakistani", "mexican": "mexican", "philippine": "philippine",
    "turkish": "turkish", "saudi": "saudi", "iranian": "iranian", "emirati": "emirati", "uae": "emirati",
    "swedish": "swedish", "norwegian": "norwegian", "danish": "danish", "czech": "czech",
    "russian": "russian", "israeli": "israeli", "malaysian": "malaysian", "brazilian": "brazilian",
    "british": "british", "lankan": "lankan", "georgian": "georgian", "finnish": "finnish",
    "dutch": "dutch", "french": "french", "new": "new", "hong": "hong", "south": "south", "north": "north",
    "sri": "sri", "argentine": "argentine", "kuwaiti": "kuwaiti", "iraqi": "iraqi", "qatari": "qatari",
    "omani": "omani", "nepalese": "nepalese", "chilean": "chilean", "colombian": "colombian",
    "egyptian": "egyptian", "syrian": "syrian", "lebanese": "lebanese", "kenyan": "kenyan", "cfa": "cfa",
    "thai": "thai", "vietnamese": "vietnamese", "ukrainian": "ukrainian", "polish": "polish",
    "hungarian": "hungarian", "indonesian": "indonesian", "nigerian": "nigerian", "jamaican": "jmd",
}  # fmt: skip
SETTLED = {
    ("us", "USD"): "USD", ("cad", "USD"): "CAD", ("aud", "USD"): "AUD", ("sgd", "USD"): "SGD",
    ("twd", "USD"): "TWD", ("nzd", "USD"): "NZD", ("hkd", "USD"): "HKD", ("jmd", "USD"): "JMD",
    ("swiss", "franc"): "CHF", ("cfa", "franc"): "XOF", ("indian", "rupee"): "INR",
    ("pakistani", "rupee"): "PKR", ("lankan", "rupee"): "LKR", ("nepalese", "rupee"): "NPR",
    ("mexican", "peso"): "MXN", ("philippine", "peso"): "PHP", ("argentine", "peso"): "ARS",
    ("chilean", "peso"): "CLP", ("colombian", "peso"): "COP", ("saudi", "riyal"): "SAR",
    ("qatari", "riyal"): "QAR", ("iranian", "rial"): "IRR", ("omani", "rial"): "OMR",
    ("emirati", "dirham"): "AED", ("kuwaiti", "dinar"): "KWD", ("iraqi", "dinar"): "IQD",
    ("swedish", "krona"): "SEK", ("norwegian", "krone"): "NOK", ("danish", "krone"): "DKK",
    ("czech", "koruna"): "CZK", ("egyptian", "pound"): "EGP", ("syrian", "pound"): "SYP",
    ("lebanese", "pound"): "LBP", ("british", "pound"): "GBP", ("kenyan", "shilling"): "KES",
}  # fmt: skip
SUBUNITS = frozenset(("cent", "pence", "penny", "sen"))
PREFIX_MILLION = {"M": 1e6, "K": 1e3, "B": 1e9}


def currency_before(scan: Scan, i: int) -> tuple[str, int, float] | None:
    """A currency that starts at token `i` and stands before an amount: (code, next, scale).

    >>> from standoff.read.quantities.tokens import scan_text
    >>> currency_before(scan_text("NT$200"), 0)
    ('TWD', 2, 1.0)
    >>> currency_before(scan_text("USD 5"), 0)
    ('USD', 1, 1.0)
    """
    word = scan.word(i)
    if word in SIGNS:
        if word == "$" and scan.glued(i + 1) and scan.word(i + 1) == "a":
            return "AUD", i + 2, 1.0
        return SIGNS[word], i + 1, 1.0
    if scan.kind(i) != "w" or len(word) > 6:
        return None
    j = i + 1
    if word == "u" and scan.word(i + 1) == "." and scan.word(i + 2) == "s":
        j, word = i + 3, "us"
        if scan.word(j) == "." and scan.glued(j):
            j += 1
    if (
        scan.word(j) == "$"
        and word in DOLLARS
        and not (
            len(word) == 1 and not _cap(scan, i) and (word != "c" or scan.word(i - 1) in ("'", "’"))
        )
    ):
        return DOLLARS[word], j + 1, 1.0
    if scan.word(j) in ("£", "¥") and word in ("gb", "jp", "cn"):
        return {"gb": "GBP", "jp": "JPY", "cn": "CNY"}[word], j + 1, 1.0
    upper = scan.raw[i]
    code = _code(upper, scan, i)
    if code is not None:
        return code[0], i + 1, code[1]
    if word in BEFORE and scan.kind(i + 1) == "n":
        return BEFORE[word], i + 1, 1.0
    if word in BEFORE and scan.word(i + 1) == "." and scan.kind(i + 2) == "n" and word != "sen":
        return BEFORE[word], i + 2, 1.0
    return None


def _cap(scan: Scan, i: int) -> bool:
    return scan.raw[i][:1].isupper()


def _code(raw: str, scan: Scan, i: int) -> tuple[str, float] | None:
    upper = raw.upper() if raw.islower() and len(raw) == 3 else raw
    if raw.islower() and raw not in ("usd", "eur", "gbp", "jpy", "cny", "rmb", "btc"):
        return None
    if upper in CODES:
        return ALIASES.get(upper, upper), 1.0
    if len(raw) == 4 and raw[0] in PREFIX_MILLION and raw[1:] in CODES:
        return raw[1:], PREFIX_MILLION[raw[0]]
    return None


def currency_after(scan: Scan, i: int) -> tuple[str, int, float] | None:
    """A currency that stands after its amount: "yen", "U.S. dollars", "€", "MUSD".

    >>> from standoff.read.quantities.tokens import scan_text
    >>> currency_after(scan_text("5 Hong Kong dollars"), 1)
    ('HKD', 4, 1.0)
    """
    if scan.kind(i) == "s":
        word = scan.word(i)
        if word in SIGNS and not (scan.glued(i + 1) and scan.kind(i + 1) == "n"):
            if not scan.glued(i) and scan.kind(i + 1) == "n":
                return None
            return SIGNS[word], i + 1, 1.0
        return None
    if scan.kind(i) != "w":
        return None
    if scan.lower[i] in SIGNS:
        return SIGNS[scan.lower[i]], i + 1, 1.0
    if scan.kind(i + 1) == "n" and scan.glued(i + 1):
        return None
    code = _code(scan.raw[i], scan, i)
    if code is not None:
        return code[0], i + 1, code[1]
    key, j = "", i
    while scan.word(j) in ADJECTIVES and j < i + 3:
        key = ADJECTIVES[scan.word(j)]
        j += 1
        if scan.word(j) == "." and scan.glued(j):
            j += 1
    if j == i and scan.word(i) == "u" and scan.word(i + 1) == "." and scan.word(i + 2) == "s":
        key, j = "us", i + 3 + (scan.word(i + 3) == ".")
    if scan.word(j) == "states" and key == "us":
        j += 1
    name = scan.word(j)
    if name in ("pound", "pounds"):
        if scan.word(j + 1) == "sterling":
            return "GBP", j + 2, 1.0
        settled = SETTLED.get((key, "pound"))
        return (settled, j + 1, 1.0) if settled else None
    if name not in NAMES:
        return None
    code_name = NAMES[name]
    if j > i and key in ("new", "hong", "south", "north", "sri"):
        return None if code_name != "KRW" else ("KPW" if key == "north" else "KRW", j + 1, 1.0)
    if code_name == "KRW" and j == i and not _won_is_money(scan, i):
        return None
    if key == "korean" and scan.word(i) == "north":
        return "KPW", j + 1, 1.0
    return SETTLED.get((key, code_name), code_name), j + 1, 1.0


def _won_is_money(scan: Scan, i: int) -> bool:
    """ "5 million won" is money; "the party won", "27 won seats" are not."""
    from standoff.read.quantities.number_words import MAGNITUDES

    before = scan.word(i - 1)
    large = scan.kind(i - 1) == "n" and scan.values[i - 1] >= 1000
    return (before in MAGNITUDES or large) and scan.word(i + 1) not in (
        "the", "a", "an", "their", "its", "his", "her", "seats", "by",
    )  # fmt: skip
