"""What a text says causes what: signed edges between clauses, read from the parse.

>>> from datetime import date
>>> found = read_argument("The sale raised tensions.", published=date(2021, 8, 13))
>>> [(found.node(e.cause).span.quote, e.sign, found.node(e.effect).span.quote) for e in found.edges]
[('The sale', 1, 'tensions')]
"""

from standoff.read.argument.front import read_argument

__all__ = ["read_argument"]
