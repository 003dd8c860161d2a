"""The published JSON Schema: every shipped file keeps to it, broken ones fail with file, line and remedy."""

from __future__ import annotations

import json
import re
import tomllib
from importlib import resources
from pathlib import Path

import pytest

from standoff.errors import DescriptionError
from standoff.systems import (
    SCHEMA_VERSION,
    inspect_system,
    load_system,
    parse_system,
    schema_findings,
    shipped_systems,
    system_schema,
    system_text,
    system_toml,
)

ROOT = Path(__file__).resolve().parents[3]
TEXT = system_text("ukraine-2022")[0]


def line_of(text: str, words: str) -> int:
    """The line on which words stand, counted by hand and not by the code under test."""
    return text[: text.index(words)].count("\n") + 1


def test_the_published_copy_is_the_one_that_ships() -> None:
    shipped = resources.files("standoff.systems") / "data" / "system.schema.json"
    published = ROOT / "docs" / "reference" / "system.schema.json"
    assert published.read_bytes() == shipped.read_bytes()
    assert json.loads(published.read_text("utf-8"))["$schema"].endswith("2020-12/schema")


@pytest.mark.parametrize("name", shipped_systems())
def test_every_shipped_file_keeps_to_the_schema(name: str) -> None:
    text, origin = system_text(name)
    assert schema_findings(tomllib.loads(text), text, origin) == ()
    assert [f for f in inspect_system(text, origin) if f.error] == []


@pytest.mark.parametrize("name", shipped_systems())
def test_every_shipped_file_validates_in_another_validator(name: str) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    jsonschema.Draft202012Validator(system_schema()).validate(tomllib.loads(system_text(name)[0]))


@pytest.mark.parametrize("name", shipped_systems())
def test_writing_and_reading_gives_the_same_system_and_the_same_bytes(name: str) -> None:
    held = load_system(name)
    text = system_toml(held)
    assert parse_system(text, name) == held
    assert system_toml(parse_system(text, name)) == text


BROKEN = [
    # (what is replaced, by what, words of the message, words that stand on the line that is named)
    ('slug = "ukraine-2022"', 'slug = "Ukraine 2022"', "slug", "slug ="),
    ('as_of = "2022-01-15"', 'as_of = "2022-13-15"', "an ISO date", "as_of ="),
    ('as_of = "2022-01-15"', 'as_of = "2022-02-30"', "2022-02-30", "as_of ="),
    ('protege = "UKR"\ndef', "def", "without roles.protege", "[roles]"),
    ('protege = "UKR"\ndef', 'protege = "RUS"\ndef', "two different actors", 'protege = "RUS"'),
    ('defenders = ["USA", "GBR"]', 'defenders = "USA"', "a list of codes", 'defenders = "USA"'),
    ("attacks = 78", "attacks = -78", "'attacks' of [[reference_class]] 1", "attacks = -78"),
    ("attacks = 78", 'attacks = "78"', "a count", 'attacks = "78"'),
    ('origin = "published"', 'origin = "guessed"', "one of historical", "guessed"),
    ('UKR = "Ukraine"\n', "", "an entry in [names]", "[names]"),
    ('"RUS>UKR" = 1.0', '"RUS-UKR" = 1.0', "a directed pair", '"RUS-UKR"'),
    ('coverage = "carried"', 'coverage = "old"', "one of year, carried", 'coverage = "old"'),
    ("[roles]", "[roles", "valid TOML", "[roles"),
]


@pytest.mark.parametrize(("old", "new", "told", "where"), BROKEN, ids=[b[2][:24] for b in BROKEN])
def test_a_broken_file_fails_with_file_line_and_remedy(old, new, told, where) -> None:
    broken = TEXT.replace(old, new, 1)
    assert broken != TEXT
    with pytest.raises(DescriptionError) as caught:
        parse_system(broken, "mine.toml")
    message = str(caught.value)
    assert told in message and "try: " in message
    named = int(re.search(r"mine\.toml:(\d+) ", message)[1])
    assert named == line_of(broken, where)
    (first, *_) = [f for f in inspect_system(broken, "mine.toml") if f.error]
    assert (first.origin, first.line) == ("mine.toml", named) and first.remedy


