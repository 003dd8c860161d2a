"""Codings held against a gold coding, and against each other: how good a coder is, and how sure of that.

>>> from standoff.evaluate import coded_signal, Coding, agreement
>>> line = {"start": 0, "end": 9, "sources": ["JPN"], "targets": ["CHN"], "event": "ACCUSE", "status": "done"}
>>> one = Coding("a", {"d1": (coded_signal(line, "line 1"),)})
>>> two = Coding("b", {"d1": (coded_signal({**line, "targets": ["PRK"]}, "line 1"),)})
>>> {row.field: row.agreement.value for row in agreement(one, two).fields}
{'event': 1.0, 'sources': 1.0, 'targets': 0.0, 'status': 1.0}
"""

from standoff.evaluate.coding import CodedClaim, CodedSignal, Coding, coded_signal
from standoff.evaluate.compare import Agreement, FieldAgreement, agreement
from standoff.evaluate.files import coding_of, read_coding
from standoff.evaluate.gold import Gold, GoldText, read_gold
from standoff.evaluate.resample import Figure
from standoff.evaluate.score import Evaluation, evaluate_coding

__all__ = [
    "Agreement",
    "CodedClaim",
    "CodedSignal",
    "Coding",
    "Evaluation",
    "FieldAgreement",
    "Figure",
    "Gold",
    "GoldText",
    "agreement",
    "coded_signal",
    "coding_of",
    "evaluate_coding",
    "read_coding",
    "read_gold",
]
