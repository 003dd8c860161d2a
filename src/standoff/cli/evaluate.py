"""`standoff evaluate`: a coder against hand-coded texts, or two codings against each other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from standoff.cli.ask import Asking, model_of
from standoff.cli.batch import records_of
from standoff.cli.common import (
    FormatOption,
    OutputFormat,
    emit_json,
    emit_table,
    json_text,
    progress,
    say,
    shorten,
)
from standoff.errors import BadRecord, UnreadableFile

if TYPE_CHECKING:
    from standoff.evaluate import Agreement, Coding, Evaluation, Figure, Gold, GoldText
    from standoff.terms import Record, Report, Verdict

    Read = Callable[[GoldText], "tuple[Report, Sequence[Verdict]]"]

# Rows of the table in their order, with what they mean; further figures are in the JSON.
ROWS = {
    "texts_right": "texts all right: sources, event, status, no more, no less",
    "precision": "emitted signals that are coded ones",
    "recall": "coded signals that were found",
    "f1": "both",
    "f1_strict": "with sources, event and status right",
    "precision_all_four": "with sources, targets, event and status right",
    "recall_all_four": "the same, of those coded",
    "f1_all_four": "both",
    "wrong_side": "emitted with the wrong side as author",
    "threats_all_four": "threats, all four right",
    "pledges_all_four": "commitments in words, all four right",
    "trap_rate": "traps told as having happened",
    "silent_texts": "emitted, a text without signals",
    "event": "event right, on matches",
    "sources": "sources right, on matches",
    "targets": "targets right, on matches",
    "targets_overlap": "targets shared of all, on matches",
    "status": "status right, on matches",
    "channel": "channel right, on matches",
    "officialness": "officialness right, on matches",
    "explicitness": "explicitness right, on matches",
    "explicitness_kappa": "explicitness, quadratic kappa",
    "protege": "protege right, on matches",
    "mode": "mode right, on matches",
    "valence": "valence right, on matches",
    "cost": "cost right, on matches",
    "date_overlaps": "date told that meets the coded one",
    "date_exact": "both ends, where the text gives the date",
    "claim_recall": "coded claims found",
    "verdict": "verdict right, on found claims",
    "errors_caught": "wrong claims called so",
    "planted_caught": "planted errors called so",
    "false_alarms": "true claims called wrong",
    "debris_emitted": "debris told as claims",
}
CONFUSIONS = 12


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("evaluate")(evaluate)


def evaluate(
    gold: Annotated[
        Path, typer.Argument(help="A gold folder, sentences.jsonl, or a coding to compare.")
    ],
    second: Annotated[
        Path | None, typer.Argument(help="A second coding of the same texts: compare the two.")
    ] = None,
    coder: Annotated[
        str, typer.Option("--coder", help="rules, llm, or a file of printed signals.")
    ] = "rules",
    by: Annotated[str, typer.Option("--by", help="Field of the table of classes.")] = "event",
    show: Annotated[int, typer.Option("--show", min=0, help="List so many faults.")] = 0,
    save: Annotated[
        Path | None, typer.Option("--save", help="Write what the coder gave, as JSON Lines.")
    ] = None,
    resamples: Annotated[
        int, typer.Option("--resamples", min=0, help="Draws of texts for the intervals.")
    ] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Seed of these draws.")] = 0,
    base_url: Annotated[str, typer.Option("--base-url", help="Endpoint, for --coder llm.")] = "",
    model: Annotated[str, typer.Option("--model", help="Its model.")] = "",
    cache: Annotated[
        Path | None, typer.Option("--cache", help="Folder that keeps the model's replies.")
    ] = None,
    replay: Annotated[
        bool, typer.Option("--replay", help="Take replies from --cache only; nothing is sent.")
    ] = False,
    dossier: Annotated[
        Path | None, typer.Option("--dossier", help="Whose agreement to send texts holds.")
    ] = None,
    form: FormatOption = OutputFormat.TABLE,
) -> None:
    """Measure a coder on hand-coded texts, with intervals; or compare two codings.

    Examples: standoff evaluate gold/ ; standoff evaluate gold/ --coder mine.jsonl --by status --show 20 ;
    standoff evaluate first.jsonl second.jsonl
    """
    from standoff.evaluate import agreement, evaluate_coding, read_coding, read_gold

    if second is not None:
        if coder != "rules" or save is not None:
            raise BadRecord(
                "two codings and --coder or --save", "two codings, or a gold and one coder",
                "standoff evaluate first.jsonl second.jsonl",
            )  # fmt: skip
        found = agreement(
            *_named(read_coding(gold), read_coding(second), gold, second),
            resamples=resamples, seed=seed,
        )  # fmt: skip
        _agreement(found, show, form)
        return
    standard = read_gold(gold)
    asking = Asking(base_url, model, cache, replay, consent=False)
    coding = _coding(standard, coder, asking, dossier, save)
    result = evaluate_coding(standard, coding, resamples=resamples, seed=seed)
    if by not in result.classes:
        raise BadRecord(f"--by {by}", f"one of {', '.join(result.classes)}", "--by event")
    if form is OutputFormat.JSON:
        emit_json(_record(result))
    else:
        _tables(result, by, show)


def _named(a: Coding, b: Coding, first: Path, second: Path) -> tuple[Coding, Coding]:
    """The two with names that tell them apart."""
    return (
        (a, b)
        if a.coder != b.coder
        else (replace(a, coder=str(first)), replace(b, coder=str(second)))
    )


# ---------------------------------------------------------------- what the coder gives


def _coding(
    gold: Gold, coder: str, asking: Asking, dossier: Path | None, save: Path | None
) -> Coding:
    from standoff.evaluate import coding_of, read_coding

    texts = {t.doc: t.text for t in gold.texts}
    if coder not in ("rules", "llm"):
        path = Path(coder)
        if not path.exists():
            raise UnreadableFile(
                f"--coder {coder}, which is no file", "rules, llm, or what standoff read printed",
                "--coder rules",
            )  # fmt: skip
        return read_coding(path, texts)
    read = _by_rules if coder == "rules" else _by_model(asking, dossier)
    records: list[Record] = []
    for text in gold.texts:
        report, verdicts = read(text)
        # The name of a text stands even where nothing was found in it.
        records.append({"type": "note", "doc": text.doc, "text": f"coder {coder}"})
        records += [{**r, "doc": text.doc} for r in records_of(report, verdicts)]
    if save is not None:
        try:
            save.write_text("".join(json_text(r) + "\n" for r in records), "utf-8")
        except OSError as error:
            raise UnreadableFile(
                f"{save} ({error.strerror})", "a file that can be written", "--save FILE"
            ) from error
    name = coder if coder == "rules" else f"llm:{asking.model}"
    return coding_of(name, [(r, f"{r['doc']} of {name}") for r in records], texts)


def _by_rules(text: GoldText) -> tuple[Report, Sequence[Verdict]]:
    from standoff.assess import code_text

    coding = code_text(text.text, published=text.published, title=text.doc)
    return coding.report, coding.verdicts


def _by_model(asking: Asking, dossier: Path | None) -> Read:
    from standoff.assess import code_text
    from standoff.check import Facts

    facts, model = Facts.shipped(), model_of(asking, dossier)

    def read(text: GoldText) -> tuple[Report, Sequence[Verdict]]:
        coding = code_text(
            text.text, published=text.published, title=text.doc, facts=facts, model=model
        )
        progress(f"{text.doc}: {len(coding.report.signals)} signals")
        return coding.report, coding.verdicts

    return read


# ---------------------------------------------------------------- for people


def _value(x: float | None) -> str:
    return "-" if x is None else f"{x:.3f}"


def _count(x: float) -> str:
    return f"{x:.0f}" if x == round(x) else f"{x:.1f}"


def _range(f: Figure) -> str:
    return "" if f.low is None or f.high is None else f"{f.low:.3f} to {f.high:.3f}"


def _tables(result: Evaluation, by: str, show: int) -> None:
    figures = {f.name: f for f in result.figures}
    emit_table(
        ("figure", "value", "95 %", "count", "of", "what"),
        [
            (name, _value(f.value), _range(f), _count(f.count), _count(f.of), what)
            for name, what in ROWS.items()
            if (f := figures.get(name)) is not None and f.of
        ],
        title=f"{result.coder} on {result.gold}: {result.texts} texts",
    )
    say()
    emit_table(
        (by, "coded", "emitted", "right", "precision", "recall", "f1"),
        [
            (c.value, c.coded, c.emitted, c.right, _value(c.precision), _value(c.recall), _value(c.f1))
            for c in result.classes[by]
        ],
    )  # fmt: skip
    confused = sorted(
        ((n, a, b) for (a, b), n in result.confusion[by].items() if a != b),
        key=lambda x: (-x[0], x[1], x[2]),
    )
    if confused:
        say()
        emit_table(("coded", "emitted", "times"), [(a, b, n) for n, a, b in confused[:CONFUSIONS]])
    _reliability(result)
    if show:
        say()
        emit_table(
            ("text", "fault", "coded", "emitted", "words"),
            [(m.doc, m.kind, m.wanted, m.got, shorten(m.quote, 90)) for m in result.misses[:show]],
            title=f"{min(show, len(result.misses))} of {len(result.misses)} faults",
        )


def _reliability(result: Evaluation) -> None:
    if not result.reliability:
        say()
        say("no confidence is given")
        return
    say()
    emit_table(
        ("confidence that", "error", "95 %", "signals", "where right", "wrong", "nothing there"),
        [
            (r.means, _value(r.error.value), _range(r.error), _count(r.error.of),
             *(_value(v) for v in r.where.values()))
            for r in result.reliability
        ],
    )  # fmt: skip
    say()
    first = result.reliability[0]
    emit_table(
        ("confidence", "signals", "mean", "right"),
        [(f"{b.low:.1f} up", b.signals, _value(b.confidence), _value(b.right)) for b in first.bins],
        title=f"confidence that {first.means}",
    )


def _agreement(found: Agreement, show: int, form: OutputFormat) -> None:
    if form is OutputFormat.JSON:
        emit_json(_agreement_record(found))
        return
    rows = [
        ("signals", found.signals, None),
        *((f.field, f.agreement, f.kappa) for f in found.fields),
    ]
    emit_table(
        ("field", "agreement", "95 %", "kappa", "95 %", "count", "of"),
        [
            (
                name, _value(same.value), _range(same), _value(k.value) if k else "",
                _range(k) if k else "", _count(same.count), _count(same.of),
            )
            for name, same, k in rows
        ],
        title=f"{found.first} against {found.second}: {found.texts} texts",
    )  # fmt: skip
    say(f"only in {found.first}: {found.only_first}; only in {found.second}: {found.only_second}")
    if found.left_out:
        names = ", ".join(found.left_out[:5])
        say(f"{len(found.left_out)} texts that one of them has not coded are left out: {names}")
    if show:
        say()
        emit_table(
            ("text", "field", "first", "second", "words"),
            [(d.doc, d.field, d.first, d.second, shorten(d.quote, 90)) for d in found.differences[:show]],
            title=f"{min(show, len(found.differences))} of {len(found.differences)} differences",
        )  # fmt: skip


# ---------------------------------------------------------------- for programs


def _figure(f: Figure) -> Record:
    return {"value": f.value, "low": f.low, "high": f.high, "count": f.count, "of": f.of}


def _record(result: Evaluation) -> Record:
    return {
        "coder": result.coder,
        "gold": result.gold,
        "texts": result.texts,
        "figures": {f.name: _figure(f) for f in result.figures},
        "signals_in_silent_texts": dict(result.silent),
        "classes": {
            field: {
                c.value: {
                    "coded": c.coded, "emitted": c.emitted, "right": c.right,
                    "precision": c.precision, "recall": c.recall, "f1": c.f1,
                }
                for c in classes
            }
            for field, classes in result.classes.items()
        },
        "confusion": {
            field: [{"coded": a, "emitted": b, "times": n} for (a, b), n in found.items()]
            for field, found in result.confusion.items()
        },
        "reliability": {
            r.of: {
                "means": r.means, "error": _figure(r.error), "confidence_where": dict(r.where),
                "bins": [
                    {"from": b.low, "signals": b.signals, "confidence": b.confidence, "right": b.right}
                    for b in r.bins
                ],
            }
            for r in result.reliability
        },
        "faults": [_plain(m) for m in result.misses],
    }  # fmt: skip


def _agreement_record(found: Agreement) -> Record:
    return {
        "first": found.first,
        "second": found.second,
        "texts": found.texts,
        "left_out": list(found.left_out),
        "signals": _figure(found.signals),
        "only_first": found.only_first,
        "only_second": found.only_second,
        "fields": {
            f.field: {"agreement": _figure(f.agreement), "kappa": _figure(f.kappa)}
            for f in found.fields
        },
        "differences": [_plain(d) for d in found.differences],
    }


def _plain(record: Any) -> Record:
    return asdict(record)
