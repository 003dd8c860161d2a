"""Hyperparameters: how fast stance moves, how far deeds follow words, how often it jumps.

A model file is versioned and says how it was made. `Dynamics` holds the constants of

    dd = -th_d d dt + sqrt(2 th_d) dW1
    da = -th_a (a - be d) dt + sqrt(2 th_a (1 - be c)) dW2,   c = be th_a / (th_d + th_a)
    x  = (d, a) + m,  m ~ N(0, tau^2 I);  jumps at `rate` a week: d, a or both <- keep * it + N(0, sd^2)
"""

from __future__ import annotations

import json
import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from standoff.errors import DescriptionError, UnreadableFile
from standoff.measure.items import ItemType


@dataclass(frozen=True, slots=True)
class Law:
    """One way in which a stance may move; a series follows one, and its signals tell which.

    `weight` is its probability beforehand. The half-lives of the model are multiplied by
    `slowness`, the rate of jumps by `jumpiness`: a stance that rests and jumps is slow and jumpy.
    """

    name: str
    weight: float
    slowness: float = 1.0
    jumpiness: float = 1.0


@dataclass(frozen=True, slots=True)
class Dynamics:
    """The constants of one latent path; times in weeks, levels in stationary sd.

    `story_sd` and `story_half_life` belong to the story of the day: a short-lived component that
    all signals of a series share, so that ten statements of one week on one affair count for
    less than ten weeks' statements. `press_shift` and `press_sd` say by how much the press makes a
    series look stronger than it is, because strong acts are reported more often than weak ones: a
    constant of the series, for words and for deeds, which no signal can tell from its mean.
    A jump leaves `jump_keep` of what was: 1 adds to the level; 0 draws it anew, so that a stance that
    rests and jumps for decades still stands where a stance can stand.
    Without `laws` every series moves by these constants; with them, by those of one `Law`.
    """

    half_life_words: float = 26.0
    half_life_deeds: float = 52.0
    follow_through: float = math.tanh(0.3)
    series_sd: float = 0.7
    drift_sd: float = 0.3
    story_sd: float = 0.0
    story_half_life: float = 1.0
    jump_rate: float = 1.0 / 260.0
    jump_sd: float = 1.5
    jump_window: float = 26.0
    jump_keep: float = 1.0
    press_shift: float = 0.0
    press_sd: float = 0.0
    laws: tuple[Law, ...] = ()

    def __post_init__(self) -> None:
        positive = (
            self.half_life_words,
            self.half_life_deeds,
            self.jump_window,
            self.story_half_life,
        )
        spreads = (
            self.series_sd,
            self.drift_sd,
            self.story_sd,
            self.jump_rate,
            self.jump_sd,
            self.press_sd,
            self.jump_keep,
            *(n for law in self.laws for n in (law.weight, law.slowness, law.jumpiness)),
        )
        bounded = abs(self.follow_through) < 1
        finite = all(math.isfinite(v) for v in (*positive, *spreads, self.press_shift))
        lawful = all(min(law.weight, law.slowness) > 0 for law in self.laws)
        right = finite and bounded and lawful
        if not (right and min(positive) > 0 and min(spreads) >= 0):
            raise DescriptionError(
                f"the dynamics {self}",
                "positive half-lives, spreads not below zero, follow-through in (-1, 1), laws with "
                "a weight and a slowness above zero",
                "correct the model file",
            )

    @property
    def rates(self) -> tuple[float, float]:
        """(th_d, th_a) per week. Equal rates are parted by 1e-5: the closed form divides by
        their difference."""
        th_d = math.log(2.0) / self.half_life_words
        th_a = math.log(2.0) / self.half_life_deeds
        if abs(th_a / th_d - 1.0) < 1e-5:
            th_a = th_d * (1.0 + 1e-5)
        return th_d, th_a

    @property
    def by_law(self) -> tuple[Dynamics, ...]:
        """The constants under each law; of a model without laws, its own.

        >>> slow = Dynamics(laws=(Law("rests", 1.0, slowness=10.0),)).by_law[0]
        >>> slow.half_life_words
        260.0
        """
        return _by_law(self)

    @property
    def law_weights(self) -> tuple[float, ...]:
        """The probability of each law beforehand; they sum to one."""
        total = sum(law.weight for law in self.laws)
        return tuple(law.weight / total for law in self.laws) or (1.0,)


