"""PDF: the HTML brief printed by a browser that is installed; without one it is said what to do.

No library of the package lays pages out. A browser of the Chromium family does, without a window, and the
brief has a layout for paper; it holds no script and asks no network.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from standoff.errors import InputError, StoreFailure

BROWSERS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "microsoft-edge",
    "msedge",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
"""Names under which browsers that print without a window are installed, the free one first."""
_SECONDS = 120
_MADE = re.compile(rb"(/(?:CreationDate|ModDate) \(D:)\d{14}")


def pdf_of(page: str, day: date) -> bytes:
    """A page of HTML as PDF. Its dates are `day`: the same page printed again gives the same bytes.

    Raises:
        InputError: no browser that can print is installed.
        StoreFailure: the browser that was found printed nothing.
    """
    browser = next((found for name in BROWSERS if (found := shutil.which(name))), None)
    if browser is None:
        raise InputError(
            "a brief as .pdf, and no browser here that prints one",
            "chromium, Google Chrome or Microsoft Edge on the path",
            "--out brief.html and print it: it has a layout for paper",
        )
    # ignore_cleanup_errors: the browser may still write its profile when it is done.
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        source, target = Path(folder) / "brief.html", Path(folder) / "brief.pdf"
        source.write_text(page, encoding="utf-8")
        told = _print(browser, source, target)
        if not target.exists():
            raise StoreFailure(
                f"{browser} wrote no page ({told})", "a browser that prints", "--out brief.html"
            )
        return _MADE.sub(rb"\g<1>" + f"{day:%Y%m%d}000000".encode(), target.read_bytes())


def _print(browser: str, source: Path, target: Path) -> str:
    """Print a file; returns the last line of what the browser said."""
    command = [
        browser,
        "--headless",
        "--disable-gpu",
        "--no-first-run",
        "--no-pdf-header-footer",
        f"--user-data-dir={target.parent / 'profile'}",
        f"--print-to-pdf={target}",
    ]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        # Chromium refuses its sandbox to root; the page is ours and holds no script.
        command.append("--no-sandbox")
    try:
        done = subprocess.run(
            [*command, source.as_uri()], capture_output=True, timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return str(error)
    lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
    return lines[-1][:200] if lines else f"exit code {done.returncode}"
