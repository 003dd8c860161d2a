"""Charts as Vega-Lite specifications, rendered to SVG without a browser or the network.

Words and deeds differ by dash and shape as well as by colour (Okabe-Ito), so that no reading needs
colour. Every figure has its numbers in a table beside it.
"""

from __future__ import annotations

import json
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


def timeline_spec(timeline: Timeline) -> dict[str, Any]:
    """Words and deeds over time with 90 % bands, as a Vega-Lite specification."""
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
    x = {"field": "date", "type": "temporal", "title": None}
    colour = {
        "field": "channel",
        "type": "nominal",
        "title": None,
        "scale": {"domain": ["words", "deeds"], "range": [WORDS_COLOUR, DEEDS_COLOUR]},
    }
    return {
        "$schema": SCHEMA,
        "description": f"{timeline.label}: words and deeds over time with 90 % intervals",
        "width": 560,
        "height": 150,
        "config": _CONFIG,
        "data": {"values": rows},
        "layer": [
            {
                "mark": {"type": "area", "opacity": 0.18},
                "encoding": {
                    "x": x,
                    "y": {"field": "low", "type": "quantitative", "title": "level (sd)"},
                    "y2": {"field": "high"},
                    "color": colour,
                },
            },
            {
                "mark": {"type": "line", "strokeWidth": 2},
                "encoding": {
                    "x": x,
                    "y": {"field": "level", "type": "quantitative"},
                    "color": colour,
                    "strokeDash": {
                        "field": "channel",
                        "scale": {"domain": ["words", "deeds"], "range": [[6, 3], [1, 0]]},
                        "legend": None,
                    },
                },
            },
        ],
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
