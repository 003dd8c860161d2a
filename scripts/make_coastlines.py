"""Make `src/standoff/reference/data/coastlines.bin` from Natural Earth 1:10m.

Natural Earth is in the public domain. The input is `countries-10m.json` of the npm package
`world-atlas` 2.0.2 (Natural Earth 4.1.0 as TopoJSON, quantised to 100,000 steps per axis):

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python scripts/make_coastlines.py package/countries-10m.json package/land-10m.json

About forty islets stand only in the file of land (Habomai, for one); they are added and go to the
unit of the nearest land within 200 km, Habomai to Russia, which holds it.

What is kept: every arc (so that a border is stored once, and a coast can be told from a border),
the polygons of every unit with its code, and who controls it. What is dropped: rings that enclose
nothing (fewer than four positions, or a sliver without area) and the inside-out rings that
quantisation made of sand banks in the Maldives (read on the sphere they cover the whole Earth
but themselves, an area above 2 pi).

Layout of the file: the magic `STCL1\\n`, then one LZMA stream of: length of the header (4 bytes,
little endian), the header as JSON, and LEB128 numbers, signed ones in zigzag form, in the order
and counts that the header gives under "streams".
"""

from __future__ import annotations

import json
import lzma
import sys
from pathlib import Path

import numpy as np
import pycountry

MAGIC = b"STCL1\n"
TARGET = Path(__file__).parents[1] / "src/standoff/reference/data/coastlines.bin"

# Units without an ISO number. X-codes are of the user-assigned range.
# Control, not opinion: who administers the ground, as far as one answer can be given. Leased
# ground (Baikonur, Guantanamo Bay) stays with the state that leases it out, or Cuba and the
# United States would be neighbours.
SPECIAL = {
    "Dhekelia": ("XAD", "GBR"),
    "Akrotiri": ("XAD", "GBR"),
    "Somaliland": ("XSL", "XSL"),
    "Kosovo": ("XKX", "XKX"),
    "USNB Guantanamo Bay": ("CUB", "CUB"),
    "N. Cyprus": ("XNC", "XNC"),
    "Cyprus U.N. Buffer Zone": ("XUN", "XUN"),
    "Siachen Glacier": ("XSG", "IND"),
    "Baikonur": ("KAZ", "KAZ"),
    "Indian Ocean Ter.": ("CCK", "AUS"),
    "Coral Sea Is.": ("XCS", "AUS"),
    "Spratly Is.": ("XSP", ""),
    "Clipperton I.": ("XCI", "FRA"),
    "Ashmore and Cartier Is.": ("XAC", "AUS"),
    "Bajo Nuevo Bank": ("XBN", "COL"),
    "Serranilla Bank": ("XSB", "COL"),
    "Scarborough Reef": ("XSR", "CHN"),
}
# Dependent territories and the state that holds them.
HELD_BY = {
    "USA": "GUM MNP PRI VIR ASM UMI",
    "GBR": "FLK SGS GIB BMU SHN IOT VGB AIA CYM TCA MSR PCN JEY GGY IMN",
    "FRA": "NCL PYF ATF SPM WLF MAF BLM",
    "DNK": "GRL FRO",
    "CHN": "HKG MAC",
    "NLD": "ABW CUW SXM",
    "FIN": "ALA",
    "AUS": "NFK HMD",
    "NZL": "COK NIU",
    "MAR": "ESH",
}
HOLDER = {code: state for state, codes in HELD_BY.items() for code in codes.split()}


def leb128(values: np.ndarray) -> bytes:
    """Unsigned numbers as LEB128."""
    out = bytearray()
    for value in values.tolist():
        while value >= 0x80:
            out.append((value & 0x7F) | 0x80)
            value >>= 7
        out.append(value)
    return bytes(out)


def zigzag(values: np.ndarray) -> np.ndarray:
    """Signed to unsigned, small stays small."""
    return (values << 1) ^ (values >> 63)


def unit_of(geometry: dict) -> tuple[str, str, str]:
    """Code, name and controlling state of one geometry."""
    name = geometry["properties"]["name"]
    if name in SPECIAL:
        code, control = SPECIAL[name]
        return code, name, control
    code = pycountry.countries.get(numeric=geometry["id"]).alpha_3
    return code, name, HOLDER.get(code, code)


def add_islets(arcs, units, unit_numbers, polygons, rings, refs_out, topology, land, keep) -> None:
    """Append the rings that stand only in the file of land."""
    if land["transform"] != topology["transform"]:
        raise SystemExit("the two files are quantised differently")
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    positions, owners = [], []
    ring = ref = 0
    for unit, count in zip(polygons[0::2], polygons[1::2], strict=True):
        for length in rings[ring : ring + count]:
            for r in refs_out[ref : ref + length]:
                xy = np.cumsum(arcs[r if r >= 0 else ~r], axis=0)
                positions.append(xy)
                owners.append(np.full(len(xy), unit))
            ref += length
        ring += count
    positions, owners = np.concatenate(positions), np.concatenate(owners)
    known = set(map(tuple, positions.tolist()))
    degrees = positions * scale + translate
    for geometry in land["objects"]["land"]["geometries"]:
        for shape in geometry["arcs"]:
            if len(shape[0]) != 1:
                continue
            arc = np.array(land["arcs"][shape[0][0]], dtype=np.int64)
            xy = np.cumsum(arc, axis=0)
            if sum(p in known for p in map(tuple, xy.tolist())) > len(xy) / 2:
                continue
            lon, lat = (xy * scale + translate).mean(axis=0)
            if abs(lon) < 0.5 and abs(lat) < 0.5:  # "Null Island" at 0, 0
                continue
            stretch = np.cos(np.radians(lat))
            km = 111.2 * np.hypot((degrees[:, 0] - lon) * stretch, degrees[:, 1] - lat)
            if 145.8 < lon < 146.5 and 43.4 < lat < 43.8:
                unit = unit_numbers[("RUS", "Russia", "RUS")]
            elif km.min() < 200.0:
                unit = int(owners[km.argmin()])
            else:
                print(f"islet left out, no land near: {lat:.2f} {lon:.2f}")
                continue
            arcs.append(arc)
            if not keep([len(arcs) - 1], outer=True):
                continue
            polygons += [unit, 1]
            rings.append(1)
            refs_out.append(len(arcs) - 1)
            print(f"islet added: {units[unit][1]}, {lat:.2f} {lon:.2f}")


