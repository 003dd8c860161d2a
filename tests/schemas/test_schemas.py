"""Every command that prints JSON has a published schema, and what it prints is what that says."""

from __future__ import annotations

import copy
import json
import os
from pathlib import Path

import outputs
import pytest
from checking import faults

PAGES = outputs.ROOT / "docs" / "reference" / "schemas"
JSON = sorted(name for name, command in outputs.commands() if outputs.takes_json(command))
SCHEMAS = {
    name: json.loads((PAGES / f"{name.replace(' ', '-')}.json").read_text("utf-8"))
    for name in JSON
    if (PAGES / f"{name.replace(' ', '-')}.json").exists()
}
# Run elsewhere: it needs five public data sets (tests/published).
ELSEWHERE = {"history counts"}


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    kept, here = dict(os.environ), Path.cwd()
    outputs.fill(tmp_path_factory.mktemp("json"))
    yield
    os.chdir(here)
    os.environ.clear()
    os.environ.update(kept)


@pytest.fixture
def model(monkeypatch):
    """A model that answers nothing: the command's own form of what is found is what is looked at."""
    import standoff.assess
    from standoff.assess import Survival

    found = [
        Survival("codes", 4, 3, 1, 2, {"sources": 3, "targets": 2, "event": 3, "status": 1}),
        Survival("countries", 0, 0, 0, 0, {}, "nothing to exchange"),
    ]
    monkeypatch.setattr(standoff.assess, "probe_model", lambda *_, **__: found)


def test_every_command_with_json_has_a_schema_and_a_run() -> None:
    assert set(JSON) - set(SCHEMAS) == set()
    assert set(JSON) - {name for name, _ in outputs.RUNS} == ELSEWHERE
    assert {p.stem for p in PAGES.glob("*.json")} == {n.replace(" ", "-") for n in JSON}


def test_the_page_lists_every_schema() -> None:
    page = (PAGES / "README.md").read_text("utf-8")
    assert [n for n in JSON if f"]({n.replace(' ', '-')}.json)" not in page] == []


@pytest.mark.usefixtures("world", "model")
@pytest.mark.parametrize("slow", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_what_is_printed_is_what_the_schema_says(slow: bool) -> None:
    """One test, since later commands stand on what earlier ones stored."""
    wrong = {}
    for name, words in outputs.RUNS:
        if (name in outputs.SLOW) != slow:
            continue
        found = list(faults(outputs.printed(words), SCHEMAS[name]))
        if found:
            wrong[" ".join(words)] = found[:3]
    assert wrong == {}


@pytest.mark.parametrize("name", sorted(SCHEMAS))
def test_a_schema_says_something(name: str) -> None:
    schema = SCHEMAS[name]
    assert schema["title"] == f"standoff {name} --format json" and schema["description"]
    for other in (None, 1, "x", [1], {"x": 1}):
        assert list(faults(other, schema)), f"{name} lets {other!r} pass"


def test_planted_faults_are_found() -> None:
    schema = SCHEMAS["search"]
    good = {"hits": [{"handle": "S-001", "kind": "quote", "words": "a"}], "note": ""}
    assert list(faults(good, schema)) == []
    for path, value in ((("note",), 1), (("hits", 0, "words"), None), (("hits", 0, "new"), "x")):
        bad = copy.deepcopy(good)
        holder = bad
        for step in path[:-1]:
            holder = holder[step]
        holder[path[-1]] = value
        assert list(faults(bad, schema)), path
    del good["note"]
    assert list(faults(good, schema)) == ["$: 'note' is missing"]


@pytest.mark.parametrize(
    ("schema", "good", "bad"),
    [
        ({"type": "integer"}, 3, True),
        ({"type": ["number", "null"]}, None, "3"),
        ({"format": "date"}, "2021-08-13", "2021-02-30"),
        ({"prefixItems": [{"type": "integer"}, {"type": "string"}], "items": False}, [1, "a"], [1, "a", 2]),
        ({"anyOf": [{"$ref": "#/$defs/a"}, {"type": "null"}], "$defs": {"a": {"const": 1}}}, None, 2),
        ({"additionalProperties": {"maximum": 1}}, {"p": 0.4}, {"p": 1.2}),
        ({"pattern": "^S-[0-9]{3}$"}, "S-014", "E-014"),
        ({"minItems": 2}, [1, 2], [1]),
    ],
)  # fmt: skip
def test_the_checker_tells_right_from_wrong(schema, good, bad) -> None:
    assert list(faults(good, schema)) == [] and list(faults(bad, schema))


def test_a_word_that_nobody_checks_is_refused() -> None:
    with pytest.raises(ValueError, match="multipleOf"):
        list(faults(3, {"multipleOf": 2}))
