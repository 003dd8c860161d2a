"""Claims to verdicts: pure functions, the arithmetic shown, no cry of wolf.

```
check_claims(claims, published=...)     one verdict per claim, in order
compare_reports(reports)                what two reports say of one thing and cannot both be right
Facts.shipped().with_rows(rows)         what claims are held against, with facts of your own
parse_facts(text)                       rows of your own, from CSV
```
"""

from standoff.check.between import Clash, ReportClaims, compare_reports
from standoff.check.facts import Fact, Facts, parse_facts
from standoff.check.front import check_claims
from standoff.check.tolerance import Tolerance

__all__ = [
    "Clash",
    "Fact",
    "Facts",
    "ReportClaims",
    "Tolerance",
    "check_claims",
    "compare_reports",
    "parse_facts",
]
