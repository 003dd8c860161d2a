"""Fit the slopes of evidence on coded cases: posterior mode and spread, in the form of the table.

    python benchmarks/fit_evidence.py cases/eves/open.jsonl [src/standoff/forecast/data/evidence-1.toml]

Crises that came to blows are chosen more often than they are among crises: each case that ended
quietly counts so often that the weighted share of attacks among crises is the one of ICB (crises with a
trigger without violence since 1946: 47 of 189 reached serious clashes or war).

Every slope has the lognormal prior of `forecast/data/evidence-0.toml` (judged before any case was
looked at). Those priors place the kinds against each other; how much all military kinds together say of
an open crisis was judged just once, and so has a factor of its own, around 1 with a spread of `COMMON`.
The likelihood is that of an attack within three months, at the mean of the pair's base rate and of the
strategic model. The spread is the Laplace approximation in log-slopes. Tenfold cross-validation is
printed beside the scores in sample.
"""

from __future__ import annotations

import sys
from datetime import date
from importlib.resources import files
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from standoff.assess import open_workbench, read_cases
from standoff.fit import area_under_curve
from standoff.forecast import Ingredients, chances, draft_system, events_of, load_evidence, volumes
from standoff.measure import measure_stance

DRAWS = 200
SHARE = 47 / 189
PRIOR_SD = 0.35
COMMON = 0.2
"""Spread of its logarithm: a judgement of their common size is off by a fifth one time in three."""
MILITARY = (
    "force used",
    "ultimatum",
    "evacuation",
    "blockade or seizure",
    "build-up",
    "threat",
)
"""Kinds that share the factor. Sanctions, laws and blame are daily between rivals at peace."""
FOLDS = 10
NARROWER = 0.9
"""A kind is called historical where the cases narrowed what is its own of a slope by a tenth."""


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


def write(path: Path, slopes: dict[str, tuple[float, float, float]]) -> None:
    """The table of priors with its slopes replaced by the posterior ones.

    Median, spread, and the spread of what is the kind's own, without the common factor: by the last a
    kind is called historical.
    """
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
            median, sd, own = slopes[name]
            line = f"{key} = [{median:.3f}, {sd:.3f}]"
            narrowed |= {kind} if own < NARROWER * PRIOR_SD else set()
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

    size = len(names)
    # Axes: log-slope, free parameter; the last free parameter is the common factor of military kinds.
    spreading = np.hstack([np.eye(size), np.zeros((size, 1))])
    spreading[[names.index(f"{k}.crisis") for k in MILITARY], size] = 1.0
    everything = np.arange(len(rows))

    def forecast(log_slopes, at=everything):
        parameters = {
            "crisis.years": np.full(len(at), model.crisis_years[0]),
            "reply.per_month": np.full(len(at), model.reply_per_month[0]),
        }
        parameters |= {
            n: np.full(len(at), np.exp(v)) for n, v in zip(names, log_slopes, strict=True)
        }
        use = Ingredients(
            onset[at],
            severity[at],
            {"game": strategic[at]},
            {"game": in_crisis[at]},
            parameters,
            model,
        )
        return chances(use, {k: v[at] for k, v in volume.items()}, None, (3,))[0][3]

    centre = np.append(np.log(prior[:, 0]), 0.0)
    wide = np.append(prior[:, 1], COMMON)

    def loss(free, at=everything):
        p = np.clip(forecast(spreading @ free, at), 1e-9, 1 - 1e-9)
        score = -np.sum(weight[at] * np.where(happened[at] > 0, np.log(p), np.log1p(-p)))
        return score + 0.5 * np.sum(((free - centre) / wide) ** 2)

    found = minimize(loss, centre, method="L-BFGS-B")
    step = 1e-3
    curvature = np.zeros((size + 1, size + 1))
    eye = np.eye(size + 1) * step
    for i in range(size + 1):
        for j in range(i, size + 1):
            corner = [
                loss(found.x + a * eye[i] + b * eye[j])
                for a, b in ((1, 1), (1, -1), (-1, 1), (-1, -1))
            ]
            curvature[i, j] = curvature[j, i] = (corner[0] - corner[1] - corner[2] + corner[3]) / (
                4 * step**2
            )
    inverse = np.linalg.inv(curvature)
    covariance, own = spreading @ inverse @ spreading.T, np.sqrt(np.diag(inverse))[:-1]
    spread, slopes = np.sqrt(np.diag(covariance)), spreading @ found.x
    before = np.sqrt(np.diag(spreading @ np.diag(wide**2) @ spreading.T))
    print(f"common factor of military kinds: {np.exp(found.x[-1]):.2f}")
    for name, (median, _), sd, v, s in zip(names, prior, before, slopes, spread, strict=True):
        print(
            f"{name:32} prior {median:.2f} ({sd:.2f})  posterior {np.exp(v):.3f} ({min(s, sd):.3f})"
        )
    if len(sys.argv) > 2:
        write(
            Path(sys.argv[2]),
            dict(
                zip(
                    names,
                    zip(np.exp(slopes), np.minimum(spread, before), own, strict=True),
                    strict=True,
                )
            ),
        )
    p0, p1 = forecast(centre[:-1]), forecast(slopes)
    folds = np.random.default_rng(0).permutation(len(rows))
    unseen = np.zeros(len(rows))
    for fold in range(FOLDS):
        out = folds[fold::FOLDS]
        kept = np.setdiff1d(everything, out)
        again = minimize(loss, centre, (kept,), method="L-BFGS-B")
        unseen[out] = forecast(spreading @ again.x, out)
    for label, p in (("prior", p0), ("in sample", p1), ("ten folds", unseen)):
        kinds = sorted({r[1] for r in rows})
        means = ", ".join(
            f"{k} {np.mean([q for q, r in zip(p, rows, strict=True) if r[1] == k]):.3f}"
            for k in kinds
        )
        right = np.where(happened > 0, p, 1 - p)
        print(
            f"{label}: {means}; log {-np.log(right).mean():.3f}, Brier {np.mean((p - happened) ** 2):.3f}, "
            f"area {area_under_curve(p, happened > 0):.3f}, "
            f"among crises {area_under_curve(p[crisis], happened[crisis] > 0):.3f}"
        )
    for r, p in sorted(zip(rows, p1, strict=True), key=lambda pair: -pair[1]):
        print(
            f"  {r[1]:8} {r[0]:40} {p:.3f}  onset {r[3]:.3f} severity {r[4]:.3f} "
            f"game {r[5]:+.2f}, in a crisis {r[6]:+.2f}"
        )


if __name__ == "__main__":
    main()
