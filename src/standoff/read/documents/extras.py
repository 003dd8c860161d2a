"""The one place that says which extra a kind of file needs."""

from __future__ import annotations

from standoff.errors import MissingExtra


def missing(library: str, kind: str) -> MissingExtra:
    """The error for a library that is not installed."""
    return MissingExtra(
        f"a {kind} file, and {library} is not installed",
        "the libraries that read documents",
        "pip install 'standoff[documents]'",
    )
