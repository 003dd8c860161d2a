"""One run at least of every command that prints JSON, in a folder made for it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer
from typer.testing import CliRunner

from standoff.cli import app

ROOT = Path(__file__).resolve().parents[2]
RUN = CliRunner()
REPORT = (
    "Japan is about 180 km from Taiwan. China accused Japan of gross interference on Monday. "
    "On 5 July 2021 Deputy Prime Minister Taro Aso said that Japan would defend Taiwan with the "
    "United States. The U.S. destroyer Benfold passed through the Taiwan Strait. Japan spent "
    "0.94 percent of its GDP on defence.\n"
)
BRIEF = (
    "We judge that China is likely to attack Taiwan. Ishigaki is 270 km from Taiwan. Mr Aso said "
    "“wake up”. The probability is 35 %.\n"
)
ARGUMENT = (
    "The missiles that Japan deploys on Yonaguni strengthen deterrence, which lowers the risk of war. "
    "Analysts fear that Japan's pledge to defend Taiwan could lead China to attack Taiwan.\n"
)
STATES = (
    "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    "A,10,A,1900,1,1,2016,12,31,2016\nB,20,B,1900,1,1,1901,6,30,2016\n"
)
CONTIGUITY = "dyad,statelno,statehno,conttype,begin,end\n10020,10,20,2,190001,190106\n"
CASES = "esc,war,a,b,offer,accept\n" + "".join(
    f"{i % 2},{i % 2 * (i // 2 % 2)},{i % 7 - 3},{i % 5 - 2},{i % 9},{i % 3 > 0:d}\n"
    for i in range(120)
)
MOVES = "y,a,b\n" + "".join(f"{1 + (i * 7 % 11) % 4},{i % 7 - 3},{i % 5 - 2}\n" for i in range(160))
ACT = (
    '{"event": "MOBILIZE", "channel": "deeds", "valence": "threaten", "sources": ["RUS"], '
    '"targets": ["UKR"], "status": "ongoing", "date": "2022-02-15"}\n'
)
DAY, DRAWS = ("--as-of", "2021-08-13"), ("--draws", "100")
PROBE = ("probe", "report.txt", "--published", "2021-08-13", "--model", "stand-in",
         "--base-url", "http://127.0.0.1:9/v1")  # fmt: skip

ASK = ("ask", "Will China attack Taiwan in 2021?", "--event", "attack", "--by", "2021-12-31",
       *DAY, *DRAWS)  # fmt: skip

# In this order: later ones stand on what earlier ones stored.
RUNS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("read", ("read", "report.txt", "--published", "2021-08-13", "--source", "a wire", "--title", "t")),
    ("assess", ("assess", *DAY, *DRAWS)),
    ("assess", ("assess", "--signals", "acts.jsonl", "--challenger", "RUS", "--protege", "UKR",
                "--as-of", "2022-02-23", *DRAWS)),
    ("documents", ("documents",)),
    ("signals", ("signals",)),
    ("search", ("search", "Taiwan")),
    ("verify", ("verify",)),
    ("system show", ("system", "west-pacific-2021")),
    ("system show", ("system", "show", "falklands-1982")),
    ("system list", ("system", "list")),
    ("system check", ("system", "check", "west-pacific-2021")),
    ("system diff", ("system", "diff", "west-pacific-2021", "west-pacific-2025")),
    ("evaluate", ("evaluate", str(ROOT / "cases/coded/open"), "--resamples", "20")),
    ("probe", PROBE),
    ("check", ("check", "report.txt", "--published", "2021-08-13")),
    ("claims", ("claims",)),
    ("recheck", ("recheck",)),
    ("measure", ("measure", "--at", "2021-08-13")),
    ("measure", ("measure", "--series", "JPN>TWN", "--at", "2021-08-13")),
    ("timeline", ("timeline", "--series", "JPN>TWN", "--at", "2021-08-13", "--points", "3")),
    ("ask", ASK),
    ("ask", (*ASK[:1], "Will there be a new dispute?", "--event", "dispute", *ASK[4:])),
    ("questions", ("questions",)),
    ("questions", ("questions", "Q-001")),
    ("resolve", ("resolve", "Q-001", "no", "--source", "the press")),
    ("score", ("score",)),
    ("backtest", ("backtest", "--cases", "eves.jsonl", *DRAWS)),
    ("base-rate", ("base-rate", "CHN", "TWN", "--on", "2021-08-13")),
    ("chains", ("chains", *DAY, *DRAWS)),
    ("why", ("why", "#war", "--depth", "3")),
    ("why", ("why", "L-JPN>TWN@2021-08-13")),
    ("why", ("why", "C-01")),
    ("why", ("why", "Q-001")),
    ("argument", ("argument", "report.txt", "--published", "2021-08-13")),
    ("argument", ("argument", "argument.txt", "--published", "2021-08-13", "--system", "west-pacific-2021",
                  *DRAWS)),
    ("check-brief", ("check-brief", "brief.txt", "--published", "2021-08-13")),
    ("whatif", ("whatif", "--set", "deeds:JPN=1", *DRAWS)),
    ("tornado", ("tornado", *DRAWS)),
    ("voi", ("voi", *DRAWS)),
    ("play", ("play", "--years", "3", *DRAWS)),
    ("shapley", ("shapley", *DRAWS)),
    ("sides", ("sides", *DRAWS)),
    ("triage", ("triage", "--since", "2021-08-06", *DAY, *DRAWS)),
    ("queue", ("queue", *DAY, *DRAWS)),
    ("watch", ("watch", *DAY, *DRAWS)),
    ("precedents", ("precedents", "S-138")),
    ("ach", ("ach", *DAY, *DRAWS)),
    ("decisions", ("decisions",)),
    ("grades", ("grades",)),
    ("diff", ("diff", "--since", "2021-07-01", *DAY, *DRAWS)),
    ("agreement", ("agreement", "second")),
    ("reproduce", ("reproduce", "run.zip")),
    ("fit egame12", ("fit", "egame12", "esc + war ~ a | 0 | 1 | b", "--data", "cases.csv")),
    ("fit egame122", ("fit", "egame122", "y ~ a | 1 | 0 | 1 | b | 1", "--data", "moves.csv")),
    ("fit egame123", ("fit", "egame123", "y ~ 1 | a | 0 | 1 | b | 0 | 1 | 1", "--data", "moves.csv")),
    ("fit ultimatum", ("fit", "ultimatum", "offer + accept ~ a | b", "--prize", "10", "--data", "cases.csv")),
    ("fit logit", ("fit", "logit", "esc ~ a + b", "--data", "cases.csv")),
    ("glossary", ("glossary",)),
    ("glossary", ("glossary", "base", "rate")),
    ("facts list", ("facts", "list")),
    ("facts list", ("facts", "list", "laws")),
    ("facts show", ("facts", "show", "Suga")),
    ("facts waters", ("facts", "waters", "Taiwan Strait", "--on", "2022-07-01", "--near", "CHN,TWN")),
    ("actors list", ("actors", "list")),
    ("actors show", ("actors", "show", "Formosa")),
    ("history cases", ("history", "cases", "--defender", "USA")),
    ("history rate", ("history", "rate", "attacked", "--defender", "USA")),
    ("history datasets", ("history", "datasets")),
    ("history check", ("history", "check", "states.csv")),
    ("history dyads", ("history", "dyads", "--from", "1900", "--to", "1901", "--data", "cow",
                       "-o", "dyads.csv")),
    ("data add", ("data", "add", "states.csv")),
    ("data list", ("data", "list")),
    ("data check", ("data", "check", "states.csv")),
    ("game solve", ("game", "solve", "zagare_kilgour2000/unilateral_deterrence")),
    ("game list", ("game", "list")),
    ("events list", ("events", "list")),
)  # fmt: skip

# Half a second of processor and more each: `make bench` and `pytest -m slow` run them.
SLOW = {
    "backtest", "evaluate", "diff", "reproduce", "queue", "ask", "voi", "ach", "measure", "timeline", "watch",
    "system show", "assess",
}  # fmt: skip


def commands(group: Any = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every command by its whole name."""
    group = group or typer.main.get_command(app)
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{prefix}{name} ")
        else:
            yield prefix + name, command