@lru_cache(maxsize=64)
def _by_law(dynamics: Dynamics) -> tuple[Dynamics, ...]:
    return tuple(
        replace(
            dynamics,
            half_life_words=dynamics.half_life_words * law.slowness,
            half_life_deeds=dynamics.half_life_deeds * law.slowness,
            jump_rate=dynamics.jump_rate * law.jumpiness,
            laws=(),
        )
        for law in dynamics.laws
    ) or (dynamics,)


@dataclass(frozen=True, slots=True)
class TypeParameters:
    """Fitted discrimination and thresholds of one item type; they override the item table."""

    discrimination: float
    thresholds: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Model:
    """A versioned set of hyperparameters.

    `actors` holds log discriminations by "ACTOR/type", where a fit found that an actor's words
    of that type mean more (or less) than the average actor's; `actor_thresholds` its own
    thresholds: one government seldom threatens but often protests.

    >>> load_model("model-1").dynamics.half_life_words > 0
    True
    """

    name: str = "prior"
    version: int = 0
    origin: str = "elicited"
    how: str = "prior medians; no data used"
    dynamics: Dynamics = field(default_factory=Dynamics)
    officialness: float = 0.7
    explicitness: float = 0.4
    types: Mapping[str, TypeParameters] = field(default_factory=dict["str", "TypeParameters"])
    actors: Mapping[str, float] = field(default_factory=dict["str", "float"])
    actor_thresholds: Mapping[str, tuple[float, ...]] = field(
        default_factory=dict["str", "tuple[float, ...]"]
    )
    false_alarms: tuple[tuple[float, float], ...] = ()

    def false_alarm_rate(self, probability: float) -> float | None:
        """Alarms per series-year if every shift shown with at least `probability` were one.

        Both directions, in simulated words that do not move, 26 signals a year, half a sd within
        26 weeks; interpolated. None where the model has no such table, or below its first line.
        """
        points = [p for p, _ in self.false_alarms]
        if not points or probability < points[0]:
            return None
        rates = [r for _, r in self.false_alarms]
        return round(float(np.interp(probability, points, rates)), 3)

    def thresholds(self, kind: ItemType, actor: str = "") -> tuple[float, ...]:
        """Thresholds of an item type: the actor's, else the type's as fitted, else the table's."""
        own = self.actor_thresholds.get(f"{actor}/{kind.name}")
        if own is not None and len(own) == len(kind.thresholds):
            return own
        fitted = self.types.get(kind.name)
        if fitted is None or len(fitted.thresholds) != len(kind.thresholds):
            return kind.thresholds
        return fitted.thresholds

    def discrimination(
        self, kind: ItemType, actor: str, officialness: float, explicitness: int
    ) -> float:
        """al of one signal, from its type, its actor, who speaks and how explicitly."""
        fitted = self.types.get(kind.name)
        al = kind.discrimination if fitted is None else fitted.discrimination
        return al * math.exp(
            float(self.actors.get(f"{actor}/{kind.name}", 0.0))
            + self.officialness * (officialness - 0.5)
            + self.explicitness * (explicitness / 3.0 - 0.5)
        )


def load_model(name: str | Path = "model-3") -> Model:
    """Read a model file: a shipped name or a path. Raises `UnreadableFile`, `DescriptionError`.

    >>> load_model().version, load_model("model-1").how[:14]
    (3, 'Prior medians,')
    """
    if isinstance(name, str) and not name.endswith(".toml"):
        return _shipped(name)
    try:
        text = Path(name).read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableFile(
            f"{name}: {error}",
            "a model file in UTF-8",
            "model-1, model-2, model-3 or check the path",
        ) from error
    return parse_model(text, str(name))


@cache
def _shipped(name: str) -> Model:
    file = resources.files("standoff.measure").joinpath("data", f"{name}.toml")
    if not file.is_file():
        raise DescriptionError(
            f"the model {name!r}", "model-1, model-2, model-3 or a path to a .toml file", "model-3"
        )
    return parse_model(file.read_text("utf-8"), name)


