"""The figures of the ledger: kills, random edits, 100,000 signals, two programs at once.

python benchmarks/ledger.py [kill|kill-together|edits|size|together] ...    writes nothing, prints Markdown rows
"""

from __future__ import annotations

import importlib.util
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import ModuleType

from standoff.ledger import Ledger, SignalQuery, verify
from standoff.ledger.decide import same_words
from standoff.terms import Party, Period, Report, Span

ROOT = Path(__file__).parents[1]
BLOCK = 10_000
"""Edits in one transaction."""
ACTORS = "CHN TWN JPN USA KOR PRK GBR DEU AUS PHL VNM IND".split()


def load(path: str) -> ModuleType:
    """A helper of the tests, by its path."""
    spec = importlib.util.spec_from_file_location(Path(path).stem, ROOT / path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def row(what: str, wanted: str, got: str) -> None:
    print(f"| {what} | {wanted} | {got} |", flush=True)


def kill(folder: Path, rounds: int = 100) -> None:
    """Two processes write and are killed, `rounds` times: twice as many kills."""
    killing = load("tests/durability/killing.py")
    path = folder / "kill.standoff"
    Ledger.create(path, system="x").close()
    tally, rng = killing.Tally(), random.Random(2021)
    for i in range(rounds):
        killing.kill_round(path, i, rng, tally)
        if i % 20 == 19:
            killing.check(path, tally)
    killing.check(path, tally)
    row(
        f"kill -9 at random moments, {tally.killed} times, two processes writing",
        "no acknowledged write lost, integrity clean",
        f"{len(tally.lost)} of {len(tally.documents)} documents and {len(tally.decisions)} decisions "
        f"lost; {len(tally.wrong)} faults",
    )


def kill_together(folder: Path, rounds: int = 100) -> None:
    """Commands and the local app work on one dossier; in every round one of them is killed."""
    killing = load("tests/durability/killing.py")
    path = folder / "kill-together.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(killing.made("start", 0))
    tally = killing.kill_together(path, rounds, random.Random(11), 8932)
    for fault in tally.wrong:
        print("   ", fault, flush=True)
    row(
        f"kill -9 of a command or of the app, both open together, {rounds} rounds",
        "no acknowledged write lost, integrity clean",
        f"{tally.killed} commands and {tally.servers} servers killed, {tally.done} commands done, "
        f"{tally.pages:,} pages; {len(tally.wrong)} faults",
    )


def edits(folder: Path, number: int = 1_000_000, written: int = 1_000_000) -> None:
    """Random edits of texts, the spans re-anchored; and random edits of spans in the store."""
    laws = load("tests/laws/test_ledger_spans.py")
    rng = random.Random(7)
    begun, moved, left, wrong = time.perf_counter(), 0, 0, 0
    words = "Japan China pledged ships on to 台湾 with the of 70 nmi é \U0001f6a2".split()
    texts = [" ".join(rng.choice(words) for _ in range(40)) for _ in range(500)]
    spans: list[list[Span]] = []
    for text in texts:
        ends = [sorted(rng.sample(range(len(text)), 2)) for _ in range(3)]
        spans.append([Span.of(text, a, b) for a, b in ends])
    for _ in range(number):
        i = rng.randrange(len(texts))
        new = laws.edited(texts[i], rng)
        if len(new) > 400:
            new = new[:200]
        kept: list[Span] = []
        for span in spans[i]:
            found = same_words(texts[i], span, new)
            if found is None:
                left += 1
                continue
            moved += 1
            wrong += new[found.start : found.end] != span.quote
            kept.append(found)
        while len(kept) < 3 and len(new) > 2:
            a, b = sorted(rng.sample(range(len(new)), 2))
            kept.append(Span.of(new, a, b))
        texts[i], spans[i] = new, kept
    wrong += sum(
        t[s.start : s.end] != s.quote for t, ss in zip(texts, spans, strict=True) for s in ss
    )
    row(
        f"{number:,} random edits to a corpus, spans carried along",
        "0 span violations",
        f"{wrong} violations; {moved:,} spans carried, {left:,} queued; "
        f"{time.perf_counter() - begun:.0f} s",
    )
    with Ledger.create(folder / "edits.standoff", system="x") as ledger:
        with ledger.batch():
            held = laws.corpus(ledger, rng, 50_000)
        begun, taken, refused = time.perf_counter(), 0, 0
        for _ in range(written // BLOCK):
            with ledger.batch():
                right, not_right = laws.try_edits(ledger, held, BLOCK, rng)
            taken, refused = taken + right, refused + not_right
        seconds = time.perf_counter() - begun
        faults = list(verify(ledger.store))
        for item in ledger.signals():
            item.signal.span.check(ledger.document(item.document).text)
        megabytes = ledger.path.stat().st_size / 1e6
    row(
        f"{written:,} random edits of spans through the store, right and wrong ones",
        "exactly the right ones taken, 0 span violations",
        f"{taken:,} taken and kept as decisions, {refused:,} refused, {len(faults)} faults; "
        f"{seconds:.0f} s, {megabytes:.0f} MB",
    )


def size(folder: Path, number: int = int(os.environ.get("N", "100000"))) -> None:
    """A dossier of 100,000 signals: writing, opening, and every query of the app."""
    made = load("tests/durability/writer.py").made
    rng = random.Random(5)
    path = folder / "size.standoff"
    reports: list[Report] = []
    per = 500
    for d in range(number // per):
        report = made("size", d, per)
        signals = tuple(
            replace(
                s,
                sources=(Party(rng.choice(ACTORS), "GOV"),),
                targets=(Party(rng.choice(ACTORS)),),
                date=Period.day(date(2015, 1, 1) + timedelta(days=rng.randrange(2400))),
                event_key=f"event {rng.randrange(number // 3)}",
            )
            for s in report.signals
        )
        reports.append(replace(report, signals=signals))
    with Ledger.create(path, system="x") as ledger:
        begun = time.perf_counter()
        ledger.add(reports[0])
        one = time.perf_counter() - begun
        begun = time.perf_counter()
        half = len(reports) // 2
        cpu = time.process_time()
        for report in reports[1:half]:
            ledger.add(report)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
        done = (half - 1) * per
        row(
            f"writing, {per} signals a document, each document synced",
            "at least 5,000 signals/s",
            f"{done / seconds:,.0f} signals/s, {done / cpu:,.0f} by processor time "
            f"(the first document {one * 1000:.0f} ms)",
        )
        begun, cpu = time.perf_counter(), time.process_time()
        with ledger.batch():
            for report in reports[half:]:
                ledger.add(report)
        seconds, cpu = time.perf_counter() - begun, time.process_time() - cpu
        done = (len(reports) - half) * per
        row(
            f"writing {done:,} signals in one batch",
            "at least 5,000 signals/s",
            f"{done / seconds:,.0f} signals/s, {done / cpu:,.0f} by processor time",
        )
        begun = time.perf_counter()
        ledger.accept([f"S-{i:03d}" for i in range(1, 10_001)], "bulk")
        row("accepting 10,000 signals as one action", "", f"{time.perf_counter() - begun:.2f} s")
        begun = time.perf_counter()
        ledger.undo()
        row("undoing it", "", f"{time.perf_counter() - begun:.2f} s")
        ledger.accept([f"S-{i:03d}" for i in range(1, number, 11)], "every eleventh")
        ledger.save_run(
            date(2021, 8, 13),
            {
                "parts": {f"n{i}": {"rests_on": ["L-JPN>TWN@2021-08-13"]} for i in range(100)},
                "levels": [
                    {
                        "handle": "L-JPN>TWN@2021-08-13",
                        "signals": [f"S-{i:03d}" for i in range(1, 3000)],
                    }
                ],
            },
        )
        begun = time.perf_counter()
        ledger.search("pledged")
        row(
            "first search after the load (it makes the index)",
            "",
            f"{time.perf_counter() - begun:.1f} s",
        )
    begun = time.perf_counter()
    Ledger.open(path).close()
    row("opening", "under 100 ms", f"{(time.perf_counter() - begun) * 1000:.1f} ms")
    moment = "2030-01-01"
    with Ledger.open(path) as ledger, Ledger.open(path, recorded_by=moment) as past:
        past.find(SignalQuery(limit=1))
        page = 100
        day = date(2018, 1, 1)
        queries: dict[str, Callable[[], object]] = {
            "first page": lambda: ledger.find(SignalQuery(limit=page)),
            "page in the middle": lambda: ledger.find(SignalQuery(after="S-50000", limit=page)),
            "page to review": lambda: ledger.find(SignalQuery(state="suggested", limit=page)),
            "page accepted": lambda: ledger.find(SignalQuery(state="accepted", limit=page)),
            "page of an actor pair": lambda: ledger.find(
                SignalQuery(actor="JPN", on="TWN", limit=page)
            ),
            "actor pair by day": lambda: ledger.find(
                SignalQuery(actor="JPN", on="CHN", order="happened", limit=page)
            ),
            "page as of a day": lambda: ledger.find(SignalQuery(as_of=day, limit=page)),
            "page of a window": lambda: ledger.find(
                SignalQuery(happened_from=day, happened_to=date(2018, 2, 1), limit=page)
            ),
            "signals of a document": lambda: ledger.find(SignalQuery(document="D-100")),
            "reports of an event": lambda: ledger.find(SignalQuery(event="E-100")),
            "counts by state": lambda: ledger.count(SignalQuery()),
            "counts of a pair": lambda: ledger.count(SignalQuery(actor="JPN", on="TWN")),
            "months of a pair": lambda: ledger.by_month(SignalQuery(actor="JPN", on="TWN")),
            "months of all": lambda: ledger.by_month(SignalQuery()),
            "one signal": lambda: ledger.signal("S-77777"),
            "documents": ledger.documents,
            "a document's text": lambda: ledger.document("D-100"),
            "grades": ledger.gradings,
            "used by": lambda: ledger.used_by("S-1000"),
            "uses of a level": lambda: ledger.uses("L-JPN>TWN@2021-08-13"),
            "search": lambda: ledger.search("pledged help in note 77"),
            "search, two letters": lambda: ledger.search("zz"),
            "the past: page": lambda: past.find(SignalQuery(state="suggested", limit=page)),
            "the past: pair": lambda: past.find(SignalQuery(actor="JPN", on="TWN", limit=page)),
        }
        worst, name = 0.0, ""
        for what, ask in queries.items():
            times: list[float] = []
            walls: list[float] = []
            for _ in range(5):
                begun, cpu = time.perf_counter(), time.process_time()
                ask()
                walls.append((time.perf_counter() - begun) * 1000)
                times.append((time.process_time() - cpu) * 1000)
            slowest = max(times)
            print(
                f"    {what:<24} median {sorted(walls)[2]:7.1f} ms; processor: median "
                f"{sorted(times)[2]:7.1f} ms, slowest {slowest:7.1f}",
                flush=True,
            )
            if slowest > worst:
                worst, name = slowest, what
        row(
            f"{len(queries)} queries of the app over {number:,} signals, slowest of 5 each, processor time",
            "under 50 ms",
            f"{worst:.1f} ms ({name})",
        )
        begun = time.perf_counter()
        count = len(ledger.events())
        row(
            f"all {count:,} events of {number:,} signals, first time (not a query of the app)",
            "",
            f"{time.perf_counter() - begun:.1f} s",
        )
    row("size of the file", "", f"{path.stat().st_size / 1e6:.0f} MB")


def refused(command: subprocess.Popen[bytes]) -> bool:
    """True if a command failed for another reason than that nothing was left to review."""
    _, told = command.communicate()
    if command.returncode == 0 or b"no suggested signal" in told:
        return False
    print("   ", told.decode("utf-8", "replace").strip()[-300:], flush=True)
    return True


def together(folder: Path, seconds: float = 60.0) -> None:
    """The local app reads and decides over HTTP while commands write, for a minute."""
    import httpx

    made = load("tests/durability/writer.py").made
    path = folder / "both.standoff"
    with Ledger.create(path, system="west-pacific-2021") as ledger:
        ledger.add(made("start", 0))
    serve = (
        "import sys, uvicorn; from pathlib import Path; from standoff.web import create_app; "
        "uvicorn.run(create_app(Path(sys.argv[1])), port=8931, log_level='error')"
    )
    server = subprocess.Popen([sys.executable, "-c", serve, str(path)])
    article = folder / "a.txt"
    pages = commands = failed = 0
    running: subprocess.Popen[bytes] | None = None
    environment = os.environ | {"STANDOFF_DOSSIER": str(path)}
    try:
        with httpx.Client(base_url="http://127.0.0.1:8931", timeout=30) as client:
            for _ in range(100):
                try:
                    client.get("/")
                    break
                except httpx.TransportError:
                    time.sleep(0.1)
            begun = time.monotonic()
            while time.monotonic() - begun < seconds:
                if running is None or running.poll() is not None:
                    if running is not None:
                        commands += 1
                        failed += refused(running)
                    article.write_text(f"Japan pledged {commands} ships to Taiwan on Monday.\n")
                    choice = (
                        [
                            *"read --published 2021-08-13 --source W".split(),
                            str(article),
                            "--dossier",
                            str(path),
                        ]
                        if commands % 2 == 0
                        else ["review", "--accept-all", "--yes"]
                        if commands % 4 == 1
                        else ["grade", "W", "B", "--because", "again"]
                    )
                    running = subprocess.Popen(
                        [str(Path(sys.executable).with_name("standoff")), *choice],
                        env=environment,
                        stdout=subprocess.DEVNULL,
                        stderr=subprocess.PIPE,
                    )
                for page in ("/", "/documents/D-001"):
                    answer = client.get(page)
                    pages += 1
                    failed += answer.status_code != 200
                with Ledger.open(path, author="app") as ledger:
                    # What a click in the app does: one decision on a connection of its own.
                    ledger.accept(["S-001"])
            if running is not None:
                commands += 1
                failed += refused(running)
    finally:
        server.terminate()
        server.wait()
    with Ledger.open(path) as ledger:
        faults = verify(ledger.store)
        written = len(ledger.decisions()) + len(ledger.documents())
    row(
        f"command line and server together for {seconds:.0f} s",
        "no lock error reaches the user",
        f"{failed} failures in {pages} pages and {commands} commands; {written} writes; "
        f"{len(faults)} faults",
    )


PARTS: dict[str, Callable[[Path], None]] = {
    "kill": kill,
    "kill-together": kill_together,
    "edits": edits,
    "size": size,
    "together": together,
}


def main() -> None:
    """Run the parts named, or all."""
    print("| What | Wanted | Measured |\n|---|---|---|")
    for name in sys.argv[1:] or list(PARTS):
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder))


if __name__ == "__main__":
    main()
