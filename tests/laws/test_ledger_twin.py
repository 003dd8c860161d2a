"""The ledger against a plain-Python twin: random histories of writes, decisions and undos."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from standoff.ledger import Ledger, SignalQuery, collect, make_dossier, verify
from standoff.terms import (
    Channel,
    Cost,
    Document,
    Officialness,
    Party,
    Period,
    PloverEvent,
    Report,
    Signal,
    Span,
    Status,
    Valence,
)

ACTORS = ("JPN", "USA", "CHN", "TWN")


class Twin:
    """Lists of what happened, and the obvious way to answer: play all of it again."""

    def __init__(self) -> None:
        self.signals: list[dict] = []
        self.log: list[dict] = []
        self.names: dict[str, int] = {}

    def live(self, log: list[dict]) -> list[dict]:
        """Decisions in force: an undo removes one action, unless it was removed itself."""
        gone: set[str] = set()
        for entry in reversed(log):
            if entry["batch"] not in gone and entry["action"] == "undo":
                gone.add(entry["target"])
        return [e for e in log if e["batch"] not in gone]

    def view(self, moment: str | None = None) -> dict[str, tuple]:
        """Handle to (state, explicitness, actor, event key) at a moment."""
        out = {}
        for s in self.signals:
            if moment is None or s["recorded"] <= moment:
                out[s["handle"]] = ["suggested", s["explicitness"], s["actor"], s["key"]]
        log = [e for e in self.log if moment is None or e["at"] <= moment]
        for e in self.live(log):
            if e["action"] == "undo" or e["handle"] not in out:
                continue
            now = out[e["handle"]]
            if e["action"] == "accept":
                now[0] = "accepted"
            elif e["action"] == "reject":
                now[0] = "rejected"
            elif e["action"] == "edit":
                now[0] = "accepted"
                now[1], now[2] = e["explicitness"], e["actor"]
            elif e["action"] == "link":
                now[3] = e["key"]
        return {h: tuple(v) for h, v in out.items()}


class LedgerAgainstTwin(RuleBasedStateMachine):
    """Every rule does one thing to both; the invariants compare what they say."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.now = datetime(2021, 8, 1, tzinfo=UTC)
        self.path = Path(self.folder.name) / "t.standoff"
        self.ledger = Ledger.create(self.path, system="x", clock=lambda: self.now)
        self.fast()
        self.twin = Twin()
        self.moments: list[str] = []
        self.added = 0

    def teardown(self) -> None:
        self.ledger.close()
        self.folder.cleanup()

    def fast(self) -> None:
        # What survives a power cut is tested elsewhere; here the disk would take all the time.
        self.ledger.store.connection.execute("PRAGMA synchronous = OFF")

    def tick(self) -> str:
        self.now += timedelta(seconds=1)
        self.moments.append(self.now.isoformat().replace("+00:00", "Z"))
        return self.moments[-1]

    def handles(self, data: st.DataObject, least: int = 1) -> list[str]:
        known = [s["handle"] for s in self.twin.signals]
        return data.draw(st.lists(st.sampled_from(known), min_size=least, max_size=3, unique=True))

    @rule(
        words=st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12),
        count=st.integers(1, 3),
        data=st.data(),
    )
    def add(self, words: str, count: int, data: st.DataObject) -> None:
        at = self.tick()
        self.added += 1
        text = f"{self.added} " + words * count
        published = date(2021, 7, 1) + timedelta(days=data.draw(st.integers(0, 60)))
        document = Document.from_text(text, title="", source="W", published=published)
        signals = []
        for i in range(count):
            start = data.draw(st.integers(0, len(text) - 1))
            span = Span.of(text, start, data.draw(st.integers(start + 1, len(text))))
            actor, ex = data.draw(st.sampled_from(ACTORS)), data.draw(st.integers(0, 3))
            key = data.draw(st.sampled_from(["", "k1", "k2"]))
            signals.append(
                Signal(
                    f"s{i}", span, span, (Party(actor),), (), PloverEvent.SUPPORT, Channel.WORDS,
                    Status.DONE, Officialness.OFFICIAL, ex, Cost.CHEAP, Valence.COMMIT,
                    Period.day(published), event_key=key,
                )
            )  # fmt: skip
        done = self.ledger.add(Report(document, tuple(signals)))
        for handle, s in zip(done.signals, signals, strict=True):
            self.twin.signals.append(
                {
                    "handle": handle,
                    "recorded": at,
                    "available": published,
                    "explicitness": s.explicitness,
                    "actor": s.source_actors[0],
                    "key": s.event_key or f"{document.sha256[:12]}:{s.id}",
                    "quote": s.span.quote,
                }
            )

    @precondition(lambda self: self.twin.signals)
    @rule(action=st.sampled_from(["accept", "reject"]), data=st.data())
    def decide(self, action: str, data: st.DataObject) -> None:
        chosen, at = self.handles(data), self.tick()
        act = self.ledger.accept if action == "accept" else self.ledger.reject
        batch = act(chosen)
        for handle in chosen:
            self.twin.log.append({"batch": batch, "at": at, "action": action, "handle": handle})

    @precondition(lambda self: self.twin.signals)
    @rule(data=st.data(), explicitness=st.integers(0, 3), actor=st.sampled_from(ACTORS))
    def edit(self, data: st.DataObject, explicitness: int, actor: str) -> None:
        (handle, *_), at = self.handles(data), self.tick()
        changes = {"explicitness": explicitness, "sources": [{"actor": actor}]}
        batch = self.ledger.edit(handle, changes, "because")
        self.twin.log.append(
            {"batch": batch, "at": at, "action": "edit", "handle": handle}
            | {"explicitness": explicitness, "actor": actor}
        )

    @precondition(lambda self: self.twin.signals)
    @rule(data=st.data())
    def split(self, data: st.DataObject) -> None:
        chosen, at = self.handles(data), self.tick()
        key = self.ledger.split(chosen, "another event")
        batch = self.ledger.decisions()[-1].batch
        for handle in chosen:
            self.twin.log.append(
                {"batch": batch, "at": at, "action": "link", "handle": handle, "key": key}
            )

    @precondition(lambda self: self.twin.live(self.twin.log))
    @rule(data=st.data())
    def undo(self, data: st.DataObject) -> None:
        target = data.draw(
            st.sampled_from(sorted({e["batch"] for e in self.twin.live(self.twin.log)}))
        )
        at = self.tick()
        assert self.ledger.undo(target) == target
        batch = self.ledger.decisions()[-1].batch
        self.twin.log.append({"batch": batch, "at": at, "action": "undo", "target": target})

    @rule()
    def reopen(self) -> None:
        self.ledger.close()
        self.ledger = Ledger.open(self.path, clock=lambda: self.now)
        self.fast()

    @precondition(lambda self: self.moments)
    @rule(data=st.data())
    def look_back(self, data: st.DataObject) -> None:
        moment = data.draw(st.sampled_from(self.moments))
        with Ledger.open(self.path, recorded_by=moment) as past:
            assert self.told(past) == self.twin.view(moment)

    @rule(day=st.dates(date(2021, 6, 25), date(2021, 9, 5)))
    def ask_as_of(self, day: date) -> None:
        told = [s.handle for s in self.ledger.signals(as_of=day)]
        assert told == [s["handle"] for s in self.twin.signals if s["available"] <= day]

    @rule(actor=st.sampled_from(ACTORS), state=st.sampled_from([None, "suggested", "accepted"]))
    def ask_filtered(self, actor: str, state: str | None) -> None:
        told = [s.handle for s in self.ledger.find(SignalQuery(actor=actor, state=state))]
        view = self.twin.view()
        assert told == [
            h for h, (now, _, who, _) in view.items() if who == actor and state in (None, now)
        ]

    @rule()
    def export_and_import(self) -> None:
        copy = Path(self.folder.name) / f"copy-{len(list(Path(self.folder.name).iterdir()))}"
        make_dossier(collect(self.ledger.store), copy)
        with Ledger.open(copy) as again:
            assert self.told(again) == self.twin.view()

    @staticmethod
    def told(ledger: Ledger) -> dict[str, tuple]:
        return {
            s.handle: (s.state, s.signal.explicitness, s.signal.source_actors[0], s.event_key)
            for s in ledger.signals()
        }

    @invariant()
    def the_present_is_the_twins(self) -> None:
        assert self.told(self.ledger) == self.twin.view()

    @invariant()
    def events_group_what_is_not_rejected(self) -> None:
        groups: dict[str, set[str]] = {}
        for handle, (state, _, _, key) in self.twin.view().items():
            if state != "rejected":
                groups.setdefault(key, set()).add(handle)
        assert {e.key: set(e.handles) for e in self.ledger.events()} == groups

    @invariant()
    def nothing_is_wrong_with_the_file(self) -> None:
        assert verify(self.ledger.store) == ()
        quotes = [s.signal.span.quote for s in self.ledger.signals()]
        assert quotes == [s["quote"] for s in self.twin.signals]


LedgerAgainstTwin.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=20,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
TestLedgerAgainstTwin = LedgerAgainstTwin.TestCase


def test_the_twin_sees_a_ledger_that_forgets_undo(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("standoff.ledger.replay.undone_batches", lambda undos: frozenset())
    with pytest.raises(AssertionError):
        run_state_machine_as_test(
            LedgerAgainstTwin,
            settings=settings(LedgerAgainstTwin.TestCase.settings, phases=[Phase.generate]),
        )
