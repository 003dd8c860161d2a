"""Charts as Vega-Lite specifications, rendered to SVG without a browser or the network.

Words and deeds differ by dash and shape as well as by colour (Okabe-Ito), so that no reading needs
colour. Every figure has its numbers in a table beside it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

import vl_convert

from standoff.assess import Assessment, Timeline

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
WORDS_COLOUR = "#0072B2"
DEEDS_COLOUR = "#D55E00"
_CONFIG: dict[str, Any] = {
    "background": "white",
    "font": "sans-serif",
    "axis": {"labelFontSize": 11, "titleFontSize": 11, "gridColor": "#e4e4e4"},
    "legend": {"labelFontSize": 11, "titleFontSize": 11, "symbolSize": 90},
    "view": {"stroke": None},
}


def heard(a: Assessment) -> tuple[Timeline, ...]:
    """The timelines of patrons that any signal is known of: the others show a prior and nothing else."""
    silent = {x.handle for x in a.levels if not x.n_signals}
    return tuple(t for t in a.timelines if t.level not in silent)


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture that was drawn elsewhere, such as a map, with what it shows in words."""

    svg: str
    words: str


def timeline_spec(timeline: Timeline) -> dict[str, Any]:
    """Words and deeds over time with 90 % bands, as a Vega-Lite specification.

    Two panels on one scale, one below the other: bands on one another hide each other.
    """
    rows: list[dict[str, Any]] = []
    for point in timeline.points:
        for channel, estimate in (("words", point.words), ("deeds", point.deeds)):
            rows.append(
                {
                    "date": point.at.isoformat(),
                    "channel": channel,
                    "level": _round(estimate.median),
                    "low": _round(estimate.low),
                    "high": _round(estimate.high),
                }
            )
    x: dict[str, Any] = {"field": "date", "type": "temporal", "title": None}
    x["axis"] = {"format": "%b %Y", "tickCount": 8}
    colour = {
        "field": "channel",
        "type": "nominal",
        "title": None,
        "scale": {"domain": ["words", "deeds"], "range": [WORDS_COLOUR, DEEDS_COLOUR]},
        "legend": None,
    }
    panels = {"field": "channel", "title": None, "sort": ["words", "deeds"]}
    panels["header"] = {"labelFontSize": 12, "labelAngle": 0, "labelAlign": "left"}  # pyright: ignore[reportArgumentType]
    return {
        "$schema": SCHEMA,
        "description": f"{timeline.label}: words and deeds over time with 90 % intervals",
        "config": _CONFIG,
        "data": {"values": rows},
        "facet": {"row": panels},
        "spacing": 16,
        "spec": {"width": 520, "height": 84, "layer": [_band(x, colour), _median(x, colour)]},
    }


def _band(x: dict[str, Any], colour: dict[str, Any]) -> dict[str, Any]:
    y = {"field": "low", "type": "quantitative", "title": "level (sd)"}
    return {
        "mark": {"type": "area", "opacity": 0.22},
        "encoding": {"x": x, "y": y, "y2": {"field": "high"}, "color": colour},
    }


def _median(x: dict[str, Any], colour: dict[str, Any]) -> dict[str, Any]:
    dash = {"domain": ["words", "deeds"], "range": [[6, 3], [1, 0]]}
    return {
        "mark": {"type": "line", "strokeWidth": 2},
        "encoding": {
            "x": x,
            "y": {"field": "level", "type": "quantitative"},
            "color": colour,
            "strokeDash": {"field": "channel", "scale": dash, "legend": None},
        },
    }


def stages_spec(assessment: Assessment) -> dict[str, Any]:
    """The probability of an attack at each stage of the argument, with 90 % intervals, log scale."""
    rows = [
        {
            "stage": stage.name,
            "mean": _round(100 * stage.war.mean),
            "low": _round(100 * stage.war.low),
            "high": _round(100 * stage.war.high),
        }
        for stage in assessment.stages
    ]
    y = {"field": "stage", "type": "nominal", "sort": None, "title": None}
    y["axis"] = {"labelLimit": 260}  # pyright: ignore[reportArgumentType]
    scale = {"type": "log"}
    return {
        "$schema": SCHEMA,
        "description": "Probability of an attack within a year, in per cent, with 90 % intervals",
        "width": 400,
        "height": {"step": 26},
        "padding": {"left": 48, "right": 12, "top": 4, "bottom": 4},
        "config": _CONFIG,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "rule", "strokeWidth": 3, "color": WORDS_COLOUR},
                "encoding": {
                    "y": y,
                    "x": {
                        "field": "low",
                        "type": "quantitative",
                        "scale": scale,
                        "title": "% a year (log scale)",
                    },
                    "x2": {"field": "high"},
                },
            },
            {
                "mark": {"type": "point", "filled": True, "size": 90, "color": "#000000"},
                "encoding": {"y": y, "x": {"field": "mean", "type": "quantitative"}},
            },
        ],
    }


def to_svg(spec: dict[str, Any]) -> str:
    """Render a specification to SVG, offline."""
    return vl_convert.vegalite_to_svg(json.dumps(spec, sort_keys=True), vl_version="5.21")


def _round(value: float) -> float:
    return float(f"{value:.4g}")
