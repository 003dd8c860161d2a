"""Claims to verdicts: pure functions, the arithmetic shown, no cry of wolf.

```
check_claims(claims, published=...)     one verdict per claim, in order
Facts.shipped().with_rows(rows)         what claims are held against, with facts of your own
parse_facts(text)                       rows of your own, from CSV
```
"""

from standoff.check.facts import Fact, Facts, parse_facts
from standoff.check.front import check_claims
from standoff.check.tolerance import Tolerance

__all__ = ["Fact", "Facts", "Tolerance", "check_claims", "parse_facts"]
