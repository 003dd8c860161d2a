"""Makes the pictures of the pages from the program: `python scripts/make_pictures.py`.

The timeline is what `standoff timeline --format vega` draws, the brief what `standoff brief` writes,
as chromium shows it; the flow is drawn here.
"""

from __future__ import annotations

import html
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

PICTURES = Path(__file__).resolve().parents[1] / "docs" / "pictures"
FLOW = (
    ("report", "text of a day"),
    ("signals", "who, to whom, what:\nwords or deeds"),
    ("stances", "levels with\nintervals"),
    ("choices", "a game solved\nover draws"),
    ("answer", "base rate x evidence\nx model"),
    ("brief", "every number\nwith a handle"),
)
WIDE, HIGH, GAP = 138, 74, 26


def flow() -> str:
    """The chain from a report to a brief, and the way back, as SVG."""
    total = len(FLOW) * WIDE + (len(FLOW) - 1) * GAP + 4
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {total} 132" role="img" '
        'font-family="sans-serif"><title>From a report to a brief, and back by why</title>'
        '<rect width="100%" height="100%" fill="#fff"/>'
        '<defs><marker id="a" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" '
        'orient="auto-start-reverse"><path d="M0 0L8 4L0 8z" fill="#333"/></marker></defs>'
    )
    parts = [head]
    for i, (name, about) in enumerate(FLOW):
        x = 2 + i * (WIDE + GAP)
        parts.append(
            f'<rect x="{x}" y="8" width="{WIDE}" height="{HIGH}" rx="6" fill="#f4f6f8" stroke="#333"/>'
            f'<text x="{x + WIDE / 2}" y="33" text-anchor="middle" font-size="17" '
            f'font-weight="bold" fill="#111">{name}</text>'
        )
        for k, line in enumerate(about.split("\n")):
            parts.append(
                f'<text x="{x + WIDE / 2}" y="{53 + 16 * k}" text-anchor="middle" font-size="12.5" '
                f'fill="#222">{html.escape(line).replace(" x ", " × ").replace("x model", "× model")}</text>'
            )
        if i:
            parts.append(
                f'<line x1="{x - GAP + 2}" y1="45" x2="{x - 2}" y2="45" stroke="#333" '
                'stroke-width="1.5" marker-end="url(#a)"/>'
            )
    parts.append(
        f'<path d="M{total - WIDE / 2} 86 V112 H{WIDE / 2} V88" fill="none" stroke="#333" '
        'stroke-width="1.5" stroke-dasharray="5 4" marker-end="url(#a)"/>'
        f'<rect x="{total / 2 - 130}" y="101" width="260" height="22" fill="#fff"/>'
        f'<text x="{total / 2}" y="117" text-anchor="middle" font-size="13.5" fill="#111">'
        "standoff why HANDLE: back to the words</text></svg>\n"
    )
    return "".join(parts)


def main() -> int:
    """Write the three pictures; without chromium the brief stays as it is."""
    import vl_convert

    PICTURES.mkdir(parents=True, exist_ok=True)
    (PICTURES / "flow.svg").write_text(flow(), encoding="utf-8")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _standoff(folder, "demo")
        drawn = _standoff(
            folder, "timeline", "--series", "JPN>TWN", "--at", "2021-08-13", "--format", "vega"
        )
        svg = vl_convert.vegalite_to_svg(json.loads(drawn))
        (PICTURES / "timeline-jpn-twn.svg").write_text(svg, encoding="utf-8")
        browser = shutil.which("chromium") or shutil.which("chromium-browser")
        if browser is None:
            print("no chromium: brief.png was left as it is")
            return 1
        shot = folder / "brief.png"
        subprocess.run(
            [browser, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
             "--window-size=1000,1100", f"--screenshot={shot}",
             (folder / "west-pacific-brief.html").as_uri()],
            check=True, capture_output=True,
        )  # fmt: skip
        shutil.copy(shot, PICTURES / "brief.png")
    return 0


def _standoff(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "standoff", *words],
        cwd=folder,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


if __name__ == "__main__":
    sys.exit(main())
