"""How many sentences of the lessons stand under test."""

from __future__ import annotations

from tests.benchmarks.shared import Results
from tests.claims.__main__ import counted

BARS = {"claims_without": ("<=", 0.0)}


def claims() -> Results:
    """Count the sentences that a test computes, those that name a source, and the facts with neither."""
    kinds = counted()
    return {
        "claims": {"value": float(kinds["claim"]), "unit": ""},
        "claims_with_a_source": {"value": float(kinds["source"]), "unit": ""},
        "claims_without": {"value": float(kinds["without"]), "unit": ""},
    }


BENCHES = (claims,)
