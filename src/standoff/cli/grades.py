"""How far to trust: `standoff grade` for sources and items, `standoff grades` for the list."""

from __future__ import annotations

import re
from typing import Annotated, Any

import typer

from standoff.cli.common import (
    AuthorOption,
    DossierOption,
    FormatOption,
    OutputFormat,
    RecordedByOption,
    emit_records,
    find_dossier,
    open_dossier,
    say,
)

_ITEM = re.compile(r"[Ss]-\d+")


def register(app: typer.Typer) -> None:
    """Add this family's commands."""
    app.command("grade")(grade)
    app.command("grades")(grades)


def grade(
    what: Annotated[
        str, typer.Argument(help="A source as `standoff signals` names it, or an item (S-014).")
    ],
    mark: Annotated[
        str, typer.Argument(help="A source: A to F; an item: 1 to 6. F and 6 mean unknown.")
    ],
    because: Annotated[str, typer.Option(help="Why it deserves the grade.")],
    author: AuthorOption = "analyst",
    dossier: DossierOption = None,
) -> None:
    """Grade a source (A-F, Admiralty letters) or a single item (1-6), with a reason.

    Examples: standoff grade "Blog X" C --because "right on dates, once wrong on numbers";
    standoff grade S-014 2 --because "two further papers saw the ships"
    """
    from standoff.ledger import Ledger

    with Ledger.open(find_dossier(dossier), author=author) as ledger:
        if _ITEM.fullmatch(what):
            item = ledger.signal(what.upper())
            batch = ledger.grade_item(item.handle, mark, because)
            say(f"graded   {item.handle}  {item.item_grade.value} -> {mark}  because {because}")
        else:
            before = ledger.gradings().get(what)
            done = ledger.grade(what, mark.upper(), because)
            batch = ledger.decisions(f"source:{what}")[-1].batch
            was = f"{before.grade.value} -> " if before else ""
            say(f"graded   {done.source}  {was}{done.grade.value}  because {done.because}")
            sources = {s.source for s in ledger.signals()} | {d.source for d in ledger.documents()}
            if what not in sources:
                say("note     nothing in this dossier is from that source yet: standoff grades")
    say(f"done     {batch}; take it back: standoff undo {batch}")
    say("next     standoff assess")


def grades(
    dossier: DossierOption = None,
    recorded_by: RecordedByOption = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """List every source with its grade, who gave it and why; F where nobody graded it.

    Example: standoff grades --recorded-by 2021-08-13
    """
    with open_dossier(dossier, recorded_by) as ledger:
        given = ledger.gradings()
        count: dict[str, int] = {}
        for s in ledger.signals():
            count[s.source] = count.get(s.source, 0) + 1
    rows: list[dict[str, Any]] = []
    for source in sorted({*given, *count}):
        g = given.get(source)
        rows.append(
            {
                "source": source,
                "grade": g.grade.value if g else "F",
                "signals": count.get(source, 0),
                "author": g.author if g else "",
                "at": g.at if g else "",
                "because": g.because if g else "never graded",
            }
        )
    emit_records(rows, form, ["grade", "source", "signals", "author", "because"])
    if form is OutputFormat.TABLE:
        say('next     standoff grade SOURCE B --because "..."')
