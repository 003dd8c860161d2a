"""`why` as W3C PROV: what PROV-JSON wants, and not one step of the tree lost or added."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from standoff.assess import Assessment, prov_record, why
from standoff.ledger import Ledger

# PROV-JSON, section 3 and the schema of the submission: names of the parts and their key attributes.
RELATIONS = {
    "wasDerivedFrom": ("prov:generatedEntity", "prov:usedEntity"),
    "wasGeneratedBy": ("prov:entity", "prov:activity"),
    "used": ("prov:activity", "prov:entity"),
    "wasAttributedTo": ("prov:entity", "prov:agent"),
    "wasAssociatedWith": ("prov:activity", "prov:agent"),
}
PART = {"entity": "entity", "generatedEntity": "entity", "usedEntity": "entity",
        "activity": "activity", "agent": "agent"}  # fmt: skip
# PN_LOCAL of SPARQL with the signs that PROV-N lets stand, as in PROV-N section 3.7.1.
NAME = re.compile(r"(so|prov):[\w/.\-]*(%[0-9A-F]{2}[\w/.\-]*)*")


def faults(document: dict) -> list[str]:
    """What is wrong with a PROV-JSON document."""
    found = [k for k in document if k not in ("prefix", "entity", "activity", "agent", *RELATIONS)]
    for part in ("entity", "activity", "agent"):
        for name, record in document.get(part, {}).items():
            found += [name] if not NAME.fullmatch(name) else []
            found += [k for k in record if not re.fullmatch(r"(so|prov):\w+", k)]
    for relation, (first, second) in RELATIONS.items():
        for name, record in document.get(relation, {}).items():
            found += [name] if not name.startswith("_:") else []
            for key in {first, second, *record} & {f"prov:{k}" for k in PART}:
                held = document.get(PART[key.removeprefix("prov:")], {})
                found += [f"{name} {key}"] if record.get(key) not in held else []
    return found


def steps(tree) -> set[tuple[str, str]]:
    return {(tree.handle, c.handle) for c in tree.rests_on}.union(*map(steps, tree.rests_on))


@pytest.fixture(scope="module")
def document(dossier, answer: Assessment):
    with Ledger.open(dossier) as ledger:
        tree = why(ledger, f"{answer.run}#war", depth=3)
        return tree, prov_record(ledger, tree)


def test_every_reference_is_declared_and_every_name_is_qualified(document) -> None:
    assert faults(document[1]) == []
    broken = json.loads(json.dumps(document[1]))
    broken["wasDerivedFrom"]["_:wasDerivedFrom1"]["prov:usedEntity"] = "so:nothing"
    broken["entity"]["so:a b"] = {"no prefix": 1}
    assert len(faults(broken)) == 3


def test_the_derivations_are_the_steps_of_the_tree(document) -> None:
    from urllib.parse import unquote

    tree, prov = document
    plain = [r for r in prov["wasDerivedFrom"].values() if "prov:type" not in r]
    name = lambda n: unquote(n.removeprefix("so:"))  # noqa: E731
    found = {(name(r["prov:generatedEntity"]), name(r["prov:usedEntity"])) for r in plain}
    assert found == steps(tree) and len(plain) == len(found) > 10


def test_the_run_used_what_lies_below_its_numbers_and_names_its_software(document, answer) -> None:
    prov = document[1]
    (activity,) = prov["activity"]
    assert activity == f"so:run/{answer.run}"
    assert prov["activity"][activity]["so:draws"] == 400
    assert all(r["prov:activity"] == activity for r in prov["wasGeneratedBy"].values())
    assert not any(answer.run in r["prov:entity"] for r in prov["used"].values())
    (agent,) = (r["prov:agent"] for r in prov["wasAssociatedWith"].values())
    assert prov["agent"][agent]["prov:type"]["$"] == "prov:SoftwareAgent"


def test_a_signal_is_quoted_from_a_document_at_its_place(dossier) -> None:
    with Ledger.open(dossier) as ledger:
        item = next(s for s in ledger.signals(as_of=date(2021, 8, 13)) if s.document != "D-001")
        prov = prov_record(ledger, why(ledger, item.handle))
        held = next(d for d in ledger.documents() if d.handle == item.document)
    (step,) = prov["wasDerivedFrom"].values()
    assert step["prov:type"]["$"] == "prov:Quotation"
    assert (step["so:start"], step["so:end"]) == (item.signal.span.start, item.signal.span.end)
    assert prov["entity"][f"so:{item.document}"]["so:sha256"] == held.sha256
    assert [a["prov:label"] for a in prov["agent"].values()] == [held.source]
    assert faults(prov) == []
