"""Pictures as SVG with the table that says the same; small parts to draw them with."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from standoff.api.tables import Table

WORDS = "#0072B2"
DEEDS = "#D55E00"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing, what it shows in one sentence, and its numbers as a table.

    Colours are given on each part, so that it stands alone in a notebook; a page may restyle the
    classes. Text from reports is escaped.
    """

    svg: str
    caption: str
    table: Table

    def _repr_html_(self) -> str:
        return (
            f"<figure>{self.svg}<figcaption>{html.escape(self.caption)}</figcaption></figure>"
            f"<details><summary>As a table</summary>{self.table._repr_html_()}</details>"  # pyright: ignore[reportPrivateUsage]
        )


Value = str | float | int | None


def tag(name: str, attributes: Mapping[str, Value] | None = None, *children: str) -> str:
    """One element; attributes are escaped, children are markup already, None leaves one out.

    >>> tag("circle", {"cx": 1.0, "r": 2.345678, "class": 'a"b'})
    '<circle cx="1" r="2.35" class="a&quot;b"/>'
    """
    given = "".join(
        f' {k}="{html.escape(_shown(v))}"' for k, v in (attributes or {}).items() if v is not None
    )
    return f"<{name}{given}>{''.join(children)}</{name}>" if children else f"<{name}{given}/>"


def words(text: str, x: float, y: float, **more: Value) -> str:
    """A line of text at a point; attribute names are written with _ for -."""
    given: dict[str, Value] = {"x": x, "y": y, "fill": "currentColor", "font-size": 12}
    given |= {k.rstrip("_").replace("_", "-"): v for k, v in more.items()}
    return tag("text", given, html.escape(text))


def title(text: str) -> str:
    """What a part says when it is pointed at."""
    return tag("title", None, html.escape(text))


def link(href: str, *children: str, label: str = "", class_: str = "") -> str:
    """A part that leads somewhere; `label` is its name where it holds no text."""
    return tag("a", {"href": href, "aria-label": label or None, "class": class_ or None}, *children)


def canvas(width: float, height: float, label: str, *children: str, class_: str = "") -> str:
    """A drawing that scales to its place; `label` is its name for those who do not see it."""
    return tag(
        "svg",
        {
            "viewBox": f"0 0 {width:g} {height:g}",
            "width": width,
            "height": height,
            "role": "group",
            "aria-label": label,
            "class": f"picture {class_}".strip(),
            "font-family": "ui-sans-serif, system-ui, sans-serif",
        },
        *children,
    )


def path(points: Sequence[tuple[float, float]], *, closed: bool = False) -> str:
    """The `d` of a line through points."""
    body = " L".join(f"{_shown(x)},{_shown(y)}" for x, y in points)
    return f"M{body}{'Z' if closed else ''}" if points else ""


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from values to units of the drawing."""

    low: float
    high: float
    first: float
    last: float

    def __call__(self, value: float) -> float:
        share = (value - self.low) / ((self.high - self.low) or 1.0)
        return self.first + share * (self.last - self.first)

    def inside(self, value: float) -> float:
        """As a call, held within the drawing."""
        low, high = min(self.first, self.last), max(self.first, self.last)
        return min(max(self(value), low), high)


def _shown(value: Value) -> str:
    if isinstance(value, float):
        text = f"{value:.2f}".rstrip("0").rstrip(".")
        return "0" if text in ("-0", "") else text
    return str(value)
