"""Exchange the countries, people and dates of a text, and follow every offset.

A coder that knows the examples and not the language loses when Japan becomes Poland. Each swap is a
table of names; dates move back by 364 days, so that weekdays stay what they are.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

DAYS = 364
MONTHS = ("January February March April May June July August September October November "
          "December").split()  # fmt: skip
_MONTH = "|".join([*MONTHS, *(m[:3] for m in MONTHS if m != "May"), "Sept"])
_DATE = re.compile(
    rf"\b(?:(?P<m1>{_MONTH})\.? (?P<d1>\d{{1,2}})(?:, (?P<y1>\d{{4}}))?"
    rf"|(?P<d0>\d{{1,2}})(?P<mid> (?:to|and|-|–) )(?P<d2>\d{{1,2}}) (?P<m2>{_MONTH})(?: (?P<y2>\d{{4}}))?"
    rf"|(?P<d3>\d{{1,2}}) (?P<m3>{_MONTH})(?: (?P<y3>\d{{4}}))?|(?P<year>(?:19|20)\d\d))\b"
)


@dataclass(frozen=True, slots=True)
class Swap:
    """Names to exchange, longest first, and the codes of the states that go with them."""

    name: str
    words: tuple[tuple[str, str], ...]
    states: dict[str, str]

    def moved_day(self, day: date) -> date:
        """The day 364 days earlier; the first and last of a year keep their place in it."""
        if (day.month, day.day) in ((1, 1), (12, 31)):
            return day.replace(year=day.year - 1)
        return day - timedelta(days=DAYS)


def _table(words: str) -> tuple[tuple[str, str], ...]:
    rows = [
        tuple(part.strip() for part in line.split("=", 1))
        for line in words.split(";")
        if "=" in line
    ]
    return tuple(sorted(((a, b) for a, b in rows), key=lambda r: (-len(r[0]), r[0])))


SWAPS = (
    Swap(
        "Baltic",
        _table(
            "Japanese=Polish; Japan=Poland; Tokyo=Warsaw; TOKYO=WARSAW; Osaka=Gdansk; Chinese=Russian;"
            " China=Russia;"
            "Beijing=Moscow; Taiwan Strait=Gulf of Finland; Taiwan=Lithuania; Taipei=Vilnius;"
            "South China Sea=Baltic Sea; Sanae Takaichi=Donald Tusk; Takaichi=Tusk;"
            "Xue Jian=Oleg Petrov; Xue=Petrov; Minoru Kihara=Jan Grabiec; Masaaki Kanai=Piotr Wilczek;"
            " Lin Jian=Maria Zakharova;"
            "Shinzo Abe=Ewa Kopacz; Nobuo Kishi=Mariusz Blaszczak; Yoshimasa Hayashi=Zbigniew Rau;"
            "Kishida=Morawiecki; Hayashi=Muller; JMSDF=Polish navy; SAZANAMI=BLYSKAWICA;"
            "Hateruma=Hiiumaa; Yonaguni=Saaremaa; PLA eastern theater command=Baltic Fleet;"
            "HMAS Sydney=HMCS Halifax; HMNZS Endeavour=HMS Kent; 🇦🇺=🇨🇦; 🇳🇿=🇬🇧; Wellington=London;"
            "carrier Liaoning=carrier Admiral Kuznetsov; Phnom Penh=Helsinki"
        ),
        {"JPN": "POL", "CHN": "RUS", "TWN": "LTU", "AUS": "CAN", "NZL": "GBR"},
    ),
    Swap(
        "South Asia",
        _table(
            "Japanese=Indian; Japan=India; Tokyo=New Delhi; TOKYO=NEW DELHI; Osaka=Mumbai;"
            "Chinese=Pakistani; China=Pakistan; Beijing=Islamabad; Taiwan Strait=Palk Strait;"
            "Taiwan=Sri Lanka; Taipei=Colombo; South China Sea=Arabian Sea; Sanae Takaichi=Narendra Modi;"
            "Takaichi=Modi; Xue Jian=Hasan Afzal; Xue=Afzal; Minoru Kihara=Rajiv Gauba;"
            "Masaaki Kanai=Vikram Misri; Lin Jian=Mumtaz Baloch; Shinzo Abe=Manmohan Singh;"
            "Nobuo Kishi=Rajnath Singh; Yoshimasa Hayashi=Subrahmanyam Jaishankar; Kishida=Modi;"
            "Hayashi=Jaishankar; JMSDF=Indian navy; SAZANAMI=SHIVALIK; Hateruma=Minicoy;"
            "Yonaguni=Lakshadweep; PLA eastern theater command=Pakistan navy; HMAS Sydney=RSS Formidable;"
            "HMNZS Endeavour=HMAS Perth; 🇦🇺=🇸🇬; 🇳🇿=🇦🇺; Wellington=Canberra;"
            "carrier Liaoning=destroyer PNS Babur; Phnom Penh=Dhaka"
        ),
        {"JPN": "IND", "CHN": "PAK", "TWN": "LKA", "AUS": "SGP", "NZL": "AUS"},
    ),
)  # fmt: skip


def swapped(text: str, swap: Swap) -> tuple[str, Callable[[int], int]]:
    """The new text, and the map from old offsets to new ones.

    Offsets inside an exchanged name go to the end of the new name.
    """
    table = dict(swap.words)
    names = re.compile("|".join(re.escape(a) for a, _ in swap.words))
    edits = [(m.start(), m.end(), table[m.group()]) for m in names.finditer(text)]
    edits += [(m.start(), m.end(), new) for m in _DATE.finditer(text) if (new := _moved(m, swap))]
    edits.sort()
    out: list[str] = []
    starts, ends, shifts = [0], [0], [0]
    at = shift = 0
    for start, end, new in edits:
        if start < at:
            continue
        out += [text[at:start], new]
        at = end
        shift += len(new) - (end - start)
        starts.append(start)
        ends.append(end)
        shifts.append(shift)
    out.append(text[at:])

    def moved(offset: int) -> int:
        place = bisect_right(starts, offset) - 1
        if offset < ends[place] and offset > starts[place]:
            return ends[place] + shifts[place]
        if offset == starts[place] and place:
            return offset + shifts[place - 1]
        return offset + shifts[place]

    return "".join(out), moved


def _moved(found: re.Match[str], swap: Swap) -> str:
    """A date of the text, 364 days earlier, written as it was."""
    if found["year"]:
        return str(int(found["year"]) - 1)
    name = found["m1"] or found["m2"] or found["m3"]
    month = next(i for i, m in enumerate(MONTHS, start=1) if m.startswith(name[:3]))
    year = int(found["y1"] or found["y2"] or found["y3"] or 2023)
    day = swap.moved_day(date(year, month, int(found["d1"] or found["d2"] or found["d3"])))
    named = MONTHS[day.month - 1] if len(name) > 3 else MONTHS[day.month - 1][:3]
    if found["m1"]:
        return f"{named} {day.day}" + (f", {day.year}" if found["y1"] else "")
    if found["m2"]:
        first = swap.moved_day(date(year, month, int(found["d0"])))
        return f"{first.day}{found['mid']}{day.day} {named}" + (
            f" {day.year}" if found["y2"] else ""
        )
    return f"{day.day} {named}" + (f" {day.year}" if found["y3"] else "")
