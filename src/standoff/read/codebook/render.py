"""The codebook as Markdown, from the ontology file. `docs/reference/codebook.md` is its output."""

from __future__ import annotations

from standoff.read.codebook.guide import Guide, load_guide
from standoff.read.codebook.ontology import Entry, Event, Ontology, load_ontology

QUADS = {
    0: "no quadrant", 1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict",
    4: "material conflict",
}  # fmt: skip
HEAD = """# Codebook

Generated from `ontology.toml` and `guide.toml` in `src/standoff/read/codebook/`; change those files and run
`python -m standoff.read.codebook`. Every example without a dagger is read in the tests and gives the code beside
it. A dagger (†) marks codes for which the default coder has no rule; the optional LLM coder may write them.

A **signal** is one thing said or done by a source towards a target, tied to its words. Several signals may stand
in one sentence. Its event is one of PLOVER's sixteen (version 0.8), or NONE with an extension of ours; the mode is
PLOVER's. Scores are PLOVER's, from -10 (conflict) to 10 (cooperation). Where its manual contradicts itself:
SANCTION is material conflict, the score of ACCUSE is -2, an embargo is SANCTION.
"""


def render_codebook(ontology: Ontology | None = None) -> str:
    """The whole codebook as Markdown.

    >>> "## Events" in render_codebook()
    True
    """
    ontology = ontology or load_ontology()
    parts = [HEAD, *_guide(load_guide()), "## Events\n"]
    parts += [_event(event) for event in ontology.events]
    parts.append("## Extensions\n\nOur own codes beside PLOVER's, in `x_standoff`.\n")
    parts.append(_table(ontology.extensions, scores=False))
    for field in ontology.fields:
        parts.append(f"## Field: {field.name}\n\n{field.meaning}\n")
        parts.append(_table(field.values, scores=False))
    parts.append("## Contexts\n\n" + ", ".join(f"`{c}`" for c in ontology.contexts) + ".\n")
    rows = [f"| `{code}` | {meaning} |" for code, meaning in ontology.sectors]
    parts.append("## Sectors of actors\n\n| code | who |\n|---|---|\n" + "\n".join(rows) + "\n")
    parts.append(_claims(load_guide()))
    return "\n".join(parts)


def _guide(guide: Guide) -> list[str]:
    """The rules of coding and the questions on status, before the codes."""
    parts = ["## How to code\n\nFrom `guide.toml`; the model coder is told the same.\n"]
    for rule in guide.rules:
        lines = "\n".join(f"- {line}" for line in rule.lines)
        parts.append(f"### {rule.title}\n\n*{rule.why}*\n\n{lines}\n")
    rows = [
        f"| {n} | {q.ask} | `{q.code}` | *{q.example}* |"
        for n, q in enumerate(guide.questions, start=1)
    ]
    head = "| | question | status | example |\n|---|---|---|---|\n"
    first = "The first question that is answered with yes decides.\n\n"
    parts.append("### Status, question by question\n\n" + first + head + "\n".join(rows) + "\n")
    return parts


def _claims(guide: Guide) -> str:
    """The kinds of claims that the model coder may propose."""
    rows = [
        f"| `{c.kind}` | {c.meaning} | {', '.join(c.needs)} | {', '.join(c.may) or '-'} | *{c.example}* |"
        for c in guide.claims
    ]
    head = "| kind | meaning | needs | may have | example |\n|---|---|---|---|---|\n"
    about = (
        "The model coder quotes the parts; numbers and dates are read from them by our grammars, and the "
        "verdict is ours.\n\n"
    )
    return "## Claims of the model coder\n\n" + about + head + "\n".join(rows) + "\n"


def _event(event: Event) -> str:
    entry = event.entry
    required = ", a target is required" if event.recipient else ""
    text = (
        f"### {entry.code}{_dagger(entry)}\n\n{entry.meaning}\n\n"
        f"Quadrant {event.quad} ({QUADS[event.quad]}), score {entry.score:g}{required}. "
        f"Example: *{entry.example}*\n"
    )
    return text + ("\n" + _table(event.modes, scores=True) if event.modes else "")


def _table(entries: tuple[Entry, ...], *, scores: bool) -> str:
    lines = ["| code | score | meaning | example |", "|---|---|---|---|"] if scores else [
        "| code | meaning | example |", "|---|---|---|",
    ]  # fmt: skip
    for e in entries:
        score = f" {'-' if e.score is None else format(e.score, 'g')} |" if scores else ""
        example = f"*{e.example}*" if e.example else "-"
        lines.append(f"| `{e.code}`{_dagger(e)} |{score} {e.meaning} | {example} |")
    return "\n".join(lines) + "\n"


def _dagger(entry: Entry) -> str:
    return "" if entry.coded else " †"
