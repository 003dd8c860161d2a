"""How to code, beyond the codes: rules, the order of the questions on status, fields, kinds of claims.

One file serves the page of the codebook and the instructions of the model coder, so that a person
and a model are told the same.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from standoff.errors import DescriptionError
from standoff.terms import Status


@dataclass(frozen=True, slots=True)
class Rule:
    """Some rules under one title, and why they are there. Codes stand in backticks."""

    title: str
    why: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """One question on status; the first that is answered with yes gives the code."""

    code: str
    ask: str
    example: str


@dataclass(frozen=True, slots=True)
class ClaimKind:
    """A kind of claim with the parts that its check needs, and those that it can use."""

    kind: str
    meaning: str
    needs: tuple[str, ...]
    may: tuple[str, ...]
    example: str


@dataclass(frozen=True, slots=True)
class Guide:
    """Everything that a coder is told beside the codes.

    `fields` and `parts` map a name to its meaning; `lowest` are the words of ranks from below.
    """

    rules: tuple[Rule, ...]
    questions: tuple[Question, ...]
    fields: dict[str, str]
    parts: dict[str, str]
    claims: tuple[ClaimKind, ...]
    lowest: tuple[str, ...]


@lru_cache(maxsize=1)
def load_guide() -> Guide:
    """The guide that ships. Raises `DescriptionError` if it does not match the vocabulary.

    >>> [q.code for q in load_guide().questions][:3]
    ['denied', 'hypothetical', 'historical']
    """
    raw = tomllib.loads(files("standoff.read").joinpath("codebook/guide.toml").read_text("utf-8"))
    guide = Guide(
        tuple(Rule(str(r["title"]), str(r["why"]), _texts(r["lines"])) for r in _tables(raw, "rule")),
        tuple(
            Question(str(q["code"]), str(q["ask"]), str(q["example"])) for q in _tables(raw, "status")
        ),
        {str(f["name"]): str(f["meaning"]) for f in _tables(raw, "field")},
        {str(p["name"]): str(p["meaning"]) for p in _tables(raw, "part")},
        tuple(
            ClaimKind(
                str(c["kind"]), str(c["meaning"]), _texts(c["needs"]), _texts(c["may"]),
                str(c["example"]),
            )
            for c in _tables(raw, "claim")
        ),
        _texts(raw["ranks"]["lowest"]),
    )  # fmt: skip
    check_guide(guide)
    return guide


def check_guide(guide: Guide) -> None:
    """Every status is asked for once, and claims name parts that are explained."""
    asked = [q.code for q in guide.questions]
    wrong = sorted(set(asked) ^ {s.value for s in Status}) or (
        ["a status asked for twice"] if len(set(asked)) < len(asked) else []
    )
    wrong += [p for c in guide.claims for p in (*c.needs, *c.may) if p not in guide.parts]
    if wrong:
        raise DescriptionError(
            f"guide.toml: {wrong}", "one question for each status, and parts that are explained",
            "change the file and the vocabulary together",
        )  # fmt: skip


def _tables(raw: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return cast("list[dict[str, Any]]", raw[name])


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(str(v) for v in cast("list[Any]", value))