def test_an_unknown_key_is_told_with_the_nearest_and_the_file_reads() -> None:
    text = TEXT.replace("attacks = 78", "atacks_seen = 1\nattacks = 78", 1)
    (found,) = inspect_system(text, "mine.toml")
    assert (
        not found.error and "atacks_seen" in found.came and "did you mean attacks" in found.remedy
    )
    assert found.line == line_of(text, "atacks_seen")
    assert parse_system(text, "mine.toml").slug == "ukraine-2022"


# ---------------------------------------------------------------------- bad input, one by one


def messages(text: str) -> list[str]:
    return [f"{f.where} {f.came}; {f.expected}; {f.remedy}" for f in inspect_system(text, "m.toml")]


def test_a_state_that_did_not_exist_on_the_day_is_named_with_the_one_that_did() -> None:
    text = TEXT.replace('as_of = "2022-01-15"', 'as_of = "1985-01-15"')
    found = [m for m in messages(text) if "which was no state on 1985-01-15" in m]
    assert any("RUS (Russia)" in m and "take SUN (Soviet Union)" in m for m in found)
    assert any("UKR (Ukraine)" in m for m in found)


def test_a_treaty_without_direction_is_named_with_the_remedy() -> None:
    text = TEXT + '\n[[commitment]]\nparties = ["USA", "UKR"]\nobligation = "defence"\n'
    told = [m for m in messages(text) if "without a direction" in m]
    assert len(told) == 1 and "owner (who is bound) and protege" in told[0]
    assert f"m.toml:{line_of(text, 'parties')} " in told[0] and "each direction" in told[0]
    with pytest.raises(DescriptionError, match="without a direction"):
        parse_system(text, "m.toml")
    own = TEXT.replace('owner = "USA"\nprotege = "UKR"', 'owner = "USA"\nprotege = "USA"', 1)
    assert any("a commitment of USA to itself" in m for m in messages(own))


def test_two_holders_of_one_territory_are_named_with_the_remedy() -> None:
    again = "[[territory]]" + TEXT.split("\n[[territory]]")[1] + "\n"
    text = TEXT.replace(again, again + again.replace('holder = "RUS"', 'holder = "UKR"'), 1)
    (only,) = messages(text)
    assert "two holders of crimea, RUS and UKR" in only and "among the claimants" in only
    both = TEXT.replace('holder = "RUS"', 'holder = ["RUS", "UKR"]', 1)
    assert any("the state in control" in m for m in messages(both))


def test_a_commitment_or_figure_from_after_the_day_is_named() -> None:
    later = TEXT.replace('since = "1994-12-05"', 'since = "2024-06-13"', 1)
    assert any("after the day 2022-01-15" in m for m in messages(later))
    figure = TEXT.replace("year = 2021", "year = 2023", 1)
    assert any("of 2023, after the day" in m for m in messages(figure))


def test_a_newer_schema_is_refused_and_an_older_one_reads_and_is_told() -> None:
    newer = TEXT.replace(f"schema = {SCHEMA_VERSION}", f"schema = {SCHEMA_VERSION + 1}")
    with pytest.raises(DescriptionError, match="install a newer standoff"):
        parse_system(newer, "m.toml")
    older = system_text("west-pacific-2021")[0]
    (only,) = messages(older)
    assert "of schema 1" in only and "standoff system update" in only
    assert parse_system(older, "m.toml").schema == 1


def test_a_value_that_the_game_needs_is_missed_by_name() -> None:
    text = re.sub(
        r'"?values = \{ RUS = 0\.0349, UKR = 0\.00644, ', "values = { RUS = 0.0349, ", TEXT
    )
    text = re.sub(r"(values = \{ RUS = [\d.]+), UKR = 0.00644", r"\1", text)
    assert any("without cinc of UKR" in m for m in messages(text))


def test_a_word_of_the_schema_that_is_not_known_is_no_silent_pass(monkeypatch) -> None:
    import standoff.systems.validate as room

    schema = {**system_schema(), "patternProperties": {}}
    monkeypatch.setattr(room, "system_schema", lambda: schema)
    with pytest.raises(DescriptionError, match="patternProperties"):
        room.schema_findings({}, "", "m.toml")