def main(source: Path, land_source: Path) -> None:
    topology = json.loads(source.read_text(encoding="utf-8"))
    land = json.loads(land_source.read_text(encoding="utf-8"))
    scale = np.array(topology["transform"]["scale"])
    translate = np.array(topology["transform"]["translate"])
    arcs = [
        np.array(arc, dtype=np.int64) for arc in topology["arcs"]
    ]  # first absolute, then deltas

    def ring_positions(refs: list[int]) -> np.ndarray:
        parts = []
        for ref in refs:
            arc = np.cumsum(arcs[ref if ref >= 0 else ~ref], axis=0)
            parts.append(arc if ref >= 0 else arc[::-1])
        return np.concatenate([p if i == 0 else p[1:] for i, p in enumerate(parts)])

    def keep(refs: list[int], outer: bool) -> bool:
        at = ring_positions(refs)
        if len(at) < 4:
            return False
        lon = np.unwrap(at[:, 0] * scale[0], period=360.0)
        lat = at[:, 1] * scale[1] + translate[1]
        if abs(lon[-1] - lon[0]) > 180:  # around a pole
            return True
        twice = float(np.sum(lon[:-1] * lat[1:] - lon[1:] * lat[:-1]))
        # Outer rings run clockwise, holes anticlockwise, in this file.
        if abs(twice) < 1e-9:
            return False
        if outer and twice > 0:
            if abs(twice) < 1e-4:  # inside-out by quantisation
                return False
            raise SystemExit(f"a large ring is inside out: {at[:3]}")
        return True

    units: list[list[str]] = []
    unit_numbers: dict[tuple[str, str, str], int] = {}
    polygons: list[int] = []  # unit, number of rings
    rings: list[int] = []  # number of arcs per ring
    refs_out: list[int] = []
    dropped = 0
    for geometry in topology["objects"]["countries"]["geometries"]:
        unit = unit_of(geometry)
        shapes = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
        for shape in shapes:
            if not keep(shape[0], outer=True):
                dropped += 1
                print(
                    f"dropped: {unit[1]}, {len(ring_positions(shape[0]))} positions near",
                    ring_positions(shape[0])[0] * scale + translate,
                )
                continue
            kept = [shape[0], *[hole for hole in shape[1:] if keep(hole, outer=False)]]
            if unit not in unit_numbers:
                unit_numbers[unit] = len(units)
                units.append(list(unit))
            polygons += [unit_numbers[unit], len(kept)]
            for ring in kept:
                rings.append(len(ring))
                refs_out += ring

    add_islets(arcs, units, unit_numbers, polygons, rings, refs_out, topology, land, keep)

    used = sorted({ref if ref >= 0 else ~ref for ref in refs_out})
    number = {old: new for new, old in enumerate(used)}
    refs_out = [number[r] if r >= 0 else ~number[~r] for r in refs_out]
    # Without the wrap-around of the first position of each arc from the last one of the arc
    # before, every arc could be decoded alone; with it the file is 2 % smaller. Keep them alone.
    kept_arcs = [arcs[old] for old in used]
    streams = {
        "arc_lengths": np.array([len(a) for a in kept_arcs], dtype=np.int64),
        "x": zigzag(np.concatenate([a[:, 0] for a in kept_arcs])),
        "y": zigzag(np.concatenate([a[:, 1] for a in kept_arcs])),
        "polygons": np.array(polygons, dtype=np.int64),
        "rings": np.array(rings, dtype=np.int64),
        "refs": zigzag(np.array(refs_out, dtype=np.int64)),
    }
    body = b""
    sizes = {}
    for name, values in streams.items():
        packed = leb128(values)
        sizes[name] = [len(values), len(packed)]
        body += packed
    header = json.dumps(
        {
            "source": "Natural Earth 4.1.0, 1:10m Admin 0 countries (public domain)",
            "release": "npm world-atlas 2.0.2, countries-10m.json",
            "scale": scale.tolist(),
            "translate": translate.tolist(),
            "units": units,
            "streams": sizes,
        },
        separators=(",", ":"),
        ensure_ascii=False,
    ).encode()
    filters = [
        {"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 0, "lp": 0, "pb": 0}
    ]
    packed = lzma.compress(
        len(header).to_bytes(4, "little") + header + body,
        format=lzma.FORMAT_XZ,
        filters=filters,
    )
    TARGET.write_bytes(MAGIC + packed)
    points = sum(len(a) for a in kept_arcs)
    print(
        f"{len(polygons) // 2} polygons, {len(rings)} rings, {len(kept_arcs)} arcs, {points} points"
    )
    print(f"{dropped} polygons dropped; {TARGET.stat().st_size} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
