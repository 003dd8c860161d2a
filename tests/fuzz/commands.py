"""Random bad inputs for every command: what a person, a script or a stranger's file may give."""

from __future__ import annotations

import contextlib
import io
import os
import random
import signal
import sys
import traceback
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import typer

from standoff.cli import app

LEFT_OUT = {
    "open": "starts a server and waits",
    "consent": "writes the person's own settings",
    "play": "asks turn by turn",
}
SECONDS = 60
"""Processor time of one command, the first loading of tables included, beyond which it hangs."""
WORDS = (
    "", " ", "-", "--", "x", "JPN", "QQQ", "Formosa", "S-001", "S-999", "S-0", "S--1", "D-001",
    "D-999", "C-01", "E-001", "A-0001", "A-9999", "R-00000000", "R-x#war", "L-JPN>TWN@2021-08-13",
    "L-a>b@c", "S-99999999999999999999999", "D-99999999999999999999", "2021-08-13", "2021-02-30",
    "0001-01-01", "9999-12-31", "99999-01-01", "0", "-1", "1", "3", "100", "1e9", "nan", "inf",
    "9223372036854775808", "a" * 3000, "\x1b[2J", "\u202eabc",
    "\ud800", "é", "台湾", "'; DROP TABLE meta; --", "%s%n", "../../etc/passwd", "{}", "[]", "null",
    '{"a":1}', "a=b", "=1+1", "JPN>TWN", "CHN>TWN", "west-pacific-2021", "csv", "json", "plover",
    "words", "main", "both", "1,2,3", "y ~ x", "esc + war ~ 1 | 0", "CHN", "TWN", "supported", "B",
)  # fmt: skip
CONTENTS: dict[str, bytes] = {
    "empty.txt": b"", "text.txt": b"Japan condemned China on Monday.\n", "nul.txt": b"\x00" * 50,
    "bytes.bin": bytes(range(256)), "cut.json": b'{"a": [1, 2', "deep.json": b"[" * 100_000,
    "list.json": b"[1, null, {}]", "line.jsonl": b'{"id": "a", "text": 5}\n{"x_standoff": 1}\n',
    "export.jsonl": b'{"x_standoff":{"table":"meta","key":"system","value":"/etc/passwd"}}\n',
    "null.jsonl": b"null\n[]\n1\n", "table.csv": b"a,b\n1\n1,2,3\n", "semi.csv": b"a;b\n1;2\n",
    "head.csv": b"id,text\n", "wide.csv": b"text\n" + b"a" * 200_000, "bad.toml": b"[system",
    "small.toml": b"[system]\nslug = 1\n", "game.efg": b'EFG 2 R "x" { "a" }\nc "" 1 "" { "a" 1e999 } 0',
    "game.nfg": b"NFG 1 R", "zip.zip": b"PK\x03\x04" + b"\x00" * 60, "page.html": b"<html><p>" * 200,
    "word.docx": b"PK\x03\x04word/", "file.pdf": b"%PDF-1.7\n%%EOF", "utf16.txt": "Japan".encode("utf-16"),
    "half.standoff": b"SQLite format 3\x00" + b"\x00" * 84, "other.standoff": b"no database",
}  # fmt: skip


@dataclass
class Found:
    """What a run of many inputs came to."""

    tried: int = 0
    codes: dict[int, int] = field(default_factory=dict[int, int])
    wrong: list[str] = field(default_factory=list[str])


def commands(
    group: Any = None, prefix: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command by its whole name, those left out left out."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, (*prefix, name))
        elif name not in LEFT_OUT:
            yield (*prefix, name), command


def fill(folder: Path) -> None:
    """A folder with a small dossier and every file."""
    for name, content in CONTENTS.items():
        (folder / name).write_bytes(content)
    run(["new", "mine", "--empty"])
    run(["read", "text.txt", "--published", "2021-08-13", "--dossier", "mine.standoff"])


def words_of(command: Any, rng: random.Random) -> list[str]:
    """Arguments and options of a command, mostly wrong."""
    out: list[str] = []
    for p in command.params:
        wanted = p.param_type_name == "argument" or rng.random() < (0.9 if p.required else 0.25)
        if not wanted or "--help" in p.opts:
            continue
        value = _value(p, rng)
        if p.param_type_name == "argument":
            out += [value] * (1 if rng.random() < 0.9 else rng.randrange(3))
        elif p.bare_type is bool:
            out.append(rng.choice([*p.opts, *p.secondary_opts]))
        else:
            out += [rng.choice(p.opts), value]
    return out


def _value(p: Any, rng: random.Random) -> str:
    kind = repr(p.bare_type)
    if p.name == "draws" or (p.name == "seed" and rng.random() < 0.5):
        return rng.choice(("100", "0", "-1", "x", "99999999999", "1e3"))
    if "Path" in kind and rng.random() < 0.8:
        return rng.choice([*CONTENTS, "mine.standoff", "nowhere/a", ".", "/dev/null", "new.out"])
    if p.name == "dossier" and rng.random() < 0.6:
        return "mine.standoff"
    if "Enum" in str(type(p.bare_type)) and rng.random() < 0.7:
        return str(rng.choice(list(p.bare_type)).value)
    return rng.choice(WORDS)


def run(words: list[str]) -> tuple[int, str]:
    """Exit code and what is wrong with how a command ended: "" where nothing is."""
    out, errors = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    kept = sys.stdin
    sys.stdin = io.TextIOWrapper(io.BytesIO(b""), "utf-8")
    out.reconfigure(errors="backslashreplace")
    errors.reconfigure(errors="backslashreplace")
    code: Any = 0
    signal.signal(signal.SIGVTALRM, _hang)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(errors):
            app(words, standalone_mode=True)
    except SystemExit as error:
        code = error.code if error.code is not None else 0
    except BaseException:
        return 1, traceback.format_exc(limit=-4)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        sys.stdin = kept
    if code not in (0, 1, 2):
        return 1, f"exit code {code!r}"
    said = errors.buffer.getvalue().decode("utf-8", "replace")  # type: ignore[attr-defined]
    return int(code), "a traceback on the error stream" if "Traceback" in said else ""


def _hang(*_: object) -> None:
    raise TimeoutError(f"more than {SECONDS} s of processor")


def fuzz(folder: Path, number: int, seed: int) -> Found:
    """Run `number` random inputs inside a folder, the same for the same seed."""
    rng, found = random.Random(seed), Found()
    known = sorted(commands(), key=lambda c: c[0])
    here = Path.cwd()
    os.chdir(folder)
    try:
        fill(folder)
        for _ in range(number):
            name, command = rng.choice(known)
            words = [*name, *words_of(command, rng)]
            code, wrong = run(words)
            found.tried += 1
            found.codes[code] = found.codes.get(code, 0) + 1
            if wrong:
                found.wrong.append(f"{words!r:.300}\n{wrong}")
    finally:
        os.chdir(here)
    return found
