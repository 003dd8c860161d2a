"""Fit the slopes of evidence on coded cases: posterior mode and spread, in the form of the table.

    python benchmarks/fit_evidence.py cases/eves/open.jsonl [src/standoff/forecast/data/evidence-1.toml]

Crises that came to blows are chosen more often than they are among crises: each case that ended
quietly counts so often that the weighted share of attacks among crises is the one of ICB (crises with a
trigger without violence since 1946: 47 of 189 reached serious clashes or war).

Every slope has the lognormal prior of `forecast/data/evidence-0.toml` (judged before any case was
looked at); the likelihood is that of an attack within three months, at the mean of the pair's base
rate and of the strategic model. The spread is the Laplace approximation in log-slopes.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from standoff.assess import open_workbench, read_cases
from standoff.forecast import Ingredients, chances, draft_system, events_of, load_evidence, volumes
from standoff.measure import measure_stance

DRAWS = 200
SHARE = 47 / 189
PRIOR_SD = 0.35
NARROWER = 0.95
"""A kind is called historical where the cases narrowed one of its slopes by a twentieth."""


def prepare(path: Path):
    """Volumes, mean ingredients and outcome of each case."""
    model = load_evidence("evidence-0")
    rows = []
    for case in read_cases(path):
        at = date.fromisoformat(case["as_of"])
        try:
            system = draft_system(
                case["challenger"],
                case["protege"],
                at,
                defenders=tuple(case["defenders"]),
                supporters=tuple(case["supporters"]),
            )
        except Exception as error:  # printed, not hidden: a case that cannot be drafted is no case
            print(case["id"], error, file=sys.stderr)
            continue
        events = [e for e in events_of(case["signals"]).events if e.available <= at]
        bench = open_workbench(
            system,
            measure_stance(events, at=at),
            measure_stance((), at=at),
            at=at,
            draws=DRAWS,
            seed=1,
            events=events,
            evidence=model,
        )
        strategic = sum(bench.use.strategic.values())
        in_crisis = sum(bench.use.in_crisis.values())
        rows.append(
            (
                case["id"],
                case.get("kind", ""),
                volumes(bench.pieces, model, at),
                float(bench.use.onset.mean()),
                float(bench.use.severity.mean()),
                float(np.mean(strategic)),
                float(np.mean(in_crisis)),
                int(case["outcomes"]["violence"]),
            )
        )
    return model, rows


def write(path: Path, slopes: dict[str, tuple[float, float]]) -> None:
    """The table of priors with its slopes replaced by the posterior ones."""
    lines, kind, narrowed = [], "", set[str]()
    text = (files("standoff.forecast") / "data" / "evidence-0.toml").read_text("utf-8")
    for line in text.splitlines():
        key, _, value = line.partition(" = ")
        if line.startswith("["):
            kind = ""
        if key == "name":
            kind = value.strip('"')
        name = {"worse": "crisis.worse", "strategic": "weight.strategic"}.get(key, f"{kind}.{key}")
        if name in slopes:
            median, sd = slopes[name]
            line = f"{key} = [{median:.3f}, {sd:.3f}]"
            narrowed |= {kind} if sd < NARROWER * PRIOR_SD else set()
        if key == "origin" and kind:
            line = f'origin = "{"historical" if kind in narrowed else "elicited"}"'
        lines.append(line)
    head = "# Evidence, fitted: posterior slopes; the priors are those of evidence-0."
    body = "\n".join([head, *lines[1:]]).replace('"evidence-0"', '"evidence-1"')
    path.write_text(body + "\n", "utf-8")


def main() -> None:
    """Fit and print."""
    model, rows = prepare(Path(sys.argv[1]))
    names = [f"{k.name}.{part}" for k in model.kinds for part in ("crisis", "severity")]
    names += ["crisis.worse", "weight.strategic"]
    prior = np.array(
        [p for k in model.kinds for p in (k.crisis, k.severity)]
        + [model.crisis_worse, model.strategic]
    )
    volume = {k.name: np.array([r[2][k.name] for r in rows]) for k in model.kinds}
    onset = np.array([r[3] for r in rows])
    severity = np.array([r[4] for r in rows])
    strategic = np.array([r[5] for r in rows])
    in_crisis = np.array([r[6] for r in rows])
    happened = np.array([r[7] for r in rows], dtype=float)

    crisis = np.array([r[1] != "quiet" for r in rows])
    events = float((crisis & (happened > 0)).sum())
    calm = float((crisis & (happened == 0)).sum())
    weight = np.where(crisis & (happened == 0), events / calm * (1 - SHARE) / SHARE, 1.0)

    def forecast(log_slopes):
        parameters = {
            "crisis.years": np.full(len(rows), model.crisis_years[0]),
            "reply.per_month": np.full(len(rows), model.reply_per_month[0]),
        }
        parameters |= {
            n: np.full(len(rows), np.exp(v)) for n, v in zip(names, log_slopes, strict=True)
        }
        use = Ingredients(
            onset, severity, {"game": strategic}, {"game": in_crisis}, parameters, model
        )
        return chances(use, volume, None, (3,))[0][3]

    def loss(log_slopes):
        p = np.clip(forecast(log_slopes), 1e-9, 1 - 1e-9)
        score = -np.sum(weight * np.where(happened > 0, np.log(p), np.log1p(-p)))
        return score + 0.5 * np.sum(((log_slopes - np.log(prior[:, 0])) / prior[:, 1]) ** 2)

    start = np.log(prior[:, 0])
    found = minimize(loss, start, method="L-BFGS-B")
    step = 1e-3
    size = len(start)
    curvature = np.zeros((size, size))
    eye = np.eye(size) * step
    for i in range(size):
        for j in range(i, size):
            corner = [
                loss(found.x + a * eye[i] + b * eye[j])
                for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))
            ]
            curvature[i, j] = curvature[j, i] = (corner[0] - corner[1] - corner[2] + corner[3]) / (
                4 * step**2
            )
    spread = np.sqrt(np.diag(np.linalg.inv(curvature)))
    for name, (median, sd), v, s in zip(names, prior, found.x, spread, strict=True):
        print(
            f"{name:32} prior {median:.2f} ({sd:.2f})  posterior {np.exp(v):.3f} ({min(s, sd):.3f})"
        )
    if len(sys.argv) > 2:
        write(
            Path(sys.argv[2]),
            dict(
                zip(
                    names,
                    zip(np.exp(found.x), np.minimum(spread, prior[:, 1]), strict=True),
                    strict=True,
                )
            ),
        )
    p0, p1 = forecast(start), forecast(found.x)
    for label, p in (("prior", p0), ("posterior", p1)):
        kinds = sorted({r[1] for r in rows})
        means = ", ".join(
            f"{k} {np.mean([q for q, r in zip(p, rows, strict=True) if r[1] == k]):.3f}"
            for k in kinds
        )
        print(f"{label}: {means}")
    for r, p in sorted(zip(rows, p1, strict=True), key=lambda pair: -pair[1]):
        print(
            f"  {r[1]:8} {r[0]:40} {p:.3f}  onset {r[3]:.3f} severity {r[4]:.3f} "
            f"game {r[5]:+.2f}, in a crisis {r[6]:+.2f}"
        )


if __name__ == "__main__":
    main()
