"""Gold codings from files: a folder of texts with their codings, or sentences with theirs.

Everything is checked before anything is scored: a text for each coding, offsets that fit, known
events, days of publication. The formats stand in docs/reference/evaluate.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, cast

from standoff.errors import ImpossibleDate, UnreadableFile
from standoff.evaluate.coding import (
    CodedClaim,
    CodedSignal,
    Coding,
    Record,
    bad,
    check_quote,
    coded_claim,
    coded_signal,
)

SIGNALS, CLAIMS = ".signals.jsonl", ".claims.jsonl"


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text with the coding that counts. `traps` must not come out as what happened."""

    doc: str
    text: str
    published: date
    signals: tuple[CodedSignal, ...]
    traps: tuple[CodedSignal, ...] = ()
    claims: tuple[CodedClaim, ...] = ()


@dataclass(frozen=True, slots=True)
class Gold:
    """Texts with codings. `placed` says whether codings have offsets; sentences have none."""

    name: str
    texts: tuple[GoldText, ...]
    placed: bool = True

    def as_coding(self) -> Coding:
        """The gold as if a coder had written it."""
        return Coding(
            self.name,
            {t.doc: t.signals for t in self.texts},
            {t.doc: tuple(c for c in t.claims if c.emit) for t in self.texts},
        )


def read_gold(path: Path) -> Gold:
    """A folder (NN.txt, NN.signals.jsonl, manifest.json) or a file of sentences with codings.

    Raises `UnreadableFile`, `BadRecord` and `ImpossibleDate`, each naming file and line.
    """
    if path.is_dir():
        return _folder(path)
    rows = list(json_lines(path))
    if not rows:
        raise UnreadableFile(f"{path} is empty", "a gold folder or sentences.jsonl", "check it")
    texts = tuple(_sentence(row, where) for row, where in rows)
    _refuse_twice([t.doc for t in texts], path)
    return Gold(path.stem, texts, placed=False)


def json_lines(path: Path) -> Iterator[tuple[Record, str]]:
    """The objects of a JSON Lines file, each with the words that say where it stands."""
    try:
        # No translation of line ends, and no cut at the other marks that Unicode takes for one.
        lines = path.read_bytes().decode("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(f"{path} ({why})", "JSON Lines in UTF-8", "see --help") from error
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        where = f"{path.name} line {number}"
        try:
            value = json.loads(line)
        except json.JSONDecodeError as error:
            raise bad(where, f"{line.strip()[:40]!r} ({error.msg})", "one JSON object") from error
        if not isinstance(value, dict):
            raise bad(where, f"{line.strip()[:40]!r}", "one JSON object")
        yield cast("Record", value), where


def _folder(folder: Path) -> Gold:
    coded = sorted(p.name.removesuffix(SIGNALS) for p in folder.glob(f"*{SIGNALS}"))
    if not coded:
        raise UnreadableFile(
            f"{folder} holds no NN{SIGNALS}", "a gold folder: NN.txt, NN.signals.jsonl, manifest.json",
            "see docs/reference/evaluate.md",
        )  # fmt: skip
    listed = _manifest(folder / "manifest.json")
    texts = tuple(_text(folder, stem, listed) for stem in coded)
    _refuse_twice([t.doc for t in texts], folder)
    return Gold(folder.name, texts)


def _manifest(path: Path) -> dict[str, Record]:
    """The rows of a manifest by the stem of their file: a list, or lists by name."""
    asked = "a manifest with doc, file and published of each text"
    try:
        value: Any = json.loads(path.read_bytes().decode("utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(f"{path} ({why})", asked, "write one") from error
    groups: list[Any] = [value]
    if isinstance(value, Mapping):
        groups = [*cast("Record", value).values()]
    out: dict[str, Record] = {}
    for group in groups:
        rows: list[Any] = cast("list[Any]", group) if isinstance(group, list) else [group]
        for row in rows:
            if (
                not isinstance(row, dict)
                or not {"doc", "file", "published"} <= cast("Any", row).keys()
            ):
                raise bad(path.name, f"{str(cast('Any', row))[:60]!r}", asked)
            found = cast("Record", row)
            out[Path(str(found["file"])).stem] = found
    return out


def _text(folder: Path, stem: str, listed: Mapping[str, Record]) -> GoldText:
    path = folder / f"{stem}.txt"
    try:
        text = path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise UnreadableFile(
            f"{path} ({why})", f"the text that {stem}{SIGNALS} codes, in UTF-8", "put it there"
        ) from error
    if stem not in listed:
        raise bad("manifest.json", f"no row for {stem}.txt", "doc, file and published of each text")
    doc = str(listed[stem]["doc"])
    found: list[CodedSignal] = []
    for record, where in json_lines(folder / f"{stem}{SIGNALS}"):
        _fits(record, doc, text, where)
        if not record.get("gold") and "verdict" in record:
            raise bad(where, "a claim", f"signals and traps; claims go to {stem}{CLAIMS}")
        found.append(coded_signal(record, where))
    claims: list[CodedClaim] = []
    if (folder / f"{stem}{CLAIMS}").exists():
        for record, where in json_lines(folder / f"{stem}{CLAIMS}"):
            _fits(record, doc, text, where)
            claims.append(coded_claim(record, where))
    return GoldText(
        doc, text, _day(listed[stem]["published"], f"manifest.json, {doc}"),
        tuple(s for s in found if not s.trap), tuple(s for s in found if s.trap), tuple(claims),
    )  # fmt: skip


def _fits(record: Record, doc: str, text: str, where: str) -> None:
    if record.get("doc", doc) != doc:
        raise bad(where, f"doc {record['doc']!r}", f"{doc!r}, as the manifest names this text")
    check_quote(record, text, where)


def _sentence(row: Record, where: str) -> GoldText:
    for name in ("id", "text", "published"):
        if not isinstance(row.get(name), str):
            raise bad(
                where, f"{name} {row.get(name)!r}", "id, text, published and right of a sentence"
            )
    right = row.get("right")
    if not isinstance(right, list):
        raise bad(where, f"right {right!r}", "a list of codings: sources, targets, plover, status")
    signals = tuple(
        coded_signal(cast("Record", item), where, placed=False) for item in cast("list[Any]", right)
    )
    return GoldText(row["id"], row["text"], _day(row["published"], where), signals)


def _day(value: Any, where: str) -> date:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError) as error:
        raise ImpossibleDate(
            f"{where}: published {value!r}", "a calendar day as YYYY-MM-DD", "correct it"
        ) from error


def _refuse_twice(names: list[str], path: Path) -> None:
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise bad(str(path), f"{', '.join(twice[:5])} more than once", "each text once")
