"""What holds digits and is no quantity: addresses, phones, clocks, dates, years, serial numbers."""

from __future__ import annotations

import re

from standoff.read.quantities.number_words import MAGNITUDES, ONES, TENS
from standoff.read.quantities.tokens import Scan, words

MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
MASK = re.compile(
    rf"""
    (?:https?://|www\.)\S{{1,2000}}
  | [\w.+-]{{1,64}}@[\w-]{{1,64}}(?:\.[\w-]{{1,24}}){{1,4}}
  | \b\d{{4}}[-/.]\d{{1,2}}[-/.]\d{{1,2}}\b
  | \b\d{{1,2}}[/]\d{{1,2}}[/]\d{{2,4}}\b
  | \b\d{{1,2}}[-.]\d{{1,2}}[-.](?:19|20)\d\d\b
  | \b\d{{1,2}}:\d{{2}}(?::\d{{2}})?(?:\s?[ap]\.?m\b\.?)?
  | (?<![\d.,])\d{{1,2}}(?:\.\d\d)?\s?(?:[ap]m\b|[ap]\.m\.)
  | \b\d{{1,2}}\s?o['’]clock
  | \b\d{{3,4}}\s?(?:GMT|UTC|hrs\s(?:local|GMT|IST))\b
  | (?<![\w$€£])(?:{MONTHS})\.?[ -](?:the\s)?\d{{1,2}}(?:st|nd|rd|th)?\b(?![.,]\d)(?!\s?(?:%|percent|per\scent))
        (?:\s?(?:-|–|to|and|through)\s?\d{{1,2}}(?:st|nd|rd|th)?\b)?(?:,?\s{{1,3}}(?:1[5-9]|20)\d\d\b)?
  | (?<![\w$€£.,])\d{{1,2}}(?:st|nd|rd|th)?(?:\s?(?:-|–|to|and)\s?\d{{1,2}}(?:st|nd|rd|th)?)?
        \s{{1,3}}(?:of\s)?(?:{MONTHS})\b(?!\s(?:be|have|not|well|also|need|face|take|become))(?:\.?,?\s{{1,3}}(?:1[5-9]|20)\d\d\b)?
  | (?<!\w)(?:{MONTHS})\.?,?\s(?:of\s)?(?:1[5-9]|20)\d\d\b
  | \b\d{{1,4}}(?:st|nd|rd|th)\b
  | (?<!\w)['’]?\d0s\b | \b(?:1[0-9]|20)\d0['’]?s\b
  | (?:\+\d{{1,3}}[-\s.]?)?\(\d{{2,4}}\)\s?\d{{3,4}}[-\s.]\d{{3,4}}
  | \+\d{{1,3}}(?:[-\s.]\d{{2,4}}){{2,5}}(?:/\d{{2,5}})?
  | \b\d{{2,5}}(?:-\d{{2,5}}){{2,5}}(?:/\d{{2,5}})?\b
  | \b\d{{3}}-\d{{4}}\b
  | \b(?:[12]\d{{3}})[-–]\d\d\b(?!\s?(?:%|percent|km|mm|m\b|people))
  | \#\d{{1,9}}
  | \[\d{{1,3}}\]
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A word before a plain numeral that makes it a name: Article 5, Flight 370, Group of 7.
SERIES = words(
    "article articles section sections chapter annex paragraph para clause rule page pages p "
    "pp no nos nr nrs number numbers fig figure table appendix vol volume issue resolution "
    "res decree law act bill protocol directive flight room route highway interstate road "
    "exit channel gate platform apartment apt suite building unit block camp site sector zone "
    "area district ward precinct division brigade regiment battalion squadron company fleet "
    "army corps type class mark mk model version ver v release windows ios android iphone "
    "ipad galaxy pixel playstation xbox airbus boeing tupolev sukhoi mig antonov ilyushin "
    "lockheed voyager apollo soyuz shenzhou chang'e falcon hwasong minuteman trident tomahawk "
    "ariane expo agenda pier terminal line bus tram psalm verse nasdaq s&p ftse cac nikkei "
    "dax stoxx topix russell formula super catch top area covid sars g vision euro worlds "
    "chapter phase tier level grade stage episode season game week day round lot item "
    "question q track tape order executive case docket title part step scp sku isbn issn tel "
    "phone fax ext extension po box zip postcode date exercises exercise i core cpu"
)
COUNTED_SERIES = words(
    "number numbers g super order area unit company case top class line week day game part "
    "title i issue line order law act bill site zone level order total season act stage round "
    "core"
)
YEAR_BEFORE = words(
    "in since by until till during before after early late mid from through throughout circa "
    "year fy fiscal spring summer autumn fall winter january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sep sept oct "
    "nov dec end class beginning middle start model election elections census cup games "
    "olympics"
)
COMPARED = words(
    "than about around nearly almost some roughly approximately over under least most to "
    "exactly only another further additional estimated"
)
FUNCTION = words(
    "the a an and or but nor of in on at by to from for with within without over under above "
    "below about around nearly almost some roughly approximately than least most between "
    "through into onto upon after before since until while when where if that this these "
    "those his her its their our my your all both each every another other only just even "
    "still also now then there here as is are was were be been being has have had will would "
    "could should may might must can do does did not no yes more fewer less up down off out "
    "last next past first second third nine-tenths including besides against among amid "
    "despite during following per via plus minus it he she they we you i who whom which what "
    "how why because although though unless whereas whether so yet once twice some any total "
    "exactly altogether overall meanwhile today yesterday tomorrow killing sends seizes says "
    "said monday tuesday wednesday thursday friday saturday sunday"
)


def masked_spans(text: str) -> list[tuple[int, int]]:
    """Stretches of text in which no quantity may start, in order.

    >>> masked_spans("by 4 May 2021 at 17:35 some 20 ships")
    [(3, 13), (17, 22)]
    """
    return [match.span() for match in MASK.finditer(text)]


def is_year(scan: Scan, i: int) -> bool:
    """A bare numeral between 1500 and 2199 that the words around it make a year.

    >>> from standoff.read.quantities.tokens import scan_text
    >>> is_year(scan_text("the 2015 security laws"), 1), is_year(scan_text("about 2000 troops"), 1)
    (True, False)
    """
    if not (scan.plain[i] and len(scan.raw[i]) == 4):
        return False
    before = scan.word(i - 1)
    at = i - 2 if before == "." and scan.glued(i - 1) else i - 1
    behind = scan.word(i + 1) if scan.kind(i + 1) == "w" and not scan.glued(i + 1) else ""
    return reads_as_year(int(scan.values[i]), scan.word(at), scan.word(at - 1), behind)


def reads_as_year(value: int, before: str, earlier: str, behind: str) -> bool:
    """Whether the two words before and the word behind ("" for none) make four digits a year.

    >>> reads_as_year(2015, "the", "in", "security"), reads_as_year(2000, "about", "", "troops")
    (True, False)
    """
    if not 1500 <= value < 2200:
        return False
    if before in YEAR_BEFORE or before in ("(", "'", "’", "=", "-", "–", "/"):
        return True
    if value >= 2100 or value < 1900:
        return False
    if (
        before == "than"
        and value > 2000
        and not behind
        and earlier not in ("more", "less", "fewer")
    ):
        return True
    if before in COMPARED and (value <= 2000 or behind or before != "over"):
        return False
    plural = behind.endswith("s") and not behind.endswith(("ss", "us", "is")) and len(behind) > 3
    counted = behind in ("people", "men", "women", "children", "troops", "personnel", "aircraft")
    if (plural or counted) and before not in ("the", "its", "their", "his", "her", "'s", "s"):
        return False
    return behind not in MAGNITUDES


def is_year_words(scan: Scan, i: int) -> int:
    """Length in tokens of a year in words ("nineteen ninety-six"), 0 if none stands here."""
    word = scan.word(i)
    if not (10 <= ONES.get(word, 0) <= 19 or word == "twenty"):
        return 0
    j = i + 1
    if scan.word(j) == "-":
        j += 1
    if scan.word(j) == "hundred" and scan.word(i - 1) in ("in", "since"):
        return 0
    if scan.word(j) in TENS:
        k = j + 1
        if scan.word(k) == "-":
            k += 1
        return (k + 1 - i) if 1 <= ONES.get(scan.word(k), 0) <= 9 else j + 1 - i
    if 10 <= ONES.get(scan.word(j), 0) <= 19:
        return j + 1 - i
    return 0


def is_serial(scan: Scan, i: int, last: int) -> bool:
    """A numeral that names something: "F-35", "Article 5", "Boeing 737", "CAC 40", "DDG-102"."""
    if scan.kind(i) != "n":
        return False
    before = scan.word(i - 1)
    if (
        scan.word(i + 1) == "%"
        and scan.glued(i + 1)
        and scan.glued(i + 2)
        and scan.kind(i + 2) in ("n", "w")
    ):
        return True  # 2019%2C: the encoding of web addresses
    if scan.glued(i):
        if before == "%":
            return True
        if scan.kind(i - 1) == "w":
            return not _range_letter(scan, i - 1)
        if (
            before in ("-", "‑", "–", ".", "_", "/", "'", "’")
            and scan.glued(i - 1)
            and scan.kind(i - 2) in ("w", "n")
        ):
            return (
                scan.kind(i - 2) == "w"
                and scan.kinds[i - 1] == "s"
                and before != "–"
                and before != "'"
            )
        if before == "#":
            return True
    letters = last == i + 1 and scan.kind(last) == "w" and scan.glued(last)
    if letters and scan.kind(last + 1) == "n" and scan.glued(last + 1):
        return True
    if not scan.plain[i]:
        return before in ("version", "v", "ios", "windows", "android") or before == "no"
    if i == 0 or scan.kind(i - 1) != "w" or scan.gap(i) not in (" ", "\u00a0"):
        return (
            before == "."
            and scan.word(i - 2)
            in ("no", "nos", "art", "nr", "res", "sec", "p", "pp", "fig", "vol", "nrs")
            and scan.glued(i - 1)
        )
    raw = scan.raw[i - 1]
    nxt = scan.word(i + 1)
    if before in SERIES and not (before in COUNTED_SERIES and not raw[:1].isupper()):
        if before in ("day", "week", "season", "level", "top", "part", "page", "pages"):
            return before != "level"
        return raw.lower() != raw or before in (
            "no",
            "nr",
            "nrs",
            "nos",
            "version",
            "article",
            "resolution",
            "flight",
            "number",
            "chapter",
            "section",
            "page",
            "channel",
            "room",
            "route",
            "paragraph",
            "episode",
            "phase",
            "round",
            "exercises",
            "exercise",
            "figure",
            "scp",
        )
    if raw[:1].isupper() and before not in FUNCTION and not raw.isupper() | (len(raw) == 1):
        return _name_number(scan, i, nxt)
    if (
        raw.isupper()
        and 2 <= len(raw) <= 5
        and before not in FUNCTION
        and before not in ("us", "uk", "un", "eu", "uae", "dprk", "prc", "pla", "nato", "asean")
    ):
        return _name_number(scan, i, nxt) and not _loud(scan, i)
    return False


def _range_letter(scan: Scan, i: int) -> bool:
    """Letters glued before a numeral that are a currency (USD115, Rs500, US$)."""
    from standoff.read.quantities.money import currency_before

    return currency_before(scan, i) is not None


def _name_number(scan: Scan, i: int, nxt: str) -> bool:
    """After a capitalised word: a name, unless something countable follows."""
    from standoff.read.quantities.units import parse_unit

    if nxt and parse_unit(scan, i + 1) is not None:
        return False
    if not nxt or scan.kind(i + 1) != "w":
        return nxt not in ("%", "°", "-", "–", "percent")
    if scan.glued(i + 1) or nxt in MAGNITUDES or nxt in ("hundred", "percent", "per"):
        return False
    from standoff.read.quantities.nouns import counted_noun

    return counted_noun(scan, i + 1, 2.0) is None


def _loud(scan: Scan, i: int) -> bool:
    """Both neighbours in capitals: a shouted headline says nothing about names."""
    return i >= 2 and scan.kind(i - 2) == "w" and scan.raw[i - 2].isupper()