def takes_json(command: Any) -> bool:
    """Whether a command has `--format`."""
    return any("--format" in p.opts for p in command.params)


def call(*words: str) -> str:
    """Run a command and return what it prints; exit codes 0 and 1 are answers."""
    done = RUN.invoke(app, list(words), catch_exceptions=False)
    assert done.exit_code in (0, 1), f"{words}: {done.output}{done.stderr}"
    return done.stdout


def printed(words: tuple[str, ...]) -> Any:
    """What a command prints with `--format json`, read back."""
    return json.loads(call(*words, "--format", "json"))


def fill(folder: Path) -> None:
    """The files and the dossier that the runs stand on; the folder becomes the current one."""
    os.chdir(folder)
    (folder / "cow").mkdir()
    eves = (ROOT / "cases/eves/open.jsonl").read_text("utf-8").splitlines()[:1]
    for name, content in {
        "report.txt": REPORT, "brief.txt": BRIEF, "states.csv": STATES, "cow/states.csv": STATES,
        "cow/contiguity.csv": CONTIGUITY, "cases.csv": CASES, "moves.csv": MOVES,
        "acts.jsonl": ACT, "argument.txt": ARGUMENT, "eves.jsonl": "\n".join(eves) + "\n",
    }.items():  # fmt: skip
        (folder / name).write_text(content, encoding="utf-8")
    os.environ.update(STANDOFF_DATA=str(folder / "home"), STANDOFF_DOSSIER="west-pacific.standoff")
    call("new", "west-pacific", "--system", "west-pacific-2021")
    call("read", "report.txt", "--published", "2021-08-13", "--dossier", "west-pacific.standoff")
    call("assess", *DAY, *DRAWS)
    call(*ASK)
    call("export", "second.jsonl")
    call("import", "second.jsonl", "--layer", "second")
    call("bundle", "--out", "run.zip")
