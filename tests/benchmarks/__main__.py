"""`make bench`: run every benchmark, print its figures beside their bars, write them to results.json.

    python -m tests.benchmarks [part of a name ...]

runs only those whose name has one of these parts.
"""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path

HERE = Path(__file__).parent
RESULTS = HERE / "results.json"


def main(wanted: list[str]) -> int:
    """Run the benchmarks; return 1 if one failed, or missed its bar."""
    results = json.loads(RESULTS.read_text()) if wanted and RESULTS.exists() else {}
    missed = 0
    for path in sorted(HERE.parent.glob("*/bench.py")):
        module = importlib.import_module(f"tests.{path.parent.name}.bench")
        for bench in module.BENCHES:
            if wanted and not any(part in bench.__name__ for part in wanted):
                continue
            for name, figure in bench().items():
                verdict = _against(figure["value"], module.BARS.get(name))
                missed += verdict.startswith("MISSED")
                print(f"{name:34} {figure['value']:10.4g} {figure['unit']:6} {verdict}", flush=True)
                results[name] = figure
            RESULTS.write_text(json.dumps(results, indent=1) + "\n")
    return int(missed > 0)


def _against(value: float, bar: tuple[str, float] | None) -> str:
    """Compare a figure with its bar, such as (">=", 0.9)."""
    if bar is None:
        return ""
    sign, limit = bar
    reached = value >= limit if sign == ">=" else value <= limit
    return f"{'ok' if reached else 'MISSED'} (bar {sign} {limit:g})"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
