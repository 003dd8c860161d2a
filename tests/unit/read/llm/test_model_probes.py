"""Probes: a model that reads survives them, one that knows the names or the countries does not."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from standoff.assess import CodingModel, probe_model
from standoff.read.llm import Endpoint, ReplayCache, read_with_llm
from standoff.read.llm.swap import swap_states
from standoff.terms import Span

sys.path.insert(0, str(Path(__file__).parent))
from fake_model import DAY, actor, answer, command, flight, thinking

TEXT = "Beijing said nothing. China sent warships towards Taiwan. Taiwan condemned China for it."
MEANS = {
    "event": ("Forces are raised, moved, exercised or shown", "Criticism, blame, complaints"),
    "status": ("It has happened, or it has been said.",) * 2,
    "channel": ("Acts, and announced", "Talk: statements"),
    "officialness": ("A state, its organs",) * 2,
    "cost": ("Forces moved, money spent", "Talk that costs nothing"),
    "valence": ("Announces or shows harm.", "Blames."),
}


def coded(asked: dict[str, Any], labels: dict[str, tuple[str, str]], text: str) -> str:
    """The two acts of a text of this form, under the labels given."""
    acts = []
    for n, verb in enumerate(("sent warships towards", "condemned")):
        found = re.search(rf"([A-Z]\w+) {verb} ([A-Z]\w+)", text)
        if found:
            acts.append(flight(quote=found[0], trigger_quote=verb, sources=[actor(found[1])],
                               targets=[actor(found[2])], extension=None,
                               **{field: label[n] for field, label in labels.items()}))  # fmt: skip
    return answer(*acts)


def text_of(asked: dict[str, Any]) -> str:
    return json.loads(asked["messages"][1]["content"])["text"]


def reader(asked: dict[str, Any]) -> str:
    """Goes by the meaning that the instructions give each code, and by the text."""
    lines = asked["messages"][0]["content"].splitlines()

    def label(field: str, meaning: str) -> str:
        return next(
            x.split(":")[0].split()[1] for x in lines if x.startswith(f"{field} ") and meaning in x
        )

    labels = {f: (label(f, one), label(f, two)) for f, (one, two) in MEANS.items()}
    return coded(asked, labels, text_of(asked))


PLAIN = {
    "event": ("MOBILIZE", "ACCUSE"), "status": ("done", "done"), "channel": ("deeds", "words"),
    "officialness": ("official", "official"), "cost": ("costly", "cheap"), "valence": ("threaten", "accuse"),
}  # fmt: skip


def parrot(asked: dict[str, Any]) -> str:
    """Writes the codes that it knows by heart."""
    return coded(asked, PLAIN, text_of(asked))


def partisan(asked: dict[str, Any]) -> str:
    """Knows beforehand that China sends the ships, whoever the text says."""
    made = json.loads(reader(asked))
    for act, who in zip(made["items"], ("China", "Taiwan"), strict=True):
        act["sources"] = [actor(who)]
    return json.dumps(made)


def first_of_the_list(asked: dict[str, Any]) -> str:
    """Takes the event that stands first in the codebook."""
    made = json.loads(reader(asked))
    schema = asked["response_format"]["json_schema"]["schema"]
    first = schema["properties"]["items"]["items"]["properties"]["event"]["enum"][0]
    for act in made["items"]:
        act["event"] = first
    return json.dumps(made)


@pytest.mark.parametrize(
    ("model", "survive"),
    [
        (reader, [2, 2, 2]),
        (parrot, [0, 2, 2]),
        (partisan, [2, 2, 0]),
        (first_of_the_list, [2, 0, 2]),
    ],
)
def test_each_probe_finds_the_fault_it_is_for(model: Any, survive: list[int]) -> None:
    with thinking(model) as server:
        found = probe_model(CodingModel(Endpoint(server.url, "m")), TEXT, published=DAY)
    assert [s.probe for s in found] == ["relabelled", "reordered", "swapped"]
    assert [s.whole for s in found] == survive
    assert all(s.asked == 2 and s.share == s.whole / 2 for s in found)


def test_a_swap_changes_names_adjectives_and_capitals_and_leads_back() -> None:
    text = "Chinese ships left Beijing. Tokyo saw them; China and the Japanese spoke, and Seoul."
    swapped = swap_states(text, DAY)
    assert swapped is not None and swapped.states == ("CHN", "JPN")
    assert (
        swapped.text
        == "Japanese ships left Tokyo. Beijing saw them; Japan and the Chinese spoke, and Seoul."
    )
    at = swapped.text.index("Beijing saw them")
    assert swapped._span(Span(at, at + 16, "Beijing saw them")).quote == "Tokyo saw them"  # pyright: ignore
    at = swapped.text.index("ese ships")
    assert swapped._span(Span(at, at + 9, "ese ships")).quote == "Chinese ships"  # pyright: ignore
    assert swap_states("China sent ships. Beijing said so.", DAY) is None


def test_what_is_led_back_stands_in_the_text_as_it_came() -> None:
    with thinking(reader) as server:
        found = read_with_llm(
            TEXT, published=DAY, endpoint=Endpoint(server.url, "m"), probe="swapped"
        )
    assert found.report.document.text == TEXT
    ships, blame = found.report.signals
    assert (ships.source_actors, ships.target_actors) == (("CHN",), ("TWN",))
    assert blame.span.check(TEXT).quote == "Taiwan condemned China"


def test_the_command_prints_shares_and_replays_offline(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    options = ["probe", str(tmp_path / "a.txt"), "--published", "2021-08-13", "--model", "m",
               "--cache", str(tmp_path / "kept")]  # fmt: skip
    with thinking(parrot) as server:
        ran = command(*options, "--base-url", server.url)
        asked = len(server.asked)
    assert ran.exit_code == 0 and f"characters to {server.url}" in ran.stderr
    rows = {r.split()[0]: r.split() for r in ran.stdout.splitlines()[2:]}
    assert rows["relabelled"][-3:] == ["0", "(0%)", "0"] and rows["swapped"][-3:] == [
        "2",
        "(100%)",
        "0",
    ]
    assert (
        asked == 4 + 1
    )  # one repair; the same answer to it makes the second one a reply of the cache
    again = command(*options, "--base-url", server.url, "--replay")
    assert again.stdout == ran.stdout
    shares = json.loads(
        command(*options, "--base-url", server.url, "--replay", "--format", "json").stdout
    )
    assert [s["share"] for s in shares] == [0.0, 1.0, 1.0]


def test_a_text_with_one_country_or_without_signals_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("China sent warships towards a reef.")
    options = ["probe", str(tmp_path / "a.txt"), "--published", "2021-08-13", "--model", "m"]
    one = "China sent warships"
    with thinking(lambda _: answer(flight(quote=one, trigger_quote="sent", targets=[]))) as server:
        ran = command(*options, "--base-url", server.url)
    assert "fewer than two states" in ran.stdout
    with thinking(lambda _: answer()) as server:
        ran = command(*options, "--base-url", server.url)
    assert "no signal" in ran.stdout and ran.exit_code == 0
    assert ReplayCache(tmp_path).only_replay is False