def write_model(model: Model) -> str:
    """A model as TOML text, such that `parse_model` gives it back.

    >>> parse_model(write_model(load_model("model-1"))) == load_model("model-1")
    True
    """
    d = model.dynamics
    lines = [
        f"name = {_quoted(model.name)}",
        f"version = {model.version}",
        f"origin = {_quoted(model.origin)}",
        f"how = {_quoted(model.how)}",
        "",
        "[dynamics]",
        f"half_life_words = {d.half_life_words!r}     # weeks",
        f"half_life_deeds = {d.half_life_deeds!r}     # weeks",
        f"follow_through = {d.follow_through!r}",
        f"series_sd = {d.series_sd!r}",
        f"drift_sd = {d.drift_sd!r}",
        f"story_sd = {d.story_sd!r}",
        f"story_half_life = {d.story_half_life!r}     # weeks",
        "",
        "[jumps]",
        f"rate = {d.jump_rate!r}     # per week",
        f"sd = {d.jump_sd!r}",
        f"window = {d.jump_window!r}     # weeks",
        f"keep = {d.jump_keep!r}",
        "",
        "[press]",
        f"shift = {d.press_shift!r}",
        f"sd = {d.press_sd!r}",
        "",
        *(
            f"[[laws]]\nname = {_quoted(law.name)}\nweight = {law.weight!r}\n"
            f"slowness = {law.slowness!r}\njumpiness = {law.jumpiness!r}\n"
            for law in d.laws
        ),
        "[discrimination]",
        f"officialness = {model.officialness!r}",
        f"explicitness = {model.explicitness!r}",
        "",
        "[types]",
    ]
    for name in sorted(model.types):
        t = model.types[name]
        lines.append(
            f"{name} = {{ discrimination = {t.discrimination!r}, thresholds = {list(t.thresholds)} }}"
        )
    lines += ["", "[actors]", *(f"{_quoted(k)} = {v!r}" for k, v in sorted(model.actors.items()))]
    lines += ["", "[actor_thresholds]"]
    lines += [f"{_quoted(k)} = {list(v)}" for k, v in sorted(model.actor_thresholds.items())]
    lines += ["", "[false_alarms]", *(f'"{p!r}" = {r!r}' for p, r in model.false_alarms)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    # A JSON string is a TOML basic string.
    return json.dumps(text, ensure_ascii=False)


def parse_model(text: str, where: str = "model") -> Model:
    """Read a model from TOML text; a field that is missing takes the prior median.

    >>> parse_model('name = "m"\\nversion = 3').version
    3
    """
    try:
        table: dict[str, Any] = tomllib.loads(text)
        part = table.get("dynamics", {})
        jumps, press = table.get("jumps", {}), table.get("press", {})
        default = Dynamics()
        dynamics = Dynamics(
            half_life_words=float(part.get("half_life_words", default.half_life_words)),
            half_life_deeds=float(part.get("half_life_deeds", default.half_life_deeds)),
            follow_through=float(part.get("follow_through", default.follow_through)),
            series_sd=float(part.get("series_sd", default.series_sd)),
            drift_sd=float(part.get("drift_sd", default.drift_sd)),
            story_sd=float(part.get("story_sd", default.story_sd)),
            story_half_life=float(part.get("story_half_life", default.story_half_life)),
            jump_rate=float(jumps.get("rate", default.jump_rate)),
            jump_sd=float(jumps.get("sd", default.jump_sd)),
            jump_window=float(jumps.get("window", default.jump_window)),
            jump_keep=float(jumps.get("keep", default.jump_keep)),
            press_shift=float(press.get("shift", default.press_shift)),
            press_sd=float(press.get("sd", default.press_sd)),
            laws=tuple(
                Law(
                    str(row["name"]),
                    float(row["weight"]),
                    float(row.get("slowness", 1.0)),
                    float(row.get("jumpiness", 1.0)),
                )
                for row in table.get("laws", [])
            ),
        )
        weights = table.get("discrimination", {})
        return Model(
            name=str(table["name"]),
            version=int(table["version"]),
            origin=str(table.get("origin", "elicited")),
            how=str(table.get("how", "")),
            dynamics=dynamics,
            officialness=float(weights.get("officialness", 0.7)),
            explicitness=float(weights.get("explicitness", 0.4)),
            types={
                kind: TypeParameters(
                    float(row["discrimination"]), tuple(float(b) for b in row["thresholds"])
                )
                for kind, row in table.get("types", {}).items()
            },
            actors={k: float(v) for k, v in table.get("actors", {}).items()},
            actor_thresholds={
                k: tuple(float(b) for b in v) for k, v in table.get("actor_thresholds", {}).items()
            },
            false_alarms=tuple(
                sorted((float(p), float(r)) for p, r in table.get("false_alarms", {}).items())
            ),
        )
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise DescriptionError(
            f"{where}: {error!r}", "a model file in TOML", "compare it with model-1.toml"
        ) from error
