"""Questions in the forms that forecasting sites take: nothing is sent, a file is written.

- `metaculus`: a list of forecasts for its endpoint of bulk forecasts: the number of the question (not of
  its page) and `probability_yes`, which that site takes from .001 to .999.
- `infer`, `gjopen`: forecasts of both answers with a rationale, by the number of the question, as the
  platform behind both names its fields.
- `metaculus-csv`, `infer-csv`, `gjopen-csv`: every forecast that was made, a line each, resolved questions too,
  under the column names that the sites' own downloads use: for a comparison with them.
- `csv`, `json`: everything said about every question, for tables and programs of one's own.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from typing import Any

from standoff.assess.question import Forecast, Question
from standoff.errors import InputError
from standoff.terms import guard

__all__ = ["FORMS", "SITES", "export_questions"]

SITES = ("metaculus", "infer", "gjopen")
"""Sites by whose numbers a question can be linked."""
FORMS = ("csv", "json", *SITES, *(f"{site}-csv" for site in SITES))
"""Forms of export; all but the first two go by the number that the question has at a site."""
LEAST = 0.001
"""The least that Metaculus takes; 1 less it is the most."""


def export_questions(items: Sequence[Question], site: str) -> tuple[str, tuple[str, ...]]:
    """The text of the export, and why questions were left out of it.

    For a site only open questions with a number there are written. Raises `InputError` for an
    unknown form.

    >>> export_questions([], "metaculus")
    ('[]\\n', ())
    """
    if site not in FORMS:
        raise InputError(f"the form {site!r}", f"one of {', '.join(FORMS)}", "--export csv")
    if site == "json":
        return _json([q.record() for q in items]), ()
    if site == "csv":
        return _csv(CSV_COLUMNS, [row for q in items for row in _rows(q)]), ()
    if site.endswith("-csv"):
        return _history(items, site.removesuffix("-csv"))
    kept, left = _linked(items, site)
    if site == "metaculus":
        return _json([_metaculus(number, f) for _, number, f in kept]), left
    return _json([_both_answers(number, f) for _, number, f in kept]), left


def _linked(
    items: Sequence[Question], site: str
) -> tuple[list[tuple[Question, str, Forecast]], tuple[str, ...]]:
    kept: list[tuple[Question, str, Forecast]] = []
    left: list[str] = []
    for q in items:
        number = dict(q.asked.links).get(site, "")
        if q.resolution is not None:
            left.append(f"{q.handle}: it is resolved")
        elif not number:
            left.append(f"{q.handle}: no number at {site}; ask it with --link {site}=NUMBER")
        else:
            kept.append((q, number, q.forecasts[-1]))
    return kept, tuple(left)


def _history(items: Sequence[Question], site: str) -> tuple[str, tuple[str, ...]]:
    """Every forecast of the questions that have a number at a site, as its downloads name the columns."""
    rows: list[dict[str, str]] = []
    left: list[str] = []
    for q in items:
        number = dict(q.asked.links).get(site, "")
        if not number:
            left.append(f"{q.handle}: no number at {site}; ask it with --link {site}=NUMBER")
            continue
        ends = [*(f.at for f in q.forecasts[1:]), ""]
        for f, end in zip(q.forecasts, ends, strict=True):
            if site == "metaculus":
                rows.append(
                    {
                        "Question ID": number, "Forecaster Username": f"standoff ({f.by})",
                        "Start Time": f.at, "End Time": end, "Probability Yes": repr(f.p),
                    }
                )  # fmt: skip
            else:
                rows.append(
                    {
                        "question_id": number, "question_name": q.asked.text, "answer_name": "Yes",
                        "forecasted_probability": repr(f.p), "created_at": f.at,
                        "rationale": rationale(f),
                    }
                )  # fmt: skip
    columns = METACULUS_COLUMNS if site == "metaculus" else INFER_COLUMNS
    return _csv(columns, rows), tuple(left)


METACULUS_COLUMNS = (
    "Question ID", "Forecaster Username", "Start Time", "End Time", "Probability Yes",
)  # fmt: skip
INFER_COLUMNS = (
    "question_id", "question_name", "answer_name", "forecasted_probability", "created_at",
    "rationale",
)  # fmt: skip


def _metaculus(number: str, f: Forecast) -> dict[str, Any]:
    return {
        "question": int(number) if number.isdigit() else number,
        "probability_yes": min(max(f.p, LEAST), 1.0 - LEAST),
        "probability_yes_per_category": None,
        "continuous_cdf": None,
    }


def _both_answers(number: str, f: Forecast) -> dict[str, Any]:
    return {
        "question_id": int(number) if number.isdigit() else number,
        "created_at": f.at,
        "rationale": rationale(f),
        "predictions": [
            {"answer_name": name, "forecasted_probability": round(p, 6)}
            for name, p in (("Yes", f.p), ("No", 1.0 - f.p))
        ],
    }


def rationale(f: Forecast) -> str:
    """A forecast in three sentences: base rate, what the reports did, where it is from."""
    return (
        f"Base rate of the pair by the deadline {100 * f.base:.2g} %. Model without reports "
        f"{100 * f.silent:.2g} %, with what was known on {f.as_of} {100 * f.p:.2g} % (90 % interval "
        f"{100 * f.low:.2g} to {100 * f.high:.2g} %). {f.run or 'no saved run'}; {f.basis}."
    )


CSV_COLUMNS = (
    "question", "text", "challenger", "protege", "deadline", "rule", "as_of", "recorded", "author",
    "probability", "low", "high", "base_rate", "without_reports", "run", "in_time", "outcome",
    "resolved_on", "resolution_source",
)  # fmt: skip


def _rows(q: Question) -> list[dict[str, str]]:
    r = q.resolution
    return [
        {
            "question": q.handle, "text": q.asked.text, "challenger": q.asked.challenger,
            "protege": q.asked.protege, "deadline": str(q.asked.deadline), "rule": q.asked.rule,
            "as_of": str(f.as_of), "recorded": f.at, "author": f.by, "probability": repr(f.p),
            "low": repr(f.low), "high": repr(f.high), "base_rate": repr(f.base),
            "without_reports": repr(f.silent), "run": f.run,
            "in_time": "yes" if f.in_time else "no",
            "outcome": r.outcome.value if r else "", "resolved_on": str(r.on) if r else "",
            "resolution_source": r.source if r else "",
        }
        for f in q.forecasts
    ]  # fmt: skip


def _csv(columns: Sequence[str], rows: Sequence[dict[str, str]]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows({k: guard(v) for k, v in row.items()} for row in rows)
    return out.getvalue()


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1) + "\n"
