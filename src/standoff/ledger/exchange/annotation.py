"""W3C Web Annotation (JSON-LD): one annotation for each signal and claim.

The target is the document by its hash, with a TextQuoteSelector (the words, 32 code points before
and after) and a TextPositionSelector (code points, half open). What the model of annotations has no
place for stands under `x_standoff` of the collection.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from standoff.errors import BadRecord, UnreadableFile
from standoff.ledger.exchange.content import Content, Row, text_of_row

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
OTHERS = ("meta", "activities", "documents", "events", "decisions", "runs", "seals")


def write_annotations(content: Content, path: Path) -> None:
    """Write one JSON-LD file."""
    texts = {d["sha256"]: text_of_row(d) for d in content.documents}
    items = [_annotation("signals", r, texts) for r in content.signals]
    items += [_annotation("claims", r, texts) for r in content.claims]
    rows = content.rows()
    whole = {
        "@context": CONTEXT,
        "id": "urn:standoff:export",
        "type": "AnnotationCollection",
        "total": len(items),
        "first": {
            "id": "urn:standoff:export:1",
            "type": "AnnotationPage",
            "startIndex": 0,
            "items": items,
        },
        "x_standoff": {kind: list(rows[kind]) for kind in OTHERS},
    }
    path.write_text(
        json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8", newline="\n"
    )


def _annotation(kind: str, row: Row, texts: Mapping[str, str]) -> dict[str, Any]:
    text, start, end = texts[row["sha256"]], row["start"], row["end"]
    held = {k: v for k, v in row.items() if k not in ("sha256", "start", "end", "quote", "record")}
    return {
        "id": f"urn:sha256:{row['hash']}:{kind}:{row['number']}",
        "type": "Annotation",
        "motivation": "classifying" if kind == "signals" else "assessing",
        "created": row["recorded"],
        "body": {"type": "Dataset", "format": "application/json", "value": row["record"]},
        "target": {
            "source": f"urn:sha256:{row['sha256']}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": row["quote"],
                    "prefix": text[max(start - AROUND, 0) : start],
                    "suffix": text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": start, "end": end},
            ],
        },
        "x_standoff": {"kind": kind, **held},
    }


def read_annotations(path: Path) -> Content:
    """Read what `write_annotations` wrote. Raises `BadRecord` naming the annotation."""
    try:
        whole: Any = json.loads(path.read_text("utf-8"))
        others = cast("Mapping[str, Sequence[Row]]", whole["x_standoff"])
        items = cast("Sequence[Mapping[str, Any]]", whole["first"]["items"])
        rows: dict[str, list[Row]] = {kind: list(others.get(kind, ())) for kind in OTHERS}
    except (json.JSONDecodeError, UnicodeDecodeError, OSError) as error:
        raise UnreadableFile(f"{path}: {error}", "JSON-LD in UTF-8", "export again") from error
    except (KeyError, TypeError) as error:
        raise BadRecord(
            f"{path.name} without {error}", "an AnnotationCollection of an export", "export again"
        ) from error
    rows |= {"signals": [], "claims": []}
    for i, item in enumerate(items):
        try:
            quote, position = item["target"]["selector"]
            held = dict(item["x_standoff"])
            rows[held.pop("kind")].append(
                {
                    **held,
                    "sha256": item["target"]["source"].removeprefix("urn:sha256:"),
                    "start": position["start"],
                    "end": position["end"],
                    "quote": quote["exact"],
                    "record": item["body"]["value"],
                }
            )
        except (KeyError, TypeError, ValueError) as error:
            raise BadRecord(
                f"annotation {i} without {error}", "target, selectors, body", "export again"
            ) from error
    return Content.of(rows)
